"""What a check found, as data that outlives the check."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol

from attrs import field, fields, frozen

from consistent.errors import EngineError, UsageError
from consistent.findings.ageing import TimeWarning
from consistent.findings.chains import Chain, Chains
from consistent.findings.cited import CitedFact, CitedPosition, CitedPrinciple, CitedRule
from consistent.findings.outcome import GRAVE, PRESSING, Bar, MeasureOutcome
from consistent.findings.said import Defeated, Finding, Open, Said, Spoken, spoken_of
from consistent.findings.waivers import WaiverUse
from consistent.model.text import Localized
from consistent.rules.rule import VERDICTS, Dimension

if TYPE_CHECKING:
    from typing import Unpack

    from consistent.inquiries.differences.difference import Difference
    from consistent.inquiries.inquiry import Inquiry
    from consistent.inquiries.questions.open_questions import OpenQuestions
    from consistent.inquiries.repairs.repairs import RepairOptions, Repairs
    from consistent.inquiries.why.accounts import WhyNot

__all__ = ["Grade", "MeasureSummary", "ProposalSummary", "Report", "Unwritten"]

Grade = Literal[
    "positive", "positive-with-remarks", "partly-positive-partly-negative", "negative", "open", "not-judged"
]


class Unwritten(Protocol):
    """What a report is made from, once somebody looks at it."""

    def write(self) -> "Report":
        """The report."""

    def spoken(self) -> tuple[Spoken, ...]:
        """See `Report.spoken`."""

    def inquiry(self) -> "Inquiry":
        """See `Report.inquiry`."""


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
    _inquiry: Any = field(default=None, eq=False, repr=False)
    _source: Any = field(default=None, eq=False, repr=False, init=False)

    @classmethod
    def unwritten(cls, source: "Unwritten") -> "Report":
        """A report that is written when it is first looked at."""
        report = cls.__new__(cls)
        object.__setattr__(report, "_source", source)
        object.__setattr__(report, "_inquiry", source.inquiry)
        return report

    def __getattr__(self, name: str) -> Any:
        # Asked only for what is not there, as nothing is before the report is written.
        if name not in _CONTENTS or self._source is None:
            raise AttributeError(f"a report has no `{name}`")
        try:
            written = self._source.write()
        except AttributeError as error:
            # Or else it would seem that the report has no such thing.
            raise EngineError(f"the report could not be written: {error}") from error
        for each in _CONTENTS:
            object.__setattr__(self, each, getattr(written, each))
        return getattr(self, name)

    def __getstate__(self) -> dict[str, Any]:
        # The way back to the check stays behind: engines cannot be sent to another process.
        return {name: getattr(self, name) for name in _CONTENTS}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        # How a frozen class is filled anew.
        self.__init__(**state)  # type: ignore[misc]  # how a frozen class is filled anew

    @property
    def spoken(self) -> tuple[Spoken, ...]:
        """Which rules say something, and of which measures, in the order of findings; told without writing the report.

        What is waived is among it: a waiver accepts a finding, it does not take it away.
        """
        if self._source is not None:
            told: tuple[Spoken, ...] = self._source.spoken()
            return told
        order = {name: number for number, name in enumerate([None, *(each.id for each in self.measures)])}
        everything: tuple[Said, ...] = (*self.findings, *self.open, *self.defeated)
        return tuple(
            sorted(
                map(spoken_of, everything),
                key=lambda each: (order[each.measure], VERDICTS.index(each.verdict), each.rule),
            )
        )

    @property
    def inquiry(self) -> "Inquiry":
        """What can be asked beyond the report: why not, what is open, what would change it.

        Raises:
            UsageError: the report was read from a file; what it is about is not there any more.
        """
        if self._inquiry is None:
            raise UsageError("this report was read from data and can answer no further questions", "check again")
        inquiry: Inquiry = self._inquiry()
        return inquiry

    def why(self, said: Said) -> Chain:
        """Everything that a finding, an open or a defeated rule of this report rests on, each thing once.

        Raises:
            UsageError: the report does not say it.
        """
        return self._chains.of(said)

    def why_not(self, rule: str, measure: str | None = None) -> "WhyNot":
        """What became of a rule on each measure, or on one: its conditions with what held, what failed and by how much.

        Args:
            rule: its id, or the last part of it where only one rule has that.
            measure: the id of one; all unless given.

        Raises:
            UsageError: there is no such rule or measure, or the report was read from a file.
        """
        return self.inquiry.why_not(rule, measure)

    def diff(self, new: "Report") -> "Difference":
        """What another report changes: of an amended proposal, an amended pack or another day, and why.

        Raises:
            UsageError: one of the two was read from a file, or the packs are too unlike.
        """
        return self.inquiry.diff(new.inquiry)

    def repairs(self, **wanted: "Unpack[RepairOptions]") -> "Repairs":
        """What would have to change in the proposal for its conflicts to go, as lines for a negotiator.

        Args:
            wanted: `rule` and `measure` for findings of these only, `conditions` for missing conditions too, and as bounds
                `seconds`, `max_changes` and `alternatives`; see `consistent.inquiries.repairs.repairs.find_repairs`.

        Raises:
            UsageError: there is no such rule or measure, a bound is not above zero, or the report was read from a file.
        """
        return self.inquiry.repairs(**wanted)

    def questions(self) -> "OpenQuestions":
        """What is still open, as the smallest set of questions that settles the report, with what each answer means.

        Raises:
            UsageError: the report was read from a file.
        """
        return self.inquiry.questions()

    @cached_property
    def _chains(self) -> Chains:
        return Chains(self)

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
        everything: tuple[Said, ...] = (*self.findings, *self.open, *self.defeated)
        yield from (each for each in everything if each.measure == measure)


_CONTENTS = tuple(each.name for each in fields(Report) if not each.name.startswith("_"))
