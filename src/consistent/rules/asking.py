"""What one test says of one value. Both the engines' input and the plain evaluator rest on this."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from consistent.model.values import Atom, Value
from consistent.rules.conditions import Operator
from consistent.truth import Truth

__all__ = ["ask"]

_COMPARISONS: dict[Operator, Callable[[Any, Any], bool]] = {
    "over": lambda found, bound: found > bound,
    "under": lambda found, bound: found < bound,
    "at_least": lambda found, bound: found >= bound,
    "at_most": lambda found, bound: found <= bound,
    "contains": lambda found, part: part in found,
    "starts_with": lambda found, part: found.startswith(part),
}


@lru_cache(maxsize=1 << 16)
def ask(operator: Operator, operand: frozenset[Atom] | Atom | None, value: Value) -> Truth:
    """Whether the value passes the test.

    Args:
        operator: what is asked.
        operand: for `any` and `only` a set of atoms, closed under narrower terms; for comparisons one atom of the
            value's own type; None for `empty`.
        value: what is known.
    """
    if operator == "empty":
        return value.is_empty()
    if isinstance(operand, frozenset):
        return value.has_any(operand) if operator == "any" else value.has_only(operand)
    compare = _COMPARISONS[operator]
    if any(compare(atom, operand) for atom in value.yes):
        return Truth.YES
    return Truth.UNKNOWN if value.open else Truth.NO
