"""What a reader must know of a document before relying on what was read in it."""

from collections.abc import Iterator

from consistent.intake.document import Document, Span
from consistent.intake.header.header import Header
from consistent.intake.places import place_of, quote_of
from consistent.intake.unfound import broken_off, missing_articles, provisions_without_articles
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
_NO_ACT = Localized(
    "the document has no articles: the text of the act is missing, or was not recognised, and what it lays down is unknown",
    "het document bevat geen artikelen: de tekst van de handeling ontbreekt of is niet herkend, en wat die regelt, is onbekend",
)
_LEFT_OUT = Localized(
    "articles are missing between others: {numbers}; they are not in the text, or were not recognised",
    "er ontbreken artikelen tussen andere: {numbers}; zij staan niet in de tekst of zijn niet herkend",
)
_BREAKS_OFF = Localized(
    "the text breaks off amid a sentence ({place}): `{quote}`; what follows is missing",
    "de tekst breekt af midden in een zin ({place}): `{quote}`; wat volgt, ontbreekt",
)


def remarks_of(document: Document, header: Header) -> tuple[Localized, ...]:
    """What cannot be relied on: numbers that contradict each other, citations that were not read, provisions that are missing."""
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
    elif (
        header.instrument is not None and header.instrument.value != "recommendation" and not document.named("article")
    ):
        yield _NO_ACT
    missing = ", ".join(missing_articles(document))
    if missing:
        yield Localized(_LEFT_OUT.en.format(numbers=missing), _LEFT_OUT.nl.format(numbers=missing))
    end = broken_off(document)
    if end is not None:
        place, quote = place_of(document, end), quote_of(document, end)
        yield Localized(
            _BREAKS_OFF.en.format(place=place, quote=quote), _BREAKS_OFF.nl.format(place=place, quote=quote)
        )
