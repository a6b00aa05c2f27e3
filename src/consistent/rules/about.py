"""What a rule is about: the areas and legal bases that it asks for, and whether a proposal lies there."""

from collections.abc import Iterable

from consistent.model.proposal import Measure, Proposal
from consistent.rules.conditions import All, Any, Condition, Count, FactExists, Named, Not, Other, Test, tests_in
from consistent.rules.program import ask
from consistent.rules.rule import Rule
from consistent.truth import Truth

__all__ = ["is_about"]

_FIELDS = frozenset({"areas", "legal_basis"})


def is_about(rule: Rule, proposal: Proposal) -> bool:
    """Whether a proposal surely lies in the areas, or on the legal bases, that a rule asks for.

    What else the rule asks is left out of account; a rule that asks for neither is about nothing.
    """
    judged: Iterable[Measure | None] = proposal.measures if rule.scope == "measure" else (None,)
    return any(_lies(rule.when, proposal, measure) is Truth.YES for measure in judged)


def _lies(condition: Condition, proposal: Proposal, measure: Measure | None) -> Truth:
    """Yes where it asks for areas or bases that are there, no where they are not, unknown where it asks for neither."""
    match condition:
        case Test():
            if not _counts(condition):
                return Truth.UNKNOWN
            value = proposal.value(condition.field.name, measure if condition.scope == "measure" else None)
            return Truth.of(ask(condition.operator, condition.operand, value) is Truth.YES)
        case All(parts):
            found = {_lies(part, proposal, measure) for part in parts}
            return next((truth for truth in (Truth.NO, Truth.YES) if truth in found), Truth.UNKNOWN)
        case Any(parts):
            return max((_lies(part, proposal, measure) for part in parts), default=Truth.NO)
        case Not(part):
            # That it is not elsewhere makes it about nothing.
            alone = all(map(_counts, tests_in(part)))
            return Truth.NO if alone and _lies(part, proposal, measure) is Truth.YES else Truth.UNKNOWN
        case Other(part) | Count(part):
            return max((_lies(part, proposal, other) for other in proposal.measures), default=Truth.NO)
        case Named():
            return _lies(condition.part, proposal, measure)
        case FactExists():
            return Truth.UNKNOWN


def _counts(test: Test) -> bool:
    return test.field.name in _FIELDS and test.scope != "fact" and isinstance(test.operand, frozenset)
