"""DOCX files that tests build: python-docx for the frame, hand-made XML for what LegisWrite and Word add to it."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence

from docx import Document
from docx.enum.style import WD_STYLE_TYPE

__all__ = ["LEGISWRITE", "act", "docx", "numbering", "paragraph", "with_parts", "without_part"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# Styles as LegisWrite names them.
LEGISWRITE = (
    "Typedudocument",
    "Titreobjet",
    "Institutionquiagit",
    "Titrearticle",
    "ManualConsidrant",
    "Considrant",
    "ManualNumPar1",
    "Point0",
    "Point 0 (number)",
    "ChapterTitle",
    "SectionTitle",
    "Annexetitre",
    "Exposé des motifs titre",
)

_WORDS: dict[str, Mapping[str, str]] = {
    "en": {
        "status": "Proposal for a",
        "type": "REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL",
        "title": "on the lamps of lighthouses",
        "citation": "Having regard to the Treaty on the Functioning of the European Union, and in particular Article 100(2) "
        "thereof,",
        "whereas": "Whereas:",
        "recital": "Ships need lamps that they can tell apart.",
        "other": "Keepers need lamps that last.",
        "note": "See the register of lamps.",
        "chapter": "CHAPTER I\nGeneral provisions",
        "article": "Article 1\nSubject matter",
        "paragraph": "This Regulation lays down rules on:",
        "point": "the brightness of lamps;",
        "last": "their upkeep.",
        "annex": "ANNEX I",
        "cells": "Colour|Side|Green|Left",
        "final": "final",
    },
    "nl": {
        "status": "Voorstel voor een",
        "type": "VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD",
        "title": "betreffende de lampen van vuurtorens",
        "citation": "Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 100, lid 2,",
        "whereas": "Overwegende hetgeen volgt:",
        "recital": "Schepen hebben lampen nodig die zij uit elkaar kunnen houden.",
        "other": "Wachters hebben lampen nodig die lang meegaan.",
        "note": "Zie het register van lampen.",
        "chapter": "HOOFDSTUK I\nAlgemene bepalingen",
        "article": "Artikel 1\nOnderwerp",
        "paragraph": "Deze verordening bevat regels over:",
        "point": "de sterkte van lampen;",
        "last": "het onderhoud ervan.",
        "annex": "BIJLAGE I",
        "cells": "Kleur|Kant|Groen|Links",
        "final": "final",
    },
}


def paragraph(inner: str, style: str = "", properties: str = "") -> str:
    """A paragraph: runs as XML, or plain text with tabs and breaks."""
    if not inner.lstrip().startswith("<"):
        inner = f'<w:r><w:t xml:space="preserve">{inner}</w:t></w:r>'
        inner = inner.replace("\t", "</w:t><w:tab/><w:t>").replace("\n", "</w:t><w:br/><w:t>")
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def numbering(*lists: Sequence[tuple[str, str]], more: str = "") -> str:
    """`numbering.xml` with the lists 1, 2, ...; each level a format and a pattern."""
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
            for level, (form, pattern) in enumerate(levels)
        )
        + "</w:abstractNum>"
        for at, levels in enumerate(lists, start=1)
    )
    used = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at, _ in enumerate(lists, start=1)
    )
    return f'{_HEAD}<w:numbering xmlns:w="{_W}">{definitions}{used}{more}</w:numbering>'


def docx(
    *paragraphs: str,
    notes: Mapping[int, str] | None = None,
    numbers: str = "",
    variables: Mapping[str, str] | None = None,
    styles: Sequence[str] = LEGISWRITE,
    foot: str = "",
) -> bytes:
    """A DOCX.

    Args:
        paragraphs: the XML of its body.
        notes: the text of each footnote.
        numbers: the content of `numbering.xml`.
        variables: of the document.
        styles: to add to Word's own.
        foot: of its pages.
    """
    document = Document()
    for style in styles:
        document.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
    if foot:
        document.sections[0].footer.paragraphs[0].text = foot
    buffer = io.BytesIO()
    document.save(buffer)
    parts: dict[str, str] = {}
    if notes:
        inner = "".join(
            f'<w:footnote w:id="{at}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:tab/><w:t>{text}</w:t></w:r></w:p></w:footnote>'
            for at, text in notes.items()
        )
        parts["word/footnotes.xml"] = f'{_HEAD}<w:footnotes xmlns:w="{_W}">{inner}</w:footnotes>'
    if numbers:
        parts["word/numbering.xml"] = numbers
    if variables:
        inner = "".join(f'<w:docVar w:name="{name}" w:val="{value}"/>' for name, value in variables.items())
        parts["word/settings.xml"] = f'{_HEAD}<w:settings xmlns:w="{_W}"><w:docVars>{inner}</w:docVars></w:settings>'
    return with_parts(buffer.getvalue(), parts, body="".join(paragraphs))


def with_parts(content: bytes, parts: Mapping[str, str], *, body: str | None = None) -> bytes:
    """The file with parts put in or replaced, referred to from the document."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            text = old.read(info).decode("utf-8") if info.filename.endswith((".xml", ".rels")) else ""
            if info.filename in parts:
                continue
            if info.filename == "word/document.xml" and body is not None:
                text = re.sub(r"<w:body>", lambda _: f"<w:body>{body}", text, count=1)
            for part in parts:
                name = part.split("/")[-1]
                kind = name.removesuffix(".xml")
                if info.filename == "word/_rels/document.xml.rels" and f'Target="{name}"' not in text:
                    relation = f'<Relationship Id="x{kind}" Type="{_OFFICE}/{kind}" Target="{name}"/>'
                    text = text.replace("</Relationships>", f"{relation}</Relationships>")
                if info.filename == "[Content_Types].xml" and f"/{part}" not in text:
                    override = f'<Override PartName="/{part}" ContentType="{_TYPE}.{kind}+xml"/>'
                    text = text.replace("</Types>", f"{override}</Types>")
            _put(new, info.filename, text.encode() if text else old.read(info))
        for part, text in parts.items():
            _put(new, part, text.encode())
    return buffer.getvalue()


def without_part(content: bytes, part: str) -> bytes:
    """The file with a part missing that others refer to."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            if info.filename != part:
                _put(new, info.filename, old.read(info))
    return buffer.getvalue()


def act(language: str = "en") -> bytes:
    """A small act as LegisWrite makes one: a cover in variables, numbers by hand and by Word, a note, a table, an annex."""
    words = _WORDS[language]
    cells = words["cells"].split("|")
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in pair) + "</w:tr>"
        for pair in (cells[:2], cells[2:])
    )
    noted = (
        f'<w:r><w:t>{words["other"]}</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>'
        "<w:del><w:r><w:delText> Gone.</w:delText></w:r></w:del>"
    )
    point = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    return docx(
        paragraph(words["type"], "Typedudocument"),
        paragraph(words["title"], "Titreobjet"),
        paragraph(words["citation"]),
        paragraph(words["whereas"]),
        paragraph(f"(1)\t{words['recital']}", "ManualConsidrant"),
        paragraph(f"<w:r><w:t>(2)</w:t><w:tab/></w:r>{noted}", "ManualConsidrant"),
        paragraph(words["chapter"], "ChapterTitle"),
        paragraph(words["article"], "Titrearticle"),
        paragraph(f"1.\t{words['paragraph']}", "ManualNumPar1"),
        paragraph(words["point"], "Point0", point),
        paragraph(words["last"], "Point0", point),
        paragraph(words["annex"], "Annexetitre"),
        f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>",
        notes={1: words["note"]},
        numbers=numbering([("decimal", "(%1)")], [("lowerLetter", "%1)" if language == "nl" else "(%1)")]),
        variables={
            "LW_REF.INST.NEW": "COM",
            "LW_REF.INST.NEW_TEXT": "(2026) 123",
            "LW_REF.INST.NEW_ADOPTED": words["final"],
            "LW_EMISSION_ISODATE": "2026-05-04",
            "LW_STATUT.CP": words["status"],
            "LW_TYPE.DOC.CP": words["type"],
            "LW_TITRE.OBJ.CP": words["title"],
            "LW_REF.II.NEW.CP": "COD",
            "LW_REF.II.NEW.CP_NUMBER": "0042",
            "LW_REF.II.NEW.CP_YEAR": "2026",
            "LW_LANGUE": language.upper(),
        },
        foot=language.upper(),
    )


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """A part with a fixed date, so that the same content makes the same file."""
    info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)
