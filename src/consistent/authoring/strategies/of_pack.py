"""Values, measures and proposals in the terms of a pack."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from consistent.checker import KnowledgeBase
from consistent.errors import UsageError, did_you_mean
from consistent.model.proposal import Field, Measure, Proposal
from consistent.model.values import UNKNOWN, Atom, Value
from consistent.model.vocabulary import with_narrower
from consistent.rules.conditions import tests_in
from consistent.solving.goals import Plan, field_at, with_value
from consistent.solving.search import measure_id
from consistent.sources import broader_citations
from consistent.truth import Truth

__all__ = ["around", "from_examples", "joined", "measures", "proposals", "refinements", "values"]

_MOST = 3
_LARGEST = 10**12
# Citations that packs are unlikely to name.
_ELSEWHERE = ("CELEX 32009L0081", "Protocol No 1", "TFEU 1")


def values(kb: KnowledgeBase, field: str) -> st.SearchStrategy[Value]:
    """What may be known of a field: nothing, all, or a part; shrinks towards nothing.

    Args:
        kb: whose terms; the numbers, days and texts that its rules name are among the values.
        field: the name of a field of proposals or of measures.

    Raises:
        UsageError: there is no such field.
    """
    known = {about.name: about for about in kb.knowledge.fields.every}
    if field not in known:
        raise UsageError(f"unknown field `{field}`", did_you_mean(field, known))
    return refinements(kb, known[field], UNKNOWN)


def measures(kb: KnowledgeBase, *, id: str = measure_id(0)) -> st.SearchStrategy[Measure]:
    """Measures of which some fields are known; shrinks towards one of which nothing is.

    Args:
        kb: whose terms.
        id: of the measure.
    """
    return _told(kb, kb.knowledge.fields.measure).map(lambda told: Measure(id=id, **told))


def proposals(kb: KnowledgeBase, *, max_measures: int = 4) -> st.SearchStrategy[Proposal]:
    """Proposals with some measures; shrinks towards one of which nothing is known.

    Args:
        kb: whose terms.
        max_measures: how many measures it may have.
    """
    headers = _told(kb, kb.knowledge.fields.proposal).map(lambda told: Proposal(**told))
    return st.builds(joined, headers, st.lists(measures(kb), max_size=max_measures))


def from_examples(kb: KnowledgeBase, *, max_measures: int = 4) -> st.SearchStrategy[Proposal]:
    """Proposals recombined from the examples of the rules: the header of one, the measures of several.

    Much more is found of these than of proposals at random.

    Args:
        kb: a pack with examples.
        max_measures: how many measures it may have.

    Raises:
        UsageError: the rules have no examples.
    """
    shown = [example.proposal for rule in kb.rules for example in rule.examples]
    if not shown:
        raise UsageError(f"the rules of `{kb.name}` have no examples")
    every = [measure for proposal in shown for measure in proposal.measures]
    headers = st.sampled_from(shown).map(lambda proposal: evolve(proposal, measures=()))
    held = st.lists(st.sampled_from(every), max_size=max_measures) if every else st.just([])
    return st.builds(joined, headers, held)


def joined(proposal: Proposal, further: Iterable[Measure]) -> Proposal:
    """The proposal with measures after its own, named so that each has a name of its own."""
    listed = list(proposal.measures)
    for measure in further:
        listed.append(evolve(measure, id=measure_id(len(listed))))
    return evolve(proposal, measures=tuple(listed))


@lru_cache(maxsize=1 << 12)
def refinements(kb: KnowledgeBase, field: Field, loosest: Value) -> st.SearchStrategy[Value]:
    """Values that say all that a value says, and perhaps more; shrinks towards that value.

    Args:
        kb: whose terms.
        field: whose values they are.
        loosest: what is known already; open.
    """
    pools = _pools(kb, field, loosest)
    fewest = st.just(loosest)
    if field.single and loosest.yes:
        return st.just(Value.exactly(*loosest.yes))
    most = 1 if field.single else _MOST
    added = st.lists(st.one_of(pools), max_size=most if pools else 0, unique=True).map(frozenset)
    exact = added.map(lambda more: Value.exactly(*loosest.yes, *more))
    return st.one_of(fewest, exact, st.builds(lambda yes, no: _part(kb, field, loosest, yes, no), added, added))


def _part(kb: KnowledgeBase, field: Field, loosest: Value, more: frozenset[Atom], without: frozenset[Atom]) -> Value:
    """A value of which not all is known. Of a field with one value at most, what is there is not partly known."""
    yes = loosest.yes if field.single else loosest.yes | more
    no = frozenset(atom for atom in loosest.no | without if _apart(kb, field, atom, yes))
    return Value(yes=yes, no=with_narrower(no, field.vocabulary, kb.knowledge.vocabularies))


def _apart(kb: KnowledgeBase, field: Field, absent: Atom, yes: frozenset[Atom]) -> bool:
    """Whether it can be absent where these are there: none of them is a narrower term, or a part of the citation."""
    if field.type == "terms":
        return yes.isdisjoint(kb.knowledge.vocabularies[field.vocabulary].narrower([str(absent)]))
    return Value.exactly(*yes).has_any(frozenset({absent})) is Truth.NO


def _pools(kb: KnowledgeBase, field: Field, loosest: Value) -> list[st.SearchStrategy[Any]]:
    """What may be added to a value without touching what is known not to be there."""
    named = _named(kb, field)
    allowed = [atom for atom in named if Value.exactly(atom).has_any(loosest.no) is Truth.NO]
    pools: list[st.SearchStrategy[Any]] = [st.sampled_from(allowed)] if allowed else []
    if field.type in {"terms", "citation"} or loosest.no:
        return pools
    others: dict[str, st.SearchStrategy[Any]] = {
        "amount": st.integers(0, _LARGEST),
        "number": st.integers(0, _LARGEST),
        "date": st.dates(),
        # Blank text is none.
        "text": st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).map(
            lambda text: text if text.strip() else "text"
        ),
    }
    return [*pools, others[field.type]]


@lru_cache(maxsize=256)
def _named(kb: KnowledgeBase, field: Field) -> tuple[Atom, ...]:
    """What the pack names of a field's type: terms, citations of facts and rules, numbers, days and texts of rules."""
    if field.type == "terms":
        vocabulary = kb.knowledge.vocabularies.get(field.vocabulary)
        return tuple(sorted(vocabulary.terms)) if vocabulary else ()
    if field.type == "citation":
        cited = {
            wider
            for cited_atom in (*_of_facts(kb), *_of_rules(kb, field))
            for wider in broader_citations(str(cited_atom))
        }
        return tuple(sorted({*cited, *_ELSEWHERE}))
    return tuple(sorted(set(_of_rules(kb, field)), key=str))


def _of_facts(kb: KnowledgeBase) -> Iterator[Atom]:
    for kind in kb.knowledge.kinds.values():
        cited = [name for name, field in kind.fields.items() if field.type == "citation"]
        for fact in kb.knowledge.facts.get(kind.name, ()):
            yield from (atom for name in cited for atom in fact.values[name].yes)


def _of_rules(kb: KnowledgeBase, field: Field) -> Iterator[Atom]:
    conditions = (condition for rule in kb.rules for condition in rule.conditions)
    for test in (asked for condition in conditions for asked in tests_in(condition)):
        if test.field.type == field.type:
            yield from test.written


def _told(kb: KnowledgeBase, fields: Mapping[str, Field]) -> st.SearchStrategy[dict[str, Any]]:
    """Values of some of the fields, by name."""
    usable = {
        name: refinements(kb, field, UNKNOWN)
        for name, field in fields.items()
        if field.type != "terms" or field.vocabulary in kb.knowledge.vocabularies
    }
    return st.fixed_dictionaries({}, optional=usable)


# Proposals around plans: what a plan needs stays, the rest is filled in at random.

_FILLED = 4
_FURTHER = 2


def around(kb: KnowledgeBase, plans: Sequence[Plan]) -> st.SearchStrategy[Proposal]:
    """One of the plans, filled in where it may be; shrinks towards the first plan as it is.

    Args:
        kb: whose terms.
        plans: at least one.
    """
    return _filled(kb, plans, st.lists(measures(kb), max_size=_FURTHER))


@st.composite
def _filled(
    draw: st.DrawFn, kb: KnowledgeBase, plans: Sequence[Plan], further: st.SearchStrategy[list[Measure]]
) -> Proposal:
    plan = draw(st.sampled_from(plans))
    proposal = plan.proposal
    for slot in draw(st.lists(st.sampled_from(sorted(plan.room)), max_size=_FILLED, unique=True)):
        proposal = with_value(
            proposal, slot, draw(refinements(kb, field_at(slot, kb.knowledge.fields), plan.room[slot]))
        )
    return joined(proposal, draw(further)) if plan.extendable else proposal
