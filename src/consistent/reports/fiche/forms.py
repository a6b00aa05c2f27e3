"""A fiche as Markdown; and the form `fiche` of reports."""

from collections.abc import Sequence
from importlib.resources import files

from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.fiche.content import Fiche
from consistent.reports.fiche.making import fiche_of
from consistent.reports.fiche.outline import fiche_blocks
from consistent.reports.formats import Format
from consistent.reports.html.page import outline_page
from consistent.reports.markdown import markdown
from consistent.reports.outline import Section
from consistent.reports.word import word_document

__all__ = ["FICHE", "fiche_docx", "fiche_html", "fiche_markdown"]


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


# A fiche as one self-contained HTML page.


def fiche_html(fiche: Fiche) -> str:
    """The page. It loads nothing, runs nothing, and shows what the proposal says as text."""
    return outline_page(fiche.title, fiche_blocks(fiche), fiche.language)


# A fiche as a Word document, from a template that an office can restyle.


def fiche_docx(fiche: Fiche, template: bytes | None = None, name: str = "fiche.docx") -> bytes:
    """The document; the same fiche and template give the same bytes.

    Args:
        fiche: what it says.
        template: a Word document with tags for `fiche` and `lines`; the one that ships unless given.
        name: how messages call the template.

    Raises:
        InputError: the template cannot be used.
    """
    content = files(__package__).joinpath("fiche.docx").read_bytes() if template is None else template
    return word_document(fiche.title, fiche_blocks(fiche), fiche.language, content, name, {"fiche": fiche})
