"""The knowledge of a pack and of those it builds on, read from their `facts/` folders."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from attrs import evolve, field, frozen

from consistent.errors import Faults, Location, did_you_mean
from consistent.knowledge.entries import Anchor, Fact, FactKind, Manifest, Period, Position, Principle
from consistent.knowledge.finding_packs import PackFolder, unknown_pack
from consistent.model.proposal import Field
from consistent.model.text import Localized
from consistent.model.values import Value
from consistent.model.vocabulary import Term, Vocabularies, Vocabulary, find_cycle
from consistent.reading.proposals import read_atom
from consistent.reading.structuring import (
    Problem,
    Problems,
    new_converter,
    read_source,
    structure,
    type_name,
)
from consistent.reading.tomlfile import KeyPath, TomlFile

__all__ = ["Knowledge", "read_knowledge", "toml_files"]

_NOT_FACTS = {"pack.toml", "kinds.toml", "principles.toml", "positions.toml"}
_FACT_KEYS = ("id", "sources", "valid_from", "valid_to", "verified", "ground", "readings")

# What every knowledge base has, so that a proposal can be read against any; packs fill them.
_VOCABULARIES = (
    "actors", "areas", "bindingness", "effects", "finance", "instruments", "kinds", "partners", "procedures",
    "safeguards", "statements", "votes",
)  # fmt: skip


@frozen(kw_only=True, eq=False)
class Knowledge:
    """All that the packs know but their rules. Packs are in order: each after those that it builds on."""

    packs: tuple[Manifest, ...]
    vocabularies: Vocabularies
    kinds: Mapping[str, FactKind]
    facts: Mapping[str, tuple[Fact, ...]]
    principles: Mapping[str, Principle]
    positions: Mapping[str, Position]


def toml_files(folder: Path) -> list[Path]:
    """Every TOML file under a folder, in order of path."""
    return sorted(folder.rglob("*.toml"))


def read_knowledge(name: str, available: Mapping[str, PackFolder]) -> tuple[Knowledge, tuple[PackFolder, ...]]:
    """Read a pack and those that it builds on.

    Raises:
        UsageError: there is no such pack.
        InputError: with every fault of the files, stage by stage: manifests, then terms and kinds, then the rest.
    """
    reader = _Reader(available)
    folders = reader.manifests(name)
    reader.faults.raise_any()
    for folder in folders:
        reader.vocabularies(folder)
    reader.close_vocabularies()
    reader.faults.raise_any()
    for folder in folders:
        reader.kinds(folder)
    reader.faults.raise_any()
    for folder in folders:
        reader.entries(folder, "principles.toml", Principle, reader.principles)
        reader.entries(folder, "positions.toml", Position, reader.positions)
        reader.fact_files(folder)
    reader.faults.raise_any()
    return reader.knowledge(), folders


@frozen
class _TermData:
    """A term as its file has it."""

    en: str
    nl: str
    broader: Any = ()
    definition: Localized | None = None


@frozen
class _FieldData:
    """A field of a kind of fact as its file has it."""

    type: Literal["terms", "citation", "text", "integer", "date", "boolean"]
    vocabulary: str = ""
    required: bool = False


@frozen
class _KindData:
    """A kind of fact as its file has it."""

    title: Localized
    fields: Any = field(factory=dict)


class _Reader:
    """Reads packs in order; what one pack brings, the next may use."""

    def __init__(self, available: Mapping[str, PackFolder]) -> None:
        self.available = available
        self.faults = Faults()
        self.converter = new_converter()
        self.found: dict[str, Manifest] = {}
        self.terms: dict[str, dict[str, Term]] = {each: {} for each in _VOCABULARIES}
        self.term_places: dict[tuple[str, str], Anchor] = {}
        self.closed: dict[str, Vocabulary] = {}
        self.fact_kinds: dict[str, FactKind] = {}
        self.facts: dict[str, dict[str, Fact]] = {}
        self.principles: dict[str, Any] = {}
        self.positions: dict[str, Any] = {}

    def knowledge(self) -> Knowledge:
        return Knowledge(
            packs=tuple(self.found.values()),
            vocabularies=self.closed,
            kinds=self.fact_kinds,
            facts={kind: tuple(facts.values()) for kind, facts in self.facts.items()},
            principles=self.principles,
            positions=self.positions,
        )

    def manifests(self, name: str) -> tuple[PackFolder, ...]:
        """Manifests of the pack and of those below it; the folders in order, lowest first."""
        if name not in self.available:
            raise unknown_pack(name, self.available)
        edges: dict[str, tuple[str, ...]] = {}
        read: dict[str, Manifest] = {}
        queue = [name]
        while queue:
            each = queue.pop()
            if each in edges:
                continue
            file = self.faults.attempt(TomlFile.read, self.available[each].facts / "pack.toml")
            edges[each] = ()
            if file is None:
                continue
            manifest = self.faults.attempt(structure, self.converter, file.data, Manifest, file)
            if manifest is None:
                continue
            self._check_sources(manifest.sources, file, ("sources",))
            for index, below in enumerate(manifest.builds_on):
                if below not in self.available:
                    self.faults.add(
                        f"unknown pack `{below}`",
                        file.location(("builds_on", index)),
                        did_you_mean(below, self.available),
                    )
            edges[each] = tuple(below for below in manifest.builds_on if below in self.available)
            read[each] = evolve(manifest, name=each)
            queue.extend(edges[each])
        circle = find_cycle(edges)
        if circle:
            place = Location(str(self.available[circle[0]].facts / "pack.toml"), None, "builds_on")
            self.faults.add("packs build on each other in a circle: " + " > ".join(circle), place)
            return ()
        self.faults.raise_any()
        for each in _below_first(name, edges):
            self.found[each] = read[each]
        return tuple(self.available[each] for each in self.found)

    def vocabularies(self, folder: PackFolder) -> None:
        for path in toml_files(folder.facts / "vocabulary"):
            file = self.faults.attempt(TomlFile.read, path)
            if file is None:
                continue
            terms = self.terms.setdefault(path.stem, {})
            for key, data in file.data.items():
                term = self.faults.attempt(self._term, key, data, file, folder.name)
                if term is None:
                    continue
                if key in terms:
                    self.faults.add(f"term `{key}` is already in the pack `{terms[key].pack}`", file.location((key,)))
                else:
                    terms[key] = term
                    self.term_places[path.stem, key] = Anchor(file, (key,))

    def _term(self, key: str, data: Any, file: TomlFile, pack: str) -> Term:
        read = structure(self.converter, data, _TermData, file, (key,))
        broader = read.broader if isinstance(read.broader, list) else [read.broader] if read.broader else []
        return Term(key, Localized(read.en, read.nl), tuple(map(str, broader)), read.definition, pack)

    def close_vocabularies(self) -> None:
        """Check that broader terms exist and form no circle, then fix the vocabularies."""
        for name, terms in self.terms.items():
            whole = True
            for term in terms.values():
                for wider in term.broader:
                    if wider not in terms:
                        place = self.term_places[name, term.id]
                        self.faults.add(
                            f"unknown broader term `{wider}` in vocabulary `{name}`",
                            place.file.location((*place.key, "broader")),
                            did_you_mean(wider, terms),
                        )
                        whole = False
            circle = find_cycle({term.id: term.broader for term in terms.values()}) if whole else ()
            if circle:
                place = self.term_places[name, circle[0]]
                self.faults.add(f"broader terms form a circle: {' > '.join(circle)}", place.location)
            elif whole:
                self.closed[name] = Vocabulary(name, terms)

    def kinds(self, folder: PackFolder) -> None:
        path = folder.facts / "kinds.toml"
        file = self.faults.attempt(TomlFile.read, path) if path.exists() else None
        for key, data in file.data.items() if file else ():
            if file is None:
                continue
            kind = self.faults.attempt(self._kind, key, data, file, folder.name)
            if kind is None:
                continue
            if key in self.fact_kinds:
                self.faults.add(
                    f"kind of fact `{key}` is already in the pack `{self.fact_kinds[key].pack}`", file.location((key,))
                )
            elif key in {"measure", "proposal", "other", "count", "any", "all", "not", "reason"}:
                self.faults.add(
                    f"a kind of fact cannot be called `{key}`: conditions use that word", file.location((key,))
                )
            else:
                self.fact_kinds[key] = kind
                self.facts[key] = {}

    def _kind(self, key: str, data: Any, file: TomlFile, pack: str) -> FactKind:
        read = structure(self.converter, data, _KindData, file, (key,))
        fields: dict[str, Field] = {}
        required = set()
        faults = Faults()
        for name, item in read.fields.items() if isinstance(read.fields, Mapping) else ():
            at: KeyPath = (key, "fields", name)
            data_ = faults.attempt(structure, self.converter, item, _FieldData, file, at)
            if data_ is None:
                continue
            if name in _FACT_KEYS:
                faults.add(f"a field cannot be called `{name}`: every fact has that key", file.location(at))
            if data_.type == "terms" and data_.vocabulary not in self.closed:
                faults.add(
                    f"unknown vocabulary `{data_.vocabulary}`",
                    file.location(at),
                    did_you_mean(data_.vocabulary, self.closed),
                )
            fields[name] = Field(name, "amount" if data_.type == "integer" else data_.type, data_.vocabulary)
            if data_.required:
                required.add(name)
        if not fields and not faults.found:
            faults.add(f"kind of fact `{key}` has no fields", file.location((key,)))
        faults.raise_any()
        return FactKind(name=key, title=read.title, fields=fields, required=frozenset(required), pack=pack)

    def entries(self, folder: PackFolder, name: str, kind: type[Any], found: dict[str, Any]) -> None:
        """Principles or positions: a table each, the key its id."""
        path = folder.facts / name
        file = self.faults.attempt(TomlFile.read, path) if path.exists() else None
        for key, data in file.data.items() if file else ():
            if file is None:
                continue
            entry = self.faults.attempt(structure, self.converter, data, kind, file, (key,))
            if entry is None:
                continue
            self._check_sources(entry.sources, file, (key, "sources"))
            if key in found:
                self.faults.add(f"`{key}` is already in the pack `{found[key].pack}`", file.location((key,)))
            else:
                found[key] = evolve(entry, id=key, pack=folder.name)

    def _check_sources(self, sources: Iterable[str], file: TomlFile, at: KeyPath) -> None:
        listed = list(sources)
        if not listed:
            self.faults.add("no source: at least one is needed", file.location(at))
        for index, source in enumerate(listed):
            try:
                read_source(source)
            except Problems as error:
                for each in error.problems:
                    self.faults.add(each.message, file.location((*at, index)), each.help)

    def fact_files(self, folder: PackFolder) -> None:
        vocabulary = folder.facts / "vocabulary"
        for path in toml_files(folder.facts):
            if path.is_relative_to(vocabulary) or (path.parent == folder.facts and path.name in _NOT_FACTS):
                continue
            file = self.faults.attempt(TomlFile.read, path)
            if file is not None:
                self._fact_file(file, folder.name)

    def _fact_file(self, file: TomlFile, pack: str) -> None:
        for key in file.data:
            if key not in {"kind", "fact"}:
                self.faults.add(f"unknown key `{key}`", file.location((key,)), did_you_mean(key, ("kind", "fact")))
        kind = self.fact_kinds.get(str(file.data.get("kind")))
        if kind is None:
            known = did_you_mean(str(file.data.get("kind")), self.fact_kinds)
            what = f"unknown kind of fact `{file.data['kind']}`" if "kind" in file.data else "missing key `kind`"
            self.faults.add(what, file.location(("kind",)), known)
            return
        items = file.data.get("fact", [])
        if not isinstance(items, list):
            self.faults.add("expected a list of tables", file.location(("fact",)), "write `[[fact]]`")
            return
        for index, item in enumerate(items):
            fact = self._fact(item, kind, Anchor(file, ("fact", index)), pack)
            if fact is None:
                continue
            if fact.id in self.facts[kind.name]:
                first = self.facts[kind.name][fact.id].anchor.location
                self.faults.add(
                    f"duplicate id `{fact.id}` of kind `{kind.name}`, first at {first}", fact.anchor.location
                )
            else:
                self.facts[kind.name][fact.id] = fact

    def _fact(self, item: Any, kind: FactKind, anchor: Anchor, pack: str) -> Fact | None:
        file, at, before = anchor.file, anchor.key, len(self.faults.found)
        if not isinstance(item, Mapping):
            self.faults.add(f"expected a table, found {type_name(item)}", anchor.location)
            return None
        values = {name: Value.exactly() for name in kind.fields}
        for key, data in item.items():
            if key in _FACT_KEYS:
                continue
            if key not in kind.fields:
                self.faults.add(
                    f"unknown key `{key}` in a fact of kind `{kind.name}`",
                    file.location((*at, key)),
                    did_you_mean(key, (*kind.fields, *_FACT_KEYS)),
                )
                continue
            try:
                items = data if isinstance(data, list) else [data]
                values[key] = Value.exactly(*(read_atom(each, kind.fields[key], self.closed) for each in items))
            except Problems as error:
                self._note(error.problems, file, (*at, key))
        for name in sorted(kind.required - set(item)):
            self.faults.add(f"missing key `{name}` in a fact of kind `{kind.name}`", anchor.location)
        head = self.faults.attempt(
            structure, self.converter, {key: item[key] for key in _FACT_KEYS if key in item}, _FactHead, file, at
        )
        if head is not None:
            self._check_sources(head.sources, file, (*at, "sources"))
            if head.ground == "contested" and head.readings is None:
                self.faults.add("a contested fact needs both `readings`", anchor.location)
        if head is None or len(self.faults.found) > before:
            return None
        return Fact(
            id=head.id, kind=kind.name, pack=pack, values=values, sources=head.sources, verified=head.verified,
            period=Period(head.valid_from, head.valid_to), ground=head.ground, readings=head.readings, anchor=anchor,
        )  # fmt: skip

    def _note(self, problems: Iterable[Problem], file: TomlFile, at: KeyPath) -> None:
        for each in problems:
            self.faults.add(each.message, file.location((*at, *each.key)), each.help)


@frozen(kw_only=True)
class _FactHead:
    """The keys that every fact has."""

    id: str
    sources: tuple[str, ...]
    valid_from: date | None = None
    valid_to: date | None = None
    verified: date | None = None
    ground: Literal["law", "contested", "policy"] = "law"
    readings: Localized | None = None


def _below_first(name: str, edges: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The packs in an order in which each comes after those that it builds on."""
    order: dict[str, None] = {}

    def visit(each: str) -> None:
        for below in edges[each]:
            visit(below)
        order[each] = None

    visit(name)
    return list(order)
