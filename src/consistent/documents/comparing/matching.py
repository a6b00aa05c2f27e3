"""Which unit of an act is which of its amended text, where it was renumbered, reworded, moved, split or merged.

Numbers mislead as soon as one provision is added, and words as soon as one is rewritten, so both count: units are compared by
their words (cosine of their frequencies, weighed by how rare each word is), by the heading and number of the article that they
stand in, and by what their neighbours became. The likest are matched first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log

import numpy as np
import numpy.typing as npt

from consistent.documents.comparing.units import DIVISIONS, Division, Match, Unit

__all__ = ["match_units"]

_Likeness = npt.NDArray[np.float32]

# From where on two units are one, whatever their numbers; with the same number, and within a division that is the same one.
_LIKE = 0.6
_LIKE_HERE = 0.25
# What else than words speaks for two units being one: the same number, the same division, and a neighbour that is the same.
_SAME_PLACE, _SAME_DIVISION, _NEIGHBOUR = 0.06, 0.12, 0.08
# From where on two divisions are one by their words, or by heading and number.
_DIVISION_LIKE = 0.3
# How much of a unit stands in the words of another that it was split from, or merged into.
_WITHIN = 0.55
# Fewer words than this are too few to tell.
_FEW = 6
# Of so many words one row of the table is made at a time, to bound its memory.
_MOST_CELLS = 40_000_000


def match_units(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[Match, ...]:
    """Match the units of two texts.

    Returns:
        Every unit once: in the order of the new text, then what was dropped.
    """
    matching = _Matching(old, new)
    for division in DIVISIONS:
        matching.match(division)
    return matching.matches()


def likenesses(old: Sequence[Iterable[str]], new: Sequence[Iterable[str]]) -> _Likeness:
    """The cosine between each old text and each new one, words weighed by rarity in both."""
    counted = [Counter(words) for words in (*old, *new)]
    texts = Counter(word for counts in counted for word in counts)
    ranks = {word: rank for rank, word in enumerate(texts)}
    weights = {word: log((1 + len(counted)) / count) for word, count in texts.items()}
    rows = [_row(counts, ranks, weights) for counts in counted]
    first, second = rows[: len(old)], rows[len(old) :]
    table = np.zeros((len(old), len(new)), dtype=np.float32)
    if not first or not second or not ranks:
        return table
    step = max(1, _MOST_CELLS // len(ranks))
    for at in range(0, len(second), step):
        right = _dense(second[at : at + step], len(ranks))
        for start in range(0, len(first), step):
            table[start : start + step, at : at + step] = _dense(first[start : start + step], len(ranks)) @ right.T
    return table


_Row = tuple[list[int], npt.NDArray[np.float32]]


def _row(counts: Counter[str], ranks: dict[str, int], weights: dict[str, float]) -> _Row:
    values = np.array([(1 + log(count)) * weights[word] for word, count in counts.items()], dtype=np.float32)
    length = float(np.sqrt((values**2).sum()))
    return [ranks[word] for word in counts], values / length if length else values


def _dense(rows: Sequence[_Row], width: int) -> npt.NDArray[np.float32]:
    dense = np.zeros((len(rows), width), dtype=np.float32)
    for number, (places, values) in enumerate(rows):
        dense[number, places] = values
    return dense


class _Matching:
    """Units matched step by step, by their places among the old and the new ones."""

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        self._old, self._new = old, new
        self._became: dict[int, int] = {}  # old to new
        self._was: dict[int, int] = {}  # new to old
        self._like: dict[int, float] = {}  # of the new one
        self._split: dict[int, list[int]] = defaultdict(list)  # old to further new ones
        self._merged: dict[int, list[int]] = defaultdict(list)  # new to further old ones

    def match(self, division: Division) -> None:
        """Match the units of one kind of division."""
        before = [number for number, unit in enumerate(self._old) if unit.division == division]
        after = [number for number, unit in enumerate(self._new) if unit.division == division]
        if not before or not after:
            return
        divisions = self._divisions(before, after)
        self._same_words(before, after, divisions)
        words = likenesses(
            [self._old[number].words for number in before], [self._new[number].words for number in after]
        )
        self._likest(before, after, words, divisions)
        self._in_place(before, after, words, divisions)
        self._parts(before, after)

    def _join(self, before: int, after: int, like: float) -> None:
        self._became[before], self._was[after], self._like[after] = after, before, like

    def _same_words(self, before: Sequence[int], after: Sequence[int], divisions: dict[int, int]) -> None:
        """Match what says the same: first at the same place of the same division, then there, then anywhere; in order."""

        def keys(unit: Unit, order: int) -> tuple[object, ...]:
            return (unit.words, order, unit.path), (unit.words, order), unit.words

        for step in range(3):
            waiting: dict[object, list[int]] = defaultdict(list)
            for number in after:
                if number not in self._was:
                    waiting[keys(self._new[number], self._new[number].order)[step]].append(number)
            for number in before:
                unit = self._old[number]
                key = keys(unit, divisions.get(unit.order, -1))[step]
                found = waiting.get(key) if number not in self._became else None
                # What several units say, and in few words, is matched by its neighbours, later.
                if found and (step == 0 or len(unit.words) >= _FEW or len(found) == 1):
                    self._join(number, found.pop(0), 1.0)

    def _divisions(self, before: Sequence[int], after: Sequence[int]) -> dict[int, int]:
        """Which old division is which new one, by their order: by words, heading and number."""
        old, new = _by_division(self._old, before), _by_division(self._new, after)
        words = likenesses(
            [[word for number in numbers for word in self._old[number].words] for numbers in old.values()],
            [[word for number in numbers for word in self._new[number].words] for numbers in new.values()],
        )
        headed = likenesses(
            [self._old[numbers[0]].heading.lower().split() for numbers in old.values()],
            [self._new[numbers[0]].heading.lower().split() for numbers in new.values()],
        )
        score = words + 0.5 * headed
        for row, numbers in enumerate(old.values()):
            for column, others in enumerate(new.values()):
                first, second = self._old[numbers[0]], self._new[others[0]]
                score[row, column] += 0.1 * (first.number == second.number)
        found: dict[int, int] = {}
        taken: set[int] = set()
        orders = list(old), list(new)
        for row, column in _best(score, _DIVISION_LIKE):
            if orders[0][row] not in found and column not in taken:
                found[orders[0][row]] = orders[1][column]
                taken.add(column)
        return found

    def _likest(self, before: Sequence[int], after: Sequence[int], words: _Likeness, divisions: dict[int, int]) -> None:
        """Match the likest first; what stands at the same place, and beside what is the same, a little sooner."""
        score = words + self._bonus(before, after, divisions)
        self._greedy(before, after, score, words, _LIKE)

    def _bonus(self, before: Sequence[int], after: Sequence[int], divisions: dict[int, int]) -> _Likeness:
        bonus = np.zeros((len(before), len(after)), dtype=np.float32)
        columns = {number: column for column, number in enumerate(after)}
        by_order: dict[int, list[int]] = defaultdict(list)
        for column, number in enumerate(after):
            by_order[self._new[number].order].append(column)
        for row, number in enumerate(before):
            unit = self._old[number]
            for column in by_order.get(divisions.get(unit.order, -1), ()):
                other = self._new[after[column]]
                bonus[row, column] += _SAME_DIVISION + _SAME_PLACE * (unit.path == other.path)
            for step in (-1, 1):
                column = columns.get(self._became.get(number + step, -2) - step, -1)
                if column >= 0:
                    bonus[row, column] += _NEIGHBOUR
        return bonus

    def _in_place(
        self, before: Sequence[int], after: Sequence[int], words: _Likeness, divisions: dict[int, int]
    ) -> None:
        """Match what was rewritten, where it stands at the same place of the same division."""
        bonus = self._bonus(before, after, divisions)
        here = (bonus >= _SAME_DIVISION - 0.01) | (bonus >= 2 * _NEIGHBOUR - 0.01)
        self._greedy(before, after, np.where(here, words + bonus, 0), words, _LIKE_HERE + _SAME_DIVISION)

    def _greedy(
        self, before: Sequence[int], after: Sequence[int], score: _Likeness, words: _Likeness, least: float
    ) -> None:
        free = np.array([number not in self._became for number in before])
        open_ = np.array([number not in self._was for number in after])
        score = np.where(free[:, None] & open_[None, :], score, 0)
        for row, column in _best(score, least):
            if before[row] not in self._became and after[column] not in self._was:
                self._join(before[row], after[column], min(float(words[row, column]), 0.99))

    def _parts(self, before: Sequence[int], after: Sequence[int]) -> None:
        """Find what was split and what was merged: an unmatched unit whose words another holds on the other side only."""
        for number in after:
            if number not in self._was:
                whole = self._holder(self._new[number], self._old, before, self._new, self._became)
                if whole is not None:
                    self._split[whole].append(number)
        for number in before:
            if number not in self._became:
                whole = self._holder(self._old[number], self._new, after, self._old, self._was)
                if whole is not None:
                    self._merged[whole].append(number)

    @staticmethod
    def _holder(
        unit: Unit, held: Sequence[Unit], among: Sequence[int], others: Sequence[Unit], matched: dict[int, int]
    ) -> int | None:
        """The unit of the other text that holds the words of this one, of those that its own match has not."""
        if len(unit.words) < _FEW:
            return None
        best, found = _WITHIN, None
        wanted = Counter(_pairs(unit.words))
        for number in among:
            if len(held[number].words) <= len(unit.words) // 2:
                continue
            match = matched.get(number)
            if match is None:
                continue
            rest = Counter(_pairs(held[number].words))
            share = (wanted & rest).total() / wanted.total()
            if share < best:
                continue
            rest -= Counter(_pairs(others[match].words))
            share = (wanted & rest).total() / wanted.total()
            if share >= best:
                best, found = share, number
        return found

    def matches(self) -> tuple[Match, ...]:
        """Every unit once."""
        merged = {number for numbers in self._merged.values() for number in numbers}
        split = {number for numbers in self._split.values() for number in numbers}
        found = []
        for number in range(len(self._new)):
            if number in split:
                continue
            was = self._was.get(number)
            if was is None:
                found.append(Match((), (number,)))
                continue
            old, new = tuple(sorted((was, *self._merged[number]))), tuple(sorted((number, *self._split[was])))
            found.append(Match(old, new, self._like[number] if len(old) == len(new) == 1 else 0.99))
        gone = [number for number in range(len(self._old)) if number not in self._became and number not in merged]
        return (*found, *(Match((number,), ()) for number in gone))


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Words that follow each other, by two: single ones stand in any text."""
    return pairwise(words)


def _by_division(units: Sequence[Unit], numbers: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number in numbers:
        found.setdefault(units[number].order, []).append(number)
    return found


def _best(score: _Likeness, least: float) -> Iterator[tuple[int, int]]:
    """The cells from a score on, the best first; of equal ones the nearest to the diagonal, in order."""
    rows, columns = np.nonzero(score >= least)
    apart = np.abs(rows / max(1, score.shape[0]) - columns / max(1, score.shape[1]))
    for at in np.lexsort((columns, rows, apart, -score[rows, columns])):
        yield int(rows[at]), int(columns[at])
