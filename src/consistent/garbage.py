"""The garbage collector of Python, kept from looking again and again for what is not there.

A pack is hundreds of thousands of objects that stay, as are the modules that read it: to look through them takes longer than to
make them.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collector_paused", "collector_relaxed"]

_SELDOM = 100_000


@contextmanager
def collector_relaxed() -> Iterator[None]:
    """Garbage is looked for more seldom meanwhile: when so many objects came to be, and not 700."""
    before = gc.get_threshold()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Nothing is collected meanwhile."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
