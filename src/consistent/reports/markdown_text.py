"""Text made safe to stand in Markdown of GitHub: nothing in it marks up, links, mentions or refers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from consistent.errors import printable

__all__ = ["code", "markdown_text", "table"]

# What Markdown and its tables give a meaning, wherever in a line it stands.
_MARKS = re.compile(r"([\\`*_{}\[\]|~!])")
# What GitHub turns into links after it has read the Markdown: people, issues, addresses. A comment that shows nothing parts
# them; a backslash would not, since it is gone by then.
_LINKED = re.compile(r"(@|#|://|\bwww(?=\.)|\bGH(?=-))", re.IGNORECASE)
_MATHS = "$"


def markdown_text(text: str) -> str:
    """The text so that a reader of the rendered Markdown sees just its letters; line breaks become blanks.

    Not for the start of a line, where a dash or a number marks up as well.
    """
    escaped = _MARKS.sub(r"\\\1", escape(printable(text), quote=False).replace(_MATHS, "&dollar;"))
    return _LINKED.sub(_parted, escaped)


def code(text: str) -> str:
    """The text as code: an id, a path."""
    return f"<code>{markdown_text(text)}</code>"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; the first column is text, the others are numbers or words."""
    yield _row(heads)
    yield f"|{'|'.join('---' for _ in heads)}|"
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(markdown_text, cells))} |"


def _parted(found: re.Match[str]) -> str:
    sign = found[0]
    return f"{sign[0]}<!-- -->{sign[1:]}" if sign == "://" else f"{sign}<!-- -->"
