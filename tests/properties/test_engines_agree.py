"""durable-rules and the plain evaluator find the same, on random rules and random proposals.

This is what makes the checker trustworthy. `tests/properties/test_traps.py` takes the guards out one by one and shows that
the comparison made here notices.
"""

import itertools

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent.engine.choosing import engine_named
from consistent.engine.plain import PlainEngine
from consistent.errors import UsageError
from consistent.model.proposal import Proposal
from consistent.rules.program import Program
from tests.harness.effort import examples
from tests.properties.random_packs import programs, proposals

PROGRAMS = examples(120, desk=12)


def _durable() -> object:
    try:
        return engine_named("durable-rules")
    except UsageError:
        return None


durable = pytest.mark.skipif(_durable() is None, reason="durable-rules cannot be imported on this Python")


@durable
@pytest.mark.property
class TestSameTruths:
    """An engine is right where it says of every condition of every rule what reading the rule says."""

    def test_same_truths(self) -> None:
        """Some rules over proposals with few measures; each header with the measures of each: 25 pairs a program and more."""
        pairs = 0

        @settings(max_examples=PROGRAMS, suppress_health_check=list(HealthCheck))
        @given(programs(min_rules=2, max_rules=10), st.lists(proposals(), min_size=3, max_size=4))
        def same_truths(program: Program, drawn: list[Proposal]) -> None:
            nonlocal pairs
            for head, other in itertools.product(drawn, drawn):
                proposal = evolve(head, measures=other.measures)
                assert engine_named("durable-rules").evaluate(program, proposal) == PlainEngine().evaluate(
                    program, proposal
                )
                pairs += len(program.rules)

        same_truths()
        assert pairs > 25 * PROGRAMS

    @settings(max_examples=examples(20, desk=5), suppress_health_check=list(HealthCheck))
    @given(programs(min_rules=6, max_rules=9), proposals(max_measures=8))
    def test_many_rules_on_one_fact(self, program: Program, proposal: Proposal) -> None:
        """More rules than a ruleset may hold, on facts that many of them match."""
        many = evolve(program, rules=program.rules * 12)
        assert engine_named("durable-rules").evaluate(many, proposal) == PlainEngine().evaluate(many, proposal)
