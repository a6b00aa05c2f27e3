"""Numbers of parts: what a label can mean, and which list of points it goes on with.

`(i)` is the ninth letter or the first Roman number; `5 bis` and `5a` come after 5. What a label means is told from the lists
that are open where it stands.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from attrs import Factory, define, frozen

__all__ = ["LATIN", "Label", "Ordinal", "Outline", "label_of", "ordinal_of", "roman"]

# The numerals of inserted articles, in the order of the letters that English uses for them.
LATIN = (
    *("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies", "undecies"),
    *("duodecies", "terdecies", "quaterdecies", "quindecies", "sexdecies", "septdecies", "octodecies"),
    *("novodecies", "vicies"),
)
_LATIN = {word: chr(ord("a") + at) for at, word in enumerate(LATIN)} | {"novies": "h"}
_BIS = "|".join(sorted(_LATIN, key=len, reverse=True))

_QUOTE = "\"'\u2018\u2019\u201c\u201d\u201e\u201a\u00ab"
_LABEL = re.compile(
    rf"(?P<quote>[{_QUOTE}]?)\s?(?P<open>[(\[]?)(?P<text>-?(?:\d{{1,3}}[a-z]{{0,3}}|[A-Za-z]{{1,4}}|[ivxlcIVXLC]{{5,7}})"
    rf"(?:\s(?:{_BIS}))?)(?P<close>[)\]]\.?|\.)(?=\s|$|(?P<glued>[{_QUOTE}]?[^\W\d_]))|(?P<dash>[\u2010-\u2015\u2022\u00b7\u25cf\u25aa*-])(?=\s|$)"
)
_DIGITS = re.compile(rf"(\d+)([a-z]*)(?:\s({_BIS}))?")
_ROMAN = re.compile(r"(x{0,3}(?:ix|iv|v?i{0,3})|xl(?:ix|iv|v?i{0,3})|l?x{0,3}(?:ix|iv|v?i{0,3}))", re.IGNORECASE)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_LETTERS = 26
# Points that were deleted leave a gap in the numbers; a larger one is another list's number.
_GAP = 4
# Points within points within points: no act goes deeper, and a hostile one may not.
_DEEPEST = 8

SequenceKind = Literal["1", "a", "A", "i", "I", "-"]


@frozen(order=True)
class Ordinal:
    """A place in a sequence: `5a` is (5, "a"), between 5 and 6."""

    number: int
    inserted: str = ""

    def follows(self, before: "Ordinal") -> bool:
        """Whether it may come next: one more, or inserted after it."""
        return before < self and self.number - before.number <= 1

    def follows_gap(self, before: "Ordinal") -> bool:
        """Whether it may come next where some are left out."""
        return before < self and self.number - before.number <= _GAP

    @property
    def first(self) -> bool:
        """Whether a sequence may begin with it; `-a` is inserted before the first."""
        return self.number <= 1 and not self.inserted


@frozen
class Label:
    """What stands before the text of a paragraph, point or recital.

    Attributes:
        text: without the marks around it; empty for a dash.
        marks: around it, `()`, `)`, `.`; the dash itself.
        quoted: whether a quotation begins before it.
        length: of it all, in characters.
    """

    text: str
    marks: str
    quoted: bool
    length: int

    def readings(self) -> Iterator[tuple[SequenceKind, Ordinal]]:
        """What it can mean: kinds of sequence with its place in each."""
        if not self.text:
            yield "-", Ordinal(0)
            return
        text = self.text.removeprefix("-")
        before = text != self.text
        match = _DIGITS.fullmatch(text)
        if match:
            yield "1", Ordinal(int(match[1]), _LATIN.get(match[3] or "", match[2]))
            return
        text, _, latin = text.partition(" ")
        after, lower = _LATIN.get(latin, ""), text.lower()
        value = roman(lower)
        if value is not None:
            yield ("I" if text.isupper() else "i"), Ordinal(value, after)
        elif roman(lower[:-1]) is not None and lower[-1] in "abcd":
            yield ("I" if text[:-1].isupper() else "i"), Ordinal(roman(lower[:-1]) or 0, lower[-1])
        kind: SequenceKind = "A" if text.isupper() else "a"
        if len(lower) == 1:
            yield kind, Ordinal(0 if before else _place(lower), after)
        else:
            yield kind, Ordinal(0 if before else _place(lower[0]), lower[1:])
            if len(lower) == 2 and lower[0] == lower[1]:  # noqa: PLR2004  after z comes aa
                yield kind, Ordinal(_LETTERS + _place(lower[0]))


def label_of(line: str) -> Label | None:
    """The label at the beginning of a line; None where there is none."""
    match = _LABEL.match(line)
    if match is None or (match["glued"] and not _may_be_glued(match["text"], match["close"], match["glued"])):
        return None
    if match["dash"]:
        dash = "-" if unicodedata.category(match["dash"]) == "Pd" else match["dash"]
        return Label("", dash, quoted=False, length=match.end())
    if not match["open"] and match["text"].isalpha() and len(match["text"]) > 1 and roman(match["text"]) is None:
        return None  # an abbreviation
    marks = match["open"] + match["close"].rstrip(".") if match["open"] else match["close"][0]
    return Label(match["text"], marks, quoted=bool(match["quote"]), length=match.end())


def _may_be_glued(text: str, close: str, following: str) -> bool:
    """Whether a number may lack the blank after it: `1.The`, `(a)the`, but not `i.e.` or `(re)use`."""
    if close == ".":
        return text.isdigit() and not following[-1].islower()
    return not text.isalpha() or len(text) == 1 or roman(text) is not None


def ordinal_of(text: str, words: Mapping[str, int] | None = None) -> Ordinal | None:
    """The place that the number of an article, a chapter or an annex has: `5`, `5a`, `5 bis`, `IV`, `one`, `A`."""
    low = text.lower().strip()
    match = _DIGITS.fullmatch(low)
    if match:
        return Ordinal(int(match[1]), _LATIN.get(match[3] or "", match[2]))
    if words and low in words:
        return Ordinal(words[low])
    number, _, latin = low.partition(" ")
    value = roman(number)
    if value is not None:
        return Ordinal(value, _LATIN.get(latin, latin))
    if number and roman(number[:-1]) is not None and number[-1].isalpha():
        return Ordinal(roman(number[:-1]) or 0, number[-1])
    return Ordinal(_place(number)) if len(number) == 1 and number.isalpha() else None


def roman(text: str) -> int | None:
    """The value of a Roman number up to 89; None for any other word."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_VALUES[letter] for letter in text.lower()]
    # A sign before a greater one is taken off: `iv`.
    return sum(
        -value if any(value < later for later in values[at + 1 : at + 2]) else value for at, value in enumerate(values)
    )


@define
class _List:
    """A list of points that is open. `level`: that the markup gives it; 0 where none."""

    kind: SequenceKind
    marks: str
    at: Ordinal
    level: int


@define
class Outline:
    """The lists of points that are open, outermost first."""

    lists: list[_List] = Factory(list)

    def clear(self) -> None:
        """Close all lists: a new article or paragraph begins."""
        self.lists.clear()

    def place(self, label: Label, *, level: int, marked: bool, opens: bool, ahead: Sequence[Label]) -> int | None:
        """How deep a point lies, from 0, and note it.

        Args:
            label: of the point.
            level: that the markup gives; 0 where none.
            marked: whether the markup says that it is a point.
            opens: whether the text before it leads up to a list: it ends with a colon.
            ahead: labels that come after it.

        Returns:
            None where it goes on with no list and begins none: it is a number in the text.
        """
        readings = list(label.readings())
        within = self._within(level)
        going = [
            (depth, kind, at)
            for depth in range(len(self.lists) - 1, -1, -1)
            for kind, at in readings
            if self._goes_on(depth, kind, at, label.marks) and within(depth)
        ]
        fresh = next(((kind, at) for kind, at in readings if at.first), None)
        starts = fresh is not None and len(self.lists) < _DEEPEST and within(len(self.lists))
        if going and not (starts and fresh and self._begins(fresh, going[0], label, opens=opens, ahead=ahead)):
            depth, kind, at = going[0]
            return self._put(depth, kind, at, label.marks, level)
        if starts and fresh and (marked or opens or label.marks in "-\u2022\u00b7\u25cf\u25aa*"):
            return self._put(len(self.lists), *fresh, label.marks, level)
        skips = [
            (depth, kind, at)
            for depth in range(len(self.lists) - 1, -1, -1)
            for kind, at in readings
            if not opens and self._skips_to(depth, kind, at, label.marks) and within(depth)
        ]
        if skips:
            depth, kind, at = skips[0]
            return self._put(depth, kind, at, label.marks, level)
        if not marked:
            return None
        deeper = [d for d in range(len(self.lists)) if level and self.lists[d].level >= level]
        alike = [d for d in range(len(self.lists)) if self._is_like(d, readings, label.marks)]
        depth = next(iter(deeper or alike), min(len(self.lists), _DEEPEST))
        return self._put(depth, *readings[-1], label.marks, level)

    def goes_on(self, label: Label, *, gap: bool = False) -> bool:
        """Whether a label goes on with one of the lists, those of dashes aside; with `gap`, after a few that are left out."""
        return any(
            (kind != "-" and self._goes_on(depth, kind, at, label.marks))
            or (gap and self._skips_to(depth, kind, at, label.marks))
            for depth in range(len(self.lists))
            for kind, at in label.readings()
        )

    def _within(self, level: int) -> "_Within":
        return _Within([open_list.level for open_list in self.lists], level)

    def _is_like(self, depth: int, readings: Sequence[tuple[SequenceKind, Ordinal]], marks: str) -> bool:
        return self.lists[depth].marks == marks and any(kind == self.lists[depth].kind for kind, _ in readings)

    def _goes_on(self, depth: int, kind: SequenceKind, at: Ordinal, marks: str) -> bool:
        open_list = self.lists[depth]
        if open_list.kind != kind or open_list.marks != marks:
            return False
        return kind == "-" or at.follows(open_list.at)

    def _skips_to(self, depth: int, kind: SequenceKind, at: Ordinal, marks: str) -> bool:
        open_list = self.lists[depth]
        return kind == open_list.kind != "-" and open_list.marks == marks and at.follows_gap(open_list.at)

    def _begins(
        self,
        fresh: tuple[SequenceKind, Ordinal],
        going: tuple[int, SequenceKind, Ordinal],
        label: Label,
        *,
        opens: bool,
        ahead: Sequence[Label],
    ) -> bool:
        """Whether a label that can go on with a list begins a new one instead: `(i)` after `(h)`.

        Args:
            fresh: the reading of the label by which it begins a list.
            going: the depth of the list that it can go on with, and the reading by which it does.
            label: of the point.
            opens: whether the text before it leads up to a list.
            ahead: labels after it: the first that goes on with one of the two readings decides.
        """
        if fresh[0] == going[1]:
            return False
        for later in ahead:
            if later.marks != label.marks:
                continue
            means = dict(later.readings())
            if fresh[0] in means and means[fresh[0]].follows(fresh[1]):
                return True
            if going[1] in means and means[going[1]].follows(going[2]):
                return False
        return opens

    def _put(self, depth: int, kind: SequenceKind, at: Ordinal, marks: str, level: int) -> int:
        del self.lists[depth:]
        self.lists.append(_List(kind, marks, at, level))
        return depth


@frozen
class _Within:
    """Whether a depth agrees with the levels that the markup gives; with no level, every depth does."""

    levels: Sequence[int]
    level: int

    def __call__(self, depth: int) -> bool:
        if not self.level:
            return True
        if depth < len(self.levels):
            return self.levels[depth] in {0, self.level}
        return all(level < self.level for level in self.levels) or 0 in self.levels[-1:]


def _place(letter: str) -> int:
    return ord(letter) - ord("a") + 1
