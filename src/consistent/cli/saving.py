"""The file of a proposal that a conversation on a terminal changes: read once, and written at the end, in one step."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from attrs import frozen

from consistent.cli.inputs import read_input
from consistent.cli.streams import Streams
from consistent.errors import InputError, printable
from consistent.model.text import Language, Localized
from consistent.reading.files import replace_file
from consistent.reading.tomlfile import TomlFile

__all__ = ["OpenedFile", "hold", "on_terminal", "open_file"]

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
            # What was answered must not be lost with it.
            with NamedTemporaryFile(prefix=f"{self.path.stem}-", suffix=".toml", delete=False) as other:
                other.write(new)
            kept(other.name)
            raise


def open_file(name: str) -> OpenedFile:
    """A proposal in TOML, by its path or `-` for standard input.

    Raises:
        InputError: it cannot be read.
    """
    called, content = read_input(name)
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

    def say(name: str, where: str = "") -> None:
        said = words[name].get(language).format(path=where or opened.path)
        streams.console.print(printable(said), soft_wrap=True)

    try:
        talk()
    except KeyboardInterrupt:
        streams.console.print()
        say("broken")
        return 130
    new = text()
    if new is None:
        say("left")
        return 0
    opened.save(new, lambda name: say("kept", name))
    say("written")
    return None


def on_terminal(streams: Streams) -> bool:
    """Whether there is somebody to ask."""
    return bool(sys.stdin and sys.stdin.isatty() and streams.console.is_terminal)
