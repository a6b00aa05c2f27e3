"""The places of a rule where a fault can be planted: conditions, parts of them, tests, bounds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from attrs import frozen

from consistent.knowledge.base import Knowledge
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Field
from consistent.reading.rewriting import REMOVED, Data
from consistent.reading.tomlfile import KeyPath

__all__ = ["BOUNDS", "Changes", "Place", "held", "places", "removal"]

# What is set where; `REMOVED` takes out. In the order in which it is done.
Changes = dict[KeyPath, Data]
Kind = Literal["condition", "alternative", "part", "test", "bound"]

BOUNDS = ("at_least", "at_most")


@frozen
class Place:
    """One place in a condition as its TOML has it.

    Attributes:
        kind: a `condition` is a key of a table of conditions, an `alternative` an item of `any`, a `part` one of `all` or
            of a list under `not`, a `test` a field with what is asked of it, a `bound` one of a count.
        path: from the top of the file.
        value: what stands there.
        field: of a test.
        owner: of a test: `measure`, `proposal`, `other`, `count` or a kind of fact.
    """

    kind: Kind
    path: KeyPath
    value: Any
    field: Field | None = None
    owner: str = ""


def places(rule: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Place]:
    """Every place in the conditions of a rule that can be read, in the order of writing."""
    yield from _table(rule["when"], ("when",), knowledge, "")
    for index, each in enumerate(rule.get("unless", ())):
        asked = {key: part for key, part in each.items() if key != "reason"}
        yield from _table(asked, ("unless", index), knowledge, "")


def _table(table: Mapping[str, Any], at: KeyPath, knowledge: Knowledge, inside: str) -> Iterator[Place]:
    for key, value in table.items():
        here = (*at, key)
        if inside and key in BOUNDS:
            yield Place("bound", here, value)
            continue
        yield Place("condition", here, value)
        if key in {"any", "all", "not"}:
            listed = isinstance(value, list)
            for index, each in enumerate(value) if listed else ():
                yield Place("alternative" if key == "any" else "part", (*here, index), each)
                yield from _table(each, (*here, index), knowledge, inside)
            if not listed:
                yield from _table(value, here, knowledge, inside)
        elif key == "count":
            yield from _table(value, here, knowledge, "count")
        else:
            yield from _tests(value, here, _fields(key, knowledge), inside if key == "measure" and inside else key)


def _tests(table: Mapping[str, Any], at: KeyPath, fields: Mapping[str, Field], owner: str) -> Iterator[Place]:
    for name, asked in table.items():
        yield Place("test", (*at, name), asked, fields[name], owner)


def _fields(key: str, knowledge: Knowledge) -> Mapping[str, Field]:
    known: Mapping[str, Mapping[str, Field]] = {
        "measure": MEASURE_FIELDS,
        "other": MEASURE_FIELDS,
        "proposal": PROPOSAL_FIELDS,
    }
    return known[key] if key in known else knowledge.kinds[key].fields


def held(data: Any, path: KeyPath) -> Any:
    """What stands at a path of plain data."""
    for each in path:
        data = data[each]
    return data


def removal(data: Mapping[str, Any], path: KeyPath) -> Changes | None:
    """What takes out a place together with what would be empty without it; None where nothing would be left to ask."""
    while not _others(held(data, path[:-1]), path[-1]):
        path = path[:-1]
        if path == ("when",) or (len(path) == 2 and path[0] == "unless"):  # noqa: PLR2004  an exception is one item
            return None
    return {path: REMOVED}


def _others(container: Mapping[str, Any] | Sequence[Any], gone: str | int) -> bool:
    """Whether a container still asks something once one of its items is gone."""
    if isinstance(container, Mapping):
        return any(key != gone and key not in {*BOUNDS, "reason"} for key in container) or _asks_amount(container, gone)
    return len(container) > 1


def _asks_amount(container: Mapping[str, Any], gone: str | int) -> bool:
    """Whether a bound that is left is one of an amount, or a bound is taken out and another one left."""
    return gone in BOUNDS and any(key != gone for key in container if key in BOUNDS)
