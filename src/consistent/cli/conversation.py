"""What every conversation on a terminal has: words in two languages, and lines that are typed."""

from collections.abc import Callable, Mapping

from attrs import frozen
from rich.console import Console
from rich.text import Text

from consistent.errors import printable
from consistent.model.text import Language, Localized

__all__ = ["BACK", "FOR_ALL", "HELP", "QUIT", "SKIP", "Conversation"]

# What can be typed at any prompt.
SKIP, BACK, QUIT, HELP = {"", "?"}, {"b", "back", "terug", "<"}, {"q", "quit", "stop", "klaar"}, {"h", "help"}

# What is said of an answer that is given for all measures, before it counts.
FOR_ALL = {
    "emptied": Localized(
        "Nothing is known of these, which then have none at all ({count}): {names}",
        "Van deze is niets bekend; zij hebben er dan geen enkele ({count}): {names}",
    ),
    "sure": Localized("Is that so? y: yes. Enter: no, ask again", "Klopt dat? j: ja. Enter: nee, vraag opnieuw"),
}


@frozen
class Conversation:
    """A terminal with somebody at it.

    Attributes:
        read: shows a prompt and returns a line; raises EOFError where there are no more.
        words: what is said, by name.
    """

    console: Console
    read: Callable[[str], str]
    language: Language
    words: Mapping[str, Localized]

    def word(self, name: str, **values: object) -> str:
        """Words in the language of the conversation."""
        return self.words[name].get(self.language).format(**values)

    def say(self, name: str, style: str = "dim", **values: object) -> None:
        """Show words."""
        self.console.print(Text(printable(self.word(name, **values)), style=style))

    def typed(self, prompt: str) -> str:
        """A line that was typed, fit to be shown again and written: a terminal can send bytes that are no text."""
        return printable(self.read(prompt)).strip()
