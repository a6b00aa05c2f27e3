"""Writes what a command makes: to a file that was named, or to standard output; and what must be known of it."""

from argparse import Namespace
from pathlib import Path

from consistent.checker import KnowledgeBase
from consistent.cli.streams import Streams
from consistent.errors import UsageError
from consistent.model.text import Language, Localized
from consistent.reading.files import create_file
from consistent.reports.lines import text_lines
from consistent.reports.notices import other_packs_lines

__all__ = ["tell_other_packs", "write_output"]

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


def tell_other_packs(kb: KnowledgeBase, language: Language, streams: Streams) -> None:
    """Tell that nobody named a pack, and which others there are, where what the command makes does not say so itself."""
    for _, text in text_lines(other_packs_lines(kb.name, kb.knowledge.other_packs, language)):
        streams.err.print(text, soft_wrap=True)
