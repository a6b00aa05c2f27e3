"""The operators of conditions, as tables: what each is in the tree, which fields it suits, what can stand behind it and beside it."""

from collections.abc import Mapping
from typing import get_args

from consistent.errors import did_you_mean
from consistent.model.proposal import MEASURE_FIELDS, Field, FieldType
from consistent.rules.conditions import (
    Operator,
    Scope,
)

__all__ = [
    "CONCEPT_OPERATORS",
    "MOST_VALUES",
    "NUMBERED",
    "NUMERIC",
    "OPERATORS",
    "ORDERING",
    "RECKONING",
    "REFERENCES",
    "SUMMED",
    "help_with_operator",
]

_SETS: tuple[FieldType, ...] = ("terms", "citation", "text", "amount", "number", "date", "boolean")
# Types whose values are numbers, which can be more or less.
NUMERIC: tuple[FieldType, ...] = ("amount", "number")
# operator in TOML: (operator of the tree, whether it is negated, types of field that it suits)
OPERATORS: Mapping[str, tuple[Operator, bool, tuple[FieldType, ...]]] = {
    "any": ("any", False, _SETS),
    "none": ("any", True, _SETS),
    "all": ("any", False, ("terms", "citation")),
    "only": ("only", False, ("terms", "citation")),
    "beyond": ("only", True, ("terms", "citation")),
    "empty": ("empty", False, _SETS),
    "over": ("over", False, NUMERIC),
    "under": ("under", False, NUMERIC),
    "at_least": ("at_least", False, (*NUMERIC, "terms", "citation")),
    "at_most": ("at_most", False, (*NUMERIC, "terms", "citation")),
    "after": ("over", False, ("date",)),
    "before": ("under", False, ("date",)),
    "from": ("at_least", False, ("date",)),
    "until": ("at_most", False, ("date",)),
    "contains": ("contains", False, ("text",)),
    "starts_with": ("starts_with", False, ("text",)),
}
# The operators that order values, which another field can stand behind; and those that number values of a field of several.
ORDERING: frozenset[Operator] = frozenset({"over", "under", "at_least", "at_most"})
NUMBERED = ("at_least", "at_most")
# The highest number of values that is asked for.
MOST_VALUES = 20
# What stands beside operators and says how to reckon: which values are counted, or of what a share is taken; a period.
RECKONING = ("of", "plus", "minus")
# Whose fields a test may refer to: by its own scope, and whether it stands inside `other` or `count`.
REFERENCES: Mapping[tuple[Scope, bool], tuple[str, ...]] = {
    ("measure", False): ("measure", "proposal"),
    ("measure", True): ("judged", "measure", "proposal"),
    ("proposal", False): ("proposal",),
    ("proposal", True): ("proposal",),
    ("fact", False): ("measure", "proposal"),
    ("fact", True): ("measure", "proposal"),
}

# What can be added up: amounts of measures.
SUMMED: Mapping[str, Field] = {name: field for name, field in MEASURE_FIELDS.items() if field.type == "amount"}
# Which of the concepts that are named must hold: one at least, every one, or none.
CONCEPT_OPERATORS = ("any", "all", "none")

_MEANT_OPERATORS = {
    "not": "none", "equals": "any", "is": "any", "later_than": "after", "earlier_than": "before", "more_than": "over", "less_than": "under",
    "above": "over", "below": "under", "greater_than": "over",
}  # fmt: skip


def help_with_operator(word: str, field: Field) -> str:
    """The operators that suit a field, and the one that was meant."""
    fitting = [operator for operator, (_, _, suits) in OPERATORS.items() if field.type in suits]
    meant = _MEANT_OPERATORS.get(word)
    return f"write `{meant}`" if meant in fitting else did_you_mean(word, fitting, limit=50)


# INVARIANT: the reader knows every operator of the tree.
assert {operator for operator, _, _ in OPERATORS.values()} == set(get_args(Operator))  # noqa: S101  the table and the type are one list
