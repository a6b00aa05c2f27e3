"""What becomes of each rule, as formulas: exceptions and superiority exactly as `findings.states`, grades as `findings.judgement`."""

from collections.abc import Iterable, Iterator

from attrs import define, field, frozen

from consistent.authoring.proving.formulas import Formula, Pair, both, either, opposite
from consistent.authoring.proving.translating import Spot, Translator
from consistent.findings.outcome import JUDGING, SPOKEN_OUTCOMES, SpokenOutcome
from consistent.rules.guarantees import Pattern
from consistent.rules.program import Program
from consistent.rules.rule import GROUNDS, PRINCIPLES, Dimension, Grade, Ground, Rule, Verdict, stronger

__all__ = ["Outcome", "Outcomes", "OwnConditions", "differ", "settled"]


@frozen(eq=False)
class Outcome:
    """What became of a rule at one place; where none of these holds, it is not applicable."""

    applies: Formula
    open: Formula
    excepted: Formula
    defeated: Formula


@frozen(eq=False)
class OwnConditions:
    """What a rule's own conditions make of it.

    Attributes:
        when: whether what it asks for holds.
        unless: for each exception whether that holds.
    """

    when: Pair
    unless: tuple[Pair, ...]

    @property
    def applies(self) -> Formula:
        """What it asks for holds, and no exception can."""
        return both((self.when.sure, *(opposite(exception.possible) for exception in self.unless)))

    @property
    def open(self) -> Formula:
        """It depends on something unknown."""
        spared = (opposite(exception.sure) for exception in self.unless)
        doubt = either((opposite(self.when.sure), *(exception.possible for exception in self.unless)))
        return both((self.when.possible, *spared, doubt))

    @property
    def excepted(self) -> Formula:
        """It would apply, but an exception holds."""
        return both((self.when.sure, either(exception.sure for exception in self.unless)))


def settled(own: OwnConditions, above: Iterable[Outcome]) -> Outcome:
    """What becomes of a rule after stronger rules had their say; as `findings.states`."""
    listed = tuple(above)
    winning = either(outcome.applies for outcome in listed)
    pending = both((opposite(winning), either(outcome.open for outcome in listed)))
    return Outcome(
        applies=both((own.applies, opposite(winning), opposite(pending))),
        open=both((opposite(winning), either((own.open, both((own.applies, pending)))))),
        excepted=own.excepted,
        defeated=both((own.applies, winning)),
    )


def differ(one: Outcome, other: Outcome) -> Formula:
    """Whether two rules, or one before and after, come out differently."""
    pairs = [(getattr(one, outcome), getattr(other, outcome)) for outcome in SPOKEN_OUTCOMES]
    return either(both((left, opposite(right))) for pair in pairs for left, right in (pair, pair[::-1]))


@define(eq=False)
class Outcomes:
    """The outcomes of the rules of a program as formulas, each made when it is first asked for.

    Attributes:
        program: of one day.
        translator: with the facts of that day.
    """

    program: Program
    translator: Translator
    _rules: dict[str, Rule] = field(init=False)
    _above: dict[str, list[str]] = field(init=False)
    _found: dict[tuple[str, int | None], Outcome] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self._rules = {compiled.rule.id: compiled.rule for compiled in self.program.rules}
        self._above = stronger(self._rules.values())

    def above(self, name: str) -> tuple[Rule, ...]:
        """The rules that defeat a rule directly."""
        return tuple(self._rules[above] for above in self._above[name])

    def places(self, rule: Rule) -> Iterator[int | None]:
        """Where the rule is judged: on each measure that there may be, or on the proposal as a whole."""
        return iter(range(len(self.translator.scene.present)) if rule.scope == "measure" else (None,))

    def own(self, rule: Rule, place: int | None) -> OwnConditions:
        """What its own conditions make of a rule at a place."""
        spot = Spot(place, place)
        when = self.translator.truth(rule.when, spot)
        return OwnConditions(when, tuple(self.translator.truth(exception.condition, spot) for exception in rule.unless))

    def of(self, name: str, place: int | None) -> Outcome:
        """What becomes of a rule at a place; holds of a measure that is there only."""
        key = (name, place)
        if key not in self._found:
            self._found[key] = self._settled(self._rules[name], place)
        return self._found[key]

    def above_at(self, rule: Rule, place: int | None, *, but: Rule | None = None) -> list[Outcome]:
        """What becomes of the stronger rules where one is judged; one on the whole proposal counts everywhere.

        Args:
            rule: the weaker one.
            place: where that is judged.
            but: a stronger rule that is left out.
        """
        stronger = (other for other in self.above(rule.id) if other is not but)
        return [self.of(other.id, place if other.scope == "measure" else None) for other in stronger]

    def _settled(self, rule: Rule, place: int | None) -> Outcome:
        found, named = settled(self.own(rule, place), self.above_at(rule, place)), self.translator.named
        return Outcome(named(found.applies), named(found.open), named(found.excepted), named(found.defeated))

    def says(self, pattern: Pattern, measure: int | None) -> Formula:
        """Whether what a guarantee means is found of a measure, or of anything where none is named."""
        if pattern.judgement:
            return both(
                either(self._grade(dimension, grade) for grade in sorted(grades))
                for dimension, grades in pattern.judgement
            )
        return either(self._spoken(pattern, measure))

    def _spoken(self, pattern: Pattern, measure: int | None) -> Iterator[Formula]:
        for rule in map(self._rules.get, pattern.rules):
            if rule is None or (measure is not None and rule.scope == "proposal"):
                continue
            for place in self.places(rule) if measure is None else (measure,):
                found = self.of(rule.id, place)
                said = either((found.applies, found.open)) if pattern.open else found.applies
                yield both((self._there(place), said, self._stands_on(rule, place, pattern.grounds or GROUNDS)))

    def _grade(self, dimension: Dimension, grade: Grade) -> Formula:
        """Whether a dimension has a grade; the rules in their order are those of `findings.judgement`."""
        conflict = self._somewhere(dimension, "applies", ("conflict",))
        missing = self._somewhere(dimension, "applies", ("condition",))
        favourable = self._favourable(dimension, GROUNDS)
        pending = self._somewhere(dimension, "open", JUDGING)
        is_open = either((pending, self._somewhere(dimension, "applies", ("question",))))
        bad = self._bad(dimension, favourable)
        remarks = missing if dimension in PRINCIPLES else either((missing, both((favourable, is_open))))
        free = (opposite(conflict), opposite(remarks))
        ways: dict[Grade, Formula] = {
            "negative": bad,
            "partly-positive-partly-negative": both((conflict, opposite(bad))),
            "positive-with-remarks": both((opposite(conflict), remarks)),
            "open": both((*free, is_open)),
            "positive": both((*free, opposite(is_open), favourable)),
            "not-judged": both((*free, opposite(is_open), opposite(favourable))),
        }
        return ways[grade]

    def _favourable(self, dimension: Dimension, grounds: frozenset[Ground]) -> Formula:
        """Whether something is in line, or a condition met, on one of these grounds."""
        met = self._somewhere(dimension, "excepted", ("condition",), grounds)
        return either((met, self._somewhere(dimension, "applies", ("aligned",), grounds)))

    def _bad(self, dimension: Dimension, favourable: Formula) -> Formula:
        """Whether conflicts that nothing makes up for leave no part of the proposal standing."""
        split = dimension in PRINCIPLES
        spared = False if split else self._favourable(dimension, GROUNDS - {"policy"})

        def hit(places: Iterable[int | None]) -> Formula:
            of_law = self._at(dimension, "applies", ("conflict",), frozenset({"law"}), places)
            of_policy = self._at(dimension, "applies", ("conflict",), frozenset({"policy"}), places)
            return either((both((of_law, opposite(spared))), both((of_policy, opposite(favourable)))))

        present = self.translator.scene.present
        if not split:
            return hit((None, *range(len(present))))
        each = both(either((opposite(there), hit((place,)))) for place, there in enumerate(present))
        return either((hit((None,)), both((either(present), each))))

    def _somewhere(
        self,
        dimension: Dimension,
        became: SpokenOutcome,
        verdicts: Iterable[Verdict],
        grounds: frozenset[Ground] = GROUNDS,
    ) -> Formula:
        """Whether a rule of the dimension with one of these verdicts has come out so, on one of these grounds."""
        places = (None, *range(len(self.translator.scene.present)))
        return self.translator.named(self._at(dimension, became, verdicts, grounds, places))

    def _at(
        self,
        dimension: Dimension,
        became: SpokenOutcome,
        verdicts: Iterable[Verdict],
        grounds: frozenset[Ground],
        places: Iterable[int | None],
    ) -> Formula:
        """The same at some places: measures, and None for the proposal as a whole."""
        meant, wanted = frozenset(places), frozenset(verdicts)
        return either(
            both((self._there(place), getattr(self.of(rule.id, place), became), self._stands_on(rule, place, grounds)))
            for rule in self._rules.values()
            if rule.dimension == dimension and rule.verdict in wanted
            for place in self.places(rule)
            if place in meant
        )

    def _stands_on(self, rule: Rule, place: int | None, grounds: frozenset[Ground]) -> Formula:
        """Whether what a rule says stands on one of these grounds; only what is law as written can turn out contested."""
        if rule.ground != "law" or {"law", "contested"} <= grounds:
            return rule.ground in grounds
        if not grounds & {"law", "contested"}:
            return False
        contested = self._contested(rule, place)
        return contested if "contested" in grounds else opposite(contested)

    def _contested(self, rule: Rule, place: int | None) -> Formula:
        """Whether what the rule says is contested; as `findings.judging.ground_of`."""
        if rule.ground != "law":
            return rule.ground == "contested"
        return self.translator.named(self.translator.contested(rule.when, Spot(place, place)))

    def _there(self, place: int | None) -> Formula:
        return True if place is None else self.translator.scene.present[place]
