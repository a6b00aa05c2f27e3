"""What became of a condition, as a tree: what held, what failed and by how much, and what is not known."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from math import isfinite
from typing import NamedTuple

from attrs import evolve, frozen

from consistent.engine.plain import Scene, evaluate
from consistent.errors import Location
from consistent.findings.case import Case
from consistent.findings.judging import Reasons
from consistent.findings.tracing import Step, Truths, lasting, read_by
from consistent.findings.wording import atom_label, found_label, question, reason_text, subject_label, value_label
from consistent.inquiries.why._shortfalls import PutTest, Shortfalls, texts
from consistent.inquiries.why.accounts import Held, Node, Shortfall, Tally
from consistent.knowledge.entries import Fact
from consistent.model.proposal import Measure
from consistent.model.text import Language, Localized, localized
from consistent.model.values import Value
from consistent.rules.conditions import (
    All,
    Any,
    Concept,
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
    conjuncts,
    tests_in,
    walk,
)
from consistent.rules.program import Total
from consistent.rules.rule import Rule
from consistent.toml.tomlfile import KeyPath, TomlFile
from consistent.truth import Truth, all_of, any_of

__all__ = ["Common", "Distance", "NodeBuilder", "distance"]

# How far a condition is from holding, so that the nearest facts and measures can be told.


class Distance(NamedTuple):
    """What is wrong, gravest first: a fact that is not joined is further away than one that says something else."""

    unjoined: int
    failed: int
    unknown: int


def distance(condition: Condition, scene: Scene, truths: Truths, *, wanted: bool = True) -> Distance:
    """How far a condition is from holding, or if not wanted from failing."""
    match condition:
        case Not(part):
            return distance(part, scene, truths, wanted=not wanted)
        case Named():
            return distance(condition.part, scene, truths, wanted=wanted)
        case All(parts) | Any(parts) if parts:
            distances = [distance(part, scene, truths, wanted=wanted) for part in parts]
            if isinstance(condition, Any) is wanted:
                return min(distances)
            return Distance(*map(sum, zip(*distances, strict=True)))
        case _:
            truth = truths.of(condition, scene)
            if truth is Truth.UNKNOWN:
                return Distance(0, 0, 1)
            fails = (truth is Truth.YES) is not wanted
            joins = isinstance(condition, Test) and isinstance(condition.operand, Reference)
            return Distance(int(fails and joins), int(fails), 0)


# How many of the facts or measures that were tried and failed are shown.
_NEAREST = 3

_NOTHING = Localized("", "")
_ALL = Localized("all of these", "al het volgende")
_ANY = Localized("one at least of these", "ten minste een van deze")
_NOT = Localized("this may not hold", "dit mag niet gelden")
_FACT = Localized("a fact of kind '{kind}'", "een feit van de soort '{kind}'")
_OTHER = Localized("another measure of the proposal", "een andere maatregel van het voorstel")
_COUNT = Localized("number of measures, {bounds}", "aantal maatregelen, {bounds}")
_SUM = Localized("sum over measures, {bound}", "som over maatregelen, {bound}")
_OR_MORE = Localized("{least} or more", "{least} of meer")
_UP_TO = Localized("{least} to {most}", "{least} tot {most}")
_AT_LEAST = Localized("at least {bound}", "ten minste {bound}")
_AT_MOST = Localized("at most {bound}", "ten hoogste {bound}")
_TALLY = Localized("{held} of {of}", "{held} van {of}")
_PERHAPS = Localized(", unknown of {unknown}", ", van {unknown} onbekend")
_CANDIDATE = Localized("fact {name}", "feit {name}")

_HELD: dict[Truth, Held] = {Truth.YES: "yes", Truth.UNKNOWN: "unknown", Truth.NO: "no"}
_TRUTHS = {held: truth for truth, held in _HELD.items()}


@frozen(kw_only=True)
class _Told:
    """What is told of a test that was put to a value, the same whichever measure has that; but for `question` as in `Node`.

    Attributes:
        question: what was asked, with the other field that the test compares with.
    """

    held: Held
    asks: Localized
    has: Localized
    question: Localized
    asked: tuple[str, ...]
    short: Shortfall | None


class Common:
    """What the trees of all rules on one proposal have in common: a value is put to a test once, whichever measures have it.

    Conditions are known by their ids: those of the rules in force, which outlive it.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.reasons = Reasons(case.knowledge, case.proposal)
        self.shortfalls = Shortfalls(case.knowledge, case.program.facts)
        self.truths = Truths(lasting(case.program))
        self.numbers = {measure.id: number for number, measure in enumerate(case.proposal.measures)}
        # By what a test asks, whether it is denied, fact, and the values that it is put to and compares with.
        self.told: dict[tuple[int, bool, int, Value, Value | None], _Told] = {}
        self._asking: dict[int, int] = {}
        self._first: dict[tuple[object, ...], int] = {}
        # By condition, and the values that facts are joined by.
        self.weighed: dict[tuple[int, tuple[Value, ...]], tuple[Sequence[Truth], Sequence[int]]] = {}
        self._of_whole: dict[int, bool] = {}

    def asking(self, test: Test) -> int:
        """A number that tests of any rule share where they ask the same."""
        found = self._asking.get(id(test))
        if found is None:
            same = test.scope, test.field, test.operator, test.operand, test.written
            found = self._asking[id(test)] = self._first.setdefault(same, len(self._first))
        return found

    def is_of_whole(self, condition: Condition) -> bool:
        """Whether a condition is the same for all measures: it reads nothing of the one that it is put to, and leaves none out."""
        found = self._of_whole.get(id(condition))
        if found is None:
            leaves_out = any(isinstance(node, Other) for node in walk(condition))
            found = self._of_whole[id(condition)] = not leaves_out and not any(read_by(condition))
        return found


class NodeBuilder:
    """Builds the trees of the conditions of one rule on one proposal; and of what stands in a concept, with places in its file."""

    def __init__(self, common: Common, rule: Rule, file: TomlFile | None = None) -> None:
        self._common, self._case, self._rule, self._file = common, common.case, rule, file or rule.anchor.file
        self._knowledge, self._facts = self._case.knowledge, self._case.program.facts
        self._concepts: dict[str, NodeBuilder] = {}
        self._places: dict[KeyPath, Location] = {}
        self._around: dict[int, Location] = {}
        self._of_whole: dict[int, Node] = {}

    def node(self, condition: Condition, scene: Scene, at: KeyPath) -> Node:
        """The tree of a condition; `at` is the key that it stands under."""
        if scene.fact is not None or not self._common.is_of_whole(condition):
            return self._node(condition, scene, at)
        node = self._of_whole.get(id(condition))
        if node is None:
            node = self._of_whole[id(condition)] = self._node(condition, scene, at)
        return node

    def _node(self, condition: Condition, scene: Scene, at: KeyPath) -> Node:
        match condition:
            case Test():
                return self._test(condition, scene, negated=False)
            case Not(Test() as test):
                return self._test(test, scene, negated=True)
            case Named(concept, where):
                return self._concept(concept, scene, where)
            case All() | Any() | Not():
                return self._joint(condition, scene, at)
            case FactExists() | Other() | Count():
                return self._search(condition, scene)

    def _concept(self, concept: Concept, scene: Scene, where: KeyPath) -> Node:
        """A concept by its name, with what it stands for."""
        if concept.exempts:
            # An exception stands in the file of the rule.
            part = self.node(concept.condition, scene, where)
        else:
            if concept.id not in self._concepts:
                self._concepts[concept.id] = NodeBuilder(self._common, self._rule, concept.anchor.file)
            part = self._concepts[concept.id].node(concept.condition, scene, ("when",))
        place = self._place(where)
        return Node(
            kind="concept", held=part.held, asks=concept.title, has=_NOTHING, text=concept.title, path=place.path,
            line=place.line, key=place.key, concept=concept.id, sources=concept.sources, parts=(part,),
        )  # fmt: skip

    def _joint(self, condition: All | Any | Not, scene: Scene, at: KeyPath) -> Node:
        place = self._around.get(id(condition))
        if place is None:
            place = self._around[id(condition)] = self._place(_around(condition, at))
        if isinstance(condition, Not):
            part = self.node(condition.part, scene, at)
            return Node(
                kind="not", held=_HELD[_TRUTHS[part.held].negated()], asks=_NOT, has=_NOTHING, text=_NOT,
                path=place.path, line=place.line, key=place.key, parts=(part,),
            )  # fmt: skip
        # A conjunction within another says nothing by itself.
        listed = tuple(conjuncts(condition)) if isinstance(condition, All) else condition.parts
        parts = tuple(self.node(condition, scene, at) for condition in listed)
        truths = [_TRUTHS[part.held] for part in parts]
        tally = Tally(held=truths.count(Truth.YES), unknown=truths.count(Truth.UNKNOWN), of=len(truths))
        is_all = isinstance(condition, All)
        truth = all_of(truths) if is_all else any_of(truths)
        return self._group("all" if is_all else "any", truth, _ALL if is_all else _ANY, tally, place, parts)

    def _search(self, condition: FactExists | Other | Count, scene: Scene) -> Node:
        """What looks for facts or measures, with those that it found, or that came nearest."""
        tried = list(self._tried(condition, scene))
        truths, kept = self._weighed(condition, scene, [inner for _, inner in tried])
        tally = Tally(held=truths.count(Truth.YES), unknown=truths.count(Truth.UNKNOWN), of=len(tried))
        parts = tuple(self._candidate(tried[number][0], condition, tried[number][1]) for number in kept)
        truth = self._common.truths.of(condition, scene) if isinstance(condition, Count) else any_of(truths)
        place = self._place(condition.where)
        match condition:
            case FactExists(kind):
                title = self._knowledge.kinds[kind].title
                asks = localized(lambda language: _FACT.get(language).format(kind=title.get(language)))
                return self._group("fact", truth, asks, tally, place, parts)
            case Other():
                return self._group("other", truth, _OTHER, tally, place, parts)
            case Count(total=Test() as total):
                asks = localized(lambda language: _SUM.get(language).format(bound=self._asked(total, language)))
                node = self._group("sum", truth, asks, tally, place, parts)
                return self._with_sum(node, total, scene, truths)
            case Count(_, at_least, at_most):
                return self._group("count", truth, _bounds(at_least, at_most), tally, place, parts)

    def _with_sum(self, node: Node, test: Test, scene: Scene, truths: Sequence[Truth]) -> Node:
        """The node of a sum with what it comes to, and where it failed by how much."""
        total = Total.of(test)
        least, most = total.sums(scene.proposal, truths)
        bounds = [bound for bound in total.bounds(scene.proposal) or () if isfinite(bound)]

        def has(language: Language) -> str:
            first, last = (
                atom_label(int(end), test.field, language, self._knowledge) if isfinite(end) else ""
                for end in (least, most)
            )
            form = _OR_MORE if not last else _UP_TO
            return first if first == last else form.get(language).format(least=first, most=last)

        short = None
        if node.held == "no" and bounds:
            nearest = most if test.operator in {"over", "at_least"} else least
            put = PutTest(test.field, Value.exactly(int(nearest)), test.operator, (int(bounds[0]),))
            short = self._common.shortfalls.of(put, negated=False)
        text = localized(lambda language: f"{node.asks.get(language)}: {has(language)}")
        return evolve(node, has=localized(has), text=text, short=short)

    def _asked(self, total: Test, language: Language) -> str:
        step = Step(total, False, Truth.UNKNOWN, None, None, "")
        return f"{total.field.label.get(language)}: {question(step, self._knowledge, language)}"

    def _tried(self, condition: FactExists | Other | Count, scene: Scene) -> Iterator[tuple[Fact | Measure, Scene]]:
        """The facts or measures among which it looks, each with what the words of the part then stand for."""
        if isinstance(condition, FactExists):
            for fact in scene.facts.of_kind(condition.kind):
                yield fact, Scene(scene.proposal, scene.facts, scene.measure, fact=fact)
            return
        for measure in scene.proposal.measures:
            if isinstance(condition, Count) or measure is not scene.judged:
                yield measure, Scene(scene.proposal, scene.facts, measure, scene.judged)

    def _weighed(
        self, condition: FactExists | Other | Count, scene: Scene, scenes: Sequence[Scene]
    ) -> tuple[Sequence[Truth], Sequence[int]]:
        """Which candidates hold, and which are shown; of facts worked out once for all measures with the same values."""
        if not isinstance(condition, FactExists):
            truths = [self._common.truths.of(condition.part, inner) for inner in scenes]
            return truths, self._kept(condition, scenes, truths)
        joins = [test.operand for test in tests_in(condition) if isinstance(test.operand, Reference)]
        key = id(condition), tuple(scene.value(join.scope, join.field.name) for join in joins)
        weighed = self._common.weighed.get(key)
        if weighed is None:
            truths = [self._common.truths.of(condition.part, inner) for inner in scenes]
            weighed = self._common.weighed[key] = truths, self._kept(condition, scenes, truths)
        return weighed

    def _kept(
        self, condition: FactExists | Other | Count, scenes: Sequence[Scene], truths: Sequence[Truth]
    ) -> list[int]:
        """Which candidates are shown: those that hold, or where one more would matter the nearest that do not."""
        holding = [number for number, truth in enumerate(truths) if truth is Truth.YES]
        if isinstance(condition, Count):
            missing = len(holding) < (condition.at_least or 0)
        else:
            missing, holding = not holding, holding[:_NEAREST]
        others = [number for number, truth in enumerate(truths) if truth is not Truth.YES] if missing else []
        others.sort(key=lambda number: distance(condition.part, scenes[number], self._common.truths))
        return [*holding, *others[:_NEAREST]]

    def _candidate(self, tried: Fact | Measure, condition: FactExists | Other | Count, scene: Scene) -> Node:
        part = self.node(condition.part, scene, condition.where)
        # What all must hold of a candidate stands directly under it.
        parts = part.parts if part.kind == "all" else (part,)
        if isinstance(tried, Fact):
            place = tried.anchor.location
            text = localized(lambda language: _CANDIDATE.get(language).format(name=tried.id))
        else:
            place = self._case.proposal.place(("measure", self._common.numbers[tried.id]))
            title = tried.title
            text = localized(lambda language: f"{tried.id}  {title.get(language)}" if title else tried.id)
        return Node(
            kind="candidate", held=part.held, asks=_NOTHING, has=_NOTHING, text=text, path=place.path, line=place.line,
            key=place.key, fact=tried.id if isinstance(tried, Fact) else None,
            measure=tried.id if isinstance(tried, Measure) else None,
            sources=tried.sources if isinstance(tried, Fact) else (), parts=parts,
        )  # fmt: skip

    def _group(
        self, kind: str, truth: Truth, asks: Localized, tally: Tally, place: Location, parts: tuple[Node, ...]
    ) -> Node:
        def has(language: Language) -> str:
            more = _PERHAPS.get(language).format(unknown=tally.unknown) if tally.unknown else ""
            return _TALLY.get(language).format(held=tally.held, of=tally.of) + more

        return Node(
            kind=kind, held=_HELD[truth], asks=asks, has=localized(has),  # type: ignore[arg-type]  # a word of the list
            text=localized(lambda language: f"{asks.get(language)}: {has(language)}"),
            path=place.path, line=place.line, key=place.key, tally=tally, parts=parts,
        )  # fmt: skip

    def _test(self, test: Test, scene: Scene, *, negated: bool) -> Node:
        value, operand = scene.value(test.scope, test.field.name), test.operand
        other = scene.value(operand.scope, operand.field.name) if isinstance(operand, Reference) else None
        key = self._common.asking(test), negated, id(scene.fact), value, other
        told = self._common.told.get(key)
        if told is None:
            told = self._common.told[key] = self._tell(test, scene, negated=negated)
        kind = scene.fact.kind if scene.fact else ""
        step = Step(test, negated, _TRUTHS[told.held], scene.measure, scene.fact, kind)
        reasons, place = self._common.reasons, self._place(test.where)
        text = reason_text(reasons.words.subject(step), told.has, told.question)
        return Node(
            kind="test", held=told.held, asks=told.asks, has=told.has, text=text, path=place.path, line=place.line, key=place.key,
            because=reasons.because(step, self._rule, text), asked=told.asked, short=told.short,
        )  # fmt: skip

    def _tell(self, test: Test, scene: Scene, *, negated: bool) -> _Told:
        own = evaluate(test, scene)
        truth = own.negated() if negated else own
        step = Step(test, negated, truth, scene.measure, scene.fact, scene.fact.kind if scene.fact else "")
        put, compared = self._put(test, scene), self._compared(test, scene)

        def asked(language: Language) -> str:
            return question(step, self._knowledge, language) + (f" ({compared.get(language)})" if compared else "")

        def asks(language: Language) -> str:
            # The measure is named above the test already.
            of_measure = step.asked_of[0] == "measure"
            label = step.field.label.get(language) if of_measure else subject_label(step, self._knowledge, language)
            return f"{label}: {asked(language)}"

        return _Told(
            held=_HELD[truth], asks=localized(asks),
            has=localized(lambda language: found_label(put.value, step.field, language, self._knowledge)),
            question=localized(asked), asked=() if isinstance(test.operand, KnownValues) else texts(put.asked),
            short=self._common.shortfalls.of(put, negated=negated) if truth is Truth.NO else None,
        )  # fmt: skip

    def _put(self, test: Test, scene: Scene) -> PutTest:
        """The test as it is put to one value: that of the proposal, where a fact is joined to it."""
        value = scene.value(test.scope, test.field.name)
        match test.operand:
            case Reference(scope, field) if scene.fact is not None:
                return PutTest(field, scene.value(scope, field.name), test.operator, _ordered(value))
            case Reference(scope, field):
                bounds = (test.operand.bound(test.operator, atom) for atom in scene.value(scope, field.name).yes)
                return PutTest(test.field, value, test.operator, _ordered(Value.exactly(*bounds)))
            case KnownValues(kind, name):
                facts = self._facts.of_kind(kind)
                known = Value.exactly(*(atom for fact in facts for atom in fact.values[name].yes))
                return PutTest(test.field, value, test.operator, _ordered(known))
            case Several() as several:
                return PutTest(test.field, value, test.operator, test.written, several)
            case _:
                return PutTest(test.field, value, test.operator, test.written)

    def _compared(self, test: Test, scene: Scene) -> Localized | None:
        """The other field that a test compares with, in words."""
        if not isinstance(test.operand, Reference):
            return None
        if scene.fact is not None:
            field, value = test.field, scene.fact.values[test.field.name]
        else:
            field = test.operand.field
            value = scene.value(test.operand.scope, field.name)
        return localized(lambda language: value_label(value, field, language, self._knowledge))

    def _place(self, at: KeyPath) -> Location:
        place = self._places.get(at)
        if place is None:
            place = self._places[at] = self._file.location(at)
        return place


# What stands in a concept has its place elsewhere.
_IN_PLACE = (All, Any, Not, FactExists, Other, Count)


def _around(condition: Condition, at: KeyPath) -> KeyPath:
    """The key that all tests of a condition stand under."""
    paths = [node.where for node in walk(condition, _IN_PLACE) if isinstance(node, Test | Named)]
    common = paths[0] if paths else at
    for path in paths:
        shared = takewhile(lambda pair: pair[0] == pair[1], zip(common, path, strict=False))
        common = tuple(key for key, _ in shared)
    return common or at


def _bounds(at_least: int | None, at_most: int | None) -> Localized:
    def text(language: Language) -> str:
        pairs = ((_AT_LEAST, at_least), (_AT_MOST, at_most))
        bounds = (word.get(language).format(bound=bound) for word, bound in pairs if bound is not None)
        return _COUNT.get(language).format(bounds=", ".join(bounds))

    return localized(text)


def _ordered(value: Value) -> tuple[str | int, ...]:
    return tuple(sorted(value.yes, key=str))  # type: ignore[arg-type]  # atoms of one field are of one type
