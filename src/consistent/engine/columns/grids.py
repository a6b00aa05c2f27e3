"""What has to know how the measures of a batch lie in a row: one proposal with plain numbers, many with NumPy."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from consistent.engine.answers import FieldAnswers
from consistent.engine.batch import Layout
from consistent.engine.worlds import Worlds
from consistent.truth import Truth

__all__ = ["Grid", "Said"]


class Said(NamedTuple):
    """What every subject says in a field.

    Attributes:
        numbers: of the values, as the questions of the field know them.
        values: where it is not None, places in it stand in `numbers`, and it has the numbers of the values.
    """

    numbers: Sequence[int]
    values: Sequence[int] | None = None


class Grid(Layout, Protocol):
    """A layout that can also be filled and counted: what this evaluator does with the row of measures of a batch."""

    def columns(self, answers: FieldAnswers, said: Said) -> tuple[list[int], list[int]]:
        """The columns of the questions of a field, what is sure and what is possible, from the value that each subject has."""

    def counted(self, found: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """For each proposal whether the number of its measures that are sure, and that are possible, lies within bounds."""

    def counted_others(self, found: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """For each measure the same of the other measures of its proposal."""
