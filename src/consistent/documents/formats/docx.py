"""DOCX as the Commission's LegisWrite and anyone's Word write it."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from attrs import Factory, define, evolve, field
from lxml import etree

from consistent.documents.document import Block, Content, Role
from consistent.documents.formats._dialects import properties_from
from consistent.documents.formats._docx_package import (
    ListPlace,
    Meaning,
    Numbering,
    Package,
    Styles,
    W,
    attribute,
    flag,
    opened,
    whole,
)
from consistent.documents.formats.text import plain, refused

__all__ = ["ParagraphText", "read"]

# The words of a paragraph of a DOCX as a reader sees them: deletions out, insertions in, notes and text boxes set aside.

# Ends a line within a paragraph.
BREAK = "\n"

_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
# What was there before a tracked change, what says how things look, and phonetic help.
_NO_TEXT = frozenset(
    W + name for name in ("del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "rt")
)
_CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": BREAK, W + "noBreakHyphen": "-", W + "softHyphen": ""}
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}


@define
class ParagraphText:
    """What a paragraph says.

    Attributes:
        text: with tabs and `BREAK`.
        notes: the notes that it refers to, in order: `footnotes` or `endnotes`, and which.
        boxes: what holds the paragraphs of its text boxes.
    """

    pieces: list[str] = Factory(list)
    notes: list[tuple[str, str]] = Factory(list)
    boxes: list[etree._Element] = Factory(list)

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.pieces)


def text_of(paragraph: etree._Element) -> ParagraphText:
    """The words of a paragraph."""
    words = ParagraphText()
    _Walk(words).inside(paragraph)
    return words


class _Walk:
    """Goes through a paragraph once. Depth is bounded by the parser's own limit."""

    def __init__(self, words: ParagraphText) -> None:
        self.words = words
        # For each open field whether its code is being read: text there is not shown.
        self.fields: list[bool] = []

    def inside(self, parent: etree._Element) -> None:
        for child in parent.iterchildren("*"):
            self.element(child)

    def element(self, element: etree._Element) -> None:
        """Take in an element of a paragraph, with what lies in it; what a reader does not see is left out."""
        tag = element.tag
        if tag in _NO_TEXT:
            return
        if tag == W + "r" and flag(element.find(W + "rPr"), "vanish"):
            return
        if tag == W + "fldChar":
            self.field(element.get(W + "fldCharType"))
        elif any(self.fields):
            # Within the code of a field; what it holds is found again in its result.
            self.inside(element)
        elif tag in {W + "t", _MATHS}:
            self.words.pieces.append((element.text or "").replace("\n", " "))
        elif tag in _CHARACTERS:
            self.words.pieces.append(_CHARACTERS[tag])
        elif tag == W + "br":
            self.words.pieces.append(BREAK if element.get(W + "type") in {None, "textWrapping"} else " ")
        elif tag == W + "sym":
            self.words.pieces.append(_symbol(element.get(W + "char") or ""))
        elif tag in _NOTES:
            self.words.notes.append((_NOTES[tag], element.get(W + "id") or ""))
        elif tag == W + "txbxContent":
            self.words.boxes.append(element)
        elif tag == _ALTERNATIVES:
            # The same content twice, for new and for old readers.
            choice = element.find(_CHOICE)
            for alternative in [choice] if choice is not None else element.iterchildren("*"):
                self.inside(alternative)
        elif tag == W + "sdt" and flag(element.find(W + "sdtPr"), "showingPlcHdr"):
            # 'Click here to enter text'.
            return
        else:
            self.inside(element)

    def field(self, kind: str | None) -> None:
        """Note where the code of a field begins and ends: `begin` opens it, `separate` leads to its result, `end` closes it."""
        match kind:
            case "begin":
                self.fields.append(True)
            case "separate" if self.fields:
                self.fields[-1] = False
            case "end" if self.fields:
                self.fields.pop()
            case _:
                pass


def _symbol(code: str) -> str:
    """The character of a symbol; Word gives its place in the font, moved to the private area of Unicode."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0 < number < 0xD800 or 0xE000 <= number < 0x10000 else ""  # noqa: PLR2004 - surrogates


# A number typed by hand: it stands before a tab. 'Article 5' before one is left in its line.
_TYPED = re.compile(
    r"\s*([‘“„'\"]?\(?(?:\d{1,3}[a-z]{0,3}|[a-z]{1,3}|[ivxlc]{1,7}|[IVXLC]{1,7}|[A-Z])(?:\.\d{1,3}){0,4}[).]{1,2}|[-–—•])\t+"  # noqa: RUF001  marks that documents print
)
# What wraps paragraphs and tables without meaning more.
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body"))
_LEFT_OUT = frozenset(
    W + name for name in ("del", "moveFrom", "sdtPr", "sdtEndPr", "sectPr", "tblPr", "tblGrid", "trPr")
)


def read(content: bytes, name: str) -> Content:
    """The text of a DOCX as a reader sees it, tracked changes accepted, lists numbered, notes after their paragraphs.

    Heads and feet come first and last, each text once, as `running`. The cover of a document of the Commission is a picture;
    what it says stands in the properties.

    Args:
        content: the file.
        name: how messages call it.

    Raises:
        InputError: it is encrypted, damaged, too large, has macros or another document in it, or is no DOCX.
    """
    package = opened(content, name)
    blocks = (*_running(package, "header"), *_Reader(package).read(), *_running(package, "footer"))
    if not blocks:
        raise refused("DOCX holds no text", name, "have pictures of text recognised (OCR) first")
    return Content(format="docx", blocks=blocks, properties=_properties(package))


# How Office Open XML writes a character that XML cannot hold, or that a reader would lose: `_x000B_`, a break of lines.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescaped(match: re.Match[str]) -> str:
    letter = chr(int(match[1], 16))
    return letter if letter.isprintable() else " "


def _properties(package: Package) -> dict[str, str]:
    """What the variables of the document say."""
    variables = {
        attribute(variable, "name"): _ESCAPED.sub(_unescaped, attribute(variable))
        for settings in package.parts("settings")
        for variable in settings.iter(W + "docVar")
    }
    return properties_from(variables)


def _running(package: Package, kind: Literal["header", "footer"]) -> Iterator[Block]:
    """The texts of heads or feet, each once."""
    texts: dict[str, None] = {}
    for root in package.parts(kind):
        texts.update({plain(text_of(paragraph).text): None for paragraph in root.iter(W + "p")})
    return (Block(text=text, role="running") for text in texts if text)


@define
class _Reader:
    """Reads the body once, from start to end: numbers depend on what came before."""

    package: Package
    styles: Styles = field(init=False)
    numbering: Numbering = field(init=False)
    notes: dict[tuple[str, str], etree._Element] = field(init=False)
    noted: int = 0
    carried: ParagraphText = field(factory=ParagraphText)

    def __attrs_post_init__(self) -> None:
        self.styles = Styles(self.package.parts("styles"))
        self.numbering = Numbering(self.package.parts("numbering"), self.styles.lists())
        self.notes = {
            (kind, attribute(note, "id")): note
            for kind in ("footnotes", "endnotes")
            for root in self.package.parts(kind)
            for note in root.iterchildren("*")
        }

    def read(self) -> tuple[Block, ...]:
        return tuple(self.inside(self.package.root(self.package.document)))

    def inside(self, parent: etree._Element) -> Iterator[Block]:
        """The blocks of the paragraphs and tables in an element, in order.

        Raises:
            InputError: another document is linked in, whose text would be missed.
        """
        for child in parent.iterchildren("*"):
            if child.tag == W + "p":
                yield from self.paragraph(child)
            elif child.tag == W + "tbl":
                yield from self.table(child)
            elif child.tag == W + "altChunk":
                raise refused(
                    "DOCX holds another document within it", self.package.name, "open it in Word and save it as DOCX"
                )
            elif child.tag not in _LEFT_OUT and not flag(child.find(W + "sdtPr"), "showingPlcHdr"):
                yield from self.inside(child)

    def paragraph(self, element: etree._Element, *, role: Role | None = None) -> Iterator[Block]:
        """The blocks of a paragraph: its lines, then its text boxes and notes.

        Args:
            element: the paragraph.
            role: that overrides the style's.
        """
        words = text_of(element)
        properties = element.find(W + "pPr")
        marked = None if properties is None else properties.find(W + "rPr")
        if marked is not None and (marked.find(W + "del") is not None or marked.find(W + "moveFrom") is not None):
            # Its end is deleted: what is left of it begins the next paragraph.
            self.carried.pieces += words.pieces
            self.carried.notes += words.notes
            self.carried.boxes += words.boxes
            return
        carried, self.carried = self.carried, ParagraphText()
        words = ParagraphText(
            [*carried.pieces, *words.pieces], [*carried.notes, *words.notes], [*carried.boxes, *words.boxes]
        )
        text = words.text
        number = self.number(properties) if text.strip() or words.notes else ""
        typed = _TYPED.match(text)
        if typed and not number:
            number, text = typed[1], text[typed.end() :]
        key = attribute(None if properties is None else properties.find(W + "pStyle")) or self.styles.default
        meaning = self.styles.meaning(key, numbered=bool(number))
        if role:
            meaning = Meaning(role=role)
        yield from _lines(text, plain(number), meaning)
        for box in words.boxes:
            yield from self.inside(box)
        for kind, which in words.notes:
            yield from self.note(kind, which)

    def number(self, properties: etree._Element | None) -> str:
        """The number that Word makes for a paragraph; empty where it makes none."""
        direct = None if properties is None else properties.find(W + "numPr")
        key = attribute(None if properties is None else properties.find(W + "pStyle")) or self.styles.default
        numbered, level, by = self.styles.list_of(key)
        named = "" if direct is None else attribute(direct.find(W + "numId"))
        if named:
            numbered, by = named, key if named == numbered else ""
            level = ""
        if not numbered or numbered == "0":
            return ""
        own = "" if direct is None else attribute(direct.find(W + "ilvl"))
        bound = self.numbering.level_of(numbered, by) if by else 0
        return self.numbering.next(ListPlace(numbered, whole(own or level, bound)))

    def table(self, element: etree._Element) -> Iterator[Block]:
        """The rows of a table; the paragraphs of one that has but one column."""
        rows = [row for row in _within(element, W + "tr") if row.find(f"{W}trPr/{W}del") is None]
        if all(len(list(_within(row, W + "tc"))) <= 1 for row in rows):
            for row in rows:
                for cell in _within(row, W + "tc"):
                    yield from self.inside(cell)
            return
        for row in rows:
            cells: list[str] = []
            after: list[Block] = []
            for cell in _within(row, W + "tc"):
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                if merged is not None and attribute(merged) != "restart":
                    cells.append("")
                    continue
                inner = list(self.inside(cell))
                after += (block for block in inner if block.role == "note")
                cells.append(" ".join(block.line for block in inner if block.role != "note").replace("\t", " "))
            text = "\t".join(cells).rstrip("\t")
            if text.strip():
                yield Block(text=text, role="row")
            yield from after

    def note(self, kind: str, which: str) -> Iterator[Block]:
        """The blocks of a note, the first with its number: how many notes came before it, and one."""
        element = self.notes.pop((kind, which), None)
        if element is None:
            return
        self.noted += 1
        number = str(self.noted)
        for paragraph in element.iter(W + "p"):
            for block in self.paragraph(paragraph, role="note"):
                yield evolve(block, number=f"{number} {block.number}".strip())
                number = ""


def _lines(text: str, number: str, meaning: Meaning) -> Iterator[Block]:
    """The blocks of one paragraph: one, but for styles in which a line break begins something new."""
    lines = text.split(BREAK) if meaning.lines else [text]
    texts = [line for line in map(plain, lines) if line]
    role = meaning.role
    if number and (not texts or role == "article"):
        # An article numbers itself and has its heading in the same paragraph.
        yield Block(text=number, role=role, level=meaning.level)
        number, role = "", "article-heading" if role == "article" else role
    for line in texts:
        yield Block(text=line, role=role, level=meaning.level, number=number)
        number, role = "", "article-heading" if role == "article" else role


def _within(parent: etree._Element, tag: str) -> Iterable[etree._Element]:
    """The rows of a table or the cells of a row, those in content controls and tracked insertions included."""
    for child in parent.iterchildren("*"):
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)
