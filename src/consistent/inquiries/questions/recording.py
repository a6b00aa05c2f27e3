"""Writes what was answered into the text of a proposal, and leaves every other line as it is."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve, frozen

from consistent.errors import Fault, InputError, Location, UsageError
from consistent.inquiries.edits import Edit, field_of
from consistent.inquiries.questions.pending import Key
from consistent.inquiries.questions.questions import value_of
from consistent.model.proposal import COMMON, Evidence, Field, Fields, Measure, Proposal, fields_in
from consistent.model.text import Language, Localized
from consistent.model.values import UNKNOWN, Atom, Value
from consistent.model.vocabulary import Vocabularies
from consistent.toml.proposals import ProposalReader, evidence_to_data
from consistent.toml.rewriting import rewrite
from consistent.toml.tomlfile import KeyPath, TomlFile

__all__ = ["NO_PLACE", "Spread", "answered_data", "closing", "found_in", "record", "spread"]


def record(
    file: TomlFile, before: Proposal, after: Proposal, evidence: Mapping[Key, Evidence], vocabularies: Vocabularies
) -> str:
    """The text of a proposal with all that has come to be known.

    Args:
        file: the text that `before` was read from.
        before: the proposal as it is there.
        after: the same with more known of some fields.
        evidence: where answers were found, by field.
        vocabularies: those that the proposal was read with.

    Raises:
        InputError: the text is laid out in a way in which it cannot be written.
    """
    changes: dict[KeyPath, Any] = {}
    for key, old, new in _changed(before, after):
        path = _path(before, key)
        changes[path] = _data(old, new, _held(file.data, path), field_of(*key, fields_in(vocabularies)), vocabularies)
    for key, entries in _entries(before, after, evidence).items():
        measure, name = key
        head = _path(before, (measure, "evidence"))
        tables = [evidence_to_data(entry) for entry in entries]
        changes[*head, name] = tables[0] if len(tables) == 1 else tables
    text = rewrite(file.text or "", changes)
    written = ProposalReader(vocabularies).read(TomlFile.parse(text, file.path))
    if written != _with_evidence(after, _entries(before, after, evidence)):
        raise InputError([Fault("the answers cannot be written into a file of this layout", Location(file.path))])
    return text


def _changed(before: Proposal, after: Proposal) -> list[tuple[Key, Value, Value]]:
    pairs: list[tuple[str | None, Proposal | Measure, Proposal | Measure]] = [
        (None, before, after),
        *((old.id, old, new) for old, new in zip(before.measures, after.measures, strict=True)),
    ]
    return [
        ((measure, name), old.value(name), new.value(name))
        for measure, old, new in pairs
        for name in dict.fromkeys((*old.names(), *new.names()))
        if old.value(name) != new.value(name)
    ]


def _path(proposal: Proposal, key: Key) -> KeyPath:
    measure, name = key
    if measure is None:
        return "proposal", name
    return (
        "measure",
        next(number for number, candidate in enumerate(proposal.measures) if candidate.id == measure),
        name,
    )


def _held(data: Any, path: KeyPath) -> Any:
    """What the file has at a path; None for nothing."""
    for step in path:
        data = data[step] if isinstance(step, int) else data.get(step)
        if data is None:
            return None
    return data


def _data(old: Value, new: Value, held: Any, field: Field, vocabularies: Vocabularies) -> Any:
    """A value as the file is to have it: what stands there already first."""
    if not new.open:
        atoms = _ordered(new.yes, held.get("has", []) if isinstance(held, Mapping) else held)
        return atoms[0] if field.single and atoms else atoms
    parts = held if isinstance(held, Mapping) else {}
    refused = new.no - old.no
    if field.type == "terms":
        # What is narrower than a term that is not there goes without saying.
        vocabulary = vocabularies[field.vocabulary]
        refused = frozenset(atom for atom in refused if refused.isdisjoint(vocabulary.broader(str(atom))))
    data = {"has": _ordered(new.yes, parts.get("has", []))}
    data["lacks"] = [*parts.get("lacks", []), *_ordered(refused, ())]
    return {key: items for key, items in data.items() if items or key in parts}


def _ordered(atoms: frozenset[Atom], held: Any) -> list[Atom]:
    first = [atom for atom in (held if isinstance(held, list | tuple) else [held]) if atom in atoms]
    return [*dict.fromkeys(first), *sorted(atoms.difference(first), key=str)]


def answered_data(data: Mapping[str, Any], key: Key, value: Value, field: Field, by: str) -> dict[str, Any]:
    """The data of a file with a field answered, and who said so.

    Args:
        data: of the file.
        key: the field.
        value: what is then known of it.
        field: what it takes.
        by: who said so.
    """
    measure, name = key
    atoms = sorted(value.yes, key=str)
    single: Any = atoms[0] if atoms else []
    known = (
        (single if field.single else atoms) if not value.open else {"has": atoms, "lacks": sorted(value.no, key=str)}
    )

    def told(part: Mapping[str, Any]) -> dict[str, Any]:
        return {**part, name: known, "evidence": {**part.get("evidence", {}), name: {"document": by}}}

    if measure is None:
        return {**data, "proposal": told(data["proposal"])}
    return {**data, "measure": [told(part) if part["id"] == measure else part for part in data["measure"]]}


def _entries(before: Proposal, after: Proposal, evidence: Mapping[Key, Evidence]) -> dict[Key, list[Evidence]]:
    """All that a field then has of evidence: what it had stays, and each value that has come to be known gets its own."""
    entries: dict[Key, list[Evidence]] = {}
    news = {key: (old, new) for key, old, new in _changed(before, after)}
    for key, added in evidence.items():
        part = before if key[0] is None else next(measure for measure in before.measures if measure.id == key[0])
        held = [entry for name, entry in part.evidence if name == key[1]]
        old, new = news.get(key, (UNKNOWN, UNKNOWN))
        # Of what is refused, what the file has at all; the rest follows from it.
        atoms = [*_ordered(new.yes - old.yes, ()), *_ordered(new.no - old.no if new.open else frozenset(), ())]
        own = [evolve(added, value=str(atom)) for atom in atoms] if held else []
        entries[key] = [*held, *(own or [added])]
    return entries


def _with_evidence(proposal: Proposal, evidence: Mapping[Key, list[Evidence]]) -> Proposal:
    def merged(measure: str | None, held: tuple[tuple[str, Evidence], ...]) -> tuple[tuple[str, Evidence], ...]:
        new = {name: entries for (owner, name), entries in evidence.items() if owner == measure}
        kept = [pair for pair in held if pair[0] not in new]
        added = [(name, entry) for name, entries in new.items() for entry in entries]
        return tuple(sorted([*kept, *added], key=lambda pair: pair[0]))

    measures = tuple(evolve(owner, evidence=merged(owner.id, owner.evidence)) for owner in proposal.measures)
    return evolve(proposal, measures=measures, evidence=merged(None, proposal.evidence))


# An answer that is given for every measure at once: each keeps what is known of it, and the answer is added.

NO_PLACE = Localized("answered by a person, no place given", "door een mens beantwoord, zonder vindplaats")
_NONE: frozenset[Atom] = frozenset()


@frozen
class Spread:
    """What an answer for every measure comes to.

    Attributes:
        edits: one for each measure of which something comes to be known, in order.
        emptied: ids of the measures of which nothing was known and that are now known to have nothing.
        unfit: ids of the measures of which something else is known; they stay as they are.
    """

    edits: tuple[Edit, ...]
    emptied: tuple[str, ...]
    unfit: tuple[str, ...]


@frozen
class _Addition:
    """What an answer adds to what is known.

    Attributes:
        has: what is there.
        lacks: what is not there.
        closed: that there is nothing else.
    """

    has: frozenset[Atom]
    lacks: frozenset[Atom]
    closed: bool

    def to(self, value: Value, field: Field) -> Value | None:
        """What is then known of a field; None where it does not go together with what is."""
        if field.single and value.yes and self.has - value.yes:
            return None
        if any(not value.may_have(atom) for atom in self.has) or not self.lacks.isdisjoint(value.yes):
            return None
        yes = value.yes | self.has
        if self.closed or not value.open:
            return Value.exactly(*yes) if value.open or yes == value.yes else None
        return Value(yes, value.no | self.lacks, open=True)


def spread(proposal: Proposal, key: Key, answer: Value, fields: Fields = COMMON) -> Spread:
    """An answer for one measure, given for all.

    Args:
        proposal: as it is.
        key: the field and the measure that the answer was given for.
        answer: what is then known of it.
        fields: of the pack.

    Raises:
        UsageError: the answer is about that one only: a field of the proposal, or a provision that is cited more precisely.
    """
    measure, name = key
    before = value_of(proposal, key)
    if measure is None or not before.yes <= answer.yes:
        raise UsageError("this cannot be said of all measures at once", "answer without `for all measures`")
    lacks = answer.no - before.no if answer.open else _NONE
    addition = _Addition(answer.yes - before.yes, lacks, closed=before.open and not answer.open)
    return _added(proposal, name, addition, fields)


def closing(proposal: Proposal, name: str, measures: frozenset[str] | None = None, fields: Fields = COMMON) -> Spread:
    """Of a field of measures that what is known of it is all.

    Args:
        proposal: as it is.
        name: of the field.
        measures: ids; all unless given.
        fields: of the pack.
    """
    return _added(proposal, name, _Addition(_NONE, _NONE, closed=True), fields, measures)


def _added(
    proposal: Proposal, name: str, addition: _Addition, fields: Fields, measures: frozenset[str] | None = None
) -> Spread:
    edits: list[Edit] = []
    emptied: list[str] = []
    unfit: list[str] = []
    for measure in proposal.measures:
        value = value_of(proposal, (measure.id, name))
        # A measure without a basis of its own rests on that of the proposal.
        if (measures is not None and measure.id not in measures) or (
            name == "legal_basis" and measure.legal_basis.unknown
        ):
            continue
        new = addition.to(value, fields.measure[name])
        if new is None:
            unfit.append(measure.id)
        elif new != value:
            edits.append(Edit(measure.id, name, new))
            if not value.yes and not new.yes and not new.open:
                emptied.append(measure.id)
    return Spread(tuple(edits), tuple(emptied), tuple(unfit))


def found_in(proposal: Proposal, key: Key, place: str, language: Language) -> Evidence | None:
    """Where the text says what was answered. What the file says of values that it had does not hold for the new one.

    Args:
        proposal: as it is.
        key: the field.
        place: as it was given; may be empty.
        language: of the note where it is.
    """
    measure, name = key
    part = next((candidate for candidate in proposal.measures if candidate.id == measure), proposal)
    read_in = part.evidence_for("all")
    document = read_in.document if read_in else proposal.name
    if place:
        return Evidence(document, place)
    held = read_in is not None or name in dict(part.evidence)
    return Evidence(document, note=NO_PLACE.get(language)) if held else None
