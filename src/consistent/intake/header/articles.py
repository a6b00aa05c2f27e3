"""References to articles as legal texts write them, read into the places that they name.

`points (a) and (b) of the first subparagraph of Article 50(2)` names 50(2)(a) and 50(2)(b); so does `artikel 50, lid 2,
eerste alinea, onder a) en b)`. How a reference is spelled out and how languages differ is a grammar; its words are data.

A place is the number of the article, then its paragraph, subparagraph and points, outermost first, as the sources of this
project are spelled: 'third paragraph of Article 175' is 175(3), 'Article 126(14), third subparagraph' is 126(14)(3). The
number of a subparagraph is left out where a point follows, for points are lettered through a paragraph: 'Article 218(6),
second subparagraph, point (a)' is 218(6)(a). Indents and sentences are not named.
"""

import re
from itertools import chain

from attrs import evolve

from consistent.intake.header.article_places import (
    LEVELS,
    PARAGRAPH,
    POINT,
    SILENT,
    SUBPOINT,
    Builder,
    Group,
    Part,
    Path,
    Reference,
    between,
    is_roman,
    is_within,
    level_in,
    range_of,
    run_of,
)
from consistent.intake.header.article_words import ArticleWords, Kind, Token

__all__ = ["Reference", "references"]

# Lists are no longer than this in earnest. INVARIANT: every look ahead is bounded, so that reading takes linear time.
_MOST_VALUES = 64
# The longest run of references, in tokens; preambles have a tenth of it.
_MOST_TOKENS = 4000


def references(text: str, words: ArticleWords) -> tuple[tuple[Reference, ...], ...]:
    """The references in a text.

    Args:
        text: of one sentence or citation.
        words: of its language.

    Returns:
        Runs of references in the order of the text, none empty; those of a run are joined by commas and 'and' only.
    """
    reader = _Reader(tuple(words.tokens(text)))
    runs: list[tuple[Reference, ...]] = []
    at = 0
    while at < len(reader.tokens):
        run, after = reader.run(at)
        if run:
            runs.append(run)
        at = max(after, at + 1)
    return tuple(runs)


class _Reader:
    """Reads references off the tokens of a text. Positions are indices of tokens."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens

    def _kind(self, at: int) -> Kind:
        return self.tokens[at].kind if at < len(self.tokens) else "word"

    def run(self, at: int) -> tuple[tuple[Reference, ...], int]:
        """The run of references that begins here, empty if none does, and the position after it."""
        found: list[Reference] = []
        limit = at + _MOST_TOKENS
        begins = at
        while at < limit:
            read = self._item(at, bare=bool(found))
            if read is None:
                break
            found, at = run_of(found, read[0]), read[1]
            begins, at = at, self._separated(at)[0]
            if begins == at:
                break
        return tuple(found), begins

    def _item(self, at: int, *, bare: bool) -> tuple[list[Reference], int] | None:
        """One article with its parts before or after it.

        Args:
            at: where it begins.
            bare: whether the word 'article' may be missing, as after 'Articles 91 and'.
        """
        opens = at
        chains: list[list[Group]] = []
        if self._kind(at) in {"the", "part", "ordinal"}:
            prefix = self._prefix(at)
            if prefix is None:
                return None
            chains, at = prefix
        elif self._kind(at) == "number" and not bare:
            return None
        return self._article(at, opens, chains)

    def _prefix(self, at: int) -> tuple[list[list[Group]], int] | None:
        """'points (a) and (b) of the first paragraph of', before an article: chains of groups, inner ones first."""
        chains: list[list[Group]] = []
        joined = False
        while len(chains) < _MOST_VALUES:
            nest: list[Group] = []
            group = self._group(at)
            while group is not None and len(nest) < _MOST_VALUES:
                nest.append(group)
                at = group.ends[-1]
                if self._kind(at) != "of":
                    break
                group = self._group(self._past_the(at + 1))
            if not nest:
                return None
            # 'first subparagraph, second sentence, of Article 6(1)': the sentence is of the subparagraph.
            if not chains or joined or any(part.level != SILENT for each in nest for part in each.values[0]):
                chains.append(nest)
            after, joined = (self._past_the(at + 1), False) if self._kind(at) == "of" else self._separated(at)
            if self._kind(after) in {"article", "articles"}:
                return chains, after
            if self._kind(at) == "of" or after == at:
                return None
            at = after
        return None

    def _article(self, at: int, opens: int, chains: list[list[Group]]) -> tuple[list[Reference], int] | None:
        # A number by itself is one of several articles.
        many = self._kind(at) in {"articles", "number"}
        if self._kind(at) in {"article", "articles"}:
            at += 1
        if self._kind(at) != "number":
            return None
        article, _, decimal = self.tokens[at].text.partition(".")
        if article in {"J", "K"}:
            article, decimal = f"{article}.{decimal}", ""
        builder = Builder(self.tokens, article, opens)
        at += 1
        builder.end = at
        if decimal:
            builder.add((Part(PARAGRAPH, decimal),), at, at)
        while self._kind(at) == "group":
            builder.extend(self.tokens[at].text, at + 1)
            at += 1
        if chains:
            at = self._paragraph_after(at, builder, chains)
            return builder.within(chains), at
        if self._kind(at) == "to" and self._kind(at + 1) == "number" and not builder.path:
            return range_of(builder, self.tokens[at + 1].text), at + 2
        at = self._parts_after(at, builder, many=many)
        return builder.finished(), at

    def _paragraph_after(self, at: int, builder: "Builder", chains: list[list[Group]]) -> int:
        """Read the paragraph after an article whose inner parts came before it: 'punt b) van artikel 168, lid 4'."""
        parts = [part for nest in chains for each in nest for value in each.values for part in value]
        after = self._separated(at)[0]
        group = self._group(after)
        if builder.path or group is None or len(group.values) != 1 or self._is_prefix(after):
            return at
        (value,) = group.values
        # Parts that are counted are paragraphs only where none is numbered; numbered ones leave no room for another.
        room = all((part.counted and not value[0].counted) or part.level >= POINT for part in parts)
        if not room or len(value) != 1 or value[0].level != PARAGRAPH:
            return at
        builder.add(value, after, group.ends[-1])
        return group.ends[-1]

    def _parts_after(self, at: int, builder: "Builder", *, many: bool) -> int:
        """Read what follows the number of an article: '(2) and (3)', ', first paragraph', ', lid 2, onder a)'."""
        while True:
            after, joined = self._separated(at)
            kind = self._kind(after)
            if kind in {"group", "letter"} and builder.holds(self.tokens[after].text):
                builder.beside(self.tokens[after].text, after, after + 1)
                at = after + 1
                while self._kind(at) == "group":
                    builder.extend(self.tokens[at].text, at + 1)
                    at += 1
            elif kind == "to" and self._kind(after + 1) in {"group", "letter"} and builder.path:
                builder.up_to(self.tokens[after + 1].text, after, after + 2)
                at = after + 2
            elif kind in {"part", "ordinal", "the"}:
                group = self._group(after, nested=builder.path, joined=joined, alone=not many)
                # 'Article 61(c), point 1(a) of Article 63': the point is of the article to come.
                if group is None or self._is_prefix(after):
                    return at
                for value, begin, end in zip(group.values, group.begins, group.ends, strict=True):
                    builder.add(value, begin, end)
                at = group.ends[-1]
            else:
                return at

    def _is_prefix(self, at: int) -> bool:
        """Whether parts after an article are of the next: they say 'of', as parts after their article never do."""
        nest = 0
        group = self._group(at)
        while group is not None and nest < _MOST_VALUES:
            nest += 1
            at_of = group.ends[-1]
            if self._kind(at_of) != "of":
                return nest > 1 and self._prefix(at) is not None
            after = self._past_the(at_of + 1)
            if self._kind(after) in {"article", "articles"}:
                return True
            group = self._group(after)
        return False

    def _group(self, at: int, *, nested: Path = (), joined: bool = False, alone: bool = False) -> Group | None:
        at = self._past_the(at)
        if self._kind(at) == "ordinal":
            return self._counted(at)
        if self._kind(at) == "part":
            return self._numbered(at, nested, joined=joined, alone=alone)
        return None

    def _counted(self, at: int) -> Group | None:
        """'first paragraph', 'first, second and third indents'."""
        opens = at
        numbers = [self.tokens[at].text]
        at += 1
        while len(numbers) < _MOST_VALUES:
            after = self._separated(at)[0]
            if after == at or self._kind(after) != "ordinal":
                break
            numbers.append(self.tokens[after].text)
            at = after + 1
        if self._kind(at) != "part":
            return None
        level = LEVELS[self.tokens[at].text]
        parts = tuple((Part(level, "" if level == SILENT else each, level != SILENT),) for each in numbers)
        return Group(parts, (opens,) * len(parts), (at + 1,) * len(parts))

    def _numbered(self, at: int, nested: Path, *, joined: bool, alone: bool) -> Group | None:
        """'points (a) and (b)', 'point 1(a)', 'leden 1 en 2', 'onder a), v)'."""
        opens, word = at, self.tokens[at]
        level = LEVELS[word.text]
        values: list[tuple[Part, ...]] = []
        begins: list[int] = []
        ends: list[int] = []
        at += 1
        romans = all(is_roman(each) for each in self._values_ahead(at)[1:])
        while len(values) < _MOST_VALUES:
            text, after = self._value(at)
            if text is None:
                break
            depth = level
            bracketed = self._kind(at) == "group"
            within = (*nested, *chain.from_iterable(values))
            if level == POINT and not (values and bracketed) and is_within(text, within, joined=joined, romans=romans):
                depth = SUBPOINT
            parts = [Part(depth, text)]
            while self._kind(after) == "group":
                parts.append(Part(level_in(self.tokens[after].text, (*within, *parts)), self.tokens[after].text))
                after += 1
            values.append(tuple(parts))
            begins.append(at if ends else opens)
            ends.append(after)
            if self._kind(after) == "to":
                last, beyond = self._value(after + 1)
                if last is not None:
                    more = between(parts[-1], last)
                    values += [(evolve(parts[-1], text=each),) for each in more]
                    begins += [after] * len(more)
                    ends += [beyond] * len(more)
                    after = beyond
            ahead, joined_next = self._separated(after)
            # 'lid 1, en 207': a bare number after one paragraph is another article, unless there is one article only.
            plain = self._kind(ahead) in {"number", "word"}
            if ahead == after or joined or (plain and not word.many and not alone):
                break
            if plain and self._kind(ahead + 1) in {"group", "comma", "part"} and not word.many:
                break
            at, joined = ahead, joined_next
        return Group(tuple(values), tuple(begins), tuple(ends)) if values else None

    def _values_ahead(self, at: int) -> list[str]:
        """The values of a list, without reading what they mean."""
        values: list[str] = []
        text, after = self._value(at)
        while text is not None and len(values) < _MOST_VALUES:
            values.append(text)
            ahead = self._separated(after)[0]
            if ahead == after:
                break
            text, after = self._value(ahead)
        return values

    def _value(self, at: int) -> tuple[str | None, int]:
        kind = self._kind(at)
        if kind in {"group", "letter"}:
            return self.tokens[at].text, at + 1
        if kind == "number":
            return self.tokens[at].text, at + 1
        if kind == "word" and at < len(self.tokens) and re.fullmatch(r"[a-z]|[ivx]{2,4}", self.tokens[at].text):
            return self.tokens[at].text, at + 1
        return None, at

    def _past_the(self, at: int) -> int:
        for _ in range(2):
            at += self._kind(at) == "the"
        return at

    def _separated(self, at: int) -> tuple[int, bool]:
        """The position after commas, 'and' and 'the', and whether there was an 'and'."""
        joined = False
        begins = at
        while self._kind(at) in {"comma", "and"}:
            joined |= self._kind(at) == "and"
            at += 1
        return (self._past_the(at) if at > begins else at), joined
