"""Proposals in columns, for those who ask the same ones again and again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from consistent.engine._answers import FieldAnswers, FieldQuestions
from consistent.engine.batch import starts_of
from consistent.engine.columns._layouts import ValueNumbers
from consistent.engine.columns.many import distinct
from consistent.model.proposal import COMMON, Proposal
from consistent.model.values import UNKNOWN, Value
from consistent.rules.program import Subject
from consistent.shown import Shown

__all__ = ["Corpus", "CorpusPart"]


@frozen
class _Column:
    """The values that occur in a field, and for each subject the number of its own."""

    values: tuple[Value, ...]
    numbers: npt.NDArray[np.intp]


@frozen(eq=False)
class Corpus(Shown):
    """Proposals, with what each field says in a column of numbers. It can be asked by any pack, after any change of rules.

    Attributes:
        proposals: in order.
    """

    proposals: tuple[Proposal, ...]
    starts: npt.NDArray[np.int64] = field(repr=False)
    _columns: Mapping[tuple[Subject, str], _Column] = field(repr=False)

    @classmethod
    def of(cls, proposals: Iterable[Proposal]) -> "Corpus":
        """Put proposals into columns; all of them are kept in memory."""
        whole = tuple(proposals)
        measures = list(chain.from_iterable(map(attrgetter("measures"), whole)))
        columns: dict[tuple[Subject, str], _Column] = {}
        owners: tuple[tuple[Subject, Iterable[str]], ...] = (
            (
                "measure",
                dict.fromkeys(chain(COMMON.measure, *({name for name, _ in one.own} for one in measures if one.own))),
            ),
            (
                "proposal",
                dict.fromkeys(chain(COMMON.proposal, *({name for name, _ in one.own} for one in whole if one.own))),
            ),
        )
        for owner, names in owners:
            for name in names:
                # Questions are of no use here: what is wanted are the numbers of the values.
                asked = FieldQuestions(owner, name, 0, FieldAnswers(()))
                numbers = np.asarray(asked.numbers(whole, measures), dtype=np.intp)
                columns[owner, name] = _Column(asked.answers.values, numbers)
        return cls(whole, np.asarray(starts_of(whole), dtype=np.int64), columns)

    def __len__(self) -> int:
        return len(self.proposals)

    def __iter__(self) -> Iterator[Proposal]:
        return iter(self.proposals)

    def parts(self, most: int) -> "Iterator[CorpusPart]":
        """The corpus in pieces of so many proposals."""
        return (CorpusPart(self, first, min(first + most, len(self))) for first in range(0, len(self), most))

    def column(self, owner: Subject, name: str) -> _Column:
        """What a field says; one of a pack's own that no proposal records, nothing."""
        if (owner, name) not in self._columns:
            subjects = len(self.proposals) if owner == "proposal" else int(self.starts[-1])
            return _Column((UNKNOWN,), np.zeros(subjects, dtype=np.intp))
        return self._columns[owner, name]


class CorpusPart:
    """Some proposals of a corpus, one after another. See `Subjects`."""

    def __init__(self, corpus: Corpus, first: int, last: int) -> None:
        self.first = first
        self.proposals: Sequence[Proposal] = corpus.proposals[first:last]
        starts = corpus.starts[first : last + 1]
        self.starts: Sequence[int] = (starts - starts[0]).tolist()
        self._corpus = corpus
        self._spans = {"proposal": slice(first, last), "measure": slice(*starts[[0, -1]].tolist())}

    def value_numbers(self, asked: FieldQuestions) -> ValueNumbers:
        """See `Subjects`."""
        column = self._corpus.column(asked.owner, asked.name)
        places: Any = column.numbers[self._spans[asked.owner]]
        values = column.values
        if len(values) > len(places):
            # Of all values of the corpus most are not in this part.
            here, places = distinct(places, len(values))
            values = tuple(values[number] for number in here.tolist())
        return ValueNumbers(places, asked.answers.numbers(values))
