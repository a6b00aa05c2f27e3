"""A failed item in words: what was expected, and why something else was found."""

from collections.abc import Iterator
from io import StringIO

from rich.console import Console

from consistent.authoring.suite.items import Failure
from consistent.model.text import Language
from consistent.reports.outline import BREAK, Block, Paragraph, Section, dim, strong, without_last_breaks
from consistent.reports.terminal import place, print_lines
from consistent.reports.why_text import why_not_lines

__all__ = ["failure_lines", "failure_text"]

_WIDTH = 120


def failure_lines(failure: Failure, language: Language) -> Iterator[Block]:
    """A failure with its place, and in full why each rule that it is about came out as it did."""
    yield failure_outline(failure, language)


def failure_outline(failure: Failure, language: Language) -> Section:
    """The same as one section, for what tells more of it."""
    at = failure.item.place
    where = dim(", ".join(filter(None, (place(at.path, at.line), at.key))))
    notes = [Paragraph(note.get(language)) for note in failure.notes]
    why = [
        block
        for told in failure.why
        for block in (BREAK, *without_last_breaks(why_not_lines(told, language, full=True)))
    ]
    return Section(strong(failure.message.get(language)), [Paragraph(where), *notes, *why])


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
