"""Guarantees of a pack: whether a proposal keeps one (`judging`), and the search for one that does not (`searching`).

What is offered is imported when it is first asked for: to judge a proposal, and to prove a guarantee, needs no hypothesis.
"""

from typing import TYPE_CHECKING

from consistent._lazy import lazily

if TYPE_CHECKING:
    from consistent.authoring.guarantees.judging import Counterexample
    from consistent.authoring.guarantees.searching import Searched, search_guarantee

__all__ = ["Counterexample", "Searched", "search_guarantee"]

__getattr__, __dir__ = lazily(
    __name__,
    {
        "authoring.guarantees.judging": ("Counterexample",),
        "authoring.guarantees.searching": ("Searched", "search_guarantee"),
    },
)
