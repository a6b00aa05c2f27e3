"""The conditions of rules, as a tree that stays close to the TOML.

Each node knows the key path that it was read from, so that an explanation can point at its line.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

import attrs
from attrs import frozen

from consistent.model.proposal import Field
from consistent.model.values import Atom
from consistent.reading.tomlfile import KeyPath

__all__ = [
    "FLIPPED",
    "All",
    "Any",
    "Condition",
    "Count",
    "FactExists",
    "KnownValues",
    "Not",
    "Operator",
    "Other",
    "Reference",
    "Scope",
    "Test",
    "tests_in",
]

Scope = Literal["measure", "proposal", "fact"]

# `any`, `only` and `empty` ask for values; the rest compare. What the language calls `none`, `beyond` and the like are
# these under `Not`; `all` is a conjunction.
Operator = Literal["any", "only", "empty", "over", "under", "at_least", "at_most", "contains", "starts_with"]

# A comparison asked the other way round.
FLIPPED: Mapping[Operator, Operator] = {"over": "under", "under": "over", "at_least": "at_most", "at_most": "at_least"}


@frozen
class Reference:
    """A field in place of values: `$measure.areas`, `$proposal.date`.

    `$judged` is the judged measure where `measure` is another one: inside `other` and `count`.
    """

    scope: Literal["measure", "proposal", "judged"]
    field: Field


@frozen
class KnownValues:
    """Every value that facts of a kind have in a field, `$legal_basis.article`, in place of values."""

    kind: str
    field: str


@frozen(kw_only=True)
class Test:
    """A question to one field.

    Attributes:
        scope: whose field it is.
        operand: for `any` and `only` the atoms, closed under narrower terms, or what stands for them; for comparisons
            one atom or reference; None for `empty`.
        written: the atoms as written, in order, for readers; empty where the operand is a reference.
    """

    scope: Scope
    field: Field
    operator: Operator
    operand: frozenset[Atom] | Atom | Reference | KnownValues | None
    written: tuple[Atom, ...] = ()
    where: KeyPath = attrs.field(eq=False, default=())


@frozen
class All:
    """Every part holds; true without parts."""

    parts: tuple["Condition", ...]


@frozen
class Any:
    """One part at least holds; false without parts."""

    parts: tuple["Condition", ...]


@frozen
class Not:
    """The part does not hold."""

    part: "Condition"


@frozen
class FactExists:
    """A fact of the kind passes all tests; the tests may refer to the measure and the proposal."""

    kind: str
    part: "Condition"
    where: KeyPath = attrs.field(eq=False, default=())


@frozen
class Other:
    """Another measure of the proposal meets the part, in which scope `measure` is that other one."""

    part: "Condition"
    where: KeyPath = attrs.field(eq=False, default=())


@frozen
class Count:
    """The number of measures that meet the part lies within bounds; None for no bound."""

    part: "Condition"
    at_least: int | None
    at_most: int | None
    where: KeyPath = attrs.field(eq=False, default=())


Condition = Test | All | Any | Not | FactExists | Other | Count


def tests_in(condition: Condition) -> Iterator[Test]:
    """Every test of a condition, in the order of writing."""
    match condition:
        case Test():
            yield condition
        case All(parts) | Any(parts):
            for part in parts:
                yield from tests_in(part)
        case Not(part) | FactExists(_, part) | Other(part) | Count(part):
            yield from tests_in(part)
