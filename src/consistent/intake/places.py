"""Where in a document a passage stands, as a lawyer writes it, and how it begins."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from consistent.errors import printable
from consistent.intake.document import Document, Part, Span
from consistent.model.text import Language, Localized

__all__ = ["language_for", "page_of", "place_of", "quote_of"]

# Enough to find a passage by, and no more than a quotation.
_WORDS, _LETTERS = 8, 120
_WORD = re.compile(r"[^\s]+")
_NAMES = {
    "cover": Localized("cover", "voorblad"),
    "memorandum": Localized("explanatory memorandum", "toelichting"),
    "title-of-act": Localized("title of the act", "titel van de handeling"),
    "preamble": Localized("preamble", "aanhef"),
    "citation": Localized("citations", "aanhef"),
    "recital": Localized("recital", "overweging"),
    "article": Localized("Article", "artikel"),
    "annex": Localized("Annex", "bijlage"),
    "financial-statement": Localized("financial statement", "financieel memorandum"),
    "closing": Localized("closing words", "slotformule"),
    "heading": Localized("section", "paragraaf"),
    "page": Localized("page", "blz."),
    "text": Localized("text", "tekst"),
}
# Of those that a passage stands in, the first of these says where it is.
_TELLING = (
    "annex",
    "article",
    "recital",
    "citation",
    "preamble",
    "title-of-act",
    "closing",
    "financial-statement",
    "memorandum",
    "cover",
    "heading",
)
# In a document without a structure, what stands further on is not on the cover.
_COVER = 1_500
_NUMBERED = ("annex", "recital")


def language_for(document: Document) -> Language:
    """In which language to speak of a document: its own where that is English or Dutch, else English."""
    return "nl" if document.language == "nl" else "en"


def place_of(document: Document, span: Span) -> str:
    """Where a passage begins, in the language of the document: `Article 4(1)(a)`, `cover, page 1`.

    In English where the document is neither in English nor in Dutch.
    """
    language = language_for(document)
    around = list(_around(document.parts, span.start))
    by_kind = {each.kind: each for each in reversed(around)}
    kind = next((each for each in _TELLING if each in by_kind), "text")
    if kind == "cover" and len(document.parts) == 1 and span.start >= _COVER:
        # A document without a structure is all cover, as far as its tree goes.
        kind = "text"
    place = _NAMES[kind].get(language)
    inner = by_kind.get(kind)  # type: ignore[call-overload]  # kinds without such parts give none
    if kind == "article":
        place = _provision(around, place, dutch=language == "nl")
    elif inner is not None and kind in _NUMBERED and inner.number:
        place = f"{place} {inner.number}"
    elif kind in {"heading", "memorandum"}:
        number = next((each.number for each in reversed(around) if each.kind == "heading" and each.number), "")
        place = f"{place} {number}" if number else place
    page = page_of(document, span)
    return place if page is None else f"{place}, {_NAMES['page'].get('nl' if language == 'nl' else 'en')} {page}"


def page_of(document: Document, span: Span) -> int | None:
    """The page on which a passage begins; None where the format has no pages."""
    blocks = document.content.blocks
    return blocks[max(0, bisect_right(document.starts, span.start) - 1)].page if blocks else None


def quote_of(document: Document, span: Span) -> str:
    """How a passage begins: eight words of its line at most."""
    end = document.text.find("\n", span.start)
    line = document.text[span.start : min(end if end >= 0 else len(document.text), span.start + 8 * _LETTERS)]
    words = [found[0] for found, _ in zip(_WORD.finditer(line), range(_WORDS), strict=False)]
    return printable(" ".join(words))[:_LETTERS]


def _around(parts: tuple[Part, ...], at: int) -> Iterator[Part]:
    """The parts that a character stands in, outermost first."""
    while parts:
        index = bisect_right(parts, at, key=lambda each: each.span.start) - 1
        if index < 0 or at >= parts[index].span.end:
            return
        yield parts[index]
        parts = parts[index].parts


def _provision(around: list[Part], word: str, *, dutch: bool) -> str:
    """Article, paragraph and points: `Article 4(1)(a)`, `artikel 4, lid 1, onder a)`."""
    start = next(index for index, each in enumerate(around) if each.kind == "article")
    within = around[start:]
    # What an article puts into another act has numbers of that act.
    own = next((index for index, each in enumerate(within) if each.kind == "quoted"), len(within))
    numbers = [(each.kind, each.number) for each in within[1:own] if each.number]
    paragraphs = [number for kind, number in numbers if kind == "paragraph"]
    points = [number for kind, number in numbers if kind == "point"]
    place = f"{word} {within[0].number}".rstrip()
    if not dutch:
        return place + "".join(f"({each})" for each in (*paragraphs, *points))
    parts = [*(f"lid {each}" for each in paragraphs), *(f"onder {each})" for each in points)]
    return ", ".join([place, *parts])
