"""What a check found, as data that outlives the check."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from attrs import field, frozen

from consistent.errors import UsageError
from consistent.findings.cited import CitedFact, CitedPosition, CitedPrinciple, CitedRule
from consistent.findings.said import Defeated, Finding, Open, Said
from consistent.model.text import Localized
from consistent.rules.rule import Dimension

if TYPE_CHECKING:
    from consistent.inquiries.inquiry import Inquiry

__all__ = ["Chain", "Grade", "MeasureSummary", "Outcome", "ProposalSummary", "Report"]

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
        rules, facts, principles, positions: what findings, open and defeated rules rest on, each once, in order of id.
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
    rules: tuple[CitedRule, ...]
    facts: tuple[CitedFact, ...]
    principles: tuple[CitedPrinciple, ...]
    positions: tuple[CitedPosition, ...]
    _inquiry: Any = field(default=None, eq=False, repr=False)

    @property
    def inquiry(self) -> "Inquiry":
        """What can be asked beyond the report: why not, what is open, what would change it.

        Raises:
            UsageError: the report was read from a file; what it is about is not there any more.
        """
        if self._inquiry is None:
            raise UsageError("this report was read from data and can answer no further questions", "check again")
        inquiry: Inquiry = self._inquiry
        return inquiry

    def why(self, said: Said) -> "Chain":
        """Everything that a finding, an open or a defeated rule of this report rests on, each thing once.

        Raises:
            UsageError: the report does not say it.
        """
        return _chain(self, said)

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

    def speaking(self, measure: str | None) -> Iterator[Said]:
        """Everything that is said of a measure, or of the proposal as a whole."""
        everything: tuple[Said, ...] = (*self.findings, *self.open, *self.defeated)
        yield from (each for each in everything if each.measure == measure)


@frozen(kw_only=True)
class Chain:
    """What something that is said rests on, from the passage of the proposal to the article of the treaty.

    Attributes:
        said: with its tests under `because`: passage, value, line in the proposal, condition and line in the rule.
        facts: that joined.
        principle: what the rule is for.
        positions: that the rule carries; may be empty.
        by: of a defeated rule, the chain of the rule that defeats it.
    """

    said: Said
    rule: CitedRule
    facts: tuple[CitedFact, ...]
    principle: CitedPrinciple
    positions: tuple[CitedPosition, ...]
    by: "Chain | None"


def _chain(report: Report, said: Said) -> Chain:
    if said not in (*report.findings, *report.open, *report.defeated):
        raise UsageError("the report does not say this", "take it from `findings`, `open` or `defeated`")
    joined = () if isinstance(said, Open) else said.facts
    wanted = {(each.kind, each.id) for each in joined}
    winner = said.by.rule if isinstance(said, Defeated) else None
    # One on the whole proposal defeats a rule on a measure too.
    winning = [each for each in report.findings if each.rule == winner and each.measure in {said.measure, None}]
    return Chain(
        said=said,
        rule=next(each for each in report.rules if each.id == said.rule),
        facts=tuple(each for each in report.facts if (each.kind, each.id) in wanted),
        principle=next(each for each in report.principles if each.id == said.principle),
        positions=tuple(each for each in report.positions if each.id in said.positions),
        by=_chain(report, winning[0]) if winning else None,
    )
