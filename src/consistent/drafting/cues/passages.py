"""A sentence in which cues are looked for, and the value that one gives."""

from attrs import evolve, frozen

from consistent.documents.document import Span
from consistent.documents.provisions.sentences import Norm

__all__ = ["CuedValue", "Passage", "cut"]

# INVARIANT: of a longer sentence no more is looked at, so that the work is linear in the text.
_LONGEST = 6_000


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
        return cut(self.sentence)

    @property
    def cue(self) -> Span | None:
        """The words of force; None where they stand in the sentence before the list, which was met already."""
        return self.norm.cue if self.norm.cue is not None and self.norm.cue in self.sentence else None

    @property
    def predicate(self) -> Span:
        """What the subject must, may or will do; with the finite verb, which in Dutch is part of it."""
        return cut(Span(self.cue.start, self.sentence.end) if self.cue else self.sentence)

    @property
    def clause(self) -> Span:
        """From the subject to the words of force."""
        spans = [subject.span for subject in self.norm.subjects] + ([self.norm.cue] if self.norm.cue else [])
        return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else self.sentence


def cut(span: Span) -> Span:
    """A span, or the beginning of a very long one."""
    return Span(span.start, min(span.end, span.start + _LONGEST))
