"""What a change of rules changes, in words and as data."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from consistent.findings.outcome import LABELS
from consistent.model.text import Language, Localized
from consistent.proving.bounds_telling import bounds_data, bounds_told
from consistent.proving.comparing import Change, Comparison, Meaning
from consistent.reading.proposals import proposal_to_data
from consistent.reports.outline import Block, Code, Item, Paragraph, Section, dim, strong
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


def change_lines(comparison: Comparison, language: Language, *, equal: bool = False) -> Iterator[Section]:
    """Each rule whose meaning has changed, with the smallest proposal that is judged differently.

    Args:
        comparison: of two packs.
        language: of the words.
        equal: rules of equal meaning too.
    """
    for change in comparison.changes:
        if change.meaning != "equal" or equal:
            heading = (strong(_MEANINGS[change.meaning].get(language)), f"  {change.rule}")
            yield Section(heading, _change(change, language))


def _change(change: Change, language: Language) -> Iterator[Block]:
    if change.said:
        yield Paragraph(_SAID.get(language).format(names=", ".join(f"`{name}`" for name in change.said)))
    yield from (Paragraph(dim(text.get(language))) for text in bounds_told(change.bounds))
    if change.witness is not None:
        words = {"before": LABELS[change.before].get(language), "after": LABELS[change.after].get(language)}
        yield Item(_WITNESS.get(language).format(**words), [Code(toml(change.witness), "toml")])


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
