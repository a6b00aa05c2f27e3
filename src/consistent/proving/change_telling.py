"""What a change of rules changes, in words and as data."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rich.text import Text

from consistent.findings.outcome import LABELS
from consistent.model.text import Language, Localized
from consistent.proving.bounds_telling import bounds_data, bounds_told
from consistent.proving.comparing import Change, Comparison, Meaning
from consistent.reading.proposals import proposal_to_data
from consistent.reports.lines import Line
from consistent.testing.strategies.examples import toml

__all__ = ["change_data", "change_lines", "change_summary"]

_MEANINGS: Mapping[Meaning, Localized] = {
    "equal": Localized("equal", "gelijk"),
    "narrower": Localized("narrower", "enger"),
    "wider": Localized("wider", "ruimer"),
    "different": Localized("different", "anders"),
    "added": Localized("added", "nieuw"),
    "removed": Localized("removed", "vervallen"),
}
_SAID = Localized("what it says has changed: {names}", "wat hij zegt is veranderd: {names}")
_WITNESS = Localized(
    "judged differently, before: {before}, after: {after}", "anders beoordeeld, eerst: {before}, nu: {after}"
)


def change_lines(comparison: Comparison, language: Language, *, equal: bool = False) -> Iterator[Line]:
    """Each rule whose meaning has changed, with the smallest proposal that is judged differently.

    Args:
        comparison: of two packs.
        language: of the words.
        equal: rules of equal meaning too.
    """
    for each in comparison.changes:
        if each.meaning == "equal" and not equal:
            continue
        yield 0, Text.assemble((_MEANINGS[each.meaning].get(language), "bold"), f"  {each.rule}")
        if each.said:
            yield 2, Text(_SAID.get(language).format(names=", ".join(f"`{name}`" for name in each.said)))
        yield from ((2, Text(text.get(language), style="dim")) for text in bounds_told(each.bounds))
        if each.witness is not None:
            words = {"before": LABELS[each.before].get(language), "after": LABELS[each.after].get(language)}
            yield 2, Text(_WITNESS.get(language).format(**words))
            yield from ((4, Text(line)) for line in toml(each.witness).splitlines())


def change_summary(comparison: Comparison, language: Language) -> str:
    """How many rules changed how, in a line."""
    counts = Counter(each.meaning for each in comparison.changes)
    return "; ".join(f"{word.get(language)}: {counts[meaning]}" for meaning, word in _MEANINGS.items())


def change_data(change: Change) -> dict[str, Any]:
    """A change as plain data; the witness as `KnowledgeBase.read` takes it."""
    return {
        "rule": change.rule,
        "meaning": change.meaning,
        "said": list(change.said),
        "before": change.before,
        "after": change.after,
        **bounds_data(change.bounds),
        "witness": None if change.witness is None else proposal_to_data(change.witness),
    }
