"""Sums of money in whole euros, and the one that an act may spend where its text says so."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache

from consistent.documents.document import Document, Found, Span
from consistent.documents.words.header_words import Words, folded, phrase, words_of

__all__ = ["amounts", "budget"]

# Blanks or stops between groups of three; what follows them is a decimal fraction.
_SUM = r"(?P<sum{n}>\d{{1,3}}(?:[\s\u00a0\u202f]\d{{3}}(?!\d))+|\d{{1,3}}(?:[.,]\d{{3}}(?!\d))+|\d+(?:[.,]\d{{1,3}})?)"
_FACTORS = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
# How far after the words the sum may stand: a period and a programme are named between.
_BETWEEN = 320


@cache
def _pattern(words: Words) -> re.Pattern[str]:
    euro = "|".join(map(phrase, sorted(words.listed("amounts", "euro"), key=len, reverse=True)))
    scales = sorted((word for key in _FACTORS for word in words.listed("amounts", key)), key=len, reverse=True)
    scale = rf"(?:\s?(?P<scale{{n}}>{'|'.join(map(phrase, scales))})(?!\w))?"
    before = rf"(?:{euro})\s?{_SUM.format(n=1)}{scale.format(n=1)}"
    # Where a text lost its lines, a year and the sum after it lose the blank between them.
    after = rf"(?:(?:19|20)\d\d(?=\d{{1,3}}[\s\u00a0\u202f]\d{{3}}))?{_SUM.format(n=2)}{scale.format(n=2)}\s?(?:{euro})(?!\w)"
    return re.compile(rf"(?<![\w.,])(?<!\d{{5}}[\s\u00a0\u202f])(?:{before}|{after})", re.IGNORECASE)


def amounts(document: Document, within: Span) -> Iterator[Found[int]]:
    """The sums in euros in a stretch of a document, in its order; fractions of a euro are dropped."""
    for words in words_of(document.language):
        factors = {folded(word): factor for key, factor in _FACTORS.items() for word in words.listed("amounts", key)}
        for found in _pattern(words).finditer(document.text, within.start, within.end):
            written = found["sum1"] or found["sum2"]
            scale = folded(found["scale1"] or found["scale2"] or "")
            value = _number(written, scaled=bool(scale))
            if value is not None:
                yield Found(int(value * factors.get(scale, 1)), Span(*found.span()))


def budget(document: Document, act: Span) -> Found[int] | None:
    """What an act as a whole may spend, where a provision says so.

    Args:
        document: that holds the act.
        act: its enacting terms. Recitals and the memorandum are not looked at: they speak of other acts too.

    Returns:
        The sum, with the words from 'financial envelope' to it. None where the text says none, or says several.
    """
    said: list[Found[int]] = []
    for words in words_of(document.language):
        for cue in words.pattern("amounts", "budget").finditer(document.text, act.start, act.end):
            stop = document.text.find("\n", cue.end())
            end = min(cue.end() + _BETWEEN, act.end, stop if stop >= 0 else act.end)
            first = next(amounts(document, Span(cue.end(), end)), None)
            if first is not None and first.span is not None:
                said.append(Found(first.value, Span(cue.start(), first.span.end)))
    return said[0] if len({each.value for each in said}) == 1 else None


def _number(written: str, *, scaled: bool) -> Decimal | None:
    """A number as it is written; with a word such as 'billion', one mark is always a decimal one."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", written)
    if not scaled and re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain):
        plain = re.sub(r"[.,]", "", plain)
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return None
