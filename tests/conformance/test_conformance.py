"""The cases of the language: whole, sound, met by each engine, and fine enough to find faults."""

import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest

from consistent.engine import plain
from consistent.engine.protocol import Engine as EngineOfLibrary
from consistent.findings.outcome import SPOKEN_OUTCOMES
from consistent.model.values import Value
from consistent.rules.operators import CONCEPT_OPERATORS, OPERATORS, REFERENCES
from consistent.rules.program import ask
from consistent.truth import Truth
from tests.conformance import __main__ as running
from tests.conformance import engines as answering
from tests.conformance.engines import engine_of
from tests.conformance.sets import CASES, Case, cases, disagreements, question
from tests.conformance.writing import as_text, written_sets
from tests.support import engines

FOLDER = Path(__file__).parent
SCHEMA: dict[str, Any] = json.loads((FOLDER / "set.schema.json").read_text("utf-8"))
PATHS = sorted(CASES.glob("*.json"))
_MOST_BYTES = 1_000_000
# What says nothing of a rule's own: `looked_for` is of the whole proposal, which the second reading does not look at.
_NOT_READ_TWICE = {"presumptions/all"}


@cache
def every_case() -> tuple[Case, ...]:
    """All of them."""
    return tuple(cases())


def test_written_sets_are_as_their_tables() -> None:
    """What is committed is what `python -m tests.conformance.writing` makes of the tables; random sets stand beside them."""
    written = {f"{name}.json": as_text(listed) for name, listed in written_sets()}
    found = {path.name: path.read_text("utf-8") for path in PATHS if not path.name.startswith("random-")}
    assert found == written
    assert len(PATHS) - len(found) >= 30


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_schema(path: Path) -> None:
    """Each set is as its schema says, and speaks of rules and measures that there are."""
    listed = json.loads(path.read_text("utf-8"))
    jsonschema.validate(listed, SCHEMA)
    for case in listed["cases"]:
        measures = {measure["id"] for measure in case["proposal"].get("measure", [])} | {None}
        for rule, measure, _ in case["says"]:
            assert rule in listed["pack"]["rules"]
            assert measure in measures


def test_size() -> None:
    """All sets together are small enough to be carried along by anybody."""
    assert sum(path.stat().st_size for path in PATHS) < _MOST_BYTES


@pytest.mark.parametrize("name", [*engines(), "second-reading"])
def test_engines(name: str) -> None:
    """Each engine says all that must be said of every case, and nothing else; so does the second reading, where it reads."""
    engine = engine_of(name)
    told = [
        line
        for case in every_case()
        if name != "second-reading" or case.name not in _NOT_READ_TWICE
        for line in disagreements(case, engine(json.loads(question(case))))
    ]
    assert not told[:10]


# Every construct of the language has a case; a new one needs some.


def _conditions() -> Iterator[Mapping[str, Any]]:
    for path in PATHS:
        pack = json.loads(path.read_text("utf-8"))["pack"]
        yield from pack["concepts"].values()
        for rule in pack["rules"].values():
            yield rule["when"]
            yield from rule.get("unless", ())


def _tables(part: Any) -> Iterator[Mapping[str, Any]]:
    """Every table within a condition, itself among them."""
    if isinstance(part, dict):
        yield part
        for inner in part.values():
            yield from _tables(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _tables(inner)


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _texts(inner)


def test_every_construct() -> None:
    """Each kind of condition, operator, reference, key of a rule and outcome is there."""
    keys = Counter(key for condition in _conditions() for table in _tables(condition) for key in table)
    wanted = {"measure", "proposal", "concept", "other", "count", "any", "all", "not", *OPERATORS, *CONCEPT_OPERATORS}
    assert not wanted - keys.keys()
    owners = {text[1:].partition(".")[0] for each in _conditions() for text in _texts(each) if text.startswith("$")}
    assert {owner for owners_of in REFERENCES.values() for owner in owners_of} | {"basis"} == owners
    outcomes = {outcome for case in every_case() for _, _, outcome in case.says}
    assert outcomes == {*SPOKEN_OUTCOMES, "presumed"}
    rules = [rule for case in every_case() for rule in case.pack["rules"].values()]
    assert {key for rule in rules for key in rule} == {"when", "unless", "defeats", "valid_from", "valid_to"}
    schema = set(SCHEMA["$defs"]["rule"]["properties"])
    assert {key for rule in rules for key in rule} == schema


# The cases find faults: each is planted into the plain evaluator, in its text or in what it asks of values.

TEXT = Path(plain.__file__).read_text("utf-8")
FAULTS = {
    "all of is any of": ("case All(conditions):\n            return all_of", "case All(conditions):\n            return any_of"),
    "any of is all of": ("case Any(conditions):\n            return any_of", "case Any(conditions):\n            return all_of"),
    "not is left out": ("return inner(part, scene).negated()", "return inner(part, scene)"),
    "concepts always hold": ("return inner(condition.part, scene)", "return Truth.YES"),
    "every fact must join": ("any_of(inner(part, Scene(", "all_of(inner(part, Scene("),
    "the judged measure is another": (" if measure is not scene.judged)", ")"),
    "all others must": ("any_of(inner(part, _moved(scene, other)) for", "all_of(inner(part, _moved(scene, other)) for"),
    "unknown is counted": ("sum(truth is Truth.YES for", "sum(truth is not Truth.NO for"),
    "unknown is not counted": ("sum(truth is not Truth.NO for", "sum(truth is Truth.YES for"),
    "more than so many": ("sure >= bound", "sure > bound"),
    "possibly more than so many": ("possible >= bound", "possible > bound"),
    "fewer than so many": ("bound + 1)", "bound)"),
    "no lower bound": ("_reaches(sure, possible, at_least), ", "Truth.YES, "),
    "no upper bound": (", _exceeds(sure, possible, at_most).negated()", ","),
    "comparisons with facts the wrong way": ("FLIPPED[test.operator]", "test.operator"),
    "facts join by the same value only": ("scene.facts.closed(value.yes, test.field)", "value.yes"),
    "narrower values are shared": ("return compare(test.operator, value, other, test.operand)", 'return ask("any", other.yes, value)'),
    "judged is the other one": ('self.judged if scope == "judged"', 'self.measure if scope == "judged"'),
    "no legal basis of the proposal": ("self.proposal.value(name, self.measure)", "getattr(self.measure, name)"),
    "no exceptions": ("tuple(evaluate(exception.condition, scene) for", "tuple(Truth.NO for"),
    "the first exception only": ("for exception in rule.unless)", "for exception in rule.unless[:1] * len(rule.unless))"),
    "judged is lost": ("Scene(scene.proposal, scene.facts, measure, scene.judged)", "Scene(scene.proposal, scene.facts, measure, measure)"),
    "no fact is known": ("facts.values(test.operand, test.field)", "frozenset()"),
}  # fmt: skip
Asks = Callable[[Any, Any, Value], Truth]


def _asked(change: Callable[[Any, Any, Value, Truth], Truth]) -> Asks:
    return lambda operator, operand, value: change(operator, operand, value, ask(operator, operand, value))


def _other(operator: str, instead: Any) -> Asks:
    return lambda asked, operand, value: ask(instead if asked == operator else asked, operand, value)


ASKED: Mapping[str, Asks] = {
    "unknown is no": _asked(lambda _, __, ___, found: Truth.NO if found is Truth.UNKNOWN else found),
    "unknown is yes": _asked(lambda _, __, ___, found: Truth.YES if found is Truth.UNKNOWN else found),
    "a bare article is another": _asked(
        lambda _, __, value, found: Truth.NO if found is Truth.UNKNOWN and not value.open else found
    ),
    "nothing else as far as is known": _asked(
        lambda operator, _, __, found: Truth.YES if operator == "only" and found is Truth.UNKNOWN else found
    ),
    "empty as far as is known": _asked(
        lambda operator, _, __, found: Truth.YES if operator == "empty" and found is Truth.UNKNOWN else found
    ),
    "what lacks is unknown": _asked(
        lambda operator, _, value, found: Truth.UNKNOWN if operator == "any" and value.open and not found else found
    ),
    **{
        f"`{operator}` is `{instead}`": _other(operator, instead)
        for operator, instead in (
            ("over", "at_least"), ("at_least", "over"), ("under", "at_most"), ("at_most", "under"),
            ("contains", "starts_with"), ("starts_with", "contains"), ("only", "any"), ("any", "only"),
        )
    },
}  # fmt: skip


def _found(engine: EngineOfLibrary, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr("consistent.checker.knowledge_base.engine_named", lambda _: engine)
    listed = (case for case in every_case() if not case.name.startswith("random-"))
    return [line for case in listed for line in disagreements(case, engine_of("plain")(json.loads(question(case))))]


def _planted(text: str, **names: Any) -> EngineOfLibrary:
    module = ModuleType("consistent.engine.planted")
    sys.modules[module.__name__] = module  # where attrs looks for it
    try:
        exec(compile(text, "planted", "exec"), module.__dict__)  # noqa: S102  the text is that of a module here
    finally:
        del sys.modules[module.__name__]
    module.__dict__.update(names)
    made: EngineOfLibrary = module.__dict__["PlainEngine"]()
    return made


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_faults(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in the text of the plain evaluator is found by cases that were written by hand."""
    old, new = FAULTS[fault]
    assert TEXT.count(old) == 1
    assert _found(_planted(TEXT.replace(old, new)), monkeypatch)


@pytest.mark.parametrize("fault", ASKED)
def test_planted_answers(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is one in what a test makes of a value."""
    assert _found(_planted(TEXT, ask=ASKED[fault]), monkeypatch)


def test_nothing_planted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a fault nothing is found."""
    assert not _found(_planted(TEXT), monkeypatch)


# The runner.


def test_runner(capfd: pytest.CaptureFixture[str]) -> None:
    """A command is held to all cases: one that answers as it must, one that says nothing of them, one that does not answer."""
    python = sys.executable
    assert running.main([python, "-m", "tests.conformance.engines", "columns"]) == 0
    assert f"{len(every_case())} of {len(every_case())} cases come out as they must" in capfd.readouterr().out
    silent = (
        "import json, sys\nfor line in sys.stdin: print(json.dumps({'name': json.loads(line)['name'], 'says': []}))"
    )
    assert running.main([python, "-c", silent]) == 1
    assert "must be said: " in capfd.readouterr().out
    assert running.main([python, "-c", "print('no')"]) == 2
    assert running.main([]) == 2


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({}, "the answer is for `None`"),
        ({"name": "s/c"}, "the answer has no list `says`"),
        ({"name": "s/c", "says": [["r", None]]}, "the answer has no list `says`"),
        ({"name": "s/c", "cannot": "not known here"}, "not known here"),
        ({"name": "s/c", "says": []}, "must be said: r on m: open"),
        ({"name": "s/c", "says": [["r", "m", "open"], ["r", None, "applies"]]}, "must not be said: r on the proposal"),
    ],
)
def test_answers(answer: Mapping[str, Any], told: str) -> None:
    """Whatever is wrong with an answer is told by the name of the case."""
    case = Case("s/c", "2026-01-01", {}, {}, frozenset({("r", "m", "open")}))
    assert told in " ".join(disagreements(case, answer))


def test_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The engines here answer case by case, a line each."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{question(case)}\n" for case in every_case()[:3])))
    assert answering.main(["plain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["name"] for line in lines] == [case.name for case in every_case()[:3]]
