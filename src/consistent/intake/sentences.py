"""Sentences: where they begin and end in a legal text, abbreviations, numbers and dates minded."""

import re
from collections.abc import Iterator
from functools import cache

from consistent.intake.document import Span
from consistent.intake.provision_words import Words

__all__ = ["sentences"]

_QUOTES = "\"'\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb"
# A stop, what closes after it, and the beginning of something new. Lines are sewn together without a blank at times:
# `Article 1(7).Those acts`.
_STOP = re.compile(
    rf"[.?!][)\]{_QUOTES}]*(?:\s+(?=[{_QUOTES}(\[]*[A-Z\u00c0-\u00de\d\u25aa])|(?<=[a-z)\]]\.)(?=[A-Z][a-z]{{2,}}\s))"
)
_WORD_BEFORE = re.compile(r"[\w.]*\Z")
# The longest abbreviation is far shorter.
_BACK = 20


def sentences(text: str, span: Span, words: Words) -> Iterator[Span]:
    """The sentences of a stretch of text that is one paragraph or point, in order.

    Args:
        text: of the document.
        span: of the stretch; a line break in it is a blank.
        words: of its language.

    Returns:
        Spans without blanks around them, none empty; together they hold every letter of the stretch.
    """
    at = span.start
    for stop in _STOP.finditer(text, span.start, span.end):
        if _is_abbreviation(text, at, stop, words) or not text[stop.end() : span.end].strip():
            continue
        yield from _trimmed(text, at, stop.end())
        at = stop.end()
    yield from _trimmed(text, at, span.end)


def _is_abbreviation(text: str, start: int, stop: re.Match[str], words: Words) -> bool:
    """Whether the stop belongs to the word before it: `art. 5`, `No. 3`, `J. Jansen`."""
    if text[stop.start()] != ".":
        return False
    found = _WORD_BEFORE.search(text, max(start, stop.start() - _BACK), stop.start())
    word = found[0] if found else ""
    if not word:
        return False
    if word.lower().strip(".") in _abbreviations(words):
        # `punt.` and `No.` are words too: only a number or a small word goes on after them.
        return text[stop.end() : stop.end() + 1].isdigit() or "." in word or not word.isdigit()
    if len(word) == 1 and word.isalpha():
        return word.isupper()
    # An ordinal or the number of a point before its text, not the end of `paragraph 2.`
    return word.isdigit() and not text[start : stop.start() - len(word)].strip(f" \n{_QUOTES}")


@cache
def _abbreviations(words: Words) -> frozenset[str]:
    return frozenset(words.sentences["abbreviations"])


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
