"""What one field answers: each value that it takes is met once, numbered, and asked every question of the field."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from attrs import define, field, frozen

from consistent.model.values import Atom, Value
from consistent.rules.asking import ask
from consistent.rules.program import Question
from consistent.sources import broader_citations
from consistent.truth import Truth

__all__ = ["Answers", "FieldAnswers", "ones"]

# Values are let go beyond these, so that memory does not grow with what is checked.
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
        """The same as numbers of questions."""
        return tuple(ones(self.sure)), tuple(ones(self.possible))


@define(eq=False)
class FieldAnswers:
    """The questions to one field of the measures, or of the proposal, and what each value met so far answers.

    Attributes:
        answers: by number of the value.
        table: for who looks many up: the same in a form of its own; None where it was not made, or values were let go.
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
        self._others = tuple((number, each) for number, each in numbered if each.operator != "any")
        # Of an open value nothing is possible that asks for nothing.
        self._asked_of_sets = sum(1 << number for number, each in numbered if each.operator == "any" and each.operand)

    def numbers(self, values: Sequence[Value]) -> list[int]:
        """The numbers of values, in order; what was not met before is asked."""
        known = self._by_address
        try:
            return list(map(known.__getitem__, map(id, values)))
        except KeyError:
            return [known[id(each)] if id(each) in known else self._learn(each) for each in values]

    @property
    def values(self) -> tuple[Value, ...]:
        """Those met so far, by number."""
        return tuple(self._numbers)

    def number_of(self, value: Value) -> int | None:
        """The number of a value; None where it was not met."""
        return self._numbers.get(value)

    def forget(self) -> bool:
        """Let go of all values where they are too many; True where it did. Numbers given before mean nothing then."""
        if len(self.answers) <= _MOST_VALUES and len(self._kept) <= _MOST_OBJECTS:
            return False
        for each in (self.answers, self._numbers, self._by_address, self._kept, self._of_atoms):
            each.clear()
        self.table = None
        return True

    def _learn(self, value: Value) -> int:
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
        """By atom the questions that ask for it, and those that ask for what a citation contains."""
        asking: dict[Atom, int] = {}
        around: dict[Atom, int] = {}
        for number, each in enumerate(self.questions):
            if each.operator == "any" and isinstance(each.operand, frozenset):
                for atom in each.operand:
                    asking[atom] = asking.get(atom, 0) | 1 << number
                    for wider in _wider(atom):
                        around[wider] = around.get(wider, 0) | 1 << number
        return asking, around


def _wider(atom: Atom) -> Sequence[str]:
    return broader_citations(atom)[1:] if isinstance(atom, str) else ()


def _ask_all(questions: Sequence[tuple[int, Question]], value: Value) -> Answers:
    sure = possible = 0
    for number, each in questions:
        truth = ask(each.operator, each.operand, value)
        if truth is not Truth.NO:
            possible |= 1 << number
            if truth is Truth.YES:
                sure |= 1 << number
    return Answers(sure, possible)


def ones(bits: int) -> Iterator[int]:
    """Where the ones of a small number are."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
