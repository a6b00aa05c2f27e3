"""A fiche as Markdown; and the form `fiche` of reports."""

from collections.abc import Sequence

from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.fiche.content import Fiche
from consistent.reports.fiche.making import fiche_of
from consistent.reports.fiche.outline import fiche_blocks
from consistent.reports.formats import Format
from consistent.reports.markdown_text import markdown
from consistent.reports.outline import Section

__all__ = ["FICHE", "fiche_markdown"]


def fiche_markdown(fiche: Fiche) -> str:
    """The fiche as CommonMark; what the proposal says is shown as it is, whatever marks it has."""
    return markdown([Section(fiche.title, fiche_blocks(fiche))], links=False)


def _render(dossiers: Sequence[Dossier], language: Language) -> str:
    return "\n---\n\n".join(fiche_markdown(fiche_of(dossier, language)) for dossier in dossiers)


FICHE = Format(
    name="fiche",
    title=Localized("draft of an appraisal (BNC-fiche), in Markdown", "concept van een BNC-fiche, in Markdown"),
    suffix=".md",
    render=_render,
    needs=frozenset({"repairs"}),
)
