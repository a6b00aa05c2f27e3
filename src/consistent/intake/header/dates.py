"""Days that a document names: its own, and those of entry into force and end of application."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from attrs import frozen

from consistent.intake.document import Document, Span
from consistent.intake.header.found import Found
from consistent.intake.header.words import Words, all_words, folded, phrase, words_of

__all__ = ["Application", "date_from", "dates", "day_after_place", "read_application"]

# What drafting tools write where a date is not known yet.
_NONE_BEFORE, _NONE_AFTER = 1950, 2100
_CITY = r"[^\W\d_][\w'\u2019-]{2,20}(?:\s[^\W\d_][\w'\u2019-]{2,20})?"
_YEAR_FIRST = r"(?P<y1>(?:19|20)\d\d)(?:-|\.\s?|\s)(?P<m1>\d{1,2})(?:-|\.\s?|\s)(?P<d1>\d{1,2})(?!\d)"
_DAY_FIRST = r"(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})[./](?P<y2>(?:19|20)\d\d)"


@cache
def _pattern() -> re.Pattern[str]:
    months = {month for words in all_words().values() for month in words.listed("months")}
    names = "|".join(map(phrase, sorted(months, key=len, reverse=True)))
    named = rf"(?P<d3>\d{{1,2}})\.?(?:\s?(?:st|nd|rd|th|er|º|\.))?\s(?:de\s|d'|ta['\u2019]\s)?(?P<m3>{names})\.?\s(?:de\s)?(?P<y3>(?:19|20)\d\d)"
    return re.compile(rf"(?<![\d./])(?:{_YEAR_FIRST}|{_DAY_FIRST}|{named})", re.IGNORECASE)


@cache
def _month_numbers() -> dict[str, int]:
    return {month: number for words in all_words().values() for month, number in words.months.items()}


def dates(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[date]]:
    """The days in a stretch of text, in its order; a placeholder such as 2999-01-01 is none."""
    for found in _pattern().finditer(text, start, len(text) if end is None else end):
        day = _day(found)
        if day is not None:
            yield Found(day, Span(found.start(), found.end()))


def date_from(text: str) -> date | None:
    """The first day in a text."""
    return next((each.value for each in dates(text)), None)


def day_after_place(text: str, start: int, end: int) -> Found[date] | None:
    """The day that follows a place: `Brussels, 23.2.2022`, `Brussel, 23 februari 2022`, `Bryssel den 23.2.2022`."""
    # Without its comma a place looks like any word, `Last modified 5.6.2026` say: one that has it goes first.
    for place in (rf"(?:^|\s){_CITY}(?:,\s?(?:den\s|le\s|el\s|il\s)?|\sden\s)$", rf"^{_CITY}\s$"):
        for each in dates(text, start, end):
            assert each.span is not None  # noqa: S101  `dates` always gives one
            line = text.rfind("\n", start, each.span.start) + 1
            if re.search(place, text[max(start, line, each.span.start - 60) : each.span.start]):
                return each
    return None


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
    articles = [each for each in document.named("article") if each.span in act]
    found: dict[str, Found[date] | None] = {"force": None, "starts": None, "ends": None}
    for words in words_of(document.language):
        subjects = _subjects(words)
        for article in articles:
            own = _brings_into_force(document, words, subjects, article.span)
            # `It` is the act only in the article that brings it into force.
            allowed = f"{subjects}|{'|'.join(map(phrase, words.listed('provisions', 'it')))}" if own else subjects
            for key, known in tuple(found.items()):
                found[key] = known or _dated(document, words, key, allowed, article.span)
            found["ends"] = found["ends"] or _until(document, words, allowed, article.span)
    return Application(entry_into_force=found["force"], start=found["starts"], end=found["ends"])


def _subjects(words: Words) -> str:
    """The act, as its own text calls it."""
    named = "|".join(map(phrase, sorted(words.instrument_words, key=len, reverse=True)))
    forms = (phrase(each).replace(re.escape("{instrument}"), f"(?:{named})") for each in words.listed("acts", "this"))
    return "|".join(forms)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


def _brings_into_force(document: Document, words: Words, subjects: str, within: Span) -> bool:
    """Whether an article says that the act enters into force; its heading can cling to the sentence."""
    clause = _clause(words, "force", subjects).pattern.partition("(?:")[2].partition(")(?:")[2]
    return _compiled(f"(?:{clause}").search(document.text, within.start, within.end) is not None


def _clause(words: Words, key: str, subjects: str) -> re.Pattern[str]:
    """A pattern for the clauses of a key, at the beginning of a sentence."""
    forms = [
        phrase(each).replace(re.escape("{this}"), f"(?:{subjects})").replace(re.escape("{it}"), f"(?:{subjects})")
        for each in words.listed("provisions", key)
    ]
    body = "|".join(forms) or "(?!)"
    return _compiled(rf"(?:^|(?<=[\n.;)\d]\s)|(?<=\n))(?:{body})\s+")


def _dated(document: Document, words: Words, key: str, subjects: str, within: Span) -> Found[date] | None:
    """The day that a clause names directly after its words."""
    for clause in _clause(words, key, subjects).finditer(document.text, within.start, within.end):
        found = _pattern().match(document.text, clause.end(), within.end)
        day = _day(found) if found else None
        if found is not None and day is not None:
            return Found(day, Span(clause.start(), found.end()))
    return None


def _until(document: Document, words: Words, subjects: str, within: Span) -> Found[date] | None:
    """The last day of `shall apply from 1 January 2028 until 31 December 2034`."""
    until = words.pattern("provisions", "until")
    for clause in _clause(words, "starts", subjects).finditer(document.text, within.start, within.end):
        first = _pattern().match(document.text, clause.end(), within.end)
        link = until.match(document.text, first.end() + 1, within.end) if first else None
        last = _pattern().match(document.text, link.end() + 1, within.end) if link else None
        day = _day(last) if last else None
        if last is not None and day is not None:
            return Found(day, Span(clause.start(), last.end()))
    return None


def _day(found: re.Match[str]) -> date | None:
    """A matched day; None where the calendar has none such, or it is a placeholder."""
    year = int(found["y1"] or found["y2"] or found["y3"])
    day = int(found["d1"] or found["d2"] or found["d3"])
    named = folded(found["m3"] or "")
    month = _month_numbers().get(named, 0) if named else int(found["m1"] or found["m2"])
    try:
        return date(year, month, day) if _NONE_BEFORE < year < _NONE_AFTER else None
    except ValueError:
        return None
