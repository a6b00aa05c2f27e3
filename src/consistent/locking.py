"""Locks that a forked process finds open: who held one in the process that was forked is not there to let it go."""

import functools
import os
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Any

__all__ = ["Lock", "cached_property"]


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


if TYPE_CHECKING:
    from functools import cached_property
else:

    class cached_property(functools.cached_property):  # noqa: N801  named as what it stands for
        """As that of `functools`, but for the lock that Python 3.11 holds meanwhile, of all instances.

        What two threads make at once is made twice; the first that is done is what both get, and all others.
        """

        def __get__(self, instance: Any, owner: type | None = None) -> Any:
            # Asked only while there is none: what an instance has goes before.
            return self if instance is None else vars(instance).setdefault(self.attrname, self.func(instance))
