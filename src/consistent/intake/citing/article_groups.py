"""Groups of parts of an article as texts write them: 'points (a) and (b)', 'lid 2', 'first and third sentences'."""

import re
from itertools import chain

from attrs import evolve

from consistent.intake.citing.article_places import (
    LEVELS,
    POINT,
    SILENT,
    SUBPOINT,
    Group,
    Part,
    Path,
    between,
    is_roman,
    is_within,
    level_in,
)
from consistent.intake.citing.article_words import Kind, Token

__all__ = ["MOST_VALUES", "GroupReader"]

# Lists are no longer than this in earnest. INVARIANT: every look ahead is bounded, so that reading takes linear time.
MOST_VALUES = 64


class GroupReader:
    """Reads groups of parts off the tokens of a text. Positions are indices of tokens."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens

    def kind(self, at: int) -> Kind:
        """Of a token; `word` after the last."""
        return self.tokens[at].kind if at < len(self.tokens) else "word"

    def group(
        self, at: int, *, nested: Path = (), joined: bool = False, alone: bool = False, many: bool = False
    ) -> Group | None:
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

    def _counted(self, at: int) -> Group | None:
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
        named = [each if level != SILENT and each != "0" else "" for each in numbers]
        parts = tuple((Part(level, each, counted=True) if each else Part(SILENT, ""),) for each in named)
        return Group(parts, (opens,) * len(parts), (at + 1,) * len(parts))

    def _numbered(self, at: int, nested: Path, *, joined: bool, alone: bool, many: bool) -> Group | None:
        """'points (a) and (b)', 'point 1(a)', 'leden 1 en 2', 'onder a), v)'."""
        opens, word = at, self.tokens[at]
        level = LEVELS[word.text]
        many = many or word.many
        values: list[tuple[Part, ...]] = []
        begins: list[int] = []
        ends: list[int] = []
        at += 1
        romans = all(is_roman(each) for each in self._values_ahead(at)[1:])
        while len(values) < MOST_VALUES:
            text, after = self._value(at)
            if text is None:
                break
            depth = level
            bracketed = self.kind(at) == "group"
            within = (*nested, *chain.from_iterable(values))
            if level == POINT and not (values and bracketed) and is_within(text, within, joined=joined, romans=romans):
                depth = SUBPOINT
            parts = [Part(depth, text)]
            while self.kind(after) == "group":
                parts.append(Part(level_in(self.tokens[after].text, (*within, *parts)), self.tokens[after].text))
                after += 1
            values.append(tuple(parts))
            begins.append(at if ends else opens)
            ends.append(after)
            if self.kind(after) == "to":
                last, beyond = self._value(after + 1)
                if last is not None:
                    more = between(parts[-1], last)
                    values += [(evolve(parts[-1], text=each),) for each in more]
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
        return Group(tuple(values), tuple(begins), tuple(ends)) if values else None

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
