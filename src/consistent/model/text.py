"""Text in the two languages of this library, which of them is set, and the day of today."""

import os
from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from consistent.errors import UsageError
from consistent.shown import Shown

__all__ = ["LANGUAGES", "MONTHS", "Language", "Localized", "Tone", "day_text", "language_set", "localized", "today"]

Language = Literal["en", "nl"]
LANGUAGES: tuple[Language, ...] = ("en", "nl")
_VARIABLE = "CONSISTENT_LANG"
# How a reader should take something: as good or bad news, with care, as not known, or as accepted by somebody.
Tone = Literal["", "good", "bad", "caution", "unknown", "accepted"]


@frozen
class Localized(Shown):
    """One text, in English and in Dutch."""

    en: str
    nl: str

    def get(self, language: Language) -> str:
        """The text in that language."""
        return self.nl if language == "nl" else self.en


def localized(text: Callable[[Language], str]) -> Localized:
    """The text that a function gives in each language."""
    return Localized(text("en"), text("nl"))


def language_set() -> Language | None:
    """The language that CONSISTENT_LANG names; None where it is not set.

    Raises:
        UsageError: it names none.
    """
    named = os.environ.get(_VARIABLE, "")
    for language in LANGUAGES:
        if language == named:
            return language
    if named:
        raise UsageError(f"`{named}` in {_VARIABLE} is no language of this command", f"one of {', '.join(LANGUAGES)}")
    return None


# Days.

MONTHS: Mapping[Language, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ),
    "nl": (
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
    ),
}  # fmt: skip


def day_text(day: date, language: Language) -> str:
    """A day as people write it: `31 December 2035`, `31 december 2035`."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def today() -> date:
    """Today by the calendar of the reader: law begins and ends to hold with a day, wherever one reads it."""
    return date.today()  # noqa: DTZ011  the reader's own calendar is what is meant
