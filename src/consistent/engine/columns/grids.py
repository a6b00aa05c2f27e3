"""What has to know how the measures of a batch lie in a row: one proposal with plain numbers, many with NumPy."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from consistent.engine.columns.answering import FieldAnswers
from consistent.engine.columns.worlds import Worlds
from consistent.rules.program import Asked
from consistent.truth import Truth

__all__ = ["Grid", "Listed", "Mark", "Said"]


class Said(NamedTuple):
    """What every subject says in a field.

    Attributes:
        numbers: of the values, as the questions of the field know them.
        values: where it is not None, places in it stand in `numbers`, and it has the numbers of the values.
    """

    numbers: Sequence[int]
    values: Sequence[int] | None = None


# Whose bits they are, a code, and the bits.
Mark = tuple[Asked, int, int]


class Listed(NamedTuple):
    """What is marked, in order of proposal, measure and code.

    Attributes:
        bounds: where in the lists each proposal begins, and at the end how long they are.
        places: the place of the measure in its proposal and one; 0 for the proposal as a whole.
        codes: of the marks.
    """

    bounds: list[int]
    places: list[int]
    codes: list[int]


class Grid(Protocol):
    """The row of measures of a batch."""

    @property
    def measures(self) -> int:
        """How many there are."""

    @property
    def proposals(self) -> int:
        """How many there are."""

    def columns(self, answers: FieldAnswers, said: Said) -> tuple[list[int], list[int]]:
        """The columns of the questions of a field, what is sure and what is possible, from the value that each subject has."""

    def spread(self, bits: int) -> int:
        """From bits of proposals to bits of their measures."""

    def listed(self, marks: Iterable[Mark], width: int) -> Listed:
        """What is marked, by proposal.

        Args:
            marks: each of which has a code below `width`.
            width: how many codes there are.
        """

    def counted(self, found: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """For each proposal whether the number of its measures that are sure, and that are possible, lies within bounds."""

    def counted_others(self, found: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """For each measure the same of the other measures of its proposal."""
