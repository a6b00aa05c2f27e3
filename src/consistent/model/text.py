"""Text in the two languages of this library, and the day of today."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal
from unicodedata import normalize

from attrs import frozen

from consistent.shown import Shown
from consistent.slots import pickled_short

__all__ = ["LANGUAGES", "MONTHS", "Language", "Localized", "Tone", "capitalised", "day_text", "localized", "today"]

Language = Literal["en", "nl"]
LANGUAGES: tuple[Language, ...] = ("en", "nl")
# How a reader should take something: as good or bad news, with care, as not known, or as accepted by somebody.
Tone = Literal["", "good", "bad", "caution", "unknown", "accepted"]


@pickled_short
@frozen
class Localized(Shown):
    """One text, in English and in Dutch."""

    en: str
    nl: str

    def get(self, language: Language) -> str:
        """The text in that language."""
        return self.nl if language == "nl" else self.en

    def filled(self, **values: object) -> "Localized":
        """The text with its placeholders filled, in each language: by texts in that language, and by days as people write them."""

        def said(value: object, language: Language) -> object:
            if isinstance(value, Localized):
                return value.get(language)
            return day_text(value, language) if isinstance(value, date) else value

        def text(language: Language) -> str:
            return self.get(language).format(**{name: said(value, language) for name, value in values.items()})

        return Localized(text("en"), text("nl"))


def localized(text: Callable[[Language], str]) -> Localized:
    """The text that a function gives in each language."""
    return Localized(text("en"), text("nl"))


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


def capitalised(text: str) -> str:
    """A text as it begins a sentence; capitals have no accents in Dutch: `Eén`."""
    return normalize("NFD", text[:1])[:1].upper() + text[1:]
