"""The knowledge of a pack and of those it builds on."""

from collections.abc import Mapping

from attrs import frozen

from consistent.knowledge.entries import Fact, FactKind, Manifest, Position, Principle
from consistent.model.vocabulary import Vocabularies

__all__ = ["Knowledge"]


@frozen(kw_only=True, eq=False)
class Knowledge:
    """All that the packs know but their rules. Packs are in order: each after those that it builds on.

    Attributes:
        other_packs: names of packs that could have been loaded as well; only where nobody named a pack, or else empty.
    """

    packs: tuple[Manifest, ...]
    vocabularies: Vocabularies
    kinds: Mapping[str, FactKind]
    facts: Mapping[str, tuple[Fact, ...]]
    principles: Mapping[str, Principle]
    positions: Mapping[str, Position]
    other_packs: tuple[str, ...] = ()
