"""From when the measures of an act apply, where that lies before the act itself: its law reaches back then.

The articles on entry into force and application say it of the act or of provisions that they name. Any other provision can say it of
itself: in so many words (`apply retroactively`), from a day on (`with effect from 1 March 2024`), or by what was there before (`contracts
concluded before the entry into force of this Regulation`). The last may be law for the past or for what lives on: it is left open.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen

from consistent.documents.document import Document, Span
from consistent.documents.provisions.provisions import Provision
from consistent.documents.provisions.time_limits import TimeLimit
from consistent.documents.words.days import day_of, day_pattern
from consistent.documents.words.provision_words import ProvisionWords, words_of
from consistent.drafting.candidate_measure import CandidateMeasure

__all__ = ["Start", "early_starts", "reaching_back"]

# A power to reach back is as much to be told as a duty that does; so is what an act says of itself without a word of force.
_LAYS_DOWN = frozenset({"shall", "shall-not", "may-only", "may", "empowered"})
_STATES = frozenset({"declaratory"})
_YEAR = re.compile(r"(?:19|20)\d\d\b")
# In letters: a word that denies, before the one that it denies.
_DENIED_WITHIN = 40


@frozen
class Start:
    """From when a measure applies.

    Attributes:
        day: of the calendar; None where the sentence names provisions that were not recognised, so that it may be meant or not.
        span: of the sentence that says so.
        stated: whether the text says in so many words that the measure reaches back, and perhaps no day.
    """

    day: date | None
    span: Span
    stated: bool = False


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


def reaching_back(
    document: Document,
    candidates: Sequence[CandidateMeasure],
    provisions: Sequence[Provision],
    days: Sequence[date],
) -> Mapping[str, Start]:
    """The measures of which a provision says that they reach back, by id, wherever it stands.

    Args:
        document: the act.
        candidates: its measures.
        provisions: of the act; what is to become part of another act is passed over, and so are annexes.
        days: those of the proposal and of its entry into force that are known.
    """
    words = words_of(document.language)
    starts: dict[str, Start] = {}
    for provision in provisions if words is not None else ():
        if provision.amended is not None or provision.place.annex or provision.modality not in _LAYS_DOWN | _STATES:
            continue
        start = _of_sentence(document, provision, words, days)  # type: ignore[arg-type]  # there are none without words
        if start is None:
            continue
        # What may be meant of the whole act is told where it is said: else each of its measures would be open for one sentence.
        sure = start.stated or start.day is not None
        meant = (_subjects(document, provision, words) if sure else []) or [provision.span]  # type: ignore[arg-type]  # as above
        for candidate in candidates:
            if any(_overlap(candidate.span, span) for span in meant):
                known = starts.get(candidate.id)
                if known is None or (known.day is None and not known.stated):
                    starts[candidate.id] = start
    return starts


def _of_sentence(document: Document, provision: Provision, words: ProvisionWords, days: Sequence[date]) -> Start | None:
    """How far one sentence reaches back; None where it does not."""
    text, span = document.text, provision.span
    for said in words.patterns["time.back"].finditer(text, span.start, span.end):
        before = max(span.start, said.start() - _DENIED_WITHIN)
        if not words.patterns["time.back_denied"].search(text, before, min(said.end() + _DENIED_WITHIN, span.end)):
            return Start(None, span, stated=True)
    if provision.modality in _STATES:
        return None
    for day, _ in _days_behind("time.back_from", text, span, words):
        if day is not None and any(day < known for known in days):
            return Start(day, span)
    head = provision.chapeau or span
    if words.patterns["time.back_spared"].search(text, min(head.start, span.start), span.end):
        return None
    for day, event in _days_behind("time.back_to", text, span, words):
        if event or (day is not None and any(day < known for known in days)):
            return Start(None, span)
    return None


def _days_behind(key: str, text: str, span: Span, words: ProvisionWords) -> Iterator[tuple[date | None, bool]]:
    """What stands behind the words of a pattern: a day, the end of a year, or a day of the act itself."""
    for lead in words.patterns[key].finditer(text, span.start, span.end):
        event = words.patterns["time.event"].match(text, lead.end(), span.end)
        written = day_pattern().match(text, lead.end(), span.end)
        year = _YEAR.match(text, lead.end(), span.end)
        if event is not None:
            yield None, True
        elif written is not None:
            yield day_of(written), False
        elif year is not None:
            yield date(int(year[0]), 12, 31), False


def _subjects(document: Document, provision: Provision, words: ProvisionWords) -> list[Span]:
    """The parts of the act that a sentence is about, where it is about any by name; the whole of it where it is about the act."""
    subject = provision.norm.subject
    if subject is None:
        return []
    if words.patterns["time.this"].match(document.text, subject.start, subject.end):
        return [Span(0, len(document.text))]
    return [
        reference.target
        for reference in provision.references
        if reference.span in subject and reference.target is not None
    ]


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
