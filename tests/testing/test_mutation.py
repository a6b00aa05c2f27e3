"""Mutation: which faults are planted, which tests notice them, and what is told of those that none does."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consistent import load
from consistent.authoring.accepted import MUTANTS, accepted_from
from consistent.authoring.mutation._mutants import Mutant, _planted, mutants_of
from consistent.authoring.mutation.killing import Result, Results, score
from consistent.authoring.mutation.running import MutationRun, mutate
from consistent.cli import main
from consistent.errors import InputError
from consistent.rules.conditions import Concept
from consistent.rules.rule import Rule
from consistent.toml.tomlfile import TomlFile, format_key
from tests.pack_writing import write_pack

DAY = date(2026, 6, 1)
ROOT = Path(__file__).parents[2]
RULE = "small/rule"
KINDS = """\
[table]
title = { en = "table", nl = "tabel" }
[table.fields]
effect = { type = "terms", vocabulary = "effects" }
basis = { type = "citation" }
heavy = { type = "boolean" }
"""
FACTS = """\
kind = "table"
[[fact]]
id = "light"
effect = ["a"]
basis = ["TFEU 114(1)"]
heavy = false
sources = ["TFEU 1"]
[[fact]]
id = "heavy"
effect = ["b"]
basis = ["TFEU 173(3)"]
heavy = true
sources = ["TFEU 1"]
"""


def rule_of(when: str, examples: Iterable[str], *, head: str = "", verdict: str = "conflict", said: str = "it") -> str:
    """A rule as its file has it."""
    texts = {"title": "rule", "rationale": "because", "message": said}
    words = "\n".join(f'{key} = {{ en = "{text}", nl = "{text}" }}' for key, text in texts.items())
    return (
        f'{words}\nprinciple = "p"\nground = "policy"\nverdict = "{verdict}"\ndimension = "substance"\n'
        f'sources = ["TFEU 1"]\n{head}\n{when}\n' + "\n".join(examples)
    )


def example(expect: str, *measures: str, proposal: str = "") -> str:
    """An example; of each measure what its table holds, of the proposal the same."""
    tables = [f"[example.proposal]\n{proposal}\n"] if proposal else []
    tables += [f"[[example.measure]]\n{measure}\n" for measure in measures]
    return f'[[example]]\ntitle = "an example"\nexpect = "{expect}"\n{"".join(tables)}'


def pack_of(root: Path, rule: str, **others: str) -> Path:
    """The folder of a pack with a rule called `rule`, and others by name."""
    return write_pack(root / "pack", {"rule": rule, **others}, FACTS, KINDS)


def run(pack: Path, **settings: Any) -> Results:
    """Mutate a pack."""
    return mutate(MutationRun(pack=pack, day=DAY, **settings))


def fates(results: Results, rule: str = RULE) -> dict[str, str]:
    """What became of each mutant of a rule, by operator and place."""
    return {result.id.removeprefix(f"{rule}:"): result.fate for result in results.found[rule]}


A, B, C, D = (f'effects = ["{effect}"]' for effect in "abcd")
AB = 'effects = ["a", "b"]'
NONE = "effects = []"
YES, NO = example("conflict", A), example("not-applicable", NONE)
AT = 'effects = ["a"]\n{}'

# For each fault: what it is and where; the conditions; a line that it takes from the file, and one that it puts there;
# examples that do not notice it; and one that does.
FAULTS: Mapping[str, tuple[str, str, str, list[str], str]] = {
    "drop-test:when.measure.areas": (
        '[when.measure]\neffects = "a"\nareas = "a"  # a word on it',
        '-areas = "a"  # a word on it',
        "",
        [example("conflict", AT.format('areas = ["a"]')), NO],
        example("not-applicable", AT.format('areas = ["b"]')),
    ),
    "drop-condition:when.proposal": (
        '[when.proposal]\nlegal_basis = "TFEU 1"\nbudget = { over = 5 }\n[when.measure]\neffects = "a"',
        "-[when.proposal]",
        "",
        [example("conflict", A, proposal='legal_basis = ["TFEU 1"]\nbudget = 6'), NO],
        example("not-applicable", A, proposal="legal_basis = []"),
    ),
    "drop-alternative:when.any[2]": (
        '[[when.any]]\nmeasure.effects = "a"\n[[when.any]]\nmeasure.effects = "b"',
        '-measure.effects = "b"',
        "",
        [YES, NO],
        example("conflict", B),
    ),
    "drop-part:when.not[2]": (
        '[when]\nmeasure.effects = "a"\nnot = [{ measure.areas = "a" }, { measure.areas = "b" }]',
        '-not = [{ measure.areas = "a" }, { measure.areas = "b" }]',
        '+not = [{ measure.areas = "a" }]',
        [example("conflict", AT.format('areas = ["c"]')), NO],
        example("not-applicable", AT.format('areas = ["b"]')),
    ),
    "drop-operator:when.measure.effects.none": (
        '[when.measure]\neffects = { any = "a", none = "b" }',
        '-effects = { any = "a", none = "b" }',
        '+effects = { any = "a" }',
        [YES, NO],
        example("not-applicable", AB),
    ),
    "drop-value:when.measure.effects[2]": (
        '[when.measure]\neffects = ["a", "b"]',
        '-effects = ["a", "b"]',
        '+effects = ["a"]',
        [YES, NO],
        example("conflict", B),
    ),
    "swap-term:when.measure.effects[2]": (
        '[when.measure]\neffects = ["a", "b"]',
        '-effects = ["a", "b"]',
        '+effects = ["a", "c"]',
        [YES, NO],
        example("not-applicable", C),
    ),
    "swap-citation:when.measure.legal_basis[2]": (
        '[when.measure]\nlegal_basis = ["TFEU 1", "TFEU 42(2)"]',
        '-legal_basis = ["TFEU 1", "TFEU 42(2)"]',
        '+legal_basis = ["TFEU 1", "TFEU 42(3)"]',
        [example("conflict", 'legal_basis = ["TFEU 1"]'), example("not-applicable", "legal_basis = []")],
        example("conflict", 'legal_basis = ["TFEU 42(2)"]'),
    ),
    "negate-test:when.any[2].measure.effects": (
        '[[when.any]]\nmeasure.effects = "a"\n[[when.any]]\nmeasure = { effects = "b", areas = "a" }',
        '-measure = { effects = "b", areas = "a" }',
        '+measure = { effects = { none = "b" }, areas = "a" }',
        [YES, example("not-applicable", "effects = []\nareas = []")],
        example("conflict", 'effects = ["b"]\nareas = ["a"]'),
    ),
    "negate-condition:when.any[2].measure": (
        '[[when.any]]\nmeasure.effects = "a"\n[[when.any]]\nmeasure = { effects = "b", areas = "a" }\nproposal.budget = { over = 5 }',
        '-measure = { effects = "b", areas = "a" }',
        '+not = { measure = { effects = "b", areas = "a" } }',
        [YES, example("not-applicable", NONE, proposal="budget = 1")],
        example("conflict", 'effects = ["b"]\nareas = ["a"]', proposal="budget = 6"),
    ),
    "affirm-condition:when.any[2].not": (
        '[[when.any]]\nmeasure.effects = "a"\n[[when.any]]\nmeasure.effects = "b"\nnot.measure.areas = "a"',
        '-not.measure.areas = "a"',
        '+all = [{ measure = { areas = "a" } }]',
        [YES, NO],
        example("conflict", 'effects = ["b"]\nareas = ["c"]'),
    ),
    "swap-operator-all:when.measure.effects": (
        '[when.measure]\neffects = ["a", "b"]',
        '-effects = ["a", "b"]',
        '+effects = { all = ["a", "b"] }',
        [example("conflict", AB), NO],
        YES,
    ),
    "swap-operator-only:when.measure.effects": (
        '[when.measure]\neffects = ["a", "b"]',
        '-effects = ["a", "b"]',
        '+effects = { only = ["a", "b"] }',
        [YES, example("not-applicable", C)],
        example("conflict", 'effects = ["a", "c"]'),
    ),
    "swap-operator-any:when.measure.effects.all": (
        '[when.measure]\neffects = { all = ["a", "b"] }',
        '-effects = { all = ["a", "b"] }',
        '+effects = { any = ["a", "b"] }',
        [example("conflict", AB), NO],
        example("not-applicable", A),
    ),
    "swap-operator-at_least:when.measure.amount.over": (
        "[when.measure]\namount = { over = 5 }",
        "-amount = { over = 5 }",
        "+amount = { at_least = 5 }",
        [example("conflict", "amount = 9"), example("not-applicable", "amount = 1")],
        example("not-applicable", "amount = 5"),
    ),
    "raise-bound:when.measure.amount.over": (
        "[when.measure]\namount = { over = 5 }",
        "-amount = { over = 5 }",
        "+amount = { over = 6 }",
        [example("conflict", "amount = 9"), example("not-applicable", "amount = 1")],
        example("conflict", "amount = 6"),
    ),
    "lower-bound:when.measure.starts.from": (
        "[when.measure]\nstarts = { from = 2026-01-01 }",
        "-starts = { from = 2026-01-01 }",
        "+starts = { from = 2025-12-31 }",
        [example("conflict", "starts = 2027-01-01"), example("not-applicable", "starts = 2020-01-01")],
        example("not-applicable", "starts = 2025-12-31"),
    ),
    "raise-bound:when.count.at_least": (
        '[when.count]\nat_least = 1\nmeasure.effects = "a"',
        "-at_least = 1",
        "+at_least = 2",
        [example("conflict", A, A), NO],
        YES,
    ),
    "drop-bound:when.count.at_most": (
        '[when.count]\nat_least = 1\nat_most = 2\nmeasure.effects = "a"',
        "-at_most = 2",
        "",
        [YES, NO],
        example("not-applicable", A, A, A),
    ),
    "lower-bound:when.measure.effects.at_least": (
        '[when.measure]\neffects = { at_least = 2, of = ["a", "b", "c"] }',
        '-effects = { at_least = 2, of = ["a", "b", "c"] }',
        '+effects = { at_least = 1, of = ["a", "b", "c"] }',
        [example("conflict", AB), NO],
        example("not-applicable", A),
    ),
    "raise-bound:when.measure.starts.plus": (
        '[when.measure]\nstarts = { before = "$proposal.date", plus = "24 months" }',
        '-starts = { before = "$proposal.date", plus = "24 months" }',
        '+starts = { before = "$proposal.date", plus = "25 months" }',
        [example("conflict", "starts = 2025-01-01", proposal="date = 2024-01-01"), NO],
        example("not-applicable", "starts = 2026-01-15", proposal="date = 2024-01-01"),
    ),
    "raise-bound:when.sum.amount.over": (
        "[when.sum]\namount = { over = 50 }",
        "-amount = { over = 50 }",
        "+amount = { over = 51 }",
        [example("conflict", "amount = 60"), example("not-applicable", "amount = 50")],
        example("conflict", "amount = 51"),
    ),
    "swap-connective:when.any": (
        '[when]\nany = [{ measure.effects = "a" }, { measure.effects = "b" }]',
        '-any = [{ measure.effects = "a" }, { measure.effects = "b" }]',
        '+all = [{ measure = { effects = "a" } }, { measure = { effects = "b" } }]',
        [example("conflict", AB), NO],
        YES,
    ),
    "drop-exception:unless[1]": (
        '[when.measure]\neffects = "a"\n[[unless]]\nreason = { en = "r", nl = "r" }\nmeasure.areas = "a"',
        "-[[unless]]",
        "",
        [example("conflict", AT.format("areas = []")), NO],
        example("excepted", AT.format('areas = ["a"]')),
    ),
    "drop-test:unless[1].measure.safeguards": (
        '[when.measure]\neffects = "a"\n[[unless]]\nreason = { en = "r", nl = "r" }\n[unless.measure]\nareas = "a"\nsafeguards = "a"',
        '-safeguards = "a"',
        "",
        [example("conflict", AT.format("areas = []")), NO],
        example("conflict", AT.format('areas = ["a"]\nsafeguards = []')),
    ),
    "swap-reference:when.table.basis": (
        '[when.measure]\neffects = "a"\n[when.table]\nbasis = "$measure.legal_basis"\nheavy = true',
        '-basis = "$measure.legal_basis"',
        '+basis = "$proposal.legal_basis"',
        [
            example("conflict", A, proposal='legal_basis = ["TFEU 173(3)"]'),
            example("not-applicable", A, proposal="legal_basis = []"),
        ],
        example("conflict", AT.format('legal_basis = ["TFEU 173(3)"]'), proposal='legal_basis = ["TFEU 1"]'),
    ),
    "negate-test:when.any[2].table.heavy": (
        '[[when.any]]\nmeasure.effects = "c"\n[[when.any]]\n[when.any.table]\neffect = "$measure.effects"\nheavy = true',
        "-heavy = true",
        "+heavy = false",
        [example("conflict", C), NO],
        example("conflict", B),
    ),
    "loosen-known-values:when.measure.effects.beyond": (
        '[when.measure]\neffects = { beyond = "$table.effect" }',
        '-effects = { beyond = "$table.effect" }',
        "+effects = { empty = false }",
        [example("conflict", C), NO],
        example("not-applicable", A),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault(fault: str, tmp_path: Path) -> None:
    """Each operator plants its fault in the file, a weak set of examples leaves it alive, and a strong one kills it."""
    when, old, new, weak, strong = FAULTS[fault]
    results = run(pack_of(tmp_path / "weak", rule_of(when, weak)))
    alive = {survivor.id: survivor for survivor in results.survivors}
    assert f"{RULE}:{fault}" in alive
    diff = alive[f"{RULE}:{fault}"].diff[2:]
    assert {old, new} - {""} <= set(diff)
    results = run(pack_of(tmp_path / "strong", rule_of(when, [*weak, strong])))
    assert fates(results)[fault] == "killed"


@pytest.mark.parametrize("fault", FAULTS)
def test_suggested_example_kills(fault: str, tmp_path: Path) -> None:
    """The example that is suggested for a survivor kills it, and comes out of the rule as it says."""
    when, _, _, weak, _ = FAULTS[fault]
    results = run(pack_of(tmp_path / "weak", rule_of(when, weak)))
    suggestion = next(survivor.suggestion for survivor in results.survivors if survivor.id == f"{RULE}:{fault}")
    titled = suggestion.replace("[[example]]", '[[example]]\ntitle = "suggested"', 1)
    results = run(pack_of(tmp_path / "more", rule_of(when, [*weak, titled])))
    assert fates(results)[fault] == "killed"


def test_verdict(tmp_path: Path) -> None:
    """Another verdict is noticed by the example that names it."""
    results = run(pack_of(tmp_path, rule_of(f"[when.measure]\n{A}", [YES, NO])))
    assert fates(results)["change-verdict:verdict"] == "killed"


def test_period(tmp_path: Path) -> None:
    """An end and a beginning are moved by a day; examples, which have no day, do not notice."""
    rule = rule_of(f"[when.measure]\n{A}", [YES, NO], head="valid_from = 2020-01-01\nvalid_to = 2030-12-31")
    found = fates(run(pack_of(tmp_path, rule)))
    moved = {key: fate for key, fate in found.items() if "valid" in key}
    assert moved == {
        f"{operator}:{key}": "survived"
        for key in ("valid_from", "valid_to")
        for operator in ("raise-bound", "lower-bound", "drop-bound")
    }


GOLDEN = """\
[golden]
proposal = "r.toml"
pack = "./pack"
as_of = 2026-06-01
[whole]
judgement = { substance = "negative" }
rules = {}
[measure.m]
outcome = "conflict"
rules = { "small/rule" = "conflict", "small/other" = "defeated" }
"""


def golden_pack(root: Path) -> tuple[Path, Path]:
    """A pack with two rules, of which one defeats the other, and a golden file."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "r.toml").write_text(f'[proposal]\nreference = "R"\n[[measure]]\nid = "m"\n{A}\n', "utf-8")
    (root / "golden.toml").write_text(GOLDEN, "utf-8")
    rule = rule_of(f"[when.measure]\n{A}", [YES, NO], head='defeats = ["small/other"]')
    other = rule_of(f"[when.measure]\n{A}", [example("condition", A), NO], verdict="condition")
    return pack_of(root, rule, other=other), root / "golden.toml"


@pytest.mark.parametrize("fault", ["change-ground:ground", "drop-defeat:defeats[1]"])
def test_golden_file_kills(fault: str, tmp_path: Path) -> None:
    """What the judgement rests on, and which rule defeats which, no example notices, and a golden file does."""
    pack, golden = golden_pack(tmp_path)
    assert fates(run(pack))[fault] == "survived"
    results = run(pack, tests=(golden,))
    assert fates(results)[fault] == "killed"
    killers = {result.by.partition("::")[0] for result in results.all if result.id.endswith(fault)}
    assert killers == {"golden"}


def test_failing_test_is_told_first(tmp_path: Path) -> None:
    """A test that fails as things are would seem to kill every mutant: nothing is run before it is mended."""
    pack = pack_of(tmp_path, rule_of(f"[when.measure]\n{A}", [example("conflict", B), NO]))
    with pytest.raises(InputError) as caught:
        run(pack)
    (fault,) = caught.value.faults
    assert fault.message == "example `an example` of rule `small/rule`: expected `conflict`, found `not-applicable`"
    assert fault.help == "mend it first: `consistent test` tells more"


def test_same_meaning_is_no_mutant(tmp_path: Path) -> None:
    """A fault that changes nothing is equivalent, and so is one that does what another did before it."""
    when = '[when]\nany = [{ measure.effects = ["a", "a"] }, { measure.effects = "b" }]'
    found = fates(run(pack_of(tmp_path, rule_of(when, [YES, NO]))))
    assert found["drop-value:when.any[1].measure.effects[1]"] == "equivalent"
    assert found["drop-alternative:when.any[2]"] == "survived"
    assert found["drop-condition:when.any[2].measure"] == "equivalent"


def test_rule_that_does_not_load_is_no_mutant(tmp_path: Path) -> None:
    """A fault that loading tells is no mutant: a message without the fact it names, a contradiction left standing."""
    when = '[when.measure]\neffects = "a"\n[when.table]\neffect = "$measure.effects"'
    found = fates(run(pack_of(tmp_path / "one", rule_of(when, [YES, NO], said="{table.effect}"))))
    assert found["drop-condition:when.table"] == "invalid"
    welcome = rule_of(f"[when.measure]\n{A}", [example("aligned", A), NO], verdict="aligned")
    rule = rule_of(f"[when.measure]\n{A}", [YES, NO], head='defeats = ["small/other"]')
    found = fates(run(pack_of(tmp_path / "two", rule, other=welcome)))
    assert found["drop-defeat:defeats[1]"] == "invalid"


def test_mutants_of_shipped_rules() -> None:
    """Every mutant of a shipped rule has an id of its own, differs from the rule, and keeps its comments and examples."""
    kb = load("treaties")
    rules = [known for known in kb.rules if "/finance/" in known.id or "/rights/" in known.id]
    seen: set[str] = set()
    for rule in rules:
        text = rule.anchor.file.text or ""
        for name, _, mutant in mutants_of(rule, kb.knowledge, DAY):
            assert name not in seen
            seen.add(name)
            if isinstance(mutant, Mutant):
                data = TomlFile.parse(mutant.text).data
                assert data != rule.anchor.file.data
                assert data["example"] == rule.anchor.file.data["example"]
                assert mutant.text.count("#") == text.count("#")
                assert mutant.diff
    assert len(rules) > 10
    assert len(seen) > 300


def test_processes(tmp_path: Path) -> None:
    """Several processes find what one finds, in the same order."""
    pack, golden = golden_pack(tmp_path)
    assert run(pack, tests=(golden,), jobs=2) == run(pack, tests=(golden,))


def test_time_and_taking_up(tmp_path: Path) -> None:
    """A run that time cuts short tells what it left, and a later one takes it up, torn line or not."""
    pack, _ = golden_pack(tmp_path)
    state = tmp_path / "run.jsonl"
    assert run(pack, seconds=0, resume=state).left == ("small/other", "small/rule")
    whole = run(pack, resume=state)
    lines = state.read_text("utf-8").splitlines(keepends=True)
    assert [json.loads(line).get("rule") for line in lines] == [None, "small/other", "small/rule"]
    state.write_text("".join(lines[:2]) + lines[2][:40], "utf-8")
    # What is done is not done again.
    assert run(pack, seconds=0, resume=state).left == ("small/rule",)
    assert run(pack, resume=state) == whole
    assert state.read_text("utf-8") == "".join(lines)


def test_taking_up_another_state(tmp_path: Path) -> None:
    """What was found of another state of the pack is of no use, nor is a file of something else."""
    pack, _ = golden_pack(tmp_path)
    state = tmp_path / "run.jsonl"
    run(pack, resume=state)
    path = pack / "rules/small/rule.toml"
    path.write_text(path.read_text("utf-8") + "\n# looked at\n", "utf-8")
    with pytest.raises(InputError, match="file is of another state of the pack or its tests"):
        run(pack, resume=state)
    state.write_text("[]\n", "utf-8")
    with pytest.raises(InputError, match="no line of a run of mutation"):
        run(pack, resume=state)


ACCEPTED = """\
[[accepted]]
mutants = ["small/rule:change-ground:ground"]
reason.en = "no example has a judgement"
reason.nl = "geen voorbeeld heeft een oordeel"
[[accepted]]
mutants = ["small/rule:change-verdict:verdict", "small/gone:drop-test:when"]
reason = "wrong"
"""


def test_accepted(tmp_path: Path) -> None:
    """An accepted survivor lives on with its reason; one that was killed, or is there no more, is told with its line."""
    pack, _ = golden_pack(tmp_path)
    (pack / "facts/small/mutants.toml").write_text(ACCEPTED, "utf-8")
    load(pack)
    results = run(pack)
    assert results.accepted["small/rule:change-ground:ground"].nl == "geen voorbeeld heeft een oordeel"
    assert [(name, place.line) for name, place in results.stale] == [
        ("small/rule:change-verdict:verdict", 5),
        ("small/gone:drop-test:when", 5),
    ]
    # Of what was not run nobody knows.
    assert run(pack, select=("small/rule",)).stale == ()


def test_faults_of_accepted() -> None:
    """All faults of the file are told at once, each at its line."""
    text = """\
reason = "?"
[[accepted]]
mutants = []
reason = "none"
[[accepted]]
mutants = ["m", "m"]
reason = "twice"
[[accepted]]
mutants = ["n"]
"""
    with pytest.raises(InputError) as caught:
        accepted_from(TomlFile.parse(text, "mutants.toml"), MUTANTS)
    assert [(fault.message, fault.location.line) for fault in caught.value.faults] == [
        ("unknown key `reason`", 1),
        ("no mutant: a reason needs at least one", 3),
        ("mutant `m` is accepted already, at mutants.toml:6, accepted[2].mutants[1]", 6),
        ("missing key `reason`", 8),
    ]


def test_score() -> None:
    """What is no mutant counts neither way."""
    place = TomlFile.parse("").location()
    results = [
        Result(id=fate, rule=RULE, fate=fate, place=place)
        for fate in ("killed", "killed", "killed", "survived", "equivalent", "invalid")
    ]
    assert score(results) == 75
    assert score(results[4:]) is None


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The command shows each survivor as a patch with its line, an example against it, and the numbers; in Dutch too."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "CONSISTENT_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    pack_of(tmp_path, rule_of('[when.measure]\neffects = { any = "a", none = "b" }', [YES, NO]))
    assert main(["mutate", "./pack", "--select", "rule"]) == 0
    told = capsys.readouterr().out
    assert (
        """\
small/rule:drop-operator:when.measure.effects.none
  pack/rules/small/rule.toml:11
    @@ -10,3 +10,3 @@
     [when.measure]
    -effects = { any = "a", none = "b" }
    +effects = { any = "a" }
     [[example]]
  an example that would kill it, if what it expects is right:
    [[example]]
    expect = "not-applicable"
    [[example.measure]]
    effects = ["a", "b"]
"""
        in told
    )
    assert main(["mutate", "./pack", "--floor", "100", "--lang", "nl"]) == 1
    assert "een voorbeeld dat hem zou vinden, als klopt wat het verwacht:" in capsys.readouterr().out
    assert main(["mutate", "./pack", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    counted = [mutant["fate"] for rule in data["rules"] for mutant in rule["mutants"]]
    assert {fate: counted.count(fate) for fate in data["counts"]} == data["counts"]
    assert main(["mutate", "./pack", "--select", "none"]) == 2
    assert "no rule matches `none`" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["mutate", "./pack", "--floor", "101"])
    assert "`101` is not a number from 0 to 100" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["mutate", "./pack", "--timeout", "0"])
    assert "`0` is not a number of seconds above 0" in capsys.readouterr().err


def test_command_with_golden_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Golden files that `--golden` names count: what only they notice is a survivor without them."""
    pack, golden = golden_pack(tmp_path)
    told = []
    for named in ([], ["--golden", str(golden)]):
        main(["mutate", str(pack), *named, "--format", "json"])
        data = json.loads(capsys.readouterr().out)
        fates = {mutant["id"]: mutant["fate"] for rule in data["rules"] for mutant in rule["mutants"]}
        told.append(fates[f"{RULE}:drop-defeat:defeats[1]"])
    assert told == ["survived", "killed"]


def test_speaks_of_no_measure_any_more(tmp_path: Path) -> None:
    """A fault that leaves a rule on the whole proposal, whose message names the measure, is refused when it is loaded."""
    when = f'[when.proposal]\nlegal_basis = "TFEU 1"\n[when.measure]\n{A}'
    shown = [example("conflict", A, proposal='legal_basis = ["TFEU 1"]'), NO]
    results = run(pack_of(tmp_path, rule_of(when, shown, said="{measure}")))
    assert fates(results)["drop-condition:when.measure"] == "invalid"


@pytest.mark.parametrize("pack", ["treaties", "nl-22112-4027"])
def test_accepted_are_there(pack: str) -> None:
    """Each mutant that the shipped packs accept is of a place that a rule or concept of theirs has."""
    kb = load(pack)
    owners: list[Rule | Concept] = [*kb.rules, *kb.concepts.values()]
    there = {
        f"{owner.id}:{operator}:{format_key(path)}"
        for owner in owners
        for operator, path, _ in _planted(owner.anchor.file.data, kb.knowledge)
    }
    concepts = {f"{pack}/concepts/{name}" for name in kb.concepts}
    held = tomllib.loads((ROOT / f"facts/{pack}/mutants.toml").read_text("utf-8"))
    accepted = [name for entry in held["accepted"] for name in entry["mutants"]]
    assert accepted
    assert [name for name in accepted if name not in there and name.partition(":")[0] not in concepts] == []
