"""Fields of a proposal and its measures by place: reading them and setting them."""

from collections.abc import Iterator
from typing import Any

from attrs import evolve, fields

from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Field, Measure, Proposal
from consistent.model.values import Value
from consistent.rules.program import Asked

__all__ = [
    "HEADER",
    "Slot",
    "field_at",
    "left_out",
    "slot_key",
    "slots_of",
    "value_at",
    "with_value",
]

# Whose field it is: the number of a measure, the judged one being 0, or HEADER for the proposal's own.
HEADER = -1
Slot = tuple[int, str]


def slots_of(proposal: Proposal) -> Iterator[Slot]:
    """Every field of the proposal, then those of each measure."""
    yield from ((HEADER, name) for name in PROPOSAL_FIELDS)
    yield from ((number, name) for number in range(len(proposal.measures)) for name in MEASURE_FIELDS)


def field_at(slot: Slot) -> Field:
    """What the field takes."""
    return (PROPOSAL_FIELDS if slot[0] == HEADER else MEASURE_FIELDS)[slot[1]]


def slot_key(slot: Slot) -> tuple[Asked, str]:
    """Whose field it is, as questions have it."""
    return "proposal" if slot[0] == HEADER else "measure", slot[1]


def value_at(proposal: Proposal, slot: Slot) -> Value:
    """What the proposal, or a measure, itself has in a field."""
    number, name = slot
    value: Value = getattr(proposal if number == HEADER else proposal.measures[number], name)
    return value


def with_value(proposal: Proposal, slot: Slot, value: Value) -> Proposal:
    """The proposal with another value in one place."""
    number, name = slot
    changed: dict[str, Any] = {name: value}
    if number == HEADER:
        return evolve(proposal, **changed)
    measures = list(proposal.measures)
    measures[number] = evolve(measures[number], **changed)
    return evolve(proposal, measures=tuple(measures))


def left_out(slot: Slot) -> Value:
    """What a field says that is left out."""
    value: Value = getattr(fields(Proposal if slot[0] == HEADER else Measure), slot[1]).default
    return value
