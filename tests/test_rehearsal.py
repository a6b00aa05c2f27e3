"""Real acts, read by machine and asked about: few answers, nothing left open, and what a complete reading comes to."""

from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import evolve
from benchmarks.reading import REAL

from consistent import load
from consistent.findings.case import Case
from consistent.findings.report import Report
from consistent.model.proposal import MEASURE_FIELDS, Measure, Proposal
from consistent.model.values import Value
from tests.harness.effort import profile_named
from tests.rehearsal import Reading, as_read, measure_value, reading_of, rehearse, sitting

_DEV = profile_named() == "dev"
# The pack of the position holds the rules of the treaties too: no act is asked about with both.
_ACTS = [("dma", "nl-22112-4027")]
# Each takes a part of a minute; `python -m benchmarks.rehearsal` tells what they come to with the other pack.
if not _DEV:
    _ACTS += [("dataact", "treaties"), ("dsa-1+dsa-2", "treaties"), ("dga", "treaties")]
_MOST = 30
_WHITE_PAPER = Path(__file__).parents[1] / "proposals" / "join-2025-120.toml"
_FIELDS = [name for name, field in MEASURE_FIELDS.items() if field.type == "terms" and name != "excluded_partners"]


def compared(report: Report) -> set[tuple[str, str | None, str]]:
    """What is found, but for who judged it."""
    verdicts: Mapping[str, str] = {"question": "judged"}
    return {
        (
            finding.rule,
            finding.measure,
            "judged" if finding.answered else verdicts.get(finding.verdict, finding.verdict),
        )
        for finding in report.findings
    }


def check(case: Case, complete: Case) -> None:
    """Nothing is presumed, nothing open that is not open where all is known, and the same is found and graded."""
    answers = case.proposal.answers
    report, whole = case.report(), complete.of(evolve(complete.proposal, answers=answers)).report()
    assert report.presumptions == 0
    assert {(one.rule, one.measure) for one in report.open} <= {(one.rule, one.measure) for one in whole.open}
    assert compared(report) == compared(whole)


@pytest.mark.skipif(not REAL.exists(), reason="the documents are not at hand")
@pytest.mark.parametrize(("act", "pack"), _ACTS)
def test_few_answers_come_to_a_complete_reading(act: str, pack: str) -> None:
    """Of an act of the length of a book."""
    kb = load(pack)
    reading = reading_of(kb, *act.split("+"))
    analyst, case = rehearse(kb, reading)
    assert len(analyst.answers) <= _MOST
    check(case, kb.case(reading.complete(), engine="columns"))


# Invented acts on defence and funding, with readings that stand beside them; the second was not worked on.
_SITTINGS = [("mobility-fund.en", "treaties", _MOST)]
if not _DEV:
    _SITTINGS += [
        ("loans-procurement.en", "treaties", _MOST),
        ("mobility-fund.en", "nl-22112-4027", _MOST),
        # More than one sitting: six screens on words, five on provisions, ten on what was not found, six on what findings rest on.
        ("loans-procurement.en", "nl-22112-4027", 37),
    ]


@pytest.mark.parametrize(("act", "pack", "most"), _SITTINGS)
def test_acts_on_defence_and_funding(act: str, pack: str, most: int) -> None:
    """Of the subject that the packs are made for, where most rules find something to ask."""
    kb = load(pack)
    reading = sitting(kb, act)
    analyst, case = rehearse(kb, reading)
    assert len(analyst.answers) <= most
    check(case, kb.case(reading.complete(), engine="columns"))


@pytest.mark.parametrize("hinted", [0.3] if _DEV else [0.0, 0.3])
def test_third_of_the_white_paper_left_out(hinted: float) -> None:
    """Each value that a reader misses comes back, whether it had words for it or not."""
    kb = load("nl-22112-4027")
    reading = _third_left_out(kb.case(_WHITE_PAPER).proposal, {
        name: sorted(kb.knowledge.vocabularies[MEASURE_FIELDS[name].vocabulary].terms) for name in _FIELDS
    }, hinted)  # fmt: skip
    _, case = rehearse(kb, reading)
    check(case, kb.case(reading.complete(), engine="columns"))


def _third_left_out(proposal: Proposal, terms: Mapping[str, list[str]], hinted: float) -> Reading:
    def exact(measure: Measure) -> Measure:
        values: dict[str, Any] = {name: Value.exactly(*getattr(measure, name).yes) for name in _FIELDS}
        return evolve(measure, **values)

    measures = tuple(map(exact, proposal.measures))
    whole, random = evolve(proposal, measures=measures), Random(0)
    values = [(one.id, name, term) for one in measures for name in _FIELDS for term in sorted(measure_value(one, name))]
    left_out = [value for value in values if random.random() < 1 / 3]
    return as_read(whole, left_out, [value for value in left_out if random.random() < hinted], terms)
