"""The legal bases of a proposal with the facts that the pack has on them, and in which category of competence they lie."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date

from consistent.knowledge.entries import Fact, Knowledge
from consistent.model.proposal import Proposal
from consistent.sources import broader_citations

__all__ = ["basis_facts", "categories_of", "is_exclusive"]

_KIND, _READ = "legal_basis", frozenset({"article", "category"})


def basis_facts(
    proposal: Proposal, knowledge: Knowledge, day: date, read: AbstractSet[str] = _READ
) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Each basis with the facts on it: on itself, else on the nearest wider provision, else on the narrower ones within it.

    Those that only a measure rests on are among them.

    Args:
        proposal: any.
        knowledge: of the pack.
        day: on which the facts are in force.
        read: fields of the facts that the reader needs; without one of them there are no facts.
    """
    known = knowledge.kinds.get(_KIND)
    facts = knowledge.facts.get(_KIND, ()) if known is not None and known.fields.keys() >= read else ()
    in_force = tuple(fact for fact in facts if day in fact.period)
    bases = proposal.legal_basis.yes.union(*(measure.legal_basis.yes for measure in proposal.measures))
    for basis in sorted(map(str, bases)):
        on = (tuple(fact for fact in in_force if _article(fact) == wider) for wider in broader_citations(basis))
        own = next((found for found in on if found), ())
        yield basis, own or tuple(fact for fact in in_force if basis in broader_citations(_article(fact))[1:])


def categories_of(facts: Iterator[Fact] | tuple[Fact, ...]) -> frozenset[str]:
    """The categories of competence that facts place their bases in."""
    return frozenset(str(value) for fact in facts for value in fact.values["category"].yes)


def is_exclusive(proposal: Proposal, knowledge: Knowledge, day: date) -> bool | None:
    """Whether all bases lie in exclusive competence, where subsidiarity does not apply; None where that is not known."""
    found = dict(basis_facts(proposal, knowledge, day))
    if not found or proposal.legal_basis.open or not all(found.values()):
        return None
    categories = [categories_of(facts) for facts in found.values()]
    if all(each == {"exclusive"} for each in categories):
        return True
    return None if all("exclusive" in each for each in categories) else False


def _article(fact: Fact) -> str:
    return "".join(map(str, fact.values["article"].yes))
