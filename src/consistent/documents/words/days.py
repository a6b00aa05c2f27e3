"""Days of the calendar as documents write them, in every language."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from consistent.documents.document import Found, Span
from consistent.documents.words.header_words import all_words, folded, phrase

__all__ = ["date_from", "dates", "day_of", "day_pattern", "listed"]

# What drafting tools write where a date is not known yet.
_NONE_BEFORE, _NONE_AFTER = 1950, 2100
_YEAR = r"(?:19|20)\d\d(?!\d)"
_YEAR_FIRST = rf"(?P<y1>{_YEAR})(?P<mark1>-|/|\.\s?|\s)(?P<m1>\d{{1,2}})(?P=mark1)(?P<d1>\d{{1,2}})(?!\d)"
# `04/05/2026` is the fourth of May: papers of the Union and of its Member States put the day first.
_DAY_FIRST = rf"(?P<d2>\d{{1,2}})(?P<mark2>[./-])(?P<m2>\d{{1,2}})(?P=mark2)(?P<y2>{_YEAR})"
_ROMAN_MONTH = rf"(?P<d4>\d{{1,2}})(?P<mark4>[./-])(?P<m4>[IVX]{{1,4}})(?P=mark4)(?P<y4>{_YEAR})"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@cache
def day_pattern() -> re.Pattern[str]:
    """A day in any of the spellings that are read; each group is named for year, month or day and the number of the spelling."""
    months = {month for words in all_words().values() for month in words.listed("months")}
    names = "|".join(map(phrase, sorted(months, key=len, reverse=True)))
    ordinal = rf"(?:\s?(?:{listed('ordinals')}|\.))?"
    between = rf"(?:(?:{listed('between')})\s?)?"
    named = rf"(?P<d3>\d{{1,2}})\.?{ordinal}\s{between}(?P<m3>{names})[.,]?\s{between}(?P<y3>{_YEAR})"
    month_first = rf"(?P<m5>{names})\s(?P<d5>\d{{1,2}}){ordinal},?\s(?P<y5>{_YEAR})"
    return re.compile(
        rf"(?<![\w./-])(?:{_YEAR_FIRST}|{_DAY_FIRST}|{_ROMAN_MONTH}|{named}|{month_first})", re.IGNORECASE
    )


def listed(what: str) -> str:
    """The words that go with a day, of every language, as alternatives; the longest first."""
    forms = {word for words in all_words().values() for word in words.listed("day", what)}
    return "|".join(map(phrase, sorted(forms, key=len, reverse=True)))


@cache
def _month_numbers() -> dict[str, int]:
    return {month: number for words in all_words().values() for month, number in words.months.items()}


def dates(text: str, start: int = 0, end: int | None = None) -> Iterator[Found[date]]:
    """The days in a stretch of text, in its order; a placeholder such as 2999-01-01 is none."""
    for match in day_pattern().finditer(text, start, len(text) if end is None else end):
        day = day_of(match)
        if day is not None:
            yield Found(day, Span(match.start(), match.end()))


def date_from(text: str) -> date | None:
    """The first day in a text."""
    return next((day.value for day in dates(text)), None)


def day_of(match: re.Match[str]) -> date | None:
    """A matched day; None where the calendar has none such, or it is a placeholder."""
    year = int(_written(match, "y"))
    day = int(_written(match, "d"))
    month = _month(_written(match, "m"))
    try:
        return date(year, month, day) if _NONE_BEFORE < year < _NONE_AFTER else None
    except ValueError:
        return None


def _written(match: re.Match[str], what: str) -> str:
    """The year, month or day of a matched day as it is written, in whichever spelling.

    Args:
        match: of `day_pattern`.
        what: `y`, `m` or `d`.
    """
    return next(written for name, written in match.groupdict().items() if name[:-1] == what and written)


def _month(written: str) -> int:
    """The number of a month that is written as a number, in Roman figures or by its name; 0 where there is none such."""
    if written.isdecimal():
        return int(written)
    roman = written.upper()
    return _ROMAN.index(roman) + 1 if roman in _ROMAN else _month_numbers().get(folded(written), 0)
