"""`consistent compare`."""

import json
from argparse import Namespace

from consistent.checker import load
from consistent.cli.options import PACK, add_as_of, add_format, add_lang
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import Faults
from consistent.model.text import Localized
from consistent.proving.change_telling import change_data, change_lines, change_summary
from consistent.proving.comparing import compare as compare_packs
from consistent.proving.formulas import need_solver
from consistent.reports.lines import print_lines

__all__ = ["add", "compare"]

_STATUS = Localized(
    "exit status: 0 no proposal is judged otherwise, 1 some are, 2 bad input or usage",
    "afsluitstatus: 0 geen voorstel wordt anders beoordeeld, 1 sommige wel, 2 onbruikbare invoer of onjuist gebruik",
)


def add(commands: Commands) -> None:
    """Define `consistent compare`."""
    help_ = Localized(
        "show what a change of rules changes in meaning, with a proposal that is judged differently",
        "toon wat een wijziging van regels in betekenis verandert, met een voorstel dat anders wordt beoordeeld",
    )
    parser = commands.add("compare", compare, help_, epilog=_STATUS)
    for name, text in (
        (
            "old",
            Localized(
                "the pack as it was, by name or its folder", "het pakket zoals het was, bij naam of de map ervan"
            ),
        ),
        ("new", Localized("the pack as it is", "het pakket zoals het is")),
    ):
        parser.takes(name, metavar=PACK, help=text)
    parser.takes(
        "-v",
        "--verbose",
        action="store_true",
        help=Localized("rules of equal meaning too", "ook regels met gelijke betekenis"),
    )
    add_as_of(parser)
    add_lang(parser)
    add_format(parser)


def compare(arguments: Namespace, streams: Streams) -> int:
    """Compare two packs rule by rule, on all proposals at once."""
    need_solver(streams.language)
    faults = Faults()
    # A folder may hold another version of a pack that ships.
    old = faults.attempt(load, arguments.old, instead=True)
    new = faults.attempt(load, arguments.new, instead=True)
    faults.raise_any()
    if old is None or new is None:  # pragma: no cover  told above
        raise AssertionError
    found = compare_packs(old, new, as_of=arguments.as_of)
    if arguments.format == "json":
        data = [change_data(each) for each in found.changes]
        streams.write_json(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    else:
        print_lines(streams.console, change_lines(found, arguments.lang, equal=arguments.verbose))
        streams.console.print(change_summary(found, arguments.lang))
    return int(not found.same)
