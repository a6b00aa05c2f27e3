"""An act keeps all its own articles, whatever it puts into another act."""

import html

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from consistent.documents.document import Document
from consistent.documents.reading import read_document
from consistent.documents.structure.structure import missing_articles, oversized_articles, without_final_provisions
from tests.amending_acts import AmendingAct
from tests.built_docx import docx, paragraph
from tests.harness.effort import examples
from tests.invented_act import FORMATS, in_format
from tests.structure_checks import check_document

# Of pages with the same sentences at their feet, feet are told by that: PDF has a test of its own.
_FORMATS = [format for format in FORMATS if format != "pdf"]


@st.composite
def _inserted(draw: st.DrawFn, amending: int, articles: int, *, closed: bool) -> tuple[str, ...]:
    """The numbers of what is inserted: with letters, or plain ones beyond those of the act; with a mark at the end any."""
    count = draw(st.integers(1, 12))
    after = draw(st.integers(1, articles + 3))
    if draw(st.booleans()):
        return tuple(f"{after}{'abcdefghijklm'[at]}" for at in range(count))
    first = draw(st.integers(1 if closed else articles + 1, articles + 20))
    return tuple(str(first + at) for at in range(count))


@st.composite
def _acts(draw: st.DrawFn) -> AmendingAct:
    articles = draw(st.integers(2, 12))
    amending = draw(st.integers(1, articles - 1))
    closed = draw(st.booleans())
    return AmendingAct(
        language=draw(st.sampled_from(["en", "nl"])),
        articles=articles,
        amending=amending,
        inserted=draw(_inserted(amending, articles, closed=closed)),
        paragraphs=draw(st.integers(0, 4)),
        closed=closed,
        nested=draw(st.booleans()),
        more=draw(st.booleans()),
    )


def _own(document: Document) -> list[str]:
    (act,) = document.top("act")
    return [article.number for article in act.named("article")]


@example(
    AmendingAct(
        language="en", articles=8, amending=2, inserted=tuple(f"5{letter}" for letter in "abcdefghij"), closed=False
    ),
    "text",
)
@example(
    AmendingAct(language="nl", articles=3, amending=2, inserted=tuple(map(str, range(30, 60))), closed=False), "text"
)
@example(AmendingAct(language="en", articles=3, amending=1, inserted=("2", "3"), closed=True), "text")
@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.too_slow])
@given(_acts(), st.sampled_from(_FORMATS))
def test_an_act_keeps_its_own_articles(act: AmendingAct, format: str) -> None:
    """With and without a mark at the end, with letters, paragraphs and quotations within, in every format."""
    document = read_document(in_format(act.lines, format), "act")
    check_document(document)
    assert _own(document) == act.own
    assert missing_articles(document) == ()


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_an_act_keeps_its_own_articles_in_pdf(language: str, *, closed: bool) -> None:
    """On pages too."""
    act = AmendingAct(language=language, articles=4, amending=2, inserted=("5a", "5b", "5c", "5d"), closed=closed)
    assert _own(read_document(in_format(act.lines, "pdf"), "act")) == act.own


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_mark_that_stands_too_late_swallows_nothing(language: str) -> None:
    """The end of a quotation is looked for far behind, where a term is quoted; the act goes on before it."""
    act = AmendingAct(
        language=language, articles=9, amending=3, inserted=("5a", "5b", "5c", "5d", "5e"), closed=False, more=False
    )
    late = list(act.lines)
    late[-5] += " \u201clamp\u2019."
    assert _own(read_document(in_format(late, "text"), "act")) == act.own


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_style_of_articles_is_trusted_above_the_words(language: str) -> None:
    """In DOCX the act's articles have their style; what is put into another act has not, and nothing else tells it."""
    act = AmendingAct(language=language, articles=4, amending=2, inserted=("3", "4", "5", "6"), closed=False)
    body, inside = [], False
    for line in act.lines:
        inside = (inside or line.startswith("\u2018")) and not line.startswith(("(2)", "2)"))
        heads = line.startswith(("Article ", "Artikel ")) and not inside
        body.append(paragraph(html.escape(line), "Titrearticle" if heads else ""))
    document = read_document(docx(*body), "act")
    assert _own(document) == act.own


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_looks_swallowed_is_said(language: str) -> None:
    """An article far longer than the others, and articles that stop before one says when the act takes effect."""
    act = AmendingAct(
        language=language,
        articles=4,
        amending=3,
        inserted=tuple(f"5{letter}" for letter in "abcdefghijkl"),
        paragraphs=4,
    )
    whole = read_document(in_format(act.lines, "text"), "act")
    assert [article.number for article in oversized_articles(whole)] == ["3"]
    assert without_final_provisions(whole) is None
    cut = read_document(in_format(act.lines[:-4], "text"), "act")
    last = without_final_provisions(cut)
    assert last is not None
    assert last.number == "3"
