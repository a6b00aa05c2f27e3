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
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

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
        paragraph.add_run("{{r line.runs }}")
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

    section.header.paragraphs[0].style = "Header"
    section.header.paragraphs[0].add_run("{{ title }}")
    footer = section.footer.paragraphs[0]
    footer.style, footer.alignment = "Footer", WD_ALIGN_PARAGRAPH.RIGHT
    # Page so many of so many.
    _field(footer, "PAGE")
    footer.add_run(" / ")
    _field(footer, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    """Something that Word counts itself."""
    for kind in ("begin", "instruction", "separate", "text", "end"):
        run = paragraph.add_run("1" if kind == "text" else "")
        if kind == "instruction":
            element = OxmlElement("w:instrText")
            element.text = f" {name} "
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        if kind != "text":
            run._r.append(element)  # python-docx has no fields


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
    # Shading comes before indents, by the schema.
    gap.element.get_or_add_pPr().insert(0, shading)
    for name in ("Header", "Footer"):
        styles[name].font.size, styles[name].font.color.rgb = Pt(8.5), RGBColor(0x59, 0x59, 0x59)
    footnote = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    footnote.base_style, footnote.font.size = normal, Pt(8.5)
    footnote.paragraph_format.space_after = Pt(0)
    call = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    call.font.superscript = True
    # By these ids Word knows them.
    for style, known in ((footnote, "FootnoteText"), (call, "FootnoteReference")):
        style.element.set(qn("w:styleId"), known)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.color.rgb, link.font.underline = RGBColor(0x15, 0x42, 0x73), True
    mark = styles.add_style("Outline Mark", WD_STYLE_TYPE.CHARACTER)
    mark.font.bold = True
    source = styles.add_style("Outline Source", WD_STYLE_TYPE.CHARACTER)
    source.font.size, source.font.color.rgb, source.font.bold = Pt(8.5), RGBColor(0x59, 0x59, 0x59), False


if __name__ == "__main__":
    where = Path(sys.argv[1]) if sys.argv[1:] else SHIPPED
    where.write_bytes(template())
    print(where)
