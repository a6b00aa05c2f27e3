"""Proposals that are built to break a guarantee, and how far they may be filled in."""

from collections.abc import Iterator
from itertools import chain, islice

from attrs import define, field, frozen

from consistent.engine.plain import PlainEngine
from consistent.findings.states import states
from consistent.guarantees.guarantee import Guarantee
from consistent.model.proposal import Proposal
from consistent.model.vocabulary import Vocabularies
from consistent.rules.compiling import compile_condition
from consistent.rules.program import Clause, Program
from consistent.rules.rule import Rule
from consistent.rules.scenarios.goals import Goal, Goals, Wanted
from consistent.rules.scenarios.plans import Plan, plan_of
from consistent.rules.scenarios.solving import Search

__all__ = ["Aim", "Shot"]

_STEPS = 400
_EACH_WAY = 2
_WAYS_OUT = 10
_WAYS_IN = 6
_DEPTH = 4


@frozen
class Shot:
    """A proposal to be tried, and the least of it that still meets what it was built for."""

    proposal: Proposal
    plan: Plan


@define(eq=False)
class Aim:
    """What a guarantee can be broken with.

    Attributes:
        program: the rules that matter to it.
        vocabularies: of the pack.
    """

    guarantee: Guarantee
    program: Program
    vocabularies: Vocabularies
    _rules: dict[str, Rule] = field(init=False)
    _conditions: dict[str, frozenset[Clause]] = field(init=False)
    _goals: Goals = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._rules = {each.rule.id: each.rule for each in self.program.rules}
        self._conditions = {each.rule.id: each.when for each in self.program.rules}
        self._goals = Goals(self.program)

    def shots(self) -> Iterator[Shot]:
        """Proposals that are likely to break it, in a fixed order.

        Raises:
            InputError: its condition is too wide.
        """
        given = self._given()
        yield from self._made_to_speak(given)
        yield from self._beside(given)
        if given:
            yield from self._taken_away(given, _DEPTH)

    def _given(self) -> Goal:
        guarantee = self.guarantee
        if guarantee.given is None:
            return ()
        clauses = compile_condition(guarantee.given, self.program.facts, guarantee.anchor.location)
        return (Wanted(clauses, holds=True),)

    def _made_to_speak(self, given: Goal) -> Iterator[Shot]:
        """Each rule that may say what must never be said, made to say it."""
        if self.guarantee.kind == "never":
            for rule in self._speaking(self.guarantee.expected.rules):
                # Where its condition alone cannot hold beside what is given, no way to make it apply need be tried.
                holding = Wanted(self._conditions[rule.id], holds=True)
                if next(self._solved((*given, holding), rule), None) is not None:
                    for goal in islice(self._goals.applies(rule.id), _WAYS_IN):
                        yield from self._solved(given + goal, rule)

    def _beside(self, given: Goal) -> Iterator[Shot]:
        """Each rule that it speaks beside, alone and with one that may turn a judgement."""
        beside = self.guarantee.beside
        if beside is None:
            return
        dimensions = {dimension for dimension, _ in self.guarantee.expected.judgement}
        turning = [each for each in self._rules.values() if each.verdict == "aligned" and each.dimension in dimensions]
        for rule in self._speaking(beside.rules):
            ways = list(islice(self._goals.applies(rule.id), _EACH_WAY))
            yield from chain.from_iterable(self._solved(given + goal, rule) for goal in ways)
            for other in turning:
                also = islice(self._goals.applies(other.id), 1)
                yield from chain.from_iterable(
                    self._solved(given + goal + more, rule, other) for more in also for goal in ways[:1]
                )

    def _taken_away(self, goal: Goal, depth: int) -> Iterator[Shot]:
        """What is given alone; then without each rule that speaks on what was found so far."""
        found = next(self._solved(goal), None)
        if found is None:
            return
        yield found
        speaking = self._applying(found.proposal) if depth and self.guarantee.kind == "always" else ()
        for name in speaking[:1]:
            for way in islice(self._goals.out(name), _WAYS_OUT):
                yield from self._taken_away(goal + way, depth - 1)

    def _applying(self, proposal: Proposal) -> tuple[str, ...]:
        """The rules that say on a proposal what is expected."""
        settled = states(self.program, PlainEngine().evaluate(self.program, proposal))
        expected = [each for each in self.guarantee.expected.rules if each in settled]
        return tuple(name for name in expected if any(each.outcome == "applies" for each in settled[name]))

    def _speaking(self, names: tuple[str, ...]) -> Iterator[Rule]:
        """The rules among those that hold on the day and can say something where the guarantee looks."""
        for name in names:
            rule = self._rules.get(name)
            if rule is not None and (self.guarantee.scope == "proposal" or rule.scope == "measure"):
                yield rule

    def _solved(self, goal: Goal, *rules: Rule) -> Iterator[Shot]:
        judged = self.guarantee.scope == "measure" or any(each.scope == "measure" for each in rules)
        search = Search(self.vocabularies, max_steps=_STEPS)
        for each in islice(search.proposals(goal, judged=judged), _EACH_WAY):
            yield Shot(each, plan_of(each, goal, judged=judged))
