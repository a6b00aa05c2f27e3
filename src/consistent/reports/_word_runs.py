"""What a template of Word cannot say: runs of text with footnotes and links, and controls to fill in, as WordprocessingML.

python-docx has no footnotes: their part is written here. A footnote that is called again is referred to by its number.
"""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree
from markupsafe import Markup

from consistent.errors import printable
from consistent.reports.outline import NO_LETTERS, Notes, Span, Spans

__all__ = ["Runs"]

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD = f"{{{_NAMESPACE}}}"
_OPEN = f'xmlns:w="{_NAMESPACE}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
# Word draws these lines between text and notes.
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{element}/></w:r></w:p></w:footnote>'
    for number, kind, element in (
        (-1, "separator", "separator"),
        (0, "continuationSeparator", "continuationSeparator"),
    )
)
_BLANKS = re.compile(r"\s+")
_PROPERTIES = {
    "strong": "<w:b/>",
    "mark": "<w:b/>",
    "emphasis": "<w:i/>",
    "dim": '<w:rStyle w:val="OutlineSource"/>',
    "gap": '<w:rStyle w:val="OutlineMark"/>',
    "link": '<w:rStyle w:val="Hyperlink"/>',
    # Named and set, as a template may not have the style.
    "call": '<w:rStyle w:val="FootnoteReference"/><w:vertAlign w:val="superscript"/>',
}


class _Footnotes(Part):
    """The part of a package that holds the footnotes, written when the package is."""

    body = ""

    @property
    def blob(self) -> bytes:
        """The notes that the template has, and those that were added."""
        before = super().blob.decode() or f"<w:footnotes {_OPEN}>{_SEPARATORS}</w:footnotes>"
        end = before.rindex("</")
        return (before[:end] + self.body + before[end:]).encode()


class Runs:
    """Runs of one document: each call of a footnote and each control has its number."""

    def __init__(self, document: Document) -> None:
        """Start with the notes that the document has.

        Args:
            document: that the runs are for; what they link to and call becomes a part of it.
        """
        self._part, self._notes, self._controls = document.part, Notes(), 0
        self._footnotes: _Footnotes | None = None
        self._first = 1

    def of(self, text: Spans) -> Markup:
        """A text with its links, each footnote called at the end of what it is on."""
        return _markup(piece for span in text for piece in (self._run(span, self._part), self._call(span)))

    def control(self, text: Spans, title: str) -> Markup:
        """A control that holds a text until somebody writes something in its place.

        Args:
            text: that it asks.
            title: that Word shows on it.
        """
        self._controls += 1
        number = self._controls
        inner = "".join(
            _run(span.text, _PROPERTIES["gap"] if span.role == "strong" else "") for span in text if span.text
        )
        properties = (
            f'<w:alias w:val={quoteattr(_clean(title))}/><w:tag w:val="gap-{number}"/><w:id w:val="{number}"/>'
            '<w:showingPlcHdr/><w:text w:multiLine="1"/>'
        )
        control = f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        return _markup([control])

    def finish(self) -> None:
        """Write the footnotes that were called into the document."""
        for number, note in self._notes:
            part = self._footnotes_part()
            said = "".join(self._run(span, part) for span in note)
            part.body += (
                f'<w:footnote {_OPEN} w:id="{self._id(number)}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
                f"<w:r><w:rPr>{_PROPERTIES['call']}</w:rPr><w:footnoteRef/></w:r>{_run(' ')}{said}</w:p></w:footnote>"
            )

    def _run(self, span: Span, part: Part) -> str:
        if not span.url.startswith(("https://", "http://")):
            return _run(span.text, _PROPERTIES.get(span.role, ""))
        target = part.relate_to(span.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return f'<w:hyperlink r:id="{target}" {_OPEN}>{_run(span.text, _PROPERTIES["link"])}</w:hyperlink>'

    def _call(self, span: Span) -> str:
        if not span.note:
            return ""
        number, before = self._notes.call(span.note)
        self._footnotes_part()
        name, look = f"_Note{number}", f"<w:rPr>{_PROPERTIES['call']}</w:rPr>"
        if not before:
            return (
                f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
                f'<w:r>{look}<w:footnoteReference w:id="{self._id(number)}"/></w:r><w:bookmarkEnd w:id="{number}"/>'
            )
        return "".join(
            f"<w:r>{look}{inner}</w:r>"
            for inner in (
                '<w:fldChar w:fldCharType="begin"/>',
                f'<w:instrText xml:space="preserve"> NOTEREF {name} \\f \\h </w:instrText>',
                '<w:fldChar w:fldCharType="separate"/>',
                f"<w:t>{number}</w:t>",
                '<w:fldChar w:fldCharType="end"/>',
            )
        )

    def _id(self, number: int) -> int:
        """By which a note is called: those of the template have ids too."""
        return self._first - 1 + number

    def _footnotes_part(self) -> _Footnotes:
        if self._footnotes is None:
            relations = self._part.rels
            old = next((one for one in relations.values() if one.reltype == RELATIONSHIP_TYPE.FOOTNOTES), None)
            blob = old.target_part.blob if old is not None else b""
            name = old.target_part.partname if old is not None else PackURI("/word/footnotes.xml")
            self._footnotes = _Footnotes(name, CONTENT_TYPE.WML_FOOTNOTES, blob, self._part.package)
            if old is not None:
                notes = etree.fromstring(blob).iter(f"{_WORD}footnote")
                self._first = max([0, *(int(note.get(f"{_WORD}id", "0")) for note in notes)]) + 1
                for rel in old.target_part.rels.values():
                    self._footnotes.rels.add_relationship(rel.reltype, rel._target, rel.rId, rel.is_external)  # noqa: SLF001  python-docx copies none
                del relations[old.rId]
            self._part.relate_to(self._footnotes, RELATIONSHIP_TYPE.FOOTNOTES)
        return self._footnotes


def _run(text: str, properties: str = "") -> str:
    said = _clean(text)
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(said)}</w:t></w:r>' if said else ""


def _clean(text: str) -> str:
    """A text in one line, as `in_one_line` makes it, with the blanks at its ends."""
    return _BLANKS.sub(" ", printable(text).translate(NO_LETTERS))


def _markup(pieces: Iterable[str]) -> Markup:
    return Markup("".join(pieces))  # noqa: S704  each text in it is escaped
