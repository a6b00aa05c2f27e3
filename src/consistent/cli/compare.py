"""`consistent compare`."""

from argparse import Namespace

from consistent.authoring.proving.comparing import compare as compare_packs
from consistent.authoring.proving.formulas import need_solver
from consistent.authoring.proving.report import change_data, change_lines, change_summary
from consistent.checker import load
from consistent.cli.authoring import add_frame, write_found
from consistent.cli.options import PACK
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import Faults
from consistent.model.text import Localized

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
    add_frame(parser, verbose=Localized("rules of equal meaning too", "ook regels met gelijke betekenis"))


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
    write_found(
        arguments,
        streams,
        data=lambda: [change_data(change) for change in found.changes],
        lines=lambda: change_lines(found, arguments.lang, equal=arguments.verbose),
        summary=lambda: change_summary(found, arguments.lang),
    )
    return int(not found.same)
