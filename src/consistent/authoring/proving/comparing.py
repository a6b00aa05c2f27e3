"""What a change of rules changes in meaning: each rule before and after, on all proposals at once."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal

from attrs import define, evolve, field, frozen

from consistent.authoring.proving._symbolic import bounded
from consistent.authoring.proving.formulas import Formula, both, opposite
from consistent.authoring.proving.outcomes import Outcome, differ
from consistent.authoring.proving.witnesses import Bounds, SolverSession, conditions_of, measures_for, verified
from consistent.checker import KnowledgeBase
from consistent.errors import EngineError
from consistent.locking import cached_property
from consistent.model.proposal import Proposal
from consistent.model.text import today
from consistent.model.vocabulary import Vocabularies, Vocabulary
from consistent.rules.conditions import as_named
from consistent.rules.program import CompiledRule, Program
from consistent.rules.rule import Rule
from consistent.solving.goals import Goals

__all__ = ["Change", "Comparison", "Meaning", "compare_packs"]

Meaning = Literal["added", "removed", "equal", "narrower", "wider", "different"]


@frozen(kw_only=True)
class Change:
    """What became of one rule.

    Attributes:
        rule: the id.
        meaning: `narrower` applies to less than before, `wider` to more; `different` to other things, or it says something
            else, or of some it is open, excepted or defeated where it was not.
        said: what the rule says otherwise where it applies: `verdict`, `ground`, `dimension`, `principle`; most often nothing.
        witness: a proposal on which the two come out differently; None where there is none.
        before: as what the rule came out there; empty where there is no witness.
        after: as what it comes out.
        bounds: of which proposals it was decided.
        concepts: those on which it rests, before or after, and that stand for something else now.
    """

    rule: str
    meaning: Meaning
    said: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    witness: Proposal | None = None
    before: str = ""
    after: str = ""
    bounds: Bounds = Bounds()


@frozen(kw_only=True)
class Comparison:
    """All rules of two packs, in order of the newer one; those that are gone come last."""

    changes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Whether no proposal is judged otherwise."""
        return all(change.meaning == "equal" for change in self.changes)


def compare_packs(old: KnowledgeBase, new: KnowledgeBase, *, as_of: date | None = None) -> Comparison:
    """Compare two packs rule by rule, on all proposals in the terms of either.

    Args:
        old: the pack as it was.
        new: the pack as it is.
        as_of: the day whose facts and rules count; today unless given.

    Raises:
        UsageError: the solver is not installed.
        EngineError: the evaluator does not find what the solver predicts.
    """
    day = as_of or today()
    pair = _Pair((old.program(day), new.program(day)), _merged(old.knowledge.vocabularies, new.knowledge.vocabularies))
    return Comparison(changes=tuple(pair.changes()))


_Differing = Callable[[Outcome, Outcome], Formula]


@define(eq=False)
class _Pair:
    """Two programs before one symbolic proposal."""

    programs: tuple[Program, Program]
    vocabularies: Vocabularies
    _measures: int = field(init=False)
    _compiled: tuple[dict[str, CompiledRule], dict[str, CompiledRule]] = field(init=False)
    _goals: tuple[Goals, Goals] = field(init=False)

    def __attrs_post_init__(self) -> None:
        before, after = self.programs
        self._measures = measures_for([*conditions_of(before), *conditions_of(after)])
        self._compiled = ({each.rule.id: each for each in before.rules}, {each.rule.id: each for each in after.rules})
        self._goals = Goals(before), Goals(after)

    @cached_property
    def _session(self) -> SolverSession:
        """Of the rules that may have changed in meaning, with what defeats them; made for the first of them.

        Where conditions compare fields with each other, of all rules: what is told apart then hangs on the values that any names.
        """
        names = {
            above
            for name in self._compiled[1]
            if name in self._compiled[0] and not self._is_alike(name)
            for goals in self._goals
            for above in goals.with_stronger(name)
        }
        fewer = tuple(
            evolve(program, rules=tuple(each for each in program.rules if each.rule.id in names))
            for program in self.programs
        )
        asked = self.programs if any(bounded(conditions_of(program)) for program in fewer) else fewer
        return SolverSession(asked, self.vocabularies, self._measures)

    def _is_alike(self, name: str) -> bool:
        """Whether a rule and all that defeats it come down to the same clauses, facts joined in: then no proposal tells them apart."""
        before, after = (goals.with_stronger(name) for goals in self._goals)
        return list(before) == list(after) and all(
            _said(self._compiled[0][above]) == _said(self._compiled[1][above]) for above in after
        )

    def changes(self) -> Iterator[Change]:
        before, after = ({compiled.rule.id: compiled.rule for compiled in program.rules} for program in self.programs)
        for name, rule in after.items():
            yield self._change(before[name], rule) if name in before else Change(rule=name, meaning="added")
        yield from (Change(rule=name, meaning="removed") for name in before if name not in after)

    def _change(self, old: Rule, new: Rule) -> Change:
        return evolve(self._changed(old, new), concepts=_changed_concepts(old, new))

    def _changed(self, old: Rule, new: Rule) -> Change:
        said = tuple(
            attribute
            for attribute in ("verdict", "ground", "dimension", "principle")
            if getattr(old, attribute) != getattr(new, attribute)
        )
        name, bounds = new.id, self._bounds(new.id)
        if old.scope != new.scope:
            return Change(rule=name, meaning="different", said=("scope", *said), bounds=bounds)
        if self._is_alike(name):
            return Change(rule=name, meaning="different" if said else "equal", said=said, bounds=bounds)
        less = self._can(_less(*self._outcomes(self._session, new)), new)
        more = self._can(_more(*self._outcomes(self._session, new)), new)
        other = less or more or self._can(differ(*self._outcomes(self._session, new)), new)
        if not other:
            return Change(rule=name, meaning="different" if said else "equal", said=said, bounds=bounds)
        meaning: Meaning = "different" if said or less is more else "narrower" if less else "wider"
        differing = _less if less else _more if more else differ
        return self._shown(Change(rule=name, meaning=meaning, said=said, bounds=bounds), new, differing)

    def _can(self, formula: Formula, rule: Rule) -> bool:
        answer = self._session.solver.can([*_there(self._session, rule), formula])
        if answer == "unknown":
            raise EngineError(f"the solver does not decide what changes of `{rule.id}`")
        return answer == "yes"

    def _shown(self, change: Change, rule: Rule, differing: _Differing) -> Change:
        """The change with the smallest proposal on which the rule comes out otherwise, put to the evaluator."""
        programs = tuple(_with_stronger(whole, rule.id) for whole in self.programs)
        conditions = [condition for program in programs for condition in conditions_of(program)]
        session = SolverSession(programs, self.vocabularies, measures_for(conditions))
        outcomes = self._outcomes(session, rule)
        witness = session.smallest([*_there(session, rule), differing(*outcomes)])
        if witness is None:
            raise EngineError(f"the solver finds no proposal that shows what changes of `{rule.id}`")
        place = 0 if rule.scope == "measure" else None
        names = [session.became(outcome) for outcome in outcomes]
        for program, name in zip(programs, names, strict=True):
            verified(program, witness, [(rule.id, place, name)])
        return evolve(change, witness=witness, before=names[0], after=names[1])

    def _outcomes(self, session: SolverSession, rule: Rule) -> tuple[Outcome, Outcome]:
        place = 0 if rule.scope == "measure" else None
        return session.outcomes[0].of(rule.id, place), session.outcomes[1].of(rule.id, place)

    def _bounds(self, name: str) -> Bounds:
        conditions = [
            condition for program in self.programs for condition in conditions_of(_with_stronger(program, name))
        ]
        return Bounds.of(conditions, self._measures)


def _said(compiled: CompiledRule) -> tuple[object, ...]:
    """All of a rule on which it hangs what becomes of it."""
    return compiled.when, compiled.unless, compiled.rule.scope, compiled.rule.defeats


def _changed_concepts(old: Rule, new: Rule) -> tuple[str, ...]:
    """The concepts of both versions of a rule that are not written alike."""
    before, after = ({concept.id: concept for concept in rule.concepts} for rule in (old, new))
    shared = (name for name in after if name in before)
    return tuple(name for name in shared if as_named(before[name].condition) != as_named(after[name].condition))


def _less(old: Outcome, new: Outcome) -> Formula:
    return both((old.applies, opposite(new.applies)))


def _more(old: Outcome, new: Outcome) -> Formula:
    return both((new.applies, opposite(old.applies)))


def _there(session: SolverSession, rule: Rule) -> tuple[Formula, ...]:
    return session.proposal.present[:1] if rule.scope == "measure" else ()


def _with_stronger(program: Program, name: str) -> Program:
    kept = set(Goals(program).with_stronger(name))
    return evolve(program, rules=tuple(compiled for compiled in program.rules if compiled.rule.id in kept))


def _merged(old: Vocabularies, new: Vocabularies) -> Vocabularies:
    """The terms of both; a term of both lies where the newer pack has it."""
    names = dict.fromkeys((*old, *new))
    terms = {
        name: {**(old[name].terms if name in old else {}), **(new[name].terms if name in new else {})} for name in names
    }
    return {name: Vocabulary(name, term) for name, term in terms.items()}
