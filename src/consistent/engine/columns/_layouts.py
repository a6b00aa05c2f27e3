"""What has to know how the measures of a batch lie in a row: one proposal with plain numbers, many with NumPy."""

from collections.abc import Callable, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, Protocol

from consistent.engine._answers import FieldAnswers, FieldQuestions, columns_of
from consistent.engine.batch import Layout, OneProposal, starts_of
from consistent.engine.worlds import Worlds
from consistent.model.proposal import Measure, Proposal
from consistent.truth import Truth

__all__ = ["Grid", "ListedProposals", "PlainGrid", "Subjects", "ValueNumbers"]


class ValueNumbers(NamedTuple):
    """The value that every subject has in a field, by number.

    Attributes:
        numbers: of the values, as the questions of the field know them.
        values: where it is not None, places in it stand in `numbers`, and it has the numbers of the values.
    """

    numbers: Sequence[int]
    values: Sequence[int] | None = None


class Grid(Layout, Protocol):
    """A layout that can also be filled and counted: what this evaluator does with the row of measures of a batch."""

    def columns(self, answers: FieldAnswers, numbers: ValueNumbers) -> tuple[list[int], list[int]]:
        """The columns of the questions of a field, what is sure and what is possible, from the value that each subject has."""

    def counted(self, met: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """For each proposal whether the number of its measures that are sure, and that are possible, lies within bounds."""

    def counted_others(self, met: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """For each measure the same of the other measures of its proposal."""


class PlainGrid(OneProposal):
    """One proposal, with whole numbers alone. See `Grid`."""

    def columns(self, answers: FieldAnswers, numbers: ValueNumbers) -> tuple[list[int], list[int]]:
        """See `Grid`."""
        return columns_of(
            answers, numbers.numbers if numbers.values is None else [numbers.values[place] for place in numbers.numbers]
        )

    def counted(self, met: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """See `Grid`."""
        return Worlds.of([within(met.sure.bit_count(), met.possible.bit_count())])

    def counted_others(self, met: Worlds, within: Callable[[int, int], Truth]) -> Worlds:
        """See `Grid`."""
        # For each measure a mask of all but itself.
        others = (self._all ^ 1 << measure for measure in range(self.measures))
        return Worlds.of([within((met.sure & mask).bit_count(), (met.possible & mask).bit_count()) for mask in others])


# Whom questions are put to: proposals as they come, each field of which has values that the plan numbers.


class Subjects(Protocol):
    """Proposals with their measures, all in a row."""

    @property
    def proposals(self) -> Sequence[Proposal]:
        """In order."""

    @property
    def starts(self) -> Sequence[int]:
        """Where the measures of each proposal begin in the row of all, and at the end how many there are."""

    def value_numbers(self, asked: FieldQuestions) -> ValueNumbers:
        """The numbers of the values that every measure, or every proposal, has in the field."""


class ListedProposals:
    """Proposals as objects; their values are numbered lazily, field by field."""

    def __init__(self, proposals: Sequence[Proposal]) -> None:
        self.proposals, self.starts = proposals, starts_of(proposals)
        self._measures: list[Measure] = list(chain.from_iterable(map(attrgetter("measures"), proposals)))

    def value_numbers(self, asked: FieldQuestions) -> ValueNumbers:
        """See `Subjects`."""
        return ValueNumbers(asked.numbers(self.proposals, self._measures))
