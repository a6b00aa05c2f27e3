"""A document as text with a structure, the same for all formats and languages, and where passages stand in it.

A format's reader gives **blocks**: runs of text in reading order, each with a hint of what the markup says it is. From the
blocks a tree of **parts** is made, which covers the text without gap or overlap. What is read in a document is **found**: a
value with the passage that says so.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Generic, Literal, TypeVar

from attrs import Factory, evolve, field, frozen

from consistent.documents.places import NAMES
from consistent.errors import printable
from consistent.model.text import Language
from consistent.shown import Shown

__all__ = [
    "Block",
    "Content",
    "Document",
    "Found",
    "Part",
    "PartKind",
    "Role",
    "Span",
    "agreed",
    "language_for",
    "page_of",
    "place_of",
    "quote_of",
    "quoted_in",
]

# What the markup says of a block. `text` where it says nothing: the words have to tell.
Role = Literal[
    "text",
    "reference",  # the number on the cover
    "type",  # the line that says what the document is: 'Proposal for a'
    "title",  # its subject, or the title of the act
    "heading",
    "citation",
    "recital",
    "article",  # the line that numbers an article
    "article-heading",
    "paragraph",
    "point",
    "row",  # of a table, cells divided by tabs
    "note",  # a footnote
    "annex",  # the line that begins an annex
    "running",  # heads, feet and page numbers of pages: kept, but outside sentences
]

PartKind = Literal[
    "cover",
    "memorandum",
    "heading",
    "act",  # its title, preamble, enacting terms and closing; its annexes come after it
    "title-of-act",
    "preamble",
    "citation",
    "recital",
    "enacting-formula",
    "enacting-terms",
    "part",
    "title",
    "chapter",
    "section",
    "subsection",
    "article",
    "paragraph",  # of an article; without a number where the article does not number them
    "subparagraph",  # the second and later ones: the first is the paragraph's own words
    "point",  # without a number where it is an indent
    "quoted",  # what an amending provision puts into another act
    "closing",
    "annex",
    "financial-statement",
    "note",
    "running",
    "text",  # of a document that is no act, and has no better name
]


@frozen
class Span:
    """From and to which character of the document's text; the end is not included."""

    start: int
    end: int

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


@frozen(kw_only=True)
class Block:
    """A run of text in one piece: a paragraph, a heading, a table row, a footnote.

    Attributes:
        text: with plain spaces between words; no line break, no soft hyphen, not empty.
        role: what the markup says it is.
        level: of a heading or a point, from 1: how deep, compared with others of its kind in the document; 0 where the markup
            does not say.
        number: that stands apart from the text in the markup: `(3)`, `Article 5`; empty where it is part of the text.
        page: counted from one; None where the format has no pages.
    """

    text: str
    role: Role = "text"
    level: int = 0
    number: str = ""
    page: int | None = None

    @property
    def line(self) -> str:
        """The text with its number in front, as a reader sees it."""
        return f"{self.number} {self.text}".strip() if self.number else self.text


@frozen(kw_only=True)
class Content:
    """What a format's reader makes of a file.

    Attributes:
        format: `xhtml`, `akn`, `formex`, `docx`, `pdf`, `text`, `json`, or the name that an added format gives itself.
        blocks: in reading order.
        properties: what the file says of itself beside its text, under plain names: `reference`, `procedure`, `celex`,
            `date`, `title`, `kind`, `language`, as far as it says them.
    """

    format: str
    blocks: tuple[Block, ...]
    properties: Mapping[str, str] = field(factory=dict)


@frozen(kw_only=True)
class Part:
    """A piece of the structure.

    Attributes:
        number: without the word or the marks around it: `5`, `3`, `a`, `IV`; empty where it has none.
        heading: as the document has it; empty where it has none.
        span: the characters that it covers, its parts included.
        page: on which it begins.
        parts: in order; those that the part's own words come before or between.
    """

    kind: PartKind
    number: str = ""
    heading: str = ""
    span: Span
    page: int | None = None
    parts: tuple["Part", ...] = ()

    def walk(self) -> Iterator["Part"]:
        """This part and every part below it, in the order of the text."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def named(self, kind: PartKind, number: str = "") -> tuple["Part", ...]:
        """The parts of a kind within it, and of a number where one is given."""
        return tuple(part for part in self.walk() if part.kind == kind and number in {"", part.number})

    def pieces(self, *, own: bool = False) -> Iterator[Span]:
        """The spans of its sentences: without the notes, running heads and page numbers that lie among them.

        Args:
            own: without its parts too, which leaves its own words.
        """
        at = self.span.start
        for part in self.parts:
            if own or part.kind in {"note", "running"} or part.parts:
                if part.span.start > at:
                    yield Span(at, part.span.start)
                if not own and part.kind not in {"note", "running"}:
                    yield from part.pieces()
                at = part.span.end
        if at < self.span.end:
            yield Span(at, self.span.end)


@frozen(kw_only=True, eq=False)
class Document(Shown):
    """A document that was read.

    INVARIANT: `text` is the lines of all blocks, in order, with a line break between. The top parts, and the parts of each
    part together with the text between them, cover it without gap or overlap.

    Attributes:
        name: what it was read from, for messages.
        language: `en`, `nl`, another code of two letters, or empty where it cannot be told.
        parts: the top of the tree.
        digest: SHA-256 of the file, byte by byte; empty where the document was not read from one.
    """

    name: str
    content: Content
    language: str
    text: str
    parts: tuple[Part, ...]
    digest: str = ""
    starts: tuple[int, ...] = field(default=Factory(lambda self: tuple(_starts(self.content.blocks)), takes_self=True))

    def walk(self) -> Iterator[Part]:
        """Every part in the order of the text."""
        for part in self.parts:
            yield from part.walk()

    def of(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]

    def named(self, kind: PartKind, number: str = "") -> tuple[Part, ...]:
        """The parts of a kind, and of a number where one is given; those of acts in annexes too."""
        return tuple(part for part in self.walk() if part.kind == kind and number in {"", part.number})

    def top(self, kind: PartKind) -> tuple[Part, ...]:
        """The parts of a kind at the top: its acts, its annexes."""
        return tuple(part for part in self.parts if part.kind == kind)

    def prose(self, part: Part, *, own: bool = False) -> str:
        """The sentences of a part, a line each block, without what `Part.pieces` leaves out."""
        return "\n".join(filter(None, (self.of(piece).strip("\n") for piece in part.pieces(own=own))))


def _starts(blocks: tuple[Block, ...]) -> Iterator[int]:
    """Where in the text each block begins."""
    at = 0
    for block in blocks:
        yield at
        at += len(block.line) + 1


# A value that was read, with the place that says so.

T_co = TypeVar("T_co", covariant=True)


@frozen
class Found(Generic[T_co]):
    """A value that was read.

    Attributes:
        value: in the canonical spelling or the vocabulary's term.
        span: the words of the document that say so; None where the file says it of itself, outside its text.
    """

    value: T_co
    span: Span | None


def agreed(stated: Found[T_co] | None, read: Found[T_co] | None) -> Found[T_co] | None:
    """What the file says of itself before what its text says, with the place in the text where that says the same."""
    if stated is None:
        return read
    return evolve(stated, span=read.span) if read is not None and read.value == stated.value else stated


# Where in a document a passage stands, as a lawyer writes it, and how it begins.

# Enough to find a passage by, and no more than a quotation.
_WORDS, _LETTERS = 8, 120
_WORD = re.compile(r"[^\s]+")
# Of those that a passage stands in, the first of these says where it is.
_TELLING = (
    "annex",
    "article",
    "recital",
    "citation",
    "preamble",
    "title-of-act",
    "closing",
    "financial-statement",
    "memorandum",
    "cover",
    "heading",
)
# In a document without a structure, what stands further on is not on the cover.
_COVER = 1_500
_NUMBERED = ("annex", "recital")


def language_for(document: Document) -> Language:
    """In which language to speak of a document: its own where that is English or Dutch, else English."""
    return "nl" if document.language == "nl" else "en"


def place_of(document: Document, span: Span, language: Language | None = None) -> str:
    """Where a passage begins: `Article 4(1)(a)`, `cover, page 1`.

    Args:
        document: that it stands in.
        span: of it.
        language: to say it in; that of the document unless given, English where that is neither English nor Dutch.
    """
    language = language or language_for(document)
    around = list(_around(document.parts, span.start))
    by_kind = {part.kind: part for part in reversed(around)}
    kind = next((candidate for candidate in _TELLING if candidate in by_kind), "text")
    if kind == "cover" and len(document.parts) == 1 and span.start >= _COVER:
        # A document without a structure is all cover, as far as its tree goes.
        kind = "text"
    place = NAMES[kind].get(language)
    inner = by_kind.get(kind)  # type: ignore[call-overload]  # kinds without such parts give none
    if kind == "article":
        place = _provision(around, place, dutch=language == "nl")
    elif inner is not None and kind in _NUMBERED and inner.number:
        place = f"{place} {inner.number}"
    elif kind in {"heading", "memorandum"}:
        number = next((part.number for part in reversed(around) if part.kind == "heading" and part.number), "")
        place = f"{place} {number}" if number else place
    page = page_of(document, span)
    return place if page is None else f"{place}, {NAMES['page'].get('nl' if language == 'nl' else 'en')} {page}"


def page_of(document: Document, span: Span) -> int | None:
    """The page on which a passage begins; None where the format has no pages."""
    blocks = document.content.blocks
    return blocks[max(0, bisect_right(document.starts, span.start) - 1)].page if blocks else None


def quote_of(document: Document, span: Span) -> str:
    """How a passage begins: eight words of its line at most."""
    return printable(" ".join(document.of(quoted_in(document, span)).split()))


def quoted_in(document: Document, span: Span) -> Span:
    """Where the words stand that a passage is quoted by; see `quote_of`."""
    end = document.text.find("\n", span.start)
    stop = min(end if end >= 0 else len(document.text), span.start + 8 * _LETTERS)
    first, last, letters = span.start, span.start, -1
    for count, match in enumerate(islice(_WORD.finditer(document.text, span.start, stop), _WORDS)):
        if count == 0:
            first, last = match.start(), min(match.end(), match.start() + _LETTERS)
        letters += 1 + len(match[0])
        if count and letters > _LETTERS:
            break
        last = max(last, min(match.end(), match.start() + _LETTERS))
    return Span(first, last)


def _around(parts: tuple[Part, ...], at: int) -> Iterator[Part]:
    """The parts that a character stands in, outermost first."""
    while parts:
        index = bisect_right(parts, at, key=lambda part: part.span.start) - 1
        if index < 0 or at >= parts[index].span.end:
            return
        yield parts[index]
        parts = parts[index].parts


def _provision(around: list[Part], word: str, *, dutch: bool) -> str:
    """Article, paragraph and points: `Article 4(1)(a)`, `artikel 4, lid 1, onder a)`."""
    start = next(index for index, outer in enumerate(around) if outer.kind == "article")
    within = around[start:]
    # What an article puts into another act has numbers of that act.
    own = next((index for index, inner in enumerate(within) if inner.kind == "quoted"), len(within))
    numbers = [(inner.kind, inner.number) for inner in within[1:own] if inner.number]
    paragraphs = [number for kind, number in numbers if kind == "paragraph"]
    points = [number for kind, number in numbers if kind == "point"]
    place = f"{word} {within[0].number}".rstrip()
    if not dutch:
        return place + "".join(f"({number})" for number in (*paragraphs, *points))
    parts = [*(f"lid {number}" for number in paragraphs), *(f"onder {number})" for number in points)]
    return ", ".join([place, *parts])
