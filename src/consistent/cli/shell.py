"""What a shell and its manual are told of the command: `consistent completion` and `consistent man`."""

import argparse
from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from consistent.cli.options import FILE, PATH, PROPOSAL, add_lang, add_output
from consistent.cli.parsing import Commands, Parser
from consistent.cli.streams import Streams
from consistent.errors import UsageError
from consistent.model.text import Language, Localized
from consistent.version import DISTRIBUTION, __version__, to_install

__all__ = ["add", "completion", "man"]

SHELLS = ("bash", "zsh", "fish", "powershell", "tcsh")
_SHELL = Localized("SHELL", "SHELL")
_MAN_HEADS = Localized("NAME SYNOPSIS DESCRIPTION COMMANDS", "NAAM GEBRUIK BESCHRIJVING OPDRACHTEN")
_ABOUT = Localized(
    "check proposals of the European Commission against codified principles",
    "toets voorstellen van de Europese Commissie aan vastgelegde beginselen",
)
_EXTRA = Localized(
    "completion is made by a package that is not installed",
    "aanvulling wordt gemaakt door een pakket dat niet is geïnstalleerd",
)
_INSTALL = Localized(f"install it: `{to_install('completion')}`", f"installeer het: `{to_install('completion')}`")


def add(commands: Commands) -> None:
    """Define `consistent completion` and `man`."""
    parser = commands.add("completion", completion)
    parser.takes(
        "shell",
        choices=SHELLS,
        metavar=_SHELL,
        help=Localized(f"one of {', '.join(SHELLS)}", f"een van {', '.join(SHELLS)}"),
    )
    add_lang(parser)
    add_output(parser, printed=True)
    parser = commands.add("man", man)
    add_lang(parser)
    add_output(parser, printed=True)


def completion(arguments: Namespace, streams: Streams) -> int:
    """Write what a shell needs to complete commands, options and their values."""
    try:
        import shtab  # an extra
    except ModuleNotFoundError:
        raise UsageError(_EXTRA.get(streams.language), _INSTALL.get(streams.language)) from None
    parser = _whole(streams)
    files = {words.get(streams.language) for words in (FILE, PATH, PROPOSAL)}
    adding = next(action for action in parser._actions if action.nargs == argparse.PARSER)
    for name, command in parser.commands.items():
        # It completes the commands that argparse itself would list.
        adding._choices_actions.append(argparse.Action([], dest=name, help=command.description))  # type: ignore[attr-defined]  # argparse tells it nobody
        for action in command._actions:
            if action.metavar in files:
                _completes(action, shtab.FILE)
    streams.write_text(shtab.complete(parser, arguments.shell))
    return 0


def _completes(action: argparse.Action, what: Mapping[str, Any]) -> None:
    action.complete = what  # type: ignore[attr-defined]  # as shtab has it


def man(arguments: Namespace, streams: Streams) -> int:
    """Write the page of the manual: help of the command as a whole, and of each command."""
    streams.write_text("\n".join(_roff(_whole(streams), arguments.lang)) + "\n")
    return 0


def _whole(streams: Streams) -> Parser:
    """The parser with all commands."""
    from consistent.cli.main import whole_parser  # that knows this module

    return whole_parser(streams.language)


def _roff(parser: Parser, language: Language) -> Iterator[str]:
    name, synopsis, description, commands = _MAN_HEADS.get(language).split()
    yield f'.TH CONSISTENT 1 "" "{DISTRIBUTION} {__version__}"'
    yield f".SH {name}"
    yield f"consistent \\- {_ABOUT.get(language)}"
    yield f".SH {synopsis}"
    yield from _as_it_is(parser.format_usage())
    yield f".SH {description}"
    yield from _as_it_is(parser.format_help().removeprefix(parser.format_usage()).lstrip())
    yield f".SH {commands}"
    for command, its in parser.commands.items():
        yield f".SS {command}"
        yield from _as_it_is(its.format_help())


def _as_it_is(text: str) -> Iterator[str]:
    """Lines that are neither filled nor taken for requests."""
    yield ".nf"
    for line in text.rstrip().splitlines():
        shown = line.replace("\\", "\\e").replace("-", "\\-")
        yield f"\\&{shown}" if shown.startswith((".", "'")) else shown
    yield ".fi"
