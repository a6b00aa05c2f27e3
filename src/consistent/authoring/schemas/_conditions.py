"""The schema of a condition: which tests there are, by the types of fields and by where they stand."""

from collections.abc import Mapping
from typing import Literal

from consistent.authoring.schemas._written import WrittenDefinitions, any_of, described, list_of, table
from consistent.authoring.schemas.definitions import Schema
from consistent.model.proposal import Field
from consistent.rules.conditions import MOST_COUNTED, Scope
from consistent.rules.operators import (
    CONCEPT_OPERATORS,
    MOST_VALUES,
    NUMBERED,
    NUMERIC,
    OPERATORS,
    ORDERING,
    REFERENCES,
    SUMMED,
)
from consistent.rules.reckoning import SHARE, SPAN

__all__ = ["condition", "condition_properties"]

# In a condition itself, or within `other` or `count`, where `measure` is another one than the judged.
_Place = Literal["", "inside"]


def condition(definitions: WrittenDefinitions, place: _Place = "") -> Schema:
    """A condition."""
    return table(condition_properties(definitions, place), minProperties=1)


def condition_properties(definitions: WrittenDefinitions, place: _Place = "") -> dict[str, Schema]:
    """The keys of a condition; in a rule an exception has one more."""
    words = definitions.words
    nested = _nested(definitions, place)
    several = list_of(nested, minItems=1)
    found = {
        "measure": _tests(definitions, "measure", definitions.fields.measure, place),
        "proposal": _tests(definitions, "proposal", definitions.fields.proposal, place),
        "concept": _concepts(definitions),
        "any": several,
        "all": several,
        "not": any_of([nested, list_of(nested)]),
    }
    if not place:
        other = _tests(definitions, "measure", definitions.fields.measure, "inside")
        named = described(_concepts(definitions), words.of("condition", "concept"))
        found["other"] = other | {"properties": {"concept": named} | other["properties"]}
        found["count"] = _count(definitions)
        found["sum"] = _sum(definitions)
    said = {key: described(schema, words.of("condition", key)) for key, schema in found.items()}
    for name, kind in definitions.kb.knowledge.kinds.items():
        about = words.of("condition", "fact").replace("{kind}", words.localized(kind.title).replace("\n\n", " / "))
        said[name] = described(_tests(definitions, "fact", kind.fields, place), about)
    return said


def _concepts(definitions: WrittenDefinitions) -> Schema:
    """One concept, a list of them, or operators with these."""
    named = any_of([definitions.concept(), list_of(definitions.concept(), minItems=1)])
    said = {word: described(named, definitions.words.of("concept", word)) for word in CONCEPT_OPERATORS}
    return any_of([*named["anyOf"], table(said, minProperties=1)])


def _nested(definitions: WrittenDefinitions, place: _Place) -> Schema:
    """A condition within another one, held once."""
    name = _name("condition", place)
    if name not in definitions.held:
        # Held before it is made: conditions hold conditions.
        definitions.held[name] = {}
        definitions.held[name] = condition(definitions, place)
    return definitions.reference(name)


def _sum(definitions: WrittenDefinitions) -> Schema:
    """Amounts of measures with what they come to together, and which measures count."""
    summed = {
        name: described(_test(definitions, field, "measure", "inside"), definitions.words.localized(field.label))
        for name, field in SUMMED.items()
    }
    return table(condition_properties(definitions, "inside") | summed, minProperties=1)


def _count(definitions: WrittenDefinitions) -> Schema:
    number = {"type": "integer", "minimum": 0, "maximum": MOST_COUNTED}
    bounds = {key: described(number, definitions.words.of("condition", key)) for key in ("at_least", "at_most")}
    return {
        **table(condition_properties(definitions, "inside") | bounds, minProperties=2),
        "anyOf": [{"required": [bound]} for bound in bounds],
    }


def _tests(definitions: WrittenDefinitions, scope: Scope, fields: Mapping[str, Field], place: _Place) -> Schema:
    """The tests of a measure, of the proposal or of a fact."""
    tests = {
        name: described(_test(definitions, field, scope, place), definitions.words.localized(field.label))
        for name, field in fields.items()
    }
    return table(tests, minProperties=1)


def _test(definitions: WrittenDefinitions, field: Field, scope: Scope, place: _Place) -> Schema:
    """What stands right of `field =`, held once for all fields of one sort: a value, a list, a reference, or operators."""
    words = definitions.words
    operators = {
        word: described(_operand(definitions, word, field, scope, place), words.of("operator", word))
        for word, (_, _, types) in OPERATORS.items()
        if field.type in types and (word not in NUMBERED or field.type in NUMERIC or _counts(field))
    }
    if _counts(field) or (field.type in {*NUMERIC, "date"} and scope != "fact"):
        operators |= {
            word: described(schema, words.of("operator", word))
            for word, schema in _beside(definitions, field, scope, place).items()
        }
    # Without an operator it is asked whether any of the values is there.
    bare = _operand(definitions, "any", field, scope, place)
    return definitions.hold(
        _name("test", field.type, field.vocabulary, "one" if field.single and field.vocabulary else "", scope, place),
        any_of([bare, table(operators, minProperties=1)]),
    )


def _operand(definitions: WrittenDefinitions, word: str, field: Field, scope: Scope, place: _Place) -> Schema:
    atom = definitions.atom(field, alone=True)
    several = list_of(definitions.atom(field), minItems=1)
    own = _references(definitions, field, scope, place, word)
    known = [] if scope == "fact" else _known_values(definitions, field)
    match OPERATORS[word][0]:
        case "empty":
            return definitions.of(bool)
        case "any":
            name = _name("any", field.type, field.vocabulary, scope, place)
            return definitions.hold(name, any_of([atom, several, *_enum(own + known)]))
        case "only":
            name = _name("only", field.type, field.vocabulary, scope, place)
            return definitions.hold(name, any_of([atom, several, *_enum(known)]))
        case "contains" | "starts_with":
            return atom
        case _ if word in NUMBERED and field.type not in NUMERIC:
            return {"type": "integer", "minimum": int(word == "at_least"), "maximum": MOST_VALUES}
        case _:
            share = [{"type": "string", "pattern": SHARE}] if field.type in NUMERIC and scope != "fact" else []
            return any_of([atom, *_enum(own), *share])


def _counts(field: Field) -> bool:
    """Whether a field has values that can be counted."""
    return field.type in {"terms", "citation"} and not field.single


def _beside(definitions: WrittenDefinitions, field: Field, scope: Scope, place: _Place) -> dict[str, Schema]:
    """What stands beside operators and says how to reckon."""
    if field.type == "date":
        span: Schema = {"type": "string", "pattern": SPAN}
        return {"plus": span, "minus": span}
    if field.type in NUMERIC:
        return {"of": any_of(_enum(_references(definitions, field, scope, place, "over")))}
    atom = definitions.atom(field)
    return {"of": any_of([atom, list_of(atom, minItems=1)])}


def _references(definitions: WrittenDefinitions, field: Field, scope: Scope, place: _Place, word: str) -> list[str]:
    """Fields of the measure or the proposal that hold the same sort of value."""
    ordering = OPERATORS[word][0] in ORDERING
    fields = definitions.fields
    known = {"measure": fields.measure, "judged": fields.measure, "proposal": fields.proposal}
    owners = {
        reference: known[reference] for reference in REFERENCES[scope, bool(place)] if ordering or reference != scope
    }
    return [
        f"${owner}.{candidate.name}"
        for owner, held in owners.items()
        for candidate in held.values()
        if _alike(candidate, field)
    ]


def _known_values(definitions: WrittenDefinitions, field: Field) -> list[str]:
    """Fields of facts that hold the same sort of value."""
    kinds = definitions.kb.knowledge.kinds.items()
    return [
        f"${name}.{candidate.name}"
        for name, kind in kinds
        for candidate in kind.fields.values()
        if _alike(candidate, field)
    ]


def _name(*parts: str) -> str:
    return "-".join(part for part in parts if part)


def _alike(one: Field, other: Field) -> bool:
    return one.sort == other.sort


def _enum(references: list[str]) -> list[Schema]:
    return [{"type": "string", "enum": references}] if references else []
