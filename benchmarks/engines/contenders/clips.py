"""CLIPS, by clipspy: a Rete engine in C."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from benchmarks.engines.contenders.contender import Contender, Spelling, in_slices, library
from benchmarks.engines.flat import Compare, Empty, Flag, Has, Only, Pair, Row, Table

__all__ = ["ENGINE"]

_SLICE = 1200


class _Clips(Spelling[str]):
    """Functions of CLIPS over the variables of a pattern.

    Attributes:
        fields: those that were asked for since it was emptied.
    """

    def __init__(self) -> None:
        self.fields: dict[str, None] = {}

    def _variable(self, field: str) -> str:
        self.fields[field] = None
        return f"?{field}"

    def has(self, test: Has, *, several: bool) -> str:
        variable = self._variable(test.field)
        if several:
            return self.disjunction([f"(member$ {json.dumps(each)} {variable})" for each in test.atoms])
        return self.disjunction([f"(eq {variable} {json.dumps(each)})" for each in test.atoms])

    def only(self, test: Only) -> str:
        return f"(subsetp {self._variable(test.field)} (create$ {' '.join(map(json.dumps, test.atoms))}))"

    def empty(self, test: Empty) -> str:
        return f"(= (length$ {self._variable(test.field)}) 0)"

    def compare(self, test: Compare) -> str:
        return f"({test.sign} {self._variable(test.field)} {test.bound})"

    def flag(self, test: Flag) -> str:
        return f"(eq {self._variable(test.field)} 1)"

    def negated(self, inner: str) -> str:
        return f"(not {inner})"

    def both(self, parts: list[str]) -> str:
        return f"(and {' '.join(parts)})"

    def either(self, parts: list[str]) -> str:
        return f"(or {' '.join(parts)})"

    def constant(self, *, value: bool) -> str:
        return str(value).upper()


class Clips(Contender[list[list[dict[str, Any]]]]):
    """A rule with one pattern for each rule, whose condition is a constraint inside the pattern; a fact for each row.

    Conditions as a `test` behind the pattern, and a constraint for each slot, were no faster; facts read from text were slower.
    """

    distribution: ClassVar[str] = "clipspy"
    form: ClassVar[str] = "the slots of a fact for each row as a dict; 1,200 facts at a time"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._environment = library("clips").Environment()
        self._found: list[Pair] = []
        self._environment.define_function(lambda row, rule: self._found.append((row, rule)), "found")
        slots = " ".join(f"({'multislot' if kind == 'set' else 'slot'} {name})" for name, kind in table.kinds.items())
        self._environment.build(f"(deftemplate line (slot row) {slots})")
        self._template = self._environment.find_template("line")
        for number in range(len(table.rules)):
            self._environment.build(self._rule(number))

    def _rule(self, number: int) -> str:
        spelling = _Clips()
        said = spelling.condition(self.table.rules[number], self.table)
        variables = [f"{'$' if self.table.kinds[each] == 'set' else ''}?{each}" for each in spelling.fields]
        # The constraint stands at the last slot, where all variables of the pattern are bound.
        cells = [f"({name} {variable}" for name, variable in zip(spelling.fields, variables, strict=True)]
        pattern = " ".join(f"{cell})" for cell in cells[:-1]) + f" {cells[-1]}&:{said})"
        return f"(defrule rule{number} (line (row ?row) {pattern}) => (found ?row {number}))"

    def convert(self, rows: Sequence[Row]) -> list[list[dict[str, Any]]]:
        """See `form`."""
        lists = (
            {name: list(cell) if isinstance(cell, tuple) else int(cell) if isinstance(cell, bool) else cell for name, cell in row.items()}
            | {"row": number}
            for number, row in enumerate(rows)
        )  # fmt: skip
        return [list(few) for _, few in in_slices(list(lists), _SLICE)]

    def run(self, native: list[list[dict[str, Any]]]) -> Iterable[Pair]:
        """Assert, run, and take everything back, slice by slice."""
        self._found.clear()
        add = self._template.assert_fact
        for few in native:
            for row in few:
                add(**row)
            self._environment.run()
            self._environment.reset()
        return list(self._found)


ENGINE = Clips
