"""A text for a reader, before it has a form: headings, paragraphs, lists, tables, in one language.

What is said to a reader is made as an outline, once. Four renderers take any outline: `terminal.print_outline`,
`markdown.markdown`, `html.page` and `word`. An outline is plain frozen data, and knows nothing of what it tells of; a renderer
knows nothing else.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Literal

from attrs import evolve, field, frozen

from consistent.errors import printable
from consistent.model.text import Tone

__all__ = [
    "BREAK",
    "NO_LETTERS",
    "Block",
    "Break",
    "Code",
    "Fold",
    "Inline",
    "Item",
    "Notes",
    "Paragraph",
    "Role",
    "Section",
    "Span",
    "Spans",
    "Table",
    "changed",
    "dim",
    "in_one_line",
    "lists",
    "pair",
    "plain",
    "spans",
    "strong",
    "with_code",
    "without_last_breaks",
    "without_notes",
]

# These stand for no letter and cannot be written in XML; Python calls them unassigned and not control characters.
NO_LETTERS = dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd")

Role = Literal["", "strong", "dim", "code", "emphasis", "mark", "call", "inserted", "deleted"]


@frozen
class Span:
    """A run of text.

    Attributes:
        role: how it stands out; `mark` is what of a quotation is meant, `call` the number of a footnote; `inserted` and
            `deleted` are words that an amended text adds and takes out.
        tone: how the reader should take it; a form shows that by colour, and the words say it too.
        url: of what it names; empty where it is no link.
        aside: whether the address is left out where nobody can open it; else it stands in the text there.
        note: what a footnote says at its end; empty where there is none. Equal notes are one, with one number.
    """

    text: str
    role: Role = ""
    tone: Tone = ""
    url: str = ""
    note: "Spans" = ()
    aside: bool = False


Spans = tuple[Span, ...]
# What is taken for a text: words, a run, or several of these.
Inline = str | Span | Iterable[str | Span]


def spans(said: Inline) -> Spans:
    """A text as runs."""
    if isinstance(said, str):
        return (Span(said),)
    if isinstance(said, Span):
        return (said,)
    return tuple(Span(part) if isinstance(part, str) else part for part in said)


def _blocks(listed: Iterable["Block"]) -> tuple["Block", ...]:
    return tuple(listed)


def strong(text: str, tone: Tone = "") -> Span:
    """Words that stand out, as those of a heading."""
    return Span(text, "strong", tone)


def dim(text: str) -> Span:
    """Words that stand back: where something is from, what it is called in files."""
    return Span(text, "dim")


def pair(name: str, *said: str | Span) -> Spans:
    """A text behind the name of what it is."""
    return spans((dim(f"{name}: "), *said))


def with_code(text: str) -> Spans:
    """A text of our own, in which backticks set off what is typed."""
    return tuple(Span(part, "code" if number % 2 else "") for number, part in enumerate(text.split("`")))


@frozen
class Paragraph:
    """A paragraph.

    Attributes:
        kind: `lead` introduces a list, `judgement` is what all comes to, `gap` waits for a person, `note` is to be known
            before anything is relied on.
    """

    text: Spans = field(converter=spans)
    kind: Literal["text", "lead", "judgement", "gap", "note"] = "text"


@frozen
class Item:
    """A point of a list; items that follow each other make one.

    Attributes:
        below: what stands under it.
        indent: by how many columns that is indented on a terminal.
    """

    text: Spans = field(converter=spans)
    below: tuple["Block", ...] = field(default=(), converter=_blocks)
    indent: int = field(default=2, kw_only=True)


@frozen
class Section:
    """A heading with what stands under it; one in another is a level lower.

    Attributes:
        heading: may be empty.
        aside: whether it is for whoever works on the text, and no part of it.
        anchor: by which links on the same page find it; empty where none does.
        indent: as that of an item.
    """

    heading: Spans = field(converter=spans)
    blocks: tuple["Block", ...] = field(default=(), converter=_blocks)
    indent: int = field(default=2, kw_only=True)
    anchor: str = field(default="", kw_only=True)
    aside: bool = field(default=False, kw_only=True)


@frozen(kw_only=True)
class Table:
    """A table.

    INVARIANT: the rows are as long as each other, and as the heads where there are any.

    Attributes:
        heads: of the columns; may be empty.
        rows: the last one sums up the others where there is a `total`. The first cell of each names it.
        numbers: whether the cells after the first are numbers.
        total: whether the last row sums up.
        whole: the columns whose cells a terminal never breaks.
        weights: by which rows can be sorted, for each cell after the first; empty where the cells themselves do.
        least: how wide the first column is on a terminal at least, so that two tables without heads line up.
    """

    rows: tuple[tuple[Spans, ...], ...]
    heads: tuple[str, ...] = ()
    numbers: bool = False
    total: bool = False
    whole: frozenset[int] = frozenset()
    least: int = 0
    weights: tuple[tuple[int, ...], ...] = ()


@frozen
class Code:
    """Lines of a file, as they are; `language` as Markdown calls it."""

    text: str
    language: str = ""


@frozen
class Fold:
    """What a reader may unfold, under a line that says what it is; `open` where it stands unfolded at first."""

    summary: Spans = field(converter=spans)
    blocks: tuple["Block", ...] = field(converter=_blocks)
    open: bool = field(default=False, kw_only=True)


@frozen
class Break:
    """Parts what stands before from what follows: an empty line; the end of a list."""


BREAK = Break()

Block = Paragraph | Item | Section | Table | Code | Fold | Break


def in_one_line(text: str, *, ends: bool = False) -> str:
    """A text in one line, with each character that would steer a terminal, a page or a document made visible.

    Args:
        text: of any length.
        ends: whether a blank at either end stays, as one; so in a piece of a sentence.
    """
    line = " ".join(printable(text).translate(NO_LETTERS).split())
    if not ends or not line:
        return line
    return f"{' ' if text[:1].isspace() else ''}{line}{' ' if text[-1:].isspace() else ''}"


def plain(said: Spans) -> str:
    """The words alone."""
    return "".join(span.text for span in said)


class Notes:
    """The footnotes of a text, numbered from one in the order in which they are first called."""

    def __init__(self) -> None:
        self._numbers: dict[Spans, int] = {}

    def call(self, note: Spans) -> tuple[int, bool]:
        """The number of a note, and whether it was called before."""
        before = note in self._numbers
        return self._numbers.setdefault(note, len(self._numbers) + 1), before

    def __iter__(self) -> Iterator[tuple[int, Spans]]:
        """Each with its number, in order."""
        return iter([(number, note) for note, number in self._numbers.items()])


def changed(blocks: Iterable[Block], change: Callable[[Spans], Spans]) -> tuple[Block, ...]:
    """The same blocks with every text changed, in the order in which they are read."""
    return tuple(_changed(block, change) for block in blocks)


def _changed(block: Block, change: Callable[[Spans], Spans]) -> Block:
    match block:
        case Paragraph(text):
            return evolve(block, text=change(text))
        case Item(text, below):
            return evolve(block, text=change(text), below=changed(below, change))
        case Section(heading, inner):
            return evolve(block, heading=change(heading), blocks=changed(inner, change))
        case Fold(summary, inner):
            return evolve(block, summary=change(summary), blocks=changed(inner, change))
        case Table():
            return evolve(block, rows=tuple(tuple(change(cell) for cell in row) for row in block.rows))
        case _:
            return block


def without_notes(said: Spans) -> Spans:
    """A text with its footnotes in brackets, for a form that has none."""
    return tuple(
        piece
        for span in said
        for piece in ((evolve(span, note=()), dim(" ("), *span.note, dim(")")) if span.note else (span,))
        if piece.text
    )


def lists(blocks: Iterable[Block]) -> Iterator[Block | tuple[Item, ...]]:
    """The blocks with items that follow each other put together, and without what only parts."""
    for is_list, group in groupby(blocks, key=lambda block: isinstance(block, Item)):
        if is_list:
            yield tuple(block for block in group if isinstance(block, Item))
        else:
            yield from (block for block in group if not isinstance(block, Break))


def without_last_breaks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks without empty lines at the end, for what stands within another text."""
    listed = list(blocks)
    while listed and isinstance(listed[-1], Break):
        listed.pop()
    return tuple(listed)
