"""The simplest proposal that meets an alternative of a compiled condition, where there is one.

Simple: at most one value in each field, and nobody let in where another is shut out, so that whatever is said of the
measure is said of one thing. A field that is not asked for is known to be empty, so that nothing is left open.
"""

from consistent.model.proposal import Proposal
from consistent.model.vocabulary import Vocabularies
from consistent.rules.program import Answer, Clause, Question
from consistent.rules.scenarios.goals import Wanted
from consistent.rules.scenarios.solving import Search

__all__ = ["witness"]

# Who lets one partner in and shuts another out does two things.
_ONE_SIDED = Wanted(
    frozenset(
        frozenset({Answer(Question("measure", name, "empty", None))}) for name in ("partners", "excluded_partners")
    ),
    holds=True,
)


def witness(clause: Clause, vocabularies: Vocabularies) -> Proposal | None:
    """A proposal whose first measure meets the clause; None where there is none, or none was found."""
    goal = (Wanted(frozenset({clause}), holds=True), _ONE_SIDED)
    return next(Search(vocabularies, single=True).proposals(goal, judged=True), None)
