"""Cues as data: what in a text says that a measure has a term of the vocabulary."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from attrs import Factory, field, frozen

from consistent.documents.words.phrases import Phrase
from consistent.documents.words.provision_words import Names
from consistent.model.text import Language

__all__ = ["Cue", "CuePhrases", "CuePlace", "Cues", "Frame", "Locator", "Sample", "Sayings", "Sort"]

CuePlace = Literal["text", "heading", "title", "formula"]
Sort = Literal["act", "recommendation", "policy"]


@frozen
class Locator:
    """A passage of a real document, which is not copied.

    Attributes:
        document: its reference: `COM(2022) 68`.
        place: article and paragraph, for readers.
        hash: the first twelve hexadecimal digits of the SHA-256 of the passage's line, blanks made single.
    """

    document: str
    place: str
    hash: str


@frozen
class Sample:
    """A text by which a cue is tested, in each language for which it has phrases: a sentence made up, or a locator."""

    en: str | Locator | None = None
    nl: str | Locator | None = None

    def get(self, language: Language) -> str | Locator | None:
        """The text in that language; None where there is none."""
        return self.nl if language == "nl" else self.en


@frozen
class CuePhrases:
    """Phrases by language, as a file has them."""

    en: tuple[str, ...] = ()
    nl: tuple[str, ...] = ()

    def get(self, language: Language) -> tuple[str, ...]:
        """The phrases in that language; may be empty."""
        return self.nl if language == "nl" else self.en


@frozen(kw_only=True)
class Cue:
    """What says that a measure has a term.

    Attributes:
        term: of the vocabulary of the field.
        en: phrases in English; a cue without phrases is met by a clause of its force and subject alone.
        nl: phrases in Dutch.
        where: `text` of the provision; `heading` of the article or of what it stands in; `title` of the act; `formula` by
            which it is adopted. A cue for a heading looks in the title of the act too.
        force: only for a clause that does one of these to its subject, and with the phrase soon behind the verb.
        subject: only for a clause whose subject is one of these actors or a narrower one.
        nobody: only in a sentence of which nobody known is the subject: what is to be in a plan, and not who is to do something.
        lead: phrases of which one must stand in the same sentence, or in the one that leads up to its list.
        unless: phrases that, in the same sentence, take the cue away.
        does: names of lists of verbs, of `[verbs]`; the cue is met where one of them is the verb of a main clause, and a phrase,
            if there are any, stands in the same clause, before it or behind.
        objects: names of lists of words; the cue is met where a word of each of them is near the verb, in the same clause and not in
            its subject: what is done to what, for whom.
        idle: verbs by which the subject does nothing; the cue is met where the verb of the sentence is known and none of them.
        whole: where it is the act itself of which this is said, it holds for all that the act does.
        beside: only for a measure that has one of these terms of the same field from its own text; for titles.
        not_beside: where its sentence gives of the same field nothing but these terms, and lays down one thing only, this is no more.
        documents: only in acts, recommendations, or documents of policy; all unless given.
        confidence: in percent: how often a person would agree.
        example: must be met.
        counter: must not be met.
        head: of an actor: nouns that make a name with the words before them, as `operators` in `offshore wind operators`.
        anywhere: of an actor: addressed wherever a provision names it, as whom another supports, checks, fines or asks;
            `always`, or only in a sentence of which nobody known is the subject (`no-subject`).
        together: of an actor: terms that its names stand for as well, as `natural or legal person`.
        note: for who keeps the cues.
        gives: the field of a measure that the term is a value of, by the name of the file.
        id: names the cue in a draft: `effects/sanction`, with a number from the second cue of a term on.
        phrases: `en` and `nl`, ready to be looked for.
        leading: `lead`, ready to be looked for.
        barring: `unless`, ready to be looked for.
        idling: `idle`, ready to be looked for.
        doing: `does`, ready to be looked for; None where there are no verbs.
        kinds: `objects`, ready to be looked for, one phrase for each list.
        line: of the file.
    """

    term: str
    en: tuple[str, ...] = ()
    nl: tuple[str, ...] = ()
    where: CuePlace = "text"
    force: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    nobody: bool = False
    lead: CuePhrases = CuePhrases()
    unless: CuePhrases = CuePhrases()
    does: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    idle: CuePhrases = CuePhrases()
    not_beside: tuple[str, ...] = ()
    documents: tuple[Sort, ...] = ()
    whole: bool = False
    beside: tuple[str, ...] = ()
    confidence: int = 90
    example: Sample
    counter: Sample
    head: CuePhrases = CuePhrases()
    anywhere: Literal["", "always", "no-subject"] = ""
    together: tuple[str, ...] = ()
    note: str = ""
    gives: str = field(default="", metadata={"internal": True})
    id: str = field(default="", metadata={"internal": True})
    phrases: Mapping[str, tuple[Phrase, ...]] = field(factory=dict, metadata={"internal": True}, repr=False)
    leading: Mapping[str, tuple[Phrase, ...]] = field(factory=dict, metadata={"internal": True}, repr=False)
    barring: Mapping[str, tuple[Phrase, ...]] = field(factory=dict, metadata={"internal": True}, repr=False)
    idling: Mapping[str, tuple[Phrase, ...]] = field(factory=dict, metadata={"internal": True}, repr=False)
    doing: Mapping[str, Phrase | None] = field(factory=dict, metadata={"internal": True}, repr=False)
    kinds: Mapping[str, tuple[Phrase, ...]] = field(factory=dict, metadata={"internal": True}, repr=False)
    actors: frozenset[str] = field(default=frozenset(), metadata={"internal": True}, repr=False)


@frozen(kw_only=True)
class Frame:
    """A turn of phrase in which a name says with whom, or on whom: `fines on <who>`.

    Attributes:
        gives: the field that the name becomes a value of.
        en: phrases with `<who>`.
        nl: the same in Dutch.
        besides: terms whose names give no value here.
        unless: phrases that, in the same sentence, take the frame away.
        confidence: in percent.
        example: must give a value.
        counter: must give none.
        file: `actors` or `partners`: whose names it takes.
        id: names the frame in a draft.
        phrases: ready to be looked for.
        barring: `unless`, ready to be looked for.
    """

    gives: Literal["actors", "addressees", "partners", "excluded_partners"]
    en: tuple[str, ...] = ()
    nl: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    unless: CuePhrases = CuePhrases()
    confidence: int = 90
    example: Sample
    counter: Sample
    note: str = ""
    file: str = field(default="", metadata={"internal": True})
    id: str = field(default="", metadata={"internal": True})
    phrases: Mapping[str, tuple[Phrase, ...]] = field(factory=dict, metadata={"internal": True}, repr=False)
    barring: Mapping[str, tuple[Phrase, ...]] = field(factory=dict, metadata={"internal": True}, repr=False)


@frozen(eq=False)
class Sayings:
    """What an act or document says of itself, in one language.

    Attributes:
        timing: finds that a sentence says from when the act applies.
        itself: finds, at the beginning of a sentence, that the act speaks of itself.
        this_article: finds, at the beginning of a sentence, that an article speaks of itself.
        imposing: finds that what somebody may do may be to lay something upon others.
        imposed: finds that something may be laid upon somebody.
        recommends: finds the formula of a recommendation.
        joins: finds what stands between two names of a list: `, the`, `or in a`.
        leads: finds that a sentence before a list ends so that verbs follow.
        negates: finds a word that takes away what is said.
        harmless: finds where such a word takes nothing away.
        asides: finds that what follows tells of another word, or is a condition.
        pointing: finds words that look like the beginning of such a clause and begin none.
        telling: finds that a verb tells somebody something.
    """

    timing: re.Pattern[str]
    itself: re.Pattern[str]
    this_article: re.Pattern[str]
    imposing: re.Pattern[str]
    imposed: re.Pattern[str]
    recommends: re.Pattern[str]
    joins: re.Pattern[str]
    leads: re.Pattern[str]
    negates: re.Pattern[str]
    harmless: re.Pattern[str]
    asides: re.Pattern[str]
    pointing: re.Pattern[str]
    telling: re.Pattern[str]


@frozen(eq=False)
class Cues:
    """All cues, checked.

    Attributes:
        cues: in the order of the files.
        frames: in the order of the files.
        sayings: by language.
        names: of a file, by file and language.
    """

    cues: tuple[Cue, ...]
    frames: tuple[Frame, ...]
    sayings: Mapping[str, Sayings]
    names: Mapping[tuple[str, str], Names]
    of: Mapping[str, tuple[Cue, ...]] = field(
        default=Factory(lambda self: _by_field(self.cues), takes_self=True), repr=False
    )

    @property
    def languages(self) -> tuple[str, ...]:
        """Those that cues can be looked for in."""
        return tuple(self.sayings)


def _by_field(cues: Iterable[Cue]) -> dict[str, tuple[Cue, ...]]:
    by_field: dict[str, list[Cue]] = {}
    for cue in cues:
        by_field.setdefault(cue.gives, []).append(cue)
    return {name: tuple(of_field) for name, of_field in by_field.items()}
