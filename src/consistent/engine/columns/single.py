"""The row of measures of one proposal."""

from collections.abc import Callable

from consistent.engine.answers import FieldAnswers, columns_of
from consistent.engine.batch import OneProposal
from consistent.engine.columns.grids import Said
from consistent.engine.worlds import Worlds
from consistent.truth import Truth

__all__ = ["Single"]


class Single(OneProposal):
    """One proposal, with whole numbers alone. See `Grid`."""

    def columns(self, answers: FieldAnswers, said: Said) -> tuple[list[int], list[int]]:
        """See `Grid`."""
        return columns_of(
            answers, said.numbers if said.values is None else [said.values[place] for place in said.numbers]
        )

    def counted(self, found: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """See `Grid`."""
        return Worlds.of([within(found.sure.bit_count(), found.possible.bit_count())])

    def counted_others(self, found: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """See `Grid`."""
        # For each measure a mask of all but itself.
        others = (self._all ^ 1 << measure for measure in range(self.measures))
        return Worlds.of(
            [within((found.sure & mask).bit_count(), (found.possible & mask).bit_count()) for mask in others]
        )
