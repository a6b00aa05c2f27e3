"""Which of the numbers on a cover is that of the document itself."""

from bisect import bisect_right

from consistent.intake.document import Span
from consistent.intake.header.cover import Front
from consistent.intake.header.dates import date_from
from consistent.intake.header.found import Found
from consistent.intake.header.kinds import NOT_THE_COMMISSIONS, excerpt, lead
from consistent.intake.header.reference import parliamentary_paper, procedures, reference_from, references
from consistent.intake.header.words import all_words

__all__ = ["own_reference", "own_references", "related_to"]

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
    if kind == "council-note":
        return _commission_document(front)
    said = reference_from(front.said.get("reference", ""))
    found = list(references(front.text))
    read = next(iter(own_references(front)), None)
    # A page of another institution repeats the number in its own spelling.
    read = next((each for each in found if read and each.value == f"{read.value} final"), read)
    if read is None and excerpt(front.document, front.cover):
        read = next(iter(found), None)
    place = next((each for each in found if each.value == said), None)
    return Found(said, place.span if place else None) if said else read


def own_references(front: Front) -> tuple[Found[str], ...]:
    """The numbers on a cover that stand where that of the document itself does; one number as a rule, once or more."""
    found = list(references(front.text))
    marked = tuple(each for each in found if _role(front, each.span) == "reference")
    return marked or tuple(each for each in found if _stands_alone(front, each))


def related_to(front: Front, own: Found[str] | None) -> tuple[Found[str], ...]:
    """The other documents that the cover names."""
    bare = own.value.removesuffix(" final") if own else ""
    is_fiche = front.first is not None and front.first.key == "fiche"
    end = min(len(front.document.text), _LABELS_WITHIN) if is_fiche else front.cover.end
    found: dict[str, Found[str]] = {}
    for each in references(front.document.text, 0, end):
        if each.value.removesuffix(" final") != bare:
            found.setdefault(each.value, each)
    return tuple(found.values())


def _commission_document(front: Front) -> Found[str] | None:
    """On a paper of the Council: what the Commission submitted."""
    for words in all_words().values():
        label = words.pattern("council", "commission-document").search(front.text)
        if label:
            found = next(references(front.text, label.end(), min(len(front.text), label.end() + _NEAR)), None)
            if found is not None:
                return found
    return None


def _stands_alone(front: Front, found: Found[str]) -> bool:
    """Whether a reference is followed by the end of its line or a procedure number, and no words lead to it."""
    if found.span is None:
        return False
    line = front.text.rfind("\n", 0, found.span.start) + 1
    before = front.text[line : found.span.start].strip()
    stop = front.text.find("\n", found.span.end)
    after = front.text[found.span.end : stop if stop >= 0 else len(front.text)].strip(" \t-\u2013*")
    if before and not before.endswith((",", "|")) and date_from(before) is None:
        return False
    # Of a cover in one line, the type follows.
    return not after or next(procedures(after), None) is not None or lead(after, Span(0, len(after))) is not None


def _role(front: Front, span: Span | None) -> str:
    if span is None:
        return ""
    starts = front.document.starts
    return front.document.content.blocks[max(0, bisect_right(starts, span.start) - 1)].role
