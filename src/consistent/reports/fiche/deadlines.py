"""Deadlines of the appraisal and of the test of subsidiarity, counted from a given day."""

from datetime import date, timedelta

__all__ = ["in_recess", "last_day", "last_day_of_opinions", "overlaps_august"]

# The Commission, Parliament and the Council leave the month of August and 20 December to 10 January out of the eight weeks
# of Protocol No 2, save in urgent cases (Council document 10722/19).
_AUGUST = 8
_YEAR_END, _NEW_YEAR = (12, 20), (1, 10)
_DAY = timedelta(days=1)
_EIGHT_WEEKS = 8 * 7


def last_day(start: date, days: int) -> date:
    """The last day of a period of days after `start`; the day itself does not count."""
    return start + days * _DAY


def last_day_of_opinions(transmitted: date) -> date:
    """The last day of the eight weeks for national parliaments, without the days that are left out by agreement."""
    day, left = transmitted, _EIGHT_WEEKS
    while left:
        day += _DAY
        left -= not in_recess(day)
    return day


def in_recess(day: date) -> bool:
    """Whether a day is left out of the eight weeks by agreement of the institutions."""
    here = (day.month, day.day)
    return day.month == _AUGUST or here >= _YEAR_END or here <= _NEW_YEAR


def overlaps_august(start: date, end: date) -> bool:
    """Whether some day after `start`, up to and including `end`, is in August."""
    return any(last_day(start, days).month == _AUGUST for days in range(1, (end - start).days + 1))
