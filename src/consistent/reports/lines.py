"""Indented lines for a terminal, with hanging indents and no trailing blanks."""

import unicodedata
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

__all__ = ["Line", "print_lines", "printable"]

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


def printable(text: str) -> str:
    """The text with each control or format character replaced by a visible one, so that none reaches a terminal.

    Line breaks and tabs become blanks. The length stays the same.
    """
    if text.isprintable():
        return text
    return "".join(_visible(each) for each in text)


def _visible(letter: str) -> str:
    if letter in "\n\t":
        return " "
    return "\ufffd" if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else letter
