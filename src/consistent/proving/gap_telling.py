"""Gaps and double binds, in words and as data."""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import asdict
from rich.text import Text

from consistent.knowledge.base import Knowledge
from consistent.model.proposal import MEASURE_FIELDS
from consistent.model.text import Language, Localized
from consistent.proving.bounds_telling import bounds_data, bounds_told
from consistent.proving.gaps import Bind, Gap
from consistent.proving.witnesses import Bounds
from consistent.reports.lines import Line

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


def gap_lines(gaps: Iterable[Gap], bounds: Bounds, knowledge: Knowledge, language: Language) -> Iterator[Line]:
    """Each principle with the areas on which its rules can apply, where that is not so of all."""
    yield 0, Text(_GAPS.get(language), style="bold")
    yield from ((2, Text(text.get(language), style="dim")) for text in bounds_told(bounds))
    for each in gaps:
        if not each.principles:
            yield 2, Text(_ANY.get(language).format(areas=_named(each.areas, knowledge, language)))
            continue
        yield 2, Text("; ".join(knowledge.principles[name].title.get(language) for name in each.principles))
        only = (
            _ONLY.get(language).format(areas=_named(each.only, knowledge, language))
            if each.only
            else _TOGETHER.get(language)
        )
        yield 4, Text(only, style="dim")
        if each.within:
            yield 4, Text(_WITHIN.get(language).format(areas=_named(each.within, knowledge, language)), style="dim")


def bind_lines(binds: Iterable[Bind], knowledge: Knowledge, language: Language) -> Iterator[Line]:
    """Each double bind with the kind of measure and the two rules."""
    listed = tuple(binds)
    yield 0, Text(_BINDS.get(language).format(count=len(listed)), style="bold")
    for each in listed:
        yield 2, Text("; ".join(_kind(name, terms, knowledge, language) for name, terms in each.kind))
        for principle, rule in zip(each.principles, each.rules, strict=True):
            yield 4, Text(f"{knowledge.principles[principle].title.get(language)}: {rule}", style="dim")


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
