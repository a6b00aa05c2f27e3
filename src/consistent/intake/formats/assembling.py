"""Blocks from a tree of markup, in one pass and in reading order.

Each format says of an element what to do with it (`Use`); how blocks come out of that is the same for all.
"""

from collections.abc import Callable, Iterator
from typing import Literal

from attrs import define, field, frozen
from lxml import etree

from consistent.intake.document import Block, Role
from consistent.intake.formats.letters import plain

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
    "part",
]

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
                self._parts = [_Part(each.role, each.level, each.lines, used=True) for each in self._outer[-1].parts]
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
                cell = " ".join(each.line for each in self.done).replace("\t", " ")
                self._take_back()
                self.done.append(Block(text=cell))
            case "reference":
                return self._reference(tail)
            case _:
                pass
        return tail

    def flush(self) -> None:
        """The block ends here."""
        text = _told(self._pieces)
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
        return next((each.role for each in self._parts if each.role in _WHOLE), None)

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
        number = _told([*self._pieces, *(" " + each.line for each in self.done)])
        self._take_back()
        # Enough to see whether text comes before; all of it, each time, would take the square of its length.
        before = _told(self._pieces[:8])
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
        cells = "\t".join(each.text for each in self.done).rstrip("\t")
        self._take_back()
        if cells.strip():
            self.done.append(Block(text=cells, role=self._whole() or "row"))
            for each in self._parts:
                each.used = True
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


def _told(pieces: list[str]) -> str:
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
