"""Places in articles, as they are put together from the parts that a reference names one after another."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from attrs import evolve, frozen

from consistent.documents.document import Span
from consistent.documents.words.citation_words import Token, TokenKind

__all__ = [
    "MOST_VALUES",
    "PARAGRAPH",
    "POINT",
    "SILENT",
    "SUBPARAGRAPH",
    "ArticleReference",
    "Builder",
    "GroupReader",
    "PartGroup",
    "PartPath",
    "PlacePart",
    "range_of",
    "run_of",
]

# How deep a part lies: paragraph, subparagraph, point, point within a point; what is not named lies deepest.
PARAGRAPH, SUBPARAGRAPH, POINT, SUBPOINT, SILENT = 1, 2, 3, 4, 9
LEVELS = {"paragraph": PARAGRAPH, "subparagraph": SUBPARAGRAPH, "point": POINT, "silent": SILENT}
# A range of more is no range of articles: 'Articles 1 to 400' is a mistake, and costs memory.
_LONGEST_RANGE = 120
_ROMAN = re.compile(r"[ivx]+")
_ROMANS = tuple(
    tens + ones for tens in ("", "x", "xx") for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
)[1:]


@frozen
class PlacePart:
    """A paragraph, subparagraph or point: how deep it lies, and its number."""

    level: int
    text: str
    counted: bool = False  # 'first paragraph', which bears no number in the text


PartPath = tuple[PlacePart, ...]


@frozen
class ArticleReference:
    """One place that a text refers to.

    Attributes:
        article: its number, with small letters: `173`, `100a`, `K.3`; `annex I` for an annex; empty for a part of the article
            that the text stands in.
        path: what is named in it, outermost first; empty for the article as a whole.
        span: of the words that name it. Where several share words, the first has these: 'Articles 91(1)', then '114'.
        numbered: of the number of the article as it is written, `100 bis`; None where a range names it, or nothing does.
    """

    article: str
    path: PartPath
    span: Span
    numbered: Span | None = None

    @property
    def groups(self) -> tuple[str, ...]:
        """The numbers of paragraph, subparagraph and points, outermost first."""
        return _named(self.path)

    @property
    def place(self) -> str:
        """As it is spelled in a source: `173(3)`."""
        return self.article + "".join(f"({group})" for group in self.groups)


@frozen
class PartGroup:
    """Parts of one kind: 'points (a) and (b)', 'lid 2', 'first and third sentences'; each value is one or more parts."""

    values: tuple[tuple[PlacePart, ...], ...]
    begins: tuple[int, ...]  # the token that each value begins with, the word before it included in the first
    ends: tuple[int, ...]  # the token after each value


class Builder:
    """The places of one article, as its parts are read one after another."""

    def __init__(self, tokens: tuple[Token, ...], article: str, opens: int, number: Token | None = None) -> None:
        self.tokens = tokens
        self.article = article
        self.numbered = Span(number.start, number.end) if number else None
        self.opens = self.end = opens
        self.path: PartPath = ()
        self.places: list[ArticleReference] = []

    def add(self, parts: Sequence[PlacePart], begin: int, end: int) -> None:
        """Go deeper, or to a place beside the last one where a part as deep has been read.

        Args:
            parts: one value of a group, outermost first.
            begin: the token that it begins with.
            end: the token after it.
        """
        parts = tuple(_settled(self.path, parts))
        level = parts[0].level
        if any(part.level >= level for part in self.path):
            self._emit()
            self.path = tuple(part for part in self.path if part.level < level)
            self.opens = begin
        self.path += parts
        self.end = end

    def extend(self, text: str, end: int) -> None:
        """A group right after what was read: `(2)`, `(a)`."""
        self.path += (PlacePart(level_in(text, self.path), text),)
        self.end = end

    def holds(self, text: str) -> bool:
        """Whether a part like this one was read, so that one more can stand beside it."""
        return any(part.level == _level_beside(text, self.path) for part in self.path)

    def beside(self, text: str, begin: int, end: int) -> None:
        """'and (3)' after 'Article 50(2)'."""
        self.add((PlacePart(_level_beside(text, self.path), text),), begin, end)

    def up_to(self, text: str, begin: int, end: int) -> None:
        """'to (13)' after 'Article 1(3)'."""
        last = self.path[-1]
        for number in between(last, text):
            self.add((evolve(last, text=number),), begin, end)

    def within(self, chains: list[list[PartGroup]]) -> list[ArticleReference]:
        """The places that the parts before the article name."""
        base = self.path
        for nest in chains:
            paths: list[PartPath] = [base]
            for group in reversed(nest):
                paths = [(*path, *_settled(path, value)) for path in paths for value in group.values]
                paths = paths[:_LONGEST_RANGE]
            for reached in paths:
                self.path = reached
                self._emit()
        return self.places

    def finished(self) -> list[ArticleReference]:
        """All places of the article."""
        self._emit()
        return self.places

    def _emit(self) -> None:
        span = Span(self.tokens[self.opens].start, self.tokens[self.end - 1].end)
        self.places = run_of(self.places, [ArticleReference(self.article, self.path, span, self.numbered)])


def run_of(run: list[ArticleReference], more: list[ArticleReference]) -> list[ArticleReference]:
    """Both lists; where one place follows itself, as for two sentences of one paragraph, it is there once."""
    for reference in more:
        if run and (run[-1].article, run[-1].groups) == (reference.article, reference.groups):
            run[-1] = evolve(run[-1], span=Span(run[-1].span.start, max(run[-1].span.end, reference.span.end)))
        else:
            run.append(reference)
    return run


def range_of(builder: Builder, last: str) -> list[ArticleReference]:
    """'Articles 85 to 87', 'Annexes I to III'."""
    builder.end += 2
    span = Span(builder.tokens[builder.opens].start, builder.tokens[builder.end - 1].end)
    word, blank, number = builder.article.rpartition(" ")
    if word:
        beyond = [numeral.upper() for numeral in between(PlacePart(SUBPOINT, number.lower()), last.lower())]
    else:
        beyond = between(PlacePart(0, number), last)
    first = ArticleReference(builder.article, (), span, builder.numbered)
    return [first, *(ArticleReference(word + blank + further, (), span) for further in beyond)]


def between(first: PlacePart, last: str) -> list[str]:
    """What comes after the first up to the last, in numbers, Roman numbers or letters; the last alone where no order is seen."""
    if first.level == SUBPOINT and first.text in _ROMANS and last in _ROMANS:
        return list(_ROMANS[_ROMANS.index(first.text) + 1 : _ROMANS.index(last) + 1]) or [last]
    if first.text.isdigit() and last.isdigit() and 0 < int(last) - int(first.text) <= _LONGEST_RANGE:
        return [str(number) for number in range(int(first.text) + 1, int(last) + 1)]
    if len(first.text) == len(last) == 1 and first.text.isalpha() and last.isalpha() and first.text < last:
        return [chr(code) for code in range(ord(first.text) + 1, ord(last) + 1)]
    return [last]


def level_in(text: str, path: Sequence[PlacePart]) -> int:
    """How deep a group lies that follows the path: a number is a paragraph, a letter a point, or one within it."""
    deep = any(part.level >= POINT for part in path)
    if text[0].isdigit():
        return SUBPOINT if deep else PARAGRAPH if not path else POINT
    return SUBPOINT if deep else POINT


def _level_beside(text: str, path: Sequence[PlacePart]) -> int:
    if text[0].isdigit():
        return PARAGRAPH
    romans = any(part.level == SUBPOINT for part in path) and is_roman(text)
    return SUBPOINT if romans else POINT


def is_roman(text: str) -> bool:
    """Whether a point may be numbered in Roman, as `i`, `v` and `iv` are."""
    return _ROMAN.fullmatch(text) is not None


def is_within(text: str, path: Sequence[PlacePart], *, joined: bool, romans: bool) -> bool:
    """Whether a point lies within the last one: `v)` after `a),`, but not after `a) en`; `b)` after `punt 3,`.

    Args:
        text: the number or letter of the point.
        path: the parts that were read before it.
        joined: whether 'and' stands before it.
        romans: whether all values of its list can be Roman numbers.
    """
    if text.isalpha() and any(part.level == POINT and part.text.isdigit() for part in path):
        return not joined or any(part.level == SUBPOINT for part in path)
    if not any(part.level == POINT and part.text.isalpha() for part in path):
        return False
    if any(part.level == SUBPOINT for part in path) and is_roman(text):
        return True
    if text.isdigit():
        return not joined
    return is_roman(text) and (len(text) > 1 or (romans and not joined))


def _settled(path: PartPath, parts: Sequence[PlacePart]) -> Iterator[PlacePart]:
    """The parts with their depth known: what is counted is a paragraph where the article has no numbered one."""
    numbered = any(outer.level == PARAGRAPH and not outer.counted for outer in path)
    for part in parts:
        if part.counted and part.level <= SUBPARAGRAPH:
            yield evolve(part, level=SUBPARAGRAPH if numbered else PARAGRAPH)
        else:
            yield part


def _named(path: PartPath) -> tuple[str, ...]:
    """The parts that are named; a subparagraph only where no point follows."""
    named = [part for part in path if part.level != SILENT]
    pointed = any(part.level >= POINT for part in named)
    numbered = any(part.level == POINT and part.text[0].isdigit() for part in named)
    return tuple(
        part.text
        for part in named
        if not (pointed and part.level == SUBPARAGRAPH) and not (numbered and part.counted and part.level == PARAGRAPH)
    )


# Groups of parts of an article as texts write them: 'points (a) and (b)', 'lid 2', 'first and third sentences'.

# Lists are no longer than this in earnest. INVARIANT: every look ahead is bounded, so that reading takes linear time.
MOST_VALUES = 64


class GroupReader:
    """Reads groups of parts off the tokens of a text. Positions are indices of tokens."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens

    def kind(self, at: int) -> TokenKind:
        """Of a token; `word` after the last."""
        return self.tokens[at].kind if at < len(self.tokens) else "word"

    def group(
        self, at: int, *, nested: PartPath = (), joined: bool = False, alone: bool = False, many: bool = False
    ) -> PartGroup | None:
        """The group that begins here, if one does.

        Args:
            at: where it begins.
            nested: what was read of its article before it.
            joined: whether 'and' stands before it.
            alone: whether its article is the only one, so that a number after a paragraph is a paragraph.
            many: whether no article can follow by its number alone, so that any number is one of the group.
        """
        at = self.past_the(at)
        if self.kind(at) == "ordinal":
            return self._counted(at)
        if self.kind(at) == "part":
            return self._numbered(at, nested, joined=joined, alone=alone, many=many)
        return None

    def _counted(self, at: int) -> PartGroup | None:
        """'first paragraph', 'first, second and third indents'."""
        opens = at
        numbers = [self.tokens[at].text]
        at += 1
        while len(numbers) < MOST_VALUES:
            after = self.separated(at)[0]
            if after == at or self.kind(after) != "ordinal":
                break
            numbers.append(self.tokens[after].text)
            at = after + 1
        if self.kind(at) != "part":
            return None
        level = LEVELS[self.tokens[at].text]
        # 'last paragraph' counts from the end: it names no number.
        named = [number if level != SILENT and number != "0" else "" for number in numbers]
        parts = tuple(
            (PlacePart(level, number, counted=True) if number else PlacePart(SILENT, ""),) for number in named
        )
        return PartGroup(parts, (opens,) * len(parts), (at + 1,) * len(parts))

    def _numbered(self, at: int, nested: PartPath, *, joined: bool, alone: bool, many: bool) -> PartGroup | None:
        """'points (a) and (b)', 'point 1(a)', 'leden 1 en 2', 'onder a), v)'."""
        opens, word = at, self.tokens[at]
        level = LEVELS[word.text]
        many = many or word.many
        values: list[tuple[PlacePart, ...]] = []
        begins: list[int] = []
        ends: list[int] = []
        at += 1
        romans = all(is_roman(value) for value in self._values_ahead(at)[1:])
        while len(values) < MOST_VALUES:
            text, after = self._value(at)
            if text is None:
                break
            depth = level
            bracketed = self.kind(at) == "group"
            within = (*nested, *chain.from_iterable(values))
            if level == POINT and not (values and bracketed) and is_within(text, within, joined=joined, romans=romans):
                depth = SUBPOINT
            parts = [PlacePart(depth, text)]
            while self.kind(after) == "group":
                parts.append(PlacePart(level_in(self.tokens[after].text, (*within, *parts)), self.tokens[after].text))
                after += 1
            values.append(tuple(parts))
            begins.append(at if ends else opens)
            ends.append(after)
            if self.kind(after) == "to":
                last, beyond = self._value(after + 1)
                if last is not None:
                    more = between(parts[-1], last)
                    values += [(evolve(parts[-1], text=further),) for further in more]
                    begins += [after] * len(more)
                    ends += [beyond] * len(more)
                    after = beyond
            ahead, joined_next = self.separated(after)
            # 'lid 1, en 207': a bare number after one paragraph is another article, unless there is one article only.
            plain = self.kind(ahead) in {"number", "word"}
            if ahead == after or joined or (plain and not many and not alone):
                break
            if plain and self.kind(ahead + 1) in {"group", "comma", "part"} and not many:
                break
            at, joined = ahead, joined_next
        return PartGroup(tuple(values), tuple(begins), tuple(ends)) if values else None

    def _values_ahead(self, at: int) -> list[str]:
        """The values of a list, without reading what they mean."""
        values: list[str] = []
        text, after = self._value(at)
        while text is not None and len(values) < MOST_VALUES:
            values.append(text)
            ahead = self.separated(after)[0]
            if ahead == after:
                break
            text, after = self._value(ahead)
        return values

    def _value(self, at: int) -> tuple[str | None, int]:
        """The value that a token is, and the place after it; None where the token is none: no number, letter or group in brackets."""
        kind = self.kind(at)
        if kind in {"group", "letter"}:
            return self.tokens[at].text, at + 1
        if kind == "number":
            return self.tokens[at].text, at + 1
        if kind == "word" and at < len(self.tokens) and re.fullmatch(r"[a-z]|[ivx]{2,4}", self.tokens[at].text):
            return self.tokens[at].text, at + 1
        return None, at

    def past_the(self, at: int) -> int:
        """The position after 'the'."""
        for _ in range(2):
            at += self.kind(at) == "the"
        return at

    def separated(self, at: int) -> tuple[int, bool]:
        """The position after commas, 'and' and 'the', and whether there was an 'and'."""
        joined = False
        begins = at
        while self.kind(at) in {"comma", "and"}:
            joined |= self.kind(at) == "and"
            at += 1
        return (self.past_the(at) if at > begins else at), joined
