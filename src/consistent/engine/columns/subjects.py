"""Whom questions are put to: proposals as they come, each field of which has values that the plan numbers."""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from typing import Protocol

from consistent.engine.answers import FieldQuestions
from consistent.engine.batch import starts_of
from consistent.engine.columns.grids import Said
from consistent.model.proposal import Measure, Proposal

__all__ = ["Given", "Subjects"]


class Subjects(Protocol):
    """Proposals with their measures, all in a row."""

    @property
    def proposals(self) -> Sequence[Proposal]:
        """In order."""

    @property
    def starts(self) -> Sequence[int]:
        """Where the measures of each proposal begin in the row of all, and at the end how many there are."""

    def said(self, asked: FieldQuestions) -> Said:
        """What every measure says in the field, or every proposal."""


class Given:
    """Proposals as objects; what they say is numbered when it is asked for."""

    def __init__(self, proposals: Sequence[Proposal]) -> None:
        self.proposals, self.starts = proposals, starts_of(proposals)
        self._measures: list[Measure] = list(chain.from_iterable(map(attrgetter("measures"), proposals)))

    def said(self, asked: FieldQuestions) -> Said:
        """See `Subjects`."""
        return Said(asked.numbers(self.proposals, self._measures))
