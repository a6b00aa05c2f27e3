"""`consistent vacuity`."""

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from consistent.checker import KnowledgeBase, load
from consistent.cli.inputs import read_proposals
from consistent.cli.options import add_as_of, add_as_proposal, add_engine, add_format, add_lang, add_pack
from consistent.cli.output import tell_other_packs
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.knowledge.entries import Fact
from consistent.model.days import today
from consistent.model.proposal import Proposal
from consistent.model.text import Language, Localized
from consistent.model.vocabulary import Term
from consistent.reports.lines import place, print_lines
from consistent.reports.outline import Block, Inline, Item, Paragraph, Section, dim, strong
from consistent.testing.vacuity.firing import Firing, firings
from consistent.testing.vacuity.idle import unread_facts, unused_terms

__all__ = ["add", "vacuity"]

# From where on a rule says so much that it says nothing.
_NEARLY_ALL = 0.9
_CORPUS = Localized("proposals: {count}; measures: {measures}", "voorstellen: {count}; maatregelen: {measures}")
_SILENT = Localized("rules that say nothing of any of them: {count}", "regels die van geen ervan iets zeggen: {count}")
_EVERYWHERE = Localized(
    "rules that apply nearly everywhere: {count}", "regels die bijna overal van toepassing zijn: {count}"
)
_UNREAD = Localized("facts that no rule reads: {count}", "feiten die geen regel leest: {count}")
_UNUSED = Localized(
    "terms that no rule, fact or proposal uses: {count}", "termen die geen regel, feit of voorstel gebruikt: {count}"
)


@frozen
class _Found:
    """All that does no work."""

    proposals: Sequence[Proposal]
    silent: tuple[Firing, ...]
    everywhere: tuple[Firing, ...]
    unread: tuple[Fact, ...]
    unused: tuple[tuple[str, Term], ...]


def add(commands: Commands) -> None:
    """Define `consistent vacuity`."""
    help_ = Localized(
        "show what does no work: rules that a corpus never or nearly always meets, facts and terms that nothing uses",
        "toon wat geen werk doet: regels die een corpus nooit of bijna altijd raakt, feiten en termen die niets gebruikt",
    )
    parser = commands.add("vacuity", vacuity, help_)
    parser.takes(
        "paths",
        nargs="*",
        metavar=Localized("PATH", "PAD"),
        help=Localized(
            "the corpus: proposals in TOML, documents of the Commission, folders of TOML files",
            "het corpus: voorstellen in TOML, documenten van de Commissie, mappen met TOML-bestanden",
        ),
    )
    add_as_proposal(parser)
    add_pack(parser)
    add_lang(parser)
    add_format(parser)
    add_as_of(parser)
    add_engine(parser)


def vacuity(arguments: Namespace, streams: Streams) -> int:
    """Tell what does no work in a pack, of what the pack itself brings. Nothing that is found is a fault by itself: the exit status is 0."""
    kb = load(arguments.pack)
    tell_other_packs(kb, arguments.lang, streams)
    given = read_proposals(kb, arguments.paths, arguments.lang, as_proposal=arguments.as_proposal)
    found = _find(kb, [each.proposal for each in given], arguments.as_of, arguments.engine)
    if arguments.format == "json":
        streams.write_json(json.dumps(_data(found), ensure_ascii=False, indent=2) + "\n")
    else:
        print_lines(streams.console, _lines(found, arguments.lang))
    return 0


def _find(kb: KnowledgeBase, proposals: Sequence[Proposal], day: date | None, engine: str) -> _Found:
    counted = firings(kb, proposals, as_of=day, engine=engine)
    facts = kb.program(day or today()).facts
    # What packs below bring that this one does not use is no fault of it.
    return _Found(
        proposals,
        tuple(each for each in counted if each.silent and each.rule.pack == kb.name),
        tuple(each for each in counted if each.share >= _NEARLY_ALL and each.rule.pack == kb.name),
        tuple(each for each in unread_facts(kb, facts) if each.pack == kb.name),
        tuple(pair for pair in unused_terms(kb, proposals) if pair[1].pack == kb.name),
    )


def _lines(found: _Found, language: Language) -> Iterator[Block]:
    def section(text: Localized, items: Sequence[Inline]) -> Section:
        return Section(strong(text.get(language).format(count=len(items))), map(Item, items))

    if found.proposals:
        measures = sum(len(each.measures) for each in found.proposals)
        yield Paragraph(dim(_CORPUS.get(language).format(count=len(found.proposals), measures=measures)))
        yield section(_SILENT, [each.rule.id for each in found.silent])
        yield section(_EVERYWHERE, [f"{each.rule.id}: {each.applies} / {each.judged}" for each in found.everywhere])
    places = [(fact, fact.anchor.location) for fact in found.unread]
    yield section(_UNREAD, [(f"{fact.kind} {fact.id}", dim(f"  {place(at.path, at.line)}")) for fact, at in places])
    yield section(_UNUSED, [f"{name} {term.id}: {term.label.get(language)}" for name, term in found.unused])


def _data(found: _Found) -> dict[str, Any]:
    def firing(each: Firing) -> dict[str, Any]:
        counts = {"judged": each.judged, "applies": each.applies, "open": each.open, "set_aside": each.set_aside}
        return {"rule": each.rule.id, **counts}

    return {
        "proposals": len(found.proposals),
        "silent": [firing(each) for each in found.silent],
        "nearly_everywhere": [firing(each) for each in found.everywhere],
        "unread_facts": [{"kind": each.kind, "id": each.id, "pack": each.pack} for each in found.unread],
        "unused_terms": [{"vocabulary": name, "term": term.id, "pack": term.pack} for name, term in found.unused],
    }
