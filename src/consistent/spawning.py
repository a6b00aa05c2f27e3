"""Processes of this machine that work beside each other: each is begun anew, hears no interrupt, and ends with the program."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from threading import Thread

__all__ = ["spawned_pool"]


def spawned_pool(size: int) -> ProcessPoolExecutor:
    """A pool of so many processes, all of them started.

    A fork would copy locks that threads hold, and engines do not survive one.
    """
    pool = ProcessPoolExecutor(size, multiprocessing.get_context("spawn"), initializer=_start)
    with _interrupts_held():
        # The first call starts them all.
        pool.submit(os.getpid)
    return pool


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
