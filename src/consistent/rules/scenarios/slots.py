"""Fields of a proposal and its measures by place: reading them, setting them, and which of them conditions read."""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve, fields

from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Field, Measure, Proposal
from consistent.model.values import Atom, Value
from consistent.rules.program import Answer, Asked, Clause, Join, Quantified, Question, Shared

__all__ = [
    "HEADER",
    "Slot",
    "counts_measures",
    "field_at",
    "fields_read",
    "left_out",
    "sets_asked",
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


def fields_read(conditions: Iterable[Iterable[Clause]]) -> frozenset[tuple[Asked, str]]:
    """The fields whose values conditions depend on."""
    read = {each for clauses in conditions for clause in clauses for literal in clause for each in _reads(literal)}
    # A measure whose own basis is not stated rests on that of the proposal.
    return frozenset(read | ({("proposal", "legal_basis")} if ("measure", "legal_basis") in read else set()))


def _reads(literal: Answer | Join) -> Iterator[tuple[Asked, str]]:
    if isinstance(literal, Join):
        yield from (("measure", literal.candidate_field), ("measure", literal.judged_field))
        return
    match literal.column:
        case Question(scope, name):
            yield scope, name
        case Shared(own, common):
            yield from (("measure", own), ("proposal", common))
        case Quantified(_, clauses):
            yield from fields_read((clauses,))


def counts_measures(clauses: Iterable[Clause]) -> bool:
    """Whether a quantifier stands among the clauses, so that one more measure can matter."""
    return any(
        isinstance(each, Answer) and isinstance(each.column, Quantified) for clause in clauses for each in clause
    )


def sets_asked(clauses: Iterable[Clause], key: tuple[Asked, str]) -> Iterator[frozenset[Atom]]:
    """The sets that clauses look for in a field, inside quantifiers too."""
    for clause in clauses:
        for literal in clause:
            match literal:
                case Answer(Question(scope, name, "any", frozenset() as operand)) if (scope, name) == key:
                    yield operand
                case Answer(Quantified(_, inner)):
                    yield from sets_asked(inner, key)
