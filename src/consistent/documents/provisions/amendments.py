"""What an amending act puts into another act: the passages that are to become that act's own."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from attrs import evolve, frozen

from consistent.documents.citing.references import Place, references
from consistent.documents.document import Document, Part, Span
from consistent.documents.words.provision_words import ProvisionWords

__all__ = ["Amended", "AmendedPassages"]

_OPENS = "\"'\u2018\u201c\u201e\u00ab"
_CLOSES = re.compile("[\"'\u2019\u201d\u00bb\u201c][;.,]{0,2}\\s*(?:$|(?=\\n))", re.MULTILINE)
_INLINE = re.compile(r"[\s\"'\u2018\u201c\u201e\u00ab]+(?:\(?\w{1,4}[.)]\s+)?")
_PARAGRAPH = re.compile(r"[\s\"'\u2018\u201c\u201e]*(\d{1,3}[a-z]{0,2}|\d{1,3} (?:bis|ter|quater|quinquies))\.\s")


@frozen(kw_only=True)
class Amended:
    """A provision of another act.

    Attributes:
        act: `CELEX 32011L0083`; empty where the text does not say which.
        place: in that act.
    """

    act: str = ""
    place: Place


class AmendedPassages:
    """The passages of an article or annex that are to become another act's, in order, without overlap."""

    def __init__(self, document: Document, part: Part, words: ProvisionWords) -> None:
        self._text, self._words = document.text, words
        self._passages = list(_passages(document, part, words))
        self._starts = [passage.start for passage, _ in self._passages]
        self._read = [(act, *_places(document.text, passage, place, words)) for passage, (act, place) in self._passages]

    def pieces(self, span: Span) -> Iterator[Span]:
        """A stretch of text, cut where passages begin, without the mark and the number that a passage begins with."""
        at = span.start
        for start in self._starts[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]:
            if at < start:
                yield Span(at, start)
            label = _article(self._words).match(self._text, start, span.end) or _INLINE.match(
                self._text, start, span.end
            )
            at = label.end() if label else start
        yield Span(at, span.end)

    def around(self, span: Span) -> Amended | None:
        """The provision of another act that a sentence is to become part of; None for a sentence of this act."""
        at = bisect_right(self._starts, span.start) - 1
        if at < 0 or span not in self._passages[at][0]:
            return None
        act, lines, places = self._read[at]
        return Amended(act=act, place=places[bisect_right(lines, span.start) - 1])


def _passages(document: Document, part: Part, words: ProvisionWords) -> Iterator[tuple[Span, tuple[str, Place]]]:
    """Each passage with the act and the place that the words before it name."""
    text, end = document.text, part.span.end
    closed = [mark.end() for mark in _CLOSES.finditer(text, part.span.start, end)]
    quoted = {inner.span.start: inner.span.end for inner in part.walk() if inner.kind == "quoted"}
    act, here = "", Place()
    at = part.span.start
    while at < end:
        if at in quoted:
            yield Span(at, quoted[at]), (act, evolve(here, act=""))
            at = quoted[at] + 1
            continue
        stop = _line_end(text, at, end)
        cue = words.patterns["amending"].search(text, at, stop)
        if cue is not None:
            named = [reference.place for reference in references(text, Span(at, cue.end()), words, Place())]
            act = next((place.act for place in named if place.act), act)
            # `Article 6 is amended as follows: (a) in paragraph 1, ...`: the article holds for what is under it.
            wide = next((place for place in named if place.article or place.annex), None)
            here = wide or (evolve(here, paragraph=named[0].paragraph) if named else here)
            # The structure has what begins in a line of its own; here is what goes on in the same line.
            start = _passage_start(text, cue.end(), stop)
            if start is not None:
                stop = _passage_end(text, start, end, closed, words)
                yield Span(start, stop), (act, evolve(here, act=""))
        at = stop + 1


def _line_end(text: str, at: int, end: int) -> int:
    line_break = text.find("\n", at, end)
    return end if line_break < 0 else line_break


_LABELLED = re.compile(r"\s*\(?\w{1,4}[.)]\s")


def _passage_start(text: str, at: int, end: int) -> int | None:
    """Where the words of the other act begin, after a cue that ends with a colon; None where none follow."""
    match = re.compile(r"[^\n:]{0,80}:\s*").match(text, at, end)
    start = match.end() if match else (at if text[at - 1 : at] == ":" else None)
    if start is None:
        return None
    while start < end and text[start].isspace():
        start += 1
    if start >= end or _AMENDS_ITSELF.match(text, start, end):
        return None
    return start


# `is amended as follows:` leads up to a list of amendments, not to a passage.
_AMENDS_ITSELF = re.compile(
    r"\(?-?\w{1,4}[.)]\s+(?:[Ii]n|[Tt]he|[Aa]rticle|[Aa]rtikel|[Aa]nnex|[Bb]ijlage|[Dd]e|[Hh]et|[Pp]aragraph|[Pp]oint|[Ll]id|[Tt]itle)\b"
)


def _passage_end(text: str, start: int, end: int, closed: Sequence[int], words: ProvisionWords) -> int:
    """The end of a passage: its closing mark at the end of a line, or the next line that is an amendment itself.

    A mark that was opened may never be closed, and one that was never opened may stand at the end.
    """
    after = bisect_right(closed, start + 1)
    limit = closed[after] if text[start] in _OPENS and after < len(closed) else end
    at = _line_end(text, start, limit)
    while at < limit:
        stop = _line_end(text, at + 1, limit)
        if _LABELLED.match(text, at, stop) and words.patterns["amending"].search(text, at, stop):
            return at
        at = stop
    return limit


def _places(text: str, passage: Span, place: Place, words: ProvisionWords) -> tuple[list[int], list[Place]]:
    """Where in the other act each line of a passage stands, by the numbers before it: beginnings of lines, and places."""
    starts, places = [], []
    article, paragraph = place.article, place.paragraph
    at = passage.start
    while at < passage.end:
        stop = _line_end(text, at, passage.end)
        match = _article(words).match(text, at, stop)
        if match:
            article, paragraph = match[1], ""
        number = _PARAGRAPH.match(text, match.end() if match else at, stop)
        if number:
            paragraph = number[1]
        starts.append(at)
        places.append(Place(article=article, paragraph=paragraph, annex=place.annex))
        at = stop + 1
    return starts, places


@cache
def _article(words: ProvisionWords) -> re.Pattern[str]:
    forms = "|".join(words.references["article"])
    return re.compile(
        rf"[\s\"'\u2018\u201c\u201e]*(?:{forms})\s(\d{{1,4}}(?:[a-z]{{1,2}}\b| (?:bis|ter|quater|\w+ies)\b)?)",
        re.IGNORECASE,
    )
