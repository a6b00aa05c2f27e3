"""Checks slices here or elsewhere, a few at a time, and gives the results in the order of the slices."""

import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from threading import Thread
from types import TracebackType
from typing import Protocol, Self

from attrs import define, field

from consistent.corpora.checking import Done, Luggage, SliceChecker, check_elsewhere
from consistent.corpora.items import Slice
from consistent.errors import UsageError

__all__ = ["Crew", "Executing", "Handed", "Processes", "Quarantine", "check_here"]

Pair = tuple[Slice, Done]


def check_here(slices: Iterable[Slice], checker: SliceChecker) -> Iterator[Pair]:
    """Check slices in this process."""
    return ((slice_, checker.check(slice_)) for slice_ in slices)


class Crew(Protocol):
    """Processes, or whatever else does the work.

    Attributes:
        in_flight: how many slices it is given at a time.
        ending: errors that say that the process which had a slice ended.
        patience: how often a slice is lost before it is checked alone.
    """

    @property
    def in_flight(self) -> int: ...  # noqa: D102  above
    @property
    def ending(self) -> tuple[type[BaseException], ...]: ...  # noqa: D102  told above
    @property
    def patience(self) -> int: ...  # noqa: D102  so is this

    def submit(self, luggage: Luggage, slice_: Slice) -> "Future[Done | None]":
        """Hand over a slice."""

    def renew(self) -> bool:
        """Replace what was broken when a process ended; whether all that was handed over is lost."""


@define
class Handed:
    """A crew of whatever executor a program has.

    Attributes:
        ending: errors that say that a process ended with a slice, while the executor works on.
    """

    executor: Executor
    in_flight: int
    ending: tuple[type[BaseException], ...] = ()
    patience: int = 1

    def submit(self, luggage: Luggage, slice_: Slice) -> "Future[Done | None]":
        """Hand over a slice."""
        return self.executor.submit(check_elsewhere, luggage, slice_)

    def renew(self) -> bool:
        """An executor that works on has lost this slice alone."""
        return False


@define
class _UnderWay:
    slice_: Slice
    future: "Future[Done | None]"
    lost: int = 0


@define
class Executing:
    """Slices under way.

    Attributes:
        crew: who does the work.
        luggage: what the crew needs.
        alone: checks a slice that may end the process that checks it.
    """

    crew: Crew
    luggage: Luggage
    alone: Callable[[Slice], Done]
    _waiting: deque[_UnderWay] = field(factory=deque, init=False)

    def check(self, slices: Iterable[Slice]) -> Generator[Pair, None, None]:
        """Check slices; results come in the order of the slices, and no more are under way than the crew takes.

        Raises:
            UsageError: the executor is broken, or was shut down.
        """
        sent = 0
        try:
            for slice_ in slices:
                # Each process needs it once; who has missed it says so.
                luggage = self.luggage if sent < self.crew.in_flight else self.luggage.label
                sent += 1
                self._waiting.append(_UnderWay(slice_, self._submit(luggage, slice_)))
                if len(self._waiting) >= self.crew.in_flight:
                    yield self._next()
            while self._waiting:
                yield self._next()
        finally:
            for left in self._waiting:
                left.future.cancel()
            self._waiting.clear()

    def _submit(self, luggage: Luggage, slice_: Slice) -> "Future[Done | None]":
        try:
            return self.crew.submit(luggage, slice_)
        except self.crew.ending as error:
            # It will be found lost when its turn comes.
            failed: Future[Done | None] = Future()
            failed.set_exception(error)
            return failed
        except RuntimeError as error:
            raise _broken(error) from None

    def _next(self) -> Pair:
        """The result of the first slice."""
        first = self._waiting[0]
        while first.lost < self.crew.patience:
            try:
                done = first.future.result()
            except self.crew.ending:
                self._lose()
            except (BrokenExecutor, CancelledError) as error:
                raise _broken(error) from None
            else:
                if done is not None:
                    break
                first.future = self._submit(self.luggage, first.slice_)
        else:
            done = self.alone(first.slice_)
        self._waiting.popleft()
        return first.slice_, done

    def _lose(self) -> None:
        """A process ended: what was lost with it is handed over again, unless it was lost too often to be trusted."""
        for under_way in list(self._waiting) if self.crew.renew() else [self._waiting[0]]:
            if not (under_way.future.done() and under_way.future.exception() is None):
                under_way.lost += 1
                if under_way.lost < self.crew.patience:
                    under_way.future = self._submit(self.luggage, under_way.slice_)


def _broken(error: BaseException) -> UsageError:
    reason = str(error) or type(error).__name__
    return UsageError(
        f"the executor cannot be used any more: {reason}",
        "start again with another one: what is written is kept, and the run goes on",
    )


# Processes of our own on this machine, and how to find an item that ends the process that checks it.

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

    def submit(self, luggage: Luggage, slice_: Slice) -> "Future[Done | None]":
        """Hand over a slice."""
        if self._pool is None:
            # A fork would copy the threads' locks, and engines do not outlive one.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.size, context, initializer=_begin)
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="consistent-")
        done: Future[Done | None] = Future()
        written = self._pool.submit(_check_into, self._folder.name, luggage, slice_)
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

    def check(self, slice_: Slice) -> Done:
        """Check a slice; an item that ends the process is reported as bad, and the others are checked."""
        for _ in range(_DEATHS if len(slice_.sources) == 1 else 1):
            try:
                done = self._processes.submit(self.luggage, slice_).result()
            except BrokenProcessPool:
                self._processes.renew()
            else:
                if done is None:  # pragma: no cover  the luggage went along
                    raise AssertionError
                return done
        if len(slice_.sources) == 1:
            return self.checker.blame(slice_, _ENDED)
        first, second = slice_.halves()
        return self.check(first) + self.check(second)

    def close(self) -> None:
        """End its process."""
        self._processes.close()


def _check_into(folder: str, luggage: Luggage, slice_: Slice) -> str:
    """Check a slice in this process, and say in which file the result is.

    Raises:
        UsageError: there is no room for it.
    """
    done = check_elsewhere(luggage, slice_)
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
