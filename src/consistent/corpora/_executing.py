"""Has slices checked by workers, a bounded number at a time, and gives the results in the order of the slices."""

import os
import pickle
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from types import TracebackType
from typing import Protocol, Self

from attrs import define, field

from consistent.corpora._checking import Payload, SliceChecker, SliceResult, check_in_worker
from consistent.corpora._items import Slice
from consistent.errors import UsageError
from consistent.spawning import kill_spawned, spawned_pool

__all__ = ["Dispatcher", "ExecutorWorkers", "Processes", "Quarantine", "Workers", "check_here"]

Pair = tuple[Slice, SliceResult]


def check_here(slices: Iterable[Slice], checker: SliceChecker) -> Iterator[Pair]:
    """Check slices in this process."""
    return ((slice_, checker.check(slice_)) for slice_ in slices)


class Workers(Protocol):
    """A pool of workers: processes, threads, or machines.

    Attributes:
        in_flight: how many slices may be with the workers at a time.
        crashes: errors by which a future says that the worker which had its slice ended.
        max_crashes: after so many crashes a slice is handed over no more, and checked in quarantine.
    """

    @property
    def in_flight(self) -> int: ...
    @property
    def crashes(self) -> tuple[type[BaseException], ...]: ...
    @property
    def max_crashes(self) -> int: ...

    def submit(self, payload: Payload, slice_: Slice) -> "Future[SliceResult | None]":
        """Hand a slice to a worker; the result is None on a cache miss, as of `check_in_worker`."""

    def recover(self) -> bool:
        """Replace what a crash broke.

        Returns:
            Whether the crash took everything in flight with it, and not only the slice of the worker that ended.
        """


@define
class ExecutorWorkers:
    """The workers of an executor that a program brings; see `Workers`. It goes on by itself when a worker ends."""

    executor: Executor
    in_flight: int
    crashes: tuple[type[BaseException], ...] = ()
    max_crashes: int = 1

    def submit(self, payload: Payload, slice_: Slice) -> "Future[SliceResult | None]":
        """See `Workers`."""
        return self.executor.submit(check_in_worker, payload, slice_)

    def recover(self) -> bool:
        """See `Workers`."""
        return False


@define
class _InFlight:
    """A slice that was handed over.

    Attributes:
        crashes: how often a worker ended with it.
    """

    slice_: Slice
    future: "Future[SliceResult | None]"
    crashes: int = 0


@define
class Dispatcher:
    """Hands slices to workers and collects the results.

    Attributes:
        workers: check the slices.
        payload: what a worker needs for that.
        quarantine: checks a slice of which an item may end the process that checks it.
    """

    workers: Workers
    payload: Payload
    quarantine: Callable[[Slice], SliceResult]
    _queue: deque[_InFlight] = field(factory=deque, init=False)

    def check(self, slices: Iterable[Slice]) -> Generator[Pair, None, None]:
        """Check slices.

        Backpressure: a further slice is read only once the result of the first one in flight was taken, so that a corpus is
        read no faster than its results are written.

        Yields:
            Each slice with its result, in the order of the slices.

        Raises:
            UsageError: the executor is broken, or was shut down.
        """
        sent = 0
        try:
            for slice_ in slices:
                # The payload is large, and each worker caches it: only so many first slices carry it. Should one of these go
                # to a worker that has it, another worker has a cache miss later, and is sent it then.
                payload = self.payload if sent < self.workers.in_flight else self.payload.key_only
                sent += 1
                self._queue.append(_InFlight(slice_, self._submit(payload, slice_)))
                if len(self._queue) >= self.workers.in_flight:
                    yield self._next()
            while self._queue:
                yield self._next()
        finally:
            for left in self._queue:
                left.future.cancel()
            self._queue.clear()

    def _submit(self, payload: Payload, slice_: Slice) -> "Future[SliceResult | None]":
        try:
            return self.workers.submit(payload, slice_)
        except self.workers.crashes as error:
            # Dealt with when its result is asked for, as a crash that happens later is.
            failed: Future[SliceResult | None] = Future()
            failed.set_exception(error)
            return failed
        except RuntimeError as error:
            raise _broken(error) from None

    def _next(self) -> Pair:
        """Wait for the result of the first slice in flight."""
        first = self._queue[0]
        while first.crashes < self.workers.max_crashes:
            try:
                result = first.future.result()
            except self.workers.crashes:
                self._resubmit()
            except (BrokenExecutor, CancelledError) as error:
                raise _broken(error) from None
            else:
                if result is not None:
                    break
                first.future = self._submit(self.payload, first.slice_)
        else:
            result = self.quarantine(first.slice_)
        self._queue.popleft()
        return first.slice_, result

    def _resubmit(self) -> None:
        """After a crash, hand over again what it took with it, unless that was lost too often to be trusted."""
        for lost in list(self._queue) if self.workers.recover() else [self._queue[0]]:
            if not (lost.future.done() and lost.future.exception() is None):
                lost.crashes += 1
                if lost.crashes < self.workers.max_crashes:
                    lost.future = self._submit(self.payload, lost.slice_)


def _broken(error: BaseException) -> UsageError:
    reason = str(error) or type(error).__name__
    return UsageError(
        f"the executor cannot be used any more: {reason}",
        "start again with another one: what is written is kept, and the run goes on",
    )


# Worker processes on this machine, and the quarantine for items that crash them.

_ENDED = "item ended the process that checked it"
# One crash may have had another reason: the machine was short of memory, or somebody killed the process.
_MAX_CRASHES = 2
# Of an item by itself it takes more, as nobody looks at it again: where memory is short, sound items are hit twice in a row.
_MAX_CRASHES_ALONE = 5
# So often a process may end before it has anything to check.
_MAX_STARTS = 20


@define
class Processes:
    """A pool of worker processes, see `Workers`, that is replaced when one of them crashes.

    Results come in files, and only their names through the pool. All processes of a pool write into one pipe: one that is killed
    in the middle of a long result leaves half of it there, and the pool waits for the rest for ever. A name is written at once.

    Attributes:
        size: how many processes.
    """

    size: int
    max_crashes: int = _MAX_CRASHES
    _pool: ProcessPoolExecutor | None = field(default=None, init=False)
    _folder: "TemporaryDirectory[str] | None" = field(default=None, init=False)

    @property
    def in_flight(self) -> int:
        """Enough that no process is idle while the others wait for the slowest, whose result is written first."""
        return 4 * self.size

    @property
    def crashes(self) -> tuple[type[BaseException], ...]:
        """A crash breaks the pool as a whole."""
        return (BrokenProcessPool,)

    def submit(self, payload: Payload, slice_: Slice) -> "Future[SliceResult | None]":
        """See `Workers`."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="consistent-")
        result: Future[SliceResult | None] = Future()
        written = self._running().submit(_check_into, self._folder.name, payload, slice_)
        written.add_done_callback(partial(_deliver, result))
        return result

    def wait_for_start(self) -> None:
        """Wait until there is a process that can take a slice: what ends one before that is no fault of the slice."""
        for _ in range(_MAX_STARTS):
            try:
                self._running().submit(os.getpid).result()
            except BrokenProcessPool:
                self.recover()
            else:
                return

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = spawned_pool(self.size)
        return self._pool

    def recover(self) -> bool:
        """See `Workers`: the pool is given up, and the next slice starts a new one."""
        self._end()
        return True

    def close(self) -> None:
        """End the processes, once each has finished the slice that it is at; remove the files of results."""
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
        if kind is KeyboardInterrupt:
            kill_spawned()
        self.close()


@define
class Quarantine:
    """Checks slices of which an item may crash the process that checks it, in a process that nothing else is checked in.

    The item is found by bisection.
    """

    payload: Payload
    checker: SliceChecker
    _processes: Processes = field(factory=lambda: Processes(1), init=False)

    def check(self, slice_: Slice) -> SliceResult:
        """Check a slice; an item that crashes the process is reported as bad, and the others are checked."""
        for _ in range(_MAX_CRASHES_ALONE if len(slice_.sources) == 1 else 1):
            self._processes.wait_for_start()
            try:
                result = self._processes.submit(self.payload, slice_).result()
            except BrokenProcessPool:
                self._processes.recover()
            else:
                if result is None:  # pragma: no cover  the payload went along
                    raise AssertionError
                return result
        if len(slice_.sources) == 1:
            return self.checker.failed(slice_, _ENDED)
        first, second = slice_.halves()
        return self.check(first) + self.check(second)

    def close(self) -> None:
        """End its process."""
        self._processes.close()


def _check_into(folder: str, payload: Payload, slice_: Slice) -> str:
    """In a worker: check a slice, and give the name of the file in which the result is.

    Raises:
        UsageError: there is no room for it.
    """
    result = check_in_worker(payload, slice_)
    try:
        with NamedTemporaryFile(dir=folder, delete=False) as file:
            pickle.dump(result, file, pickle.HIGHEST_PROTOCOL)
    except OSError as error:
        message = f"what was found cannot be handed over in {folder}: {error.strerror or error}"
        raise UsageError(message, "make room there, or name another folder in TMPDIR") from None
    return file.name


def _deliver(result: "Future[SliceResult | None]", written: "Future[str]") -> None:
    """Complete the future of a result, once the name of its file is there."""
    if written.cancelled():
        result.cancel()
    elif result.set_running_or_notify_cancel():
        try:
            path = Path(written.result())
            # Written by a process of ours, into a folder that only we can enter.
            content = pickle.loads(path.read_bytes())  # noqa: S301  our own
            path.unlink()
        except OSError as error:
            message = f"what was found cannot be read again: {error.strerror or error}"
            result.set_exception(UsageError(message, "start again: the run goes on where it was"))
        except BaseException as error:  # noqa: BLE001  raised where the result is asked for
            result.set_exception(error)
        else:
            result.set_result(content)
