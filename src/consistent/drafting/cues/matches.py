"""Looks for cues in a sentence, a heading or a title, and says what each finding rests on."""

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, field, frozen

from consistent.documents.document import Span
from consistent.documents.provisions.sentences import Norm
from consistent.documents.words.phrases import Phrase
from consistent.drafting.cues.cue import Cue, CuePlace, Cues, Frame, Sort

__all__ = ["CuedValue", "Matcher", "Passage"]

# A phrase that belongs to a verb begins at most nine words behind it.
_SOON = re.compile(r"(?:\s*[^\s]{1,60}){0,10}")
# INVARIANT: of a longer sentence no more is looked at, so that the work is linear in the text.
_LONGEST = 6_000
_ACTORS = "actors"


@frozen(kw_only=True)
class CuedValue:
    """A value that a text gives a measure.

    Attributes:
        field: of a measure.
        term: of its vocabulary.
        span: the words that say so; never empty.
        cue: the id of the cue or frame.
        confidence: in percent.
        inherited: whether it is said of the whole act, or of what the article stands in, not of the provision itself.
    """

    field: str
    term: str
    span: Span
    cue: str
    confidence: int
    inherited: bool = False

    def passed_on(self, percent: int) -> "CuedValue":
        """The same, said of what the measure is part of: with less confidence."""
        return evolve(self, confidence=self.confidence * percent // 100, inherited=True)


@frozen(kw_only=True)
class Passage:
    """A sentence with what it goes on with.

    Attributes:
        norm: what it lays down.
        sentence: the sentence, or the point of a list.
        chapeau: the sentence before the list that it is a point of.
    """

    norm: Norm
    sentence: Span
    chapeau: Span | None = None

    @property
    def span(self) -> Span:
        """Of the sentence, or the beginning of a very long one."""
        return _cut(self.sentence)

    @property
    def cue(self) -> Span | None:
        """The words of force; None where they stand in the sentence before the list, which was met already."""
        return self.norm.cue if self.norm.cue is not None and self.norm.cue in self.sentence else None

    @property
    def predicate(self) -> Span:
        """What the subject must, may or will do; with the finite verb, which in Dutch is part of it."""
        return _cut(Span(self.cue.start, self.sentence.end) if self.cue else self.sentence)

    @property
    def clause(self) -> Span:
        """From the subject to the words of force."""
        spans = [subject.span for subject in self.norm.subjects] + ([self.norm.cue] if self.norm.cue else [])
        return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else self.sentence


@frozen(eq=False)
class Matcher:
    """Looks for the cues of one language in documents of one sort.

    Args:
        cues: all of them.
        language: `en` or `nl`.
        sort: of document; cues for others are left out.
    """

    cues: Cues
    language: str
    sort: Sort
    _by_place: dict[str, list[Cue]] = field(init=False, factory=dict, repr=False)

    def __attrs_post_init__(self) -> None:
        for cue in self.cues.cues:
            if not cue.documents or self.sort in cue.documents:
                self._by_place.setdefault(cue.where, []).append(cue)

    def live(self, text: str, span: Span) -> tuple[Cue, ...]:
        """The cues for texts of which at least one phrase may occur in a stretch; a cheap look before the real one."""
        lower = text[span.start : span.end].lower()
        return tuple(
            cue
            for cue in self._by_place.get("text", ())
            if cue.gives not in {_ACTORS, "partners"}
            and (not cue.phrases[self.language] or any(phrase.word in lower for phrase in cue.phrases[self.language]))
        )

    def in_passage(self, text: str, passage: Passage, live: Sequence[Cue]) -> Iterator[CuedValue]:
        """What a sentence gives; nothing for a definition.

        Args:
            text: of the document.
            passage: the sentence.
            live: the cues that may be met, from `live` on a stretch around it.
        """
        if passage.norm.modality == "definition":
            return
        lower = text[passage.span.start : passage.span.end].lower()
        met = [(cue, span) for cue in live if (span := self._met(text, passage, cue, lower)) is not None]
        given = {(cue.gives, cue.term) for cue, _ in met}
        single = (
            text.count(text[passage.cue.start : passage.cue.end], passage.span.start, passage.span.end) == 1
            if passage.cue
            else True
        )
        for cue, span in met:
            if single and any((cue.gives, other) in given for other in cue.not_beside):
                continue
            yield CuedValue(field=cue.gives, term=cue.term, span=span, cue=cue.id, confidence=cue.confidence)
        yield from self._framed(text, passage.span, lower)

    def in_heading(self, text: str, span: Span, *places: CuePlace) -> Iterator[CuedValue]:
        """What a heading, the title or the formula of adoption gives.

        Args:
            text: of the document.
            span: of the heading.
            places: what it is; cues for any of these are looked for.
        """
        lower = text[span.start : span.end].lower()
        for cue in (placed for place in places for placed in self._by_place.get(place, ())):
            hit = _first(cue.phrases[self.language], text, span, lower)
            if hit is not None and _first(cue.barring[self.language], text, span, lower) is None:
                yield CuedValue(field=cue.gives, term=cue.term, span=hit, cue=cue.id, confidence=cue.confidence)

    def _met(self, text: str, passage: Passage, cue: Cue, lower: str) -> Span | None:
        """The words that meet a cue; None where none do.

        Args:
            text: of the document.
            passage: the sentence.
            cue: that is looked for.
            lower: the text of the sentence in lower case, for a cheap look before the real one.
        """
        norm, phrases = passage.norm, cue.phrases[self.language]
        if cue.force:
            if norm.modality not in cue.force or norm.passive:
                return None
            if cue.subject and not any(subject.name in cue.actors for subject in norm.subjects):
                return None
            whole = passage.clause if passage.cue else None
            hit = _soon(phrases, text, passage.predicate, lower) if phrases else whole
        else:
            hit = _first(phrases, text, passage.span, lower)
        if hit is None or self._barred(text, passage, cue, lower):
            return None
        return hit

    def _barred(self, text: str, passage: Passage, cue: Cue, lower: str) -> bool:
        """Whether a phrase of `unless` stands in the sentence, or in the one before the list that it is a point of."""
        barring = cue.barring[self.language]
        if not barring:
            return False
        if _first(barring, text, passage.span, lower) is not None:
            return True
        chapeau = _cut(passage.chapeau) if passage.chapeau else None
        return (
            chapeau is not None
            and _first(barring, text, chapeau, text[chapeau.start : chapeau.end].lower()) is not None
        )

    def _framed(self, text: str, span: Span, lower: str) -> Iterator[CuedValue]:
        for frame in self.cues.frames:
            for phrase in frame.phrases[self.language]:
                if phrase.word not in lower:
                    continue
                for hit in phrase.pattern.finditer(text, span.start, span.end):
                    yield from self._named(text, frame, hit)

    def _named(self, text: str, frame: Frame, hit: re.Match[str]) -> Iterator[CuedValue]:
        """The value of the name that stands in the place of `<who>`; none where nobody known is named."""
        names = self.cues.names[frame.file, self.language]
        party = names.at(text, *hit.span("who"))
        if party is not None:
            yield CuedValue(
                field=frame.gives, term=party.name, span=Span(*hit.span()), cue=frame.id, confidence=frame.confidence
            )


def _cut(span: Span) -> Span:
    return Span(span.start, min(span.end, span.start + _LONGEST))


def _first(phrases: Iterable[Phrase], text: str, span: Span, lower: str) -> Span | None:
    """The first of the phrases that occurs."""
    for phrase in phrases:
        if phrase.word in lower:
            hit = phrase.pattern.search(text, span.start, span.end)
            if hit is not None:
                return Span(*hit.span())
    return None


def _soon(phrases: Iterable[Phrase], text: str, predicate: Span, lower: str) -> Span | None:
    """The first of the phrases that begins soon after the verb."""
    near = _SOON.match(text, predicate.start, predicate.end)
    last = near.end() if near else predicate.start
    for phrase in phrases:
        if phrase.word in lower:
            hit = phrase.pattern.search(text, predicate.start, predicate.end)
            if hit is not None and hit.start() <= last:
                return Span(*hit.span())
    return None
