"""The schemas of what a pack knows: its head, vocabularies, kinds of fact, facts, principles, positions."""

from collections.abc import Mapping
from typing import Any

from consistent.knowledge.entries import FactKind, Manifest, Position, Principle
from consistent.knowledge.facts import FACT_KEYS, FactHead, FieldData, KindData
from consistent.knowledge.terms import TermData
from consistent.schemas.definitions import Schema
from consistent.schemas.written import WrittenDefinitions, any_of, described, list_of, table

__all__ = ["facts", "kinds", "manifest", "one_kind", "positions", "principles", "vocabulary"]


def manifest(definitions: WrittenDefinitions) -> Schema:
    """`pack.toml`."""
    return definitions.of_class(Manifest, sources=definitions.sources())


def principles(definitions: WrittenDefinitions) -> Schema:
    """`principles.toml`."""
    return _tables(definitions.of_class(Principle, sources=definitions.sources()))


def positions(definitions: WrittenDefinitions) -> Schema:
    """`positions.toml`."""
    return _tables(definitions.of_class(Position, sources=definitions.sources()))


def vocabulary(definitions: WrittenDefinitions) -> Schema:
    """A file of `vocabulary/`. Broader terms may stand in the file itself, so any text will do."""
    broader = any_of([definitions.text(), list_of(definitions.text())])
    return _tables(definitions.of_class(TermData, broader=broader))


def kinds(definitions: WrittenDefinitions) -> Schema:
    """`kinds.toml`."""
    names = {"type": "string", "enum": sorted(definitions.kb.knowledge.vocabularies)}
    # Of other types it is passed over.
    field = definitions.of_class(FieldData, vocabulary=any_of([names, definitions.text()])) | {
        "if": {"properties": {"type": {"const": "terms"}}, "required": ["type"]},
        "then": {"properties": {"vocabulary": names}, "required": ["vocabulary"]},
    }
    fields = {"type": "object", "minProperties": 1, "additionalProperties": field}
    fields["propertyNames"] = {"not": {"enum": list(FACT_KEYS)}}
    schema = definitions.of_class(KindData, fields=fields)
    return _tables(schema | {"required": [*schema["required"], "fields"]})


def facts(definitions: WrittenDefinitions) -> Schema:
    """A file of facts of any kind; one for each kind helps an editor more."""
    known = definitions.kb.knowledge.kinds
    chain: Schema = {}
    for name, kind in reversed(tuple(known.items())):
        files = {"properties": {"fact": list_of(_fact(definitions, kind))}}
        chain = {"if": {"properties": {"kind": {"const": name}}}, "then": files, **({"else": chain} if chain else {})}
    return _fact_file(definitions, known, {}) | chain


def one_kind(definitions: WrittenDefinitions, kind: FactKind) -> Schema:
    """A file of facts of one kind."""
    return _fact_file(definitions, {kind.name: kind}, _fact(definitions, kind))


def _fact_file(definitions: WrittenDefinitions, known: Mapping[str, FactKind], fact: Schema) -> Schema:
    words = definitions.words
    names = {"type": "string", "enum": list(known)}
    docs = {"x-taplo": {"docs": {"enumValues": [words.localized(each.title) for each in known.values()]}}}
    return table(
        {
            "kind": described(names | docs, words.of("facts", "kind")),
            "fact": described(list_of(fact), words.of("facts", "fact")),
        },
        ["kind"],
    )


def _fact(definitions: WrittenDefinitions, kind: FactKind) -> Schema:
    words = definitions.words
    head = definitions.of_class(FactHead, sources=definitions.sources())
    fields: dict[str, Any] = {}
    for name, field in kind.fields.items():
        atom = definitions.atom(field)
        fields[name] = described(any_of([atom, list_of(atom)]), words.localized(field.label))
    return table(head["properties"] | fields, [*head["required"], *sorted(kind.required)]) | {
        "if": {"properties": {"ground": {"const": "contested"}}, "required": ["ground"]},
        "then": {"required": ["readings"]},
    }


def _tables(schema: Schema) -> Schema:
    """A file of tables of one sort, each under its id."""
    return {"type": "object", "additionalProperties": schema}
