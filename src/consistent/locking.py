"""A lock that a forked process finds open: who held it in the process that was forked is not there to let it go."""

import os
import threading
from types import TracebackType

__all__ = ["Lock"]


class Lock:
    """As `threading.Lock`, in a `with` statement.

    What it guards must be whole at any time, as a dict is that is filled by single assignments: a fork may come in between.
    """

    __slots__ = ("_lock", "_process")

    def __init__(self) -> None:
        self._lock, self._process = threading.Lock(), os.getpid()

    def __enter__(self) -> None:
        if self._process != os.getpid():
            # No other thread is in here yet: a forked process begins with one.
            self._lock, self._process = threading.Lock(), os.getpid()
        self._lock.acquire()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._lock.release()
