"""A pager for what is longer than the screen; a module of its own, as only a terminal needs it."""

import os
import shlex
import subprocess
from collections.abc import Sequence
from typing import TextIO

from rich.pager import Pager

from consistent.interrupting import ignore_interrupts

__all__ = ["ScreenPager", "pager_set"]

_USUAL = "less"
# As git has it: end where all fits on one screen, show colours and links, and leave what was shown.
_OF_LESS = {"LESS": "FRX"}


def pager_set() -> list[str]:
    """The pager that the environment names, as words of a command; empty where it wants none."""
    named = os.environ.get("CONSISTENT_PAGER", os.environ.get("PAGER", _USUAL))
    try:
        words = shlex.split(named)
    except ValueError:
        return []
    return [] if words == ["cat"] else words


class ScreenPager(Pager):
    """Shows what is longer than the screen by the pager, and prints what is not."""

    def __init__(self, command: Sequence[str], out: TextIO, height: int) -> None:
        self._command, self._out, self._height = command, out, height

    def show(self, content: str) -> None:
        """Show all that was printed; without the pager where it is short, or that is not there."""
        if content.count("\n") < self._height or not self._paged(content):
            self._out.write(content)

    def _paged(self, content: str) -> bool:
        self._out.flush()
        try:
            pager = subprocess.Popen(self._command, stdin=subprocess.PIPE, env=_OF_LESS | os.environ)  # noqa: S603  the user names it
        except OSError:
            return False
        # What is left to do is to end; Ctrl-C is the pager's.
        ignore_interrupts()
        pager.communicate(content.encode("utf-8", "replace"))
        return True
