"""A text proofread: all checks of an act against itself, in one call."""

from attrs import frozen

from consistent.documents.document import Document
from consistent.errors import Fault, InputError, Location
from consistent.proofreading.discrepancy import KINDS, Discrepancy
from consistent.proofreading.figures import figure_discrepancies
from consistent.proofreading.languages import language_discrepancies
from consistent.proofreading.powers import committee_discrepancies, delegation_discrepancies, recital_discrepancies
from consistent.proofreading.references import dead_references, wrong_references
from consistent.proofreading.terms import name_discrepancies, term_discrepancies
from consistent.proofreading.text import Text

__all__ = ["Proofreading", "discrepancies_of", "proofread"]

_CHECKS = (
    dead_references,
    wrong_references,
    delegation_discrepancies,
    committee_discrepancies,
    recital_discrepancies,
    term_discrepancies,
    name_discrepancies,
    figure_discrepancies,
)


@frozen(kw_only=True)
class Proofreading:
    """What a text says against itself.

    Attributes:
        document: that was proofread.
        beside: the same text in another language; None where it was not given.
        found: by kind, then in the order of the text.
    """

    document: Document
    beside: Document | None = None
    found: tuple[Discrepancy, ...]


def proofread(document: Document, beside: Document | None = None) -> Proofreading:
    """Proofread an act.

    Args:
        document: as `consistent.documents.reading.read_document` reads it.
        beside: the same text in another language.

    Raises:
        InputError: a document is in a language that is not read, or holds no act, or several; or both are in one language.
    """
    text = _text(document)
    found = list(discrepancies_of(text))
    if beside is not None:
        found += language_discrepancies(text, _text(beside))
    return Proofreading(document=document, beside=beside, found=tuple(found))


def discrepancies_of(text: Text) -> tuple[Discrepancy, ...]:
    """What a text by itself says against itself: by kind, then in the order of the text."""
    found = [each for check in _CHECKS for each in check(text)]
    return tuple(sorted(found, key=lambda each: (KINDS.index(each.kind), each.passages[0].span.start)))


def _text(document: Document) -> Text:
    """A document as checks look at it.

    Raises:
        InputError: it cannot be.
    """
    if document.language not in {"en", "nl"}:
        fault = Fault(
            f"the document is in a language that is not read: `{document.language}`"
            if document.language
            else "the language of the document cannot be told",
            Location(document.name),
            "give it in English or Dutch",
        )
        raise InputError([fault])
    text = Text.of(document)
    if text is None:
        acts = len(document.top("act"))
        fault = Fault(
            f"the document holds {acts} acts" if acts else "no act was found in the document",
            Location(document.name),
            "give a document with one act: a proposal, or an act as adopted",
        )
        raise InputError([fault])
    return text
