"""Indented lines for a terminal, with hanging indents and no trailing blanks."""

from collections.abc import Iterable, Iterator
from itertools import islice

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from consistent.errors import printable

__all__ = ["Line", "print_lines"]

# How far a line is indented, and what it says.
Line = tuple[int, Text]

# Printing costs as much for a line as for many.
_BATCH = 500


def print_lines(console: Console, lines: Iterable[Line]) -> None:
    """Print lines, wrapped to the console's width."""
    width = console.width
    wrapped = (each for indent, text in lines for each in _wrapped(console, indent, text, width))
    while batch := list(islice(wrapped, _BATCH)):
        console.print(Text("\n").join(batch), soft_wrap=True)


def _wrapped(console: Console, indent: int, text: Text, width: int) -> Iterator[Text]:
    text.plain = printable(text.plain)
    room = max(20, width - indent)
    fits = cell_len(text.plain) <= room
    for each in [text] if fits else text.wrap(console, room):
        each.rstrip()
        yield Text(" " * indent) + each if each.plain else each
