"""Interrupts of the command: Ctrl-C, or a request to end (SIGTERM), stops it wherever it is, once, and without a word of Python's.

Imported before all else, so it imports next to nothing.
"""

import os
import signal
import sys

__all__ = ["end_interrupted", "hear_interrupts", "ignore_interrupts", "was_interrupted"]

# Python raises no exception in some places: while it frees an object, or in a library in C. An interrupt that came there is lost, and
# raised again after so many seconds.
_AGAIN = 3.0
# Python waits at its end for threads and processes; so long at most, once it was interrupted.
_AT_MOST = 5.0

_heard: list[int] = []


def hear_interrupts() -> None:
    """From here on an interrupt raises `KeyboardInterrupt`, and again until `ignore_interrupts` is called.

    What ignores interrupts, as a shell has a command in the background do, goes on ignoring them.
    """
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _interrupt_again)
    usual = sys.unraisablehook

    def unraisable(lost: "sys.UnraisableHookArgs") -> None:
        # What was interrupted may end in any error; of that nobody is told.
        if not _heard and not isinstance(lost.exc_value, KeyboardInterrupt):
            usual(lost)

    sys.unraisablehook = unraisable


def ignore_interrupts() -> None:
    """From here on nothing is interrupted: what is left to do is to end."""
    if hasattr(signal, "SIGALRM"):
        signal.setitimer(signal.ITIMER_REAL, 0)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def end_interrupted() -> int:
    """See to it that the process ends, now that it was interrupted: processes that it started are killed, for nobody waits for them.

    Returns:
        The exit status, as shells number it: 130 for Ctrl-C, 143 for a request to end.
    """
    ignore_interrupts()
    status = 128 + (_heard[0] if _heard else signal.SIGINT)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, lambda *_: os._exit(status))
        signal.setitimer(signal.ITIMER_REAL, _AT_MOST)
    multiprocessing = sys.modules.get("multiprocessing")
    for child in multiprocessing.active_children() if multiprocessing else ():
        child.kill()
    return status


def was_interrupted() -> bool:
    """Whether an interrupt has come."""
    return bool(_heard)


def _interrupt(number: int, _: object) -> None:
    _heard.append(number)
    if hasattr(signal, "SIGALRM"):
        signal.setitimer(signal.ITIMER_REAL, _AGAIN, _AGAIN)
    raise KeyboardInterrupt


def _interrupt_again(_: int, __: object) -> None:
    raise KeyboardInterrupt
