"""What does no work, in words and as data."""

from collections.abc import Iterator, Sequence
from typing import Any

from consistent.model.proposal import Proposal
from consistent.model.text import Language, Localized
from consistent.reports.lines import place
from consistent.reports.outline import Block, Inline, Item, Paragraph, Section, dim, strong
from consistent.testing.vacuity.firing import Firing
from consistent.testing.vacuity.of_pack import Measured, Unused

__all__ = ["vacuity_data", "vacuity_lines"]

_CORPUS = Localized("proposals: {count}; measures: {measures}", "voorstellen: {count}; maatregelen: {measures}")
_SILENT = Localized("rules that say nothing of any of them: {count}", "regels die van geen ervan iets zeggen: {count}")
_EVERYWHERE = Localized(
    "rules that apply nearly everywhere: {count}", "regels die bijna overal van toepassing zijn: {count}"
)
_UNREAD = Localized("facts that no rule reads: {count}", "feiten die geen regel leest: {count}")
_UNUSED = Localized(
    "terms that no rule, fact or proposal uses: {count}", "termen die geen regel, feit of voorstel gebruikt: {count}"
)


def vacuity_lines(
    proposals: Sequence[Proposal], measured: Measured, unused: Unused, language: Language
) -> Iterator[Block]:
    """What does no work, each kind under its head; of rules something is said only where there are proposals."""

    def section(text: Localized, items: Sequence[Inline]) -> Section:
        return Section(strong(text.get(language).format(count=len(items))), map(Item, items))

    if proposals:
        measures = sum(len(proposal.measures) for proposal in proposals)
        yield Paragraph(dim(_CORPUS.get(language).format(count=len(proposals), measures=measures)))
        yield section(_SILENT, [firing.rule.id for firing in measured.silent])
        yield section(
            _EVERYWHERE, [f"{firing.rule.id}: {firing.applies} / {firing.judged}" for firing in measured.everywhere]
        )
    places = [(fact, fact.anchor.location) for fact in unused.facts]
    yield section(_UNREAD, [(f"{fact.kind} {fact.id}", dim(f"  {place(at.path, at.line)}")) for fact, at in places])
    yield section(_UNUSED, [f"{name} {term.id}: {term.label.get(language)}" for name, term in unused.terms])


def vacuity_data(proposals: Sequence[Proposal], measured: Measured, unused: Unused) -> dict[str, Any]:
    """What does no work, as plain data."""

    def counts(firing: Firing) -> dict[str, Any]:
        told = {"judged": firing.judged, "applies": firing.applies, "open": firing.open}
        return {"rule": firing.rule.id, **told, "set_aside": firing.set_aside}

    return {
        "proposals": len(proposals),
        "silent": list(map(counts, measured.silent)),
        "nearly_everywhere": list(map(counts, measured.everywhere)),
        "unread_facts": [{"kind": fact.kind, "id": fact.id, "pack": fact.pack} for fact in unused.facts],
        "unused_terms": [{"vocabulary": name, "term": term.id, "pack": term.pack} for name, term in unused.terms],
    }
