"""The search for a counterexample to a guarantee.

It is aimed first. For a guarantee that says `never`, each rule that could say what must not be said is made to apply beside what
is given. For one that says `always`, a proposal of which the given holds is taken, and what makes it keep the guarantee is taken
away: each rule that speaks is ruled out, excepted or defeated in turn, and what is then found is tried again. Every proposal is
tried as it comes, and with all left unknown that is not needed. Then proposals around these are drawn at random.

What is found is a counterexample, put to the checker. That nothing is found proves nothing.
"""

from datetime import date
from itertools import islice

from attrs import define, evolve, field, frozen
from hypothesis import HealthCheck, Phase, given, settings

from consistent.checker import KnowledgeBase
from consistent.findings.case import Case
from consistent.guarantees.guarantee import Guarantee
from consistent.model.proposal import Proposal
from consistent.rules.program import Program
from consistent.rules.scenarios.goals import Goals
from consistent.testing.guarantees.aiming import Aim, Shot
from consistent.testing.guarantees.counterexample import Counterexample, breaking, least
from consistent.testing.strategies.filling import around

__all__ = ["Searched", "needed_program", "search_guarantee"]

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
