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

__all__ = ["Counts", "counted", "decide", "truth_of", "truth_of_clause"]

# What is known of one proposal: for each of its measures whether a quantifier counts it, whichever measure is judged.
Counts = dict[Quantified, tuple[Truth, ...]]


def decide(
    rule: CompiledRule, proposal: Proposal, measure: Measure | None, counts: Counts | None = None
) -> tuple[Truth, ...]:
    """What holds of a rule's conditions: `when` first, then the exceptions in order.

    Args:
        rule: compiled.
        proposal: what is judged.
        measure: the judged measure of it; None for a rule on the proposal as a whole.
        counts: of this proposal, looked up and added to. Where many measures are judged, each would else look at all of them again.
    """
    return tuple(truth_of(clauses, proposal, measure, counts=counts) for clauses in rule.conditions)


def truth_of(
    clauses: Iterable[Clause],
    proposal: Proposal,
    measure: Measure | None,
    judged: Measure | None = None,
    counts: Counts | None = None,
) -> Truth:
    """Whether one of the clauses holds.

    Args:
        clauses: alternatives.
        proposal: all of it.
        measure: of which questions are asked; None where the proposal as a whole is judged.
        judged: the judged measure, where `measure` is a candidate of a quantifier.
        counts: as `decide` takes them.
    """
    return any_of(truth_of_clause(clause, proposal, measure, judged, counts) for clause in clauses)


def truth_of_clause(
    clause: Clause,
    proposal: Proposal,
    measure: Measure | None,
    judged: Measure | None = None,
    counts: Counts | None = None,
) -> Truth:
    """Whether all of a clause holds; arguments as those of `truth_of`."""
    return all_of(_literal(literal, proposal, measure, judged, counts) for literal in clause)


def counted(
    column: Quantified, proposal: Proposal, judged: Measure | None, counts: Counts | None = None
) -> tuple[Truth, ...]:
    """For each measure of the proposal whether it is one that the quantifier counts; `counts` as `decide` takes them."""
    if counts is None or column.joined:
        truths = tuple(truth_of(column.clauses, proposal, candidate, judged, counts) for candidate in proposal.measures)
    else:
        if column not in counts:
            counts[column] = counted(column, proposal, None)
        truths = counts[column]
    if column.others_only and judged is not None:
        return tuple(
            Truth.NO if candidate is judged else truth
            for candidate, truth in zip(proposal.measures, truths, strict=True)
        )
    return truths


def _literal(
    literal: Answer | Join, proposal: Proposal, measure: Measure | None, judged: Measure | None, counts: Counts | None
) -> Truth:
    if isinstance(literal, Join):
        candidate = proposal.value(literal.candidate_field, measure)
        return literal.between(candidate, proposal.value(literal.judged_field, judged))
    match literal.column:
        case Question() | Shared() | Compared() as column:
            truth = column.answer(proposal, measure)
        case Undecided():
            truth = Truth.UNKNOWN
        case Quantified() as column:
            truth = column.truth(proposal, counted(column, proposal, measure, counts))
    return truth if literal.positive else truth.negated()
