"""`consistent lint`."""

import json
from argparse import Namespace

from consistent.cli.options import add_as_of, add_format, add_lang, add_named_pack, add_verified_within
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.model.text import Localized
from consistent.proving.formulas import need_solver
from consistent.proving.lint_telling import lint_data, lint_lines, lint_sarif, lint_summary
from consistent.proving.linting import lint as lint_pack
from consistent.reports.lines import print_lines

__all__ = ["add", "lint"]

_STATUS = Localized(
    "exit status: 0 nothing, or all explained, 1 something to be mended or explained, 2 bad input or usage",
    "afsluitstatus: 0 niets, of alles verklaard, 1 iets te herstellen of te verklaren, 2 onbruikbare invoer of onjuist gebruik",
)


def add(commands: Commands) -> None:
    """Define `consistent lint`."""
    help_ = Localized(
        "show what a pack says in vain: rules that never apply, are covered by others, defeat nothing; what nothing reads",
        "toon wat een pakket vergeefs zegt: regels die nooit gelden, door andere zijn gedekt, niets verslaan; wat niets leest",
    )
    parser = commands.add("lint", lint, help_, epilog=_STATUS)
    add_named_pack(parser)
    parser.takes(
        "-v",
        "--verbose",
        action="store_true",
        help=Localized("what the pack explains too, with the reason", "ook wat het pakket verklaart, met de reden"),
    )
    add_verified_within(parser)
    add_as_of(parser)
    add_lang(parser)
    add_format(parser, further=("sarif",))


def lint(arguments: Namespace, streams: Streams) -> int:
    """Look over what the pack itself brings; what it builds on counts, and is not looked at."""
    need_solver(streams.language)
    found = lint_pack(arguments.pack, as_of=arguments.as_of, verified_within=arguments.verified_within)
    if arguments.format == "json":
        streams.write_json(json.dumps(lint_data(found), ensure_ascii=False, indent=2) + "\n")
    elif arguments.format == "sarif":
        streams.write_text(lint_sarif(found, arguments.lang))
    else:
        print_lines(streams.console, lint_lines(found, arguments.lang, explained=arguments.verbose))
        streams.console.print(lint_summary(found, arguments.lang))
    return int(any(each.explained is None for each in found))
