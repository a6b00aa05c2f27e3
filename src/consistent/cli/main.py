"""The command as a whole: its commands put together, and the exit status."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from io import StringIO

from consistent import __version__
from consistent.cli import (
    ask,
    check,
    coverage,
    diff,
    draft,
    explain,
    fiche,
    mutate,
    new,
    packs,
    repair,
    review,
    rules,
    schema,
    testing,
    vacuity,
    why,
)
from consistent.cli.parsing import STATUS, Command, Commands, Parser, spoken_language
from consistent.cli.streams import Streams
from consistent.errors import ConsistentError
from consistent.model.text import Language, Localized

__all__ = ["main"]

# Each in a module of its own, in the order of help.
_COMMANDS: tuple[Command, ...] = (
    check,
    draft,
    review,
    why,
    ask,
    repair,
    diff,
    fiche,
    rules,
    explain,
    testing,
    coverage,
    mutate,
    vacuity,
    packs,
    new,
    schema,
)
_ABOUT = Localized(
    "Check proposals of the European Commission for consistency with codified principles.",
    "Toets voorstellen van de Europese Commissie aan vastgelegde beginselen.",
)
_VERSION = Localized("show program's version number and exit", "toon de versie en stop")
_NOT_WRITTEN = Localized("output cannot be written: {why}", "uitvoer kan niet worden geschreven: {why}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: those of the process unless given.

    Returns:
        The exit status: 0 nothing at or above the bar, 1 findings, 2 bad input or usage.
    """
    # Python has no stream where the caller closed it.
    streams = Streams(sys.stdout or StringIO(), sys.stderr or StringIO())
    try:
        return _run(sys.argv[1:] if arguments is None else arguments, streams)
    except BrokenPipeError:
        # The reader, `head` say, has gone; what it did not read is no fault.
        streams.silence()
        return 0
    except OSError as error:
        streams.silence()
        with suppress(OSError):
            streams.error(
                _NOT_WRITTEN.get(streams.language).format(why=(error.strerror or str(error)).lower())
            )  # fmt: skip
        return 2
    except KeyboardInterrupt:
        return 130


def _run(arguments: Sequence[str], streams: Streams) -> int:
    try:
        streams.language = spoken_language(arguments)
        parsed = _parser(streams.language).parse_args(arguments)
        status: int = parsed.run(parsed, streams)
    except ConsistentError as error:
        streams.error(str(error))
        return 2
    finally:
        # What cannot be written is told here, and not while Python closes the streams.
        streams.flush()
    return status


def _parser(language: Language) -> Parser:
    parser = Parser(prog="consistent", language=language, description=_ABOUT.get(language), epilog=STATUS.get(language))
    parser.takes("--version", action="version", version=f"consistent {__version__}", help=_VERSION)
    commands = Commands.of(parser)
    for each in _COMMANDS:
        each.add(commands)
    return parser
