"""What hostile input must not do: take time without end."""

import contextlib
import time
from collections.abc import Iterator

__all__ = ["ends_soon"]


@contextlib.contextmanager
def ends_soon(seconds: float = 60) -> Iterator[None]:
    """The work within takes no more of the processor's time. How fast it is, the benchmarks tell.

    Args:
        seconds: unless given twenty times and more what the slowest of such tests takes, so that only growth beyond all
            measure reaches it.
    """
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds
