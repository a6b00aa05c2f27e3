"""Reads the knowledge of a pack and of those it builds on from their `facts/` folders."""

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import evolve, frozen
from cattrs import Converter

from consistent.errors import Faults, did_you_mean
from consistent.knowledge.entries import Anchor, Knowledge, Position, Principle, check_sources
from consistent.knowledge.facts import FactReader
from consistent.knowledge.packs import PackFolder, pack_digest, read_manifests
from consistent.model.text import Localized
from consistent.model.vocabulary import Term, Vocabularies, Vocabulary, find_cycle
from consistent.toml.files import is_file, toml_files
from consistent.toml.structuring import new_converter, structure
from consistent.toml.tomlfile import TomlFile

__all__ = ["TermData", "TermReader", "read_knowledge"]

# Vocabularies of packs: each adds to those of the packs that it builds on.

# What every knowledge base has, so that a proposal can be read against any; packs fill them.
_VOCABULARIES = (
    "actors", "aim-relations", "areas", "bindingness", "effects", "finance", "instruments", "kinds", "obstacles", "partners",
    "procedures", "safeguards", "statements", "temporal-effects", "votes",
)  # fmt: skip


@frozen
class TermData:
    """A term as its file has it."""

    en: str
    nl: str
    broader: Any = ()
    definition: Localized | None = None
    eurovoc: str = ""
    question: Localized | None = None


class TermReader:
    """Reads vocabularies pack by pack, lowest first, then closes them."""

    def __init__(self, converter: Converter, faults: Faults) -> None:
        self._converter, self._faults = converter, faults
        self._terms: dict[str, dict[str, Term]] = {name: {} for name in _VOCABULARIES}
        self._refused: set[tuple[str, str]] = set()
        self._places: dict[tuple[str, str], Anchor] = {}

    def read(self, folder: PackFolder) -> None:
        """Read the vocabularies of one pack."""
        for path in self._faults.attempt(toml_files, folder.facts / "vocabulary") or ():
            file = self._faults.attempt(TomlFile.read, path)
            if file is None:
                continue
            terms = self._terms.setdefault(path.stem, {})
            for key, data in file.data.items():
                term = self._faults.attempt(self._term, key, data, file, folder.name)
                if term is None:
                    self._refused.add((path.stem, key))
                    continue
                if key in terms:
                    self._faults.add(f"term `{key}` is already in the pack `{terms[key].pack}`", file.location((key,)))
                else:
                    terms[key] = term
                    self._places[path.stem, key] = Anchor(file, (key,))

    def _term(self, key: str, data: Any, file: TomlFile, pack: str) -> Term:
        read = structure(self._converter, data, TermData, file, (key,))
        items = read.broader if isinstance(read.broader, list | tuple) else [read.broader]
        broader: tuple[str, ...] = structure(self._converter, items, tuple[str, ...], file, (key, "broader"))
        return Term(key, Localized(read.en, read.nl), broader, read.definition, pack, read.eurovoc, read.question)

    def close(self) -> Vocabularies:
        """The vocabularies, once it is checked that broader terms exist and form no circle."""
        closed: dict[str, Vocabulary] = {}
        for name, terms in self._terms.items():
            whole = True
            for term in terms.values():
                for wider in term.broader:
                    if (name, wider) in self._refused:
                        whole = False
                    elif wider not in terms:
                        place = self._places[name, term.id]
                        self._faults.add(
                            f"unknown broader term `{wider}` in vocabulary `{name}`",
                            place.file.location((*place.key, "broader")),
                            did_you_mean(wider, terms),
                        )
                        whole = False
            circle = find_cycle({term.id: term.broader for term in terms.values()}) if whole else ()
            if circle:
                place = self._places[name, circle[0]]
                self._faults.add(f"broader terms form a circle: {' > '.join(circle)}", place.location)
            elif whole:
                closed[name] = Vocabulary(name, terms)
        return closed


E = TypeVar("E", Principle, Position)
_FILES: Mapping[type[object], str] = {Principle: "principles.toml", Position: "positions.toml"}


def read_knowledge(name: str, available: Mapping[str, PackFolder]) -> tuple[Knowledge, tuple[PackFolder, ...]]:
    """Read a pack and those that it builds on.

    Returns:
        The knowledge, and the folders of the packs, each after those that it builds on.

    Raises:
        UsageError: there is no such pack.
        InputError: with every fault of the files, stage by stage: manifests, terms, kinds of fact, then the rest.
    """
    converter, faults = new_converter(), Faults()
    manifests = read_manifests(name, available, converter, faults)
    folders = tuple(available[manifest] for manifest in manifests)
    terms = TermReader(converter, faults)
    for folder in folders:
        terms.read(folder)
    vocabularies = terms.close()
    faults.raise_any()
    facts = FactReader(vocabularies, converter, faults)
    for folder in folders:
        facts.read_kinds(folder)
    faults.raise_any()
    principles: dict[str, Principle] = {}
    positions: dict[str, Position] = {}
    for folder in folders:
        _read_entries(folder, Principle, principles, converter, faults)
        _read_entries(folder, Position, positions, converter, faults)
        _check_principles(folder, principles, positions, faults)
        facts.read_facts(folder, manifests[folder.name])
    faults.raise_any()
    knowledge = Knowledge(
        packs=tuple(evolve(manifests[folder.name], digest=pack_digest(folder)) for folder in folders),
        vocabularies=vocabularies,
        kinds=facts.kinds,
        facts={kind: tuple(held.values()) for kind, held in facts.facts.items()},
        principles=principles,
        positions=positions,
    )
    return knowledge, folders


def _read_entries(folder: PackFolder, kind: type[E], found: dict[str, E], converter: Converter, faults: Faults) -> None:
    """Principles or positions: a table each, the key its id."""
    path = folder.facts / _FILES[kind]
    file = faults.attempt(TomlFile.read, path) if is_file(path) else None
    for key, data in file.data.items() if file else ():
        if file is None:
            continue
        entry = faults.attempt(structure, converter, data, kind, file, (key,))
        if entry is None:
            continue
        check_sources(entry.sources, file, (key, "sources"), faults)
        if key in found:
            faults.add(f"`{key}` is already in the pack `{found[key].pack}`", file.location((key,)))
        else:
            found[key] = evolve(entry, id=key, pack=folder.name)


def _check_principles(
    folder: PackFolder, principles: Mapping[str, Principle], positions: Mapping[str, Position], faults: Faults
) -> None:
    """Note where a position of a pack names a principle that there is not."""
    path = folder.facts / _FILES[Position]
    for position in (held for held in positions.values() if held.pack == folder.name):
        for index, principle in enumerate(position.principles):
            if principle not in principles:
                place = TomlFile.read(path).location((position.id, "principles", index))
                faults.add(f"unknown principle `{principle}`", place, did_you_mean(principle, principles))
