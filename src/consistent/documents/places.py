"""How a place in a document is told in English and Dutch, and from the one in the other."""

import re

from consistent.model.text import LANGUAGES, Language, Localized

__all__ = ["NAMES", "in_part", "is_place", "place_in"]

NAMES = {
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
_PAGE = re.compile(r", (?:page|blz\.) (\d+)$")
_ENGLISH_PROVISION = re.compile(r"(?:Articles?|art\.) (\w+(?: \w{3,6})?(?:(?: and | to |, )\d\w*)*)((?:\([^()]+\))*)")
_DUTCH_PROVISION = re.compile(r"[Aa]rtikel (\w+)(?:, lid ([^,]+))?((?:, onder [^,)]+\))*)")


def place_in(place: str, language: Language) -> str:
    """A place in another language, as `place_of` gives it; one that is written in another way stays as it is."""
    page = _PAGE.search(place)
    bare = place[: page.start()] if page else place
    said = _provision_in(bare, language) or _named_in(bare, language) or bare
    return f"{said}, {NAMES['page'].get(language)} {page[1]}" if page else said


def is_place(text: str) -> bool:
    """Whether a text is a place, in one language or the other, as `place_of` gives it."""
    bare = _PAGE.sub("", text)
    return any(_provision_in(bare, language) or _named_in(bare, language) for language in LANGUAGES)


def in_part(place: str, kind: str) -> bool:
    """Whether a place that `place_of` gave is in such a part of the document."""
    return any(place.startswith(name) for name in (NAMES[kind].en, NAMES[kind].nl))


def _provision_in(place: str, language: Language) -> str:
    """A provision in another language; empty where it is none."""
    english = _ENGLISH_PROVISION.fullmatch(place)
    if english and language == "nl":
        number = english[1].replace(" and ", " en ").replace(" to ", " tot en met ")
        inner = re.findall(r"\(([^()]+)\)", english[2])
        paragraphs = [one for one in inner if one[0].isdigit()]
        several = any(not one.isalnum() for one in paragraphs)
        said = [f"{'leden' if several else 'lid'} {_range_in_dutch(one)}" for one in paragraphs]
        said += [f"onder {one})" for one in inner if one not in paragraphs]
        return ", ".join([f"{'artikelen' if ' ' in number else 'artikel'} {number}", *said])
    dutch = _DUTCH_PROVISION.fullmatch(place)
    if dutch and language == "en":
        points = re.findall(r"onder ([^,)]+)\)", dutch[3])
        return f"Article {dutch[1]}" + "".join(f"({one})" for one in (dutch[2], *points) if one)
    return ""


def _range_in_dutch(numbers: str) -> str:
    """Numbers of paragraphs: `1-3` as `1 tot en met 3`, `2, 3` as `2 en 3`."""
    *first, last = numbers.replace("-", " tot en met ").split(", ")
    return f"{', '.join(first)} en {last}" if first else last


def _named_in(place: str, language: Language) -> str:
    """The name of a part in another language, with the number behind it; empty where it is none."""
    for name in NAMES.values():
        for other in (name.en, name.nl):
            rest = place.removeprefix(other)
            if rest != place and re.fullmatch(r"(?: [\w.]+)?", rest):
                return name.get(language) + rest
    return ""
