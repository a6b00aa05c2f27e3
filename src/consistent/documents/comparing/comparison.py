"""What an amended text changes in an act, division by division: articles, recitals, annexes, citations, the title."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from attrs import field, frozen

from consistent.documents.comparing.units import Division, Match, Unit, units_of
from consistent.documents.comparing.words import Run, differing_words
from consistent.documents.document import Document
from consistent.documents.structure.wording import wording_of
from consistent.documents.words.languages import languages
from consistent.locking import cached_property

__all__ = [
    "DivisionChange",
    "Fate",
    "TextComparison",
    "UnitChange",
    "UnitTurn",
    "compare",
    "compare_units",
    "compared_units",
]

UnitTurn = Literal["added", "dropped", "reworded", "moved", "split", "merged", "renumbered"]
# What became of a division as a whole.
Fate = Literal["added", "dropped", "amended", "renumbered", "same"]


@frozen(kw_only=True)
class UnitChange:
    """What became of a unit: a paragraph, a point, a recital.

    Attributes:
        turn: the gravest thing: what was split, merged or moved can be reworded too; `words` tells.
        old: none where it was added; several where they were merged.
        new: none where it was dropped; several where it was split.
    """

    turn: UnitTurn
    old: tuple[Unit, ...]
    new: tuple[Unit, ...]

    @cached_property
    def words(self) -> tuple[Run, ...]:
        """The words, with what differs; empty where none do."""
        before, after = (" ".join(unit.text for unit in units) for units in (self.old, self.new))
        runs = differing_words(before, after)
        return () if all(run.turn == "same" for run in runs) else runs


@frozen(kw_only=True)
class DivisionChange:
    """What became of an article, recital, annex or citation, or of the title.

    Attributes:
        old_number, new_number: empty where it has none; None where there is no such division.
        heading: the new one; of what was dropped the old one.
        old_heading: the same as `heading` where it was not amended.
        changes: of its units, in the order of the new text, then what was dropped.
    """

    division: Division
    fate: Fate
    old_number: str | None
    new_number: str | None
    heading: str = ""
    old_heading: str = ""
    changes: tuple[UnitChange, ...] = ()

    @property
    def retitled(self) -> bool:
        """Whether it has another heading."""
        return self.fate in {"amended", "renumbered"} and self.heading != self.old_heading

    @cached_property
    def changed(self) -> int:
        """How many words came and went."""
        return (
            sum(len(run.text.split()) for change in self.changes for run in change.words if run.turn != "same")
            + len(self.heading.split()) * self.retitled
        )


@frozen(kw_only=True)
class TextComparison:
    """All that an amended text changes in words.

    Attributes:
        divisions: those of the new text in order, and what was dropped behind what stood before it; those that stayed too.
        matches: of the units.
        old, new: the units of both.
    """

    divisions: tuple[DivisionChange, ...]
    old: tuple[Unit, ...] = field(repr=False)
    new: tuple[Unit, ...] = field(repr=False)
    matches: tuple[Match, ...] = field(repr=False)

    @property
    def changed(self) -> tuple[DivisionChange, ...]:
        """The divisions that did not stay as they were."""
        return tuple(division for division in self.divisions if division.fate != "same")

    def count(self, division: Division) -> Counter[Fate]:
        """How many divisions of a kind met which fate."""
        return Counter(change.fate for change in self.divisions if change.division == division)


def compare(old: Document, new: Document) -> TextComparison | None:
    """Compare the acts of two documents.

    Returns:
        None where they are in different languages, or one of them has no act.
    """
    before, after = compared_units(old), compared_units(new)
    if not before or not after or old.language != new.language:
        return None
    return compare_units(before, after)


def compare_units(old: tuple[Unit, ...], new: tuple[Unit, ...]) -> TextComparison:
    """Compare the acts of two documents by their units, as `compared_units` gives them."""
    from consistent.documents.comparing.matching import match_units  # noqa: PLC0415  numpy comes with an extra

    matches = match_units(old, new)
    divisions = tuple(_Divisions(old, new, matches).changes())
    return TextComparison(divisions=divisions, old=old, new=new, matches=matches)


def compared_units(document: Document) -> tuple[Unit, ...]:
    """The units of the act of a document that can be compared; none where it has no act."""
    return _there(units_of(document), document)


def _there(units: Iterable[Unit], document: Document) -> tuple[Unit, ...]:
    """The units without those of which the text says that they were deleted: their number is all that is left."""
    known = languages()
    wording = wording_of([known[document.language]] if document.language in known else [])
    # Amended texts put it between brackets.
    return tuple(unit for unit in units if not wording.is_line("deleted", unit.text.strip("()[].; \u2026")))


_Key = tuple[Division, int]


def _key(unit: Unit) -> _Key:
    return unit.division, unit.order


class _Divisions:
    """The divisions of both texts, matched by what became of their units."""

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit], matches: Sequence[Match]) -> None:
        self._units = old, new
        self._old, self._new = _by_key(old), _by_key(new)
        self._matches = matches
        self._became = self._counterparts()
        self._was = {new_key: old_key for old_key, new_key in self._became.items()}

    def _counterparts(self) -> dict[_Key, _Key]:
        """Which old division is which new one: the one to which most of its words went."""
        votes: Counter[tuple[_Key, _Key]] = Counter()
        for match in self._matches:
            for before in match.old:
                for after in match.new:
                    old, new = self._units[0][before], self._units[1][after]
                    votes[_key(old), _key(new)] += 1 + min(len(old.words), len(new.words))
        found: dict[_Key, _Key] = {}
        taken: set[_Key] = set()
        for (old_key, new_key), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
            if old_key not in found and new_key not in taken:
                found[old_key] = new_key
                taken.add(new_key)
        return found

    def changes(self) -> Iterator[DivisionChange]:
        """Every division once; one that was dropped behind the one that stood before it."""
        changes: dict[_Key, list[UnitChange]] = defaultdict(list)
        gone: dict[_Key, list[UnitChange]] = defaultdict(list)
        for match in self._matches:
            change = self._change(match)
            if change is None:
                continue
            if match.new:
                changes[_key(change.new[0])].append(change)
            else:
                gone[_key(change.old[0])].append(change)
        before = list(self._old)
        told: set[_Key] = set()
        for key in self._new:
            old_key = self._was.get(key)
            own = [*changes[key], *(gone[old_key] if old_key else ())]
            yield self._division(old_key, key, own)
            # What was dropped is told where it stood.
            at = before.index(old_key) + 1 if old_key else len(before)
            while at < len(before) and before[at] not in self._became and before[at][0] == key[0]:
                if before[at] not in told:
                    told.add(before[at])
                    yield self._division(before[at], None, gone[before[at]])
                at += 1
        for key in before:
            if key not in self._became and key not in told:
                yield self._division(key, None, gone[key])

    def _change(self, match: Match) -> UnitChange | None:
        """What became of units; None where they stayed."""
        old = tuple(self._units[0][number] for number in match.old)
        new = tuple(self._units[1][number] for number in match.new)
        turn: UnitTurn
        if not old or not new:
            turn = "dropped" if old else "added"
        elif len(new) > 1:
            turn = "split"
        elif len(old) > 1:
            turn = "merged"
        elif self._became.get(_key(old[0])) != _key(new[0]):
            turn = "moved"
        elif old[0].words != new[0].words:
            turn = "reworded"
        elif old[0].path != new[0].path:
            turn = "renumbered"
        else:
            return None
        return UnitChange(turn=turn, old=old, new=new)

    def _division(self, old_key: _Key | None, new_key: _Key | None, changes: Sequence[UnitChange]) -> DivisionChange:
        old = self._old[old_key] if old_key else None
        new = self._new[new_key] if new_key else None
        some = new or old
        if some is None:  # pragma: no cover  a division is in one of the texts
            raise AssertionError
        headings = (old or some).heading, some.heading
        fate: Fate = "same"
        if old is None or new is None:
            fate = "added" if old is None else "dropped"
        elif headings[0].lower() != headings[1].lower() or any(change.turn != "renumbered" for change in changes):
            fate = "amended"
        elif old.number != new.number or changes:
            fate = "renumbered"
        return DivisionChange(
            division=some.division, fate=fate, heading=headings[1], old_heading=headings[0], changes=tuple(changes),
            old_number=None if old is None else old.number, new_number=None if new is None else new.number,
        )  # fmt: skip


def _by_key(units: Iterable[Unit]) -> dict[_Key, Unit]:
    """Each division by its first unit."""
    found: dict[_Key, Unit] = {}
    for unit in units:
        found.setdefault(_key(unit), unit)
    return found
