"""Which schemas there are, and how they are written."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from consistent.checker import KnowledgeBase
from consistent.errors import UsageError, did_you_mean
from consistent.model.text import LANGUAGES, Language
from consistent.schemas.checks import golden, guarantees, lint, mutants, waivers
from consistent.schemas.definitions import Schema
from consistent.schemas.packs import facts, kinds, manifest, one_kind, positions, principles, vocabulary
from consistent.schemas.proposals import proposal
from consistent.schemas.rules import rule
from consistent.schemas.written import WrittenDefinitions

__all__ = ["ENDING", "FILES", "render", "schema_for", "schemas_of"]

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
