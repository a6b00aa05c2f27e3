"""Python functions generated from the rules: no peer but a yardstick, and what the findings of all others are compared with.

It is itself compared with the plain evaluator of `consistent`, which reads rules as they are written, on fewer proposals.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from benchmarks.engines.contenders.contender import Contender, Spelling
from benchmarks.engines.contenders.masks import Masks
from benchmarks.engines.flat import Compare, Empty, Flag, Has, Only, Pair, Row, Table

__all__ = ["ENGINE", "GeneratedPython"]

# Whole numbers of Python have no bound.
_WIDTH = 1 << 20


class _Python(Spelling[str]):
    """Sets are bits of a whole number."""

    def __init__(self, masks: Masks) -> None:
        self._masks = masks

    def has(self, test: Has, *, several: bool) -> str:  # noqa: ARG002  both are bits
        return f"{test.field} & {self._masks.mask(test.field, test.atoms)[0]}"

    def only(self, test: Only) -> str:
        return f"not {test.field} & ~{self._masks.mask(test.field, test.atoms)[0]}"

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
        return str(value)


class GeneratedPython(Contender[list[tuple[Any, ...]]]):
    """One function for all rules, called for each row."""

    distribution: ClassVar[str] = "python"
    form: ClassVar[str] = "a tuple of whole numbers for each row, texts as bits"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._masks = Masks(table, _WIDTH)
        lines = ["def found(row, number, add):", f"    {''.join(f'{name}, ' for name in table.kinds)} = row"]
        said = enumerate(_Python(self._masks).rules(table))
        lines += [f"    if {condition}: add((number, {rule}))" for rule, condition in said]
        scope: dict[str, Any] = {}
        exec(compile("\n".join(lines), "<rules>", "exec"), scope)  # noqa: S102  our own text
        self._found = scope["found"]

    def convert(self, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
        """See `form`."""
        cell, kinds = self._masks.cell, self.table.kinds
        texts = {name: kind in {"set", "one"} for name, kind in kinds.items()}
        return [tuple(cell(name, row[name])[0] if texts[name] else row[name] for name in kinds) for row in rows]

    def run(self, native: list[tuple[Any, ...]]) -> Iterable[Pair]:
        """The function on each row."""
        pairs: list[Pair] = []
        found, add = self._found, pairs.append
        for number, row in enumerate(native):
            found(row, number, add)
        return pairs


ENGINE = GeneratedPython
