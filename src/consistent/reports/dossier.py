"""All that a report in a form of its own can draw on."""

from typing import TYPE_CHECKING

from attrs import frozen

from consistent.findings.report import Report
from consistent.knowledge.base import Knowledge
from consistent.model.proposal import Proposal
from consistent.rules.rule import Rule

if TYPE_CHECKING:
    from consistent.drafting.draft import Draft
    from consistent.inquiries.questions.open_questions import OpenQuestions
    from consistent.inquiries.repairs.repairs import Repairs

__all__ = ["Dossier"]


@frozen(kw_only=True, eq=False)
class Dossier:
    """A report with what stands around it.

    Attributes:
        proposal: that was checked.
        knowledge: of the pack: labels, facts, principles, positions.
        rules: that were run, in order.
        draft: of the document that the proposal was drafted from, with its text; None where it was read from TOML.
        repairs: what would have to change; None where nobody asked.
        questions: what is open, in short where it is much; None where nobody asked.
    """

    report: Report
    proposal: Proposal
    knowledge: Knowledge
    rules: tuple[Rule, ...]
    draft: "Draft | None" = None
    repairs: "Repairs | None" = None
    questions: "OpenQuestions | None" = None

    @classmethod
    def of(
        cls, report: Report, draft: "Draft | None" = None, *, repairs: bool = False, questions: bool = False
    ) -> "Dossier":
        """Put it together.

        Args:
            report: of a check.
            draft: that the proposal came from.
            repairs: look for repairs, of conflicts and of missing conditions.
            questions: look for questions.

        Raises:
            UsageError: the report was read from data.
        """
        inquiry = report.inquiry
        return cls(
            report=report,
            proposal=inquiry.case.proposal,
            knowledge=inquiry.case.knowledge,
            rules=tuple(each.rule for each in inquiry.case.program.rules),
            draft=draft,
            repairs=inquiry.repairs(conditions=True) if repairs else None,
            questions=inquiry.questions(in_short=True) if questions else None,
        )
