"""The schemas of what is expected of a pack or accepted of it: guarantees, golden files, waivers, mutants, lints."""

from typing import get_args

from consistent.guarantees.guarantee import JudgementData, PatternData
from consistent.reading.waivers import Waiver
from consistent.schemas.conditions import condition
from consistent.schemas.definitions import Schema
from consistent.schemas.written import WrittenDefinitions, any_of, described, list_of, table
from consistent.testing.accepted import Accepted, Explanation
from consistent.testing.suite.golden_files import ExpectedMeasure, ExpectedWhole, GoldenHead, Rules

__all__ = ["golden", "guarantees", "lint", "mutants", "waivers"]


def waivers(definitions: WrittenDefinitions) -> Schema:
    """A file of waivers. One of a rule that is no more is told of in the report, and no reason to stop."""
    waiver = definitions.of_class(Waiver, rule=_rule_or_text(definitions), reason=definitions.title())
    return table({"waiver": described(list_of(waiver), definitions.words.of("waivers", "waiver"))})


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
        "properties": {each.id: described(outcome, words.localized(each.title)) for each in definitions.kb.rules},
        "additionalProperties": False,
    }
    measure = definitions.of_class(ExpectedMeasure, rules=rules)
    parts = {
        "golden": definitions.of_class(GoldenHead),
        "whole": definitions.of_class(ExpectedWhole, rules=rules),
        "measure": {"type": "object", "additionalProperties": measure},
    }
    return table({key: described(each, words.of("golden", key)) for key, each in parts.items()}, ["golden"])


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
        {key: described(each, words.of("guarantee", key)) for key, each in parts.items()}, ["title", "sources"]
    )
    # One of the last two, and one at least of the two before.
    one_sided = {"oneOf": [{"required": [each]} for each in ("always", "never")]}
    about = {"anyOf": [{"required": [each]} for each in ("given", "beside")]}
    return {"type": "object", "additionalProperties": guarantee | one_sided | about}


def _pattern(definitions: WrittenDefinitions) -> Schema:
    """A pattern; a single word stands for a list of one."""

    def several(one: Schema) -> Schema:
        return any_of([one, list_of(one, minItems=1)])

    def all_several(schema: Schema) -> dict[str, Schema]:
        return {
            key: {"description": each["description"], **several(each["items"])} if each.get("type") == "array" else each
            for key, each in schema["properties"].items()
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


def _rule_or_text(definitions: WrittenDefinitions) -> Schema:
    """An id that an editor can offer, or another text."""
    return any_of([definitions.rule(), definitions.text()])
