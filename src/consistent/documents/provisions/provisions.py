"""The provisions of an act: for each sentence of its articles and annexes, where it stands and what it lays down.

What stands outside enacting terms and annexes lays down nothing: memorandum, recitals, notes, the financial statement.
"""

import re
from collections.abc import Iterator

from attrs import evolve, frozen

from consistent.documents.citing.references import Place, Reference, references
from consistent.documents.document import Document, Part, Span
from consistent.documents.provisions.amendments import Amended, AmendedPassages
from consistent.documents.provisions.norms import Norm, norm_of
from consistent.documents.provisions.sentences import sentences
from consistent.documents.structure.numbering import label_of
from consistent.documents.words.provision_words import Modality, Party, ProvisionWords, words_of

__all__ = ["Provision", "provisions_of"]

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
        for number, span in enumerate(spans):
            norm = norm_of(text, span, words)
            chapeau = where.chapeau if number == 0 else None
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
    return norm.modality == "declaratory" or not text[span.start].isupper()


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
