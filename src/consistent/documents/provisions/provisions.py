"""The provisions of an act: for each sentence of its articles and annexes, where it stands and what it lays down.

What stands outside enacting terms and annexes lays down nothing: memorandum, recitals, notes, the financial statement. What an
amending act puts into another act (`Amended`) is to become that act's own, and has its place there.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from attrs import evolve, frozen

from consistent.documents.citing.references import Place, Reference, references
from consistent.documents.document import Document, Part, Span
from consistent.documents.provisions.roles import with_roles
from consistent.documents.provisions.sentences import Norm, carried_on, named_by_pronoun, norm_of, sentences
from consistent.documents.structure.numbering import label_of
from consistent.documents.words.provision_words import Modality, Party, ProvisionWords, words_of

__all__ = ["Amended", "AmendedPassages", "Provision", "provisions_of"]

_OPENS = "\"'\u2018\u201c\u201e\u00ab"
_CLOSES = re.compile("[\"'\u2019\u201d\u00bb\u201c][;.,]{0,2}\\s*(?:$|(?=\\n))", re.MULTILINE)
_INLINE = re.compile(r"[\s\"'\u2018\u201c\u201e\u00ab]+(?:\(?\w{1,4}[.)]\s+)?")
_PARAGRAPH = re.compile(r"[\s\"'\u2018\u201c\u201e]*(\d{1,3}[a-z]{0,2}|\d{1,3} (?:bis|ter|quater|quinquies))\.\s")


@frozen(kw_only=True)
class Amended:
    """A provision of another act.

    Attributes:
        act: `CELEX 32011L0083`; empty where the text does not say which.
        place: in that act.
    """

    act: str = ""
    place: Place


class AmendedPassages:
    """The passages of an article or annex that are to become another act's, in order, without overlap."""

    def __init__(self, document: Document, part: Part, words: ProvisionWords) -> None:
        self._text, self._words = document.text, words
        self._passages = list(_passages(document, part, words))
        self._starts = [passage.start for passage, _ in self._passages]
        self._read = [(act, *_places(document.text, passage, place, words)) for passage, (act, place) in self._passages]

    def pieces(self, span: Span) -> Iterator[Span]:
        """A stretch of text, cut where passages begin, without the mark and the number that a passage begins with."""
        at = span.start
        for start in self._starts[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]:
            if at < start:
                yield Span(at, start)
            label = _article(self._words).match(self._text, start, span.end) or _INLINE.match(
                self._text, start, span.end
            )
            at = label.end() if label else start
        yield Span(at, span.end)

    def around(self, span: Span) -> Amended | None:
        """The provision of another act that a sentence is to become part of; None for a sentence of this act."""
        at = bisect_right(self._starts, span.start) - 1
        if at < 0 or span not in self._passages[at][0]:
            return None
        act, lines, places = self._read[at]
        return Amended(act=act, place=places[bisect_right(lines, span.start) - 1])


def _passages(document: Document, part: Part, words: ProvisionWords) -> Iterator[tuple[Span, tuple[str, Place]]]:
    """Each passage with the act and the place that the words before it name.

    Args:
        document: that holds the part.
        part: an article or annex.
        words: of the language.
    """
    text, end = document.text, part.span.end
    closed = [mark.end() for mark in _CLOSES.finditer(text, part.span.start, end)]
    quoted = {inner.span.start: inner.span.end for inner in part.walk() if inner.kind == "quoted"}
    act, here = "", Place()
    at = part.span.start
    while at < end:
        if at in quoted:
            yield Span(at, quoted[at]), (act, evolve(here, act=""))
            at = quoted[at] + 1
            continue
        stop = _line_end(text, at, end)
        cue = words.patterns["amending"].search(text, at, stop)
        if cue is not None:
            named = [reference.place for reference in references(text, Span(at, cue.end()), words, Place())]
            act = next((place.act for place in named if place.act), act)
            # `Article 6 is amended as follows: (a) in paragraph 1, ...`: the article holds for what is under it.
            wide = next((place for place in named if place.article or place.annex), None)
            here = wide or (evolve(here, paragraph=named[0].paragraph) if named else here)
            # The structure has what begins in a line of its own; here is what goes on in the same line.
            start = _passage_start(text, cue.end(), stop)
            if start is not None:
                stop = _passage_end(text, start, end, closed, words)
                yield Span(start, stop), (act, evolve(here, act=""))
        at = stop + 1


def _line_end(text: str, at: int, end: int) -> int:
    line_break = text.find("\n", at, end)
    return end if line_break < 0 else line_break


_LABELLED = re.compile(r"\s*\(?\w{1,4}[.)]\s")


def _passage_start(text: str, at: int, end: int) -> int | None:
    """Where the words of the other act begin, after a cue that ends with a colon; None where none follow."""
    match = re.compile(r"[^\n:]{0,80}:\s*").match(text, at, end)
    start = match.end() if match else (at if text[at - 1 : at] == ":" else None)
    if start is None:
        return None
    while start < end and text[start].isspace():
        start += 1
    if start >= end or _AMENDS_ITSELF.match(text, start, end):
        return None
    return start


# `is amended as follows:` leads up to a list of amendments, not to a passage.
_AMENDS_ITSELF = re.compile(
    r"\(?-?\w{1,4}[.)]\s+(?:[Ii]n|[Tt]he|[Aa]rticle|[Aa]rtikel|[Aa]nnex|[Bb]ijlage|[Dd]e|[Hh]et|[Pp]aragraph|[Pp]oint|[Ll]id|[Tt]itle)\b"
)


def _passage_end(text: str, start: int, end: int, closed: Sequence[int], words: ProvisionWords) -> int:
    """The end of a passage: its closing mark at the end of a line, or the next line that is an amendment itself.

    A mark that was opened may never be closed, and one that was never opened may stand at the end.
    """
    after = bisect_right(closed, start + 1)
    limit = closed[after] if text[start] in _OPENS and after < len(closed) else end
    at = _line_end(text, start, limit)
    while at < limit:
        stop = _line_end(text, at + 1, limit)
        if _LABELLED.match(text, at, stop) and words.patterns["amending"].search(text, at, stop):
            return at
        at = stop
    return limit


def _places(text: str, passage: Span, place: Place, words: ProvisionWords) -> tuple[list[int], list[Place]]:
    """Where in the other act each line of a passage stands, by the numbers before it: beginnings of lines, and places."""
    starts, places = [], []
    article, paragraph = place.article, place.paragraph
    at = passage.start
    while at < passage.end:
        stop = _line_end(text, at, passage.end)
        match = _article(words).match(text, at, stop)
        if match:
            article, paragraph = match[1], ""
        number = _PARAGRAPH.match(text, match.end() if match else at, stop)
        if number:
            paragraph = number[1]
        starts.append(at)
        places.append(Place(article=article, paragraph=paragraph, annex=place.annex))
        at = stop + 1
    return starts, places


@cache
def _article(words: ProvisionWords) -> re.Pattern[str]:
    forms = "|".join(words.references["article"])
    return re.compile(
        rf"[\s\"'\u2018\u201c\u201e]*(?:{forms})\s(\d{{1,4}}(?:[a-z]{{1,2}}\b| (?:bis|ter|quater|\w+ies)\b)?)",
        re.IGNORECASE,
    )


# Provisions, each with what it lays down and names.

_OUTSIDE = frozenset(
    {"closing", "cover", "financial-statement", "heading", "memorandum", "note", "preamble", "running", "title-of-act"}
)
_UNITS = frozenset({"paragraph", "subparagraph", "text"})


@frozen(kw_only=True)
class Provision:
    """One sentence of an article or annex.

    Attributes:
        place: the article or annex, paragraph, subparagraph and point that it stands in; the point is the outermost one.
        points: numbers of all points that it stands in, outermost first.
        span: of the sentence, without the number before it.
        part: of the paragraph or point that it stands in.
        norm: what it lays down; a point that goes on with the sentence before the list has that sentence's norm.
        chapeau: the sentence that leads up to the list of points that it stands in.
        references: to other provisions and acts.
        amended: the provision of another act that it is to become; None where it is one of this act.
        heading: of the article or annex.
    """

    place: Place
    points: tuple[str, ...] = ()
    span: Span
    part: Span
    norm: Norm
    chapeau: Span | None = None
    references: tuple[Reference, ...] = ()
    amended: Amended | None = None
    heading: str = ""

    @property
    def modality(self) -> Modality:
        """Of its norm."""
        return self.norm.modality

    @property
    def addressee(self) -> Party | None:
        """Of its norm."""
        return self.norm.addressee


@frozen(kw_only=True)
class _Where:
    """What the parts around a sentence say of it."""

    place: Place
    points: tuple[str, ...] = ()
    heading: str = ""
    chapeau: Provision | None = None
    part: Span


def provisions_of(document: Document) -> tuple[Provision, ...]:
    """The provisions of a document, in the order of its text; none where its language is not read.

    INVARIANT: the spans lie in articles and annexes, and do not overlap.
    """
    words = words_of(document.language)
    if words is None:
        return ()
    words = with_roles(words, document)
    targets = _targets(document)
    provisions: list[Provision] = []
    for part in _acts(document):
        reading = _Reading(document, words, AmendedPassages(document, part, words))
        for provision in reading.within(part, _Where(place=_place_of(part), heading=part.heading, part=part.span)):
            amended = reading.quotations.around(provision.span)
            # The words of another act speak of that act's articles.
            named = references(document.text, provision.span, words, amended.place if amended else provision.place)
            aimed = named if amended else tuple(_aimed(reference, targets) for reference in named)
            provisions.append(evolve(provision, amended=amended, references=aimed))
    return tuple(provisions)


def _acts(document: Document) -> Iterator[Part]:
    """The articles of the enacting terms, and the annexes."""

    def below(parts: tuple[Part, ...], *, enacting: bool) -> Iterator[Part]:
        for part in parts:
            if part.kind == "annex" or (part.kind == "article" and enacting):
                yield part
            elif part.kind not in _OUTSIDE:
                yield from below(part.parts, enacting=enacting or part.kind == "enacting-terms")

    yield from below(document.parts, enacting=False)


def _place_of(part: Part) -> Place:
    return Place(annex=part.number or "1") if part.kind == "annex" else Place(article=part.number or "1")


@frozen
class _Reading:
    """Reads the provisions of one article or annex."""

    document: Document
    words: ProvisionWords
    quotations: AmendedPassages

    def within(self, part: Part, where: _Where) -> Iterator[Provision]:
        """The provisions of a part and of those below it."""
        chapeau = where.chapeau
        unnumbered, at = 0, part.span.start
        for number, child in enumerate((*part.parts, None)):
            own = Span(at, child.span.start if child else part.span.end)
            for line, labelled in _lines(self.document, part, own, first=number == 0):
                # What a quotation holds are lines, not parts; those with a label go on with the line that leads up to them.
                leads = chapeau if labelled or part.kind != "quoted" else None
                read = list(self._sentences(line, evolve(where, chapeau=leads)))
                yield from read
                if read and self._leads_up(read[-1]):
                    chapeau = read[-1]
            if child is None:
                break
            at = child.span.end
            if child.kind in _OUTSIDE:
                continue
            unnumbered += child.kind == "subparagraph"
            last: Provision | None = None
            for provision in self.within(child, _inside(child, where, chapeau, unnumbered)):
                yield provision
                last = provision
            # A list may hang under the last sentence of an unnumbered paragraph before it.
            if last is not None and child.kind in _UNITS:
                chapeau = last if self._leads_up(last) else where.chapeau

    def _leads_up(self, provision: Provision) -> bool:
        return self.document.of(provision.span).endswith(":")

    def _sentences(self, line: Span, where: _Where) -> Iterator[Provision]:
        """The sentences of one paragraph or point. Its first goes on with the sentence before the list that it stands in."""
        text, words = self.document.text, self.words
        spans = [sentence for piece in self.quotations.pieces(line) for sentence in sentences(text, piece, words)]
        before: Norm | None = None
        for number, span in enumerate(spans):
            norm = named_by_pronoun(text, span, norm_of(text, span, words), before, words)
            before = norm
            chapeau = where.chapeau if number == 0 else None
            if chapeau is not None and chapeau.norm.cue is None:
                norm = carried_on(text, span, chapeau.span, words) or norm
            if chapeau is not None and _goes_on(text, span, norm):
                norm = _inherited(text, span, norm, chapeau.norm)
            yield Provision(
                place=where.place,
                points=where.points,
                span=span,
                part=where.part,
                norm=norm,
                chapeau=chapeau.span if chapeau else None,
                heading=where.heading,
            )


def _inside(child: Part, where: _Where, chapeau: Provision | None, unnumbered: int) -> _Where:
    """What is known of the sentences of a part below another.

    Args:
        child: the part.
        where: what is known of the part above.
        chapeau: the sentence that leads up to the part; None where none does.
        unnumbered: how many subparagraphs came before, itself included.
    """
    place = where.place
    points = where.points
    if child.kind == "paragraph" and not points:
        place = evolve(place, paragraph=child.number)
    elif child.kind == "subparagraph" and not points:
        # The first subparagraph is the paragraph's own text.
        place = evolve(place, subparagraph=str(unnumbered + 1))
    elif child.kind in {"point", "paragraph"}:
        points = (*points, child.number)
        place = evolve(place, point=place.point or child.number)
    # What is quoted is no part of the sentence that leads up to it.
    leads = None if child.kind == "quoted" else chapeau
    return _Where(place=place, points=points, heading=where.heading, chapeau=leads, part=child.span)


def _lines(document: Document, part: Part, span: Span, *, first: bool) -> Iterator[tuple[Span, bool]]:
    """The stretches of a part's own text that are one paragraph each, without number and heading, and whether one had a number."""
    at = span.start
    for line in document.text[span.start : span.end].split("\n"):
        start, at = at, at + len(line) + 1
        if not line.strip():
            continue
        title = start == part.span.start or (part.heading and line.strip() in part.heading)
        if first and title and part.kind in {"article", "annex"}:
            continue
        label = label_of(line)
        own = label is not None and (
            part.kind == "quoted" or (start == part.span.start and label.text in {part.number, ""})
        )
        yield Span(start + label.length if own and label else start, start + len(line)), own


def _goes_on(text: str, span: Span, norm: Norm) -> bool:
    """Whether a point goes on with the sentence before the list, rather than being a sentence of its own."""
    return norm.modality == "declaratory" or not (text[span.start].isupper() or norm.subjects)


def _inherited(text: str, span: Span, own: Norm, chapeau: Norm) -> Norm:
    """The norm of the sentence before the list, with the action of the point where that sentence leaves it open."""
    if own.modality == "definition" or chapeau.modality == "declaratory":
        return own
    end = span.start + len(text[span.start : span.end].rstrip(" ;,."))
    verb = None if chapeau.action or chapeau.modality == "definition" else _VERB.match(text, span.start, end)
    if verb is None:
        return evolve(chapeau, object=Span(span.start, end))
    start = min(verb.end() + 1, end)
    return evolve(chapeau, action=(Span(*verb.span()),), object=Span(start, end) if start < end else None)


_VERB = re.compile(r"(?:(?:not|be|also|to)\s+)*[a-z][\w-]+")


def _targets(document: Document) -> dict[tuple[str, str, str, str], Span]:
    """The parts of this act by annex, article, paragraph and point."""
    targets: dict[tuple[str, str, str, str], Span] = {}

    def note(part: Part, place: Place) -> None:
        targets.setdefault((place.annex, place.article, place.paragraph, place.point), part.span)
        for child in part.parts:
            if child.kind == "paragraph" and not place.point:
                note(child, evolve(place, paragraph=child.number))
            elif child.kind == "point" and not place.point:
                note(child, evolve(place, point=child.number))
            elif child.kind == "subparagraph":
                note(child, place)

    for part in _acts(document):
        note(part, _place_of(part))
    return targets


def _aimed(reference: Reference, targets: dict[tuple[str, str, str, str], Span]) -> Reference:
    """The reference with the part that it names, where this act has it."""
    place = reference.place
    if place.act:
        return reference
    return evolve(reference, target=targets.get((place.annex, place.article, place.paragraph, place.point)))
