"""Reports as one page for a browser."""

from collections.abc import Mapping, Sequence

from consistent.findings.outcome import LABELS, OUTCOMES, PRESENTATION
from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.formats import Format
from consistent.reports.html.building import proposal_view
from consistent.reports.html.page import page
from consistent.reports.html.words import PAGE_WORDS
from consistent.reports.labels import (
    DIMENSION_LABELS,
    GRADE_LABELS,
    GROUND_LABELS,
    WORDS,
)

__all__ = ["HTML", "render_html"]

# What templates say of their own, and how they call what a report says in a word.
_LABELS: Mapping[str, object] = {
    "words": {**PAGE_WORDS, **{f"report {name}": text for name, text in WORDS.items()}},
    "states": OUTCOMES,
    "signs": {outcome: shown.sign for outcome, shown in PRESENTATION.items()},
    "outcomes": {outcome: shown.label for outcome, shown in PRESENTATION.items()},
    "verdicts": LABELS,
    "grounds": GROUND_LABELS,
    "dimensions": DIMENSION_LABELS,
    "grades": GRADE_LABELS,
}


def render_html(dossiers: Sequence[Dossier], language: Language) -> str:
    """A page with a section for each proposal.

    Args:
        dossiers: in order.
        language: in which the page opens; it holds both.

    Returns:
        The whole file.
    """
    proposals = [proposal_view(dossier, f"p{number}") for number, dossier in enumerate(dossiers, 1)]
    return page("report.html.j2", language, "report.js", proposals=proposals, **_LABELS)


HTML = Format(
    name="html",
    title=Localized("a page for a browser", "een pagina voor de browser"),
    suffix=".html",
    render=render_html,
    needs=frozenset({"repairs", "questions"}),
)
