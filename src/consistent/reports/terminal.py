"""An outline as lines on a terminal, with hanging indents and no trailing blanks; and how paths and titles are shown.

Where nothing is coloured (a file, a pipe) a line is a `str` from beginning to end: rich keeps of each piece of a text how it looks, which
takes ten times as long as to write it.
"""

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal, TypeVar

from attrs import evolve
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
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

# What a line says: with how it looks, or the words alone.
_Said = Text | str
_T = TypeVar("_T", Text, str)
# The same as `Line`, with by how much more its further lines are indented where it is wrapped.
_Told = tuple[int, _Said, int]
_HANGING = 2
# Between things on one line that stand apart, such as grades.
_GAP = "   "
# What is left of a column to be read, and of a line to be wrapped.
_READABLE, _LEAST = 24, 20

# In letters, about three lines: no title that a person wrote is longer.
_LONGEST_TITLE = 300
# Printing costs as much for a line as for many.
_BATCH = 500
# Letters and signs that are one cell wide each, and of which only the blank parts words.
_ONE_CELL = re.compile(r"[ -~\xa1-\xac\xae-\u02ff\u2010-\u2027\u20ac]*")
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
    wrapped = (line for told in _lines(blocks, 0, console) for line in _wrapped(console, told, width))
    while batch := list(islice(wrapped, _BATCH)):
        if _is_plain(console):
            console.print(_Written("\n".join(map(str, batch))), soft_wrap=True)
        else:
            console.print(Text("\n").join(line for line in batch if isinstance(line, Text)), soft_wrap=True)


class _Written:
    """Lines that are printed as they are."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """What rich prints of them."""
        yield Segment(f"{self._text}\n")


def _is_plain(console: Console) -> bool:
    """Whether a console shows words alone, neither colours nor links."""
    return console.color_system is None


def count_lines(console: Console, blocks: Iterable[Block]) -> int:
    """How many lines an outline takes on a console."""
    width = console.width
    return sum(1 for told in _lines(blocks, 0, console) for _ in _wrapped(console, told, width))


def text_lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """The lines before they are wrapped, from which the text can be read without a console."""
    for indent, said, _ in _lines(blocks, 0, Console(width=_LONGEST_TITLE, color_system=None)):
        yield indent, Text(said) if isinstance(said, str) else said


def rich_table(table: Table) -> "RichTable":
    """A table with heads, for a console that makes room for it."""
    from rich.table import Table as RichTable  # noqa: PLC0415  few outlines have one

    shown = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column, head in enumerate(table.heads):
        justify: Literal["left", "right"] = "right" if table.numbers and column else "left"
        shown.add_column(head, justify=justify, overflow="fold", no_wrap=column in table.whole)
    for row in table.rows:
        shown.add_row(*map(_styled, row))
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


def _lines(blocks: Iterable[Block], indent: int, console: Console) -> Iterator[_Told]:
    for block in blocks:
        match block:
            case Paragraph(text):
                yield indent, _text(text, console), 0
            case Item(text, below):
                # Under the words behind a sign; where there is none, so that the next item is seen to begin.
                yield indent, _text(text, console), _HANGING
                yield from _lines(below, indent + block.indent, console)
            case Section(heading, inner):
                if heading:
                    yield indent, _text(heading, console), 0
                yield from _lines(inner, indent + block.indent, console)
            case Table():
                yield from _rows(block, indent, console)
            case Code(text):
                yield from ((indent, _text((Span(line),), console), 0) for line in text.splitlines())
            case Fold(summary, inner):
                yield indent, _text(summary, console), 0
                yield from _lines(inner, indent + 2, console)
            case _:
                yield 0, _text((), console), 0


def _text(said: Spans, console: Console) -> _Said:
    if _is_plain(console):
        return "".join(_words(span) for span in without_notes(said))
    return _styled(said, console)


def _styled(said: Spans, console: Console | None = None) -> Text:
    return Text.assemble(*(_run(span, console) for span in without_notes(said)))


def _run(span: Span, console: Console | None) -> tuple[str, str | Style]:
    style = f"{_ROLES[span.role]} {_TONES[span.tone]}".strip()
    if "://" in span.url and console is not None and opens_links(console):
        return _words(evolve(span, url="")), Style.parse(style) + Style(link=printable(span.url))
    return _words(span), style


def _words(span: Span) -> str:
    """A run of text as it is read, with the signs of its role, and the address where nobody can open that."""
    before, after = _SIGNS.get(span.role, ("", ""))
    text = f"{before}{span.text}{after}"
    return printable(f"{text} · {span.url}" if "://" in span.url and not span.aside else text)


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


def _rows(table: Table, indent: int, console: Console) -> Iterator[_Told]:
    """A line for each row, with its columns below each other; without heads, wrapped below where the last column begins."""
    if not table.heads:
        columns = [[len(plain(row[column])) for row in table.rows] for column in range(len(table.rows[0]) - 1)]
        widths = [max(*lengths, table.least if number == 0 else 0) for number, lengths in enumerate(columns)]
        for row in table.rows:
            *padded, last = row
            led = [
                (*cell, Span(" " * (width + 2 - len(plain(cell))))) for cell, width in zip(padded, widths, strict=True)
            ]
            hanging = sum(width + 2 for width in widths)
            text = _text(tuple(span for cell in (*led, last) for span in cell), console)
            yield indent, text, hanging if hanging <= (console.width - indent) // 2 else _HANGING
        return
    if _is_narrow(table, console.width - indent):
        yield from _stacked(table, indent, console)
        return
    options = console.options.update(width=console.width - indent)
    for cells in console.render_lines(rich_table(table), options, pad=False):
        line = Text.assemble(*((part.text, part.style or "") for part in cells))
        yield indent, line.plain if _is_plain(console) else line, 0


def _is_narrow(table: Table, room: int) -> bool:
    """Whether columns would be squeezed to a few letters a line: the widest has to give way, and keeps less than it needs to be read."""
    columns = zip(table.heads, *(map(plain, row) for row in table.rows), strict=True)
    *others, widest = sorted(max(map(cell_len, cells)) for cells in columns)
    return sum(others) + 2 * len(others) + min(widest, _READABLE) > room


def _stacked(table: Table, indent: int, console: Console) -> Iterator[_Told]:
    """Each row as its first cell, and below it the others, with their heads where they are numbers."""
    for row in table.rows:
        first, *others = row
        yield indent, _text(first, console), _HANGING
        told = [
            (*((Span(f"{head}: "),) if plain(cell)[:1].isdigit() else ()), *cell)
            for head, cell in zip(table.heads[1:], others, strict=True)
            if plain(cell)
        ]
        joined = tuple(span for number, cell in enumerate(told) for span in ((Span(" · "),) if number else ()) + cell)
        yield indent + _HANGING, _text(joined, console), 0


def _wrapped(console: Console, told: _Told, width: int) -> Iterator[_Said]:
    indent, said, hanging = told
    room = max(_LEAST, width - indent)
    if isinstance(said, str):
        for line in _folded(console, said.rstrip(), room, hanging):
            yield (" " * indent + line).rstrip()
        return
    said.rstrip()
    for text in _folded(console, said, room, hanging):
        text.rstrip()
        yield Text(" " * indent) + text if text.plain else text


def _folded(console: Console, text: _T, room: int, hanging: int) -> Iterable[_T]:
    """A text in as many lines as it needs."""
    words = str(text)
    if cell_len(words) <= room:
        return (text,)
    return _apart(console, text, room) if _GAP in words else _hung(console, text, room, hanging)


def _hung(console: Console, text: _T, room: int, hanging: int) -> Iterator[_T]:
    """Lines of which all but the first are indented once more."""
    if not hanging or room - hanging < _LEAST:
        yield from _broken(console, text, room)
        return
    first = next(iter(_broken(console, text, room)))
    yield first
    # What is left was wrapped for another width; the blank at which it was parted belongs to neither.
    rest = text[len(first) :]
    for line in _broken(console, rest[len(rest) - len(str(rest).lstrip()) :], room - hanging):
        yield type(text)(" " * hanging) + line


def _apart(console: Console, text: _T, room: int) -> Iterator[_T]:
    """Lines of things that stand apart by `_GAP`: a line ends between two of them, and within one only where it is too long by itself."""
    line = type(text)()
    for thing in text.split(_GAP):
        if len(line) and cell_len(str(line)) + len(_GAP) + cell_len(str(thing)) > room:
            yield from _broken(console, line, room)
            line = type(text)()
        line = line + _GAP + thing if len(line) else thing
    yield from _broken(console, line, room)


def _broken(console: Console, text: _T, room: int) -> Iterator[_T]:
    """A text broken between words, and within one that is longer than a line."""
    if isinstance(text, Text):
        yield from text.wrap(console, room)
        return
    left, is_simple = text.rstrip(), _ONE_CELL.fullmatch(text)
    while len(left) > room or not is_simple:
        # The last blank that leaves a line no longer than there is room.
        end = left.rfind(" ", 0, room + 1)
        line = left[: max(end, 0)].rstrip()
        if not line or not is_simple:
            yield from (line.plain.rstrip() for line in Text(left).wrap(console, room))
            return
        yield line
        left = left[end:].lstrip()
    yield left
