"""Conditions of rules as formulas over a proposal that is not given.

Reads conditions as they are written, as the plain evaluator (`engine.plain`) does, a function for each kind. Of the facts of
the pack everything is given, so that tests on these are decided here.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from attrs import define, evolve, field, frozen

from consistent.authoring.proving._symbolic import Scene, SymbolicValue
from consistent.authoring.proving.formulas import (
    YES,
    Formula,
    Pair,
    all_of,
    any_of,
    at_least,
    both,
    either,
    exceeds,
    opposite,
    pair_of,
)
from consistent.knowledge.entries import Fact
from consistent.model.values import Atom
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
from consistent.rules.program import FactLookup, ask

__all__ = ["Spot", "Translator"]


@frozen
class Spot:
    """The bindings of a condition at one point: which measure and which fact its words stand for; measures by number.

    Attributes:
        measure: `measure` in the condition; None in a rule on the proposal as a whole.
        judged: the judged measure, where `measure` is another one.
        fact: the fact whose tests are read.
    """

    measure: int | None = None
    judged: int | None = None
    fact: Fact | None = None

    def number(self, scope: str) -> int | None:
        """The measure whose field is meant; None for the proposal's own."""
        return {"measure": self.measure, "judged": self.judged}.get(scope)


@define(eq=False)
class Translator:
    """Translates the conditions of one day.

    Attributes:
        scene: the proposal.
        facts: of the day.
        named: gives a formula that is used more than once a name.
    """

    scene: Scene
    facts: FactLookup
    named: Callable[[Formula], Formula] = lambda formula: formula
    _tests: dict[tuple[object, ...], Pair] = field(init=False, factory=dict)
    _found: dict[tuple[object, ...], tuple[Condition, Pair]] = field(init=False, factory=dict)

    def truth(self, condition: Condition, spot: Spot) -> Pair:
        """Whether a condition holds."""
        key = (id(condition), spot.measure, spot.judged, id(spot.fact))
        if key not in self._found:
            # INVARIANT: the condition is kept, so that its id stays its own.
            self._found[key] = condition, self._truth(condition, spot)
        return self._found[key][1]

    def _truth(self, condition: Condition, spot: Spot) -> Pair:
        match condition:
            case Test():
                return self._test(condition, spot)
            case All(parts) if spot.fact is not None:
                # What a fact by itself fails comes first: then nothing is asked of the proposal.
                return all_of(self.truth(part, spot) for part in sorted(parts, key=_joins))
            case All(parts):
                return all_of(self.truth(part, spot) for part in parts)
            case Any(parts):
                return any_of(self.truth(part, spot) for part in parts)
            case Not(part):
                return self.truth(part, spot).negated()
            case Named():
                return self.truth(condition.part, spot)
            case FactExists(kind, part):
                joined = (Spot(spot.measure, fact=fact) for fact in self.facts.of_kind(kind))
                return self._once(any_of(self.truth(part, at) for at in joined))
            case Other(part):
                return self._once(any_of(self._counted(part, spot, spared=spot.judged)))
            case Count():
                return self._once(self._count(condition, spot))

    def _sum(self, count: Count, total: Test, spot: Spot) -> Pair:
        """As `engine.plain` reckons: least and most are sums of what each measure may add."""
        least: list[list[tuple[int, Formula]]] = []
        most: list[list[tuple[int, Formula]]] = []
        endless: list[Formula] = []
        for number, present in enumerate(self.scene.present):
            found, value = (
                self.truth(count.part, evolve(spot, measure=number)),
                self.scene.value(total.field.name, number),
            )
            counts, may = both((present, found.sure)), both((present, found.possible))
            # INVARIANT: of the field of a sum one value holds at most (`rules.operators.SUMMED`).
            weighted = [(_whole(atom), there) for atom, there in value.there.items()]
            least.append([(weight, both((counts if weight >= 0 else may, there))) for weight, there in weighted])
            most.append([(weight, both((may if weight >= 0 else counts, there))) for weight, there in weighted])
            endless.append(both((may, value.open, value.empty)))
        ways, unknown = self._bounds(total)
        over = -int(total.operator in {"at_least", "at_most"})
        if total.operator in {"over", "at_least"}:
            sure = either(both((way, exceeds([*least, _less(bound)], over))) for way, bound in ways)
            possible = either(
                both((way, either((*endless, exceeds([*most, _less(bound)], over))))) for way, bound in ways
            )
        else:
            below = either(both((way, exceeds([bound, *map(_less, most)], over))) for way, bound in ways)
            sure = both((opposite(either(endless)), below))
            possible = either(both((way, exceeds([bound, *map(_less, least)], over))) for way, bound in ways)
        return Pair(sure, either((unknown, possible)))

    def _bounds(self, total: Test) -> tuple[list[tuple[Formula, list[tuple[int, Formula]]]], Formula]:
        """What a sum is compared with: when and what that comes to, for each bound that will do; and whether there may be others.

        A field of one value is one bound, of one amount or another; of a field of several each value is a bound of its own.
        """
        if not isinstance(total.operand, Reference):
            return [(True, [(total.operand, True)])], False  # type: ignore[list-item]  # an amount
        about = total.operand.field
        value = self.scene.value(about.name, None)
        weighted = [(_whole(total.operand.bound(total.operator, atom)), there) for atom, there in value.there.items()]
        if about.single:
            return [(opposite(value.empty), weighted)], value.open
        return [(there, [(weight, True)]) for weight, there in weighted], value.open

    def _count(self, count: Count, spot: Spot) -> Pair:
        if count.total is not None:
            return self._sum(count, count.total, spot)
        pairs = self._counted(count.part, spot)

        def reaches(bound: int) -> Pair:
            return Pair(
                at_least((pair.sure for pair in pairs), bound), at_least((pair.possible for pair in pairs), bound)
            )

        enough = YES if count.at_least is None else reaches(count.at_least)
        few = YES if count.at_most is None else reaches(count.at_most + 1).negated()
        return all_of((enough, few))

    def _counted(self, part: Condition, spot: Spot, *, spared: int | None = None) -> list[Pair]:
        """For each measure whether it is there and meets the part."""
        found = []
        for number, present in enumerate(self.scene.present):
            if number != spared and present is not False:
                pair = self.truth(part, evolve(spot, measure=number))
                found.append(self._once(Pair(both((present, pair.sure)), both((present, pair.possible)))))
        return found

    def _test(self, test: Test, spot: Spot) -> Pair:
        if spot.fact is not None:
            return self._of_fact(test, spot.fact, spot)
        value = self._value(test.scope, test.field.name, spot)
        match test.operand:
            case Reference(scope, field):
                reference, operator = test.operand, test.operator
                asked = (test.field.name, spot.number(test.scope), operator, reference, spot.number(scope))
                other = self._value(scope, field.name, spot)
                return self._cached(asked, lambda: value.compared(operator, other, reference))
            case KnownValues() as known:
                operand = self.facts.values(known, test.field)
            case given:
                operand = given  # type: ignore[assignment]  # what is left is what `ask` takes
        key = (test.field.name, spot.number(test.scope), test.operator, operand)
        return self._cached(key, lambda: value.asked(test.operator, operand))

    def _of_fact(self, test: Test, fact: Fact, spot: Spot) -> Pair:
        """A test of a fact: decided, or a question to the field that it refers to."""
        held = fact.values[test.field.name]
        if not isinstance(test.operand, Reference):
            operand = (
                self.facts.values(test.operand, test.field) if isinstance(test.operand, KnownValues) else test.operand
            )
            return pair_of(ask(test.operator, operand, held))
        name, number = test.operand.field.name, spot.number(test.operand.scope)
        other = self._value(test.operand.scope, name, spot)
        if test.operator == "any":
            wanted = self.facts.closed(held.yes, test.field)
            return self._cached((name, number, "any", wanted), lambda: other.has_any(wanted))
        flipped = FLIPPED[test.operator]
        pairs = [
            self._cached((name, number, flipped, atom), partial(other.asked, flipped, atom))
            for atom in sorted(held.yes, key=str)
        ]
        return any_of(pairs)

    def _value(self, scope: str, name: str, spot: Spot) -> SymbolicValue:
        return self.scene.value(name, spot.number(scope))

    def _cached(self, key: tuple[object, ...], found: Callable[[], Pair]) -> Pair:
        """A question to a field; cached, as many rules ask the same."""
        if key not in self._tests:
            self._tests[key] = self._once(found())
        return self._tests[key]

    def _once(self, pair: Pair) -> Pair:
        return Pair(self.named(pair.sure), self.named(pair.possible))

    def contested(self, condition: Condition, spot: Spot) -> Formula:
        """Whether one of the facts that make the condition what it is, is contested; as `findings.tracing.steps` finds them."""
        match condition:
            case Test():
                return spot.fact is not None and spot.fact.ground == "contested"
            case Not(part):
                return self.contested(part, spot)
            case Named():
                return self.contested(condition.part, spot)
            case All(parts) | Any(parts):
                whole = self.truth(condition, spot)
                every = whole.sure if isinstance(condition, All) else opposite(whole.possible)
                found = [(part, spot, self.contested(part, spot)) for part in parts]
                return either(
                    both((within, either((every, self._same(part, at, whole))))) for part, at, within in _some(found)
                )
            case Named():
                return self.truth(condition.part, spot)
            case FactExists(kind, part):
                joined = [Spot(spot.measure, fact=fact) for fact in self.facts.of_kind(kind)]
                found = [(part, at, self.contested(part, at)) for at in joined]
                whole = self.truth(condition, spot)
                ways = (both((within, self._same(part, at, whole))) for part, at, within in _some(found))
                return both((whole.possible, either(ways)))
            case Other(part) | Count(part):
                numbers = [
                    n for n in range(len(self.scene.present)) if not (isinstance(condition, Other) and n == spot.judged)
                ]
                found = [
                    (part, evolve(spot, measure=n), self.contested(part, evolve(spot, measure=n))) for n in numbers
                ]
                return either(
                    both((within, self._takes_part(condition, at, self.truth(condition, spot))))
                    for _, at, within in _some(found)
                )

    def _takes_part(self, condition: Other | Count, spot: Spot, whole: Pair) -> Formula:
        """Whether a measure is among those that make a quantifier what it is."""
        present = True if spot.measure is None else self.scene.present[spot.measure]
        found = self.truth(condition.part, spot)
        if isinstance(condition, Other):
            return both((present, found.like(whole)))
        bounded = condition.at_most is not None or condition.total is not None
        ways = (found.like(whole), found.sure, both((bounded, whole.sure, opposite(found.possible))))
        return both((present, either(ways)))

    def _same(self, part: Condition, spot: Spot, whole: Pair) -> Formula:
        return self.truth(part, spot).like(whole)


def _joins(part: Condition) -> bool:
    """Whether a part of a condition on a fact asks the proposal too."""
    return not (isinstance(part, Test) and not isinstance(part.operand, Reference))


def _whole(atom: Atom) -> int:
    return int(atom)  # type: ignore[arg-type]  # an amount


def _less(weighted: Iterable[tuple[int, Formula]]) -> list[tuple[int, Formula]]:
    return [(-weight, part) for weight, part in weighted]


def _some(found: Iterable[tuple[Condition, Spot, Formula]]) -> Iterator[tuple[Condition, Spot, Formula]]:
    """Those of which the formula is not known to fail: most facts are not contested."""
    return (way for way in found if way[2] is not False)
