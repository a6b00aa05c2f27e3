"""A fiche as a Word document, from a template that an office can restyle."""

from importlib.resources import files

from consistent.reports.fiche.content import Fiche
from consistent.reports.fiche.outline import fiche_blocks
from consistent.reports.word import word_document

__all__ = ["fiche_docx"]


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
