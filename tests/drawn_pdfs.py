"""PDFs that tests draw: a small act as the Council sets one, a page in two columns as the Official Journal was, and odd files."""

import io
from collections.abc import Callable, Sequence

from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

__all__ = ["Press", "act", "columns", "drawn", "encrypted", "prose", "scan", "table"]

_WIDTH, _HEIGHT = 595.0, 842.0
_LEFT, _TEXT, _RIGHT = 57.0, 99.0, 540.0
_SIZE, _STEP = 12.0, 18.0

# By language: heads, citations, recitals and articles of an act of our own; after `^` the mark of a note.
_ACT: dict[str, dict[str, Sequence[str]]] = {
    "en": {
        "titles": ("REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL", "on the lamps of lighthouses"),
        "citations": (
            (
                "Having regard to the Treaty on the Functioning of the European Union, and in particular Article 100(2) "
                "thereof,"
            ),
            "Having regard to the opinion of the European Economic and Social Committee^1,",
            "Whereas:",
        ),
        "recitals": (
            (
                "Ships need lamps that they can tell apart, and keepers need lamps that last through long nights at sea. "
                "A lamp for dual-use goods may serve a buoy as well as a tower."
            ),
            (
                "Lamps are made in few places^2 and are hard to come by. It is therefore for the Union to see to it that every "
                "tower along its coasts has one to spare."
            ),
        )
        * 9,
        "notes": ("OJ C 1, 2.1.2026, p. 3.", "See the register of lamps kept by the harbour masters of the Union."),
        "articles": ("Article 1", "Subject matter"),
        "paragraphs": (
            "This Regulation lays down rules on the brightness of lamps and on their upkeep by those who keep them.",
            "It does not apply to candles.",
        ),
    },
    "nl": {
        "titles": ("VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD", "betreffende de lampen van vuurtorens"),
        "citations": (
            "Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 100, lid 2,",
            "Gezien het advies van het Europees Economisch en Sociaal Comité^1,",
            "Overwegende hetgeen volgt:",
        ),
        "recitals": (
            (
                "Schepen hebben lampen nodig die zij uit elkaar kunnen houden, en wachters hebben lampen nodig die lang meegaan. "
                "Een lamp voor dual-use-goederen kan een boei dienen en een toren."
            ),
            (
                "Lampen worden op weinig plaatsen gemaakt^2 en zijn moeilijk te krijgen. Daarom is het aan de Unie ervoor te zorgen "
                "dat elke toren langs haar kusten er een in reserve heeft."
            ),
        )
        * 9,
        "notes": (
            "PB C 1 van 2.1.2026, blz. 3.",
            "Zie het register van lampen dat de havenmeesters van de Unie bijhouden.",
        ),
        "articles": ("Artikel 1", "Onderwerp"),
        "paragraphs": (
            "Deze verordening bevat regels over de sterkte van lampen en over het onderhoud ervan door wie ze houdt.",
            "Zij is niet van toepassing op kaarsen.",
        ),
    },
}


class Press:
    """Sets text on pages, with a foot in three columns and the number of the page.

    Args:
        language: of the notes.
        foot: what stands at the left of each foot.
    """

    def __init__(self, language: str, foot: str = "1234/26") -> None:
        self.known = {str(at): note for at, note in enumerate(_ACT[language]["notes"], start=1)}
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(_WIDTH, _HEIGHT), invariant=True)
        self.foot, self.page, self.y = foot, 1, _HEIGHT - 72
        self.notes: list[tuple[str, str]] = []

    def paragraph(self, text: str, *, number: str = "", bold: bool = False, centred: bool = False) -> None:
        """Set a paragraph, on the next page too if need be; with a number it hangs."""
        font = "Times-Bold" if bold else "Times-Roman"
        start = _TEXT if number else _LEFT
        first = True
        for line in simpleSplit(text.replace("^", "\u2191"), font, _SIZE, _RIGHT - start):
            if self.y < 160:
                self.turn()
            if number and first:
                self._put(_LEFT, number, font)
            x = (_WIDTH - self.canvas.stringWidth(line, font, _SIZE)) / 2 if centred else start
            self._marked(x, line, font)
            self.y -= _STEP
            first = False
        self.y -= 10

    def turn(self) -> None:
        """Finish the page: its notes under a rule, and its foot."""
        below = 76.0 + 14 * len(self.notes)
        if self.notes:
            self.canvas.setLineWidth(0.5)
            self.canvas.line(_LEFT, below + 12, _LEFT + 144, below + 12)
        for mark, note in self.notes:
            self._put(_LEFT, mark, "Times-Roman", size=6.5, y=below + 3)
            self._put(_LEFT + 12, note, "Times-Roman", size=10, y=below)
            below -= 14
        self.canvas.line(_LEFT, 62, _RIGHT, 62)
        self._put(_LEFT, self.foot, "Times-Roman", y=50)
        self._put(430, "AB/cd", "Times-Roman", y=50)
        self._put(530, str(self.page), "Times-Roman", y=50)
        self._put(_LEFT, "ANNEX", "Times-Roman", y=36)
        self._put(520, "EN", "Times-Bold", size=18, y=34)
        self.canvas.showPage()
        self.notes, self.page, self.y = [], self.page + 1, _HEIGHT - 72

    def done(self) -> bytes:
        """The file."""
        self.turn()
        self.canvas.save()
        return self.buffer.getvalue()

    def _put(self, x: float, text: str, font: str, *, size: float = _SIZE, y: float | None = None) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.y if y is None else y, text)

    def _marked(self, x: float, line: str, font: str) -> None:
        """A line with raised marks."""
        before, *rest = line.split("\u2191")
        self._put(x, before, font)
        x += self.canvas.stringWidth(before, font, _SIZE)
        for piece in rest:
            self._put(x, piece[0], font, size=8, y=self.y + 4)
            x += self.canvas.stringWidth(piece[0], font, 8)
            self._put(x, piece[1:], font)
            x += self.canvas.stringWidth(piece[1:], font, _SIZE)
            note = self.known.get(piece[0], "")
            if (piece[0], note) not in self.notes:
                self.notes.append((piece[0], note))


def act(language: str = "en") -> bytes:
    """Some three pages of an act, with notes, a running foot and a recital over each page break."""
    words = _ACT[language]
    press = Press(language)
    for title in words["titles"]:
        press.paragraph(title, bold=True, centred=True)
    for citation in words["citations"]:
        press.paragraph(citation)
    for at, recital in enumerate(words["recitals"], start=1):
        press.paragraph(recital, number=f"({at})")
    for head in words["articles"]:
        press.paragraph(head, bold=True, centred=True)
    for at, paragraph in enumerate(words["paragraphs"], start=1):
        press.paragraph(paragraph, number=f"{at}.")
    return press.done()


def prose(paragraphs: Sequence[str], *, divided: bool, justified: bool, size: float, indent: float) -> bytes:
    """Paragraphs set by reportlab's own typesetter, over as many pages as it takes, in one column or two."""
    buffer = io.BytesIO()
    style = ParagraphStyle(
        "prose",
        fontName="Times-Roman",
        fontSize=size,
        leading=1.2 * size,
        alignment=TA_JUSTIFY if justified else TA_LEFT,
        spaceAfter=0.6 * size,
        firstLineIndent=indent,
    )
    frames = [Frame(60, 60, 232, 720), Frame(303, 60, 232, 720)] if divided else [Frame(60, 60, 475, 720)]
    template = BaseDocTemplate(buffer, pagesize=(_WIDTH, _HEIGHT), invariant=True)
    template.addPageTemplates([PageTemplate(frames=frames)])
    template.build([Paragraph(each, style) for each in paragraphs])
    return buffer.getvalue()


def drawn(draw: Callable[[Canvas], None], *, pages: int = 1) -> bytes:
    """A file whose pages are all drawn alike."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(_WIDTH, _HEIGHT), invariant=True)
    for _ in range(pages):
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def columns(left: Sequence[str], right: Sequence[str], *, title: str, note: str) -> bytes:
    """A page in two columns under a title, with a note in small type in the left one, its mark in brackets."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Bold", 12)
        canvas.drawCentredString(_WIDTH / 2, 780, title)
        for x, lines in ((57, left), (307, right)):
            for at, line in enumerate(lines):
                canvas.setFont("Times-Roman", 11)
                canvas.drawString(x, 740 - 13 * at, line)
        canvas.setFont("Times-Roman", 7)
        canvas.drawString(57, 100, "(")
        canvas.setFont("Times-Roman", 5)
        canvas.drawString(60, 102.5, "1")
        canvas.setFont("Times-Roman", 7)
        canvas.drawString(63, 100, f") {note}")

    return drawn(draw)


def table(rows: Sequence[Sequence[Sequence[str]]]) -> bytes:
    """A ruled table; each cell has its lines."""

    def draw(canvas: Canvas) -> None:
        y = 700.0
        canvas.setLineWidth(0.5)
        canvas.setFont("Times-Roman", 10)
        for row in rows:
            height = 14.0 * max(map(len, row)) + 6
            for at, cell in enumerate(row):
                canvas.rect(57 + 150 * at, y - height, 150, height)
                for place, line in enumerate(cell):
                    canvas.drawString(62 + 150 * at, y - 13 - 14 * place, line)
            y -= height

    return drawn(draw)


def scan() -> bytes:
    """A page that is a picture."""

    def draw(canvas: Canvas) -> None:
        canvas.drawInlineImage(_picture(), 0, 0, width=_WIDTH, height=_HEIGHT)

    return drawn(draw)


def encrypted() -> bytes:
    """A file that asks for a password."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", ownerPassword="other"))
    canvas.drawString(100, 700, "Article 1")
    canvas.save()
    return buffer.getvalue()


def _picture() -> object:
    from PIL import Image  # comes with reportlab, needed here only

    return Image.new("L", (60, 80), 200)
