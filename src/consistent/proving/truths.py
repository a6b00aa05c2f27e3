"""Kleene's truth values as two formulas: whether something surely is so, and whether it possibly is."""

from collections.abc import Iterable

from attrs import frozen

from consistent.proving.formulas import Formula, both, either, opposite
from consistent.truth import Truth

__all__ = ["NO", "UNKNOWN", "YES", "Pair", "all_of", "any_of", "pair_of"]


@frozen(eq=False)
class Pair:
    """A truth value of which the proposal is not given.

    INVARIANT: what is sure is possible.

    Attributes:
        sure: it is yes.
        possible: it is not no.
    """

    sure: Formula
    possible: Formula

    def negated(self) -> "Pair":
        """Yes for no, no for yes."""
        return Pair(opposite(self.possible), opposite(self.sure))

    def like(self, other: "Pair") -> Formula:
        """Whether the two have one truth value."""
        return both((_same(self.sure, other.sure), _same(self.possible, other.possible)))

    @property
    def unknown(self) -> Formula:
        """Whether it is neither yes nor no."""
        return both((self.possible, opposite(self.sure)))


YES, UNKNOWN, NO = Pair(sure=True, possible=True), Pair(sure=False, possible=True), Pair(sure=False, possible=False)
_PAIRS = {Truth.YES: YES, Truth.UNKNOWN: UNKNOWN, Truth.NO: NO}


def pair_of(truth: Truth) -> Pair:
    """A truth value that is decided."""
    return _PAIRS[truth]


def all_of(pairs: Iterable[Pair]) -> Pair:
    """Conjunction."""
    listed = tuple(pairs)
    return Pair(both(each.sure for each in listed), both(each.possible for each in listed))


def any_of(pairs: Iterable[Pair]) -> Pair:
    """Disjunction."""
    listed = tuple(pairs)
    return Pair(either(each.sure for each in listed), either(each.possible for each in listed))


def _same(one: Formula, other: Formula) -> Formula:
    return either((both((one, other)), both((opposite(one), opposite(other)))))
