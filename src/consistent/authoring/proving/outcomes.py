"""What becomes of each rule, as formulas: exceptions and superiority exactly as `findings.states`, grades as `findings.judgement`."""

from collections.abc import Iterable, Iterator

from attrs import define, field, frozen

from consistent.authoring.proving.formulas import Formula, Pair, both, either, opposite
from consistent.authoring.proving.translating import Spot, Translator
from consistent.findings.outcome import JUDGING, SPOKEN_OUTCOMES, SpokenOutcome
from consistent.rules.guarantees import Pattern
from consistent.rules.program import Program
from consistent.rules.rule import Dimension, Grade, Rule, Verdict, stronger

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
                if pattern.grounds and rule.ground == "law" and len(pattern.grounds & {"law", "contested"}) == 1:
                    contested = self._contested(rule, place)
                    said = both((said, contested if "contested" in pattern.grounds else opposite(contested)))
                elif pattern.grounds and rule.ground not in pattern.grounds:
                    continue
                yield both((self._there(place), said))

    def _grade(self, dimension: Dimension, grade: Grade) -> Formula:
        """Whether a dimension has a grade; the rules in their order are those of `findings.judgement`."""
        conflict = self._somewhere(dimension, "applies", ("conflict",))
        firm = self._somewhere(dimension, "applies", ("conflict",), firm=True)
        missing = self._somewhere(dimension, "applies", ("condition",))
        met = self._somewhere(dimension, "excepted", ("condition",))
        favourable = either((met, self._somewhere(dimension, "applies", ("aligned",))))
        pending = self._somewhere(dimension, "open", JUDGING)
        is_open = either((pending, self._somewhere(dimension, "applies", ("question",))))
        bad = both((firm, opposite(favourable)))
        remarks = either((missing, both((favourable, is_open))))
        free = (opposite(conflict), opposite(remarks))
        ways: dict[Grade, Formula] = {
            "negative": both((conflict, bad)),
            "partly-positive-partly-negative": both((conflict, opposite(bad))),
            "positive-with-remarks": both((opposite(conflict), remarks)),
            "positive": both((*free, favourable)),
            "open": both((*free, opposite(favourable), is_open)),
            "not-judged": both((*free, opposite(favourable), opposite(is_open))),
        }
        return ways[grade]

    def _somewhere(
        self, dimension: Dimension, became: SpokenOutcome, verdicts: Iterable[Verdict], *, firm: bool = False
    ) -> Formula:
        """Whether a rule of the dimension with one of these verdicts has come out so; firm: on ground that is not contested."""
        found = []
        for rule in self._rules.values():
            if rule.dimension == dimension and rule.verdict in verdicts and not (firm and rule.ground == "contested"):
                for place in self.places(rule):
                    settled = opposite(self._contested(rule, place)) if firm else True
                    found.append(both((self._there(place), getattr(self.of(rule.id, place), became), settled)))
        return self.translator.named(either(found))

    def _contested(self, rule: Rule, place: int | None) -> Formula:
        """Whether what the rule says is contested; as `findings.judging.ground_of`."""
        if rule.ground != "law":
            return rule.ground == "contested"
        return self.translator.named(self.translator.contested(rule.when, Spot(place, place)))

    def _there(self, place: int | None) -> Formula:
        return True if place is None else self.translator.scene.present[place]
