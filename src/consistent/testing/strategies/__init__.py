"""Hypothesis strategies for those who write rules: proposals in the terms of a pack, and such as are aimed at one rule."""

from consistent.testing.strategies.aimed import (
    defeated_under,
    excepted_under,
    flagged_by,
    nearly_flagged_by,
    open_under,
)
from consistent.testing.strategies.examples import example, toml
from consistent.testing.strategies.of_pack import from_examples, measures, proposals, values
from consistent.testing.strategies.random_packs import packs, rules

__all__ = [
    "defeated_under",
    "example",
    "excepted_under",
    "flagged_by",
    "from_examples",
    "measures",
    "nearly_flagged_by",
    "open_under",
    "packs",
    "proposals",
    "rules",
    "toml",
    "values",
]
