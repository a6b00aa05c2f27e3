"""What a text says against itself: a kind, a sentence for the reader, and the passages that do not agree."""

from collections.abc import Iterable
from typing import Literal, get_args

from attrs import frozen

from consistent.documents.citing.references import Place
from consistent.documents.document import Document, Span, place_of, quote_of
from consistent.model.text import LANGUAGES, Localized

__all__ = ["KINDS", "Discrepancy", "Kind", "Passage", "called", "discrepancy", "place_in"]

Kind = Literal[
    "dead-reference",  # names a provision of this act that is not there
    "wrong-reference",  # names one that speaks of something else
    "delegation",  # powers, and the article on the exercise of the delegation
    "committee",  # implementing powers, and the article on the committee
    "recital",  # announces a power or procedure that no article has
    "term",  # definitions
    "figure",  # days, sums and numbers
    "language",  # another language of the same text
]
# In the order in which they are told.
KINDS: tuple[Kind, ...] = get_args(Kind)


@frozen(kw_only=True)
class Passage:
    """Words to look at.

    Attributes:
        document: the name of the document that they stand in.
        place: where, as a lawyer writes it, in the language of the document.
        quote: how they begin.
        span: of them.
    """

    document: str
    place: str
    quote: str
    span: Span


@frozen(kw_only=True)
class Discrepancy:
    """Two things that cannot both be meant.

    Attributes:
        kind: of discrepancy.
        message: what does not agree.
        passages: to look at, at least one; the first is the one that is likely to need mending.
    """

    kind: Kind
    message: Localized
    passages: tuple[Passage, ...]


def passage_of(document: Document, span: Span) -> Passage:
    """A passage of a document."""
    return Passage(document=document.name, place=place_of(document, span), quote=quote_of(document, span), span=span)


def place_in(document: Document, span: Span) -> Localized:
    """Where a passage begins, for readers of either language."""
    return Localized(place_of(document, span, "en"), place_of(document, span, "nl"))


def called(place: Place) -> Localized:
    """What a place of an act is called: `Article 3(6)`, `artikel 3, lid 6`."""
    if place.annex:
        return Localized(f"Annex {place.annex}", f"bijlage {place.annex}")
    groups = "".join(f"({number})" for number in (place.paragraph, place.point) if number)
    dutch = f"artikel {place.article}" + (f", lid {place.paragraph}" if place.paragraph else "")
    return Localized(f"Article {place.article}{groups}", dutch + (f", onder {place.point})" if place.point else ""))


def discrepancy(
    kind: Kind, text: Localized, passages: Iterable[tuple[Document, Span]], **values: Localized | str | int
) -> Discrepancy:
    """A discrepancy, with the values filled in its message in both languages."""
    english, dutch = (
        {name: value.get(language) if isinstance(value, Localized) else value for name, value in values.items()}
        for language in LANGUAGES
    )
    return Discrepancy(
        kind=kind,
        message=Localized(text.en.format(**english), text.nl.format(**dutch)),
        passages=tuple(passage_of(document, span) for document, span in passages),
    )
