"""To whom a document or its act is addressed."""

import re
from collections.abc import Iterator

from consistent.intake.document import Span
from consistent.intake.header.cover import Front
from consistent.intake.header.found import Found
from consistent.intake.header.words import Words, all_words, any_of

__all__ = ["addressed", "addressees_of"]

# An article that addresses the act does nothing else.
_SHORT = 600
_ADDRESSED = frozenset({"communication", "joint-communication", "report", "joint-report"})


def addressees_of(front: Front, act: Span | None) -> Iterator[Found[str]]:
    """To whom an act is addressed by its last articles, or a communication by its cover."""
    words = all_words().get(front.document.language)
    if words is None:
        return
    if act is not None:
        for article in front.document.named("article"):
            if article.span in act:
                said = words.pattern("provisions", "addressed").search(
                    front.document.text, article.span.start, article.span.end
                )
                if said and article.span.end - article.span.start < _SHORT:
                    yield from _actors(front, words, Span(said.end(), article.span.end))
    elif front.first is not None and front.first.key in _ADDRESSED:
        yield from _actors(front, words, addressed(front))


def addressed(front: Front) -> Span:
    """The words after those that the document leads with that name addressees only; empty where none are named."""
    start = front.first.span.end if front.first else 0
    words = all_words().get(front.first.language) if front.first else None
    keys = words.table.get("addressees", {}) if words else {}
    if words is None or not keys:
        return Span(start, start)
    names = any_of(tuple(name for key in keys for name in words.listed("addressees", key))).pattern
    links = any_of(words.listed("links")).pattern
    named = re.compile(rf"(?:(?:\s*(?:,|{links}))*\s*(?:{names}))+", re.IGNORECASE).match(front.text, start)
    return Span(start, named.end() if named else start)


def _actors(front: Front, words: Words, within: Span) -> Iterator[Found[str]]:
    """The actors that a stretch of text names, each once; of several in one place, the longest name."""
    found: dict[int, tuple[int, str]] = {}
    for key in words.table.get("addressees", {}):
        for each in words.pattern("addressees", key).finditer(front.document.text, within.start, within.end):
            inside = any(start <= each.start() and each.end() <= end for start, (end, _) in found.items())
            if not inside:
                found = {s: (e, k) for s, (e, k) in found.items() if not (each.start() <= s and e <= each.end())}
                found[each.start()] = (each.end(), key)
    seen: set[str] = set()
    for start, (end, key) in sorted(found.items()):
        if key not in seen:
            seen.add(key)
            yield Found(key, Span(start, end))
