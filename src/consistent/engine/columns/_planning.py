"""A program made ready for columns: questions by field, and clauses as numbers of literals.

Columns are numbered: first those that are answered by the value of a field, field after field, so that the answers of a field
are a slice; then the others. A **literal** is a column with the answer that is wanted of it. Literal 2n wants yes of column n, literal 2n + 1 wants no. So a list of bits by literal holds all
that a condition asks for, and negation costs nothing when conditions are decided.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from attrs import frozen

from consistent.engine._answers import FieldQuestions, fields_of
from consistent.rules.program import (
    Answer,
    Clause,
    Column,
    Compared,
    Join,
    Program,
    Quantified,
    Question,
    Shared,
    Subject,
    Undecided,
)
from consistent.truth import Truth

__all__ = [
    "Plan",
    "PlannedClauses",
    "PlannedCount",
    "PlannedJoins",
    "PlannedPair",
    "PlannedRule",
    "Tree",
]


# Clauses as a prefix tree (trie), by what they have in common: for each literal what else has to hold, or nothing more. The clauses
# `a b c` or `a b d` or `e` are ((a, ((b, ((c, None), (d, None))),)), (e, None)). What many clauses share is looked up once for
# all of them, and where it holds for nobody, none of them is looked at.
Tree = tuple[tuple[int, "Tree | None"], ...]


@frozen(eq=False)
class PlannedClauses:
    """Alternatives of conjunctions.

    Attributes:
        always: an alternative asks for nothing.
        tree: the others.
    """

    always: bool
    tree: Tree


@frozen(eq=False)
class PlannedJoins:
    """Alternatives that ask for the same joins of a candidate with the judged measure, perhaps for none."""

    joins: tuple[Join, ...]
    clauses: PlannedClauses


@frozen(eq=False)
class PlannedPair:
    """The number of a column, and what it asks of two fields."""

    number: int
    column: Shared | Compared


@frozen(eq=False)
class PlannedCount:
    """The number of a column, what it asks, and what it counts measures by.

    Attributes:
        joined: a candidate must share a value with the judged measure.
        of_none: the answer where no measure can be counted; None of a sum.
    """

    number: int
    column: Quantified
    alternatives: tuple[PlannedJoins, ...]
    joined: bool
    of_none: Truth | None

    @classmethod
    def of(cls, column: Quantified, numbers: Mapping[Column, int]) -> "PlannedCount":
        """Plan a count, given the numbers of columns."""
        alternatives = _by_joins(column.clauses, numbers)
        joined = any(alternative.joins for alternative in alternatives)
        of_none = column.within(0, 0) if column.total is None else None
        return cls(numbers[column], column, alternatives, joined, of_none)

    @property
    def needs_both_worlds(self) -> bool:
        """Whether the answer may be unknown where all that is asked of single measures is known."""
        return self.joined or self.column.total is not None


@frozen(eq=False)
class PlannedRule:
    """The conditions of a rule."""

    level: Subject
    when: PlannedClauses
    unless: tuple[PlannedClauses, ...]


@frozen(eq=False)
class Plan:
    """All that is asked of a batch.

    Attributes:
        size: the number of columns.
        fields: the questions that are answered by value; their columns come first.
        needs_both_worlds: a count may be unknown where all that is asked of single measures is known.
        of_proposal: numbers of the columns that are answered for the proposal.
        undecided: numbers of the columns to which there is no answer.
        rules: in order of the program.
    """

    size: int
    fields: tuple[FieldQuestions, ...]
    pairs: tuple[PlannedPair, ...]
    counts: tuple[PlannedCount, ...]
    needs_both_worlds: bool
    of_proposal: tuple[int, ...]
    undecided: tuple[int, ...]
    rules: tuple[PlannedRule, ...]

    @classmethod
    def of(cls, program: Program) -> "Plan":
        """Plan a program."""
        # A dictionary for a set: columns keep the order in which they are first asked.
        asked = _columns(clauses for rule in program.rules for clauses in rule.conditions)
        counted = [column for column in asked if isinstance(column, Quantified)]
        # Once is enough: quantifiers do not nest.
        asked |= _columns(column.clauses for column in counted)
        fields = fields_of(asked)
        numbers: dict[Column, int] = {}
        for column in chain(*(field.answers.questions for field in fields), asked):
            numbers.setdefault(column, len(numbers))
        counts = tuple(PlannedCount.of(column, numbers) for column in counted)
        return cls(
            size=len(numbers),
            fields=fields,
            pairs=tuple(
                PlannedPair(numbers[column], column) for column in asked if isinstance(column, Shared | Compared)
            ),
            counts=counts,
            needs_both_worlds=any(count.needs_both_worlds for count in counts),
            of_proposal=tuple(number for column, number in numbers.items() if column.scope == "proposal"),
            undecided=tuple(number for column, number in numbers.items() if isinstance(column, Undecided)),
            rules=tuple(
                PlannedRule(
                    compiled.rule.scope,
                    _planned(compiled.when, numbers),
                    tuple(_planned(exception, numbers) for exception in compiled.unless),
                )
                for compiled in program.rules
            ),
        )


def _columns(conditions: Iterable[frozenset[Clause]]) -> dict[Column, None]:
    return dict.fromkeys(
        literal.column
        for clauses in conditions
        for clause in clauses
        for literal in clause
        if isinstance(literal, Answer)
    )


def _by_joins(clauses: frozenset[Clause], numbers: Mapping[Column, int]) -> tuple[PlannedJoins, ...]:
    """The clauses by the joins that they ask for, so that what has none can be counted without looking at pairs."""
    groups: dict[frozenset[Join], list[Clause]] = {}
    for clause in clauses:
        joins = frozenset(condition for condition in clause if isinstance(condition, Join))
        groups.setdefault(joins, []).append(clause - joins)
    return tuple(PlannedJoins(tuple(joins), _planned(group, numbers)) for joins, group in groups.items())


def _planned(clauses: Iterable[Clause], numbers: Mapping[Column, int]) -> PlannedClauses:
    """The clauses with literals by number.

    Args:
        clauses: without joins, or with joins that are looked at elsewhere.
        numbers: of the columns.
    """
    listed = [[condition for condition in clause if isinstance(condition, Answer)] for clause in clauses]
    narrow = sorted({answer for clause in listed for answer in clause}, key=_breadth)
    literals = {answer: 2 * numbers[answer.column] + (not answer.positive) for answer in narrow}
    breadths = {literal: breadth for breadth, literal in enumerate(literals.values())}
    rest = [frozenset(literals[answer] for answer in clause) for clause in listed if clause]
    return PlannedClauses([] in listed, _tree(rest, breadths))


def _tree(clauses: Sequence[frozenset[int]], breadths: Mapping[int, int]) -> Tree:
    """The prefix tree of clauses: by what most of them have in common, the narrowest first where several are in as many.

    Args:
        clauses: sets of literals, none of them empty; there may be no clause.
        breadths: of each literal, the lower the fewer measures are expected to meet it.
    """
    branches: list[tuple[int, Tree | None]] = []
    while clauses:
        counts = Counter(chain.from_iterable(clauses))
        common = max(counts, key=lambda literal: (counts[literal], -breadths[literal]))
        inside = [clause - {common} for clause in clauses if common in clause]
        # A clause that asks for nothing else is met wherever the literal holds; what others ask besides does not matter.
        branches.append((common, _tree(inside, breadths) if all(inside) else None))
        clauses = [clause for clause in clauses if common not in clause]
    return tuple(branches)


def _breadth(literal: Answer) -> tuple[bool, bool, int]:
    """Narrow questions to measures first, as most measures fail them; what is negated is passed by most."""
    column = literal.column
    operand = column.operand if isinstance(column, Question) else None
    return (
        not literal.positive,
        column.scope == "proposal",
        len(operand) if isinstance(operand, frozenset) else 1,
    )
