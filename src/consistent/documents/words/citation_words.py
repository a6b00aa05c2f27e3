"""The words of citations, and of references to articles and acts, by language.

The words are data, `citations.en.toml` and `citations.nl.toml`. Others add languages by the entry-point group
`consistent.citations`: each entry is `CitationWords`, as `citation_words_from` makes it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal

import tomli
from attrs import field, frozen

from consistent.documents.words.languages import SHIPPED_LANGUAGES, shipped_words
from consistent.errors import UsageError, did_you_mean
from consistent.plugins import added

__all__ = [
    "ArticleWords",
    "CitationWords",
    "Token",
    "TokenKind",
    "citation_words",
    "citation_words_from",
    "has_citation_words",
    "plain",
]

TokenKind = Literal[
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
# The parts of an article that languages have words for; `silent` are those that are not named in a place.
_PARTS = ("paragraph", "subparagraph", "point", "silent")


@frozen
class Token:
    """A word, number or mark of a text, and what it can be in a reference."""

    kind: TokenKind
    text: str  # of a part its kind, of an ordinal its number, of a group what the brackets hold, else as written
    start: int
    end: int
    many: bool = False


def phrase_pattern(phrases: Sequence[str]) -> str:
    """A pattern for any of the phrases as whole words, the longest first, with whatever blanks between words."""
    longest = sorted(phrases, key=len, reverse=True)
    words, marks = [[phrase for phrase in longest if phrase[0].isalnum() is begins] for begins in (True, False)]
    # What all have in common stands in front, so that most places in a text are passed over at once.
    groups = [rf"(?<!\w)(?:{'|'.join(map(_phrase, words))})"] if words else []
    return "|".join([*groups, *map(_phrase, marks)]) or "(?!)"


def _phrase(phrase: str) -> str:
    return r"\s+".join(map(re.escape, phrase.split())) + (r"(?!\w)" if phrase[-1].isalnum() else "")


@frozen(kw_only=True, eq=False)
class ArticleWords:
    """The words of a language for articles and their parts; two are equal if they are the same object."""

    token: re.Pattern[str]
    kinds: Mapping[str, tuple[TokenKind, str, bool]] = field(repr=False)
    inserted: tuple[str, ...]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> "ArticleWords":
        """From the table `references` of a language's words of citations."""
        kinds: dict[str, tuple[TokenKind, str, bool]] = {}
        simple: tuple[TokenKind, ...] = ("article", "articles", "annex", "and", "of", "the", "to")
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
        for match in self.token.finditer(text):
            kind, words = match.lastgroup, match[0]
            start, end = match.span()
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
        if read.isdigit() or not any(character.isdigit() for character in read):
            read = (re.match(r"\d*", number) or [""])[0]
            rest = number[len(read) :]
        else:  # an `l` at the end is the letter of an inserted number unless digits follow
            mended = re.match(r"(?:l(?=[\do])|o(?=[\do]|$)|\d)+", number)
            read = mended[0] if mended else ""
            rest = number[len(read) :]
            read = read.replace("l", "1").replace("o", "0")
        return read + rest + "".join(self._letters(word) for word in inserted)

    def _letters(self, word: str) -> str:
        """`bis` as `a`; after `z` come `za` and `zb`."""
        if word not in self.inserted:
            return word
        rounds, at = divmod(self.inserted.index(word), 26)
        return "z" * rounds + chr(ord("a") + at)


_UNNAMED = "Treaty"
# The number of an act, `(EU) 2021/691`, `No 1/2003`, `77/388/EEC`. Only what has a `No` may lack a year.
_COMMUNITY = r"(?:\s*\((?P<community>[A-Z][A-Za-z,\s]{1,30})\))?"
_NUMBER = (
    r"\s+(?:(?P<no>{no})\s*(?P<only>\d{{1,4}})(?:/(?P<later>\d{{2,4}}))?"
    r"|(?P<first>\d{{1,4}}|X{{2,4}})/(?P<second>\d{{1,4}}|X+))(?:/(?P<suffix>[A-Z]{{2,8}}))?(?![\w/])"
)
# What an item of a list can begin with.
_DASHES = r"\u2022\u2013\u2014*-"


@frozen(kw_only=True, eq=False)
class CitationWords:
    """The words of one language, made into patterns. Two are equal if they are the same object.

    Attributes:
        code: of the language, two letters.
        articles: for references to articles.
        beginnings: where a citation or a step begins; the group says which: `opener` or a kind of step.
        enders: where the citations end.
        instruments: names of treaties and acts; the group `name` is that of a treaty, protocol or other instrument.
        names: by name in lower case, what kind of instrument it is and how sources call it; empty where they use its own name.
        acts: by word in lower case, the letter of the CELEX number.
        items: where an item of a list of citations begins, with the number or mark before it.
        described: the beginning of an act that is described before its number is given.
        lead: what may stand before the name of an instrument, as a whole.
        joint: what may stand between an article and the instrument that it is of, as a whole.
        owned: the same, where it says 'of'.
        joined: what may stand between the last thing cited and the next instrument, as a whole.
        links: `particular`, `conjunction`, `again`, `end` and `scope`, each a group.
        asides: another number of the article before: '(ex Article 235)'.
        own: after an article, that it is of the act itself.
        here: what a provision calls its own `article`, `annex` and `act`, each a group.
        there: what a provision calls an act that it has named.
        annexed: where the name of a protocol or agreement goes over into what it is annexed to.
        dangling: what the end of a name leaves over of the words that join it to the next.
        divisions: an annex or title, with its number; `kinds` tells which by the word in lower case.
        steps: after the opening words, by kind.
        procedures: by procedure, each a group's number in `procedure_names`.
    """

    code: str
    articles: ArticleWords
    beginnings: re.Pattern[str]
    enders: re.Pattern[str]
    instruments: re.Pattern[str]
    names: Mapping[str, tuple[str, str]] = field(repr=False)
    acts: Mapping[str, str]
    items: re.Pattern[str]
    described: re.Pattern[str]
    lead: re.Pattern[str]
    joint: re.Pattern[str]
    owned: re.Pattern[str]
    joined: re.Pattern[str]
    links: re.Pattern[str]
    asides: re.Pattern[str]
    own: re.Pattern[str]
    here: re.Pattern[str]
    there: re.Pattern[str]
    annexed: re.Pattern[str]
    dangling: re.Pattern[str]
    divisions: re.Pattern[str]
    division_names: Mapping[str, str]
    steps: re.Pattern[str]
    step_names: Mapping[str, str]
    procedures: re.Pattern[str]
    procedure_names: Mapping[str, str]
    institutions: re.Pattern[str]
    institution_names: Mapping[str, str]


@cache
def citation_words(language: str) -> CitationWords:
    """The words of a language: of an installed package before those that ship.

    Raises:
        UsageError: there are none for it; or an entry of the group is not `CitationWords`, or cannot be loaded.
    """
    added = _added()
    if language in added:
        return added[language]
    if not has_citation_words(language):
        help = did_you_mean(language, sorted({*SHIPPED_LANGUAGES, *added}))
        raise UsageError(f"citations in language `{language}` cannot be read", help)
    return citation_words_from(shipped_words("citations", language))


def has_citation_words(language: str) -> bool:
    """Whether citations in a language can be read.

    Raises:
        UsageError: an entry of the group `consistent.citations` is not `CitationWords`, or cannot be loaded.
    """
    return language in SHIPPED_LANGUAGES or language in _added()


def citation_words_from(text: str) -> CitationWords:
    """The words of a language from TOML text.

    Raises:
        UsageError: it is not TOML, or a key that `citations.en.toml` has is missing or of another kind.
    """
    try:
        data = tomli.loads(text)
        _check(data)
        return _compiled(data)
    except tomli.TOMLDecodeError as error:
        raise UsageError(f"words of citations are not valid TOML: {error}") from None
    except KeyError as error:
        raise UsageError(f"words of citations lack the key {error}".replace("'", "`")) from None
    except (AttributeError, TypeError, ValueError) as error:
        raise UsageError(f"words of citations have a value of the wrong kind: {error}") from None


def _check(table: Mapping[str, Any], path: str = "") -> None:
    """Words are lists of phrases, but for the code and the numbers of ordinals."""
    for key, value in table.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            _check(value, here)
        elif path == "references.ordinals":
            if not isinstance(value, int):
                raise TypeError(f"`{here}` is no number")
        elif here != "code" and not (
            isinstance(value, list) and all(isinstance(phrase, str) and phrase.strip() for phrase in value)
        ):
            raise TypeError(f"`{here}` is no list of words")


@cache
def _added() -> Mapping[str, CitationWords]:
    additions = added("consistent.citations", CitationWords, "words of citations")
    return {words.code: words for words in additions.values()}


def _compiled(data: Mapping[str, Any]) -> CitationWords:
    links, acts = data["links"], dict(data["acts"])
    number = acts.pop("number")
    letters = _by_word(acts)
    names = {
        word: ("treaty", _UNNAMED if name == "unnamed" else name) for word, name in _by_word(data["treaties"]).items()
    }
    names |= {word: ("protocol", f"Protocol No {name}") for word, name in _by_word(data["statutes"]).items()}
    names |= {word: ("other", name) for word, name in _by_word(data["named-acts"]).items()}
    names |= {word: (kind, "") for word, kind in _by_word(data["instruments"]).items()}
    before = _any([*data["links"]["before-act"], *links["determiners"]])
    of, joining = _any(links["of"]), _any(data["references"]["and"])
    # Possessive, for text can be blank for long.
    owned = rf"[\s,]*+(?:{of})(?:\s*+(?:{before}))*+\s*+"
    opening, after = data["steps"]["opening"], _by_word(data["steps"]["after-opener"])
    steps = "|".join(f"(?P<{kind}>{_any(words)})" for kind, words in opening.items())
    article = _any([*data["references"]["article"], *data["references"]["articles"]])
    cited = "|".join((_any(names), _any(letters), _any(after)))
    divisions = _by_word(data["divisions"])
    procedures, institutions = _by_word(data["procedures"]), _by_word(data["institutions"])
    return CitationWords(
        code=str(data["code"]),
        articles=ArticleWords.of(data["references"]),
        beginnings=_pattern(
            rf"(?:^|(?<=[,;.:)\n\u2014\u2013-]))\s{{0,4}}(?:(?P<opener>{_any(data['openers'])})|{steps})"
        ),
        enders=_pattern(rf"(?:^|[,;.)\n])\s{{0,4}}(?:\(\d{{1,4}}\)\s{{0,4}})?(?:{_any(data['enders'])})"),
        instruments=_pattern(
            rf"(?P<act>{_any(letters)}){_COMMUNITY}{_NUMBER.format(no=_any(number))}"
            rf"|(?P<protocol>{_any(data['instruments']['protocol'])})\s*\(?(?:(?:{_any(number)})\s*)?(?P<protocol_number>\d{{1,2}})\)?"
            rf"|(?P<name>{_any(names)})"
        ),
        names=names,
        acts=letters,
        items=_pattern(
            # A line goes on with the one before it unless that one ends with a stop, or it has a number or mark before it.
            rf"(?:[:;]|[,;.][^\S\n]*+\n)\s*+(?:(?:{joining})\s++)?(?=(?:(?:{before})\s++)*+(?:{cited}))"
            rf"|(?:[:;]\s*+(?:(?:{joining})\s++)?|[,.]?[^\S\n]{{0,4}}\n\s{{0,9}}|[,;.]\s{{1,9}}(?=[{_DASHES}]))"
            rf"(?:[{_DASHES}]|\(?[a-z\d]{{1,4}}[.)])\s++(?!(?:{joining}|{of})(?!\w)|[(,\d])"
        ),
        described=_pattern(rf"\s*+(?:(?:{before})\s*+)*(?:{_any(letters)})(?!\s*(?:\(|\d|{_any(number)}))"),
        lead=_pattern(rf"[\s:\u2014\u2013-]*+(?:(?:{before})\s*+)*+"),
        joint=_pattern(rf"{owned}|\s*+"),
        owned=_pattern(owned),
        joined=_pattern(
            rf"[\s,;\u2014\u2013-]*+(?:(?:{joining})\s*+)?(?:(?:{_any(links['particular'])})\s*+)?"
            rf"(?:[\s,]*+(?:{of})\s*+)?(?:(?:{before})\s*+)*+"
        ),
        links=_pattern(
            "|".join(
                f"(?P<{kind}>{_any(links[kind])})" for kind in ("particular", "conjunction", "again", "end", "scope")
            )
        ),
        asides=_pattern(
            rf"[(\[]\s?(?:{_any(links['former'])})(?![^()\[\]]{{0,80}}/)[\s-](?:[^()\[\]]|\([^()\[\]]{{1,5}}\)){{1,80}}[)\]]"
            rf"|(?:{_any(links['former'])})[\s-](?:{article})\s?\d{{1,3}}(?:\s?[a-z](?!\w))?(?:\s?\(\w{{1,5}}\)){{0,3}}"
        ),
        own=_pattern(rf"[\s,]*+(?:(?:{of})\s*+)?(?:{_any(links['own'])})"),
        here=_pattern(
            rf"(?:{_any(links['own'])})\s++(?:(?P<article>{article})|(?P<annex>{_any(data['references']['annex'])})"
            rf"|(?P<act>{_any(letters)}))(?!\s*\d)"
        ),
        there=_pattern(rf"(?:{_any(links['other'])})\s++(?:{_any(letters)})(?!\s*(?:\(|\d))"),
        annexed=_pattern(_any(links["annexed"])),
        dangling=_pattern(rf"[\s,;.]*(?:{joining})?[\s,;.]*\Z"),
        divisions=_pattern(rf"(?P<word>{_any(divisions)})\s+(?P<number>[IVXLC]{{1,6}}|\d{{1,2}})(?!\w)"),
        division_names=divisions,
        steps=_pattern(rf"[\s:\u2014\u2013-]*+(?:(?:{_any(links['determiners'])})\s*+)*(?P<word>{_any(after)})"),
        step_names=after,
        procedures=_pattern(_any(procedures)),
        procedure_names=procedures,
        institutions=_pattern(_any(institutions)),
        institution_names=institutions,
    )


def plain(words: str) -> str:
    """Words as the tables have them: in lower case, with one blank between."""
    return " ".join(words.lower().split())


def _any(phrases: Iterable[str]) -> str:
    return phrase_pattern(tuple(phrases))


def _by_word(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {plain(word): name for name, words in table.items() for word in words}


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
