"""What is known of one field of a proposal that is not given.

A mirror of `model.values.Value`, question by question: there the answer is a truth value, here a pair of formulas.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from attrs import Factory, field, frozen

from consistent.model.values import Atom, Value
from consistent.proving.formulas import Formula, both, either, opposite
from consistent.proving.truths import Pair
from consistent.rules.asking import ask
from consistent.rules.conditions import Operator
from consistent.sources import broader_citations
from consistent.truth import Truth

__all__ = ["SymbolicValue", "given_value", "instead"]


@frozen(eq=False)
class SymbolicValue:
    """For each value of a universe whether it is known to be there, or known not to be; and whether others may be.

    INVARIANT: of one value not both; nothing is known to be absent that stands in a value which is not open. Universes hold
    every citation that contains one of theirs.

    Attributes:
        there: in the order of the universe.
        absent: the same.
        open: whether values beyond those that are there may be.
        empty: nothing is known to be there.
    """

    there: Mapping[Atom, Formula]
    absent: Mapping[Atom, Formula]
    open: Formula
    empty: Formula = field(
        default=Factory(lambda each: opposite(either(each.there.values())), takes_self=True), repr=False
    )

    @property
    def nothing_known(self) -> Formula:
        """As `Value.unknown`."""
        return both((self.open, self.empty, *map(opposite, self.absent.values())))

    def asked(self, operator: Operator, operand: frozenset[Atom] | Atom | None) -> Pair:
        """As `rules.asking.ask`."""
        if operator == "empty":
            return Pair(both((opposite(self.open), self.empty)), self.empty)
        if isinstance(operand, frozenset):
            return self.has_any(operand) if operator == "any" else self._has_only(operand)
        sure = either(
            held for atom, held in self.there.items() if ask(operator, operand, Value.exactly(atom)) is Truth.YES
        )
        return Pair(sure, either((sure, self.open)))

    def has_any(self, wanted: frozenset[Atom]) -> Pair:
        """As `Value.has_any`."""
        sure = either(held for atom, held in self.there.items() if not wanted.isdisjoint(_upward(atom)))
        possible = [(each, opposite(self._ruled_out(each))) for each in sorted(wanted, key=str)]
        vague = (both((self.there[wider], may)) for each, may in possible for wider in self._wider(each))
        return Pair(sure, either((sure, both((self.open, either(may for _, may in possible))), *vague)))

    def _has_only(self, allowed: frozenset[Atom]) -> Pair:
        """As `Value.has_only`."""
        outside = [atom for atom in self.there if allowed.isdisjoint(_upward(atom))]
        inside: dict[Atom, list[Atom]] = {}
        for each in allowed:
            for wider in self._wider(each):
                inside.setdefault(wider, []).append(each)
        wrong = (
            both((self.there[atom], *(self._ruled_out(each) for each in sorted(inside.get(atom, ()), key=str))))
            for atom in outside
        )
        sure = both((opposite(self.open), *(opposite(self.there[atom]) for atom in outside)))
        return Pair(sure, opposite(either(wrong)))

    def shares(self, other: "SymbolicValue") -> Pair:
        """As `Value.shares`; both are of one universe."""
        common = ((self.there[atom], other.there[atom]) for atom in self.there)
        sure = either(map(both, common))
        near = (
            both((either((self.there[atom], other.there[atom])), self.may_have(atom), other.may_have(atom)))
            for atom in self.there
        )
        return Pair(sure, either((sure, both((self.open, other.open)), *near)))

    def may_have(self, atom: Atom) -> Formula:
        """As `Value.may_have`; of an atom of the universe."""
        vague = either((self.open, *(self.there[wider] for wider in self._wider(atom))))
        return either((self.there[atom], both((opposite(self._ruled_out(atom)), vague))))

    def _ruled_out(self, atom: Atom) -> Formula:
        """That the atom, or what contains it, is known to be absent."""
        return either(self.absent.get(each, False) for each in _upward(atom))

    def _wider(self, atom: Atom) -> list[Atom]:
        """What contains the atom, of that which the universe has."""
        return [each for each in _upward(atom)[1:] if each in self.there]


def given_value(value: Value, universe: Iterable[Atom]) -> SymbolicValue:
    """A value that is given, all of whose atoms are in the universe."""
    atoms = tuple(universe)
    there = {atom: atom in value.yes for atom in atoms}
    absent = {atom: value.open and atom in value.no for atom in atoms}
    return SymbolicValue(there, absent, value.open)


def instead(condition: Formula, one: SymbolicValue, other: SymbolicValue) -> SymbolicValue:
    """The one value where a condition holds, else the other; both are of one universe."""

    def chosen(left: Formula, right: Formula) -> Formula:
        return either((both((condition, left)), both((opposite(condition), right))))

    return SymbolicValue(
        {atom: chosen(held, other.there[atom]) for atom, held in one.there.items()},
        {atom: chosen(held, other.absent[atom]) for atom, held in one.absent.items()},
        chosen(one.open, other.open),
    )


@lru_cache(maxsize=1 << 14)
def _upward(atom: Atom) -> tuple[Atom, ...]:
    """The atom and, of a citation, what contains it."""
    return broader_citations(atom) if isinstance(atom, str) else (atom,)
