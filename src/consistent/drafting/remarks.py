"""What a reader must know of a document before relying on what was read in it."""

from collections.abc import Iterator, Sequence

from consistent.documents.document import Document, Span, place_of, quote_of
from consistent.documents.header.header import Header
from consistent.documents.provisions.empowerments import Empowerments
from consistent.documents.provisions.provisions import Provision
from consistent.documents.structure.structure import (
    broken_off,
    misnumbered_articles,
    missing_articles,
    oversized_articles,
    provisions_without_articles,
    without_final_provisions,
)
from consistent.model.text import Localized
from consistent.proofreading.proofread import discrepancies_of
from consistent.proofreading.text import Text

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
_OVERSIZED = Localized(
    "{place} is far longer than the other articles; look whether it ends where it should",
    "{place} is veel langer dan de andere artikelen; kijk na of het eindigt waar het hoort te eindigen",
)
_STOPS = Localized(
    "the articles stop at {place}, before any that says when the act takes effect; later ones may have been taken for a quotation",
    "de artikelen houden op bij {place}, voordat er een zegt wanneer de handeling in werking treedt; latere kunnen voor een "
    "aanhaling zijn gehouden",
)
_MISNUMBERED = Localized(
    "article {number} is missing; the second article {before} is evidently article {number}",
    "artikel {number} ontbreekt; het tweede artikel {before} is kennelijk artikel {number}",
)
_REFERENCES = frozenset({"dead-reference", "wrong-reference"})
_ONE = Localized(
    "the text contradicts itself in one place; `consistent proofread` shows where",
    "de tekst spreekt zichzelf op één plaats tegen; `consistent proofread` toont waar",
)
_SEVERAL = Localized(
    "the text contradicts itself in {count} places; `consistent proofread` shows where",
    "de tekst spreekt zichzelf op {count} plaatsen tegen; `consistent proofread` toont waar",
)
_BREAKS_OFF = Localized(
    "the text breaks off amid a sentence ({place}): `{quote}`; what follows is missing",
    "de tekst breekt af midden in een zin ({place}): `{quote}`; wat volgt, ontbreekt",
)


def remarks_of(
    document: Document, header: Header, provisions: Sequence[Provision], empowerments: Empowerments
) -> tuple[Localized, ...]:
    """What cannot be relied on: numbers that contradict each other, citations that were not read, provisions that are missing, where the text contradicts itself."""
    return (*_remarks(document, header), *_contradictions(document, provisions, empowerments))


def _contradictions(
    document: Document, provisions: Sequence[Provision], empowerments: Empowerments
) -> Iterator[Localized]:
    """References that lead astray, one by one, for what is drafted rests on them; how much else there is, in one line."""
    text = Text.of(document, provisions, empowerments)
    found = discrepancies_of(text) if text is not None else ()
    yield from (each.message for each in found if each.kind in _REFERENCES)
    others = sum(each.kind not in _REFERENCES for each in found)
    if others:
        yield _ONE if others == 1 else _SEVERAL.filled(count=others)


def _remarks(document: Document, header: Header) -> Iterator[Localized]:
    yield from (contradiction.message for contradiction in header.contradictions)
    for citation in header.citations.unread:
        start = header.citation_spans[citation.citation].start
        quote = quote_of(document, Span(start + citation.span.start, start + citation.span.end))
        yield _UNREAD.filled(quote=quote)
    lost = provisions_without_articles(document)
    if lost:
        place = place_of(document, lost[0])
        yield _NO_ARTICLES.filled(place=place)
    elif (
        header.instrument is not None and header.instrument.value != "recommendation" and not document.named("article")
    ):
        yield _NO_ACT
    misnumbered = [number for _, number in misnumbered_articles(document)]
    for number in misnumbered:
        before = str(int(number) - 1)
        yield _MISNUMBERED.filled(number=number, before=before)
    missing = ", ".join(number for number in missing_articles(document) if number not in misnumbered)
    if missing:
        yield _LEFT_OUT.filled(numbers=missing)
    for article in oversized_articles(document):
        yield _told(_OVERSIZED, place_of(document, article.span))
    last = without_final_provisions(document)
    if last is not None and header.excerpt is None:
        yield _told(_STOPS, place_of(document, last.span))
    end = broken_off(document)
    if end is not None:
        place, quote = place_of(document, end), quote_of(document, end)
        yield _BREAKS_OFF.filled(place=place, quote=quote)


def _told(remark: Localized, place: str) -> Localized:
    return remark.filled(place=place)
