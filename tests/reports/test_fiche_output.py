"""A fiche is written as Markdown, HTML and Word: the same to the byte each time, and whatever a proposal says is only shown."""

import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from docx import Document
from lxml import etree, html

from consistent.errors import InputError
from consistent.fiche.content import Fiche
from consistent.fiche.forms import fiche_blocks, fiche_docx, fiche_html, fiche_markdown
from consistent.fiche.making import fiche_of
from consistent.limits import SECONDS_OF_TEMPLATE
from consistent.model.text import LANGUAGES, Language
from consistent.reports import word
from consistent.reports.dossier import Dossier
from consistent.reports.formats import format_named
from consistent.reports.outline import in_one_line
from consistent.reports.word import packed, word_lines
from tests.reports.fiche_cases import DAY, GOLDEN, GOLDENS, ROOT, dossier, fiche, golden, kb
from tests.support import needs_durable_rules

SHIPPED = ROOT / "src/consistent/reports/outline.docx"
HOSTILE = [
    "<script>alert(1)</script>",
    "</p></body><img src=x onerror=alert(1)>",
    "[klik](javascript:alert(1)) ![x](https://example.org/x.png)",
    "| a | b |\n|---|---|",
    "# kop\n\n- punt",
    "{{ 7*7 }} {% for x in y %} {{_ {_{ lines }_}",
    "a\x00b\x07c\x1b[31md",
    "veilig \u202enegatief\u202c \u200fx\u2066",
    "\ufffe\uffff",
    "a\u2028b\u2029c\td\r\ne",
    "<w:p/>]]>&amp;&lt;",
    "***_~~x~~_*** `code` $x^2$ \\",
]


@cache
def hostile(text: str) -> Fiche:
    """A fiche of a proposal that says a text wherever it can say one."""
    title = {"en": text, "nl": text}
    evidence = {"all": {"document": text, "place": text, "quote": text, "note": text}}
    data = {
        "proposal": {"kind": "legislative-proposal", "title": title, "reference": text, "evidence": evidence, "legal_basis": ["TFEU 114"]},
        "measure": [
            {"id": "one", "title": title, "reference": text, "effects": ["sanction", "delegated-power"], "actors": ["commission"], "bindingness": "binding", "evidence": evidence}
        ],
    }  # fmt: skip
    return fiche_of(Dossier.of(kb().check(data, as_of=DAY)), "nl")


WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def said_in(paragraph: Any) -> str:
    """The words of a paragraph of Word, those in controls too; the numbers of footnotes stand in fields, and are not among them."""
    runs = [run for run in paragraph.iter(f"{WORD}r") if not run.findall(f".//{WORD}vertAlign")]
    return " ".join("".join(text.text or "" for run in runs for text in run.iter(f"{WORD}t")).split())


def words_of(content: bytes) -> list[str]:
    """The paragraphs of a Word document."""
    return [said_in(each._p) for each in Document(BytesIO(content)).paragraphs]


def part_of(content: bytes, name: str) -> Any:
    """A part of a Word document."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def notes_of(content: bytes) -> list[str]:
    """The footnotes of a Word document, without the lines that part them from the text."""
    notes = part_of(content, "word/footnotes.xml").findall(f"{WORD}footnote")
    return [said_in(each) for each in notes if each.get(f"{WORD}type") is None]


@needs_durable_rules
@pytest.mark.parametrize("name", GOLDENS)
def test_golden(name: str) -> None:
    """Nothing changes unless somebody has looked at it."""
    assert golden(name) == (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_in_every_form(language: Language) -> None:
    """In the same order."""
    made = fiche("com-2024-150", language)
    document = words_of(fiche_docx(made))
    page: Any = html.fromstring(fiche_html(made))
    said = [made.title, *(" ".join(filter(None, (each.mark, each.text))) for each in word_lines(fiche_blocks(made)))]
    assert document == [" ".join(each.split()) for each in said]
    for number in page.xpath("//main//sup"):
        number.getparent().remove(number) if not number.tail else number.drop_tree()
    body = page.xpath("//main/*[not(contains(@class, 'notes'))]//*[self::h1|self::h2|self::h3|self::p|self::li]")
    assert [" ".join(each.text_content().split()) for each in body] == document
    assert fiche_markdown(made).count("\n") > len(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_footnote_is_in_every_form(language: Language) -> None:
    """With the same number and words; each is called, and whatever has an address is a link."""
    made = fiche("com-2024-150", language)
    content, text = fiche_docx(made), fiche_markdown(made)
    page: Any = html.fromstring(fiche_html(made))
    notes = notes_of(content)
    assert notes
    assert [
        " ".join(each.text_content().removesuffix("↩").split()) for each in page.xpath("//*[@class='notes']//li")
    ] == notes
    numbers = list(range(1, len(notes) + 1))
    assert [int(each) for each in re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)] == numbers
    assert sorted({int(each) for each in re.findall(r"\[\^(\d+)\](?!: )", text)}) == numbers
    called = part_of(content, "word/document.xml").iter(f"{WORD}footnoteReference")
    assert [int(each.get(f"{WORD}id")) for each in called] == numbers
    assert {each.get("href") for each in page.xpath("//main//a")} >= {f"#note-{number}" for number in numbers}
    linked = {source.url for each in made.statements() for source in each.sources if source.url}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        relations = archive.read("word/_rels/footnotes.xml.rels").decode()
    assert linked
    assert all(url.replace("&", "&amp;") in relations and f"]({url})" in text for url in linked)


@pytest.mark.parametrize("name", ["com-2024-150", "com-2022-68", "join-2025-120"])
def test_every_gap_can_be_filled_in_and_is_counted(name: str) -> None:
    """A control in Word, a marked line elsewhere: as many as the beginning of the draft says, each with its question."""
    made = fiche(name)
    controls = list(part_of(fiche_docx(made), "word/document.xml").iter(f"{WORD}sdt"))
    asked = [" ".join(each.question.split()) for each in made.gaps()]
    assert [said_in(each).removeprefix("[In te vullen] ") for each in controls] == asked
    assert len({each.find(f".//{WORD}tag").get(f"{WORD}val") for each in controls}) == len(asked)
    assert fiche_markdown(made).count("> **\\[In te vullen\\]** ") == len(asked)
    page: Any = html.fromstring(fiche_html(made))
    assert len(page.xpath("//p[@class='gap']")) == len(asked)
    assert f"De tekst bevat {len(asked)} vragen" in fiche_markdown(made)


def test_the_pages_of_word_have_a_header_and_numbers() -> None:
    """The title above, and which page of how many below."""
    document = Document(BytesIO(fiche_docx(fiche("com-2022-68"))))
    (section,) = document.sections
    assert section.header.paragraphs[0].text == fiche("com-2022-68").title
    assert re.findall("PAGE|NUMPAGES", section.footer._element.xml) == ["PAGE", "NUMPAGES"]


def test_footnotes_of_a_template_are_kept() -> None:
    """An office may have one of its own; those of the fiche are numbered after it."""
    first = fiche_docx(fiche("com-2022-68"))
    template = BytesIO()
    with (
        zipfile.ZipFile(SHIPPED) as old,
        zipfile.ZipFile(template, "w") as new,
        zipfile.ZipFile(BytesIO(first)) as made,
    ):
        for each in old.namelist():
            new.writestr(
                each,
                made.read(each) if "Content_Types" in each or each.endswith("document.xml.rels") else old.read(each),
            )
        for each in set(made.namelist()) - set(old.namelist()):
            new.writestr(each, made.read(each))
    content = fiche_docx(fiche("com-2022-68"), template.getvalue(), "eigen.docx")
    assert notes_of(content) == notes_of(first) * 2
    ids = [each.get(f"{WORD}id") for each in part_of(content, "word/footnotes.xml")]
    assert len(ids) == len(set(ids))


def test_written_twice_it_is_the_same_to_the_byte() -> None:
    """No day, no order of a dictionary, no time of a file."""
    first, second = (fiche_of(dossier("com-2022-68"), "nl") for _ in range(2))
    assert fiche_docx(first) == fiche_docx(second)
    assert fiche_html(first) == fiche_html(second)
    assert fiche_markdown(first) == fiche_markdown(second)


def test_a_word_document_has_no_day_of_its_making() -> None:
    """Neither in its archive nor in what it says of itself."""
    with zipfile.ZipFile(BytesIO(fiche_docx(fiche("com-2022-68")))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
    properties = Document(BytesIO(fiche_docx(fiche("com-2022-68")))).core_properties
    assert properties.created == properties.modified == datetime(2000, 1, 1, tzinfo=UTC)
    assert properties.author == ""
    assert properties.title == fiche("com-2022-68").title[:255]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_in_html(text: str) -> None:
    """As the letters that it is made of: no element, no attribute, no direction of writing."""
    made = hostile(text)
    page: Any = html.fromstring(fiche_html(made))
    allowed = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "li",
        "section",
        "span",
        "b",
        "a",
        "sup",
        "ol",
    }
    assert {each.tag for each in page.iter() if isinstance(each.tag, str)} <= allowed
    assert not any(name.startswith("on") for each in page.iter() for name in each.attrib)
    assert all(
        each.get("href").startswith(("https://eur-lex.europa.eu/", "#note-", "#call-"))
        or "officielebekendmakingen" in each.get("href")
        for each in page.iter("a")
    )
    # Word by word: blanks are the page's own.
    assert " ".join(in_one_line(text).split()) in " ".join(page.text_content().split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_in_word(text: str) -> None:
    """The document opens, with the same paragraphs and styles as any other."""
    made = hostile(text)
    document = Document(BytesIO(fiche_docx(made)))
    assert len(document.paragraphs) == len(list(word_lines(fiche_blocks(made)))) + 1
    assert not document.tables
    # A template engine would take `{_{` for its own way to write braces.
    known = in_one_line(text).replace("{_{", "{{").replace("}_}", "}}")
    content = fiche_docx(made)
    said = [*words_of(content), *notes_of(content)]
    assert any(known in each for each in said)
    assert not any("49" in each for each in said if "7*7" in each)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_escaped_in_markdown(text: str) -> None:
    """No mark of Markdown or HTML is left that no backslash or entity makes a letter of."""
    made = fiche_markdown(hostile(text))
    # Ours are footnotes, links, and addresses as they are.
    ours = r"\[\^\d+\](?:: )?|\]\(https://[^\s)]+\)|<https://[^\s>]+>"
    bare = re.sub(rf"\\.|<!-- -->|{ours}", "", made)
    bare = re.sub(r"\[(?=(?:artikel|Kamerstuk|Protocol|C-|ST |Richtlijn|Verordening)\b|artikel |C-\d)", "", bare)
    assert "<" not in bare
    assert not re.search(r"[\[\]`|~]", bare)
    assert "\x1b" not in made
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200f\x00-\x08]", made)
    # Two stars on each side are ours: of a judgement, and of the mark of a gap.
    assert re.sub(r"^(?:> )?\*\*.*?\*\*", "", bare, flags=re.MULTILINE).count("*") == 0


@pytest.mark.parametrize("start", ["# kop", "- punt", "+ punt", "1. punt", "1) punt", "= lijn", "--- lijn", "12. punt"])
def test_text_begins_no_element_of_markdown(start: str) -> None:
    """A title may begin with a dash or a number."""
    made = fiche_markdown(hostile(start)).splitlines()
    line = next(
        each
        for each in made
        if each.endswith(f"cover ({start})") or (start.split()[1] in each and not each.startswith("# Fiche"))
    )
    assert not re.match(r"\s*(?:#|[-+] (?!Vraag|')|=|\d+[.)])", line.removeprefix("- "))


def test_the_shipped_template_is_that_of_the_tool(tmp_path: Path) -> None:
    """Made anew it holds the same; how it is compressed is for the library of the machine."""
    made = tmp_path / "fiche.docx"
    subprocess.run([sys.executable, ROOT / "tools/write_word_template.py", made], check=True, capture_output=True)
    assert contents(made.read_bytes()) == contents(SHIPPED.read_bytes())


def contents(archive: bytes) -> dict[str, bytes]:
    """What a ZIP archive holds, in order."""
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        return {each: opened.read(each) for each in opened.namelist()}


@pytest.mark.parametrize(("language", "code"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_a_word_document_says_its_language(language: Language, code: str) -> None:
    """For spelling, and for those who listen to it."""
    document = Document(BytesIO(fiche_docx(fiche("com-2022-68", language))))
    assert document.core_properties.language == code
    named = document.styles.element.xpath("//w:lang/@w:val")
    assert named
    assert set(named) == {code}


def restyled(change: dict[str, str]) -> bytes:
    """The shipped template with other text in its parts."""
    made = BytesIO()
    with zipfile.ZipFile(SHIPPED) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            text = old.read(each)
            for before, after in change.items():
                text = text.replace(before.encode(), after.encode())
            new.writestr(each, text)
    return made.getvalue()


def test_an_office_can_restyle_the_template() -> None:
    """Fonts, and words of its own around what is said."""
    made = fiche_docx(fiche("com-2022-68"), restyled({"Calibri": "Verdana", "{{ title }}": "CONCEPT {{ title }}"}))
    document = Document(BytesIO(made))
    assert document.styles["Normal"].font.name == "Verdana"
    assert document.paragraphs[0].text.startswith("CONCEPT Fiche: ")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (b"no document", "template cannot be used: File is not a zip file"),
        (b"", "template cannot be used"),
        (restyled({"line in lines": "line in others"}), "template cannot be used: it has no place for `lines`"),
        (restyled({"{%p endfor %}": "{%p endfr %}"}), "template cannot be used"),
        (restyled({"{{r line.runs }}": "{{r line.rns }}"}), "template cannot be used"),
        (packed(restyled({"<w:body>": "<w:body"})), "template cannot be used"),
    ],
    ids=["text", "empty", "no-lines", "unclosed", "misspelt", "no-xml"],
)
def test_a_bad_template_is_told(template: bytes, message: str) -> None:
    """With its name, and what helps."""
    with pytest.raises(InputError) as caught:
        fiche_docx(fiche("com-2022-68"), template, "eigen.docx")
    assert message in str(caught.value)
    assert "eigen.docx" in str(caught.value)


def bomb() -> bytes:
    """A template with a picture that is nothing, many times over."""
    made = BytesIO(restyled({}))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.png", bytes(100_000_000))
    return made.getvalue()


# It depends on the system whether the template is told so, or the process that fills it.
_MUCH = "(it takes too much memory|at most 1,000,000,000 bytes of memory)"


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        pytest.param("{{ 1 / 0 }}", "division by zero", id="no number"),
        pytest.param("{{ 'x' * 3000000000 }}", _MUCH, id="much text"),
        pytest.param("{{ 'x'|center(3000000000) }}", _MUCH, id="much space"),
        pytest.param(
            "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "maximum recursion depth exceeded", id="a circle"
        ),
        pytest.param("{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}", "", id="brackets"),
        pytest.param(
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            "at most 3 seconds",
            id="no end",
        ),
    ],
)
def test_a_template_is_bounded(tag: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its tags compute, it is refused, and this process is none the worse for it."""
    if "range" in tag:
        monkeypatch.setattr(word, "SECONDS_OF_TEMPLATE", evolve(SECONDS_OF_TEMPLATE, most=3))
    with pytest.raises(InputError, match=f"(template cannot be used|too much to be read): .*{message}"):
        fiche_docx(fiche("com-2022-68"), restyled({"{{ title }}": tag}), "eigen.docx")


def test_a_template_that_unpacks_to_much() -> None:
    """It is not unpacked."""
    with pytest.raises(InputError, match="too much to be read: at most 60,000,000 bytes once unpacked"):
        fiche_docx(fiche("com-2022-68"), bomb(), "eigen.docx")


@pytest.mark.parametrize(
    "tag",
    [
        "{{ fiche.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ lines.__init__.__globals__ }}",
        "{{ self._TemplateReference__context.environment }}",
    ],
)
def test_a_template_reaches_nothing_but_the_fiche(tag: str) -> None:
    """A document that is passed around an office may come from anywhere."""
    with pytest.raises(InputError, match="template cannot be used"):
        fiche_docx(fiche("com-2022-68"), restyled({"{{ title }}": tag}))


def test_a_packed_archive_holds_the_same_files() -> None:
    """Whatever their order was."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        new.writestr("b.xml", "b")
        new.writestr("[Content_Types].xml", "types")
        new.writestr("a.xml", "a")
    with zipfile.ZipFile(BytesIO(packed(made.getvalue()))) as archive:
        assert [(each, archive.read(each)) for each in archive.namelist()] == [
            ("[Content_Types].xml", b"types"),
            ("a.xml", b"a"),
            ("b.xml", b"b"),
        ]


def test_the_word_document_is_well_formed_and_has_no_tags_left() -> None:
    """In no part of it."""
    with zipfile.ZipFile(BytesIO(fiche_docx(fiche("join-2025-120")))) as archive:
        for each in archive.namelist():
            if each.endswith((".xml", ".rels")):
                content = archive.read(each)
                etree.fromstring(content)
                assert b"{{" not in content
                assert b"{%" not in content


def test_fiche_is_a_form_of_reports() -> None:
    """One after the other, of several proposals."""
    form = format_named("fiche")
    assert (form.suffix, form.needs) == (".md", frozenset({"repairs"}))
    made = form.render([dossier("com-2022-68"), dossier("com-2020-842")], "nl")
    assert isinstance(made, str)
    assert made.count("\n# Fiche: ") + made.startswith("# Fiche: ") == 2
