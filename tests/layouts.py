"""One document in other layouts: the same lines, set as other programs would set them."""

import html
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping

from consistent.documents.document import Document

__all__ = ["LAYOUTS", "lines_of", "parts_of"]

_KINDS = frozenset(
    {
        *("annex", "article", "citation", "paragraph", "point", "quoted", "recital", "subparagraph"),
        *("part", "title", "chapter", "section", "subsection"),
    }
)
_WIDTH = 96
_NUMBERED = re.compile(r"((?:Article|Artikel) \d{1,3}|\(\d{1,3}\)|\d{1,3}\.) (?=[A-Z])")
_HEADINGS = re.compile(r"(?:Article|Artikel|CHAPTER|HOOFDSTUK|SECTION|AFDELING|ANNEX|BIJLAGE) [\dIVX]+")
_MARKDOWN = re.compile(r"([\\*_#`\[\]])")


def lines_of(document: Document) -> tuple[str, ...]:
    """The lines of a document as a reader sees them, without notes, running heads and the columns of tables."""
    blocks = document.content.blocks
    return tuple(each.line.replace("\t", " ") for each in blocks if each.role not in {"note", "running"})


def parts_of(document: Document) -> list[tuple[str, str, str]]:
    """Kind, number and own words of the parts that every layout can carry, in order; words without blanks."""
    return [
        (each.kind, each.number, "".join(document.prose(each, own=True).split()))
        for act in document.parts
        for each in act.walk()
        if each.kind in _KINDS
    ]


def _page(lines: Iterable[str]) -> bytes:
    body = "\n".join(lines)
    return f"<!DOCTYPE html><html><body>\n{body}\n</body></html>".encode()


def _each(template: str) -> Callable[[tuple[str, ...]], bytes]:
    return lambda lines: _page(template.format(html.escape(line)) for line in lines)


def _xhtml(lines: tuple[str, ...]) -> bytes:
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'.encode()


def _table(lines: tuple[str, ...]) -> bytes:
    rows = "".join(f"<tr><td>{html.escape(line)}</td></tr>" for line in lines)
    return _page([f"<table>{rows}</table>"])


def _columns(lines: tuple[str, ...]) -> bytes:
    """Numbers in a column of their own."""
    rows = ""
    for line in lines:
        number = re.match(r"\(?\w{1,3}[.)] ", line)
        cells = [number[0], line[number.end() :]] if number else ["", line]
        rows += "<tr>" + "".join(f"<td>{html.escape(each)}</td>" for each in cells) + "</tr>"
    return _page([f"<table>{rows}</table>"])


def _wrapped(between: str) -> Callable[[tuple[str, ...]], bytes]:
    def write(lines: tuple[str, ...]) -> bytes:
        wrap = textwrap.TextWrapper(_WIDTH, break_long_words=False, break_on_hyphens=False)
        return between.join(wrap.fill(line) for line in lines).encode()

    return write


def _wrapped_page(template: str) -> Callable[[tuple[str, ...]], bytes]:
    """Each line of the page in an element of its own, as converters of pages write it."""
    return lambda lines: _each(template)(tuple(_wrapped("\n")(lines).decode().split("\n")))


def _markdown(mark: Callable[[str], str]) -> Callable[[tuple[str, ...]], bytes]:
    def write(lines: tuple[str, ...]) -> bytes:
        shown = (_MARKDOWN.sub(r"\\\1", line) for line in lines)
        return "\n\n".join(mark(line) if _HEADINGS.match(line) and len(line) < 200 else line for line in shown).encode()

    return write


LAYOUTS: Mapping[str, Callable[[tuple[str, ...]], bytes]] = {
    "lines": lambda lines: "\n".join(lines).encode(),
    "spaced lines": lambda lines: "\n\n".join(lines).encode(),
    "wrapped": _wrapped("\n\n"),
    "wrapped, no empty lines": _wrapped("\n"),
    "one line": lambda lines: " ".join(lines).encode(),
    "glued": lambda lines: "\n".join(_NUMBERED.sub(r"\1", line, count=1) for line in lines).encode(),
    "p": _each("<p>{}</p>"),
    "div": _each("<div>{}</div>"),
    "span": _each("<div><span>{}</span></div>"),
    "br": _each("{}<br>"),
    "span, br": _each("<span>{}</span><br/>"),
    "spans": _each('<span style="display:block">{}</span>'),
    "spans on lines": _each("<span>{}</span>"),
    "table": _table,
    "columns": _columns,
    "div, wrapped": _wrapped_page("<div>{}</div>"),
    "pre, wrapped": _wrapped_page("<pre>{}</pre>"),
    "xhtml": _xhtml,
    "markdown headings": _markdown("## {}".format),
    "markdown bold": _markdown("**{}**".format),
}
