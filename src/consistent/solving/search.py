"""Searches for proposals on which conditions have the truth that is wanted of them.

The search is guided by counterexamples, and backtracks. A draft satisfies the constraints on single fields; the first condition
that it does not meet is taken up, and each way to meet it is a branch with more constraints: one of the clauses of a condition that is to
hold, one literal to fail of a clause that is not to hold, one more measure that a quantifier counts. A branch ends where a
field can have no value, or where the draft meets everything.

INVARIANT: complete, within the bounds on measures and steps, where no fields are ordered against each other and nothing is added
up: of these the boundaries are tried. Where some exact proposal meets the goal it meets, at each step, the requirements of one
branch at least. All orders are fixed: the same goal gives the same proposals every time.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, TypeAlias

from attrs import define, evolve, field, frozen

from consistent.model.proposal import Field, Fields, Measure, Proposal, fields_in
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import Vocabularies
from consistent.rules.clauses import counted, truth_of, truth_of_clause
from consistent.rules.conditions import Operator, Reference
from consistent.rules.program import (
    Answer,
    Clause,
    Compared,
    Join,
    Quantified,
    Question,
    Shared,
    Total,
    Undecided,
    compare,
)
from consistent.solving.goals import (
    HEADER,
    Goal,
    Slot,
    Wanted,
    clauses_in_order,
    field_at,
    literals_in_order,
    with_value,
)
from consistent.solving.values import Wish, beside, candidate_atoms, field_values
from consistent.truth import Truth

__all__ = ["FieldValues", "Search", "measure_id", "witness"]

_EMPTY = Value.exactly()
# How many values are kept out of a field one by one.
_MOST_WITHOUT = 8


def measure_id(number: int) -> str:
    """What the measure of a number, from 0 on, is called."""
    return f"measure-{number + 1}"


@frozen
class _Condition:
    """That clauses hold, or do not, of a measure."""

    clauses: frozenset[Clause]
    holds: bool
    measure: int | None
    judged: int | None = None


@frozen
class _Link:
    """That two fields have, or do not have, a value in common; or that the one lies so to the other, or does not."""

    one: Slot
    other: Slot
    holds: bool
    operator: Operator = "any"
    reference: Reference | None = None

    def between(self, left: Value, right: Value) -> Truth:
        """Whether they do, for two values."""
        return compare(self.operator, left, right, self.reference)


@frozen
class _Counted:
    """That a quantifier holds; of a sum also that it does not."""

    column: Quantified
    judged: int | None
    holds: bool = True


@frozen
class _State:
    """What is required so far."""

    measures: int
    wishes: Mapping[Slot, Wish]
    pending: tuple[_Condition | _Link | _Counted, ...]

    def wishing(self, slot: Slot, wish: Wish) -> "_State":
        return evolve(self, wishes={**self.wishes, slot: wish})

    def wish(self, slot: Slot) -> Wish:
        return self.wishes.get(slot, Wish())

    def requiring(self, *pending: _Condition | _Link | _Counted) -> "_State":
        """With more to be met, which is taken up before all that was pending."""
        return evolve(
            self, pending=(*(requirement for requirement in self.pending if requirement not in pending), *pending)
        )

    def without(self, done: _Condition) -> "_State":
        """Without a condition that is spelled out in other requirements."""
        return evolve(self, pending=tuple(requirement for requirement in self.pending if requirement != done))


# What a field can take of which all that is wanted holds, as far as it was looked for.
FieldValues: TypeAlias = MutableMapping[tuple[Field, Wish], tuple[Value, ...]]


@define
class Search:
    """One search; `cut_short` says afterwards whether it gave up.

    Attributes:
        vocabularies: of the knowledge whose rules they are.
        single: whether each field is to have one value at most.
        max_measures: of a proposal.
        max_steps: after which the search gives up.
        steps: made so far.
        values: that fields were found to take; searches with the same vocabularies and the same `single` can share them.
    """

    vocabularies: Vocabularies
    single: bool = False
    max_measures: int = 6
    max_steps: int = 4000
    steps: int = 0
    values: FieldValues = field(factory=dict, repr=False)

    @property
    def cut_short(self) -> bool:
        """Whether it gave up, so that what it did not find may be there all the same."""
        return self.steps > self.max_steps

    def proposals(self, goal: Goal, *, judged: bool, variants: int = 0) -> Iterator[Proposal]:
        """Exact proposals that meet the goal, the simplest first.

        Args:
            goal: what is wanted; of the first measure, where a measure is judged.
            judged: whether a measure is, or the proposal as a whole.
            variants: how many other values of each field are tried on every proposal that is found.
        """
        focus = 0 if judged else None
        start = _State(int(judged), {}, ())
        yield from self._from(
            start.requiring(*(_Condition(wanted.clauses, wanted.holds, focus) for wanted in goal)), variants
        )

    def _from(self, start: _State, variants: int) -> Iterator[Proposal]:
        pending: list[Iterator[_State]] = [iter((start,))]
        while pending:
            state = next(pending[-1], None)
            if state is None:
                pending.pop()
                continue
            self.steps += 1
            if self.cut_short:
                return
            draft = self._draft(state)
            if draft is None:
                continue
            missed = self._missed(state, draft)
            if missed is None:
                yield draft
                yield from self._variants(state, draft, variants)
            else:
                pending.append(self._branches(state, missed, draft))

    def _options(self, slot: Slot, wish: Wish, most: int) -> tuple[Value, ...]:
        about = field_at(slot, fields_in(self.vocabularies))
        values = self.values.get((about, wish), ())
        if len(values) < most or not values:
            every = field_values(about, wish, self.vocabularies, single=self.single or about.single)
            values = tuple(value for value, _ in zip(every, range(most), strict=False))
            self.values[about, wish] = values
        return values[:most]

    def _draft(self, state: _State) -> Proposal | None:
        """The simplest proposal that gives each field what is wanted of it."""
        held: dict[Slot, Value] = {}
        for slot, wish in state.wishes.items():
            options = self._options(slot, wish, 1)
            if not options:
                return None
            held[slot] = options[0]
        return _assembled(state.measures, held, fields_in(self.vocabularies))

    def _missed(self, state: _State, draft: Proposal) -> _Condition | _Link | _Counted | None:
        # INVARIANT: the newest first, so that what is spelled out is met before that for which it was is looked at again.
        return next((requirement for requirement in reversed(state.pending) if not _met(requirement, draft)), None)

    def _variants(self, state: _State, draft: Proposal, most: int) -> Iterator[Proposal]:
        """The draft with another value in one field, where it still meets everything."""
        for slot, wish in sorted(state.wishes.items()) if most else ():
            for value in self._options(slot, wish, most + 1)[1:]:
                changed = with_value(draft, slot, value)
                if self._missed(state, changed) is None:
                    yield changed

    def _branches(self, state: _State, missed: _Condition | _Link | _Counted, draft: Proposal) -> Iterator[_State]:
        match missed:
            case _Condition(clauses, True, measure, judged):
                for clause in clauses_in_order(clauses):
                    yield from self._all_hold(state.without(missed), clause, measure, judged)
            case _Condition(clauses, False, measure, judged):
                about, other = _measure(draft, measure), _measure(draft, judged)
                standing = next(
                    alternative
                    for alternative in clauses_in_order(clauses)
                    if truth_of_clause(alternative, draft, about, other) is not Truth.NO
                )
                rest = state.without(missed).requiring(evolve(missed, clauses=clauses - {standing}))
                for literal in literals_in_order(standing):
                    yield from self._literal(rest, literal, measure, judged, holds=False)
            case _Link():
                yield from self._linked(state, missed, draft)
            case _Counted(column, judged):
                if column.total is not None:
                    yield from self._resummed(state, missed, column.total, draft)
                else:
                    yield from self._recounted(state, column, judged, draft)

    def _all_hold(self, state: _State, clause: Clause, measure: int | None, judged: int | None) -> Iterator[_State]:
        branches = [state]
        for literal in literals_in_order(clause):
            branches = [
                further
                for branch in branches
                for further in self._literal(branch, literal, measure, judged, holds=True)
            ]
        yield from branches

    def _literal(
        self, state: _State, literal: Answer | Join, measure: int | None, judged: int | None, *, holds: bool
    ) -> Iterator[_State]:
        """The state in which a literal holds, or does not; none where that cannot be."""
        if isinstance(literal, Join):
            ends = (_number(measure), literal.candidate_field), (_number(judged), literal.judged_field)
            yield state.requiring(_Link(*ends, holds, literal.operator, literal.reference))
            return
        wanted = literal.positive is holds
        match literal.column:
            case Question(scope, name) as question:
                slot = (_number(measure) if scope == "measure" else HEADER, name)
                yield state.wishing(slot, state.wish(slot).asking((question, wanted)))
            case Shared(own, common):
                yield state.requiring(_Link((_number(measure), own), (HEADER, common), wanted))
            case Compared(_, own, operator, other, reference):
                one, another = (
                    (_number(measure) if whose == "measure" else HEADER, name) for whose, name in (own, other)
                )
                yield state.requiring(_Link(one, another, wanted, operator, reference))
            case Quantified() as column:
                if column.total is not None:
                    yield state.requiring(_Counted(column, measure, wanted))
                    return
                for alternative in [column] if wanted else _opposites(column):
                    yield state.requiring(_Counted(alternative, measure))
            case Undecided():
                return

    def _linked(self, state: _State, link: _Link, draft: Proposal) -> Iterator[_State]:
        """A common value put into both fields, or one that they have in common kept out of either."""
        one, other = link.one, link.other
        if link.operator != "any" and link.reference is not None:
            yield from self._apart(state, link, link.reference)
            return
        if link.holds:
            for atom in self._common(state, one, other):
                held = state.wishing(one, _including(state.wish(one), atom))
                yield held.wishing(other, _including(held.wish(other), atom))
            return
        if one == other:
            yield state.wishing(one, state.wish(one).asking((Question("measure", one[1], "empty", None), True)))
            return
        left, right = _value(draft, one), _value(draft, other)
        near = ((a, b) for a in sorted(left.yes, key=str) for b in sorted(right.yes, key=str))
        _, second = next(pair for pair in near if Value.exactly(pair[0]).shares(Value.exactly(pair[1])) is not Truth.NO)
        # Either nothing in the one field is near what is in the other, or that is not in the other.
        apart = Question("measure", one[1], "any", frozenset({second}))
        yield state.wishing(one, state.wish(one).asking((apart, False)))
        # There is always one more part of an article that is as good as the last.
        if len(state.wish(other).without) < _MOST_WITHOUT:
            yield state.wishing(other, _excluding(state.wish(other), second))

    def _apart(self, state: _State, link: _Link, reference: Reference) -> Iterator[_State]:
        """Two values that lie so to each other, or do not; or none in either field."""
        if not link.holds:
            for slot in (link.one, link.other):
                yield state.wishing(slot, state.wish(slot).asking((Question("measure", slot[1], "empty", None), True)))
        back = reference.turned(reference.scope, reference.field)
        own, others = (list(self._common(state, slot, slot)) for slot in (link.one, link.other))
        for bound in dict.fromkeys([*others, *(back.bound(link.operator, atom) for atom in own)]):
            at = reference.bound(link.operator, bound)
            for atom in dict.fromkeys([*beside(at), *own]):
                pair = Value.exactly(atom), Value.exactly(bound)
                if link.between(*pair) is Truth.of(link.holds):
                    held = state.wishing(link.one, _including(state.wish(link.one), atom))
                    yield held.wishing(link.other, _including(held.wish(link.other), bound))

    def _common(self, state: _State, one: Slot, other: Slot) -> Iterator[Atom]:
        """What both fields may have."""
        wishes = [state.wish(slot) for slot in (one, other)]
        asked = wishes[0].asked | wishes[1].asked
        others = frozenset[Atom]().union(*(wish.with_ | wish.without for wish in wishes))
        return candidate_atoms(field_at(one, fields_in(self.vocabularies)), asked, others, self.vocabularies)

    def _recounted(self, state: _State, column: Quantified, judged: int | None, draft: Proposal) -> Iterator[_State]:
        """One more measure that is counted, or one less."""
        truths = counted(column, draft, _measure(draft, judged))
        countable = [
            candidate for candidate in range(state.measures) if not (column.others_only and candidate == judged)
        ]
        if truths.count(Truth.YES) < (column.at_least or 0):
            for candidate in countable:
                if truths[candidate] is not Truth.YES:
                    yield state.requiring(_Condition(column.clauses, True, candidate, judged))
            if state.measures < self.max_measures:
                more = evolve(state, measures=state.measures + 1)
                yield more.requiring(_Condition(column.clauses, True, state.measures, judged))
            return
        for candidate in countable:
            if truths[candidate] is not Truth.NO:
                yield state.requiring(_Condition(column.clauses, False, candidate, judged))

    def _resummed(self, state: _State, missed: _Counted, total: Total, draft: Proposal) -> Iterator[_State]:
        """One more amount, such that the sum is as it is wanted; or one measure less that counts, or the proposal's bound."""
        column, holds = missed.column, missed.holds
        column, holds = missed.column, missed.holds
        truths = counted(column, draft, None)
        slot = (HEADER, total.operand.field.name) if isinstance(total.operand, Reference) else None
        if slot is not None and not _value(draft, slot).yes:
            for atom in self._common(state, slot, slot):
                yield state.wishing(slot, _including(state.wish(slot), atom))
            return
        bound = (total.bounds(draft) or (0, 0))[0]
        more = holds is (total.operator in {"over", "at_least"})
        for candidate in range(state.measures + (state.measures < self.max_measures)):
            is_new = candidate == state.measures
            counts = not is_new and truths[candidate] is not Truth.NO
            if not more and counts:
                yield state.requiring(_Condition(column.clauses, False, candidate))
            own = (candidate, total.field)
            others = 0.0 if is_new else sum(
                most for other, (_, most) in enumerate(total.parts(draft, truths)) if other != candidate
            )  # fmt: skip
            for amount in (bound - others, bound - others + 1, bound - others - 1, bound + 1, 0):
                if amount >= 0 and (more or not is_new):
                    with_more = evolve(state, measures=max(state.measures, candidate + 1))
                    asked = with_more.wishing(own, _including(with_more.wish(own), int(amount)))
                    yield asked.requiring(_Condition(column.clauses, True, candidate)) if more else asked
        if slot is not None and not holds:
            yield state.wishing(slot, state.wish(slot).asking((Question("proposal", slot[1], "empty", None), True)))


def _number(measure: int | None) -> int:
    # INVARIANT: a rule on the proposal as a whole asks nothing of a measure but inside a quantifier.
    if measure is None:  # pragma: no cover  the invariant above
        raise AssertionError(measure)
    return measure


def _opposites(column: Quantified) -> Iterator[Quantified]:
    """What must hold for the quantifier not to: fewer than it wants, or more."""
    if column.at_least:
        yield evolve(column, at_least=None, at_most=column.at_least - 1)
    if column.at_most is not None:
        yield evolve(column, at_least=column.at_most + 1, at_most=None)


def _including(wish: Wish, atom: Atom) -> Wish:
    return evolve(wish, with_=wish.with_ | {atom})


def _excluding(wish: Wish, atom: Atom) -> Wish:
    return evolve(wish, without=wish.without | {atom})


def _met(requirement: _Condition | _Link | _Counted, draft: Proposal) -> bool:
    match requirement:
        case _Condition(clauses, holds, measure, judged):
            truth = truth_of(clauses, draft, _measure(draft, measure), _measure(draft, judged))
            return truth is Truth.of(holds)
        case _Link(one, other, holds):
            return requirement.between(_value(draft, one), _value(draft, other)) is Truth.of(holds)
        case _Counted(column, judged, holds):
            truths = counted(column, draft, _measure(draft, judged))
            return column.truth(draft, truths) is Truth.of(requirement.holds)


def _measure(draft: Proposal, number: int | None) -> Measure | None:
    return None if number is None else draft.measures[number]


def _value(draft: Proposal, slot: Slot) -> Value:
    number, name = slot
    return draft.value(name, None if number == HEADER else draft.measures[number])


def _assembled(measures: int, held: Mapping[Slot, Value], fields: Fields) -> Proposal:
    """A proposal with these values, of which every other field is known to be empty."""

    def values(number: int, names: Mapping[str, Field]) -> Any:
        return {name: held.get((number, name), _EMPTY) for name in names}

    listed = (Measure(id=measure_id(number), **values(number, fields.measure)) for number in range(measures))
    return Proposal(**values(HEADER, fields.proposal), measures=tuple(listed))


# Who lets one partner in and shuts another out does two things.
_ONE_SIDED = Wanted(
    frozenset(
        frozenset({Answer(Question("measure", name, "empty", None))}) for name in ("partners", "excluded_partners")
    ),
    holds=True,
)


def witness(clause: Clause, vocabularies: Vocabularies, values: FieldValues | None = None) -> Proposal | None:
    """A proposal whose first measure meets the clause; None where there is none, or none was found.

    Args:
        clause: what is wanted.
        vocabularies: of the knowledge whose rules ask for it.
        values: that fields were found to take before, with the same vocabularies; what is found now is noted.
    """
    goal = (Wanted(frozenset({clause}), holds=True), _ONE_SIDED)
    search = Search(vocabularies, single=True, values={} if values is None else values)
    return next(search.proposals(goal, judged=True), None)
