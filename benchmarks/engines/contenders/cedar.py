"""Cedar, by cedarpy: authorisation policies in Rust."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from benchmarks.engines.contenders.contender import Contender, Spelling, in_slices, library
from benchmarks.engines.flat import Compare, Empty, Flag, Has, Only, Pair, Row, Table

__all__ = ["ENGINE"]

_SLICE = 600


class _Cedar(Spelling[str]):
    """Expressions of Cedar over the context of a request."""

    def has(self, test: Has, *, several: bool) -> str:
        if not several:
            return f"{_list(test.atoms)}.contains(context.{test.field})"
        if len(test.atoms) == 1:
            return f"context.{test.field}.contains({json.dumps(test.atoms[0])})"
        return f"context.{test.field}.containsAny({_list(test.atoms)})"

    def only(self, test: Only) -> str:
        return f"{_list(test.atoms)}.containsAll(context.{test.field})"

    def empty(self, test: Empty) -> str:
        return f"context.{test.field}.isEmpty()"

    def compare(self, test: Compare) -> str:
        return f"context.{test.field} {test.sign} {test.bound}"

    def flag(self, test: Flag) -> str:
        return f"context.{test.field}"

    def negated(self, inner: str) -> str:
        return f"!({inner})"

    def both(self, parts: list[str]) -> str:
        return " && ".join(f"({each})" for each in parts)

    def either(self, parts: list[str]) -> str:
        return " || ".join(f"({each})" for each in parts)

    def constant(self, *, value: bool) -> str:
        return str(value).lower()


def _list(atoms: tuple[str, ...]) -> str:
    return json.dumps(list(atoms))


class Cedar(Contender[list[dict[str, Any]]]):
    """A policy that permits for each rule, parsed once; the reasons of a decision are the policies that hold."""

    distribution: ClassVar[str] = "cedarpy"
    form: ClassVar[str] = "a request for each row, its context as JSON text; in batches of 600"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._library = library("cedarpy")
        said = enumerate(_Cedar().rules(table))
        text = "\n".join(
            f'@id("{number}") permit(principal, action, resource) when {{ {each} }};' for number, each in said
        )
        self._policies = self._library.PolicySet.from_str(text)
        self._entities = self._library.Entities.from_json_str("[]")

    def convert(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """See `form`."""
        same = {"principal": 'User::"u"', "action": 'Action::"a"', "resource": 'Resource::"r"'}
        return [same | {"context": json.dumps(row)} for row in rows]

    def run(self, native: list[dict[str, Any]]) -> Iterable[Pair]:
        """One call for each batch."""
        return [
            (row, int(name))
            for first, few in in_slices(native, _SLICE)
            for row, result in enumerate(self._library.is_authorized_batch(few, self._policies, self._entities), first)
            for name in result.diagnostics.id_annotations_by_reason.values()
        ]


ENGINE = Cedar
