"""The pages of a PDF as runs of glyphs and ruled lines, by pdfium.

pdfium was chosen by measure. On the three real documents pypdf, pdfminer.six, pdfplumber and pdfium find the same words; pdfium
alone also tells hyphens at line ends from others. With place and font of every glyph 143 pages take it 2 s, where pdfplumber takes
4 to 5 s and pdfminer.six 3 s, before any work on them; pypdf gives no dependable places. Chromium has it fuzzed without end.
"""

import ctypes
import math
import re
import sys
from collections.abc import Callable, Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as c
from attrs import frozen

from consistent.limits import GLYPHS, PAGES, Limit

__all__ = ["HYPHEN", "Page", "Rule", "Run", "UnreadableError", "pages_of"]

# What a run ends with where pdfium takes the hyphen for one that only the line break made necessary.
HYPHEN = "\x02"

# From which blank a run ends, in sizes of the font: below lie the blanks between words of justified text.
_GAP = 0.6
# From which shift of the baseline a run ends, and from which step back; in sizes of the font.
_SHIFT, _OVERLAP = 0.1, 0.5
_RULE = 2.0  # the height in points up to which a filled shape is a ruled line
_SHORTEST_RULE = 20.0
_SHORTEST_UPRIGHT = 5.0
_RECTANGLE = range(4, 6)  # of how many strokes it may be made
_UPRIGHT = math.radians(5)
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli", re.IGNORECASE)
_BOLD_WEIGHT = 600
_SURROGATES = range(0xD800, 0xE000)
_ITALIC_FLAG = 1 << 6


class UnreadableError(Exception):
    """The file gives no text.

    Attributes:
        message: what is wrong.
        help: how to mend it.
        limit: that it passes; None where something else is wrong.
    """

    def __init__(self, message: str, help: str = "", limit: Limit | None = None) -> None:
        self.message, self.help, self.limit = message, help, limit
        super().__init__(message)


@frozen(kw_only=True)
class Run:
    """Glyphs in a row in one font. Lengths are points, from the page's left and lower edge as it is seen.

    Attributes:
        text: with blanks as the file has them or as the gaps between glyphs show them.
        x0: its left end.
        x1: its right end.
        y: its baseline.
        size: of the font.
        upright: False for text that stands at an angle to the page: a watermark, a stamp in the margin.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    upright: bool = True


@frozen
class Rule:
    """A ruled line from left to right; lengths as in `Run`. One that stands upright is given as if on its side.

    Attributes:
        x0: its left end; of an upright line the lower one.
        x1: its right end; of an upright line the upper one.
        y: its height; of an upright line its place from the left.
    """

    x0: float
    x1: float
    y: float


@frozen(kw_only=True)
class Page:
    """One page.

    Attributes:
        number: counted from one.
        runs: in the order in which the file draws them.
        rules: in the same order.
        uprights: upright rules, in the same order.
        pictured: whether a picture covers most of it.
    """

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...] = ()
    uprights: tuple[Rule, ...] = ()
    pictured: bool = False


@frozen
class _Style:
    size: float
    bold: bool
    italic: bool
    upright: bool


Turn = Callable[[float, float], tuple[float, float]]


def pages_of(content: bytes) -> Iterator[Page]:
    """Every page, in order.

    Raises:
        UnreadableError: the file is encrypted or damaged, or has too many pages or glyphs.
    """
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise _refused(error) from None
    try:
        if not len(document):
            raise UnreadableError("PDF has no pages", "save or download it again")
        if len(document) > PAGES.most:
            raise UnreadableError("too many pages", limit=PAGES)
        glyphs = 0
        for index in range(len(document)):
            try:
                page = document[index]
            except pdfium.PdfiumError:
                raise UnreadableError(
                    f"PDF is damaged: page {index + 1} cannot be read", "save or download it again"
                ) from None
            text = page.get_textpage()
            glyphs += text.count_chars()
            if glyphs > GLYPHS.most:
                raise UnreadableError("too many glyphs", limit=GLYPHS)
            yield _page(page, text, index + 1)
            text.close()
            page.close()
    finally:
        document.close()


def _refused(error: pdfium.PdfiumError) -> UnreadableError:
    if error.err_code in {c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY}:
        return UnreadableError("PDF is encrypted and asks for a password", "save it without a password")
    return UnreadableError("PDF is damaged or is none", "save or download it again")


def _page(page: pdfium.PdfPage, text: pdfium.PdfTextPage, number: int) -> Page:
    turned = page.get_rotation()
    left, bottom, right, top = page.get_bbox()
    turn = _turning(turned, left, bottom, right, top)
    width, height = (right - left, top - bottom) if turned in {0, 180} else (top - bottom, right - left)
    rules, uprights, pictured = _shapes(page, turn, width * height)
    return Page(
        number=number,
        width=width,
        height=height,
        runs=tuple(_runs(text, turn, math.radians(turned))),
        rules=tuple(rules),
        uprights=tuple(uprights),
        pictured=pictured,
    )


def _turning(turned: int, left: float, bottom: float, right: float, top: float) -> Turn:
    """From the coordinates that the file uses to those of the page as it is seen."""
    match turned:
        case 90:
            return lambda x, y: (y - bottom, right - x)
        case 180:
            return lambda x, y: (right - x, top - y)
        case 270:
            return lambda x, y: (top - y, x - left)
        case _:
            return lambda x, y: (x - left, y - bottom)


def _runs(text: pdfium.PdfTextPage, turn: Turn, turned: float) -> Iterator[Run]:
    """The glyphs of a page gathered to runs."""
    raw = text.raw
    box, x, y = c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    styles: dict[int, _Style] = {}
    letters: list[str] = []
    style: _Style | None = None
    start = end = base = 0.0
    blank = ""  # one that stands before the first glyph of a run

    def finished() -> Iterator[Run]:
        run_text = "".join(letters)
        letters.clear()
        if style and run_text.strip():
            yield Run(
                text=run_text,
                x0=start,
                x1=end,
                y=base,
                size=style.size,
                bold=style.bold,
                italic=style.italic,
                upright=style.upright,
            )

    for at in range(text.count_chars()):
        letter = _letter(c.FPDFText_GetUnicode(raw, at))
        if c.FPDFText_IsGenerated(raw, at) == 1:
            # A blank or line break that pdfium concludes from the places of glyphs.
            if letter in "\r\n":
                yield from finished()
            elif letters:
                letters.append(" ")
            else:
                blank = " "
            continue
        if letter == HYPHEN and c.FPDFText_IsHyphen(raw, at) != 1:
            letter = "\ufffd"
        # The handle of the piece of text that the glyph belongs to; all glyphs of one have the same font.
        piece = ctypes.cast(c.FPDFText_GetTextObject(raw, at), ctypes.c_void_p).value or 0
        if piece not in styles:
            styles[piece] = _style(raw, at, turned)
        now = styles[piece]
        c.FPDFText_GetLooseCharBox(raw, at, box)
        c.FPDFText_GetCharOrigin(raw, at, x, y)
        left, level = turn(x.value, y.value)
        edge, opposite = turn(box.left, box.bottom)[0], turn(box.right, box.top)[0]
        right = max(edge, opposite)
        left = min(left, right) if now.upright else left
        # At an angle neither height nor gap says anything here; pdfium's own breaks do.
        apart = now != style or (
            now.upright
            and (abs(level - base) > _SHIFT * now.size or not -_OVERLAP * now.size < left - end < _GAP * now.size)
        )
        if apart and letters:
            yield from finished()
        if not letters:
            if letter.isspace():
                blank = " "
                continue
            style, start, base = now, left, level
            letters.append(blank)
            blank = ""
        letters.append(letter)
        if not letter.isspace():
            end = right
    yield from finished()


def _letter(code: int) -> str:
    """The character of a code; a lone half of a pair, or none at all, as the mark of an unreadable one."""
    return chr(code) if 0 < code < _SURROGATES.start or _SURROGATES.stop <= code <= sys.maxunicode else "\ufffd"


def _style(raw: object, at: int, turned: float) -> _Style:
    """How a glyph looks."""
    matrix, name, flags = c.FS_MATRIX(), ctypes.create_string_buffer(256), ctypes.c_int()
    if not c.FPDFText_GetMatrix(raw, at, matrix):
        matrix.a, matrix.d = 1.0, 1.0
    scale = math.hypot(matrix.c, matrix.d)
    c.FPDFText_GetFontInfo(raw, at, name, len(name), flags)
    font = name.value.decode("utf-8", "replace")
    # The angle of the baseline; slanted letters stand upright. It counts against the clock, the turning of the page with it.
    askew = (math.atan2(matrix.b, matrix.a) - turned + math.pi) % (2 * math.pi) - math.pi
    return _Style(
        size=round(c.FPDFText_GetFontSize(raw, at) * (scale or 1.0), 1) or 1.0,
        bold=bool(_BOLD.search(font)) or c.FPDFText_GetFontWeight(raw, at) >= _BOLD_WEIGHT,
        italic=bool(_ITALIC.search(font)) or bool(flags.value & _ITALIC_FLAG),
        upright=abs(askew) < _UPRIGHT,
    )


def _shapes(page: pdfium.PdfPage, turn: Turn, area: float) -> tuple[list[Rule], list[Rule], bool]:
    """The ruled lines, level and upright, and whether a picture covers half of the page or more."""
    rules: list[Rule] = []
    uprights: list[Rule] = []
    pictured = False
    sides = [ctypes.c_float() for _ in range(4)]
    for at in range(c.FPDFPage_CountObjects(page)):
        shape = c.FPDFPage_GetObject(page, at)
        kind = c.FPDFPageObj_GetType(shape)
        if kind not in {c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE} or not c.FPDFPageObj_GetBounds(shape, *sides):
            continue
        left, bottom, right, top = (side.value for side in sides)
        (one, low), (other, high) = turn(left, bottom), turn(right, top)
        width, height = abs(other - one), abs(high - low)
        if kind == c.FPDF_PAGEOBJ_IMAGE:
            pictured = pictured or width * height > area / 2
            continue
        start, end, lower, upper = min(one, other), max(one, other), min(low, high), max(low, high)
        if height <= _RULE:
            if width >= _SHORTEST_RULE:
                rules.append(Rule(start, end, (lower + upper) / 2))
        elif width <= _RULE:
            if height >= _SHORTEST_UPRIGHT:
                uprights.append(Rule(lower, upper, (start + end) / 2))
        elif _is_frame(shape):
            rules += (Rule(start, end, lower), Rule(start, end, upper))
            uprights += (Rule(lower, upper, start), Rule(lower, upper, end))
    return rules, uprights, pictured


def _is_frame(shape: object) -> bool:
    """Whether a shape is a rectangle with its outline drawn, as the border of a cell may be."""
    filled, stroked = ctypes.c_int(), c.FPDF_BOOL()
    c.FPDFPath_GetDrawMode(shape, filled, stroked)
    return bool(stroked.value) and c.FPDFPath_CountSegments(shape) in _RECTANGLE
