"""Gaps and double binds, in words and as data."""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import asdict

from consistent.knowledge.base import Knowledge
from consistent.model.proposal import MEASURE_FIELDS
from consistent.model.text import Language, Localized
from consistent.proving.bounds_telling import bounds_data, bounds_told
from consistent.proving.gaps import Bind, Gap
from consistent.proving.witnesses import Bounds
from consistent.reports.outline import Block, Item, Paragraph, Section, dim, strong

__all__ = ["bind_lines", "gap_data", "gap_lines"]

_GAPS = Localized(
    "Principles of which rules can apply on some areas only",
    "Beginselen waarvan regels alleen op sommige terreinen van toepassing kunnen zijn",
)
_ANY = Localized("no rule at all on {areas}", "geen enkele regel op {areas}")
_ONLY = Localized("only on {areas}", "alleen op {areas}")
_TOGETHER = Localized("only on several areas together", "alleen op meer terreinen samen")
_WITHIN = Localized("and there not on {areas}", "en daarbinnen niet op {areas}")
_BINDS = Localized(
    "Kinds of measure that cannot keep clear of two principles at once: {count}",
    "Soorten maatregelen die niet van twee beginselen tegelijk vrij kunnen blijven: {count}",
)
_OR = Localized(" or ", " of ")


def gap_lines(gaps: Iterable[Gap], bounds: Bounds, knowledge: Knowledge, language: Language) -> Iterator[Section]:
    """Each principle with the areas on which its rules can apply, where that is not so of all."""
    bounded: list[Block] = [Paragraph(dim(text.get(language))) for text in bounds_told(bounds)]
    yield Section(strong(_GAPS.get(language)), [*bounded, *(_gap(gap, knowledge, language) for gap in gaps)])


def _gap(gap: Gap, knowledge: Knowledge, language: Language) -> Item:
    def filled(text: Localized, areas: Iterable[str]) -> str:
        return text.get(language).format(areas=_named(areas, knowledge, language))

    if not gap.principles:
        return Item(filled(_ANY, gap.areas))
    below = [filled(_ONLY, gap.only) if gap.only else _TOGETHER.get(language)]
    if gap.within:
        below.append(filled(_WITHIN, gap.within))
    principles = "; ".join(knowledge.principles[name].title.get(language) for name in gap.principles)
    return Item(principles, [Item(dim(text)) for text in below])


def bind_lines(binds: Iterable[Bind], knowledge: Knowledge, language: Language) -> Iterator[Section]:
    """Each double bind with the kind of measure and the two rules."""
    items = []
    for bind in binds:
        rules = [
            Item(dim(f"{knowledge.principles[principle].title.get(language)}: {rule}"))
            for principle, rule in zip(bind.principles, bind.rules, strict=True)
        ]
        items.append(Item("; ".join(_kind(name, terms, knowledge, language) for name, terms in bind.kind), rules))
    yield Section(strong(_BINDS.get(language).format(count=len(items))), items)


def gap_data(gaps: Iterable[Gap], binds: Iterable[Bind], bounds: Bounds) -> dict[str, Any]:
    """Both as plain data."""
    return {**bounds_data(bounds), "gaps": [asdict(each) for each in gaps], "binds": [asdict(each) for each in binds]}


def _named(areas: Iterable[str], knowledge: Knowledge, language: Language) -> str:
    terms = knowledge.vocabularies["areas"].terms
    # A label may have commas of its own.
    return "; ".join(terms[each].label.get(language) for each in areas)


def _kind(name: str, terms: Iterable[str], knowledge: Knowledge, language: Language) -> str:
    field = MEASURE_FIELDS[name]
    known = knowledge.vocabularies[field.vocabulary].terms
    return f"{field.label.get(language)}: {_OR.get(language).join(known[each].label.get(language) for each in terms)}"
