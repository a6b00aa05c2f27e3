"""What every conversation on a terminal has: words in two languages, and lines that are typed."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from attrs import frozen
from rich.console import Console
from rich.text import Text

from consistent.cli.inputs import read_input
from consistent.cli.streams import Streams
from consistent.documents.reading import is_document
from consistent.errors import Fault, InputError, Location, printable
from consistent.model.text import Language, Localized
from consistent.toml.files import replace_file
from consistent.toml.tomlfile import TomlFile

__all__ = [
    "BACK",
    "FOR_ALL",
    "HELP",
    "QUIT",
    "SKIP",
    "Conversation",
    "OpenedFile",
    "hold",
    "on_terminal",
    "open_file",
    "opened_file",
    "write",
]

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


# The file of a proposal that a conversation on a terminal changes: read once, and written at the end, in one step.

_DOCUMENT = Localized(
    "file is a document, and no proposal in TOML", "bestand is een document, en geen voorstel in TOML"
)
_DRAFT = Localized("`consistent draft` makes a proposal of it", "`consistent draft` maakt er een voorstel van")

_BOM = "\ufeff"


@frozen(eq=False)
class OpenedFile:
    """A proposal as it was when the conversation began.

    Attributes:
        path: `-` for standard input, which is not written.
        file: what it says.
    """

    path: Path
    file: TomlFile
    _content: bytes

    @property
    def is_stream(self) -> bool:
        """Whether it is standard input."""
        return str(self.path) == "-"

    def save(self, text: str, kept: Callable[[str], None]) -> None:
        """Write it anew.

        Args:
            text: what it is to hold.
            kept: told the name of the file that has the text instead, where this one cannot be written.

        Raises:
            InputError: it was changed meanwhile, or cannot be written.
        """
        had_mark = self._content.startswith(_BOM.encode())
        new = ((_BOM if had_mark else "") + text).encode()
        try:
            replace_file(self.path, self._content, new)
        except InputError:
            kept(self.keep(new))
            raise

    def keep(self, content: bytes) -> str:
        """Put what was answered in another file, so that it is not lost where this one is not written; its name."""
        with NamedTemporaryFile(prefix=f"{self.path.stem}-", suffix=".toml", delete=False) as other:
            other.write(content)
        return other.name


def open_file(name: str, language: Language) -> OpenedFile:
    """A proposal in TOML, by its path or `-` for standard input.

    Raises:
        InputError: it cannot be read, or is a document.
    """
    called, content = read_input(name)
    if is_document(content):
        raise InputError([Fault(_DOCUMENT.get(language), Location(called), _DRAFT.get(language))])
    return opened_file(name, called, content)


def opened_file(name: str, called: str, content: bytes) -> OpenedFile:
    """A proposal in TOML that was read already.

    Args:
        name: its path, or `-` for standard input.
        called: how messages call it.
        content: of it.

    Raises:
        InputError: it is no TOML.
    """
    return OpenedFile(Path(name), TomlFile.parse(content, called), content)


def hold(
    opened: OpenedFile,
    streams: Streams,
    language: Language,
    words: Mapping[str, Localized],
    talk: Callable[[], None],
    text: Callable[[], str | None],
) -> int | None:
    """Hold a conversation and write what it came to.

    Args:
        opened: what it is about.
        streams: the terminal.
        language: of what is said.
        words: said where it was `written`, `left` as it was, `broken` off, or `kept` in another file.
        talk: holds it.
        text: what the file is to hold afterwards; None where nothing was said.

    Returns:
        The exit status, where nothing was written; None where it was.

    Raises:
        InputError: it cannot be written.
    """
    try:
        talk()
    except KeyboardInterrupt:
        streams.console.print()
        _say(opened, streams, words["broken"].get(language))
        # Who breaks off may have answered for an hour.
        found = text()
        if found is not None:
            _say(opened, streams, words["kept"].get(language), opened.keep(found.encode()))
        return 130
    return None if write(opened, streams, language, words, text()) else 0


def write(
    opened: OpenedFile, streams: Streams, language: Language, words: Mapping[str, Localized], text: str | None
) -> bool:
    """Write a text where there is one; whether there was, and where it went, is said.

    Raises:
        InputError: it cannot be written.
    """
    if text is None:
        _say(opened, streams, words["left"].get(language))
        return False
    opened.save(text, lambda name: _say(opened, streams, words["kept"].get(language), name))
    _say(opened, streams, words["written"].get(language))
    return True


def _say(opened: OpenedFile, streams: Streams, said: str, where: str = "") -> None:
    streams.console.print(printable(said.format(path=where or opened.path)), soft_wrap=True)


def on_terminal(streams: Streams) -> bool:
    """Whether there is somebody to ask."""
    return bool(sys.stdin and sys.stdin.isatty() and streams.console.is_terminal)
