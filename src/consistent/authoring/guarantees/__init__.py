"""Guarantees of a pack: whether a proposal keeps one (`judging`), and the search for one that does not (`searching`)."""

from consistent.authoring.guarantees.judging import Counterexample
from consistent.authoring.guarantees.searching import Searched, search_guarantee

__all__ = ["Counterexample", "Searched", "search_guarantee"]
