"""datalogic: JSON-logic in Rust."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from benchmarks.engines.contenders.contender import Contender, in_slices, library
from benchmarks.engines.contenders.json_logic_spelling import JsonLogic
from benchmarks.engines.flat import Pair, Row, Table

__all__ = ["ENGINE"]

_SLICE = 3000


class Datalogic(Contender[list[Any]]):
    """A compiled `filter` for each rule, over a parsed list of rows at a time.

    Of the ways that were tried (each rule on each row, all rules on a row with `evaluate_many`, one rule on all rows with
    `evaluate_batch`, one merged rule on each row; fields with several values as lists or as objects) this was the fastest, by
    1.6 times and more.
    """

    distribution: ClassVar[str] = "datalogic-py"
    form: ClassVar[str] = "a parsed `DataHandle` for each 3,000 rows, texts in lists"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._library = library("datalogic_py")
        engine = self._library.Engine()
        self._session = engine.session()
        self._rules = [
            engine.compile({"map": [{"filter": [{"var": ""}, rule]}, {"var": "row"}]})
            for rule in JsonLogic().rules(table)
        ]

    def convert(self, rows: Sequence[Row]) -> list[Any]:
        """See `form`."""
        handle = self._library.DataHandle
        return [
            handle([{**row, "row": number} for number, row in enumerate(few, first)])
            for first, few in in_slices(rows, _SLICE)
        ]

    def run(self, native: list[Any]) -> Iterable[Pair]:
        """Each rule on each slice."""
        evaluate = self._session.evaluate_data
        return [
            (row, number) for rows in native for number, rule in enumerate(self._rules) for row in evaluate(rule, rows)
        ]


ENGINE = Datalogic
