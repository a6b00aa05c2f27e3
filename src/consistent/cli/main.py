"""The command as a whole: its commands put together, and the exit status."""

import atexit
import gc
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from io import StringIO
from types import FunctionType

from consistent.cli.parsing import STATUS, Command, Commands, Parser, spoken_language
from consistent.cli.streams import Streams
from consistent.errors import ConsistentError, InputError, UsageError
from consistent.garbage import collector_relaxed
from consistent.model.text import Language, Localized
from consistent.toml.plugins import added
from consistent.version import __version__

__all__ = ["main"]

# What is there when the process ends goes with it: nobody needs to look for garbage in it once more.
atexit.register(gc.freeze)

# The heads of help, and below each its commands: what is typed, and the module that defines it.
_HEADS: Mapping[Localized, Mapping[str, str]] = {
    Localized("check a proposal", "een voorstel toetsen"): {
        name: name for name in ("check", "why", "ask", "repair", "diff")
    },
    Localized("make a proposal of a document", "van een document een voorstel maken"): {
        name: name for name in ("draft", "review")
    },
    Localized("see what there is in packs", "zien wat er in pakketten staat"): {
        "packs": "packs", "rules": "packs", "explain": "packs",
    },
    Localized("write packs and rules", "pakketten en regels schrijven"): {
        "new": "new", "schema": "schema", "pages": "schema",
    },
    Localized("try out packs and rules", "pakketten en regels beproeven"): {
        "test": "testing", "coverage": "coverage", "mutate": "mutate", "lint": "lint", "vacuity": "lint",
    },
    Localized("prove what holds of every proposal", "bewijzen wat voor elk voorstel geldt"): dict.fromkeys(
        ("prove", "compare", "gaps"), "prove"
    ),
}  # fmt: skip
_COMMANDS: Mapping[str, str] = {name: module for commands in _HEADS.values() for name, module in commands.items()}
# Of functions by which installed packages add commands, as `add` of a module here does.
_GROUP = "consistent.commands"
_ADDED = Localized("added by installed packages", "toegevoegd door geïnstalleerde uitbreidingen")
_ABOUT = Localized(
    "Check proposals of the European Commission for consistency with codified principles.",
    "Toets voorstellen van de Europese Commissie aan vastgelegde beginselen.",
)
_VERSION = Localized("show program's version number and exit", "toon de versie en stop")
_UNKNOWN = Localized("unknown command `{name}`", "onbekende opdracht `{name}`")
_INSTALL = Localized(
    "this copy is not installed, and some commands come by installing it: `pip install -e .`",
    "dit exemplaar is niet geïnstalleerd, en sommige opdrachten komen pas daarmee: `pip install -e .`",
)
_NOT_WRITTEN = Localized("output cannot be written: {why}", "uitvoer kan niet worden geschreven: {why}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: those of the process unless given.

    Returns:
        The exit status: 0 nothing at or above the bar, 1 findings, 2 bad input or usage, 3 of a corpus some items that could not
        be read or checked, 130 interrupted.
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
        streams.error(error.said(streams.language) if isinstance(error, InputError) else str(error))
        return 2
    finally:
        # What cannot be written is told here, and not while Python closes the streams.
        streams.flush()
    return status


def _parser(language: Language, first: Sequence[str] = ()) -> Parser:
    """The parser, with the command that comes first; with all of them where what comes first is none.

    Raises:
        UsageError: a command of an installed package cannot be loaded, or this one is not installed and lacks the command.
    """
    parser = Parser(prog="consistent", language=language, description=_ABOUT.get(language), epilog=STATUS.get(language))
    parser.takes("--version", action="version", version=f"consistent {__version__}", help=_VERSION)
    commands = Commands.of(parser)
    named = next(iter(first), "")
    # Others stay unread, with all that they need.
    if named in _COMMANDS:
        _define(commands, _COMMANDS[named])
        return parser
    further = added(_GROUP, FunctionType, "command", named)
    if not further:
        if named and not named.startswith("-"):
            _need_installation(named, language)
        for head, modules in _HEADS.items():
            for module in dict.fromkeys(modules.values()):
                _define(commands.under(head), module)
        further = added(_GROUP, FunctionType, "command")
    for define in further.values():
        define(commands.under(_ADDED))
    return parser


def _define(commands: Commands, module: str) -> None:
    command: Command = import_module(f"consistent.cli.{module}")
    command.add(commands)


def _need_installation(name: str, language: Language) -> None:
    """See to it that commands of installed packages can be found, before one is said not to be there.

    Raises:
        UsageError: this package is not installed, so that what it adds is not known either.
    """
    try:
        distribution("consistent")
    except PackageNotFoundError:
        raise UsageError(_UNKNOWN.get(language).format(name=name), _INSTALL.get(language)) from None
