"""Reads the concepts of packs from the folder `concepts/` among their facts: one a file, the name of the file its id."""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import Any, cast, get_args

from attrs import frozen

from consistent.errors import Faults
from consistent.knowledge.entries import Anchor, Knowledge, check_sources
from consistent.knowledge.packs import PackFolder
from consistent.model.text import Localized
from consistent.model.vocabulary import find_cycle
from consistent.packing import Packed
from consistent.rules.conditions import Concept, Holding
from consistent.rules.examples import read_examples
from consistent.rules.loading import read_condition
from consistent.rules.reading import ConditionReader
from consistent.rules.rule import NAME, NAME_HELP
from consistent.toml.files import toml_files
from consistent.toml.proposals import ProposalReader
from consistent.toml.structuring import as_one_of, new_converter, structure
from consistent.toml.tomlfile import TomlFile

__all__ = ["CONCEPTS", "ConceptData", "load_concepts", "named_in"]

# The folder of concepts in the `facts/` folder of a pack.
CONCEPTS = "concepts"


@frozen(kw_only=True)
class ConceptData:
    """A concept as its file has it; condition and examples are read on their own."""

    title: Localized
    sources: tuple[str, ...]
    when: Any
    example: Any = ()


def load_concepts(knowledge: Knowledge, folders: Sequence[PackFolder], reader: ProposalReader) -> Mapping[str, Concept]:
    """Read every concept of the packs, by id, each after those that it rests on.

    Args:
        knowledge: what conditions may name.
        folders: the packs, each after those that it builds on.
        reader: for the examples.

    Raises:
        InputError: with every fault of all files.
    """
    faults = Faults()
    files: dict[str, tuple[str, TomlFile]] = {}
    for folder in folders:
        for path in faults.attempt(toml_files, folder.facts / CONCEPTS) or ():
            file = faults.attempt(TomlFile.read, path)
            if file is None:
                continue
            name = path.stem
            if not NAME.fullmatch(name):
                faults.add(f"`{name}` is no id for a concept", file.location(), NAME_HELP)
            if name in files:
                faults.add(f"concept `{name}` is already in the pack `{files[name][0]}`", file.location())
            else:
                files[name] = folder.name, file
    edges = {
        name: [other for other in named_in(file.data.get("when")) if other in files]
        for name, (_, file) in files.items()
    }
    ring = find_cycle(edges)
    if ring:
        place = files[ring[0]][1].location(("when",))
        faults.add(f"concepts rest on each other in a circle: {' > '.join(ring)}", place)
    faults.raise_any()
    found: dict[str, Concept] = {}
    refused: set[str] = set()
    for name in TopologicalSorter(edges).static_order():
        if refused.isdisjoint(edges[name]):
            concept = _read(name, *files[name], knowledge, found, reader, faults)
            if concept is not None:
                found[name] = concept
                continue
        refused.add(name)
    faults.raise_any()
    return found


def named_in(data: object) -> Iterator[str]:
    """The names of concepts in a condition as TOML has it, whatever else is wrong with that."""
    if isinstance(data, Mapping):
        for key, item in data.items():
            yield from _names(item) if key == "concept" else named_in(item)
    elif isinstance(data, list | tuple):
        for item in data:
            yield from named_in(item)


def _names(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping | list | tuple):
        for item in data.values() if isinstance(data, Mapping) else data:
            yield from _names(item)


def _read(
    name: str,
    pack: str,
    file: TomlFile,
    knowledge: Knowledge,
    concepts: Mapping[str, Concept],
    reader: ProposalReader,
    faults: Faults,
) -> Concept | None:
    """One concept; None and the faults noted if anything is wrong with it."""
    before = len(faults.found)
    converter = new_converter()
    # Left as they are: condition and examples have readers of their own.
    converter.register_structure_hook(Any, lambda value, _: value)
    data = faults.attempt(structure, converter, file.data, ConceptData, file)
    if data is not None:
        check_sources(data.sources, file, ("sources",), faults)
    conditions = ConditionReader(knowledge, concepts)
    when = read_condition(conditions, file.data["when"], ("when",), file, faults) if "when" in file.data else None
    examples, whole = read_examples(file.data.get("example", ()), _holding, file, reader, faults)
    expected = {example.expect for example in examples}
    for wanted in ("holds", "fails"):
        if whole and wanted not in expected:
            faults.add(
                f"no example of which the concept {wanted}", file.location(), f'add one with expect = "{wanted}"'
            )
    if data is None or when is None or len(faults.found) > before:
        return None
    return Concept(
        id=name, pack=pack, title=data.title, sources=data.sources, condition=when,
        examples=Packed(examples, shared=[file]), anchor=Anchor(file),
    )  # fmt: skip


def _holding(value: object) -> Holding:
    return cast("Holding", as_one_of(value, words=get_args(Holding)))
