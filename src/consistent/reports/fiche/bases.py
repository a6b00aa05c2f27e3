"""What the pack knows of the legal bases that a proposal cites."""

from collections.abc import Iterator

from consistent.knowledge.entries import Fact
from consistent.model.proposal import Measure
from consistent.reports.fiche.matter import Matter
from consistent.sources import broader_citations

__all__ = ["article_of", "basis_facts", "competence_facts", "fields_of_measures", "powerless_facts"]


def basis_facts(matter: Matter) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Each basis with the facts on it: on itself, else on the nearest wider provision, else on the narrower ones within it.

    Those that only a measure rests on are among them.
    """
    facts = _in_force(matter, "legal_basis")
    proposal = matter.proposal
    bases = proposal.legal_basis.yes.union(*(each.legal_basis.yes for each in proposal.measures))
    for basis in sorted(map(str, bases)):
        own = next((found for each in broader_citations(basis) if (found := _on(facts, each))), ())
        yield basis, own or tuple(each for each in facts if basis in broader_citations(article_of(each))[1:])


def powerless_facts(matter: Matter, basis: str) -> tuple[Fact, ...]:
    """The facts by which a provision carries no act."""
    return _on(_in_force(matter, "powerless_provision"), basis)


def competence_facts(matter: Matter, basis: Fact) -> tuple[Fact, ...]:
    """The articles on categories of competence that place the areas of a basis in one of its categories."""
    categories = matter.within("categories", map(str, basis.values["category"].yes))
    areas = matter.within("areas", map(str, basis.values["areas"].yes))
    return tuple(
        each
        for each in _in_force(matter, "competence")
        if each.values["category"].yes & categories and each.values["areas"].yes & areas
    )


def fields_of_measures(matter: Matter) -> Iterator[tuple[Fact, tuple[Measure, ...]]]:
    """The articles on categories of competence with the measures in their areas, where there are any."""
    for fact in _in_force(matter, "competence"):
        areas = matter.within("areas", map(str, fact.values["areas"].yes))
        measures = tuple(each for each in matter.proposal.measures if each.areas.yes & areas)
        if measures:
            yield fact, measures


def _in_force(matter: Matter, kind: str) -> tuple[Fact, ...]:
    return tuple(each for each in matter.dossier.knowledge.facts.get(kind, ()) if matter.day in each.period)


def _on(facts: tuple[Fact, ...], article: str) -> tuple[Fact, ...]:
    return tuple(each for each in facts if article_of(each) == article)


def article_of(fact: Fact) -> str:
    """The article that a fact is on."""
    return "".join(map(str, fact.values["article"].yes))
