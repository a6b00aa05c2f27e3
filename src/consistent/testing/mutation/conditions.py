"""Faults in how conditions hang together, and in exceptions."""

from collections.abc import Iterator, Mapping
from typing import Any

from consistent.knowledge.base import Knowledge
from consistent.reading.rewriting import REMOVED
from consistent.reading.tomlfile import KeyPath
from consistent.testing.mutation.asked import Planted, planted_in_test, shifted
from consistent.testing.mutation.places import BOUNDS, Place, held, places, removal

__all__ = ["planted_in_conditions"]

_DROPPED = {"condition": "drop-condition", "alternative": "drop-alternative", "part": "drop-part", "test": "drop-test"}
_CONNECTIVES = {"any": "all", "all": "any"}


def planted_in_conditions(rule: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Planted]:
    """Every fault in the conditions of a rule, in the order of writing."""
    for place in places(rule, knowledge):
        if place.kind == "bound":
            yield from _bound(place, rule)
            continue
        taken_out = removal(rule, place.path)
        if taken_out is not None:
            yield _DROPPED[place.kind], place.path, taken_out
        if place.kind == "test":
            yield from planted_in_test(place, knowledge)
        elif place.kind == "condition":
            yield from _condition(place, rule)
    exceptions = rule.get("unless", ())
    for index, _ in enumerate(exceptions):
        path: KeyPath = ("unless", index)
        yield "drop-exception", path, {path if len(exceptions) > 1 else path[:1]: REMOVED}


def _bound(place: Place, rule: Mapping[str, Any]) -> Iterator[Planted]:
    yield from shifted(place.value, place.path)
    if all(each in held(rule, place.path[:-1]) for each in BOUNDS):
        yield "drop-bound", place.path, {place.path: REMOVED}


def _condition(place: Place, rule: Mapping[str, Any]) -> Iterator[Planted]:
    key, around = str(place.path[-1]), place.path[:-1]
    table: Mapping[str, Any] = held(rule, around)
    if key == "not":
        yield from _affirmed(place, table)
        return
    other = _CONNECTIVES.get(key)
    if other is not None and len(place.value) > 1 and other not in table:
        yield "swap-connective", place.path, {(*around, other): place.value, place.path: REMOVED}
    before = table.get("not", [])
    denied = [*(before if isinstance(before, list) else [before]), {key: place.value}]
    if around[-1:] != ("not",) or len(table) > 1:
        # Added before the other is gone, so that the table around both is never without a key.
        added = denied if len(denied) > 1 else denied[0]
        yield "negate-condition", place.path, {(*around, "not"): added, place.path: REMOVED}


def _affirmed(place: Place, table: Mapping[str, Any]) -> Iterator[Planted]:
    """What is denied, affirmed."""
    around = place.path[:-1]
    listed = (
        [(each, (*place.path, index)) for index, each in enumerate(place.value)]
        if isinstance(place.value, list)
        else [(place.value, place.path)]
    )
    for denied, path in listed:
        gone = place.path if len(listed) == 1 else path
        if not set(denied) & (set(table) - {"not"}) and "not" not in denied:
            yield "affirm-condition", path, {(*around, key): each for key, each in denied.items()} | {gone: REMOVED}
        elif "all" not in table:
            yield "affirm-condition", path, {(*around, "all"): [denied], gone: REMOVED}
