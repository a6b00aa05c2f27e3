"""A proposal that breaks a guarantee, and the least of it that still does."""

from collections.abc import Iterator

from attrs import evolve, frozen

from consistent.findings.case import Case
from consistent.guarantees.guarantee import Guarantee
from consistent.guarantees.judging import Breach, breaches
from consistent.model.proposal import Proposal
from consistent.model.values import Value
from consistent.model.vocabulary import Vocabularies, Vocabulary
from consistent.rules.scenarios.slots import field_at, left_out, slots_of, value_at, with_value

__all__ = ["Counterexample", "breaking", "least"]


@frozen(kw_only=True)
class Counterexample:
    """A proposal that does not keep a guarantee.

    Attributes:
        case: the proposal before the rules of its day.
        breaches: at least one.
    """

    guarantee: Guarantee
    case: Case
    breaches: tuple[Breach, ...]


def breaking(guarantee: Guarantee, case: Case) -> Counterexample | None:
    """The case as a counterexample, if it is one.

    Raises:
        EngineError: the engine did not do all of its work.
    """
    found = tuple(breaches(guarantee, case))
    return Counterexample(guarantee=guarantee, case=case, breaches=found) if found else None


def least(found: Counterexample) -> Counterexample:
    """A counterexample that says no more than it must: without measures and values that do not matter."""
    while True:
        case = found.case
        smaller = _smaller(case.proposal, case.knowledge.vocabularies)
        tries = (breaking(found.guarantee, case.of(each)) for each in smaller)
        less = next((each for each in tries if each), None)
        if less is None:
            return found
        found = less


def _smaller(proposal: Proposal, vocabularies: Vocabularies) -> Iterator[Proposal]:
    """The proposal with one thing less: a measure, what is known of a field, or one of several values."""
    for number in range(len(proposal.measures)):
        yield evolve(proposal, measures=proposal.measures[:number] + proposal.measures[number + 1 :])
    for slot in slots_of(proposal):
        value = value_at(proposal, slot)
        if value != left_out(slot):
            yield with_value(proposal, slot, left_out(slot))
        for less in _less(value, vocabularies.get(field_at(slot).vocabulary)):
            yield with_value(proposal, slot, less)


def _less(value: Value, vocabulary: Vocabulary | None) -> Iterator[Value]:
    for atom in sorted(value.yes, key=str):
        yield evolve(value, yes=value.yes - {atom})
    for atom in sorted(value.no, key=str):
        # What is narrower than a term that is ruled out is ruled out with it.
        if vocabulary is None or value.no.isdisjoint(vocabulary.broader(str(atom))):
            yield evolve(value, no=value.no - {atom})
