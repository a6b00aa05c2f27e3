"""A rule as written."""

import re
from datetime import date
from functools import cached_property
from typing import Any, Literal, get_args

from attrs import evolve, field, frozen

from consistent.knowledge.entries import Anchor, Period
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.packing import Packed
from consistent.rules.conditions import Condition

__all__ = [
    "DIMENSIONS",
    "PLACEHOLDER",
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

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
# In a message: what a finding fills in.
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


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
    _proposal: Proposal
    place: Anchor = field(eq=False)

    @cached_property
    def proposal(self) -> Proposal:
        """Named by the place with its line, which is found when first asked for."""
        return evolve(self._proposal, path=str(self.place.location))


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
    _examples: Packed[tuple[Example, ...]]
    anchor: Anchor

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """`when` first, then the exceptions in order, as `CompiledRule.conditions`."""
        return (self.when, *(exception.condition for exception in self.unless))

    @property
    def examples(self) -> tuple[Example, ...]:
        """At least one that it flags and one that it leaves alone."""
        return self._examples.content


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
