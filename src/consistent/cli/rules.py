"""`consistent rules`."""

from argparse import Namespace

from rich.table import Table

from consistent.checker import load
from consistent.cli.options import add_format, add_lang, add_pack, add_selection
from consistent.cli.output import tell_other_packs
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import printable
from consistent.findings.outcome import LABELS
from consistent.model.text import Localized
from consistent.reports import json_format
from consistent.reports.labels import DIMENSION_LABELS, GROUND_LABELS

__all__ = ["add", "rules"]


def add(commands: Commands) -> None:
    """Define `consistent rules`."""
    parser = commands.add(
        "rules", rules, Localized("list the rules of a pack", "toon de lijst van regels van een pakket")
    )
    add_pack(parser)
    add_lang(parser)
    add_selection(parser)
    add_format(parser)


def rules(arguments: Namespace, streams: Streams) -> int:
    """List the rules of a pack."""
    kb = load(arguments.pack).selected(arguments.select, arguments.ignore)
    tell_other_packs(kb, arguments.lang, streams)
    lang = arguments.lang
    if arguments.format == "json":
        streams.write_json(json_format.render_rules(kb.rules, lang))
        return 0
    table = Table(box=None, pad_edge=False)
    heads = {
        "en": ("rule", "verdict", "ground", "dimension", "title"),
        "nl": ("regel", "uitkomst", "grond", "toets", "titel"),
    }
    # The id stays whole: it is what one searches for and copies.
    for number, head in enumerate(heads[lang]):
        table.add_column(head, overflow="fold", no_wrap=number == 0)
    for each in kb.rules:
        labels = (
            LABELS[each.verdict],
            GROUND_LABELS[each.ground],
            DIMENSION_LABELS[each.dimension],
            each.title,
        )
        table.add_row(each.id, *(printable(label.get(lang)) for label in labels))
    streams.print_table(table)
    return 0
