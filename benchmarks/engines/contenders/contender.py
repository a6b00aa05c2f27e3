"""What every engine does in these benchmarks, and a fold that says rules in its language."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, ClassVar, Generic, TypeVar

from benchmarks.engines.flat import Clauses, Compare, Empty, Flag, FlatRule, Has, Only, Pair, Part, Row, Table, Test

__all__ = ["Contender", "Named", "Spelling", "in_slices", "library"]

T = TypeVar("T")
N = TypeVar("N")


def library(name: str) -> Any:
    """An engine's module. Peers are not installed where types are checked, so that nothing is known of them there."""
    return import_module(name)


def in_slices(items: Sequence[N], size: int) -> Iterator[tuple[int, Sequence[N]]]:
    """The items in slices, each with the number of its first item."""
    for first in range(0, len(items), size):
        yield first, items[first : first + size]


class Contender(ABC, Generic[N]):
    """An engine with the rules of one table, compiled and ready.

    `__init__` compiles, which is not timed. `convert` puts rows into the form that suits the engine best, which is timed by
    itself and not counted. `run` is what is timed: from that form to every finding, as Python data.

    Attributes:
        distribution: what it is installed as.
        form: how proposals are held, for readers.
    """

    distribution: ClassVar[str]
    form: ClassVar[str]

    def __init__(self, table: Table) -> None:
        self.table = table

    @abstractmethod
    def convert(self, rows: Sequence[Row]) -> N:
        """Rows in the engine's own form."""

    @abstractmethod
    def run(self, native: N) -> Iterable[Pair]:
        """Every finding, each once."""

    def close(self) -> None:
        """Give back what the engine holds."""


class Spelling(ABC, Generic[T]):
    """How a language says tests, and how it joins them."""

    @abstractmethod
    def has(self, test: Has, *, several: bool) -> T:
        """The field, with several texts or with one, has one of these."""

    @abstractmethod
    def only(self, test: Only) -> T:
        """It has none but these."""

    @abstractmethod
    def empty(self, test: Empty) -> T:
        """It has none."""

    @abstractmethod
    def compare(self, test: Compare) -> T:
        """The number compares so."""

    @abstractmethod
    def flag(self, test: Flag) -> T:
        """It is so."""

    @abstractmethod
    def negated(self, inner: T) -> T:
        """The opposite."""

    @abstractmethod
    def both(self, parts: list[T]) -> T:
        """All of two or more."""

    @abstractmethod
    def either(self, parts: list[T]) -> T:
        """One at least of two or more."""

    @abstractmethod
    def constant(self, *, value: bool) -> T:
        """Always, or never."""

    def part(self, part: Part, table: Table) -> T:
        """A test or its opposite."""
        match part.test:
            case Has(atoms=()):
                said = self.constant(value=False)
            case Has() as test:
                said = self.has(test, several=table.kinds[test.field] == "set")
            case Only() as test:
                said = self.only(test)
            case Empty() as test:
                said = self.empty(test)
            case Compare() as test:
                said = self.compare(test)
            case Flag() as test:
                said = self.flag(test)
        return said if part.positive else self.negated(said)

    def conjunction(self, parts: list[T]) -> T:
        """All of any number."""
        return self.both(parts) if len(parts) > 1 else parts[0] if parts else self.constant(value=True)

    def disjunction(self, parts: list[T]) -> T:
        """One of any number."""
        return self.either(parts) if len(parts) > 1 else parts[0] if parts else self.constant(value=False)

    def clauses(self, clauses: Clauses, table: Table) -> T:
        """Alternatives, put together again as one would write them: what several share is asked once."""
        if not clauses:
            return self.constant(value=False)
        shared = [part for part in clauses[0] if all(part in clause for clause in clauses)]
        said = [self.part(part, table) for part in shared]
        rest = tuple(tuple(part for part in clause if part not in shared) for clause in clauses)
        if len(rest) == 1 or () in rest:
            return self.conjunction(said)
        spread: list[T] = []
        while rest:
            counted = Counter(part for clause in rest for part in clause)
            common, times = max(counted.items(), key=lambda pair: pair[1])
            if times == 1:
                spread += [self.conjunction([self.part(part, table) for part in clause]) for clause in rest]
                break
            spread.append(self.clauses(tuple(clause for clause in rest if common in clause), table))
            rest = tuple(clause for clause in rest if common not in clause)
        return self.conjunction([*said, self.disjunction(spread)])

    def condition(self, rule: FlatRule, table: Table) -> T:
        """The whole rule in one: its conditions, no exception, no stronger rule."""
        parts = [self.clauses(rule.when, table)]
        if rule.unless:
            parts.append(self.negated(self.clauses(rule.unless, table)))
        parts += [self.negated(self.condition(table.rules[stronger], table)) for stronger in rule.stronger]
        return self.conjunction(parts)

    def rules(self, table: Table) -> list[T]:
        """Every rule in order."""
        return [self.condition(rule, table) for rule in table.rules]


class Named(Spelling[T]):
    """For languages in which each distinct test is best asked once, as a column that rules then name.

    Attributes:
        tests: what was asked, by the column's name.
    """

    def __init__(self) -> None:
        self.tests: dict[str, T] = {}
        self._names: dict[Test, str] = {}

    @abstractmethod
    def column(self, name: str) -> T:
        """What refers to the column."""

    def part(self, part: Part, table: Table) -> T:
        """The test's column, or its opposite."""
        name = self._names.setdefault(part.test, f"test{len(self._names)}")
        if name not in self.tests:
            self.tests[name] = super().part(Part(part.test), table)
        return self.column(name) if part.positive else self.negated(self.column(name))
