"""Rego, by regopy: the language of Open Policy Agent, in C++."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from benchmarks.engines.contenders.contender import Contender, in_slices, library
from benchmarks.engines.flat import Clauses, Compare, Empty, Flag, Has, Only, Pair, Row, Table, Test

__all__ = ["ENGINE"]

_SLICE = 12
_SMALL = 8


class Rego(Contender[list[Any]]):
    """A compiled bundle: a function for each distinct test, each exception and each rule; the query collects all that apply."""

    distribution: ClassVar[str] = "regopy"
    form: ClassVar[str] = "an `Input` for each 12 rows, texts in lists"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._library = library("regopy")
        self._tests = {test: f"t{number}" for number, test in enumerate(dict.fromkeys(table.tests()))}
        lines = ["package checked", *(self._test(test, name) for test, name in self._tests.items())]
        for number, rule in enumerate(table.rules):
            against = [f"not applies{stronger}(m)" for stronger in rule.stronger]
            if rule.unless:
                lines += [f"excepted{number}(m) if {{ {body} }}" for body in self._bodies(rule.unless)]
                against.append(f"not excepted{number}(m)")
            bodies = ("; ".join([body, *against]) for body in self._bodies(rule.when))
            lines += [f"applies{number}(m) if {{ {body} }}" for body in bodies]
            lines.append(f"found contains [i, {number}] if {{ some i, m in input.rows; applies{number}(m) }}")
        large = [
            (test, name) for test, name in self._tests.items() if isinstance(test, Has) and len(test.atoms) > _SMALL
        ]
        self._interpreter = self._library.Interpreter()
        self._interpreter.add_data({"of": {name: dict.fromkeys(test.atoms, True) for test, name in large}})
        self._interpreter.add_module("checked", "\n".join(lines))
        self._bundle = self._interpreter.build("data.checked.found")

    def _test(self, test: Test, name: str) -> str:
        match test:
            case Has(field, atoms):
                several = self.table.kinds[field] == "set"
                subject = "x" if several else f"m.{field}"
                # A set that stands in a rule is built each time; to look into data takes longer where the set is small.
                within = f"{subject} in {_set(atoms)}" if len(atoms) <= _SMALL else f"data.of.{name}[{subject}]"
                said = f"some x in m.{field}; {within}" if several else within
            case Only(field, atoms):
                said = f"every x in m.{field} {{ x in {_set(atoms)} }}"
            case Empty(field):
                said = f"count(m.{field}) == 0"
            case Compare(field, sign, bound):
                said = f"m.{field} {sign} {bound}"
            case Flag(field):
                said = f"m.{field}"
        return f"{name}(m) if {{ {said} }}"

    def _bodies(self, clauses: Clauses) -> Iterator[str]:
        for clause in clauses:
            yield (
                "; ".join(f"{'' if each.positive else 'not '}{self._tests[each.test]}(m)" for each in clause) or "true"
            )

    def convert(self, rows: Sequence[Row]) -> list[Any]:
        """See `form`."""
        make = self._library.Input
        lists = [{name: list(cell) if isinstance(cell, tuple) else cell for name, cell in row.items()} for row in rows]
        return [make({"rows": list(few)}) for _, few in in_slices(lists, _SLICE)]

    def run(self, native: list[Any]) -> Iterable[Pair]:
        """The query on each input."""
        pairs: list[Pair] = []
        for number, few in enumerate(native):
            self._interpreter.set_input(few)
            (found,) = json.loads(str(self._interpreter.query_bundle(self._bundle)))["expressions"]
            pairs += [(number * _SLICE + row, rule) for row, rule in found]
        return pairs


def _set(atoms: tuple[str, ...]) -> str:
    return f"{{{', '.join(map(json.dumps, atoms))}}}"


ENGINE = Rego
