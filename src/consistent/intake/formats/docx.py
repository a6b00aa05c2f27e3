"""DOCX as the Commission's LegisWrite and anyone's Word write it."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from attrs import define, evolve, field
from lxml import etree

from consistent.intake.document import Block, Content, Role
from consistent.intake.formats import legiswrite
from consistent.intake.formats.docx_numbering import Numbering, Place
from consistent.intake.formats.docx_package import Package, W, attribute, flag, opened, whole
from consistent.intake.formats.docx_styles import Meaning, Styles
from consistent.intake.formats.docx_text import BREAK, Words, words_of
from consistent.intake.formats.letters import plain
from consistent.intake.formats.refusing import refused

__all__ = ["read"]

# A number typed by hand: it stands before a tab. 'Article 5' before one is left in its line.
_TYPED = re.compile(
    r"\s*([‘“„'\"]?\(?(?:\d{1,3}[a-z]{0,3}|[a-z]{1,3}|[ivxlc]{1,7}|[IVXLC]{1,7}|[A-Z])(?:\.\d{1,3}){0,4}[).]{1,2}|[-–—•])\t+"  # noqa: RUF001  marks that documents print
)
# What wraps paragraphs and tables without meaning more.
_WRAPPERS = frozenset(W + each for each in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body"))
_LEFT_OUT = frozenset(
    W + each for each in ("del", "moveFrom", "sdtPr", "sdtEndPr", "sectPr", "tblPr", "tblGrid", "trPr")
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


def _properties(package: Package) -> dict[str, str]:
    """What the variables of the document say."""
    variables = {
        attribute(each, "name"): attribute(each)
        for settings in package.parts("settings")
        for each in settings.iter(W + "docVar")
    }
    return legiswrite.properties_from(variables)


def _running(package: Package, kind: Literal["header", "footer"]) -> Iterator[Block]:
    """The texts of heads or feet, each once."""
    said: dict[str, None] = {}
    for root in package.parts(kind):
        said.update({plain(words_of(each).text): None for each in root.iter(W + "p")})
    return (Block(text=text, role="running") for text in said if text)


@define
class _Reader:
    """Reads the body once, from start to end: numbers depend on what came before."""

    package: Package
    styles: Styles = field(init=False)
    numbering: Numbering = field(init=False)
    notes: dict[tuple[str, str], etree._Element] = field(init=False)
    noted: int = 0
    carried: Words = field(factory=Words)

    def __attrs_post_init__(self) -> None:
        self.styles = Styles(self.package.parts("styles"))
        self.numbering = Numbering(self.package.parts("numbering"), self.styles.lists())
        self.notes = {
            (kind, attribute(each, "id")): each
            for kind in ("footnotes", "endnotes")
            for root in self.package.parts(kind)
            for each in root.iterchildren("*")
        }

    def read(self) -> tuple[Block, ...]:
        return tuple(self.inside(self.package.root(self.package.document)))

    def inside(self, parent: etree._Element) -> Iterator[Block]:
        """The blocks of the paragraphs and tables in an element, in order.

        Raises:
            InputError: another document is linked in, whose text would be missed.
        """
        for each in parent.iterchildren("*"):
            if each.tag == W + "p":
                yield from self.paragraph(each)
            elif each.tag == W + "tbl":
                yield from self.table(each)
            elif each.tag == W + "altChunk":
                raise refused(
                    "DOCX holds another document within it", self.package.name, "open it in Word and save it as DOCX"
                )
            elif each.tag not in _LEFT_OUT and not flag(each.find(W + "sdtPr"), "showingPlcHdr"):
                yield from self.inside(each)

    def paragraph(self, element: etree._Element, *, role: Role | None = None) -> Iterator[Block]:
        """The blocks of a paragraph: its lines, then its text boxes and notes.

        Args:
            element: the paragraph.
            role: that overrides the style's.
        """
        words = words_of(element)
        properties = element.find(W + "pPr")
        marked = None if properties is None else properties.find(W + "rPr")
        if marked is not None and (marked.find(W + "del") is not None or marked.find(W + "moveFrom") is not None):
            # Its end is deleted: what is left of it begins the next paragraph.
            self.carried.pieces += words.pieces
            self.carried.notes += words.notes
            self.carried.boxes += words.boxes
            return
        carried, self.carried = self.carried, Words()
        words = Words([*carried.pieces, *words.pieces], [*carried.notes, *words.notes], [*carried.boxes, *words.boxes])
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
        said = "" if direct is None else attribute(direct.find(W + "numId"))
        if said:
            numbered, by = said, key if said == numbered else ""
            level = ""
        if not numbered or numbered == "0":
            return ""
        own = "" if direct is None else attribute(direct.find(W + "ilvl"))
        bound = self.numbering.level_of(numbered, by) if by else 0
        return self.numbering.next(Place(numbered, whole(own or level, bound)))

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
    found = [line for line in map(plain, lines) if line]
    role = meaning.role
    if number and (not found or role == "article"):
        # An article numbers itself and has its heading in the same paragraph.
        yield Block(text=number, role=role, level=meaning.level)
        number, role = "", "article-heading" if role == "article" else role
    for line in found:
        yield Block(text=line, role=role, level=meaning.level, number=number)
        number, role = "", "article-heading" if role == "article" else role


def _within(parent: etree._Element, tag: str) -> Iterable[etree._Element]:
    """The rows of a table or the cells of a row, those in content controls and tracked insertions included."""
    for each in parent.iterchildren("*"):
        if each.tag == tag:
            yield each
        elif each.tag in _WRAPPERS:
            yield from _within(each, tag)
