"""References from one provision to others: `paragraph 2`, `Article 5(2), point (b)`, `Regulation (EU) 2021/697`.

A small grammar over tokens. The words for article, paragraph and point are data; the grammar is the same for all languages:
a place goes from the wide to the narrow (`Article 5(2), point (b)`, `artikel 5, lid 2, onder b)`), or from the narrow to the
wide with `of` between (`point (b) of Article 5(2)`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from attrs import evolve, frozen

from consistent.intake.document import Span
from consistent.intake.numbering import LATIN
from consistent.intake.provision_words import Words

__all__ = ["Place", "Reference", "references"]

_Level = Literal["annex", "article", "paragraph", "subparagraph", "point"]
_LEVELS: tuple[_Level, ...] = ("annex", "article", "paragraph", "subparagraph", "point")
# Acts that follow an article without a word between.
_TREATIES = frozenset({"TFEU", "TEU", "Charter"})
# A range of more than so many articles names a chapter, not provisions one by one.
_WIDEST = 60


@frozen(kw_only=True)
class Place:
    """Where in an act.

    Attributes:
        act: `CELEX 32021R0697`, `TFEU`, the words themselves for an act without a number; empty for the act that it is in.
        annex, article, paragraph, subparagraph, point: numbers as written, without marks; empty where not named.
    """

    act: str = ""
    annex: str = ""
    article: str = ""
    paragraph: str = ""
    subparagraph: str = ""
    point: str = ""

    def __str__(self) -> str:
        """`5(2)(b)`, `Annex I`, `CELEX 32011R0182 art. 5`."""
        groups = "".join(f"({each})" for each in (self.paragraph, self.point) if each)
        place = f"Annex {self.annex}" if self.annex else f"{self.article}{groups}"
        if not self.act:
            return place
        return f"{self.act} {place if self.annex else f'art. {place}'}" if place else self.act

    def covers(self, other: "Place") -> bool:
        """Whether the other is this place, or lies in it."""
        return all(
            not mine or mine == theirs
            for mine, theirs in (
                (self.annex, other.annex),
                (self.article, other.article),
                (self.paragraph, other.paragraph),
                (self.point, other.point),
            )
        ) and (self.act == other.act)


@frozen(kw_only=True)
class Reference:
    """A place that a provision names. Several names in one list have the same span.

    Attributes:
        place: what is named.
        span: of the words.
        target: the part of this document that it is; None for another act, and where there is no such part.
    """

    place: Place
    span: Span
    target: Span | None = None


@frozen
class _Token:
    kind: str
    text: str
    start: int
    end: int
    value: str = ""


def references(text: str, span: Span, words: Words, here: Place) -> tuple[Reference, ...]:
    """What a stretch of text refers to, in its order.

    Args:
        text: of the document.
        span: of the stretch.
        words: of its language.
        here: where the stretch stands: `paragraph 2` is one of the same article.
    """
    tokens = list(_tokens(text, span, words))
    found: list[Reference] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind in _STARTS:
            places, after = _read(tokens, at, here)
            if places and after > at:
                whole = Span(tokens[at].start, tokens[after - 1].end)
                # `this Regulation` alone names no provision.
                found.extend(Reference(place=each, span=whole) for each in places if each != Place())
                at = after
                continue
        at += 1
    return tuple(found)


_STARTS = frozenset({*_LEVELS, "ordinal", "act", "own-act", "own-article", "own-annex"})


def _read(tokens: Sequence[_Token], at: int, here: Place) -> tuple[list[Place], int]:
    """The places of one reference, and the token after it."""
    places, named, at = _names(tokens, at)
    # `point (b) of paragraph 2 of Article 5 of Regulation ...`: each `of` widens.
    while places is not None:
        step = at + 1 if _kind(tokens, at) == "comma" else at
        # `Article 5 of Regulation ...`, and `Article 5 TFEU` without a word between.
        beside = _kind(tokens, step) == "act" and tokens[step].value in _TREATIES
        if not beside and (_kind(tokens, step) != "of" or _kind(tokens, step + 1) not in _STARTS):
            break
        wider, more, after = _names(tokens, step if beside else step + 1)
        if not wider or (named & more and "act" not in more):
            break
        places = [_joined(narrow, wide) for wide in wider for narrow in places]
        named |= more
        at = after
        if "act" in more:
            break
    return [_completed(each, named, here) for each in places or ()], at


def _names(tokens: Sequence[_Token], at: int) -> tuple[list[Place] | None, set[str], int]:
    """Places from the wide to the narrow; None where the tokens name none."""
    token = tokens[at]
    if token.kind == "act":
        return [Place(act=token.value)], {"act"}, at + 1
    if token.kind == "own-act":
        return [Place()], {"act"}, at + 1
    if token.kind in {"own-article", "own-annex"}:
        return [Place()], {"article" if token.kind == "own-article" else "annex", "own"}, at + 1
    places, level, after = _list(tokens, at)
    if not places:
        return None, set(), at
    named: set[str] = {level}
    while True:
        step = after + 1 if _kind(tokens, after) == "comma" else after
        if _kind(tokens, step) not in {*_LEVELS, "ordinal"}:
            break
        narrower, below, end = _list(tokens, step)
        # An annex has points of its own; an article after it is another place.
        if not narrower or below == "article" or _LEVELS.index(below) <= max(_LEVELS.index(each) for each in named):
            break
        # A narrower place belongs to the last of a list: `Articles 3 and 5, point (b)`.
        places = [*places[:-1], *(_joined(each, places[-1]) for each in narrower)]
        named.add(below)
        after = end
    return places, named, after


def _list(tokens: Sequence[_Token], at: int) -> tuple[list[Place], _Level, int]:
    """`Articles 3(6), 5 and 7 to 9`: numbers of one level."""
    level: _Level = next((each for each in _LEVELS if each == tokens[at].kind), "subparagraph")
    if tokens[at].kind == "ordinal":
        values = []
        while _kind(tokens, at) in {"ordinal", "and", "comma"}:
            if tokens[at].kind == "ordinal":
                values.append(tokens[at].value)
            at += 1
        if _kind(tokens, at) != "subparagraph":
            return [], level, at
        return [Place(subparagraph=each) for each in values], "subparagraph", at + 1
    places: list[Place] = []
    at += 1
    bound = False
    while _kind(tokens, at) == "number":
        made = _numbered(level, tokens[at].text)
        places.extend(_between(level, places[-1], made) if bound and places else [made])
        at += 1
        step = at
        while _kind(tokens, step) in {"comma", "and", "to"}:
            step += 1
        if step == at or _kind(tokens, step) != "number":
            break
        bound = tokens[step - 1].kind == "to"
        at = step
    return places, level, at


def _numbered(level: _Level, text: str) -> Place:
    """`5(2)(b)` as a place."""
    head, *groups = [each.strip() for each in re.split(r"[()]+", text) if each.strip()]
    if level == "annex":
        return Place(annex=head)
    if level == "article":
        numbers = [each for each in groups if each[0].isdigit()]
        letters = [each for each in groups if not each[0].isdigit()]
        return Place(article=head, paragraph=(numbers or [""])[0], point=(letters or [""])[0])
    if level == "paragraph":
        return Place(paragraph=head, point=(groups or [""])[0])
    return Place(point=head) if level == "point" else Place(subparagraph=head)


def _between(level: _Level, first: Place, last: Place) -> list[Place]:
    """What lies between two places, the last included; only the last where numbers do not tell."""
    low, high = getattr(first, level), getattr(last, level)
    if low.isdigit() and high.isdigit() and 0 < int(high) - int(low) < _WIDEST:
        return [*(evolve(last, **{level: str(each)}) for each in range(int(low) + 1, int(high))), last]
    if len(low) == len(high) == 1 and low.isalpha() and low < high:
        return [*(evolve(last, **{level: chr(each)}) for each in range(ord(low) + 1, ord(high))), last]
    return [last]


def _joined(narrow: Place, wide: Place) -> Place:
    fields = {each: getattr(narrow, each) or getattr(wide, each) for each in ("act", *_LEVELS)}
    return Place(**fields)


def _completed(place: Place, named: set[str], here: Place) -> Place:
    """With what the reference leaves to the place where it stands."""
    if "own" in named:
        return evolve(place, article=here.article, annex=here.annex)
    if named & {"act", "article", "annex"}:
        return place
    place = evolve(place, article=here.article, annex=here.annex)
    return place if "paragraph" in named else evolve(place, paragraph=here.paragraph)


def _kind(tokens: Sequence[_Token], at: int) -> str:
    """The kind of a token; `end` after the last, and where other words lie before it."""
    return tokens[at].kind if 0 <= at < len(tokens) else "end"


def _tokens(text: str, span: Span, words: Words) -> Iterator[_Token]:
    """The words that references are made of; other words are one `other`."""
    pattern = _pattern(words)
    last = span.start
    for found in pattern.finditer(text, span.start, span.end):
        if text[last : found.start()].strip():
            yield _Token("other", "", last, found.start())
        last = found.end()
        kind = (found.lastgroup or "other").replace("_", "-")
        value = ""
        if kind == "act":
            value = _act(found, words)
        elif kind == "ordinal":
            value = str(words.references["ordinals"].index(found[0].lower()) + 1)
        yield _Token(kind, found[0], found.start(), found.end(), value)


@cache
def _pattern(words: Words) -> re.Pattern[str]:
    names = words.references

    def some(key: str) -> str:
        return "|".join(sorted((each.replace(" ", r"\s") for each in names[key]), key=len, reverse=True))

    kinds = "|".join(names["kinds"].values())
    implementing = r"(?:(?:Commission|Council|Delegated|Implementing|Framework)\s){0,3}"
    named = "|".join(sorted((form for each in names["named_acts"].values() for form in each), key=len, reverse=True))
    number = (
        rf"\d{{1,3}}(?:\s(?:{'|'.join(LATIN)})|[a-z]{{0,2}})\b(?:\s?\([0-9a-z]{{1,5}}\))*(?![\w/])|\([0-9a-z]{{1,5}}\)|[a-z0-9]{{1,4}}\)|"
        r"(?-i:[IVXLC]{1,7})(?!\w)|(?-i:[A-Z])(?![\w])"
    )
    return re.compile(
        rf"(?P<act>\b{implementing}(?i:uitvoerings|gedelegeerde\s|kader)?(?:{kinds})\s(?:\((?P<domain>[A-Z, ]{{2,20}})\)\s)?"
        rf"(?:{names['number']}\s)?(?P<first>\d{{1,4}}|(?-i:X{{2,4}}))/(?P<second>\d{{1,4}}|(?-i:X{{2,4}}))(?:/[A-Z]{{2,8}})?"
        rf"|\b(?:{named})(?!\w))"
        rf"|(?P<own_act>\b(?:{some('own_act')})\b)|(?P<own_article>\b(?:{some('own_article')})\b)"
        rf"|(?P<own_annex>\b(?:{some('own_annex')})\b)"
        rf"|(?P<article>\b(?:{some('article')})\b)|(?P<paragraph>\b(?:{some('paragraph')})\b)"
        rf"|(?P<subparagraph>\b(?:{some('subparagraph')}))(?!\w)|(?P<point>\b(?:{some('point')})\b)"
        rf"|(?P<annex>\b(?:{some('annex')})\b)"
        rf"|(?P<ordinal>\b(?:{some('ordinals')})\b(?=[\w\s,]{{0,60}}\b(?:{some('subparagraph')})))"
        rf"|(?P<number>{number})|(?P<comma>,)|(?P<and>\b(?:{some('and')})\b)|(?P<to>\b(?:{some('to')})\b)"
        rf"|(?P<of>\b(?:{some('of')})\b)",
        re.IGNORECASE,
    )


def _act(found: re.Match[str], words: Words) -> str:
    """An act in its canonical spelling; its own words where it has no number yet."""
    text = " ".join(found[0].split())
    if found["first"] is None:
        for name, forms in words.references["named_acts"].items():
            if any(re.fullmatch(form, text, re.IGNORECASE) for form in forms):
                return str(name)
    if not (found["first"] or "").isdigit() or not (found["second"] or "").isdigit():
        return text
    letter = next(
        letter for letter, form in words.references["kinds"].items() if re.search(form, found[0], re.IGNORECASE)
    )
    # Regulations and CFSP acts had the year last until 2014; directives and most decisions have always had it first.
    first, second = found["first"], found["second"]
    year, number = (second, first) if _year_is_last(first, second, letter, found[0]) else (first, second)
    return f"CELEX 3{_whole_year(year)}{letter}{int(number):04}"


def _year_is_last(first: str, second: str, letter: str, text: str) -> bool:
    if re.search(r"\b(?:No|nr\.)\s", text, re.IGNORECASE):
        return True
    return letter == "R" and len(second) == 4 and len(first) < 4  # noqa: PLR2004  digits of a year


def _whole_year(year: str) -> int:
    return int(year) if len(year) == 4 else 1900 + int(year)  # noqa: PLR2004  two digits, until 1998
