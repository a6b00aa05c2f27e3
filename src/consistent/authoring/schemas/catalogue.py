"""The schema of every sort of TOML file that people write, and which sorts there are."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, get_args

from consistent.authoring.accepted import Accepted, Explanation
from consistent.authoring.schemas._conditions import condition, condition_properties
from consistent.authoring.schemas._forms import form
from consistent.authoring.schemas._written import WrittenDefinitions, any_of, described, list_of, table
from consistent.authoring.schemas.definitions import Schema
from consistent.authoring.suite.golden_files import ExpectedMeasure, ExpectedWhole, GoldenHead, Rules
from consistent.checker import KnowledgeBase
from consistent.engine.choosing import ENGINES
from consistent.errors import UsageError, did_you_mean
from consistent.findings.outcome import BARS
from consistent.knowledge.entries import FactKind, Manifest, Position, Principle
from consistent.knowledge.facts import FACT_KEYS, FactHead, FieldData, KindData
from consistent.knowledge.fields import FIELD_NAME, OwnFieldData
from consistent.knowledge.reading import AddedData, TermData
from consistent.lifecycle.ordering import Listed
from consistent.model.proposal import RECORDS, Description, Evidence, Field
from consistent.model.text import LANGUAGES, Language
from consistent.rules.concepts import ConceptData
from consistent.rules.conditions import Holding
from consistent.rules.guarantees import JudgementData, PatternData
from consistent.rules.rule import VERDICTS, Expectation, RuleData
from consistent.toml.waivers import Waiver

__all__ = ["ENDING", "FILES", "render", "schema_for", "schemas_of"]


# The schema of rules.

# One example at least flags something, and one at least leaves something alone.
_FLAGGED = [word for word in get_args(Expectation) if word not in {"excepted", "not-applicable"}]


def rule(definitions: WrittenDefinitions) -> Schema:
    """The file of a rule."""
    schema = definitions.of_class(
        RuleData,
        principle=definitions.principle(),
        positions=list_of(definitions.position()),
        sources=definitions.sources(),
        defeats=list_of(definitions.rule()),
        when=condition(definitions),
        unless=list_of(_exception(definitions)),
        example=_examples(definitions, get_args(Expectation), definitions.words.of("example", "expect"))
        | {
            "contains": {"properties": {"expect": {"enum": list(VERDICTS)}}},
            "not": {"items": {"properties": {"expect": {"enum": _FLAGGED}}}},
        },
    )
    # The loader looks for examples itself, after the rest.
    return schema | {"required": [*schema["required"], "example"]}


def concept(definitions: WrittenDefinitions) -> Schema:
    """The file of a concept: of one example at least it holds, and of one it does not."""
    examples = _examples(definitions, get_args(Holding), definitions.words.of("concept", "expect"))
    schema = definitions.of_class(
        ConceptData,
        sources=definitions.sources(),
        when=condition(definitions),
        example=examples
        | {"allOf": [{"contains": {"properties": {"expect": {"const": word}}}} for word in ("holds", "fails")]},
    )
    return schema | {"required": [*schema["required"], "example"]}


def _exception(definitions: WrittenDefinitions) -> Schema:
    if "exception" in definitions.held:
        return definitions.reference("exception")
    # Held before it is made, as one to it has the same form.
    definitions.held["exception"] = {}
    parts = {
        "id": definitions.text(),
        "title": definitions.localized(),
        "sources": definitions.sources(),
        "reason": definitions.localized(),
        "unless": list_of(_exception(definitions)),
    }
    head = {key: described(part, definitions.words.of("exception", key)) for key, part in parts.items()}
    # Beside the reason it asks for something.
    definitions.held["exception"] = table(head | condition_properties(definitions), ["reason"], minProperties=2)
    return definitions.reference("exception")


def _examples(definitions: WrittenDefinitions, expected: Sequence[str], about: str) -> Schema:
    """Two at least, each with one of these words of what is expected."""
    words = definitions.words
    parts = {
        "title": definitions.title(),
        "expect": definitions.word(expected),
        "proposal": header(definitions),
        "measure": list_of(measure(definitions, named=False)),
    }
    example = table(
        {key: described(part, about if key == "expect" else words.of("example", key)) for key, part in parts.items()},
        ["title", "expect"],
    )
    return list_of(example, minItems=2)


# What a pack knows: its head, vocabularies, kinds of fact, facts, principles, positions; and proposals.


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
    term = definitions.of_class(TermData, broader=broader)
    # To a term of a pack below something is added.
    return _tables(any_of([term, definitions.of_class(AddedData, broader=broader)]))


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


def fields(definitions: WrittenDefinitions) -> Schema:
    """`own-fields.toml`."""
    names = {"type": "string", "enum": sorted(definitions.kb.knowledge.vocabularies)}
    terms = {"properties": {"type": {"const": "terms"}}, "required": ["type"]}
    field = definitions.of_class(OwnFieldData, vocabulary=names) | {
        "if": terms,
        "then": {"required": ["vocabulary"]},
        "else": {"properties": {"vocabulary": False}},
    }
    own = {name for name, about in definitions.fields.own.items() if about.pack == definitions.kb.name}
    taken = sorted({about.name for about in definitions.fields.every} - own)
    declared = _tables(field) | {"propertyNames": {"pattern": f"^{FIELD_NAME}$", "not": {"enum": taken}}}
    said = definitions.words
    return table({owner: described(declared, said.of("own-fields", owner)) for owner in ("measure", "proposal")})


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
            **{
                key: described(list_of(definitions.of_class(kind)), words.of("file", key))
                for key, (_, kind) in RECORDS.items()
            },
        },
        ["proposal"],
    )


def header(definitions: WrittenDefinitions) -> Schema:
    """The header of a proposal."""
    beside = described(list_of(definitions.text()), definitions.words.of("proposal", "accompanying"))
    return table({"accompanying": beside} | _part(definitions, "proposal", definitions.fields.proposal, "accompanying"))


def measure(definitions: WrittenDefinitions, *, named: bool = True) -> Schema:
    """A measure.

    Args:
        definitions: of the pack.
        named: whether it must have an id; in examples it need not.
    """
    words = definitions.words
    identity = {"id": described(definitions.text(), words.of("measure", "id"))}
    beside = {
        "hints": described(_passages(definitions, definitions.fields.measure), words.of("measure", "hints")),
        "describes": described(definitions.of(Description), words.of("measure", "describes")),
    }
    return table(identity | _part(definitions, "measure", definitions.fields.measure) | beside, ["id"] if named else [])


def _part(definitions: WrittenDefinitions, name: str, fields: Mapping[str, Field], *others: str) -> dict[str, Schema]:
    """What a header and a measure have alike: title, fields, and evidence for these and for other keys."""
    words = definitions.words
    places = _passages(definitions, [*fields, *others, "all", "title"])
    return {
        "title": described(definitions.title(), words.of(name, "title")),
        **{key: described(_value(definitions, field), words.localized(field.label)) for key, field in fields.items()},
        "evidence": described(places, words.of(name, "evidence")),
    }


def _passages(definitions: WrittenDefinitions, keys: Iterable[str]) -> Schema:
    evidence = definitions.of(Evidence)
    return table(dict.fromkeys(keys, any_of([evidence, list_of(evidence)])))


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


# The schemas of what is expected of a pack or accepted of it: guarantees, golden files, waivers, mutants, lints.


def waivers(definitions: WrittenDefinitions) -> Schema:
    """A file of waivers. One of a rule that is no more is told of in the report, and no reason to stop."""
    waiver = definitions.of_class(Waiver, rule=_rule_or_text(definitions), reason=definitions.title())
    return table({"waiver": described(list_of(waiver), definitions.words.of("waivers", "waiver"))})


def file(definitions: WrittenDefinitions) -> Schema:
    """`file.toml`."""
    version = described(list_of(definitions.of_class(Listed), minItems=1), definitions.words.of("versions", "version"))
    return table({"version": version}, ["version"])


def mutants(definitions: WrittenDefinitions) -> Schema:
    """`mutants.toml`."""
    accepted = definitions.of_class(
        Accepted, mutants=list_of(definitions.text(), minItems=1), reason=definitions.title()
    )
    return table({"accepted": described(list_of(accepted), definitions.words.of("mutants", "accepted"))})


def lint(definitions: WrittenDefinitions) -> Schema:
    """`lint.toml`."""
    explained = definitions.of_class(
        Explanation, lints=list_of(definitions.text(), minItems=1), reason=definitions.title()
    )
    return table({"explained": described(list_of(explained), definitions.words.of("lint", "explained"))})


def golden(definitions: WrittenDefinitions) -> Schema:
    """A golden file."""
    words = definitions.words
    _, outcomes = get_args(Rules)
    outcome = definitions.hold("outcome", definitions.of(outcomes))
    rules = {
        "type": "object",
        "properties": {rule.id: described(outcome, words.localized(rule.title)) for rule in definitions.kb.rules},
        "additionalProperties": False,
    }
    measure = definitions.of_class(ExpectedMeasure, rules=rules)
    parts = {
        "golden": definitions.of_class(GoldenHead),
        "whole": definitions.of_class(ExpectedWhole, rules=rules),
        "measure": {"type": "object", "additionalProperties": measure},
    }
    return table({key: described(part, words.of("golden", key)) for key, part in parts.items()}, ["golden"])


def guarantees(definitions: WrittenDefinitions) -> Schema:
    """`guarantees.toml`."""
    words = definitions.words
    pattern = _pattern(definitions)
    parts = {
        "title": definitions.localized(),
        "sources": any_of([definitions.source(), definitions.sources()]),
        "given": condition(definitions),
        "beside": pattern,
        "always": pattern,
        "never": pattern,
    }
    guarantee = table(
        {key: described(part, words.of("guarantee", key)) for key, part in parts.items()}, ["title", "sources"]
    )
    # One of the last two, and one at least of the two before.
    one_sided = {"oneOf": [{"required": [key]} for key in ("always", "never")]}
    about = {"anyOf": [{"required": [key]} for key in ("given", "beside")]}
    return {"type": "object", "additionalProperties": guarantee | one_sided | about}


def _pattern(definitions: WrittenDefinitions) -> Schema:
    """A pattern; a single word stands for a list of one."""

    def several(one: Schema) -> Schema:
        return any_of([one, list_of(one, minItems=1)])

    def all_several(schema: Schema) -> dict[str, Schema]:
        return {
            key: {"description": value["description"], **several(value["items"])}
            if value.get("type") == "array"
            else value
            for key, value in schema["properties"].items()
        }

    judgement = definitions.of_class(JudgementData)
    judgement |= {"properties": all_several(judgement), "minProperties": 1}
    schema = definitions.of_class(
        PatternData,
        principle=list_of(definitions.principle()),
        rules=list_of(_rule_or_text(definitions)),
        judgement=judgement,
    )
    return schema | {"properties": all_several(schema)}


def settings(definitions: WrittenDefinitions) -> Schema:
    """`consistent.toml`."""
    limits = {"type": "integer", "minimum": 0}
    parts: dict[str, Schema] = {
        "pack": definitions.text(),
        "lang": {"enum": list(LANGUAGES)},
        "color": {"enum": ["auto", "always", "never"]},
        "pager": {"type": "boolean"},
        "fail-on": {"enum": list(BARS)},
        "strict": {"type": "boolean"},
        "engine": {"enum": list(ENGINES)},
        "waivers": list_of(definitions.text()),
        "ending-within": limits,
        "verified-within": limits,
    }
    return table({key: described(part, definitions.words.of("settings", key)) for key, part in parts.items()})


def _rule_or_text(definitions: WrittenDefinitions) -> Schema:
    """An id that an editor can offer, or another text."""
    return any_of([definitions.rule(), definitions.text()])


ENDING = ".schema.json"

# Of the dialects, the one that most editors read whole.
_DIALECT = "http://json-schema.org/draft-07/schema#"
_Make = Callable[[WrittenDefinitions], Schema]
FILES: Mapping[str, _Make] = {
    "proposal": proposal,
    "rule": rule,
    "concept": concept,
    "facts": facts,
    "principles": principles,
    "positions": positions,
    "pack": manifest,
    "vocabulary": vocabulary,
    "kinds": kinds,
    "own-fields": fields,
    "waivers": waivers,
    "file": file,
    "guarantees": guarantees,
    "golden": golden,
    "mutants": mutants,
    "lint": lint,
    "settings": settings,
    "form": form,
}


def schema_for(name: str, kb: KnowledgeBase, languages: Sequence[Language] = LANGUAGES) -> Schema:
    """The schema of one sort of TOML file, with the names that a pack has.

    Args:
        name: one of `FILES`, or `facts.` and a kind of fact of the pack.
        kb: the pack.
        languages: of what an editor shows.

    Raises:
        UsageError: there is no such sort of file.
    """
    made = _makers(kb)
    if name not in made:
        raise UsageError(f"no schema `{name}`", did_you_mean(name, made, limit=len(made)))
    definitions = WrittenDefinitions(kb, languages)
    schema = made[name](definitions)
    return {
        "$schema": _DIALECT,
        "$id": f"urn:consistent:toml:{kb.name}:{name}",
        "title": f"{name} ({kb.name})",
        "description": definitions.words.of("files", name.partition(".")[0]),
        **schema,
        **({definitions.keyword: dict(sorted(definitions.held.items()))} if definitions.held else {}),
    }


def schemas_of(kb: KnowledgeBase, languages: Sequence[Language] = LANGUAGES) -> Iterator[tuple[str, Schema]]:
    """Every schema of a pack with its name: those of all sorts of files, then one for each kind of fact."""
    for name in _makers(kb):
        yield name, schema_for(name, kb, languages)


def render(schema: Schema) -> str:
    """A schema as its file has it."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _makers(kb: KnowledgeBase) -> dict[str, _Make]:
    of_kinds = {f"facts.{name}": partial(one_kind, kind=kind) for name, kind in kb.knowledge.kinds.items()}
    return {**FILES, **of_kinds}
