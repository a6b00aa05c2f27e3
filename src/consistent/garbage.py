"""The cyclic garbage collector of Python, slowed down or paused while much is made that stays.

CPython starts a collection whenever some 700 more containers were made than freed, and walks through those that survived. A loaded
pack is hundreds of thousands of objects of which none is garbage: to walk through them takes longer than to make them.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collector_paused", "collector_relaxed"]

# New containers after which the youngest generation is collected, in place of 700.
_THRESHOLD = 100_000


@contextmanager
def collector_relaxed() -> Iterator[None]:
    """Within the block the collector runs seldom; afterwards its thresholds are as before.

    For code that makes much, and may make garbage too: a whole command, say.
    """
    before = gc.get_threshold()
    gc.set_threshold(_THRESHOLD, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Within the block the collector does not run; afterwards it does if it did before.

    For code that makes no reference cycles: what such code drops is freed by reference counts.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
