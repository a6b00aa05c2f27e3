"""What compiled conditions say of a proposal: the normal form read literal by literal."""

from collections.abc import Iterable

from consistent.model.proposal import Measure, Proposal
from consistent.rules.program import Answer, Clause, Join, Quantified, Question, Shared, Undecided
from consistent.truth import Truth, all_of, any_of

__all__ = ["counted", "truth_of", "truth_of_clause"]


def truth_of(
    clauses: Iterable[Clause], proposal: Proposal, measure: Measure | None, judged: Measure | None = None
) -> Truth:
    """Whether one of the clauses holds.

    Args:
        clauses: alternatives.
        proposal: all of it.
        measure: of which questions are asked; None where the proposal as a whole is judged.
        judged: the judged measure, where `measure` is a candidate of a quantifier.
    """
    return any_of(truth_of_clause(each, proposal, measure, judged) for each in clauses)


def truth_of_clause(
    clause: Clause, proposal: Proposal, measure: Measure | None, judged: Measure | None = None
) -> Truth:
    """Whether all of a clause holds; arguments as those of `truth_of`."""
    return all_of(_literal(each, proposal, measure, judged) for each in clause)


def counted(column: Quantified, proposal: Proposal, judged: Measure | None) -> tuple[Truth, ...]:
    """For each measure of the proposal whether it is one that the quantifier counts."""
    return tuple(
        Truth.NO if column.others_only and each is judged else truth_of(column.clauses, proposal, each, judged)
        for each in proposal.measures
    )


def _literal(literal: Answer | Join, proposal: Proposal, measure: Measure | None, judged: Measure | None) -> Truth:
    if isinstance(literal, Join):
        candidate = proposal.value(literal.candidate_field, measure)
        return candidate.shares(proposal.value(literal.judged_field, judged))
    match literal.column:
        case Question() as question:
            truth = question.answer(proposal, measure)
        case Undecided():
            truth = Truth.UNKNOWN
        case Shared(own, common):
            truth = proposal.value(own, measure).shares(proposal.value(common))
        case Quantified() as column:
            truths = counted(column, proposal, measure)
            truth = column.within(truths.count(Truth.YES), len(truths) - truths.count(Truth.NO))
    return truth if literal.positive else truth.negated()
