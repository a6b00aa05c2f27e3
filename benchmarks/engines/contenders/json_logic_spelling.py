"""Rules as JSON-logic, for the two engines that read it."""

from typing import Any

from benchmarks.engines.contenders.contender import Spelling
from benchmarks.engines.flat import Compare, Empty, Flag, Has, Only

__all__ = ["JsonLogic"]


class JsonLogic(Spelling[Any]):
    """`some`, `all` and `in` over lists."""

    def has(self, test: Has, *, several: bool) -> Any:
        """`in`, or that `some` of the list is `in`."""
        field: Any = {"var": test.field}
        if not several:
            return {"in": [field, list(test.atoms)]}
        if len(test.atoms) == 1:
            return {"in": [test.atoms[0], field]}
        return {"some": [field, {"in": [{"var": ""}, list(test.atoms)]}]}

    def only(self, test: Only) -> Any:
        """That `none` of the list is elsewhere."""
        return {"none": [{"var": test.field}, {"!": [{"in": [{"var": ""}, list(test.atoms)]}]}]}

    def empty(self, test: Empty) -> Any:
        """An empty list is false."""
        return {"!": [{"var": test.field}]}

    def compare(self, test: Compare) -> Any:
        """The sign is the operator."""
        return {test.sign: [{"var": test.field}, test.bound]}

    def flag(self, test: Flag) -> Any:
        """The variable."""
        return {"var": test.field}

    def negated(self, inner: Any) -> Any:
        """`!`."""
        return {"!": [inner]}

    def both(self, parts: list[Any]) -> Any:
        """`and`."""
        return {"and": parts}

    def either(self, parts: list[Any]) -> Any:
        """`or`."""
        return {"or": parts}

    def constant(self, *, value: bool) -> Any:
        """Itself."""
        return value
