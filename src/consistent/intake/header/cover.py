"""The stretch of a document that says what it is: cover and title, before memorandum and preamble."""

import re
from collections.abc import Mapping

from attrs import frozen

from consistent.intake.document import Document, Span
from consistent.intake.header.kinds import Lead, council_head, lead
from consistent.intake.header.reference import references, series_of
from consistent.intake.header.words import all_words

__all__ = ["Front", "front_of", "is_prose", "transmitted"]

# A cover is shorter; what is longer has none, and its beginning is looked at.
_LONGEST = 6_000
# Numbered text: `1. Introduction`, `(1) Lamps`, also after the number of a page.
_BODY = re.compile(r"^\W*(?:\d{1,2}\s)?(?:1\.(?!\d)\s?\S|\(1\)\s)", re.MULTILINE)
# What goes with the document, and other documents: `{SWD(2022) 34 final}`.
_BRACED = re.compile(r"\{[^{}]{0,200}\}")
_ENDS = ("memorandum", "preamble", "enacting-terms")
# A sentence, where a cover has names, numbers and titles.
_SENTENCE = re.compile(r"^\W*(?:[^\s]+[ \t]+){6,}[^\s]*[^\W\d][.:;!?][\"'\u2019\u201d)]*$", re.MULTILINE)
# How far after its words the number of a document that is sent along stands.
_SENT_WITHIN = 60


@frozen(kw_only=True)
class Front:
    """What says of a document what it is.

    Attributes:
        cover: the cover, and the title of the act; begins where the text begins.
        text: of the cover, with what stands in braces blanked, each character in its place.
        first: what the document leads with; None where nothing is known.
        said: what the file says of itself.
    """

    document: Document
    cover: Span
    text: str
    first: Lead | None
    said: Mapping[str, str]


def front_of(document: Document) -> Front:
    """The front of a document."""
    cover = _cover_of(document)
    text = _masked(document.text[: cover.end])
    return Front(document=document, cover=cover, text=text, first=lead(text, cover), said=document.content.properties)


def is_prose(text: str) -> bool:
    """Whether a stretch of text has a sentence in it."""
    return _SENTENCE.search(text) is not None


def transmitted(front: Front) -> Lead | None:
    """What the document of the Commission is that a paper of the Council sends along; None where it sends none.

    That is what its own cover says, behind that of the Council; else what the subject of the paper says, where its text names
    a document of the Commission as attached.
    """
    head = council_head(front.text, front.cover)
    start = head.end if head else 0
    known = all_words().values()
    for words in known:
        name = words.institutions.get("commission")
        for each in name.finditer(front.text, start) if name else ():
            alone = front.text[: each.start()].endswith("\n") and front.text[each.end() : each.end() + 1] == "\n"
            led = lead(front.text, Span(each.start(), front.cover.end)) if alone else None
            if led is not None and not led.about:
                return led
    for words in known:
        sent = words.pattern("transmits", "any").search(front.text, start)
        named = next(references(front.text, sent.end(), sent.end() + _SENT_WITHIN), None) if sent else None
        if named is not None and series_of(named.value):
            return front.first
    return None


def _cover_of(document: Document) -> Span:
    """The cover and the title of the act; never empty where the document is not."""
    ends = [each.span.start for each in document.walk() if each.kind in _ENDS and each.span.start > 0]
    end = min([*ends, len(document.text), _LONGEST])
    body = _BODY.search(document.text, 0, end)
    return Span(0, body.start() if body and body.start() > 0 else end)


def _masked(text: str) -> str:
    """The text with what stands in braces blanked, each character in its place."""
    return _BRACED.sub(lambda found: " " * len(found[0]), text)
