"""The row of measures of many proposals."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from consistent.engine.columns.answering import FieldAnswers
from consistent.engine.columns.grids import Listed, Mark
from consistent.engine.columns.worlds import Worlds
from consistent.truth import Truth

__all__ = ["Many"]

Bools = npt.NDArray[np.uint8]


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
        values, places = _distinct(np.asarray(numbers, dtype=np.int64), len(answers.answers))
        met = [answers.answers[each] for each in values.tolist()]
        size = len(answers.questions)
        sure = _packed(np.take(_table([each.sure for each in met], size), places, axis=1))
        if all(each.sure == each.possible for each in met):
            return sure, sure
        return sure, _packed(np.take(_table([each.possible for each in met], size), places, axis=1))

    def spread(self, bits: int) -> int:
        """See `Grid`."""
        if not bits:
            return 0
        return _packed(np.repeat(_unpacked(bits, self.proposals), self._sizes)[None, :])[0]

    def listed(self, marks: Iterable[Mark], width: int) -> Listed:
        """See `Grid`."""
        most = (1 + int(self._sizes.max(initial=0))) * width
        found = [np.zeros(0, dtype=np.int64)]
        for level, code, bits in marks:
            if level == "proposal":
                found.append(_positions(bits, self.proposals) * most + code)
            else:
                found.append(self._keys(width, most)[_positions(bits, self.measures)] + code)
        owners, keys = np.divmod(np.sort(np.concatenate(found)), most)
        places, codes = np.divmod(keys, width)
        bounds = np.searchsorted(owners, np.arange(self.proposals + 1))
        return Listed(bounds.tolist(), places.tolist(), codes.tolist())

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
        pairs, places = _distinct(sure * width + possible, width * width)
        truths = np.asarray([within(*divmod(each, width)) for each in pairs.tolist()], dtype=np.uint8)[places]
        return Worlds(*_packed(np.stack([truths == Truth.YES, truths != Truth.NO])))


def _distinct(numbers: npt.NDArray[np.int64], most: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
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


def _positions(bits: int, size: int) -> npt.NDArray[np.intp]:
    """Where the ones are."""
    return np.flatnonzero(_unpacked(bits, size))
