"""Phrases of a lexicon: words that meet a text by their stems, and a finder that looks for thousands of them at once.

    (public|contracting) authorit*       chemical*       =OLAF       supply ... of gas

A word meets every inflection that has its stem; `=word` only itself; a word in capitals only itself in capitals. `*` stands for
any letters, also within a compound: `*vergunning*`. `(a|b|)` is one of several, the empty one among them. `...` is up to four
words of the same sentence. Hyphens and blanks are the same.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from consistent.documents.document import Span

if TYPE_CHECKING:
    import snowballstemmer

__all__ = ["Found", "Index", "PhraseError", "Text", "sequences"]

_STEMMERS = {"en": "english", "nl": "dutch"}
_WORD = re.compile(r"[^\W_]+")
# Between words that stand next to each other in one sentence.
_BREAK = re.compile(r"[.;:?!](?:\s|$)|\n")
_GAP = 4
_PIECE = re.compile(r"\.\.\.|\([^()]*\)|=?[\w*]+")
# A phrase with more forms than this is two phrases.
_MOST_FORMS = 256
# Snowball leaves two forms of these words apart; and takes acts for trade, which each text speaks of.
_STEMS = {
    "en": {"data": "data"},
    "nl": {
        "gedelegeerde": "gedelegeerd", "uitvoeringshandelingen": "uitvoeringshandeling",
        "uitvoeringshandeling": "uitvoeringshandeling", "handelingen": "handeling", "handeling": "handeling",
    },
}  # fmt: skip

Symbol = tuple[str, str]
_ANY: Symbol = ("gap", "")


class PhraseError(ValueError):
    """The phrase is not well formed; the message says how."""


def sequences(phrase: str, language: str) -> Iterator[tuple[Symbol, ...]]:
    """Every form of a phrase, as symbols to be met one after the other.

    Args:
        phrase: in the language that this module describes.
        language: `en` or `nl`.

    Raises:
        PhraseError: it has no word, a bracket without its other half, a sign that stands for nothing, or too many forms.
    """
    rest = _PIECE.sub(" ", phrase)
    if rest.replace("-", " ").replace("'", " ").replace("\u2019", " ").strip():
        raise PhraseError(f"`{rest.split()[0]}` stands for nothing in a phrase")
    choices = [piece[1:-1].split("|") if piece.startswith("(") else [piece] for piece in _PIECE.findall(phrase)]
    forms = 1
    for choice in choices:
        forms *= len(choice)
    if forms > _MOST_FORMS:
        raise PhraseError(f"a phrase with {forms} forms; write several")
    for form in product(*choices):
        symbols = tuple(_symbol(word, language) for part in form for word in _words(part))
        if not any(kind != "gap" for kind, _ in symbols) or symbols[0][0] == "gap" or symbols[-1][0] == "gap":
            raise PhraseError("a phrase begins and ends with a word")
        yield symbols


def _words(part: str) -> list[str]:
    return re.findall(r"\.\.\.|=?[\w*]+", part.replace("-", " "))


def _symbol(word: str, language: str) -> Symbol:
    if word == "...":
        return _ANY
    if word.startswith("="):
        if "*" in word:
            raise PhraseError(f"`{word}`: `=` means the word itself, and `*` more than it")
        return "exact", word[1:].lower()
    if "*" in word:
        inner = word.strip("*")
        if not inner or "*" in inner:
            raise PhraseError(f"`{word}`: `*` stands before or behind letters")
        ends = (word.startswith("*"), word.endswith("*"))
        return {(False, True): "begin", (True, False): "end", (True, True): "part"}[ends], inner.lower()
    if len(word) > 1 and word.isupper():
        return "capitals", word
    return "stem", stem(word.lower(), language)


@cache
def _stemmer(language: str) -> "snowballstemmer.stemmer":
    import snowballstemmer  # noqa: PLC0415  it comes with an extra

    return snowballstemmer.stemmer(_STEMMERS[language])


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str) -> str:
    """The stem of a word in small letters."""
    return _STEMS[language].get(word) or _stemmer(language).stemWord(word)


@define(slots=True)
class _Node:
    """Where the forms of phrases go on, and which keys end here."""

    next: dict[Symbol, "_Node"] = field(factory=dict)
    ends: list[int] = field(factory=list)


@frozen
class Found:
    """A phrase that was met: the `key` that it was added under, and the words."""

    key: int
    span: Span


@define(eq=False)
class Index:
    """All the phrases of a language, by their first symbol.

    Args:
        language: `en` or `nl`.
    """

    language: str
    _root: _Node = field(factory=_Node, init=False)
    # The parts of words that a phrase with `*` looks for.
    _parts: dict[str, set[str]] = field(factory=lambda: {"begin": set(), "end": set(), "part": set()}, init=False)
    # The length of the longest one of each.
    _longest: dict[str, int] = field(factory=lambda: {"begin": 0, "end": 0, "part": 0}, init=False)

    def add(self, phrase: str, key: int) -> None:
        """Add every form of a phrase.

        Raises:
            PhraseError: see `sequences`.
        """
        for symbols in sequences(phrase, self.language):
            node = self._root
            for symbol in symbols:
                if symbol[0] in self._parts:
                    kind, part = symbol
                    self._parts[kind].add(part)
                    self._longest[kind] = max(self._longest[kind], len(part))
                node = node.next.setdefault(symbol, _Node())
            if key not in node.ends:
                node.ends.append(key)

    def symbols_of(self, word: str) -> tuple[Symbol, ...]:
        """What a word of a text can be met by."""
        lower = word.lower()
        symbols: list[Symbol] = [("stem", stem(lower, self.language)), ("exact", lower)]
        if len(word) > 1 and word.isupper():
            symbols.append(("capitals", word))
        length = len(lower)
        begins, ends, parts = self._parts["begin"], self._parts["end"], self._parts["part"]
        # No part is as long as a line without blanks can be, so that time grows with the word.
        most, longest = min(length, self._longest["begin"]), min(length, self._longest["end"])
        symbols += [("begin", lower[:end]) for end in range(1, most + 1) if lower[:end] in begins]
        symbols += [("end", lower[start:]) for start in range(length - longest, length) if lower[start:] in ends]
        if parts:
            sizes = range(2, self._longest["part"] + 1)
            inner = {lower[start : start + size] for size in sizes for start in range(length - size + 1)}
            symbols += [("part", part) for part in inner & parts]
        return tuple(symbols)

    def walk(
        self, words: Sequence[tuple[Symbol, ...]], breaks: Sequence[bool], at: int, end: int
    ) -> Iterator[tuple[int, int]]:
        """The keys of the phrases that begin with the word at a place, each with the word behind its last.

        Args:
            words: of the text, as symbols.
            breaks: whether something ends before a word, so that no phrase goes over it.
            at: the word that a phrase begins with.
            end: behind the last word that it can reach.
        """
        states: list[tuple[_Node, int]] = [(self._root, at)]
        while states:
            node, here = states.pop()
            if here >= end or (here > at and breaks[here]):
                continue
            for symbol in words[here]:
                following = node.next.get(symbol)
                if following is None:
                    continue
                for key in following.ends:
                    yield key, here + 1
                states.append((following, here + 1))
                gap = following.next.get(_ANY)
                if gap is not None:
                    states += [
                        (gap, here + 1 + more)
                        for more in range(_GAP + 1)
                        if not any(breaks[here + 1 : here + 1 + more])
                    ]


class Text:
    """A text as words, for looking up in an index; made once for a document.

    Args:
        text: of the document.
        index: of its language.
    """

    def __init__(self, text: str, index: Index) -> None:
        self._index = index
        self._spans: list[tuple[int, int]] = []
        self._words: list[tuple[Symbol, ...]] = []
        self._breaks: list[bool] = []
        known: dict[str, tuple[Symbol, ...]] = {}
        last = 0
        for match in _WORD.finditer(text):
            word = match[0]
            symbols = known.get(word)
            if symbols is None:
                symbols = known[word] = index.symbols_of(word)
            self._spans.append(match.span())
            self._words.append(symbols)
            self._breaks.append(_BREAK.search(text, last, match.start()) is not None)
            last = match.end()
        self._starts = [start for start, _ in self._spans]

    def found(self, span: Span) -> Iterator[Found]:
        """Every phrase in a stretch of the text, in its order."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        for at in range(first, last):
            for key, behind in self._index.walk(self._words, self._breaks, at, last):
                yield Found(key, Span(self._spans[at][0], self._spans[behind - 1][1]))
