"""A text that lost its lines, cut where only structure puts a mark: articles, paragraphs, points, recitals, notes.

Marks count in sequence: a `(3)` begins a recital where recital 2 came before it, and a `b)` a point after an `a)`. A mark
that is missed leaves two parts in one piece; a mark that is wrongly seen would break a sentence, so doubt does not cut.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import define

from consistent.documents.document import Block, Role
from consistent.documents.formats.text import plain
from consistent.documents.structure.wording import CAPITAL, TITLE, marks_of_structure

__all__ = ["cut", "cut_if_long"]

# A paragraph of law is shorter; a longer one lost its lines.
_LONGEST_PARAGRAPH = 5_000

_ENDED = r"(?<=[.;:!?)\u2019\u201d\"'\]]\s)"
_SENTENCE_ENDED = re.compile(r"[.;:!?)\u2019\u201d\"'\]]\s*\Z")
_JOURNAL = re.compile(
    r"(?:\S{1,40}\.xml\s)?\d{1,2}\.\d{1,2}\.\d{4}\s+[A-Z]{2}\s+"
    r"(?:Official Journal of the European (?:Union|Communities)|Publicatieblad van de Europese (?:Unie|Gemeenschappen))"
    r"\s+[LC]\s?\d{1,4}(?:\s?[A-Z]{1,2})?/\d{1,4}"
)
_RECITAL = re.compile(rf"(?<!\S)\((\d{{1,3}})\)\s+{CAPITAL}")
_PARAGRAPH = re.compile(rf"(?<!\S)(\d{{1,3}})\.\s+{CAPITAL}")
_NOTE = re.compile(rf"(?<!\S)\(\s?(\d{{1,3}})\s?\)\s+{CAPITAL}")
_POINT = re.compile(
    r"(?:(?<=[:;,.]\s)|(?<=\s(?:en|of|or)\s)|(?<=\sand\s))(\(?(?:[a-z]{1,4}|\d{1,2})\)|[\u2014\u2013])\s(?=\S)"
)
_LONGEST_TITLE = 2_000
# How far after the number of an article or a chapter its first paragraph may begin: a heading lies between.
_HEADING = 250
# So many letters before a mark show whether a sentence ended.
_BEFORE = 5
# Points of points of points, and then some.
_DEEPEST = 6
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


def cut_if_long(block: Block) -> tuple[Block, ...]:
    """The pieces of a block of mere text that is longer than any paragraph, or holds an act; any other as it is."""
    if block.role != "text" or block.number:
        return (block,)
    return cut(block.text) if len(block.text) > _LONGEST_PARAGRAPH or _holds_act(block.text) else (block,)


def cut(text: str) -> tuple[Block, ...]:
    """The blocks of a text in one line.

    INVARIANT: together they are the text, blanks aside.
    """
    # A fixed blank keeps its place, so that places in the two are the same.
    text = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    places = sorted({0, len(text), *_places(text)})
    journal = _JOURNAL.match(text)
    notes = _notes(text)
    blocks = []
    for start, end in pairwise(places):
        piece = plain(text[start:end])
        if piece:
            role: Role = "running" if journal is not None and start == 0 else "note" if start in notes else "text"
            blocks.append(Block(text=piece, role=role))
    return tuple(blocks)


def _holds_act(text: str) -> bool:
    enacted = marks_of_structure().enacted.search(text)
    return enacted is not None and marks_of_structure().article.search(text, enacted.end()) is not None


def _places(text: str) -> Iterator[int]:
    """Where to cut; in no order, perhaps twice."""
    marks = marks_of_structure()
    journal = _JOURNAL.match(text)
    if journal is not None:
        yield journal.end()
    whereas, enacted = marks.whereas.search(text), marks.enacted.search(text)
    begin = 0
    institution = marks.institution.search(text)
    if institution is not None:
        yield from institution.span()
        yield from _before(text, institution.start())
        begin = institution.end()
    if whereas is not None:
        yield from whereas.span()
        yield from (citation.start() for citation in marks.citation.finditer(text, begin, whereas.start()))
        limit = enacted.start() if enacted else len(text)
        yield from (recital.start() for recital in _sequence(text, _RECITAL, whereas.end(), limit))
    if enacted is not None:
        yield from enacted.span()
        yield from _enacting(text, enacted.end())
    elif whereas is None:
        # A text without a preamble: its articles alone tell that it is an act.
        yield from _enacting(text, begin)
    yield from _notes(text)


def _before(text: str, institution: int) -> Iterator[int]:
    """Where to cut before the act itself: its memorandum, and its title after that."""
    memorandum = marks_of_structure().memorandum.search(text, 0, institution)
    if memorandum is not None:
        yield from memorandum.span()
        titles = list(marks_of_structure().proposal.finditer(text, memorandum.end(), institution))
        yield from (title.start() for title in titles[-1:] if institution - title.start() <= _LONGEST_TITLE)


def _enacting(text: str, begin: int) -> Iterator[int]:
    """Where to cut from the enacting terms on."""
    closing = marks_of_structure().closing.search(text, begin)
    end = closing.start() if closing else len(text)
    divisions = list(_divisions(text, begin, end))
    articles = list(_sequence(text, marks_of_structure().article, begin, end, headed=[begin, *divisions], titled=True))
    if not articles:
        return
    yield end
    statement = marks_of_structure().statement.search(text, end)
    if statement is not None:
        yield from statement.span()
    # An annex to the statement is none of the act.
    limit = statement.start() if statement else len(text)
    yield from (annex.start() for annex in marks_of_structure().annex.finditer(text, end, limit))
    yield from divisions
    for at, article in enumerate(articles, 1):
        following = articles[at].start() if at < len(articles) else end
        yield from article.span()
        inner = next((division for division in divisions if article.end() < division < following), following)
        yield from _within(text, article.end(), inner)


def _divisions(text: str, begin: int, end: int) -> Iterator[int]:
    """Where chapters and sections begin: in capitals, after a sentence, or behind the heading of a wider one."""
    last = begin
    for division in marks_of_structure().division.finditer(text, begin, end):
        start = division.start()
        if division["word"].isupper() or _ends(text, start) or _is_headed(text, last, start):
            yield start
            last = start


def _is_headed(text: str, before: int, at: int) -> bool:
    """Whether nothing but a heading can stand between two places."""
    return before <= at <= before + _HEADING and ". " not in text[before:at]


def _ends(text: str, at: int) -> bool:
    """Whether a sentence or a clause ends before a place."""
    return _SENTENCE_ENDED.search(text[max(0, at - _BEFORE) : at]) is not None


def _within(text: str, begin: int, end: int) -> Iterator[int]:
    """Where to cut within an article: its paragraphs, if numbered, and the points of each."""
    starts = [begin]
    first = next(
        (mark for mark in _PARAGRAPH.finditer(text, begin, min(end, begin + _HEADING)) if mark[1] == "1"), None
    )
    if first is not None and ". " not in text[begin : first.start()]:
        starts += [mark.start() for mark in _sequence(text, _PARAGRAPH, first.start(), end)]
    yield from starts
    for start, following in pairwise([*starts, end]):
        yield from _points(text, start, following)


def _sequence(
    text: str, pattern: re.Pattern[str], begin: int, end: int, *, headed: Sequence[int] = (), titled: bool = False
) -> Iterator[re.Match[str]]:
    """The marks that count up from one, each after the end of a sentence, but the first.

    Of a number that is missing between two others, the only mark that has it counts, whatever stands before it; where there
    is none, the number was left out.

    Args:
        text: in one line.
        pattern: of a mark, whose number is its first group.
        begin: where to look from.
        end: where to stop.
        headed: places behind which a heading may stand, and no sentence, before a mark.
        titled: whether a mark in doubt counts only with a heading behind it.
    """
    sure: dict[int, list[re.Match[str]]] = defaultdict(list)
    every: dict[int, list[re.Match[str]]] = defaultdict(list)
    for mark in pattern.finditer(text, begin, end):
        number, start = int(mark[1]), mark.start()
        every[number].append(mark)
        before = bisect_left(headed, start) - 1
        is_headed = before >= 0 and _is_headed(text, headed[before], start)
        if number == 1 or start in headed or is_headed or _ends(text, start):
            sure[number].append(mark)
    number, at = 1, begin
    while True:
        this, following = _first(sure[number], at), _first(sure[number + 1], at)
        if this is None or (following is not None and following.start() < this.start()):
            if following is None:
                return
            between = [
                candidate
                for candidate in every[number]
                if at <= candidate.start() < following.start() and (not titled or _is_titled(text, candidate.end()))
            ]
            this = between[0] if len(between) == 1 else None
        if this is not None:
            yield this
            at = this.end()
        elif number == 1:
            return
        number += 1


def _is_titled(text: str, at: int) -> bool:
    return TITLE.match(text[at : at + _HEADING].lstrip()) is not None


def _first(marks: Sequence[re.Match[str]], at: int) -> re.Match[str] | None:
    place = bisect_left(marks, at, key=lambda each: each.start())
    return marks[place] if place < len(marks) else None


@define
class _List:
    """An open list of points. `kind`: of its marks, brackets included."""

    kind: str
    at: int


def _points(text: str, begin: int, end: int) -> Iterator[int]:
    """Where points begin: the first of a list after a colon, each other one in sequence."""
    lists: list[_List] = []
    for mark in _POINT.finditer(text, begin, end):
        readings = dict(_readings(mark[1]))
        opens = text[max(0, mark.start() - 3) : mark.start()].rstrip().endswith(":")
        depth = next(
            (d for d in range(len(lists) - 1, -1, -1) if readings.get(lists[d].kind) in {0, lists[d].at + 1}), None
        )
        fresh = next((kind for kind, at in readings.items() if at in {0, 1}), None)
        if (
            opens
            and fresh is not None
            and len(lists) < _DEEPEST
            and not (lists and depth == len(lists) - 1 and readings[lists[depth].kind] != 1)
        ):
            lists.append(_List(fresh, 1))
        elif depth is not None:
            del lists[depth + 1 :]
            lists[depth].at += 1
        else:
            continue
        yield mark.start()


def _readings(mark: str) -> Iterator[tuple[str, int]]:
    """What a mark can be: the kind of its list, and which of the list it is; 0 for a dash, which does not count."""
    label = mark.strip("()")
    around = mark.replace(label, "")
    if label in "\u2014\u2013":
        yield mark, 0
    elif label.isdigit():
        yield f"1{around}", int(label)
    else:
        if label in _ROMAN:
            yield f"i{around}", _ROMAN.index(label) + 1
        if len(label) == 1:
            yield f"a{around}", ord(label) - ord("a") + 1


def _notes(text: str) -> frozenset[int]:
    """Where the notes begin that follow the signatures."""
    enacted = marks_of_structure().enacted.search(text)
    closing = marks_of_structure().closing.search(text, enacted.end()) if enacted else None
    if closing is None:
        return frozenset()
    statement = marks_of_structure().statement.search(text, closing.end())
    limit = statement.start() if statement else len(text)
    return frozenset(note.start() for note in _sequence(text, _NOTE, closing.end(), limit))
