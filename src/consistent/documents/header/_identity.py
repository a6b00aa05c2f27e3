"""Which of the numbers and days on a cover are the document's own, and where it gives two of one sort.

A document that gives two does not say which is right. Such a value is left unknown, and the reader is told. Numbers of
documents that it names beside its own contradict nothing: what counts stands alone in its line on the cover or above the act,
or is what the file says of itself.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Literal

from attrs import frozen

from consistent.documents.document import Found, Span, agreed
from consistent.documents.header._cover import Front
from consistent.documents.header.dates import date_from, dates, day_after_place
from consistent.documents.header.kinds import (
    ADOPTED,
    COUNCIL_PAPERS,
    NOT_THE_COMMISSIONS,
    OTHER_KINDS,
    ActType,
    excerpt,
    lead,
)
from consistent.documents.header.numbers import (
    celex_from,
    celex_numbers,
    council_numbers,
    document_references,
    parliamentary_paper,
    procedures,
    reference_from,
)
from consistent.documents.words.header_words import all_words
from consistent.model.text import Localized, localized

__all__ = [
    "Contradiction",
    "contradicting_celex",
    "contradicting_procedures",
    "contradicting_references",
    "own_day",
    "own_reference",
    "related_to",
]

# How far after its words the number of the Commission's document stands on a paper of the Council.
_NEAR = 200
# A fiche names what it appraises early.
_LABELS_WITHIN = 5_000


def own_reference(front: Front, kind: str) -> Found[str] | None:
    """The number of the document itself, not one of those that it names."""
    if kind == "fiche":
        return parliamentary_paper(front.text)
    if kind in NOT_THE_COMMISSIONS:
        return None
    if kind in COUNCIL_PAPERS:
        return _commission_document(front)
    stated = reference_from(front.stated.get("reference", ""))
    printed = list(document_references(front.text))
    read = next(iter(own_references(front)), None)
    # A page of another institution repeats the number in its own spelling.
    read = next((reference for reference in printed if read and reference.value == f"{read.value} final"), read)
    read = read or front.sent
    if read is None and excerpt(front.document, front.cover):
        read = next(iter(printed), None)
    place = next((reference for reference in printed if reference.value == stated), None)
    return Found(stated, place.span if place else None) if stated else read


def own_references(front: Front) -> tuple[Found[str], ...]:
    """The numbers on a cover that stand where that of the document itself does; one number as a rule, once or more."""
    printed = list(document_references(front.text))
    marked = tuple(reference for reference in printed if _role(front, reference.span) == "reference")
    return marked or tuple(reference for reference in printed if _stands_alone(front, reference))


def related_to(front: Front, own: Found[str] | None) -> tuple[Found[str], ...]:
    """The other documents that the cover names."""
    bare = own.value.removesuffix(" final") if own else ""
    is_fiche = front.first is not None and front.first.key == "fiche"
    end = min(len(front.document.text), _LABELS_WITHIN) if is_fiche else front.cover.end
    related: dict[str, Found[str]] = {}
    for reference in document_references(front.document.text, 0, end):
        if reference.value.removesuffix(" final") != bare:
            related.setdefault(reference.value, reference)
    return tuple(related.values())


def _commission_document(front: Front) -> Found[str] | None:
    """On a paper of the Council: what the Commission submitted."""
    for words in all_words().values():
        label = words.pattern("council", "commission-document").search(front.text)
        if label:
            reference = next(
                document_references(front.text, label.end(), min(len(front.text), label.end() + _NEAR)), None
            )
            if reference is not None:
                return reference
    return None


def _stands_alone(front: Front, reference: Found[str]) -> bool:
    """Whether a reference is followed by the end of its line or a procedure number, and no words lead to it."""
    if reference.span is None:
        return False
    line = front.text.rfind("\n", 0, reference.span.start) + 1
    before = front.text[line : reference.span.start].strip()
    stop = front.text.find("\n", reference.span.end)
    after = front.text[reference.span.end : stop if stop >= 0 else len(front.text)].strip(" \t-\u2013*")
    if before and not before.endswith((",", "|")) and date_from(before) is None:
        return False
    # Of a cover in one line, the type follows.
    return not after or next(procedures(after), None) is not None or lead(after, Span(0, len(after))) is not None


def _role(front: Front, span: Span | None) -> str:
    if span is None:
        return ""
    starts = front.document.starts
    return front.document.content.blocks[max(0, bisect_right(starts, span.start) - 1)].role


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
    stated = date_from(front.stated.get("date", ""))
    if kind in ADOPTED:
        # In front of the title of an adopted act stands the day of the Official Journal.
        read = (_in_title(front, type) if type else None) or _signed(front)
    else:
        read = _after_lead(front) or day_after_place(front.text, 0, len(front.text))
    return agreed(Found(stated, None), read) if stated else read


def _after_lead(front: Front) -> Found[date] | None:
    """The day that belongs to what the document is called: `legislative resolution of 7 October 2026`."""
    if front.first is None or front.first.about:
        return None
    of = all_words()[front.first.language].pattern("acts", "of").match(front.text, front.first.span.end + 1)
    day = next(dates(front.text, of.end(), of.end() + _DAY), None) if of else None
    near = day is not None and day.span is not None and of is not None and day.span.start == of.end() + 1
    return day if near else None


def _in_title(front: Front, type: ActType) -> Found[date] | None:
    """The day in the type of the act, or in a line of its own after it: `of 30 May 2022`."""
    within = next(dates(front.text, type.span.start, type.span.end), None)
    if within is not None:
        return within
    line = front.text[type.span.end :].lstrip("\n").partition("\n")[0]
    start = front.text.find(line, type.span.end) if line else -1
    day = next(dates(front.text, start, start + len(line)), None) if start >= 0 else None
    short = day is not None and day.span is not None and len(line) - (day.span.end - day.span.start) < _BESIDE
    return day if short else None


def _signed(front: Front) -> Found[date] | None:
    """The day on which the act was signed."""
    closing = next((part.span for act in front.document.top("act") for part in act.named("closing")), None)
    return next(dates(front.document.text, closing.start, closing.end), None) if closing else None


Name = Literal["reference", "procedure", "celex"]

_NAMES: dict[Name, Localized] = {
    "reference": Localized("references", "documentnummers"),
    "procedure": Localized("procedure numbers", "procedurenummers"),
    "celex": Localized("CELEX numbers", "CELEX-nummers"),
}
_SEVERAL = Localized(
    "the document gives several {names} as its own: {values}; which is right is not known",
    "het document geeft verschillende eigen {names}: {values}; welk nummer klopt, is niet bekend",
)
_AND = Localized(" and ", " en ")


@frozen(kw_only=True)
class Contradiction:
    """Several values where there can be one.

    Attributes:
        field: of the header, which is unknown for that.
        values: two or more that differ, in the order of the text; those that the file says of itself first, without a place.
    """

    field: Name
    values: tuple[Found[str], ...]

    @property
    def message(self) -> Localized:
        """The contradiction in words."""
        listed = localized(lambda language: _AND.get(language).join(value.value for value in self.values))
        return _SEVERAL.filled(names=_NAMES[self.field], values=listed)


def contradicting_procedures(front: Front) -> Contradiction | None:
    """The procedure numbers on the cover, above the act and of the file, where they differ."""
    text = front.document.text[: _end_of_titles(front)]
    read = (procedure for procedure in procedures(text) if procedure.span and _is_mere_numbers(text, procedure.span))
    stated = procedures(front.stated.get("procedure", ""))
    return _contradiction("procedure", [*_placeless(stated), *read], str)


def contradicting_references(front: Front, kind: str) -> Contradiction | None:
    """The references on the cover and of the file, where they differ by more than their version."""
    if kind in OTHER_KINDS:
        return None
    stated = reference_from(front.stated.get("reference", ""))
    own = [Found(stated, None)] if stated else []
    return _contradiction("reference", [*own, *own_references(front)], _unversioned)


def contradicting_celex(front: Front, kind: str, reference: str, instrument: str) -> Contradiction | None:
    """The CELEX number on the cover or of the file, where it is not that of the reference.

    Args:
        front: of the document.
        kind: what the document is.
        reference: its own number; empty where it is not known.
        instrument: of its act; empty where it has none.

    Returns:
        None where they agree, or where no CELEX number follows from the reference.
    """
    derived = celex_from(reference, kind, instrument) if reference and kind not in OTHER_KINDS else ""
    if not derived:
        return None
    stated = _placeless(celex_numbers(front.stated.get("celex", "")))
    alike = (number for number in (*stated, *celex_numbers(front.text)) if number.value[0] == derived[0])
    # Of the letters a cover tells less: some reports and budgets are filed among proposals.
    return _contradiction("celex", [*alike, Found(derived, None)], _unlettered)


def _contradiction(name: Name, values: Iterable[Found[str]], same: Callable[[str], str]) -> Contradiction | None:
    different: dict[str, Found[str]] = {}
    for value in values:
        different.setdefault(same(value.value), value)
    return Contradiction(field=name, values=tuple(different.values())) if len(different) > 1 else None


def _placeless(values: Iterable[Found[str]]) -> Iterator[Found[str]]:
    return (Found(value.value, None) for value in values)


def _unversioned(reference: str) -> str:
    return reference.removesuffix(" final").partition("/")[0]


def _unlettered(celex: str) -> str:
    return re.sub(r"[A-Z]+", "", celex.partition("(")[0])


def _end_of_titles(front: Front) -> int:
    """Where the title of the act ends; the end of the cover where there is none."""
    act = next(iter(front.document.top("act")), None)
    title = next(iter(act.named("title-of-act")), None) if act else None
    return max(front.cover.end, title.span.end) if title else front.cover.end


def _is_mere_numbers(text: str, span: Span) -> bool:
    """Whether a line holds nothing but numbers of documents."""
    start = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", span.end)
    line = text[start : stop if stop >= 0 else len(text)]
    for number in (*procedures(line), *document_references(line), *council_numbers(line)):
        if number.span:
            line = line[: number.span.start] + " " * (number.span.end - number.span.start) + line[number.span.end :]
    return not any(letter.isalnum() for letter in line)
