"""Reckoning in tests: how many of some values a field has, a share of an amount, and a day that lies a period from another."""

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from fractions import Fraction
from math import ceil, floor

from attrs import frozen

from consistent.model.text import LANGUAGES, Language
from consistent.model.values import Atom

__all__ = [
    "SHARE",
    "SPAN",
    "WHOLE",
    "Several",
    "Span",
    "moved",
    "read_share",
    "read_span",
    "reckoned",
    "share_label",
    "span_label",
]


@frozen(cache_hash=True)
class Several:
    """A number of values, in place of values.

    Attributes:
        of: which are counted, each with what is narrower; without any, all that the field has.
    """

    number: int
    of: tuple[frozenset[Atom], ...] = ()

    @property
    def atoms(self) -> frozenset[Atom]:
        """All that are counted."""
        return frozenset[Atom]().union(*self.of)


# Shares of an amount.

WHOLE = Fraction(1)
# A share as it is written, and a period; also for schemas.
SHARE = r"^([0-9]{1,6}(?:\.[0-9]{1,6})?) ?%$"
SPAN = r"^([1-9][0-9]{0,4}) (day|week|month|year)s?$"
_SHARE, _SPAN = re.compile(SHARE), re.compile(SPAN)


def read_share(text: str) -> Fraction | None:
    """A share as it is written, `2.5%`; None for what is none."""
    found = _SHARE.fullmatch(text)
    return Fraction(found[1]) / 100 if found else None


def share_label(share: Fraction, language: Language) -> str:
    """A share as a reader sees it: `2.5%`."""
    percent = share * 100
    text = str(percent.numerator) if percent.denominator == 1 else f"{float(percent):.6g}"
    return f"{text.replace('.', ',') if language == 'nl' else text}%"


# Periods: so many months or days, from a day to another.


@frozen
class Span:
    """A period; both numbers are below zero where it runs back."""

    months: int = 0
    days: int = 0

    @property
    def back(self) -> "Span":
        """The same the other way."""
        return Span(-self.months, -self.days)

    def after(self, day: date) -> date:
        """The day that lies the period after another; the last of the month where that has no such day, as EU law reckons."""
        year, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        if not MINYEAR <= year <= MAXYEAR:
            return date.max if year > MAXYEAR else date.min
        moved_day = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        try:
            return moved_day + timedelta(self.days)
        except OverflowError:
            return date.max if self.days > 0 else date.min


_UNITS = {"day": (0, 1), "week": (0, 7), "month": (1, 0), "year": (12, 0)}
_NAMES = {
    ("en", "months"): ("month", "months"), ("en", "days"): ("day", "days"),
    ("nl", "months"): ("maand", "maanden"), ("nl", "days"): ("dag", "dagen"),
}  # fmt: skip
# INVARIANT: every language has names of them.
assert {language for language, _ in _NAMES} == set(LANGUAGES)  # noqa: S101  two tables of one list


def read_span(text: str) -> Span | None:
    """A period as it is written, `24 months`; None for what is none."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    months, days = _UNITS[found[2]]
    return Span(int(found[1]) * months, int(found[1]) * days)


def span_label(span: Span, language: Language) -> str:
    """A period as a reader sees it, without its direction: `24 months`."""
    count, unit = (abs(span.months), "months") if span.months else (abs(span.days), "days")
    return f"{count} {_NAMES[language, unit][count != 1]}"


def reckoned(share: Fraction, span: Span | None, whole: str, language: Language) -> str:
    """What a value is compared with, in words: `50% of the budget`, `24 months after the entry into force`."""
    if span is not None:
        word = _DIRECTIONS[language][span.months < 0 or span.days < 0]
        return f"{span_label(span, language)} {word} {whole}"
    return whole if share == WHOLE else f"{share_label(share, language)} {_OF[language]} {whole}"


_DIRECTIONS = {"en": ("after", "before"), "nl": ("na", "vóór")}
_OF = {"en": "of", "nl": "van"}


def moved(atom: Atom, operator: str, share: Fraction, span: Span | None) -> Atom:
    """What a value is compared with: the share of an amount, or the day that lies the period after another.

    Args:
        atom: an amount or a day.
        operator: a share that is no whole euro is rounded so that it compares alike.
        share: of the amount.
        span: from the day.
    """
    if isinstance(atom, date):
        return atom if span is None else span.after(atom)
    if share == WHOLE or not isinstance(atom, int):
        return atom
    return (floor if operator in {"over", "at_most"} else ceil)(atom * share)
