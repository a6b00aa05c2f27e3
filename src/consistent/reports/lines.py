"""Indented lines for a terminal, with hanging indents and no trailing blanks."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from consistent.errors import printable

__all__ = ["Line", "place", "print_lines", "shortened", "shown_path"]

# How far a line is indented, and what it says.
Line = tuple[int, Text]

# In letters, about three lines: no title that a person wrote is longer.
_LONGEST_TITLE = 300
# Printing costs as much for a line as for many.
_BATCH = 500


def print_lines(console: Console, lines: Iterable[Line]) -> None:
    """Print lines, wrapped to the console's width."""
    width = console.width
    wrapped = (each for indent, text in lines for each in _wrapped(console, indent, text, width))
    while batch := list(islice(wrapped, _BATCH)):
        console.print(Text("\n").join(batch), soft_wrap=True)


def shown_path(path: str) -> str:
    """A path as a reader needs it: from the current folder where it lies below that, else as it is."""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path


def place(path: str, line: int | None) -> str:
    """A line of a file; the file where that has no line."""
    return shown_path(path) if line is None else f"{shown_path(path)}:{line}"


def shortened(title: str) -> str:
    """A title for a heading, cut where it is longer than any that a person wrote."""
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 4].rstrip()} ..."


def _wrapped(console: Console, indent: int, text: Text, width: int) -> Iterator[Text]:
    text.plain = printable(text.plain)
    room = max(20, width - indent)
    fits = cell_len(text.plain) <= room
    for each in [text] if fits else text.wrap(console, room):
        each.rstrip()
        yield Text(" " * indent) + each if each.plain else each
