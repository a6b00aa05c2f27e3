"""Polars: expressions over columns."""

import operator
import os
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any, ClassVar

from benchmarks.engines.contenders.contender import Contender, Named, library
from benchmarks.engines.contenders.masks import Masks
from benchmarks.engines.flat import Compare, Empty, Flag, Has, Only, Pair, Row, Table

__all__ = ["ENGINE"]

_WIDTH = 63
# Longer chains cost more to plan than to compute.
_CHAIN = 8


class _Polars(Named[Any]):
    """Texts as bits of whole numbers. Each test becomes a column of its own, which rules then name."""

    def __init__(self, masks: Masks, polars: Any) -> None:
        super().__init__()
        self._masks, self._polars = masks, polars

    def column(self, name: str) -> Any:
        return self._polars.col(name)

    def has(self, test: Has, *, several: bool) -> Any:  # noqa: ARG002  both are bits
        col = self._polars.col
        return self.disjunction(
            [col(f"{test.field}_{word}") & mask != 0 for word, mask in self._masks.asked(test.field, test.atoms)]
        )

    def only(self, test: Only) -> Any:
        col, allowed = self._polars.col, self._masks.mask(test.field, test.atoms)
        return self.conjunction(
            [col(f"{test.field}_{word}") & ((1 << _WIDTH) - 1 & ~mask) == 0 for word, mask in enumerate(allowed)]
        )

    def empty(self, test: Empty) -> Any:
        words = range(self._masks.words(test.field))
        return self.conjunction([self._polars.col(f"{test.field}_{word}") == 0 for word in words])

    def compare(self, test: Compare) -> Any:
        col = self._polars.col(test.field)
        signs = {">": col.gt, ">=": col.ge, "<": col.lt, "<=": col.le}
        return signs[test.sign](test.bound)

    def flag(self, test: Flag) -> Any:
        return self._polars.col(test.field)

    def negated(self, inner: Any) -> Any:
        return inner.not_()

    def both(self, parts: list[Any]) -> Any:
        return reduce(operator.and_, parts) if len(parts) <= _CHAIN else self._polars.all_horizontal(parts)

    def either(self, parts: list[Any]) -> Any:
        return reduce(operator.or_, parts) if len(parts) <= _CHAIN else self._polars.any_horizontal(parts)

    def constant(self, *, value: bool) -> Any:
        return self._polars.lit(value)


class Polars(Contender[Any]):
    """A column for each distinct test, then one for each rule; findings from the places that are true. On one thread, as all others.

    Lazy frames, with their elimination of common parts, and conditions written out for each rule were slower, up to three times.
    """

    distribution: ClassVar[str] = "polars"
    form: ClassVar[str] = "a data frame in memory, texts as bits of 64-bit numbers"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        # Read when Polars is imported.
        os.environ.setdefault("POLARS_MAX_THREADS", "1")
        self._library = library("polars")
        self._masks = Masks(table, _WIDTH)
        spelling = _Polars(self._masks, self._library)
        said = spelling.rules(table)
        self._tests = [each.alias(name) for name, each in spelling.tests.items()]
        self._rules = [each.arg_true().implode().alias(str(number)) for number, each in enumerate(said)]

    def convert(self, rows: Sequence[Row]) -> Any:
        """See `form`."""
        columns: dict[str, Any] = {}
        for name, kind in self.table.kinds.items():
            if kind in {"set", "one"}:
                words = zip(*(self._masks.cell(name, row[name]) for row in rows), strict=True)
                columns |= {f"{name}_{word}": list(numbers) for word, numbers in enumerate(words)}
            else:
                columns[name] = [row[name] for row in rows]
        return self._library.DataFrame(columns)

    def run(self, native: Any) -> Iterable[Pair]:
        """All rules at once."""
        (found,) = native.with_columns(self._tests).select(self._rules).rows()
        return [(row, number) for number, rows in enumerate(found) for row in rows]


ENGINE = Polars
