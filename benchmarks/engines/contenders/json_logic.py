"""json-logic in Python, as json-logic-qubit keeps it."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from benchmarks.engines.contenders.contender import Contender, library
from benchmarks.engines.contenders.json_logic_spelling import JsonLogic
from benchmarks.engines.flat import Pair, Row, Table

__all__ = ["ENGINE"]


class JsonLogicQubit(Contender[list[dict[str, Any]]]):
    """Each rule on each row; rules cannot be compiled."""

    distribution: ClassVar[str] = "json-logic-qubit"
    form: ClassVar[str] = "a dict for each row, texts in lists"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._apply = library("json_logic").jsonLogic
        self._rules = JsonLogic().rules(table)

    def convert(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """See `form`."""
        return [{name: list(cell) if isinstance(cell, tuple) else cell for name, cell in row.items()} for row in rows]

    def run(self, native: list[dict[str, Any]]) -> Iterable[Pair]:
        """Each rule on each row."""
        apply, rules = self._apply, list(enumerate(self._rules))
        return [(row, number) for row, data in enumerate(native) for number, rule in rules if apply(rule, data)]


ENGINE = JsonLogicQubit
