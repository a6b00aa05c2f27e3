"""Looks for proposals on which a pack does not keep what it promises."""

from consistent.testing.guarantees.counterexample import Counterexample
from consistent.testing.guarantees.searching import Searched, search_guarantee

__all__ = ["Counterexample", "Searched", "search_guarantee"]
