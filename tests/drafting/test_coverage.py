"""No text is lost: what measures hold, and what is set aside, is the whole document."""

from pathlib import Path

import pytest

from consistent import load
from consistent.drafting.coverage import coverage_of
from consistent.drafting.draft import draft_of
from tests.document_cases import INVENTED, read_once, real_documents

_KINDS = {".xml", ".html", ".xhtml", ".json", ".pdf", ".txt", ".docx"}
_BESIDE = [path for path in sorted(INVENTED.glob("*")) if path.suffix in _KINDS]
_COPIED = sorted((Path(__file__).parent / "annotations" / "documents").glob("*"))


@pytest.mark.parametrize(
    "path",
    [*_BESIDE, *_COPIED, *real_documents("proposals/*"), *real_documents("acts/*")],
    ids=lambda path: getattr(path, "name", "absent"),
)
def test_no_text_is_lost(path: Path) -> None:
    document = read_once(path)
    draft = draft_of(document, load("nl-22112-4027").knowledge.vocabularies, as_proposal=True)
    spans = [candidate.span for candidate in draft.candidates]
    coverage = coverage_of(document, spans)
    assert [document.of(span) for span in coverage.lost] == []
    assert coverage.measures + sum(coverage.aside.values()) == len("".join(document.text.split()))
    if document.named("article") and len(spans) > 1 and not document.named("quoted"):
        # What a measure holds is nowhere else: without it its text is lost.
        longest = max(spans, key=lambda span: span.end - span.start)
        without = coverage_of(document, [span for span in spans if span != longest])
        assert without.lost
