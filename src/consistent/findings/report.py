"""What a check found, as data that outlives the check."""

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from consistent.model.text import Localized
from consistent.rules.rule import Dimension, Ground, Verdict

__all__ = [
    "Because",
    "Defeated",
    "DefeatedBy",
    "Finding",
    "Grade",
    "JoinedFact",
    "MeasureSummary",
    "Open",
    "Outcome",
    "ProposalSummary",
    "Report",
    "Unknown",
]

Outcome = Literal["conflict", "condition", "aligned", "open", "met", "defeated", "not-judged"]
Grade = Literal[
    "positive", "positive-with-remarks", "partly-positive-partly-negative", "negative", "open", "not-judged"
]


@frozen(kw_only=True)
class ProposalSummary:
    """Which proposal it was. Empty text and None stand for what is not known."""

    name: str
    reference: str
    celex: str
    title: Localized | None
    date: str
    kind: str
    measures: int
    path: str


@frozen(kw_only=True)
class MeasureSummary:
    """Which measures it has."""

    id: str
    title: Localized | None


@frozen(kw_only=True)
class JoinedFact:
    """A fact that took part in a finding."""

    kind: str
    id: str
    ground: Ground
    sources: tuple[str, ...]


@frozen(kw_only=True)
class Because:
    """One test that took part in a finding.

    Attributes:
        subject: `measure`, `proposal`, or a kind of fact.
        measure: the id, where the test was to a measure.
        field: what was asked.
        condition: how, in the words of the rule: `any harmonisation`, `not any agency-part`.
        found: the values that the field has; empty where it has none, or none is known.
        known: whether `found` is all there is.
        line: of the test in the rule's file, where it has one.
        document: where the value was read, with its place; empty where the proposal does not say.
        text: the same in words.
    """

    subject: str
    measure: str | None
    field: str
    condition: str
    found: tuple[str, ...]
    known: bool
    line: int | None
    document: str
    text: Localized


@frozen(kw_only=True)
class Finding:
    """A rule that applies.

    Attributes:
        measure: the id; None where the proposal as a whole is meant.
    """

    rule: str
    title: Localized
    principle: str
    positions: tuple[str, ...]
    verdict: Verdict
    ground: Ground
    dimension: Dimension
    measure: str | None
    message: Localized
    sources: tuple[str, ...]
    facts: tuple[JoinedFact, ...]
    because: tuple[Because, ...]


@frozen(kw_only=True)
class Unknown:
    """Something that the proposal leaves out and a rule asks for; `text` puts it as a question."""

    subject: str
    measure: str | None
    field: str
    condition: str
    text: Localized


@frozen(kw_only=True)
class Open:
    """A rule that would apply, or not, depending on what is unknown.

    Attributes:
        verdict: what it would be.
        unknown: what must be known; at least one, or `awaits` is not empty.
        awaits: stronger rules that are themselves open, and would defeat this one.
    """

    rule: str
    title: Localized
    principle: str
    positions: tuple[str, ...]
    verdict: Verdict
    ground: Ground
    dimension: Dimension
    measure: str | None
    message: Localized
    sources: tuple[str, ...]
    unknown: tuple[Unknown, ...]
    awaits: tuple[str, ...]


@frozen(kw_only=True)
class DefeatedBy:
    """What defeats a finding: a stronger rule, or an exception of the rule itself."""

    rule: str | None
    exception: int | None
    reason: Localized | None


@frozen(kw_only=True)
class Defeated:
    """A rule whose conditions hold, but which does not count.

    Attributes:
        met: it is a condition for support, and an exception says that it is met.
    """

    rule: str
    title: Localized
    principle: str
    positions: tuple[str, ...]
    verdict: Verdict
    ground: Ground
    dimension: Dimension
    measure: str | None
    met: bool
    by: DefeatedBy


@frozen(kw_only=True)
class Report:
    """Everything that a check has to say of one proposal.

    Attributes:
        pack: the pack that was checked against, with those that it builds on.
        as_of: the day whose facts and rules were used.
        engine: which engine decided.
        judgement: the grade of each dimension, in the order of the Dutch appraisal.
        findings: in order of measure, worst first.
        not_judged: ids of measures on which no rule speaks, in order; one that leaves the judgement to others does not.
        not_applicable: the number of rules that say nothing of this proposal.
        rules_run: the number of rules that were checked.
        not_in_force: the number of further rules, which do not hold on that day.
    """

    proposal: ProposalSummary
    pack: str
    as_of: str
    engine: str
    judgement: tuple[tuple[Dimension, Grade], ...]
    findings: tuple[Finding, ...]
    open: tuple[Open, ...]
    defeated: tuple[Defeated, ...]
    measures: tuple[MeasureSummary, ...]
    not_judged: tuple[str, ...]
    not_applicable: int
    rules_run: int
    not_in_force: int

    def outcome(self, measure: str) -> Outcome:
        """What the report says of a measure, the gravest thing first.

        A conflict weighs more than a missing condition, that more than what is open (a question for a person among it),
        that more than what is in line; a measure of which only a met condition or a defeated rule speaks is `met` or
        `defeated`.
        """
        verdicts = {each.verdict for each in self.findings if each.measure == measure} - {"reserved"}
        graver: tuple[Literal["conflict", "condition"], ...] = ("conflict", "condition")
        for verdict in graver:
            if verdict in verdicts:
                return verdict
        if "question" in verdicts or any(each.measure == measure and each.verdict != "reserved" for each in self.open):
            return "open"
        if verdicts:
            return "aligned"
        met = {each.met for each in self.defeated if each.measure == measure and each.verdict != "reserved"}
        if met:
            return "met" if True in met else "defeated"
        return "not-judged"

    def reaches(self, bar: Literal["conflict", "condition", "open", "never"]) -> bool:
        """Whether it holds something at or above a bar: a conflict, a missing condition, something open."""
        verdicts = {each.verdict for each in self.findings}
        match bar:
            case "never":
                return False
            case "conflict":
                return "conflict" in verdicts
            case "condition":
                return not verdicts.isdisjoint({"conflict", "condition"})
            case "open":
                return not verdicts.isdisjoint({"conflict", "condition", "question"}) or bool(self.open)

    def speaking(self, measure: str | None) -> Iterator[Finding | Open | Defeated]:
        """Everything that is said of a measure, or of the proposal as a whole."""
        everything: tuple[Finding | Open | Defeated, ...] = (*self.findings, *self.open, *self.defeated)
        yield from (each for each in everything if each.measure == measure)
