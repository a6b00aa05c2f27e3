"""Measures what the tests of a pack show of each point of its rules.

A test shows a point **true** where the point holds of what is judged, and **false** where it does not. The point **decides
while true** where the rule would say something else, had it been false; **decides while false** the other way round. Both are
what modified condition/decision coverage asks for, in its masking form: what another condition hides does not count.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from attrs import define, field, frozen

from consistent.authoring.concept_rules import beside_rules
from consistent.authoring.suite.golden_files import Golden
from consistent.checker import KnowledgeBase
from consistent.engine.plain import PlainEngine, Scene, evaluate
from consistent.findings.states import states
from consistent.model.proposal import Measure, Proposal
from consistent.model.text import today
from consistent.rules.conditions import (
    All,
    Any,
    Condition,
    Count,
    FactExists,
    Named,
    Not,
    Other,
    Test,
    children,
    first_place,
    with_children,
)
from consistent.rules.program import FactLookup
from consistent.rules.rule import Rule
from consistent.toml.tomlfile import KeyPath
from consistent.truth import Truth, any_of

__all__ = [
    "Coverage",
    "Figures",
    "Measured",
    "Path",
    "Point",
    "PointKind",
    "RuleCoverage",
    "Trial",
    "cover",
    "measure",
    "points_of",
    "replaced",
]

# The points of a rule: every condition, alternative, join and exception that a test can find true or false.

PointKind = Literal["condition", "alternative", "join", "exception", "superiority"]
# Steps from a condition down to one of its parts.
Path = tuple[int, ...]


@frozen(eq=False)
class Point:
    """Something of a rule that can be true or false.

    Attributes:
        rule: the id.
        kind: a `condition` is one test or concept; an `alternative` one branch of several; a `join` looks for a fact or a measure; an
            `exception` is an `unless` as a whole; a `superiority` is a rule that the rule defeats.
        part: the exception that it stands in; None in `when`.
        path: where in the condition; empty for the whole.
        condition: itself; None for a superiority.
        where: its key in the rule's file.
        defeats: the id of the weaker rule, of a superiority.
    """

    rule: str
    kind: PointKind
    part: int | None
    path: Path
    condition: Condition | None
    where: KeyPath
    defeats: str = ""


def points_of(rule: Rule) -> Iterator[Point]:
    """The points of a rule, in the order of writing."""
    yield from _inside(rule, None, rule.when, (), ("when",))
    for number, exception in enumerate(rule.unless):
        at: KeyPath = ("unless", number)
        condition = exception.condition
        if not _is_leaf(condition):
            yield Point(rule.id, "exception", number, (), condition, at)
        yield from _inside(rule, number, condition, (), at)
    for number, weaker in enumerate(rule.defeats):
        yield Point(rule.id, "superiority", None, (), None, ("defeats", number), weaker)


def _inside(rule: Rule, part: int | None, condition: Condition, path: Path, at: KeyPath) -> Iterator[Point]:
    match condition:
        case Test() | Named() | Not(Test() | Named()):
            asked = condition.part if isinstance(condition, Not) else condition
            where = asked.where if isinstance(asked, Test | Named) else at
            yield Point(rule.id, "condition", part, path, condition, where)
        case All(parts):
            for index, child in enumerate(parts):
                yield from _inside(rule, part, child, (*path, index), at)
        case Any(parts):
            for index, child in enumerate(parts):
                here = (*path, index)
                if not _is_leaf(child):
                    yield Point(rule.id, "alternative", part, here, child, first_place(child, at))
                yield from _inside(rule, part, child, here, at)
        case Not(inner):
            yield from _inside(rule, part, inner, (*path, 0), at)
        case FactExists(_, inner) | Other(inner) | Count(inner):
            yield Point(rule.id, "join", part, path, condition, condition.where)
            yield from _inside(rule, part, inner, (*path, 0), condition.where)


def _is_leaf(condition: Condition) -> bool:
    """Whether it is a point by itself, so that it needs no further one as an alternative or exception."""
    return isinstance(condition, Test | FactExists | Other | Count | Named) or (
        isinstance(condition, Not) and isinstance(condition.part, Test | Named)
    )


def replaced(condition: Condition, path: Path, *, holds: bool) -> Condition:
    """The condition with the part at a path replaced by a constant."""
    if not path:
        return All(()) if holds else Any(())
    index, rest = path[0], path[1:]
    parts = list(children(condition))
    parts[index] = replaced(parts[index], rest, holds=holds)
    return with_children(condition, parts)


@frozen(kw_only=True)
class Trial:
    """A proposal on which tests expect something.

    Attributes:
        name: of the test, to be told.
        rules: the ids of the rules of which something is expected; None for all.
        first_only: of measures only the first is judged, as in the example of a rule.
    """

    name: str
    proposal: Proposal
    day: date
    rules: frozenset[str] | None = None
    first_only: bool = False


@define(eq=False)
class Measured:
    """What the tests showed of a point.

    Attributes:
        true, false: the tests that first found it so; empty if none did.
        decides_true, decides_false: the tests in which it first decided while it was so; empty if in none.
        fixed: whether the facts of the pack never let it be otherwise.
    """

    point: Point
    true: str = ""
    false: str = ""
    decides_true: str = ""
    decides_false: str = ""
    fixed: bool = field(default=False)

    @property
    def done(self) -> bool:
        """Whether nothing more can be learnt of it."""
        return bool(self.true and self.false and self.decides_true and self.decides_false)

    @property
    def both_ways(self) -> bool:
        """Whether it was seen true and false."""
        return bool(self.true and self.false)

    @property
    def decides(self) -> bool:
        """Whether it decided an outcome by itself, both while true and while false."""
        return bool(self.decides_true and self.decides_false)


def measure(kb: KnowledgeBase, trials: Iterable[Trial], wanted: Iterable[str]) -> Mapping[str, tuple[Measured, ...]]:
    """What the tests show of every point, by the id of the rule; tests that come first are named.

    Args:
        kb: the pack.
        trials: on what something is expected.
        wanted: the ids of the rules to measure.
    """
    rules = {rule.id: rule for rule in kb.rules if rule.id in set(wanted)}
    found = {name: tuple(Measured(point) for point in points_of(rule)) for name, rule in rules.items()}
    lookups: dict[date, FactLookup] = {}
    for trial in trials:
        facts = lookups.setdefault(trial.day, FactLookup(kb.knowledge, trial.day))
        for name in rules if trial.rules is None else trial.rules & set(rules):
            _weigh(rules[name], found[name], trial, facts)
        if trial.rules is None:
            _weigh_superiority(kb, found, trial)
    for name, points in found.items():
        for point in points:
            point.fixed = not point.both_ways and _is_fixed(rules[name], point.point, lookups.values())
    return found


def _weigh(rule: Rule, points: Sequence[Measured], trial: Trial, facts: FactLookup) -> None:
    if trial.day not in rule.period or all(point.done for point in points):
        return
    for scene in _scenes(rule, trial, facts):
        outcome = _outcome(rule.when, [exception.condition for exception in rule.unless], scene)
        for point in points:
            if not point.done and point.point.condition is not None:
                _weigh_point(rule, point, scene, outcome, trial.name)


def _scenes(rule: Rule, trial: Trial, facts: FactLookup) -> Iterator[Scene]:
    measures: Sequence[Measure | None] = trial.proposal.measures if rule.scope == "measure" else (None,)
    for measure in measures[:1] if trial.first_only else measures:
        yield Scene(trial.proposal, facts, measure, measure)


def _weigh_point(rule: Rule, found: Measured, scene: Scene, outcome: str, name: str) -> None:
    point = found.point
    whole = rule.when if point.part is None else rule.unless[point.part].condition
    truths = set(_truths(whole, point.path, scene))
    if Truth.YES in truths:
        found.true = found.true or name
    if Truth.NO in truths:
        found.false = found.false or name
    for holds in (True, False):
        seen = found.decides_false if holds else found.decides_true
        # To be forced from what it is to the opposite; what is unknown is neither.
        if not seen and Truth.of(not holds) in truths:
            when, unless = rule.when, [exception.condition for exception in rule.unless]
            changed = replaced(whole, point.path, holds=holds)
            if point.part is None:
                when = changed
            else:
                unless[point.part] = changed
            if _outcome(when, unless, scene) != outcome:
                if holds:
                    found.decides_false = name
                else:
                    found.decides_true = name


def _outcome(when: Condition, unless: Iterable[Condition], scene: Scene) -> str:
    """What becomes of a rule by its own conditions, as `consistent.findings.states` has it."""
    holds = evaluate(when, scene)
    if holds is Truth.NO:
        return "not-applicable"
    excepted = any_of(evaluate(exception, scene) for exception in unless)
    if excepted is Truth.YES:
        return "excepted" if holds is Truth.YES else "not-applicable"
    return "applies" if holds is Truth.YES and excepted is Truth.NO else "open"


def _truths(condition: Condition, path: Path, scene: Scene) -> Iterator[Truth]:
    """What the part at a path is, for each fact or measure among which it is looked for."""
    if not path:
        yield evaluate(condition, scene)
        return
    index, rest = path[0], path[1:]
    match condition:
        case All(parts) | Any(parts):
            yield from _truths(parts[index], rest, scene)
        case Not(part):
            yield from _truths(part, rest, scene)
        case FactExists(kind, part):
            for fact in scene.facts.of_kind(kind):
                yield from _truths(part, rest, Scene(scene.proposal, scene.facts, scene.measure, fact=fact))
        case Other(part) | Count(part):
            for measure in scene.proposal.measures:
                if isinstance(condition, Count) or measure is not scene.judged:
                    yield from _truths(part, rest, Scene(scene.proposal, scene.facts, measure, scene.judged))
        case Test() | Named():  # pragma: no cover  no path leads into a test or a concept
            raise AssertionError(path)


def _weigh_superiority(kb: KnowledgeBase, found: Mapping[str, tuple[Measured, ...]], trial: Trial) -> None:
    """A rule that defeats another is seen where the other would apply: true where it defeats it, false where it does not."""
    program = kb.program(trial.day)
    settled = states(program, PlainEngine().evaluate(program, trial.proposal))
    for points in found.values():
        for point in points:
            weaker = settled.get(point.point.defeats, ())
            if any(point.point.rule in state.by and state.outcome == "defeated" for state in weaker):
                point.true = point.true or trial.name
                point.decides_true = point.decides_true or trial.name
            if any(state.outcome == "applies" for state in weaker):
                point.false = point.false or trial.name
                point.decides_false = point.decides_false or trial.name


def _is_fixed(rule: Rule, point: Point, lookups: Iterable[FactLookup]) -> bool:
    """Whether the facts of the pack make a point constant: a test of a fact alone that comes out alike for every fact."""
    condition = point.condition
    test = condition.part if isinstance(condition, Not) else condition
    if not isinstance(test, Test) or test.scope != "fact":
        return False
    nobody = Proposal(measures=(Measure(id="measure"),))
    whole = rule.when if point.part is None else rule.unless[point.part].condition
    truths = {
        truth
        for facts in lookups
        for truth in _truths(whole, point.path, Scene(nobody, facts, nobody.measures[0], nobody.measures[0]))
    }
    return len(truths) == 1 and Truth.UNKNOWN not in truths


# How far the tests of a pack reach: figures by rule and in all.


@frozen
class Figures:
    """Numbers of points.

    Attributes:
        points: that can be both true and false.
        both_ways: that were seen true and false.
        decided: that decided an outcome by themselves, both while true and while false.
    """

    points: int
    both_ways: int
    decided: int

    @classmethod
    def of(cls, points: Iterable[Measured]) -> "Figures":
        """The figures of some points; what the facts of the pack never let be otherwise is left out."""
        counted = [point for point in points if not point.fixed]
        return cls(len(counted), sum(point.both_ways for point in counted), sum(point.decides for point in counted))

    @property
    def share(self) -> float:
        """The part that was seen both ways, from 0 to 1; 1 where there is none."""
        return self.both_ways / self.points if self.points else 1.0

    @property
    def deciding_share(self) -> float:
        """The part that decided both ways, from 0 to 1; 1 where there is none."""
        return self.decided / self.points if self.points else 1.0


@frozen
class RuleCoverage:
    """What was seen of a rule.

    Attributes:
        points: in the order of writing.
    """

    rule: Rule
    points: tuple[Measured, ...]

    @property
    def figures(self) -> Figures:
        """Of its points."""
        return Figures.of(self.points)


@frozen
class Coverage:
    """What the tests of a pack show of its rules.

    Attributes:
        pack: the name.
        rules: in order of id.
        tests: the number of proposals on which something is expected.
    """

    pack: str
    rules: tuple[RuleCoverage, ...]
    tests: int

    @property
    def figures(self) -> Figures:
        """Of all rules."""
        return Figures.of(point for rule in self.rules for point in rule.points)


def cover(kb: KnowledgeBase, goldens: Sequence[Golden] = (), *, rules: Iterable[str] | None = None) -> Coverage:
    """Measure what the examples of a pack, and golden files, show of its rules.

    Args:
        kb: the pack; its concepts are measured as its rules are.
        goldens: files that were read for this pack.
        rules: the ids of those to measure; those of the pack itself, without the packs that it builds on, unless given.
    """
    kb = beside_rules(kb)
    wanted = frozenset(rules) if rules is not None else frozenset(rule.id for rule in kb.rules if rule.pack == kb.name)
    trials = [*_examples(kb, wanted), *(_golden(golden) for golden in goldens)]
    found: Mapping[str, tuple[Measured, ...]] = measure(kb, trials, wanted)
    covered = tuple(RuleCoverage(rule, found[rule.id]) for rule in kb.rules if rule.id in wanted)
    return Coverage(kb.name, covered, len(trials))


def _examples(kb: KnowledgeBase, wanted: frozenset[str]) -> Iterable[Trial]:
    for rule in kb.rules:
        if rule.id in wanted:
            for example in rule.examples:
                yield Trial(
                    name=example.title.en, proposal=example.proposal, day=rule.period.nearest(today()), rules=frozenset({rule.id}), first_only=True
                )  # fmt: skip


def _golden(golden: Golden) -> Trial:
    return Trial(name=golden.file.path, proposal=golden.proposal, day=golden.as_of)
