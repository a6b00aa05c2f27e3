"""How the work on a text grows with its length: twice the text may take a little more than twice the time, and no more."""

import gc
import time
from collections.abc import Callable

__all__ = ["growth"]

# Of twice the text; what grows with the square takes four times as long.
_MOST = 2.3
_ROUNDS = 5
# Of the processor, for one text. Nothing that grows with the text comes near.
_SECONDS = 60.0


def growth(work: Callable[[int], object], sizes: tuple[int, ...] = (20_000, 40_000, 80_000)) -> float | None:
    """By how much the time grows where the text doubles, if that is too much; None where it is not.

    Measured in time of the processor, the least of several rounds, so that a busy machine changes little. What takes another
    way from some length on may take a leap there, and not at each length.

    Args:
        work: on a text of about so many letters.
        sizes: in order, each with its double; the first at which the time grows as the text does is enough.
    """
    found: float | None = None
    for size in sizes:
        one = two = float("inf")
        for _ in range(_ROUNDS):
            one, two = min(one, _seconds(work, size)), min(two, _seconds(work, 2 * size))
            if two <= _MOST * one:
                return None
            if two > _SECONDS:
                return two / one
        found = two / one
    return found


def _seconds(work: Callable[[int], object], size: int) -> float:
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        work(size)
        return time.process_time() - began
    finally:
        gc.enable()
