"""DuckDB: SQL over columns."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from benchmarks.engines.contenders.contender import Contender, Named, library
from benchmarks.engines.contenders.masks import Masks
from benchmarks.engines.flat import Compare, Empty, Flag, Has, Only, Pair, Row, Table

__all__ = ["ENGINE"]

_WIDTH = 63


class _Sql(Named[str]):
    """Texts as bits of whole numbers. Each test becomes a column of its own, which rules then name."""

    def __init__(self, masks: Masks) -> None:
        super().__init__()
        self._masks = masks

    def column(self, name: str) -> str:
        return name

    def has(self, test: Has, *, several: bool) -> str:  # noqa: ARG002  both are bits
        asked = self._masks.asked(test.field, test.atoms)
        return self.disjunction([f"({test.field}_{word} & {mask}) <> 0" for word, mask in asked])

    def only(self, test: Only) -> str:
        allowed = enumerate(self._masks.mask(test.field, test.atoms))
        rest = (1 << _WIDTH) - 1
        return self.conjunction([f"({test.field}_{word} & {rest & ~mask}) = 0" for word, mask in allowed])

    def empty(self, test: Empty) -> str:
        return self.conjunction([f"{test.field}_{word} = 0" for word in range(self._masks.words(test.field))])

    def compare(self, test: Compare) -> str:
        return f"{test.field} {test.sign} {test.bound}"

    def flag(self, test: Flag) -> str:
        return test.field

    def negated(self, inner: str) -> str:
        return f"NOT ({inner})"

    def both(self, parts: list[str]) -> str:
        return " AND ".join(f"({each})" for each in parts)

    def either(self, parts: list[str]) -> str:
        return " OR ".join(f"({each})" for each in parts)

    def constant(self, *, value: bool) -> str:
        return str(value)


class DuckDB(Contender[Any]):
    """A prepared `SELECT`: a column for each distinct test, then one for each rule; findings from the places that are true.

    On one thread, as all others. Not prepared, or with conditions written out for each rule, it was up to 2.6 times slower.
    """

    distribution: ClassVar[str] = "duckdb"
    form: ClassVar[str] = "a table in memory, texts as bits of 64-bit numbers"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._numpy = library("numpy")
        self._base = library("duckdb").connect(config={"threads": 1})
        self._masks = Masks(table, _WIDTH)
        spelling = _Sql(self._masks)
        rules = ", ".join(f"{said} AS rule{number}" for number, said in enumerate(spelling.rules(table)))
        tests = ", ".join(f"{said} AS {name}" for name, said in spelling.tests.items())
        self._query = f"PREPARE checked AS SELECT {rules} FROM (SELECT {tests} FROM rows)"  # noqa: S608  our own text

    def convert(self, rows: Sequence[Row]) -> Any:
        """See `form`."""
        numpy = self._numpy
        columns: dict[str, Any] = {}
        for name, kind in self.table.kinds.items():
            if kind in {"set", "one"}:
                words = numpy.array([self._masks.cell(name, row[name]) for row in rows], dtype="int64")
                columns |= {f"{name}_{word}": words[:, word] for word in range(words.shape[1])}
            else:
                columns[name] = numpy.array([row[name] for row in rows], dtype="int64" if kind == "number" else "bool")
        self._base.register("given", {name: numpy.ascontiguousarray(each) for name, each in columns.items()})
        self._base.execute("CREATE OR REPLACE TABLE rows AS SELECT * FROM given")
        self._base.execute(self._query)
        return None

    def run(self, native: Any) -> Iterable[Pair]:  # noqa: ARG002  it lies in the database
        """All rules at once."""
        found = self._base.execute("EXECUTE checked").fetchnumpy()
        return [(row, number) for number, column in enumerate(found.values()) for row in column.nonzero()[0].tolist()]

    def close(self) -> None:
        """Close the database."""
        self._base.close()


ENGINE = DuckDB
