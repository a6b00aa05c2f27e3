"""Documents become blocks: every format, each dialect, nothing lost, nothing doubled, in the order of reading."""

import json
import re
import textwrap
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from consistent.documents.document import Block, Content
from consistent.documents.formats import html, plain
from consistent.documents.formats._broken_lines import cut
from consistent.documents.reading import read_content
from consistent.errors import InputError
from tests.document_cases import INVENTED, real, real_documents

GOLDEN = Path(__file__).parents[1] / "golden" / "documents"
MARKUP = ("akn4eu.*.xml", "bare.*.html", "consolidated.*.html", "formex.*.xml", "journal.*.html", "legiswrite.*.xhtml")
TEXT = ("flat.*.json", "plain.*.txt")
ALL = [path for pattern in (*MARKUP, *TEXT) for path in sorted(INVENTED.glob(pattern))]
REAL_MARKUP = [
    *real_documents("proposals/*.xhtml"),
    *real_documents("proposals/*.akn4eu.xml"),
    *real_documents("acts/*.fmx.xml"),
]


def shown(content: Content) -> str:
    """A content as its golden file has it: properties, then a line for each block: level, role, number, text."""
    properties = [f"{name} = {value}" for name, value in sorted(content.properties.items())]
    blocks = [
        f"{block.level or '-'} {block.role:<15} {block.number or '-':<6} {block.text}".replace("\t", " | ")
        for block in content.blocks
    ]
    return "\n".join([f"format = {content.format}", *properties, "", *blocks, ""])


def squeezed(text: str) -> str:
    """A text without blanks, in one spelling."""
    spelt = unicodedata.normalize("NFC", text).replace("\N{NON-BREAKING HYPHEN}", "-").replace("\N{SOFT HYPHEN}", "")
    return "".join(spelt.split())


def lines(blocks: tuple[Block, ...], *, notes: bool) -> str:
    """The text of blocks without blanks; of those that are notes, or of those that are not."""
    return squeezed("".join(block.line for block in blocks if (block.role == "note") is notes))


def page(body: str) -> tuple[Block, ...]:
    """The blocks of a page with such a body."""
    return html.read(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "page.html").blocks


def texts(body: str) -> list[str]:
    """The lines of a page with such a body."""
    return [block.line for block in page(body)]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_invented_document(path: Path) -> None:
    """Each format and dialect, in each language, gives the blocks that a person found right."""
    assert shown(read_content(path)) == (GOLDEN / f"{path.name}.txt").read_text("utf-8")


@pytest.mark.parametrize("path", [*ALL, *REAL_MARKUP, *real_documents("acts/*.json")], ids=lambda path: path.name)
def test_blocks_are_clean(path: Path) -> None:
    """A block has text, without line breaks, controls, doubled blanks or blanks at its ends."""
    for block in read_content(path).blocks:
        assert block.text.strip()
        for cell in block.text.split("\t") if block.role == "row" else [block.text]:
            assert cell == " ".join(cell.split())
            assert cell.isprintable()
        assert block.number == " ".join(block.number.split())


@pytest.mark.parametrize("path", real_documents("proposals/*.xhtml"), ids=lambda path: path.name)
def test_nothing_is_lost_from_a_real_page(path: Path) -> None:
    """The lines of the blocks are the text of the body, but for the references to notes."""
    body = etree.parse(str(path)).getroot().find("{*}body")
    assert body is not None
    for element in body.iterfind(".//{*}a[@class='footnoteRef']"):
        element.text = ""
    blocks = read_content(path).blocks
    assert squeezed("".join(block.line for block in blocks)) == squeezed("".join(map(str, body.itertext("*"))))


@pytest.mark.parametrize(
    ("path", "note"),
    [
        *((path, "{*}authorialNote") for path in sorted(INVENTED.glob("akn4eu.*.xml"))),
        *((path, "NOTE") for path in sorted(INVENTED.glob("formex.*.xml"))),
        (Path("proposals/JOIN-2022-19.en.akn4eu.xml"), "{*}authorialNote"),
        (Path("acts/32022R0868.en.fmx.xml"), "NOTE"),
    ],
    ids=str,
)
def test_nothing_is_lost_from_xml(path: Path, note: str) -> None:
    """The text without its notes is that of the file, in its order; so are the notes."""
    path = path if path.is_absolute() else real(str(path))
    root = etree.parse(str(path)).getroot()
    for tag in ("{*}meta", "BIB.INSTANCE"):
        for element in list(root.iterfind(tag)) + list(root.iterfind(f"*/{tag}")):
            element.clear()
    for inner in list(root.iter("QUOT.START", "QUOT.END")):
        inner.text = chr(int(inner.get("CODE") or "", 16))
    notes = ""
    for descendant in list(root.iter(note)):
        notes += squeezed("".join(descendant.itertext("*")))
        descendant.clear(keep_tail=True)
    blocks = read_content(path).blocks
    assert lines(blocks, notes=False) == squeezed("".join(map(str, root.itertext("*"))))
    assert squeezed("".join(block.text for block in blocks if block.role == "note")) == notes


@pytest.mark.parametrize("path", real_documents("acts/*.json"), ids=lambda path: path.name)
def test_nothing_is_lost_from_json(path: Path) -> None:
    """A text in one line is cut without losing a character, and into more pieces than it has articles."""
    text = json.loads(path.read_text("utf-8"))["content"]
    blocks = read_content(path).blocks
    assert squeezed("".join(block.line for block in blocks)) == squeezed(text)
    assert len(blocks) > 50


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("proposals/52020PC0825.en.xhtml", {"article": 74, "article-heading": 74, "recital": 106, "note": 66}),
        ("proposals/52020PC0842.en.xhtml", {"article": 39, "article-heading": 39, "recital": 79, "note": 58}),
        ("proposals/52022PC0068.en.xhtml", {"article": 42, "article-heading": 42, "recital": 90, "note": 73}),
        ("proposals/52025PC0001.en.xhtml", {"article": 2, "recital": 5, "note": 28}),
        ("proposals/52025PC0006.en.xhtml", {"article": 3, "recital": 30, "note": 17}),
        ("proposals/52025PC0011.en.xhtml", {"article": 2, "recital": 5, "note": 1}),
        ("proposals/JOIN-2022-19.en.akn4eu.xml", {"article": 15, "citation": 3, "recital": 8, "note": 2}),
        ("acts/32022R0868.en.fmx.xml", {"article": 38, "article-heading": 38, "citation": 6, "recital": 63}),
    ],
)
def test_counts_of_real_documents(path: str, counts: dict[str, int]) -> None:
    """Each article, recital and note of a real document is seen as one, and no other."""
    blocks = read_content(real(path)).blocks
    by_role = Counter[str](block.role for block in blocks)
    numbered = Counter[str](block.role for block in blocks if block.number)
    assert {role: numbered[role] if role == "note" else by_role[role] for role in counts} == counts
    assert [block.number for block in blocks if block.role == "recital"] == [
        f"({number})" for number in range(1, by_role["recital"] + 1)
    ]
    articles = [re.sub(r"\D", "", block.text) for block in blocks if block.role == "article"]
    assert articles == [str(number) for number in range(1, by_role["article"] + 1)]


@pytest.mark.parametrize(
    ("path", "properties"),
    [
        (
            "proposals/52022PC0068.en.xhtml",
            {"reference": "COM(2022) 68 final", "procedure": "2022/0047(COD)", "date": "2022-02-23", "language": "en"},
        ),
        (
            "proposals/JOIN-2022-19.en.akn4eu.xml",
            {"reference": "JOIN(2022) 19", "procedure": "2022/0055 (NLE)", "language": "en"},
        ),
        ("acts/32022R0868.en.fmx.xml", {"date": "2022-05-30", "language": "en"}),
    ],
)
def test_properties_of_real_documents(path: str, properties: dict[str, str]) -> None:
    """What a file says of itself is read; a date that stands for none is not."""
    stated = read_content(real(path)).properties
    assert {name: stated.get(name) for name in properties} == properties
    assert "date" in properties or "date" not in stated


class TestPage:
    """What a browser shows is read, as it shows it; what it does not show is not."""

    def test_hidden_text(self) -> None:
        """Scripts, styles, forms and hidden elements have no text."""
        body = (
            "<p>a</p><script>b</script><style>c</style><p hidden>d</p><p style='display: none'>e</p><p class='sr-only'>f</p>"
            "<select><option>g</option></select><template>h</template><!-- i --><p>j</p>"
        )
        assert texts(body) == ["a", "j"]

    def test_furniture(self) -> None:
        """Navigation, heads and feet are kept apart from the text."""
        blocks = page("<header>EUR-Lex</header><nav><p>Home</p></nav><p>Text.</p><footer>Contact</footer>")
        assert [block.role for block in blocks] == ["running", "running", "text", "running"]

    @pytest.mark.parametrize(
        ("given", "numbers"),
        [
            ("<ol><li>x<li>x</ol>", ["1.", "2."]),
            ("<ol start=3><li>x<li value=7>x<li>x</ol>", ["3.", "7.", "8."]),
            ("<ol type=a><li>x<ol type=i><li>x<li>x</ol><li>x</ol>", ["a.", "i.", "ii.", "b."]),
            ("<ol type=A start=27><li>x</ol>", ["27."]),
            ("<ol style='list-style-type: none'><li>x</ol>", [""]),
            ("<ul><li>x</ul>", [""]),
        ],
    )
    def test_generated_numbers(self, given: str, numbers: list[str]) -> None:
        """A list has the numbers that a browser puts in front of its items."""
        assert [block.number for block in page(given)] == numbers

    def test_words_in_pieces(self) -> None:
        """A word that is set in several spans is one word; soft hyphens and fixed blanks are not seen."""
        assert texts("<p><span>de</span><span>fence</span> <b>in</b>du\u00adstry\u00a0and <i>more</i></p>") == [
            "defence industry and more"
        ]

    def test_lines_of_a_printer(self) -> None:
        """A blank that only sets tags on lines of their own is none before a comma."""
        assert texts("<p><span>See</span>\n  <a href='https://example.org'>there</a>\n  <span>, p. 2</span></p>") == [
            "See there, p. 2"
        ]

    @pytest.mark.parametrize(
        "reference",
        [
            '<a id="ntc1-L_1" href="#ntr1-L_1">(<span class="oj-super">1</span>)</a>',
            ' <a id="ntc1-L_1" href="#ntr1-L_1">(<span class="oj-super">1</span>)</a>',
            '(<a href="#E0001" id="src.E0001"><span class="superscript">1</span></a>)',
            ' (<a href="#E0001" id="src.E0001"><span class="superscript">1</span></a>)',
            '<a href="#_ftn1" name="_ftnref1">[1]</a>',
            '<span class="FootnoteReference">\n <a class="footnoteRef" href="#footnote1">1</a>\n </span>',
        ],
    )
    def test_references_to_notes(self, reference: str) -> None:
        """A reference to a note goes, with its brackets and the blank before it; the sentence stays."""
        assert texts(f"<p>Lamps{reference}, and buoys{reference} and ships{reference}.</p>") == [
            "Lamps, and buoys and ships."
        ]

    @pytest.mark.parametrize(
        "note",
        [
            '<p class="oj-note"><a id="ntr1" href="#ntc1">(<span class="oj-super">1</span>)</a> Text.</p>',
            '<p class="footnote">(<a href="#src.E0001" id="E0001"><span class="superscript">1</span></a>)\u00a0 Text.</p>',
            '<div id="ftn1"><p><a href="#_ftnref1">(1)</a> Text.</p></div>',
            '<dd id="footnote1"><span class="num"><a class="footnote" href="#footnoteref1">(1)</a></span><p class="Footnote">Text.</p></dd>',
        ],
    )
    def test_notes(self, note: str) -> None:
        """A note is told from the text, and its number from the note."""
        assert page(note) == (Block(text="Text.", role="note", number="(1)"),)

    def test_table(self) -> None:
        """A row is a block, an empty cell keeps its place, and paragraphs in a cell are one."""
        body = "<table><tr><th>a<th>b<th>c<tr><td><p>1</p><p>2</p><td><td>3</table>"
        assert [(block.role, block.text) for block in page(body)] == [("row", "a\tb\tc"), ("row", "1 2\t\t3")]

    def test_table_that_sets_out_a_page(self) -> None:
        """A table that holds a page is no table."""
        body = "<table><tr><td><h1>Act</h1><p>Text.</p><table><tr><td>a<td>b</table></td></tr></table>"
        assert [(block.role, block.text) for block in page(body)] == [
            ("heading", "Act"),
            ("text", "Text."),
            ("row", "a\tb"),
        ]

    def test_table_without_columns(self) -> None:
        """A table with a row for each line of the page is no table, though it sets numbers in a column of their own."""
        rows = [["", f"Article {number}"] for number in range(1, 11)] + [["1.", "Lamps."], ["(a)", "Buoys."]]
        body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        blocks = page(f"<table>{body}</table>")
        assert {block.role for block in blocks} == {"text"}
        assert [block.line for block in blocks[-3:]] == ["Article 10", "1. Lamps.", "(a) Buoys."]
        # One row with columns, and it is a table again.
        assert {block.role for block in page(f"<table>{body}<tr><td>a<td>b</table>")} == {"row", "point"}
        few = "".join(f"<tr><td>{number}</td></tr>" for number in range(3))
        assert {block.role for block in page(f"<table>{few}</table>")} == {"row"}

    def test_spans_as_lines(self) -> None:
        """Many spans, each on a line of its own, are lines; words in spans are words."""
        lines = [f"Line {number}" for number in range(10)]
        assert texts("\n".join(f"<span>{line}</span>" for line in lines)) == lines
        assert texts("".join(f'<span style="display: block">{line}</span>' for line in lines)) == lines
        assert texts(" ".join(f"<span>{line}</span>" for line in lines)) == [" ".join(lines)]
        assert texts("<p>" + "\n".join(f"<span>{line}</span>" for line in lines) + "</p>") == [" ".join(lines)]

    def test_empty_lines(self) -> None:
        """An empty line parts paragraphs, the end of a line does not."""
        assert texts("a<br>b<br><br>c") == ["a b", "c"]

    @pytest.mark.parametrize("given", [b"<p></p>", b"<html><body><script>x</script></body></html>", b"<!DOCTYPE html>"])
    def test_page_without_text(self, given: bytes) -> None:
        """A page without text is refused."""
        with pytest.raises(InputError, match=r"has no text|nothing that can be read"):
            html.read(given, "x.html")

    def test_encodings(self) -> None:
        """The encoding is what the page says, or what fits."""
        body = "<p>Comité €</p>"
        declared = f'<meta charset="windows-1252">{body}'.encode("cp1252")
        assert {
            html.read(content, "x").blocks[0].text
            for content in (declared, body.encode(), body.encode("cp1252"), body.encode("utf-16"))
        } == {"Comité €"}


class TestPlainText:
    """Broken lines are joined, paragraphs are not."""

    def test_lines_that_are_paragraphs(self) -> None:
        """A text whose lines differ much in length has a paragraph in each."""
        text = "Short line here.\n" + "A long paragraph goes on and on. " * 20 + "\nAnother.\n"
        assert len(plain.read(text.encode(), "x.txt").blocks) == 3

    def test_divided_words(self) -> None:
        """A word that the end of a line divided is whole again."""
        text = (
            "The lamps of lighthouses need regular maintenance, and main-\n"
            "tenance is what keepers do on every day of the long year that\n"
            "they spend on the rock.\n\nNew paragraph.\n"
        )
        assert (
            plain.read(text.encode(), "x.txt")
            .blocks[0]
            .text.startswith("The lamps of lighthouses need regular maintenance, and maintenance is")
        )

    def test_lines_with_room_end_paragraphs(self) -> None:
        """Where lines were filled by a program, one that had room for the next word is the last of its paragraph."""
        words = "The keepers of the lamps look after the towers and the buoys on every day of the year, as they did before them "
        paragraphs = [f"{'ABCDEFGH'[number]} {words * (2 + number)}{'x' * number}." for number in range(8)]
        text = "\n".join(textwrap.fill(paragraph, 72) for paragraph in paragraphs)
        assert [block.text for block in plain.read(text.encode(), "x.txt").blocks] == paragraphs

    def test_markdown(self) -> None:
        """Marks go, what they say of a line stays: headings, rows, notes; numbers are those that are written."""
        text = (
            "# Proposal for a\n\n## Article 1 \u2013 Lamps ##\n**1.** The *Commission* shall [report](http://x).[^1]\n"
            "- (a) lamps \\(red\\);\n\n| Lamp | Colour |\n|------|:-----:|\n| a_b | **red** |\n\n"
            "> \u2018Article 5\n\n**Article 2**\nEnd\n=====\n3. Buoys, 2 * 3 * 4.\n[^1]: OJ L 5."
        )
        assert [(block.level, block.role, block.line) for block in plain.read(text.encode(), "x").blocks] == [
            (1, "heading", "Proposal for a"),
            (2, "heading", "Article 1 \u2013 Lamps"),
            (0, "text", "1. The Commission shall report."),
            (0, "text", "(a) lamps (red);"),
            (0, "row", "Lamp\tColour"),
            (0, "row", "a_b\tred"),
            (0, "text", "\u2018Article 5"),
            (0, "text", "Article 2"),
            (0, "text", "End"),
            (0, "text", "3. Buoys, 2 * 3 * 4."),
            (0, "note", "1 OJ L 5."),
        ]

    def test_text_with_stars_is_no_markdown(self) -> None:
        """Without a heading or a line in bold, stars and lines are letters as others."""
        text = "Lamps * and * buoys_of_sea\n|a|b|\n[^1]: x"
        assert [block.line for block in plain.read(text.encode(), "x").blocks] == text.split("\n")

    def test_one_line_with_a_number_in_doubt(self) -> None:
        """A paragraph after a sentence without its stop is cut where the next one shows that it is there."""
        act = "HAS ADOPTED THIS DECISION: Article 1 Lamps 1. Lamps shall be lit under Article 4 2. Buoys shall float. {} Done at B"
        lines = [block.text for block in cut(act.format("3. Ships shall look."))]
        assert lines[2:6] == [
            "Lamps",
            "1. Lamps shall be lit under Article 4",
            "2. Buoys shall float.",
            "3. Ships shall look.",
        ]
        assert [block.text for block in cut(act.format(""))][2:4] == [
            "Lamps",
            "1. Lamps shall be lit under Article 4 2. Buoys shall float.",
        ]

    def test_one_line_without_a_preamble(self) -> None:
        """Articles in sequence are an act, also where one is left out; a reference is none."""
        text = "Article 1 Lamps shall be lit. Article 2 So shall buoys under Article 3 TEU. Article 4 The end is near."
        assert [block.text for block in cut(text)][::2] == ["Article 1", "Article 2", "Article 4"]
        assert len(cut("See Article 3 Lamps. The rest is in Article 4 Buoys.")) == 1

    def test_paragraph_that_holds_an_act(self) -> None:
        """A page may have an act in one paragraph, however short."""
        body = "<p>HAS ADOPTED THIS DECISION: Article 1 Lamps shall be lit. Article 2 Buoys shall float.</p>"
        assert len(texts(body)) == 5
        assert len(texts("<p>It said: Article 1 Lamps shall be lit. Article 2 Buoys shall float.</p>")) == 1

    def test_json_with_html(self) -> None:
        """JSON may hold a page; its own keys are properties."""
        given = json.dumps({"content": "<p>One.</p><p>Two.</p>", "language": "en", "title": 3})
        content = read_content(given.encode(), "x.json")
        assert ([block.text for block in content.blocks], content.properties) == (["One.", "Two."], {"language": "en"})

    @pytest.mark.parametrize("given", ["{}", "[]", '{"content": ""}', '{"content": 1}', "[1, 2]"])
    def test_json_without_text(self, given: str) -> None:
        """JSON that holds no text is refused."""
        with pytest.raises(InputError, match="JSON holds no text of a document"):
            read_content(given.encode(), "x.json")
