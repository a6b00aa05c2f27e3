"""Looks for proposals on which a pack does not keep what it promises."""

from consistent.authoring.guarantees.judging import Counterexample
from consistent.authoring.guarantees.searching import Searched, search_guarantee

__all__ = ["Counterexample", "Searched", "search_guarantee"]
