"""A rule as written."""

from datetime import date
from typing import Any, Literal

from attrs import field, frozen

from consistent.knowledge.entries import Anchor, Period
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.rules.conditions import Condition

__all__ = [
    "DIMENSIONS",
    "VERDICTS",
    "Dimension",
    "Example",
    "Expectation",
    "Ground",
    "Rule",
    "RuleException",
    "Verdict",
]

Ground = Literal["law", "contested", "policy"]
# What a rule says where it applies. A `question` is one that only a person can answer; `reserved` marks what is judged
# elsewhere, and says nothing of it.
Verdict = Literal["conflict", "condition", "question", "aligned", "reserved"]
Dimension = Literal["competence", "subsidiarity", "proportionality", "finance", "burden", "substance"]
# What becomes of a rule, as a report has it.
Expectation = Literal[Verdict, "open", "excepted", "not-applicable"]

VERDICTS: tuple[Verdict, ...] = ("conflict", "condition", "question", "aligned", "reserved")
DIMENSIONS: tuple[Dimension, ...] = ("competence", "subsidiarity", "proportionality", "finance", "burden", "substance")


@frozen
class RuleException:
    """An `unless`: where it holds, the rule does not count."""

    condition: Condition
    reason: Localized


@frozen
class Example:
    """A proposal that shows what the rule does to it.

    Attributes:
        expect: what the report is to say of the rule on the first measure, or on the proposal as a whole; may be the verdict
            of another rule, and is then wrong.
        place: where it stands.
    """

    title: Localized
    expect: Expectation
    proposal: Proposal
    place: Anchor = field(eq=False)


@frozen(kw_only=True, eq=False)
class Rule:
    """One rule; `id` is its path under `rules/`.

    Attributes:
        scope: whether each measure is judged or the proposal as a whole.
        positions: ids of positions that it carries; may be empty.
        sources: at least one.
        defeats: ids of rules that do not count where this one applies.
        message: with placeholders in braces.
    """

    id: str
    pack: str
    title: Localized
    principle: str
    positions: tuple[str, ...]
    ground: Ground
    verdict: Verdict
    dimension: Dimension
    sources: tuple[str, ...]
    rationale: Localized
    defeats: tuple[str, ...]
    period: Period
    scope: Literal["measure", "proposal"]
    when: Condition
    unless: tuple[RuleException, ...]
    message: Localized
    examples: tuple[Example, ...]
    anchor: Anchor


@frozen(kw_only=True)
class RuleData:
    """A rule as its file has it; conditions and examples are read on their own."""

    title: Localized
    principle: str
    positions: tuple[str, ...] = ()
    ground: Ground
    verdict: Verdict
    dimension: Dimension
    sources: tuple[str, ...]
    rationale: Localized
    defeats: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    when: Any
    unless: Any = ()
    message: Localized
    example: Any = ()
