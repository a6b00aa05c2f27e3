"""Which schemas there are, and how they are written."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import get_args

from consistent.authoring.accepted import Accepted, Explanation
from consistent.authoring.schemas._conditions import condition, rule
from consistent.authoring.schemas._packs import (
    facts,
    kinds,
    manifest,
    one_kind,
    positions,
    principles,
    proposal,
    vocabulary,
)
from consistent.authoring.schemas._written import WrittenDefinitions, any_of, described, list_of, table
from consistent.authoring.schemas.definitions import Schema
from consistent.authoring.suite.golden_files import ExpectedMeasure, ExpectedWhole, GoldenHead, Rules
from consistent.checker import KnowledgeBase
from consistent.errors import UsageError, did_you_mean
from consistent.model.text import LANGUAGES, Language
from consistent.rules.guarantees import JudgementData, PatternData
from consistent.toml.waivers import Waiver

__all__ = [
    "ENDING",
    "FILES",
    "golden",
    "guarantees",
    "lint",
    "mutants",
    "render",
    "schema_for",
    "schemas_of",
    "waivers",
]

# The schemas of what is expected of a pack or accepted of it: guarantees, golden files, waivers, mutants, lints.


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
    "facts": facts,
    "principles": principles,
    "positions": positions,
    "pack": manifest,
    "vocabulary": vocabulary,
    "kinds": kinds,
    "waivers": waivers,
    "guarantees": guarantees,
    "golden": golden,
    "mutants": mutants,
    "lint": lint,
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
