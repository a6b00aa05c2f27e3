"""A failed item in words: what was expected, and why something else was found."""

from collections.abc import Iterator
from io import StringIO

from rich.console import Console
from rich.text import Text

from consistent.model.text import Language
from consistent.reports.lines import Line, place, print_lines
from consistent.reports.why_not_text import why_not_lines
from consistent.testing.suite.items import Failure

__all__ = ["failure_lines", "failure_text"]

_WIDTH = 120


def failure_lines(failure: Failure, language: Language) -> Iterator[Line]:
    """A failure with its place, and in full why each rule that it is about came out as it did."""
    at = failure.item.place
    yield 0, Text(failure.message.get(language), style="bold")
    yield 2, Text(", ".join(each for each in (place(at.path, at.line), at.key) if each), style="dim")
    for note in failure.notes:
        yield 2, Text(note.get(language))
    for told in failure.why:
        yield 0, Text()
        lines = list(why_not_lines(told, language, full=True))
        while lines and not lines[-1][1].plain:
            lines.pop()
        for indent, text in lines:
            yield indent + 2, text


def failure_text(failure: Failure, language: Language, width: int = _WIDTH) -> str:
    """The same without colours.

    Args:
        failure: of an item.
        language: of all words but those of rules and proposals themselves.
        width: of a line, in cells.
    """
    out = StringIO()
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False, color_system=None)
    print_lines(console, failure_lines(failure, language))
    return out.getvalue()
