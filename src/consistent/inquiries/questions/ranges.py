"""Amounts and dates as the stretches between the thresholds of rules."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from attrs import frozen

from consistent.inquiries.questions.pending import Asked
from consistent.model.values import Atom, Value
from consistent.rules.conditions import Operator

__all__ = ["Range", "ranges"]

# Where a test on a threshold changes its answer: at the threshold itself, or just after it.
_TURNS: dict[Operator, tuple[int, ...]] = {
    "over": (1,), "at_most": (1,), "under": (0,), "at_least": (0,), "any": (0, 1), "only": (0, 1),
}  # fmt: skip
_LAST_DAY = date.max.toordinal()


@frozen
class Range:
    """Whole numbers, or days, on which all tests answer alike.

    Attributes:
        first, last: both included; None for no bound.
        after, before: the thresholds beside it, where a rule names those rather than the bounds themselves.
        example: one of them.
    """

    first: Atom | None
    last: Atom | None
    after: Atom | None
    before: Atom | None
    example: Atom

    def holds(self, atom: Atom) -> bool:
        """Whether it lies within."""
        number = _number(atom)
        return (self.first is None or _number(self.first) <= number) and (
            self.last is None or number <= _number(self.last)
        )


def ranges(asked: Iterable[Asked], value: Value, *, dates: bool) -> tuple[Range, ...]:
    """The stretches, lowest first, without those that the value is known not to lie in."""
    turns: set[int] = set()
    named: set[int] = set()
    for each in asked:
        for atom in each.named:
            named.add(_number(atom))
            turns |= {_number(atom) + step for step in _TURNS.get(each.operator, ())}
    starts: list[int | None] = [None, *sorted(turns)]
    ends = [*(start - 1 for start in sorted(turns)), None]
    return tuple(_made(start, end, named, value, dates=dates) for start, end in zip(starts, ends, strict=True)
                 if _example(start, end, value, dates=dates) is not None)  # fmt: skip


def _made(start: int | None, end: int | None, named: set[int], value: Value, *, dates: bool) -> Range:
    def bound(number: int | None) -> Atom | None:
        return None if number is None else _atom(number, dates=dates)

    after = start - 1 if start is not None and start - 1 in named and start not in named else None
    before = end + 1 if end is not None and end + 1 in named and end not in named else None
    example = cast("int", _example(start, end, value, dates=dates))
    return Range(bound(start), bound(end), bound(after), bound(before), _atom(example, dates=dates))


def _example(start: int | None, end: int | None, value: Value, *, dates: bool) -> int | None:
    """A number of the stretch that the value may have: its bounds, else one near them."""
    refused = {_number(each) for each in value.no if isinstance(each, int | date)} if value.open else set()
    for number in _near(start, end, len(refused) + 1):
        within = (start is None or start <= number) and (end is None or number <= end)
        if within and number not in refused and (not dates or 1 <= number <= _LAST_DAY):
            return number
    return None


def _near(start: int | None, end: int | None, count: int) -> Iterator[int]:
    if start is not None:
        yield from range(start, start + count)
    elif end is not None:
        yield from range(end, end - count, -1)
    else:
        yield from range(1, count + 1)


def _number(atom: Atom) -> int:
    return atom.toordinal() if isinstance(atom, date) else int(atom)


def _atom(number: int, *, dates: bool) -> Atom:
    return date.fromordinal(min(max(number, 1), _LAST_DAY)) if dates else number
