"""`consistent rules`, `explain`, `packs` and `test`: what the packs hold, and whether it is as it says."""

from argparse import Namespace

from rich.table import Table

from consistent.checker import load
from consistent.cli.streams import Streams
from consistent.errors import InputError, printable
from consistent.knowledge.finding_packs import available_packs
from consistent.reports import json_format
from consistent.reports.labels import DIMENSION_LABELS, GROUND_LABELS, VERDICT_LABELS
from consistent.reports.lines import print_lines
from consistent.reports.rule_text import rule_lines

__all__ = ["explain", "packs", "rules", "test"]


def rules(arguments: Namespace, streams: Streams) -> int:
    """List the rules of a pack."""
    kb = load(arguments.pack).selected(arguments.select, arguments.ignore)
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
            VERDICT_LABELS[each.verdict],
            GROUND_LABELS[each.ground],
            DIMENSION_LABELS[each.dimension],
            each.title,
        )
        table.add_row(each.id, *(printable(label.get(lang)) for label in labels))
    streams.print_table(table)
    return 0


def explain(arguments: Namespace, streams: Streams) -> int:
    """Show one rule in full."""
    kb = load(arguments.pack)
    print_lines(streams.console, rule_lines(kb.rule(arguments.rule), kb.knowledge, kb.rules, arguments.lang))
    return 0


def test(arguments: Namespace, streams: Streams) -> int:
    """Run the examples of every rule of the pack, those of the packs below it included."""
    kb = load(arguments.pack)
    wrong = kb.wrong_examples(engine=arguments.engine)
    for fault in wrong:
        streams.error(str(fault))
    examples = sum(len(each.examples) for each in kb.rules)
    said = {
        "en": f"rules: {len(kb.rules)}, examples: {examples}, not as they say: {len(wrong)}",
        "nl": f"regels: {len(kb.rules)}, voorbeelden: {examples}, anders dan zij zeggen: {len(wrong)}",
    }
    streams.console.print(said[arguments.lang])
    return int(bool(wrong))


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
