"""Write the Word template of an outline that ships: styles and tags, the same to the byte each time.

Usage: write_word_template.py [FILE]
"""

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as Made
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from consistent.reports.word import packed

SHIPPED = Path(__file__).parents[1] / "src/consistent/reports/outline.docx"
# python-docx asks for a day; this is none on which anything was made.
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
# By style of line, the style of the paragraph: those that Word knows keep its name for them.
STYLES = {
    "about": "Outline About",
    "section": "Heading 1",
    "part": "Heading 2",
    "judgement": "Outline Judgement",
    "text": "Normal",
    "lead": "Normal",
    "item": "List Bullet",
    "gap": "Outline Gap",
}


def template() -> bytes:
    """The template."""
    document = Document()
    _page(document)
    _styles(document)
    document.add_paragraph("{{ title }}", "Title")
    document.add_paragraph("{%p for line in lines %}")
    for number, (style, name) in enumerate(STYLES.items()):
        document.add_paragraph(f'{{%p {"elif" if number else "if"} line.style == "{style}" %}}')
        paragraph = document.add_paragraph(style=name)
        if style == "gap":
            paragraph.add_run("{{ line.mark }} ", "Outline Mark")
        paragraph.add_run("{{ line.text }}")
        if style in {"judgement", "text", "item"}:
            paragraph.add_run(" {{ line.note }}", "Outline Source")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = ""
    properties.created = properties.modified = NO_DAY
    properties.language = "en-GB"
    _without_thumbnail(document)
    made = BytesIO()
    document.save(made)
    return packed(made.getvalue())


def _without_thumbnail(document: Made) -> None:
    """Leave out the picture of another document, which python-docx starts from."""
    relations = document.part.package.rels if document.part.package else {}
    for key in [key for key, each in relations.items() if each.reltype.endswith("/thumbnail")]:
        del relations[key]


def _page(document: Made) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)


def _styles(document: Made) -> None:
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_after = Pt(4)
    for name, size in (("Title", 18), ("Heading 1", 14), ("Heading 2", 11)):
        style = styles[name]
        style.font.name, style.font.size, style.font.bold = "Calibri", Pt(size), True
        style.font.color.rgb = RGBColor(0x15, 0x42, 0x73)
    about = styles.add_style("Outline About", WD_STYLE_TYPE.PARAGRAPH)
    about.base_style = styles["Heading 1"]
    about.font.italic = True
    judgement = styles.add_style("Outline Judgement", WD_STYLE_TYPE.PARAGRAPH)
    judgement.base_style = normal
    judgement.font.bold = True
    gap = styles.add_style("Outline Gap", WD_STYLE_TYPE.PARAGRAPH)
    gap.base_style = normal
    gap.paragraph_format.left_indent = Cm(0.5)
    shading = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "FFF3C4")):
        shading.set(qn(f"w:{key}"), value)
    gap.element.get_or_add_pPr().append(shading)
    mark = styles.add_style("Outline Mark", WD_STYLE_TYPE.CHARACTER)
    mark.font.bold = True
    source = styles.add_style("Outline Source", WD_STYLE_TYPE.CHARACTER)
    source.font.size, source.font.color.rgb, source.font.bold = Pt(8.5), RGBColor(0x59, 0x59, 0x59), False


if __name__ == "__main__":
    where = Path(sys.argv[1]) if sys.argv[1:] else SHIPPED
    where.write_bytes(template())
    print(where)
