"""A change of a proposal that can be asked for in Council: what it does, what it costs, and what it can go together with."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from attrs import evolve, frozen

from consistent.inquiries.edits import Edit, apply, measure_named, revised, without
from consistent.model.proposal import COMMON, Field, Proposal
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import Vocabularies, with_narrower

__all__ = ["COSTS", "FIELDS", "Move", "MoveKind", "Part", "closed", "compatible", "made", "valid"]

MoveKind = Literal[
    "statement", "safeguard", "procedure", "vote", "basis-left-out", "basis-of-the-act", "instrument", "bindingness",
    "not-retroactive",
    "let-in", "element-left-out", "element-replaced", "effect-replaced", "another-basis", "further-basis",
    "effect-left-out", "split-off", "dropped",
]  # fmt: skip

# How much each kind of move changes: the price by which repairs are ranked. First what only adds to the text, then what
# alters its form, then what alters its substance; a measure that leaves the proposal weighs most.
COSTS: Mapping[MoveKind, int] = {
    "statement": 1,
    "safeguard": 1,
    "procedure": 2,
    "vote": 2,
    "basis-left-out": 2,
    "basis-of-the-act": 2,
    "let-in": 2,
    "not-retroactive": 2,
    "instrument": 3,
    "bindingness": 3,
    "element-left-out": 3,
    "element-replaced": 3,
    "effect-replaced": 3,
    "another-basis": 3,
    "further-basis": 3,
    "effect-left-out": 4,
    "split-off": 5,
    "dropped": 9,
}

_LEAVING_OUT = {"element-left-out", "effect-left-out", "basis-left-out"}
_NONE: frozenset[Atom] = frozenset()

# Moves change fields that every pack has: what another value of one of a pack's own would mean, nobody can tell.
FIELDS: Mapping[str, Field] = {about.name: about for about in COMMON.every}


@frozen(cache_hash=True)
class Part:
    """What a move does to one field: atoms that go, atoms that come; `measure` is None for one of the proposal itself."""

    measure: str | None
    field: str
    removed: frozenset[Atom] = _NONE
    added: frozenset[Atom] = _NONE


@frozen(cache_hash=True)
class Move:
    """One thing to ask for.

    Attributes:
        measure: whose it is; None for the proposal itself.
        parts: what is asked first, then what comes with it; none for a measure that is dropped.
        apart: for a measure that is split off, the fields of the header of its own proposal that are different there.
    """

    kind: MoveKind
    measure: str | None
    parts: tuple[Part, ...] = ()
    apart: tuple[Edit, ...] = ()

    @property
    def cost(self) -> int:
        """How much it changes."""
        return COSTS[self.kind]


def compatible(one: Move, other: Move) -> bool:
    """Whether two moves can be asked for together and still mean the same."""
    if "dropped" in {one.kind, other.kind} and one.measure == other.measure:
        return False
    return all(_agree(left, right) for left in one.parts for right in other.parts)


def _agree(left: Part, right: Part) -> bool:
    if (left.measure, left.field) != (right.measure, right.field) or left == right:
        return True
    if FIELDS[left.field].single:
        return False
    return left.removed.isdisjoint(right.removed | right.added) and left.added.isdisjoint(right.removed)


def valid(moves: Iterable[Move], proposal: Proposal) -> bool:
    """Whether moves that are compatible leave something in every field that they take out of."""
    gone: dict[tuple[str, str], set[Atom]] = {}
    for move in moves:
        if move.kind in _LEAVING_OUT and move.parts[0].field != "excluded_partners":
            part = move.parts[0]
            gone.setdefault((part.measure or "", part.field), set()).update(part.removed)
    return all(_effective(proposal, measure or None, field).yes - atoms for (measure, field), atoms in gone.items())


def made(moves: Iterable[Move], proposal: Proposal, vocabularies: Vocabularies) -> tuple[Proposal, ...]:
    """What becomes of the proposal: itself with the changes, then a proposal for each measure that is split off."""
    listed = tuple(moves)
    parts: dict[tuple[str | None, str], list[Part]] = {}
    for part in (inner for move in listed for inner in move.parts):
        parts.setdefault((part.measure, part.field), []).append(part)
    changed = apply(proposal, [_edit(proposal, alike, vocabularies) for alike in parts.values()])
    rest = changed
    apart = []
    for move in listed:
        if move.kind in {"dropped", "split-off"} and move.measure is not None:
            rest = without(rest, move.measure)
        if move.kind == "split-off" and move.measure is not None:
            own = evolve(changed, measures=(measure_named(changed, move.measure),))
            apart.append(apply(own, move.apart))
    return (rest, *apart)


def _edit(proposal: Proposal, parts: Sequence[Part], vocabularies: Vocabularies) -> Edit:
    first = parts[0]
    removed: frozenset[Atom] = frozenset().union(*(part.removed for part in parts))
    added: frozenset[Atom] = frozenset().union(*(part.added for part in parts))
    value = _effective(proposal, first.measure, first.field)
    return Edit(first.measure, first.field, revised(value, removed, added, closed=closed(first, removed, vocabularies)))


def closed(part: Part, atoms: frozenset[Atom], vocabularies: Vocabularies) -> frozenset[Atom]:
    """Atoms of the field of a part, with all that is narrower."""
    return with_narrower(atoms, FIELDS[part.field].vocabulary, vocabularies)


def _effective(proposal: Proposal, measure: str | None, field: str) -> Value:
    """The value of a field of the proposal or of one of its measures, which may rest on the proposal's own basis."""
    return proposal.value(field, None if measure is None else measure_named(proposal, measure))
