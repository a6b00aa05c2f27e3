"""What a reader must know of a document before relying on what was read in it."""

from collections.abc import Iterator

from consistent.intake.document import Document, Span
from consistent.intake.header.header import Header
from consistent.intake.places import place_of, quote_of
from consistent.intake.unfound import provisions_without_articles
from consistent.model.text import Localized

__all__ = ["remarks_of"]

_UNREAD = Localized(
    "a citation could not be read, and can be a legal basis: `{quote}`",
    "een aanhaling kon niet worden gelezen, en kan een rechtsgrondslag zijn: `{quote}`",
)
_NO_ARTICLES = Localized(
    "no article was found, though the text has provisions (first: {place}); nothing of them was drafted",
    "er is geen artikel gevonden, hoewel de tekst bepalingen bevat (eerste: {place}); daarvan is niets in het ontwerp opgenomen",
)


def remarks_of(document: Document, header: Header) -> tuple[Localized, ...]:
    """What cannot be relied on: numbers that contradict each other, citations that were not read, provisions without articles."""
    return tuple(_remarks(document, header))


def _remarks(document: Document, header: Header) -> Iterator[Localized]:
    yield from (each.told for each in header.contradictions)
    for each in header.citations.unread:
        start = header.citation_spans[each.citation].start
        quote = quote_of(document, Span(start + each.span.start, start + each.span.end))
        yield Localized(_UNREAD.en.format(quote=quote), _UNREAD.nl.format(quote=quote))
    lost = provisions_without_articles(document)
    if lost:
        place = place_of(document, lost[0])
        yield Localized(_NO_ARTICLES.en.format(place=place), _NO_ARTICLES.nl.format(place=place))
