"""Where the command writes."""

import codecs
import json
import os
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO

from consistent.errors import UsageError, printable
from consistent.locking import cached_property
from consistent.model.text import Language, Localized
from consistent.toml.files import create_file

if TYPE_CHECKING:
    from rich.console import Console

    from consistent.reports.outline import Table

__all__ = ["COLORS", "ERROR", "Color", "Streams", "write_output"]

ERROR = Localized("error", "fout")

# When there are colours. `auto`: on a terminal, and not where NO_COLOR is set; rich sees to it.
Color = Literal["auto", "always", "never"]
COLORS: Mapping[Color, Mapping[str, Any]] = {
    "auto": {},
    "always": {"color_system": "standard", "no_color": False},
    "never": {"color_system": None},
}

_WIDTH_OF_A_FILE = 120
_WIDEST = 1000
_PIECE = 1 << 16
# Control characters that JSON allows in text, and marks that turn the direction of writing.
_STEERING = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_JSON, _TOML = "consistent.json", "consistent.toml"
# How a format writes letters that must not stand as they are. TOML knows no pairs of surrogates.
_ESCAPES: Mapping[str, Callable[[str], str]] = {
    _JSON: lambda letters: json.dumps(letters)[1:-1],
    _TOML: lambda letters: "".join(f"\\U{ord(letter):08X}" for letter in letters),
}


def _escaped(error: UnicodeError, escape: Callable[[str], str]) -> tuple[str, int]:
    """Letters that an encoding does not have, as escapes."""
    if not isinstance(error, UnicodeEncodeError):  # pragma: no cover  nothing is decoded with it
        raise error
    return escape(error.object[error.start : error.end]), error.end


for _name, _escape in _ESCAPES.items():
    codecs.register_error(_name, partial(_escaped, escape=_escape))


def _console(file: TextIO, **settings: Any) -> "Console":
    """A console that shows what it is given as it is, unless its settings say otherwise."""
    from consistent.cli._console import ResultConsole  # rich is large, and help does without

    return ResultConsole(file=file, highlight=False, **{"markup": False, "emoji": False, **settings})


class Streams:
    """Standard output and error.

    Attributes:
        language: of errors.
        color: when there are colours; set before anything is printed.
        quiet: whether standard error has errors only.
    """

    def __init__(self, out: TextIO, err: TextIO, *, quiet: bool = False) -> None:
        self.language: Language = "en"
        self.color: Color = "auto"
        self.quiet = quiet
        for stream in (out, err):
            # A terminal that cannot show a letter shows `?`; it is no reason to stop.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        self._out, self._err = out, err

    @cached_property
    def console(self) -> "Console":
        """Standard output."""
        width = None if self._out.isatty() or "COLUMNS" in os.environ else _WIDTH_OF_A_FILE
        return _console(self._out, width=width, **COLORS[self.color])

    @cached_property
    def err(self) -> "Console":
        """Standard error."""
        from rich.console import Console

        return Console(
            file=self._err,
            highlight=False,
            markup=False,
            emoji=False,
            stderr=True,
            quiet=self.quiet,
            **COLORS[self.color],
        )

    def printing_to(self, file: TextIO, *, quiet: bool = False) -> "Streams":
        """The same, but that what is printed goes to a file, without colours."""
        streams = Streams(file, self._err, quiet=quiet)
        streams.language, streams.color = self.language, "never"
        return streams

    @contextmanager
    def paged(self) -> Iterator[None]:
        """Show what is printed to a person by their pager, where it is longer than the screen; never what goes elsewhere."""
        # It is worked by keys.
        if not (self._out.isatty() and sys.stdin and sys.stdin.isatty()) or os.environ.get("TERM") == "dumb":
            yield
            return
        from consistent.cli._paging import ScreenPager, pager_set  # on terminals only

        if pager := pager_set():
            with self.console.pager(ScreenPager(pager, self._out, self.console.height), styles=True, links=True):
                yield
        else:
            yield

    @staticmethod
    def of_file(file: TextIO) -> "Console":
        """A console that writes to a file, as standard output does where it is one."""
        return _console(file, width=_WIDTH_OF_A_FILE, color_system=None)

    @property
    def is_narrow(self) -> bool:
        """Whether what is printed has a width to keep to: that of the terminal, or the one that `COLUMNS` names."""
        return self.console.is_terminal or "COLUMNS" in os.environ

    def print_table(self, table: "Table") -> None:
        """Print a table: as wide as the terminal, and in a file as wide as it needs, so that each row is one line."""
        from consistent.reports.terminal import print_outline  # few commands print one

        print_outline(self.console if self.is_narrow else _console(self._out, width=_WIDEST), [table])

    def print_diff(self, lines: Sequence[str]) -> None:
        """Print the lines of a diff as they are, with an empty line below where there are any."""
        for line in lines:
            self.console.print(printable(line), soft_wrap=True)
        if lines:
            self.console.print()

    def write_json(self, text: str) -> None:
        r"""Write a JSON document; what the stream cannot hold, or would steer a terminal, is written as `\\u0000`."""
        self._write(text, _JSON)

    def write_data(self, data: object) -> None:
        """Write plain data as a JSON document for people and programs: indented, with its letters as they are."""
        self.write_json(json.dumps(data, ensure_ascii=False, indent=2) + "\n")

    def write_toml(self, text: str) -> None:
        r"""Write TOML; what the stream cannot hold, or would steer a terminal, is written as `\\U00000000`."""
        self._write(text, _TOML)

    def write_text(self, text: str) -> None:
        """Write a document whose own form sees to it that nothing steers a terminal; what cannot be written becomes `?`."""
        self._hand_over(text, "replace")

    def write_bytes(self, content: bytes) -> None:
        """Write what is no text."""
        self._out.flush()
        # In pieces, and until all is written: where Python does not buffer, a stream takes as much as it likes.
        rest = memoryview(content)
        while rest:
            rest = rest[self._out.buffer.write(rest[:_PIECE]) or 0 :]
        self._out.buffer.flush()

    def _write(self, text: str, escape: str) -> None:
        self._hand_over(_STEERING.sub(lambda found: _ESCAPES[escape](found[0]), text), escape)

    def _hand_over(self, document: str, errors: str) -> None:
        """Write a document: to a terminal in the letters that it has, and else in UTF-8, which a document says that it is in."""
        if hasattr(self._out, "buffer") and not self._out.isatty():
            self.write_bytes(document.encode("utf-8", errors))
            return
        encoding = self._out.encoding or "utf-8"
        shown = document.encode(encoding, errors).decode(encoding)
        for start in range(0, len(shown), _PIECE):
            self._out.write(shown[start : start + _PIECE])

    def flush(self) -> None:
        """Hand over all that was written.

        Raises:
            OSError: it cannot be written: the disk is full, the reader has gone.
        """
        self._out.flush()

    def error(self, text: str) -> None:
        """Write an error: one line `error: ...`, with its place and help below."""
        print(f"{ERROR.get(self.language)}: {text}", file=self._err)

    def silence(self) -> None:
        """Write nothing more, not even when Python closes the streams."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())


_BINARY = Localized(
    "this form is no text, and is not written to a terminal", "deze vorm is geen tekst en gaat niet naar een terminal"
)
_NAME_FILE = Localized("name a file: `-o FILE`", "noem een bestand: `-o BESTAND`")


def write_output(
    made: str | bytes, arguments: Namespace, streams: Streams, form: Literal["json", "toml", ""] = ""
) -> None:
    """Write text or bytes as `-o` and `--force` say.

    Args:
        made: what to write.
        arguments: those of the command.
        streams: those of the command.
        form: of text that programs read.

    Raises:
        InputError: the file cannot be written, or is there already.
        UsageError: what is no text would go to a terminal.
    """
    if arguments.output is not None:
        content = made if isinstance(made, bytes) else made.encode("utf-8", f"consistent.{form}" if form else "replace")
        create_file(Path(arguments.output), content, force=arguments.force)
    elif isinstance(made, str):
        {"json": streams.write_json, "toml": streams.write_toml, "": streams.write_text}[form](made)
    elif streams.console.is_terminal:
        raise UsageError(_BINARY.get(streams.language), _NAME_FILE.get(streams.language))
    else:
        streams.write_bytes(made)
