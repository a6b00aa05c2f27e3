"""An outline as lines on a terminal, with hanging indents and no trailing blanks; and how paths and titles are shown."""

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from consistent.errors import printable
from consistent.reports.outline import (
    Block,
    Code,
    Fold,
    Item,
    Paragraph,
    Section,
    Span,
    Spans,
    Table,
    plain,
    without_notes,
)

if TYPE_CHECKING:
    from rich.table import Table as RichTable

__all__ = [
    "PACK_FOLDERS",
    "Line",
    "count_lines",
    "opens_links",
    "place",
    "print_outline",
    "rich_table",
    "shortened",
    "shown_path",
    "text_lines",
    "told_path",
    "told_place",
]

# The folders of packs: what lies in them is the same wherever that is.
PACK_FOLDERS = frozenset({"rules", "facts"})
# How far a line is indented, and what it says.
Line = tuple[int, Text]

# In letters, about three lines: no title that a person wrote is longer.
_LONGEST_TITLE = 300
# Printing costs as much for a line as for many.
_BATCH = 500
_ROLES = {
    "": "",
    "strong": "bold",
    "dim": "dim",
    "code": "",
    "emphasis": "italic",
    "mark": "bold",
    "inserted": "green",
    "deleted": "red",
}
# For who has neither bold nor colours: a file, a log, a reader of screens. Those of amendments are wdiff's.
_SIGNS = {"mark": (">>", "<<"), "inserted": ("{+", "+}"), "deleted": ("[-", "-]")}
_TONES = {"": "", "good": "green", "bad": "red", "caution": "yellow", "unknown": "cyan", "accepted": "magenta"}
# By these variables a terminal tells that it opens links (OSC 8), as no terminal can be asked; and by the last a user says so.
_LINKING = (
    "WT_SESSION",
    "KITTY_WINDOW_ID",
    "KONSOLE_VERSION",
    "WEZTERM_PANE",
    "ITERM_SESSION_ID",
    "GHOSTTY_RESOURCES_DIR",
    "DOMTERM",
)
_LINKING_PROGRAMS = {"vscode", "iTerm.app", "WezTerm", "ghostty", "Hyper", "rio"}
_FIRST_VTE = 5000


def print_outline(console: Console, blocks: Iterable[Block]) -> None:
    """Print an outline, wrapped to the console's width."""
    width = console.width
    wrapped = (line for indent, text in _lines(blocks, 0, console) for line in _wrapped(console, indent, text, width))
    while batch := list(islice(wrapped, _BATCH)):
        console.print(Text("\n").join(batch), soft_wrap=True)


def count_lines(console: Console, blocks: Iterable[Block]) -> int:
    """How many lines an outline takes on a console."""
    width = console.width
    return sum(1 for indent, text in _lines(blocks, 0, console) for _ in _wrapped(console, indent, text, width))


def text_lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """The lines before they are wrapped, from which the text can be read without a console."""
    return _lines(blocks, 0, Console(width=_LONGEST_TITLE, color_system=None))


def rich_table(table: Table) -> "RichTable":
    """A table with heads, for a console that makes room for it."""
    from rich.table import Table as RichTable  # noqa: PLC0415  few outlines have one

    shown = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column, head in enumerate(table.heads):
        justify: Literal["left", "right"] = "right" if table.numbers and column else "left"
        shown.add_column(head, justify=justify, overflow="fold", no_wrap=column in table.whole)
    for row in table.rows:
        shown.add_row(*map(_text, row))
    return shown


def shown_path(path: str) -> str:
    """A path as a reader needs it: from the current folder where it lies below that, else as it is."""
    return _shown_from(path, Path.cwd())


@lru_cache(maxsize=1024)
def _shown_from(path: str, here: Path) -> str:
    """The same from any folder; kept, as a report names the files of rules and facts over and over."""
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path


def told_path(path: str) -> str:
    """A path as a report tells it, which is read on other machines: where it lies on this one is not told.

    From the current folder where it lies below that; of a pack elsewhere from its folder of rules or facts; else its name. What a
    user named by a relative path is told so.
    """
    shown = PurePath(shown_path(path))
    if not shown.is_absolute():
        return str(shown)
    tops = [index for index, part in enumerate(shown.parts) if part in PACK_FOLDERS]
    return "/".join(shown.parts[tops[-1] :]) if tops else shown.name


def place(path: str, line: int | None) -> str:
    """A line of a file, for whoever writes it; the file where that has no line."""
    return _placed(shown_path(path), line)


def told_place(path: str, line: int | None) -> str:
    """The same as a report tells it (`told_path`)."""
    return _placed(told_path(path), line)


def _placed(path: str, line: int | None) -> str:
    return path if line is None else f"{path}:{line}"


def shortened(title: str) -> str:
    """A title for a heading, cut where it is longer than any that a person wrote."""
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 4].rstrip()} ..."


def _lines(blocks: Iterable[Block], indent: int, console: Console) -> Iterator[Line]:
    for block in blocks:
        match block:
            case Paragraph(text):
                yield indent, _text(text, console)
            case Item(text, below):
                yield indent, _text(text, console)
                yield from _lines(below, indent + block.indent, console)
            case Section(heading, inner):
                if heading:
                    yield indent, _text(heading, console)
                yield from _lines(inner, indent + block.indent, console)
            case Table():
                yield from _rows(block, indent, console)
            case Code(text):
                yield from ((indent, Text(printable(line))) for line in text.splitlines())
            case Fold(summary, inner):
                yield indent, _text(summary, console)
                yield from _lines(inner, indent + 2, console)
            case _:
                yield 0, Text()


def _text(said: Spans, console: Console | None = None) -> Text:
    return Text.assemble(*(_run(span, console) for span in without_notes(said)))


def _run(span: Span, console: Console | None) -> tuple[str, str | Style]:
    before, after = _SIGNS.get(span.role, ("", ""))
    text, style = f"{before}{span.text}{after}", f"{_ROLES[span.role]} {_TONES[span.tone]}".strip()
    if "://" not in span.url:
        return printable(text), style
    if console is not None and opens_links(console):
        return printable(text), Style.parse(style) + Style(link=printable(span.url))
    return printable(text if span.aside else f"{text} · {span.url}"), style


def opens_links(console: Console) -> bool:
    """Whether links can be opened where a console shows them; where they cannot, addresses have to stand in the text."""
    return console.is_terminal and console.color_system is not None and _terminal_links()


def _terminal_links() -> bool:
    known = os.environ
    if "FORCE_HYPERLINK" in known:
        return known["FORCE_HYPERLINK"] != "0"
    if "TMUX" in known or "STY" in known:
        # What runs within another terminal tells of that one, and what lies between may leave links out.
        return False
    version = known.get("VTE_VERSION", "")
    return (
        any(known.get(name) for name in _LINKING)
        or known.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or (version.isdecimal() and int(version) >= _FIRST_VTE)
    )


def _rows(table: Table, indent: int, console: Console) -> Iterator[Line]:
    """A line for each row, with its columns below each other; without heads, wrapped as a line is."""
    if not table.heads:
        columns = [[len(plain(row[column])) for row in table.rows] for column in range(len(table.rows[0]) - 1)]
        widths = [max(*lengths, table.least if number == 0 else 0) for number, lengths in enumerate(columns)]
        for row in table.rows:
            *padded, last = row
            led = [
                (*cell, Span(" " * (width + 2 - len(plain(cell))))) for cell, width in zip(padded, widths, strict=True)
            ]
            yield indent, _text(tuple(span for cell in (*led, last) for span in cell), console)
        return
    options = console.options.update(width=console.width - indent)
    for cells in console.render_lines(rich_table(table), options, pad=False):
        yield indent, Text.assemble(*((part.text, part.style or "") for part in cells))


def _wrapped(console: Console, indent: int, text: Text, width: int) -> Iterator[Text]:
    room = max(20, width - indent)
    fits = cell_len(text.plain) <= room
    for line in [text] if fits else text.wrap(console, room):
        line.rstrip()
        yield Text(" " * indent) + line if line.plain else line
