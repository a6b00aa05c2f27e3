"""A proposal that was checked: what was found, and the questions that can be put to it.

Each layer below is plain data: a `findings.case.Case` is what is checked, a `findings.report.Report` what was found. A check
holds both and hangs above them, so that neither has to know who asks. What answers the questions is imported when it is
first asked for: most reports are only read.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from consistent.errors import UsageError
from consistent.findings.answers import AnswerUse
from consistent.findings.case import Case, States
from consistent.findings.identity import Identity
from consistent.findings.judgement import Judgement
from consistent.findings.outcome import Bar, MeasureOutcome
from consistent.findings.report import Chain, MeasureSummary, OtherPack, ProposalSummary, Report
from consistent.findings.rows import Row
from consistent.findings.said import (
    CitedFact,
    CitedPosition,
    CitedPrinciple,
    CitedRule,
    Defeated,
    Finding,
    Open,
    Presumed,
    Reading,
    Said,
    Spoken,
)
from consistent.findings.settling import Settlement
from consistent.findings.waivers import TimeWarning, WaiverUse
from consistent.findings.weighing import Weighing
from consistent.locking import Lock
from consistent.model.proposal import Proposal
from consistent.model.text import Language
from consistent.shown import Drawn

if TYPE_CHECKING:
    from typing import Unpack

    from consistent.inquiries.differences.difference import Difference
    from consistent.inquiries.interview.interview import Interview
    from consistent.inquiries.questions.open_questions import OpenQuestions
    from consistent.inquiries.repairs.repairs import RepairOptions, Repairs
    from consistent.inquiries.why.accounts import WhyNot
    from consistent.inquiries.why.why_not import WhyNots

__all__ = ["Check"]


class Check(Drawn):
    """What came of checking a proposal. Safe to share between threads.

    Everything that its `report` says can be read from the check itself: `check.findings` is `check.report.findings`. The
    report is written lazily, when it is first read; `spoken` and `states` give the outcomes without it, many times faster.

    Two checks are equal where their reports are. What goes through a pickle is the report: the engine and the pack stay
    behind, so that no questions can be put to the copy.
    """

    __shown__ = Report.__shown__
    __slots__ = ("_case", "_index", "_lock", "_proposal", "_report", "_settlement", "_short", "_why_not")

    def __init__(self, case: Case, settlement: Settlement, index: int) -> None:
        """Hold what was found of one proposal of a batch.

        Args:
            case: the rules that were put to it.
            settlement: of the batch.
            index: the place of the proposal in the batch.
        """
        # None in what came from a pickle.
        self._case: Case | None = case
        self._proposal: Proposal | None = settlement.batch.proposals[index]
        # INVARIANT: there is a settlement, or the report that was written from it.
        self._settlement: Settlement | None = settlement
        self._report: Report | None = None
        # What was written in short, and of how many places of each open rule it tells why.
        self._short: tuple[int, Report] | None = None
        # What rules that were asked about have in common.
        self._why_not: WhyNots | None = None
        self._index, self._lock = index, Lock()

    @classmethod
    def of(cls, case: Case) -> "Check":
        """Check a case.

        Raises:
            EngineError: the engine did not do all of its work.
        """
        return cls(case, case.settled((case.proposal,)), 0)

    @classmethod
    def several(cls, case: Case, proposals: Sequence[Proposal]) -> "Iterator[Check]":
        """Check proposals by the rules of a case, all at once.

        Args:
            case: its own proposal does not count.
            proposals: at least one, and no more than the engine takes.

        Raises:
            EngineError: as `of`.
        """
        settlement = case.settled(proposals)
        return (cls(case, settlement, index) for index in range(len(proposals)))

    def __getstate__(self) -> Report:
        return self.report

    def __setstate__(self, report: Report) -> None:
        self._case = self._proposal = self._settlement = self._short = self._why_not = None
        self._report, self._index, self._lock = report, 0, Lock()

    def __eq__(self, other: object) -> bool:
        return self.report == other.report if isinstance(other, Check) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.report)

    def __made_by__(self) -> tuple[str, tuple[tuple[str, object], ...]]:
        """As its report shows itself."""
        return type(self).__name__, self.report.__made_by__()[1]

    @property
    def report(self) -> Report:
        """Everything that the check has to say, as plain data; written lazily, on first access, and cached."""
        with self._lock:
            if self._report is None:
                assert self._case is not None  # noqa: S101  what came from a pickle has its report
                assert self._settlement is not None  # noqa: S101  the invariant of `__init__`
                self._report = self._case.written(self._settlement, self._index)
                # Who keeps one check of a batch need not keep the others.
                self._settlement = self._short = None
            return self._report

    def report_in_short(self, most_told: int) -> Report:
        """The report, which tells of each open rule in so many places only why it is open; the whole one where that is written.

        Args:
            most_told: how many at least; of the draft of a long act there are thousands.
        """
        with self._lock:
            if self._report is not None:
                return self._report
            if self._short is None or self._short[0] < most_told:
                assert self._case is not None  # noqa: S101  as in `report`
                assert self._settlement is not None  # noqa: S101  as there
                self._short = most_told, self._case.written(self._settlement, self._index, most_told=most_told)
            return self._short[1]

    @property
    def case(self) -> Case:
        """What was checked: the proposal, the rules and facts of the day, and the engine.

        Raises:
            UsageError: the check came from a pickle.
        """
        if self._case is None or self._proposal is None:
            raise UsageError("this check was read from data and can answer no further questions", "check again")
        return self._case.of(self._proposal)

    @property
    def spoken(self) -> tuple[Spoken, ...]:
        """Which rules say something, and of which measures, in the order of findings; told without writing the report.

        What is waived is among it: a waiver accepts a finding, it does not take it away.
        """
        settlement = self._settlement
        return self.report.spoken if settlement is None else settlement.spoken(self._index)

    def states(self) -> States:
        """What became of every rule that says something, by its id and the measure's; told without writing the report."""
        return {(said.rule, said.measure): said.outcome for said in self.spoken}

    def why_not(self, rule: str, measure: str | None = None) -> "WhyNot":
        """What became of a rule on each measure, or on one: its conditions with what held, what failed and by how much.

        Args:
            rule: its id, or the last part of it where only one rule has that.
            measure: the id of one; all unless given.

        Raises:
            UsageError: there is no such rule or measure, or the check came from a pickle.
        """
        from consistent.inquiries.why.why_not import WhyNots

        case = self.case
        with self._lock:
            asked = self._why_not = self._why_not or WhyNots(case)
        return asked.of(rule, measure)

    def questions(self, limit: int | None = None, *, in_short: bool = False) -> "OpenQuestions":
        """What is still open, as the smallest set of questions that settles the report, with what each answer means.

        Args:
            limit: how many questions at most, what weighs most first; all unless given.
            in_short: without a limit, of more questions than anybody reads only the first few; all are counted by field.

        Raises:
            UsageError: the check came from a pickle.
        """
        from consistent.inquiries.questions.questions import open_questions

        return open_questions(self.case, limit=limit, in_short=in_short)

    def interview(self) -> "Interview":
        """What a person must say of the act until nothing is open, of a proposal that was read by machine.

        Raises:
            UsageError: the check came from a pickle.
        """
        from consistent.inquiries.interview.interview import interview

        return interview(self.case, report=self.report_in_short(0))

    @property
    def left(self) -> int | None:
        """How many questions settle what is open; None where that takes long to tell.

        Raises:
            UsageError: the check came from a pickle.
        """
        if self.case.presumes:
            return len(self.interview().questions)
        return None if self.report_in_short(0).open else 0

    def repairs(self, **wanted: "Unpack[RepairOptions]") -> "Repairs":
        """What would have to change in the proposal for its conflicts to go, as lines for a negotiator.

        Args:
            wanted: `rule` and `measure` for findings of these only, `conditions` for missing conditions too, and as bounds
                `seconds`, `max_changes` and `alternatives`; see `consistent.inquiries.repairs.repairs.find_repairs`.

        Raises:
            UsageError: there is no such rule or measure, a bound is not above zero, or the check came from a pickle.
        """
        from consistent.inquiries.repairs.repairs import find_repairs

        return find_repairs(self.case, **wanted)

    def diff(self, new: "Check") -> "Difference":
        """What another check changes: of an amended proposal, an amended pack or another day, and why.

        Raises:
            UsageError: one of the two came from a pickle, or the packs are too unlike.
        """
        from consistent.inquiries.differences.difference import difference

        return difference(self.case, new.case)

    def why(self, said: Said) -> Chain:
        """Everything that a finding, an open or a defeated rule rests on, each thing once; see `Report.why`.

        Raises:
            UsageError: the report does not say it.
        """
        return self.report.why(said)

    def to_rows(self, language: Language = "en") -> list[Row]:
        """A flat dict of plain values for each thing that the report says; see `Report.to_rows`."""
        return self.report.to_rows(language)

    def outcome(self, measure: str) -> MeasureOutcome:
        """What the report says of a measure, the gravest thing first; see `Report.outcome`."""
        return self.report.outcome(measure)

    def reaches(self, bar: Bar) -> bool:
        """Whether the report holds something at or above a bar; see `Report.reaches`."""
        return self.report_in_short(0).reaches(bar)

    def speaking(self, measure: str | None) -> Iterator[Said]:
        """Everything that is said of a measure, or of the proposal as a whole; see `Report.speaking`."""
        return self.report.speaking(measure)

    # What the report says, as `Report` has it.

    @property
    def proposal(self) -> ProposalSummary:
        """Which proposal it was."""
        return self.report.proposal

    @property
    def pack(self) -> str:
        """The pack that was checked against."""
        return self.report.pack

    @property
    def as_of(self) -> str:
        """The day whose facts and rules were used, ISO."""
        return self.report.as_of

    @property
    def engine(self) -> str:
        """Which engine decided."""
        return self.report.engine

    @property
    def judgement(self) -> Judgement:
        """The grade of each dimension, in the order of the Dutch appraisal: `check.judgement["competence"]`."""
        return self.report.judgement

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Rules that apply, in order of measure, worst first."""
        return self.report.findings

    @property
    def open(self) -> tuple[Open, ...]:
        """Rules that depend on what is unknown, in the same order."""
        return self.report.open

    @property
    def defeated(self) -> tuple[Defeated, ...]:
        """Rules that a stronger rule or an exception sets aside, in the same order."""
        return self.report.defeated

    @property
    def measures(self) -> tuple[MeasureSummary, ...]:
        """The measures of the proposal, in order."""
        return self.report.measures

    @property
    def weighing(self) -> tuple[Weighing, ...]:
        """Provisions in the field of the pack."""
        return self.report.weighing

    @property
    def not_judged(self) -> tuple[str, ...]:
        """Ids of measures on which no rule speaks, in order."""
        return self.report.not_judged

    @property
    def positions_held(self) -> int:
        """The number of positions of the packs."""
        return self.report.positions_held

    @property
    def positions_short(self) -> tuple[str, ...]:
        """Ids of positions that rules carry in part or not at all, as the packs say."""
        return self.report.positions_short

    @property
    def not_applicable(self) -> int:
        """The number of rules that say nothing of this proposal."""
        return self.report.not_applicable

    @property
    def rules_run(self) -> int:
        """The number of rules that were checked."""
        return self.report.rules_run

    @property
    def other_packs(self) -> tuple[str, ...]:
        """See `Report`."""
        return self.report.other_packs

    @property
    def elsewhere(self) -> tuple[OtherPack, ...]:
        """See `Report`."""
        return self.report.elsewhere

    @property
    def presumed(self) -> tuple[Presumed, ...]:
        """Rules that are presumed not to apply; see `Report`."""
        return self.report.presumed

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What presumptions rest on; see `Report`."""
        return self.report.readings

    @property
    def identity(self) -> Identity | None:
        """What the report came of: versions, digests and options; see `Report`."""
        return self.report.identity

    @property
    def answers(self) -> tuple[AnswerUse, ...]:
        """What became of each answer of a person, in the order of the file."""
        return self.report.answers

    @property
    def not_in_force(self) -> int:
        """The number of further rules, which do not hold on that day."""
        return self.report.not_in_force

    @property
    def rules(self) -> tuple[CitedRule, ...]:
        """Rules that are named, each once, in order of id."""
        return self.report.rules

    @property
    def facts(self) -> tuple[CitedFact, ...]:
        """Facts that the report rests on, each once, in order of id."""
        return self.report.facts

    @property
    def principles(self) -> tuple[CitedPrinciple, ...]:
        """Principles that rules are for, each once, in order of id."""
        return self.report.principles

    @property
    def positions(self) -> tuple[CitedPosition, ...]:
        """Positions that rules carry, each once, in order of id."""
        return self.report.positions

    @property
    def waivers(self) -> tuple[WaiverUse, ...]:
        """What became of each waiver, in the order of their files."""
        return self.report.waivers

    @property
    def warnings(self) -> tuple[TimeWarning, ...]:
        """What the report rests on and will not, or may not, hold for long."""
        return self.report.warnings
