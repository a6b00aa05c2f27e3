"""An outline in its four forms: each says every word of it, in order, and none lets a word be anything else."""

import re
from io import BytesIO, StringIO
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from rich.console import Console

from consistent.reports.html.page import outline_page
from consistent.reports.markdown import markdown
from consistent.reports.outline import (
    BREAK,
    Block,
    Code,
    Fold,
    Item,
    Paragraph,
    Section,
    Span,
    Table,
    pair,
    plain,
    spans,
    strong,
    with_code,
    without_last_breaks,
)
from consistent.reports.terminal import print_outline, text_lines
from consistent.reports.word import word_document, word_lines
from tests.harness.effort import examples
from tests.reports.outline_cases import EVERYTHING
from tests.reports.report_cases import HOSTILE


def test_terminal() -> None:
    """Each line with its indent; what stands under a point further in, and a blank line where there is a break."""
    lines = [(indent, text.plain.rstrip()) for indent, text in text_lines(EVERYTHING)]
    assert lines == [
        (0, "Conflicts (1)"),
        (2, "Of the whole."),
        (2, "m1  A measure"),
        (4, "because: it lends"),
        (4, "rule · law"),
        (2, "m2"),
        (5, "deeper"),
        (0, ""),
        (2, "source: Article 114 · https://example.org/114"),
        (2, "Further"),
        (2, "[gap] Who?"),
        (0, ""),
        (0, "rule  points"),
        (0, "one        3"),
        (0, "all        3"),
        (0, "law     open"),
        (0, "policy  positive"),
        (0, 'a = "b"'),
        (0, "More"),
        (2, "before >>these<< after"),
    ]


def test_terminal_styles_and_width() -> None:
    """Roles and tones become styles; further lines of an item are indented, and nothing ends in a blank."""
    out = StringIO()
    console = Console(file=out, width=24, force_terminal=True, color_system="standard", highlight=False)
    print_outline(console, [Section(strong("bad", "bad"), [Item("one two three four five six seven")])])
    assert out.getvalue() == "\x1b[1;31mbad\x1b[0m\n  one two three four \n    five six seven\n".replace(" \n", "\n")


# What a text is made of: words, long ones, letters of two cells and of none, blanks that part words and such as do not.
_PIECES = (
    "a",
    "wet",
    "Member State,",
    "x" * 50,
    "één",
    "\u2013",
    "\u201cdit\u201d",
    "\xad",
    "\xa0",
    "条約",
    "e\u0301",
    " ",
    "  ",
    "   ",
    "\t",
    "\n",
)


@settings(max_examples=examples(400))
@given(
    st.lists(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join), min_size=1, max_size=4),
    st.integers(18, 90),
)
def test_plain_lines_are_those_with_colours(texts: list[str], width: int) -> None:
    """A file gets the lines that a terminal shows, though rich breaks those and this library breaks these."""
    blocks: list[Block] = [
        Section(
            strong(texts[0]), [Item((Span(text), Span("law", "dim", url="https://example.org/1"))) for text in texts]
        ),
        *map(Paragraph, texts),
        Table(rows=tuple((spans("policy"), spans(text)) for text in texts)),
    ]
    coloured = StringIO()
    print_outline(Console(file=coloured, width=width, force_terminal=True, color_system="standard"), blocks)
    assert (
        on(width, *blocks) == [line.rstrip() for line in re.sub("\x1b.*?m", "", coloured.getvalue()).split("\n")][:-1]
    )


def test_markdown() -> None:
    """Headings by depth, lists in lists, tables, code and what is folded."""
    assert markdown(EVERYTHING, 2) == (
        "## Conflicts (1)\n\nOf the whole.\n\n- **m1**  A measure\n  - because: it lends\n  - rule · law\n- m2\n  - deeper\n\n"
        "- source: [Article 114](https://example.org/114)\n\n### Further\n\n> **\\[gap\\]** Who?\n\n"
        "| rule | points |\n|---|---|\n| one | 3 |\n| all | 3 |\n\n|  |  |\n|---|---|\n| law | open |\n| policy | positive |\n\n"
        '```toml\na = "b"\n```\n\n<details>\n<summary>More</summary>\n\n- before **these** after\n\n</details>\n'
    )


def test_html() -> None:
    """The same words as on a terminal, with headings by depth, a name for each table that scrolls, and links."""
    page: Any = html.document_fromstring(outline_page("Title", EVERYTHING, "en"))
    said = [
        line
        for _, text in text_lines(EVERYTHING)
        for line in text.plain.replace(" · https://example.org/114", "").split()
    ]
    shown = " ".join(page.xpath("//main//text()")).split()
    assert shown == ["Title", *(word.replace(">>", "").replace("<<", "") for word in said)]
    assert [each.text_content() for each in page.xpath("//h1 | //h2 | //h3")] == ["Title", "Conflicts (1)", "Further"]
    assert page.xpath("//table[@class='rows numbers']/@aria-label") == ["Title"]
    assert page.xpath("//a/@href") == ["https://example.org/114"]
    assert len(page.xpath("//tfoot/tr")) == 1


def test_word() -> None:
    """A paragraph for each line of a terminal, a row of a table with its heads; what stands back at the end is its note."""
    lines = list(word_lines(EVERYTHING))
    assert [(line.style, line.text) for line in lines[:4]] == [
        ("section", "Conflicts (1)"),
        ("text", "Of the whole."),
        ("item", "m1 A measure"),
        ("item", "because: it lends"),
    ]
    assert (lines[4].text, lines[4].note) == ("", "rule · law")
    assert [line.text for line in lines if line.style == "item"][-4:] == [
        "all: points: 3",
        "law: open",
        "policy: positive",
        "before these after",
    ]
    made = Document(BytesIO(word_document("Title", EVERYTHING, "en")))
    assert len(made.paragraphs) == len(lines) + 1


@pytest.mark.parametrize("text", HOSTILE)
def test_harm_stays_text(text: str) -> None:
    """Whatever words say, and whatever address is given: no element, no link that runs."""
    blocks: list[Block] = [
        Section(text, [Paragraph(text), Item((Span(text, url="javascript:alert(1)"),)), Fold(text, [Code(text)])]),
        Table(heads=(text, text), rows=((spans(text), spans(Span(text, "code"))),)),
    ]
    page: Any = html.document_fromstring(outline_page(text, blocks, "nl"))
    assert page.xpath("//script | //img | //a | //@onerror") == []
    assert "\x1b" not in "".join(line.plain for _, line in text_lines(blocks))
    assert list(word_lines(blocks))


def test_small_makers() -> None:
    """Backticks set off code; breaks at the end go, those between stay."""
    assert with_code("say `a b` now") == (Span("say "), Span("a b", "code"), Span(" now"))
    assert plain(pair("name", "text", strong("!"))) == "name: text!"
    assert without_last_breaks([BREAK, Item("a"), BREAK, BREAK]) == (BREAK, Item("a"))


def on(width: int, *blocks: Block) -> list[str]:
    """The lines of an outline on a terminal of a width."""
    out = StringIO()
    print_outline(Console(file=out, width=width, highlight=False, markup=False), blocks)
    return out.getvalue().split("\n")[:-1]


def test_further_lines_hang() -> None:
    """Of an item they stand under its words, of a row without heads under its last cell; a paragraph has none that hang."""
    assert on(22, Item("✕ conflict: one two three four five")) == ["✕ conflict: one two", "  three four five"]
    row = (spans("finance"), spans("positive, with many remarks"))
    assert on(30, Table(rows=(row,))) == ["finance  positive, with many", "         remarks"]
    assert on(22, Paragraph("one two three four five six")) == ["one two three four", "five six"]


def test_what_stands_apart_stays_whole() -> None:
    """A line of grades ends between two of them; one that is longer than the line is wrapped by itself."""
    grades = Paragraph("competence ✕ negative   substance ± partly positive, partly negative   finance ○ open")
    assert on(44, grades) == ["competence ✕ negative", "substance ± partly positive, partly negative", "finance ○ open"]
    assert on(24, grades)[:3] == ["competence ✕ negative", "substance ± partly", "positive, partly"]


def test_table_that_does_not_fit() -> None:
    """Where columns would be squeezed to a few letters, each row is told in lines; of numbers with their heads."""
    heads = ("rule", "verdict", "count", "title")
    row = (
        "treaties/legal-basis/tax-on-exceptional-basis",
        "condition missing",
        "3",
        "A tax on the basis for exceptions",
    )
    table = Table(rows=(tuple(map(spans, row)),), heads=heads, whole=frozenset({0}))
    assert on(120, table)[1].split("  ")[0] == row[0]
    assert on(60, table) == [row[0], "  condition missing · count: 3 · A tax on the basis for", "  exceptions"]
