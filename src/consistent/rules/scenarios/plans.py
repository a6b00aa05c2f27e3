"""From an exact proposal that meets a goal to the least that does, and how far it may be filled in.

What is known of a proposal only ever decides what was open: what holds while a field is unknown holds whatever the field
turns out to be. So a plan tells the loosest value of each field with which it still meets its goal, and any proposal that
says more within these meets it too, without being tried.
"""

from collections.abc import Collection, Iterator, Mapping

from attrs import frozen

from consistent.model.proposal import Proposal
from consistent.model.values import UNKNOWN, Value
from consistent.rules.clauses import truth_of
from consistent.rules.program import Clause
from consistent.rules.reads import counts_measures, fields_read, sets_asked
from consistent.rules.scenarios.goals import Goal
from consistent.rules.scenarios.slots import Slot, field_at, left_out, slot_key, slots_of, value_at, with_value
from consistent.truth import Truth

__all__ = ["Plan", "loose_plan", "meets", "plan_of"]

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


def plan_of(proposal: Proposal, goal: Goal, *, judged: bool) -> Plan:
    """The least of a proposal that meets a goal.

    Args:
        proposal: meets it.
        goal: what is wanted.
        judged: whether of the first measure, or of the proposal as a whole.
    """
    read = fields_read(each.clauses for each in goal)
    for slot in slots_of(proposal):
        least = with_value(proposal, slot, left_out(slot))
        if slot_key(slot) not in read or meets(least, goal, judged=judged):
            proposal = least
    room: dict[Slot, Value] = {}
    widest = proposal
    for slot in slots_of(proposal):
        if slot_key(slot) not in read:
            room[slot] = UNKNOWN
            continue
        # INVARIANT: one after another. Of two fields either of which will do, one must stay.
        for value in _looser(value_at(proposal, slot), slot, goal):
            wider = with_value(widest, slot, _NO_HINT if value == UNKNOWN else value)
            if meets(wider, goal, judged=judged):
                room[slot], widest = value, wider
                break
    return Plan(proposal, room, extendable=not any(counts_measures(each.clauses) for each in goal))


def loose_plan(proposal: Proposal, conditions: Collection[frozenset[Clause]]) -> Plan:
    """A proposal of which only what no condition reads may say more."""
    read = fields_read(conditions)
    room = {slot: UNKNOWN for slot in slots_of(proposal) if slot_key(slot) not in read}
    return Plan(proposal, room, extendable=not any(map(counts_measures, conditions)))


def meets(proposal: Proposal, goal: Goal, *, judged: bool) -> bool:
    """Whether all that is wanted is so, with nothing left unknown."""
    measure = proposal.measures[0] if judged else None
    return all(truth_of(each.clauses, proposal, measure) is Truth.of(each.holds) for each in goal)


def _looser(value: Value, slot: Slot, goal: Goal) -> Iterator[Value]:
    """Values that say less, the loosest first: nothing at all; or what is there, and not what the goal bars."""
    yield UNKNOWN
    if field_at(slot).single and value.yes:
        return
    asked = (operand for wanted in goal for operand in sets_asked(wanted.clauses, slot_key(slot)))
    barred = {atom for operand in asked if value.has_any(operand) is Truth.NO for atom in operand}
    yield Value(yes=value.yes, no=frozenset(barred))
