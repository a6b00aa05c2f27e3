"""Where the command writes."""

import os
import sys
from typing import TextIO

from rich.console import Console

__all__ = ["Streams"]

_WIDTH_OF_A_FILE = 120


class Streams:
    """Standard output and error. Colours only on a terminal and without NO_COLOR (rich sees to it)."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        for stream in (out, err):
            # A terminal that cannot show a letter shows `?`; it is no reason to stop.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        width = None if out.isatty() or "COLUMNS" in os.environ else _WIDTH_OF_A_FILE
        self._out = out
        self.console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
        self.err = Console(file=err, highlight=False, markup=False, emoji=False, stderr=True)

    def write(self, text: str) -> None:
        """Write a whole document to standard output as it is."""
        self._out.write(text)

    def error(self, text: str) -> None:
        """Write an error: one line `error: ...`, with its place and help below."""
        print(f"error: {text}", file=self.err.file)

    def silence(self) -> None:
        """Write nothing more, not even when Python closes the streams."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
