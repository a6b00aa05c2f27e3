"""Rules and proposals in terms that every engine has: a table of rows, and for each rule alternatives of tests on a row.

Nothing here knows a library. `translating` makes such tables, `contenders` say them in the language of each engine.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from attrs import frozen

__all__ = [
    "Cell",
    "Clauses",
    "Compare",
    "Empty",
    "Finding",
    "Flag",
    "FlatRule",
    "Has",
    "Kind",
    "Only",
    "Pair",
    "Part",
    "Row",
    "Table",
    "Test",
    "passes",
]

# Texts of a field with several; one text, empty for none; a number; or something that was decided beforehand.
Kind = Literal["set", "one", "number", "flag"]
Cell = tuple[str, ...] | str | int | bool
Row = Mapping[str, Cell]

# A finding of an engine: the numbers of row and rule.
Pair = tuple[int, int]
# A finding as it is compared: the number of the proposal, the rule's id, the number of the measure or -1 for the whole.
Finding = tuple[int, str, int]


@frozen(cache_hash=True)
class Has:
    """The field has one of the texts."""

    field: str
    atoms: tuple[str, ...]


@frozen(cache_hash=True)
class Only:
    """A field with several texts has none but these."""

    field: str
    atoms: tuple[str, ...]


@frozen(cache_hash=True)
class Empty:
    """A field with several texts has none."""

    field: str


@frozen(cache_hash=True)
class Compare:
    """The number compares with a bound."""

    field: str
    sign: Literal[">", ">=", "<", "<="]
    bound: int


@frozen(cache_hash=True)
class Flag:
    """What was decided beforehand, is so."""

    field: str


Test = Has | Only | Empty | Compare | Flag


@frozen(cache_hash=True)
class Part:
    """A test that is passed, or if not positive: failed."""

    test: Test
    positive: bool = True


# Alternatives of conjunctions. None: never. An empty conjunction: always.
Clauses = tuple[tuple[Part, ...], ...]


@frozen(cache_hash=True)
class FlatRule:
    """Applies where `when` holds, `unless` does not, and no stronger rule applies.

    Attributes:
        stronger: the numbers of those rules in the table; all come before it.
    """

    id: str
    when: Clauses
    unless: Clauses = ()
    stronger: tuple[int, ...] = ()


@frozen(kw_only=True, eq=False)
class Table:
    """Rules with the rows that they are put to.

    Attributes:
        kinds: of each field; only fields that some rule asks for.
        per_proposal: how many rows a proposal has; they stand one after the other.
        whole: whether a row is a proposal as a whole, and not a measure.
    """

    kinds: Mapping[str, Kind]
    rules: tuple[FlatRule, ...]
    rows: tuple[Row, ...]
    per_proposal: int
    whole: bool

    def finding(self, pair: Pair) -> Finding:
        """The pair of a row and a rule, as it is compared."""
        row, rule = pair
        proposal, measure = divmod(row, self.per_proposal)
        return proposal, self.rules[rule].id, -1 if self.whole else measure

    def tests(self) -> Iterator[Test]:
        """Every test of every rule; the same one may come more than once."""
        for rule in self.rules:
            for clause in (*rule.when, *rule.unless):
                yield from (part.test for part in clause)

    def atoms(self, field: str) -> tuple[str, ...]:
        """Every text that some rule asks for in a field, in order."""
        asked = (each.atoms for each in self.tests() if isinstance(each, Has | Only) and each.field == field)
        return tuple(sorted({atom for atoms in asked for atom in atoms}))


def passes(test: Test, row: Row) -> bool:
    """Whether a row passes a test."""
    cell: Any = row[test.field]
    match test:
        case Has(_, atoms):
            return bool({cell} & set(atoms)) if isinstance(cell, str) else not set(atoms).isdisjoint(cell)
        case Only(_, atoms):
            return set(cell) <= set(atoms)
        case Empty():
            return not cell
        case Compare(_, sign, bound):
            return _COMPARISONS[sign](cell, bound)
        case Flag():
            return bool(cell)


_COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
}  # fmt: skip
