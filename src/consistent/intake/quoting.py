"""Which lines of a document are quoted: what an amending act puts into another act begins with a mark, and may lack the end."""

from collections.abc import Sequence

from attrs import frozen

from consistent.intake.lines import Line, begins_quotation, ends_quotation, wraps_quotation
from consistent.intake.wording import Wording

__all__ = ["Quotations", "quotations_between", "quotations_of"]

# So many lines a quotation may have. INVARIANT: every look ahead is bounded, or ends where the next begins.
_QUOTED_LINES = 1_000


@frozen
class Quotations:
    """What is quoted from other acts.

    Attributes:
        lines: places that are quoted for certain.
        unclosed: places where a quotation begins whose end is not marked.
    """

    lines: frozenset[int]
    unclosed: frozenset[int]


def quotations_of(lines: Sequence[Line], wording: Wording) -> Quotations:
    """What lines quote from other acts, where they are no enacting terms: annexes amend too."""
    real = [line for line in lines if not line.aside]
    return quotations_between(real, 0, len(real), wording)


def quotations_between(real: Sequence[Line], start: int, limit: int, wording: Wording) -> Quotations:
    """What is quoted between two places.

    Args:
        real: lines, those outside the sentences left out.
        start: the place of the first.
        limit: the place after the last.
        wording: of their language.
    """
    quoted: set[int] = set()
    unclosed: set[int] = set()
    at = start
    while at < limit:
        line = real[at]
        marks = begins_quotation(line.text)
        if not marks:
            if line.quoted and (line.after_colon or (at and real[at - 1].at in quoted)) and wraps_quotation(line.text):
                quoted.add(line.at)
            at += 1
            continue
        end = _quotation_end(real, at, limit, marks, wording)
        if line.quoted:
            quoted.add(line.at)
        if end is None:
            unclosed.add(line.at)
            at += 1
        else:
            quoted.update(each.at for each in real[at + 1 : end + 1])
            at = end + 1
    return Quotations(frozenset(quoted), frozenset(unclosed))


def _quotation_end(real: Sequence[Line], start: int, limit: int, marks: str, wording: Wording) -> int | None:
    """The last line of a quotation; None where another begins or the act ends before it does."""
    for at in range(start + 1, min(limit, start + 1 + _QUOTED_LINES)):
        line = real[at]
        if (line.after_colon and line.quoted and _is_outer(line)) or wording.begins("closing", line.text):
            return None
        if ends_quotation(line.text, marks):
            return at
    return None


def _is_outer(line: Line) -> bool:
    """Whether a line that begins with a quotation mark begins what is put into an act, and not a term that is defined."""
    labelled = line.label is not None and line.label.quoted
    return labelled or begins_quotation(line.text) != "" or wraps_quotation(line.text)
