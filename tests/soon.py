"""What hostile input must not do: take time without end."""

import contextlib
import time
from collections.abc import Iterator

__all__ = ["ends_soon"]

# Twenty times and more what the slowest of such tests takes: only growth beyond all measure reaches it.
_MOST_SECONDS = 60


@contextlib.contextmanager
def ends_soon() -> Iterator[None]:
    """The work within takes a minute of the processor at most. How fast it is, the benchmarks tell."""
    began = time.process_time()
    yield
    assert time.process_time() - began < _MOST_SECONDS
