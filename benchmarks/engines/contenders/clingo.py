"""clingo: answer set programming in C++. The rules are stratified, so that grounding alone decides them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from benchmarks.engines.contenders.contender import Contender, in_slices, library
from benchmarks.engines.flat import Clauses, Compare, Empty, Flag, Has, Only, Pair, Row, Table, Test

__all__ = ["ENGINE"]

_SLICE = 3000


class Clingo(Contender[list[str]]):
    """A predicate for each distinct test; a rule for each alternative; exceptions and stronger rules by negation."""

    distribution: ClassVar[str] = "clingo"
    form: ClassVar[str] = "facts as program text, texts as numbers; 3,000 rows at a time"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._library = library("clingo")
        fields = [name for name, kind in table.kinds.items() if kind in {"set", "one"}]
        self._numbers = {name: {atom: number for number, atom in enumerate(table.atoms(name))} for name in fields}
        self._tests = {test: f"t{number}" for number, test in enumerate(dict.fromkeys(table.tests()))}
        lines = [line for test, name in self._tests.items() for line in self._test(test, name)]
        for number, rule in enumerate(table.rules):
            against = [f"not applies(R,{stronger})" for stronger in rule.stronger]
            if rule.unless:
                lines += [f"excepted(R,{number}) :- {body}." for body in self._bodies(rule.unless)]
                against.append(f"not excepted(R,{number})")
            lines += [f"applies(R,{number}) :- {', '.join([body, *against])}." for body in self._bodies(rule.when)]
        self._rules = "\n".join(lines)

    def _test(self, test: Test, name: str) -> Iterator[str]:
        match test:
            case Has(field, atoms):
                # A table of the texts, and not a rule for each, halves the time.
                yield f"{name}(R) :- {field}(R,X), {name}of(X)."
                yield from (f"{name}of({self._numbers[field][each]})." for each in atoms)
            case Only(field, atoms):
                others = [f"X != {self._numbers[field][each]}" for each in atoms]
                yield f"{name}x(R) :- {', '.join([f'{field}(R,X)', *others])}."
                yield f"{name}(R) :- row(R), not {name}x(R)."
            case Empty(field):
                yield f"{name}x(R) :- {field}(R,_)."
                yield f"{name}(R) :- row(R), not {name}x(R)."
            case Compare(field, sign, bound):
                yield f"{name}(R) :- {field}(R,X), X {sign} {bound}."
            case Flag(field):
                yield f"{name}(R) :- {field}(R)."

    def _bodies(self, clauses: Clauses) -> Iterator[str]:
        for clause in clauses:
            parts = [f"{'' if each.positive else 'not '}{self._tests[each.test]}(R)" for each in clause]
            yield ", ".join(["row(R)", *parts] if not any(each.positive for each in clause) else parts)

    def convert(self, rows: Sequence[Row]) -> list[str]:
        """See `form`."""
        return [
            "".join(text for number, row in enumerate(few, first) for text in self._facts(number, row))
            for first, few in in_slices(rows, _SLICE)
        ]

    def _facts(self, number: int, row: Row) -> Iterator[str]:
        yield f"row({number})."
        for name, kind in self.table.kinds.items():
            cell: Any = row[name]
            if kind == "flag":
                if cell:
                    yield f"{name}({number})."
            elif kind == "number":
                yield f"{name}({number},{cell})."
            else:
                # What no rule asks for is -1: it must count for `only` and `empty`.
                numbers = self._numbers[name]
                texts = cell if kind == "set" else (cell,) if cell else ()
                yield from (f"{name}({number},{numbers.get(each, -1)})." for each in texts)

    def run(self, native: list[str]) -> Iterable[Pair]:
        """Ground rules and facts, slice by slice."""
        pairs: list[Pair] = []
        for facts in native:
            control = self._library.Control(["--warn=none"])
            control.add("base", [], self._rules)
            control.add("base", [], facts)
            control.ground([("base", [])])
            found = (each.symbol.arguments for each in control.symbolic_atoms.by_signature("applies", 2))
            pairs += [(row.number, rule.number) for row, rule in found]
        return pairs


ENGINE = Clingo
