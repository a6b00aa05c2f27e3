"""Reads the files of cues, checks them against the vocabularies, and tells every fault at its line."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from attrs import evolve, frozen
from attrs import field as attrs_field

from consistent.documents.words.phrases import Lists, ParsedLists, Phrase, PhraseError, compiled
from consistent.documents.words.provision_words import ACTORS, MODALITIES, Names, named, numbered, small_words
from consistent.drafting.cues.cue import Cue, CuePhrases, Cues, Frame, Locator, Sample, Sayings
from consistent.drafting.cues.verbs import verbs_of
from consistent.errors import Faults, did_you_mean
from consistent.model.proposal import fields_in
from consistent.model.text import LANGUAGES, Language
from consistent.model.vocabulary import SameVocabularies, Vocabularies
from consistent.toml.files import toml_files
from consistent.toml.structuring import Problem, Problems, as_text, new_converter, structure
from consistent.toml.tomlfile import KeyPath, TomlFile, type_name

__all__ = ["read_cues", "shipped_cues"]

_HASH = re.compile(r"[0-9a-f]{12}")
# Files whose phrases are names, found as a subject or in the place of `<who>` in a frame.
_NAMING = ("actors", "partners")
_WHOLE = 100
_SAYINGS = (
    "timing",
    "itself",
    "this_article",
    "imposing",
    "imposed",
    "recommends",
    "joins",
    "leads",
    "negates",
    "harmless",
    "asides",
    "conditions",
    "pointing",
    "telling",
)


@frozen(kw_only=True)
class _WordsFile:
    """`words.toml`."""

    lists: Any
    verbs: Any = attrs_field(factory=dict)
    timing: CuePhrases
    itself: CuePhrases
    this_article: CuePhrases
    imposing: CuePhrases
    imposed: CuePhrases
    recommends: CuePhrases
    joins: CuePhrases
    leads: CuePhrases
    negates: CuePhrases
    harmless: CuePhrases
    asides: CuePhrases
    conditions: CuePhrases
    pointing: CuePhrases
    telling: CuePhrases
    carriers: CuePhrases


@frozen(kw_only=True)
class _CueFile:
    """A file of cues."""

    cue: tuple[Cue, ...]
    frame: tuple[Frame, ...] = ()


def shipped_cues(vocabularies: Vocabularies) -> Cues:
    """The cues that come with the library; read once for each set of vocabularies.

    Raises:
        InputError: a pack lacks a term that they have.
    """
    return _shipped(SameVocabularies(vocabularies))


@cache
def _shipped(key: SameVocabularies) -> Cues:
    # Tests read every phrase of these files; here those of a language are compiled when it is read for the first time.
    return read_cues(Path(__file__).parent, key.vocabularies, ACTORS, checked=False)


def read_cues(folder: Path, vocabularies: Vocabularies, *more: Path, checked: bool = True) -> Cues:
    """Read a folder of cues: `words.toml`, and a file for each field of a measure.

    Args:
        folder: with the files.
        vocabularies: in which the terms stand.
        more: files of fields that stand elsewhere.
        checked: whether every phrase is compiled at once, so that its faults are told.

    Raises:
        InputError: with every fault of every file.
    """
    faults = Faults()
    reader = _Reader(vocabularies, faults, checked=checked)
    # By name, wherever they stand: cues are tried in the order of their files.
    paths = sorted((*toml_files(folder), *more), key=lambda path: path.name)
    files = [file for path in paths if (file := faults.attempt(TomlFile.read, path, path.name)) is not None]
    words = next((file for file in files if file.path == "words.toml"), None)
    if words is None:
        faults.attempt(TomlFile.read, folder / "words.toml", "words.toml")
    faults.raise_any()
    assert words is not None  # noqa: S101  a missing file was a fault
    reader.words(words)
    faults.raise_any()
    for file in files:
        if file is not words:
            reader.file(file)
    faults.raise_any()
    return reader.close()


class _WhenAsked(dict[str, tuple[Phrase, ...]]):
    """The phrases of each language, made when they are asked for."""

    def __init__(self, phrases: Callable[[Any], tuple[Phrase, ...]]) -> None:
        super().__init__()
        self._phrases = phrases

    def __missing__(self, language: str) -> tuple[Phrase, ...]:
        self[language] = made = self._phrases(language)
        return made


class _Reader:
    """Reads the files one by one, then puts them together."""

    def __init__(self, vocabularies: Vocabularies, faults: Faults, *, checked: bool) -> None:
        self._vocabularies, self._faults, self._checked = vocabularies, faults, checked
        self._converter = new_converter()
        self._converter.register_structure_hook(Sample, lambda value, _: _sample(value))
        self._cues: list[Cue] = []
        self._frames: list[Frame] = []
        self._lists: dict[str, dict[str, tuple[str, ...]]] = {language: {} for language in LANGUAGES}
        self._verbs: dict[str, CuePhrases] = {}
        self._kinds: dict[tuple[str, Language], Phrase] = {}
        # The pattern of verbs that have another verb's noun for their object.
        self._carriers: dict[Language, str] = dict.fromkeys(LANGUAGES, "")
        # What was parsed of the lists, by language and the names that `<who>` stands for.
        self._parsed: dict[tuple[Language, tuple[str, ...] | None], ParsedLists] = {}
        self._words: _WordsFile | None = None

    def words(self, file: TomlFile) -> None:
        """Read the lists of words."""
        read = self._faults.attempt(structure, self._converter, file.data, _WordsFile, file)
        if not isinstance(read, _WordsFile):
            return
        self._words = read
        for name, data in read.lists.items() if isinstance(read.lists, Mapping) else ():
            listed = self._faults.attempt(structure, self._converter, data, CuePhrases, file, ("lists", name))
            if isinstance(listed, CuePhrases):
                for language in LANGUAGES:
                    self._lists[language][name] = listed.get(language)
        for name, data in read.verbs.items() if isinstance(read.verbs, Mapping) else ():
            verbs = self._faults.attempt(structure, self._converter, data, CuePhrases, file, ("verbs", name))
            if isinstance(verbs, CuePhrases) and self._well_formed(verbs, file, ("verbs", name)):
                self._verbs[name] = verbs
        for name in _SAYINGS:
            for language in LANGUAGES:
                self._compiled(getattr(read, name), language, self._lists[language], file, (name,))
        for language in LANGUAGES:
            carriers = self._compiled(read.carriers, language, self._lists[language], file, ("carriers",))
            self._carriers[language] = "|".join(phrase.source for phrase in carriers)

    def _well_formed(self, verbs: CuePhrases, file: TomlFile, at: KeyPath) -> bool:
        """Whether verbs are as they should be; their faults are noted. Not looked at unless all is checked."""
        well = True
        for language in LANGUAGES if self._checked else ():
            for index, verb in enumerate(verbs.get(language)):
                try:
                    verbs_of([verb], language)
                except PhraseError as error:
                    well = False
                    self._faults.add(str(error), file.location((*at, language, index)))
        return well

    def file(self, file: TomlFile) -> None:
        """Read the cues of one field."""
        name = Path(file.path).stem
        known_fields = fields_in(self._vocabularies).measure
        if name not in known_fields or known_fields[name].type != "terms":
            fields = [field_name for field_name, about in known_fields.items() if about.type == "terms"]
            self._faults.add(f"no field `{name}` that takes terms", file.location(), did_you_mean(name, fields))
            return
        read = self._faults.attempt(structure, self._converter, file.data, _CueFile, file)
        if not isinstance(read, _CueFile):
            return
        known = self._vocabularies[fields_in(self._vocabularies).measure[name].vocabulary].terms
        cues: list[Cue] = []
        ids = numbered((written.term for written in read.cue), name)
        for index, (cue, id) in enumerate(zip(read.cue, ids, strict=True)):
            at: KeyPath = ("cue", index)
            if cue.term not in known:
                self._faults.add(
                    f"unknown term `{cue.term}`", file.location((*at, "term")), did_you_mean(cue.term, known)
                )
                continue
            cues.append(self._cue(cue, name, id, file, at))
        self._cues += cues
        who: dict[Language, tuple[str, ...]] = {
            language: tuple(phrase for cue in cues if cue.where == "text" for phrase in getattr(cue, language))
            # A name may also be a noun with words before it: any few words stand for it here, and are looked at then.
            + ("* (*|) (*|) (*|)",) * any(cue.head.get(language) for cue in cues)
            if name in _NAMING
            else ()
            for language in LANGUAGES
        }
        for index, frame in enumerate(read.frame):
            self._frames.append(self._frame(frame, name, f"{name}/frame/{index + 1}", who, file, ("frame", index)))

    def _cue(self, cue: Cue, name: str, id: str, file: TomlFile, at: KeyPath) -> Cue:
        """The cue, checked and with its phrases compiled; its faults are noted."""
        actors = self._vocabularies["actors"]
        terms = self._vocabularies[fields_in(self._vocabularies).measure[name].vocabulary].terms
        self._known(cue.together, "actor", actors.terms, file, (*at, "together"))
        self._known(cue.subject, "actor", actors.terms, file, (*at, "subject"))
        self._known(cue.beside, "term", terms, file, (*at, "beside"))
        self._known(cue.not_beside, "term", terms, file, (*at, "not_beside"))
        self._known(cue.force, "force", MODALITIES, file, (*at, "force"))
        if not 0 < cue.confidence <= _WHOLE:
            self._faults.add("`confidence` is in percent, from 1 to 100", file.location((*at, "confidence")))
        self._known(cue.does, "list of verbs", self._verbs, file, (*at, "does"))
        self._known(cue.objects, "list of words", self._lists["en"], file, (*at, "objects"))
        if cue.objects and not cue.does:
            self._faults.add("`objects` are those of verbs, named under `does`", file.location((*at, "objects")))
        if not cue.force and not (cue.en or cue.nl or cue.head.en or cue.head.nl or cue.does):
            self._faults.add(f"cue for `{cue.term}` has neither phrases nor a force", file.location(at))
        self._sampled(cue.example, cue, "example", file, at)
        self._sampled(cue.counter, cue, "counter", file, at)
        known = [term for term in cue.subject if term in actors]
        return evolve(
            cue,
            gives=name,
            id=id,
            phrases=self._by_language(cue, file, at),
            leading=self._by_language(cue.lead, file, (*at, "lead")),
            barring=self._by_language(cue.unless, file, (*at, "unless")),
            idling=self._by_language(cue.idle, file, (*at, "idle")),
            doing={
                language: verbs_of(
                    [verb for each in cue.does if each in self._verbs for verb in self._verbs[each].get(language)],
                    language,
                    self._carriers[language],
                )
                for language in LANGUAGES
            }
            if cue.does
            else {},
            kinds=_WhenAsked(lambda language: tuple(self._kind(name, language) for name in cue.objects)),
            actors=actors.narrower(known),
        )

    def _kind(self, name: str, language: Language) -> Phrase:
        """A list of words, ready to be looked for; one for all cues that name it."""
        if (name, language) not in self._kinds:
            parsed = self._parsed.setdefault((language, None), {})
            self._kinds[name, language] = compiled(f"<{name}>", self._lists[language], parsed)
        return self._kinds[name, language]

    def _frame(
        self, frame: Frame, name: str, id: str, who: Mapping[Language, tuple[str, ...]], file: TomlFile, at: KeyPath
    ) -> Frame:
        """The frame, checked and with its phrases compiled; `<who>` in them stands for the names of its file."""
        self._known(
            frame.besides,
            "term",
            self._vocabularies[fields_in(self._vocabularies).measure[name].vocabulary].terms,
            file,
            (*at, "besides"),
        )
        for language in LANGUAGES:
            for index, phrase in enumerate(getattr(frame, language)):
                if "<who>" not in phrase:
                    self._faults.add("a phrase of a frame needs `<who>`", file.location((*at, language, index)))
        return evolve(
            frame,
            file=name,
            id=id,
            phrases=self._by_language(frame, file, at, who),
            barring=self._by_language(frame.unless, file, (*at, "unless")),
        )

    def _by_language(
        self,
        source: Cue | Frame | CuePhrases,
        file: TomlFile,
        at: KeyPath,
        who: Mapping[Language, tuple[str, ...]] | None = None,
    ) -> Mapping[str, tuple[Phrase, ...]]:
        """The phrases of a source, compiled: of a language when it is asked for, or all at once where they are checked.

        Args:
            source: that has them.
            file: that it stands in.
            at: where it stands there.
            who: the names that `<who>` stands for, where it may be there.
        """

        def phrases(language: Language) -> tuple[Phrase, ...]:
            names = None if who is None else who[language]
            lists: Lists = self._lists[language] if names is None else {**self._lists[language], "who": names}
            parsed = self._parsed.setdefault((language, names), {})
            return self._compiled(source, language, lists, file, at, parsed)

        compiled_ones = _WhenAsked(phrases)
        if self._checked:
            for language in LANGUAGES:
                _ = compiled_ones[language]
        return compiled_ones

    def _compiled(
        self,
        source: Cue | Frame | CuePhrases,
        language: Language,
        lists: Lists,
        file: TomlFile,
        at: KeyPath,
        parsed: ParsedLists | None = None,
    ) -> tuple[Phrase, ...]:
        """The phrases of a source in one language, compiled; those that are not well formed are noted as faults and left out."""
        phrases: list[Phrase] = []
        for index, text in enumerate(getattr(source, language)):
            try:
                phrases.append(compiled(text, lists, parsed))
            except PhraseError as error:
                self._faults.add(f"phrase `{text}`: {error}", file.location((*at, language, index)))
        return tuple(phrases)

    def _known(self, given: Iterable[str], what: str, known: Iterable[str], file: TomlFile, at: KeyPath) -> None:
        listed = tuple(known)
        for index, name in enumerate(given):
            if name not in listed:
                place = file.location((*at, index))
                self._faults.add(f"unknown {what} `{name}`", place, did_you_mean(name, listed))

    def _sampled(self, sample: Sample, cue: Cue, key: str, file: TomlFile, at: KeyPath) -> None:
        """A cue is tested in every language in which it looks for something."""
        for language in LANGUAGES:
            looks = bool(getattr(cue, language)) or not (cue.en or cue.nl)
            if looks and sample.get(language) is None:
                self._faults.add(f"no {key} in language `{language}`", file.location((*at, key)))

    def close(self) -> Cues:
        """The cues, with the finders that they need."""
        names: dict[tuple[str, str], Names] = {
            (name, language): named(
                (
                    (phrase, cue.term, cue.id)
                    for cue in self._cues
                    if cue.gives == name and cue.where == "text"
                    for phrase in cue.phrases[language]
                ),
                (
                    (compiled(head, {}), cue.term, cue.id)
                    for cue in self._cues
                    if cue.gives == name and cue.where == "text"
                    for head in cue.head.get(language)
                ),
                small_words(language),
            )
            for name in _NAMING
            for language in LANGUAGES
        }
        sayings: dict[str, Sayings] = {language: self._sayings(language) for language in LANGUAGES}
        return Cues(tuple(self._cues), tuple(self._frames), sayings, names)

    def _sayings(self, language: Language) -> Sayings:
        """What an act says of itself in one language, as patterns."""
        words = self._words
        assert words is not None  # noqa: S101  its faults were raised
        return Sayings(
            timing=re.compile(self._patterns(words.timing, language)),
            itself=re.compile(rf"\s*(?:{self._patterns(words.itself, language)})"),
            this_article=re.compile(rf"\s*(?:{self._patterns(words.this_article, language)})"),
            imposing=re.compile(self._patterns(words.imposing, language)),
            imposed=re.compile(self._patterns(words.imposed, language)),
            recommends=re.compile(self._patterns(words.recommends, language)),
            joins=re.compile(rf"\s*(?:{self._patterns(words.joins, language)})\s+"),
            leads=re.compile(rf"(?:{self._patterns(words.leads, language)})[\s:;,\u2013\u2014-]*\Z"),
            negates=re.compile(self._patterns(words.negates, language)),
            harmless=re.compile(self._patterns(words.harmless, language)),
            pointing=re.compile(self._patterns(words.pointing, language)),
            telling=re.compile(self._patterns(words.telling, language)),
            asides=re.compile(
                rf"(?:\s(?:{self._patterns(words.asides, language)})|{self._patterns(words.conditions, language)})\s*\Z"
            ),
        )

    def _patterns(self, words: CuePhrases, language: Language) -> str:
        return "|".join(compiled(phrase, self._lists[language]).source for phrase in words.get(language)) or "(?!)"


def _sample(value: object) -> Sample:
    """A sample from its table.

    Raises:
        Problems: it is no table, has an unknown language, or a locator that is not well formed.
    """
    if not isinstance(value, Mapping):
        raise Problems(Problem(f"expected a table, found {type_name(value)}", "write `{ en = ..., nl = ... }`"))
    read: dict[str, str | Locator] = {}
    for key, given in value.items():
        if key not in LANGUAGES:
            raise Problems(Problem(f"unknown language `{key}`", "known here: `en`, `nl`", (key,)))
        read[key] = _locator(given, key) if isinstance(given, Mapping) else as_text(given)
    return Sample(**read)


def _locator(value: Mapping[str, Any], key: str) -> Locator:
    extra = sorted(set(value) ^ {"document", "place", "hash"})
    if extra:
        raise Problems(Problem("a locator has `document`, `place` and `hash`, and nothing else", "", (key, extra[0])))
    if not isinstance(value["hash"], str) or not _HASH.fullmatch(value["hash"]):
        raise Problems(Problem("`hash` must be twelve hexadecimal digits", "", (key, "hash")))
    return Locator(as_text(value["document"]), as_text(value["place"]), value["hash"])
