"""Options that several commands take, each defined once."""

import argparse
from collections.abc import Callable, Iterable
from datetime import date
from math import inf, nan
from typing import Any

from consistent.cli.parsing import Parser
from consistent.engine.choosing import ENGINES
from consistent.errors import ConsistentError, printable
from consistent.findings.outcome import BARS
from consistent.knowledge.entries import Limits
from consistent.knowledge.settings import default_pack
from consistent.model.text import LANGUAGES, Language, Localized

__all__ = [
    "DATE",
    "FILE",
    "MEASURE",
    "NAME",
    "PACK",
    "PATH",
    "PROPOSAL",
    "RULE",
    "above_zero_type",
    "add_arrival",
    "add_as_of",
    "add_as_proposal",
    "add_checking",
    "add_engine",
    "add_fail_on",
    "add_floor",
    "add_format",
    "add_golden",
    "add_lang",
    "add_limits",
    "add_named_pack",
    "add_output",
    "add_pack",
    "add_processes",
    "add_proposal",
    "add_rules",
    "add_selection",
    "add_strict",
    "add_timeout",
    "add_verbose",
    "add_verified_within",
    "add_waivers",
    "default_pack_words",
    "number_type",
    "with_default",
]

# What stands for a value in help.
DATE = Localized("DATE", "DATUM")
FILE = Localized("FILE", "BESTAND")
MEASURE = Localized("ID", "ID")
NAME = Localized("NAME", "NAAM")
PACK = Localized("PACK", "PAKKET")
PATH = Localized("PATH", "PAD")
PROPOSAL = Localized("PROPOSAL", "VOORSTEL")
RULE = Localized("RULE", "REGEL")
_DAYS = Localized("DAYS", "DAGEN")
_RULES = Localized("RULES", "REGELS")
_SECONDS = Localized("SECONDS", "SECONDEN")

# Before the default of an option, after its help.
_DEFAULT = Localized("(default: %(default)s)", "(standaard: %(default)s)")
# What names the default pack.
_ORIGINS = {
    "variable": Localized("{name}, from {place}", "{name}, uit {place}"),
    "project file": Localized("{name}, from {place}", "{name}, uit {place}"),
    "working folder": Localized("{name}, of this folder", "{name}, van deze map"),
    "none": Localized("{name}", "{name}"),
}
_NO_DEFAULT = Localized(
    "none, as the setting that names it cannot be used", "geen, want de instelling die het noemt is onbruikbaar"
)
# More days than the calendar has.
_MOST_DIGITS = 7

_NO_DAYS = Localized(
    "`{text}` is not a number of days; write 0 or more", "`{text}` is geen aantal dagen; schrijf 0 of meer"
)
_NO_NUMBER = Localized(
    "`{text}` is not a whole number from one on", "`{text}` is geen geheel getal vanaf een"
)  # fmt: skip
_NO_SCORE = Localized("`{text}` is not a number from 0 to 100", "`{text}` is geen getal van 0 tot 100")
_NO_TIME = Localized("`{text}` is not a number of seconds above 0", "`{text}` is geen aantal seconden boven 0")
_NO_DATE = Localized(
    "`{text}` is not a date; write year-month-day, 2025-03-19",
    "`{text}` is geen datum; schrijf jaar-maand-dag, 2025-03-19",
)


def with_default(help: Localized) -> Localized:
    """Help with the default of the option behind it."""
    return Localized(f"{help.en} {_DEFAULT.en}".strip(), f"{help.nl} {_DEFAULT.nl}".strip())


def add_proposal(parser: Parser, name: str = "proposal") -> None:
    """The one proposal that a command is about."""
    help_ = Localized(
        "a proposal in TOML, a document of the Commission, or - for standard input",
        "een voorstel in TOML, een document van de Commissie, of - voor standaardinvoer",
    )
    parser.takes(name, metavar=PROPOSAL, help=help_)


def add_as_proposal(parser: Parser) -> None:
    """`--as-proposal`."""
    help_ = Localized(
        "take a document for a proposal even if it is none, or is in a language that is not read",
        "behandel een document als voorstel, ook als het er geen is of in een taal is die niet wordt gelezen",
    )
    parser.takes("--as-proposal", action="store_true", help=help_)


def add_pack(parser: Parser, help: Localized | None = None, **settings: Any) -> None:
    """`--pack`; `settings` are all else that `add_argument` takes."""
    help_ = help or Localized("a pack by name, or its folder", "een pakket bij naam, of de map ervan")
    default = default_pack_words()
    said = Localized(f"{help_.en} (default: {default.en})", f"{help_.nl} (standaard: {default.nl})")
    parser.takes("--pack", metavar=NAME, help=said, **settings)


def default_pack_words() -> Localized:
    """Which pack is used where none is named, and what names it; as help is written, where `%` stands for values."""
    try:
        default = default_pack()
        name = default.name
    except ConsistentError:
        # Told in full where the pack is asked for; help is shown in any case.
        return _NO_DEFAULT
    name, place = (printable(str(words)).replace("%", "%%") for words in (name, default.place and default.place.path))
    words = _ORIGINS[default.origin]
    return words.filled(name=name, place=place)


def add_named_pack(parser: Parser) -> None:
    """The one pack that a command is about: by itself or as `--pack`, and the default one where neither is given."""
    parser.set_defaults(pack=None)
    parser.takes(
        "named_pack",
        nargs="?",
        action=_NamedPack,
        metavar=PACK,
        help=Localized("the same as `--pack PACK`", "hetzelfde als `--pack PAKKET`"),
    )
    add_pack(parser, action=_NamedPack)


class _NamedPack(argparse.Action):
    """Takes one pack, by itself or as `--pack`."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002  argparse gives it
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,  # noqa: ARG002  and this
    ) -> None:
        if values is None:
            return
        if namespace.pack not in {None, values}:
            raise argparse.ArgumentError(self, f"not allowed with argument {namespace.pack}")
        namespace.pack = values


def add_golden(parser: Parser) -> None:
    """`--golden`."""
    help_ = Localized(
        "golden files too, or a folder of them; may be given again",
        "ook deze vastgelegde uitkomsten, een bestand of een map; mag vaker worden gegeven",
    )
    parser.takes("--golden", action="append", metavar=PATH, help=help_)


def add_floor(parser: Parser, help: Localized) -> None:
    """`--floor`, of a hundred."""
    kind = _bounded_type(parser.language, _NO_SCORE, most=100)
    parser.takes("--floor", type=kind, default=0.0, metavar="N", help=with_default(help))


def add_rules(parser: Parser) -> None:
    """`--select` without `--ignore`."""
    help_ = Localized(
        "only these rules: ids, folders, principles or positions, by commas",
        "alleen deze regels: id's, mappen, beginselen of posities, met komma's ertussen",
    )
    parser.takes("--select", action="append", metavar=_RULES, help=help_)


def add_lang(parser: Parser, *, default: Language | None = None) -> None:
    """`--lang`; what the command itself says is in that language too.

    Args:
        parser: that takes it.
        default: of what is written; the language of the reader if None.
    """
    parser.takes(
        "--lang",
        choices=LANGUAGES,
        default=default or parser.language,
        help=with_default(Localized("language", "taal")),
    )


def add_selection(parser: Parser) -> None:
    """`--select` and `--ignore`."""
    parser.takes(
        "--select",
        action="append",
        metavar=_RULES,
        help=Localized(
            "only these: ids, folders, principles or positions, by commas",
            "alleen deze: id's, mappen, beginselen of posities, met komma's ertussen",
        ),
    )
    parser.takes("--ignore", action="append", metavar=_RULES, help=Localized("not these", "deze niet"))


def add_format(parser: Parser, help: Localized | None = None, *, further: Iterable[str] = ()) -> None:
    """`--format`: text, JSON, and whatever else a command can write."""
    choices = ("text", "json", *further)
    parser.takes("--format", choices=choices, default="text", help=with_default(help or Localized("", "")))


# Standard output by a name. To open it by that would begin a file anew that it leads to.
_STANDARD = {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}


def _output(text: str) -> str | None:
    """The file that is named; None for standard output."""
    return None if text in _STANDARD else text


def add_output(parser: Parser, *, printed: bool = False) -> None:
    """`-o` and `--force`.

    Args:
        parser: that takes them.
        printed: whether all that the command prints goes there; else it hands to `write_output` what does.
    """
    parser.set_defaults(printed=printed)
    parser.takes(
        "-o",
        "--output",
        type=_output,
        metavar=FILE,
        help=Localized(
            "write it there (default: `-`, standard output)", "schrijf het daarheen (standaard: `-`, standaarduitvoer)"
        ),
    )
    parser.takes(
        "--force", action="store_true", help=Localized("also where FILE exists already", "ook als BESTAND al bestaat")
    )


def add_as_of(parser: Parser, help: Localized | None = None, name: str = "--as-of") -> None:
    """`--as-of`, or another day."""
    help_ = help or Localized(
        "the day whose facts and rules count (default: today)",
        "de dag waarvan feiten en regels tellen (standaard: vandaag)",
    )
    parser.takes(name, type=_day_type(parser.language), metavar=DATE, help=help_)


def add_arrival(parser: Parser) -> None:
    """Define the days from which terms count: `--transmitted` and `--received`."""
    for name, says in (
        (
            "--transmitted",
            Localized(
                "when the draft was transmitted to national parliaments in all official languages",
                "wanneer het ontwerp in alle officiële talen aan de nationale parlementen is toegezonden",
            ),
        ),
        ("--received", Localized("when the document was received", "wanneer het document is ontvangen")),
    ):
        add_as_of(parser, says, name)


def add_checking(parser: Parser, format: Localized | None = None) -> None:
    """What every command takes that checks one proposal to answer a question about it.

    Args:
        parser: of the command.
        format: what its help says of `--format`.
    """
    add_pack(parser)
    add_lang(parser)
    add_format(parser, format)
    add_as_of(parser)
    add_waivers(parser)
    add_as_proposal(parser)
    add_strict(parser)
    add_engine(parser)


def add_strict(parser: Parser) -> None:
    """`--strict`."""
    help_ = Localized(
        "presume nothing: what was looked for in the text and not found stays unknown",
        "neem niets aan: wat in de tekst is gezocht en niet gevonden, blijft onbekend",
    )
    parser.takes("--strict", action=argparse.BooleanOptionalAction, default=False, help=help_)


def add_engine(parser: Parser) -> None:
    """`--engine`."""
    parser.takes(
        "--engine", choices=ENGINES, default="auto", help=with_default(Localized("what decides", "wat beslist"))
    )


def add_fail_on(parser: Parser, help: Localized) -> None:
    """`--fail-on`."""
    bars = Localized(
        "what is presumed not to apply counts as open with --strict only",
        "wat geacht wordt niet van toepassing te zijn, telt alleen met --strict als open",
    )
    said = Localized(f"{help.en}; {bars.en}", f"{help.nl}; {bars.nl}")
    parser.takes("--fail-on", choices=BARS, default="conflict", help=with_default(said))


def add_processes(parser: Parser, help: Localized) -> None:
    """`--processes`."""
    parser.takes("--processes", type=number_type(parser.language), default=1, metavar="N", help=with_default(help))


def add_timeout(parser: Parser, help: Localized, default: float | None = None) -> None:
    """`--timeout`.

    Args:
        parser: that takes it.
        help: what is given up after so many seconds.
        default: so many; None for no end.
    """
    limit = f"{default:g}" if default is not None else None
    said = Localized(f"{help.en} (default: {limit or 'no end'})", f"{help.nl} (standaard: {limit or 'geen eind'})")
    kind = above_zero_type(parser.language)
    parser.takes("--timeout", type=kind, default=default, metavar=_SECONDS, help=said)


def add_verbose(parser: Parser, help: Localized) -> None:
    """`-v`: `arguments.verbose` is how often it was given."""
    parser.takes("-v", "--verbose", action="count", default=0, help=help)


def add_waivers(parser: Parser) -> None:
    """`--waivers`."""
    help_ = Localized(
        "findings that are accepted, in TOML; may be given again",
        "bevindingen die zijn aanvaard, in TOML; mag vaker worden gegeven",
    )
    parser.takes("--waivers", action="append", metavar=FILE, help=help_)


def add_limits(parser: Parser) -> None:
    """For how long a report can be relied on."""
    help_ = Localized(
        "warn of what the report rests on and ends within so many days",
        "waarschuw voor dat waarop het rapport steunt en dat binnen zoveel dagen afloopt",
    )
    _add_days(parser, "--ending-within", Limits().ending_within, help_)
    add_verified_within(parser)


def add_verified_within(parser: Parser) -> None:
    """`--verified-within`."""
    help_ = Localized(
        "warn of facts last compared with their source longer ago, in days",
        "waarschuw voor feiten die langer geleden met hun bron zijn vergeleken, in dagen",
    )
    _add_days(parser, "--verified-within", Limits().verified_within, help_)


def _add_days(parser: Parser, name: str, default: int, help: Localized) -> None:
    kind = _days_type(parser.language)
    parser.takes(name, type=kind, default=default, metavar=_DAYS, help=with_default(help))


def _days_type(language: Language) -> Callable[[str], int]:
    return lambda text: _whole(text, 0, _NO_DAYS, language)


def above_zero_type(language: Language) -> Callable[[str], float]:
    """Reads a number of seconds above zero."""
    return _bounded_type(language, _NO_TIME, above=0)


def _bounded_type(
    language: Language, refusal: Localized, *, above: float | None = None, most: float = inf
) -> Callable[[str], float]:
    """Reads a number that is above a bound, or from 0 on where there is none, and not above another one."""

    def number(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = nan
        # What is no number is neither above nor below anything.
        if not ((value >= 0 if above is None else value > above) and value <= most):
            raise argparse.ArgumentTypeError(refusal.get(language).format(text=text))
        return value

    return number


def number_type(language: Language) -> Callable[[str], int]:
    """Reads a whole number from one on."""
    return lambda text: _whole(text, 1, _NO_NUMBER, language)


def _whole(text: str, least: int, refusal: Localized, language: Language) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text) >= least):
        raise argparse.ArgumentTypeError(refusal.get(language).format(text=text))
    return int(text)


def _day_type(language: Language) -> Callable[[str], date]:
    def day(text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise argparse.ArgumentTypeError(_NO_DATE.get(language).format(text=text)) from None

    return day
