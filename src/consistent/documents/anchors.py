"""Passages by their own words with those around them, so that they are found again in another format or version of a text.

As the `TextQuoteSelector` of the W3C's Web Annotation Data Model. Only letters and digits count: formats differ in blanks,
hyphens, quotation marks and breaks of lines.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from attrs import frozen

from consistent.documents.document import Document, Span, quoted_in
from consistent.errors import printable

__all__ = ["Anchor", "anchor_of", "find"]

# So many letters before and after a passage, whole words only.
_AROUND = 32
_WORD = re.compile(r"[^\W_]+")


@frozen(kw_only=True)
class Anchor:
    """A passage by its words.

    Attributes:
        exact: how it begins.
        prefix: what stands before.
        suffix: what comes after `exact`.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""


def anchor_of(document: Document, span: Span) -> Anchor:
    """The anchor of a passage."""
    quoted = quoted_in(document, span)
    text = document.text
    before = " ".join(text[max(0, quoted.start - 2 * _AROUND) : quoted.start].split())
    after = " ".join(text[quoted.end : quoted.end + 2 * _AROUND].split())
    prefix = before[-_AROUND:].partition(" ")[2] if len(before) > _AROUND else before
    suffix = after[:_AROUND].rpartition(" ")[0] if len(after) > _AROUND else after
    return Anchor(
        exact=printable(" ".join(document.of(quoted).split())), prefix=printable(prefix), suffix=printable(suffix)
    )


def find(document: Document, anchor: Anchor) -> Span | None:
    """The passage in a document; of several with these words the one among the words most like those of the anchor.

    Where the words themselves are not there, what stands between those before and after it, if that is one place.

    Args:
        document: any; not the one that the anchor was made in, say.
        anchor: of the passage.

    Returns:
        The beginning of the passage, as far as the anchor quotes it; None where it is not found.
    """
    return _searched(document).find(anchor)


@lru_cache(maxsize=4)
def _searched(document: Document) -> "_Letters":
    return _Letters.of(document.text)


@frozen(eq=False)
class _Letters:
    """A text without all that formats differ in.

    Attributes:
        text: its words without anything between them.
        starts: of each word in `text`.
        places: of each word in the text that it was made of.
    """

    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "_Letters":
        """The letters of a text."""
        words, starts, places, at = [], [], [], 0
        for word in _WORD.finditer(text):
            words.append(_folded(word[0]))
            starts.append(at)
            places.append(word.start())
            at += len(word[0])
        return cls("".join(words), tuple(starts), tuple(places))

    def find(self, anchor: Anchor) -> Span | None:
        """See the function of this name."""
        exact, prefix, suffix = map(_squeezed, (anchor.exact, anchor.prefix, anchor.suffix))
        hits = list(self._hits(exact)) if exact else []
        if hits:
            start = max(hits, key=lambda at: self._likeness(at, at + len(exact), prefix, suffix))
            return self._span(start, start + len(exact))
        between = [
            (at + len(prefix), end)
            for at in self._hits(prefix)
            if 0 <= (end := self.text.find(suffix, at + len(prefix))) <= at + len(prefix) + 2 * len(exact)
        ] if prefix and suffix else []  # fmt: skip
        return self._span(*between[0]) if len(between) == 1 and between[0][0] < between[0][1] else None

    def _hits(self, words: str) -> Iterator[int]:
        at = self.text.find(words)
        while at >= 0:
            yield at
            at = self.text.find(words, at + 1)

    def _likeness(self, start: int, end: int, prefix: str, suffix: str) -> int:
        """How many letters before and after a place are those of an anchor."""
        before = _common(reversed(prefix), reversed(self.text[max(0, start - len(prefix)) : start]))
        return before + _common(iter(suffix), iter(self.text[end : end + len(suffix)]))

    def _span(self, start: int, end: int) -> Span:
        return Span(self._place(start), self._place(end - 1) + 1)

    def _place(self, at: int) -> int:
        """Where in the text a letter stands."""
        word = bisect_right(self.starts, at) - 1
        return self.places[word] + at - self.starts[word]


def _squeezed(text: str) -> str:
    return "".join(_folded(word) for word in _WORD.findall(text))


def _folded(word: str) -> str:
    """In lower case, unless that has another length."""
    lower = word.lower()
    return lower if len(lower) == len(word) else word


def _common(one: Iterator[str], other: Iterator[str]) -> int:
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
