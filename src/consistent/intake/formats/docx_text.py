"""The words of a paragraph of a DOCX as a reader sees them: deletions out, insertions in, notes and text boxes set aside."""

from attrs import Factory, define
from lxml import etree

from consistent.intake.formats.docx_package import W, flag

__all__ = ["BREAK", "Words", "words_of"]

# Ends a line within a paragraph.
BREAK = "\n"

_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
# What was there before a tracked change, what says how things look, and phonetic help.
_LEFT_OUT = frozenset(
    W + each for each in ("del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "rt")
)
_CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": BREAK, W + "noBreakHyphen": "-", W + "softHyphen": ""}
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}


@define
class Words:
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


def words_of(paragraph: etree._Element) -> Words:
    """The words of a paragraph."""
    found = Words()
    _Walk(found).inside(paragraph)
    return found


class _Walk:
    """Goes through a paragraph once. Depth is bounded by the parser's own limit."""

    def __init__(self, found: Words) -> None:
        self.found = found
        # For each open field whether its code is being read: text there is not shown.
        self.fields: list[bool] = []

    def inside(self, parent: etree._Element) -> None:
        for each in parent.iterchildren("*"):
            self.element(each)

    def element(self, each: etree._Element) -> None:
        tag = each.tag
        if tag in _LEFT_OUT:
            return
        if tag == W + "r" and flag(each.find(W + "rPr"), "vanish"):
            return
        if tag == W + "fldChar":
            self.field(each.get(W + "fldCharType"))
        elif any(self.fields):
            # Within the code of a field; what it holds is found again in its result.
            self.inside(each)
        elif tag in {W + "t", _MATHS}:
            self.found.pieces.append((each.text or "").replace("\n", " "))
        elif tag in _CHARACTERS:
            self.found.pieces.append(_CHARACTERS[tag])
        elif tag == W + "br":
            self.found.pieces.append(BREAK if each.get(W + "type") in {None, "textWrapping"} else " ")
        elif tag == W + "sym":
            self.found.pieces.append(_symbol(each.get(W + "char") or ""))
        elif tag in _NOTES:
            self.found.notes.append((_NOTES[tag], each.get(W + "id") or ""))
        elif tag == W + "txbxContent":
            self.found.boxes.append(each)
        elif tag == _ALTERNATIVES:
            # The same content twice, for new and for old readers.
            choice = each.find(_CHOICE)
            for one in [choice] if choice is not None else each.iterchildren("*"):
                self.inside(one)
        elif tag == W + "sdt" and flag(each.find(W + "sdtPr"), "showingPlcHdr"):
            # 'Click here to enter text'.
            return
        else:
            self.inside(each)

    def field(self, kind: str | None) -> None:
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
