"""rule-engine: expressions over Python objects."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from benchmarks.engines.contenders.contender import Contender, Spelling, library
from benchmarks.engines.flat import Compare, Empty, Flag, Has, Only, Pair, Row, Table

__all__ = ["ENGINE"]


class _RuleEngine(Spelling[str]):
    """Its expression language; an empty set is false."""

    def has(self, test: Has, *, several: bool) -> str:
        if not several:
            return f"{test.field} in {_set(test.atoms)}"
        if len(test.atoms) == 1:
            return f"{json.dumps(test.atoms[0])} in {test.field}"
        return f"({test.field} & {_set(test.atoms)})"

    def only(self, test: Only) -> str:
        return f"({test.field} & {_set(test.atoms)}) == {test.field}"

    def empty(self, test: Empty) -> str:
        return f"not {test.field}"

    def compare(self, test: Compare) -> str:
        return f"{test.field} {test.sign} {test.bound}"

    def flag(self, test: Flag) -> str:
        return test.field

    def negated(self, inner: str) -> str:
        return f"not ({inner})"

    def both(self, parts: list[str]) -> str:
        return " and ".join(f"({each})" for each in parts)

    def either(self, parts: list[str]) -> str:
        return " or ".join(f"({each})" for each in parts)

    def constant(self, *, value: bool) -> str:
        return str(value).lower()


def _set(atoms: tuple[str, ...]) -> str:
    return f"{{{', '.join(map(json.dumps, atoms))}}}"


class RuleEngine(Contender[list[dict[str, Any]]]):
    """A parsed rule for each rule; each filters all rows."""

    distribution: ClassVar[str] = "rule-engine"
    form: ClassVar[str] = "a dict for each row, texts in sets"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        rule = library("rule_engine").Rule
        self._rules = [rule(each) for each in _RuleEngine().rules(table)]

    def convert(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """See `form`."""
        return [
            {name: set(cell) if isinstance(cell, tuple) else cell for name, cell in row.items()} | {"row": number}
            for number, row in enumerate(rows)
        ]

    def run(self, native: list[dict[str, Any]]) -> Iterable[Pair]:
        """Each rule filters the rows."""
        return [(each["row"], number) for number, rule in enumerate(self._rules) for each in rule.filter(native)]


ENGINE = RuleEngine
