"""References from one provision to others: `paragraph 2`, `Article 5(2), point (b)`, `Regulation (EU) 2021/697`.

Places and the names of acts are read as in citations. A provision leaves out what it has in common with what it names: its own
paragraph, article or annex; here that is put back.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from attrs import evolve, frozen

from consistent.documents.citing._places import PARAGRAPH, POINT, SUBPARAGRAPH
from consistent.documents.citing.article_references import (
    ArticleReference,
    celex_of_match,
    reference_lists,
    without_overlap,
)
from consistent.documents.document import Span
from consistent.documents.words.citation_words import CitationWords, citation_words, has_citation_words, plain
from consistent.documents.words.provision_words import ProvisionWords

__all__ = ["Place", "Reference", "references"]

_COMMA = re.compile(r"\s*+,?\s*+")
_ANNEX = "annex "
_ACTS = frozenset({"act", "there"})


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
        groups = "".join(f"({number})" for number in (self.paragraph, self.point) if number)
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
class _Mention:
    """Something that a provision names, in its place."""

    start: int
    end: int
    kind: Literal["places", "act", "here", "there"]
    named: Sequence[ArticleReference] = ()
    match: re.Match[str] | None = None


def references(text: str, span: Span, words: ProvisionWords, here: Place) -> tuple[Reference, ...]:
    """What a stretch of text refers to, in its order; nothing where its language has no words of citations.

    Args:
        text: of the document.
        span: of the stretch.
        words: of its language.
        here: where the stretch stands: `paragraph 2` is one of the same article.
    """
    if not has_citation_words(words.code):
        return ()
    known = citation_words(words.code)
    piece = text[span.start : span.end]
    mentions = _mentions_in(piece, known)
    result: list[Reference] = []
    at, act = 0, ""
    while at < len(mentions):
        mention, end = mentions[at], mentions[at].end
        wider: list[_Mention] = []
        # 'paragraph 2 of this Article', 'Article 5 of Regulation ...': each widens, and an act is the widest.
        while (
            mention.kind == "places" and at + 1 < len(mentions) and _is_of(piece, end, mentions[at + 1], wider, known)
        ):
            at += 1
            wider.append(mentions[at])
            end = mentions[at].end
        whole = Span(span.start + mention.start, span.start + end)
        for named in (mention, *wider):
            if named.kind == "act" and named.match:
                act = _act(named.match, known)
            elif named.kind == "there" and not act:
                act = " ".join(piece[named.start : named.end].split())
        places = _places(piece, mention, wider, known, here, act)
        # 'This Regulation' alone names no provision.
        result += (Reference(place=place, span=whole) for place in places if place != Place())
        at += 1
    return tuple(result)


def _mentions_in(piece: str, words: CitationWords) -> list[_Mention]:
    """The places, acts and words such as 'this Regulation' that a piece of text names, in its order and without overlap."""
    mentions = [
        _Mention(group[0].span.start, max(reference.span.end for reference in group), "places", group)
        for group in reference_lists(piece, words.articles)
    ]
    mentions += (_Mention(*match.span(), "act", match=match) for match in words.instruments.finditer(piece))
    mentions += (_Mention(*match.span(), "here", match=match) for match in words.here.finditer(piece))
    mentions += (_Mention(*match.span(), "there") for match in words.there.finditer(piece))
    return without_overlap(mentions)


def _is_of(piece: str, end: int, after: _Mention, wider: Sequence[_Mention], words: CitationWords) -> bool:
    """Whether what comes next is what the places are in.

    Args:
        piece: of text.
        end: of what was read.
        after: what comes next.
        wider: what the places were said to be in so far.
        words: of the language.
    """
    if any(outer.kind in _ACTS for outer in wider) or (after.kind == "places" and not _annex_of(after)):
        return False
    if words.owned.fullmatch(piece, end, after.start):
        return True
    return (
        after.match is not None and _is_treaty(after.match, words) and bool(_COMMA.fullmatch(piece, end, after.start))
    )


def _annex_of(mention: _Mention) -> str:
    """The annex that is named, where it is one as a whole: 'Article 4 of Annex II'; else empty."""
    whole = len(mention.named) == 1 and not mention.named[0].path
    return (
        mention.named[0].article.removeprefix(_ANNEX) if whole and mention.named[0].article.startswith(_ANNEX) else ""
    )


def _is_treaty(match: re.Match[str], words: CitationWords) -> bool:
    named = match.groupdict().get("name")
    return bool(named) and words.names[plain(named or "")][0] == "treaty"


def _is_named(match: re.Match[str], words: CitationWords) -> bool:
    """Whether a name tells by itself what is named: 'the Charter', but not 'a treaty' or 'the budget'."""
    return bool(match["name"]) and words.names[plain(match["name"])][1] not in {"", "Treaty", "Treaties"}


def _places(
    piece: str, mention: _Mention, wider: Sequence[_Mention], words: CitationWords, here: Place, act: str
) -> Iterator[Place]:
    """What one reference names, with the act that was named last.

    Args:
        piece: of text.
        mention: the innermost thing named.
        wider: what it is said to be in, from the narrowest on.
        words: of the language.
        here: where the text stands: what it leaves out is taken from there.
        act: that was named last; empty where none was.
    """
    own = [level.match for level in (mention, *wider) if level.kind == "here" and level.match]
    if mention.kind == "act":
        if mention.match is not None and (mention.match["act"] or _is_named(mention.match, words)):
            yield Place(act=act)
    elif mention.kind == "here" and own and not own[0]["act"]:
        yield Place(article=here.article, annex=here.annex)
    annex = next((_annex_of(outer) for outer in wider if outer.kind == "places"), "")
    of_act = act if any(outer.kind in _ACTS for outer in wider) else ""
    for reference in mention.named:
        place = _place(piece, reference)
        place = evolve(place, act=of_act, annex=place.annex or annex)
        if place.article or place.annex or of_act or any(match["act"] for match in own):
            yield place
        else:
            place = evolve(place, article=here.article, annex=here.annex)
            yield place if place.paragraph or own else evolve(place, paragraph=here.paragraph)


def _place(piece: str, named: ArticleReference) -> Place:
    """The parts of a place; of points within points the outermost."""
    annex = named.article.removeprefix(_ANNEX) if named.article.startswith(_ANNEX) else ""
    article = piece[named.numbered.start : named.numbered.end] if named.numbered and not annex else named.article
    counted = [part for part in named.path if part.counted and part.level <= SUBPARAGRAPH]
    numbered = [part for part in named.path if not part.counted]

    def first(level: int) -> str:
        return next((part.text for part in numbered if part.level == level), "")

    return Place(
        annex=annex,
        article="" if annex else " ".join(article.split()),
        paragraph=first(PARAGRAPH),
        subparagraph=next((part.text for part in counted), first(SUBPARAGRAPH)),
        point=first(POINT),
    )


def _act(match: re.Match[str], words: CitationWords) -> str:
    """An act as sources spell it; its own words where it has no number yet, or no name that is known."""
    if match["act"]:
        celex = celex_of_match(match, words.acts)
        return f"CELEX {celex}" if celex else " ".join(match[0].split())
    if match["name"]:
        short = words.names[plain(match["name"])][1]
        return short or " ".join(match[0].split())
    return " ".join(match[0].split())
