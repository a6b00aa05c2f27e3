"""Processes of our own on this machine, and how to find an item that ends the process that checks it."""

import multiprocessing
import os
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from types import TracebackType
from typing import Self

from attrs import define, field

from consistent.corpora.checking import Done, SliceChecker
from consistent.corpora.knowledge import Luggage, check_elsewhere
from consistent.corpora.slices import Slice

__all__ = ["Processes", "Quarantine"]

_ENDED = "item ended the process that checked it"
# One death may have had another reason; the machine was short of memory, or somebody ended the process.
_DEATHS = 2


@define
class Processes:
    """A pool of processes that is replaced when one of them ends.

    Attributes:
        size: how many processes.
        patience: how often a slice is lost before it is checked alone.
    """

    size: int
    patience: int = _DEATHS
    _pool: ProcessPoolExecutor | None = field(default=None, init=False)

    @property
    def in_flight(self) -> int:
        """Enough that no process waits for the one whose turn it is to be written."""
        return 4 * self.size

    @property
    def ending(self) -> tuple[type[BaseException], ...]:
        """The pool is then broken as a whole."""
        return (BrokenProcessPool,)

    def submit(self, luggage: Luggage, each: Slice) -> "Future[Done | None]":
        """Hand over a slice."""
        if self._pool is None:
            # A fork would copy the threads' locks, and engines do not outlive one.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.size, context, initializer=_begin)
        return self._pool.submit(check_elsewhere, luggage, each)

    def renew(self) -> bool:
        """Give up the pool; the next slice gets a new one."""
        self.close()
        return True

    def close(self) -> None:
        """End the processes, after the slice that each is at."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


@define
class Quarantine:
    """Checks slices of which one may end the process that checks it, each in a process of its own."""

    luggage: Luggage
    checker: SliceChecker
    _processes: Processes = field(factory=lambda: Processes(1), init=False)

    def check(self, each: Slice) -> Done:
        """Check a slice; an item that ends the process is reported as bad, and the others are checked."""
        for _ in range(_DEATHS if len(each.sources) == 1 else 1):
            try:
                done = self._processes.submit(self.luggage, each).result()
            except BrokenProcessPool:
                self._processes.renew()
            else:
                if done is None:  # pragma: no cover  the luggage went along
                    raise AssertionError
                return done
        if len(each.sources) == 1:
            return self.checker.blame(each, _ENDED)
        first, second = each.halves()
        return self.check(first) + self.check(second)

    def close(self) -> None:
        """End its process."""
        self._processes.close()


def _begin() -> None:
    """Begin a process: one that ends with the program that began it, however that ends."""
    # Ctrl-C reaches every process of a terminal; the program says when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
