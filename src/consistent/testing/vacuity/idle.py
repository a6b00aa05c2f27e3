"""Facts that no rule reads, and terms that no rule, fact or proposal uses."""

from collections.abc import Iterable, Iterator, Mapping

from consistent.checker import KnowledgeBase
from consistent.engine.plain import Scene, evaluate
from consistent.knowledge.entries import Fact
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Field, Measure, Proposal
from consistent.model.values import Atom
from consistent.model.vocabulary import Term
from consistent.rules.conditions import Condition, FactExists, KnownValues, facts_in, tests_in
from consistent.rules.facts import FactLookup
from consistent.truth import Truth

__all__ = ["unread_facts", "unused_terms"]

_NOBODY = Proposal(measures=(Measure(id="measure"),))


def unread_facts(kb: KnowledgeBase, facts: FactLookup) -> Iterator[Fact]:
    """The facts of a day that can make no difference to any rule, in order of kind.

    A rule reads a fact where the fact passes all that a condition asks of the fact by itself, or where a condition asks for
    every value that facts of its kind have.
    """
    conditions = [each for rule in kb.rules for each in rule.conditions]
    asked = {known.kind for each in conditions for known in _known_values(each)}
    searches = [each for condition in conditions for each in facts_in(condition)]
    for kind in kb.knowledge.kinds:
        if kind not in asked:
            looking = [each for each in searches if each.kind == kind]
            yield from (
                fact for fact in facts.of_kind(kind) if not any(_lets_in(each, fact, facts) for each in looking)
            )


def unused_terms(kb: KnowledgeBase, proposals: Iterable[Proposal] = ()) -> Iterator[tuple[str, Term]]:
    """Terms that no rule asks for, no fact has and no proposal has, each with the name of its vocabulary.

    A rule that asks for a term asks for every narrower one too; a fact or a proposal that has a term uses what is broader.
    """
    used: dict[str, set[str]] = {name: set() for name in kb.knowledge.vocabularies}
    for rule in kb.rules:
        for condition in rule.conditions:
            for test in tests_in(condition):
                if test.field.type == "terms" and isinstance(test.operand, frozenset):
                    used[test.field.vocabulary].update(map(str, test.operand))
    for field, atoms in (*_of_facts(kb), *_of_proposals(proposals)):
        if field.type == "terms" and field.vocabulary in used:
            vocabulary = kb.knowledge.vocabularies[field.vocabulary]
            for atom in map(str, atoms):
                used[field.vocabulary].update((atom, *vocabulary.broader(atom)))
    for name, vocabulary in kb.knowledge.vocabularies.items():
        for term in vocabulary.terms.values():
            # A term that only gathers others is used where one of these is.
            if used[name].isdisjoint(vocabulary.narrower([term.id])):
                yield name, term


def _known_values(condition: Condition) -> Iterator[KnownValues]:
    yield from (each.operand for each in tests_in(condition) if isinstance(each.operand, KnownValues))


def _lets_in(search: FactExists, fact: Fact, facts: FactLookup) -> bool:
    """Whether some proposal could join the fact: with nothing known of it, what refers to it is unknown."""
    measure = _NOBODY.measures[0]
    return evaluate(search.part, Scene(_NOBODY, facts, measure, fact=fact)) is not Truth.NO


def _of_facts(kb: KnowledgeBase) -> Iterator[tuple[Field, Iterable[Atom]]]:
    for kind in kb.knowledge.kinds.values():
        for fact in kb.knowledge.facts.get(kind.name, ()):
            yield from ((field, fact.values[name].yes) for name, field in kind.fields.items())


def _of_proposals(proposals: Iterable[Proposal]) -> Iterator[tuple[Field, Iterable[Atom]]]:
    scopes: tuple[tuple[Mapping[str, Field], bool], ...] = ((PROPOSAL_FIELDS, False), (MEASURE_FIELDS, True))
    for proposal in proposals:
        for fields, of_measures in scopes:
            for part in proposal.measures if of_measures else (proposal,):
                yield from ((field, getattr(part, name).yes) for name, field in fields.items())
