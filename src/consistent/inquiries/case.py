"""A proposal with all that is needed to check it, again or changed."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from consistent.engine.protocol import Engine
from consistent.findings.ageing import Limits
from consistent.findings.judging import make_report
from consistent.findings.report import Report
from consistent.findings.said import Spoken
from consistent.findings.settling import Settlement
from consistent.knowledge.base import Knowledge
from consistent.model.proposal import Proposal
from consistent.reading.waivers import Waiver
from consistent.rules.program import Program

if TYPE_CHECKING:
    from consistent.inquiries.inquiry import Inquiry

__all__ = ["Case", "States"]

# What became of a rule where: by the rule's id and the measure's, None for the whole proposal. What does not apply is left out.
States = dict[tuple[str, str | None], str]


@frozen(kw_only=True, eq=False)
class Case:
    """One proposal before the rules of one day.

    Attributes:
        waivers: findings that are accepted.
        known: ids of all rules of the pack, those of the program and others.
        limits: from when on time is worth a warning.
    """

    knowledge: Knowledge
    program: Program
    engine: Engine
    proposal: Proposal
    day: date
    waivers: tuple[Waiver, ...] = ()
    known: frozenset[str] = frozenset()
    limits: Limits = Limits()

    def of(self, proposal: Proposal) -> "Case":
        """The same rules on another proposal."""
        return evolve(self, proposal=proposal)

    def report(self) -> Report:
        """Check it.

        Raises:
            EngineError: the engine did not do all of its work.
        """
        (report,) = self.reports((self.proposal,))
        return report

    def reports(self, proposals: Sequence[Proposal]) -> Iterator[Report]:
        """Check other proposals, all at once; each report is written when it is looked at.

        Args:
            proposals: no more than the engine takes.

        Raises:
            EngineError: as `report`.
        """
        settlement = Settlement.of(self.engine.batch(self.program, proposals))
        return (Report.unwritten(_Unwritten(self, settlement, index)) for index in range(len(proposals)))

    def states(self) -> States:
        """Check it, without the words: the outcome of every rule that applies, is open, excepted or defeated."""
        settlement = Settlement.of(self.engine.batch(self.program, (self.proposal,)))
        return {(each.rule, each.measure): each.outcome for each in settlement.spoken(0)}


class _Unwritten:
    """The report on one proposal of a batch that was settled; it lets go of the batch once it is written."""

    __slots__ = ("_case", "_index", "_proposal", "_settlement", "_spoken")

    def __init__(self, case: Case, settlement: Settlement, index: int) -> None:
        self._case, self._index = case, index
        self._settlement: Settlement | None = settlement
        self._proposal = settlement.batch.proposals[index]
        self._spoken: tuple[Spoken, ...] = ()

    def write(self) -> Report:
        case, settlement = self._case, self._settlement
        assert settlement is not None  # noqa: S101  a report is written once
        report = make_report(
            case.knowledge, case.program, self._proposal, settlement.rows(self._index), day=case.day,
            engine=case.engine.name, waivers=case.waivers, known=case.known, limits=case.limits,
        )  # fmt: skip
        self._spoken, self._settlement = settlement.spoken(self._index), None
        return report

    def spoken(self) -> tuple[Spoken, ...]:
        settlement = self._settlement
        return self._spoken if settlement is None else settlement.spoken(self._index)

    def inquiry(self) -> "Inquiry":
        from consistent.inquiries.inquiry import Inquiry  # noqa: PLC0415  which asks cases

        return Inquiry(self._case.of(self._proposal))
