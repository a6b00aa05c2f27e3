"""Which of the days that a document names is its own."""

from datetime import date

from consistent.intake.header.cover import Front
from consistent.intake.header.dates import date_from, dates, day_after_place
from consistent.intake.header.found import Found, agreed
from consistent.intake.header.kinds import ADOPTED, ActType
from consistent.intake.header.words import all_words

__all__ = ["own_day"]

# So many characters the longest day has.
_DAY = 30
# What may stand beside the day in its line: the word that leads to it.
_BESIDE = 10


def own_day(front: Front, kind: str, type: ActType | None) -> Found[date] | None:
    """The day of a document: of an adopted act that of its title or its signature, of another that on its cover.

    Args:
        front: of the document.
        kind: what it is; empty where that is not known yet.
        type: of its act.
    """
    said = date_from(front.said.get("date", ""))
    if kind in ADOPTED:
        # In front of the title of an adopted act stands the day of the Official Journal.
        read = (_in_title(front, type) if type else None) or _signed(front)
    else:
        read = _after_lead(front) or day_after_place(front.text, 0, len(front.text))
    return agreed(Found(said, None), read) if said else read


def _after_lead(front: Front) -> Found[date] | None:
    """The day that belongs to what the document is called: `legislative resolution of 7 October 2026`."""
    if front.first is None or front.first.about:
        return None
    of = all_words()[front.first.language].pattern("acts", "of").match(front.text, front.first.span.end + 1)
    found = next(dates(front.text, of.end(), of.end() + _DAY), None) if of else None
    near = found is not None and found.span is not None and of is not None and found.span.start == of.end() + 1
    return found if near else None


def _in_title(front: Front, type: ActType) -> Found[date] | None:
    """The day in the type of the act, or in a line of its own after it: `of 30 May 2022`."""
    within = next(dates(front.text, type.span.start, type.span.end), None)
    if within is not None:
        return within
    line = front.text[type.span.end :].lstrip("\n").partition("\n")[0]
    start = front.text.find(line, type.span.end) if line else -1
    found = next(dates(front.text, start, start + len(line)), None) if start >= 0 else None
    short = found is not None and found.span is not None and len(line) - (found.span.end - found.span.start) < _BESIDE
    return found if short else None


def _signed(front: Front) -> Found[date] | None:
    """The day on which the act was signed."""
    closing = next((each.span for act in front.document.top("act") for each in act.named("closing")), None)
    return next(dates(front.document.text, closing.start, closing.end), None) if closing else None
