"""The units of an act that are amended: title, citations, recitals, paragraphs, points, passages of annexes."""

import re
from collections.abc import Iterator
from typing import Literal

from attrs import field, frozen

from consistent.documents.comparing.words import words_of_text
from consistent.documents.document import Document, Part, PartKind, Span
from consistent.documents.structure.numbering import label_of
from consistent.documents.structure.wording import wording_of
from consistent.documents.words.languages import languages
from consistent.model.text import Language

__all__ = ["DIVISIONS", "Division", "Match", "Unit", "division_in_words", "place_in_words", "units_of"]

Division = Literal["title", "citation", "recital", "article", "annex"]
DIVISIONS: tuple[Division, ...] = ("title", "citation", "recital", "article", "annex")

_OF_PART: dict[PartKind, Division] = {
    "title-of-act": "title",
    "citation": "citation",
    "recital": "recital",
    "article": "article",
    "annex": "annex",
}
# What a provision is divided into. What is within a point belongs to it, and what an amending provision quotes to that.
_DIVIDED: frozenset[PartKind] = frozenset(
    {"article", "annex", "paragraph", "subparagraph", "section", "heading", "part"}
)
_ASIDE: frozenset[PartKind] = frozenset({"note", "running"})
_NAMES: dict[Division, tuple[str, str]] = {
    "title": ("title", "titel"),
    "citation": ("citation", "aanhaling"),
    "recital": ("recital", "overweging"),
    "article": ("Article", "artikel"),
    "annex": ("Annex", "bijlage"),
}


@frozen(kw_only=True)
class Unit:
    """A piece of an act with words of its own.

    Attributes:
        division: in which it stands.
        number: of the division: `5` of Article 5; empty where it has none.
        heading: of the division.
        path: the numbers of paragraph and point within it; empty for the words of a division that is not divided. What has no
            number is counted.
        named: the same without what has no number, with its kind, as a lawyer names it.
        order: of the division in the act, counted from zero: two can have one number.
        text: its own words, in one line, without its number.
        span: in the document, from its first word to the end of all that is under it.
        words: of the text, in small letters.
    """

    division: Division
    number: str
    heading: str = ""
    path: tuple[str, ...] = ()
    named: tuple[tuple[PartKind, str], ...] = ()
    order: int
    text: str
    span: Span
    words: tuple[str, ...] = field(init=False, eq=False, repr=False)

    @words.default
    def _words(self) -> tuple[str, ...]:
        return words_of_text(self.text)

    @property
    def place(self) -> tuple[Division, str, tuple[str, ...]]:
        """Where it stands, by numbers."""
        return self.division, self.number, self.path


@frozen
class Match:
    """What became of units: several old ones were merged, several new ones are what one was split into.

    Attributes:
        old: by their places among the old units; none where the new one was added.
        new: by their places among the new units; none where the old one was dropped.
        likeness: of their words, from 0 to 1.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    likeness: float = 0.0


def units_of(document: Document) -> tuple[Unit, ...]:
    """The units of the acts of a document and their annexes, in the order of the text; those without words are left out."""
    units: list[Unit] = []
    orders = dict.fromkeys(DIVISIONS, 0)
    for top in document.parts:
        if top.kind not in {"act", "annex"}:
            continue
        for part in _divisions(top):
            division = _OF_PART[part.kind]
            units += _units(document, part, division, orders[division])
            orders[division] += 1
    return tuple(units)


def _divisions(part: Part) -> Iterator[Part]:
    """The divisions of an act; what is quoted in one is none."""
    if part.kind in _OF_PART:
        yield part
        return
    for inner in part.parts:
        yield from _divisions(inner)


def _units(document: Document, part: Part, division: Division, order: int) -> Iterator[Unit]:
    number = part.number or (str(order + 1) if division == "citation" else "")
    for inner, path, named in _divided(part, (), ()):
        own = inner.kind in _DIVIDED
        text = _title(document, part) if division == "title" else _words_of(document, inner, own=own)
        if inner is part and inner.kind in _DIVIDED:
            text = _without_heading(text, part)
        text = _without_label(text, inner)
        if any(map(str.isalnum, text)):
            span = Span(_start(document, inner, text), inner.span.end)
            yield Unit(
                division=division, number=number, heading=part.heading, path=path, named=named, order=order, text=text, span=span
            )  # fmt: skip


def _start(document: Document, part: Part, text: str) -> int:
    """Where the words of a part begin, behind its number and heading."""
    words = re.compile(r"\s+".join(map(re.escape, text.split()[:3])))
    found = words.search(document.text, part.span.start, part.span.end)
    return found.start() if found else part.span.start


def _divided(
    part: Part, path: tuple[str, ...], named: tuple[tuple[PartKind, str], ...]
) -> Iterator[tuple[Part, tuple[str, ...], tuple[tuple[PartKind, str], ...]]]:
    """A provision and what it is divided into, with the numbers of each."""
    yield part, path, named
    if part.kind not in _DIVIDED:
        return
    counted = 0
    for inner in part.parts:
        if inner.kind in _ASIDE:
            continue
        if not inner.number:
            counted += 1
        # A paragraph that stands alone is the article.
        alone = inner.kind == "paragraph" and not inner.number and counted == 1 and not path
        step = () if alone else (inner.number or f"~{inner.kind[0]}{counted}",)
        name = ((inner.kind, inner.number),) if inner.number else ()
        yield from _divided(inner, (*path, *step), (*named, *name))


def _words_of(document: Document, part: Part, *, own: bool) -> str:
    return " ".join(document.prose(part, own=own).split())


def _title(document: Document, part: Part) -> str:
    """The title of an act without the lines before it: its procedure, and that it is a proposal."""
    wording = wording_of(filter(None, [languages().get(document.language)]))
    lines = document.prose(part).splitlines()
    first = next((number for number, line in enumerate(lines) if wording.begins("instrument", line)), 0)
    return " ".join(" ".join(lines[first:]).split())


def _without_heading(text: str, part: Part) -> str:
    """The words of an article without the line that numbers it and its heading: these are told by themselves."""
    if part.heading and text.endswith(part.heading):
        return ""
    at = text.find(part.heading) if part.heading else -1
    return text[at + len(part.heading) :].strip() if 0 <= at <= len(part.heading) + 40 else text


def _without_label(text: str, part: Part) -> str:
    """The words without the number that they begin with."""
    if not part.number:
        return text.lstrip("-\u2013\u2014\u2022 ") if part.kind == "point" else text
    label = label_of(text)
    return text[label.length :].strip() if label is not None and label.text == part.number else text


def division_in_words(division: Division, number: str, language: Language) -> str:
    """A division, as a lawyer writes it: `Article 4`, `overweging 12`."""
    name = _NAMES[division][language == "nl"]
    return name if division == "title" else f"{name} {number}".rstrip()


def place_in_words(unit: Unit, language: Language) -> str:
    """Where a unit stands, as a lawyer writes it: `Article 4(1)(a)`, `artikel 4, lid 1, onder a)`."""
    head = division_in_words(unit.division, unit.number, language)
    if unit.division == "annex" or language == "en":
        return head + "".join(f"({number})" for _, number in unit.named)
    words = {"paragraph": "lid {}", "point": "onder {})"}
    return ", ".join([head, *(words.get(kind, "{}").format(number) for kind, number in unit.named)])
