"""The row of measures of many proposals.

Bits are whole numbers elsewhere and arrays of NumPy here: `_packed` and `_unpacked` go from one to the other, eight bits to a
byte and the lowest first in both.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from consistent.engine._answers import Answers, FieldAnswers
from consistent.engine.batch import Listed, Mark
from consistent.engine.columns._layouts import ValueNumbers
from consistent.engine.worlds import Worlds
from consistent.truth import Truth

__all__ = ["NumpyGrid", "distinct"]

Bools = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]
# A mask for each bit of a byte, one below the other, so that a row of bytes becomes eight rows of bits in one step.
_EIGHT = np.asarray([[1 << bit] for bit in range(8)], dtype=np.uint8)


class NumpyGrid:
    """Many proposals, with NumPy. See `Grid`."""

    def __init__(self, starts: Sequence[int]) -> None:
        self.proposals, self.measures = len(starts) - 1, starts[-1]
        ends = np.asarray(starts, dtype=np.int64)
        self._starts, self._sizes = ends[:-1], ends[1:] - ends[:-1]
        self._owners = np.repeat(np.arange(self.proposals, dtype=np.int64), self._sizes)

    def columns(self, answers: FieldAnswers, numbers: ValueNumbers) -> tuple[list[int], list[int]]:
        """See `Grid`."""
        places = np.asarray(numbers.numbers, dtype=np.intp)
        here = None if numbers.values is None else np.asarray(numbers.values, dtype=np.intp)
        if here is None and len(answers.answers) > len(places):
            # Of all values that were ever met most are not here.
            here, places = distinct(places, len(answers.answers))
        # The table stays with the answers; it is made anew when values were met that it does not hold.
        table = answers.table
        if table is None or table.size != len(answers.answers):
            table = answers.table = _Table(answers.answers, len(answers.questions))
        size = len(answers.questions)
        sure = _looked_up(table.sure, size, here, places)
        return sure, sure if table.possible is None else _looked_up(table.possible, size, here, places)

    def spread(self, bits: int) -> int:
        """See `Grid`."""
        if not bits:
            return 0
        return _packed(np.repeat(_unpacked(bits, self.proposals), self._sizes)[None, :])[0]

    def listed(self, marks: Iterable[Mark], width: int) -> Listed:
        """See `Grid`."""
        codes, owners, places = self.marked(marks)
        # Proposal, place and code as the digits of one number: one sort instead of three.
        most = 1 + int(self._sizes.max(initial=0))
        keys = np.sort((owners * most + places) * width + codes)
        owners, keys = np.divmod(keys, most * width)
        places, codes = np.divmod(keys, width)
        bounds = np.searchsorted(owners, np.arange(self.proposals + 1))
        return Listed(bounds.tolist(), places.tolist(), codes.tolist())

    def marked(self, marks: Iterable[Mark]) -> tuple[Numbers, Numbers, Numbers]:
        """What is marked: the code, the place of the proposal, and that of the measure and one; in the order of the marks."""
        of_measures: list[tuple[int, int]] = []
        of_proposals: list[tuple[int, int]] = []
        for level, code, bits in marks:
            (of_measures if level == "measure" else of_proposals).append((code, bits))
        codes, subjects = _ones(of_measures, self.measures)
        owners = self._owners[subjects]
        places = subjects - self._starts[owners] + 1
        whole, proposals = _ones(of_proposals, self.proposals)
        return (
            np.concatenate([codes, whole]),
            np.concatenate([owners, proposals]),
            np.concatenate([places, np.zeros_like(proposals)]),
        )

    def counted(self, met: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """See `Grid`."""
        return self._within(self._count(met.sure), self._count(met.possible), within)

    def counted_others(self, met: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """See `Grid`."""
        sure, possible = (
            self._count(bits)[self._owners] - _unpacked(bits, self.measures) for bits in (met.sure, met.possible)
        )
        return self._within(sure, possible, within)

    def _count(self, bits: int) -> npt.NDArray[np.int64]:
        if not bits:
            return np.zeros(self.proposals, dtype=np.int64)
        return np.bincount(self._owners[np.flatnonzero(_unpacked(bits, self.measures))], minlength=self.proposals)

    @staticmethod
    def _within(
        sure: npt.NDArray[np.int64], possible: npt.NDArray[np.int64], within: Callable[[int, int], Truth]
    ) -> Worlds:
        # There are few different pairs of counts, so that Python is asked about each of these only.
        width = int(possible.max(initial=0)) + 1
        pairs, places = np.unique(sure * width + possible, return_inverse=True)
        truths = np.asarray([within(*divmod(pair, width)) for pair in pairs.tolist()], dtype=np.uint8)[places]
        return Worlds(*_packed(np.stack([truths == Truth.YES, truths != Truth.NO])))


class _Table:
    """Answers of values: questions by values; `possible` is None where nothing is unknown."""

    def __init__(self, answers: Sequence[Answers], questions: int) -> None:
        self.size = len(answers)
        self.sure = _table([answer.sure for answer in answers], questions)
        vague = any(answer.sure != answer.possible for answer in answers)
        self.possible = _table([answer.possible for answer in answers], questions) if vague else None


def distinct(numbers: npt.NDArray[np.integer[Any]], most: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The numbers that occur, all below `most`, and for each number its place among them."""
    occurs = np.zeros(most, dtype=np.bool_)
    occurs[numbers] = True
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[numbers]


def _table(answers: Sequence[int], size: int) -> Bools:
    """Answers of values as a table, eight questions to a row, a value to a column."""
    width = (size + 7) // 8
    packed = np.frombuffer(b"".join(answer.to_bytes(width, "little") for answer in answers), dtype=np.uint8)
    return np.ascontiguousarray(packed.reshape(len(answers), width).T)


def _packed(rows: npt.NDArray[np.uint8] | npt.NDArray[np.bool_]) -> list[int]:
    """Rows as whole numbers: a one for whatever is not zero."""
    return [int.from_bytes(row.tobytes(), "little") for row in np.packbits(rows, axis=1, bitorder="little")]


def _unpacked(bits: int, size: int) -> Bools:
    """A whole number as zeros and ones."""
    packed = np.frombuffer(bits.to_bytes((size + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(packed, count=size, bitorder="little")


def _ones(marks: Sequence[tuple[int, int]], size: int) -> tuple[Numbers, Numbers]:
    """For each one in the bits of marks the code and the place: first by bytes, as most hold none, then within these."""
    width = (size + 7) // 8
    packed = np.frombuffer(b"".join(bits.to_bytes(width, "little") for _, bits in marks), dtype=np.uint8)
    full = np.flatnonzero(packed)
    ones = np.flatnonzero(np.unpackbits(packed[full], bitorder="little").view(np.bool_))
    which, places = np.divmod(full[ones >> 3] * 8 + (ones & 7), max(width, 1) * 8)
    return np.asarray([code for code, _ in marks], dtype=np.int64)[which], places


def _looked_up(table: Bools, questions: int, here: Places | None, places: Places) -> list[int]:
    """The columns of a table of answers, for values at places among those that are here, or among all."""
    few = table if here is None else table[:, here]
    columns: list[int] = []
    for eight in few:
        # All places are within the table. To say so by `clip` spares NumPy a look at each of them.
        answers = np.take(eight, places, mode="clip")
        columns += _packed(answers[None, :] & _EIGHT[: questions - len(columns)])
    return columns
