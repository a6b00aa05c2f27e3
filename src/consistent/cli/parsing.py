"""Arguments in two languages: what a command takes, what it says of that, and the words that argparse has of its own."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from itertools import zip_longest
from typing import Any, NoReturn, Protocol

import tomli
from attrs import evolve, frozen

from consistent.cli.streams import ERROR, Streams
from consistent.knowledge.settings import language_set
from consistent.model.text import LANGUAGES, Language, Localized, capitalised

__all__ = ["STATUS", "Command", "Commands", "Parser", "Run", "spoken_language"]

# Does what a command is for, and gives the exit status.
Run = Callable[[argparse.Namespace, Streams], int]

STATUS = Localized(
    "exit status: 0 nothing at or above the bar, 1 findings, 2 bad input or usage",
    "afsluitstatus: 0 niets op of boven de grens, 1 bevindingen, 2 onbruikbare invoer of onjuist gebruik",
)
_COMMAND = Localized("COMMAND", "OPDRACHT")
_BELOW = Localized(
    "one of those below; `consistent COMMAND --help` tells what it takes",
    "een van die hieronder; `consistent OPDRACHT --help` vertelt wat erbij hoort",
)
# argparse looks its words up with gettext, whose language is one for the whole process, kept in the environment and a text domain, and
# whose catalogues are binary files. Callers from Python may want two languages at once, so that its messages are found back here instead.
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sr]")


class Command(Protocol):
    """A module that defines a command."""

    def add(self, commands: "Commands") -> None:
        """Define it: its name, its arguments, and the function that runs it."""


class Parser(argparse.ArgumentParser):
    """A parser that speaks one language.

    Attributes:
        language: of its help and of its errors.
    """

    def __init__(self, *, language: Language = "en", **settings: Any) -> None:
        formatter = partial(_Formatter, language=language)
        super().__init__(formatter_class=formatter, add_help=False, **settings)
        self.language = language
        self._positionals.title = _own("positional arguments", language)
        self._optionals.title = _own("options", language)
        self.add_argument("-h", "--help", action="help", help=_own("show this help message and exit", language))

    def takes(self, *names: str, help: Localized, metavar: Localized | str | None = None, **settings: Any) -> None:
        """Define an argument.

        Args:
            names: as `add_argument` takes them.
            help: what it is for.
            metavar: what stands for its value.
            settings: all else that `add_argument` takes.
        """
        if metavar is not None:
            settings["metavar"] = metavar.get(self.language) if isinstance(metavar, Localized) else metavar
        self.add_argument(*names, help=help.get(self.language), **settings)

    def lists(self, head: Localized, name: str, help: Localized) -> None:
        """Show a line of help under a head of its own, for what is no argument of this parser."""
        title = head.get(self.language)
        groups = {group.title: group for group in self._action_groups}
        group = groups[title] if title in groups else self.add_argument_group(title)
        # argparse can show below a head only what it parses too.
        group._group_actions.append(argparse.Action([], dest=name, metavar=name, help=help.get(self.language)))  # noqa: SLF001

    def error(self, message: str) -> NoReturn:
        """Say how the command is used, and what is wrong."""
        self.print_usage(sys.stderr)
        word = ERROR.get(self.language)
        self.exit(2, f"{self.prog}: {word}: {_translated(message, self.language)}\n")


class _Formatter(argparse.HelpFormatter):
    """Lays out help, with the one word that argparse puts into it by itself."""

    def __init__(self, *arguments: Any, language: Language, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._language = language

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _own("usage: ", self._language) if prefix is None else prefix)


@frozen
class Commands:
    """The commands of a parser, to which each module adds its own.

    Attributes:
        language: of help and errors.
        head: below which they stand in help; None where they are not listed.
    """

    language: Language
    head: Localized | None
    _helps: Mapping[str, Localized]
    _parser: Parser
    _adding: "argparse._SubParsersAction[Parser]"

    @classmethod
    def of(cls, parser: Parser, helps: Mapping[str, Localized]) -> "Commands":
        """Those of a parser that has none yet.

        Args:
            parser: of the command as a whole.
            helps: what commands are for that come with the library, by name.
        """
        adding = parser.add_subparsers(
            required=True, metavar=_COMMAND.get(parser.language), help=_BELOW.get(parser.language)
        )
        return cls(parser.language, None, helps, parser, adding)

    def under(self, head: Localized) -> "Commands":
        """The same, to add commands below a head."""
        return evolve(self, head=head)

    def add(self, name: str, run: Run, help: Localized | None = None, *, epilog: Localized | None = None) -> Parser:
        """Define a command.

        Args:
            name: what is typed.
            run: what does it.
            help: what it is for, in a few words; known already of a command that comes with the library.
            epilog: said below its help.
        """
        for_what = help or self._helps[name]
        said = for_what.get(self.language)
        below = None if epilog is None else epilog.get(self.language)
        parser = self._adding.add_parser(
            name, description=f"{capitalised(said)}.", epilog=below, language=self.language
        )
        parser.set_defaults(run=run)
        if self.head is not None:
            self._parser.lists(self.head, name, for_what)
        return parser


def spoken_language(arguments: Sequence[str]) -> Language:
    """The language in which the command speaks: that of `--lang`, wherever it stands, else that of CONSISTENT_LANG.

    Raises:
        UsageError: the variable names none.
    """
    finder = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    finder.add_argument("--lang")
    try:
        said = finder.parse_known_args(arguments)[0].lang
    except argparse.ArgumentError:
        # The parser proper says what is wrong with it.
        said = None
    for language in LANGUAGES:
        if language == said:
            return language
    return language_set() or LANGUAGES[0]


@cache
def _catalogue() -> Mapping[str, str]:
    """What argparse says, with the Dutch of it."""
    words: Mapping[str, str] = tomli.loads(files(__package__).joinpath("argparse.nl.toml").read_text("utf-8"))
    return words


def _own(words: str, language: Language) -> str:
    """Words that argparse shows as they are."""
    return _catalogue()[words] if language == "nl" else words


def _translated(message: str, language: Language) -> str:
    """An error of argparse, found back among those that it has; one that it has not stays as it is."""
    if language == "en":
        return message
    for words, dutch in _catalogue().items():
        found = re.fullmatch(_pattern(words), message, re.DOTALL)
        if found:
            parts = _PLACEHOLDER.sub("\0", dutch).split("\0")
            values = (_translated(group, language) for group in found.groups())
            return "".join(part for pair in zip_longest(parts, values, fillvalue="") for part in pair)
    return message


@cache
def _pattern(words: str) -> str:
    """A pattern for a message with values where argparse leaves room for them."""
    return "(.*?)".join(map(re.escape, _PLACEHOLDER.sub("\0", words).split("\0")))
