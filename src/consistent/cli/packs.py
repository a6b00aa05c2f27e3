"""`consistent packs`."""

from argparse import Namespace

from rich.table import Table

from consistent.checker import load
from consistent.cli.options import add_lang
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import InputError, printable
from consistent.knowledge.finding_packs import available_packs
from consistent.model.text import Localized

__all__ = ["add", "packs"]


def add(commands: Commands) -> None:
    """Define `consistent packs`."""
    help_ = Localized("list the packs that can be loaded", "toon de pakketten die kunnen worden geladen")
    add_lang(commands.add("packs", packs, help_))


def packs(arguments: Namespace, streams: Streams) -> int:
    """List the packs that can be loaded, those with faults as such."""
    table = Table(box=None, pad_edge=False)
    heads = {"en": ("pack", "rules", "facts", "title"), "nl": ("pakket", "regels", "feiten", "titel")}
    for head in heads[arguments.lang]:
        table.add_column(head)
    status = 0
    for name in sorted(available_packs()):
        try:
            kb = load(name)
        except InputError as error:
            streams.error(str(error))
            status = 2
            continue
        own = sum(each.pack == name for each in kb.rules)
        facts = sum(each.pack == name for facts in kb.knowledge.facts.values() for each in facts)
        table.add_row(name, str(own), str(facts), printable(kb.knowledge.packs[-1].title.get(arguments.lang)))
    streams.print_table(table)
    return status
