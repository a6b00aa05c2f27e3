"""What a check found, as data that outlives the check.

A report is made of frozen values alone: it can be built, compared, pickled and read from a file by itself. What can be asked
beyond it (why not, what is open, what would change it) needs the rules and the proposal, and hangs on `consistent.check`.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from attrs import frozen

from consistent.findings.ageing import TimeWarning
from consistent.findings.chains import Chain, Chains
from consistent.findings.cited import CitedFact, CitedPosition, CitedPrinciple, CitedRule
from consistent.findings.outcome import GRAVE, PRESSING, Bar, MeasureOutcome
from consistent.findings.said import Defeated, Finding, Open, Said, Spoken, spoken_of
from consistent.findings.waivers import WaiverUse
from consistent.model.text import Localized
from consistent.rules.rule import VERDICTS, Dimension

__all__ = ["Grade", "MeasureSummary", "ProposalSummary", "Report"]

Grade = Literal[
    "positive", "positive-with-remarks", "partly-positive-partly-negative", "negative", "open", "not-judged"
]


@frozen(kw_only=True)
class ProposalSummary:
    """Which proposal it was. Empty text and None stand for what is not known.

    Attributes:
        unconfirmed: the number of its values that were read in a document and that no person stands for yet.
        remarks: what must be known of the document that it was read from; may be empty.
    """

    name: str
    reference: str
    celex: str
    title: Localized | None
    date: str
    kind: str
    measures: int
    path: str
    unconfirmed: int = 0
    remarks: tuple[Localized, ...] = ()


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
        findings: in order of measure, worst first; those that are accepted among them, marked `waived`.
        not_judged: ids of measures on which no rule speaks, in order; one that leaves the judgement to others does not.
        not_applicable: the number of rules that say nothing of this proposal.
        rules_run: the number of rules that were checked.
        not_in_force: the number of further rules, which do not hold on that day.
        waivers: what became of each waiver, in the order of their files; may be empty.
        warnings: what the report rests on and will not, or may not, hold for long; may be empty.
        other_packs: names of packs that could have been checked against as well; only where nobody named a pack.
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
    waivers: tuple[WaiverUse, ...] = ()
    warnings: tuple[TimeWarning, ...] = ()
    other_packs: tuple[str, ...] = ()

    @property
    def spoken(self) -> tuple[Spoken, ...]:
        """Which rules say something, and of which measures, in the order of findings.

        What is waived is among it: a waiver accepts a finding, it does not take it away.
        """
        order = {name: number for number, name in enumerate([None, *(measure.id for measure in self.measures)])}
        return tuple(
            sorted(
                map(spoken_of, self._everything),
                key=lambda spoken: (order[spoken.measure], VERDICTS.index(spoken.verdict), spoken.rule),
            )
        )

    def why(self, said: Said) -> Chain:
        """Everything that a finding, an open or a defeated rule of this report rests on, each thing once.

        Raises:
            UsageError: the report does not say it.
        """
        return self._chains.of(said)

    @cached_property
    def _chains(self) -> Chains:
        # Made when it is first asked for, as most reports are only read.
        return Chains(
            self.proposal.path,
            self._everything,
            rules=self.rules,
            facts=self.facts,
            principles=self.principles,
            positions=self.positions,
        )

    @property
    def _everything(self) -> tuple[Said, ...]:
        return (*self.findings, *self.open, *self.defeated)

    def outcome(self, measure: str) -> MeasureOutcome:
        """What the report says of a measure, the gravest thing first.

        A conflict weighs more than a missing condition, that more than what is open (a question for a person among it),
        that more than what is waived, that more than what is in line; a measure of which only a met condition or a
        defeated rule speaks is `met` or `defeated`.
        """
        found = [each for each in self.findings if each.measure == measure and each.verdict != "reserved"]
        verdicts = {each.verdict for each in found if each.waived is None}
        graver: tuple[Literal["conflict", "condition"], ...] = ("conflict", "condition")
        for verdict in graver:
            if verdict in verdicts:
                return verdict
        if "question" in verdicts or any(each.measure == measure and each.verdict != "reserved" for each in self.open):
            return "open"
        if any(each.waived for each in found):
            return "waived"
        if verdicts:
            return "aligned"
        met = {each.met for each in self.defeated if each.measure == measure and each.verdict != "reserved"}
        if met:
            return "met" if True in met else "defeated"
        return "not-judged"

    def reaches(self, bar: Bar) -> bool:
        """Whether it holds something at or above a bar: a conflict, a missing condition, something open.

        What is waived does not count.
        """
        verdicts = {each.verdict for each in self.findings if each.waived is None}
        match bar:
            case "never":
                return False
            case "conflict":
                return "conflict" in verdicts
            case "condition":
                return not verdicts.isdisjoint(GRAVE)
            case "open":
                return not verdicts.isdisjoint(PRESSING) or bool(self.open)

    def speaking(self, measure: str | None) -> Iterator[Said]:
        """Everything that is said of a measure, or of the proposal as a whole."""
        yield from (said for said in self._everything if said.measure == measure)
