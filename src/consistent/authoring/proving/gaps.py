"""Where a pack has nothing to say, and where it asks for two things that cannot both be had.

A **gap** is an area on which no rule of a principle can apply: to no measure that is known to be in that area and in no other.
A **double bind** is a kind of measure that cannot keep clear of two principles at once, though of each alone it can.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import combinations

from attrs import define, field, frozen

from consistent.authoring.proving._symbolic import SymbolicValue
from consistent.authoring.proving.cache import Decisions, SolverCache
from consistent.authoring.proving.formulas import Formula, both, either, opposite
from consistent.authoring.proving.witnesses import Bounds, SolverSession, conditions_of, measures_for
from consistent.checker import KnowledgeBase
from consistent.errors import EngineError
from consistent.findings.outcome import GRAVE
from consistent.locking import cached_property
from consistent.model.text import today
from consistent.model.values import Atom
from consistent.rules.conditions import All, Condition, Named, Test, walk
from consistent.rules.program import Program
from consistent.rules.reads import fields_read
from consistent.rules.rule import Rule
from consistent.solving.goals import Goals

__all__ = ["Bind", "Gap", "Gaps"]

# What a measure is, by which kinds of measure are told apart; all else can be written otherwise.
_KIND = ("effects", "areas", "actors")
_Kind = tuple[tuple[str, tuple[str, ...]], ...]


@frozen(kw_only=True)
class Gap:
    """Areas on which no rule of some principles can apply.

    Attributes:
        principles: ids, in order; of which rules judge measures. Empty where it is so of all rules.
        only: the broadest areas on which they do speak; may be empty.
        areas: the broadest on which they do not; all that is narrower is meant too.
        within: those of them that lie within the areas on which they speak.
    """

    principles: tuple[str, ...]
    only: tuple[str, ...]
    areas: tuple[str, ...]
    within: tuple[str, ...]


@frozen(kw_only=True)
class Bind:
    """A kind of measure that cannot keep clear of two rules' principles at once.

    Attributes:
        rules: one of each principle, between which it is caught.
        principles: the two.
        kind: what the measure has: a field and one of these terms.
    """

    rules: tuple[str, str]
    principles: tuple[str, str]
    kind: _Kind


@define(eq=False)
class Gaps:
    """Finds gaps and double binds in a pack with all that it builds on, on one day.

    Attributes:
        cache: of what was decided before; what is decided now goes there.
    """

    kb: KnowledgeBase
    day: date = field(factory=today)
    cache: SolverCache | None = None
    _program: Program = field(init=False)
    _measures: int = field(init=False)
    _goals: Goals = field(init=False)
    _rules: dict[str, list[Rule]] = field(init=False, factory=dict)
    _models: list["_Model"] = field(init=False, factory=list)
    _decisions: Decisions = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._program = program = self.kb.program(self.day)
        self._goals = Goals(program)
        self._measures = measures_for(conditions_of(program))
        for rule in (compiled.rule for compiled in program.rules):
            if rule.scope == "measure":
                self._rules.setdefault(rule.principle, []).append(rule)
        self._decisions = self.cache.on(program, self._measures) if self.cache else Decisions(program)

    @cached_property
    def _session(self) -> SolverSession:
        """Made for the first question that was not decided before."""
        return SolverSession((self._program,), self.kb.knowledge.vocabularies, self._measures)

    @cached_property
    def _clear(self) -> Mapping[str, Formula]:
        return {name: self._clear_of(name) for name in self._rules}

    @property
    def bounds(self) -> Bounds:
        """Of which proposals all of it is decided."""
        return Bounds.of(conditions_of(self._program), self._measures)

    def gaps(self) -> tuple[Gap, ...]:
        """Every gap, those of principles that leave the same areas out put together; the widest first."""
        found: dict[tuple[bool, tuple[str, ...], tuple[str, ...]], list[str]] = {}
        everything = [rule for rules in self._rules.values() for rule in rules]
        for principle, rules in (("", everything), *self._rules.items()):
            # A rule that asks for no area can apply in any.
            if all(map(self._asks_area, rules)):
                only, areas = self._decisions.once(
                    ["areas on which some apply, and on which none"],
                    [rule.id for rule in rules],
                    partial(self._reach, rules),
                )
                if areas:
                    found.setdefault((bool(principle), only, areas), []).append(principle)
        gaps = (self._gap(principles, only, areas) for (_, only, areas), principles in found.items())
        return tuple(sorted(gaps, key=lambda gap: (len(gap.only), gap.principles)))

    def _gap(self, principles: Iterable[str], only: tuple[str, ...], areas: tuple[str, ...]) -> Gap:
        reached = self.kb.knowledge.vocabularies["areas"].narrower(only)
        within = tuple(area for area in areas if area in reached)
        return Gap(principles=tuple(filter(None, principles)), only=only, areas=areas, within=within)

    def _asks_area(self, rule: Rule) -> bool:
        stronger = set(self._goals.with_stronger(rule.id))
        listed = (compiled for compiled in self._program.rules if compiled.rule.id in stronger)
        return ("measure", "areas") in fields_read(
            condition for compiled in listed for condition in compiled.conditions
        )

    def _reach(self, rules: Iterable[Rule]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The broadest areas on which some of the rules can apply, and the broadest on which none can."""
        speaking = self._session.solver.named(either(self._became(rule, "applies") for rule in rules))
        vocabulary = self.kb.knowledge.vocabularies["areas"]
        below: dict[str, list[str]] = {}
        for term in vocabulary.terms.values():
            for above in term.broader:
                below.setdefault(above, []).append(term.id)
        only: dict[str, None] = {}
        silent: dict[str, None] = {}
        pending = [top.id for top in vocabulary.terms.values() if not top.broader][::-1]
        seen: set[str] = set()
        while pending:
            area = pending.pop()
            if area in seen:
                continue
            seen.add(area)
            if not self._can(speaking, self._in(vocabulary.narrower([area]))):
                silent[area] = None
                continue
            if only.keys().isdisjoint(vocabulary.broader(area)) and self._can(speaking, self._in({area})):
                only[area] = None
            pending += reversed(below.get(area, ()))
        return tuple(only), tuple(silent)

    def _in(self, areas: Collection[str]) -> Formula:
        """The measure is known to be in one of the areas at least, and in nothing else."""
        value = self._value("areas")
        outside = (opposite(there) for atom, there in value.there.items() if atom not in areas)
        return self._session.solver.named(both((opposite(value.open), opposite(value.empty), *outside)))

    def binds(self) -> Iterator[Bind]:
        """Every double bind, in order of the rules."""
        barring = [rule for principle in self._rules for rule in self._barring(principle)]
        asked = {rule.id: list(_asked(rule.when)) for rule in barring}
        seen: set[tuple[str, str, _Kind]] = set()
        for one, other in combinations(barring, 2):
            key = (one.principle, other.principle, tuple(dict.fromkeys((*asked[one.id], *asked[other.id]))))
            if one.principle != other.principle and key[2] and key not in seen:
                seen.add(key)
                rules = [rule.id for name in key[:2] for rule in self._barring(name)]
                question = ["no measure of a kind keeps clear of both", *key[:2], json.dumps(key[2])]
                if self._decisions.once(question, rules, partial(self._caught, *key)):
                    yield Bind(rules=(one.id, other.id), principles=key[:2], kind=key[2])

    def _caught(self, one: str, other: str, kind: _Kind) -> bool:
        if any(model.shows(one, other, kind, self._closed) for model in self._models):
            return False
        given = [
            self._session.solver.named(self._value(name).has_any(self._closed(name, terms)).sure)
            for name, terms in kind
        ]
        if self._can(*given, self._clear[one], self._clear[other]):
            self._models.append(self._model())
            return False
        return self._can(*given, self._clear[one]) and self._can(*given, self._clear[other])

    def _model(self) -> "_Model":
        holds = self._session.solver.holds
        clear = frozenset(name for name, formula in self._clear.items() if holds(formula))
        held = {
            name: frozenset(atom for atom, formula in self._value(name).there.items() if holds(formula))
            for name in _KIND
        }
        return _Model(clear, held)

    def _barring(self, principle: str) -> list[Rule]:
        return [rule for rule in self._rules[principle] if rule.verdict in GRAVE]

    def _clear_of(self, principle: str) -> Formula:
        """No rule of the principle that bars something applies, or may."""
        said = (self._became(rule, outcome) for rule in self._barring(principle) for outcome in ("applies", "open"))
        return self._session.solver.named(opposite(either(said)))

    def _became(self, rule: Rule, outcome: str) -> Formula:
        became: Formula = getattr(self._session.outcomes[0].of(rule.id, 0), outcome)
        return became

    def _value(self, name: str) -> SymbolicValue:
        return self._session.proposal.value(name, 0)

    def _closed(self, name: str, terms: Iterable[str]) -> frozenset[Atom]:
        return frozenset[Atom](self.kb.knowledge.vocabularies[name].narrower(terms))

    def _can(self, *parts: Formula) -> bool:
        answer = self._session.solver.can([self._session.proposal.present[0], *parts])
        if answer == "unknown":
            raise EngineError("the solver does not decide where rules speak")
        return answer == "yes"


@frozen
class _Model:
    """A model that the solver found: which principles its measure keeps clear of, and what that measure has.

    Kept as a cache: what it shows of one pair of principles often answers the question for another.
    """

    clear: frozenset[str]
    held: Mapping[str, frozenset[Atom]]

    def shows(self, one: str, other: str, kind: _Kind, closed: Callable[[str, Iterable[str]], frozenset[Atom]]) -> bool:
        """Whether a measure of the kind keeps clear of both."""
        return {one, other} <= self.clear and not any(
            self.held[name].isdisjoint(closed(name, terms)) for name, terms in kind
        )


def _asked(condition: Condition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The kind of measure that a condition is about, in any case: what it asks to be there."""
    for part in walk(condition, (All, Named)):
        match part:
            case Test(scope="measure", operator="any", operand=frozenset(), field=field) if field.name in _KIND:
                yield field.name, tuple(map(str, part.written))
            case _:
                pass
