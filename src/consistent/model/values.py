"""What is known of one field: the values that are there, those that are not, and whether there may be others."""

from datetime import date
from functools import lru_cache

from attrs import frozen

from consistent.shown import Shown
from consistent.slots import pickled_short
from consistent.sources import broader_citations
from consistent.truth import Truth

__all__ = ["UNKNOWN", "Atom", "Value"]


Atom = str | int | date
_NONE: frozenset[Atom] = frozenset()


@pickled_short
@frozen(cache_hash=True)
class Value(Shown):
    """Partial knowledge of a set of atoms (terms, citations, texts, amounts, dates).

    INVARIANT: `yes` and `no` do not overlap. A field with one value at most is a set of one at most.

    Attributes:
        yes: known to be there.
        no: known not to be there; says something only while `open`. Closed under narrower terms.
        open: whether atoms beyond `yes` may be there. Not open: exactly `yes`.
    """

    yes: frozenset[Atom] = _NONE
    no: frozenset[Atom] = _NONE
    open: bool = True

    @classmethod
    def exactly(cls, *atoms: Atom) -> "Value":
        """These atoms and no others."""
        return cls(yes=frozenset(atoms), open=False)

    def __made_by__(self) -> tuple[str, tuple[tuple[str, object], ...]]:
        """As one writes it: `Value.exactly("regulation")`."""
        if self.open:
            some = (("yes", self.yes), ("no", self.no))
            return "Value", tuple((name, atoms) for name, atoms in some if atoms)
        return "Value.exactly", tuple(("", atom) for atom in sorted(self.yes, key=str))

    @property
    def unknown(self) -> bool:
        """Whether nothing at all is known."""
        return self.open and not self.yes and not self.no

    def may_have(self, atom: Atom) -> bool:
        """Whether the atom is there or may be; who cites Article 173 may mean 173(3)."""
        wanted = frozenset({atom})
        return atom in self.yes or bool(
            self._possible(wanted) and (self.open or any(_around(held, wanted) for held in self.yes))
        )

    def vague(self, wanted: frozenset[Atom]) -> bool:
        """Whether more could be said of the wanted atoms: others may be there, or a citation contains one of them."""
        return self.open or any(_around(atom, wanted) for atom in self.yes)

    def has_any(self, wanted: frozenset[Atom]) -> Truth:
        """Whether at least one of the wanted atoms is there.

        `wanted` is closed under narrower terms. Of citations the narrower one meets the wider; a wider one leaves the
        narrower open: who cites Article 173 may mean 173(3).
        """
        if not self.yes.isdisjoint(wanted) or any(_within(atom, wanted) for atom in self.yes):
            return Truth.YES
        possible = self._possible(wanted)
        if self.open and possible:
            return Truth.UNKNOWN
        return Truth.UNKNOWN if any(_around(atom, possible) for atom in self.yes) else Truth.NO

    def has_only(self, allowed: frozenset[Atom]) -> Truth:
        """Whether nothing is there beyond the allowed atoms; yes for an empty value."""
        outside = [atom for atom in self.yes if atom not in allowed and not _within(atom, allowed)]
        possible = self._possible(allowed) if outside else _NONE
        if any(not _around(atom, possible) for atom in outside):
            return Truth.NO
        return Truth.UNKNOWN if self.open or outside else Truth.YES

    def _possible(self, atoms: frozenset[Atom]) -> frozenset[Atom]:
        """Those that are not known to be absent; who does not cite Article 173 does not cite 173(3)."""
        if not self.open or not self.no:
            return atoms
        return frozenset(atom for atom in atoms if atom not in self.no and not _within(atom, self.no))

    def is_empty(self) -> Truth:
        """Whether nothing is there."""
        if self.yes:
            return Truth.NO
        return Truth.UNKNOWN if self.open else Truth.YES

    def shares(self, other: "Value") -> Truth:
        """Whether the two have an atom in common."""
        if not self.yes.isdisjoint(other.yes):
            return Truth.YES
        if self.open and other.open:
            return Truth.UNKNOWN
        candidates = self.yes | other.yes
        return (
            Truth.UNKNOWN
            if any(self.may_have(candidate) and other.may_have(candidate) for candidate in candidates)
            else Truth.NO
        )


UNKNOWN = Value()


def _within(atom: Atom, wanted: frozenset[Atom]) -> bool:
    """Whether a wanted citation contains this one."""
    return isinstance(atom, str) and any(wider in wanted for wider in broader_citations(atom)[1:])


def _around(atom: Atom, wanted: frozenset[Atom]) -> bool:
    """Whether this citation contains a wanted one."""
    return atom in _containing(wanted)


@lru_cache(maxsize=10_000)
def _containing(wanted: frozenset[Atom]) -> frozenset[Atom]:
    """Every citation that contains a wanted one; none where terms are wanted, as is asked most often."""
    cited = (atom for atom in wanted if isinstance(atom, str))
    return frozenset(wider for citation in cited for wider in broader_citations(citation)[1:])
