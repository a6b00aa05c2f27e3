"""What is asked of many measures alike is told of some of them: of a long act a finding on the whole can rest on dozens."""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from consistent.findings.said import Unknown
from consistent.model.text import Language, Localized

__all__ = ["asked_once", "in_short", "names_in_short"]

# Of the measures of which the same is asked, so many are told whole, and so many more by name.
_WHOLE, _NAMED = 3, 12
_MORE = Localized("{names} and {count} more", "{names} en nog {count}")


class _Asked(Protocol):
    @property
    def subject(self) -> str: ...
    @property
    def measure(self) -> str | None: ...
    @property
    def field(self) -> str: ...
    @property
    def condition(self) -> str: ...


_T = TypeVar("_T", bound=_Asked)


def asked_once(unknown: Sequence[Unknown]) -> list[Unknown]:
    """Without what is asked of a measure again, as it is where several facts or conditions ask the same."""
    first: dict[tuple[str | None, Localized], Unknown] = {}
    for each in unknown:
        first.setdefault((each.measure, each.text), each)
    return list(first.values())


def in_short(asked: Sequence[_T]) -> Iterator[tuple[_T, tuple[str, ...]]]:
    """What is told whole, in order, and after the last of its like the measures of which the same is only said to hold.

    Args:
        asked: `Because` or `Unknown` of one rule, in order.

    Yields:
        One of them, with ids of measures: none but after the last of those that are alike.
    """
    measures: dict[tuple[str, str, str], dict[str | None, int]] = {}
    for one in asked:
        alike = measures.setdefault(_kind(one), {})
        alike.setdefault(one.measure, len(alike))
    last = {(_kind(one), one.measure): place for place, one in enumerate(asked)}
    for place, one in enumerate(asked):
        alike = measures[_kind(one)]
        number = alike[one.measure]
        if number >= _WHOLE:
            continue
        is_last = number == _WHOLE - 1 and last[_kind(one), one.measure] == place
        yield one, tuple(map(str, list(alike)[_WHOLE:])) if is_last else ()


def _kind(one: _Asked) -> tuple[str, str, str]:
    return one.subject, one.field, one.condition


def names_in_short(names: Sequence[str], language: Language) -> str:
    """Ids of measures, the first of them where they are many, with the number of the others."""
    shown = ", ".join(names[:_NAMED])
    left = len(names) - _NAMED
    return _MORE.get(language).format(names=shown, count=left) if left > 0 else shown
