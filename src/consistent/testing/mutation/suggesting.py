"""An example that would notice a fault: a proposal on which the rule and its mutant differ."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from consistent.errors import InputError
from consistent.knowledge.base import Knowledge
from consistent.model.proposal import Proposal
from consistent.reading.writing import field_lines, measure_lines
from consistent.rules.rule import Rule
from consistent.testing.mutation.killing import said
from consistent.testing.mutation.mutants import Mutant
from consistent.testing.mutation.nearby import nearby

__all__ = ["suggestion"]

# What is not found among so many is far from every example.
_TRIED = 2000


def suggestion(mutant: Mutant, knowledge: Knowledge, today: date) -> str:
    """An example as TOML, but for its title; empty where no proposal close to the examples tells the two apart.

    What it expects is what the rule as it stands says: whether that is right is for a person to judge.
    """
    rule = mutant.original
    day = rule.period.nearest(today)
    for each in _tried(rule, knowledge, day):
        expected = said(rule, knowledge, each, day)
        if said(mutant.rule, knowledge, each, day) != expected:
            return "\n".join(_example_lines(each, expected))
    return ""


@lru_cache(maxsize=2)
def _tried(rule: Rule, knowledge: Knowledge, day: date) -> tuple[Proposal, ...]:
    try:
        return tuple(each for each, _ in zip(nearby(rule, knowledge, day), range(_TRIED), strict=False))
    except InputError:
        # Told when the rule is used; there is nothing to suggest for it.
        return ()


def _example_lines(proposal: Proposal, expected: str) -> Iterator[str]:
    """An example in the form of a rule's file, without a title."""
    yield "[[example]]"
    yield f'expect = "{expected}"'
    header = list(field_lines(proposal))
    if header:
        yield "[example.proposal]"
        yield from header
    for each in proposal.measures:
        yield "[[example.measure]]"
        yield from measure_lines(each, named=False)
