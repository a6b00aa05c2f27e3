"""A rule as written; which rules are meant by a name or pattern; and which rules defeat which."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from typing import Any, Literal, get_args

from attrs import frozen

from consistent.errors import UsageError, did_you_mean
from consistent.knowledge.entries import Anchor, Period
from consistent.model.text import Localized
from consistent.packing import Packed
from consistent.rules.conditions import Condition
from consistent.rules.examples import Example

__all__ = [
    "DIMENSIONS",
    "EXCEPTION_HEAD",
    "GROUNDS",
    "NAME",
    "NAME_HELP",
    "PLACEHOLDER",
    "PRINCIPLES",
    "VERDICTS",
    "Dimension",
    "Expectation",
    "Grade",
    "Ground",
    "Rule",
    "RuleException",
    "Verdict",
    "find_rule",
    "matches",
    "names_of",
    "reached",
    "select_rules",
    "stronger",
    "weaker",
]

Ground = Literal["law", "contested", "policy"]
# What a rule says where it applies. A `question` is one that only a person can answer; `reserved` marks what is judged
# elsewhere, and says nothing of it.
Verdict = Literal["conflict", "condition", "question", "aligned", "reserved"]
Dimension = Literal["competence", "subsidiarity", "proportionality", "finance", "burden", "substance"]
# What becomes of a rule, as a report has it.
# The scale of the judgement, in each dimension: that of the Dutch appraisal, and two for what says nothing.
Grade = Literal[
    "positive", "positive-with-remarks", "partly-positive-partly-negative", "negative", "open", "not-judged"
]
Expectation = Literal[Verdict, "open", "excepted", "not-applicable"]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
GROUNDS: frozenset[Ground] = frozenset(get_args(Ground))
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
# The principles of TEU 5, which an appraisal grades and which each measure has to pass.
PRINCIPLES: frozenset[Dimension] = frozenset({"competence", "subsidiarity", "proportionality"})
# Names of rules, concepts and exceptions, as they stand in ids.
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
NAME_HELP = "write small letters, digits and hyphens: `name-of-the-defect`"
# What an exception says of itself, beside what it asks.
EXCEPTION_HEAD = ("id", "title", "sources", "reason")
# In a message: what a finding fills in.
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@frozen
class RuleException:
    """An `unless`: where it holds, the rule does not count.

    Attributes:
        reason: why it is an exception.
        id: its name within the rule; may be empty.
        title: what explanations call it; None where the reason says all.
        sources: on which it rests itself; may be empty.
    """

    condition: Condition
    reason: Localized
    id: str = ""
    title: Localized | None = None
    sources: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False)
class Rule:
    """One rule; `id` is its path under `rules/`.

    Attributes:
        title_met: of a condition, what it is called where an exception says that it is met; None where that has no words.
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
    _examples: Packed[tuple[Example[Expectation], ...]]
    anchor: Anchor
    title_met: Localized | None = None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """`when` first, then the exceptions in order, as `CompiledRule.conditions`."""
        return (self.when, *(exception.condition for exception in self.unless))

    @property
    def can_be_met(self) -> bool:
        """Whether it is a condition of which an exception says that it is met."""
        return self.verdict == "condition" and bool(self.unless)

    def title_where(self, outcome: str) -> Localized:
        """What it is called where it comes out so: a condition that is met in words of its own, where it has any."""
        return self.title_met if self.title_met and outcome == "excepted" else self.title

    @property
    def examples(self) -> tuple[Example[Expectation], ...]:
        """At least one that it flags and one that it leaves alone."""
        return self._examples.content


@frozen(kw_only=True)
class RuleData:
    """A rule as its file has it; conditions and examples are read on their own."""

    title: Localized
    title_met: Localized | None = None
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


# Rules by pattern: id, folder of ids, wildcards, principle or position.


def select_rules(rules: Sequence[Rule], wanted: Iterable[str], unwanted: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that a wanted pattern names (all, where none is given) and no unwanted one does.

    Args:
        rules: to choose from.
        wanted: patterns, each of which may hold several by commas.
        unwanted: the same.

    Raises:
        UsageError: a pattern names no rule.
    """
    keep, drop = _checked(rules, wanted), _checked(rules, unwanted)
    return tuple(
        rule
        for rule in rules
        if (not keep or any(matches(rule, pattern) for pattern in keep))
        and not any(matches(rule, pattern) for pattern in drop)
    )


def find_rule(rules: Sequence[Rule], name: str) -> Rule:
    """A rule by its id, or by the last part of it where only one rule has that.

    Raises:
        UsageError: there is none, or more than one.
    """
    matching = [rule for rule in rules if rule.id == name] or [rule for rule in rules if rule.id.endswith("/" + name)]
    if len(matching) == 1:
        return matching[0]
    if matching:
        raise UsageError(
            f"several rules are called `{name}`", "name one: " + ", ".join(f"`{rule.id}`" for rule in matching)
        )
    ids = {rule.id for rule in rules} | {rule.id.rpartition("/")[2] for rule in rules}
    raise UsageError(f"unknown rule `{name}`", did_you_mean(name, ids, limit=0))


def matches(rule: Rule, pattern: str) -> bool:
    """Whether a pattern names a rule."""
    return (
        rule.id == pattern
        or rule.id.startswith(pattern.rstrip("/") + "/")
        or pattern in rule.id.split("/")
        or fnmatchcase(rule.id, pattern)
        or pattern in {rule.principle, *rule.positions}
    )


def _checked(rules: Sequence[Rule], given: Iterable[str]) -> list[str]:
    patterns = [part.strip() for text in given for part in text.split(",") if part.strip()]
    for pattern in patterns:
        if not any(matches(rule, pattern) for rule in rules):
            raise UsageError(f"no rule matches `{pattern}`", did_you_mean(pattern, names_of(rules), limit=0))
    return patterns


def names_of(rules: Sequence[Rule]) -> set[str]:
    """Everything that names a rule: ids, their parts, principles and positions."""
    return {name for rule in rules for name in (rule.id, *rule.id.split("/"), rule.principle, *rule.positions)}


# Which rules defeat which: directly, and through others.


def stronger(rules: Iterable[Rule]) -> dict[str, list[str]]:
    """For each rule those that defeat it directly, by id and in the order of the rules; rules that are not there defeat none.

    Args:
        rules: one version of each, or several, which count together.
    """
    listed = tuple(rules)
    above: dict[str, dict[str, None]] = {rule.id: {} for rule in listed}
    for rule in listed:
        for weaker in rule.defeats:
            if weaker in above:
                above[weaker][rule.id] = None
    return {name: list(names) for name, names in above.items()}


def weaker(rules: Iterable[Rule]) -> dict[str, list[str]]:
    """For each rule those that it defeats directly, by id; the other way round than `stronger`, with the same arguments."""
    listed = tuple(rules)
    below: dict[str, dict[str, None]] = {rule.id: {} for rule in listed}
    for rule in listed:
        below[rule.id] |= dict.fromkeys(name for name in rule.defeats if name in below)
    return {name: list(names) for name, names in below.items()}


def reached(start: str, edges: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The transitive closure: a rule, then each that can be reached from it, once; those without edges of their own are left out.

    Args:
        start: the id of the rule.
        edges: from each rule to others, as `stronger` has them, or the other way round.
    """
    reachable = {start: None}
    waiting = [start]
    while waiting:
        fresh = [rule for rule in edges[waiting.pop()] if rule in edges and rule not in reachable]
        reachable |= dict.fromkeys(fresh)
        waiting += fresh
    return tuple(reachable)
