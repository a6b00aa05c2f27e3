"""The little language in which cues are written: phrases that a lawyer can read, compiled to regular expressions.

    notify ... (the Commission|<authority>)

A word stands for itself; the first also meets itself with a capital where it is in lower case, behind a `*` too. `*` stands
for any letters (`harmonis*`), `...` for up to eight words of the same sentence, `#` for a number, `(a|b|)` for one of
several, the empty one among them (brackets without `|` are brackets of the text: `Regulation (EU)`; `(oil|gas)fields` are
`oilfields` and `gasfields`), `<name>` for a list of phrases that has that name. Blanks meet line breaks, and a comma may stand before one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from functools import partial

from attrs import field, frozen

from consistent.locking import cached_property

__all__ = ["Lists", "ParsedLists", "Phrase", "PhraseError", "WordFinder", "compiled"]

# The lists of phrases of one language by name.
Lists = Mapping[str, Sequence[str]]
# Of lists, by name, whether no word came before, and whether there is a group `who` already: the pattern, what every text has that
# meets it, and the same two behind it.
ParsedLists = dict[tuple[str, bool, bool], tuple[str, tuple[tuple[str, ...], ...], bool, bool]]

_APOSTROPHES = "'\u2019"
_WORD = rf"[\w*](?:[\w*{_APOSTROPHES}./-]*[\w*])?"
_TOKEN = re.compile(rf"\.\.\.|[()|#]|<[a-z-]+>|{_WORD}|\s+|.")
# INVARIANT: bounded in words and in letters, so that matching is linear in the text.
_GAP = r"(?:[^\s.;?!]{1,40}\s+){0,8}?"
_BLANK = r",?\s+"
# A figure from its first digit on: from each group of very many, all that follow would be read once more.
_NUMBER = r"(?<!\d)(?<!\d[\s.,])\d+(?:[\s.,]\d+)*"
_DEEPEST = 8
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
# `(nood|olie)reserve*`, `(up|)on`: each of the beginnings with the end of the word.
_COMPOUND = re.compile(r"\(([\w*-]*(?:\|[\w*-]*)+)\)([\w*][\w*-]*)")
# The letters that a word begins with whatever follows.
_BEGINNING = re.compile(r"[^\W_]+")
# Shorter words are in every text, and tell nothing of where to look.
_SHORTEST = 3


class PhraseError(ValueError):
    """The phrase is not well formed; the message says how."""


@frozen
class Phrase:
    """A phrase that can be looked for.

    Attributes:
        text: as written.
        source: of the pattern, with the group `who` where the phrase has `<who>`.
        words: sets of words in lower case; every text that meets the phrase has one of each, the rarest set first.
        begins: how a text that meets the phrase begins, in lower case; empty where it can begin with anything.
    """

    text: str
    source: str = field(eq=False, repr=False)
    words: tuple[tuple[str, ...], ...] = field(eq=False, repr=False)
    begins: tuple[str, ...] = field(default=(), eq=False, repr=False)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Ready to be looked for; compiled when it is first needed, for most phrases never are."""
        return re.compile(self.source)

    def possible(self, there: AbstractSet[str]) -> bool:
        """Whether a text may meet the phrase: a cheap look before the real one.

        Args:
            there: the words that stand in the text, from `WordFinder`.
        """
        return not any(map(there.isdisjoint, self.words))


class WordFinder:
    """Finds which words of some phrases stand in a text, be it within other words: all of them in one look at it.

    What was found in a piece of text without blanks is kept: a document has few such pieces, again and again.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        words = {word for phrase in phrases for some in phrase.words for word in some}
        self._short = [word for word in words if len(word) < _SHORTEST]
        # By their first letters.
        self._long: dict[str, list[str]] = {}
        for word in words:
            if len(word) >= _SHORTEST:
                self._long.setdefault(word[:_SHORTEST], []).append(word)
        self._known: dict[str, frozenset[str]] = {}

    def afresh(self) -> "WordFinder":
        """One for the same words that keeps nothing of the texts that this one was given."""
        other = copy(self)
        other._known = {}  # noqa: SLF001  its own
        return other

    def there(self, lower: str) -> AbstractSet[str]:
        """The words of the phrases that stand in a text in lower case."""
        found: set[str] = set()
        # A word of a phrase has no blank in it.
        for piece in set(lower.split()):
            known = self._known.get(piece)
            if known is None:
                known = self._known[piece] = frozenset(self._within(piece))
            found |= known
        return found

    def _within(self, piece: str) -> Iterator[str]:
        for word in self._short:
            if word in piece:
                yield word
        for at in range(len(piece) - _SHORTEST + 1):
            for word in self._long.get(piece[at : at + _SHORTEST], ()):
                if piece.startswith(word, at):
                    yield word


@frozen
class _Piece:
    """Part of a phrase. `spaced`: whether a blank stands before it."""

    pattern: str
    spaced: bool
    optional: bool = False
    gap: bool = False


def compiled(text: str, lists: Lists, parsed: ParsedLists | None = None) -> Phrase:
    """The phrase, ready to be looked for.

    Args:
        text: in the language that this module describes.
        lists: by the names that stand in `<...>`.
        parsed: what was parsed of these lists before; more is put there.

    Raises:
        PhraseError: a bracket without its other half, an unknown list, lists that go in a circle, or no word at all.
    """
    parser = _Parser(lists, {} if parsed is None else parsed)
    pattern = parser.pattern(text)
    if not parser.words:
        raise PhraseError("a phrase needs at least one word")
    begins = () if parser.begins_freely else tuple(dict.fromkeys(parser.begins))
    return Phrase(text, pattern, _rarest_first(parser.certain), begins)


def _rarest_first(certain: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Sets of words of which one stands in every text, those that are met least first: long words, and few."""
    return tuple(sorted(certain, key=lambda words: len(words) / 8 - min(map(len, words))))


class _Parser:
    """Turns a phrase into a pattern, and notes its words."""

    def __init__(self, lists: Lists, parsed: ParsedLists) -> None:
        self._lists, self._parsed = lists, parsed
        self._depth = 0
        self._named = False
        self._tokens: list[str] = []
        self.words = 0
        # Of each, one word stands in every text that meets the phrase.
        self.certain: list[tuple[str, ...]] = []
        # How words begin that can come first, and whether something else can.
        self.begins: list[str] = []
        self.begins_freely = False
        # Whether no word came yet, so that the next can stand at the beginning of a sentence.
        self._first = True

    def pattern(self, text: str) -> str:
        """The pattern of a whole phrase."""
        whole = _COMPOUND.sub(_compounds, text.strip())
        outer, self._tokens = self._tokens, _TOKEN.findall(whole)[::-1]
        source = self._sequence()
        if self._tokens:
            raise PhraseError(f"`{self._tokens[-1]}` without `(`")
        self._tokens = outer
        return source

    def _sequence(self) -> str:
        """The pattern of tokens up to `|`, `)` or the end, which stays."""
        pieces: list[_Piece] = []
        spaced, brackets, behind_choice = False, 0, False
        while self._tokens and (self._tokens[-1] not in {"|", ")"} or (self._tokens[-1] == ")" and brackets)):
            token = self._tokens.pop()
            if token.isspace():
                spaced = True
                continue
            choice = token == "(" and self._is_choice()  # noqa: S105  a token of a phrase, no secret
            if behind_choice and not spaced and (choice or token[0] in "<#" or token[0].isalnum()):
                # One word cannot go on another: such a phrase would be met by nothing, and nobody would see it.
                raise PhraseError(f"put a blank between `)` and `{token}`")
            behind_choice = choice
            if choice:
                pieces.append(self._choice(spaced=spaced))
            else:
                brackets += (token == "(") - (token == ")")  # noqa: S105  no secret
                pieces.append(self._piece(token, spaced=spaced))
            spaced = False
        return _rendered(pieces)

    def _any_of(self, alternatives: Iterable[Callable[[], str]]) -> list[str]:
        """The patterns of alternatives; notes the words of which one stands in every text that meets one of them."""
        outer, patterns, words = self.certain, [], list[tuple[str, ...]]()
        first, still_first = self._first, False
        for alternative in alternatives:
            self.certain, self._first = [], first
            patterns.append(alternative())
            still_first |= self._first
            words.append(next(iter(_rarest_first(self.certain)), ()))
        self.certain, self._first = outer, still_first
        if all(words):
            self.certain.append(tuple({word: None for some in words for word in some}))
        return patterns

    def _is_choice(self) -> bool:
        """Whether the bracket that was just opened holds alternatives."""
        depth = 0
        for token in reversed(self._tokens):
            if depth == 0 and token in {"|", ")"}:
                return token == "|"  # noqa: S105  no secret
            depth += (token == "(") - (token == ")")  # noqa: S105  no secret
        raise PhraseError("`(` without `)`")

    def _choice(self, *, spaced: bool) -> _Piece:
        """The alternatives between a bracket that was just opened and its end, which goes."""

        def alternatives() -> Iterator[Callable[[], str]]:
            yield self._sequence
            while self._tokens and self._tokens[-1] == "|":
                self._tokens.pop()
                yield self._sequence

        patterns = self._any_of(alternatives())
        if not self._tokens:
            raise PhraseError("`(` without `)`")
        self._tokens.pop()
        filled = [pattern for pattern in patterns if pattern]
        if not filled:
            raise PhraseError("nothing between `(` and `)`")
        return _Piece(f"(?:{'|'.join(filled)})", spaced, optional=len(filled) < len(patterns))

    def _piece(self, token: str, *, spaced: bool) -> _Piece:
        """The pattern of one token; notes whether it is a word, and what of it every text has that meets the phrase."""
        begins = _BEGINNING.match(token.lower())
        if self._first and begins is not None and len(begins[0].upper()) == len(begins[0]):
            self.begins.append(begins[0])
        elif self._first:
            self.begins_freely = True
        if token == "...":  # noqa: S105  no secret
            return _Piece(_GAP, spaced, gap=True)
        if token == "#":  # noqa: S105  no secret
            return _Piece(_NUMBER, spaced)
        if token.startswith("<") and token.endswith(">"):
            return _Piece(self._list(token[1:-1]), spaced)
        self.words += token not in {"(", ")"}
        if re.fullmatch(_WORD, token) is None:
            return _Piece(re.escape(token), spaced)
        if self._tokens and self._tokens[-1] == "(":
            raise PhraseError(f"put a blank between `{token}` and `(`")
        letters = re.split(rf"[*{_APOSTROPHES}]", token.lower())
        if len(longest := max(letters, key=len)) >= _SHORTEST:
            self.certain.append((longest,))
        first, self._first = self._first, False
        return _Piece(_word(token, first=first), spaced)

    def _list(self, name: str) -> str:
        """The pattern of a list of phrases; the first `<who>` of a phrase is a group of that name."""
        if name not in self._lists:
            raise PhraseError(f"unknown list `<{name}>`")
        if not self._lists[name]:
            raise PhraseError(f"`<{name}>` stands for nothing in this file")
        if self._depth >= _DEEPEST:
            raise PhraseError(f"lists go in a circle at `<{name}>`")
        self.words += 1
        source = self._listed(name)
        if name == "who" and not self._named:
            self._named = True
            return f"(?P<who>{source})"
        return f"(?:{source})"

    def _listed(self, name: str) -> str:
        """The patterns of the phrases of a list, parsed once: many phrases name the same list."""
        key = name, self._first, self._named
        known = self._parsed.get(key)
        if known is None:
            outer, self.certain = self.certain, []
            self._depth += 1
            items = [partial(self.pattern, item) for item in _longest_first(self._lists[name])]
            source = "|".join(self._any_of(items))
            self._depth -= 1
            known = self._parsed[key] = source, tuple(self.certain), self._first, self._named
            self.certain = outer
        source, certain, self._first, self._named = known
        self.certain += certain
        return source


def _compounds(written: re.Match[str]) -> str:
    return f"({'|'.join(beginning + written[2] for beginning in written[1].split('|'))})"


def _longest_first(phrases: Iterable[str]) -> list[str]:
    return sorted(phrases, key=len, reverse=True)


def _rendered(pieces: Sequence[_Piece]) -> str:
    """The pieces with blanks between; an optional piece takes one blank with it."""
    sources: list[str] = []
    # Whether no blank is due: at the beginning, and behind a gap or a blank.
    free = True
    for piece in pieces:
        blank = _BLANK if piece.spaced and not free else ""
        if piece.optional:
            sources.append(f"(?:{piece.pattern}{_BLANK})?" if free else f"(?:{blank}{piece.pattern})?")
            continue
        sources.append(blank + piece.pattern)
        free = piece.gap
    return "".join(sources)


def _word(token: str, *, first: bool) -> str:
    """The pattern of a word: `*` any letters; the first of a phrase meets the capital too where it begins with a small letter.

    So does the first that begins with `*`, where no other letters stand before: `*eenheden` meets `Eenheden`.
    """
    # A word begins and ends with a letter or figure.
    left = "" if token.startswith("*") else r"\b"
    right = "" if token.endswith("*") else r"\b"
    if first and token[:1] == "*" and token[1:2].islower() and len(token[1].upper()) == 1:
        return rf"(?:{left}\w*{token[1]}|\b{token[1].upper()}){_letters(token[2:])}{right}"
    if first and token[0].islower() and len(token[0].upper()) == 1:
        return f"{left}[{token[0]}{token[0].upper()}]{_letters(token[1:])}{right}"
    return f"{left}{_letters(token)}{right}"


def _letters(text: str) -> str:
    """The pattern of letters, with `*` and either form of the apostrophe."""
    source = re.escape(text).replace(r"\*", r"\w*")
    return _APOSTROPHE.sub(f"[{_APOSTROPHES}]", source)
