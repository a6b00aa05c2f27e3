"""Every answer leads to what was foretold; the questions settle the report, and none of them can be spared."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, combinations, product
from math import prod
from typing import Any, cast

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from consistent.engine.choosing import engine_named
from consistent.findings.case import Case
from consistent.inquiries.edits import Edit, apply
from consistent.inquiries.questions import questions
from consistent.inquiries.questions.open_questions import Question
from consistent.inquiries.questions.pending import Key, OpenTest, pending, ranges
from consistent.inquiries.questions.questions import foretell, questions_of
from consistent.model.proposal import Field, Measure, Proposal
from consistent.model.values import UNKNOWN, Atom, Value
from consistent.rules.compiling import compile_rules
from consistent.rules.program import FactLookup, Program, ask
from consistent.rules.reading import ConditionReader
from consistent.rules.rule import Verdict
from tests.harness.effort import examples
from tests.properties.random_packs import (
    AMOUNTS,
    CITATIONS,
    DATES,
    DAY,
    FIELDS,
    TERMS,
    VOCABULARIES,
    knowledge,
    make_rule,
    programs,
    proposals,
)  # fmt: skip
from tests.support import engines

pytestmark = pytest.mark.property

VERDICTS = st.sampled_from(["conflict", "condition", "question", "aligned"])
# What a rule becomes, as a report calls it and as states do.
_IDLE = {"excepted", "defeated"}
STATES: Mapping[str, set[str]] = {
    "met": {"excepted"}, "defeated": {"excepted", "defeated"}, "not-applicable": {"not-applicable"}, "open": {"open"},
}  # fmt: skip


@st.composite
def ranked(draw: st.DrawFn, max_rules: int = 5) -> Program:
    """Programs whose rules differ in verdict, some of which defeat others."""
    program = draw(programs(max_rules=max_rules))
    rules = [each.rule for each in program.rules]
    named = []
    for number, each in enumerate(program.rules):
        weaker = [one.id for one in rules[number + 1 :] if each.rule.scope == "proposal" or one.scope == "measure"]
        defeats = tuple(draw(st.lists(st.sampled_from(weaker), max_size=2, unique=True))) if weaker else ()
        rule = evolve(each.rule, verdict=cast("Verdict", draw(VERDICTS)), defeats=defeats)
        named.append(evolve(each, rule=rule))
    return evolve(program, rules=tuple(named))


def case_of(program: Program, proposal: Proposal, engine: str = "plain") -> Case:
    """A case of random knowledge."""
    return Case(
        knowledge=program.facts._knowledge, program=program, engine=engine_named(engine), proposal=proposal, day=DAY
    )


def assert_foretold(case: Case, question: Question, value: Value, foretold: Iterable[Any], engine: str) -> None:
    """Check anew, by an engine, with the field set to the value: rules become what was foretold.

    No others change, but that one of which an exception or a stronger rule was certain before its own conditions were can
    come to be excepted or defeated; it was not open, as it could not have become a finding.
    """
    before = case.states()
    changed = apply(case.proposal, [Edit(question.measure, question.field, value)])
    after = Case(
        knowledge=case.knowledge, program=case.program, engine=engine_named(engine), proposal=changed, day=case.day
    ).states()
    told = {(each.rule, each.measure): each for each in foretold}
    for key in before.keys() | after.keys():
        if key not in told:
            assert before.get(key) == after.get(key) or (key not in before and after[key] in _IDLE), key
    for key, each in told.items():
        assert after.get(key, "not-applicable") in STATES.get(each.outcome, {"applies"}), (key, each)
        assert each.outcome in STATES or each.outcome == each.verdict


def assert_all_foretold(case: Case) -> None:
    """Try every answer that is named."""
    found, keys = questions_of(case)
    assert keys == tuple(each.key for each in found)
    for question in found:
        for answer in question.answers:
            for engine in engines():
                assert_foretold(case, question, answer.value, answer.foretold, engine)
            assert foretell(case, question.key, answer.value) == answer.foretold


@given(ranked(), proposals(max_measures=2))
@settings(max_examples=examples(60))
def test_every_answer_leads_to_what_was_foretold(program: Program, proposal: Proposal) -> None:
    """Of every question, every answer that is named: what comes of it is what was said."""
    assert_all_foretold(case_of(program, proposal))


@given(ranked(), proposals(max_measures=2), st.data())
@settings(max_examples=examples(40))
def test_any_other_answer_is_foretold_too(program: Program, proposal: Proposal, data: st.DataObject) -> None:
    """Whatever somebody says of a field that fits what is known of it."""
    case = case_of(program, proposal)
    for question in questions_of(case)[0]:
        value = _value(case, question.key)
        drawn = data.draw(st.sampled_from(_domain(question.key, value)))
        assert_foretold(case, question, drawn, foretell(case, question.key, drawn), "plain")


def test_a_wrong_foretelling_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check of the property above fails where outcomes are mixed up."""
    monkeypatch.setattr(questions, "_said", lambda outcome, _: "open" if outcome == "open" else "not-applicable")
    with pytest.raises(AssertionError):
        assert_all_foretold(case_with({"measure": {"areas": "a"}}))


def case_with(*conditions: dict[str, Any]) -> Case:
    """A rule for each condition, before one measure of which nothing is known."""
    known = knowledge(())
    reader, lookup = ConditionReader(known), FactLookup(known, DAY)
    rules = [make_rule(number, when, [], reader) for number, when in enumerate(conditions)]
    return case_of(compile_rules(rules, lookup, DAY), Proposal(measures=(Measure(id="m0"),)))


def test_a_field_that_matters_only_beside_another_is_asked_for_once() -> None:
    """Where knowing either of two fields settles a rule, one of them is asked for."""
    either = [{"measure": {"areas": "a"}}, {"not": {"measure": {"areas": "a"}}},
              {"measure": {"effects": "a"}}, {"not": {"measure": {"effects": "a"}}}]  # fmt: skip
    assert len(questions_of(case_with({"any": either}))[0]) == 1


def test_a_field_that_cannot_matter_is_not_asked_for() -> None:
    """What is asked of one field implies what is asked beside another, which then never decides."""
    assert [each.field for each in questions_of(case_with(SPARABLE))[0]] == ["areas"]


def test_what_weighs_most_comes_first() -> None:
    """The field on which most hangs is the first question."""
    rules = [{"measure": {"effects": "a"}}, {"measure": {"areas": "a"}}, {"measure": {"areas": "e", "safeguards": "a"}}]
    assert [(each.field, each.weight) for each in questions_of(case_with(*rules))[0]] == [
        ("areas", 6), ("effects", 3), ("safeguards", 3),
    ]  # fmt: skip


def _value(case: Case, key: Key) -> Value:
    measure, name = key
    owner = next((each for each in case.proposal.measures if each.id == measure), case.proposal)
    value: Value = owner.value(name)
    return value


def _subsets(atoms: Sequence[Atom], most: int) -> Iterator[tuple[Atom, ...]]:
    return chain.from_iterable(combinations(atoms, size) for size in range(most + 1))


def _field(key: Key) -> Field:
    return (FIELDS.proposal if key[0] is None else FIELDS.measure)[key[1]]


def _domain(key: Key, value: Value) -> list[Value]:
    """Every value that a field could hold, written out; of citations only such as are no vaguer than any that rules name."""
    field = _field(key)
    if field.type in {"amount", "number"}:
        atoms: list[Atom] = sorted({int(each) + step for each in AMOUNTS for step in (-1, 0, 1)})  # type: ignore[arg-type]  # amounts are whole numbers
    elif field.type == "date":
        days = [each for each in DATES if isinstance(each, date) and date.min < each < date.max]
        atoms = [date.min, date.max, *(each + timedelta(step) for each in days for step in (-1, 0, 1))]
    elif field.type == "citation":
        atoms = [
            "TFEU 114(1)",
            "TFEU 114(9)",
            "TFEU 173(3)",
            "TFEU 173(9)",
            "TEU 42(2)",
            "TFEU 153(2)(a)",
            "TFEU 153(9)",
            "TEU 9",
        ]
    elif field.type == "text":
        atoms = ["costarring", "liquid", "1", "01", "other"]
    else:
        atoms = list(TERMS)
    most = 1 if field.single else 3
    vague = [each for each in value.yes if each in CITATIONS and not str(each).endswith(")")]
    fits = []
    for chosen in _subsets([each for each in atoms if value.may_have(each)], most):
        new = Value.exactly(*(value.yes - set(vague)), *chosen)
        if all(any(str(one).startswith(f"{each}(") for one in new.yes) for each in vague):
            fits.append(new)
    return fits


@st.composite
def small_cases(draw: st.DrawFn) -> Case:
    """Cases of which so little is unknown that every answer can be tried."""
    names = {None: ("kind", "statements", "budget", "date", "legal_basis"),
             "m0": ("effects", "areas", "bindingness", "amount", "starts", "safeguards")}  # fmt: skip
    measure = Measure(id="m0", reference=Value.exactly())
    case = case_of(draw(ranked(max_rules=3)), Proposal(measures=(measure,), reference=Value.exactly()))
    while True:
        keys = list(dict.fromkeys(one.key for each in pending(case) for one in each.asked(case.proposal)))
        sizes = [len(_domain(key, UNKNOWN)) for key in keys]
        if len(keys) <= 3 and prod(sizes) <= 4_000:
            break
        key = draw(st.sampled_from(keys))
        case = case.of(apply(case.proposal, [Edit(*key, draw(st.sampled_from(_domain(key, UNKNOWN))))]))
    assume(keys and all(name in names[measure] for measure, name in keys))
    return case


def _completed(case: Case, keys: Sequence[Key]) -> Iterator[Case]:
    domains = [_domain(key, _value(case, key)) for key in keys]
    for values in product(*domains):
        yield case.of(apply(case.proposal, [Edit(*key, value) for key, value in zip(keys, values, strict=True)]))


def assert_settled(case: Case) -> None:
    """By brute force: with all answered nothing is open but for want of facts; without any one something can be."""
    found = questions.open_questions(case)
    assert found.smallest
    keys = [each.key for each in found.questions]
    for each in _completed(case, keys):
        assert not any(rule.asked(each.proposal) for rule in pending(each))
    for key in keys:
        others = [each for each in keys if each != key]
        assert any(
            any(one.key == key for rule in pending(each) for one in rule.asked(each.proposal))
            for each in _completed(case, others)
        ), key


@given(small_cases())
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_the_questions_settle_the_report_and_none_can_be_spared(case: Case) -> None:
    """On small cases every answer to every question is tried."""
    assert_settled(case)


SPARABLE: dict[str, Any] = {"any": [{"measure": {"areas": ["a", "e"]}}, {"measure": {"areas": "e", "effects": "a"}}]}


@pytest.mark.parametrize("fault", [lambda keys, *_: (keys[:-1], True), lambda _, *more: (more[-1], True)])
def test_a_set_that_is_too_small_or_too_large_is_caught(fault: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check of the property above fails where a field is missing, and where one could be spared."""
    case = case_with(SPARABLE)
    assert_settled(case)
    kept = [each.key for each in questions_of(case)[0]]
    monkeypatch.setattr(questions, "settling", lambda *given: fault(kept, *given))
    with pytest.raises(AssertionError):
        assert_settled(case)


@given(
    st.lists(
        st.tuples(st.sampled_from(["over", "under", "at_least", "at_most", "any"]), st.integers(-3, 9)), max_size=4
    ),
    st.integers(-9, 15),
)
@example([("over", 3), ("under", 3)], 3)
def test_amounts_of_one_range_pass_the_same_tests(tests: list[tuple[Any, int]], amount: int) -> None:
    """Each amount lies in exactly one range, and tests tell it and the example of that range not apart."""
    asked = [
        OpenTest(None, FIELDS.proposal["budget"], name, frozenset({bound}) if name == "any" else bound, (bound,))
        for name, bound in tests
    ]
    (within,) = [each for each in ranges(asked, UNKNOWN, dates=False) if each.holds(amount)]
    for each in asked:
        assert ask(each.operator, each.operand, Value.exactly(amount)) is ask(
            each.operator, each.operand, Value.exactly(within.example)
        )


def test_vocabularies_are_those_of_the_packs() -> None:
    """The terms that brute force tries are all there are."""
    assert set(TERMS) == set(VOCABULARIES["areas"].terms)
