"""The command as a whole: its commands put together, and the exit status."""

import atexit
import gc
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from io import StringIO

from consistent import __version__
from consistent.cli.parsing import STATUS, Command, Commands, Parser, spoken_language
from consistent.cli.streams import Streams
from consistent.errors import ConsistentError
from consistent.garbage import collector_relaxed
from consistent.model.text import Language, Localized

__all__ = ["main"]

# What is there when the process ends goes with it: nobody needs to look for garbage in it once more.
atexit.register(gc.freeze)

# In the order of help: what is typed, and the module that defines it.
_COMMANDS: Mapping[str, str] = {
    "check": "check",
    "draft": "draft",
    "review": "review",
    "why": "why",
    "ask": "ask",
    "repair": "repair",
    "diff": "diff",
    "fiche": "fiche",
    "rules": "rules",
    "explain": "explain",
    "test": "testing",
    "coverage": "coverage",
    "mutate": "mutate",
    "vacuity": "vacuity",
    "lint": "lint",
    "prove": "prove",
    "compare": "compare",
    "gaps": "gaps",
    "packs": "packs",
    "new": "new",
    "schema": "schema",
    "pages": "pages",
}
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
        with collector_relaxed():
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
        parsed = _parser(streams.language, arguments[:1]).parse_args(arguments)
        status: int = parsed.run(parsed, streams)
    except ConsistentError as error:
        streams.error(str(error))
        return 2
    finally:
        # What cannot be written is told here, and not while Python closes the streams.
        streams.flush()
    return status


def _parser(language: Language, first: Sequence[str] = ()) -> Parser:
    """The parser, with the command that comes first; with all of them where what comes first is none."""
    parser = Parser(prog="consistent", language=language, description=_ABOUT.get(language), epilog=STATUS.get(language))
    parser.takes("--version", action="version", version=f"consistent {__version__}", help=_VERSION)
    commands = Commands.of(parser)
    # Others stay unread, with all that they need.
    for name in [each for each in first if each in _COMMANDS] or _COMMANDS:
        command: Command = import_module(f"consistent.cli.{_COMMANDS[name]}")
        command.add(commands)
    return parser
