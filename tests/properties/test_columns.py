"""Columns find what reading the rules finds, for one proposal and for many at once, and settle it as `states` does."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent import Corpus, Proposal, Value, load
from consistent.engine import _answers
from consistent.engine._answers import FieldAnswers
from consistent.engine.batch import Batch
from consistent.engine.columns._layouts import ListedProposals
from consistent.engine.columns._planning import Plan
from consistent.engine.columns.evaluating import ColumnsEngine, evaluate_batch
from consistent.engine.columns.many import NumpyGrid
from consistent.engine.plain import PlainEngine
from consistent.findings import survey as surveying
from consistent.findings.settling import Settlement
from consistent.findings.states import states
from consistent.findings.survey import survey
from consistent.model.values import UNKNOWN
from consistent.rules.program import Program, Question, RuleTruths, ask
from consistent.rules.rule import VERDICTS
from consistent.truth import Truth
from tests.harness.effort import examples
from tests.properties.random_packs import programs, proposals

PROPOSALS = sorted((Path(__file__).parents[2] / "proposals").glob("*.toml"))
QUIET = settings(max_examples=examples(120), suppress_health_check=list(HealthCheck))


def batch_of(program: Program, drawn: Sequence[Proposal], *, wholly: bool = True) -> Batch:
    """All at once with NumPy, also where there is but one."""
    given_ = ListedProposals(drawn)
    return evaluate_batch(program, Plan.of(program), given_, NumpyGrid(given_.starts), wholly=wholly)


def truths_of(batch: Batch, index: int) -> tuple[RuleTruths, ...]:
    """What a batch says of one of its proposals."""
    first, last = list(pairwise(batch.starts))[index]
    found = []
    for compiled, worlds in zip(batch.program.rules, batch.rules, strict=True):
        subjects = range(first, last) if compiled.rule.scope == "measure" else range(index, index + 1)
        when, *unless = (tuple(map(each.at, subjects)) for each in (worlds.when, *worlds.unless))
        found.append(RuleTruths(when, tuple(unless)))
    return tuple(found)


@QUIET
@given(programs(min_rules=2, max_rules=10), st.lists(proposals(), min_size=1, max_size=6))
def test_same_truths(program: Program, drawn: list[Proposal]) -> None:
    """One by one and all at once."""
    wanted = [PlainEngine().evaluate(program, each) for each in drawn]
    engine = ColumnsEngine()
    assert [engine.evaluate(program, each) for each in drawn] == wanted
    batch = batch_of(program, drawn)
    assert [truths_of(batch, index) for index in range(len(drawn))] == wanted
    # Values that were met before, by address and by value.
    again = [evolve(each, measures=tuple(evolve(one) for one in each.measures)) for each in drawn]
    assert [engine.evaluate(program, each) for each in (*again, *drawn)] == [*wanted, *wanted]


@QUIET
@given(programs(min_rules=2, max_rules=10), st.lists(proposals(), min_size=1, max_size=5), st.booleans(), st.data())
def test_same_states(program: Program, drawn: list[Proposal], wholly: bool, data: st.DataObject) -> None:
    """Exceptions and superiority, by all kinds of rules over all kinds of rules."""
    program = evolve(program, rules=tuple(_defeating(program, data)))
    settlement = Settlement.of(batch_of(program, drawn, wholly=wholly))
    order = {each.rule.id: (VERDICTS.index(each.rule.verdict), each.rule.id) for each in program.rules}
    for index, proposal in enumerate(drawn):
        settled = states(program, PlainEngine().evaluate(program, proposal))
        wanted = []
        for each in program.rules:
            judged = list(enumerate(proposal.measures)) if each.rule.scope == "measure" else [(-1, None)]
            for (place, measure), state in zip(judged, settled[each.rule.id], strict=True):
                if state.outcome != "not-applicable":
                    wanted.append((place, order[each.rule.id], measure, state))
        wanted.sort(key=lambda each: each[:2])
        rows = list(settlement.rows(index))
        assert [(each.measure, each.state) for each in rows] == [(measure, state) for _, _, measure, state in wanted]
        assert [each.compiled.rule.id for each in rows] == [key[1] for _, key, _, _ in wanted]
        told = [(each.compiled.rule.id, each.measure and each.measure.id, each.state.outcome) for each in rows]
        assert [(each.rule, each.measure, each.outcome) for each in settlement.spoken(index)] == told


def _defeating(program: Program, data: st.DataObject) -> list:  # type: ignore[type-arg]  # compiled rules
    """The rules, some of which defeat later ones; one on measures never defeats one on the whole."""
    rules = []
    for number, each in enumerate(program.rules):
        below = [
            one.rule.id
            for one in program.rules[number + 1 :]
            if not (each.rule.scope == "measure" and one.rule.scope == "proposal")
        ]
        chosen = data.draw(st.lists(st.sampled_from(below), max_size=3, unique=True)) if below else []
        rules.append(evolve(each, rule=evolve(each.rule, defeats=tuple(chosen))))
    return rules


@QUIET
@given(programs(min_rules=2, max_rules=10), st.lists(proposals(), min_size=0, max_size=7))
def test_same_survey(program: Program, drawn: list[Proposal]) -> None:
    """A corpus in columns, cut into parts, says what each of its proposals says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(surveying, "_PART", 3)
        found = survey(program, Corpus.of(drawn))
    wanted = [Settlement.of(PlainEngine().batch(program, (each,))).spoken(0) for each in drawn]
    assert [found.spoken(index) for index in range(len(drawn))] == wanted
    assert len(found) == sum(map(len, wanted)) == found.counts.sum()


ATOMS = ("a", "a-1", "b", "TEU 5", "TEU 5(3)", "TFEU 114")
SETS = st.frozensets(st.sampled_from(ATOMS), max_size=4)
QUESTIONS = st.one_of(
    st.builds(lambda atoms: Question("measure", "areas", "any", atoms), SETS),
    st.builds(lambda atoms: Question("measure", "areas", "only", atoms), SETS),
    st.just(Question("measure", "areas", "empty", None)),
    st.builds(lambda part: Question("measure", "areas", "starts_with", part), st.sampled_from(("a", "T", "TEU 5"))),
)


@st.composite
def values(draw: st.DrawFn) -> Value:
    yes, no = draw(SETS), draw(SETS)
    return Value(yes, no - yes, draw(st.booleans()))


@settings(max_examples=examples(200))
@given(st.lists(QUESTIONS, min_size=1, max_size=12, unique=True), st.lists(values(), min_size=1, max_size=8))
def test_answers(questions: list[Question], drawn: list[Value]) -> None:
    """What is put together atom by atom is what the whole value answers."""
    field = FieldAnswers(tuple(questions))
    for number, value in zip(field.numbers(drawn), drawn, strict=True):
        found = field.answers[number]
        for place, each in enumerate(questions):
            truth = Truth((found.sure >> place & 1) + (found.possible >> place & 1))
            assert truth is ask(each.operator, each.operand, value)


def test_values_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory does not grow with the values met, and numbers given anew are those of the values that are there."""
    monkeypatch.setattr(_answers, "_MOST_VALUES", 3)
    field = FieldAnswers((Question("measure", "areas", "any", frozenset({"a"})),))
    first = field.numbers([Value.exactly(f"x{number}") for number in range(5)])
    assert first == [0, 1, 2, 3, 4]
    assert field.evict()
    assert field.answers == []
    (number,) = field.numbers([Value.exactly("a")])
    assert (number, field.answers[number].sure, field.number_of(UNKNOWN)) == (0, 1, None)
    assert not field.evict()


@pytest.mark.parametrize("pack", ["treaties", "nl-22112-4027"])
def test_same_reports(pack: str) -> None:
    """Of the shipped proposals, to the letter: each on its own and among others."""
    kb = load(pack)
    drawn = [kb.read(path) for path in PROPOSALS]
    wanted = [evolve(kb.check(each, engine="plain").report, engine="columns") for each in drawn]
    checks = list(kb.check_many(drawn))
    spoken = [check.spoken for check in checks]
    reports = [check.report for check in checks]
    assert reports == wanted
    assert [kb.check(proposal, engine="columns").report for proposal in drawn] == wanted
    assert spoken == [report.spoken for report in wanted]
    assert {report.engine for report in reports} == {"columns"}
    chosen = drawn[:1]
    assert [each.engine for each in kb.check_many(chosen, engine="plain")] == ["plain"]
    assert list(kb.check_many(iter(()))) == []
    found = kb.survey(Corpus.of(drawn))
    assert [found.spoken(index) for index in range(len(drawn))] == spoken
