"""A fiche as one self-contained HTML page."""

from consistent.reports.fiche.content import Fiche
from consistent.reports.fiche.outline import fiche_blocks
from consistent.reports.html.page import outline_page

__all__ = ["fiche_html"]


def fiche_html(fiche: Fiche) -> str:
    """The page. It loads nothing, runs nothing, and shows what the proposal says as text."""
    return outline_page(fiche.title, fiche_blocks(fiche), fiche.language)
