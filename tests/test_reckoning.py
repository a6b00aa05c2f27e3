"""Reckoning in conditions: numbers of values, comparisons of one field with another, shares and periods."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import tomli

from consistent import load
from consistent.authoring.strategies.random_packs import DAY, knowledge, make_rule
from consistent.check import Check
from consistent.engine.choosing import engine_named
from consistent.engine.plain import PlainEngine
from consistent.inquiries.questions.questions import questions_of
from consistent.model.proposal import Proposal
from consistent.rules import conditions as tree  # what begins with `test` would be collected
from consistent.rules.compiling import compile_rules
from consistent.rules.program import FactLookup
from consistent.rules.reading import ConditionReader
from consistent.rules.reckoning import Span, read_share, read_span, share_label, span_label
from consistent.rules.rule import Rule
from consistent.toml.proposals import ProposalReader, opened
from consistent.toml.structuring import Problems
from consistent.truth import Truth
from tests.small_pack import case_of
from tests.support import engines

YES, NO, OPEN = Truth.YES, Truth.NO, Truth.UNKNOWN
KNOWN = knowledge(())
READER = ProposalReader(KNOWN.vocabularies)


def _proposal(measure: str, header: str = "", *others: str) -> Proposal:
    parts = [
        f"[proposal]\n{header}",
        *(f'[[measure]]\nid = "m{n}"\n{text}' for n, text in enumerate((measure, *others))),
    ]
    return READER.read(opened(tomli.loads("\n".join(parts)), "<proposal>"))


def _rule(when: str) -> Rule:
    return make_rule(0, tomli.loads(when), [], ConditionReader(KNOWN))


def _found(when: str, proposal: Proposal) -> Truth:
    """What every engine finds of a condition on the first measure, or on the whole."""
    program = compile_rules([_rule(when)], FactLookup(KNOWN, DAY), DAY)
    found = PlainEngine().evaluate(program, proposal)
    for name in engines():
        assert engine_named(name).evaluate(program, proposal) == found, name
    return found[0].when[0]


_TWO_OF = 'measure.safeguards = { at_least = 2, of = ["b", "e", "f"] }'
_AT_MOST_ONE = 'measure.safeguards = { at_most = 1, of = ["b", "e", "f"] }'
_BASES = "measure.legal_basis = { at_least = 2 }"
_HALF = 'measure.amount = { over = "50%", of = "$proposal.budget" }'
_LATER = 'measure.starts = { before = "$proposal.entry_into_force", plus = "24 months" }'
_JUDGED = 'other = { amount = { over = "$judged.amount" }, starts = { before = "$judged.starts" } }'

_SUM = 'sum.amount = { over = "50%", of = "$proposal.budget" }'
_SUM_OF_A = 'sum = { amount = { at_most = 60 }, measure.areas = "a" }'

FOUND: list[tuple[str, str, tuple[str, ...], Truth]] = [
    # So many of some: yes, no and open are counted apart; `d` falls under `b`, `f` under `e`.
    (_TWO_OF, 'safeguards = ["d", "e"]', (), YES),
    (_TWO_OF, 'safeguards = ["f"]', (), YES),
    (_TWO_OF, 'safeguards = ["b", "c"]', (), NO),
    (_TWO_OF, "", (), OPEN),
    (_TWO_OF, 'safeguards = { has = ["b"] }', (), OPEN),
    (_TWO_OF, 'safeguards = { has = ["b", "e"] }', (), YES),
    (_TWO_OF, 'safeguards = { has = ["b"], lacks = ["e"] }', (), NO),
    (_TWO_OF, 'safeguards = { lacks = ["e"] }', (), NO),
    (_AT_MOST_ONE, 'safeguards = { has = ["b"], lacks = ["e"] }', (), YES),
    (_AT_MOST_ONE, 'safeguards = { has = ["b"] }', (), OPEN),
    (_AT_MOST_ONE, 'safeguards = { has = ["b", "e"] }', (), NO),
    # So many in all; more than are known there may be, fewer not.
    (_BASES, 'legal_basis = ["TFEU 114", "TFEU 173(3)"]', (), YES),
    (_BASES, 'legal_basis = ["TFEU 114"]', (), NO),
    (_BASES, 'legal_basis = { has = ["TFEU 114"] }', (), OPEN),
    (_BASES, 'legal_basis = { has = ["TFEU 114", "TFEU 173"] }', (), YES),
    (_BASES, "", ('legal_basis = ["TFEU 114", "TFEU 173(3)"]',), YES),
    ("measure.areas = { at_most = 1 }", 'areas = { has = ["a"] }', (), OPEN),
    ("measure.areas = { at_most = 1 }", 'areas = { has = ["a", "e"] }', (), NO),
    ("measure.areas = { at_most = 0 }", "areas = []", (), YES),
    # A share: as exact as the amounts are.
    (_HALF, "amount = 51", ("budget = 100",), YES),
    (_HALF, "amount = 50", ("budget = 100",), NO),
    (_HALF, "amount = 50", ("budget = 99",), YES),
    (_HALF, "amount = 50", ("",), OPEN),
    (_HALF, "", ("budget = 100",), OPEN),
    (_HALF, "amount = 50", ("budget = []",), NO),
    (_HALF, "amount = []", ("",), NO),
    ('measure.amount = { at_least = "2.5%", of = "$proposal.budget" }', "amount = 2", ("budget = 100",), NO),
    ('measure.amount = { at_least = "2.5%", of = "$proposal.budget" }', "amount = 3", ("budget = 100",), YES),
    ('measure.amount = { at_most = "$proposal.budget" }', "amount = 100", ("budget = 100",), YES),
    # A period: the last day of a month that has no such day, as Regulation 1182/71 reckons.
    (_LATER, "starts = 2027-12-31", ("entry_into_force = 2026-01-01",), YES),
    (_LATER, "starts = 2028-01-01", ("entry_into_force = 2026-01-01",), NO),
    (_LATER, "starts = 2028-01-01", ("entry_into_force = { has = [] }",), OPEN),
    (_LATER, "starts = 2028-01-01", ("",), NO),
    ('measure.starts = { from = "$proposal.date", plus = "1 month" }', "starts = 2025-02-28", ("date = 2025-01-31",), YES),
    ('measure.starts = { until = "$proposal.date", minus = "1 year" }', "starts = 2023-02-28", ("date = 2024-02-29",), YES),
    ('measure.ends = { after = "$measure.starts", plus = "10 years" }', "starts = 2025-01-01\nends = 2035-01-02", (), YES),
    ('measure.ends = { after = "$measure.starts", plus = "10 years" }', "starts = 2025-01-01\nends = 2035-01-01", (), NO),
    ('proposal.end_of_application = { after = "$proposal.date", plus = "2 weeks" }', "", ("date = 2025-01-01\nend_of_application = 2025-01-16",), YES),
    # With the judged measure: both with the same one.
    (_JUDGED, "amount = 5\nstarts = 2026-01-01", ("", "amount = 6\nstarts = 2025-12-31"), YES),
    (_JUDGED, "amount = 5\nstarts = 2026-01-01", ("", "amount = 6\nstarts = 2026-01-01", "amount = 5\nstarts = 2025-12-31"), NO),
    (_JUDGED, "amount = 5\nstarts = 2026-01-01", ("", "starts = 2025-12-31"), OPEN),
    ('count.at_least = 2\ncount.measure.amount = { at_least = "200%", of = "$judged.amount" }', "amount = 5", ("", "amount = 10", "amount = 11"), YES),
    ('count.at_most = 0\ncount.measure.amount = { at_least = "200%", of = "$judged.amount" }', "amount = 5", ("", "amount = 9"), YES),
    # A sum: what is known already decides where nothing can bring it back.
    (_SUM, "amount = 30", ("budget = 100", "amount = 21"), YES),
    (_SUM, "amount = 30", ("budget = 100", "amount = 20"), NO),
    (_SUM, "amount = 30", ("budget = 100", ""), OPEN),
    (_SUM, "amount = 51", ("budget = 100", ""), YES),
    (_SUM, "amount = 51", ("", ""), OPEN),
    (_SUM, "amount = 51", ("budget = []", ""), NO),
    (_SUM_OF_A, 'areas = "a"\namount = 30', ("", "amount = 30"), YES),
    (_SUM_OF_A, 'areas = "a"\namount = 30', ("", "amount = 31"), OPEN),
    (_SUM_OF_A, 'areas = "a"\namount = 30', ("", 'areas = "e"\namount = 31'), YES),
    (_SUM_OF_A, 'areas = "a"\namount = 61', ("", ""), NO),
    (_SUM_OF_A, 'areas = "a"', ("", 'areas = "a"\namount = 61'), NO),
    (_SUM_OF_A, 'areas = "a"', ("",), OPEN),
]  # fmt: skip


@pytest.mark.parametrize(("when", "measure", "rest", "wanted"), FOUND)
def test_found(when: str, measure: str, rest: tuple[str, ...], wanted: Truth) -> None:
    """Every engine finds the same, and what is unknown stays so unless what is known decides."""
    assert _found(when, _proposal(measure, *rest)) is wanted


FAULTS: list[tuple[str, str, str]] = [
    ('measure.amount = { over = "4%" }', "`4%` of what?", 'write for instance { over = "50%", of = "$proposal.budget" }'),
    ('measure.amount = { over = "4 per cent" }', "expected a whole number, found text", ""),
    ('measure.amount = { over = "4%", of = 100 }', "`of` takes another field", 'write for instance { over = "50%", of = "$proposal.budget" }'),
    ('measure.amount = { over = 4, of = "$proposal.budget" }', "`of` stands beside a share, and there is none", 'write for instance { over = "50%", of = "$proposal.budget" }'),
    ('measure.amount = { over = "4%", of = "$proposal.date" }', "`amount` and `$proposal.date` hold different things and can never be equal", ""),
    ('measure.amount = { over = "$measure.amount" }', "`amount` is compared with itself", ""),
    ('measure.amount = { over = "$proposal.budget", plus = "2 months" }', "`plus` takes a period after a day, and `amount` is no day", 'write for instance { over = "50%", of = "$proposal.budget" }'),
    ('measure.starts = { before = "$proposal.date", plus = "24" }', "no period", 'write for instance "24 months", "2 years", "6 weeks" or "10 days"'),
    ('measure.starts = { before = 2026-01-01, plus = "24 months" }', "a day with a period after it is another day", 'write that day, or name another field: { after = "$proposal.entry_into_force", plus = "24 months" }'),
    ('measure.starts = { empty = true, plus = "24 months" }', "`plus` stands beside `after`, `before`, `from` or `until`", ""),
    ('measure.starts = { before = "$proposal.date", plus = "1 day", minus = "1 day" }', "`plus` and `minus` together", "write one period"),
    ('measure.starts = { before = "50%", of = "$proposal.date" }', "`of` does not suit `starts`", ""),
    ('measure.starts = { plus = "24 months" }', "no operator: it would hold always", "say what it asks"),
    ('measure.bindingness = { at_least = 2, of = ["a", "e"] }', "`bindingness` has one value at most, so that there is nothing to count", "ask for the value itself: a value, or a list of which it is one"),
    ('measure.areas = { at_least = 3, of = ["a", "e"] }', "expected a number of 2 values, from 1 to 2", "any other holds always, or never"),
    ('measure.areas = { at_most = 2, of = ["a", "e"] }', "expected a number of 2 values, from 0 to 1", "any other holds always, or never"),
    ("measure.areas = { at_least = 0 }", "expected a number of values, from 1 to 20", "any other holds always, or never"),
    ('measure.areas = { any = "a", of = ["a", "e"] }', "`of` stands beside a number, and there is none", "write for instance { at_least = 2, of = [...] }"),
    ('measure.areas = { at_least = 1, of = ["x"] }', "unknown term `x` in vocabulary `areas`", ""),
    ('basis.since = { before = "$proposal.date", plus = "1 day" }', "a fact's day is compared as it is", "write the period with a test of the measure"),
    ('basis.ceiling = { over = "50%", of = "$measure.amount" }', "`50%` is no share of an amount", 'write for instance { over = "50%", of = "$proposal.budget" }'),
    ('sum.measure.areas = "a"', "a sum needs a test of an amount", 'write for instance amount = { over = "50%", of = "$proposal.budget" } under `sum`'),
    ("sum.amount = { empty = true }", "a sum takes `over`, `under`, `at_least` or `at_most`", ""),
    ('sum.amount = { over = "50%" }', "`50%` of what?", ""),
    ('sum = { amount = { over = 5 }, measure.amount = { over = "$judged.amount" } }', "`$judged.amount` cannot stand here", "tests of a measure here can refer to `$measure` or `$proposal`"),
    ('count.at_least = 1\ncount.not.measure.amount = { over = "$judged.amount" }', "a join with the judged measure cannot be negated", "join on values that are shared"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "message", "help_"), FAULTS)
def test_faults(when: str, message: str, help_: str) -> None:
    """What says nothing, or what cannot be, is told with what to write."""
    with pytest.raises(Problems) as refused:
        _rule(when)
    told = [problem for problem in refused.value.problems if message in problem.message]
    assert told, refused.value
    assert help_ in told[0].help


@pytest.mark.parametrize(
    ("text", "span", "en", "nl"),
    [
        ("24 months", Span(24), "24 months", "24 maanden"), ("1 year", Span(12), "12 months", "12 maanden"),
        ("1 month", Span(1), "1 month", "1 maand"), ("2 weeks", Span(0, 14), "14 days", "14 dagen"),
        ("1 day", Span(0, 1), "1 day", "1 dag"), ("0 days", None, "", ""), ("two years", None, "", ""), ("24", None, "", ""),
    ],
)  # fmt: skip
def test_spans(text: str, span: Span | None, en: str, nl: str) -> None:
    """Periods as they are read and told."""
    assert read_span(text) == span
    if span is not None:
        assert (span_label(span, "en"), span_label(span, "nl")) == (en, nl)
        assert span_label(span.back, "en") == en


def test_span_after() -> None:
    """Months end on the same day, or the last; the calendar has ends."""
    assert Span(1).after(date(2024, 1, 31)) == date(2024, 2, 29)
    assert Span(-1).after(date(2024, 3, 31)) == date(2024, 2, 29)
    assert Span(12).after(date.max) == date.max
    assert Span(0, -1).after(date.min) == date.min


def test_shares() -> None:
    """Shares as they are read and told."""
    assert read_share("2.5%") == Fraction(1, 40)
    assert read_share("2,5%") is None
    assert [share_label(Fraction(1, 40), language) for language in ("en", "nl")] == ["2.5%", "2,5%"]


TOLD: list[tuple[str, str, str, Any, str, str]] = [
    (_HALF, "amount = 30", "budget = 100", "EUR 20 below EUR 50", "over 50% of the proposal, budget (EUR 100)", "boven 50% van het voorstel, begroting (EUR 100)"),
    (_LATER, "starts = 2028-01-11", "entry_into_force = 2026-01-01", "10 days after 1 January 2028", "before 24 months after the proposal, entry into force (1 January 2026)", "vóór 24 maanden na het voorstel, inwerkingtreding (1 januari 2026)"),
    (_TWO_OF, 'safeguards = ["b"]', "", "1 too few", "at least 2 of: text, text, text", "ten minste 2 van: tekst, tekst, tekst"),
    (_BASES, 'legal_basis = ["TFEU 114"]', "", "1 too few", "at least 2 values", "ten minste 2 waarden"),
    (_SUM, "amount = 30", "budget = 100", "EUR 20 below EUR 50", "amount: over 50% of the proposal, budget", "bedrag: boven 50% van het voorstel, begroting"),
    ("measure.areas = { at_most = 1 }", 'areas = ["a", "b", "e"]', "", "2 too many", "at most 1 value", "ten hoogste 1 waarde"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "measure", "header", "short", "en", "nl"), TOLD)
def test_told(when: str, measure: str, header: str, short: str, en: str, nl: str) -> None:
    """Why a condition failed is told in both languages, with by how much."""
    check = Check.of(case_of(tomli.loads(when), _proposal(measure, header), KNOWN))
    account = check.why_not("random/r0")
    tree = account.accounts[0].when
    while tree.kind not in {"test", "sum"}:
        (tree,) = tree.parts
    assert tree.short is not None
    assert (tree.short.text.en, tree.held) == (short, "no")
    assert tree.asks.en.endswith(en)
    assert tree.asks.nl.endswith(nl)


def test_page() -> None:
    """What the page of the language shows of reckoning can be read, in the terms of the shipped packs."""
    page = (Path(__file__).parents[1] / "docs/reference/language.md").read_text("utf-8")
    shown = re.findall(r"```toml\n(.*?)```", page.partition("\n### Reckoning\n")[2].partition("\n## ")[0], re.DOTALL)
    reader = ConditionReader(load().knowledge)
    read = [reader.read(tomli.loads(block)["when"], ("when",)) for block in shown]
    assert [sum(1 for _ in tree.tests_in(condition)) for condition in read] == [5, 1, 2]


def test_asked() -> None:
    """What a comparison leaves open is asked of either field, with the bound where the other is known."""
    amount, budget = _proposal("", "budget = 100"), _proposal("amount = 30")
    when = tomli.loads(_HALF)
    (question,) = Check.of(case_of(when, amount, KNOWN)).questions().questions
    assert (question.field, question.measure) == ("amount", "m0")
    assert "EUR 50 or less" in [answer.label.en for answer in question.answers]
    (question,) = Check.of(case_of(when, budget, KNOWN)).questions().questions
    assert (question.field, question.measure) == ("budget", None)
    assert "less than EUR 60" in [answer.label.en for answer in question.answers]


@pytest.mark.parametrize(
    "measure", ['areas = ["e"]', 'areas = ["e"]\namount = 5', "areas = []", 'areas = ["a"]\namount = 5']
)
def test_the_bound_of_a_sum_is_asked_for_whatever_is_added(measure: str) -> None:
    """Where nothing adds to a sum, it is open no less for a bound that is not known; and nothing else is asked."""
    when = tomli.loads('sum = { amount = { at_least = "$proposal.budget" }, measure.areas = "a" }')
    case = case_of(when, _proposal(measure), KNOWN)
    found, keys = questions_of(case)
    assert keys == ((None, "budget"),)
    outcomes = {each.outcome for answer in found[0].answers for each in answer.foretold}
    assert len(outcomes) > 1
