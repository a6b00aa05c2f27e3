"""Arguments in two languages: what a command takes, what it says of that, and the words that argparse has of its own."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill
from typing import Any, NoReturn, Protocol

import tomli
from attrs import evolve, frozen

from consistent.cli.streams import COLORS, ERROR, Streams
from consistent.errors import Fault, Faults, InputError, UsageError, did_you_mean
from consistent.knowledge.project_file import Setting, language_set
from consistent.model.text import LANGUAGES, Language, Localized, capitalised

__all__ = [
    "STATUS",
    "Command",
    "Commands",
    "Parser",
    "Run",
    "command_first",
    "examples_of",
    "names_none",
    "spoken_language",
    "wrapped",
]

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
_EXAMPLES = Localized("examples", "voorbeelden")
_EVERYWHERE = Localized("options of every command", "opties van elke opdracht")
# Those can stand before the command too; and whether a value comes with them.
_ANYWHERE: Mapping[str, bool] = {"--lang": True, "--color": True, "--quiet": False, "-q": False, "--no-pager": False}
_UNKNOWN = Localized("unknown command `{name}`", "onbekende opdracht `{name}`")
_NO_OPTION = Localized("unknown option `{name}`", "onbekende optie `{name}`")
_LISTED = Localized("`{prog} --help` lists them", "`{prog} --help` noemt ze")
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
        commands: those that it takes, by name.
        goes_by_settings: whether what project files set holds for it.
    """

    commands: Mapping[str, "Parser"] = {}
    goes_by_settings = True

    def __init__(self, *, language: Language = "en", **settings: Any) -> None:
        formatter = partial(_Formatter, language=language)
        super().__init__(formatter_class=formatter, add_help=False, **settings)
        self.language = language
        self._positionals.title = _own("positional arguments", language)
        self._optionals.title = _own("options", language)
        self.add_argument("-h", "--help", action="help", help=_own("show this help message and exit", language))

    def takes(
        self,
        *names: str,
        help: Localized,
        metavar: Localized | str | None = None,
        head: Localized | None = None,
        **settings: Any,
    ) -> None:
        """Define an argument.

        Args:
            names: as `add_argument` takes them.
            help: what it is for.
            metavar: what stands for its value.
            head: of help, below which it stands; that of its kind unless given.
            settings: all else that `add_argument` takes.
        """
        if metavar is not None:
            settings["metavar"] = metavar.get(self.language) if isinstance(metavar, Localized) else metavar
        below = self if head is None else self._below(head)
        below.add_argument(*names, help=help.get(self.language), **settings)

    def lists(self, head: Localized, name: str, help: Localized) -> None:
        """Show a line of help under a head of its own, for what is no argument of this parser."""
        shown = argparse.Action([], dest=name, metavar=name, help=help.get(self.language))
        # argparse can show below a head only what it parses too.
        self._below(head)._group_actions.append(shown)

    def _below(self, head: Localized) -> "argparse._ArgumentGroup":
        title = head.get(self.language)
        groups = {group.title: group for group in self._action_groups}
        return groups[title] if title in groups else self.add_argument_group(title)

    def preset(self, settings: Mapping[str, Setting]) -> None:
        """Take what project files set for defaults.

        Raises:
            InputError: one is no value of the option of its name; with every fault.
        """
        faults = Faults()
        for name, setting in settings.items():
            option = self._option_string_actions.get(f"--{name}")
            if name == "pager":
                self.set_defaults(paged=setting.value and self.get_default("paged"))
            elif option is not None and name != "pack":
                # Which packs there are is told where one is looked for.
                value = faults.attempt(_value_set, option, setting)
                if name != "lang":
                    # The language is settled already, and some write in one of their own.
                    self.set_defaults(**{option.dest: value})
        faults.raise_any()

    def format_help(self) -> str:
        """Help as argparse has it, with examples below."""
        examples = examples_of(self.prog.rpartition(" ")[2], self.language)
        return super().format_help() + (f"\n{_EXAMPLES.get(self.language)}:\n{examples}" if examples else "")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse all that is given: what a command does not know, the command as a whole does not know either."""
        found, rest = super().parse_known_args(args, namespace)
        for option in (word.partition("=")[0] for word in rest if word.startswith("-")):
            message = _NO_OPTION.get(self.language).format(name=option)
            self.error(message, did_you_mean(option, self._option_string_actions, limit=0) or self._listed)
        return found, rest

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        choices = action.choices
        if choices is None or value in choices:
            return
        near = did_you_mean(str(value), map(str, choices), limit=0)
        if action.nargs == argparse.PARSER:
            self.error(_UNKNOWN.get(self.language).format(name=value), near or self._listed)
        names = "/".join(action.option_strings) or action.metavar or action.dest
        listed = ", ".join(map(str, choices))
        self.error(f"argument {names}: invalid choice: {value!r} (choose from {listed})", near)

    @property
    def _listed(self) -> str:
        return _LISTED.get(self.language).format(prog=self.prog)

    def error(self, message: str, help: str = "") -> NoReturn:
        """Say what is wrong, and what helps; where nothing is known to, how the command is used."""
        if not help:
            self.print_usage(sys.stderr)
        said = UsageError(_translated(message, self.language), help).said(self.language)
        self.exit(2, f"{self.prog}: {ERROR.get(self.language)}: {said}\n")


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
        lists_only: whether nothing but the help of the command as a whole is wanted, which tells of each what it is for.
    """

    language: Language
    head: Localized | None
    _helps: Mapping[str, Localized]
    _parser: Parser
    _adding: "argparse._SubParsersAction[Parser]"
    lists_only: bool = False

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
        parser.commands = adding.choices
        return cls(parser.language, None, helps, parser, adding)

    def under(self, head: Localized) -> "Commands":
        """The same, to add commands below a head."""
        return evolve(self, head=head)

    def add_module(self, name: str, module: str, help: Localized) -> None:
        """Define a command by a module, which is imported only where more is wanted than what the command is for.

        Args:
            name: what is typed.
            module: has `add`, as each module of a command; `help` need not be told there again.
            help: what it is for, in a few words.
        """
        if self.lists_only and self.head is not None:
            self._parser.lists(self.head, name, help)
            return
        command: Command = import_module(module)
        command.add(evolve(self, helps={**self._helps, name: help}))

    def add(
        self,
        name: str,
        run: Run,
        help: Localized | None = None,
        *,
        epilog: Localized | None = None,
        talks: bool = False,
    ) -> Parser:
        """Define a command.

        Args:
            name: what is typed.
            run: what does it.
            help: what it is for, in a few words; known already of a command that comes with the library.
            epilog: said below its help.
            talks: whether somebody answers what it prints, so that it must be seen as it comes.
        """
        for_what = help or self._helps[name]
        said = for_what.get(self.language)
        below = None if epilog is None else epilog.get(self.language)
        parser = self._adding.add_parser(
            name, description=f"{capitalised(said)}.", epilog=below, language=self.language
        )
        parser.set_defaults(run=run, printed=False, quiet=False, paged=not talks)
        _add_everywhere(parser, talks=talks)
        if self.head is not None:
            self._parser.lists(self.head, name, for_what)
        return parser


def _value_set(option: argparse.Action, setting: Setting) -> object:
    """What a setting makes of an option.

    Raises:
        InputError: it is no value of that.
    """
    value = setting.value
    if isinstance(value, list):
        return [str(setting.path(each)) for each in value]
    if option.choices is not None and value not in option.choices:
        known = list(map(str, option.choices))
        raise InputError([Fault(f"unknown value `{value}`", setting.place, did_you_mean(value, known))])
    if not callable(option.type):
        return value
    try:
        return option.type(str(value))
    except argparse.ArgumentTypeError as error:
        raise InputError([Fault(str(error), setting.place)]) from None


def _add_everywhere(parser: Parser, *, talks: bool) -> None:
    """What every command takes: how it prints."""
    color = Localized(
        "colours: on a terminal and without NO_COLOR, always, or never (default: %(default)s)",
        "kleuren: op een terminal en zonder NO_COLOR, altijd, of nooit (standaard: %(default)s)",
    )
    parser.takes("--color", choices=tuple(COLORS), default="auto", help=color, head=_EVERYWHERE)
    if talks:
        return
    quiet = Localized(
        "print errors only; the exit status tells the rest, and `-o` still writes",
        "druk alleen fouten af; de afsluitstatus vertelt de rest, en `-o` schrijft nog",
    )
    parser.takes("-q", "--quiet", action="store_true", help=quiet, head=_EVERYWHERE)
    no_pager = Localized(
        "print at once what is longer than the screen", "druk ook wat langer is dan het scherm meteen af"
    )
    parser.takes("--no-pager", dest="paged", action="store_false", help=no_pager, head=_EVERYWHERE)


def command_first(arguments: Sequence[str]) -> Sequence[str]:
    """The arguments, of which those that every command takes may stand before it, with the command in front."""
    place = 0
    while place < len(arguments):
        name, given, _ = arguments[place].partition("=")
        if name not in _ANYWHERE:
            break
        place += 2 if _ANYWHERE[name] and not given else 1
    return [*arguments[place : place + 1], *arguments[:place], *arguments[place + 1 :]]


def names_none(arguments: Sequence[str]) -> bool:
    """Whether arguments that have the command in front have none."""
    return not arguments or arguments[0].partition("=")[0] in _ANYWHERE


def examples_of(command: str, language: Language) -> str:
    """What can be typed, each with what it does, as lines of help.

    Args:
        command: by name; `consistent` for the first steps.
        language: of what is said.
    """
    data = tomli.loads(Path(__file__).with_name("examples.toml").read_text("utf-8"))
    return "".join(f"  {example['run']}\n{wrapped(example[language], 6)}\n" for example in data.get(command, ()))


def wrapped(text: str, indent: int = 0) -> str:
    """A text in lines as long as those of help."""
    blanks = " " * indent
    width = get_terminal_size().columns - 2
    return fill(text, width, initial_indent=blanks, subsequent_indent=blanks, break_long_words=False)


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
    words: Mapping[str, str] = tomli.loads(Path(__file__).with_name("argparse.nl.toml").read_text("utf-8"))
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
