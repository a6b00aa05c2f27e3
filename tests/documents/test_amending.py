"""An act keeps all its own articles, whatever it puts into another act."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from consistent.documents.document import Document
from consistent.documents.reading import read_document
from consistent.documents.structure.structure import missing_articles
from tests.amending_acts import AmendingAct
from tests.harness.effort import examples
from tests.invented_act import FORMATS, in_format
from tests.structure_checks import check_document


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
@given(_acts(), st.sampled_from(FORMATS))
def test_an_act_keeps_its_own_articles(act: AmendingAct, format: str) -> None:
    """With and without a mark at the end, with letters, paragraphs and quotations within, in every format."""
    document = read_document(in_format(act.lines, format), "act")
    check_document(document)
    assert _own(document) == act.own
    assert missing_articles(document) == ()
