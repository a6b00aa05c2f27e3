"""Why a condition is what it is: the tests that decided, and the facts that joined."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from math import isfinite
from weakref import WeakKeyDictionary

from attrs import evolve, field, frozen

from consistent.engine.plain import Scene, evaluate, passes
from consistent.knowledge.entries import Fact
from consistent.model.proposal import Field, Measure, Proposal
from consistent.model.values import Atom, Value
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
    Several,
    Test,
    children,
    conjuncts,
    tests_in,
    walk,
)
from consistent.rules.program import FactLookup, Program, Total
from consistent.rules.rule import Rule
from consistent.shown import Shown
from consistent.toml.tomlfile import KeyPath
from consistent.truth import Truth, any_of

__all__ = ["Step", "Tracer", "Truths", "lasting", "open_steps", "read_by", "steps"]


@frozen(eq=False)
class Step(Shown):
    """One test that took part in a decision.

    Attributes:
        test: with the `measure` or `fact` that it was put to.
        negated: the test counts where it is not passed.
        kind: of fact, where it is a fact's test.
        against: what the field is compared with, where that is another field of the proposal or a measure.
        adds: where the field is one of those that are added up, or what their sum is compared with, the bounds at which it may
            decide.
        through: the concepts by which it was asked, the outermost first, each with whether it holds.
    """

    test: Test
    negated: bool
    truth: Truth
    measure: Measure | None
    fact: Fact | None
    kind: str
    against: Value | None = None
    adds: tuple[Atom, ...] | None = None
    through: tuple[tuple[Named, Truth], ...] = ()

    @property
    def where(self) -> KeyPath:
        """Where the rule asks it: of what stands in a concept, where it names that."""
        return self.through[0][0].where if self.through else self.test.where

    def put_to(self, measure: Measure) -> "Step":
        """The same test of another measure, which is alike in all that it reads; itself where it was put to none."""
        if self.measure is None:
            return self
        return Step(
            self.test, self.negated, self.truth, measure, self.fact, self.kind, self.against, self.adds, self.through
        )

    @property
    def asked_of(self) -> tuple[str, str]:
        """Whose field the test is about: of a join between a fact and a measure, the measure's."""
        operand = self.test.operand
        if self.test.scope == "fact" and isinstance(operand, Reference):
            return operand.scope, operand.field.name
        return self.kind or self.test.scope, self.test.field.name

    @property
    def field(self) -> Field:
        """The field that the test is about."""
        test = self.test
        return test.operand.field if test.scope == "fact" and isinstance(test.operand, Reference) else test.field

    @property
    def asked(self) -> str:
        """The test's operator and operand in the words of the rule: `any harmonisation`, `not only union-budget`."""
        test = self.test
        words = ["not"] if self.negated else []
        words.append(test.operator.replace("_", " "))
        match test.operand:
            case Reference(scope, field) as reference:
                words.append(
                    f"{self.kind}.{test.field.name}" if self.kind else reference.told(f"${scope}.{field.name}", "en")
                )
            case Several(number):
                words.append(f"{number} of {', '.join(map(str, test.written))}" if test.written else str(number))
            case KnownValues(kind, name):
                words.append(f"{kind}.{name}")
            case _:
                words.append(", ".join(map(str, test.written)))
        return " ".join(word for word in words if word)


class _Alike:
    """Which measures of a proposal are alike in some fields: of a long act many are.

    Args:
        names: of the fields.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._first: dict[tuple[int, int], Measure] = {}
        self._firsts: dict[tuple[int, tuple[Value, ...]], Measure] = {}

    def first(self, proposal: Proposal, measure: Measure) -> Measure:
        """The first measure that was asked about and is like this one."""
        key = id(proposal), id(measure)
        first = self._first.get(key)
        if first is None:
            values = tuple(proposal.value(name, measure) for name in self._names)
            first = self._first[key] = self._firsts.setdefault((id(proposal), values), measure)
        return first


class Lasting:
    """What is found of conditions whatever is judged by them: made once, for all proposals that are.

    It is known by the ids of conditions, which have to outlive it: those of the rules of a program do (`lasting`).
    """

    def __init__(self) -> None:
        self._read: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._joinable: dict[int, tuple[Fact, ...]] = {}

    def read(self, condition: Condition) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of the fields that it reads of the measure that it is put to, and of the judged one."""
        found = self._read.get(id(condition))
        if found is None:
            own, of_judged = read_by(condition)
            found = self._read[id(condition)] = tuple(sorted(own)), tuple(sorted(of_judged))
        return found

    def joinable(self, condition: FactExists, facts: FactLookup) -> tuple[Fact, ...]:
        """The facts that what a condition asks of them alone does not rule out; for any other it fails, whatever is judged."""
        found = self._joinable.get(id(condition))
        if found is None:
            of_fact = [test for test in conjuncts(condition.part) if isinstance(test, Test) and _is_of_fact(test)]
            found = self._joinable[id(condition)] = tuple(
                fact
                for fact in facts.of_kind(condition.kind)
                if all(passes(test, fact, facts) is not Truth.NO for test in of_fact)
            )
        return found


def _is_of_fact(test: Test) -> bool:
    return test.scope == "fact" and not isinstance(test.operand, Reference)


# A cache: a program is asked again and again. An entry is evicted with its program.
_LASTING: WeakKeyDictionary[Program, Lasting] = WeakKeyDictionary()


def lasting(program: Program) -> Lasting:
    """What is found of the conditions of a program, whatever is judged by them."""
    return _LASTING.setdefault(program, Lasting())


class Truths:
    """Whether conditions hold; what was evaluated once is not evaluated again.

    It is evaluated once too for all measures, and judged measures, that are alike in what a condition reads of them. Everything that is
    asked about outlives it, so that ids stay those of their objects.

    Args:
        known: of the conditions, from what was asked before; what they are asked of has the facts of that.
    """

    def __init__(self, known: Lasting | None = None) -> None:
        self._lasting = Lasting() if known is None else known
        self._seen: dict[tuple[int, int, int, int, int], Truth] = {}
        self._read: dict[int, tuple[_Alike, _Alike]] = {}
        self._by_names: dict[tuple[str, ...], _Alike] = {}
        self._deciding: dict[tuple[int, int, int, Truth], tuple[Fact, ...]] = {}

    def of(self, condition: Condition, scene: Scene) -> Truth:
        """Whether a condition holds."""
        # A test is asked faster than looked up.
        if isinstance(condition, Test):
            return evaluate(condition, scene)
        measure, judged = self.first_alike(condition, scene)
        key = id(condition), id(scene.proposal), id(measure), id(judged), id(scene.fact)
        truth = self._seen.get(key)
        if truth is None:
            alike = Scene(scene.proposal, scene.facts, measure, judged, scene.fact)
            if isinstance(condition, FactExists):
                truth = any_of(self.of(condition.part, each) for each in self._joined(condition, alike))
            else:
                truth = evaluate(condition, alike, self.of)
            self._seen[key] = truth
        return truth

    def _joined(self, condition: FactExists, scene: Scene) -> Iterator[Scene]:
        """What its part is put to, but for facts of which that fails by themselves."""
        for fact in self._lasting.joinable(condition, scene.facts):
            yield Scene(scene.proposal, scene.facts, scene.measure, fact=fact)

    def first_alike(self, condition: Condition, scene: Scene) -> tuple[Measure | None, Measure | None]:
        """The first measure and the first judged one that are like those of the scene in all that the condition reads of them."""
        read = self._read.get(id(condition))
        if read is None:
            of_measure, of_judged = self._lasting.read(condition)
            read = self._read[id(condition)] = self._alike(of_measure), self._alike(of_judged)
        measure, judged = scene.measure, scene.judged
        return (
            None if measure is None else read[0].first(scene.proposal, measure),
            None if judged is None else read[1].first(scene.proposal, judged),
        )

    def deciding(self, condition: FactExists, scene: Scene, truth: Truth) -> tuple[Fact, ...]:
        """The facts for which what a condition asks of one is so, or may be; the same for measures that are alike in it."""
        measure, _ = self.first_alike(condition, scene)
        key = id(condition), id(scene.proposal), id(measure), truth
        found = self._deciding.get(key)
        if found is None:
            alike = Scene(scene.proposal, scene.facts, measure)
            found = tuple(
                each.fact
                for each in self._joined(condition, alike)
                if each.fact and self.of(condition.part, each) is truth
            )
            self._deciding[key] = found
        return found

    def _alike(self, names: tuple[str, ...]) -> _Alike:
        return self._by_names.setdefault(names, _Alike(names))


@frozen(eq=False)
class Tracer:
    """Traces conditions.

    Attributes:
        among: ids of the measures that are gone into where a condition reads several; all of them unless given.
        truths: of what was traced before.
    """

    among: Collection[str] | None = None
    truths: Truths = field(factory=Truths)

    def truth(self, condition: Condition, scene: Scene) -> Truth:
        """Whether a condition holds."""
        return self.truths.of(condition, scene)

    def steps(self, condition: Condition, scene: Scene, *, negated: bool = False) -> Iterator[Step]:
        """The tests that make a condition what it is; see `steps`."""
        yield from self._making(condition, scene, self.truth(condition, scene), negated=negated)

    def _making(self, condition: Condition, scene: Scene, truth: Truth, *, negated: bool) -> Iterator[Step]:
        """The same where it is known what the condition is."""
        match condition:
            case Test():
                yield from _sides(condition, scene, truth, negated=negated)
            case All(parts) | Any(parts):
                every = truth is (Truth.YES if isinstance(condition, All) else Truth.NO)
                for part in parts:
                    own = self.truth(part, scene)
                    if every or own is truth:
                        yield from self._making(part, scene, own, negated=negated)
            case Not(part):
                yield from self._making(part, scene, truth.negated(), negated=not negated)
            case Named():
                yield from _through(condition, truth, self._making(condition.part, scene, truth, negated=negated))
            case FactExists(kind, part):
                if truth is Truth.NO:
                    yield from _joins(part, scene, kind, negated=negated)
                    return
                for fact in self.truths.deciding(condition, scene, truth):
                    inner = Scene(scene.proposal, scene.facts, scene.measure, fact=fact)
                    yield from self._making(part, inner, truth, negated=negated)
            case Other(part) | Count(part):
                total = condition.total if isinstance(condition, Count) else None
                counted = [] if total is None else self._counted(part, scene)
                for number, measure in enumerate(scene.proposal.measures):
                    if isinstance(condition, Other) and measure is scene.judged:
                        continue
                    if self.among is not None and measure.id not in self.among:
                        continue
                    inner = Scene(scene.proposal, scene.facts, measure, scene.judged)
                    own = self.truth(part, inner)
                    if total is not None:
                        yield from _added(total, scene.proposal, counted, number, truth, negated=negated)
                    if own is truth or (isinstance(condition, Count) and own is Truth.YES):
                        yield from self._making(part, inner, own, negated=negated)
                    elif truth is Truth.YES and own is Truth.NO and _is_bounded_above(condition):
                        # That there are no more is so because of those that do not count.
                        yield from self._making(part, inner, own, negated=not negated)
                if total is not None and truth is Truth.UNKNOWN:
                    yield from _bound(total, scene.proposal, counted, negated=negated)

    def _counted(self, part: Condition, scene: Scene) -> list[Truth]:
        """Of each measure, whether it counts."""
        proposal = scene.proposal
        return [self.truth(part, Scene(proposal, scene.facts, each, scene.judged)) for each in proposal.measures]

    def settled(self, condition: Condition, scene: Scene, *, negated: bool = False) -> Iterator[Step]:
        """The tests of a condition that are decided in its favour, though the whole may still be unknown.

        Of a fact only once it is joined: until then the tests on its own fields say nothing of the proposal.
        """
        truth = self.truth(condition, scene)
        if truth is not Truth.UNKNOWN:
            if truth is (Truth.NO if negated else Truth.YES):
                # Of a number that is denied, `steps` also tells what counts, which is not in its favour.
                yield from (
                    step
                    for step in self.steps(condition, scene, negated=negated)
                    if step.truth is (Truth.NO if step.negated else Truth.YES)
                )
            return
        match condition:
            case All(parts) | Any(parts):
                # A conjunction that is unknown needs each of its parts; of a disjunction what is decided was in vain.
                every = isinstance(condition, Any) is negated
                for part in parts:
                    if every or self.truth(part, scene) is Truth.UNKNOWN:
                        yield from self.settled(part, scene, negated=negated)
            case Not(part):
                yield from self.settled(part, scene, negated=not negated)
            case Named():
                yield from _through(condition, truth, self.settled(condition.part, scene, negated=negated))
            case FactExists(kind, part) if not negated:
                joins = [test for test in tests_in(part) if isinstance(test.operand, Reference)]
                for fact in scene.facts.of_kind(kind):
                    inner = Scene(scene.proposal, scene.facts, scene.measure, fact=fact)
                    if self.truth(part, inner) is Truth.UNKNOWN and any(
                        self.truth(join, inner) is Truth.YES for join in joins
                    ):
                        yield from self.settled(part, inner)
            case Count(part):
                # Where a number is denied, in its favour are the measures that do not count.
                favours = Truth.NO if negated else Truth.YES
                for measure in scene.proposal.measures:
                    inner = Scene(scene.proposal, scene.facts, measure, scene.judged)
                    if self.truth(part, inner) is favours:
                        yield from self.steps(part, inner, negated=negated)
            case _:
                return


def _added(
    test: Test, proposal: Proposal, counted: Sequence[Truth], number: int, truth: Truth, *, negated: bool
) -> Iterator[Step]:
    """What a measure, by its number, adds to a sum, or of one that is unknown: what is not known of it."""
    total, measure = Total.of(test), proposal.measures[number]
    value, bounds = proposal.value(test.field.name, measure), total.bounds(proposal)
    if counted[number] is Truth.NO or bounds is None:
        return
    if truth is not Truth.UNKNOWN:
        yield Step(test, negated, truth, measure, None, "", adds=())
        return
    if value.open and not value.yes:
        # What the others add brings the bound nearer.
        parts = total.parts(proposal, counted)
        others = [sum(part[end] for place, part in enumerate(parts) if place != number) for end in (0, 1)]
        nearer = {bound - other for bound in bounds for other in others if isfinite(bound) and isfinite(other)}
        yield Step(test, negated, truth, measure, None, "", adds=tuple(sorted(map(int, nearer))))


def _bound(test: Test, proposal: Proposal, counted: Sequence[Truth], *, negated: bool) -> Iterator[Step]:
    """What is not known of the bound of a sum that is unknown, whichever measures add to that, if any."""
    total = Total.of(test)
    bounds = total.bounds(proposal)
    if not isinstance(test.operand, Reference) or bounds is None or isfinite(bounds[0]):
        return
    operator, turned = FLIPPED[test.operator], test.operand.turned("measure", test.field)
    sums = {int(end) for end in total.sums(proposal, counted) if isfinite(end)}
    asked = evolve(test, scope="proposal", field=test.operand.field, operator=operator, operand=turned)
    adds = tuple(sorted(turned.bound(operator, end) for end in sums))
    yield Step(asked, negated, Truth.UNKNOWN, None, None, "", adds=adds)


def _through(named: Named, truth: Truth, found: Iterable[Step]) -> Iterator[Step]:
    """Steps that were asked by a concept."""
    return (evolve(step, through=((named, truth), *step.through)) for step in found)


def read_by(condition: Condition) -> tuple[AbstractSet[str], AbstractSet[str]]:
    """The names of the fields that a condition reads of the measure that it is put to, and of the judged one."""
    match condition:
        case Test(scope=scope, field=asked, operand=operand):
            read: list[tuple[str, str]] = [(scope, asked.name)]
            if isinstance(operand, Reference):
                read.append((operand.scope, operand.field.name))
            own, of_judged = (
                frozenset(name for owner, name in read if owner == whose) for whose in ("measure", "judged")
            )
            return own, of_judged
        case Other(part):
            # Whichever measure is judged is left out: of two that are alike the same measures are left, but for their names.
            return frozenset(), frozenset().union(*read_by(part))
        case Count(part):
            return frozenset(), read_by(part)[1]
        case _:
            parts = [read_by(part) for part in children(condition)]
            return frozenset().union(*(part[0] for part in parts)), frozenset().union(*(part[1] for part in parts))


def _is_bounded_above(condition: Condition) -> bool:
    return isinstance(condition, Count) and condition.at_most is not None


def steps(condition: Condition, scene: Scene, *, negated: bool = False) -> Iterator[Step]:
    """The tests that make a condition what it is, in the order of writing.

    Of a conjunction that fails, and of a disjunction that holds, only the parts that make it so; of one that is
    unknown, the unknown parts.
    """
    return Tracer().steps(condition, scene, negated=negated)


def _sides(test: Test, scene: Scene, truth: Truth, *, negated: bool) -> Iterator[Step]:
    """A test; where it compares two fields and is unknown, once for each of them that is not wholly known."""
    step = Step(test, negated, truth, scene.measure, scene.fact, scene.fact.kind if scene.fact else "")
    other = test.operand
    if truth is not Truth.UNKNOWN or scene.fact is not None or not isinstance(other, Reference):
        yield step
        return
    own, against = scene.value(test.scope, test.field.name), scene.value(other.scope, other.field.name)
    if own.vague(against.yes):
        yield evolve(step, against=against)
    if against.vague(own.yes):
        turned = Test(
            scope="proposal" if other.scope == "proposal" else "measure",
            field=other.field,
            operator=FLIPPED.get(test.operator, test.operator),
            operand=other.turned("proposal" if test.scope == "proposal" else "measure", test.field),
            where=test.where,
        )
        measures = {"judged": scene.judged, "measure": scene.measure}
        yield Step(turned, negated, truth, measures.get(other.scope), None, "", own)


def _joins(part: Condition, scene: Scene, kind: str, *, negated: bool) -> Iterator[Step]:
    """Where no fact joins: the fields that were to be joined."""
    for node in walk(part, All):
        match node:
            case Test(operand=Reference(scope)):
                measure = scene.measure if scope == "measure" else None
                yield Step(node, negated, Truth.NO, measure, None, kind)
            case _:
                pass


def open_steps(rule: Rule, scene: Scene, assumed: Scene, truths: Truths) -> tuple[list[Step], bool]:
    """The tests that keep a rule open: those that stay unknown where what was looked for and not found is taken for absent.

    Where none does, the rule would apply by that, and what is taken for absent has to be known: of the measures by which it
    would apply, not of all that it reads.

    Args:
        rule: that is open.
        scene: with the proposal as it is.
        assumed: with the proposal as it is assumed to be.
        truths: of what was traced of the two before.

    Returns:
        The tests, and whether it is what is taken for absent that has to be known.
    """
    tracer = Tracer(truths=truths)
    unknown = _undecided(rule, assumed, tracer)
    if unknown:
        return unknown, False
    deciding = {
        step.measure.id for condition in rule.conditions for step in tracer.steps(condition, assumed) if step.measure
    }
    return _undecided(rule, scene, Tracer(deciding, truths)) or _undecided(rule, scene, tracer), True


def _undecided(rule: Rule, scene: Scene, tracer: Tracer) -> list[Step]:
    """The tests of a rule that cannot be decided."""
    return [
        step for condition in rule.conditions for step in tracer.steps(condition, scene) if step.truth is Truth.UNKNOWN
    ]
