"""Options that several commands take, each defined once."""

import argparse
from collections.abc import Callable
from datetime import date

from consistent.cli.parsing import Parser
from consistent.engine.choosing import ENGINES
from consistent.findings.ageing import Limits
from consistent.model.text import LANGUAGES, Language, Localized

__all__ = [
    "DATE",
    "DEFAULT_PACK",
    "FILE",
    "MEASURE",
    "NAME",
    "PROPOSAL",
    "RULE",
    "add_as_of",
    "add_as_proposal",
    "add_engine",
    "add_fail_on",
    "add_format",
    "add_lang",
    "add_limits",
    "add_pack",
    "add_proposal",
    "add_selection",
    "add_waivers",
    "number_type",
    "with_default",
]

DEFAULT_PACK = "nl-22112-4027"

# What stands for a value in help.
DATE = Localized("DATE", "DATUM")
FILE = Localized("FILE", "BESTAND")
MEASURE = Localized("ID", "ID")
NAME = Localized("NAME", "NAAM")
PROPOSAL = Localized("PROPOSAL", "VOORSTEL")
RULE = Localized("RULE", "REGEL")
_DAYS = Localized("DAYS", "DAGEN")
_RULES = Localized("RULES", "REGELS")

# Before the default of an option, after its help.
_DEFAULT = Localized("(default: %(default)s)", "(standaard: %(default)s)")
# More days than the calendar has.
_MOST_DIGITS = 7

_NO_DAYS = Localized(
    "`{text}` is not a number of days; write 0 or more", "`{text}` is geen aantal dagen; schrijf 0 of meer"
)
_NO_NUMBER = Localized(
    "`{text}` is not a whole number from one on", "`{text}` is geen geheel getal vanaf een"
)  # fmt: skip
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


def add_pack(parser: Parser, help: Localized | None = None) -> None:
    """`--pack`."""
    help_ = help or Localized("a pack by name, or its folder", "een pakket bij naam, of de map ervan")
    parser.takes("--pack", default=DEFAULT_PACK, metavar=NAME, help=with_default(help_))


def add_lang(parser: Parser) -> None:
    """`--lang`; what the command itself says is in that language too."""
    parser.takes("--lang", choices=LANGUAGES, default=parser.language, help=with_default(Localized("language", "taal")))


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


def add_format(parser: Parser, help: Localized | None = None) -> None:
    """`--format text|json`."""
    parser.takes("--format", choices=("text", "json"), default="text", help=with_default(help or Localized("", "")))


def add_as_of(parser: Parser, help: Localized | None = None, name: str = "--as-of") -> None:
    """`--as-of`, or another day."""
    help_ = help or Localized(
        "the day whose facts and rules count (default: today)",
        "de dag waarvan feiten en regels tellen (standaard: vandaag)",
    )
    parser.takes(name, type=_day_type(parser.language), metavar=DATE, help=help_)


def add_engine(parser: Parser) -> None:
    """`--engine`."""
    parser.takes(
        "--engine", choices=ENGINES, default="auto", help=with_default(Localized("what decides", "wat beslist"))
    )


def add_fail_on(parser: Parser, help: Localized) -> None:
    """`--fail-on`."""
    bars = ("conflict", "condition", "open", "never")
    parser.takes("--fail-on", choices=bars, default="conflict", help=with_default(help))


def add_waivers(parser: Parser) -> None:
    """`--waivers`."""
    help_ = Localized(
        "findings that are accepted, in TOML; may be given again",
        "bevindingen die zijn aanvaard, in TOML; mag vaker worden gegeven",
    )
    parser.takes("--waivers", action="append", metavar=FILE, help=help_)


def add_limits(parser: Parser) -> None:
    """For how long a report can be relied on."""
    limits = Limits()
    for name, default, help_ in (
        (
            "--ending-within",
            limits.ending_within,
            Localized(
                "warn of what the report rests on and ends within so many days",
                "waarschuw voor dat waarop het rapport steunt en dat binnen zoveel dagen afloopt",
            ),
        ),
        (
            "--verified-within",
            limits.verified_within,
            Localized(
                "warn of facts last compared with their source longer ago, in days",
                "waarschuw voor feiten die langer geleden met hun bron zijn vergeleken, in dagen",
            ),
        ),
    ):
        parser.takes(
            name, type=_days_type(parser.language), default=default, metavar=_DAYS, help=with_default(help_)
        )  # fmt: skip


def _days_type(language: Language) -> Callable[[str], int]:
    return lambda text: _whole(text, 0, _NO_DAYS, language)


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
