"""The words of a language for articles and their parts, and texts as sequences of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from attrs import field, frozen

__all__ = ["ArticleWords", "Kind", "Token", "phrase_pattern"]

Kind = Literal[
    "article",
    "articles",
    "annex",
    "number",
    "group",
    "letter",
    "part",
    "ordinal",
    "and",
    "comma",
    "of",
    "the",
    "to",
    "word",
]
# How deep a part lies: paragraph, subparagraph, point, point within a point; what is not named lies deepest.
# The parts of an article that languages have words for; `silent` are those that are not named in a place.
_PARTS = ("paragraph", "subparagraph", "point", "silent")


@frozen
class Token:
    """A word, number or mark of a text, and what it can be in a reference."""

    kind: Kind
    text: str  # of a part its kind, of an ordinal its number, of a group what the brackets hold, else as written
    start: int
    end: int
    many: bool = False


def phrase_pattern(phrases: Sequence[str]) -> str:
    """A pattern for any of the phrases as whole words, the longest first, with whatever blanks between words."""
    longest = sorted(phrases, key=len, reverse=True)
    words, marks = [[each for each in longest if each[0].isalnum() is begins] for begins in (True, False)]
    # What all have in common stands in front, so that most places in a text are passed over at once.
    groups = [rf"(?<!\w)(?:{'|'.join(map(_phrase, words))})"] if words else []
    return "|".join([*groups, *map(_phrase, marks)]) or "(?!)"


def _phrase(phrase: str) -> str:
    return r"\s+".join(map(re.escape, phrase.split())) + (r"(?!\w)" if phrase[-1].isalnum() else "")


@frozen(kw_only=True, eq=False)
class ArticleWords:
    """The words of a language for articles and their parts; two are equal if they are the same object."""

    token: re.Pattern[str]
    kinds: Mapping[str, tuple[Kind, str, bool]] = field(repr=False)
    inserted: tuple[str, ...]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> "ArticleWords":
        """From the table `references` of a language's words of citations."""
        kinds: dict[str, tuple[Kind, str, bool]] = {}
        simple: tuple[Kind, ...] = ("article", "articles", "annex", "and", "of", "the", "to")
        for kind in simple:
            kinds |= dict.fromkeys(table[kind], (kind, "", kind == "articles"))
        plural = frozenset(table["parts"]["plural"])
        for part in _PARTS:
            kinds |= {word: ("part", part, word in plural) for word in table["parts"][part]}
        kinds |= {word: ("ordinal", str(number), False) for word, number in table["ordinals"].items()}
        parts = [word for part in _PARTS for word in table["parts"][part]]
        inserted = tuple(table["inserted"])
        latin = rf"(?:\s+(?:{phrase_pattern(inserted)}))*" if inserted else ""
        token = re.compile(
            rf"(?P<words>{phrase_pattern(list(kinds))})"
            r"|(?P<group>\((?:\d{1,3}[a-z]{0,3}|[a-z]{1,5})\))"
            # Only before a part: `5e` is an article as well.
            rf"|(?P<ordinal>\d{{1,2}}(?:{'|'.join(table['endings'])})(?=\s+(?:{phrase_pattern(parts)})))"
            rf"|(?P<letter>(?:[a-z]|[ivx]{{2,5}}|\d{{1,2}})\))"
            rf"|(?P<number>(?<![\w/.])(?:[JK]\.\d{{1,2}}|(?=[lO]{{0,3}}\d)[\dl][\dlO]{{0,3}}(?:\.\d{{1,2}})?"
            rf"(?:\s?(?-i:[A-Z])(?![\w.])|[a-z]{{1,3}}(?!\w))?{latin})(?![\w/]))"
            r"|(?P<comma>[,;]+)|(?P<word>\w+|[^\w\s])",
            re.IGNORECASE,
        )
        return cls(token=token, kinds=kinds, inserted=inserted)

    def tokens(self, text: str) -> Iterator[Token]:
        """The text as words, numbers and marks."""
        open = False
        for found in self.token.finditer(text):
            kind, words = found.lastgroup, found[0]
            start, end = found.span()
            if kind == "words":
                named, value, many = self.kinds[" ".join(words.lower().split())]
                yield Token(named, value, start, end, many)
            elif kind == "group":
                yield Token("group", words[1:-1].lower(), start, end)
            elif kind == "letter" and open:  # of '(see Article 5)', where the bracket is not that of a point
                yield Token("number" if words[0].isdigit() else "word", words[:-1], start, end - 1)
                open = False
            elif kind == "letter":
                yield Token("letter", words[:-1].lower(), start, end)
            elif kind == "ordinal":
                yield Token("ordinal", re.sub(r"\D", "", words), start, end)
            elif kind == "number":
                yield Token("number", self._number(words), start, end)
            elif kind == "comma":
                yield Token("comma", "", start, end)
            else:
                open = words == "(" or (open and words != ")")
                yield Token("word", words, start, end)

    def _number(self, written: str) -> str:
        """`100 A` as `100a`, `106 bis` as `106a`, `8 bis quater` as `8ac`; an `l` and an `O` that a scan has for digits."""
        if written[0] in "JKjk":
            return written.upper()
        number, *inserted = written.lower().split()
        digits = re.match(r"[\dlo]+(?=[a-z]?)", number)
        read = digits[0] if digits else ""
        if read.isdigit() or not any(each.isdigit() for each in read):
            read = (re.match(r"\d*", number) or [""])[0]
            rest = number[len(read) :]
        else:  # an `l` at the end is the letter of an inserted number unless digits follow
            mended = re.match(r"(?:l(?=[\do])|o(?=[\do]|$)|\d)+", number)
            read = mended[0] if mended else ""
            rest = number[len(read) :]
            read = read.replace("l", "1").replace("o", "0")
        return read + rest + "".join(self._letters(each) for each in inserted)

    def _letters(self, word: str) -> str:
        """`bis` as `a`; after `z` come `za` and `zb`."""
        if word not in self.inserted:
            return word
        rounds, at = divmod(self.inserted.index(word), 26)
        return "z" * rounds + chr(ord("a") + at)
