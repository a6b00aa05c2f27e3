"""From when the measures of an act apply, where that lies before the act itself: its law reaches back then."""

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import frozen

from consistent.documents.document import Span
from consistent.documents.provisions.provisions import Provision
from consistent.documents.provisions.time_limits import TimeLimit
from consistent.drafting.candidate_measure import CandidateMeasure

__all__ = ["Start", "early_starts"]


@frozen
class Start:
    """From when a measure applies.

    Attributes:
        day: of the calendar; None where the sentence names provisions that were not recognised, so that it may be meant or not.
        span: of the sentence that says so.
    """

    day: date | None
    span: Span


def early_starts(
    candidates: Sequence[CandidateMeasure],
    limits: Sequence[TimeLimit],
    provisions: Sequence[Provision],
    days: Sequence[date],
) -> Mapping[str, Start]:
    """The measures that apply from a day before the act was proposed or enters into force, by id.

    A later day is the act's own time, which goes without saying.

    Args:
        candidates: the measures of the act.
        limits: of the act; a day counted from an event comes after that, and is never early.
        provisions: of the act, with what they refer to.
        days: those of the proposal and of its entry into force that are known; with none any day of the calendar may be early.
    """
    starts: dict[str, Start] = {}
    # What holds for named provisions only says more than what holds for the act, and comes last.
    for limit in sorted(limits, key=lambda limit: limit.provisions is not None):
        day = limit.when.date
        if limit.kind not in {"application", "entry-into-force"} or (day is None and limit.provisions is None):
            continue
        meant = None if limit.provisions is None else _named(limit.provisions, provisions)
        early = day is not None and (not days or any(day < known for known in days))
        for candidate in candidates:
            if meant is None or any(_overlap(candidate.span, span) for span in meant):
                # A later day for named provisions takes back what was said of the whole act.
                starts.pop(candidate.id, None)
                if early:
                    starts[candidate.id] = Start(day, limit.span)
            elif early and not meant:
                starts.setdefault(candidate.id, Start(None, limit.span))
    return starts


def _named(words: Span, provisions: Sequence[Provision]) -> list[Span]:
    """The parts of the act that the words name."""
    return [
        reference.target
        for provision in provisions
        for reference in provision.references
        if reference.span in words and reference.target is not None
    ]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
