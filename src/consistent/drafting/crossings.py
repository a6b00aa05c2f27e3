"""Who does what to what: sentences of an act that may come to a value though no cue has their words, as `crossings_*.toml` have it.

    [[crossing]]
    who = ["union"]
    does = ["decides"]
    what = ["forces"]
    gives = { areas = ["armed-forces"], effects = ["command"] }

Cues know wordings that somebody wrote down. A new act says the same in others: so the words are kept by class, wide ones too, and a sentence
is seen where it has one of each class. In an act on defence `units` are forces; elsewhere they are not, so the crossings of a file may hold
`within` an area. Classes of words and what takes a crossing away (`unless`) belong to their file.
What it gives is a hint: a rule that asks for the term is open with the passage, and no value is given.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import tomli
from attrs import frozen

from consistent.documents.document import Span
from consistent.documents.words.phrases import compiled
from consistent.drafting.cues.passages import CuedValue
from consistent.model.proposal import fields_in
from consistent.model.vocabulary import Vocabularies

__all__ = ["CONFIDENCE", "Crossing", "crossing_hints", "shipped_crossings"]

_FILES = "crossings_*.toml"
# In percent: under what a value needs.
CONFIDENCE = 45
# So many letters are the words of a crossing apart at most: further off they belong to something else.
_NEAR = 260
_ENDS = re.compile(r";")


@frozen(kw_only=True)
class Crossing:
    """What a sentence may come to.

    Attributes:
        classes: of words, by name, in groups; of each group one must stand in the sentence.
        unless: classes of words of which none may stand there.
        within: the area that the title of the act, or a heading above the measure, must be about; none for any act.
        gives: by field the terms that the sentence may come to.
    """

    classes: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]
    within: str | None
    gives: Mapping[str, tuple[str, ...]]

    @property
    def id(self) -> str:
        """Names the crossing in a draft: its classes, the first of each group."""
        return "crossing/" + "/".join(group[0].partition("/")[2] for group in self.classes)


def crossing_hints(
    text: str, sentences: Iterable[Span], language: str, values: Collection[CuedValue], vocabularies: Vocabularies
) -> Iterator[CuedValue]:
    """What the sentences of a measure may come to; nothing that the measure has already.

    Args:
        text: of the document.
        sentences: of the measure.
        language: of the document.
        values: of the measure.
        vocabularies: of the pack; terms and fields that it does not have are left out.
    """
    # A narrower area alone does not make the whole act one on that field.
    about = {value.term for value in values if value.field == "areas" and value.inherited}
    crossings = [crossing for crossing in shipped_crossings() if crossing.within is None or crossing.within in about]
    has = {(value.field, value.term) for value in values}
    fields = fields_in(vocabularies).measure
    for sentence in _pieces(text, sentences):
        found: dict[str, tuple[Span, ...]] = {}
        for crossing in crossings:
            span = _met(crossing, text, sentence, language, found)
            if span is None:
                continue
            for name, terms in crossing.gives.items():
                for term in terms:
                    if name in fields and (name, term) not in has and term in vocabularies[fields[name].vocabulary]:
                        has.add((name, term))
                        yield CuedValue(field=name, term=term, span=span, cue=crossing.id, confidence=CONFIDENCE)


def _met(
    crossing: Crossing, text: str, sentence: Span, language: str, found: dict[str, tuple[Span, ...]]
) -> Span | None:
    """From the first to the last of the words by which a sentence meets a crossing; None where it does not.

    Args:
        crossing: to be met.
        text: of the document.
        sentence: that is read.
        language: of the document.
        found: by class the words of it in the sentence; what is looked up is put there.
    """

    def words(names: Sequence[str]) -> Iterator[Span]:
        for name in names:
            if name not in found:
                hits = _words(language)[name].finditer(text, sentence.start, sentence.end)
                found[name] = tuple(Span(*hit.span()) for hit in hits)
            yield from found[name]

    spans: list[Span] = []
    for group in crossing.classes:
        # The same words do not stand for two classes; a phrase with a gap may hold those of another.
        free = (span for span in words(group) if span not in spans)
        near = min(free, key=lambda span: abs(span.start - spans[0].start) if spans else span.start, default=None)
        if near is None:
            return None
        spans.append(near)
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    if end - start > _NEAR or any(words(crossing.unless)):
        return None
    return Span(start, end)


def _pieces(text: str, sentences: Iterable[Span]) -> Iterator[Span]:
    """Sentences, cut where the points of a list end."""
    for sentence in sentences:
        start = sentence.start
        for end in _ENDS.finditer(text, sentence.start, sentence.end):
            yield Span(start, end.start())
            start = end.end()
        if start < sentence.end:
            yield Span(start, sentence.end)


@cache
def shipped_crossings() -> tuple[Crossing, ...]:
    """As shipped, in the order of the files."""
    return tuple(
        Crossing(
            classes=tuple(
                tuple(f"{name}/{word}" for word in one[part]) for part in ("what", "does", "who", "with") if part in one
            ),
            unless=tuple(f"{name}/{word}" for word in (*data["unless"], *one.get("unless", ()))),
            within=data.get("within"),
            gives={field: tuple(terms) for field, terms in one["gives"].items()},
        )
        for name, data in _data().items()
        for one in data["crossing"]
    )


@cache
def _words(language: str) -> Mapping[str, re.Pattern[str]]:
    """The classes of words of all files in one language, each as one pattern, by file and name."""
    return {
        f"{name}/{word}": re.compile("|".join(compiled(phrase, {}).source for phrase in phrases[language]))
        for name, data in _data().items()
        for word, phrases in data["words"].items()
    }


@cache
def _data() -> Mapping[str, Any]:
    """By what the files are about."""
    return {
        file.stem.removeprefix("crossings_"): tomli.loads(file.read_text("utf-8"))
        for file in sorted(Path(__file__).parent.glob(_FILES))
    }
