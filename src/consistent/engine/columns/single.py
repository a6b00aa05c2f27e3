"""The row of measures of one proposal."""

from collections.abc import Callable, Iterable

from consistent.engine.columns.answering import FieldAnswers, ones
from consistent.engine.columns.grids import Listed, Mark, Said
from consistent.engine.columns.worlds import Worlds
from consistent.truth import Truth

__all__ = ["Single"]


class Single:
    """One proposal, with whole numbers alone: where there is little to do, NumPy is mostly in the way. See `Grid`."""

    def __init__(self, measures: int) -> None:
        self.proposals, self.measures = 1, measures
        self._all = (1 << measures) - 1

    def columns(self, answers: FieldAnswers, said: Said) -> tuple[list[int], list[int]]:
        """See `Grid`."""
        who: dict[int, int] = {}
        numbers = said.numbers if said.values is None else [said.values[each] for each in said.numbers]
        for place, number in enumerate(numbers):
            who[number] = who.get(number, 0) | 1 << place
        sure, possible = [0] * len(answers.questions), [0] * len(answers.questions)
        for number, places in who.items():
            surely, possibly = answers.answers[number].listed
            for each in surely:
                sure[each] |= places
            for each in possibly:
                possible[each] |= places
        return sure, possible

    def spread(self, bits: int) -> int:
        """See `Grid`."""
        return self._all if bits else 0

    def listed(self, marks: Iterable[Mark], width: int) -> Listed:
        """See `Grid`."""
        found = []
        for level, code, bits in marks:
            if level == "proposal":
                found.append(code)
            else:
                found += [(1 + each) * width + code for each in ones(bits)]
        found.sort()
        return Listed([0, len(found)], [each // width for each in found], [each % width for each in found])

    def counted(self, found: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """See `Grid`."""
        return Worlds.of([within(found.sure.bit_count(), found.possible.bit_count())])

    def counted_others(self, found: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """See `Grid`."""
        others = (self._all ^ 1 << each for each in range(self.measures))
        return Worlds.of(
            [within((found.sure & each).bit_count(), (found.possible & each).bit_count()) for each in others]
        )
