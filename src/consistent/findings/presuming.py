"""What a reader looked for and did not find is presumed not to be there: `presumed`.

A draft is checked twice: as it stands, where all that it does not say is unknown, and with what was looked for and not found
taken for absent. A rule that is open in the first and silent in the second is *presumed not to apply*: it needs something
that nobody found. Whatever else the second check would say does not count: an exception that was not found does not make
a finding. So a presumption only ever takes away what is open, and never makes, ends or turns what is found.

Nothing is presumed of a measure that no reader had before it, of a field in which it did not look, and of a term that words of
the measure may speak of (`Measure.hints`).
"""

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from consistent.model.proposal import MEASURE_FIELDS, Measure, Proposal
from consistent.model.recorded import LookedFor
from consistent.model.values import Value
from consistent.model.vocabulary import Vocabularies, Vocabulary

__all__ = ["presumed", "presumed_absent"]


def presumed(proposal: Proposal, vocabularies: Vocabularies) -> Proposal | None:
    """The proposal with what was looked for and not found taken for absent; None where nothing is to be presumed."""
    readings = {reading.field: reading for reading in proposal.looked_for}
    if not readings:
        return None
    known = {name: _closed(reading, _vocabulary(name, vocabularies)) for name, reading in readings.items()}
    return evolve(proposal, measures=tuple(_presumed(measure, known, vocabularies) for measure in proposal.measures))


def presumed_absent(proposal: Proposal, measure: Measure, name: str, vocabularies: Vocabularies) -> frozenset[str]:
    """The terms of a field of a measure that are presumed not to be there."""
    for reading in proposal.looked_for:
        if reading.field == name:
            vocabulary = _vocabulary(name, vocabularies)
            return _absent(measure, name, _closed(reading, vocabulary), vocabulary)
    return frozenset()


def _vocabulary(name: str, vocabularies: Vocabularies) -> Vocabulary:
    return vocabularies[MEASURE_FIELDS[name].vocabulary]


def _closed(reading: LookedFor, vocabulary: Vocabulary) -> frozenset[str]:
    """The terms that were looked for with all below them: those of which no narrower one was left out.

    A wide term is said by the words of any narrower one, and so looked for where each of these was.
    """
    looked = frozenset(reading.terms)
    return frozenset(
        term
        for term in vocabulary.terms
        if (looked | {term}) >= (below := vocabulary.narrower([term])) and below & looked
    )


def _presumed(measure: Measure, known: Mapping[str, frozenset[str]], vocabularies: Vocabularies) -> Measure:
    if not measure.was_read:
        return measure
    changed: dict[str, Any] = {}
    for name, looked in known.items():
        value: Value = getattr(measure, name)
        absent = _absent(measure, name, looked, _vocabulary(name, vocabularies))
        if absent:
            changed[name] = Value(value.yes, value.no | absent, open=True)
    return evolve(measure, **changed) if changed else measure


def _absent(measure: Measure, name: str, looked: frozenset[str], vocabulary: Vocabulary) -> frozenset[str]:
    value: Value = getattr(measure, name)
    if not value.open or not measure.was_read:
        return frozenset()
    # INVARIANT of values: what is not there is closed under narrower terms, and what is there is not among it.
    there = {str(term) for term in value.yes} | {hint.value for field, hint in measure.hints if field == name}
    there |= {wider for term in there if term in vocabulary for wider in vocabulary.broader(term)}
    return frozenset(looked - there)
