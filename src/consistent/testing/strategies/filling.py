"""Proposals around plans: what a plan needs stays, the rest is filled in at random."""

from collections.abc import Sequence

from hypothesis import strategies as st

from consistent.checker import KnowledgeBase
from consistent.model.proposal import Measure, Proposal
from consistent.rules.scenarios.plans import Plan
from consistent.rules.scenarios.slots import field_at, with_value
from consistent.testing.strategies.of_pack import joined, measures, refinements

__all__ = ["around"]

_FILLED = 4
_FURTHER = 2


def around(kb: KnowledgeBase, plans: Sequence[Plan]) -> st.SearchStrategy[Proposal]:
    """One of the plans, filled in where it may be; shrinks towards the first plan as it is.

    Args:
        kb: whose terms.
        plans: at least one.
    """
    return _filled(kb, plans, st.lists(measures(kb), max_size=_FURTHER))


@st.composite
def _filled(
    draw: st.DrawFn, kb: KnowledgeBase, plans: Sequence[Plan], further: st.SearchStrategy[list[Measure]]
) -> Proposal:
    plan = draw(st.sampled_from(plans))
    proposal = plan.proposal
    for slot in draw(st.lists(st.sampled_from(sorted(plan.room)), max_size=_FILLED, unique=True)):
        proposal = with_value(proposal, slot, draw(refinements(kb, field_at(slot), plan.room[slot])))
    return joined(proposal, draw(further)) if plan.extendable else proposal
