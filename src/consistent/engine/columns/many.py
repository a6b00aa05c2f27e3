"""The row of measures of many proposals."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from consistent.engine.columns.answering import Answers, FieldAnswers
from consistent.engine.columns.grids import Listed, Mark
from consistent.engine.columns.worlds import Worlds
from consistent.truth import Truth

__all__ = ["Many", "distinct"]

Bools = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]


class Many:
    """Many proposals, with NumPy. See `Grid`."""

    def __init__(self, starts: Sequence[int]) -> None:
        self.proposals, self.measures = len(starts) - 1, starts[-1]
        ends = np.asarray(starts, dtype=np.int64)
        self._starts, self._sizes = ends[:-1], ends[1:] - ends[:-1]
        self._known_keys: npt.NDArray[np.int64] | None = None
        self._owners = np.repeat(np.arange(self.proposals), self._sizes)

    def columns(self, answers: FieldAnswers, numbers: Sequence[int]) -> tuple[list[int], list[int]]:
        """See `Grid`."""
        places = np.asarray(numbers, dtype=np.int64)
        if len(answers.answers) <= len(places):
            table = answers.table
            if table is None or table.size != len(answers.answers):
                table = answers.table = _Table(answers.answers, len(answers.questions))
        else:
            # Of all values that were ever met most are not here.
            here, places = distinct(places, len(answers.answers))
            table = _Table([answers.answers[each] for each in here.tolist()], len(answers.questions))
        sure = _packed(np.take(table.sure, places, axis=1))
        if table.possible is None:
            return sure, sure
        return sure, _packed(np.take(table.possible, places, axis=1))

    def spread(self, bits: int) -> int:
        """See `Grid`."""
        if not bits:
            return 0
        return _packed(np.repeat(_unpacked(bits, self.proposals), self._sizes)[None, :])[0]

    def listed(self, marks: Iterable[Mark], width: int) -> Listed:
        """See `Grid`."""
        owners, places, codes = self.marked(marks, width)
        bounds = np.searchsorted(owners, np.arange(self.proposals + 1))
        return Listed(bounds.tolist(), places.tolist(), codes.tolist())

    def marked(self, marks: Iterable[Mark], width: int) -> tuple[Numbers, Numbers, Numbers]:
        """What is marked: the place of each proposal, that of the measure and one, and the code; in order. See `listed`."""
        most = (1 + int(self._sizes.max(initial=0))) * width
        found = [np.zeros(0, dtype=np.int64)]
        for level, code, bits in marks:
            if level == "proposal":
                found.append(_positions(bits, self.proposals) * most + code)
            else:
                found.append(self._keys(width, most)[_positions(bits, self.measures)] + code)
        owners, keys = np.divmod(np.sort(np.concatenate(found)), most)
        places, codes = np.divmod(keys, width)
        return owners, places, codes

    def _keys(self, width: int, most: int) -> npt.NDArray[np.int64]:
        """For each measure its proposal and its place there, as one number."""
        if self._known_keys is None:
            places = np.arange(self.measures) - self._starts[self._owners]
            self._known_keys = self._owners * most + (1 + places) * width
        return self._known_keys

    def counted(self, found: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """See `Grid`."""
        return self._within(self._count(found.sure), self._count(found.possible), within)

    def counted_others(self, found: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """See `Grid`."""
        sure, possible = (
            self._count(bits)[self._owners] - _unpacked(bits, self.measures) for bits in (found.sure, found.possible)
        )
        return self._within(sure, possible, within)

    def _count(self, bits: int) -> npt.NDArray[np.int64]:
        if not bits:
            return np.zeros(self.proposals, dtype=np.int64)
        return np.bincount(self._owners[_positions(bits, self.measures)], minlength=self.proposals)

    @staticmethod
    def _within(
        sure: npt.NDArray[np.int64], possible: npt.NDArray[np.int64], within: Callable[[int, int], Truth]
    ) -> Worlds:
        width = int(possible.max(initial=0)) + 1
        pairs, places = distinct(sure * width + possible, width * width)
        truths = np.asarray([within(*divmod(each, width)) for each in pairs.tolist()], dtype=np.uint8)[places]
        return Worlds(*_packed(np.stack([truths == Truth.YES, truths != Truth.NO])))


class _Table:
    """Answers of values: questions by values; `possible` is None where nothing is unknown."""

    def __init__(self, answers: Sequence[Answers], questions: int) -> None:
        self.size = len(answers)
        self.sure = _table([each.sure for each in answers], questions)
        vague = any(each.sure != each.possible for each in answers)
        self.possible = _table([each.possible for each in answers], questions) if vague else None


def distinct(numbers: npt.NDArray[np.integer[Any]], most: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The numbers that occur, all below `most`, and for each number its place among them."""
    occurs = np.zeros(most, dtype=np.bool_)
    occurs[numbers] = True
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[numbers]


def _table(answers: Sequence[int], size: int) -> Bools:
    """Answers of values as a table of questions by values."""
    width = (size + 7) // 8
    packed = np.frombuffer(b"".join(each.to_bytes(width, "little") for each in answers), dtype=np.uint8)
    bits = np.unpackbits(packed.reshape(len(answers), width), axis=1, count=size, bitorder="little")
    return np.ascontiguousarray(bits.T)


def _packed(rows: npt.NDArray[np.uint8] | npt.NDArray[np.bool_]) -> list[int]:
    """Rows of zeros and ones as whole numbers."""
    return [int.from_bytes(each.tobytes(), "little") for each in np.packbits(rows, axis=1, bitorder="little")]


def _unpacked(bits: int, size: int) -> Bools:
    """A whole number as zeros and ones."""
    packed = np.frombuffer(bits.to_bytes((size + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(packed, count=size, bitorder="little")


def _positions(bits: int, size: int) -> Numbers:
    """Where the ones are, which are few: first by bytes, then within those that hold any."""
    packed = np.frombuffer(bits.to_bytes((size + 7) // 8, "little"), dtype=np.uint8)
    places = np.flatnonzero(packed)
    rows, ones = np.nonzero(np.unpackbits(packed[places][:, None], axis=1, bitorder="little"))
    return places[rows] * 8 + ones
