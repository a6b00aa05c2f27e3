"""Tables of Word: put where a line holds their place, with heads that are repeated on each page."""

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.parser import parse_xml
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from consistent.reports.outline import Spans, Table, in_one_line, spans, strong, without_notes

__all__ = ["put_tables"]

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LINE = "BFC5D2"
_HEAD = "E9ECF4"
_SMALL = Pt(9)
# A table with more columns than this is read on a sheet that lies on its side.
_UPRIGHT = 3


def put_tables(document: Document, tables: Mapping[str, Table]) -> None:
    """Put each table in the place of the paragraph that has its key for text."""
    if any(len(row) > _UPRIGHT for table in tables.values() for row in table.rows[:1]):
        for section in document.sections:
            if section.orientation != WD_ORIENT.LANDSCAPE:
                section.orientation = WD_ORIENT.LANDSCAPE
                section.page_width, section.page_height = section.page_height, section.page_width
    for paragraph in document.paragraphs:
        table = tables.get(paragraph.text.strip())
        if table is not None:
            _put(document, paragraph, table)


def _put(document: Document, paragraph: Paragraph, table: Table) -> None:
    rows = [tuple(map(_head, table.heads))] if table.heads else []
    rows += table.rows
    # The paragraph stays behind the table as the blank line that Word wants between two.
    for run in paragraph.runs:
        run.text = ""
    if not rows:
        return
    made = document.add_table(len(rows), len(rows[0]))
    made.autofit = True
    properties = made._tbl.tblPr  # noqa: SLF001  python-docx has no other way
    sides = "".join(
        f"<w:{side} w:val='single' w:sz='4' w:space='0' w:color={quoteattr(_LINE)}/>"
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties.append(parse_xml(f"<w:tblBorders {_NAMESPACE}>{sides}</w:tblBorders>"))
    for number, (cells, row) in enumerate(zip(rows, made.rows, strict=True)):
        is_head = bool(table.heads) and number == 0
        if is_head:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {_NAMESPACE}/>"))  # noqa: SLF001  as above
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {_NAMESPACE}/>"))  # noqa: SLF001  as above
        for said, cell in zip(cells, row.cells, strict=True):
            _fill(cell, said, is_head=is_head)
    paragraph._p.addnext(made._tbl)  # noqa: SLF001  as above
    made._tbl.addnext(paragraph._p)  # noqa: SLF001  as above


def _head(text: str) -> Spans:
    return spans(strong(text))


def _fill(cell: _Cell, said: Spans, *, is_head: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    for span in without_notes(said):
        # What joins two runs is kept, whatever stands within is told in one line.
        before, after = (" " if span.text[at : at + 1 or None] == " " else "" for at in (0, -1))
        text = f"{before}{in_one_line(span.text)}{after}" if span.text.strip() else span.text
        run = paragraph.add_run(text)
        run.font.size = _SMALL
        run.bold = span.role == "strong" or None
        run.italic = span.role == "emphasis" or None
    if is_head:
        shade = f"<w:shd {_NAMESPACE} w:val='clear' w:color='auto' w:fill={quoteattr(_HEAD)}/>"
        cell._tc.get_or_add_tcPr().append(parse_xml(shade))  # noqa: SLF001  as above
