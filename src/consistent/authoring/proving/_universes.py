"""The values that conditions can tell apart: all that a field of a symbolic proposal can hold.

Terms are those of their vocabulary. Citations, amounts, days and texts are without number; of these there is one at least for
each way in which a value can stand to what is asked (`solving.values.candidate_atoms`). Where two fields are compared with each other,
there is one more of each, so that two fields can hold the like and not the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from attrs import frozen

from consistent.model.proposal import Field
from consistent.model.values import Atom
from consistent.model.vocabulary import Vocabularies
from consistent.rules.conditions import (
    Condition,
    Count,
    FactExists,
    KnownValues,
    Other,
    Reference,
    Test,
    tests_in,
    walk,
)
from consistent.rules.program import FactLookup, Question
from consistent.solving.values import candidate_atoms

__all__ = ["Sort", "Universe", "bounded", "quantified", "sort_of", "universe_of"]

# What a field holds: its type and, of terms, the vocabulary. Fields of one sort are compared.
Sort = tuple[str, str]
# Of texts, each set of so many questions can be met by a text of its own.
_MOST_PARTS = 6
_PARTS = {"contains", "starts_with"}


@frozen(eq=False)
class Universe:
    """The values of each sort, in a fixed order."""

    atoms: Mapping[Sort, tuple[Atom, ...]]

    def of(self, field: Field) -> tuple[Atom, ...]:
        """What a field can hold."""
        return self.atoms.get(sort_of(field), ())


def sort_of(field: Field) -> Sort:
    """The sort of what a field holds."""
    return field.type, field.vocabulary


def universe_of(
    conditions: Iterable[tuple[Condition, FactLookup]], fields: Iterable[Field], vocabularies: Vocabularies
) -> Universe:
    """The universe of conditions, each with the facts of its day.

    Args:
        conditions: all that will be asked.
        fields: of proposals and measures.
        vocabularies: of the terms.
    """
    asked: dict[Sort, set[Question]] = {}
    compared: set[Sort] = set()
    for condition, facts in conditions:
        for field, question in _asked(condition, facts):
            if question is None:
                compared.add(sort_of(field))
            else:
                asked.setdefault(sort_of(field), set()).add(question)
    first = {sort_of(of_sort): of_sort for of_sort in fields}
    atoms = {
        sort: _atoms(field, asked.get(sort, set()), vocabularies, twice=sort in compared)
        for sort, field in first.items()
    }
    return Universe(atoms)


def bounded(conditions: Iterable[Condition]) -> bool:
    """Whether the universe of conditions may lack a value that some proposal could have, and that they tell apart.

    Fields that are compared with each other can hold more that differs than is in it, and what is told of them by `may` is
    not in it; nor does it hold a text for each set of questions to texts, where these are many.
    """
    tests = [test for condition in conditions for test in tests_in(condition)]
    parts = {(test.operator, test.operand) for test in tests if test.operator in _PARTS}
    compared = any(test.scope != "fact" and isinstance(test.operand, Reference) for test in tests)
    return compared or len(parts) > _MOST_PARTS


def _atoms(field: Field, asked: set[Question], vocabularies: Vocabularies, *, twice: bool) -> tuple[Atom, ...]:
    found: dict[Atom, None] = {}
    parts = _parts(asked)
    sizes = range(len(parts) + 1) if len(parts) <= _MOST_PARTS else (0, 1, 2, len(parts))
    sets = [set(combination) for size in sizes for combination in combinations(parts, size)]
    for chosen in sets:
        wanted = [(question, question in chosen or question not in parts) for question in asked]
        found.update(dict.fromkeys(candidate_atoms(field, wanted, (), vocabularies)))
        if twice:
            found.update(dict.fromkeys(candidate_atoms(field, wanted, tuple(found), vocabularies)))
    return tuple(found)


def _parts(asked: Iterable[Question]) -> list[Question]:
    found = [question for question in asked if question.operator in _PARTS]
    return sorted(found, key=lambda question: (question.operator, str(question.operand)))


def _asked(condition: Condition, facts: FactLookup) -> Iterator[tuple[Field, Question | None]]:
    """Every question to a field; None in its place where the field is compared with another."""
    for node in walk(condition):
        match node:
            case FactExists(kind, part):
                for test in tests_in(part):
                    if isinstance(test.operand, Reference):
                        yield from _joined(test, test.operand.field, kind, facts)
            case Test(scope="measure" | "proposal", field=field, operator=operator, operand=operand):
                if isinstance(operand, Reference):
                    yield from ((field, None), (operand.field, None))
                else:
                    constant = facts.values(operand, field) if isinstance(operand, KnownValues) else operand
                    yield field, Question("proposal", field.name, operator, constant)
            case _:
                pass


def _joined(test: Test, field: Field, kind: str, facts: FactLookup) -> Iterator[tuple[Field, Question]]:
    held = frozenset(atom for fact in facts.of_kind(kind) for atom in fact.values[test.field.name].yes)
    yield from ((field, Question("proposal", field.name, *question)) for question in facts.asked(test, held))


def quantified(conditions: Iterable[Condition]) -> Iterator[Other | Count]:
    """Every condition that looks at several measures."""
    return (node for condition in conditions for node in walk(condition) if isinstance(node, Other | Count))
