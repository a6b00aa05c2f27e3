"""The cover of a document: the stretch before memorandum and preamble, its title, and to whom it is addressed."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from attrs import evolve, frozen

from consistent.documents.document import Document, Found, Span
from consistent.documents.header.dates import dates
from consistent.documents.header.kinds import ActType, Lead, council_head, excerpt, lead
from consistent.documents.header.numbers import council_numbers, document_references, procedures, series_of
from consistent.documents.words.header_words import HeaderWords, all_words, any_of
from consistent.documents.words.languages import languages

__all__ = ["Front", "addressees_of", "front_of", "is_prose", "title_of", "transmitted"]

# A cover is shorter; what is longer has none, and its beginning is looked at.
_LONGEST = 6_000
# Numbered text: `1. Introduction`, `(1) Lamps`, also after the number of a page.
_BODY = re.compile(r"^\W*(?:\d{1,2}\s)?(?:1\.(?!\d)\s?\S|\(1\)\s)", re.MULTILINE)
# What goes with the document, and other documents: `{SWD(2022) 34 final}`.
_BRACED = re.compile(r"\{[^{}]{0,200}\}")
_ENDS = ("memorandum", "preamble", "enacting-terms")
# A sentence, where a cover has names, numbers and titles.
_SENTENCE = re.compile(r"^\W*(?:[^\s]+[ \t]+){6,}[^\s]*[^\W\d][.:;!?][\"'\u2019\u201d)]*$", re.MULTILINE)
# How far after its words the number of a document that is sent along stands.
_SENT_WITHIN = 60


@frozen(kw_only=True)
class Front:
    """What says of a document what it is.

    Attributes:
        cover: the cover, and the title of the act; begins where the text begins.
        text: of the cover, with what stands in braces blanked, each character in its place.
        first: what the document leads with; None where nothing is known.
        stated: what the file says of itself.
        carrier: the number of the paper of the Council that sends the document along; None elsewhere. The words of that paper
            are blanked in `text`, and `cover` begins after them.
        sent: the number that such a paper gives for what it sends along.
    """

    document: Document
    cover: Span
    text: str
    first: Lead | None
    stated: Mapping[str, str]
    carrier: Found[str] | None = None
    sent: Found[str] | None = None


def front_of(document: Document) -> Front:
    """The front of a document; that of the document behind a paper of the Council which does no more than send it along."""
    cover = _cover_of(document)
    text = _masked(document.text[: cover.end])
    front = Front(
        document=document, cover=cover, text=text, first=lead(text, cover), stated=document.content.properties
    )
    return _carried(front) or front


def _carried(note: Front) -> Front | None:
    """The front of the document that a paper of the Council sends along; None where it is no such paper, or nothing follows it."""
    head = council_head(note.text, note.cover)
    sent = _sent(note, head.end) if head else None
    if head is None or (note.first is not None and not note.first.about and note.first.span.start < head.start):
        return None
    begin = _second_cover(note, head.end)
    if begin is None:
        # Where the cover of what is sent along is a picture, the subject of the paper says what it is.
        follows = note.document.top("memorandum") and sent is not None and note.first is not None
        begin = note.first.span.start if follows and note.first is not None else None
    if begin is None:
        return None
    text = _blanked(note.text[:begin]) + note.text[begin:]
    cover = Span(begin, note.cover.end)
    number = next(council_numbers(note.text, 0, begin), None)
    return evolve(note, cover=cover, text=text, first=lead(text, cover), stated={}, carrier=number, sent=sent)


def _second_cover(note: Front, start: int) -> int | None:
    """Where the cover of the Commission's document begins behind a paper of the Council: its name, number or day, what it is.

    Where the name is a picture, it begins with the day or the number, each in a line of its own.
    """
    for words in all_words().values():
        name = words.institutions.get("commission")
        for place in name.finditer(note.text, start) if name else ():
            alone = note.text[: place.start()].endswith("\n") and note.text[place.end() : place.end() + 1] == "\n"
            led = lead(note.text, Span(place.start(), note.cover.end)) if alone else None
            if led is None or led.about:
                continue
            between = place.end(), led.span.start
            if next(document_references(note.text, *between), None) or next(dates(note.text, *between), None):
                return place.start()
    for number in document_references(note.text, start):
        span = number.span or Span(0, 0)
        line = note.text.rfind("\n", 0, span.start) + 1
        if not line or note.text[line : note.text.find("\n", line)].strip() != note.document.of(span):
            continue
        led = lead(note.text, Span(line, note.cover.end))
        if led is not None and not led.about:
            above = note.text.rfind("\n", 0, line - 1) + 1
            return above if next(dates(note.text, above, line - 1), None) else line
    return None


def _sent(note: Front, start: int) -> Found[str] | None:
    """The number of the Commission's document that the words of a paper of the Council name as attached."""
    for words in all_words().values():
        sent = words.pattern("transmits", "any").search(note.text, start)
        named = next(document_references(note.text, sent.end(), sent.end() + _SENT_WITHIN), None) if sent else None
        if named is not None and series_of(named.value):
            return named
    return None


def is_prose(text: str) -> bool:
    """Whether a stretch of text has a sentence in it."""
    return _SENTENCE.search(text) is not None


def transmitted(front: Front) -> Lead | None:
    """What the document of the Commission is that a paper of the Council sends along; None where it sends none.

    That is what the subject of the paper says, where its text names a document of the Commission as attached that does not
    follow. What follows has a front of its own (`front_of`).
    """
    head = council_head(front.text, front.cover)
    return front.first if _sent(front, head.end if head else 0) is not None else None


def _cover_of(document: Document) -> Span:
    """The cover and the title of the act; never empty where the document is not."""
    ends = [part.span.start for part in document.walk() if part.kind in _ENDS and part.span.start > 0]
    end = min([*ends, len(document.text), _LONGEST])
    body = _BODY.search(document.text, 0, end)
    return Span(0, body.start() if body and body.start() > 0 else end)


def _masked(text: str) -> str:
    """The text with what stands in braces blanked, each character in its place."""
    return _BRACED.sub(lambda match: " " * len(match[0]), text)


def _blanked(text: str) -> str:
    """The text blanked, each line in its place."""
    return "".join("\n" if letter == "\n" else " " for letter in text)


# An article that addresses the act does nothing else.
_SHORT = 600
_ADDRESSED = frozenset({"communication", "joint-communication", "report", "joint-report"})


def addressees_of(front: Front, act: Span | None) -> Iterator[Found[str]]:
    """To whom an act is addressed by its last articles, or a communication by its cover."""
    words = all_words().get(front.document.language)
    if words is None:
        return
    if act is not None:
        for article in front.document.named("article"):
            if article.span in act:
                opening = words.pattern("provisions", "addressed").search(
                    front.document.text, article.span.start, article.span.end
                )
                if opening and article.span.end - article.span.start < _SHORT:
                    yield from _actors(front, words, Span(opening.end(), article.span.end))
    elif front.first is not None and front.first.key in _ADDRESSED:
        yield from _actors(front, words, addressed(front))


def addressed(front: Front) -> Span:
    """The words after those that the document leads with that name addressees only; empty where none are named."""
    start = front.first.span.end if front.first else 0
    words = all_words().get(front.first.language) if front.first else None
    keys = words.table.get("addressees", {}) if words else {}
    if words is None or not keys:
        return Span(start, start)
    names = any_of(tuple(name for key in keys for name in words.listed("addressees", key))).pattern
    links = any_of(words.listed("links")).pattern
    named = re.compile(rf"(?:(?:\s*(?:,|{links}))*\s*(?:{names}))+", re.IGNORECASE).match(front.text, start)
    return Span(start, named.end() if named else start)


def _actors(front: Front, words: HeaderWords, within: Span) -> Iterator[Found[str]]:
    """The actors that a stretch of text names, each once; of several in one place, the longest name.

    Args:
        front: of the document.
        words: of its language.
        within: the stretch.

    Returns:
        Terms of the vocabulary `actors`, each with its name in the text, in the order of the text.
    """
    actors: dict[int, tuple[int, str]] = {}
    for key in words.table.get("addressees", {}):
        for name in words.pattern("addressees", key).finditer(front.document.text, within.start, within.end):
            inside = any(start <= name.start() and name.end() <= end for start, (end, _) in actors.items())
            if not inside:
                # A longer name in the same place takes the place of those within it.
                actors = {
                    start: (end, term)
                    for start, (end, term) in actors.items()
                    if not (name.start() <= start and end <= name.end())
                }
                actors[name.start()] = (name.end(), key)
    seen: set[str] = set()
    for start, (end, key) in sorted(actors.items()):
        if key not in seen:
            seen.add(key)
            yield Found(key, Span(start, end))


_LONGEST_TITLE = 1_500
# A line in capitals that has no more words can be a heading.
_HEADING_WORDS = 8
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
            match
            for words in all_words().values()
            if (match := words.pattern("title", "labels").search(front.document.text, 0, _LABELS_WITHIN))
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
    stated = front.stated.get("title", "")
    return Found(stated, None) if stated else None


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
    names = (name for language in languages().values() for name in language.phrases["institution"])
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, names))})(?![^\W\d_])[^a-z\n,]{{0,60}},(?=\s)")


# After the subject of a paper of the Council: an item, the number of a heading, a rule.
_AFTER_SUBJECT = re.compile(r"[-\u2013\u2014\u2022=]\s|(?:[IVX]{1,5}|\d{1,2})\.\s|_{3,}")


# The dash before what a paper of the Council says of itself, with a word or more: `- Second Presidency compromise`.
_ITEM = re.compile(r"\s[-\u2013\u2014]\s+(?:\S+\s+){0,3}$")


def _subject_ends(front: Front, span: Span) -> int:
    """Where the title in the subject of a paper of the Council ends: before what it says of itself, a heading or a sentence."""
    text = front.document.text
    told = [words.pattern("transmits", "any") for words in all_words().values()]
    told += [
        words.pattern("narrower", "council-note", key)
        for words in all_words().values()
        for key in words.table.get("narrower", {}).get("council-note", {})
    ]
    title = text[span.start : span.end].partition("\n")[0]
    told_at = min((match.start() for words in told if (match := words.search(title))), default=-1)
    if told_at >= 0:
        # A page may have both in one line.
        mark = _ITEM.search(title[:told_at])
        return span.start + (mark.start() if mark else told_at)
    at = text.find("\n", span.start, span.end)
    while at >= 0:
        stop = text.find("\n", at + 1, span.end)
        line = text[at + 1 : stop if stop >= 0 else span.end].strip()
        apart = line.isupper() and not title.isupper() and len(line.split()) <= _HEADING_WORDS
        if _AFTER_SUBJECT.match(line) or apart or is_prose(line) or any(words.search(line) for words in told):
            return at
        at = stop
    return span.end


def _ended(front: Front, span: Span) -> Span | None:
    """The span up to what follows a title, or a reference, date or number in a line of its own."""
    if council_head(front.document.text, Span(0, front.cover.end)) is not None:
        span = Span(span.start, _subject_ends(front, span))
    shown = excerpt(front.document, front.cover)
    stop = shown.start if shown is not None and shown.start > span.start else span.end
    for words in all_words().values():
        for key in words.table.get("narrower", {}).get("draft", {}):
            told = words.pattern("narrower", "draft", key).search(front.document.text, span.start, stop)
            # What is said of the text, not what the act is about, has a line of its own.
            line = front.document.text.rfind("\n", span.start, told.start()) if told else -1
            stop = line if line >= 0 else stop
    for words in all_words().values():
        for end in words.listed("title", "ends"):
            # In a title in capitals they are in capitals too.
            for written in (end, end.upper()):
                at = front.document.text.find(written, span.start, stop)
                stop = at if at >= 0 else stop
    # The first words of a preamble, where its structure was not told.
    preamble = _institutions().search(front.document.text, span.start, stop)
    stop = preamble.start() if preamble else stop
    for number in (*document_references(front.text, span.start, stop), *procedures(front.text, span.start, stop)):
        before = front.document.text[: number.span.start] if number.span else ""
        if number.span is not None and number.span.start < stop and re.search(r"(?:\n|^)\W{0,8}$", before[-10:]):
            stop = number.span.start
    text = front.document.text[span.start : stop].rstrip()
    text = _NO_TITLE.split(text)[0].rstrip(" \n`#({-")
    return Span(span.start, span.start + len(text)) if text else None
