"""Which measure of a proposal is which of its amended version, where articles were renumbered, moved or rewritten."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from attrs import frozen

from consistent.model.proposal import COMMON, Measure
from consistent.model.text import LANGUAGES
from consistent.model.values import Value

__all__ = ["Pair", "likeness", "match_measures"]

# From where on two measures under different ids are one that was moved, and two under one id are one that was amended
# although others are as like.
_LIKE = 0.6
_SAME = 0.5
# Beyond so many pairs nothing is compared by likeness: a proposal that has nothing in common with another.
_MOST_PAIRS = 40_000
# So much of a title is compared, in letters.
_LONGEST = 200


@frozen
class Pair:
    """A measure before and after: one that was added has no `old`, one that was dropped no `new`."""

    old: Measure | None
    new: Measure | None

    @property
    def renumbered(self) -> bool:
        """Whether it has another id than before."""
        return self.old is not None and self.new is not None and self.old.id != self.new.id

    @property
    def id(self) -> str:
        """What a reader of the new text calls it; of a dropped one what the old text called it."""
        measure = self.new or self.old
        return "" if measure is None else measure.id


def match_measures(
    old: Sequence[Measure], new: Sequence[Measure], stated: Mapping[str, str] | None = None
) -> tuple[Pair, ...]:
    """Match the measures of two versions of a proposal.

    In this order: one that is the same but for its id, under its own id before another;
    one that says the same at another place, in the same order; one of the same id that says much the same; the likest ones,
    best first; what has the same id.

    INVARIANT: with the versions exchanged the same measures are matched.

    Args:
        old: of the old version.
        new: of the new version.
        stated: which new id an old one has become, where that is known, as by what became of their words: then the rest was
            dropped or added.

    Returns:
        Every measure once: those of the new version in its order, then those that were dropped.
    """
    matching = _Matching(old, new)
    if stated is not None:
        matching.as_stated(stated)
        return matching.pairs()
    for says in (_whole, _content):
        matching.by_saying(says, same_id=True)
        matching.by_saying(says)
    matching.by_id(at_least=_SAME)
    matching.bylikeness()
    matching.by_id(at_least=0.0)
    return matching.pairs()


class _Matching:
    """Numbers of old measures and new ones, matched step by step."""

    def __init__(self, old: Sequence[Measure], new: Sequence[Measure]) -> None:
        self._old, self._new = old, new
        self._matched: dict[int, int] = {}  # new to old
        self._free_old = dict.fromkeys(range(len(old)))
        self._free_new = dict.fromkeys(range(len(new)))

    def _match(self, before: int, after: int) -> None:
        self._matched[after] = before
        del self._free_old[before], self._free_new[after]

    def by_id(self, *, at_least: float) -> None:
        """Match what has one id and is at least so like."""
        by_id = {self._new[number].id: number for number in self._free_new}
        for before in tuple(self._free_old):
            after = by_id.get(self._old[before].id)
            if after is not None and (not at_least or likeness(self._old[before], self._new[after]) >= at_least):
                self._match(before, after)

    def as_stated(self, stated: Mapping[str, str]) -> None:
        """Match what is known to be the same."""
        by_id = {measure.id: number for number, measure in enumerate(self._new)}
        for before in tuple(self._free_old):
            after = by_id.get(stated.get(self._old[before].id, ""))
            if after in self._free_new:
                self._match(before, after)

    def by_saying(self, says: Callable[[Measure], object], *, same_id: bool = False) -> None:
        """Match what says the same, of several in order; only where it has one id too, if so asked."""

        def key(measure: Measure) -> object:
            return (says(measure), measure.id) if same_id else says(measure)

        waiting: dict[object, list[int]] = defaultdict(list)
        for number in self._free_new:
            waiting[key(self._new[number])].append(number)
        for before in tuple(self._free_old):
            candidates = waiting.get(key(self._old[before]))
            if candidates:
                self._match(before, candidates.pop(0))

    def bylikeness(self) -> None:
        """Match the likest first."""
        if len(self._free_old) * len(self._free_new) > _MOST_PAIRS:
            return
        scored = [
            (-like, before, after)
            for before in self._free_old
            for after in self._free_new
            if (like := likeness(self._old[before], self._new[after])) >= _LIKE
        ]
        # Of two that are as like and have a measure in common the same one comes first if the versions are exchanged.
        for _, before, after in sorted(scored):
            if before in self._free_old and after in self._free_new:
                self._match(before, after)

    def pairs(self) -> tuple[Pair, ...]:
        """Every measure once."""
        kept = [
            Pair(self._old[self._matched[number]] if number in self._matched else None, measure)
            for number, measure in enumerate(self._new)
        ]
        return (*kept, *(Pair(self._old[number], None) for number in self._free_old))


def _content(measure: Measure) -> tuple[object, ...]:
    """What a measure says, wherever it stands."""
    return (measure.title, *(measure.value(name) for name in COMMON.measure if name != "reference"), measure.own)


def _whole(measure: Measure) -> tuple[object, ...]:
    """All of a measure but its id: of several that say the same, which one it is."""
    return (*_content(measure), measure.reference, measure.evidence)


def likeness(old: Measure, new: Measure) -> float:
    """From 0 to 1: how much of the title, or else the place, and of what is known of either is the same."""
    if _content(old) == _content(new):
        return 1.0
    parts = [*_words(old, new), *_values(old, new)]
    weight = sum(factor for _, factor in parts)
    return min(sum(share * factor for share, factor in parts) / weight, 0.99) if weight else 0.0


def _words(old: Measure, new: Measure) -> Iterator[tuple[float, float]]:
    """How like the titles are, counted as much as five fields; the places where there is no title."""
    if old.title and new.title:
        yield max(_ratio(old.title.get(language), new.title.get(language)) for language in LANGUAGES), 5.0
    elif old.reference.yes and new.reference.yes:
        yield _ratio(_first(old.reference.yes), _first(new.reference.yes)), 2.0


def _values(old: Measure, new: Measure) -> Iterator[tuple[float, float]]:
    for name in dict.fromkeys((*old.names(), *new.names())):
        before, after = old.value(name), new.value(name)
        if name != "reference" and (_says(before) or _says(after)):
            yield _shared(before, after), 1.0


def _says(value: Value) -> bool:
    return bool(value.yes or value.no)


def _shared(old: Value, new: Value) -> float:
    if old == new:
        return 1.0
    either = old.yes | new.yes
    return len(old.yes & new.yes) / len(either) if either else 0.0


def _ratio(one: str, other: str) -> float:
    # In one order: difflib does not say the same of two texts whichever comes first. Its work grows with their product.
    first, second = sorted((one[:_LONGEST], other[:_LONGEST]))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _first(atoms: Iterable[object]) -> str:
    return min(map(str, atoms))
