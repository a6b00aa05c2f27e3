"""Days that a document names: its own, those of entry into force and end of application; and sums of money."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from attrs import frozen

from consistent.documents.document import Document, Found, Span
from consistent.documents.words.days import date_from, dates, day_of, day_pattern, listed
from consistent.documents.words.header_words import HeaderWords, folded, phrase, words_to_try

__all__ = ["Application", "amounts", "budget", "date_from", "dates", "day_after_place", "read_application"]

_CITY = r"[^\W\d_][\w'\u2019-]{2,20}(?:\s[^\W\d_][\w'\u2019-]{2,20})?"


@cache
def _places() -> tuple[re.Pattern[str], ...]:
    """What stands before the day of a document: a place with its comma, in the same line or that before; a place and no more."""
    leads = rf"(?:(?:{listed('before')})\s)"
    return (
        re.compile(rf"(?:^|\s){_CITY}(?:,\s*{leads}?)$"),
        re.compile(rf"(?:^|\n){_CITY}(?:[^\S\n]{leads}?|\s[\u2013(-]\s?)$"),
    )


def day_after_place(text: str, start: int, end: int) -> Found[date] | None:
    """The day of a document: that which follows a place, else one in a line of its own.

    `Brussels, 23.2.2022`, `Brussel, 23 februari 2022`, `Bryssel den 23.2.2022`; the place can end the line before.
    """
    days = [day for day in dates(text, start, end) if day.span is not None]
    # Without its comma a place looks like any word, `Last modified 5.6.2026` say: one that has it goes first.
    for place in _places():
        for day in days:
            if day.span and place.search(text[max(start, day.span.start - 60) : day.span.start]):
                return day
    alone = (day for day in days if day.span and _is_alone(text, day.span))
    return next(alone, None)


def _is_alone(text: str, span: Span) -> bool:
    """Whether there is nothing else in a line but marks."""
    stop = text.find("\n", span.end)
    line = text[text.rfind("\n", 0, span.start) + 1 : span.start] + text[span.end : stop if stop >= 0 else len(text)]
    return not any(letter.isalnum() for letter in line)


@frozen(kw_only=True)
class Application:
    """When an act applies, as far as it says so in days of the calendar.

    Attributes:
        entry_into_force: `shall enter into force on 1 January 2030`.
        start: `shall apply from ...`.
        end: the last day: `shall apply until ...`, `shall expire on ...`.
    """

    entry_into_force: Found[date] | None = None
    start: Found[date] | None = None
    end: Found[date] | None = None


def read_application(document: Document, act: Span) -> Application:
    """When an act applies, from the articles that speak of the act itself.

    What counts from another event (`the twentieth day following its publication`) gives nothing, nor does what holds for
    some of its articles only.

    Args:
        document: that holds it.
        act: its enacting terms.
    """
    articles = [part for part in document.named("article") if part.span in act]
    days: dict[str, Found[date] | None] = {"force": None, "starts": None, "ends": None}
    for words in words_to_try(document.language):
        subjects = _subjects(words)
        for article in articles:
            own = _brings_into_force(document, words, subjects, article.span)
            # `It` is the act only in the article that brings it into force.
            allowed = f"{subjects}|{'|'.join(map(phrase, words.listed('provisions', 'it')))}" if own else subjects
            for key, known in tuple(days.items()):
                days[key] = known or _dated(document, words, key, allowed, article.span)
            days["ends"] = days["ends"] or _until(document, words, allowed, article.span)
    return Application(entry_into_force=days["force"], start=days["starts"], end=days["ends"])


def _subjects(words: HeaderWords) -> str:
    """The act, as its own text calls it."""
    named = "|".join(map(phrase, sorted(words.instrument_words, key=len, reverse=True)))
    forms = (phrase(form).replace(re.escape("{instrument}"), f"(?:{named})") for form in words.listed("acts", "this"))
    return "|".join(forms)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


def _brings_into_force(document: Document, words: HeaderWords, subjects: str, within: Span) -> bool:
    """Whether an article says that the act enters into force; its heading can cling to the sentence."""
    clause = _clause(words, "force", subjects).pattern.partition("(?:")[2].partition(")(?:")[2]
    return _compiled(f"(?:{clause}").search(document.text, within.start, within.end) is not None


def _clause(words: HeaderWords, key: str, subjects: str) -> re.Pattern[str]:
    """A pattern for the clauses of a key, at the beginning of a sentence."""
    forms = [
        phrase(form).replace(re.escape("{this}"), f"(?:{subjects})").replace(re.escape("{it}"), f"(?:{subjects})")
        for form in words.listed("provisions", key)
    ]
    body = "|".join(forms) or "(?!)"
    return _compiled(rf"(?:^|(?<=[\n.;)\d]\s)|(?<=\n))(?:{body})\s+")


def _dated(document: Document, words: HeaderWords, key: str, subjects: str, within: Span) -> Found[date] | None:
    """The day that a clause names directly after its words.

    Args:
        document: that holds the act.
        words: of a language.
        key: of the clauses: `force`, `starts` or `ends`.
        subjects: the source of a pattern for what the clause may be about.
        within: an article.

    Returns:
        The day, with the words from the beginning of the clause to it; None where no clause names one.
    """
    for clause in _clause(words, key, subjects).finditer(document.text, within.start, within.end):
        match = day_pattern().match(document.text, clause.end(), within.end)
        day = day_of(match) if match else None
        if match is not None and day is not None:
            return Found(day, Span(clause.start(), match.end()))
    return None


def _until(document: Document, words: HeaderWords, subjects: str, within: Span) -> Found[date] | None:
    """The last day of `shall apply from 1 January 2028 until 31 December 2034`."""
    until = words.pattern("provisions", "until")
    for clause in _clause(words, "starts", subjects).finditer(document.text, within.start, within.end):
        first = day_pattern().match(document.text, clause.end(), within.end)
        link = until.match(document.text, first.end() + 1, within.end) if first else None
        last = day_pattern().match(document.text, link.end() + 1, within.end) if link else None
        day = day_of(last) if last else None
        if last is not None and day is not None:
            return Found(day, Span(clause.start(), last.end()))
    return None


# Sums of money in whole euros, and the one that an act may spend where its text says so.

_BLANK = r"[\s\u00a0\u202f]"
# Blanks or stops between groups of three; what follows them is a decimal fraction.
_SUM = (
    rf"(?P<sum{{n}}>\d{{{{1,3}}}}(?:{_BLANK}\d{{{{3}}}}(?!\d))+|"
    r"\d{{1,3}}(?:[.,]\d{{3}}(?!\d))+|\d+(?:[.,]\d{{1,3}})?)"
)
# A group within a number: where that is no sum from its first group on, it is none from a later one, and time grows with the text.
_WITHIN = rf"(?<=\d{{3}}{_BLANK})(?<![\w.,]\d{{3}}{_BLANK})\d{{3}}(?!\d)"
_FACTORS = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
# How far after the words the sum may stand: a period and a programme are named between.
_BETWEEN = 320


@cache
def _amount_pattern(words: HeaderWords) -> re.Pattern[str]:
    """A sum of money in a language: the euro before or after a number, which may have a word such as 'million' behind it."""
    euro = "|".join(map(phrase, sorted(words.listed("amounts", "euro"), key=len, reverse=True)))
    scales = sorted((word for key in _FACTORS for word in words.listed("amounts", key)), key=len, reverse=True)
    scale = rf"(?:\s?(?P<scale{{n}}>{'|'.join(map(phrase, scales))})(?!\w))?"
    before = rf"(?:{euro})\s?{_SUM.format(n=1)}{scale.format(n=1)}"
    # Where a text lost its lines, a year and the sum after it lose the blank between them.
    after = rf"(?!{_WITHIN})(?:(?:19|20)\d\d(?=\d{{1,3}}{_BLANK}\d{{3}}))?{_SUM.format(n=2)}{scale.format(n=2)}\s?(?:{euro})(?!\w)"
    return re.compile(rf"(?<![\w.,])(?<!\d{{5}}{_BLANK})(?:{before}|{after})", re.IGNORECASE)


def amounts(document: Document, within: Span) -> Iterator[Found[int]]:
    """The sums in euros in a stretch of a document, in its order; fractions of a euro are dropped."""
    for words in words_to_try(document.language):
        factors = {folded(word): factor for key, factor in _FACTORS.items() for word in words.listed("amounts", key)}
        for amount in _amount_pattern(words).finditer(document.text, within.start, within.end):
            written = amount["sum1"] or amount["sum2"]
            scale = folded(amount["scale1"] or amount["scale2"] or "")
            value = _number(written, scaled=bool(scale))
            if value is not None:
                yield Found(int(value * factors.get(scale, 1)), Span(*amount.span()))


def budget(document: Document, act: Span) -> Found[int] | None:
    """What an act as a whole may spend, where a provision says so.

    Args:
        document: that holds the act.
        act: its enacting terms. Recitals and the memorandum are not looked at: they speak of other acts too.

    Returns:
        The sum, with the words from 'financial envelope' to it. None where the text says none, or says several.
    """
    sums: list[Found[int]] = []
    for words in words_to_try(document.language):
        for cue in words.pattern("amounts", "budget").finditer(document.text, act.start, act.end):
            stop = document.text.find("\n", cue.end())
            end = min(cue.end() + _BETWEEN, act.end, stop if stop >= 0 else act.end)
            first = next(amounts(document, Span(cue.end(), end)), None)
            if first is not None and first.span is not None:
                sums.append(Found(first.value, Span(cue.start(), first.span.end)))
    return sums[0] if len({amount.value for amount in sums}) == 1 else None


def _number(written: str, *, scaled: bool) -> Decimal | None:
    """A number as it is written; with a word such as 'billion', one mark is always a decimal one."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", written)
    if not scaled and re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain):
        plain = re.sub(r"[.,]", "", plain)
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return None
