"""A compiled pack: what an engine has to find out, in terms that no engine can misread.

A program asks **questions** (columns) that are answered for each measure or for the proposal with yes, no or unknown, and
combines the answers in conditions in disjunctive normal form: a set of **clauses**, each a conjunction of **literals**, which
are a column with the answer that is wanted of it. Facts of the pack are joined in already.
"""

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from math import inf
from typing import Any, Literal

from attrs import field, frozen

from consistent.knowledge.entries import Fact, Knowledge
from consistent.model.proposal import Field, Measure, Proposal
from consistent.model.values import Atom, Value
from consistent.packing import Packed
from consistent.rules.conditions import FLIPPED, KnownValues, Operator, Reference, Several, Test
from consistent.rules.rule import Rule
from consistent.shown import Shown
from consistent.slots import pickled_short
from consistent.truth import Truth

__all__ = [
    "Answer",
    "Clause",
    "Column",
    "Compared",
    "CompiledRule",
    "FactLookup",
    "Operand",
    "Program",
    "Quantified",
    "Question",
    "Range",
    "RuleTruths",
    "Shared",
    "Subject",
    "Total",
    "Undecided",
    "ask",
    "compare",
    "in_order",
    "number_of",
]

# What one test says of one value. Both the engines' input and the plain evaluator rest on this.

_COMPARISONS: dict[Operator, Callable[[Any, Any], bool]] = {
    "over": lambda found, bound: found > bound,
    "under": lambda found, bound: found < bound,
    "at_least": lambda found, bound: found >= bound,
    "at_most": lambda found, bound: found <= bound,
    "contains": lambda found, part: part in found,
    "starts_with": lambda found, part: found.startswith(part),
}


# What a question asks for: for `any` and `only` a set of atoms, closed under narrower terms; for comparisons one atom of the
# field's own type, or how many values there are; None for `empty`.
Operand = frozenset[Atom] | Atom | Several | None


@lru_cache(maxsize=1 << 16)
def ask(operator: Operator, operand: Operand, value: Value) -> Truth:
    """Whether the value passes the test.

    Args:
        operator: what is asked.
        operand: what is asked for.
        value: what is known.
    """
    if isinstance(operand, Several):
        return _ask_several(operator, operand, value)
    if operator == "empty":
        return value.is_empty()
    if isinstance(operand, frozenset):
        return value.has_any(operand) if operator == "any" else value.has_only(operand)
    passes = _COMPARISONS[operator]
    if any(passes(atom, operand) for atom in value.yes):
        return Truth.YES
    return Truth.UNKNOWN if value.open else Truth.NO


def _ask_several(operator: Operator, several: Several, value: Value) -> Truth:
    at_least, at_most = (several.number, None) if operator == "at_least" else (None, several.number)
    return _lies_within(*number_of(several, value), at_least, at_most)


def number_of(several: Several, value: Value) -> tuple[int, int]:
    """How many of the values that are counted a field has for sure, and how many it may have."""
    if several.of:
        return _counted(map(value.has_any, several.of))
    sure = len(value.yes)
    # However many there are to be, there may be more.
    return sure, sure + several.number + 1 if value.open else sure


def _counted(truths: Iterable[Truth]) -> tuple[int, int]:
    """How many are so for sure, and how many may be."""
    listed = list(truths)
    return listed.count(Truth.YES), len(listed) - listed.count(Truth.NO)


def _lies_within(sure: int, possible: int, at_least: int | None, at_most: int | None) -> Truth:
    """Whether a number lies within bounds of which it is known that it is `sure` at least and `possible` at most."""
    surely_enough = at_least is None or sure >= at_least
    maybe_enough = at_least is None or possible >= at_least
    surely_few = at_most is None or possible <= at_most
    maybe_few = at_most is None or sure <= at_most
    if not (maybe_enough and maybe_few):
        return Truth.NO
    return Truth.YES if surely_enough and surely_few else Truth.UNKNOWN


def compare(operator: Operator, value: Value, other: Value, reference: Reference | None) -> Truth:
    """Whether a value stands so to what another field holds; not, where one of the two has none.

    Args:
        operator: `any`, that they share a value, or one of those that order values.
        value: what is known of the field that is asked.
        other: what is known of the field that it is compared with.
        reference: to that, with how its value is reckoned with; `any` does without.
    """
    if operator == "any" or reference is None:
        return value.shares(other)
    passes = _COMPARISONS[operator]
    bounds = [reference.bound(operator, atom) for atom in other.yes]
    if any(passes(atom, bound) for atom in value.yes for bound in bounds):
        return Truth.YES
    both = (value.open or value.yes) and (other.open or other.yes)
    return Truth.UNKNOWN if both and (value.open or other.open) else Truth.NO


def in_order(atoms: Iterable[Atom]) -> tuple[Atom, ...]:
    """Atoms in an order that is the same in every process."""
    return tuple(sorted(atoms, key=lambda atom: (type(atom).__name__, atom)))


# The facts that hold on one day, as conditions see them.


class FactLookup:
    """Looks facts up by kind, and values up in facts."""

    def __init__(self, knowledge: Knowledge, day: date) -> None:
        self._knowledge = knowledge
        self._facts = {
            kind: tuple(fact for fact in facts if day in fact.period) for kind, facts in knowledge.facts.items()
        }

        self._closed: dict[str, dict[frozenset[Atom], frozenset[Atom]]] = {}

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of which there may be facts."""
        return tuple(self._facts)

    def of_kind(self, kind: str) -> tuple[Fact, ...]:
        """Every fact of the kind."""
        return self._facts.get(kind, ())

    def closed(self, atoms: Iterable[Atom], field: Field) -> frozenset[Atom]:
        """The atoms with, for terms, every narrower one."""
        given = frozenset(atoms)
        if field.type != "terms":
            return given
        # The same set again for the same atoms, so that what was asked of it before need not be asked anew.
        known = self._closed.setdefault(field.vocabulary, {})
        if given not in known:
            narrower = self._knowledge.vocabularies[field.vocabulary].narrower(str(atom) for atom in given)
            known[given] = frozenset(narrower)
        return known[given]

    def asked(self, test: Test, atoms: frozenset[Atom]) -> Iterator[tuple[Operator, frozenset[Atom] | Atom]]:
        """A test that joins a fact, turned round: what it asks of the joined field.

        Args:
            test: on the fact's own field, compared with another.
            atoms: the values that the facts have in their field.

        Yields:
            Operator and operand: of `any` one with all values, of a comparison one for each value; in a fixed order.
        """
        if test.operator == "any":
            yield "any", self.closed(atoms, test.field)
        else:
            yield from ((FLIPPED[test.operator], atom) for atom in in_order(atoms))

    def asked_for(self, test: Test, fact: Fact | None) -> frozenset[Atom] | None:
        """The atoms that a test looks for in a field; None where it looks for whatever there is.

        Args:
            test: to a field of a measure or a proposal, or that joins a fact to one.
            fact: that it joins.
        """
        match test.operand:
            case Reference() if fact is not None:
                return self.closed(fact.values[test.field.name].yes, test.field)
            case KnownValues() as known:
                return self.values(known, test.field)
            case frozenset() as atoms if test.operator == "any":
                return atoms
            case _:
                return None

    def values(self, known: KnownValues, field: Field) -> frozenset[Atom]:
        """Every value that facts of a kind have in a field."""
        atoms = (atom for fact in self.of_kind(known.kind) for atom in fact.values[known.field].yes)
        return self.closed(atoms, field)


# The least and the most that a number can be; infinite where it has no end.
Range = tuple[float, float]

# Whom a question is put to.
Subject = Literal["measure", "proposal"]


@pickled_short
@frozen(cache_hash=True)
class Question(Shown):
    """A test with constants on one field."""

    scope: Subject
    field: str
    operator: Operator
    operand: Operand

    def answer(self, proposal: Proposal, measure: Measure | None) -> Truth:
        """What is known of it for the measure, or for the proposal if the question is to that."""
        value = proposal.value(self.field, measure if self.scope == "measure" else None)
        return ask(self.operator, self.operand, value)


@frozen
class Undecided(Shown):
    """Unknown, whatever the proposal says: a fact that cites an article without its paragraph."""

    scope: Literal["proposal"] = "proposal"


@frozen
class Shared(Shown):
    """Whether a field of the measure has a value in common with a field of the proposal."""

    measure_field: str
    proposal_field: str
    scope: Literal["measure"] = "measure"

    def answer(self, proposal: Proposal, measure: Measure | None) -> Truth:
        """What is known of it for the measure."""
        return proposal.value(self.measure_field, measure).shares(proposal.value(self.proposal_field))


@frozen(cache_hash=True)
class Compared(Shown):
    """Whether a field of the measure or the proposal lies so to another of theirs.

    Attributes:
        scope: `measure` where one of the two is the measure's.
        own: the field that is asked, and whose it is.
        other: the field that it is compared with.
    """

    __shown__ = ("own", "operator", "other")

    scope: Subject
    own: tuple[Subject, str]
    operator: Operator
    other: tuple[Subject, str]
    reference: Reference

    def answer(self, proposal: Proposal, measure: Measure | None) -> Truth:
        """What is known of it for the measure, or for the proposal."""
        own, other = (
            proposal.value(name, measure if owner == "measure" else None) for owner, name in (self.own, self.other)
        )
        return compare(self.operator, own, other, self.reference)


@frozen
class Join(Shown):
    """Whether the candidate of a quantifier shares a value with the judged measure, or lies so to it; positive only.

    Attributes:
        reference: to the field of the judged measure.
    """

    candidate_field: str
    judged_field: str
    operator: Operator
    reference: Reference

    def between(self, candidate: Value, judged: Value) -> Truth:
        """What is known of it, for what is known of the two fields."""
        return compare(self.operator, candidate, judged, self.reference)


@frozen(cache_hash=True)
class Total:
    """How amounts of measures, taken together, are to lie to a bound.

    Attributes:
        operand: an amount, or a field of the proposal.
    """

    field: str
    operator: Operator
    operand: int | Reference

    @classmethod
    def of(cls, test: Test) -> "Total":
        """What the test of a sum asks."""
        return cls(test.field.name, test.operator, test.operand)  # type: ignore[arg-type]  # the reader saw to it

    def truth(self, proposal: Proposal, truths: Sequence[Truth]) -> Truth:
        """Whether they do.

        Args:
            proposal: all of it.
            truths: for each of its measures, whether it is one that counts.
        """
        sums = self.sums(proposal, truths)
        bounds = self.bounds(proposal)
        if bounds is None:
            return Truth.NO
        # Where the sum and the bound lie as unfavourably as they may, and as favourably.
        rising = self.operator in {"over", "at_least"}
        worst, best = (sums[0], bounds[1]), (sums[1], bounds[0])
        if not rising:
            worst, best = (sums[1], bounds[0]), (sums[0], bounds[1])
        passes = _COMPARISONS[self.operator]
        if passes(*worst):
            return Truth.YES
        return Truth.UNKNOWN if passes(*best) else Truth.NO

    def sums(self, proposal: Proposal, truths: Sequence[Truth]) -> Range:
        """The least and the most that the amounts come to."""
        listed = self.parts(proposal, truths)
        return sum(least for least, _ in listed), sum(most for _, most in listed)

    def parts(self, proposal: Proposal, truths: Sequence[Truth]) -> list[Range]:
        """The least and the most that each measure adds."""
        return [
            _part_of_sum(proposal.value(self.field, measure), truth)
            for measure, truth in zip(proposal.measures, truths, strict=True)
        ]

    def bounds(self, proposal: Proposal) -> Range | None:
        """The least and the most that they are compared with; None where the proposal has nothing there."""
        if not isinstance(self.operand, Reference):
            return self.operand, self.operand
        value = proposal.value(self.operand.field.name)
        amounts = [self.operand.bound(self.operator, atom) for atom in value.yes]
        if not amounts:
            return (-inf, inf) if value.open else None
        return min(amounts), max(amounts)  # type: ignore[return-value]  # amounts


def _part_of_sum(value: Value, truth: Truth) -> Range:
    """The least and the most that a measure adds: no amount is below zero, and one that is not known has no end."""
    if truth is Truth.NO:
        return 0, 0
    if not value.yes:
        return 0, inf if value.open else 0
    amount: int = max(value.yes)  # type: ignore[assignment]  # amounts
    return (amount, amount) if truth is Truth.YES else (min(amount, 0), max(amount, 0))


@pickled_short
@frozen(cache_hash=True)
class Quantified(Shown):
    """How many measures meet some clauses lies within bounds; or their amounts, taken together, lie to one as is wanted.

    Attributes:
        scope: `measure` where the answer depends on the judged measure.
        clauses: alternatives, over the candidate measure and the proposal.
        others_only: the judged measure itself is not counted.
        total: of a sum, which has no other bounds.
    """

    scope: Subject
    clauses: frozenset["Clause"]
    at_least: int | None
    at_most: int | None
    others_only: bool
    total: Total | None = None

    @property
    def joined(self) -> bool:
        """Whether it depends on the judged measure which others are counted."""
        return any(isinstance(literal, Join) for clause in self.clauses for literal in clause)

    def truth(self, proposal: Proposal, truths: Sequence[Truth]) -> Truth:
        """The answer, given for each measure whether it is one that counts."""
        if self.total is not None:
            return self.total.truth(proposal, truths)
        return self.within(*_counted(truths))

    def within(self, sure: int, possible: int) -> Truth:
        """The answer, given how many measures meet the clauses for sure, and how many may."""
        return _lies_within(sure, possible, self.at_least, self.at_most)


Column = Question | Undecided | Shared | Compared | Quantified


@pickled_short
@frozen(cache_hash=True)
class Answer(Shown):
    """That the answer to a column is yes, or if not positive: no."""

    column: Column
    positive: bool = True


Clause = frozenset[Answer | Join]


# Of one rule: `when`, and the exceptions.
_Clauses = tuple[frozenset[Clause], tuple[frozenset[Clause], ...]]


@frozen(eq=False)
class CompiledRule(Shown):
    """A rule with its conditions in normal form: `when`, and one for each exception."""

    rule: Rule
    when: frozenset[Clause]
    unless: tuple[frozenset[Clause], ...]
    # Of one that comes with a program out of a pickle: where its clauses are packed, and at which place among those of all.
    _packed_at: "tuple[Packed[tuple[_Clauses, ...]], int] | None" = field(default=None, init=False, repr=False)

    @classmethod
    def of_packed(cls, rule: Rule, packed: "Packed[tuple[_Clauses, ...]]", place: int) -> "CompiledRule":
        """A compiled rule whose clauses stay packed until they are asked for."""
        compiled = cls.__new__(cls)
        object.__setattr__(compiled, "rule", rule)
        object.__setattr__(compiled, "_packed_at", (packed, place))
        return compiled

    def __getattr__(self, name: str) -> Any:
        # Asked only where there is none: of clauses, as long as they are packed.
        if name not in {"when", "unless"}:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        assert self._packed_at is not None  # noqa: S101  by whom they are not given they are packed
        packed, place = self._packed_at
        when, unless = packed.content[place]
        object.__setattr__(self, "when", when)
        object.__setattr__(self, "unless", unless)
        return when if name == "when" else unless

    def __reduce__(self) -> "tuple[type[CompiledRule], tuple[Any, ...]]":
        return CompiledRule, (self.rule, self.when, self.unless)

    @property
    def conditions(self) -> Iterator[frozenset[Clause]]:
        """`when` first, then the exceptions in order."""
        yield self.when
        yield from self.unless


@frozen(eq=False)
class Program(Shown):
    """The rules of a knowledge base that hold on one day, ready for an engine.

    Attributes:
        dormant: rules that are left out because they do not hold on that day.
    """

    rules: tuple[CompiledRule, ...]
    facts: FactLookup
    dormant: tuple[Rule, ...] = ()
    # INVARIANT: not handed on by `evolve`, as what engines made is of these rules, and of no others.
    _made: dict[str, bytes] = field(factory=dict, init=False, repr=False)

    @property
    def is_prepared(self) -> bool:
        """Whether an engine noted what it makes of this program."""
        return bool(self._made)

    def note_made(self, engine: str, made: object) -> None:
        """Note what an engine makes of this program before it checks, for whoever gets the program pickled; None for nothing."""
        self._made[engine] = zlib.compress(pickle.dumps(made, pickle.HIGHEST_PROTOCOL), 1)

    def made_by(self, engine: str) -> Any:
        """What an engine made of this program, anew each time, as engines change it; None where nothing was noted."""
        made = self._made.get(engine)
        return None if made is None else pickle.loads(zlib.decompress(made))  # noqa: S301  part of what was unpickled

    def __getstate__(self) -> tuple[Any, ...]:
        packed, places = self._packed_clauses()
        rules = tuple(compiled.rule for compiled in self.rules)
        return rules, packed, places, self.facts, self.dormant, self._made

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        rules, packed, places, facts, dormant, made = state
        compiled = tuple(CompiledRule.of_packed(rule, packed, place) for rule, place in zip(rules, places, strict=True))
        self.__init__(compiled, facts, dormant)  # type: ignore[misc]  # how a frozen class is filled anew
        self._made.update(made)

    def _packed_clauses(self) -> "tuple[Packed[tuple[_Clauses, ...]], tuple[int, ...]]":
        """The clauses of all rules, packed, and the place of each rule's among them."""
        held = [compiled._packed_at for compiled in self.rules]  # noqa: SLF001  of this module
        first = held[0] if held else None
        if first is not None and all(at is not None and at[0] is first[0] for at in held):
            return first[0], tuple(at[1] for at in held if at is not None)
        return Packed(tuple((compiled.when, compiled.unless) for compiled in self.rules)), tuple(range(len(held)))

    def only(self, rules: Iterable[Rule]) -> "Program":
        """The program of some of its rules."""
        kept = frozenset(rules)
        compiled = tuple(rule for rule in self.rules if rule.rule in kept)
        return Program(compiled, self.facts, tuple(dormant for dormant in self.dormant if dormant in kept))


@frozen
class RuleTruths:
    """What an engine found of one rule.

    Attributes:
        when: one value for each measure in order; for a rule on the proposal as a whole, one value.
        unless: the same for each exception.
    """

    when: tuple[Truth, ...]
    unless: tuple[tuple[Truth, ...], ...]
