"""What can be typed at a place, and what a key means, by the schema of the file: the one that editors without a server use too."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from consistent.toml.tomlfile import KeyPath

__all__ = ["Choice", "choices", "meaning"]


@frozen
class Choice:
    """A key or word that can stand at a place.

    Attributes:
        word: as it is written.
        meaning: in both languages; empty where the word says all.
    """

    word: str
    meaning: str


def choices(schema: Mapping[str, Any], path: KeyPath, *, key: bool) -> tuple[Choice, ...]:
    """The keys of a table, or the words that a value can be.

    Args:
        schema: of the file.
        path: of the table or value.
        key: whether keys are asked for.
    """
    found: dict[str, str] = {}
    for part in _at(schema, path):
        if key:
            # Of a list of tables those of its items.
            tables = [part, *_alternatives(schema, part["items"])] if isinstance(part.get("items"), dict) else [part]
            below = [pair for table in tables for pair in table.get("properties", {}).items()]
            found |= {name: _said(schema, each) for name, each in below if name not in found}
        else:
            meanings = part.get("x-taplo", {}).get("docs", {}).get("enumValues", [])
            words = part.get("enum", [part["const"]] if "const" in part else [])
            for index, word in enumerate(words):
                if isinstance(word, str):
                    found.setdefault(word, (meanings[index] or "") if index < len(meanings) else "")
    return tuple(Choice(word, said) for word, said in found.items())


def meaning(schema: Mapping[str, Any], path: KeyPath) -> str:
    """What a key means; empty where the schema does not say."""
    return next((said for part in _at(schema, path, whole=False) if (said := part.get("description"))), "")


def _said(schema: Mapping[str, Any], part: Mapping[str, Any]) -> str:
    return next((said for each in _alternatives(schema, part) if (said := each.get("description"))), "")


def _at(schema: Mapping[str, Any], path: KeyPath, *, whole: bool = True) -> Iterator[Mapping[str, Any]]:
    """The parts of a schema that speak of a place; `whole`: with all their alternatives."""
    parts = [schema]
    for step in path:
        parts = [
            below for part in parts for each in _alternatives(schema, part) for below in _below(each, step, schema)
        ]
    for part in parts:
        yield from _alternatives(schema, part) if whole else (part,)


def _below(part: Mapping[str, Any], step: str | int, schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    items = part.get("items")
    if isinstance(step, int):
        if isinstance(items, dict):
            yield items
        return
    if step in part.get("properties", {}):
        yield part["properties"][step]
    elif isinstance(part.get("additionalProperties"), dict):
        yield part["additionalProperties"]
    elif isinstance(items, dict):
        # A header names a list of tables without its index.
        for each in _alternatives(schema, items):
            yield from _below(each, step, schema)


def _alternatives(schema: Mapping[str, Any], part: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    pending = [part]
    seen: set[int] = set()
    while pending:
        current = pending.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if "$ref" in current:
            target: Any = schema
            for name in current["$ref"].removeprefix("#/").split("/"):
                target = target[name]
            pending.append(target)
        for word in ("anyOf", "oneOf", "allOf"):
            pending += current.get(word, [])
