"""An outline as Markdown of GitHub; text from elsewhere made safe to stand in it: nothing marks up, links, mentions or refers."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape

from consistent.errors import printable
from consistent.reports.outline import Block, Code, Fold, Item, Paragraph, Section, Span, Spans, Table, lists

__all__ = ["code", "markdown", "markdown_text"]

# What Markdown and its tables give a meaning, wherever in a line it stands.
_MARKS = re.compile(r"([\\`*_{}\[\]|~!])")
# What GitHub turns into links after it has read the Markdown: people, issues, addresses. A comment that shows nothing parts
# them; a backslash would not, since it is gone by then.
_LINKED = re.compile(r"(@|#|://|\bwww(?=\.)|\bGH(?=-))", re.IGNORECASE)
_MATHS = "$"
# What begins a heading, a list or a rule at the beginning of a line.
_AT_START = re.compile(r"^(\d*)([#+=.)-])")
_FRAMES = {"text": "{}", "lead": "{}", "note": "{}", "judgement": "{}", "gap": "> {}"}
_LOWEST = 6

Escape = Callable[[str], str]


def markdown_text(text: str) -> str:
    """The text so that a reader of the rendered Markdown sees just its letters; line breaks become blanks.

    Not for the start of a line, where a dash or a number marks up as well.
    """
    escaped = _MARKS.sub(r"\\\1", escape(printable(text), quote=False).replace(_MATHS, "&dollar;"))
    return _LINKED.sub(_parted, escaped)


def code(text: str) -> str:
    """The text as code: an id, a path."""
    return f"<code>{markdown_text(text)}</code>"


def markdown(blocks: Iterable[Block], level: int = 1, *, trusted: bool = False, links: bool = True) -> str:
    """An outline as Markdown.

    Args:
        blocks: what it says.
        level: of the first headings.
        trusted: whether its texts may have marks of their own, as those of a pack; else they are shown as they are.
        links: whether what has an address is a link.

    Returns:
        Paragraphs with an empty line between them, and a line break at the end; nothing of no blocks.
    """
    return "\n".join(
        f"{text}\n" for text in _Markdown(_as_it_is if trusted else markdown_text, links=links).parts(blocks, level)
    )


class _Markdown:
    def __init__(self, escape: Escape, *, links: bool) -> None:
        self._escape, self._links = escape, links

    def parts(self, blocks: Iterable[Block], level: int) -> Iterator[str]:
        """What an empty line stands between."""
        for block in lists(blocks):
            match block:
                case tuple():
                    yield "\n".join(self._items(block, 0))
                case Section(heading, inner):
                    if heading:
                        yield f"{'#' * min(level, _LOWEST)} {self._heading(heading)}"
                    yield from self.parts(inner, level + 1)
                case Paragraph(text, kind):
                    yield _FRAMES[kind].format(self._line(text))
                case Table():
                    yield "\n".join(self._table(block))
                case Code(text, language):
                    yield f"```{language}\n{text.rstrip()}\n```"
                case Fold(summary, inner):
                    yield f"<details>\n<summary>{self._runs(summary)}</summary>"
                    yield from self.parts(inner, level)
                    yield "</details>"

    def _items(self, items: Iterable[Item], depth: int) -> Iterator[str]:
        for item in items:
            yield f"{'  ' * depth}- {self._line(item.text)}"
            for group in lists(item.below):
                if isinstance(group, tuple):
                    yield from self._items(group, depth + 1)
                else:
                    yield from (
                        "",
                        *(
                            f"{'  ' * (depth + 1)}{line}"
                            for part in self.parts([group], 1)
                            for line in part.split("\n")
                        ),
                        "",
                    )

    def _table(self, table: Table) -> Iterator[str]:
        heads = table.heads or [""] * len(table.rows[0])
        yield _row(map(self._escape, heads))
        yield f"|{'|'.join('---' for _ in heads)}|"
        yield from (_row(map(self._runs, row)) for row in table.rows)

    def _line(self, text: Spans) -> str:
        """A text at the beginning of a line, where more marks up than elsewhere."""
        runs = self._runs(text)
        marked = _AT_START.sub(lambda start: f"{start[1]}\\{start[2]}", runs)
        return runs if self._escape is _as_it_is else marked

    def _heading(self, text: Spans) -> str:
        return self._line(tuple(Span(span.text, url=span.url) for span in text))

    def _runs(self, text: Spans) -> str:
        return "".join(map(self._run, text))

    def _run(self, span: Span) -> str:
        match span.role:
            case "strong" | "mark":
                shown = f"**{self._escape(span.text)}**" if span.text.strip() else span.text
            case "emphasis":
                shown = f"*{self._escape(span.text)}*"
            case "code":
                shown = f"`{span.text}`" if self._escape is _as_it_is else code(span.text)
            case _:
                shown = self._escape(span.text)
        return f"[{shown}]({span.url})" if span.url and self._links else shown


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _as_it_is(text: str) -> str:
    return text


def _parted(found: re.Match[str]) -> str:
    sign = found[0]
    return f"{sign[0]}<!-- -->{sign[1:]}" if sign == "://" else f"{sign}<!-- -->"
