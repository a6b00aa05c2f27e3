"""DOCX: what a reader of the document sees, with all that Word and LegisWrite add to plain paragraphs."""

import io
import random
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent.documents.document import Block
from consistent.documents.formats._docx_package import spelt
from consistent.documents.formats.docx import read
from consistent.errors import InputError
from tests.built_docx import act, docx, numbering, paragraph, with_parts, without_part
from tests.document_cases import INVENTED
from tests.harness.effort import examples

_BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def _blocks(content: bytes) -> tuple[Block, ...]:
    return read(content, "act.docx").blocks


def _lines(*paragraphs: str, numbers: str = "", notes: dict[int, str] | None = None) -> list[str]:
    return [block.line for block in _blocks(docx(*paragraphs, numbers=numbers, notes=notes))]


def _run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_an_act_has_its_parts(language: str) -> None:
    """Styles of LegisWrite say what a paragraph is; numbers come from the text or from Word."""
    content = read(act(language), "act.docx")
    assert content.format == "docx"
    assert [(block.role, block.number) for block in content.blocks] == [
        ("type", ""),
        ("title", ""),
        ("text", ""),
        ("text", ""),
        ("recital", "(1)"),
        ("recital", "(2)"),
        ("note", "1"),
        ("heading", ""),
        ("heading", ""),
        ("article", ""),
        ("article-heading", ""),
        ("paragraph", "1."),
        ("point", "a)" if language == "nl" else "(a)"),
        ("point", "b)" if language == "nl" else "(b)"),
        ("annex", ""),
        ("row", ""),
        ("row", ""),
        ("running", ""),
    ]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_invented_file_is_as_built(language: str) -> None:
    """`legiswrite.*.docx` is what `act` builds."""
    assert read((INVENTED / f"legiswrite.{language}.docx").read_bytes(), "x") == read(act(language), "x")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_cover_stands_in_the_properties(language: str) -> None:
    """The cover itself is a picture."""
    properties = read(act(language), "act.docx").properties
    assert properties["reference"] == "COM(2026) 123 final"
    assert properties["procedure"] == "2026/0042(COD)"
    assert properties["date"] == "2026-05-04"
    assert properties["language"] == language
    assert properties["title"] in {"on the lamps of lighthouses", "betreffende de lampen van vuurtorens"}


def test_tracked_changes_are_accepted() -> None:
    """Deleted words and ends of paragraphs go, inserted words stay, moved ones stand where they went."""
    assert _lines(
        paragraph(
            _run("<w:t>Lamps </w:t>")
            + f"<w:del>{_run('<w:delText>must</w:delText>')}</w:del><w:ins>{_run('<w:t>shall</w:t>')}</w:ins>"
            + f"<w:moveFrom>{_run('<w:t> brightly</w:t>')}</w:moveFrom>"
            + _run("<w:t> burn </w:t>"),
            properties="<w:rPr><w:del/></w:rPr>",
        ),
        paragraph(f"<w:moveTo>{_run('<w:t>brightly</w:t>')}</w:moveTo>{_run('<w:t>.</w:t>')}"),
    ) == ["Lamps shall burn brightly."]


def test_content_controls_and_links_are_read() -> None:
    """Around paragraphs, in paragraphs and around rows; a prompt to type something is no text."""
    inner = f"<w:sdt><w:sdtPr/><w:sdtContent>{_run('<w:t>shall</w:t>')}</w:sdtContent></w:sdt>"
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{_run('<w:t>Click</w:t>')}</w:sdtContent></w:sdt>"
    )
    link = f"<w:hyperlink>{_run('<w:t> burn.</w:t>')}</w:hyperlink>"
    outer = paragraph(_run("<w:t xml:space='preserve'>Lamps </w:t>") + inner + prompt + link)
    assert _lines(f"<w:sdt><w:sdtPr/><w:sdtContent>{outer}</w:sdtContent></w:sdt>") == ["Lamps shall burn."]


def test_text_boxes_are_read_once() -> None:
    """They are written twice, for new and for old readers, and come after their paragraph."""
    assert _lines(paragraph(_run("<w:t>Lamps.</w:t>") + _BOX.format(paragraph("In a box.")))) == ["Lamps.", "In a box."]


def test_fields_show_their_result() -> None:
    """Not their code."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF lamp </w:instrText><w:t>code</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Article 5</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert _lines(paragraph(_run("<w:t xml:space='preserve'>See </w:t>") + field)) == ["See Article 5"]


def test_hidden_text_is_left_out_and_signs_are_read() -> None:
    """As on paper."""
    signs = (
        '<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t><w:sym w:font="Symbol" w:char="F0B7"/>'
    )
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> shown</w:t></w:r>'
    assert _lines(paragraph(_run(signs) + hidden + shown)) == ["a-bc\u2022 shown"]


def test_notes_follow_their_paragraph_and_are_counted() -> None:
    """In the order in which the text refers to them; a note that nothing refers to is not shown."""
    refer = '<w:r><w:t>{}</w:t><w:footnoteReference w:id="{}"/></w:r>'
    blocks = _blocks(
        docx(
            paragraph(refer.format("One.", 7)),
            paragraph(refer.format("Two.", 3)),
            notes={3: "Third.", 7: "Seventh.", 9: "Ninth."},
        )
    )
    assert [(block.role, block.number, block.text) for block in blocks] == [
        ("text", "", "One."),
        ("note", "1", "Seventh."),
        ("text", "", "Two."),
        ("note", "2", "Third."),
    ]


def test_lists_are_numbered_by_level() -> None:
    """Deeper levels begin anew, higher ones are named in front, another list goes on counting."""
    levels = [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%1.%2.%3)")]

    def point(text: str, level: int, numbered: int = 1) -> str:
        return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbered}"/></w:numPr>')

    more = '<w:num w:numId="9"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    assert _lines(
        point("one", 0),
        point("a", 1),
        point("b", 1),
        point("i", 2),
        point("two", 0),
        point("a again", 1),
        point("none", 0, 0),
        point("five", 0, 9),
        point("six", 0, 9),
        numbers=numbering(levels, more=more),
    ) == ["1. one", "(a) a", "(b) b", "(1.b.i) i", "2. two", "(a) a again", "none", "5. five", "6. six"]


def test_a_style_can_number() -> None:
    """As `Considrant` does; an article that numbers itself has its heading in a block of its own."""
    numbers = numbering([("decimal", "(%1)")], [("decimal", "Article %1")])
    content = docx(
        paragraph("Lamps.", "Considrant"),
        paragraph("Towers.", "Considrant"),
        paragraph("Subject matter", "Titrearticle"),
        numbers=numbers,
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        styles = archive.read("word/styles.xml").decode()
    for style, numbered in (("Considrant", 1), ("Titrearticle", 2)):
        style_tag = f'w:styleId="{style}">'
        at = styles.index(style_tag)
        end = styles.index("</w:style>", at)
        styles = f'{styles[:end]}<w:pPr><w:numPr><w:numId w:val="{numbered}"/></w:numPr></w:pPr>{styles[end:]}'
    blocks = _blocks(with_parts(content, {"word/styles.xml": styles}))
    assert [(block.role, block.line) for block in blocks] == [
        ("recital", "(1) Lamps."),
        ("recital", "(2) Towers."),
        ("article", "Article 1"),
        ("article-heading", "Subject matter"),
    ]


@pytest.mark.parametrize(
    ("number", "form", "said"),
    [
        (1, "lowerLetter", "a"),
        (27, "lowerLetter", "aa"),
        (28, "upperLetter", "BB"),
        (9, "lowerRoman", "ix"),
        (1994, "upperRoman", "MCMXCIV"),
        (0, "upperRoman", "0"),
        (99_999_999, "lowerLetter", "99999999"),
        (4, "decimalZero", "04"),
        (4, "none", ""),
        (4, "chicago", "4"),
    ],
)
def test_numbers_are_spelt(number: int, form: str, said: str) -> None:
    """As Word spells them; in figures where that would make no sense."""
    assert spelt(number, form) == said


def test_tables_are_read_by_row() -> None:
    """A cell over several rows stands where it begins; a table of one column is text; a deleted row is none."""

    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    begun = '<w:vMerge w:val="restart"/>'
    rows = (
        f"<w:tr>{cell('Lamp', begun)}{cell('green')}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('red')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('gone')}{cell('gone')}</w:tr>"
    )
    single = f"<w:tbl><w:tr>{cell('Alone.')}</w:tr></w:tbl>"
    blocks = _blocks(docx(f"<w:tbl>{rows}</w:tbl>", single))
    assert [(block.role, block.text) for block in blocks] == [
        ("row", "Lamp\tgreen"),
        ("row", "\tred"),
        ("text", "Alone."),
    ]


def _zip(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
_PLAIN = docx(paragraph("Lamps."))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "DOCX is damaged or is none: file is not a zip file"),
        (_OLE, "file is an old Word document or another OLE file, no DOCX"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "DOCX is encrypted"),
        (_zip(mimetype=b"application/vnd.oasis"), "file is no DOCX: there is no document in it"),
        (with_parts(_PLAIN, {"word/vbaProject.bin": ""}), "file holds macros"),
        (without_part(_PLAIN, "word/document.xml"), "file is no DOCX: there is no document in it"),
        (without_part(_PLAIN, "word/styles.xml"), "DOCX is damaged: its part `word/styles.xml` is missing"),
        (docx('<w:altChunk xmlns:r="x" r:id="x"/>'), "DOCX holds another document within it"),
        (docx(), "DOCX holds no text"),
        (
            with_parts(_PLAIN, {"word/document.xml": f"<a>{' ' * 70_000_000}</a>"}),
            "too much to be read: at most 60,000,000 bytes once unpacked",
        ),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, message: str) -> None:
    """Plainly, once, and with the name of the file."""
    with pytest.raises(InputError) as caught:
        read(content, "act.docx")
    (fault,) = caught.value.faults
    assert (fault.message, fault.location.path) == (message, "act.docx")


def test_entities_are_not_expanded() -> None:
    """Nor is anything outside the file read."""
    bomb = '<!DOCTYPE a [<!ENTITY b "lamps">]><a>&b;</a>'
    with pytest.raises(InputError, match="XML declares entities"):
        read(with_parts(_PLAIN, {"word/document.xml": bomb}), "act.docx")


def test_the_strict_variety_is_read() -> None:
    """It differs in the names of its namespaces."""
    with zipfile.ZipFile(io.BytesIO(_PLAIN)) as archive:
        text = archive.read("word/document.xml").decode()
    strict = text.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert [block.text for block in _blocks(with_parts(_PLAIN, {"word/document.xml": strict}))] == ["Lamps."]


@settings(max_examples=examples(300), suppress_health_check=list(HealthCheck))
@given(st.integers(), st.booleans())
def test_mutated_files_never_crash(seed: int, packed: bool) -> None:
    """Text comes out, or an error that says why not; the file as it is packed, or its parts, may be damaged."""
    chance = random.Random(seed)
    if packed:
        content = _mutated(_ACT, chance)
    else:
        with zipfile.ZipFile(io.BytesIO(_ACT)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice([name for name in parts if name.endswith(("xml", "rels"))])
        parts[name] = _mutated(parts[name], chance)
        content = _zip(**parts)
    try:
        blocks = _blocks(content)
    except InputError:
        return
    assert all(block.text for block in blocks)


_ACT = act()


def _mutated(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + chance.randrange(60)]
            case 2:
                changed[at:at] = changed[chance.randrange(len(changed)) :][:60]
            case _:
                changed[at : at + 3] = b"%d" % chance.choice([0, 9, 2**31, 10**30])
    return bytes(changed)
