"""Writes what a command makes: to a file that was named, or to standard output."""

from argparse import Namespace
from pathlib import Path

from consistent.cli.streams import Streams
from consistent.errors import UsageError
from consistent.model.text import Localized
from consistent.reading.files import create_file

__all__ = ["write_output"]

_BINARY = Localized(
    "this form is no text, and is not written to a terminal", "deze vorm is geen tekst en gaat niet naar een terminal"
)
_NAME_FILE = Localized("name a file: `-o FILE`", "noem een bestand: `-o BESTAND`")


def write_output(made: str | bytes, arguments: Namespace, streams: Streams) -> None:
    """Write text or bytes as `-o` and `--force` say.

    Raises:
        InputError: the file cannot be written, or is there already.
        UsageError: what is no text would go to a terminal.
    """
    if arguments.output is not None:
        create_file(Path(arguments.output), made.encode() if isinstance(made, str) else made, force=arguments.force)
    elif isinstance(made, str):
        streams.write_text(made)
    elif streams.console.is_terminal:
        raise UsageError(_BINARY.get(streams.language), _NAME_FILE.get(streams.language))
    else:
        streams.write_bytes(made)
