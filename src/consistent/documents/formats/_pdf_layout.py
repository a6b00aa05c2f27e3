"""The pages of a PDF as blocks: text, headings, notes, each with its page; running heads, feet and page numbers told apart."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from consistent.documents.document import Block, Role
from consistent.documents.formats._broken_lines import Mender
from consistent.documents.formats._pdf_lines import Line, cell_text, is_raised, margins_of, ordered, usual_gutter
from consistent.documents.formats._pdf_notes import Note, note_rules, notes_of, without_marks
from consistent.documents.formats._pdf_pages import Page, UnreadableError
from consistent.documents.formats._pdf_paragraphs import Paragraph, paragraphs_of
from consistent.documents.formats.text import plain, readable_share

__all__ = ["blocks_of"]

# Running heads, feet and page numbers of pages: what stands at one height on page after page.

# The parts of a page in which heads and feet stand, as shares of its height.
_HEAD, _FOOT = 0.88, 0.14
# On how many pages a line must recur, and how far the heights may differ, in points.
_RECURS = 3
_SAME_HEIGHT = 4.0
# A line recurs on every page or, with heads that differ left and right, on every other.
_NEAR = 2
_DIGITS = re.compile(r"\d{1,6}")
_PAGE_NUMBER = re.compile(r"(?:[^\W\d]{1,7}\.? )?[-–—]? ?(\d{1,4})(?: ?(?:/|of|van) ?\d{1,4})? ?[-–—]?(?: [A-Z]{2})?")  # noqa: RUF001  marks that documents print


def running_lines(pages: Sequence[tuple[Page, Sequence[Line]]]) -> list[tuple[Line, ...]]:
    """For each page the lines that run along.

    A line runs along if it says the same at the same height on the pages around, or the same but for a number that grows with
    the page; and so does all that lies between such a line and the edge of the page. An article that happens to begin at the
    top of several pages does not: its number grows otherwise.
    """
    places: dict[tuple[bool, str], list[tuple[int, float]]] = defaultdict(list)
    for page, lines in pages:
        for line, foot in _outer(page, lines):
            for words in _cells(line):
                for key in _keys(words, page.number):
                    places[foot, key].append((page.number, line.y))
    recurs = min(_RECURS, len(pages))
    running = []
    for page, lines in pages:
        head = foot_edge = None
        for line, foot in _outer(page, lines):
            if not (_is_page_number(line) or _is_recurring(line, foot=foot, places=places, recurs=recurs)):
                continue
            if foot:
                foot_edge = line.y if foot_edge is None else max(foot_edge, line.y)
            else:
                head = line.y if head is None else min(head, line.y)
        running.append(
            tuple(
                line
                for line in lines
                if (head is not None and line.y >= head) or (foot_edge is not None and line.y <= foot_edge)
            )
        )
    return running


def _outer(page: Page, lines: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """The lines near the edges of the page, each with whether it stands at its foot."""
    for line in lines:
        if line.raised or is_raised(line.runs[0], line.size, line.y):  # a footnote, which may be the same on two pages
            continue
        if line.y >= _HEAD * page.height or line.y <= _FOOT * page.height:
            yield line, line.y <= _FOOT * page.height


def _cells(line: Line) -> list[str]:
    """The words of each cell, the number the first."""
    return [line.number] * bool(line.number) + [cell_text(cell).strip() for cell in line.cells]


def _keys(words: str, page: int) -> Iterator[str]:
    """What a cell may say on other pages too: its words, and its words with one number counted from the page."""
    yield words
    for number in _DIGITS.finditer(words):
        yield f"{words[: number.start()]}<{int(number[0]) - page}>{words[number.end() :]}"


def _is_recurring(
    line: Line, *, foot: bool, places: Mapping[tuple[bool, str], Sequence[tuple[int, float]]], recurs: int
) -> bool:
    """Whether half or more of a line stands at its height on pages around.

    By letters: the number of a paragraph that happens to end several pages does not carry its text along.

    Args:
        line: near an edge of its page.
        foot: whether that is the lower edge.
        places: by edge and words of a cell, the pages and heights where they stand.
        recurs: on how many pages it must stand.
    """
    cells = _cells(line)
    recurring = 0
    for words in cells:
        for key in _keys(words, line.page):
            pages = {page for page, y in places[foot, key] if abs(y - line.y) <= _SAME_HEIGHT}
            near = any(page != line.page and abs(page - line.page) <= _NEAR for page in pages)
            if len(pages) >= max(recurs, 2) and near:
                recurring += len(words)
                break
    return 2 * recurring >= sum(map(len, cells))


def _is_page_number(line: Line) -> bool:
    """Whether it is but the number of its own page."""
    number = _PAGE_NUMBER.fullmatch(" ".join(_cells(line)))
    return number is not None and int(number[1]) == line.page


# A heading is larger than the text by this, or bold or centred and no longer than this, in letters.
_LARGER = 1.08
_LONGEST_HEADING = 250
# Which share of the characters a font must tell the meaning of.
_READABLE = 0.7
# The bar with which the European Parliament marks that words were deleted there. It says nothing itself.
_DELETED = "▌"


@frozen(kw_only=True)
class _Sheet:
    """A page, divided; `running` with the heads first."""

    page: Page
    body: tuple[Line, ...]
    notes: tuple[Note, ...]
    running: tuple[Line, ...]


def blocks_of(pages: Iterable[Page]) -> tuple[Block, ...]:
    """The blocks of all pages, in reading order.

    A paragraph that goes on over a page break is one block, on the page where it begins; what stands between its halves, notes
    and running lines, comes after it. Pages never go back.

    Raises:
        UnreadableError: there is no text, or none that can be read.
    """
    sheets_drawn = list(pages)
    gutter = usual_gutter(sheets_drawn)
    drawn = [(page, ordered(page, gutter)) for page in sheets_drawn]
    _check_text(drawn)
    size = _usual_size(drawn)
    running = running_lines(drawn)
    rests = [
        (page, tuple(line for line in lines if line not in set(aside)))
        for (page, lines), aside in zip(drawn, running, strict=True)
    ]
    margins = margins_of(line for _, lines in rests for line in lines)
    rules = [rule for page, lines in rests for rule in note_rules(page, lines, margins, size)]
    sheets = []
    for (page, lines), aside in zip(rests, running, strict=True):
        notes, body = notes_of(page, lines, margins, size, rules)
        sheets.append(_Sheet(page=page, body=body, notes=notes, running=aside))
    return tuple(_assembled(sheets, size))


def _assembled(sheets: Sequence[_Sheet], size: float) -> Iterator[Block]:
    """The blocks of the pages, in reading order: of each page the text, then its notes, then its running lines."""
    bodies = [line for sheet in sheets for line in _marks_removed(sheet)]
    noted = [line for sheet in sheets for note in sheet.notes for line in note.lines]
    mender = Mender(line.text for line in (*bodies, *noted))
    texts = _by_page(paragraphs_of(bodies, margins_of(bodies)))
    # Notes have margins and distances of their own.
    notes = _by_page(paragraphs_of(noted, margins_of(noted)))
    for sheet in sheets:
        for paragraph in texts[sheet.page.number]:
            yield from _block(paragraph, _role(paragraph, size), mender)
        for paragraph in notes[sheet.page.number]:
            yield from _block(paragraph, "note", mender)
        for line in sheet.running:
            text = plain(f"{line.number} {line.text}")
            if text:
                yield Block(text=text, role="running", page=sheet.page.number)


def _marks_removed(sheet: _Sheet) -> Iterator[Line]:
    """The body without the marks of the page's own notes."""
    marks = {note.mark for note in sheet.notes if note.mark}
    for line in sheet.body:
        yield without_marks(line, marks) if marks else line


def _by_page(paragraphs: Iterable[Paragraph]) -> dict[int, list[Paragraph]]:
    """The paragraphs by the page on which they begin."""
    by_page: dict[int, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        by_page[paragraph.lines[0].page].append(paragraph)
    return by_page


def _block(paragraph: Paragraph, role: Role, mender: Mender) -> Iterator[Block]:
    """The block of a paragraph, if anything stands in it."""
    first = paragraph.lines[0]
    text, number = _text(paragraph, mender), plain(first.number)
    if not text and number:
        text, number = number, ""
    if text:
        yield Block(text=text, role=role, number=number, page=first.page)


def _text(paragraph: Paragraph, mender: Mender) -> str:
    if paragraph.cells:
        cells = (_cleaned(mender.join([cell_text(line) for line in cell])) for cell in paragraph.cells)
        return "\t".join(cells).rstrip("\t")
    first, *rest = paragraph.lines
    # A number in the midst of a paragraph was a word.
    return _cleaned(mender.join([first.text, *(f"{line.number} {line.text}".strip() for line in rest)]))


def _cleaned(text: str) -> str:
    return plain(text.replace(_DELETED, " "))


def _role(paragraph: Paragraph, size: float) -> Role:
    """What size, weight and place say of it."""
    if paragraph.cells:
        return "row"
    letters = sum(len(line.text) for line in paragraph.lines)
    if letters > _LONGEST_HEADING or not any(letter.isalpha() for letter in paragraph.lines[0].text):
        return "text"
    if min(line.size for line in paragraph.lines) > _LARGER * size:
        return "heading"
    ended = paragraph.last.text.rstrip().endswith((".", ";", ","))
    bold = all(run.bold and not run.italic for line in paragraph.lines for run in line.runs)
    return "heading" if not ended and (bold or paragraph.centred) else "text"


def _check_text(drawn: Sequence[tuple[Page, Sequence[Line]]]) -> None:
    """Refuses a document that has no text, or whose letters mean nothing.

    Raises:
        UnreadableError: so it is.
    """
    text = "".join(line.text for _, lines in drawn for line in lines)
    letters = sum(character.isalnum() for character in text)
    pictured = sum(page.pictured for page, _ in drawn)
    # A scan may carry a stamp or page numbers in letters; a page of a law has a thousand.
    if not letters or (pictured * 2 > len(drawn) and letters < 50 * len(drawn)):
        raise UnreadableError(
            "PDF holds no text, but pictures of pages" if pictured else "PDF holds no text",
            "have the text recognised (OCR) first, or take the document as HTML or DOCX",
        )
    if readable_share(text.replace("\x02", "-")) < _READABLE:
        raise UnreadableError(
            "text of PDF cannot be read: its fonts do not say which letters they show",
            "have the text recognised (OCR) first, or take the document as HTML or DOCX",
        )


def _usual_size(drawn: Sequence[tuple[Page, Sequence[Line]]]) -> float:
    """The size of most letters."""
    letters: Counter[float] = Counter()
    for _, lines in drawn:
        for line in lines:
            for run in line.runs:
                letters[run.size] += len(run.text)
    return letters.most_common(1)[0][0]
