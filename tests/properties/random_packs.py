"""The random packs that ship with the toolkit, under one roof for the tests of the library itself."""

from consistent.authoring.strategies.random_packs import (
    AMOUNTS,
    ANCHOR,
    CITATIONS,
    CONCEPTS,
    DATES,
    DAY,
    FIELDS,
    KINDS,
    MEASURE,
    PROPOSAL,
    TERMS,
    TEXT,
    TEXTS,
    VOCABULARIES,
    concepts,
    conditions,
    facts,
    in_words,
    knowledge,
    make_concepts,
    make_rule,
    packs,
    pool,
    programs,
    proposals,
    values,
)

__all__ = [
    "AMOUNTS", "ANCHOR", "CITATIONS", "CONCEPTS", "DATES", "DAY", "FIELDS", "KINDS", "MEASURE", "PROPOSAL", "TERMS", "TEXT", "TEXTS", "VOCABULARIES",
    "concepts", "conditions", "facts", "in_words", "knowledge", "make_concepts", "make_rule", "packs", "pool", "programs", "proposals", "values",
]  # fmt: skip
