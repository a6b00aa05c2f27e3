"""Cases as data, each an act with what became of it, put to the rules of the Treaties or of the letter on defence."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from consistent import KnowledgeBase, load

__all__ = ["Case", "letter", "treaties", "with_outcome"]

Case = dict[str, Any]


def with_outcome(cases: Sequence[Case], outcome: str) -> pytest.MarkDecorator:
    """A test of each case with an outcome, under its name."""
    chosen = [case for case in cases if case["outcome"] == outcome]
    return pytest.mark.parametrize("case", chosen, ids=[case["name"] for case in chosen])


@cache
def treaties() -> KnowledgeBase:
    """The pack, loaded once."""
    return load("treaties")


@cache
def letter() -> KnowledgeBase:
    """The pack of the letter on defence, loaded once."""
    return load("nl-22112-4027")
