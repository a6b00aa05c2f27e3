"""The search for a counterexample to a guarantee.

First candidates are built by the solver. For a guarantee that says `never`, each rule that could say what must not be said is made
to apply beside what is given. For one that says `always`, a proposal of which the given holds is taken, and each rule that keeps the
guarantee there is ruled out, excepted or defeated in turn, down to a bounded depth. Every candidate is tried as it is, and with all
unknown that it does not need. Then hypothesis draws proposals around these.

A counterexample is always one that the checker confirmed. That none was found proves nothing; `proving.guarantees` does.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice

from attrs import define, evolve, field, frozen

from consistent.authoring.guarantees.judging import (
    Counterexample,
    breaking,
    breaking_of,
    least,
    needed_program,
    written,
)
from consistent.authoring.proving.cache import Decisions, SolverCache
from consistent.checker import KnowledgeBase
from consistent.engine.choosing import columns_engine
from consistent.engine.plain import PlainEngine
from consistent.errors import EngineError
from consistent.findings.case import Case
from consistent.findings.states import states
from consistent.model.proposal import Proposal, fields_in
from consistent.model.vocabulary import Vocabularies
from consistent.plugins import installed_version
from consistent.rules.compiling import compile_condition
from consistent.rules.guarantees import Guarantee
from consistent.rules.program import Clause, Program
from consistent.rules.rule import Rule
from consistent.solving.goals import Goal, Goals, Plan, Wanted, plan_of
from consistent.solving.search import Search

__all__ = ["Candidate", "CandidateSource", "Searched", "search_guarantee"]

# Bounds of the search for candidates.
_STEPS = 400
_EACH_WAY = 2
_WAYS_OUT = 10
_WAYS_IN = 6
_DEPTH = 4


@frozen
class Candidate:
    """A proposal that may break a guarantee, with the plan that it was built by: the least that it must have."""

    proposal: Proposal
    plan: Plan


@define(eq=False)
class CandidateSource:
    """Builds proposals that are likely to break a guarantee.

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
        self._rules = {compiled.rule.id: compiled.rule for compiled in self.program.rules}
        self._conditions = {compiled.rule.id: compiled.when for compiled in self.program.rules}
        self._goals = Goals(self.program)

    def candidates(self) -> Iterator[Candidate]:
        """The candidates, in a fixed order.

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

    def _made_to_speak(self, given: Goal) -> Iterator[Candidate]:
        """Each rule that may say what must never be said, made to say it."""
        if self.guarantee.kind == "never":
            for rule in self._speaking(self.guarantee.expected.rules):
                # Where its condition alone cannot hold beside what is given, no way to make it apply need be tried.
                holding = Wanted(self._conditions[rule.id], holds=True)
                if next(self._solved((*given, holding), rule), None) is not None:
                    for goal in islice(self._goals.applies(rule.id), _WAYS_IN):
                        yield from self._solved(given + goal, rule)

    def _beside(self, given: Goal) -> Iterator[Candidate]:
        """Each rule that it speaks beside, alone and with one that may turn a judgement."""
        beside = self.guarantee.beside
        if beside is None:
            return
        dimensions = {dimension for dimension, _ in self.guarantee.expected.judgement}
        turning = [
            candidate
            for candidate in self._rules.values()
            if candidate.verdict == "aligned" and candidate.dimension in dimensions
        ]
        for rule in self._speaking(beside.rules):
            ways = list(islice(self._goals.applies(rule.id), _EACH_WAY))
            yield from chain.from_iterable(self._solved(given + goal, rule) for goal in ways)
            for other in turning:
                also = islice(self._goals.applies(other.id), 1)
                yield from chain.from_iterable(
                    self._solved(given + goal + more, rule, other) for more in also for goal in ways[:1]
                )

    def _taken_away(self, goal: Goal, depth: int) -> Iterator[Candidate]:
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
        expected = [rule for rule in self.guarantee.expected.rules if rule in settled]
        return tuple(name for name in expected if any(state.outcome == "applies" for state in settled[name]))

    def _speaking(self, names: tuple[str, ...]) -> Iterator[Rule]:
        """The rules among those that hold on the day and can say something where the guarantee looks."""
        for name in names:
            rule = self._rules.get(name)
            if rule is not None and (self.guarantee.scope == "proposal" or rule.scope == "measure"):
                yield rule

    def _solved(self, goal: Goal, *rules: Rule) -> Iterator[Candidate]:
        judged = self.guarantee.scope == "measure" or any(rule.scope == "measure" for rule in rules)
        search = Search(self.vocabularies, max_steps=_STEPS)
        for proposal in islice(search.proposals(goal, judged=judged), _EACH_WAY):
            yield Candidate(proposal, plan_of(proposal, goal, fields_in(self.vocabularies), judged=judged))


_AIMED = 40
_DRAWN = 30
_NOTHING = Proposal()


@frozen(kw_only=True)
class Searched:
    """What came of a search.

    Attributes:
        tried: the number of proposals that were tried.
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
    cache: SolverCache | None = None,
) -> Searched:
    """Look for a proposal on which a guarantee does not hold.

    Args:
        kb: the pack that promises it.
        guarantee: one of its guarantees.
        as_of: the day whose facts and rules count; today unless given.
        engine: see `engine_named`. With `auto` many proposals are tried at once, in columns, and what is found is confirmed by the
            engine of a check.
        aimed: how many proposals to try that are built to break it.
        drawn: how many to draw at random around these.
        cache: of what was decided before, made before the pack was loaded from its files: of a guarantee against which the same search
            found nothing, nothing is sought again. That nothing is found now goes there.

    Raises:
        InputError: its condition is too wide.
        UsageError: the engine cannot be had.
        EngineError: the engine did not do all of its work, or does not confirm what was found in columns.
    """
    case = kb.case(_NOTHING, as_of=as_of, engine=engine)
    needed = needed_program(case.program, guarantee)
    rules = [compiled.rule.id for compiled in needed.rules]
    question: tuple[str, ...] = ()
    decisions = Decisions(case.program)
    if cache is not None:
        decisions = cache.on(case.program, 0)
        question = _question(guarantee, engine, aimed, drawn)
        known = decisions.known(question, rules)
        if isinstance(known, int):
            return Searched(guarantee=guarantee, tried=known, counterexample=None)
    trying = evolve(case, program=needed, engine=columns_engine() if engine == "auto" else case.engine)
    # INVARIANT: what is tried hangs on these rules alone, as what is kept stands under them.
    tried, proposal = _search(kb.only(lambda rule: rule.id in rules), guarantee, trying, aimed, drawn)
    if proposal is None:
        decisions.note(question, rules, tried)
        return Searched(guarantee=guarantee, tried=tried, counterexample=None)
    # By the engine of a check and with all rules, so that the report tells whatever there is to tell.
    broken = breaking(guarantee, case.of(proposal))
    if broken is None:
        raise EngineError(
            f"{trying.engine.name} finds that `{guarantee.id}` is broken, {case.engine.name} that it is kept"
        )
    return Searched(guarantee=guarantee, tried=tried, counterexample=broken)


def _question(guarantee: Guarantee, engine: str, aimed: int, drawn: int) -> tuple[str, ...]:
    """What is asked of the rules, in words that tell it from any other search."""
    draws = installed_version("hypothesis") or ""
    return ("nothing found against", *written(guarantee), engine, str(aimed), str(drawn), draws)


def _search(kb: KnowledgeBase, guarantee: Guarantee, case: Case, aimed: int, drawn: int) -> tuple[int, Proposal | None]:
    """How many proposals were tried, and the least on which the guarantee does not hold, if one was found."""
    source = CandidateSource(guarantee, case.program, kb.knowledge.vocabularies)
    candidates = list(islice(source.candidates(), aimed))
    tried: dict[Proposal, None] = {}
    for made in _made(kb, candidates, drawn):
        new = [proposal for proposal in dict.fromkeys(made) if proposal not in tried]
        place = next(breaking_of(guarantee, case, new), None)
        if place is not None:
            return len(tried) + place + 1, least(guarantee, case.of(new[place]))
        tried |= dict.fromkeys(new)
    return len(tried), None


def _made(kb: KnowledgeBase, candidates: list[Candidate], drawn: int) -> Iterator[list[Proposal]]:
    """What is tried, in turn: what is built, as it is and with what is not needed unknown; then what is drawn around it."""
    yield [proposal for candidate in candidates for proposal in (candidate.proposal, candidate.plan.proposal)]
    yield _drawn(kb, candidates, drawn)


def _drawn(kb: KnowledgeBase, candidates: list[Candidate], most: int) -> list[Proposal]:
    """Proposals around the candidates: the same every time."""
    if not candidates or not most:
        return []
    # Whoever reads, proves or counts guarantees draws nothing, and need not wait for hypothesis.
    from hypothesis import HealthCheck, Phase, given, settings  # noqa: PLC0415  as said above

    from consistent.authoring.strategies.of_pack import around  # noqa: PLC0415  as said above

    found: list[Proposal] = []

    # No shrinking: `least` makes a counterexample smaller with far fewer checks.
    @settings(
        max_examples=most, deadline=None, database=None, derandomize=True,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(around(kb, [candidate.plan for candidate in candidates]))
    def draw(proposal: Proposal) -> None:
        found.append(proposal)

    draw()
    return found
