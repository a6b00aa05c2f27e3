"""Strategies for proposals on which one rule comes out in a given way: it applies, nearly applies, is open, defeated or excepted.

The proposals are found when a strategy is built, by the solver (`solving`), and checked by the plain evaluator there. To draw only
picks one and fills it in, so that hypothesis never has to reject an example (no `filter`, no `assume`).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from attrs import evolve, frozen
from hypothesis import strategies as st

from consistent.authoring.strategies.of_pack import around
from consistent.checker import KnowledgeBase
from consistent.engine.plain import PlainEngine
from consistent.errors import UsageError
from consistent.findings.states import states
from consistent.model.proposal import Measure, Proposal, fields_in
from consistent.model.text import today
from consistent.model.values import UNKNOWN
from consistent.rules.program import Answer, Program, Undecided
from consistent.rules.reads import fields_read
from consistent.rules.rule import Rule
from consistent.solving.goals import Goal, Goals, Plan, loose_plan, plan_of, slot_key, slots_of, value_at, with_value
from consistent.solving.search import Search, measure_id

__all__ = ["defeated_under", "excepted_under", "flagged_by", "nearly_flagged_by", "open_under"]

# How many different proposals a strategy starts from, and how many of them one way to the outcome gives.
_PLANS = 24
_EACH_WAY = 3
# How many other values of each field are tried.
_VARIANTS = 2
# Of how many proposals that the rule flags each field is blanked out in turn.
_BLANKED = 6


def flagged_by(kb: KnowledgeBase, rule: str, *, as_of: date | None = None) -> st.SearchStrategy[Proposal]:
    """Proposals on whose first measure, or on which, the rule applies.

    Args:
        kb: the rules.
        rule: the id of one, as `KnowledgeBase.rule` takes it.
        as_of: the day whose facts and rules count; today unless given, or where the rule does not hold today its last day,
            or else its first.

    Raises:
        UsageError: there is no such rule, it does not hold on that day, or there are no such proposals.
    """
    target = _Target.at(kb, rule, as_of)
    return target.strategy("applies", target.goals.applies(target.rule.id), "flags nothing")


def nearly_flagged_by(kb: KnowledgeBase, rule: str, *, as_of: date | None = None) -> st.SearchStrategy[Proposal]:
    """Proposals that the rule leaves alone by one literal of one clause, numbers and days at their boundary first.

    No exception holds and no stronger rule applies or is open, so that the one literal is all that stands in its way.
    Arguments and errors as those of `flagged_by`.
    """
    target = _Target.at(kb, rule, as_of)
    return target.strategy(
        "not-applicable", target.goals.nearly_applies(target.rule.id), "leaves nothing narrowly alone"
    )


def open_under(kb: KnowledgeBase, rule: str, *, as_of: date | None = None) -> st.SearchStrategy[Proposal]:
    """Proposals on which the rule is open: of which nothing is known, and which it would flag but for one unknown field.

    Arguments and errors as those of `flagged_by`.
    """
    return _Target.at(kb, rule, as_of).open()


def defeated_under(kb: KnowledgeBase, rule: str, *, as_of: date | None = None) -> st.SearchStrategy[Proposal]:
    """Proposals on which the rule would apply, and a stronger one does.

    Arguments and errors as those of `flagged_by`; it is an error too where no rule defeats it.
    """
    target = _Target.at(kb, rule, as_of)
    if not target.goals.above(target.rule.id):
        raise UsageError(f"no rule defeats `{target.rule.id}`", "a stronger rule names it under `defeats`")
    return target.strategy("defeated", target.goals.defeated(target.rule.id), "is never defeated")


def excepted_under(kb: KnowledgeBase, rule: str, *, as_of: date | None = None) -> st.SearchStrategy[Proposal]:
    """Proposals on which the rule's condition holds, and an exception does.

    Arguments and errors as those of `flagged_by`; it is an error too where the rule has no exception.
    """
    target = _Target.at(kb, rule, as_of)
    if not target.rule.unless:
        raise UsageError(f"rule `{target.rule.id}` has no exception", "exceptions stand under `[[unless]]`")
    return target.strategy("excepted", target.goals.excepted(target.rule.id), "is never excepted")


@frozen(eq=False)
class _Target:
    """The rule that proposals are aimed at, on one day.

    Attributes:
        program: the rule, and those that can defeat it, directly or not.
    """

    kb: KnowledgeBase
    rule: Rule
    program: Program
    goals: Goals

    @classmethod
    def at(cls, kb: KnowledgeBase, name: str, as_of: date | None) -> "_Target":
        rule = kb.rule(name)
        whole = kb.program(as_of or rule.period.nearest(today()))
        goals = Goals(whole)
        if all(compiled.rule.id != rule.id for compiled in whole.rules):
            raise UsageError(f"rule `{rule.id}` does not hold on that day", _holds(rule))
        wanted = goals.with_stronger(rule.id)
        program = evolve(whole, rules=tuple(compiled for compiled in whole.rules if compiled.rule.id in wanted))
        return cls(kb, rule, program, goals)

    @property
    def judged(self) -> bool:
        """Whether the rule judges measures."""
        return self.rule.scope == "measure"

    def outcome(self, proposal: Proposal) -> str:
        """What becomes of the rule, by the plain evaluator."""
        return states(self.program, PlainEngine().evaluate(self.program, proposal))[self.rule.id][0].outcome

    def strategy(self, outcome: str, goals: Iterable[Goal], not_found: str) -> st.SearchStrategy[Proposal]:
        """Proposals that meet one of the goals.

        Raises:
            UsageError: there are none.
        """
        search = Search(self.kb.knowledge.vocabularies)
        plans = list(islice(self._plans(search, outcome, goals), _PLANS))
        if not plans:
            raise UsageError(f"rule `{self.rule.id}` {not_found}", self._reason(search))
        return around(self.kb, plans)

    def open(self) -> st.SearchStrategy[Proposal]:
        """Proposals on which the rule is open.

        Raises:
            UsageError: there are none.
        """
        conditions = [clauses for compiled in self.program.rules for clauses in compiled.conditions]
        found = dict.fromkeys(proposal for proposal in self._unsettled() if self.outcome(proposal) == "open")
        plans = [loose_plan(proposal, conditions) for proposal in islice(found, _PLANS)]
        if not plans:
            raise UsageError(f"rule `{self.rule.id}` is never open", "it asks for nothing that can be unknown")
        return around(self.kb, plans)

    def _plans(self, search: Search, outcome: str, goals: Iterable[Goal]) -> Iterator[Plan]:
        seen: set[Proposal] = set()
        for goal in goals:
            if search.cut_short:
                return
            found = search.proposals(goal, judged=self.judged, variants=_VARIANTS)
            for proposal in islice(found, _EACH_WAY):
                plan = plan_of(proposal, goal, fields_in(search.vocabularies), judged=self.judged)
                if plan.proposal not in seen and self.outcome(plan.proposal) == outcome:
                    seen.add(plan.proposal)
                    yield plan

    def _unsettled(self) -> Iterator[Proposal]:
        """Proposals of which nothing is known, then those on which the rule applies with one field less."""
        search = Search(self.kb.knowledge.vocabularies)
        unsaid = (proposal for size in range(int(self.judged), search.max_measures + 1) for proposal in _unsaid(size))
        yield from islice((proposal for proposal in unsaid if self.outcome(proposal) == "open"), 1)
        read = fields_read(clauses for compiled in self.program.rules for clauses in compiled.conditions)
        for plan in islice(self._plans(search, "applies", self.goals.applies(self.rule.id)), _BLANKED):
            for slot in slots_of(plan.proposal):
                if slot_key(slot) in read and not value_at(plan.proposal, slot).unknown:
                    yield with_value(plan.proposal, slot, UNKNOWN)

    def _reason(self, search: Search) -> str:
        """Why nothing was found."""
        if search.cut_short:
            return f"nothing was found in {search.max_steps} steps; split the rule"
        compiled = next(candidate for candidate in self.program.rules if candidate.rule.id == self.rule.id)
        if compiled.when and all(any(map(_undecided, clause)) for clause in compiled.when):
            return "its condition rests on facts that leave it undecided whatever a proposal says"
        return "its condition, its exceptions and the rules that defeat it leave no room for that"


def _unsaid(size: int) -> Iterator[Proposal]:
    """A proposal with all fields at their defaults, and one with all fields unknown, those whose default is known too."""
    proposal = Proposal(measures=tuple(Measure(id=measure_id(number)) for number in range(size)))
    yield proposal
    for slot in slots_of(proposal):
        proposal = with_value(proposal, slot, UNKNOWN)
    yield proposal


def _undecided(literal: object) -> bool:
    return isinstance(literal, Answer) and isinstance(literal.column, Undecided)


def _holds(rule: Rule) -> str:
    since, until = rule.period.valid_from, rule.period.valid_to
    return " ".join(["it holds", *([f"from {since}"] if since else []), *([f"until {until}"] if until else [])])
