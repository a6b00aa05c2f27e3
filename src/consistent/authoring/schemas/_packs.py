"""The schemas of what a pack knows: its head, vocabularies, kinds of fact, facts, principles, positions."""

from collections.abc import Mapping
from typing import Any

from consistent.authoring.schemas._written import WrittenDefinitions, any_of, described, list_of, table
from consistent.authoring.schemas.definitions import Schema
from consistent.knowledge.entries import FactKind, Manifest, Position, Principle
from consistent.knowledge.facts import FACT_KEYS, FactHead, FieldData, KindData
from consistent.knowledge.reading import TermData
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Evidence, Field

__all__ = [
    "facts",
    "header",
    "kinds",
    "manifest",
    "measure",
    "one_kind",
    "positions",
    "principles",
    "proposal",
    "vocabulary",
]


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
    docs = {"x-taplo": {"docs": {"enumValues": [words.localized(kind.title) for kind in known.values()]}}}
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


# The schema of proposals, in files of their own and in the examples of rules.


def proposal(definitions: WrittenDefinitions) -> Schema:
    """A proposal file."""
    words = definitions.words
    return table(
        {
            "proposal": described(header(definitions), words.of("file", "proposal")),
            "measure": described(list_of(measure(definitions)), words.of("file", "measure")),
        },
        ["proposal"],
    )


def header(definitions: WrittenDefinitions) -> Schema:
    """The header of a proposal."""
    return table(_part(definitions, "proposal", PROPOSAL_FIELDS))


def measure(definitions: WrittenDefinitions, *, named: bool = True) -> Schema:
    """A measure.

    Args:
        definitions: of the pack.
        named: whether it must have an id; in examples it need not.
    """
    identity = {"id": described(definitions.text(), definitions.words.of("measure", "id"))}
    return table(identity | _part(definitions, "measure", MEASURE_FIELDS), ["id"] if named else [])


def _part(definitions: WrittenDefinitions, name: str, fields: Mapping[str, Field]) -> dict[str, Schema]:
    words = definitions.words
    evidence = definitions.of(Evidence)
    places = table(dict.fromkeys([*fields, "all", "title"], any_of([evidence, list_of(evidence)])))
    return {
        "title": described(definitions.title(), words.of(name, "title")),
        **{key: described(_value(definitions, field), words.localized(field.label)) for key, field in fields.items()},
        "evidence": described(places, words.of(name, "evidence")),
    }


def _value(definitions: WrittenDefinitions, field: Field) -> Schema:
    """What can be said of a field: a value, a list, or a table of what is there and what is not."""
    atom = definitions.atom(field)
    keys = ["has", "lacks", *(["may"] if field.type == "terms" else [])]
    parts = {key: described(list_of(atom), definitions.words.of("value", key)) for key in keys}
    most = {}
    if field.single:
        # What is known to be there is then the whole value.
        parts["has"]["maxItems"] = 0
        most["maxItems"] = 1
    return any_of([atom, list_of(atom, **most), table(parts)])
