"""The questions that a report can put to the check that it came from.

What answers them is imported when it is first asked: most reports are only read.
"""

from typing import TYPE_CHECKING

from attrs import frozen

from consistent.inquiries.case import Case

if TYPE_CHECKING:
    from typing import Unpack

    from consistent.inquiries.differences.difference import Difference
    from consistent.inquiries.questions.open_questions import OpenQuestions
    from consistent.inquiries.repairs.repairs import RepairOptions, Repairs
    from consistent.inquiries.why.accounts import WhyNot

__all__ = ["Inquiry"]


@frozen(eq=False)
class Inquiry:
    """A report's way back to its case."""

    case: Case

    def why_not(self, rule: str, measure: str | None = None) -> "WhyNot":
        """What became of a rule on each measure, or on one, and why; see `consistent.inquiries.why.why_not`."""
        from consistent.inquiries.why.why_not import why_not  # noqa: PLC0415  late, see above

        return why_not(self.case, rule, measure)

    def questions(self, limit: int | None = None, *, in_short: bool = False) -> "OpenQuestions":
        """What is still open, as the smallest set of questions that settles the report, with what each answer means.

        Args:
            limit: how many questions at most, what weighs most first; all unless given.
            in_short: without a limit, of more questions than anybody reads only the first few; all are counted by field.
        """
        from consistent.inquiries.questions.questions import open_questions  # noqa: PLC0415  late, see above

        return open_questions(self.case, limit=limit, in_short=in_short)

    def diff(self, new: "Inquiry") -> "Difference":
        """What another check changes, and what each change comes from; see `consistent.inquiries.differences.difference`."""
        from consistent.inquiries.differences.difference import difference  # noqa: PLC0415  late, see above

        return difference(self.case, new.case)

    def repairs(self, **wanted: "Unpack[RepairOptions]") -> "Repairs":
        """What would have to change for findings to go; see `consistent.inquiries.repairs.repairs.find_repairs`."""
        from consistent.inquiries.repairs.repairs import find_repairs  # noqa: PLC0415  late, see above

        return find_repairs(self.case, **wanted)
