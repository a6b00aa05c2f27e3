"""The lexicon: for each area and effect the words that speak of it, and how often they have been right.

It is data, in `areas/*.toml` and `effects.toml` beside this module, by term:

    [energy]
    en = ["energy", "electricity", "natural gas"]
    nl = ["energie*", "elektriciteit*", "aardgas*"]
    hint.en = ["grid*"]
    unless.en = ["kinetic energy"]
    doubtful.en = ["power"]
    context.en = ["grid", "megawatt*"]

A phrase of `hint` alone makes no value, only a question worth asking. Where a phrase of `unless` holds the words, they are not
met. A phrase of `doubtful` has another sense as often, and says the term only in the company of `context`, or of words that say it
anyhow; the company is sought in the same paragraph. How phrases are written: `phrases`. `measured.toml` has how often each term was right on annotated documents. A short name
that a document gives to words of an area (`abbreviations`) is met in it as those words are.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import tomli
from attrs import evolve, field, frozen

from consistent.documents.document import Span
from consistent.drafting.lexicon.abbreviations import short_names, uses, worth
from consistent.drafting.lexicon.phrases import Index, PhraseError, Text, sequences
from consistent.errors import Faults, did_you_mean
from consistent.model.proposal import fields_in
from consistent.model.text import LANGUAGES
from consistent.model.vocabulary import Synonyms, Vocabularies
from consistent.toml.files import toml_files
from consistent.toml.structuring import new_converter, structure
from consistent.toml.tomlfile import TomlFile

__all__ = ["Entry", "Lexicon", "Mention", "Reader", "read_lexicon", "shipped_lexicon"]

_FOLDER = Path(__file__).parent
_MEASURED = "measured.toml"
# A short name tells what it is about, and nothing of what is done.
_OF_SHORT_NAMES = "areas"
# Of a term that was met too seldom to be measured, in percent.
_UNMEASURED = 80
# As if each term had been met three times more, with the share of all terms: one wrong find does not end a term.
_PRIOR_RIGHT, _PRIOR_GIVEN = 2.7, 3.0
# In percent: no number of right finds makes a machine certain.
_SUREST = 97
# In percent: a term that is right less often alone is only a hint.
SUREST_HINT = 60
_NONE = Synonyms()
# The synonyms that packs have, by field and term; of how many packs the lexicon with these is kept.
_Added = tuple[tuple[str, str, Synonyms], ...]
_MOST_JOINED = 4


@frozen(kw_only=True)
class WordList:
    """Phrases by language, as a file has them."""

    en: tuple[str, ...] = ()
    nl: tuple[str, ...] = ()


@frozen(kw_only=True)
class Entry:
    """The words of a term.

    Attributes:
        en: phrases in English.
        nl: phrases in Dutch.
        hint: phrases that say it only perhaps.
        unless: phrases in which the words mean something else.
        doubtful: phrases of two senses, which say it where `context` or words of the term stand in the same stretch.
        context: phrases that tell which sense is meant.
        note: for who keeps the lexicon.
    """

    en: tuple[str, ...] = ()
    nl: tuple[str, ...] = ()
    hint: WordList = WordList()
    unless: WordList = WordList()
    doubtful: WordList = WordList()
    context: WordList = WordList()
    note: str = ""

    def parts(self) -> Iterator[tuple[str, "Entry | WordList"]]:
        """The lists of phrases by what they do: nothing for those that say the term, else the name of the list."""
        yield from (("", self), ("hint", self.hint), ("unless", self.unless))
        yield from (("doubtful", self.doubtful), ("context", self.context))


@frozen(kw_only=True)
class Mention:
    """Words of a text that speak of a term.

    Attributes:
        field: of a measure.
        term: of its vocabulary.
        span: the words.
        confidence: in percent, as measured.
        hint: whether it makes no value.
        perhaps: whether no words were met but those of `hint`.
    """

    field: str
    term: str
    span: Span
    confidence: int
    hint: bool
    perhaps: bool = False


@frozen(eq=False)
class _Key:
    field: str
    term: str
    part: str


@frozen(eq=False)
class Lexicon:
    """All entries, checked, with an index of their phrases for each language.

    Attributes:
        entries: by field and term.
        confidence: in percent, by field, term and language.
    """

    entries: Mapping[tuple[str, str], Entry]
    confidence: Mapping[tuple[str, str, str], int]
    _indexes: dict[str, tuple[Index, tuple[_Key, ...]]] = field(factory=dict, init=False, repr=False)
    _joined: "dict[_Added, Lexicon]" = field(factory=dict, init=False, repr=False)

    def index(self, language: str) -> tuple[Index, tuple[_Key, ...]]:
        """All phrases of a language, with what each key of the index stands for; made when it is first asked for."""
        if language not in self._indexes:
            index, keys = Index(language), list[_Key]()
            for (name, term), entry in self.entries.items():
                for part, words in entry.parts():
                    keys.append(_Key(name, term, part))
                    for phrase in getattr(words, language):
                        index.add(phrase, len(keys) - 1)
            self._indexes[language] = index, tuple(keys)
        return self._indexes[language]

    def with_synonyms(self, vocabularies: Vocabularies) -> "Lexicon":
        """The same with the synonyms of terms, in the fields that it reads and in those of a pack's own.

        Args:
            vocabularies: of the pack, with its fields.
        """
        read = {name for name, _ in self.entries}
        added: _Added = tuple(
            (name, term.id, term.synonyms)
            for name, about in fields_in(vocabularies).measure.items()
            if about.type == "terms" and (name in read or about.pack)
            for term in vocabularies[about.vocabulary].terms.values()
            if term.synonyms != _NONE
        )
        # By what is added, whichever vocabularies have it: to index all phrases takes longer than to draft a short document.
        joined = self._joined.get(added) if added else self
        if joined is None:
            while len(self._joined) >= _MOST_JOINED:
                self._joined.pop(next(iter(self._joined)), None)
            joined = self._joined[added] = Lexicon(self._with(added), self.confidence)
        return joined

    def _with(self, added: "_Added") -> Mapping[tuple[str, str], Entry]:
        entries = dict(self.entries)
        for name, term, synonyms in added:
            held = entries.get((name, term), Entry())
            both = Synonyms(held.en, held.nl) | synonyms
            entries[name, term] = evolve(held, en=both.en, nl=both.nl)
        return entries

    def reader(self, text: str, language: str, aside: Sequence[Span] = ()) -> "Reader":
        """A reader of a text in one language.

        Args:
            text: of a document.
            language: `en` or `nl`.
            aside: stretches that are no part of what is said around them, such as footnotes; in order.
        """
        return Reader(self, text, language, aside)


class Reader:
    """Finds the mentions in one text.

    Args:
        lexicon: what to look for.
        text: of a document.
        language: `en` or `nl`.
        aside: stretches in which nothing is mentioned; in order.
    """

    def __init__(self, lexicon: Lexicon, text: str, language: str, aside: Sequence[Span] = ()) -> None:
        index, self._keys = lexicon.index(language)
        self._aside = aside
        self._text = Text(text, index)
        self._confidence, self._language = lexicon.confidence, language
        self._short: list[tuple[_Key, Span]] = []
        self._short = sorted(self._of_short_names(text), key=lambda use: use[1].start)

    def _of_short_names(self, text: str) -> Iterator[tuple[_Key, Span]]:
        """Where the text uses the short names that it gives to words of an area."""
        seen: set[tuple[str, str]] = set()
        for short in short_names(text):
            met = [mention for mention in self.mentions(short.stands_for) if mention.field == _OF_SHORT_NAMES]
            kept = worth(short, (mention.span for mention in met if not mention.hint), text)
            for term in {mention.term for mention in met if not mention.hint and mention.span in kept}:
                if (short.name, term) not in seen:
                    seen.add((short.name, term))
                    key = _Key(_OF_SHORT_NAMES, term, "")
                    yield from ((key, use) for use in uses(text, short))

    def _stands_aside(self, span: Span) -> bool:
        """Whether a stretch lies in one that is no part of the text around it."""
        at = bisect_left(self._aside, span.end, key=lambda each: each.start)
        return at > 0 and span.start < self._aside[at - 1].end

    def mentions(self, span: Span) -> Iterator[Mention]:
        """The first mention of each term in a stretch of the text, in the order of the lexicon; hints where there is no more."""
        best: dict[tuple[str, str], tuple[bool, Span]] = {}
        found = [(self._keys[each.key], each.span) for each in self._text.found(span)]
        at = bisect_left(self._short, span.start, key=lambda use: use[1].start)
        while at < len(self._short) and self._short[at][1] in span:
            found.append(self._short[at])
            at += 1
        found = [each for each in found if not self._stands_aside(each[1])]
        barred: dict[tuple[str, str], list[Span]] = {}
        for key, where in found:
            if key.part == "unless":
                barred.setdefault((key.field, key.term), []).append(where)
        kept = [
            (key, where)
            for key, where in found
            if key.part != "unless" and not any(where in other for other in barred.get((key.field, key.term), ()))
        ]
        # Words of two senses are taken in that of the company they stand in.
        plain = {(key.field, key.term) for key, _ in kept if key.part in {"", "context"}}
        for key, where in kept:
            of = key.field, key.term
            if key.part == "context" or (key.part == "doubtful" and of not in plain):
                continue
            hint = key.part == "hint"
            if of not in best or (best[of][0] and not hint):
                best[of] = hint, where
        for (field_name, term), (hint, where) in best.items():
            confidence = self._confidence.get((field_name, term, self._language), _UNMEASURED)
            yield Mention(
                field=field_name,
                term=term,
                span=where,
                confidence=confidence,
                hint=hint or confidence < SUREST_HINT,
                perhaps=hint,
            )


def shipped_lexicon() -> Lexicon:
    """The lexicon that comes with the library; read once."""
    return _shipped()


@cache
def _shipped() -> Lexicon:
    # Tests read every phrase of these files.
    return read_lexicon(_FOLDER, checked=False)


def read_lexicon(folder: Path, vocabularies: Vocabularies | None = None, *, checked: bool = True) -> Lexicon:
    """Read a folder: a file, or a folder of files, for each field of a measure.

    Args:
        folder: with the files.
        vocabularies: in which the terms must stand; not looked at unless given.
        checked: whether the faults of every phrase are told.

    Raises:
        InputError: with every fault of every file.
    """
    faults = Faults()
    converter = new_converter()
    fields = fields_in(vocabularies or {}).measure
    entries: dict[tuple[str, str], Entry] = {}
    for path in toml_files(folder):
        if path.name == _MEASURED:
            continue
        name = path.parent.name if path.parent != folder else path.stem
        file = faults.attempt(TomlFile.read, path, f"{name}/{path.name}" if path.parent != folder else path.name)
        if file is None:
            continue
        if name not in fields:
            faults.add(f"no field `{name}` of a measure", file.location(), did_you_mean(name, fields))
            continue
        known = vocabularies[fields[name].vocabulary].terms if vocabularies is not None else None
        for term, data in file.data.items():
            if known is not None and term not in known:
                faults.add(f"unknown term `{term}`", file.location((term,)), did_you_mean(term, known))
            if (name, term) in entries:
                faults.add(f"`{term}` has an entry already", file.location((term,)))
            entry = faults.attempt(structure, converter, data, Entry, file, (term,))
            if not isinstance(entry, Entry):
                continue
            entries[name, term] = entry
            for part, words in entry.parts() if checked else ():
                for language in LANGUAGES:
                    for number, phrase in enumerate(getattr(words, language)):
                        try:
                            deque(sequences(phrase, language), maxlen=0)
                        except PhraseError as error:
                            at = (term, *((part,) if part else ()), language, number)
                            faults.add(f"phrase `{phrase}`: {error}", file.location(at))
    faults.raise_any()
    measured = folder / _MEASURED
    return Lexicon(entries, dict(_confidences(measured)) if measured.exists() else {})


def _confidences(path: Path) -> Iterator[tuple[tuple[str, str, str], int]]:
    """How sure each term is, by field, term and language: right among given, drawn a little to what is usual."""
    for field_name, terms in tomli.loads(path.read_text("utf-8")).items():
        for term, languages in terms.items():
            for language, (right, given) in languages.items():
                yield (
                    (field_name, term, language),
                    min(_SUREST, round(100 * (right + _PRIOR_RIGHT) / (given + _PRIOR_GIVEN))),
                )
