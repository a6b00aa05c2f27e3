"""What a text says of places and acts, in its order."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

__all__ = ["without_overlap"]


class _Event(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_T = TypeVar("_T", bound=_Event)


def without_overlap(events: Iterable[_T]) -> list[_T]:
    """The events in the order of the text; of those that overlap, what begins first, and the longest: 'Part' in a name is no part."""
    kept: list[_T] = []
    for each in sorted(events, key=lambda each: (each.start, -each.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept
