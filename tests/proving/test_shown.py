"""What examples show is what the evaluator says of them: each answer is compared with rules written otherwise, one proposal at a time."""

from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent.authoring.lint import _rules
from consistent.authoring.lint.linting import lint_pack
from consistent.authoring.proving.shown import Shown
from consistent.checker import KnowledgeBase, load
from consistent.engine.plain import PlainEngine
from consistent.findings.states import states
from consistent.model.proposal import Proposal
from consistent.model.values import Value
from consistent.packing import Packed
from consistent.rules.conditions import Operator, Several
from consistent.rules.examples import Example
from consistent.rules.program import Answer, Operand, Question, ask
from consistent.rules.rule import Expectation, Rule
from consistent.truth import Truth
from tests.harness.effort import examples
from tests.pack_writing import rule_text as rule_with_example
from tests.pack_writing import write_pack
from tests.properties.random_packs import ANCHOR, DAY, TEXT, packs, proposals
from tests.proving.rule_writing import EXCEPTION, rule_text

MOST = 2


@st.composite
def shown(draw: st.DrawFn) -> tuple[KnowledgeBase, list[Proposal]]:
    """A random pack, and proposals that are its examples."""
    kb = draw(packs(min_rules=2))
    listed = draw(st.lists(proposals(3), min_size=1, max_size=6))
    held: tuple[Example[Expectation], ...] = tuple(
        Example(title=TEXT, proposal=each, expect="not-applicable", place=ANCHOR) for each in listed
    )
    first = evolve(kb.rules[0], examples=Packed(held))
    return evolve(kb, rules=(first, *kb.rules[1:]), programs={}), listed


def outcomes(kb: KnowledgeBase, proposal: Proposal, rule: Rule, *instead: Rule) -> list[str]:
    """What becomes of a rule, with others in the place of those of the same id."""
    versions = {other.id: other for other in (*instead, rule)}
    program = kb.program(DAY)
    rules = tuple(evolve(compiled, rule=versions.get(compiled.rule.id, compiled.rule)) for compiled in program.rules)
    program = evolve(program, rules=rules)
    found = states(program, PlainEngine().evaluate(program, proposal))[rule.id]
    return [state.outcome for state in found]


@settings(max_examples=examples(40), deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(shown())
def test_as_the_evaluator_says(situation: tuple[KnowledgeBase, list[Proposal]]) -> None:
    """Yes where it is so on an example with no more measures than are asked about, and no where it is not."""
    kb, listed = situation
    program = kb.program(DAY)
    found = Shown.of(kb, program, MOST)
    few = [proposal for proposal in listed if len(proposal.measures) <= MOST]
    rules = [compiled.rule for compiled in program.rules]
    for rule in rules:
        said = [outcomes(kb, proposal, rule) for proposal in few]
        assert found.applies(rule) is any("applies" in each for each in said)
        assert found.is_silent(rule) is any(outcome not in {"applies", "open"} for each in said for outcome in each)
        tame = [evolve(other, defeats=tuple(name for name in other.defeats if name != rule.id)) for other in rules]
        for number in range(len(rule.unless)):
            without = evolve(rule, unless=rule.unless[:number] + rule.unless[number + 1 :])
            ways = [[outcomes(kb, proposal, one, *tame) for one in (rule, without)] for proposal in few]
            assert found.excepts(rule, number) is any(one != other for one, other in ways)
        for other in rules:
            theirs = [outcomes(kb, proposal, other) for proposal in few]
            if other.scope == rule.scope:
                pairs = [
                    pair for one, another in zip(said, theirs, strict=True) for pair in zip(one, another, strict=True)
                ]
                expected = any(one == "applies" != another for one, another in pairs)
                assert found.applies_without(rule, other) is expected
            if other.id in rule.defeats:
                sparing = evolve(rule, defeats=tuple(name for name in rule.defeats if name != other.id))
                spared = [outcomes(kb, proposal, other, sparing) for proposal in few]
                assert found.defeats(rule, other) is (theirs != spared)


BARE = (Value(), Value(no=frozenset({"a"})), Value(no=frozenset({"a", "b"})))
SEVERAL = (Several(1, ()), Several(1, (frozenset({"a"}), frozenset({"b"}))), Several(0, (frozenset({"a"}),)))
QUESTIONS = (
    *(("any", frozenset(atoms)) for atoms in ({"a"}, {"a", "b"})),
    *(("only", frozenset(atoms)) for atoms in ({"a"}, {"a", "b"})),
    ("empty", None),
    ("over", 3), ("at_least", 3), ("under", 3), ("at_most", 3), ("contains", "a"), ("starts_with", "a"),
    *((bound, several) for bound in ("at_least", "at_most") for several in SEVERAL),
)  # fmt: skip


@pytest.mark.parametrize(("operator", "operand"), QUESTIONS)
def test_needs_a_value(operator: Operator, operand: Operand) -> None:
    """What holds for sure only where a value of a field is known, is sure of no value that has none, whatever it lacks."""
    literal = Answer(Question("measure", "effects", operator, operand))
    needs = _rules._needs_value(literal, "measure", "effects")
    assert not (needs and any(ask(operator, operand, value) is Truth.YES for value in BARE))
    # Of what most rules ask it is known.
    assert needs or operator in {"only", "empty", "at_most"} or operand is SEVERAL[2]
    for other in (("proposal", "effects"), ("measure", "areas")):
        assert not _rules._needs_value(literal, *other)
    assert not _rules._needs_value(evolve(literal, positive=False), "measure", "effects")


def test_defeats(tmp_path: Path) -> None:
    """That a rule sets another aside is shown where it alone does, and not where a third does too."""
    rules = {
        "weak": rule_with_example("weak", 'effects = "a"'),
        "strong": rule_with_example(
            "strong", 'effects = "a"\nareas = "b"', head='principle = "q"\ndefeats = ["small/weak"]'
        ),
    }
    for third, expected in (({}, True), ({"other": rules["strong"].replace("strong", "other")}, False)):
        kb = load(write_pack(tmp_path / str(expected), rules | third))
        found = Shown.of(kb, kb.program(DAY), MOST)
        assert found.defeats(kb.rule("small/strong"), kb.rule("small/weak")) is expected


PACK = {
    "one": rule_text("one", 'effects = "a"', tail=EXCEPTION + 'safeguards = "a"'),
    "two": rule_text("two", 'areas = ["c", "d"]', head='principle = "q"\ndefeats = ["small/one"]'),
    "three": rule_text("three", 'effects = "a"\nareas = { any = ["b"], none = ["c", "d"] }\nsafeguards = { none = ["a"] }'),
    "four": rule_text("four", 'effects = { any = ["a"], none = ["a"] }'),
}  # fmt: skip


def test_the_same_lints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what examples show and without, a pack has the same lints."""
    pack = write_pack(tmp_path, PACK)
    first = [(lint.id, lint.message.en) for lint in lint_pack(pack)]
    assert {"never-applies", "covered"} <= {name.partition(" ")[0] for name, _ in first}
    monkeypatch.setattr(Shown, "_anywhere", lambda *_: False)
    assert [(lint.id, lint.message.en) for lint in lint_pack(pack)] == first
