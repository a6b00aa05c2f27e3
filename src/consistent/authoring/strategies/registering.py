"""What hypothesis draws for the public types of this library: `st.from_type(Proposal)`, `st.builds(f)`.

Hypothesis calls `register` by an entry point when it is imported.

INVARIANT: no strategy is imported and no pack is loaded by that. Hypothesis is not wholly there yet, and perhaps nobody draws.
"""

from functools import cache
from typing import TYPE_CHECKING

from consistent.checker import KnowledgeBase, load
from consistent.knowledge.settings import PRIMARY_LAW
from consistent.model.proposal import Measure, Proposal
from consistent.model.values import Value
from consistent.rules.rule import Rule

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["register"]


def register() -> None:
    """Tell hypothesis how to draw proposals, measures, values, rules and knowledge bases."""
    from hypothesis import strategies as st  # noqa: PLC0415  while hypothesis is imported, not before

    for kind, make in (
        (Proposal, _proposals),
        (Measure, _measures),
        (Value, _values),
        (Rule, _rules),
        (KnowledgeBase, _packs),
    ):
        st.register_type_strategy(kind, st.deferred(make))


@cache
def _kb() -> KnowledgeBase:
    return load(PRIMARY_LAW)


def _proposals() -> "SearchStrategy[Proposal]":
    from consistent.authoring.strategies.of_pack import proposals  # noqa: PLC0415  see the head of the module

    return proposals(_kb())


def _measures() -> "SearchStrategy[Measure]":
    from consistent.authoring.strategies.of_pack import measures  # noqa: PLC0415  see the head of the module

    return measures(_kb())


def _values() -> "SearchStrategy[Value]":
    from hypothesis import strategies as st  # noqa: PLC0415  see the head of the module

    from consistent.authoring.strategies.of_pack import values  # noqa: PLC0415  asked for when a strategy is drawn from, not when hypothesis starts

    return st.one_of([values(_kb(), name) for name in sorted({about.name for about in _kb().knowledge.fields.every})])


def _rules() -> "SearchStrategy[Rule]":
    from consistent.authoring.strategies.random_packs import rules  # noqa: PLC0415  see the head of the module

    return rules()


def _packs() -> "SearchStrategy[KnowledgeBase]":
    from consistent.authoring.strategies.random_packs import packs  # noqa: PLC0415  see the head of the module

    return packs()
