"""The plain evaluator: reads conditions as they are written, one measure at a time.

It shares nothing with those that it judges but the rules themselves and the meaning of one test: it reads neither what
`compiling` made of a rule nor `_answers`. Slow and obvious on purpose: it is the oracle for every other engine.
"""

from collections.abc import Callable, Sequence

from attrs import frozen

from consistent.engine.batch import Batch
from consistent.knowledge.entries import Fact
from consistent.model.proposal import Measure, Proposal
from consistent.model.values import Value
from consistent.rules.conditions import (
    FLIPPED,
    All,
    Any,
    Condition,
    Count,
    FactExists,
    KnownValues,
    Named,
    Not,
    Other,
    Reference,
    Test,
)
from consistent.rules.program import FactLookup, Program, RuleTruths, ask, compare
from consistent.shown import Shown
from consistent.truth import Truth, all_of, any_of

__all__ = ["PlainEngine", "Scene", "evaluate", "passes"]


@frozen
class Scene(Shown):
    """What the words of a condition stand for at one point.

    Attributes:
        measure: `measure` in the condition; None in a rule on the proposal as a whole.
        judged: the judged measure, where `measure` is another one.
        fact: the fact whose tests are read.
    """

    proposal: Proposal
    facts: FactLookup
    measure: Measure | None = None
    judged: Measure | None = None
    fact: Fact | None = None

    def value(self, scope: str, name: str) -> Value:
        """What is known of a field of the proposal, a measure, or the fact."""
        if scope == "fact" and self.fact is not None:
            return self.fact.values[name]
        if scope == "measure":
            return self.proposal.value(name, self.measure)
        return self.proposal.value(name, self.judged if scope == "judged" else None)


class PlainEngine:
    """The plain evaluator behind the engine protocol."""

    name = "plain"
    most = 1

    def prepare(self, program: Program) -> None:
        """Note that there is nothing to note; see `Engine`."""
        program.note_made(self.name, None)

    def batch(self, program: Program, proposals: Sequence[Proposal]) -> Batch:
        """What holds of each rule, of the one proposal that it takes; see `Engine`."""
        (proposal,) = proposals
        return Batch.of_truths(program, proposal, self.evaluate(program, proposal))

    def evaluate(self, program: Program, proposal: Proposal) -> tuple[RuleTruths, ...]:
        """What holds of each rule of the program; see `Engine`."""
        truths = []
        for compiled in program.rules:
            rule = compiled.rule
            measures = proposal.measures if rule.scope == "measure" else (None,)
            scenes = [Scene(proposal, program.facts, measure, measure) for measure in measures]
            when = tuple(evaluate(rule.when, scene) for scene in scenes)
            unless = tuple(tuple(evaluate(exception.condition, scene) for scene in scenes) for exception in rule.unless)
            truths.append(RuleTruths(when, unless))
        return tuple(truths)


def evaluate(condition: Condition, scene: Scene, parts: Callable[[Condition, Scene], Truth] | None = None) -> Truth:
    """Whether a condition holds.

    Args:
        condition: as it is written.
        scene: what its words stand for.
        parts: evaluates the conditions within it, for who asks for those too; this function unless given.
    """
    inner = parts or evaluate
    match condition:
        case Test():
            return evaluate_test(condition, scene)
        case All(conditions):
            return all_of(inner(part, scene) for part in conditions)
        case Any(conditions):
            return any_of(inner(part, scene) for part in conditions)
        case Not(part):
            return inner(part, scene).negated()
        case Named():
            return inner(condition.part, scene)
        case FactExists(kind, part):
            facts = scene.facts.of_kind(kind)
            return any_of(inner(part, Scene(scene.proposal, scene.facts, scene.measure, fact=fact)) for fact in facts)
        case Other(part):
            others = (measure for measure in scene.proposal.measures if measure is not scene.judged)
            return any_of(inner(part, _moved(scene, other)) for other in others)
        case Count(part, at_least, at_most, total=total):
            truths = [inner(part, _moved(scene, measure)) for measure in scene.proposal.measures]
            if total is not None:
                return _evaluate_sum(total, truths, scene)
            sure = sum(truth is Truth.YES for truth in truths)
            possible = sum(truth is not Truth.NO for truth in truths)
            return all_of((_reaches(sure, possible, at_least), _exceeds(sure, possible, at_most).negated()))


def passes(test: Test, fact: Fact, facts: FactLookup) -> Truth:
    """Whether a fact passes a test that reads nothing else."""
    return _answer(test, fact.values[test.field.name], facts)


def _answer(test: Test, value: Value, facts: FactLookup) -> Truth:
    """What a value says to a test that compares it with no other."""
    if isinstance(test.operand, KnownValues):
        return ask(test.operator, facts.values(test.operand, test.field), value)
    return ask(test.operator, test.operand, value)


def evaluate_test(test: Test, scene: Scene) -> Truth:
    """Whether one test is passed."""
    value = scene.value(test.scope, test.field.name)
    match test.operand:
        case Reference(scope, field):
            other = scene.value(scope, field.name)
            if scene.fact is None:
                return compare(test.operator, value, other, test.operand)
            if test.operator == "any":
                return ask("any", scene.facts.closed(value.yes, test.field), other)
            # A fact's own value is compared with one that may be unknown: asked the other way round.
            flipped = FLIPPED[test.operator]
            return any_of(ask(flipped, atom, other) for atom in value.yes)
        case _:
            return _answer(test, value, scene.facts)


def _evaluate_sum(test: Test, truths: Sequence[Truth], scene: Scene) -> Truth:
    """Whether the amounts of the measures that count, taken together, pass a test; an amount that is not known may be any."""
    reference = test.operand if isinstance(test.operand, Reference) else Reference("proposal", test.field)
    is_given = isinstance(test.operand, int)
    bound = Value.exactly(test.operand) if is_given else scene.value("proposal", reference.field.name)  # type: ignore[arg-type]  # an atom, where it is given
    sums = [0, 0]
    endless = False
    for measure, truth in zip(scene.proposal.measures, truths, strict=True):
        value = scene.proposal.value(test.field.name, measure)
        amount = max(map(int, value.yes), default=0)  # type: ignore[arg-type]  # amounts
        if truth is Truth.YES:
            sums = [each + amount for each in sums]
        elif truth is Truth.UNKNOWN:
            sums[amount > 0] += amount
        endless = endless or (truth is not Truth.NO and value.open and not value.yes)
    least, most = (compare(test.operator, Value.exactly(each), bound, reference) for each in sums)
    if endless and bound.yes:
        most = Truth.of(test.operator in {"over", "at_least"})
    return least if least is most else Truth.UNKNOWN


def _moved(scene: Scene, measure: Measure) -> Scene:
    return Scene(scene.proposal, scene.facts, measure, scene.judged)


def _reaches(sure: int, possible: int, bound: int | None) -> Truth:
    if bound is None or sure >= bound:
        return Truth.YES
    return Truth.UNKNOWN if possible >= bound else Truth.NO


def _exceeds(sure: int, possible: int, bound: int | None) -> Truth:
    return Truth.NO if bound is None else _reaches(sure, possible, bound + 1)
