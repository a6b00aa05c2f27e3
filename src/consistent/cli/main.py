"""Arguments and exit status."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from io import StringIO

from consistent import __version__
from consistent.cli.check import check
from consistent.cli.show import explain, packs, rules, test
from consistent.cli.streams import Streams
from consistent.engine.choosing import ENGINES
from consistent.errors import ConsistentError
from consistent.model.text import LANGUAGES

__all__ = ["main"]

_DEFAULT_PACK = "nl-22112-4027"
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
        "paths", nargs="+", metavar="PATH", help="a proposal in TOML, a folder of them, or - for standard input"
    )
    _shared(each, formats=True)
    each.add_argument("--as-of", type=_day, metavar="DATE", help="the day whose facts and rules count (default: today)")
    each.add_argument(
        "--fail-on",
        choices=("conflict", "condition", "open", "never"),
        default="conflict",
        help="from where on the exit status is 1 (default: %(default)s)",
    )
    each.add_argument("--engine", choices=ENGINES, default="auto", help="what decides (default: %(default)s)")
    each.add_argument("--verbose", "-v", action="store_true", help="reasons for what is in line too")
    each.set_defaults(run=check)

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


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is not a date; write year-month-day, 2025-03-19") from None
