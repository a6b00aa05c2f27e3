"""A text that lost its lines, cut where only structure puts a mark: articles, paragraphs, points, recitals, notes.

Marks count in sequence: a `(3)` begins a recital where recital 2 came before it, and a `b)` a point after an `a)`. A mark
that is missed leaves two parts in one piece; a mark that is wrongly seen would break a sentence, so doubt does not cut.
English and Dutch are known.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from attrs import define

from consistent.intake.document import Block, Role
from consistent.intake.formats.letters import plain

__all__ = ["cut", "cut_if_long"]

# A paragraph of law is shorter; a longer one lost its lines.
_LONGEST_PARAGRAPH = 5_000

_ENDED = r"(?<=[.;:!?)\u2019\u201d\"'\]]\s)"
_CAPITAL = r"(?=[\"'\u2018\u201c\u201e(\[]?[^\W\d_a-z\u00df-\u00ff])"
_JOURNAL = re.compile(
    r"(?:\S{1,40}\.xml\s)?\d{1,2}\.\d{1,2}\.\d{4}\s+[A-Z]{2}\s+"
    r"(?:Official Journal of the European (?:Union|Communities)|Publicatieblad van de Europese (?:Unie|Gemeenschappen))"
    r"\s+[LC]\s?\d{1,4}(?:\s?[A-Z]{1,2})?/\d{1,4}"
)
_INSTITUTION = re.compile(r"\b(?:HET|DE|THE)\s[A-Z][A-Z \-,\u00a0]{3,120},(?=\s(?:Gezien|Having regard))")
_WHEREAS = re.compile(r"\b(?:Overwegende hetgeen volgt|Overwegende|Whereas)\s?:")
_CITATION = re.compile(
    r"(?<=[,;)]\s)(?=(?:Gezien|Na\s(?:toezending|raadpleging)|Handelend|Having regard|After\s(?:transmission|consulting)|Acting\s)\b)"
)
_ENACTED = re.compile(
    r"\b(?:(?:HEEFT|HEBBEN)\s(?:[A-Z]+\s){1,6}(?:VASTGESTELD|AANGENOMEN)|(?:HAS|HAVE)\sADOPTED\s[A-Z]+(?:\s[A-Z]+){0,5}\s?):"
)
_ARTICLE = re.compile(r"\b(?:Artikel|Article)\s(\d{1,3})(?=\s+[\"'\u2018\u201c]?[^\W_a-z])")
_DIVISION = re.compile(
    r"\b(?:(?:TITEL|HOOFDSTUK|AFDELING|DEEL|TITLE|CHAPTER|SECTION|PART)"
    r"|"
    + _ENDED
    + r"(?:Titel|Hoofdstuk|Afdeling|Deel|Title|Chapter|Section|Part))\s(?:[IVXLC]{1,7}|\d{1,2})\s+"
    + _CAPITAL
)
_CLOSING = re.compile(r"\b(?:Gedaan te|Done at)\s[A-Z]")
_ANNEX = re.compile(r"\b(?:BIJLAGE|ANNEX)\b(?=\s+[A-Z\d])")
_POINT = re.compile(
    r"(?:(?<=[:;,.]\s)|(?<=\s(?:en|of|or)\s)|(?<=\sand\s))(\(?(?:[a-z]{1,4}|\d{1,2})\)|[\u2014\u2013])\s(?=\S)"
)
# How far after the number of an article its first paragraph may begin: a heading lies between.
_HEADING = 250
# Points of points of points, and then some.
_DEEPEST = 6
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


def cut_if_long(block: Block) -> tuple[Block, ...]:
    """The pieces of a block of mere text that is longer than any paragraph; any other as it is."""
    is_long = block.role == "text" and not block.number and len(block.text) > _LONGEST_PARAGRAPH
    return cut(block.text) if is_long else (block,)


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


def _places(text: str) -> Iterator[int]:
    """Where to cut; in no order, perhaps twice."""
    journal = _JOURNAL.match(text)
    if journal is not None:
        yield journal.end()
    whereas, enacted = _WHEREAS.search(text), _ENACTED.search(text)
    begin = 0
    institution = _INSTITUTION.search(text)
    if institution is not None:
        yield from institution.span()
        begin = institution.end()
    if whereas is not None:
        yield from whereas.span()
        yield from (each.start() for each in _CITATION.finditer(text, begin, whereas.start()))
        yield from _sequence(text, r"\({n}\)\s+" + _CAPITAL, whereas.end(), enacted.start() if enacted else len(text))
    if enacted is not None:
        yield from enacted.span()
        yield from _enacting(text, enacted.end())
    yield from _notes(text)


def _enacting(text: str, begin: int) -> Iterator[int]:
    """Where to cut from the enacting terms on."""
    closing = _CLOSING.search(text, begin)
    end = closing.start() if closing else len(text)
    yield end
    yield from (each.start() for each in _ANNEX.finditer(text, end))
    divisions = [each.start() for each in _DIVISION.finditer(text, begin, end)]
    yield from divisions
    articles = list(_articles(text, begin, end, divisions))
    for at, article in enumerate(articles, 1):
        following = articles[at].start() if at < len(articles) else end
        yield from article.span()
        inner = next((each for each in divisions if article.end() < each < following), following)
        yield from _within(text, article.end(), inner)


def _articles(text: str, begin: int, end: int, divisions: list[int]) -> Iterator[re.Match[str]]:
    """The lines that number articles, each one more than that before it."""
    number = 1
    last = begin
    for each in _ARTICLE.finditer(text, begin, end):
        after_heading = any(last <= division < each.start() for division in divisions) or last == begin
        if int(each[1]) == number and (
            after_heading or text[max(0, each.start() - 5) : each.start()].rstrip()[-1:] in ".;:)\u2019\u201d\"'"
        ):
            yield each
            number, last = number + 1, each.end()


def _within(text: str, begin: int, end: int) -> Iterator[int]:
    """Where to cut within an article: its paragraphs, if numbered, and the points of each."""
    first = re.compile(r"(?<!\S)1\.\s+" + _CAPITAL).search(text, begin, min(end, begin + _HEADING))
    starts = [begin]
    if first is not None and ". " not in text[begin : first.start()]:
        starts += [first.start(), *_sequence(text, r"{n}\.\s+" + _CAPITAL, first.end(), end, number=2)]
    yield from starts
    for start, following in pairwise([*starts, end]):
        yield from _points(text, start, following)


def _sequence(text: str, pattern: str, begin: int, end: int, *, number: int = 1) -> Iterator[int]:
    """Where marks stand that count up from a number, each after the end of a sentence."""
    at = begin
    while True:
        mark = re.compile(("" if number == 1 else _ENDED) + r"(?<!\S)" + pattern.replace("{n}", str(number)))
        found = mark.search(text, at, end)
        if found is None:
            return
        yield found.start()
        at, number = found.end(), number + 1


@define
class _List:
    """An open list of points. `kind`: of its marks, brackets included."""

    kind: str
    at: int


def _points(text: str, begin: int, end: int) -> Iterator[int]:
    """Where points begin: the first of a list after a colon, each other one in sequence."""
    lists: list[_List] = []
    for found in _POINT.finditer(text, begin, end):
        readings = dict(_readings(found[1]))
        opens = text[max(0, found.start() - 3) : found.start()].rstrip().endswith(":")
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
        yield found.start()


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
    enacted = _ENACTED.search(text)
    closing = _CLOSING.search(text, enacted.end()) if enacted else None
    if closing is None:
        return frozenset()
    return frozenset(_sequence(text, r"\(\s?{n}\s?\)\s+" + _CAPITAL, closing.end(), len(text)))
