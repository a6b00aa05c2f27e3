"""The words of citations in each language, from `citations.<code>.toml` beside this module."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import tomli
from attrs import field, frozen

from consistent.errors import UsageError, did_you_mean
from consistent.intake.header.article_words import ArticleWords, phrase_pattern

__all__ = ["CitationWords", "citation_words", "plain"]

_LANGUAGES = ("en", "nl")
# The number of an act, `(EU) 2021/691`, `No 1/2003`, `77/388/EEC`. Only what has a `No` may lack a year.
_COMMUNITY = r"(?:\s*\((?P<community>[A-Z][A-Za-z,\s]{1,30})\))?"
_NUMBER = (
    r"\s+(?:(?P<no>{no})\s*(?P<only>\d{{1,4}})(?:/(?P<later>\d{{2,4}}))?"
    r"|(?P<first>\d{{1,4}})/(?P<second>\d{{1,4}}|X+))(?:/(?P<suffix>[A-Z]{{2,8}}))?(?![\w/])"
)


@frozen(kw_only=True, eq=False)
class CitationWords:
    """The words of one language, made into patterns. Two are equal if they are the same object.

    Attributes:
        articles: for references to articles.
        beginnings: where a citation or a step begins; the group says which: `opener` or a kind of step.
        enders: where the citations end.
        instruments: names of treaties and acts; the group `name` is that of a treaty, protocol or other instrument.
        names: by name in lower case, what kind of instrument it is and how it is called in short.
        acts: by word in lower case, the letter of the CELEX number.
        described: the beginning of an act that is described before its number is given.
        lead: what may stand before the name of an instrument, as a whole.
        joint: what may stand between an article and the instrument that it is of, as a whole.
        owned: the same, where it says 'of'.
        joined: what may stand between the last thing cited and the next instrument, as a whole.
        links: `particular`, `conjunction`, `end` and `scope`, each a group.
        own: after an article, that it is of the act itself.
        annexed: where the name of a protocol or agreement goes over into what it is annexed to.
        divisions: an annex or title, with its number; `kinds` tells which by the word in lower case.
        steps: after the opening words, by kind.
        procedures: by procedure, each a group's number in `procedure_names`.
    """

    articles: ArticleWords
    beginnings: re.Pattern[str]
    enders: re.Pattern[str]
    instruments: re.Pattern[str]
    names: Mapping[str, tuple[str, str]] = field(repr=False)
    acts: Mapping[str, str]
    described: re.Pattern[str]
    lead: re.Pattern[str]
    joint: re.Pattern[str]
    owned: re.Pattern[str]
    joined: re.Pattern[str]
    links: re.Pattern[str]
    own: re.Pattern[str]
    annexed: re.Pattern[str]
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
    """The words of a language.

    Raises:
        UsageError: there are none for it.
    """
    if language not in _LANGUAGES:
        raise UsageError(f"citations in language `{language}` cannot be read", did_you_mean(language, _LANGUAGES))
    data = tomli.loads(files(__package__).joinpath(f"citations.{language}.toml").read_text("utf-8"))
    return _compiled(data)


def _compiled(data: Mapping[str, Any]) -> CitationWords:
    links, acts = data["links"], dict(data["acts"])
    number = acts.pop("number")
    letters = _by_word(acts)
    names = {word: ("treaty", name) for name, words in data["treaties"].items() for word in words}
    names |= {word: ("statute", name) for name, words in data["statutes"].items() for word in words}
    names |= {word: (kind, "") for kind, words in data["instruments"].items() for word in words}
    letters = _by_word(acts)
    before = _any([*data["links"]["before-act"], *links["determiners"]])
    of, joining = _any(links["of"]), _any(data["references"]["and"])
    # Possessive, for text can be blank for long.
    owned = rf"[\s,]*+(?:{of})(?:\s*+(?:{before}))*+\s*+"
    opening, after = data["steps"]["opening"], _by_word(data["steps"]["after-opener"])
    steps = "|".join(f"(?P<{kind}>{_any(words)})" for kind, words in opening.items())
    divisions = _by_word(data["divisions"])
    procedures, institutions = _by_word(data["procedures"]), _by_word(data["institutions"])
    return CitationWords(
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
        described=_pattern(rf"\s*+(?:(?:{before})\s*+)*(?:{_any(letters)})(?!\s*(?:\(|\d|{_any(number)}))"),
        lead=_pattern(rf"[\s:\u2014\u2013-]*+(?:(?:{before})\s*+)*+"),
        joint=_pattern(rf"{owned}|\s*+"),
        owned=_pattern(owned),
        joined=_pattern(
            rf"[\s,;\u2014\u2013-]*+(?:(?:{joining})\s*+)?(?:(?:{_any(links['particular'])})\s*+)?"
            rf"(?:[\s,]*+(?:{of})\s*+)?(?:(?:{before})\s*+)*+"
        ),
        links=_pattern(
            "|".join(f"(?P<{kind}>{_any(links[kind])})" for kind in ("particular", "conjunction", "end", "scope"))
        ),
        own=_pattern(rf"[\s,]*+(?:(?:{of})\s*+)?(?:{_any(links['own'])})"),
        annexed=_pattern(_any(links["annexed"])),
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
    return {word: name for name, words in table.items() for word in words}


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
