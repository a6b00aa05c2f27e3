"""Writes what was answered into the text of a proposal, and leaves every other line as it is."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from consistent.errors import Fault, InputError, Location
from consistent.inquiries.edits import field_of
from consistent.inquiries.questions.pending import Key
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Evidence, Field, Measure, Proposal
from consistent.model.values import UNKNOWN, Atom, Value
from consistent.model.vocabulary import Vocabularies
from consistent.reading.proposals import ProposalReader, evidence_to_data
from consistent.reading.rewriting import rewrite
from consistent.reading.tomlfile import KeyPath, TomlFile

__all__ = ["record"]


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
        changes[path] = _data(old, new, _held(file.data, path), field_of(*key), vocabularies)
    for key, entries in _entries(before, after, evidence).items():
        measure, name = key
        head = _path(before, (measure, "evidence"))
        told = [evidence_to_data(each) for each in entries]
        changes[*head, name] = told[0] if len(told) == 1 else told
    text = rewrite(file.text or "", changes)
    written = ProposalReader(vocabularies).read(TomlFile.parse(text, file.path))
    if written != _with_evidence(after, _entries(before, after, evidence)):
        raise InputError([Fault("the answers cannot be written into a file of this layout", Location(file.path))])
    return text


def _changed(before: Proposal, after: Proposal) -> list[tuple[Key, Value, Value]]:
    pairs: list[tuple[str | None, Proposal | Measure, Proposal | Measure, Mapping[str, Field]]] = [
        (None, before, after, PROPOSAL_FIELDS),
        *((old.id, old, new, MEASURE_FIELDS) for old, new in zip(before.measures, after.measures, strict=True)),
    ]
    return [
        ((measure, name), getattr(old, name), getattr(new, name))
        for measure, old, new, fields in pairs
        for name in fields
        if getattr(old, name) != getattr(new, name)
    ]


def _path(proposal: Proposal, key: Key) -> KeyPath:
    measure, name = key
    if measure is None:
        return "proposal", name
    return "measure", next(number for number, each in enumerate(proposal.measures) if each.id == measure), name


def _held(data: Any, path: KeyPath) -> Any:
    """What the file has at a path; None for nothing."""
    for each in path:
        data = data[each] if isinstance(each, int) else data.get(each)
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
        refused = frozenset(each for each in refused if refused.isdisjoint(vocabulary.broader(str(each))))
    data = {"has": _ordered(new.yes, parts.get("has", []))}
    data["lacks"] = [*parts.get("lacks", []), *_ordered(refused, ())]
    return {key: items for key, items in data.items() if items or key in parts}


def _ordered(atoms: frozenset[Atom], held: Any) -> list[Atom]:
    first = [each for each in (held if isinstance(held, list | tuple) else [held]) if each in atoms]
    return [*dict.fromkeys(first), *sorted(atoms.difference(first), key=str)]


def _entries(before: Proposal, after: Proposal, evidence: Mapping[Key, Evidence]) -> dict[Key, list[Evidence]]:
    """All that a field then has of evidence: what it had stays, and each value that has come to be known gets its own."""
    found: dict[Key, list[Evidence]] = {}
    news = {key: (old, new) for key, old, new in _changed(before, after)}
    for key, each in evidence.items():
        part = before if key[0] is None else next(one for one in before.measures if one.id == key[0])
        held = [one for name, one in part.evidence if name == key[1]]
        old, new = news.get(key, (UNKNOWN, UNKNOWN))
        # Of what is refused, what the file has at all; the rest follows from it.
        atoms = [*_ordered(new.yes - old.yes, ()), *_ordered(new.no - old.no if new.open else frozenset(), ())]
        own = [evolve(each, value=str(atom)) for atom in atoms] if held else []
        found[key] = [*held, *(own or [each])]
    return found


def _with_evidence(proposal: Proposal, evidence: Mapping[Key, list[Evidence]]) -> Proposal:
    def merged(measure: str | None, held: tuple[tuple[str, Evidence], ...]) -> tuple[tuple[str, Evidence], ...]:
        new = {name: entries for (owner, name), entries in evidence.items() if owner == measure}
        kept = [pair for pair in held if pair[0] not in new]
        added = [(name, each) for name, entries in new.items() for each in entries]
        return tuple(sorted([*kept, *added], key=lambda pair: pair[0]))

    measures = tuple(evolve(each, evidence=merged(each.id, each.evidence)) for each in proposal.measures)
    return evolve(proposal, measures=measures, evidence=merged(None, proposal.evidence))
