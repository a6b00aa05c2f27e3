"""What there is in packs: `consistent packs`, `rules` and `explain`."""

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from consistent.checker import load
from consistent.cli.inputs import tell_other_packs
from consistent.cli.options import RULE, add_format, add_lang, add_output, add_pack, add_selection, add_verbose
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import InputError
from consistent.findings.outcome import LABELS
from consistent.knowledge.entries import Position
from consistent.knowledge.packs import available_packs, search_roots
from consistent.knowledge.settings import default_pack
from consistent.model.text import Language, Localized
from consistent.reports.labels import DIMENSION_LABELS, GROUND_LABELS
from consistent.reports.outline import Item, Paragraph, Section, Spans, Table, dim, spans, strong
from consistent.reports.rule_text import concept_outline, rule_outline
from consistent.reports.terminal import print_outline
from consistent.rules.rule import Rule

__all__ = ["add", "explain", "packs", "rules"]

_HEADS_OF_PACKS = Localized("pack version rules facts positions title", "pakket versie regels feiten posities titel")
_SHORT = Localized(
    "{pack}: of {held} positions, rules carry {short} in part or not at all",
    "{pack}: van {held} posities werken de regels er {short} gedeeltelijk of niet uit",
)
_HEADS_OF_RULES = Localized("rule verdict ground dimension title", "regel uitkomst grond toets titel")


def add(commands: Commands) -> None:
    """Define `consistent packs`, `rules` and `explain`."""
    parser = commands.add("packs", packs)
    parser.takes(
        "--positions",
        action="store_true",
        help=Localized(
            "which positions rules carry in part or not at all, with the reason",
            "welke posities de regels gedeeltelijk of niet uitwerken, met de reden",
        ),
    )
    add_lang(parser)
    add_output(parser, printed=True)

    parser = commands.add("rules", rules)
    add_pack(parser)
    add_lang(parser)
    add_selection(parser)
    add_format(parser)
    add_output(parser, printed=True)

    parser = commands.add("explain", explain)
    parser.takes(
        "rule", metavar=RULE, help=Localized("its id, or that of a concept", "de id ervan, of die van een begrip")
    )
    add_pack(parser)
    add_lang(parser)
    add_output(parser, printed=True)
    add_verbose(parser, Localized("with what concepts stand for", "met waar begrippen voor staan"))


def packs(arguments: Namespace, streams: Streams) -> int:
    """List the packs that can be loaded, those with faults as such."""
    rows: list[tuple[Spans, ...]] = []
    status = 0
    told: list[Section] = []
    # That of the working folder is used where none is named, so it is listed too.
    here = [Path()] if default_pack().origin == "working folder" else []
    for name in sorted(available_packs([*search_roots(), *here])):
        try:
            kb = load(name, roots=here)
        except InputError as error:
            streams.error(error.said(streams.language))
            status = 2
            continue
        own = sum(rule.pack == name for rule in kb.rules)
        facts = sum(fact.pack == name for facts in kb.knowledge.facts.values() for fact in facts)
        held = sum(position.pack == name for position in kb.knowledge.positions.values())
        short = [position for position in kb.knowledge.positions_short if position.pack == name]
        if short:
            told.append(_short(name, held, short, arguments.lang))
        told_of = (
            name,
            kb.knowledge.packs[-1].version or "-",
            str(own),
            str(facts),
            _counted(held, len(short)),
            kb.knowledge.packs[-1].title.get(arguments.lang),
        )
        rows.append(tuple(map(spans, told_of)))
    streams.print_table(Table(rows=tuple(rows), heads=tuple(_HEADS_OF_PACKS.get(arguments.lang).split())))
    if arguments.positions:
        print_outline(streams.console, told)
    return status


def _counted(held: int, short: int) -> str:
    """How many positions there are, and of how many rules carry a part or nothing."""
    return f"{held} (-{short})" if short else str(held)


def _short(pack: str, held: int, short: Sequence[Position], language: Language) -> Section:
    """The positions of a pack that rules carry in part or not at all, each with the reason."""
    heading = _SHORT.get(language).format(pack=pack, held=held, short=len(short))
    items = [
        Item(strong(f"{position.id} ({', '.join(position.at)})"), [Item(position.not_carried.get(language))])
        for position in short
        if position.not_carried is not None
    ]
    return Section(strong(heading), items)


def rules(arguments: Namespace, streams: Streams) -> int:
    """List the rules of a pack."""
    kb = load(arguments.pack).selected(arguments.select, arguments.ignore)
    tell_other_packs(kb, arguments.lang, streams)
    if arguments.format == "json":
        from consistent.reports import json_format  # lists for people do without

        streams.write_json(json_format.render_rules(kb.rules, arguments.lang))
        return 0
    if streams.is_narrow:
        print_outline(streams.console, _listed(kb.rules, arguments.lang))
        return 0
    # In a file each rule is one line, to be searched. The id stays whole: it is what one looks for and copies.
    rows = tuple(
        (
            spans(rule.id),
            *(
                spans(label.get(arguments.lang))
                for label in (
                    LABELS[rule.verdict],
                    GROUND_LABELS[rule.ground],
                    DIMENSION_LABELS[rule.dimension],
                    rule.title,
                )
            ),
        )
        for rule in kb.rules
    )
    heads = tuple(_HEADS_OF_RULES.get(arguments.lang).split())
    streams.print_table(Table(rows=rows, heads=heads, whole=frozenset({0})))
    return 0


def _listed(rules: Iterable[Rule], language: Language) -> Iterator[Section]:
    """Rules by folder: what each says, and under it its id with what kind of rule it is. It fits any width."""
    for folder, listed in groupby(rules, key=lambda rule: rule.id.rpartition("/")[0]):
        items = []
        for rule in listed:
            labels = (LABELS[rule.verdict], GROUND_LABELS[rule.ground], DIMENSION_LABELS[rule.dimension])
            kind = " · ".join((rule.id.rpartition("/")[2], *(label.get(language) for label in labels)))
            items.append(Item(rule.title.get(language), [Paragraph(dim(kind))]))
        yield Section(strong(folder), items)


def explain(arguments: Namespace, streams: Streams) -> int:
    """Show one rule, or one concept, in full."""
    kb, language = load(arguments.pack), arguments.lang
    tell_other_packs(kb, language, streams)
    concept = kb.concepts.get(arguments.rule)
    if concept is None:
        rule = kb.rule(arguments.rule)
        told = rule_outline(rule, kb.knowledge, kb.rules, language, unfolded=arguments.verbose)
    else:
        told = concept_outline(concept, kb.knowledge, kb.users_of(concept), language)
    print_outline(streams.console, told)
    return 0
