"""A proposal of which nothing is given: a header and a number of measures, each field of which can hold anything.

Every proposal that can be read from TOML, with so many measures at most, is one of its cases. Fields range over a **universe**: the
values that the conditions can tell apart, each of which stands for all that they cannot tell from it.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import Any, Protocol

from attrs import Factory, define, field, frozen

from consistent.authoring.proving.formulas import Formula, Pair, Solver, at_least, both, either, opposite
from consistent.model.proposal import COMMON, Field, Fields, Measure, Proposal, fields_in
from consistent.model.values import UNKNOWN, Atom, Value
from consistent.model.vocabulary import Vocabularies
from consistent.rules.conditions import (
    Condition,
    Count,
    FactExists,
    KnownValues,
    Operator,
    Other,
    Reference,
    Several,
    Test,
    tests_in,
    totals_in,
    walk,
)
from consistent.rules.program import FactLookup, Operand, Question, ask, compare
from consistent.solving.goals import HEADER, Slot, field_at, left_out
from consistent.solving.search import measure_id
from consistent.solving.values import beside, candidate_atoms
from consistent.sources import broader_citations
from consistent.truth import Truth

__all__ = [
    "GivenProposal",
    "Scene",
    "Sort",
    "SymbolicProposal",
    "SymbolicValue",
    "Universe",
    "bounded",
    "given_value",
    "instead",
    "quantified",
    "sort_of",
    "universe_of",
]

# The universe of conditions.
#
# Terms are those of their vocabulary. Citations, amounts, days and texts are without number; of these there is one at least for
# each way in which a value can stand to what is asked (`solving.values.candidate_atoms`). Where two fields are compared with each
# other, there is one more of each, so that two fields can hold the like and not the same.

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
    return field.sort


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
    compared: dict[Sort, set[Test]] = {}
    for condition, facts in conditions:
        for about, question in _asked(condition, facts):
            if isinstance(question, Test):
                compared.setdefault(sort_of(about), set()).add(question)
            else:
                asked.setdefault(sort_of(about), set()).add(question)
    first = {sort_of(of_sort): of_sort for of_sort in fields}
    atoms = {}
    for sort, about in first.items():
        # Where so many values are asked for, so many there must be to differ, and one more.
        numbers = [question.operand.number for question in asked.get(sort, ()) if isinstance(question.operand, Several)]
        times = max([1 + (sort in compared), *(number + 1 for number in numbers)])
        found = _atoms(about, asked.get(sort, set()), vocabularies, times=times)
        atoms[sort] = _stretched(found, compared.get(sort, set()))
    return Universe(atoms)


def _stretched(atoms: tuple[Atom, ...], compared: Iterable[Test]) -> tuple[Atom, ...]:
    """With what lies to each atom as comparisons reckon, forth and back, and next to that."""
    found = dict.fromkeys(atoms)
    for test in sorted(compared, key=str):
        reference = test.operand
        if isinstance(reference, Reference) and test.operator != "any":
            back = reference.turned(reference.scope, reference.field)
            bounds = [way.bound(test.operator, atom) for way in (reference, back) for atom in atoms]
            found.update(dict.fromkeys(near for bound in bounds for near in beside(bound)))
    return tuple(found)


def bounded(conditions: Iterable[Condition]) -> bool:
    """Whether the universe of conditions may lack a value that some proposal could have, and that they tell apart.

    Fields that are compared with each other can hold more that differs than is in it, and what is told of them by `may` is
    not in it; nor does it hold a text for each set of questions to texts, where these are many.
    """
    listed = list(conditions)
    tests = [test for condition in listed for test in tests_in(condition)]
    parts = {(test.operator, test.operand) for test in tests if test.operator in _PARTS}
    compared = any(test.scope != "fact" and isinstance(test.operand, Reference | Several) for test in tests)
    summed = any(any(True for _ in totals_in(condition)) for condition in listed)
    return compared or summed or len(parts) > _MOST_PARTS


def _atoms(field: Field, asked: set[Question], vocabularies: Vocabularies, *, times: int) -> tuple[Atom, ...]:
    found: dict[Atom, None] = {}
    parts = _parts(asked)
    sizes = range(len(parts) + 1) if len(parts) <= _MOST_PARTS else (0, 1, 2, len(parts))
    sets = [set(combination) for size in sizes for combination in combinations(parts, size)]
    for chosen in sets:
        wanted = [(question, question in chosen or question not in parts) for question in asked]
        found.update(dict.fromkeys(candidate_atoms(field, wanted, (), vocabularies)))
        for _ in range(times - 1):
            found.update(dict.fromkeys(candidate_atoms(field, wanted, tuple(found), vocabularies)))
    return tuple(found)


def _parts(asked: Iterable[Question]) -> list[Question]:
    found = [question for question in asked if question.operator in _PARTS]
    return sorted(found, key=lambda question: (question.operator, str(question.operand)))


def _asked(condition: Condition, facts: FactLookup) -> Iterator[tuple[Field, Question | Test]]:
    """Every question to a field; the test in its place where the field is compared with another."""
    for node in walk(condition):
        match node:
            case FactExists(kind, part):
                for test in tests_in(part):
                    if isinstance(test.operand, Reference):
                        yield from _joined(test, test.operand.field, kind, facts)
            case Count(total=Test() as total):
                if isinstance(total.operand, Reference):
                    yield from ((total.field, total), (total.operand.field, total))
                else:
                    yield total.field, Question("proposal", total.field.name, total.operator, total.operand)  # type: ignore[arg-type]  # a number
            case Test(scope="measure" | "proposal", field=field, operator=operator, operand=operand):
                if isinstance(operand, Reference):
                    yield from ((field, node), (operand.field, node))
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


# What is known of one field of a proposal that is not given.


@frozen(eq=False)
class SymbolicValue:
    """For each value of a universe whether it is known to be there, or known not to be; and whether others may be.

    INVARIANT: of one value not both; nothing is known to be absent that stands in a value which is not open. Universes hold
    every citation that contains one of theirs.

    Attributes:
        there: in the order of the universe.
        absent: the same.
        open: whether values beyond those that are there may be.
        empty: nothing is known to be there.
    """

    there: Mapping[Atom, Formula]
    absent: Mapping[Atom, Formula]
    open: Formula
    empty: Formula = field(
        default=Factory(lambda value: opposite(either(value.there.values())), takes_self=True), repr=False
    )

    @property
    def nothing_known(self) -> Formula:
        """As `Value.unknown`."""
        return both((self.open, self.empty, *map(opposite, self.absent.values())))

    def asked(self, operator: Operator, operand: Operand) -> Pair:
        """As `rules.program.ask`."""
        if isinstance(operand, Several):
            enough = self._reaching(operand, operand.number + (operator == "at_most"))
            return enough if operator == "at_least" else enough.negated()
        if operator == "empty":
            return Pair(both((opposite(self.open), self.empty)), self.empty)
        if isinstance(operand, frozenset):
            return self.has_any(operand) if operator == "any" else self._has_only(operand)
        sure = either(
            held for atom, held in self.there.items() if ask(operator, operand, Value.exactly(atom)) is Truth.YES
        )
        return Pair(sure, either((sure, self.open)))

    def has_any(self, wanted: frozenset[Atom]) -> Pair:
        """As `Value.has_any`."""
        sure = either(held for atom, held in self.there.items() if not wanted.isdisjoint(_upward(atom)))
        possible = [(atom, opposite(self._ruled_out(atom))) for atom in sorted(wanted, key=str)]
        vague = (both((self.there[wider], may)) for atom, may in possible for wider in self._wider(atom))
        return Pair(sure, either((sure, both((self.open, either(may for _, may in possible))), *vague)))

    def _reaching(self, several: Several, number: int) -> Pair:
        """Whether there are so many, or more."""
        if several.of:
            pairs = [self.has_any(atoms) for atoms in several.of]
            return Pair(
                at_least((pair.sure for pair in pairs), number), at_least((pair.possible for pair in pairs), number)
            )
        sure = at_least(self.there.values(), number)
        return Pair(sure, either((sure, self.open)))

    def _has_only(self, allowed: frozenset[Atom]) -> Pair:
        """As `Value.has_only`."""
        outside = [atom for atom in self.there if allowed.isdisjoint(_upward(atom))]
        inside: dict[Atom, list[Atom]] = {}
        for atom in allowed:
            for wider in self._wider(atom):
                inside.setdefault(wider, []).append(atom)
        wrong = (
            both((self.there[atom], *(self._ruled_out(part) for part in sorted(inside.get(atom, ()), key=str))))
            for atom in outside
        )
        sure = both((opposite(self.open), *(opposite(self.there[atom]) for atom in outside)))
        return Pair(sure, opposite(either(wrong)))

    def shares(self, other: "SymbolicValue") -> Pair:
        """As `Value.shares`; both are of one universe."""
        common = ((self.there[atom], other.there[atom]) for atom in self.there)
        sure = either(map(both, common))
        near = (
            both((either((self.there[atom], other.there[atom])), self.may_have(atom), other.may_have(atom)))
            for atom in self.there
        )
        return Pair(sure, either((sure, both((self.open, other.open)), *near)))

    def compared(self, operator: Operator, other: "SymbolicValue", reference: Reference) -> Pair:
        """As `rules.program.compare`; both are of one universe."""
        if operator == "any":
            return self.shares(other)
        sure = either(
            both((mine, either(theirs)))
            for atom, mine in self.there.items()
            if mine is not False and (theirs := [
                held for bound, held in other.there.items()
                if held is not False and _stands(operator, atom, bound, reference)
            ])
        )  # fmt: skip
        some = (either((value.open, opposite(value.empty))) for value in (self, other))
        return Pair(sure, either((sure, both((*some, either((self.open, other.open)))))))

    def may_have(self, atom: Atom) -> Formula:
        """As `Value.may_have`; of an atom of the universe."""
        vague = either((self.open, *(self.there[wider] for wider in self._wider(atom))))
        return either((self.there[atom], both((opposite(self._ruled_out(atom)), vague))))

    def _ruled_out(self, atom: Atom) -> Formula:
        """That the atom, or what contains it, is known to be absent."""
        return either(self.absent.get(wider, False) for wider in _upward(atom))

    def _wider(self, atom: Atom) -> list[Atom]:
        """What contains the atom, of that which the universe has."""
        return [wider for wider in _upward(atom)[1:] if wider in self.there]


@lru_cache(maxsize=1 << 16)
def _stands(operator: Operator, atom: Atom, bound: Atom, reference: Reference) -> bool:
    return compare(operator, Value.exactly(atom), Value.exactly(bound), reference) is Truth.YES


def given_value(value: Value, universe: Iterable[Atom]) -> SymbolicValue:
    """A value that is given, all of whose atoms are in the universe."""
    atoms = tuple(universe)
    there = {atom: atom in value.yes for atom in atoms}
    absent = {atom: value.open and atom in value.no for atom in atoms}
    return SymbolicValue(there, absent, value.open)


def instead(condition: Formula, one: SymbolicValue, other: SymbolicValue) -> SymbolicValue:
    """The one value where a condition holds, else the other; both are of one universe."""

    def chosen(left: Formula, right: Formula) -> Formula:
        return either((both((condition, left)), both((opposite(condition), right))))

    return SymbolicValue(
        {atom: chosen(held, other.there[atom]) for atom, held in one.there.items()},
        {atom: chosen(held, other.absent[atom]) for atom, held in one.absent.items()},
        chosen(one.open, other.open),
    )


@lru_cache(maxsize=1 << 14)
def _upward(atom: Atom) -> tuple[Atom, ...]:
    """The atom and, of a citation, what contains it."""
    return broader_citations(atom) if isinstance(atom, str) else (atom,)


class Scene(Protocol):
    """A proposal as the translation of conditions sees it."""

    @property
    def present(self) -> tuple[Formula, ...]:
        """For each measure that there may be, whether it is there."""

    def value(self, name: str, measure: int | None) -> SymbolicValue:
        """As `Proposal.value`."""


@define(eq=False)
class SymbolicProposal:
    """A proposal that can be anything; the variables of a field are made when it is first asked for.

    Attributes:
        solver: is told what every proposal meets.
        universe: what fields can hold.
        vocabularies: of the terms.
        present: a measure is there only where those before it are.
    """

    solver: Solver
    universe: Universe
    vocabularies: Vocabularies
    measures: int
    present: tuple[Formula, ...] = field(init=False)
    _own: dict[Slot, SymbolicValue] = field(init=False, factory=dict)
    _said: dict[Slot, Formula] = field(init=False, factory=dict)
    _bases: dict[int, SymbolicValue] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self.present = tuple(self.solver.new(f"measure {number}") for number in range(self.measures))
        for earlier, later in zip(self.present, self.present[1:], strict=False):
            self.solver.tell(either((earlier, opposite(later))))

    def value(self, name: str, measure: int | None) -> SymbolicValue:
        """What is known of a field of a measure, or of the proposal; a measure without a basis rests on the proposal's.

        Raises:
            OutOfTimeError: the solver has no time left. What was made so far is whole, and can be used again.
        """
        self.solver.in_time()
        own = self._slot((HEADER if measure is None else measure, name))
        if measure is None or name != "legal_basis":
            return own
        if measure not in self._bases:
            above = self._slot((HEADER, name))
            unstated = self.solver.named(own.nothing_known)
            mixed = instead(unstated, above, own)
            self._bases[measure] = SymbolicValue(
                {atom: self.solver.named(formula) for atom, formula in mixed.there.items()},
                {atom: self.solver.named(formula) for atom, formula in mixed.absent.items()},
                self.solver.named(mixed.open),
            )
        return self._bases[measure]

    @property
    def said(self) -> Mapping[Slot, Formula]:
        """Of each field that was asked for so far, whether the proposal says anything of it."""
        return self._said

    def weights(self, slots: Iterable[Slot]) -> Iterator[Formula]:
        """Whatever fields say, each value once."""
        for slot in slots:
            yield from self._own[slot].there.values()
            yield from self._own[slot].absent.values()

    def simple(self, most: Mapping[Slot, int]) -> Iterator[Formula]:
        """That everything is known, with one value at most in a field, and nobody let in where another is shut out.

        Of the proposal and its first measure; as `findings.opposition` looks for.

        Args:
            most: how many values a field may have all the same, where that is more than one.
        """
        for slot, value in list(self._own.items()):
            if slot[0] in {HEADER, 0}:
                beyond = max(most.get(slot, 1), 1) + 1
                yield from (opposite(value.open), opposite(at_least(value.there.values(), beyond)))
        yield either(self._slot((0, name)).empty for name in ("partners", "excluded_partners"))

    def narrowness(self, slots: Iterable[Slot]) -> Iterator[Formula]:
        """Whatever terms and citations fields have, as often as there are broader ones; what they lack, as there are narrower."""
        for slot in slots:
            about, value = field_at(slot, fields_in(self.vocabularies)), self._own[slot]
            for atom, there in value.there.items():
                if about.type == "terms":
                    yield from (there for _ in self.vocabularies[about.vocabulary].broader(str(atom)))
                elif about.type == "citation":
                    for wider in broader_citations(str(atom))[1:]:
                        yield from (there, value.absent[wider])

    def openness(self, slots: Iterable[Slot]) -> Iterator[Formula]:
        """Of which fields more may be there."""
        return (self._own[slot].open for slot in slots)

    def decoded(self) -> Proposal:
        """The proposal of the model that the solver found."""
        found = [number for number, there in enumerate(self.present) if self.solver.holds(there)]
        parts: dict[int, dict[str, Any]] = {HEADER: {}, **{number: {} for number in found}}
        for (number, name), value in self._own.items():
            if number in parts:
                parts[number][name] = self._decoded(value)
        measures = tuple(Measure(id=measure_id(number), **parts[number]) for number in found)
        return Proposal(**parts[HEADER], measures=measures)

    def _decoded(self, value: SymbolicValue) -> Value:
        yes = frozenset(atom for atom, formula in value.there.items() if self.solver.holds(formula))
        if not self.solver.holds(value.open):
            return Value.exactly(*yes)
        return Value(yes, frozenset(atom for atom, formula in value.absent.items() if self.solver.holds(formula)))

    def _slot(self, slot: Slot) -> SymbolicValue:
        if slot not in self._own:
            about = field_at(slot, fields_in(self.vocabularies))
            atoms = self.universe.of(about)
            label = f"{slot[0]}.{about.name}"
            there = {atom: self.solver.new(f"{label} {atom}") for atom in atoms}
            absent = {atom: self.solver.new(f"{label} not {atom}") for atom in atoms}
            value = SymbolicValue(there, absent, self.solver.new(f"{label} open"))
            value = SymbolicValue(there, absent, value.open, self.solver.named(value.empty))
            for formula in self._sound(about, value):
                self.solver.tell(formula)
            self._own[slot] = value
            self._said[slot] = self.solver.named(opposite(self._silent(slot, value)))
            if slot[0] != HEADER:
                self.solver.tell(either((self.present[slot[0]], opposite(self._said[slot]))))
        return self._own[slot]

    def _sound(self, about: Field, value: SymbolicValue) -> Iterator[Formula]:
        """Constraints that hold of every value that can be read."""
        for atom, there in value.there.items():
            absent = value.absent[atom]
            yield either((opposite(there), opposite(absent)))
            yield either((value.open, opposite(absent)))
            if about.type == "terms":
                for term in self.vocabularies[about.vocabulary].terms[str(atom)].broader:
                    yield either((opposite(value.absent[term]), absent))
        if about.single:
            yield opposite(at_least(value.there.values(), 2))
            # One value at most: where it is there, nothing else may be.
            yield either((value.empty, opposite(value.open)))

    @staticmethod
    def _silent(slot: Slot, value: SymbolicValue) -> Formula:
        """That the field says what it says when it is left out."""
        if left_out(slot) == UNKNOWN:
            return value.nothing_known
        # INVARIANT: what is not unknown when left out is known to be empty.
        return both((opposite(value.open), value.empty))


@define(eq=False)
class GivenProposal:
    """A proposal that is given, with the same interface: every formula of it is a `bool`."""

    proposal: Proposal
    universe: Universe
    fields: Fields = COMMON

    @property
    def present(self) -> tuple[Formula, ...]:
        """All of its measures are there."""
        return (True,) * len(self.proposal.measures)

    def value(self, name: str, measure: int | None) -> SymbolicValue:
        """As `Proposal.value`."""
        slot = (HEADER if measure is None else measure, name)
        value = self.proposal.value(name, None if measure is None else self.proposal.measures[measure])
        return given_value(value, self.universe.of(field_at(slot, self.fields)))
