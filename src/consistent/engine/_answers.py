"""What one field answers: each value that it takes is met once, numbered, and asked every question of the field.

A pack asks a field many questions, and proposals take few different values. So values are interned, each with its answers (a
bit for each question) in a cache, and later only looked up by number. Columns and durable-rules both ask in this way; the plain evaluator,
which judges them, does not.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from operator import attrgetter, methodcaller
from typing import Any

from attrs import define, field, frozen

from consistent.engine.worlds import ones
from consistent.locking import cached_property
from consistent.model.proposal import COMMON, Measure, Proposal
from consistent.model.values import UNKNOWN, Atom, Value
from consistent.rules.program import Column, Question, Subject, ask
from consistent.sources import broader_citations
from consistent.truth import Truth

__all__ = ["Answers", "FieldAnswers", "FieldQuestions", "columns_of", "fields_of"]

# Values are evicted beyond these, so that memory does not grow with what is checked.
_MOST_VALUES = 1 << 15
_MOST_OBJECTS = 1 << 18


@frozen
class Answers:
    """What one value answers: bit n for the n-th question of the field.

    INVARIANT: what is sure is possible.
    """

    sure: int
    possible: int

    @cached_property
    def listed(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The same as numbers of questions: most values have few answers to many questions."""
        return tuple(ones(self.sure)), tuple(ones(self.possible))


@define(eq=False)
class FieldAnswers:
    """The questions to one field of the measures, or of the proposal, and what each value met so far answers.

    Attributes:
        answers: by number of the value; empty at first, and after `evict`.
        table: a cache for who looks many up: the same in a form of its own; None where it was not made, or values were evicted.
    """

    questions: tuple[Question, ...]
    answers: list[Answers] = field(factory=list, init=False)
    table: Any = field(default=None, init=False)
    _numbers: dict[Value, int] = field(factory=dict, init=False)
    # Values are mostly the same objects again: those are known by their address. INVARIANT: each stays alive in `_kept`.
    _by_address: dict[int, int] = field(factory=dict, init=False)
    _kept: list[Value] = field(factory=list, init=False)
    _of_atoms: dict[Atom, Answers] = field(factory=dict, init=False)
    _asked_of_sets: int = field(init=False)
    _others: tuple[tuple[int, Question], ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        numbered = tuple(enumerate(self.questions))
        self._others = tuple((number, question) for number, question in numbered if question.operator != "any")
        # An open value may hold any atom, so that whatever asks for some atom is possible; what asks for any of none is not.
        self._asked_of_sets = sum(
            1 << number for number, question in numbered if question.operator == "any" and question.operand
        )

    def __getstate__(self) -> tuple[Any, ...]:
        # Which values were met is of this process: they are known by their address.
        return self.questions, self._index

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        questions, index = state
        self.__init__(questions)  # type: ignore[misc]  # as any that is made
        self._index = index

    def numbers(self, values: Sequence[Value]) -> list[int]:
        """The numbers of values, in order; what was not met before is asked."""
        known = self._by_address
        # Mostly all are known: then one pass without a line of Python for each value.
        try:
            return list(map(known.__getitem__, map(id, values)))
        except KeyError:
            return [known[id(value)] if id(value) in known else self._intern(value) for value in values]

    @property
    def values(self) -> tuple[Value, ...]:
        """Those met so far, by number."""
        return tuple(self._numbers)

    def number_of(self, value: Value) -> int | None:
        """The number of a value; None where it was not met."""
        return self._numbers.get(value)

    def evict(self) -> bool:
        """Evict all values from the cache where they are too many. Numbers given before mean nothing then.

        Returns:
            Whether it did.
        """
        if len(self.answers) <= _MOST_VALUES and len(self._kept) <= _MOST_OBJECTS:
            return False
        for cache in (self.answers, self._numbers, self._by_address, self._kept, self._of_atoms):
            cache.clear()
        self.table = None
        return True

    def _intern(self, value: Value) -> int:
        number = self._numbers.get(value)
        if number is None:
            # A value has its number only with its answers: what ends here in between must not give that to another.
            answers, number = self._asked(value), len(self.answers)
            self.answers.append(answers)
            self._numbers[value] = number
        self._kept.append(value)
        self._by_address[id(value)] = number
        return number

    def _asked(self, value: Value) -> Answers:
        if value.open and value.no:
            return _ask_all(tuple(enumerate(self.questions)), value)
        # What a set has any of is decided by its atoms, one by one; nothing is known to be absent but by being closed.
        # That saves asking: the atoms of a pack are few, the sets that proposals make of them are not.
        sure, possible = 0, self._asked_of_sets if value.open else 0
        for atom in value.yes:
            of_atom = self._of_atoms.get(atom)
            if of_atom is None:
                of_atom = self._of_atoms[atom] = self._asked_of_atom(atom)
            sure |= of_atom.sure
            possible |= of_atom.possible
        others = _ask_all(self._others, value)
        return Answers(sure | others.sure, possible | others.possible)

    def _asked_of_atom(self, atom: Atom) -> Answers:
        """What a set has any of, if it has this; as `Value.has_any` says it."""
        asking, around = self._index
        sure = asking.get(atom, 0)
        for wider in _wider(atom):
            sure |= asking.get(wider, 0)
        return Answers(sure, sure | around.get(atom, 0))

    @cached_property
    def _index(self) -> tuple[dict[Atom, int], dict[Atom, int]]:
        """By atom the questions that ask for it, and those that ask for what a citation contains.

        Who cites an article may mean the paragraph that is asked for: that is possible. Who cites the paragraph cites the
        article, which is sure.
        """
        asking: dict[Atom, int] = {}
        around: dict[Atom, int] = {}
        for number, question in enumerate(self.questions):
            if question.operator == "any" and isinstance(question.operand, frozenset):
                for atom in question.operand:
                    asking[atom] = asking.get(atom, 0) | 1 << number
                    for wider in _wider(atom):
                        around[wider] = around.get(wider, 0) | 1 << number
        return asking, around


def _wider(atom: Atom) -> Sequence[str]:
    return broader_citations(atom)[1:] if isinstance(atom, str) else ()


def _ask_all(questions: Sequence[tuple[int, Question]], value: Value) -> Answers:
    sure = possible = 0
    for number, question in questions:
        truth = ask(question.operator, question.operand, value)
        if truth is not Truth.NO:
            possible |= 1 << number
            if truth is Truth.YES:
                sure |= 1 << number
    return Answers(sure, possible)


@frozen(eq=False)
class FieldQuestions:
    """The columns that the values of one field answer: as many as there are questions, from `first` on."""

    owner: Subject
    name: str
    first: int
    answers: FieldAnswers
    _read: Callable[[Any], Value] = field(init=False, repr=False)

    @_read.default
    def _reading(self) -> Callable[[Any], Value]:
        # What every pack has is an attribute: read without a line of Python for each.
        common = COMMON.proposal if self.owner == "proposal" else COMMON.measure
        return attrgetter(self.name) if self.name in common else methodcaller("value", self.name)

    def numbers(self, proposals: Sequence[Proposal], measures: Sequence[Measure]) -> Sequence[int]:
        """By number, the value of the field that every measure has, or every proposal.

        Args:
            proposals: at least one.
            measures: those of all proposals.
        """
        answers, read = self.answers, self._read
        if self.owner == "proposal":
            return answers.numbers(list(map(read, proposals)))
        if self.name == "temporal_effect":
            # Where it is not stated, it follows from dates of the measure and the proposal.
            pairs = ((proposal, measure) for proposal in proposals for measure in proposal.measures)
            return answers.numbers([proposal.value(self.name, measure) for proposal, measure in pairs])
        numbers = answers.numbers(list(map(read, measures)))
        unknown = answers.number_of(UNKNOWN) if self.name == "legal_basis" else None
        if unknown is None or unknown not in numbers:
            return numbers
        # A measure without a basis of its own rests on that of the proposal.
        inherited = answers.numbers(list(map(read, proposals)))
        of_measures = chain.from_iterable(
            repeat(number, len(proposal.measures)) for number, proposal in zip(inherited, proposals, strict=True)
        )
        return [theirs if own == unknown else own for own, theirs in zip(numbers, of_measures, strict=True)]


def fields_of(columns: Iterable[Column]) -> tuple[FieldQuestions, ...]:
    """The questions among the columns, by field."""
    groups: dict[tuple[Subject, str], list[Question]] = {}
    for column in columns:
        if isinstance(column, Question):
            groups.setdefault((column.scope, column.field), []).append(column)
    fields, first = [], 0
    for (owner, name), questions in groups.items():
        fields.append(FieldQuestions(owner, name, first, FieldAnswers(tuple(questions))))
        first += len(questions)
    return tuple(fields)


def columns_of(answers: FieldAnswers, numbers: Iterable[int]) -> tuple[list[int], list[int]]:
    """The columns of a field for a few subjects, as whole numbers.

    Args:
        answers: the questions of the field, and what its values answer.
        numbers: for each subject, the number of its value.

    Returns:
        For each question the subjects for which the answer is surely yes, and those for which it may be; a bit for each.
    """
    # First by value, as subjects often have the same one: then its answers are gone through once for all of them.
    subjects_with: dict[int, int] = {}
    for subject, number in enumerate(numbers):
        subjects_with[number] = subjects_with.get(number, 0) | 1 << subject
    sure, possible = [0] * len(answers.questions), [0] * len(answers.questions)
    for number, subjects in subjects_with.items():
        surely, possibly = answers.answers[number].listed
        for question in surely:
            sure[question] |= subjects
        for question in possibly:
            possible[question] |= subjects
    return sure, possible
