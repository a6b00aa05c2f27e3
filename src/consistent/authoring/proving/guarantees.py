"""Whether a guarantee holds of every proposal."""

from datetime import date
from typing import Literal

from attrs import define, evolve, field, frozen

from consistent.authoring.guarantees.judging import Counterexample, breaking, needed_program, written
from consistent.authoring.proving._symbolic import bounded
from consistent.authoring.proving.cache import Decisions, SolverCache
from consistent.authoring.proving.formulas import Formula, OutOfTimeError, both, opposite
from consistent.authoring.proving.translating import Spot
from consistent.authoring.proving.witnesses import OTHERS, Bounds, SolverSession, conditions_of, measures_for
from consistent.checker import KnowledgeBase
from consistent.errors import EngineError
from consistent.findings.case import Case
from consistent.locking import cached_property
from consistent.model.proposal import Proposal
from consistent.rules.conditions import Condition
from consistent.rules.guarantees import Guarantee
from consistent.rules.program import Program

__all__ = ["Proof", "Prover", "Status"]

Status = Literal["proved", "refuted", "undecided"]
# A grade depends on whether there is, anywhere, a conflict, one on firm ground, one measure without that, a missing condition,
# something favourable (on law, and on any ground), something open. A measure for each is enough, and one more for what is
# found beside.
_MEASURES_OF_A_GRADE = 8


@frozen(kw_only=True)
class Proof:
    """What came of a guarantee.

    Attributes:
        status: `proved` of all proposals; `refuted`, with a counterexample; `undecided` where time ran out.
        speaks: whether there is a proposal of which it says anything.
        bounds: of which proposals it was decided.
    """

    guarantee: Guarantee
    status: Status
    counterexample: Counterexample | None = None
    speaks: bool = True
    bounds: Bounds = Bounds()


@define(eq=False)
class Prover:
    """Proves the guarantees of a pack; the rules are translated for the solver once, for all guarantees.

    Attributes:
        kb: the pack that promises them.
        as_of: the day whose facts and rules count; today unless given.
        others: how many measures there may be beside the judged one, where conditions look at several.
        cache: of what was decided before; what is proved now goes there.
    """

    kb: KnowledgeBase
    as_of: date | None = None
    others: int = OTHERS
    cache: SolverCache | None = None
    _case: Case = field(init=False)
    _needs: dict[str, tuple[int, Bounds]] = field(init=False)
    _measures: int = field(init=False)
    _decisions: Decisions = field(init=False)

    def __attrs_post_init__(self) -> None:
        kb = self.kb
        self._case = kb.case(Proposal(), as_of=self.as_of, engine="plain")
        self._needs = {
            guarantee.id: _measures(guarantee, needed_program(self._case.program, guarantee), self.others)
            for guarantee in kb.guarantees
        }
        self._measures = max((most for most, _ in self._needs.values()), default=1)
        program = self._case.program
        self._decisions = self.cache.on(program, self._measures) if self.cache else Decisions(program)

    @cached_property
    def _session(self) -> SolverSession:
        """Made for the first guarantee that was not decided before."""
        further = tuple(given for guarantee in self.kb.guarantees for given in _given(guarantee))
        return SolverSession((self._case.program,), self.kb.knowledge.vocabularies, self._measures, further)

    def prove(self, guarantee: Guarantee, seconds: float | None = None) -> Proof:
        """Prove a guarantee, or find the smallest proposal that breaks it.

        Args:
            guarantee: of the pack.
            seconds: after which it is left undecided; no bound unless given.

        Raises:
            UsageError: the solver is not installed.
            EngineError: the checker does not find what the proof predicts.
        """
        measures, bounds = self._needs[guarantee.id]
        found = Proof(guarantee=guarantee, status="undecided", bounds=bounds)
        # Only what is proved stays: a counterexample is found anew, with the proposal as the checker has it.
        question, rules = self._question(guarantee)
        speaks = self._decisions.known(question, rules) if question else None
        if speaks is not None:
            return evolve(found, status="proved", speaks=bool(speaks))
        try:
            proof = self._decided(found, measures, seconds)
        except OutOfTimeError:
            return found
        if proof.status == "proved" and question:
            self._decisions.note(question, rules, proof.speaks)
        return proof

    def _question(self, guarantee: Guarantee) -> tuple[tuple[str, ...], list[str]]:
        """What is decided of a guarantee, in words that hold all that it says, and the rules; no words where it is not kept.

        A guarantee that compares fields is not: what is told apart there hangs on all others.
        """
        if self.cache is None or bounded(_given(guarantee)):
            return (), []
        rules = [compiled.rule.id for compiled in needed_program(self._case.program, guarantee).rules]
        return ("proved, and speaks", *written(guarantee)), rules

    def _decided(self, found: Proof, measures: int, seconds: float | None) -> Proof:
        """The proof as far as it comes in time."""
        session, guarantee = self._session, found.guarantee
        session.solver.restart(seconds)
        spoken, breach = _spoken_of(guarantee, session)
        within = [spoken, *map(opposite, session.proposal.present[measures:])]
        answer = session.solver.can([*within, breach])
        if answer == "unknown":
            return found
        if answer == "no":
            return evolve(found, status="proved", speaks=session.solver.can(within) != "no")
        counterexample = self._counterexample(guarantee, measures, seconds)
        # Where there is a bound, time may run out before it is found.
        return found if counterexample is None else evolve(found, status="refuted", counterexample=counterexample)

    def _counterexample(self, guarantee: Guarantee, measures: int, seconds: float | None) -> Counterexample | None:
        # Apart from all other rules, what is smallest is found far sooner.
        program = needed_program(self._case.program, guarantee)
        session = SolverSession((program,), self.kb.knowledge.vocabularies, measures, _given(guarantee), seconds)
        proposal = session.smallest(_spoken_of(guarantee, session))
        if proposal is None and seconds is not None:
            return None
        found = None if proposal is None else breaking(guarantee, self._case.of(proposal))
        if found is None:
            raise EngineError(f"the proof finds that `{guarantee.id}` is broken, the checker that it is kept")
        return found


def _given(guarantee: Guarantee) -> tuple[Condition, ...]:
    return () if guarantee.given is None else (guarantee.given,)


def _spoken_of(guarantee: Guarantee, session: SolverSession) -> tuple[Formula, Formula]:
    """That the guarantee speaks of the proposal, and that it is not kept; as `guarantees.judging.breaches`."""
    outcomes = session.outcomes[0]
    # The order of measures changes nothing, so that the first can stand for whichever is meant.
    place = 0 if guarantee.scope == "measure" else None
    there = True if place is None else session.proposal.present[0]
    given = True if guarantee.given is None else outcomes.translator.truth(guarantee.given, Spot(place, place)).sure
    beside = True if guarantee.beside is None else outcomes.says(guarantee.beside, place)
    found = outcomes.says(guarantee.expected, place)
    return both((there, given, beside)), found if guarantee.kind == "never" else opposite(found)


def _measures(guarantee: Guarantee, program: Program, others: int) -> tuple[int, Bounds]:
    """How many measures suffice to decide a guarantee, and of which proposals that decides it."""
    conditions = [*conditions_of(program), *_given(guarantee)]
    measures = measures_for(conditions, others)
    bounds = Bounds.of(conditions, measures)
    if bounds.measures is not None:
        return measures, bounds
    if guarantee.expected.judgement or (guarantee.beside is not None and guarantee.beside.judgement):
        dimensions = {
            name for pattern in (guarantee.expected, guarantee.beside) if pattern for name, _ in pattern.judgement
        }
        return _MEASURES_OF_A_GRADE * max(1, len(dimensions)), bounds
    # What is said of one measure depends on no other: one for what is expected, and one for what it stands beside.
    return 1 if guarantee.scope == "measure" else 2, bounds
