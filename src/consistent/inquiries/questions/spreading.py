"""An answer that is given for every measure at once: each keeps what is known of it, and the answer is added."""

from attrs import frozen

from consistent.errors import UsageError
from consistent.inquiries.edits import Edit, field_of
from consistent.inquiries.questions.pending import Key
from consistent.inquiries.questions.settling import value_of
from consistent.model.proposal import Evidence, Field, Proposal
from consistent.model.text import Language, Localized
from consistent.model.values import Atom, Value

__all__ = ["NO_PLACE", "Spread", "closing", "found_in", "spread"]

NO_PLACE = Localized("answered by a person, no place given", "door een mens beantwoord, zonder vindplaats")
_NONE: frozenset[Atom] = frozenset()


@frozen
class Spread:
    """What an answer for every measure comes to.

    Attributes:
        edits: one for each measure of which something comes to be known, in order.
        emptied: ids of the measures of which nothing was known and that are now known to have nothing.
        unfit: ids of the measures of which something else is known; they stay as they are.
    """

    edits: tuple[Edit, ...]
    emptied: tuple[str, ...]
    unfit: tuple[str, ...]


@frozen
class _Addition:
    """What an answer adds to what is known.

    Attributes:
        has: what is there.
        lacks: what is not there.
        closed: that there is nothing else.
    """

    has: frozenset[Atom]
    lacks: frozenset[Atom]
    closed: bool

    def to(self, value: Value, field: Field) -> Value | None:
        """What is then known of a field; None where it does not go together with what is."""
        if field.single and value.yes and self.has - value.yes:
            return None
        if any(not value.may_have(each) for each in self.has) or not self.lacks.isdisjoint(value.yes):
            return None
        yes = value.yes | self.has
        if self.closed or not value.open:
            return Value.exactly(*yes) if value.open or yes == value.yes else None
        return Value(yes, value.no | self.lacks, open=True)


def spread(proposal: Proposal, key: Key, answer: Value) -> Spread:
    """An answer for one measure, given for all.

    Args:
        proposal: as it is.
        key: the field and the measure that the answer was given for.
        answer: what is then known of it.

    Raises:
        UsageError: the answer is about that one only: a field of the proposal, or a provision that is cited more precisely.
    """
    measure, name = key
    before = value_of(proposal, key)
    if measure is None or not before.yes <= answer.yes:
        raise UsageError("this cannot be said of all measures at once", "answer without `for all measures`")
    lacks = answer.no - before.no if answer.open else _NONE
    addition = _Addition(answer.yes - before.yes, lacks, closed=before.open and not answer.open)
    return _added(proposal, name, addition)


def closing(proposal: Proposal, name: str, measures: frozenset[str] | None = None) -> Spread:
    """Of a field of measures that what is known of it is all.

    Args:
        proposal: as it is.
        name: of the field.
        measures: ids; all unless given.
    """
    return _added(proposal, name, _Addition(_NONE, _NONE, closed=True), measures)


def _added(proposal: Proposal, name: str, addition: _Addition, measures: frozenset[str] | None = None) -> Spread:
    edits: list[Edit] = []
    emptied: list[str] = []
    unfit: list[str] = []
    for each in proposal.measures:
        value = value_of(proposal, (each.id, name))
        # A measure without a basis of its own rests on that of the proposal.
        if (measures is not None and each.id not in measures) or (name == "legal_basis" and each.legal_basis.unknown):
            continue
        new = addition.to(value, field_of(each.id, name))
        if new is None:
            unfit.append(each.id)
        elif new != value:
            edits.append(Edit(each.id, name, new))
            if not value.yes and not new.yes and not new.open:
                emptied.append(each.id)
    return Spread(tuple(edits), tuple(emptied), tuple(unfit))


def found_in(proposal: Proposal, key: Key, place: str, language: Language) -> Evidence | None:
    """Where the text says what was answered. What the file says of values that it had does not hold for the new one.

    Args:
        proposal: as it is.
        key: the field.
        place: as it was given; may be empty.
        language: of the note where it is.
    """
    measure, name = key
    part = next((each for each in proposal.measures if each.id == measure), proposal)
    read_in = part.evidence_for("all")
    document = read_in.document if read_in else proposal.name
    if place:
        return Evidence(document, place)
    held = read_in is not None or name in dict(part.evidence)
    return Evidence(document, note=NO_PLACE.get(language)) if held else None
