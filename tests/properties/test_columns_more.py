"""What `test_columns` does not reach: one engine over batches, grids against a naive one, reports that nobody looked at yet."""

import copy
import gc
import pickle
import tracemalloc
import weakref
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attrs import evolve, fields
from hypothesis import given, settings
from hypothesis import strategies as st

from consistent import UNKNOWN, Corpus, InputError, KnowledgeBase, Measure, Proposal, Report, Value, Waiver, load
from consistent.authoring.strategies.random_packs import DAY, VOCABULARIES, knowledge, make_rule
from consistent.engine import _answers
from consistent.engine._answers import FieldAnswers
from consistent.engine.batch import Mark
from consistent.engine.columns._layouts import PlainGrid, ValueNumbers
from consistent.engine.columns.evaluating import ColumnsEngine
from consistent.engine.columns.many import NumpyGrid, distinct
from consistent.engine.worlds import Worlds
from consistent.findings import case, settling
from consistent.findings import survey as surveying
from consistent.model.text import Localized
from consistent.rules.program import Question
from consistent.rules.reading import ConditionReader
from consistent.toml.proposals import ProposalReader
from consistent.truth import Truth
from tests.harness.effort import examples

PROPOSALS = sorted((Path(__file__).parents[2] / "proposals").glob("*.toml"))
KNOWN = knowledge(())
FEW = settings(max_examples=examples(60))
exactly = Value.exactly


def kb_of(*whens: dict, unless: Sequence[dict] = ()) -> KnowledgeBase:  # type: ignore[type-arg]  # TOML
    """A pack of rules with these conditions, each with the same exceptions."""
    reader = ConditionReader(KNOWN)
    rules = tuple(make_rule(number, each, list(unless), reader) for number, each in enumerate(whens))
    return KnowledgeBase(name="random", knowledge=KNOWN, rules=rules, reader=ProposalReader(VOCABULARIES))


def told(kb: KnowledgeBase, proposals: Sequence[Proposal], engine: str = "plain") -> list:  # type: ignore[type-arg]  # tuples of what is spoken
    """What is said of each, one by one or in batches."""
    if engine == "plain":
        return [kb.check(each, engine="plain", as_of=DAY).spoken for each in proposals]
    return [each.spoken for each in kb.check_many(proposals, engine=engine, as_of=DAY)]


def proposal(*amounts: Value) -> Proposal:
    """A proposal whose measures have these amounts."""
    return Proposal(measures=tuple(Measure(id=f"m{number}", amount=each) for number, each in enumerate(amounts)))


@pytest.mark.parametrize("questions", [1, 7, 8, 9, 16, 17, 64, 65])
@pytest.mark.parametrize("most", [1, 2, 2_000])
def test_batches(questions: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the number of questions to a field and the size of batches; values are first met in later ones."""
    monkeypatch.setattr(ColumnsEngine, "most", most)
    monkeypatch.setattr(surveying, "_PART", most)
    kb = kb_of(*({"measure": {"amount": {"over": number}}} for number in range(questions)))
    drawn = [proposal(*map(exactly, range(first, first + first % 4))) for first in range(questions + 2)]
    drawn += [proposal(), proposal(UNKNOWN, exactly()), proposal(), proposal(*[exactly(questions)] * 17)]
    wanted = told(kb, drawn)
    assert told(kb, drawn, "columns") == wanted
    found = kb.survey(Corpus.of(drawn), as_of=DAY)
    assert [found.spoken(index) for index in range(len(drawn))] == wanted


@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_values_let_go_between_batches(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many other values come in their place."""
    monkeypatch.setattr(_answers, "_MOST_VALUES", most)
    monkeypatch.setattr(ColumnsEngine, "most", 2)
    kb = kb_of({"measure": {"amount": {"over": 5}}}, {"measure": {"legal_basis": {"any": ["TFEU 173"]}}})
    drawn = [proposal(exactly(number), exactly(number + 4)) for number in (1, 9, 2, 3, 8, 0, 7, 6, 4, 5)]
    drawn += [evolve(each, legal_basis=exactly(f"TFEU {172 + number % 3}(3)")) for number, each in enumerate(drawn)]
    assert told(kb, drawn, "columns") == told(kb, drawn)


def test_nothing_is_left_of_values_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not of their atoms and addresses either."""
    monkeypatch.setattr(_answers, "_MOST_VALUES", 0)
    field = FieldAnswers((Question("measure", "areas", "any", frozenset({"a"})),))
    field.numbers([exactly("a"), exactly("b")])
    field.table = object()
    assert field.evict()
    left = [each.name for each in fields(FieldAnswers) if each.init is False and getattr(field, each.name)]
    assert left == ["_asked_of_sets"]


def test_addresses_are_not_used_again() -> None:
    """A value that nobody else holds is held, as long as it is known by its address."""
    field = FieldAnswers((Question("measure", "amount", "over", 500),))
    field.numbers([exactly(0)])
    for number in range(1, 1_000):
        # The same value as another object, which nobody keeps, and a new one, which may come in its place.
        field.numbers([exactly(0)])
        (found,) = field.numbers([exactly(number)])
        assert field.answers[found].sure == (number > 500)


@FEW
@given(st.lists(st.integers(0, 30)), st.integers(31, 40))
def test_distinct(numbers: list[int], most: int) -> None:
    """Those that occur, in order, and where each is among them."""
    here, places = distinct(np.asarray(numbers, dtype=np.intp), most)
    assert here.tolist() == sorted(set(numbers))
    assert here[places].tolist() == numbers


def within(sure: int, possible: int) -> Truth:
    """One or two."""
    if possible < 1 or sure > 2:
        return Truth.NO
    return Truth.YES if sure >= 1 and possible <= 2 else Truth.UNKNOWN


@st.composite
def rows(draw: st.DrawFn) -> tuple[list[int], Worlds, int]:
    """How many measures each proposal has, bits of measures, and bits of proposals."""
    sizes = draw(st.lists(st.sampled_from([0, 0, 1, 2, 7, 8, 9]), min_size=1, max_size=9))
    every = st.integers(0, (1 << sum(sizes)) - 1)
    possible = draw(every)
    return sizes, Worlds(possible & draw(every), possible), draw(st.integers(0, (1 << len(sizes)) - 1))


@FEW
@given(rows())
def test_grids(row: tuple[list[int], Worlds, int]) -> None:
    """Many do what each does that is alone, one after the other."""
    sizes, found, whole = row
    starts = [sum(sizes[:number]) for number in range(len(sizes) + 1)]
    many = NumpyGrid(starts)
    alone = [
        (PlainGrid(size), Worlds(*(bits >> first & (1 << size) - 1 for bits in (found.sure, found.possible))))
        for size, first in zip(sizes, starts, strict=False)
    ]
    ones = [grid.counted(here, within).at(0) for grid, here in alone]
    assert many.counted(found, within) == Worlds.of(ones)
    others = [truth for grid, here in alone for truth in grid.counted_others(here, within).truths(grid.measures)]
    assert many.counted_others(found, within) == Worlds.of(others)
    spread = sum(grid.spread(whole >> number & 1) << starts[number] for number, (grid, _) in enumerate(alone))
    assert many.spread(whole) == spread
    all_marks: list[Mark] = [
        ("measure", 2, found.sure), ("proposal", 1, whole), ("measure", 0, found.possible), ("proposal", 0, whole)
    ]  # fmt: skip
    listed = many.listed(iter(all_marks), 3)
    for number, (grid, here) in enumerate(alone):
        bit = whole >> number & 1
        marks = [("measure", 2, here.sure), ("proposal", 1, bit), ("measure", 0, here.possible), ("proposal", 0, bit)]
        wanted = grid.listed([each for each in marks if each[2]], 3)  # type: ignore[misc]  # literals
        span = slice(listed.bounds[number], listed.bounds[number + 1])
        assert (listed.places[span], listed.codes[span]) == (wanted.places, wanted.codes)


@FEW
@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.integers(1, 17), st.integers(0, 9), st.booleans())
def test_columns_of_places(amounts: list[int], questions: int, unasked: int, vague: bool) -> None:
    """Numbers as they are, or as places among values; with other values known that are not here."""
    field = FieldAnswers(tuple(Question("measure", "amount", "over", number) for number in range(questions)))
    field.numbers([exactly(100 + number) for number in range(unasked)])
    values = [UNKNOWN if vague and each > 7 else exactly(each) for each in amounts]
    kinds = list(dict.fromkeys(values))
    numbers, among = field.numbers(values), [2 + kinds.index(each) for each in values]
    # Two more in front that nobody has.
    said = ValueNumbers(numbers), ValueNumbers(among, field.numbers([exactly(50), exactly(60), *kinds]))
    wanted = [
        Worlds.of(
            [
                Truth.UNKNOWN if each.open else Truth.YES if max(map(int, map(str, each.yes))) > bound else Truth.NO
                for each in values
            ]
        )
        for bound in range(questions)
    ]
    for grid in (PlainGrid(len(values)), NumpyGrid([0, len(values)])):
        for each in said:
            assert [Worlds(*pair) for pair in zip(*grid.columns(field, each), strict=True)] == wanted


def test_names_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory does not grow with the ids of measures; each is told by its own."""
    monkeypatch.setattr(settling, "_MOST_NAMES", 1)
    kb = kb_of({"measure": {"amount": {"over": 0}}})
    drawn = [proposal(*[exactly(1)] * size) for size in (5, 2, 9)]
    # ValueNumbers by all engines in the same way: compared with what it has to be.
    names = [[one.measure for one in each] for each in told(kb, drawn, "columns")]
    assert names == [[one.id for one in each.measures] for each in drawn]


def test_exceptions_in_order() -> None:
    """The first exception that holds is the one, after one that is only possible; of a rule that may apply it is none."""
    unless: list[dict[str, Any]] = [
        {"measure": {"areas": "b"}},
        {"measure": {"areas": "e"}},
        {"measure": {"areas": {"any": ["a", "e"]}}},
    ]
    kb = kb_of({"measure": {"effects": "a"}}, unless=unless)
    areas = [exactly("e"), exactly("c"), exactly("b", "e"), Value(yes=frozenset({"e"})), UNKNOWN, exactly()]
    drawn = [
        Proposal(measures=tuple(Measure(id=f"m{n}", effects=effects, areas=each) for n, each in enumerate(areas)))
        for effects in (exactly("a"), UNKNOWN, exactly())
    ]
    wanted = [evolve(kb.check(each, engine="plain", as_of=DAY).report, engine="columns") for each in drawn]
    assert [each.report for each in kb.check_many(drawn, as_of=DAY)] == wanted
    assert [each.by.exception for each in wanted[0].defeated] == [1, 2, 0, 1]


@pytest.fixture(scope="module")
def shipped() -> tuple[KnowledgeBase, list[Proposal], list[Waiver], list[Report]]:
    """A pack, the shipped proposals, waivers of half the rules, and the reports."""
    kb = load("treaties")
    drawn = [kb.read(each) for each in PROPOSALS]
    text = Localized("text", "tekst")
    waivers = [Waiver(rule=each.id, reason=text, owner="somebody", until=date.max) for each in kb.rules[::2]]
    written = [evolve(kb.check(each, engine="plain", waivers=waivers).report, engine="columns") for each in drawn]
    return kb, drawn, waivers, written


def test_unwritten_reports(shipped: tuple[KnowledgeBase, list[Proposal], list[Waiver], list[Report]]) -> None:
    """One that nobody looked at yet can be done with what can be done with one that is written."""
    kb, drawn, waivers, written = shipped
    assert any(each.waived for report in written for each in report.findings)
    ways = (
        lambda each: pickle.loads(pickle.dumps(each)),  # noqa: S301  our own
        copy.copy,
        copy.deepcopy,
    )
    for way in ways:
        unwritten = list(kb.check_many(drawn, waivers=waivers))
        spoken = [each.spoken for each in kb.check_many(drawn, waivers=waivers)]
        made = list(map(way, unwritten))
        assert [each.report for each in made] == written
        assert [each.spoken for each in made] == spoken == [each.spoken for each in written]
        assert made == unwritten
    one, other = (list(kb.check_many(drawn, waivers=waivers)) for _ in range(2))
    assert set(one) == set(other)
    assert list(map(repr, one)) == [repr(each).replace("Report(", "Check(", 1) for each in written]


def test_error_in_writing(
    shipped: tuple[KnowledgeBase, list[Proposal], list[Waiver], list[Report]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told to who looks, each time, and leaves nothing half written."""
    kb, drawn, waivers, written = shipped
    found = next(iter(kb.check_many(drawn, waivers=waivers)))

    def failing(*_: object, **__: object) -> Report:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(case, "make_report", failing)
        for name in ("findings", "pack"):
            with pytest.raises(ZeroDivisionError):
                getattr(found, name)
    assert found.report == written[0]


@pytest.mark.parametrize(
    ("field", "first", "second"),
    [("areas", exactly("a"), UNKNOWN), ("legal_basis", exactly("TFEU 173"), exactly("TFEU 173(3)"))],
)
def test_only_a_join_is_unknown(field: str, first: Value, second: Value) -> None:
    """Every question has a sure answer; whether two measures share a value has none."""
    kb = kb_of({"measure": {"effects": "a"}, "other": {field: f"$judged.{field}"}})
    said: list[dict[str, Any]] = [{field: each} for each in (first, second)]
    measures = tuple(Measure(id=f"m{n}", effects=exactly("a"), **each) for n, each in enumerate(said))
    drawn = [Proposal(measures=measures), Proposal()]
    wanted = told(kb, drawn)
    assert [each.outcome for each in wanted[0]] == ["open", "open"]
    assert told(kb, drawn, "columns") == wanted
    assert told(kb, drawn[:1], "columns") == wanted[:1]
    found = kb.survey(Corpus.of(drawn), as_of=DAY)
    assert [found.spoken(index) for index in range(2)] == wanted


def test_value_that_could_not_be_asked() -> None:
    """It is asked again, and never answers with what another value says."""
    field = FieldAnswers((Question("measure", "amount", "over", 5),))
    bad = exactly("3")
    for _ in range(2):
        with pytest.raises(TypeError):
            field.numbers([bad])
        (number,) = field.numbers([exactly(9)])
        assert field.answers[number].sure == 1


def test_a_fault_comes_after_the_reports_before_it() -> None:
    """Of what could be read nothing is lost, however many are taken at once."""
    kb = kb_of({"measure": {"areas": "a"}})
    given: list[Any] = [{"proposal": {}, "measure": [{"id": "m"}]}] * 3 + [{"proposal": {"kinds": 1}}, {"proposal": {}}]
    for engine in ("plain", "columns"):
        reports = kb.check_many(given, engine=engine, as_of=DAY)
        assert [next(reports).proposal.measures for _ in range(3)] == [1, 1, 1]
        with pytest.raises(InputError, match="kinds"):
            next(reports)


def test_many_measures_are_counted_in_little_memory() -> None:
    """Counts up to thousands are looked up by those that occur."""
    grid, size = NumpyGrid([0, 3_000, 6_000]), 6_000
    tracemalloc.start()
    try:
        found = grid.counted(Worlds((1 << size) - 1, (1 << size) - 1), lambda sure, _: Truth.of(sure == 3_000))
        assert (found.sure, tracemalloc.get_traced_memory()[1] < 5_000_000) == (3, True)
    finally:
        tracemalloc.stop()


def test_a_check_whose_report_was_written_holds_no_batch() -> None:
    """It still says what it said, and can be asked further."""
    kb = load("treaties")
    (check, _) = kb.check_many([PROPOSALS[0], PROPOSALS[1]])
    assert check._settlement is not None
    told, batch = check.spoken, weakref.ref(check._settlement)
    assert check.findings is not None
    del _
    gc.collect()
    assert batch() is None
    assert check.spoken == told
    assert check.case.proposal == kb.read(PROPOSALS[0])


def test_a_long_chain_of_rules() -> None:
    """Superiority may go on for as long as it likes."""
    kb = kb_of(*[{"measure": {"areas": "a"}}] * 1_200)
    rules = tuple(evolve(each, defeats=(other.id,)) for each, other in zip(kb.rules, kb.rules[1:], strict=False))
    drawn = Proposal(measures=(Measure(id="m", areas=exactly("a")),))
    (report,) = evolve(kb, rules=(*rules, kb.rules[-1]), programs={}).check_many([drawn], as_of=DAY)
    outcomes = {each.rule: each.outcome for each in report.spoken}
    assert [outcomes[each.id] for each in kb.rules[:3]] == ["applies", "defeated", "applies"]


def test_surveys_know_their_corpus() -> None:
    """From the end too, as the proposals do."""
    drawn = [Proposal(), proposal(exactly(1))]
    found = kb_of({"measure": {"amount": {"under": 2}}}).survey(Corpus.of(drawn), as_of=DAY)
    assert [found.spoken(index) for index in (0, 1, -1, -2)] == [(), found.spoken(-1), found.spoken(1), ()]
    assert len(found.spoken(-1)) == 1
    with pytest.raises(IndexError):
        found.spoken(2)
