"""Text in the two languages of this library."""

from typing import Literal

from attrs import frozen

__all__ = ["LANGUAGES", "Language", "Localized"]

Language = Literal["en", "nl"]
LANGUAGES: tuple[Language, ...] = ("en", "nl")


@frozen
class Localized:
    """One text, in English and in Dutch."""

    en: str
    nl: str

    def get(self, language: Language) -> str:
        """The text in that language."""
        return self.nl if language == "nl" else self.en
