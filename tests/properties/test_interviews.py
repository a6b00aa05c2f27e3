"""Answered truthfully, an interview ends with what the complete proposal comes to: nothing that was presumed goes unasked."""

from collections.abc import Iterable
from typing import Any

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent import Proposal
from consistent.checker import KnowledgeBase
from consistent.model.proposal import Measure
from consistent.model.values import Value
from tests.harness.effort import examples
from tests.properties.random_packs import FIELDS, MEASURE, PROPOSAL, TERMS, packs, proposals
from tests.rehearsal import Reading, as_read, measure_value, rehearse

_FIELDS = [name for name in MEASURE if FIELDS.measure[name].type == "terms"]
QUIET = settings(max_examples=examples(60), suppress_health_check=list(HealthCheck), deadline=None)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Proposals of which all is known, as a reader leaves them that misses some values and has words for some of these."""
    whole = _known(draw(proposals()))
    values = sorted(
        (measure.id, name, term)
        for measure in whole.measures
        for name in _FIELDS
        for term in measure_value(measure, name)
    )
    fates = draw(st.lists(st.sampled_from(["found", "hinted", "missed"]), min_size=len(values), max_size=len(values)))
    left_out = [value for value, fate in zip(values, fates, strict=True) if fate != "found"]
    hinted = [value for value, fate in zip(values, fates, strict=True) if fate == "hinted"]
    terms = {name: sorted(map(str, TERMS)) for name in _FIELDS if draw(st.integers(0, 4))}
    kept = [value for value in left_out if value[1] in terms]
    return as_read(whole, kept, [value for value in hinted if value in kept], terms)


def _known(proposal: Proposal) -> Proposal:
    """With what is there as far as a file holds it, and nothing else."""

    def exact(part: Measure | Proposal, names: Iterable[str]) -> dict[str, Any]:
        return {
            name: Value.exactly(*(atom for atom in value.yes if not isinstance(atom, int) or 0 <= atom < 2**63))
            for name in names
            for value in [part.value(name)]
        }

    measures = tuple(evolve(measure, **exact(measure, MEASURE)) for measure in proposal.measures)
    return evolve(proposal, measures=measures, **exact(proposal, PROPOSAL))


def _said(kb: KnowledgeBase, proposal: Proposal) -> dict[tuple[str, str | None], str]:
    """What counts; an exception that surely holds says nothing where it is not known whether it is needed."""
    states = kb.case(proposal, engine="columns").states()
    return {place: outcome for place, outcome in states.items() if outcome in {"applies", "open"}}


@QUIET
@given(packs(min_rules=1, max_rules=6), readings())
def test_truthful_answers_come_to_what_a_complete_reading_does(kb: KnowledgeBase, reading: Reading) -> None:
    """Nothing stays presumed, and every rule comes out as it does where all is known."""
    _, case = rehearse(kb, reading)
    assert case.report().presumptions == 0
    assert _said(kb, case.proposal) == _said(kb, reading.complete())
