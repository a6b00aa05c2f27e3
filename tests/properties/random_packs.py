"""The random packs that ship with the toolkit, under one roof for the tests of the library itself."""

from consistent.testing.strategies.random_conditions import conditions
from consistent.testing.strategies.random_packs import make_rule, packs, programs
from consistent.testing.strategies.small_world import (
    AMOUNTS,
    ANCHOR,
    CITATIONS,
    DATES,
    DAY,
    KINDS,
    MEASURE,
    PROPOSAL,
    TERMS,
    TEXT,
    TEXTS,
    VOCABULARIES,
    facts,
    knowledge,
    pool,
    proposals,
    values,
)

__all__ = [
    "AMOUNTS", "ANCHOR", "CITATIONS", "DATES", "DAY", "KINDS", "MEASURE", "PROPOSAL", "TERMS", "TEXT", "TEXTS", "VOCABULARIES",
    "conditions", "facts", "knowledge", "make_rule", "packs", "pool", "programs", "proposals", "values",
]  # fmt: skip
