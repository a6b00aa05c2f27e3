"""Terms counted from a day: the eight weeks of national parliaments, and those of the Dutch procedure."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from consistent.model.text import Localized

__all__ = [
    "in_recess",
    "last_day",
    "last_day_of_opinions",
    "last_working_day",
    "later",
    "month_touched",
    "terms",
    "text_of",
]

_DAY = timedelta(days=1)
# Monday is the first day of a week.
_SATURDAY = 5


@cache
def terms() -> Mapping[str, Any]:
    """What `terms.toml` has: lengths, days that do not count, thresholds, each with its sources."""
    return tomli.loads(files(__package__).joinpath("terms.toml").read_text("utf-8"))


def text_of(table: Mapping[str, Any], key: str) -> Localized | None:
    """A text of `terms.toml` in both languages; None where it has none."""
    return Localized(**table[key]) if key in table else None


def last_day(start: date, days: int) -> date:
    """The last day of a period of days after `start`; the day itself does not count."""
    return start + days * _DAY


def last_day_of_opinions(transmitted: date) -> date:
    """The last day of the eight weeks for national parliaments, without the days that are left out by agreement."""
    day, left = transmitted, 7 * terms()["opinions"]["weeks"]
    while left:
        day += _DAY
        left -= not in_recess(day)
    return day


def last_working_day(start: date, days: int) -> date:
    """The last of so many days from Monday to Friday after `start`; public holidays count, as nobody here knows them."""
    day, left = start, days
    while left:
        day += _DAY
        left -= day.weekday() < _SATURDAY
    return day


def in_recess(day: date) -> bool:
    """Whether a day is left out of the eight weeks by agreement of the institutions; of days before there was one, whether it would be."""
    return any(_within(day, recess["first"], recess["last"]) for recess in terms()["recess"])


def _within(day: date, first: str, last: str) -> bool:
    here = f"{day:%m-%d}"
    return first <= here <= last if first <= last else here >= first or here <= last


def month_touched(start: date, end: date, month: int) -> bool:
    """Whether some day after `start`, up to and including `end`, is in a month."""
    return any(last_day(start, days).month == month for days in range(1, (end - start).days + 1))


def later(day: date, number: int, unit: str) -> date:
    """The day so many days, months or years later; of a month that is too short its last day."""
    if unit == "day":
        return last_day(day, number)
    months = day.month - 1 + number * (12 if unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + (day.day - 1) * _DAY, following - _DAY)
