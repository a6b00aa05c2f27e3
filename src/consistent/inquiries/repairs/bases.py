"""The legal bases that the facts of a pack hold, and which of them would carry a measure."""

from collections.abc import Iterable

from attrs import frozen

from consistent.knowledge.entries import Fact, FactKind
from consistent.model.values import Atom, Value
from consistent.rules.facts import FactLookup
from consistent.sources import broader_citations
from consistent.truth import Truth

__all__ = ["Bases", "Basis"]

_NONE: frozenset[Atom] = frozenset()


@frozen
class Basis:
    """One article that an act can rest on.

    Attributes:
        article: the citation.
        areas: what it is about, closed under narrower terms; None where the facts do not say.
        header: for the fields of a proposal that follow from the basis, what it allows, closed under narrower terms, and
            the same as the fact has it.
    """

    article: Atom
    areas: frozenset[Atom] | None
    header: tuple[tuple[str, frozenset[Atom], frozenset[Atom]], ...]

    def suits(self, areas: frozenset[Atom]) -> bool:
        """Whether it is about one of the areas."""
        return self.areas is None or not self.areas.isdisjoint(areas)

    def wider_than(self, other: "Basis") -> bool:
        """Whether it is about all that the other is about, and more."""
        return self.areas is not None and other.areas is not None and self.areas > other.areas

    def distance(self, areas: frozenset[Atom]) -> tuple[int, int, str]:
        """A key to sort by: about most of the areas first, then about least else."""
        own = self.areas or _NONE
        return -len(own & areas), len(own), str(self.article)

    def following(self, name: str, value: Value) -> Atom | None:
        """What a field of the proposal has to become on this basis; None where it can stay as it is."""
        for field, allowed, written in self.header:
            if field == name and written and value.has_any(allowed) is Truth.NO:
                return min(written, key=str)
        return None


# Fields of a proposal that follow from its basis, with the vocabulary by which a kind of fact tells them.
_FOLLOWING = (("decision_procedure", "procedures"), ("vote", "votes"), ("instrument", "instruments"))


class Bases:
    """Every legal basis of the facts of a day.

    A kind of fact is about legal bases where it has a citation and the procedure that goes with it.
    """

    def __init__(self, kinds: Iterable[FactKind], facts: FactLookup) -> None:
        found = [
            _basis(fact, article, kind, facts)
            for kind in kinds
            if _named(kind, "procedures") and (citation := _citation(kind))
            for fact in facts.of_kind(kind.name)
            for article in sorted(fact.values[citation].yes, key=str)
        ]
        # Who may cite a paragraph does not ask for the bare article, which leaves open what is meant.
        narrower = {wider for each in found for wider in broader_citations(str(each.article))[1:]}
        self._bases = tuple(
            sorted((each for each in found if each.article not in narrower), key=lambda each: str(each.article))
        )

    @property
    def all(self) -> tuple[Basis, ...]:
        """In order of article."""
        return self._bases

    def carrying(self, measures: Iterable[Value]) -> tuple[Basis, ...]:
        """The bases that are about one at least of the areas of each measure; the best fit first."""
        areas = [each.yes for each in measures]
        everything = _NONE.union(*areas)
        suited = [each for each in self._bases if all(each.suits(one) for one in areas if one)]
        return tuple(sorted(suited, key=lambda each: each.distance(everything))) if everything else ()


def _basis(fact: Fact, article: Atom, kind: FactKind, facts: FactLookup) -> Basis:
    areas = _named(kind, "areas")
    header = tuple(
        (field, facts.closed(fact.values[own].yes, kind.fields[own]), fact.values[own].yes)
        for field, vocabulary in _FOLLOWING
        if (own := _named(kind, vocabulary))
    )
    return Basis(article, facts.closed(fact.values[areas].yes, kind.fields[areas]) if areas else None, header)


def _named(kind: FactKind, vocabulary: str) -> str:
    """The first field of a kind that takes terms of a vocabulary; empty if none does."""
    return next((name for name, field in kind.fields.items() if field.vocabulary == vocabulary), "")


def _citation(kind: FactKind) -> str:
    return next((name for name, field in kind.fields.items() if field.type == "citation"), "")
