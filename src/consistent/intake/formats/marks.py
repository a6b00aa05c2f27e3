"""The marks of structure in mere text, where neither lines nor markup tell: the words of all languages, compiled."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from attrs import frozen

from consistent.intake.languages import Language, languages
from consistent.intake.wording import DIVISIONS

__all__ = ["CAPITAL", "Marks", "marks_of_structure"]

# Ahead of a sentence or a heading, quoted or not.
CAPITAL = r"(?=[\"'\u2018\u201c\u201e(\[]?[^\W\d_a-z\u00df-\u00ff])"


@frozen(eq=False, kw_only=True)
class Marks:
    """The marks of all languages together: of a text without lines it is not known yet which it is in.

    Attributes:
        memorandum: its title in capitals.
        statement: the title of a financial statement in capitals.
        proposal: what begins the title of a proposed act.
        institution: that adopts, before its first citation.
        whereas: before the recitals.
        citation: the place of one, after another.
        enacted: the formula that enacts.
        article: `Article 5` before a capital; its first group is the number.
        division: `Chapter II` before a capital; `word` is the word.
        closing: the words before place and date.
        annex: the word in capitals.
        line: what begins a paragraph wherever it begins a line; `article` if it is the number of one.
        citation_line: what does so after a comma.
    """

    memorandum: re.Pattern[str]
    statement: re.Pattern[str]
    proposal: re.Pattern[str]
    institution: re.Pattern[str]
    whereas: re.Pattern[str]
    citation: re.Pattern[str]
    enacted: re.Pattern[str]
    article: re.Pattern[str]
    division: re.Pattern[str]
    closing: re.Pattern[str]
    annex: re.Pattern[str]
    line: re.Pattern[str]
    citation_line: re.Pattern[str]


def marks_of_structure() -> Marks:
    """The marks, in the words of all languages that are read."""
    return _compiled(tuple(languages().values()))


@lru_cache(maxsize=32)
def _compiled(known: tuple[Language, ...]) -> Marks:

    def phrases(key: str) -> Iterator[str]:
        return (word for each in known for word in each.phrases.get(key, ()))

    def titles(key: str) -> str:
        return _any(word.upper() for each in known for word in each.lines.get(key, ()))

    def named(*kinds: str) -> Iterator[str]:
        return (word for each in known for kind in kinds for word in each.divisions.get(kind, ()))

    article, division = _any(_capitalised(named("article"))), _any(_capitalised(named(*DIVISIONS)))
    wide = _any(each.upper() for each in named(*DIVISIONS))
    annex = _any(each.upper() for each in named("annex"))
    citation, closing = _any(_capitalised(phrases("citation"))), _any(_capitalised(phrases("closing")))
    whereas = _any(_capitalised(word for each in known for word in each.lines.get("whereas", ())))
    enacted = rf"{_any(phrases('enacting-formula'))}(?:\s[A-Z]+){{0,6}}\s?:"
    number = r"(?:[IVXLC]{1,7}|\d{1,2})"
    return Marks(
        memorandum=re.compile(rf"\b{titles('memorandum')}\b"),
        statement=re.compile(rf"\b{titles('financial-statement')}\b"),
        proposal=re.compile(rf"\b{_any(_capitalised(phrases('proposal')))}\s(?:an?\s)?(?=[A-Z]{{4}})"),
        institution=re.compile(rf"\b{_any(phrases('institution'))}[A-Z \-,]{{0,120}},(?=\s{citation}\b)"),
        whereas=re.compile(rf"\b{whereas}\s?:"),
        citation=re.compile(rf"(?<=[,;)]\s)(?={citation}\b)"),
        enacted=re.compile(rf"(?<![A-Z]){enacted}"),
        article=re.compile(rf"\b{article}\s(\d{{1,3}})(?=\s+[\"'\u2018\u201c]?[^\W_a-z])"),
        division=re.compile(rf"\b(?P<word>{wide}|{division})\s{number}(?:\s*[:\u2010-\u2015-]\s*|\s+){CAPITAL}"),
        closing=re.compile(rf"\b{closing}\s[A-Z]"),
        annex=re.compile(rf"\b{annex}\b(?=\s+[A-Z\d])"),
        line=re.compile(
            rf"(?P<article>{article}\s\d{{1,3}}[a-z]?(?:\s(?:bis|ter))?$)|(?:{wide}|{annex})\b|{division}\s{number}$"
            rf"|{whereas}(?:\s?:|$)|{closing}\b|{enacted}"
        ),
        citation_line=re.compile(rf"{citation}\b"),
    )


def _capitalised(words: Iterable[str]) -> Iterator[str]:
    return (each[:1].upper() + each[1:] for each in words)


def _any(words: Iterable[str]) -> str:
    """One of the words, the longest that fits; a letter in capitals counts as such."""
    return rf"(?:{'|'.join(re.escape(each) for each in sorted(words, key=len, reverse=True)) or '(?!)'})"
