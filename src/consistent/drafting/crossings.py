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
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import tomli
from attrs import evolve, frozen

from consistent.documents.document import Span
from consistent.documents.words.phrases import WordFinder, compiled
from consistent.drafting.cues.passages import CuedValue
from consistent.model.proposal import fields_in
from consistent.model.vocabulary import Vocabularies

__all__ = ["CONFIDENCE", "Crossing", "Crossings", "shipped_crossings"]

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


class Crossings:
    """Reads one document for what its sentences may come to."""

    def __init__(self, text: str, language: str, vocabularies: Vocabularies) -> None:
        """Hold the document.

        Args:
            text: of it.
            language: of it.
            vocabularies: of the pack; terms and fields that it does not have are left out.
        """
        self._text, self._vocabularies = text, vocabularies
        self._looked_for = _looked_for(language)
        self._finder = self._looked_for.finder.afresh()
        self._fields = fields_in(vocabularies).measure

    def hints(self, sentences: Iterable[Span], values: Collection[CuedValue]) -> Iterator[CuedValue]:
        """What the sentences of a measure may come to; nothing that the measure has already.

        Args:
            sentences: of the measure.
            values: of the measure.
        """
        # A narrower area alone does not make the whole act one on that field.
        about = {value.term for value in values if value.field == "areas" and value.inherited}
        crossings = [one for one in shipped_crossings() if one.within is None or one.within in about]
        has = {(value.field, value.term) for value in values}
        for sentence in _pieces(self._text, sentences):
            found = self.possible(sentence)
            for crossing in crossings:
                span = self._met(crossing, sentence, found)
                if span is None:
                    continue
                for name, terms in crossing.gives.items():
                    for term in terms:
                        if (name, term) not in has and self._known(name, term):
                            has.add((name, term))
                            yield CuedValue(field=name, term=term, span=span, cue=crossing.id, confidence=CONFIDENCE)

    @property
    def patterns(self) -> Mapping[str, re.Pattern[str]]:
        """Of the words of each class, by file and name."""
        return self._looked_for.patterns

    def _known(self, name: str, term: str) -> bool:
        return name in self._fields and term in self._vocabularies[self._fields[name].vocabulary]

    def possible(self, sentence: Span) -> dict[str, tuple[Span, ...] | None]:
        """By name the classes of which a word may stand in the sentence: a cheap look, for most have none."""
        there = self._finder.there(self._text[sentence.start : sentence.end].lower())
        classes_of = self._looked_for.classes_of
        return dict.fromkeys(name for word in ("", *there) for name in classes_of.get(word, ()))

    def _met(self, crossing: Crossing, sentence: Span, found: dict[str, tuple[Span, ...] | None]) -> Span | None:
        """From the first to the last of the words by which a sentence meets a crossing; None where it does not.

        Args:
            crossing: to be met.
            sentence: that is read.
            found: by possible class the words of it in the sentence, or None; what is looked up is put there.
        """

        def words(names: Sequence[str]) -> Iterator[Span]:
            for name in names:
                if name in found:
                    spans = found[name]
                    if spans is None:
                        hits = self.patterns[name].finditer(self._text, sentence.start, sentence.end)
                        spans = found[name] = tuple(Span(*hit.span()) for hit in hits)
                    yield from spans

        if any(found.keys().isdisjoint(group) for group in crossing.classes):
            return None
        groups: list[list[Span]] = []
        for group in crossing.classes:
            groups.append([*words(group)])
            if not groups[-1]:
                return None
        first, *others = groups
        spans = [min(first, key=lambda span: span.start)]
        # The same words do not stand for two classes (a phrase with a gap may hold those of another), so that who has few goes first.
        for rest in sorted(others, key=len):
            free = (span for span in rest if span not in spans)
            near = min(free, key=lambda span: abs(span.start - spans[0].start), default=None)
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


@frozen
class _LookedFor:
    """The classes of words of all files in one language, by file and name.

    Attributes:
        patterns: of the words of each class.
        finder: of words that tell which classes may have one in a sentence.
        classes_of: by such a word; by the empty one those that any sentence may have.
    """

    patterns: Mapping[str, re.Pattern[str]]
    finder: WordFinder
    classes_of: Mapping[str, Collection[str]]


@cache
def _looked_for(language: str) -> _LookedFor:
    classes = {
        f"{name}/{word}": [compiled(phrase, {}) for phrase in phrases[language]]
        for name, data in _data().items()
        for word, phrases in data["words"].items()
    }
    classes_of: defaultdict[str, set[str]] = defaultdict(set)
    for name, phrases in classes.items():
        for phrase in phrases:
            # Of each phrase that is met a word of the rarest set is there.
            for word in phrase.words[0] if phrase.words else ("",):
                classes_of[word].add(name)
    return _LookedFor(
        {name: re.compile("|".join(phrase.source for phrase in phrases)) for name, phrases in classes.items()},
        WordFinder(evolve(phrase, words=phrase.words[:1]) for phrases in classes.values() for phrase in phrases),
        classes_of,
    )


@cache
def _data() -> Mapping[str, Any]:
    """By what the files are about."""
    return {
        file.stem.removeprefix("crossings_"): tomli.loads(file.read_text("utf-8"))
        for file in sorted(Path(__file__).parent.glob(_FILES))
    }
