"""Processes of this machine that work beside each other: each is begun anew, hears no interrupt, and ends with the program."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from threading import Thread
from types import TracebackType
from typing import ParamSpec, TypeVar

__all__ = ["kill_spawned", "spawned_pool"]

P = ParamSpec("P")
T = TypeVar("T")


def spawned_pool(size: int) -> ProcessPoolExecutor:
    """A pool of so many processes, the first of them started.

    A fork would copy locks that threads hold, and engines do not survive one.
    """
    pool = _Pool(size, multiprocessing.get_context("spawn"), initializer=_start)
    pool.submit(os.getpid)
    return pool


def kill_spawned() -> None:
    """End all processes, whatever they are at: who interrupts the program does not wait for them."""
    for process in multiprocessing.active_children():
        process.kill()


class _Pool(ProcessPoolExecutor):
    """A pool whose processes have no interrupts, and which is not waited for where it is left by one."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        # A call may start a process.
        with _interrupts_held():
            return super().submit(fn, *args, **kwargs)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is KeyboardInterrupt:
            kill_spawned()
        super().__exit__(kind, error, at)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Within the block an interrupt waits; a process that is started in it never has one, not even before `_start`."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover  Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start() -> None:
    """Set up a process: one that ends when the program that started it ends, even if that is killed."""
    # Ctrl-C reaches every process of a terminal; the program says when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_exit_with_parent, daemon=True).start()


def _exit_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
