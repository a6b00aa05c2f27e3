"""What it takes for a rule to come out in a certain way: conditions that are to hold, and others that are not to.

A goal is a conjunction of constraints. Where there are several ways to an outcome, each is a goal of its own; they come in a
fixed order.
Superiority is that of `findings.states`: a rule that is itself defeated defeats nothing, and what is open above keeps a rule
open below.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from attrs import evolve, frozen

from consistent.model.proposal import Field, Fields, Measure, Proposal, default_of
from consistent.model.values import UNKNOWN, Value
from consistent.rules.clauses import truth_of
from consistent.rules.conditions import Several
from consistent.rules.program import (
    Answer,
    Clause,
    Compared,
    CompiledRule,
    Join,
    Operand,
    Program,
    Quantified,
    Question,
    Shared,
    Subject,
    Undecided,
)
from consistent.rules.reads import counts_measures, fields_read, sets_asked
from consistent.rules.rule import reached, stronger
from consistent.truth import Truth

__all__ = [
    "HEADER",
    "Goal",
    "Goals",
    "Plan",
    "Slot",
    "Wanted",
    "clauses_in_order",
    "field_at",
    "left_out",
    "literals_in_order",
    "loose_plan",
    "meets",
    "plan_of",
    "slot_key",
    "slots_of",
    "value_at",
    "with_value",
]


@frozen(cache_hash=True)
class Wanted:
    """That one of the clauses holds, or that none does, with nothing left unknown."""

    clauses: frozenset[Clause]
    holds: bool


Goal = tuple[Wanted, ...]


class Goals:
    """The goals of one program."""

    def __init__(self, program: Program) -> None:
        self._rules = {rule.rule.id: rule for rule in program.rules}
        self._above = stronger(rule.rule for rule in program.rules)

    def above(self, name: str) -> tuple[str, ...]:
        """The rules that defeat a rule directly."""
        return tuple(self._above[name])

    def with_stronger(self, name: str) -> tuple[str, ...]:
        """The rule, and each that defeats it directly or not."""
        return reached(name, self._above)

    def applies(self, name: str) -> Iterator[Goal]:
        """Ways in which the rule applies: each clause with no exception and nothing stronger."""
        free = self._undefeated(name)
        yield from (own + rest for own in self._own(name) for rest in free)

    def defeated(self, name: str) -> Iterator[Goal]:
        """Ways in which it would apply, and a stronger rule does."""
        over = [goal for above in self._above[name] for goal in self.applies(above)]
        yield from (own + rest for own in self._own(name) for rest in over)

    def excepted(self, name: str) -> Iterator[Goal]:
        """Ways in which an exception holds: each clause of the rule with each of an exception."""
        rule = self._rules[name]
        ways = [clause for exception in rule.unless for clause in clauses_in_order(exception)]
        yield from ((_one(own), _one(way)) for way in ways for own in clauses_in_order(rule.when))

    def nearly_applies(self, name: str) -> Iterator[Goal]:
        """Ways in which the rule fails by one literal of one clause alone."""
        rule = self._rules[name]
        free = self._undefeated(name)
        for clause in clauses_in_order(rule.when):
            for literal in literals_in_order(clause):
                flipped = _flipped(literal)
                if flipped is not None:
                    rest = _one(clause - {literal} | {flipped})
                    failing = Wanted(rule.when, holds=False)
                    yield from ((rest, failing, *_none(rule), *outside) for outside in free)

    def _own(self, name: str) -> Iterator[Goal]:
        rule = self._rules[name]
        yield from ((_one(clause), *_none(rule)) for clause in clauses_in_order(rule.when))

    def _undefeated(self, name: str) -> list[Goal]:
        """Ways in which no stronger rule applies or is open."""
        each_out = [list(self.out(above)) for above in self._above[name]]
        return [tuple(wanted for goal in goals for wanted in goal) for goals in product(*each_out)]

    def out(self, name: str) -> Iterator[Goal]:
        """Ways in which a rule neither applies nor is open."""
        rule = self._rules[name]
        yield (Wanted(rule.when, holds=False),)
        yield from ((Wanted(exception, holds=True),) for exception in rule.unless)
        yield from self.defeated(name)


def _one(clause: Clause) -> Wanted:
    return Wanted(frozenset({clause}), holds=True)


def _none(rule: CompiledRule) -> Goal:
    return tuple(Wanted(exception, holds=False) for exception in rule.unless)


def _flipped(literal: Answer | Join) -> Answer | None:
    """The opposite; none of what nothing decides, nor of a join, which stands in quantifiers only."""
    if isinstance(literal, Join) or isinstance(literal.column, Undecided):
        return None
    return evolve(literal, positive=not literal.positive)


def clauses_in_order(clauses: Iterable[Clause]) -> list[Clause]:
    """Clauses in an order that is the same in every process, small ones first."""
    return sorted(clauses, key=_clause_key)


def literals_in_order(clause: Clause) -> list[Answer | Join]:
    """The literals of a clause in an order that is the same in every process."""
    return sorted(clause, key=_literal_key)


def _clause_key(clause: Clause) -> tuple[int, list[str]]:
    return len(clause), sorted(map(_literal_key, clause))


def _literal_key(literal: Answer | Join) -> str:
    if isinstance(literal, Join):
        ends = f"{literal.candidate_field} {literal.judged_field}"
        return f"join {ends}" if literal.operator == "any" else f"join {ends} {literal.operator} {literal.reference}"
    match literal.column:
        case Question(scope, name, operator, operand):
            said = f"{scope} {name} {operator} {_operand_key(operand)}"
        case Shared(own, common):
            said = f"shared {own} {common}"
        case Compared(_, own, operator, other, reference):
            said = f"compared {own} {operator} {other} {reference}"
        case Undecided():
            said = "undecided"
        case Quantified() as column:
            clauses = [_clause_key(clause) for clause in clauses_in_order(column.clauses)]
            said = f"quantified {column.scope} {column.at_least} {column.at_most} {column.others_only} {column.total or ''} {clauses}"
    return f"{said} {literal.positive}"


def _operand_key(operand: Operand) -> str:
    if isinstance(operand, Several):
        return f"{operand.number} of {[_operand_key(atoms) for atoms in operand.of]}"
    return " ".join(sorted(map(str, operand))) if isinstance(operand, frozenset) else str(operand)


# Fields of a proposal and its measures by place: reading them and setting them.

# Whose field it is: the number of a measure, the judged one being 0, or HEADER for the proposal's own.
HEADER = -1
Slot = tuple[int, str]


def slots_of(proposal: Proposal) -> Iterator[Slot]:
    """Every field of the proposal, then those of each measure."""
    yield from ((HEADER, name) for name in proposal.names())
    yield from ((number, name) for number, measure in enumerate(proposal.measures) for name in measure.names())


def field_at(slot: Slot, fields: Fields) -> Field:
    """What the field takes."""
    return (fields.proposal if slot[0] == HEADER else fields.measure)[slot[1]]


def slot_key(slot: Slot) -> tuple[Subject, str]:
    """Whose field it is, as questions have it."""
    return "proposal" if slot[0] == HEADER else "measure", slot[1]


def value_at(proposal: Proposal, slot: Slot) -> Value:
    """What the proposal, or a measure, itself has in a field."""
    number, name = slot
    return (proposal if number == HEADER else proposal.measures[number]).value(name)


def with_value(proposal: Proposal, slot: Slot, value: Value) -> Proposal:
    """The proposal with another value in one place."""
    number, name = slot
    changed: dict[str, Any] = {name: value}
    if number == HEADER:
        return evolve(proposal, **changed)
    measures = list(proposal.measures)
    measures[number] = evolve(measures[number], **changed)
    return evolve(proposal, measures=tuple(measures))


def left_out(slot: Slot) -> Value:
    """What a field says that is left out."""
    return default_of(Proposal if slot[0] == HEADER else Measure, slot[1])


# From an exact proposal that meets a goal to the least that does, and how far it may be filled in.

# Tells nothing of use, and yet is not left out: the basis of the proposal does not stand in for it.
_NO_HINT = Value(no=frozenset({"Protocol No 99"}))


@frozen
class Plan:
    """A proposal with little in it that meets a goal.

    Attributes:
        proposal: what is not needed is left out.
        room: of fields that may say more, the loosest value; a field that is not there must stay as it is.
        extendable: whether further measures change nothing.
    """

    proposal: Proposal
    room: Mapping[Slot, Value]
    extendable: bool


def plan_of(proposal: Proposal, goal: Goal, fields: Fields, *, judged: bool) -> Plan:
    """The least of a proposal that meets a goal.

    Args:
        proposal: meets it.
        goal: what is wanted.
        fields: of the pack.
        judged: whether of the first measure, or of the proposal as a whole.
    """
    read = fields_read(wanted.clauses for wanted in goal)
    slots = tuple(slots_of(proposal))
    for slot in slots:
        least = with_value(proposal, slot, left_out(slot))
        if slot_key(slot) not in read or meets(least, goal, judged=judged):
            proposal = least
    room: dict[Slot, Value] = {}
    widest = proposal
    for slot in slots:
        if slot_key(slot) not in read:
            room[slot] = UNKNOWN
            continue
        # INVARIANT: one after another. Of two fields either of which will do, one must stay.
        for value in _looser(value_at(proposal, slot), slot, goal, fields):
            wider = with_value(widest, slot, _NO_HINT if value == UNKNOWN else value)
            if meets(wider, goal, judged=judged):
                room[slot], widest = value, wider
                break
    return Plan(proposal, room, extendable=not any(counts_measures(wanted.clauses) for wanted in goal))


def loose_plan(proposal: Proposal, conditions: Collection[frozenset[Clause]]) -> Plan:
    """A proposal of which only what no condition reads may say more."""
    read = fields_read(conditions)
    room = {slot: UNKNOWN for slot in slots_of(proposal) if slot_key(slot) not in read}
    return Plan(proposal, room, extendable=not any(map(counts_measures, conditions)))


def meets(proposal: Proposal, goal: Goal, *, judged: bool) -> bool:
    """Whether all that is wanted is so, with nothing left unknown."""
    measure = proposal.measures[0] if judged else None
    return all(truth_of(wanted.clauses, proposal, measure) is Truth.of(wanted.holds) for wanted in goal)


def _looser(value: Value, slot: Slot, goal: Goal, fields: Fields) -> Iterator[Value]:
    """Values that say less, the loosest first: nothing at all; or what is there, and not what the goal bars."""
    yield UNKNOWN
    if field_at(slot, fields).single and value.yes:
        return
    asked = (operand for wanted in goal for operand in sets_asked(wanted.clauses, slot_key(slot)))
    barred = {atom for operand in asked if value.has_any(operand) is Truth.NO for atom in operand}
    yield Value(yes=value.yes, no=frozenset(barred))
