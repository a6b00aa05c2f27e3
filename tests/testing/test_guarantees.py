"""Guarantees: how they are read, whether what is found keeps them, and the search for proposals on which they do not hold."""

import pickle
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import tomlkit
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent import InputError, KnowledgeBase, Measure, Proposal, load
from consistent.authoring.guarantees import Searched, search_guarantee, searching
from consistent.authoring.guarantees.judging import breaches, breaking_of
from consistent.authoring.suite import collect, failure_text, run
from consistent.cli import main
from consistent.engine.choosing import engine_named
from consistent.errors import EngineError, Faults
from consistent.findings.case import Case
from consistent.findings.report import Report
from consistent.findings.said import Finding, Open
from consistent.knowledge.packs import PackFolder
from consistent.model.text import Localized
from consistent.model.values import Value
from consistent.packing import Packed
from consistent.rules.conditions import All, Condition
from consistent.rules.guarantees import GUARANTEES, Guarantee, Pattern, load_guarantees
from consistent.rules.program import CompiledRule
from consistent.rules.reading import ConditionReader, judges_measures
from consistent.rules.rule import DIMENSIONS, VERDICTS, Dimension, Grade, Ground, Rule, RuleException
from consistent.solving.goals import Goals
from tests.harness.effort import examples
from tests.pack_writing import rule_text, write_pack
from tests.properties import random_packs

DAY = date(2026, 6, 1)
# Of all shipped rules it takes a twentieth of the time that the plain evaluator takes, and says the same (`tests/properties`).
FAST = "columns"
TITLE = Localized("text", "tekst")
HEAD = 'title = { en = "Kept", nl = "Behouden" }\nsources = ["TFEU 1"]\n'
CONFLICT = '{ verdict = "conflict" }'
# One rule on the whole proposal beside those on measures.
WHOLE = rule_text("whole", 'effects = "d"', verdict="question").replace("[when.measure]", "[when.count]\nat_least = 1\n[when.count.measure]").replace("{measure}", "{proposal}")  # fmt: skip
UNLESS = '[[unless]]\nreason = { en = "safe", nl = "veilig" }\n'


def pack_of(root: Path, guarantees: str, **rules: str) -> KnowledgeBase:
    """A pack with these guarantees and rules."""
    write_pack(root, rules or {"bad": rule_text("bad", 'effects = "a"'), "whole": WHOLE})
    (root / "facts/small" / GUARANTEES).write_text(guarantees, "utf-8")
    return load(root)


@cache
def shipped() -> KnowledgeBase:
    """Both packs."""
    return load()


class TestLoading:
    """Each fault at its line, all of them at once, with help where there is any."""

    FAULTS: Mapping[str, tuple[str, list[tuple[str, str, str]]]] = {
        "no table": ("kept = 1\n", [("expected a table", ":1, kept", "a guarantee has a title, sources, and what it says")]),
        "nothing in it": ("[kept]\n", [
            ("missing key `title`", ":1, kept", 'write `title.en = "..."` and `title.nl = "..."`'),
            ("missing key `sources`", ":1, kept", 'write `sources = ["TFEU 173(3)"]`'),
            ("no source: at least one is needed", ":1, kept.sources", ""),
            ("a guarantee says either `always` or `never`", ":1, kept", ""),
            ("a guarantee needs `given` or `beside`", ":1, kept", "say of which proposals it speaks"),
        ]),
        "unknown key": (f"[kept]\n{HEAD}given.measure.effects = 'a'\nnevr = {CONFLICT}\n", [
            ("unknown key `nevr`", ":5, kept.nevr", "did you mean `never`?"),
            ("a guarantee says either `always` or `never`", ":1, kept", ""),
        ]),
        "both": (f"[kept]\n{HEAD}given.measure.effects = 'a'\nnever = {CONFLICT}\nalways = {CONFLICT}\n", [
            ("a guarantee says either `always` or `never`", ":1, kept", ""),
        ]),
        "unknown term": (f"[kept]\n{HEAD}given.measure.effects = 'x'\nnever = {CONFLICT}\n", [
            ("unknown term `x` in vocabulary `effects`", ":4, kept.given.measure.effects", "known here: `a`, `b`, `c`, `d`"),
        ]),
        "one language": (f"[kept]\ntitle.en = 'Kept'\nsources = []\ngiven.measure.effects = 'a'\nnever = {CONFLICT}\n", [
            ("no text in language `nl`", ":2, kept.title", 'write `nl = "..."`'),
            ("no source: at least one is needed", ":3, kept.sources", ""),
        ]),
        "names nothing": (f"[kept]\n{HEAD}beside = {{ judgement = {{}} }}\nnever = {{ verdict = [] }}\n", [
            ("nothing is named", ":4, kept.beside.judgement", "name one at least, or leave it out"),
            ("nothing is named", ":5, kept.never.verdict", "name one at least, or leave it out"),
        ]),
        "no grade": (f"[kept]\n{HEAD}beside = {CONFLICT}\nnever.judgement.substance = []\n", [
            ("nothing is named", ":5, kept.never.judgement.substance", "name one at least, or leave it out"),
        ]),
        "words that are none": (f"[kept]\n{HEAD}beside = {{ verdict = 'bad', ground = 'law ' }}\nnever.judgement.substance = 'fine'\n", [
            ("expected `conflict`, `condition`, `question`, `aligned` or `reserved`, found `bad`", ":4, kept.beside.verdict[1]", ""),
            ("expected `law`, `contested` or `policy`, found `law `", ":4, kept.beside.ground[1]", "did you mean `law`?"),
            ("expected `positive`, `positive-with-remarks`, `partly-positive-partly-negative`, `negative`, `open` or `not-judged`, found `fine`", ":5, kept.never.judgement.substance[1]", ""),
        ]),
        "unknown names": (f"[kept]\n{HEAD}beside = {CONFLICT}\nnever = {{ principle = 'pp', rules = ['small/bd', 'small/bad'] }}\n", [
            ("unknown principle `pp`", ":5, kept.never.principle", "did you mean `p`?"),
            ("no rule matches `small/bd`", ":5, kept.never.rules", "did you mean `small/bad` or `small` or `small/whole`?"),
        ]),
        "no rule says it": (f"[kept]\n{HEAD}given.measure.effects = 'a'\nnever = {{ verdict = 'aligned' }}\n", [
            ("no rule of the pack can say this", ":5, kept.never", "name what some rule has"),
        ]),
        "no rule stands on it": (f"[kept]\n{HEAD}given.measure.effects = 'a'\nnever = {{ ground = ['law', 'contested'] }}\n", [
            ("no rule of the pack can say this", ":5, kept.never", "name what some rule has"),
        ]),
        "no rule says it of a measure": (f"[kept]\n{HEAD}given.measure.effects = 'a'\nnever = {{ verdict = 'question' }}\n", [
            ("no rule of the pack can say this of a measure", ":5, kept.never", "let `given` ask for no measure"),
        ]),
        "judgement beside more": (f"[kept]\n{HEAD}beside = {CONFLICT}\nnever = {{ judgement = {{ substance = 'open' }}, open = true }}\n", [
            ("`judgement` stands alone", ":5, kept.never.judgement", "say the rest beside it"),
        ]),
    }  # fmt: skip

    @staticmethod
    def told(root: Path, text: str) -> list[tuple[str, str, str]]:
        """The faults of a file."""
        with pytest.raises(InputError) as caught:
            pack_of(root, text)
        path = str(root / "facts/small" / GUARANTEES)
        return [(fault.message, str(fault.location).removeprefix(path), fault.help) for fault in caught.value.faults]

    @pytest.mark.parametrize("name", FAULTS)
    def test_faults(self, name: str, tmp_path: Path) -> None:
        """Message, place and help, to the letter."""
        text, faults = self.FAULTS[name]
        assert self.told(tmp_path, text) == faults

    def test_all_at_once(self, tmp_path: Path) -> None:
        """Every fault of every table is told, and a sound one among them hides none."""
        texts = [text.replace("[kept]", f"[kept-{number}]") for number, (text, _) in enumerate(self.FAULTS.values()) if text.startswith("[")]  # fmt: skip
        sound = f"[sound]\n{HEAD}given.measure.effects = 'a'\nnever = {CONFLICT}\n"
        expected = [fault for text, faults in self.FAULTS.values() if text.startswith("[") for fault in faults]
        assert [pair[0] for pair in self.told(tmp_path, sound + "".join(texts))] == [pair[0] for pair in expected]

    def test_read(self, tmp_path: Path) -> None:
        """A word stands for a list of one; `given` tells of what it speaks; a pattern without a word means every rule."""
        text = (
            f"[one]\n{HEAD}given.measure.effects = 'a'\nnever = {{ verdict = 'conflict', open = true }}\n"
            f"[two]\n{HEAD}beside = {{}}\nalways.judgement.substance = 'negative'\n"
        )
        one, two = pack_of(tmp_path, text).guarantees
        assert (one.id, one.kind, one.scope, one.expected) == (
            "small/one", "never", "measure", Pattern(rules=("small/bad",), open=True),
        )  # fmt: skip
        assert (two.scope, two.given, two.beside) == ("proposal", None, Pattern(rules=("small/bad", "small/whole")))
        assert two.expected == Pattern(judgement=(("substance", frozenset({"negative"})),))
        assert two.anchor.location.line == 6

    def test_kept_by_the_pack(self) -> None:
        """They come along to another process, and stay whichever rules are selected."""
        kb = shipped()
        ids = [guarantee.id for guarantee in kb.guarantees]
        assert len(ids) == len(set(ids)) == len(NAMES) >= 36
        for other in (
            pickle.loads(pickle.dumps(kb)),  # noqa: S301  its own
            kb.only(lambda rule: rule.pack == "treaties"),
            kb.selected(ignore=["treaties"]),
        ):
            assert [guarantee.id for guarantee in other.guarantees] == ids
        assert [name for name in ids if name.startswith("treaties/")] == [
            guarantee.id for guarantee in load("treaties").guarantees
        ]

    @settings(max_examples=examples(50), database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_hostile(self, tmp_path: Path, data: st.DataObject) -> None:
        """Whatever TOML is in the file, there are guarantees or faults with a place in it."""
        kb = shipped()
        path = tmp_path / GUARANTEES
        path.write_text(tomlkit.dumps(data.draw(hostile_tables())), "utf-8")
        folder = PackFolder("treaties", facts=tmp_path, rules=tmp_path)
        faults = Faults()
        found = faults.attempt(load_guarantees, kb.knowledge, [folder], kb.rules)
        assert bool(faults.found) is (found is None)
        assert {fault.location.path for fault in faults.found} <= {str(path)}
        assert all(guarantee.expected.rules or guarantee.expected.judgement for guarantee in found or ())


def hostile_tables() -> st.SearchStrategy[dict[str, Any]]:
    """What may stand in a file of guarantees: its own words in places where they do and do not belong, and others."""
    words = st.sampled_from(
        [*VERDICTS, *get_args(Ground), *DIMENSIONS, "open", "treaties/instrument", "", "TFEU 1", "\x1b[31m"]
    )
    leaves = (
        words
        | st.booleans()
        | st.integers(-1, 2**40)
        | st.floats(allow_nan=False)
        | st.dates()
        | st.lists(words, max_size=2)
    )
    keys = st.sampled_from([
        "title", "sources", "given", "beside", "always", "never", "en", "nl", "verdict", "ground", "dimension", "principle",
        "rules", "open", "judgement", "competence", "measure", "proposal", "effects", "any", "none", "not", "count", "\x00",
    ])  # fmt: skip
    parts = st.recursive(leaves, lambda inner: st.dictionaries(keys, inner, max_size=4), max_leaves=8)
    sound = st.just({"title": {"en": "t", "nl": "t"}, "sources": "TEU 5", "given": {"measure": {"effects": "command"}}, "never": {"verdict": "conflict"}})  # fmt: skip
    table = st.builds(lambda whole, more: {**whole, **more}, sound, st.dictionaries(keys, parts, max_size=3))
    return st.dictionaries(keys, table | parts, max_size=3)


def patterns(kb: KnowledgeBase, scope: str) -> st.SearchStrategy[Pattern]:
    """Patterns that rules of the pack can meet."""
    rules = st.sets(st.sampled_from([names.id for names in kb.rules]), min_size=1).map(
        lambda names: tuple(sorted(names))
    )
    grounds = st.frozensets(st.sampled_from(get_args(Ground)))
    said = st.builds(lambda r, g, o: Pattern(rules=r, grounds=g, open=o), rules, grounds, st.booleans())
    grades = st.frozensets(st.sampled_from(get_args(Grade)), min_size=1)
    dimensions: st.SearchStrategy[list[Dimension]] = st.lists(st.sampled_from(DIMENSIONS[:2]), min_size=1, unique=True)
    judged = dimensions.flatmap(
        lambda listed: st.tuples(*(st.tuples(st.just(dimension), grades) for dimension in listed))
    )
    return said | judged.map(lambda pairs: Pattern(judgement=pairs)) if scope == "proposal" else said


@st.composite
def situations(draw: st.DrawFn) -> tuple[Guarantee, Rule, Case]:
    """A guarantee of a random pack, a rule that says what is given, and a proposal before the pack."""
    kb = draw(random_packs.packs(min_rules=2))
    varied = [
        evolve(
            rule,
            verdict=draw(st.sampled_from(VERDICTS)),
            ground=draw(st.sampled_from(get_args(Ground))),
            dimension=draw(st.sampled_from(DIMENSIONS[:2])),
        )
        for rule in kb.rules
    ]
    contested = draw(st.booleans())
    facts = {
        kind: tuple(evolve(fact, ground="contested" if contested else "law") for fact in held)
        for kind, held in kb.knowledge.facts.items()
    }
    kb = evolve(kb, rules=tuple(varied), knowledge=evolve(kb.knowledge, facts=facts), programs={})
    first = kb.rules[0]
    alone = evolve(first, unless=(), defeats=(), scope="measure" if judges_measures(first.when) else "proposal")
    scope = alone.scope
    without = draw(st.booleans()) and scope == "proposal"
    guarantee = Guarantee(
        id="random/g", pack="random", title=TITLE, sources=("TFEU 1",), given=None if without else alone.when, scope=scope,
        beside=draw(st.none() | patterns(kb, "proposal")), kind=draw(st.sampled_from(["always", "never"])),
        expected=draw(patterns(kb, "proposal")), anchor=random_packs.ANCHOR,
    )  # fmt: skip
    return guarantee, alone, kb.case(draw(random_packs.proposals(3)), as_of=DAY, engine="plain")


@settings(max_examples=examples(25), database=None, suppress_health_check=list(HealthCheck))
@given(situations(), st.lists(random_packs.proposals(3), min_size=1, max_size=6))
def test_many_at_once(situation: tuple[Guarantee, Rule, Case], proposals: list[Proposal]) -> None:
    """Those that break a guarantee among many, put to the columns at once, are those that break it one by one by the evaluator."""
    guarantee, _, case = situation
    for engine in ("columns", "plain"):
        found = list(breaking_of(guarantee, evolve(case, engine=engine_named(engine)), proposals))
        assert found == [
            place for place, proposal in enumerate(proposals) if list(breaches(guarantee, case.of(proposal)))
        ]


def found_in(report: Report, pattern: Pattern, measure: str | None) -> bool:
    """Whether a report says what a pattern means."""
    if pattern.judgement:
        return all(dict(report.judgement)[dimension] in grades for dimension, grades in pattern.judgement)
    said: list[Finding | Open] = [*report.findings, *(report.open if pattern.open else ())]
    return any(
        spoken.rule in pattern.rules
        and (measure is None or spoken.measure == measure)
        and (not pattern.grounds or spoken.ground in pattern.grounds)
        for spoken in said
    )


class TestJudging:
    """What is judged without the words of a report is what the report says."""

    @settings(max_examples=examples(25), database=None, suppress_health_check=list(HealthCheck))
    @given(situations())
    def test_as_reports_say(self, situation: tuple[Guarantee, Rule, Case]) -> None:
        """By an oracle that reads the whole report, and takes what is given for a rule of its own."""
        guarantee, alone, case = situation
        report = case.report()
        program = evolve(case.program, rules=(CompiledRule(alone, frozenset(), ()),))
        holding = {finding.measure for finding in evolve(case, program=program).report().findings}
        everywhere = guarantee.given is None
        where = [measure.id for measure in case.proposal.measures] if guarantee.scope == "measure" else [None]
        expected = [
            place
            for place in where
            if (everywhere or place in holding)
            and (guarantee.beside is None or found_in(report, guarantee.beside, place))
            and found_in(report, guarantee.expected, place) is (guarantee.kind == "never")
        ]
        found = list(breaches(guarantee, case))
        assert [breach.measure for breach in found] == expected
        for breach in found:
            assert bool(breach.rules) is (guarantee.kind == "never" and not guarantee.expected.judgement)

    def test_names_the_rules(self, tmp_path: Path) -> None:
        """Of what must never be said it is told which rules say it, and where."""
        kb = pack_of(
            tmp_path, f"[kept]\n{HEAD}given.measure.areas = 'a'\nnever = {CONFLICT}\n",
            bad=rule_text("bad", 'effects = "a"'), worse=rule_text("worse", 'effects = ["a", "b"]'),
        )  # fmt: skip
        text = "[proposal]\n" + "".join(
            f'[[measure]]\nid = "{name}"\nareas = ["{area}"]\neffects = ["a"]\n'
            for name, area in (("m", "b"), ("n", "a"))
        )
        (breach,) = breaches(kb.guarantees[0], kb.case(text, engine="plain"))
        assert (breach.measure, breach.rules) == ("n", ("small/bad", "small/worse"))


def searched(
    kb: KnowledgeBase, guarantee: Guarantee | None = None, *, engine: str = "plain", **settings: Any
) -> Searched:
    """The search for a counterexample to a guarantee; the first of the pack unless given."""
    return search_guarantee(kb, guarantee or kb.guarantees[0], as_of=DAY, engine=engine, **settings)


def proposals_with_less(proposal: Proposal) -> Iterator[Proposal]:
    """The proposal without a measure, without what is known of a field, or without one value of it."""
    for number, measure in enumerate(proposal.measures):
        before, after = proposal.measures[:number], proposal.measures[number + 1 :]
        yield evolve(proposal, measures=before + after)
        for name in measure.names():
            for value in less_of(measure.value(name), Measure(id="m").value(name)):
                yield evolve(proposal, measures=(*before, evolve(measure, **{name: value}), *after))
    for name in proposal.names():
        for value in less_of(proposal.value(name), Proposal().value(name)):
            yield evolve(proposal, **{name: value})


def less_of(value: Value, left_out: Value) -> Iterator[Any]:
    """Values that say less."""
    if value != left_out:
        yield left_out
        yield from (evolve(value, yes=value.yes - {atom}) for atom in value.yes)


class TestSearching:
    """A guarantee that does not hold gets the least proposal on which it does not; one that holds gets none."""

    BAD = rule_text("bad", 'effects = "a"')
    SAFE = rule_text("bad", 'effects = "a"', tail=UNLESS + 'measure.safeguards = "b"').replace('effects = "a"\n[[ex', 'effects = "a"\nsafeguards = []\n[[ex')  # fmt: skip
    LIGHT = rule_text("light", 'areas = "c"', verdict="condition", head='defeats = ["small/bad"]')
    ABSENT = rule_text("absent", 'effects = "a"\nsafeguards = { none = ["b"] }').replace('[[example.measure]]\neffects = "a"\nsafeguards = { none = ["b"] }', '[[example.measure]]\neffects = "a"\nsafeguards = []')  # fmt: skip
    PRESENT = rule_text("present", 'effects = "a"\nsafeguards = "b"')
    # What is promised, of which rules, and the fields of the least proposal on which it does not hold, if there is one.
    CASES: Mapping[str, tuple[str, Mapping[str, str], Mapping[str, Value] | None]] = {
        "holds": (f"given.measure.effects = 'a'\nalways = {CONFLICT}", {"bad": BAD}, None),
        "holds of nothing else": (f"given.measure.effects.only = ['b']\nnever = {CONFLICT}", {"bad": BAD}, None),
        "another value beside": (
            f"given.measure.effects = 'b'\nnever = {CONFLICT}", {"bad": BAD}, {"effects": Value.exactly("a", "b")},
        ),
        "a rule that says less": (
            f"given.measure.effects = ['a', 'b']\nalways = {CONFLICT}", {"bad": BAD}, {"effects": Value.exactly("b")},
        ),
        "hole of an exception": (
            f"given.measure = {{ effects = 'a', safeguards = {{ any = ['a', 'b'] }} }}\nalways = {CONFLICT}", {"bad": SAFE},
            {"effects": Value.exactly("a"), "safeguards": Value.exactly("b")},
        ),
        "no hole left": (
            f"given.measure = {{ effects = 'a', safeguards = {{ none = ['b'] }} }}\nalways = {CONFLICT}", {"bad": SAFE}, None,
        ),
        "set aside": (
            f"given.measure = {{ effects = 'a', areas = ['c', 'd'], safeguards = {{ none = ['d'] }} }}\nalways = {CONFLICT}",
            {"bad": BAD, "light": LIGHT},
            {"effects": Value.exactly("a"), "areas": Value.exactly("c"), "safeguards": Value.exactly()},
        ),
        "nothing that sets aside": (
            f"given.measure = {{ effects = 'a', areas = {{ none = ['c'] }} }}\nalways = {CONFLICT}",
            {"bad": BAD, "light": LIGHT}, None,
        ),
        "only where all is known": (
            f"given.measure.effects = 'a'\nalways = {CONFLICT}", {"absent": ABSENT, "present": PRESENT},
            {"effects": Value.exactly("a")},
        ),
        "open or said where all is known or not": (
            "given.measure.effects = 'a'\nalways = { verdict = 'conflict', open = true }",
            {"absent": ABSENT, "present": PRESENT}, None,
        ),
        "never, not even open": (
            "given.measure.areas = 'a'\nnever = { verdict = 'conflict', open = true }", {"bad": BAD},
            {"areas": Value.exactly("a")},
        ),
        "a judgement": (
            "beside = { verdict = 'conflict' }\nnever.judgement.substance = 'partly-positive-partly-negative'",
            {"bad": BAD, "good": rule_text("good", 'areas = "a"', verdict="aligned", head='principle = "q"')},
            {"effects": Value.exactly("a"), "areas": Value.exactly("a")},
        ),
        "a judgement that is kept": (
            "beside = { verdict = 'conflict' }\nnever.judgement.substance = ['positive', 'open', 'not-judged']",
            {"bad": BAD, "good": rule_text("good", 'areas = "a"', verdict="aligned", head='principle = "q"')}, None,
        ),
    }  # fmt: skip

    @pytest.mark.parametrize("name", CASES)
    def test_found(self, name: str, tmp_path: Path) -> None:
        """What is found is found again by a report, and nothing of it can be taken away."""
        text, rules, expected = self.CASES[name]
        kb = pack_of(tmp_path, f"[kept]\n{HEAD}{text}\n", **rules)
        result = searched(kb)
        assert result.tried > 0
        if expected is None:
            assert result.counterexample is None
            return
        assert result.counterexample is not None
        proposal = result.counterexample.case.proposal
        (measure,) = proposal.measures
        blank = Measure(id=measure.id)
        assert {
            field: measure.value(field) for field in measure.names() if measure.value(field) != blank.value(field)
        } == expected
        assert list(breaches(kb.guarantees[0], result.counterexample.case)) == list(result.counterexample.breaches)
        for less in proposals_with_less(proposal):
            assert not list(breaches(kb.guarantees[0], kb.case(less, as_of=DAY, engine="plain")))

    def test_the_same_every_time(self, tmp_path: Path) -> None:
        """A search gives the same proposal each time, and tries no more than it is told to."""
        text, rules, _ = self.CASES["hole of an exception"]
        kb = pack_of(tmp_path, f"[kept]\n{HEAD}{text}\n", **rules)
        first, second = searched(kb).counterexample, searched(kb).counterexample
        assert first is not None
        assert second is not None
        assert first.case.proposal == second.case.proposal
        assert searched(kb, aimed=0).tried == 0
        assert searched(kb, aimed=1, drawn=0).tried <= 2

    def test_told(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The suite and the command tell which guarantee fails, of what, and print the proposal; in Dutch too."""
        text, rules, _ = self.CASES["hole of an exception"]
        kb = pack_of(tmp_path, f"[kept]\n{HEAD}{text}\n", **rules)
        (item,) = (collected for collected in collect(kb) if collected.kind == "guarantee")
        failure = run(item, kb, "plain")
        assert failure is not None
        assert (item.id, item.place.line) == ("small/guarantees::kept", 1)
        told = failure_text(failure, "en")
        assert told.startswith("guarantee `small/kept` does not hold: Kept\n")
        assert "on measure `measure-1` nothing of what is expected is found" in told
        assert 'effects = ["a"]' in told
        dutch = failure_text(failure, "nl")
        assert dutch.startswith("garantie `small/kept` houdt geen stand: Behouden\n")
        assert "over maatregel `measure-1` wordt niets gevonden van wat moet" in dutch
        assert main(["test", str(tmp_path), "-k", "guarantee", "--engine", "plain", "--lang", "nl"]) == 1
        assert "garanties 1; anders dan zij zeggen: 1" in capsys.readouterr().out


class TestKept:
    """That nothing was found is kept, by all that it rests on; what is found is found again each time."""

    TEXT = "[kept]\n" + HEAD + """given.measure.effects.only = ['b']\nnever.rules = ['small/bad']\n"""
    RULES: Mapping[str, str] = {
        "bad": rule_text("bad", 'effects = "a"'), "beside": rule_text("beside", 'effects = "b"'), "strong": rule_text("strong", 'effects = "c"', head='principle = "q"'),
    }  # fmt: skip
    # What is changed, whether that is sought again, and what comes of it.
    CHANGES: Mapping[str, tuple[Mapping[str, str], bool, int]] = {
        "a rule that it is not about": ({"beside": rule_text("beside", 'areas = "a"')}, False, 0),
        "a planted fault": ({"bad": rule_text("bad", 'effects = "b"')}, True, 1),
        "the rule, in vain": ({"bad": rule_text("bad", 'effects = "d"')}, True, 0),
        "a rule that comes to defeat it": (
            {"strong": rule_text("strong", 'effects = "c"', head='principle = "q"\ndefeats = ["small/bad"]')}, True, 0,
        ),
    }  # fmt: skip

    @pytest.fixture
    def sought(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """A list that grows with each guarantee that is searched."""
        found: list[str] = []
        search = searching._search

        def counted(kb: KnowledgeBase, guarantee: Guarantee, *rest: Any) -> Any:
            found.append(guarantee.id)
            return search(kb, guarantee, *rest)

        monkeypatch.setattr(searching, "_search", counted)
        # Who replaces a part of the library keeps nothing, unless this is what is looked at.
        monkeypatch.setenv("CONSISTENT_CACHE", str(tmp_path / "cache"))
        return found

    def ran(self, pack: Path, *more: str) -> int:
        return main(["test", str(pack), "-k", "guarantee", *more])

    @pytest.mark.parametrize("name", CHANGES)
    def test_after_a_change(
        self, name: str, tmp_path: Path, sought: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A fault is found with what was kept and without; nothing is sought again where nothing that matters has changed."""
        changes, again, status = self.CHANGES[name]
        pack = tmp_path / "pack"
        pack_of(pack, self.TEXT, **self.RULES)
        assert (self.ran(pack), self.ran(pack), sought) == (0, 0, ["small/kept"])
        pack_of(pack, self.TEXT, **{**self.RULES, **changes})
        sought.clear()
        assert self.ran(pack) == status
        assert sought == (["small/kept"] if again else [])
        sought.clear()
        # What is broken is told each time, and in full.
        assert self.ran(pack) == status
        assert sought == (["small/kept"] if status else [])
        pack_of(pack, self.TEXT, **self.RULES)
        sought.clear()
        assert (self.ran(pack), sought) == (0, [])
        monkeypatch.setenv("CONSISTENT_CACHE", "off")
        pack_of(pack, self.TEXT, **{**self.RULES, **changes})
        assert (self.ran(pack), sought) == (status, ["small/kept"])

    def test_another_guarantee(self, tmp_path: Path, sought: list[str]) -> None:
        """What is promised is part of what is kept, under the same name too; and so is the engine."""
        pack = tmp_path / "pack"
        pack_of(pack, self.TEXT, **self.RULES)
        assert self.ran(pack) == 0
        pack_of(pack, self.TEXT.replace("['b']", "['a']"), **self.RULES)
        assert self.ran(pack) == 1
        pack_of(pack, self.TEXT, **self.RULES)
        assert (self.ran(pack, "--engine", "plain"), len(sought)) == (0, 3)

    def test_not_confirmed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What the columns find and the engine of a check does not is an error, and no counterexample."""
        kb = pack_of(tmp_path, self.TEXT, **self.RULES)
        monkeypatch.setattr(searching, "breaking_of", lambda *_: iter([0]))
        monkeypatch.setattr(searching, "least", lambda _, case: case.proposal)
        with pytest.raises(
            EngineError, match="columns finds that `small/kept` is broken, durable-rules that it is kept"
        ):
            searched(kb, engine="auto")


def needed(guarantee: Guarantee) -> KnowledgeBase:
    """The shipped packs with the rules that matter to a guarantee: what is compiled anew for each weakening is little."""
    kb = shipped()
    goals = Goals(kb.program(DAY))
    listed = {name for pattern in (guarantee.expected, guarantee.beside) if pattern for name in pattern.rules}
    dimensions = {
        name for pattern in (guarantee.expected, guarantee.beside) if pattern for name, _ in pattern.judgement
    }
    named = [rule.id for rule in kb.rules if rule.id in listed or rule.dimension in dimensions]
    kept = {name for rule_id in named for name in goals.with_stronger(rule_id)}
    return kb.only(lambda rule: rule.id in kept)


def condition(data: dict[str, Any]) -> Condition:
    """A condition in the terms of the shipped packs."""
    return ConditionReader(shipped().knowledge).read(data, ("when",))


def changed(kb: KnowledgeBase, names: tuple[str, ...], change: Callable[[Rule], Rule]) -> KnowledgeBase:
    """The pack with some of its rules changed."""
    return evolve(kb, rules=tuple(change(rule) if rule.id in names else rule for rule in kb.rules), programs={})


def hole(rule: Rule) -> Condition:
    """Something that no shipped guarantee speaks of: a name in the text."""
    return condition({rule.scope: {"reference": {"starts_with": "hole"}}})


def dropped(guarantee: Guarantee) -> KnowledgeBase:
    """The rules that say what is expected are gone."""
    return needed(guarantee).only(lambda rule: rule.id not in guarantee.expected.rules)


def excepted(guarantee: Guarantee) -> KnowledgeBase:
    """The rules that say what is expected have one exception more."""

    def change(rule: Rule) -> Rule:
        return evolve(rule, unless=(*rule.unless, RuleException(hole(rule), TITLE)))

    return changed(needed(guarantee), guarantee.expected.rules, change)


def beaten(guarantee: Guarantee) -> KnowledgeBase:
    """A further rule sets aside what is expected."""
    kb = needed(guarantee)
    model = kb.rule(guarantee.expected.rules[0])
    scopes = {rule.scope for rule in kb.rules if rule.id in guarantee.expected.rules}
    further = tuple(
        evolve(
            model, id=f"treaties/stronger-{scope}", unless=(), examples=Packed(()), scope=scope, verdict="reserved",
            when=condition({scope: {"reference": {"starts_with": "hole"}}}),
            defeats=tuple(rule.id for rule in kb.rules if rule.id in guarantee.expected.rules and rule.scope == scope),
        )
        for scope in sorted(scopes)
    )  # fmt: skip
    return evolve(kb, rules=(*kb.rules, *further), programs={})


def loosened(guarantee: Guarantee) -> KnowledgeBase:
    """One of the rules that must say nothing asks for nothing any more, and has no exceptions."""
    kb = needed(guarantee)
    scope = guarantee.scope
    name = next(
        known.id for known in kb.rules if known.id in guarantee.expected.rules and scope in {"proposal", known.scope}
    )

    def change(rule: Rule) -> Rule:
        return evolve(rule, when=All(()), unless=())

    def free(rule: Rule) -> Rule:
        return evolve(rule, defeats=tuple(weaker for weaker in rule.defeats if weaker != name))

    return changed(changed(kb, (name,), change), tuple(known.id for known in kb.rules), free)


NAMES = tuple(f"{folder}/{key}" for folder in ("treaties", "nl-22112-4027") for key in tomlkit.parse((Path(__file__).parents[2] / "facts" / folder / GUARANTEES).read_text("utf-8")))  # fmt: skip


class TestShipped:
    """The guarantees of the shipped packs: nothing is found against one, and each weakening of the rules behind it is noticed."""

    @pytest.mark.parametrize("name", NAMES)
    def test_weakened(self, name: str) -> None:
        """A rule that is gone, an exception more, a stronger rule; or one that says what must never be said."""
        guarantee = next(promised for promised in shipped().guarantees if promised.id == name)
        assert searched(needed(guarantee), guarantee, aimed=8, drawn=0, engine=FAST).counterexample is None
        if guarantee.expected.judgement:
            # How grades follow is not for rules to say: the guarantee itself is weakened.
            beside = tuple(
                rule.id for rule in shipped().rules if rule.verdict == "aligned" and rule.dimension == "competence"
            )
            wrong = evolve(guarantee, beside=Pattern(rules=beside))
            assert searched(needed(wrong), wrong, drawn=0, engine=FAST).counterexample is not None
            return
        for weaken in (dropped, excepted, beaten) if guarantee.kind == "always" else (loosened,):
            result = searched(weaken(guarantee), guarantee, drawn=0, engine=FAST)
            assert result.counterexample is not None, weaken.__name__
