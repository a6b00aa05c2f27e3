"""Reads the knowledge of a pack and of those it builds on from their `facts/` folders."""

from collections.abc import Mapping
from typing import TypeVar

from attrs import evolve
from cattrs import Converter

from consistent.errors import Faults
from consistent.knowledge.base import Knowledge
from consistent.knowledge.checks import check_sources
from consistent.knowledge.entries import Position, Principle
from consistent.knowledge.facts import FactReader
from consistent.knowledge.finding_packs import PackFolder
from consistent.knowledge.manifests import read_manifests
from consistent.knowledge.terms import TermReader
from consistent.reading.files import is_file
from consistent.reading.structuring import new_converter, structure
from consistent.reading.tomlfile import TomlFile

__all__ = ["read_knowledge"]

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
    folders = tuple(available[each] for each in manifests)
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
        facts.read_facts(folder, manifests[folder.name])
    faults.raise_any()
    knowledge = Knowledge(
        packs=tuple(manifests.values()),
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
