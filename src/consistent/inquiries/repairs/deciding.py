"""Compiled conditions decided one by one, for when only a few of them have to be looked at again."""

from consistent.model.proposal import Measure, Proposal
from consistent.rules.program import Answer, Clause, Column, CompiledRule, Join, Quantified, Question, Shared, Undecided
from consistent.truth import Truth, all_of, any_of

__all__ = ["decide"]


def decide(rule: CompiledRule, proposal: Proposal, measure: Measure | None) -> tuple[Truth, ...]:
    """What holds of a rule's conditions: `when` first, then the exceptions in order.

    Args:
        rule: compiled.
        proposal: what is judged.
        measure: the judged measure of it; None for a rule on the proposal as a whole.
    """
    return tuple(_condition(each, proposal, measure, measure) for each in rule.conditions)


def _condition(
    clauses: frozenset[Clause], proposal: Proposal, measure: Measure | None, judged: Measure | None
) -> Truth:
    return any_of(all_of(_part(part, proposal, measure, judged) for part in clause) for clause in clauses)


def _part(part: Answer | Join, proposal: Proposal, measure: Measure | None, judged: Measure | None) -> Truth:
    if isinstance(part, Join):
        return proposal.value(part.candidate_field, measure).shares(proposal.value(part.judged_field, judged))
    truth = _column(part.column, proposal, measure)
    return truth if part.positive else truth.negated()


def _column(column: Column, proposal: Proposal, measure: Measure | None) -> Truth:
    match column:
        case Question():
            return column.answer(proposal, measure)
        case Undecided():
            return Truth.UNKNOWN
        case Shared(measure_field, proposal_field):
            return proposal.value(measure_field, measure).shares(proposal.value(proposal_field))
        case Quantified():
            candidates = (each for each in proposal.measures if not (column.others_only and each is measure))
            truths = [_condition(column.clauses, proposal, each, measure) for each in candidates]
            return column.within(truths.count(Truth.YES), len(truths) - truths.count(Truth.NO))
