"""What every conversation on a terminal has: words in two languages, and lines that are typed."""

from collections.abc import Callable, Mapping

from attrs import frozen
from rich.console import Console
from rich.text import Text

from consistent.errors import printable
from consistent.model.text import Language, Localized

__all__ = ["BACK", "HELP", "QUIT", "SKIP", "Conversation"]

# What can be typed at any prompt.
SKIP, BACK, QUIT, HELP = {"", "?"}, {"b", "back", "terug", "<"}, {"q", "quit", "stop", "klaar"}, {"h", "help"}


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
