"""zen-engine: business rules in Rust."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from benchmarks.engines.contenders.contender import Contender, Spelling, library
from benchmarks.engines.flat import Compare, Empty, Flag, Has, Only, Pair, Row, Table

__all__ = ["ENGINE"]


class _Zen(Spelling[str]):
    """The expression language of ZEN; `#` is the element at hand."""

    def has(self, test: Has, *, several: bool) -> str:
        if not several:
            return f"{test.field} in {_list(test.atoms)}"
        if len(test.atoms) == 1:
            return f"{json.dumps(test.atoms[0])} in {test.field}"
        return f"some({test.field}, # in {_list(test.atoms)})"

    def only(self, test: Only) -> str:
        return f"all({test.field}, # in {_list(test.atoms)})"

    def empty(self, test: Empty) -> str:
        return f"len({test.field}) == 0"

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


def _list(atoms: tuple[str, ...]) -> str:
    return json.dumps(list(atoms))


class Zen(Contender[list[dict[str, Any]]]):
    """One compiled expression, the list of all rules, for each row.

    Compiled decision tables (one row at a time, or in a loop over a list; whole conditions or a cell for each field) and
    expressions that filter all rows at once were slower, by a fifth to forty times.
    """

    distribution: ClassVar[str] = "zen-engine"
    form: ClassVar[str] = "a dict for each row, texts in lists"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._rules = library("zen").compile_expression(f"[{', '.join(_Zen().rules(table))}]")

    def convert(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """See `form`."""
        return [{name: list(cell) if isinstance(cell, tuple) else cell for name, cell in row.items()} for row in rows]

    def run(self, native: list[dict[str, Any]]) -> Iterable[Pair]:
        """The expression on each row."""
        evaluate = self._rules.evaluate
        return [
            (number, rule) for number, row in enumerate(native) for rule, applies in enumerate(evaluate(row)) if applies
        ]


ENGINE = Zen
