"""References to articles as legal texts write them, read into the places that they name.

`points (a) and (b) of the first subparagraph of Article 50(2)` names 50(2)(a) and 50(2)(b); so does `artikel 50, lid 2,
eerste alinea, onder a) en b)`. How a reference is spelled out and how languages differ is a grammar; its words are data.

A place is the number of the article, then its paragraph, subparagraph and points, outermost first, as the sources of this
project are spelled: 'third paragraph of Article 175' is 175(3), 'Article 126(14), third subparagraph' is 126(14)(3). The
number of a subparagraph is left out where a point follows, for points are lettered through a paragraph: 'Article 218(6),
second subparagraph, point (a)' is 218(6)(a). Indents and sentences are not named.

Numbered acts that texts cite are read here too, into the CELEX numbers that follow from how they are cited.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Protocol, TypeVar

from consistent.documents.citing._places import (
    MOST_VALUES,
    PARAGRAPH,
    POINT,
    SILENT,
    ArticleReference,
    Builder,
    GroupReader,
    PartGroup,
    PlacePart,
    range_of,
    run_of,
)
from consistent.documents.words.citation_words import ArticleWords, Token

__all__ = ["ArticleReference", "celex_of_act", "celex_of_match", "reference_lists", "reference_runs", "without_overlap"]

# What a text says of places and acts, in its order.


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_T = TypeVar("_T", bound=_Spanned)


def without_overlap(events: Iterable[_T]) -> list[_T]:
    """The events in the order of the text; of those that overlap, what begins first, and the longest: 'Part' in a name is no part."""
    kept: list[_T] = []
    for event in sorted(events, key=lambda event: (event.start, -event.end)):
        if not kept or event.start >= kept[-1].end:
            kept.append(event)
    return kept


# The longest run of references, in tokens; preambles have a tenth of it.
_MOST_TOKENS = 4000
_ARTICLES = frozenset({"article", "articles", "annex"})
_ANNEX = re.compile(r"[IVXLC]{1,7}|[A-Z]|\d{1,2}[a-z]?")
# Places, and whether they stand without a word, as the later ones of 'Articles 3, 5 and 7' do.
_Item = tuple[bool, list[ArticleReference]]


def reference_runs(text: str, words: ArticleWords) -> tuple[tuple[ArticleReference, ...], ...]:
    """The references in a text.

    Args:
        text: of one sentence or citation.
        words: of its language.

    Returns:
        Runs of references in the order of the text, none empty; those of a run are joined by commas and 'and' only.
    """
    runs: list[list[ArticleReference]] = []
    for run in _Reader(tuple(words.tokens(text))).runs():
        runs.append([])
        for _, item in run:
            runs[-1] = run_of(runs[-1], item)
    return tuple(map(tuple, runs))


def reference_lists(text: str, words: ArticleWords) -> tuple[tuple[ArticleReference, ...], ...]:
    """The references in a provision, to parts of the article that it stands in as well: 'point (b)', 'paragraph 2'.

    Args:
        text: of the provision.
        words: of its language.

    Returns:
        Lists in the order of the text, none empty; those of a list share the word before it: 'Articles 3, 5 and 7'.
    """
    groups: list[list[ArticleReference]] = []
    for run in _Reader(tuple(words.tokens(text)), parts=True).runs():
        for bare, item in run:
            if bare:
                groups[-1] = run_of(groups[-1], item)
            else:
                groups.append(item)
    return tuple(map(tuple, groups))


class _Reader(GroupReader):
    """Reads references off the tokens of a text. Positions are indices of tokens.

    Attributes:
        parts: whether parts may stand without the article that they are of.
    """

    def __init__(self, tokens: tuple[Token, ...], *, parts: bool = False) -> None:
        super().__init__(tokens)
        self.parts = parts

    def runs(self) -> Iterator[list[_Item]]:
        """The runs of references, none empty."""
        at = 0
        while at < len(self.tokens):
            run, after = self._run(at)
            if run:
                yield run
            at = max(after, at + 1)

    def _run(self, at: int) -> tuple[list[_Item], int]:
        """The run of references that begins here, empty if none does, and the position after it."""
        items: list[_Item] = []
        limit = at + _MOST_TOKENS
        begins = at
        while at < limit:
            last = items[-1][1][-1].article if items else ""
            read = self._item(at, bare=last[:1].isalnum() and " " not in last)
            if read is None:
                break
            items.append((self.kind(at) == "number", read[0]))
            begins, at = read[1], self.separated(read[1])[0]
            if begins == at:
                break
        return items, begins

    def _item(self, at: int, *, bare: bool) -> tuple[list[ArticleReference], int] | None:
        """One article with its parts before or after it.

        Args:
            at: where it begins.
            bare: whether the word 'article' may be missing, as after 'Articles 91 and'.
        """
        opens = at
        chains: list[list[PartGroup]] = []
        if self.kind(at) in {"the", "part", "ordinal"}:
            prefix = self._prefix(at)
            if prefix is None:
                return self._part(at) if self.parts else None
            chains, at = prefix
        elif self.kind(at) == "number" and not bare:
            return None
        if self.kind(at) == "annex":
            return self._annex(at, opens, chains)
        return self._article(at, opens, chains)

    def _prefix(self, at: int) -> tuple[list[list[PartGroup]], int] | None:
        """'points (a) and (b) of the first paragraph of', before an article: chains of groups, inner ones first."""
        chains: list[list[PartGroup]] = []
        joined = False
        while len(chains) < MOST_VALUES:
            nest: list[PartGroup] = []
            group = self.group(at, many=True)
            while group is not None and len(nest) < MOST_VALUES:
                nest.append(group)
                at = group.ends[-1]
                if self.kind(at) != "of":
                    break
                group = self.group(self.past_the(at + 1))
            if not nest:
                return None
            # 'first subparagraph, second sentence, of Article 6(1)': the sentence is of the subparagraph.
            if not chains or joined or any(part.level != SILENT for inner in nest for part in inner.values[0]):
                chains.append(nest)
            after, joined = (self.past_the(at + 1), False) if self.kind(at) == "of" else self.separated(at)
            # In a provision, 'paragraph 2 and Article 5' are two places.
            apart = self.parts and self.kind(at) != "of"
            if self.kind(after) in _ARTICLES and not apart:
                return chains, after
            if self.kind(at) == "of" or after == at or apart:
                return None
            at = after
        return None

    def _part(self, at: int) -> tuple[list[ArticleReference], int] | None:
        """Parts of the article that the text stands in: 'paragraph 2, point (b)', 'the first subparagraph of paragraph 2'."""
        at = self.past_the(at)
        builder = Builder(self.tokens, "", at)
        nest: list[PartGroup] = []
        group = self.group(at, many=True)
        while group is not None and len(nest) < MOST_VALUES:
            nest.append(group)
            at = group.ends[-1]
            group = self.group(self.past_the(at + 1)) if self.kind(at) == "of" else None
        if len(nest) == 1:
            for value, begin, end in zip(nest[0].values, nest[0].begins, nest[0].ends, strict=True):
                builder.add(value, begin, end)
            at = self._parts_after(at, builder, many=False)
            places = builder.finished()
        else:
            builder.end = at
            places = builder.within([nest] if nest else [])
        places = [place for place in places if place.groups]
        return (places, at) if places else None

    def _annex(self, at: int, opens: int, chains: list[list[PartGroup]]) -> tuple[list[ArticleReference], int] | None:
        """'Annexes I and II', 'Annex I, point 3', 'point 3 of Annex I'."""
        places: list[ArticleReference] = []
        ahead = at + 1
        while len(places) < MOST_VALUES and self._is_annex(ahead):
            number = self.tokens[ahead]
            builder = Builder(self.tokens, f"annex {number.text}", ahead if places else opens, number)
            at = builder.end = ahead + 1
            if self.kind(at) == "to" and self._is_annex(at + 1):
                places, at = run_of(places, range_of(builder, self.tokens[at + 1].text)), at + 2
            elif chains:
                places = run_of(places, builder.within(chains))
            else:
                at = self._parts_after(at, builder, many=False)
                places = run_of(places, builder.finished())
            ahead = self.separated(at)[0]
            if ahead == at:
                break
        return (places, at) if places else None

    def _is_annex(self, at: int) -> bool:
        return at < len(self.tokens) and _ANNEX.fullmatch(self.tokens[at].text) is not None

    def _article(self, at: int, opens: int, chains: list[list[PartGroup]]) -> tuple[list[ArticleReference], int] | None:
        """'Article 5(2), point (a)', 'artikelen 3 en 4', and what was read before them.

        Args:
            at: the token of the word, or of the number where the word is missing.
            opens: the token that the reference begins with.
            chains: the parts that stood before the article; empty where none did.

        Returns:
            The places that it names, with the token after them; None where no number follows.
        """
        # A number by itself is one of several articles.
        many = self.kind(at) in {"articles", "number"}
        if self.kind(at) in {"article", "articles"}:
            at += 1
        if self.kind(at) != "number":
            return None
        article, _, decimal = self.tokens[at].text.partition(".")
        if article in {"J", "K"}:
            article, decimal = f"{article}.{decimal}", ""
        builder = Builder(self.tokens, article, opens, self.tokens[at])
        at += 1
        builder.end = at
        if decimal:
            builder.add((PlacePart(PARAGRAPH, decimal),), at, at)
        while self.kind(at) == "group":
            builder.extend(self.tokens[at].text, at + 1)
            at += 1
        if chains:
            at = self._paragraph_after(at, builder, chains)
            return builder.within(chains), at
        if self.kind(at) == "to" and self.kind(at + 1) == "number" and not builder.path:
            return range_of(builder, self.tokens[at + 1].text), at + 2
        at = self._parts_after(at, builder, many=many)
        return builder.finished(), at

    def _paragraph_after(self, at: int, builder: "Builder", chains: list[list[PartGroup]]) -> int:
        """Read the paragraph after an article whose inner parts came before it: 'punt b) van artikel 168, lid 4'.

        Args:
            at: the token after the article.
            builder: of its places; takes the paragraph.
            chains: the parts that came before it.

        Returns:
            The token after the paragraph; `at` where none follows.
        """
        parts = [part for nest in chains for nested in nest for value in nested.values for part in value]
        after = self.separated(at)[0]
        group = self.group(after)
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
        """Read what follows the number of an article: '(2) and (3)', ', first paragraph', ', lid 2, onder a)'.

        Args:
            at: the token after the number.
            builder: of its places; takes the parts.
            many: whether the article is one of several, so that a bare number is the next one.

        Returns:
            The token after the parts.
        """
        while True:
            after, joined = self.separated(at)
            kind = self.kind(after)
            if kind in {"group", "letter"} and builder.holds(self.tokens[after].text):
                builder.beside(self.tokens[after].text, after, after + 1)
                at = after + 1
                while self.kind(at) == "group":
                    builder.extend(self.tokens[at].text, at + 1)
                    at += 1
            elif kind == "to" and self.kind(after + 1) in {"group", "letter"} and builder.path:
                builder.up_to(self.tokens[after + 1].text, after, after + 2)
                at = after + 2
            elif kind in {"part", "ordinal", "the"}:
                group = self.group(after, nested=builder.path, joined=joined, alone=not many)
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
        group = self.group(at)
        while group is not None and nest < MOST_VALUES:
            nest += 1
            at_of = group.ends[-1]
            if self.kind(at_of) != "of":
                return nest > 1 and self._prefix(at) is not None
            after = self.past_the(at_of + 1)
            if self.kind(after) in _ARTICLES:
                return True
            group = self.group(after)
        return False


# Numbered acts.

# From this number on, what looks like a year is one; the first regulations are of 1958.
_FIRST_YEAR: Final = 1952
_LAST_YEAR: Final = 2099
_CENTURY: Final = 100


def celex_of_act(letter: str, first: str, second: str, *, numbered: bool, community: str = "") -> str:
    """The CELEX number of an act.

    Args:
        letter: `R` of regulations, `L` of directives, `D` of decisions, `F`, `E` or `H`.
        first: what stands before the stroke.
        second: what stands after it; empty where there is none, as in 'Regulation No 17'.
        numbered: whether 'No' stands before: then the number comes first and the year after it.
        community: in brackets, `EC` or `EU, Euratom`. Regulations of the old Communities have their number first.

    Returns:
        The number; empty where no year can be told.

    Example:
        >>> celex_of_act("R", "1", "2003", numbered=True)
        '32003R0001'
        >>> celex_of_act("L", "77", "388", numbered=False)
        '31977L0388'
    """
    if not (first.isdigit() and second.isdigit()):
        return ""
    old = letter == "R" and bool(
        re.fullmatch(r"[\s,]*(?:EE?C|EE?G|ECSC|EGKS|Euratom|[\s,])+", community, re.IGNORECASE)
    )
    # Directives have had their year first always, and everything since 2015 unless it says 'No'.
    leading = letter in {"L", "F", "E"} or not (numbered or old)
    year, number = (_year(first), second) if leading else (_year(second), first)
    if year is None:
        year, number = (_year(second), first) if leading else (_year(first), second)
    return "" if year is None else f"3{year}{letter}{int(number):04}"


def celex_of_match(match: re.Match[str], letters: Mapping[str, str]) -> str:
    """The CELEX number of an act that a pattern matched, with the groups `act`, `no`, `only`, `first`, `later`, `second`, `community`.

    Args:
        match: the act.
        letters: by word for an act, in lower case with one blank between words, its letter.

    Returns:
        The number; empty where no year can be told.
    """
    return celex_of_act(
        letters[" ".join(match["act"].lower().split())],
        match["only"] or match["first"],
        match["later"] or match["second"] or "",
        numbered=bool(match["no"]),
        community=match["community"] or "",
    )


def _year(text: str) -> int | None:
    year = int(text)
    if len(text) == 2:  # noqa: PLR2004  two digits, until 1998
        year += 1900 if year >= _FIRST_YEAR % _CENTURY else 2000
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None
