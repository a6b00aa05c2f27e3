"""Processes of our own on this machine, and how to find an item that ends the process that checks it."""

import multiprocessing
import os
import pickle
import signal
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from threading import Thread
from types import TracebackType
from typing import Self

from attrs import define, field

from consistent.corpora.checking import Done, SliceChecker
from consistent.corpora.knowledge import Luggage, check_elsewhere
from consistent.corpora.slices import Slice
from consistent.errors import UsageError

__all__ = ["Processes", "Quarantine"]

_ENDED = "item ended the process that checked it"
# One death may have had another reason; the machine was short of memory, or somebody ended the process.
_DEATHS = 2


@define
class Processes:
    """A pool of processes that is replaced when one of them ends.

    Results come in files, and only their names through the pool. All processes of a pool write into one pipe; who is killed in
    the middle of a long result leaves half of it there, and the pool waits for the rest for ever. A name is written at once.

    Attributes:
        size: how many processes.
        patience: how often a slice is lost before it is checked alone.
    """

    size: int
    patience: int = _DEATHS
    _pool: ProcessPoolExecutor | None = field(default=None, init=False)
    _folder: "TemporaryDirectory[str] | None" = field(default=None, init=False)

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
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="consistent-")
        done: Future[Done | None] = Future()
        written = self._pool.submit(_check_into, self._folder.name, luggage, each)
        written.add_done_callback(partial(_deliver, done))
        return done

    def renew(self) -> bool:
        """Give up the pool; the next slice gets a new one."""
        self._end()
        return True

    def close(self) -> None:
        """End the processes, after the slice that each is at."""
        self._end()
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()

    def _end(self) -> None:
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


def _check_into(folder: str, luggage: Luggage, each: Slice) -> str:
    """Check a slice in this process, and say in which file the result is.

    Raises:
        UsageError: there is no room for it.
    """
    done = check_elsewhere(luggage, each)
    try:
        with NamedTemporaryFile(dir=folder, delete=False) as file:
            pickle.dump(done, file, pickle.HIGHEST_PROTOCOL)
    except OSError as error:
        message = f"what was found cannot be handed over in {folder}: {error.strerror or error}"
        raise UsageError(message, "make room there, or name another folder in TMPDIR") from None
    return file.name


def _deliver(done: "Future[Done | None]", written: "Future[str]") -> None:
    """Take a result out of its file, for whoever waits for it."""
    if written.cancelled():
        done.cancel()
    elif done.set_running_or_notify_cancel():
        try:
            path = Path(written.result())
            # Written by a process of ours, into a folder that only we can enter.
            result = pickle.loads(path.read_bytes())  # noqa: S301  our own
            path.unlink()
        except OSError as error:
            message = f"what was found cannot be read again: {error.strerror or error}"
            done.set_exception(UsageError(message, "start again: the run goes on where it was"))
        except BaseException as error:  # noqa: BLE001  who waits for it has to know
            done.set_exception(error)
        else:
            done.set_result(result)


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
