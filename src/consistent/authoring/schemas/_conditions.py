"""The schema of conditions: which tests there are, by the types of fields and by where they stand."""

from collections.abc import Mapping
from typing import Literal, get_args

from consistent.authoring.schemas._packs import header, measure
from consistent.authoring.schemas._written import WrittenDefinitions, any_of, described, list_of, table
from consistent.authoring.schemas.definitions import Schema
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Field
from consistent.rules.conditions import Scope
from consistent.rules.reading import OPERATORS, REFERENCES
from consistent.rules.rule import VERDICTS, Expectation, RuleData

__all__ = ["condition", "condition_properties", "rule"]

# In a condition itself, or within `other` or `count`, where `measure` is another one than the judged.
_Place = Literal["", "inside"]
_OWNERS: Mapping[str, Mapping[str, Field]] = {
    "measure": MEASURE_FIELDS,
    "judged": MEASURE_FIELDS,
    "proposal": PROPOSAL_FIELDS,
}


def condition(definitions: WrittenDefinitions, place: _Place = "") -> Schema:
    """A condition."""
    return table(condition_properties(definitions, place), minProperties=1)


def condition_properties(definitions: WrittenDefinitions, place: _Place = "") -> dict[str, Schema]:
    """The keys of a condition; in a rule an exception has one more."""
    words = definitions.words
    nested = _nested(definitions, place)
    several = list_of(nested, minItems=1)
    found = {
        "measure": _tests(definitions, "measure", MEASURE_FIELDS, place),
        "proposal": _tests(definitions, "proposal", PROPOSAL_FIELDS, place),
        "any": several,
        "all": several,
        "not": any_of([nested, list_of(nested)]),
    }
    if not place:
        found["other"] = _tests(definitions, "measure", MEASURE_FIELDS, "inside")
        found["count"] = _count(definitions)
    said = {key: described(schema, words.of("condition", key)) for key, schema in found.items()}
    for name, kind in definitions.kb.knowledge.kinds.items():
        about = words.of("condition", "fact").replace("{kind}", words.localized(kind.title).replace("\n\n", " / "))
        said[name] = described(_tests(definitions, "fact", kind.fields, place), about)
    return said


def _nested(definitions: WrittenDefinitions, place: _Place) -> Schema:
    """A condition within another one, held once."""
    name = _name("condition", place)
    if name not in definitions.held:
        # Held before it is made: conditions hold conditions.
        definitions.held[name] = {}
        definitions.held[name] = condition(definitions, place)
    return definitions.reference(name)


def _count(definitions: WrittenDefinitions) -> Schema:
    number = {"type": "integer", "minimum": 0}
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
        if field.type in types
    }
    # Without an operator it is asked whether any of the values is there.
    bare = _operand(definitions, "any", field, scope, place)
    return definitions.hold(
        _name("test", field.type, field.vocabulary, scope, place), any_of([bare, table(operators, minProperties=1)])
    )


def _operand(definitions: WrittenDefinitions, word: str, field: Field, scope: Scope, place: _Place) -> Schema:
    atom = definitions.atom(field, alone=True)
    several = list_of(definitions.atom(field), minItems=1)
    own = _references(field, scope, place)
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
        case _:
            return any_of([atom, *_enum(own if scope == "fact" else [])])


def _references(field: Field, scope: Scope, place: _Place) -> list[str]:
    """Fields of the measure or the proposal that hold the same sort of value."""
    owners = {reference: _OWNERS[reference] for reference in REFERENCES[scope, bool(place)]}
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
    return (one.type, one.vocabulary) == (other.type, other.vocabulary)


def _enum(references: list[str]) -> list[Schema]:
    return [{"type": "string", "enum": references}] if references else []


# The schema of rules.

_ALONE = ("excepted", "not-applicable")


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
        example=_examples(definitions),
    )
    # The loader looks for examples itself, after the rest.
    return schema | {"required": [*schema["required"], "example"]}


def _exception(definitions: WrittenDefinitions) -> Schema:
    reason = described(definitions.localized(), definitions.words.of("exception", "reason"))
    # Beside the reason it asks for something.
    return table({"reason": reason} | condition_properties(definitions), ["reason"], minProperties=2)


def _examples(definitions: WrittenDefinitions) -> Schema:
    """One at least that the rule flags, and one at least that it leaves alone."""
    words = definitions.words
    parts = {
        "title": definitions.title(),
        "expect": definitions.word(get_args(Expectation)),
        "proposal": header(definitions),
        "measure": list_of(measure(definitions, named=False)),
    }
    example = table(
        {key: described(part, words.of("example", key)) for key, part in parts.items()}, ["title", "expect"]
    )
    flagged = [word for word in get_args(Expectation) if word not in _ALONE]
    return {
        **list_of(example, minItems=2),
        "contains": {"properties": {"expect": {"enum": list(VERDICTS)}}},
        "not": {"items": {"properties": {"expect": {"enum": flagged}}}},
    }
