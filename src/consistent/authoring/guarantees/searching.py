"""The search for a counterexample to a guarantee.

It is aimed first. For a guarantee that says `never`, each rule that could say what must not be said is made to apply beside what
is given. For one that says `always`, a proposal of which the given holds is taken, and what makes it keep the guarantee is taken
away: each rule that speaks is ruled out, excepted or defeated in turn, and what is then found is tried again. Every proposal is
tried as it comes, and with all left unknown that is not needed. Then proposals around these are drawn at random.

What is found is a counterexample, put to the checker. That nothing is found proves nothing.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice

from attrs import define, evolve, field, frozen

from consistent.authoring.guarantees.judging import Counterexample, breaking, least
from consistent.checker import KnowledgeBase
from consistent.engine.plain import PlainEngine
from consistent.findings.case import Case
from consistent.findings.states import states
from consistent.model.proposal import Proposal
from consistent.model.vocabulary import Vocabularies
from consistent.rules.compiling import compile_condition
from consistent.rules.guarantees import Guarantee
from consistent.rules.program import Clause, Program
from consistent.rules.rule import Rule
from consistent.solving.goals import Goal, Goals, Plan, Wanted, plan_of
from consistent.solving.search import Search

__all__ = ["Aim", "Searched", "Shot", "needed_program", "search_guarantee"]

# Proposals that are built to break a guarantee, and how far they may be filled in.

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


_AIMED = 40
_DRAWN = 30
_NOTHING = Proposal()


@frozen(kw_only=True)
class Searched:
    """What came of a search.

    Attributes:
        tried: the number of proposals that were put to the checker.
        counterexample: None where none was found, which proves nothing.
    """

    guarantee: Guarantee
    tried: int
    counterexample: Counterexample | None


def search_guarantee(
    kb: KnowledgeBase,
    guarantee: Guarantee,
    *,
    as_of: date | None = None,
    engine: str = "auto",
    aimed: int = _AIMED,
    drawn: int = _DRAWN,
) -> Searched:
    """Look for a proposal on which a guarantee does not hold.

    Args:
        kb: the pack that promises it.
        guarantee: one of its guarantees.
        as_of: the day whose facts and rules count; today unless given.
        engine: `auto`, `durable-rules` or `plain`.
        aimed: how many proposals to try that are built to break it.
        drawn: how many to draw at random around these.

    Raises:
        InputError: its condition is too wide.
        UsageError: the engine cannot be had.
        EngineError: the engine did not do all of its work.
    """
    case = kb.case(_NOTHING, as_of=as_of, engine=engine)
    needed = evolve(case, program=needed_program(case.program, guarantee))
    aim = Aim(guarantee, needed.program, kb.knowledge.vocabularies)
    shots = list(islice(aim.shots(), aimed))
    hunt = _Hunt(guarantee, needed)
    found = hunt.aimed(shots) or hunt.drawn(kb, shots, drawn)
    if found is not None:
        # With all rules again, so that the report tells whatever there is to tell.
        found = breaking(guarantee, case.of(least(found).case.proposal)) or found
    return Searched(guarantee=guarantee, tried=hunt.tried, counterexample=found)


def needed_program(program: Program, guarantee: Guarantee) -> Program:
    """The rules that matter to the guarantee: those that it names, all of a dimension that it judges, and what defeats these."""
    patterns = [each for each in (guarantee.expected, guarantee.beside) if each is not None]
    dimensions = {dimension for each in patterns for dimension, _ in each.judgement}
    goals = Goals(program)
    listed = {name for each in patterns for name in each.rules}
    named = [each.rule.id for each in program.rules if each.rule.id in listed or each.rule.dimension in dimensions]
    kept = {name for each in named for name in goals.with_stronger(each)}
    return evolve(program, rules=tuple(each for each in program.rules if each.rule.id in kept))


@define(eq=False)
class _Hunt:
    """Puts proposals to the checker until one breaks the guarantee."""

    guarantee: Guarantee
    case: Case
    tried: int = 0
    _seen: set[Proposal] = field(factory=set)

    def aimed(self, shots: list[Shot]) -> Counterexample | None:
        """What is built to break it, as it is and with what is not needed unknown."""
        tries = (self._try(each) for shot in shots for each in (shot.proposal, shot.plan.proposal))
        return next((found for found in tries if found), None)

    def drawn(self, kb: KnowledgeBase, shots: list[Shot], most: int) -> Counterexample | None:
        """What is drawn around it."""
        if not shots or not most:
            return None
        # Whoever reads, proves or counts guarantees draws nothing, and need not wait for hypothesis.
        from hypothesis import HealthCheck, Phase, given, settings  # noqa: PLC0415  as said above

        from consistent.authoring.strategies.of_pack import around  # noqa: PLC0415  as said above

        found: list[Counterexample] = []

        # What is found is made smaller by taking things away; to draw anew for that would take far longer.
        @settings(
            max_examples=most, deadline=None, database=None, derandomize=True,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(around(kb, [each.plan for each in shots]))
        def look(proposal: Proposal) -> None:
            if not found and (broken := self._try(proposal)):
                found.append(broken)

        look()
        return found[0] if found else None

    def _try(self, proposal: Proposal) -> Counterexample | None:
        if proposal in self._seen:
            return None
        self._seen.add(proposal)
        self.tried += 1
        return breaking(self.guarantee, self.case.of(proposal))
