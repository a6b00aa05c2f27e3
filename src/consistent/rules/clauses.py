"""What compiled conditions say of one proposal: the normal form decided clause by clause, for when few have to be looked at.

The engines decide whole programs and share nothing with this; all give the same.
"""

from collections.abc import Iterable

from consistent.model.proposal import Measure, Proposal
from consistent.rules.program import (
    Answer,
    Clause,
    Compared,
    CompiledRule,
    Join,
    Quantified,
    Question,
    Shared,
    Undecided,
)
from consistent.truth import Truth, all_of, any_of

__all__ = ["counted", "decide", "truth_of", "truth_of_clause"]


def decide(rule: CompiledRule, proposal: Proposal, measure: Measure | None) -> tuple[Truth, ...]:
    """What holds of a rule's conditions: `when` first, then the exceptions in order.

    Args:
        rule: compiled.
        proposal: what is judged.
        measure: the judged measure of it; None for a rule on the proposal as a whole.
    """
    return tuple(truth_of(clauses, proposal, measure) for clauses in rule.conditions)


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
    return any_of(truth_of_clause(clause, proposal, measure, judged) for clause in clauses)


def truth_of_clause(
    clause: Clause, proposal: Proposal, measure: Measure | None, judged: Measure | None = None
) -> Truth:
    """Whether all of a clause holds; arguments as those of `truth_of`."""
    return all_of(_literal(literal, proposal, measure, judged) for literal in clause)


def counted(column: Quantified, proposal: Proposal, judged: Measure | None) -> tuple[Truth, ...]:
    """For each measure of the proposal whether it is one that the quantifier counts."""
    return tuple(
        Truth.NO
        if column.others_only and candidate is judged
        else truth_of(column.clauses, proposal, candidate, judged)
        for candidate in proposal.measures
    )


def _literal(literal: Answer | Join, proposal: Proposal, measure: Measure | None, judged: Measure | None) -> Truth:
    if isinstance(literal, Join):
        candidate = proposal.value(literal.candidate_field, measure)
        return literal.between(candidate, proposal.value(literal.judged_field, judged))
    match literal.column:
        case Question() | Shared() | Compared() as column:
            truth = column.answer(proposal, measure)
        case Undecided():
            truth = Truth.UNKNOWN
        case Quantified() as column:
            truth = column.truth(proposal, counted(column, proposal, measure))
    return truth if literal.positive else truth.negated()
