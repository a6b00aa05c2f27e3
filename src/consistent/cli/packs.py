"""What there is in packs: `consistent packs`, `rules` and `explain`."""

from argparse import Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING

from consistent.checker import load
from consistent.cli.inputs import tell_other_packs
from consistent.cli.options import RULE, add_format, add_lang, add_pack, add_selection
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import InputError, printable
from consistent.findings.outcome import LABELS
from consistent.knowledge.packs import available_packs
from consistent.model.text import Localized
from consistent.reports.labels import DIMENSION_LABELS, GROUND_LABELS
from consistent.reports.rule_text import rule_outline
from consistent.reports.terminal import print_outline

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["add", "explain", "packs", "rules"]

_HEADS_OF_PACKS = Localized("pack rules facts title", "pakket regels feiten titel")
_HEADS_OF_RULES = Localized("rule verdict ground dimension title", "regel uitkomst grond toets titel")


def add(commands: Commands) -> None:
    """Define `consistent packs`, `rules` and `explain`."""
    add_lang(commands.add("packs", packs))

    parser = commands.add("rules", rules)
    add_pack(parser)
    add_lang(parser)
    add_selection(parser)
    add_format(parser)

    parser = commands.add("explain", explain)
    parser.takes("rule", metavar=RULE, help=Localized("its id", "de id ervan"))
    add_pack(parser)
    add_lang(parser)


def packs(arguments: Namespace, streams: Streams) -> int:
    """List the packs that can be loaded, those with faults as such."""
    table = _table(_HEADS_OF_PACKS.get(arguments.lang).split())
    status = 0
    for name in sorted(available_packs()):
        try:
            kb = load(name)
        except InputError as error:
            streams.error(error.said(streams.language))
            status = 2
            continue
        own = sum(rule.pack == name for rule in kb.rules)
        facts = sum(fact.pack == name for facts in kb.knowledge.facts.values() for fact in facts)
        table.add_row(name, str(own), str(facts), printable(kb.knowledge.packs[-1].title.get(arguments.lang)))
    streams.print_table(table)
    return status


def rules(arguments: Namespace, streams: Streams) -> int:
    """List the rules of a pack."""
    kb = load(arguments.pack).selected(arguments.select, arguments.ignore)
    tell_other_packs(kb, arguments.lang, streams)
    if arguments.format == "json":
        from consistent.reports import json_format  # noqa: PLC0415  lists for people do without

        streams.write_json(json_format.render_rules(kb.rules, arguments.lang))
        return 0
    # The id stays whole: it is what one searches for and copies.
    table = _table(_HEADS_OF_RULES.get(arguments.lang).split(), first_whole=True)
    for rule in kb.rules:
        labels = (
            LABELS[rule.verdict],
            GROUND_LABELS[rule.ground],
            DIMENSION_LABELS[rule.dimension],
            rule.title,
        )
        table.add_row(rule.id, *(printable(label.get(arguments.lang)) for label in labels))
    streams.print_table(table)
    return 0


def explain(arguments: Namespace, streams: Streams) -> int:
    """Show one rule in full."""
    kb = load(arguments.pack)
    tell_other_packs(kb, arguments.lang, streams)
    print_outline(streams.console, rule_outline(kb.rule(arguments.rule), kb.knowledge, kb.rules, arguments.lang))
    return 0


def _table(heads: Iterable[str], *, first_whole: bool = False) -> "Table":
    """An empty table with these heads."""
    from rich.table import Table  # noqa: PLC0415  to explain a rule needs none

    table = Table(box=None, pad_edge=False)
    for number, head in enumerate(heads):
        table.add_column(head, overflow="fold" if first_whole else "ellipsis", no_wrap=first_whole and number == 0)
    return table
