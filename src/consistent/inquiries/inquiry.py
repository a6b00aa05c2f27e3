"""The questions that a report can put to the check that it came from."""

from attrs import frozen

from consistent.inquiries.case import Case

__all__ = ["Inquiry"]


@frozen(eq=False)
class Inquiry:
    """A report's way back to its case."""

    case: Case
