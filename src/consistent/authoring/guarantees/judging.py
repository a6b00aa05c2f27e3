"""Whether what is found of a proposal keeps a guarantee."""

import json
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from consistent.engine.plain import Scene, evaluate
from consistent.findings.case import Case
from consistent.findings.judgement import judge
from consistent.findings.judging import ground_of
from consistent.findings.settling import Settlement
from consistent.findings.states import State, states
from consistent.model.proposal import Measure, Proposal, fields_in
from consistent.model.values import Value
from consistent.model.vocabulary import Vocabularies, Vocabulary
from consistent.rules.guarantees import Guarantee, Pattern
from consistent.rules.program import Program
from consistent.rules.rule import Dimension, Ground, Rule, Verdict
from consistent.solving.goals import Goals, field_at, left_out, slots_of, value_at, with_value
from consistent.truth import Truth

__all__ = ["Breach", "Counterexample", "breaches", "breaking", "breaking_of", "least", "needed_program", "written"]


def needed_program(program: Program, guarantee: Guarantee) -> Program:
    """The rules on which it depends whether a guarantee is kept.

    Args:
        program: the rules of a day.
        guarantee: of their pack.

    Returns:
        The program with those rules alone that the guarantee names, all rules of a dimension that it judges, and whatever
        defeats one of these, directly or not.
    """
    patterns = [pattern for pattern in (guarantee.expected, guarantee.beside) if pattern is not None]
    dimensions = {dimension for pattern in patterns for dimension, _ in pattern.judgement}
    goals = Goals(program)
    listed = {name for pattern in patterns for name in pattern.rules}
    rules = [compiled.rule for compiled in program.rules]
    named = [rule.id for rule in rules if rule.id in listed or rule.dimension in dimensions]
    kept = {name for rule in named for name in goals.with_stronger(rule)}
    return evolve(program, rules=tuple(compiled for compiled in program.rules if compiled.rule.id in kept))


def written(guarantee: Guarantee) -> tuple[str, str]:
    """A guarantee by its id and all that its file says of it: what is kept of one must not be taken for another's."""
    file, key = guarantee.anchor.file, guarantee.anchor.key
    return guarantee.id, json.dumps(file.data[str(key[0])], sort_keys=True, default=str)


@frozen(kw_only=True)
class Breach:
    """Where a guarantee is not kept.

    Attributes:
        measure: the id; None where the proposal as a whole is meant.
        rules: those that say what must not be said, in order; empty of a guarantee that says `always`, and of one that
            speaks of judgements.
    """

    measure: str | None
    rules: tuple[str, ...] = ()


def breaches(guarantee: Guarantee, case: Case) -> Iterator[Breach]:
    """Every place where a guarantee is not kept.

    Args:
        guarantee: of the pack that the case is by.
        case: without waivers.

    Raises:
        EngineError: the engine did not do all of its work.
    """
    yield from _breaches(guarantee, case, _stated(case))


def breaking_of(guarantee: Guarantee, case: Case, proposals: Sequence[Proposal]) -> Iterator[int]:
    """The places of those among many proposals that do not keep a guarantee, in order.

    They are put to the engine as many at a time as it takes. What comes of it is that of `breaches`, one after the other.

    Args:
        guarantee: of the pack that the case is by.
        case: without waivers; whatever its proposal is.
        proposals: of any number.

    Raises:
        EngineError: the engine did not do all of its work.
    """
    for first in range(0, len(proposals), case.engine.most):
        some = proposals[first : first + case.engine.most]
        settlement = Settlement.of(case.engine.batch(case.program, some))
        for index, proposal in enumerate(some):
            stated = ((row.compiled.rule, row.measure, row.state) for row in settlement.rows(index))
            if next(_breaches(guarantee, case.of(proposal), stated), None) is not None:
                yield first + index


# What became of a rule on a measure, or on the proposal as a whole; what does not apply is left out.
_Stated = tuple[Rule, Measure | None, State]


def _stated(case: Case) -> Iterator[_Stated]:
    proposal, program = case.proposal, case.program
    settled = states(program, case.engine.evaluate(program, proposal))
    for rule in (compiled.rule for compiled in program.rules):
        judged: tuple[Measure | None, ...] = proposal.measures if rule.scope == "measure" else (None,)
        for measure, state in zip(judged, settled[rule.id], strict=True):
            if state.outcome != "not-applicable":
                yield rule, measure, state


def _breaches(guarantee: Guarantee, case: Case, stated: Iterable[_Stated]) -> Iterator[Breach]:
    proposal = case.proposal
    judged: tuple[Measure | None, ...] = proposal.measures if guarantee.scope == "measure" else (None,)
    findings = _Findings(case, stated)
    for measure in judged:
        if guarantee.given is not None:
            scene = Scene(proposal, case.program.facts, measure, measure)
            if evaluate(guarantee.given, scene) is not Truth.YES:
                continue
        where = measure.id if measure else None
        if guarantee.beside is not None and not findings.holds(guarantee.beside, where):
            continue
        if findings.holds(guarantee.expected, where) is (guarantee.kind == "never"):
            yield Breach(measure=where, rules=findings.rules(guarantee.expected, where))


@frozen(kw_only=True)
class _Spoken:
    """A rule that says something of a measure or of the proposal; what `judge` needs of a finding, without the texts."""

    rule: Rule
    of: Measure | None
    outcome: str
    met: bool
    scene: Scene
    waived: None = None

    @property
    def dimension(self) -> Dimension:
        return self.rule.dimension

    @property
    def measure(self) -> str | None:
        return None if self.of is None else self.of.id

    @property
    def verdict(self) -> Verdict:
        return self.rule.verdict

    @property
    def ground(self) -> Ground:
        return ground_of(self.rule, self.scene)


class _Findings:
    """What the rules say of a proposal, as far as patterns of guarantees ask for it: to write a whole report takes far longer."""

    def __init__(self, case: Case, stated: Iterable[_Stated]) -> None:
        proposal, facts = case.proposal, case.program.facts
        self._measures = [measure.id for measure in proposal.measures]
        self._said = [
            _Spoken(
                rule=rule, of=measure, outcome=state.outcome, scene=Scene(proposal, facts, measure, measure),
                met=state.exception is not None and rule.verdict == "condition",
            )
            for rule, measure, state in stated
        ]  # fmt: skip

    def holds(self, pattern: Pattern, measure: str | None) -> bool:
        """Whether what is meant is found of a measure, or of anything where none is named."""
        if not pattern.judgement:
            return bool(self.rules(pattern, measure))
        beaten = self._where("excepted", "defeated")
        given = dict(judge(self._where("applies"), self._where("open"), beaten, self._measures))
        return all(given[dimension] in grades for dimension, grades in pattern.judgement)

    def rules(self, pattern: Pattern, measure: str | None) -> tuple[str, ...]:
        """The rules that say what is meant."""
        meant = self._where("applies", "open") if pattern.open else self._where("applies")
        named = set(pattern.rules)
        found = {
            said.rule.id
            for said in meant
            if said.rule.id in named
            and (measure is None or said.measure == measure)
            and (not pattern.grounds or said.ground in pattern.grounds)
        }
        return tuple(sorted(found))

    def _where(self, *outcomes: str) -> list[_Spoken]:
        return [said for said in self._said if said.outcome in outcomes]


# A proposal that breaks a guarantee, and the least of it that still does.


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


def least(guarantee: Guarantee, case: Case) -> Proposal:
    """The least of a proposal that does not keep a guarantee: without measures and values that do not matter.

    Args:
        guarantee: that is broken.
        case: by whose engine the proposal breaks it.

    Raises:
        EngineError: the engine did not do all of its work.
    """
    proposal = case.proposal
    while True:
        smaller = list(_smaller(proposal, case.knowledge.vocabularies))
        place = next(breaking_of(guarantee, case, smaller), None)
        if place is None:
            return proposal
        proposal = smaller[place]


def _smaller(proposal: Proposal, vocabularies: Vocabularies) -> Iterator[Proposal]:
    """The proposal with one thing less: a measure, what is known of a field, or one of several values."""
    for number in range(len(proposal.measures)):
        yield evolve(proposal, measures=proposal.measures[:number] + proposal.measures[number + 1 :])
    for slot in slots_of(proposal):
        value = value_at(proposal, slot)
        if value != left_out(slot):
            yield with_value(proposal, slot, left_out(slot))
        for less in _less(value, vocabularies.get(field_at(slot, fields_in(vocabularies)).vocabulary)):
            yield with_value(proposal, slot, less)


def _less(value: Value, vocabulary: Vocabulary | None) -> Iterator[Value]:
    for atom in sorted(value.yes, key=str):
        yield evolve(value, yes=value.yes - {atom})
    for atom in sorted(value.no, key=str):
        # What is narrower than a term that is ruled out is ruled out with it.
        if vocabulary is None or value.no.isdisjoint(vocabulary.broader(str(atom))):
            yield evolve(value, no=value.no - {atom})
