"""The title on a cover: the subject of an act, or of another document."""

import re
from functools import cache

from consistent.intake.document import Span
from consistent.intake.header.addressees import addressed
from consistent.intake.header.cover import Front
from consistent.intake.header.dates import dates
from consistent.intake.header.found import Found
from consistent.intake.header.kinds import ActType, excerpt
from consistent.intake.header.reference import procedures, references
from consistent.intake.header.words import all_words
from consistent.intake.languages import languages

__all__ = ["title_of"]

_LONGEST_TITLE = 1_500
# A fiche names the title of what it appraises early.
_LABELS_WITHIN = 5_000
# A rule of marks, a language code in a line of its own, or a number in the Official Journal.
# A day to come, after the word that leads to it.
_NO_DAY = re.compile(r"(?:\s*(?:X{2,4}|\u2026|\.{2,3}|\[[^\]\n]{0,20}\]))?[^\S\n]*\n")
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
    stop = min(len(text), start + _LONGEST_TITLE)
    while start < len(text) and (text[start].isspace() or text[start] in ",;:-\u2013`"):
        start += 1
    # What follows the type of an act in a line of its own: its day, or the word before a day to come.
    for words in all_words().values():
        alone = words.pattern("acts", "of").match(text, start)
        blank = _NO_DAY.match(text, alone.end()) if alone else None
        if blank:
            start = blank.end()
    own = next(dates(text, start, min(start + 40, len(text))), None)
    if own is not None and own.span is not None and text[own.span.end : own.span.end + 1] in {"\n", ""}:
        start = own.span.end + 1
    if front.document.language not in languages():
        # Where the structure is not read, the next line can be anything.
        line = text.find("\n", start, stop)
        stop = line if line >= 0 else stop
    return _ended(front, Span(start, max(start, stop)))


@cache
def _institutions() -> re.Pattern[str]:
    """The line of capitals that names who adopts an act."""
    names = (each for language in languages().values() for each in language.phrases["institution"])
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, names))})(?![^\W\d_])[^a-z\n,]{{0,60}},(?=\s)")


def _ended(front: Front, span: Span) -> Span | None:
    """The span up to what follows a title, or a reference, date or number in a line of its own."""
    shown = excerpt(front.document, front.cover)
    stop = shown.start if shown is not None and shown.start > span.start else span.end
    for words in all_words().values():
        for end in words.listed("title", "ends"):
            at = front.document.text.find(end, span.start, stop)
            stop = at if at >= 0 else stop
    # The first words of a preamble, where its structure was not told.
    preamble = _institutions().search(front.document.text, span.start, stop)
    stop = preamble.start() if preamble else stop
    for each in (*references(front.text, span.start, stop), *procedures(front.text, span.start, stop)):
        before = front.document.text[: each.span.start] if each.span else ""
        if each.span is not None and each.span.start < stop and re.search(r"(?:\n|^)\W{0,8}$", before[-10:]):
            stop = each.span.start
    text = front.document.text[span.start : stop].rstrip()
    text = _NO_TITLE.split(text)[0].rstrip(" \n`#({-")
    return Span(span.start, span.start + len(text)) if text else None
