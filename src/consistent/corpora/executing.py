"""Checks slices here or elsewhere, a few at a time, and gives the results in the order of the slices."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from typing import Protocol

from attrs import define, field

from consistent.corpora.checking import Done, SliceChecker
from consistent.corpora.knowledge import Luggage, check_elsewhere
from consistent.corpora.slices import Slice
from consistent.errors import UsageError

__all__ = ["Crew", "Executing", "Handed", "check_here"]

Pair = tuple[Slice, Done]


def check_here(slices: Iterable[Slice], checker: SliceChecker) -> Iterator[Pair]:
    """Check slices in this process."""
    return ((each, checker.check(each)) for each in slices)


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

    def submit(self, luggage: Luggage, each: Slice) -> "Future[Done | None]":
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

    def submit(self, luggage: Luggage, each: Slice) -> "Future[Done | None]":
        """Hand over a slice."""
        return self.executor.submit(check_elsewhere, luggage, each)

    def renew(self) -> bool:
        """An executor that works on has lost this slice alone."""
        return False


@define
class _UnderWay:
    each: Slice
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
            for each in slices:
                # Each process needs it once; who has missed it says so.
                luggage = self.luggage if sent < self.crew.in_flight else self.luggage.label
                sent += 1
                self._waiting.append(_UnderWay(each, self._submit(luggage, each)))
                if len(self._waiting) >= self.crew.in_flight:
                    yield self._next()
            while self._waiting:
                yield self._next()
        finally:
            for left in self._waiting:
                left.future.cancel()
            self._waiting.clear()

    def _submit(self, luggage: Luggage, each: Slice) -> "Future[Done | None]":
        try:
            return self.crew.submit(luggage, each)
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
                first.future = self._submit(self.luggage, first.each)
        else:
            done = self.alone(first.each)
        self._waiting.popleft()
        return first.each, done

    def _lose(self) -> None:
        """A process ended: what was lost with it is handed over again, unless it was lost too often to be trusted."""
        for each in list(self._waiting) if self.crew.renew() else [self._waiting[0]]:
            if not (each.future.done() and each.future.exception() is None):
                each.lost += 1
                if each.lost < self.crew.patience:
                    each.future = self._submit(self.luggage, each.each)


def _broken(error: BaseException) -> UsageError:
    reason = str(error) or type(error).__name__
    return UsageError(
        f"the executor cannot be used any more: {reason}",
        "start again with another one: what is written is kept, and the run goes on",
    )
