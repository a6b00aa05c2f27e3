"""A table of amendments as a Word document: what goes is struck through, what comes is bold, what is to be worded is marked."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, Literal

from attrs import frozen
from docx import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from consistent.model.text import Language
from consistent.reports.outline import in_one_line
from consistent.reports.word import packed

__all__ = ["Cell", "Row", "written_table"]

# A4, lying.
_WIDE, _HIGH, _MARGIN = Cm(29.7), Cm(21.0), Cm(1.8)
_COLUMNS = (Cm(7.6), Cm(7.6), Cm(7.2), Cm(3.7))
_LONGEST_TITLE = 255
_LANGUAGES: dict[Language, str] = {"nl": "nl-NL", "en": "en-GB"}


@frozen
class Cell:
    """A run of text: as it was, gone, new, or to be worded."""

    text: str
    look: Literal["", "gone", "new", "gap"] = ""


@frozen(kw_only=True)
class Row:
    """An amendment."""

    place: str
    text: str
    amended: tuple[Cell, ...]
    reason: tuple[str, ...]
    source: tuple[str, ...]


def written_table(
    *,
    title: str,
    notes: Sequence[str],
    heads: Sequence[str],
    rows: Sequence[Row],
    further: tuple[str, Sequence[str], Sequence[tuple[str, Sequence[str]]]],
    language: Language,
    author: str,
    day: date,
) -> bytes:
    """The document; the same rows give the same bytes.

    Args:
        title: of it.
        notes: what holds for all rows, a paragraph each.
        heads: of the four columns.
        rows: in order.
        further: a heading, heads of which the first two are used, and for each first cell what stands in the second, a line each.
        language: of the words.
        author: named in its properties.
        day: of its making.
    """
    made = WordFile()
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _WIDE, _HIGH
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    font = made.styles["Normal"].font
    font.name, font.size = "Calibri", Pt(9.5)
    for element in made.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), _LANGUAGES[language])
    made.add_heading(in_one_line(title), level=1)
    for note in notes:
        made.add_paragraph(in_one_line(note))
    if rows:
        table = _table(made, heads, _COLUMNS)
        for number, row in enumerate(rows, 1):
            cells = table.add_row().cells
            _write(cells[0], [Cell(f"{number}. {row.place}\n", "new"), Cell(row.text)])
            _write(cells[1], row.amended)
            _lines(cells[2], row.reason)
            _lines(cells[3], row.source)
            _widths(cells, _COLUMNS)
    heading, names, listed = further
    if listed:
        made.add_heading(in_one_line(heading), level=2)
        columns = (Cm(9.0), Cm(17.1))
        table = _table(made, [name for name in names if name], columns)
        for first, lines in listed:
            cells = table.add_row().cells
            _lines(cells[0], [first])
            _lines(cells[1], [f"{number}. {line}" for number, line in enumerate(lines, 1)])
            _widths(cells, columns)
    properties = made.core_properties
    properties.title, properties.author, properties.language = (
        in_one_line(title)[:_LONGEST_TITLE],
        author,
        _LANGUAGES[language],
    )
    properties.comments = ""
    properties.created = properties.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
    content = BytesIO()
    made.save(content)
    return packed(content.getvalue())


def _table(made: Any, heads: Sequence[str], widths: Sequence[Any]) -> Any:
    table = made.add_table(rows=1, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(in_one_line(head)).bold = True
    _widths(table.rows[0].cells, widths)
    # The heads come again on each page.
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001  python-docx has no name for it
    properties.append(OxmlElement("w:tblHeader"))
    return table


def _widths(cells: Sequence[Any], widths: Sequence[Any]) -> None:
    for cell, width in zip(cells, widths, strict=True):
        cell.width = width


def _write(cell: Any, pieces: Sequence[Cell]) -> None:
    """Runs in a cell; a line break in them begins a new paragraph."""
    paragraph = cell.paragraphs[0]
    for piece in pieces:
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                paragraph = cell.add_paragraph()
            if not line.strip():
                continue
            run = paragraph.add_run(in_one_line(line, ends=True))
            match piece.look:
                case "gone":
                    run.font.strike = True
                case "new":
                    run.bold = True
                case "gap":
                    run.bold, run.font.highlight_color = True, WD_COLOR_INDEX.YELLOW
                case _:
                    pass


def _lines(cell: Any, lines: Sequence[str]) -> None:
    for number, line in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.add_run(in_one_line(line))
