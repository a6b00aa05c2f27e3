"""Finds what differs between two versions of a proposal."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from attrs import evolve, field, frozen

from consistent.documents.places import place_in
from consistent.findings.case import Case
from consistent.findings.wording import atom_label, value_label
from consistent.inquiries.differences._matching import Pair
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import Evidence, Field, Fields, Measure, Proposal
from consistent.model.text import Language, Localized, localized
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import Vocabularies, Vocabulary
from consistent.shown import Shown
from consistent.toml.tomlfile import TomlFile, key_lines

__all__ = [
    "Amendment",
    "Key",
    "Lines",
    "Passage",
    "Subject",
    "What",
    "differing_lines",
    "listed",
    "passage_of",
    "proposal_amendments",
]

# What differs between two cases, piece by piece: values of the proposal, rules, facts, terms.

Subject = Literal["proposal", "measure", "pack", "rule", "concept", "fact", "term"]
What = Literal["added", "dropped", "renumbered", "edited", "begins", "ends"]

# What can be undone by itself: ("value", pair or None, field), ("measure", pair), ("rule", id, part),
# ("concept", id), ("fact", kind, id, field), ("term", vocabulary, id), ("pack", begins or ends, name) for its rules and facts; an empty part or field is the whole. A pair is a measure by its number among the matched ones.
Key = tuple[str | int | None, ...]


@frozen
class Passage(Shown):
    """Where something stands in one of the two versions, and how.

    Attributes:
        path: the file.
        line: None where it has none.
        text: a value in words, or what stands there; None where nothing does.
        values: that are known to be there, as written.
        known: whether `values` is all there is.
        lines: of a rule or concept, the lines that differ, each with its number.
    """

    path: str
    line: int | None = None
    text: Localized | None = None
    values: tuple[str, ...] = ()
    known: bool = True
    lines: tuple[tuple[int, str], ...] = ()


@frozen(kw_only=True)
class Amendment(Shown):
    """One thing that differs.

    Attributes:
        number: counted from one; causes name it.
        id: of the measure in the new version (of a dropped one in the old), the pack, the rule, the concept, the fact or the term, with
            its kind or vocabulary before a slash; empty for the proposal itself.
        title: of the measure, pack, rule or concept; None where it has none.
        part: the field of the proposal, measure, fact or term; of a rule `when`, `unless`, `verdict`, `ground`,
            `dimension`, `defeats` or `texts`, of a concept `when` or `texts`; empty where it is the whole.
        label: the field for readers; None where `part` is no field.
        added, removed: single values that came and went, in words.
        day: of a pack that begins or ends, its first or last day in force, ISO; else empty.
        rules, facts: the ids of those that begin or end with a pack; of the rules that rest on a concept.
        words_only: it cannot change an outcome.
    """

    number: int
    subject: Subject
    what: What
    id: str
    title: Localized | None = None
    part: str = ""
    label: Localized | None = None
    added: tuple[Localized, ...] = ()
    removed: tuple[Localized, ...] = ()
    old: Passage | None = None
    new: Passage | None = None
    day: str = ""
    rules: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    words_only: bool = False
    _key: Key = field(default=(), alias="key", eq=False, repr=False)
    _covers: frozenset[Key] = field(default=frozenset(), alias="covers", eq=False, repr=False)

    @property
    def known_only(self) -> bool:
        """Whether the values are the same, and more or less is known of what else there is: the text need not differ."""
        return self._key[:1] == ("value",) and not self.added and not self.removed

    @property
    def key(self) -> Key:
        """What undoes it; empty where there is nothing to undo."""
        return self._key

    @property
    def covers(self) -> frozenset[Key]:
        """Of a pack, the keys of the rules and facts that begin or end with it; else empty."""
        return self._covers


_TITLE = Localized("title", "titel")
_EVIDENCE = Localized("evidence", "vindplaats van de gegevens")
_UNKNOWN = Localized("not known", "niet bekend")
_MORE = Localized("perhaps more", "mogelijk meer")
_NOT = Localized("not", "niet")
_PERHAPS = Localized("perhaps", "mogelijk")


@frozen
class _Version:
    """A proposal or measure of one side, with its place in the file."""

    case: Case
    part: Proposal | Measure
    at: tuple[str | int, ...]

    def passage(self, name: str, text: Localized | None) -> Passage:
        """Where a key stands, with what it says."""
        place = self.case.proposal.place((*self.at, name))
        return Passage(place.path, place.line, text)

    def value(self, field: Field) -> tuple[Value, Passage]:
        """A value and its passage."""
        value = self.part.value(field.name)
        return value, passage_of(value, field, self.case, self.passage(field.name, None))


def proposal_amendments(old: Case, new: Case, pairs: Sequence[Pair]) -> Iterator[Amendment]:
    """What the new version of a proposal changes; without numbers yet.

    A value that reads otherwise only because a vocabulary has other terms is not amended.
    """
    head = Amendment(number=0, subject="proposal", what="edited", id="")
    known = old.knowledge.fields | new.knowledge.fields
    versions = _Version(old, old.proposal, ("proposal",)), _Version(new, new.proposal, ("proposal",))
    yield from _fields(head, *versions, known.proposal.values(), ("value", None))
    places = [{measure.id: number for number, measure in enumerate(case.proposal.measures)} for case in (old, new)]
    for number, pair in enumerate(pairs):
        before, after = (
            None if measure is None else _Version(case, measure, ("measure", place[measure.id]))
            for case, measure, place in zip((old, new), (pair.old, pair.new), places, strict=True)
        )
        yield from _measure(pair, before, after, number, known)


def _measure(
    pair: Pair, before: _Version | None, after: _Version | None, number: int, known: Fields
) -> Iterator[Amendment]:
    measure = pair.new or pair.old
    head = Amendment(
        number=0, subject="measure", what="edited", id=pair.id, title=measure.title if measure else None,
        old=before.passage("id", _name(pair.old)) if before else None,
        new=after.passage("id", _name(pair.new)) if after else None,
    )  # fmt: skip
    if before is None or after is None:
        yield evolve(head, what="added" if before is None else "dropped", key=("measure", number))
        return
    if pair.renumbered:
        yield evolve(head, what="renumbered", words_only=True)
    yield from _fields(head, before, after, known.measure.values(), ("value", number))


def _name(measure: Measure | None) -> Localized | None:
    return None if measure is None else Localized(measure.id, measure.id)


def _fields(
    head: Amendment, before: _Version, after: _Version, fields: Iterable[Field], key: Key
) -> Iterator[Amendment]:
    """The title, each field, and the evidence, where they differ."""
    if before.part.title != after.part.title:
        old, new = before.passage("title", before.part.title), after.passage("title", after.part.title)
        yield evolve(head, part="title", label=_TITLE, old=old, new=new, words_only=True)
    for checked in fields:
        (old_value, old), (new_value, new) = before.value(checked), after.value(checked)
        vocabularies = before.case.knowledge.vocabularies, after.case.knowledge.vocabularies
        if not _says_the_same(old_value, new_value, checked, *vocabularies):
            added = listed(new_value.yes - old_value.yes, checked, after.case.knowledge)
            removed = listed(old_value.yes - new_value.yes, checked, before.case.knowledge)
            yield evolve(
                head, part=checked.name, label=checked.label, key=(*key, checked.name), old=old, new=new, added=added, removed=removed
            )  # fmt: skip
    old_evidence, new_evidence = dict(before.part.evidence), dict(after.part.evidence)
    if old_evidence != new_evidence:
        names = [name for name in {**old_evidence, **new_evidence} if old_evidence.get(name) != new_evidence.get(name)]
        passages = (
            version.passage("evidence", _places(evidence.get(name) for name in names))
            for version, evidence in ((before, old_evidence), (after, new_evidence))
        )
        old, new = passages
        yield evolve(head, part="evidence", label=_EVIDENCE, old=old, new=new, words_only=True)


def _places(evidence: Iterable[Evidence | None]) -> Localized | None:
    read = [source for source in evidence if source]

    def said(language: Language) -> str:
        places = (f"{source.document} {place_in(source.place, language)}".strip() for source in read)
        return ", ".join(dict.fromkeys(places))

    return localized(said) if said("en") else None


def passage_of(value: Value, field: Field, case: Case, place: Passage) -> Passage:
    """The passage of a value, with what it says."""
    values = tuple(sorted(map(str, value.yes)))
    return evolve(place, text=_said(value, field, case.knowledge), values=values, known=not value.open)


def listed(atoms: Iterable[Atom], field: Field, knowledge: Knowledge) -> tuple[Localized, ...]:
    """Single values in words."""
    return tuple(
        localized(lambda language, atom=atom: atom_label(atom, field, language, knowledge))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        for atom in sorted(atoms, key=str)
    )


def _says_the_same(old: Value, new: Value, field: Field, before: Vocabularies, after: Vocabularies) -> bool:
    """Whether two values were written alike, though each was read with the terms of its own pack."""
    if old == new:
        return True
    if field.type != "terms" or before is after or (old.yes, old.open) != (new.yes, new.open):
        return False
    terms = before[field.vocabulary], after[field.vocabulary]
    shared = terms[0].terms.keys() & terms[1].terms.keys()
    # What is ruled out was written as such (`lacks`), or is all but what was written (`may`).
    return _tops(old.no & shared, terms[0]) == _tops(new.no & shared, terms[1]) or (
        _tops(shared - old.no, terms[0]) == _tops(shared - new.no, terms[1])
    )


def _tops(atoms: Iterable[Atom], vocabulary: Vocabulary) -> frozenset[str]:
    """The terms that have no broader one among them."""
    held = frozenset(map(str, atoms))
    return frozenset(term for term in held if term not in vocabulary or held.isdisjoint(vocabulary.terms[term].broader))


def _said(value: Value, field: Field, knowledge: Knowledge) -> Localized:
    """All that a value says, in words: what is there, what is not, whether there may be more."""
    return localized(lambda language: _said_in(value, field, knowledge, language))


def _said_in(value: Value, field: Field, knowledge: Knowledge, language: Language) -> str:
    if value.unknown:
        return _UNKNOWN.get(language)
    if not value.open:
        return value_label(value, field, language, knowledge)
    parts = [value_label(value, field, language, knowledge)] if value.yes else []
    ruled_out, possible = value.no, frozenset[Atom]()
    if field.type == "terms":
        vocabulary = knowledge.vocabularies[field.vocabulary]
        ruled_out = frozenset(_tops(value.no, vocabulary))
        possible = frozenset(_tops(vocabulary.terms.keys() - value.no - value.yes, vocabulary))
    if possible and len(possible) < len(ruled_out):
        parts.append(f"{_PERHAPS.get(language)} {value_label(Value.exactly(*possible), field, language, knowledge)}")
    else:
        if ruled_out:
            parts.append(f"{_NOT.get(language)} {value_label(Value.exactly(*ruled_out), field, language, knowledge)}")
        parts.append(_MORE.get(language))
    return "; ".join(parts)


# Which lines of a rule's file differ between two versions of it, by the part of the rule that they belong to.

# Each with its number, counted from one.
Lines = tuple[tuple[int, str], ...]


def differing_lines(old: TomlFile, new: TomlFile, keys: Collection[str]) -> tuple[Lines, Lines]:
    """The lines under these top-level keys that one version has and the other has not, blanks and comments left out.

    Empty for what has no lines, such as a rule made from a dict.
    """
    before, after = _lines_under(old, keys), _lines_under(new, keys)
    matcher = SequenceMatcher(None, [text for _, text in before], [text for _, text in after], autojunk=False)
    gone: list[tuple[int, str]] = []
    come: list[tuple[int, str]] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            gone += before[start:end]
            come += after[new_start:new_end]
    return tuple(gone), tuple(come)


def _lines_under(file: TomlFile, keys: Collection[str]) -> list[tuple[int, str]]:
    if file.text is None:
        return []
    starts: dict[int, str] = {}
    for path, line in key_lines(file.text).items():
        if isinstance(path[0], str):
            starts.setdefault(line, path[0])
    lines: list[tuple[int, str]] = []
    key = ""
    for number, written in enumerate(file.text.split("\n"), start=1):
        key = starts.get(number, key)
        text = written.strip()
        if key in keys and text and not text.startswith("#"):
            lines.append((number, text))
    return lines
