"""Blocks become the tree of parts: the same from every format and language, nothing lost, nobody else's articles."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent.documents.document import Block, Content, Document
from consistent.documents.reading import read_content, read_document
from consistent.documents.structure.structure import document_of, provisions_without_articles
from tests.document_cases import INVENTED, read_once, real, real_documents
from tests.harness.effort import examples
from tests.invented_act import FORMATS, written
from tests.soon import ends_soon
from tests.structure_checks import check_document, outline_of

GOLDEN: dict[str, dict[str, Any]] = tomli.loads(
    (Path(__file__).parents[1] / "golden" / "documents" / "structure.toml").read_text("utf-8")
)
REAL = [*real_documents("proposals/*.*"), *real_documents("acts/*.*"), *real_documents("fiches/*.*")]

# The whole tree of the act of `invented_act`, looked at by eye; headings aside, it is the same in Dutch.
OUTLINE = """\
cover
memorandum
  heading 1 CONTEXT OF THE PROPOSAL
act
  title-of-act
  preamble
    citation
    citation
    recital 1
    recital 2
    enacting-formula
  enacting-terms
    chapter I GENERAL PROVISIONS
      article 1 Subject matter
        paragraph 1
          point a
          point b
            point i
            point ii
        paragraph 2
    chapter II FINAL PROVISIONS
      article 2 Amendments
        paragraph
          point 1
            quoted
          point 2
      article 3 Entry into force
        paragraph
  closing
annex I Colours of lamps""".splitlines()


def told(*lines: str) -> Document:
    """The structure of lines of English text, the small words of which tell its language."""
    document = document_of(Content(format="text", blocks=tuple(Block(text=line) for line in lines)), "told")
    check_document(document)
    return document


def enacted(*lines: str) -> list[str]:
    """The outline of the enacting terms that are those lines, without their depth."""
    document = told(
        "COUNCIL DECISION",
        "on the lamps of the lighthouses that are in the Union and on the buoys that are at sea",
        "THE COUNCIL OF THE EUROPEAN UNION,",
        "Having regard to the Treaty on the Functioning of the European Union,",
        "Whereas:",
        "(1) It is for the Union to see to the lamps of the towers.",
        "HAS ADOPTED THIS DECISION:",
        *lines,
    )
    terms = outline_of(document)
    return [term.strip() for term in terms[terms.index("  enacting-terms") + 1 :]]


@pytest.mark.parametrize("path", GOLDEN)
def test_real_documents_have_the_parts_that_a_person_counts_in_them(path: str) -> None:
    """Citations, recitals, chapters, articles and annexes as looked up in the source."""
    document = read_once(real(path))
    expected = GOLDEN[path]
    check_document(document)
    (act,) = document.top("act")
    kinds = Counter(part.kind for part in act.walk())
    articles = [article.number for article in act.named("article")]
    plain = [article for article in articles if article.isdigit()]
    assert document.language == expected["language"]
    assert [part.kind for part in document.parts if part.kind not in {"note", "running"}] == expected["top"]
    assert kinds["citation"] == expected["citations"]
    assert kinds["chapter"] == expected["chapters"]
    assert kinds["section"] == expected["sections"]
    assert len(document.top("annex")) == expected["annexes"]
    assert plain == [str(number) for number in range(1, expected["articles"] + 1)]
    assert [article for article in articles if article not in plain] == expected.get("inserted", [])
    headings = [article.heading for article in act.named("article")]
    assert (headings[0], headings[-1]) == (expected["first"], expected["last"])
    recitals = [recital.number for recital in act.named("recital") if recital.number.isdigit()]
    if "recitals" in expected:
        assert recitals[-1] == str(expected["recitals"])
        if not path.endswith(".pdf"):  # compromise texts leave some out
            assert recitals == [str(number) for number in range(1, expected["recitals"] + 1)]


@pytest.mark.parametrize("path", REAL)
def test_parts_cover_every_real_document(path: Path) -> None:
    """INVARIANT: no gap, no overlap, whatever the document is."""
    check_document(read_once(path))


@pytest.mark.parametrize("path", sorted(INVENTED.glob("*.[en][nl].*")), ids=lambda each: each.name)
def test_parts_cover_every_invented_document(path: Path) -> None:
    """INVARIANT: no gap, no overlap; the language is the one that the name says."""
    document = read_once(path)
    check_document(document)
    assert document.language == path.name.split(".")[1]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_format_and_language_gives_one_structure(language: str, format: str) -> None:
    """The same act, with or without markup, has the same tree."""
    document = read_document(written(language, format), "act")
    check_document(document)
    outline = outline_of(document)
    if language == "en":
        assert outline == OUTLINE
    else:
        assert [line.split()[0:2] for line in outline if "heading" not in line] == [
            line.split()[0:2] for line in OUTLINE if "heading" not in line
        ]


MARKED = ("akn4eu.{}.xml", "bare.{}.html", "consolidated.{}.html", "flat.{}.json", "formex.{}.xml", "journal.{}.html")


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", [*MARKED, "legiswrite.{}.xhtml", "plain.{}.txt"])
def test_every_dialect_gives_the_same_first_article(name: str, language: str) -> None:
    """Paragraphs, points, points of points and indents come out alike, whoever marked them."""
    document = read_document(INVENTED / name.format(language))
    (act,) = document.top("act")
    first = act.named("article", "1")[0]
    assert first.heading == ("Subject matter" if language == "en" else "Onderwerp")
    assert [(part.kind, part.number) for part in first.walk() if part.kind != "running"] == [
        ("article", "1"),
        ("paragraph", "1"),
        ("point", "a"),
        ("point", "b"),
        ("point", "i"),
        ("point", "ii"),
        ("paragraph", "2"),
        ("point", ""),
        ("point", ""),
    ]


def test_quoted_articles_are_not_those_of_the_act() -> None:
    """What an amending provision puts into another act is one quoted part, whatever is in it."""
    lines = enacted(
        "Article 1",
        "Regulation (EU) 2020/1 is amended as follows:",
        "(1) Article 2 is replaced by the following:",
        "\u2018Article 2",
        "Lamps",
        "1. Lamps shall be lit by the keeper\u2019s own hand.",
        "Article 3",
        "Keepers",
        "Keepers shall be awake.\u2019;",
        "(2) the following Article 7a is inserted:",
        "\u2018Article 7a",
        "Buoys shall float.\u2019.",
        "Article 2",
        "This Decision shall enter into force on the day of its adoption.",
    )
    assert lines == ["article 1", "paragraph", "point 1", "quoted", "point 2", "quoted", "article 2", "paragraph"]


def test_quotations_without_marks_are_told_by_their_numbers() -> None:
    """An inserted article that nobody put in quotation marks ends where the list of amendments goes on."""
    lines = enacted(
        "Article 1",
        "Regulation (EU) 2020/1 is amended as follows:",
        "(1) the following Article 22a is inserted:",
        "Article 22a",
        "1. Lamps shall be lit.",
        "2. Buoys shall float.",
        "(2) in Article 5, point (e) is replaced by the following:",
        "(e) the lamps of towers;",
        "(3) Article 6 is deleted.",
        "Article 2",
        "This Decision shall enter into force on the day of its adoption.",
    )
    assert lines == [
        *("article 1", "paragraph", "point 1", "quoted", "point 2", "quoted", "point 3", "article 2", "paragraph")
    ]


def test_unclosed_quotations_do_not_swallow_the_next_article() -> None:
    """A quotation whose end somebody forgot ends with the article."""
    lines = enacted(
        "Article 1",
        "In Regulation (EU) 2020/1, Article 5 is replaced by the following:",
        "\u2018Article 5",
        "Lamps shall be lit.",
        "Article 2",
        "This Decision shall enter into force on the day of its adoption.",
    )
    assert lines == ["article 1", "paragraph", "quoted", "article 2", "paragraph"]


def test_i_after_h_is_a_letter_and_after_a_colon_a_number() -> None:
    """`(i)` is told by what comes before and after it."""
    letters = [f"({letter}) lamps;" for letter in "abcdefghij"]
    lines = enacted("Article 1", "The lamps are:", *letters)
    assert lines[2:] == [f"point {letter}" for letter in "abcdefghij"]
    nested = enacted(
        *("Article 1", "The lamps are:", *letters[:7], "(h) those of towers:", "(i) tall;", "(ii) low;", "(i) others.")
    )
    assert nested[-4:] == ["point h", "point i", "point ii", "point i"]


def test_subparagraphs_follow_numbered_paragraphs() -> None:
    """Text after a numbered paragraph is its next subparagraph, with points of its own; else it is a paragraph."""
    lines = enacted(
        "Article 1",
        "Lamps",
        "1. Lamps shall be lit.",
        "They shall be:",
        "(a) red; or",
        "(b) green",
        "as the keeper likes.",
        "2. Buoys shall float.",
        "Article 2",
        "Lamps shall last.",
        "So shall buoys.",
    )
    assert lines == [
        *("article 1 Lamps", "paragraph 1", "subparagraph", "point a", "point b", "paragraph 2"),
        *("article 2", "paragraph", "paragraph"),
    ]


def test_numbers_in_words_and_inserted_ones_are_known() -> None:
    """`PART ONE`, `Article 4a`, `1a.`, and what a compromise text left out."""
    lines = enacted(
        *("PART ONE", "LAMPS", "TITLE I", "General", "Article 4", "1. Lamps.", "1a. More lamps.", "3. All lamps."),
        *("Article 4a", "Buoys shall float.", "Article 6", "Keepers shall wake."),
    )
    assert lines == [
        *("part ONE LAMPS", "title I General", "article 4", "paragraph 1", "paragraph 1a", "paragraph 3"),
        *("article 4a", "paragraph", "article 6", "paragraph"),
    ]


def test_two_articles_of_one_number_are_two() -> None:
    """A slip, or two versions of one provision: neither is lost."""
    lines = enacted(
        *("Article 1", "Lamps shall be lit.", "Article 2", "Buoys shall float.", "Article 2", "Keepers shall wake."),
        *("Article 3", "Ships shall look."),
    )
    assert [line for line in lines if line.startswith("article")] == [
        "article 1",
        "article 2",
        "article 2",
        "article 3",
    ]
    assert "quoted" not in lines


@pytest.mark.parametrize(
    "announced", ["Articles 1a and 2 are inserted:", "Articles 1a and 2 are replaced by the following:"]
)
def test_what_is_inserted_is_no_double(announced: str) -> None:
    """An article of another act is not taken for the act's own, though it has the number of the next."""
    lines = enacted(
        *("Article 1", f"In Regulation (EU) 2020/1, the following {announced}", "Article 1a", "Lamps shall be lit."),
        *("Article 2", "Buoys shall float.", "Article 2", "This Decision shall enter into force at once."),
    )
    assert [line for line in lines if line != "quoted"] == ["article 1", "paragraph", "article 2", "paragraph"]
    closed = enacted(
        *("Article 1", "In Regulation (EU) 2020/1, Article 2 is replaced by the following:", "\u2018Article 2"),
        *("Lamps shall be lit.", "Article 2", "This Decision shall enter into force at once."),
    )
    assert closed == ["article 1", "paragraph", "quoted", "article 2", "paragraph"]


def test_lists_that_begin_late_are_no_quotations() -> None:
    """What no word of amending announces is the act's own: points whose first was left out, and a colon by mistake."""
    lines = enacted(
        *(
            "Article 1",
            "1. It shall be prohibited to:",
            "(c) light lamps;",
            "(d) sink buoys.",
            "2. Keepers shall look:",
        ),
        *("3. Ships shall look.", "Article 2", "2. Buoys shall float.", "3. So shall ships."),
    )
    assert lines == [
        *("article 1", "paragraph 1", "point c", "point d", "paragraph 2", "paragraph 3"),
        *("article 2", "paragraph 2", "paragraph 3"),
    ]


def test_numbers_that_cling_are_told() -> None:
    """A converter that lost the blank after a number lost nothing else."""
    lines = enacted(
        *("CHAPTER IDuty to light", "Article 1Subject matter", "1.Lamps shall be:", "(a)red; or", "(b)green."),
        *(
            "2.Buoys shall float.",
            "Chapter IIEnd",
            "Article 2Entry into force",
            "This Decision shall enter into force.",
        ),
    )
    assert lines == [
        *("chapter I Duty to light", "article 1 Subject matter", "paragraph 1", "point a", "point b", "paragraph 2"),
        *("chapter II End", "article 2 Entry into force", "paragraph"),
    ]


def test_references_are_no_headings() -> None:
    """A line that begins with a provision of another act is no article, whatever its number."""
    lines = enacted(
        "Article 1", "Lamps shall be lit as follows from", "Article 2 TFEU", "Article 3 of the Treaty", "and so on."
    )
    assert [line.split()[1] for line in lines if line.startswith("article")] == ["1"]


def test_chapters_before_the_first_article_end_a_preamble_without_a_formula() -> None:
    """The formula may have been lost with the last recital."""
    document = told(
        "COUNCIL DECISION",
        "THE COUNCIL OF THE EUROPEAN UNION,",
        "Having regard to the Treaty on the Functioning of the European Union,",
        "Whereas:",
        "(1) It is for the Union to see to the lamps of the towers, HAS ADOPTED THIS DECISION:",
        *("Chapter I", "Lamps", "Article 1", "Lamps shall be lit."),
    )
    assert [(chapter.kind, chapter.heading) for chapter in document.named("chapter")] == [("chapter", "Lamps")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("THE EUROPEAN PARLIAMENT AND", "THE COUNCIL OF THE EUROPEAN UNION,"),
        ("THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE", "EUROPEAN UNION,"),
    ],
)
def test_institutions_on_two_lines_begin_one_preamble(first: str, second: str) -> None:
    """Who adopts the act is part of the preamble, and not of the title."""
    document = told(
        *("REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL", "on the lamps of the towers", first, second),
        "Having regard to the Treaty on the Functioning of the European Union,",
        *("Whereas:", "(1) It is for the Union to see to the lamps.", "HAVE ADOPTED THIS REGULATION:"),
        *("Article 1", "Lamps", "Lamps shall be lit by the keepers."),
    )
    (preamble,) = document.named("preamble")
    assert document.of(preamble.span).split("Having")[0].split() == f"{first} {second}".split()


def test_provisions_without_articles_are_told() -> None:
    """An act whose articles are set in no way that is known is not silently empty."""
    odd = told(
        "Rules for the lamps of the towers. ARTICLES. * Article 1 * Lamps shall be lit. Article 2 Buoys shall float."
    )
    assert [odd.of(span) for span in provisions_without_articles(odd)] == []
    odd = told(
        "The rules of the Union on the lamps of the towers are: Article 1 Lamps shall be lit. Article 2 Buoys shall float."
    )
    assert [odd.of(span) for span in provisions_without_articles(odd)] == ["Article 1", "Article 2"]
    formula = told(
        "The text of the rules for the lamps is to come.", "HAS ADOPTED THIS DECISION:", "The lamps are to be lit."
    )
    assert [formula.of(span) for span in provisions_without_articles(formula)] == ["HAS ADOPTED THIS DECISION:"]
    policy = told(
        "The lamps of the towers are in Article 1. Article 4 Lamps of the Convention is to be looked at by the Union."
    )
    assert provisions_without_articles(policy) == ()
    act = told(
        "HAS ADOPTED THIS DECISION:", "Article 1", "The lamps of the towers shall be lit in the harbour of the Union."
    )
    assert provisions_without_articles(act) == ()


def test_acts_within_annexes_keep_their_articles() -> None:
    """A decision that is annexed lies in the annex with its own articles, and the next annex is again of the act around it."""
    act = (
        "THE COUNCIL OF THE EUROPEAN UNION,",
        "Having regard to the Treaty on the Functioning of the European Union,",
        "HAS ADOPTED THIS DECISION:",
        "Article 1",
        "The position of the Union is in the Annex to this Decision.",
        "Done at Brussels,",
    )
    document = told(
        *("A NOTE", "Delegations will find the text of the decision in the annex.", "ANNEX"),
        *("COUNCIL DECISION", "on lamps", *act, "ANNEX I", "DECISION OF THE JOINT COMMITTEE", "THE JOINT COMMITTEE,"),
        *(act[1], act[2], "Article 1", "Lamps shall be lit.", "Article 2", "So shall buoys.", "Done at Geneva,"),
        *("ANNEX II", "List of lamps", "1. The lamp of the tower that is in the north."),
    )
    assert [part.kind for part in document.parts] == ["cover", "act", "annex", "annex"]
    assert len(document.top("act")[0].named("article")) == 1
    inner = document.top("annex")[0].named("act")
    assert [len(part.named("article")) for part in inner] == [2]
    assert document.top("annex")[1].heading == "List of lamps"


def test_two_acts_in_one_document_are_two() -> None:
    """Each has its own title and articles."""
    act = (
        "THE COUNCIL OF THE EUROPEAN UNION,",
        "Having regard to the Treaty on the Functioning of the European Union,",
        "Having regard to the proposal from the European Commission,",
        "HAS ADOPTED THIS ACT:",
        "Article 1",
        "Lamps shall be lit.",
        "Article 2",
        "So shall the buoys that are at sea.",
        "Done at Brussels,",
    )
    document = told("COUNCIL REGULATION", "on lamps", *act, "COUNCIL DIRECTIVE", "on buoys", *act)
    assert [document.of(part.span)[:17] for part in document.named("title-of-act")] == [
        "COUNCIL REGULATIO",
        "COUNCIL DIRECTIVE",
    ]
    assert [[article.number for article in part.named("article")] for part in document.top("act")] == [["1", "2"]] * 2


def test_a_document_that_is_no_act_has_a_cover_and_headed_text() -> None:
    """Nothing in it is taken for an article."""
    document = told(
        "EUROPEAN COMMISSION",
        "COMMUNICATION FROM THE COMMISSION",
        "The light of the Union",
        "1. INTRODUCTION",
        "Lamps are needed on all coasts of the Union, and it is for the Member States to see to them. Article 5 says so.",
        "2. CONCLUSION",
        "The Commission will see to the lamps that are left.",
    )
    assert document.parts[0].kind == "cover"
    assert [(heading.number, heading.heading) for heading in document.named("heading")] == [
        ("1", "INTRODUCTION"),
        ("2", "CONCLUSION"),
    ]
    assert not document.named("article")


def test_markup_tells_the_structure_in_a_language_that_is_not_read() -> None:
    """Articles and recitals of a French act are known by their roles."""
    blocks = (
        Block(text="LE CONSEIL DE L\u2019UNION EUROP\u00c9ENNE,"),
        Block(text="vu le trait\u00e9 sur le fonctionnement de l\u2019Union,", role="citation"),
        Block(text="Les navires ont besoin de lampes qui sont dans les phares.", number="(1)", role="recital"),
        Block(text="Article premier", role="article"),
        Block(text="Les lampes sont allum\u00e9es par les gardiens de la mer et des c\u00f4tes."),
        Block(text="Article 2", role="article"),
        Block(text="Les phares sont hauts.", number="1.", role="paragraph"),
    )
    document = document_of(Content(format="formex", blocks=blocks), "french")
    check_document(document)
    assert document.language == "fr"
    assert [recital.number for recital in document.named("recital")] == ["1"]
    assert [article.number for article in document.named("article")] == ["", "2"]


def test_notes_and_running_heads_lie_outside_sentences() -> None:
    """A recital that goes on over a page is one, and its prose is without the foot of that page."""
    blocks = (
        Block(text="THE COUNCIL OF THE EUROPEAN UNION,"),
        Block(text="Having regard to the Treaty on the Functioning of the European Union,"),
        Block(text="Whereas:"),
        Block(text="It is for the Union to see to the lamps of the", number="(1)", page=1),
        Block(text="OJ C 1, 2.1.2026.", role="note", number="1", page=1),
        Block(text="1234/26 1", role="running", page=1),
        Block(text="towers, as it does to those of the buoys.", page=2),
        Block(text="EN", role="running", page=2),
    )
    document = document_of(Content(format="pdf", blocks=blocks), "paged")
    check_document(document)
    (recital,) = document.named("recital")
    assert document.prose(recital).splitlines() == [
        "(1) It is for the Union to see to the lamps of the",
        "towers, as it does to those of the buoys.",
    ]
    assert (recital.page, recital.parts[0].number) == (1, "1")
    assert [part.kind for part in document.parts] == ["act", "running"]


@pytest.mark.parametrize(
    "text",
    [
        "Article 1\n\n" * 20_000,
        "the following:\n\n\u2018x\n\n" * 10_000,
        "(a) x:\n\n(i) y:\n\n" * 10_000,
        "Having regard to x,\n\n" * 20_000,
        "ANNEX I\n\nHaving regard to x,\n\nHaving regard to y,\n\nHAVE ADOPTED\n\nArticle 1\n\n" * 3_000,
        "\u2018" * 1_000_000,
    ],
    ids=["articles", "quotations", "points", "citations", "annexes", "marks"],
)
def test_hostile_texts_take_time_in_proportion(text: str) -> None:
    """INVARIANT: structure is linear in the text, and no tree is deeper than a recursion may go."""
    with ends_soon():
        read_document(text.encode(), "hostile")


PIECES = st.sampled_from(
    [
        *("Article 1", "Article 2", "Article 5a", "\u2018Article 9", "CHAPTER I", "TITLE ONE", "ANNEX", "ANNEX II"),
        *("EXPLANATORY MEMORANDUM", "LEGISLATIVE FINANCIAL STATEMENT", "1. CONTEXT", "\u2022 Legal basis", "Whereas:"),
        *("Having regard to the Treaty,", "THE COUNCIL OF THE EUROPEAN UNION,", "HAVE ADOPTED THIS REGULATION:"),
        *("(1) the text of it:", "(a) a lamp;", "(i) and so on;", "1. The lamps of the towers.", "- an indent", "i)"),
        *("the following is inserted:", "words that end.\u2019;", "words", "Proposal for a", "COUNCIL DECISION"),
        *("Done at Brussels,", "a\tb", "\u2019", "(", "1", "(1) Overwegende dat", "2024/0001(COD)"),
    ]
)
ROLES = st.sampled_from(
    [
        *("text", "text", "text", "reference", "type", "title", "heading", "citation", "recital", "article"),
        *("article-heading", "paragraph", "point", "row", "note", "annex", "running"),
    ]
)
BLOCKS = st.lists(
    st.builds(
        Block,
        text=PIECES,
        role=ROLES,
        level=st.integers(0, 9),
        number=st.sampled_from(["", "", "", "(1)", "2.", "(a)", "(ii)", "\u2013", "1.2.", "\u20183."]),
    ),
    max_size=60,
)


@given(blocks=BLOCKS)
@settings(max_examples=examples(400), suppress_health_check=[HealthCheck.too_slow])
def test_parts_cover_any_blocks(blocks: list[Block]) -> None:
    """INVARIANT: whatever the markup and the words say, parts cover the text."""
    check_document(document_of(Content(format="text", blocks=tuple(blocks)), "any"))


INVENTED_BLOCKS = [
    block
    for path in sorted(INVENTED.glob("*.[en][nl].*"))
    if path.suffix != ".pdf"
    for block in read_content(path).blocks
]


@given(blocks=st.lists(st.sampled_from(INVENTED_BLOCKS), max_size=80))
@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.too_slow])
def test_parts_cover_pieces_of_acts_in_any_order(blocks: list[Block]) -> None:
    """INVARIANT: titles, preambles and articles of several acts, mixed up, are still covered."""
    check_document(document_of(Content(format="text", blocks=tuple(blocks)), "mixed"))


@given(numbers=st.lists(st.integers(1, 60), unique=True, min_size=1, max_size=30))
@settings(max_examples=examples(100))
def test_articles_of_an_act_ascend(numbers: list[int]) -> None:
    """INVARIANT: in whatever order numbers come, those that are taken for the act's own ascend."""
    lines = [line for number in numbers for line in (f"Article {number}", "The lamps of it shall be lit.")]
    read = [int(line.split()[1]) for line in enacted(*lines) if line.startswith("article")]
    assert read == sorted(read)
    assert read
