"""Texts whose lines were broken to a width, or lost: lines are joined to paragraphs, one long line is cut into them.

A text that lost its lines is cut where only structure puts a mark: articles, paragraphs, points, recitals, notes. Marks count
in sequence: a `(3)` begins a recital where recital 2 came before it, and a `b)` a point after an `a)`. A mark
that is missed leaves two parts in one piece; a mark that is wrongly seen would break a sentence, so doubt does not cut.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise

from attrs import define, frozen

from consistent.documents.document import Block, Role
from consistent.documents.formats.text import plain
from consistent.documents.structure.wording import CAPITAL, TITLE, marks_of_structure

__all__ = ["Mender", "Setting", "cut", "cut_if_long", "paragraphs_of", "setting_of", "unbroken"]

# Words divided at the end of a line, mended by what the text itself shows elsewhere.

# A hyphen that the file itself marks as one that only the line break made necessary, or so guesses its reader.
HYPHEN = "\x02"

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:-[^\W_]+(?:['’][^\W_]+)*)*")  # noqa: RUF001  marks that documents print
_HYPHENS = ("-", HYPHEN, "\u00ad")
_HEAD = re.compile(r"\S*")
# After 'in-' and the like, a hyphen stands for a word to come: 'in- en uitvoer', 'short- and long-term'.
_SUSPENDED = frozenset({"and", "or", "to", "en", "of", "tot", "und", "oder", "et", "ou"})
# The longest address of the web that is looked at whole. INVARIANT: every look back is bounded, so joining is linear.
_LONGEST = 1_000


class Mender:
    """Joins lines, with the words of a whole document for evidence.

    Args:
        lines: every line of the document.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        ends: list[tuple[str, str]] = []
        before = ""
        for line in lines:
            # The last word of a divided line and the first of the next are no evidence for themselves.
            tail = _divided(line)
            words = _WORD.findall(line if tail is None else line[: -1 - len(tail)])
            self._words.update(word.casefold() for word in words[1 if before else 0 :])
            if before and words:
                ends.append((before, words[0]))
            before = _last(tail) if tail else ""
        self._parts = Counter(part for word in self._words if "-" in word for part in word.split("-")[:1])
        verdicts = [self._evidence(beginning, end) for beginning, end in ends]
        # A document whose hyphens at line ends are shown to be real was not hyphenated by machine.
        self._mends = verdicts.count(True) >= verdicts.count(False)

    def join(self, lines: Sequence[str]) -> str:
        """The lines as one: a blank between, or a divided word made whole."""
        pieces: list[str] = []
        end = ""
        for line in lines:
            following = line.strip()
            if not following:
                continue
            tail = _divided(end)
            if tail is not None:
                pieces[-1] = pieces[-1][:-1]
            between = (" " if tail is None else self._between(tail, following)) if pieces else ""
            pieces += (between, following)
            end = f"{end[:-1] if tail is not None else end}{between}{following}"[-_LONGEST:]
        return "".join(pieces).replace(HYPHEN, "-")

    def _between(self, tail: str, following: str) -> str:
        """What stands between a line and the next in place of the hyphen that it ends with."""
        match = _HEAD.match(following)
        head = match[0] if match else ""
        bare = head.strip(",.;").casefold()
        # A dash by itself is no hyphen. `lamp-` before `en` is a divided word where the text has `lampen` elsewhere.
        if not tail or (bare in _SUSPENDED and not self._words[f"{_last(tail).casefold()}{bare}"]):
            return "- "
        return "" if self._is_divided(tail, head) else "-"

    def _is_divided(self, tail: str, head: str) -> bool:
        """Whether the hyphen goes once the word is whole."""
        if "/" in tail or "@" in tail or tail.lower().startswith("www."):  # an address of the web
            return False
        beginning, end = _last(tail), _WORD.match(head)
        if not beginning or end is None or not end[0][0].islower() or beginning[-1].isdigit():
            return False
        if "-" in beginning or len(beginning) == 1:  # 'business-to-government', 'U-shaped'
            return False
        verdict = self._evidence(beginning, end[0])
        return self._mends if verdict is None else verdict

    def _evidence(self, beginning: str, end: str) -> bool | None:
        """What the words elsewhere say: True for a divided word, False for a real hyphen, None for nothing."""
        beginning, end = beginning.casefold(), end.casefold()
        whole, hyphened = self._words[f"{beginning}{end}"], self._words[f"{beginning}-{end}"]
        if whole or hyphened:
            return whole > hyphened
        first = end.split("-")[0]
        if self._words[beginning] and self._words[first]:  # two words: 'gluten-' 'free'
            return False
        if self._parts[beginning] > 1 and len(beginning) > 2:  # noqa: PLR2004 - 'non-', 'anti-', which begin end words with a hyphen
            return False
        return None


def _divided(line: str) -> str | None:
    """What stands before the hyphen that a line ends with, back to a blank; None where it ends with none."""
    if not line.endswith(_HYPHENS):
        return None
    before = line[-_LONGEST:-1]
    return "" if not before or before[-1].isspace() else before.split()[-1]


def _last(tail: str) -> str:
    """The last word of a tail, what it joins with hyphens included."""
    words = _WORD.findall(tail)
    return words[-1] if words and tail.endswith(words[-1]) else ""


# Lines that were broken to a width are about as long as each other. A line of half the width ends a paragraph.
_NARROWEST, _WIDEST = 40, 140
_FULL, _SHORT = 0.6, 0.5
_MOST = 2 / 3
# Lines with room for the next word are the last of paragraphs, where a program broke them: few are.
_FEW_WITH_ROOM = 1 / 4
# Fewer lines may be of one length by chance.
_FEW_LINES = 20

# A mark that begins a part after the end of a sentence or of a clause: in a sentence it may be a reference.
_MARK = re.compile(
    r"(?:[(\[]?(?:\d{1,3}[a-z]?|[a-z]{1,2}|[ivx]{1,5})[)\]]|\d{1,2}(?:\.\d{1,2}){0,3}\.?|[\u2010-\u2015\u2022*-])\s+\S"
)
_FIRST = re.compile(r"\(?1[.)]\s*\S")
_CLAUSE_END = re.compile(r"(?:[.:;!?,]|\b(?:and|or|en|of))[\"'\u2019\u201d)\]]*$")
_SENTENCE_END = re.compile(r"[.:;!?][\"'\u2019\u201d)\]]*$")


@frozen
class Setting:
    """How lines were broken.

    Attributes:
        width: to which they were; 0 where each line is a paragraph.
        exact: whether a line takes as many words as the width allows, as programs set it: then a line that had room for the
            next word ends a paragraph.
    """

    width: int
    exact: bool = False

    def ends(self, before: str, line: str) -> bool:
        """Whether a paragraph ends between a line and the next."""
        if not self.width or len(before) < _SHORT * self.width or _begins(line, before):
            return True
        return self.exact and _has_room(before, line, self.width)


def setting_of(groups: Sequence[Sequence[str]]) -> Setting:
    """How the lines of groups were broken: to a width, where those that run on are nearly all about as long as the longest."""
    running = [
        (line.strip(), following.strip())
        for group in groups
        for line, following in pairwise(group)
        if not _begins(following.strip(), line.strip())
    ]
    lengths = sorted(len(line) for line, _ in running)
    width = lengths[int(len(lengths) * 0.95)] if lengths else 0
    full = sum(length >= _FULL * width for length in lengths)
    if not (_NARROWEST <= width <= _WIDEST and full >= _MOST * len(lengths)):
        return Setting(0)
    room = sum(_has_room(line, following, width) for line, following in running)
    return Setting(width, exact=room <= _FEW_WITH_ROOM * len(running))


def _has_room(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line would have stood in a line."""
    return len(line) + 1 + len(following.partition(" ")[0]) <= width


def paragraphs_of(lines: Sequence[str], setting: Setting) -> Iterator[list[str]]:
    """Lines between two empty ones, parted where a paragraph ends."""
    paragraph: list[str] = []
    headed = False
    for line in lines:
        # The heading of an article has no mark at its end that tells it from the paragraph after it.
        first = headed and _FIRST.match(line.strip()) is not None
        if paragraph and (first or setting.ends(paragraph[-1].strip(), line.strip())):
            yield paragraph
            headed = _numbers_article(" ".join(paragraph))
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def unbroken(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, those joined that are lines of a page which a converter set as if each were a paragraph."""
    runs = [(mere, list(run)) for mere, run in groupby(blocks, key=_is_mere_text)]
    lines = [[block.text for block in run] for mere, run in runs if mere]
    setting = setting_of(lines)
    if not setting.exact or sum(map(len, lines)) < _FEW_LINES:
        yield from blocks
        return
    mender = Mender(chain.from_iterable(lines))
    for mere, run in runs:
        if mere:
            yield from (
                Block(text=mender.join(paragraph))
                for paragraph in paragraphs_of([block.text for block in run], setting)
            )
        else:
            yield from run


def _is_mere_text(block: Block) -> bool:
    return block.role == "text" and not block.number


def _numbers_article(line: str) -> bool:
    match = marks_of_structure().line.match(line)
    return match is not None and match["article"] is not None


def _begins(line: str, before: str) -> bool:
    """Whether a line begins a paragraph, the line before it being known."""
    marks = marks_of_structure()
    if marks.line.match(line) or _numbers_article(before):
        return True
    if before.endswith(",") and marks.citation_line.match(line):
        return True
    match = _MARK.match(line)
    if match is None:
        return False
    # A number and a stop after a word is a numbered paragraph only after a sentence: '... in Article\n5. The ...'.
    return (_SENTENCE_END if line[0].isdigit() else _CLAUSE_END).search(before) is not None


# Lost lines.

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
    place = bisect_left(marks, at, key=lambda mark: mark.start())
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
