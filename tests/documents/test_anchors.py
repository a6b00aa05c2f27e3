"""A passage is found again by its own words and those around them."""

from pathlib import Path

import pytest

from consistent.checker import draft as draft_from
from consistent.documents.anchors import Anchor, anchor_of, find
from consistent.documents.document import Span
from consistent.documents.formats import plain
from consistent.documents.structure.structure import document_of
from tests.document_cases import INVENTED, REAL
from tests.lamp_acts import text_document

AI_ACT = REAL.parent / "review/reading/documents/52021PC0206.en.xhtml"


def test_other_blanks_hyphens_and_quotes() -> None:
    """Formats differ in these, and in where lines end."""
    one = text_document(
        "Keepers of the \u2018big\u2019 lamp-houses shall light\nthe lamps at night. They sleep by day."
    )
    start = one.text.index("light")
    anchor = anchor_of(one, Span(start, start + 5))
    other = text_document('Keepers of the "big" lamp\u00adhouses  shall   light the lamps at night. They sleep by day.')
    found = find(other, anchor)
    assert found is not None
    assert other.of(found).startswith("light the lamps at night")


def test_the_most_alike_of_several() -> None:
    """The same words twice: those around them tell which."""
    document = text_document("Red lamps shall be lit by keepers at dusk.\nBlue lamps shall be lit by keepers at dawn.")
    second = document.text.index("shall be lit", 30)
    anchor = anchor_of(document, Span(second, second + 12))
    assert anchor.exact == "shall be lit by keepers at dawn."
    found = find(document, anchor)
    assert found is not None
    assert found.start == second
    apart = Anchor(exact="shall be lit by keepers", prefix="Blue lamps", suffix="")
    assert find(document, apart) == Span(second, second + 23)


def test_words_that_changed() -> None:
    """What stands between the same words before and after; nothing where these are not there either."""
    document = text_document("Member States shall keep ninety lamps in each lighthouse of their coasts.")
    anchor = Anchor(exact="eighty lamps", prefix="Member States shall keep", suffix="in each lighthouse of")
    found = find(document, anchor)
    assert found is not None
    assert document.of(found) == "ninety lamps"
    assert find(document, Anchor(exact="candles", prefix="nobody", suffix="nothing")) is None
    assert find(document, Anchor(exact="")) is None


@pytest.mark.parametrize(
    "path", [INVENTED / "legiswrite.en.xhtml", INVENTED / "legiswrite.nl.xhtml", AI_ACT], ids=lambda path: path.name
)
def test_every_anchor_of_a_draft_is_found_in_plain_text(path: Path) -> None:
    """Drafted as XHTML, found in the same text without layout; each where the passage stands."""
    if not path.is_file():
        pytest.skip("the real document is not at hand")
    draft = draft_from(path, pack="treaties", as_proposal=True)
    lines = [block.line for block in draft.document.content.blocks if block.role not in {"note", "running"}]
    other = document_of(plain.read("\n".join(lines).encode(), "<text>"), "<text>")
    proposal = draft.proposal
    told = [*proposal.evidence, *(pair for measure in proposal.measures for pair in measure.evidence)]
    anchored = [evidence for _, evidence in told if evidence.quote and evidence.span]
    assert anchored
    for evidence in anchored:
        found = find(other, Anchor(exact=evidence.quote, prefix=evidence.prefix, suffix=evidence.suffix))
        assert found is not None, evidence
        assert evidence.span is not None
        passage = draft.document.text[evidence.span[0] : evidence.span[0] + 80]
        assert _letters(other.text[found.start :])[:40] == _letters(passage)[:40]


def _letters(text: str) -> str:
    return "".join(letter for letter in text[:200].lower() if letter.isalnum())
