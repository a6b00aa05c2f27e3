"""Changes of a proposal: a field that is set to something else, a measure that is dropped."""

from collections.abc import Iterable
from typing import Any

from attrs import evolve, frozen

from consistent.model.proposal import Field, Fields, Measure, Proposal
from consistent.model.values import Atom, Value

__all__ = ["Edit", "apply", "field_of", "measure_named", "revised", "without"]


@frozen
class Edit:
    """One field set to a value.

    Attributes:
        measure: the id; None for a field of the proposal itself.
        field: its name.
        value: what it becomes.
    """

    measure: str | None
    field: str
    value: Value


def apply(proposal: Proposal, edits: Iterable[Edit]) -> Proposal:
    """The proposal with the fields set; of two edits of one field the later one counts.

    Raises:
        KeyError: it has no such measure or field.
    """
    own: dict[str, Any] = {}
    by_measure: dict[str, dict[str, Any]] = {}
    for edit in edits:
        changes = own if edit.measure is None else by_measure.setdefault(edit.measure, {})
        changes[edit.field] = edit.value
    for name in by_measure:
        measure_named(proposal, name)
    # A measure that keeps all its fields stays the same object, so that what changed is soon found.
    measures = tuple(
        evolve(measure, **by_measure[measure.id]) if measure.id in by_measure else measure
        for measure in proposal.measures
    )
    return evolve(proposal, **own, measures=measures)


def without(proposal: Proposal, measure: str) -> Proposal:
    """The proposal with one measure left out."""
    return evolve(proposal, measures=tuple(kept for kept in proposal.measures if kept.id != measure))


def field_of(measure: str | None, name: str, fields: Fields) -> Field:
    """The field of that name, of a measure or of the proposal itself."""
    return (fields.proposal if measure is None else fields.measure)[name]


def measure_named(proposal: Proposal, name: str) -> Measure:
    """The measure with that id.

    Raises:
        KeyError: there is none.
    """
    for measure in proposal.measures:
        if measure.id == name:
            return measure
    raise KeyError(name)


def revised(value: Value, removed: frozenset[Atom], added: frozenset[Atom], *, closed: frozenset[Atom]) -> Value:
    """A value from which some atoms are taken and to which others are added.

    Args:
        value: what is known now.
        removed: atoms of it that go.
        added: atoms that come.
        closed: the removed ones with all that is narrower: whoever takes out a mechanism has no mechanism left.
    """
    yes = (value.yes - removed) | added
    return Value(yes=yes, no=(value.no | closed) - yes if value.open else frozenset(), open=value.open)
