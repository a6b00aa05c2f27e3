"""Main clauses: whom their subject names, what they lay down, and in which words.

An act's sentences are read by `modality`; a document of policy says what its authors `will` do and others `should`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

from attrs import field, frozen

from consistent.intake.document import Span
from consistent.intake.modality import Norm, norm_of
from consistent.intake.provision_words import Modality, words_of
from consistent.intake.sentences import sentences

__all__ = ["FORCES", "Clause", "ClauseReader", "Force", "Named", "alternatives"]

# What a clause does to its subject: the modalities of acts, and what a document of policy says will be done.
Force = Modality | Literal["will"]
FORCES: tuple[str, ...] = (*get_args(Modality), "will")

# In letters from the words of force.
_FARTHEST_AGENT = 80
_JOINTS = {
    "en": re.compile(r"\s*(?:,\s+(?:and|or)|,|and/or|and|or)\s+"),
    "nl": re.compile(r"\s*(?:,\s+(?:en|of)|,|en/of|en|of)\s+"),
}


@frozen
class Named:
    """A name that was found.

    Attributes:
        term: of the vocabulary.
        cue: by which it was found.
        span: of the name.
    """

    term: str
    cue: str
    span: Span


@frozen(kw_only=True)
class Clause:
    """A main clause.

    Attributes:
        subjects: the names that form its subject, in order; empty where it is none that is known.
        agents: by whom something is to be done, where the subject is what undergoes it.
        force: what it does to its subject.
        mark: the words that say so; None where nothing does.
        predicate: what the subject must, may or will do.
        sentence: the sentence, or the point of a list, that it stands in.
        passive: whether the subject undergoes it.
    """

    subjects: tuple[Named, ...]
    force: str
    mark: Span | None
    predicate: Span
    sentence: Span
    agents: tuple[Named, ...] = ()
    passive: bool = False

    @property
    def span(self) -> Span:
        """From the subject to the words that tell the force."""
        spans = [each.span for each in self.subjects] + ([self.mark] if self.mark else [])
        return Span(min(each.start for each in spans), max(each.end for each in spans)) if spans else self.sentence


@frozen
class ClauseReader:
    """Reads clauses in one language.

    Attributes:
        language: `en` or `nl`.
        names: finds a name; its last group that matched tells which of `terms` it is.
        terms: the term and cue of each group of `names`.
        before: what may stand in front of a name.
        after: what may follow one that is a subject.
        idle: finds, from the words of force on, that the subject undergoes something or merely is something.
        timing: finds that a sentence says from when the act applies.
        itself: finds, at the beginning of a sentence, that the act speaks of itself.
        recommends: finds the formula of a recommendation.
        policy: the words of documents of policy, by force.
    """

    language: str
    names: re.Pattern[str]
    terms: Sequence[tuple[str, str]]
    before: re.Pattern[str]
    after: re.Pattern[str]
    idle: re.Pattern[str]
    timing: re.Pattern[str]
    itself: re.Pattern[str]
    recommends: re.Pattern[str]
    policy: Mapping[str, re.Pattern[str]] = field(factory=dict)

    def name_at(self, text: str, start: int, end: int) -> Named | None:
        """The name that begins just there, whatever stands behind it."""
        found = self.names.match(text, start, end)
        if found is None or found.lastindex is None:
            return None
        term, cue = self.terms[found.lastindex - 1]
        return Named(term, cue, Span(*found.span()))

    def of_norm(self, text: str, span: Span, norm: Norm) -> Clause:
        """The clause of a sentence or point of an act, from the norm that it lays down."""
        subjects = self._names(text, norm.subject) if norm.subject else ()
        passive = norm.cue is not None and self._passive(text, norm.cue, span)
        agent = norm.actor if passive and not subjects and norm.cue is not None else None
        if agent is not None and norm.cue is not None and agent.span.start - norm.cue.end > _FARTHEST_AGENT:
            # That far it belongs to another verb: `by criteria that were set out by the Commission`.
            agent = None
        own = norm.cue is not None and span.start <= norm.cue.start < span.end
        start = norm.cue.end if norm.cue and own else span.start
        if self.language == "nl" and norm.cue and own:
            # The finite verb is part of what is to be done.
            start = norm.cue.start
        return Clause(
            subjects=subjects,
            agents=self._names(text, agent.span) if agent else (),
            force=norm.modality,
            mark=norm.cue,
            predicate=Span(start, span.end),
            sentence=span,
            passive=passive,
        )

    def _passive(self, text: str, mark: Span, sentence: Span) -> bool:
        end = sentence.end if mark in sentence else min(len(text), mark.end + 200)
        return self.idle.match(text, mark.start, end) is not None

    def of_act(self, text: str, span: Span) -> Iterator[Clause]:
        """The clauses of a stretch of text that is one paragraph of an act."""
        words = words_of(self.language)
        if words is not None:
            for sentence in sentences(text, span, words):
                yield self.of_norm(text, sentence, norm_of(text, sentence, words))

    def of_policy(self, text: str, span: Span) -> Iterator[Clause]:
        """The clauses of a stretch of text that is one paragraph of a document of policy; those that say what to do."""
        words = words_of(self.language)
        for sentence in sentences(text, span, words) if words is not None else ():
            found = sorted(
                (each.start(), each.end(), force)
                for force, pattern in self.policy.items()
                for each in pattern.finditer(text, sentence.start, sentence.end)
            )
            for start, end, force in found:
                subjects = self._before(text, sentence.start, start) or self._behind(text, end, sentence.end)
                if subjects:
                    passive = self._passive(text, Span(start, end), sentence)
                    mark, predicate = Span(start, end), Span(end, sentence.end)
                    yield Clause(
                        subjects=subjects,
                        force=force,
                        mark=mark,
                        predicate=predicate,
                        sentence=sentence,
                        passive=passive,
                    )
                    break

    def _before(self, text: str, start: int, end: int) -> tuple[Named, ...]:
        """The names in front of a verb, at the beginning of the sentence or after its last comma."""
        comma = text.rfind(",", start, end)
        whole = self._names(text, Span(start, end))
        return whole or (self._names(text, Span(comma + 1, end)) if comma > 0 else ())

    def _behind(self, text: str, start: int, end: int) -> tuple[Named, ...]:
        """The name behind a verb, as where Dutch turns a clause round, or one is called upon."""
        at = self._past(text, start, end)
        name = self.name_at(text, at, end) if at > start else None
        return (name,) if name else ()

    def _past(self, text: str, start: int, end: int) -> int:
        found = self.before.match(text, start, end)
        return found.end() if found else start

    def _names(self, text: str, span: Span) -> tuple[Named, ...]:
        """The names that a subject consists of; none where it begins with something else."""
        found: list[Named] = []
        at = span.start
        while name := self._name_from(text, at, span.end):
            rest = text[name.span.end : span.end].lstrip()
            if rest and rest[0] not in ",(" and not self.after.match(text, name.span.end, span.end):
                break
            found.append(name)
            joint = _JOINTS[self.language].match(text, name.span.end, span.end)
            if joint is None:
                break
            at = joint.end()
        return tuple(found)

    def _name_from(self, text: str, start: int, end: int) -> Named | None:
        """The name that begins there, with or without an article and the like before it."""
        while start < end and text[start].isspace():
            start += 1
        return self.name_at(text, start, end) or self.name_at(text, self._past(text, start, end), end)


def alternatives(words: Sequence[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(r"\s+".join(map(re.escape, each.split())) for each in sorted(words, key=len, reverse=True))
