"""Markup of every format: parsed safely, then turned into blocks in one pass and in reading order.

Nothing outside the file is ever read, no entity is expanded, and what would fill the memory is refused: a document of
law needs none of it. Each format says of an element what to do with it (`Use`); how blocks come out of that is the same for all.
"""

import re
from collections.abc import Callable, Iterator
from html.entities import html5
from typing import Any, Literal

from attrs import define, field, frozen
from lxml import etree

from consistent.documents.document import Block, Role
from consistent.documents.formats.text import BYTE_ORDER_MARKS, plain, refused
from consistent.errors import InputError
from consistent.limits import ATTRIBUTES, ELEMENTS, LETTERS, MARKUP, TAGS

__all__ = [
    "BLOCK",
    "BREAK",
    "CELL",
    "DROP",
    "INLINE",
    "LINE_END",
    "NUMBER",
    "REFERENCE",
    "ROW",
    "Use",
    "blocks_of",
    "parse_html",
    "parse_xml",
    "part",
]

# Where entities are declared: before the first element. HTML has none of its own, and its parser takes them without a word.
_DECLARES = re.compile(rb"(?:[^<]|<(?![A-Za-z]))*?<!ENTITY\s", re.IGNORECASE)

# The five that XML itself knows are left to its parser.
_NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_DECLARED = re.compile(r"""^<\?xml[^>]{0,200}?encoding=["']([\w.-]+)""")
_META = re.compile(r"""<meta[^>]{0,200}?charset=["']?([\w.-]+)""", re.IGNORECASE)
# A tag and its attributes, split as a browser splits them, in one pass and without going back.
_ATTRIBUTE = rb"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_TAG = re.compile(rb"<[A-Za-z][^\s/>]*+(?:" + _ATTRIBUTE + rb")*+")
_ATTRIBUTES = re.compile(_ATTRIBUTE)


def parse_xml(content: bytes, name: str) -> etree._Element:
    """The root of an XML document.

    Named characters of HTML (`&nbsp;`) are known without their DTD.

    Args:
        content: the file.
        name: how messages call it.

    Raises:
        InputError: it is not well formed, declares entities, uses one that is unknown, is too large or too deep.
    """
    check_size(content, name)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_blank_text=False
    )
    try:
        root = etree.fromstring(_NAMED.sub(_character, content), parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise _not_well_formed(error, name) from None
    except (LookupError, ValueError) as error:
        raise refused(f"XML cannot be read: {str(error).lower()}", name) from None
    declared: Any = root.getroottree().docinfo.internalDTD  # lxml-stubs leave out what it can do
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise _declares_entities("XML", name)
    for unknown in root.iter(etree.Entity):
        raise refused(f"XML uses an unknown entity `{unknown.text}`", name, "write out what it stands for")
    return root


def parse_html(content: bytes, name: str) -> etree._Element:
    """The root of an HTML document, however badly it is written.

    Raises:
        InputError: there is nothing in it, it declares entities, or it is too large or too deep.
    """
    check_size(content, name)
    encoded = _decoded(content).encode("utf-8", "replace")
    if _DECLARES.match(encoded):
        raise _declares_entities("HTML", name)
    for tag in _TAG.finditer(encoded):
        if tag.end() - tag.start() > ATTRIBUTES.most and len(_ATTRIBUTES.findall(tag[0])) > ATTRIBUTES.most:
            raise ATTRIBUTES.passed(name)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(encoded, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    # INVARIANT: libxml2 drops what lies deeper than it goes, or has no room, and says so only here.
    if any(entry.type == etree.ErrorTypes.ERR_NO_MEMORY for entry in parser.error_log):
        raise MemoryError
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise ELEMENTS.passed(name)
    if root is None:
        raise refused("HTML holds nothing that can be read", name)
    return root


def check_size(content: bytes, name: str) -> None:
    """Refuse markup whose tree would take too much memory.

    Raises:
        InputError: it does.
    """
    if len(content) > MARKUP.most:
        raise MARKUP.passed(name)
    if content.count(b"<") > TAGS.most:
        raise TAGS.passed(name)


def _character(match: re.Match[bytes]) -> bytes:
    """A named character as a numbered one, which needs no declaration and no encoding."""
    known = html5.get(match[1].decode("ascii") + ";")
    return "".join(f"&#{ord(character)};" for character in known).encode("ascii") if known else match[0]


def _not_well_formed(error: etree.XMLSyntaxError, name: str) -> InputError:
    """The error for XML that the parser refuses, with its own message unless that is about depth or entities."""
    message = (error.msg or "no element in it").removesuffix("\n")
    if "Excessive depth" in message:
        return ELEMENTS.passed(name)
    if "too long" in message or "resource limit" in message:
        return LETTERS.passed(name)
    if "amplification" in message or "entity loop" in message.lower():
        return refused("XML declares entities that grow without end", name)
    message = re.sub(r", line \d+, column \d+$", "", message)
    return refused(f"XML is not well formed: {message[:1].lower()}{message[1:]}", name, line=error.lineno or None)


def _declares_entities(markup: str, name: str) -> InputError:
    return refused(
        f"{markup} declares entities", name, "they can hide text or fill the memory; write out what they stand for"
    )


def _decoded(content: bytes) -> str:
    """The text of an HTML file: as its first bytes, its declaration or its `meta` say; UTF-8, or Windows' if it is not."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    head = content[:2048].decode("latin-1")
    declared = _DECLARED.search(head) or _META.search(head)
    try:
        return content.decode(declared[1] if declared else "utf-8")
    except (LookupError, ValueError):
        return content.decode("cp1252", "replace")


How = Literal["inline", "block", "part", "number", "aside", "row", "cell", "break", "drop", "reference"]

# Of these the first block alone is what its name says; more text in the same part follows on it.
_ONCE = frozenset({"article", "citation", "paragraph", "point", "recital"})
# What lies in these is part of them, whatever it would be elsewhere.
_WHOLE = frozenset({"note", "running"})
_OPENING = "([\N{LEFT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}"
_CLOSING = ",.;:)]\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"


@frozen
class Use:
    """What to do with an element.

    Attributes:
        how: `inline`, its text belongs to the block around it; `block`, a block ends before and after it; `part`, so too,
            and the blocks in it have a role; `number`, its text numbers the part around it; `aside`, a part whose blocks
            come after the block that it stands in; `row`, of a table, and `cell`; `break`, of a line; `drop`, with all
            that is in it; `reference`, to a note: dropped with the brackets around it.
        role: of the blocks of a part.
        level: of them.
        number: of the first block, where the markup gives it outside the text.
        letters: of an inline element, that it stands for.
        lines: whether a break of line ends a block.
    """

    how: How
    role: Role = "text"
    level: int = 0
    number: str = ""
    lines: bool = False
    letters: str = ""


INLINE, BLOCK, NUMBER, ROW, CELL, BREAK, LINE_END, DROP, REFERENCE = (
    Use("inline"),
    Use("block"),
    Use("number"),
    Use("row"),
    Use("cell"),
    Use("break"),
    Use("break", lines=True),
    Use("drop"),
    Use("reference"),
)


def part(role: Role, level: int = 0, *, number: str = "", lines: bool = False) -> Use:
    """The use of an element whose blocks have a role."""
    return Use("part", role, level, number, lines=lines)


def blocks_of(root: etree._Element, use_of: Callable[[etree._Element], Use]) -> tuple[Block, ...]:
    """The blocks of everything under an element.

    Args:
        root: where to begin.
        use_of: asked once for each element that is not within a dropped one, in the order of the document, parents first.
    """
    assembler = _Assembler()
    uses: list[Use] = []
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            use = use_of(element)
            uses.append(use)
            if use.how in {"drop", "reference"}:
                walk.skip_subtree()
                continue
            assembler.begin(use)
            if use.letters:
                assembler.text(use.letters)
            if element.text:
                assembler.text(element.text)
            continue
        tail = element.tail if element is not root else None
        if event == "end":
            tail = assembler.end(uses.pop(), tail or "")
        if tail:
            assembler.text(tail)
    assembler.flush()
    return tuple(assembler.done)


@define(eq=False)
class _Part:
    """An open part. `used`: a block came out of it."""

    role: Role
    level: int
    lines: bool
    number: str = ""
    used: bool = False


@define(eq=False)
class _Context:
    """What is set aside while a number, a row, a cell or an aside is read."""

    pieces: list[str]
    done: list[Block]
    parts: list[_Part] = field(factory=list)


class _Assembler:
    """INVARIANT: `pieces` is the text of the block that is being read; what is done stands in the order of reading."""

    def __init__(self) -> None:
        self.done: list[Block] = []
        self._pieces: list[str] = []
        self._parts: list[_Part] = []
        self._outer: list[_Context] = []
        self._aside: list[Block] = []
        self._broken = False

    def text(self, text: str) -> None:
        """More text of the block."""
        inner = text.strip()
        if not inner:
            self._pieces.append(_gap(text))
            return
        start = text.index(inner)
        self._pieces += (_gap(text[:start]), inner.replace("\n", " "), _gap(text[start + len(inner) :]))
        self._broken = False

    def begin(self, use: Use) -> None:
        """An element begins."""
        match use.how:
            case "block":
                self.flush()
            case "part":
                self.flush()
                self._parts.append(_Part(use.role, use.level, use.lines, self._handed_over(use) or use.number))
            case "aside":
                self._set_aside()
                self._parts = [_Part(use.role, use.level, use.lines, use.number)]
            case "row":
                self.flush()
                self._number_alone()
                self._set_aside()
            case "number" | "cell":
                self._set_aside()
                self._parts = [
                    _Part(outer.role, outer.level, outer.lines, used=True) for outer in self._outer[-1].parts
                ]
            case "break":
                self._break(ends=use.lines)
            case _:
                pass

    def end(self, use: Use, tail: str) -> str:
        """An element ends; what is left of the text that follows it."""
        match use.how:
            case "block":
                self.flush()
            case "part":
                self.flush()
                self._number_alone()
                self._parts.pop()
            case "aside":
                self.flush()
                notes = self.done
                self._take_back()
                self._aside += notes
            case "number":
                return self._number(tail)
            case "row":
                self._row()
            case "cell":
                self.flush()
                cell = " ".join(block.line for block in self.done).replace("\t", " ")
                self._take_back()
                self.done.append(Block(text=cell))
            case "reference":
                return self._reference(tail)
            case _:
                pass
        return tail

    def flush(self) -> None:
        """The block ends here."""
        text = _block_text(self._pieces)
        self._pieces.clear()
        self._broken = False
        if text:
            inner = self._parts[-1] if self._parts else _Part("text", 0, lines=False)
            role, level = (inner.role, inner.level) if not (inner.used and inner.role in _ONCE) else ("text", 0)
            self.done.append(Block(text=text, role=self._whole() or role, level=level, number=inner.number))
            inner.number, inner.used = "", True
        # Asides within a cell or a number wait for the block around it.
        if self._aside and not self._outer:
            self.done += self._aside
            self._aside.clear()

    def _whole(self) -> Role | None:
        """The role of an open part that all within it have."""
        return next((open_part.role for open_part in self._parts if open_part.role in _WHOLE), None)

    def _handed_over(self, use: Use) -> str:
        """The number that waits in the part around a new one, where it belongs to that; else it is no longer waiting."""
        inner = self._parts[-1] if self._parts else None
        if inner is None or use.role not in _WHOLE:
            self._number_alone()
            return ""
        if inner.role != use.role:  # comes between a number and its text, and is neither
            return ""
        number, inner.number = inner.number, ""
        return number

    def _number_alone(self) -> None:
        """A number whose text is only that of the parts within becomes a block, so that it is not lost."""
        if self._parts and self._parts[-1].number:
            inner = self._parts[-1]
            self._pieces.append(inner.number)
            inner.number = ""
            self.flush()

    def _number(self, tail: str) -> str:
        """Give the number that was read to the part around it, with a bracket left outside it."""
        number = _block_text([*self._pieces, *(" " + block.line for block in self.done)])
        self._take_back()
        # Enough to see whether text comes before; all of it, each time, would take the square of its length.
        before = _block_text(self._pieces[:8])
        inner = self._parts[-1] if self._parts else None
        if inner is None or inner.used or before not in {"", "("}:
            self._pieces += (number, " ")
            return tail
        if before and tail.lstrip().startswith(")"):
            number, tail = f"({number})", tail.lstrip().removeprefix(")")
            self._pieces.clear()
        inner.number = f"{inner.number} {number}".strip()
        return tail

    def _reference(self, tail: str) -> str:
        """Take the brackets around a reference to a note out of the sentence."""
        before = "".join(self._pieces[-3:]).rstrip()
        if before.endswith("(") and tail.lstrip().startswith(")"):
            self._pieces[-3:] = [before.removesuffix("(")]
            tail = tail.lstrip().removeprefix(")")
        if self._pieces and self._pieces[-1].endswith((" ", "\N{NO-BREAK SPACE}")):
            # The blank belongs to the reference, unless a word follows.
            self._pieces[-1:] = [self._pieces[-1].rstrip(), "\n"]
        return tail

    def _row(self) -> None:
        """The cells of a row in one block, empty ones kept where one follows, so that columns stay columns."""
        self.flush()
        cells = "\t".join(cell.text for cell in self.done).rstrip("\t")
        self._take_back()
        if cells.strip():
            self.done.append(Block(text=cells, role=self._whole() or "row"))
            for open_part in self._parts:
                open_part.used = True
        self.flush()

    def _break(self, *, ends: bool) -> None:
        """A line ends: a blank, or the end of the block where it says so, in a heading and where an empty line follows."""
        inner = self._parts[-1] if self._parts else None
        if ends or self._broken or (inner is not None and inner.lines):
            self.flush()
            if inner is not None and inner.used and inner.role == "article":
                inner.role, inner.used = "article-heading", False
        else:
            self._pieces.append(" ")
            self._broken = True

    def _set_aside(self) -> None:
        self._outer.append(_Context(self._pieces, self.done, self._parts))
        self._pieces, self.done, self._parts = [], [], list(self._parts)

    def _take_back(self) -> None:
        outer = self._outer.pop()
        self._pieces, self.done, self._parts = outer.pieces, outer.done, outer.parts


def _gap(blanks: str) -> str:
    """Blanks as one. A printer of XML sets tags on lines of their own: whether a blank belongs there is told later."""
    return ("\n" if "\n" in blanks else " ") if blanks else ""


def _block_text(pieces: list[str]) -> str:
    """The text of a block: without the blanks that stand only where a tag had a line of its own."""
    text = "".join(pieces)
    if "\n" in text:
        text = "".join(_mended(text.split("\n")))
    return plain(" ".join(text.split()))


def _mended(lines: list[str]) -> Iterator[str]:
    """Lines with a blank between, but not before what closes or after what opens."""
    last = ""
    for line in lines:
        here = line.lstrip()
        if not here:
            continue
        closes = here[0] in _CLOSING
        yield (here if not last or closes or last[-1] in _OPENING else " " + here) if last else line
        last = line.rstrip() or last
