"""All that a report in a form of its own can draw on."""

from typing import TYPE_CHECKING

from attrs import frozen

from consistent.check import Check
from consistent.findings.report import Report
from consistent.knowledge.entries import Knowledge
from consistent.locking import cached_property
from consistent.model.proposal import Proposal
from consistent.rules.rule import Rule

if TYPE_CHECKING:
    from consistent.drafting.draft import Draft
    from consistent.inquiries.interview.interview import Interview
    from consistent.inquiries.questions.open_questions import OpenQuestions
    from consistent.inquiries.repairs.repairs import Repairs

__all__ = ["Dossier"]


@frozen(kw_only=True, eq=False)
class Dossier:
    """A check with what stands around it.

    Attributes:
        draft: of the document that the proposal was drafted from, with its text; None where it was read from TOML.
        repairs: what would have to change; None where nobody asked.
        questions: what is open, in short where it is much; None where nobody asked, and of an act that has an interview.
    """

    check: Check
    draft: "Draft | None" = None
    repairs: "Repairs | None" = None
    questions: "OpenQuestions | None" = None

    @classmethod
    def of(
        cls, check: Check, draft: "Draft | None" = None, *, repairs: bool = False, questions: bool = False
    ) -> "Dossier":
        """Put it together.

        Args:
            check: of the proposal.
            draft: that the proposal came from.
            repairs: look for repairs, of conflicts and of missing conditions.
            questions: look for questions.

        Raises:
            UsageError: the check came from a pickle.
        """
        return cls(
            check=check,
            draft=draft,
            repairs=check.repairs(conditions=True) if repairs else None,
            questions=check.questions(in_short=True) if questions and not check.case.presumes else None,
        )

    @property
    def report(self) -> Report:
        """What was found."""
        return self.check.report

    @cached_property
    def interview(self) -> "Interview | None":
        """What `consistent ask` puts to a person, of a proposal that was read by machine; None of another."""
        return self.check.interview() if self.check.case.presumes else None

    @property
    def left(self) -> int | None:
        """How many questions settle what is open; None where nobody counted them, which takes long."""
        if self.interview is not None:
            return len(self.interview.questions)
        return self.check.left if self.questions is None else self.questions.count

    @cached_property
    def proposal(self) -> Proposal:
        """What was checked."""
        return self.check.case.proposal

    @cached_property
    def knowledge(self) -> Knowledge:
        """Of the pack: labels, facts, principles, positions."""
        return self.check.case.knowledge

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Those that were run, in order."""
        return tuple(compiled.rule for compiled in self.check.case.program.rules)
