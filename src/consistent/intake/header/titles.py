"""The title on a cover: the subject of an act, or of another document."""

import re

from consistent.intake.document import Span
from consistent.intake.header.addressees import addressed
from consistent.intake.header.cover import Front
from consistent.intake.header.dates import dates
from consistent.intake.header.found import Found
from consistent.intake.header.kinds import ActType, excerpt
from consistent.intake.header.reference import procedures, references
from consistent.intake.header.words import all_words

__all__ = ["title_of"]

_LONGEST_TITLE = 1_500
# A fiche names the title of what it appraises early.
_LABELS_WITHIN = 5_000
# A rule of marks, a language code in a line of its own, or a number in the Official Journal.
_NO_TITLE = re.compile(r"\n(?=[\W_]{3,}(?:\n|$))|\n(?:[A-Z]{2}\n)|\s\(?(?:19|20)\d\d/[CL]\s\d")


def title_of(front: Front, type: ActType | None) -> Found[str] | None:
    """What follows the type of the act, or the name of the document, on the cover."""
    label = next(
        (
            found
            for words in all_words().values()
            if (found := words.pattern("title", "labels").search(front.document.text, 0, _LABELS_WITHIN))
        ),
        None,
    )
    if front.first is not None and front.first.key == "fiche":
        return _labelled(front, label.end()) if label else None
    if front.first is not None and type is None:
        start = addressed(front).end
    elif type is not None and type.span != front.cover:
        start = type.span.end
    else:
        start = -1
    blocks = _title_blocks(front, start)
    span = blocks or _title_after(front, start)
    if span is not None:
        return Found(" ".join(front.document.of(span).split()), span)
    said = front.said.get("title", "")
    return Found(said, None) if said else None


def _labelled(front: Front, start: int) -> Found[str] | None:
    """The line after a label."""
    begin = front.document.text.find("\n", start) + 1
    stop = front.document.text.find("\n", begin)
    line = Span(begin, stop if stop >= 0 else len(front.document.text))
    return Found(front.document.of(line), line) if begin else None


def _title_blocks(front: Front, start: int) -> Span | None:
    """The blocks that the markup calls the title, after a place."""
    marked = [
        Span(at, at + len(block.line))
        for at, block in zip(front.document.starts, front.document.content.blocks, strict=True)
        if block.role == "title" and start <= at + 1 and at < front.cover.end
    ]
    if not marked:
        return None
    return _ended(front, Span(marked[0].start, marked[-1].end))


def _title_after(front: Front, start: int) -> Span | None:
    """The words after a place, up to what follows a title."""
    if start < 0:
        return None
    text = front.text
    while start < len(text) and (text[start].isspace() or text[start] in ",;:-\u2013`"):
        start += 1
    # What follows the type of an act in a line of its own: its day, or the word before a day to come.
    for words in all_words().values():
        alone = words.pattern("acts", "of").match(text, start)
        if alone and text[alone.end() : alone.end() + 1] == "\n":
            start = alone.end() + 1
    own = next(dates(text, start, min(start + 40, len(text))), None)
    if own is not None and own.span is not None and text[own.span.end : own.span.end + 1] in {"\n", ""}:
        start = own.span.end + 1
    return _ended(front, Span(start, min(len(text), start + _LONGEST_TITLE)))


def _ended(front: Front, span: Span) -> Span | None:
    """The span up to what follows a title, or a reference, date or number in a line of its own."""
    shown = excerpt(front.document, front.cover)
    stop = shown.start if shown is not None and shown.start > span.start else span.end
    for words in all_words().values():
        for end in words.listed("title", "ends"):
            at = front.document.text.find(end, span.start, stop)
            stop = at if at >= 0 else stop
    for each in (*references(front.text, span.start, stop), *procedures(front.text, span.start, stop)):
        before = front.document.text[: each.span.start] if each.span else ""
        if each.span is not None and each.span.start < stop and re.search(r"(?:\n|^)\W{0,8}$", before[-10:]):
            stop = each.span.start
    text = front.document.text[span.start : stop].rstrip()
    text = _NO_TITLE.split(text)[0].rstrip(" \n`#({-")
    return Span(span.start, span.start + len(text)) if text else None
