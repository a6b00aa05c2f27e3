"""What does no work in a pack, of what the pack itself brings: one answer for `consistent lint` and `consistent vacuity`.

What packs below bring that this one does not use is no fault of it, and is left out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from consistent.checker import KnowledgeBase
from consistent.engine.plain import Scene, evaluate
from consistent.knowledge.entries import Fact
from consistent.model.proposal import Field, Fields, Measure, Proposal
from consistent.model.values import Atom
from consistent.model.vocabulary import Term
from consistent.rules.conditions import Condition, FactExists, KnownValues, facts_in, tests_in
from consistent.rules.program import FactLookup
from consistent.rules.rule import Rule
from consistent.truth import Truth

__all__ = ["Firing", "Measured", "Unused", "firings", "measured", "unread_facts", "unused", "unused_terms"]

# How often each rule speaks in a corpus of proposals.


@frozen
class Firing:
    """How often a rule speaks.

    Attributes:
        judged: the number of measures that were judged; of proposals, for a rule on the proposal as a whole.
        applies: of these, where the rule applies.
        open: where it may.
        set_aside: where it would apply but for an exception or a stronger rule.
    """

    rule: Rule
    judged: int
    applies: int
    open: int
    set_aside: int

    @property
    def silent(self) -> bool:
        """Whether it says nothing of anything, not even that something is open."""
        return not self.applies + self.open + self.set_aside

    @property
    def share(self) -> float:
        """The part of what was judged on which it applies, from 0 to 1; 0 where nothing was judged."""
        return self.applies / self.judged if self.judged else 0.0


def firings(
    kb: KnowledgeBase, proposals: Iterable[Proposal], *, as_of: date | None = None, engine: str = "auto"
) -> tuple[Firing, ...]:
    """Check every proposal and count, in order of the rules that hold on the day.

    Args:
        kb: the pack.
        proposals: the corpus.
        as_of: the day whose facts and rules count; today unless given.
        engine: see `engine_named`.

    Raises:
        UsageError: the engine cannot be had.
        EngineError: the engine did not do all of its work.
    """
    outcomes: dict[str, Counter[str]] = {known.id: Counter() for known in kb.rules}
    documents = measures = 0
    running: tuple[Rule, ...] = ()
    for proposal in proposals:
        case = kb.case(proposal, as_of=as_of, engine=engine)
        running = tuple(compiled.rule for compiled in case.program.rules)
        documents += 1
        measures += len(proposal.measures)
        for (rule, _), outcome in case.states().items():
            outcomes[rule][outcome] += 1
    return tuple(
        Firing(
            rule=counted,
            judged=measures if counted.scope == "measure" else documents,
            applies=outcomes[counted.id]["applies"],
            open=outcomes[counted.id]["open"],
            set_aside=outcomes[counted.id]["excepted"] + outcomes[counted.id]["defeated"],
        )
        for counted in running
    )


# Facts that no rule reads, and terms that no rule, fact or proposal uses.

_NOBODY = Proposal(measures=(Measure(id="measure"),))


def unread_facts(kb: KnowledgeBase, facts: FactLookup) -> Iterator[Fact]:
    """The facts of a day that can make no difference to any rule, in order of kind.

    A rule reads a fact where the fact passes all that a condition asks of the fact by itself, or where a condition asks for
    every value that facts of its kind have.
    """
    conditions = [condition for rule in kb.rules for condition in rule.conditions]
    asked = {known.kind for condition in conditions for known in _known_values(condition)}
    searches = [fact for condition in conditions for fact in facts_in(condition)]
    for kind in kb.knowledge.kinds:
        if kind not in asked:
            looking = [search for search in searches if search.kind == kind]
            yield from (
                fact for fact in facts.of_kind(kind) if not any(_lets_in(search, fact, facts) for search in looking)
            )


def unused_terms(kb: KnowledgeBase, proposals: Iterable[Proposal] = ()) -> Iterator[tuple[str, Term]]:
    """Terms that no rule asks for, no fact has and no proposal has, each with the name of its vocabulary.

    A rule that asks for a term asks for every narrower one too; a fact or a proposal that has a term uses what is broader.
    """
    used: dict[str, set[str]] = {name: set() for name in kb.knowledge.vocabularies}
    for rule in kb.rules:
        for condition in rule.conditions:
            for test in tests_in(condition):
                if test.field.type == "terms" and test.named is not None:
                    used[test.field.vocabulary].update(map(str, test.named))
    for field, atoms in (*_of_facts(kb), *_of_proposals(proposals, kb.knowledge.fields)):
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
    yield from (test.operand for test in tests_in(condition) if isinstance(test.operand, KnownValues))


def _lets_in(search: FactExists, fact: Fact, facts: FactLookup) -> bool:
    """Whether some proposal could join the fact: with nothing known of it, what refers to it is unknown."""
    measure = _NOBODY.measures[0]
    return evaluate(search.part, Scene(_NOBODY, facts, measure, fact=fact)) is not Truth.NO


def _of_facts(kb: KnowledgeBase) -> Iterator[tuple[Field, Iterable[Atom]]]:
    for kind in kb.knowledge.kinds.values():
        for fact in kb.knowledge.facts.get(kind.name, ()):
            yield from ((field, fact.values[name].yes) for name, field in kind.fields.items())


def _of_proposals(proposals: Iterable[Proposal], fields: Fields) -> Iterator[tuple[Field, Iterable[Atom]]]:
    for proposal in proposals:
        parts: tuple[Proposal | Measure, ...] = (proposal, *proposal.measures)
        for part in parts:
            yield from ((field, part.value(name).yes) for name, field in fields.of(part).items())


# From where on a rule says so much that it says nothing.
_NEARLY_ALL = 0.9


@frozen
class Unused:
    """Facts and terms that nothing uses.

    Attributes:
        facts: that no rule reads, in order of kind.
        terms: that no rule, fact or proposal uses, each with the name of its vocabulary.
    """

    facts: tuple[Fact, ...]
    terms: tuple[tuple[str, Term], ...]


@frozen
class Measured:
    """Rules of which a corpus shows little, in order of the rules.

    Attributes:
        silent: that say nothing of any proposal.
        everywhere: that apply nearly everywhere.
    """

    silent: tuple[Firing, ...]
    everywhere: tuple[Firing, ...]


def unused(kb: KnowledgeBase, day: date, proposals: Iterable[Proposal] = ()) -> Unused:
    """The facts and terms of a pack that nothing uses.

    Args:
        kb: the pack.
        day: whose facts count.
        proposals: whose terms count as used.
    """
    return Unused(
        facts=tuple(fact for fact in unread_facts(kb, kb.program(day).facts) if fact.pack == kb.name),
        terms=tuple((name, term) for name, term in unused_terms(kb, proposals) if term.pack == kb.name),
    )


def measured(
    kb: KnowledgeBase, proposals: Iterable[Proposal], day: date | None = None, engine: str = "auto"
) -> Measured:
    """The rules of a pack that a corpus never or nearly always meets; none without proposals.

    Args:
        kb: the pack.
        proposals: the corpus.
        day: whose facts and rules count; today unless given.
        engine: see `engine_named`.

    Raises:
        UsageError: the engine cannot be had.
        EngineError: the engine did not do all of its work.
    """
    own = [firing for firing in firings(kb, proposals, as_of=day, engine=engine) if firing.rule.pack == kb.name]
    return Measured(
        silent=tuple(firing for firing in own if firing.silent),
        everywhere=tuple(firing for firing in own if firing.share >= _NEARLY_ALL),
    )
