"""Indented lines for a terminal, with hanging indents and no trailing blanks."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from consistent.errors import printable

__all__ = ["Line", "print_lines"]

# How far a line is indented, and what it says.
Line = tuple[int, Text]


def print_lines(console: Console, lines: Iterable[Line]) -> None:
    """Print lines, wrapped to the console's width."""
    for indent, text in lines:
        text.plain = printable(text.plain)
        wrapped = text.wrap(console, max(20, console.width - indent)) if text.plain else [text]
        for each in wrapped:
            each.rstrip()
            console.print(Text(" " * indent) + each if each.plain else each, soft_wrap=True)
