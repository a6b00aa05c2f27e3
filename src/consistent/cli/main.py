"""Arguments and exit status."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from io import StringIO

from consistent import __version__
from consistent.cli.ask import ask
from consistent.cli.check import check
from consistent.cli.diff import diff
from consistent.cli.draft import draft
from consistent.cli.repair import repair
from consistent.cli.review import review
from consistent.cli.show import explain, packs, rules, test
from consistent.cli.streams import Streams
from consistent.cli.why import why
from consistent.engine.choosing import ENGINES
from consistent.errors import ConsistentError
from consistent.findings.ageing import Limits
from consistent.inquiries.repairs.repairs import ALTERNATIVES, MAX_CHANGES, SECONDS
from consistent.model.text import LANGUAGES

__all__ = ["main"]

_DEFAULT_PACK = "nl-22112-4027"
# More days than the calendar has.
_MOST_DIGITS = 7
_AS_PROPOSAL = "take a document for a proposal even if it is none, or is in a language that is not read"
_DIFF_EPILOG = "exit status: 0 nothing worse at or above the bar, 1 something, 2 bad input or usage"
_EPILOG = "exit status: 0 nothing at or above the bar, 1 findings, 2 bad input or usage"


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
        return _run(arguments, streams)
    except BrokenPipeError:
        # The reader, `head` say, has gone; what it did not read is no fault.
        streams.silence()
        return 0
    except OSError as error:
        streams.silence()
        with suppress(OSError):
            streams.error(f"output cannot be written: {(error.strerror or str(error)).lower()}")
        return 2
    except KeyboardInterrupt:
        return 130


def _run(arguments: Sequence[str] | None, streams: Streams) -> int:
    try:
        parsed = _parser().parse_args(arguments)
        status: int = parsed.run(parsed, streams)
    except ConsistentError as error:
        streams.error(str(error))
        return 2
    finally:
        # What cannot be written is told here, and not while Python closes the streams.
        streams.flush()
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="consistent",
        description="Check proposals of the European Commission for consistency with codified principles.",
        epilog=_EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"consistent {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    each = commands.add_parser("check", help="check proposals", epilog=_EPILOG)
    each.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a proposal in TOML, a document of the Commission, a folder of TOML files, or - for standard input",
    )
    each.add_argument("--as-proposal", action="store_true", help=_AS_PROPOSAL)
    _shared(each, formats=True)
    each.add_argument(
        "--as-of", type=_day, metavar="DATE", help="the day whose facts, rules and waivers count (default: today)"
    )
    each.add_argument(
        "--fail-on",
        choices=("conflict", "condition", "open", "never"),
        default="conflict",
        help="from where on the exit status is 1 (default: %(default)s)",
    )
    _accepting(each)
    each.add_argument("--engine", choices=ENGINES, default="auto", help="what decides (default: %(default)s)")
    each.add_argument("--verbose", "-v", action="store_true", help="reasons for what is in line too")
    each.add_argument("--why", action="store_true", help="for each finding all that it rests on, down to file and line")
    each.set_defaults(run=check)

    _draft(commands.add_parser("draft", help="make a proposal in TOML of a document of the Commission"))

    each = commands.add_parser("why", help="show why a rule applies to a proposal or does not")
    each.add_argument("rule", metavar="RULE", help="its id")
    each.add_argument("proposal", metavar="PROPOSAL", help="a proposal in TOML, or - for standard input")
    each.add_argument("--measure", metavar="ID", help="only this one, in full")
    _shared(each, formats=False)
    each.add_argument("--format", choices=("text", "json"), default="text", help="(default: %(default)s)")
    each.add_argument("--as-of", type=_day, metavar="DATE", help="the day whose facts and rules count (default: today)")
    each.add_argument("--engine", choices=ENGINES, default="auto", help="what decides (default: %(default)s)")
    each.add_argument("--verbose", "-v", action="store_true", help="in full also where the rule does not apply")
    each.set_defaults(run=why)

    _review(commands.add_parser("review", help="go through what no person has confirmed yet in a draft"))

    _ask(commands.add_parser("ask", help="ask what is still open, and write the answers into the proposal"))

    _diff(commands.add_parser("diff", help="show what an amended proposal or pack changes", epilog=_DIFF_EPILOG))

    _repair(commands.add_parser("repair", help="show what would have to change for conflicts to go"))

    each = commands.add_parser("rules", help="list the rules of a pack")
    _shared(each, formats=True)
    each.set_defaults(run=rules)

    each = commands.add_parser("explain", help="show a rule in full")
    each.add_argument("rule", metavar="RULE", help="its id")
    _shared(each, formats=False)
    each.set_defaults(run=explain)

    each = commands.add_parser("test", help="check that the examples of rules come out as they say", epilog=_EPILOG)
    _shared(each, formats=False)
    each.add_argument("--engine", choices=ENGINES, default="auto", help="what decides (default: %(default)s)")
    each.set_defaults(run=test)

    each = commands.add_parser("packs", help="list the packs that can be loaded")
    each.add_argument("--lang", choices=LANGUAGES, default="en", help="language (default: %(default)s)")
    each.set_defaults(run=packs)
    return parser


def _draft(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "document",
        metavar="DOCUMENT",
        help="in DOCX, PDF, HTML, Akoma Ntoso, Formex, JSON or plain text, or - for standard input",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write it there (default: standard output)")
    parser.add_argument("--force", action="store_true", help="also where FILE exists already")
    parser.add_argument(
        "--format", choices=("toml", "json"), default="toml", help="(default: %(default)s); json describes the document"
    )
    parser.add_argument("--as-proposal", action="store_true", help=_AS_PROPOSAL)
    parser.add_argument(
        "--pack",
        default=_DEFAULT_PACK,
        metavar="NAME",
        help="in whose terms: a pack by name, or its folder (default: %(default)s)",
    )
    parser.add_argument("--lang", choices=LANGUAGES, help="of the comments (default: that of the document)")
    parser.set_defaults(run=draft)


def _review(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("draft", metavar="DRAFT", help="a drafted proposal in TOML, or - to list for standard input")
    parser.add_argument("--document", metavar="DOC", help="that the draft was made from, to show its passages")
    parser.add_argument("--list", action="store_true", help="list the values; so too where there is no terminal")
    _shared(parser, formats=False)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: %(default)s); json lists")
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help="the day whose facts and rules count (default: today)"
    )
    parser.add_argument("--engine", choices=ENGINES, default="auto", help="what decides (default: %(default)s)")
    parser.set_defaults(run=review)


def _ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("proposal", metavar="PROPOSAL", help="a proposal in TOML, or - to list for standard input")
    parser.add_argument("--list", action="store_true", help="list the questions; so too where there is no terminal")
    parser.add_argument(
        "--limit", type=_number, metavar="N", help="that many questions at most, what weighs most first"
    )
    _shared(parser, formats=False)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: %(default)s); json lists")
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help="the day whose facts and rules count (default: today)"
    )
    parser.add_argument("--engine", choices=ENGINES, default="auto", help="what decides (default: %(default)s)")
    parser.set_defaults(run=ask)


def _diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD", help="a proposal in TOML, or - for standard input")
    parser.add_argument("new", nargs="?", metavar="NEW", help="its amended version (default: the same)")
    _shared(parser, formats=True)
    parser.add_argument(
        "--new-pack", metavar="NAME", help="the amended pack, by name or its folder (default: the same)"
    )
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help="the day whose facts and rules count (default: today)"
    )
    parser.add_argument(
        "--new-as-of", type=_day, metavar="DATE", help="the day for the amended version (default: the same)"
    )
    parser.add_argument(
        "--fail-on",
        choices=("conflict", "condition", "open", "never"),
        default="conflict",
        help="from where on what has come or become graver makes the exit status 1 (default: %(default)s)",
    )
    parser.add_argument("--waivers", action="append", metavar="FILE", help="findings that are accepted, in TOML")
    parser.add_argument("--engine", choices=ENGINES, default="auto", help="what decides (default: %(default)s)")
    parser.set_defaults(run=diff)


def _repair(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("proposal", metavar="PROPOSAL", help="a proposal in TOML, or - for standard input")
    parser.add_argument("--rule", metavar="RULE", help="only findings of this rule")
    parser.add_argument("--measure", metavar="ID", help="only findings on this measure")
    parser.add_argument("--conditions", action="store_true", help="missing conditions too")
    parser.add_argument(
        "--seconds", type=float, default=SECONDS, metavar="S", help="after which to stop (default: %(default)g)"
    )
    parser.add_argument(
        "--max-changes", type=int, default=MAX_CHANGES, metavar="N", help="in one repair (default: %(default)s)"
    )
    parser.add_argument(
        "--alternatives", type=int, default=ALTERNATIVES, metavar="N", help="for each finding (default: %(default)s)"
    )
    _shared(parser, formats=False)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: %(default)s)")
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help="the day whose facts and rules count (default: today)"
    )
    parser.add_argument("--engine", choices=ENGINES, default="auto", help="what decides (default: %(default)s)")
    parser.set_defaults(run=repair)


def _shared(parser: argparse.ArgumentParser, *, formats: bool) -> None:
    parser.add_argument(
        "--pack", default=_DEFAULT_PACK, metavar="NAME", help="a pack by name, or its folder (default: %(default)s)"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language (default: %(default)s)")
    if formats:
        parser.add_argument(
            "--select",
            action="append",
            metavar="RULES",
            help="only these: ids, folders, principles or positions, by commas",
        )
        parser.add_argument("--ignore", action="append", metavar="RULES", help="not these")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: %(default)s)")


def _accepting(parser: argparse.ArgumentParser) -> None:
    """What is accepted, and for how long a report can be relied on."""
    parser.add_argument(
        "--waivers", action="append", metavar="FILE", help="findings that are accepted, in TOML; may be given again"
    )
    limits = Limits()
    for name, default, help_ in (
        ("--ending-within", limits.ending_within, "warn of what the report rests on and ends within so many days"),
        (
            "--verified-within",
            limits.verified_within,
            "warn of facts last compared with their source longer ago, in days",
        ),
    ):
        parser.add_argument(name, type=_days, default=default, metavar="DAYS", help=f"{help_} (default: %(default)s)")


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of days; write 0 or more")
    return int(text)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text)):
        raise argparse.ArgumentTypeError(f"`{text}` is not a whole number from one on")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is not a date; write year-month-day, 2025-03-19") from None
