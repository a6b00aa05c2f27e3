"""Kinds of fact and facts, as packs bring them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

from attrs import evolve, field, frozen
from cattrs import Converter

from consistent.errors import Faults, did_you_mean
from consistent.knowledge.entries import Anchor, Fact, FactKind, Manifest, Period, check_period, check_sources
from consistent.knowledge.packs import PackFolder
from consistent.model.proposal import Field, FieldType
from consistent.model.text import Localized
from consistent.model.values import Value
from consistent.model.vocabulary import Vocabularies
from consistent.toml.files import is_file, toml_files
from consistent.toml.proposals import read_atom
from consistent.toml.structuring import Problem, Problems, structure
from consistent.toml.tomlfile import KeyPath, TomlFile, type_name

__all__ = ["FACT_KEYS", "FactHead", "FactReader", "FieldData", "KindData"]

_NOT_FACTS = {
    "guarantees.toml",
    "kinds.toml",
    "lint.toml",
    "mutants.toml",
    "own-fields.toml",
    "pack.toml",
    "positions.toml",
    "principles.toml",
}
FACT_KEYS = ("id", "sources", "valid_from", "valid_to", "verified", "ground", "readings")


@frozen
class FieldData:
    """A field of a kind of fact as its file has it."""

    type: Literal["terms", "citation", "text", "integer", "date", "boolean"]
    vocabulary: str = ""
    required: bool = False
    title: Localized | None = None


@frozen
class KindData:
    """A kind of fact as its file has it."""

    title: Localized
    fields: Any = field(factory=dict)


@frozen(kw_only=True)
class FactHead:
    """The keys that every fact has."""

    id: str
    sources: tuple[str, ...]
    valid_from: date | None = None
    valid_to: date | None = None
    verified: date | None = None
    ground: Literal["law", "contested", "policy"] = "law"
    readings: Localized | None = None


_NO_VALUE = Value.exactly()


class FactReader:
    """Reads kinds of fact, then facts, pack by pack, lowest first."""

    def __init__(self, vocabularies: Vocabularies, converter: Converter, faults: Faults) -> None:
        self._vocabularies, self._converter, self._faults = vocabularies, converter, faults
        self.kinds: dict[str, FactKind] = {}
        self.facts: dict[str, dict[str, Fact]] = {}
        # Facts say much the same in a field: equal values are one object. By field, as elsewhere 1 equals True.
        self._values: dict[tuple[str, str, Value], Value] = {}

    def read_kinds(self, folder: PackFolder) -> None:
        """Read the kinds of fact of one pack."""
        path = folder.facts / "kinds.toml"
        file = self._faults.attempt(TomlFile.read, path) if is_file(path) else None
        for key, data in file.data.items() if file else ():
            if file is None:
                continue
            kind = self._faults.attempt(self._kind, key, data, file, folder.name)
            if kind is None:
                continue
            if key in self.kinds:
                self._faults.add(
                    f"kind of fact `{key}` is already in the pack `{self.kinds[key].pack}`", file.location((key,))
                )
            elif key in {
                "measure",
                "proposal",
                "concept",
                "other",
                "count",
                "any",
                "all",
                "not",
                "id",
                "title",
                "sources",
                "reason",
            }:
                self._faults.add(
                    f"a kind of fact cannot be called `{key}`: conditions use that word", file.location((key,))
                )
            else:
                self.kinds[key] = kind
                self.facts[key] = {}

    def _kind(self, key: str, data: Any, file: TomlFile, pack: str) -> FactKind:
        read = structure(self._converter, data, KindData, file, (key,))
        fields: dict[str, Field] = {}
        required = set()
        faults = Faults()
        if not isinstance(read.fields, Mapping):
            faults.add(f"expected a table, found {type_name(read.fields)}", file.location((key, "fields")))
        for name, item in read.fields.items() if isinstance(read.fields, Mapping) else ():
            at: KeyPath = (key, "fields", name)
            data_ = faults.attempt(structure, self._converter, item, FieldData, file, at)
            if data_ is None:
                continue
            if name in FACT_KEYS:
                faults.add(f"a field cannot be called `{name}`: every fact has that key", file.location(at))
            if data_.type == "terms" and data_.vocabulary not in self._vocabularies:
                faults.add(
                    f"unknown vocabulary `{data_.vocabulary}`",
                    file.location(at),
                    did_you_mean(data_.vocabulary, self._vocabularies),
                )
            kind: FieldType = "amount" if data_.type == "integer" else data_.type
            field_ = Field(name, kind, data_.vocabulary)
            fields[name] = evolve(field_, label=data_.title) if data_.title else field_
            if data_.required:
                required.add(name)
        if not fields and not faults.found:
            faults.add(f"kind of fact `{key}` has no fields", file.location((key,)))
        faults.raise_any()
        return FactKind(name=key, title=read.title, fields=fields, required=frozenset(required), pack=pack)

    def read_facts(self, folder: PackFolder, pack: Manifest) -> None:
        """Read the facts of one pack, once the kinds of all are read."""
        others = [folder.facts / name for name in ("vocabulary", "concepts")]
        for path in self._faults.attempt(toml_files, folder.facts) or ():
            if any(map(path.is_relative_to, others)) or (path.parent == folder.facts and path.name in _NOT_FACTS):
                continue
            file = self._faults.attempt(TomlFile.read, path)
            if file is not None:
                self._fact_file(file, pack)

    def _fact_file(self, file: TomlFile, pack: Manifest) -> None:
        for key in file.data:
            if key not in {"kind", "fact"}:
                self._faults.add(f"unknown key `{key}`", file.location((key,)), did_you_mean(key, ("kind", "fact")))
        if "kind" not in file.data:
            self._faults.add("missing key `kind`", file.location(), did_you_mean("", self.kinds))
            return
        name = file.data["kind"]
        kind = self.kinds.get(name) if isinstance(name, str) else None
        if kind is None:
            known = isinstance(name, str)
            what = f"unknown kind of fact `{name}`" if known else f"expected a kind of fact, found {type_name(name)}"
            self._faults.add(what, file.location(("kind",)), did_you_mean(str(name), self.kinds) if known else "")
            return
        items = file.data.get("fact", [])
        if not isinstance(items, list):
            self._faults.add("expected a list of tables", file.location(("fact",)), "write `[[fact]]`")
            return
        for index, item in enumerate(items):
            fact = self._fact(item, kind, Anchor(file, ("fact", index)), pack)
            if fact is None:
                continue
            if fact.id in self.facts[kind.name]:
                first = self.facts[kind.name][fact.id].anchor.location
                self._faults.add(
                    f"duplicate id `{fact.id}` of kind `{kind.name}`, first at {first}", fact.anchor.location
                )
            else:
                self.facts[kind.name][fact.id] = fact

    def _fact(self, item: Any, kind: FactKind, anchor: Anchor, pack: Manifest) -> Fact | None:
        file, at, before = anchor.file, anchor.key, len(self._faults.found)
        if not isinstance(item, Mapping):
            self._faults.add(f"expected a table, found {type_name(item)}", anchor.location)
            return None
        values = dict.fromkeys(kind.fields, _NO_VALUE)
        for key, data in item.items():
            if key in FACT_KEYS:
                continue
            if key not in kind.fields:
                self._faults.add(
                    f"unknown key `{key}` in a fact of kind `{kind.name}`",
                    file.location((*at, key)),
                    did_you_mean(key, (*kind.fields, *FACT_KEYS)),
                )
                continue
            try:
                items = data if isinstance(data, list) else [data]
                value = Value.exactly(*(read_atom(raw, kind.fields[key], self._vocabularies) for raw in items))
                values[key] = self._values.setdefault((kind.name, key, value), value)
            except Problems as error:
                self._note(error.problems, file, (*at, key))
        for name in sorted(kind.required - set(item)):
            self._faults.add(f"missing key `{name}` in a fact of kind `{kind.name}`", anchor.location)
        head = self._faults.attempt(
            structure, self._converter, {key: item[key] for key in FACT_KEYS if key in item}, FactHead, file, at
        )
        if head is not None:
            check_sources(head.sources, file, (*at, "sources"), self._faults)
            check_period(head, file, at, self._faults)
            if head.ground == "contested" and head.readings is None:
                self._faults.add("a contested fact needs both `readings`", anchor.location)
        if head is None or len(self._faults.found) > before:
            return None
        return Fact(
            id=head.id, kind=kind.name, pack=pack.name, values=values, sources=head.sources, verified=head.verified,
            period=Period(head.valid_from, head.valid_to).within(pack.period), ground=head.ground, readings=head.readings, anchor=anchor,
        )  # fmt: skip

    def _note(self, problems: Iterable[Problem], file: TomlFile, at: KeyPath) -> None:
        for problem in problems:
            self._faults.add(problem.message, file.location((*at, *problem.key)), problem.help)
