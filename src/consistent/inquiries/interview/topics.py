"""What is asked of an act: a topic is a set of terms of one field, with the measures and rules that hang on it.

Two kinds of rule put a topic. One that is *open* could not be decided, as words may speak of what it needs, or as what it
needs was not looked for. One that is *presumed* not to apply lacks something that was looked for and not found; it puts what
it lacks of one field, where all that it asks of other fields is there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
from attrs import define, frozen

from consistent.engine.plain import Scene
from consistent.findings.case import Case
from consistent.findings.outcome import weight
from consistent.findings.settling import Settlement
from consistent.findings.tracing import open_steps
from consistent.inquiries.questions.pending import Key, key_of, tests_of
from consistent.model.presuming import presumed, presumed_but
from consistent.model.proposal import MEASURE_FIELDS, Proposal
from consistent.model.values import Atom
from consistent.rules.conditions import FactExists, KnownValues, Reference, Test, walk
from consistent.rules.rule import Rule

__all__ = ["Topic", "Topics", "topics_of"]

# An open rule and the measure that it is open of, None for the proposal as a whole.
Place = tuple[str, str | None]


@define
class Topic:
    """Terms of a field of measures of which something hangs on whether they are there.

    Attributes:
        field: its name.
        terms: as rules name them.
        measures: how often a rule hangs on it, by the id of the measure.
        rules: by id, how often each hangs on it.
        weight: of all of them together; see `findings.outcome.weight`.
    """

    field: str
    terms: tuple[str, ...]
    measures: Counter[str] = attrs.field(factory=Counter)
    rules: Counter[str] = attrs.field(factory=Counter)
    weight: int = 0

    def add(self, rule: Rule, measure: str) -> None:
        """Note that a rule hangs on it in a measure."""
        self.measures[measure] += 1
        self.rules[rule.id] += 1
        self.weight += weight(rule.verdict)


@frozen(kw_only=True)
class Topics:
    """All that hangs on something.

    Attributes:
        open: topics that open rules put, what weighs most first.
        presumed: topics that rules put which are presumed not to apply, what weighs most first.
        others: fields that open rules hang on and that are no topic: of the proposal itself, and those without terms.
    """

    open: tuple[Topic, ...]
    presumed: tuple[Topic, ...]
    others: tuple[Key, ...]


def topics_of(case: Case) -> Topics:
    """What hangs on what in a case.

    Raises:
        EngineError: the engine did not do all of its work.
    """
    return _Gathering(case).topics()


@frozen(eq=False)
class _Gathering:
    case: Case
    rules: Mapping[str, Rule] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        rules = {compiled.rule.id: compiled.rule for compiled in self.case.program.rules}
        object.__setattr__(self, "rules", rules)

    def topics(self) -> Topics:
        opened, others = _Collected(), Counter[Key]()
        proposal = self.case.proposal
        assumed = presumed(proposal, self.case.knowledge.vocabularies) or proposal
        by_id, assumed_by_id = ({measure.id: measure for measure in each.measures} for each in (proposal, assumed))
        facts = self.case.program.facts
        for (name, place), outcome in self.case.states().items():
            if outcome != "open":
                continue
            rule = self.rules[name]
            as_is, as_assumed = (
                Scene(whole, facts, judged, judged)
                for whole, measures in ((proposal, by_id), (assumed, assumed_by_id))
                for judged in [None if place is None else measures[place]]
            )
            for step in open_steps(rule, as_is, as_assumed):
                key = key_of(step)
                if key is None:
                    continue
                for test in tests_of(key, step, facts):
                    if key[0] is None or test.field.type != "terms" or not test.named:
                        others[key] += weight(rule.verdict)
                    else:
                        opened.add(test.field.name, test.named, rule, key[0])
        return Topics(
            open=opened.ranked(),
            presumed=self._presumed(assumed).ranked(),
            others=tuple(key for key, _ in others.most_common()),
        )

    def _presumed(self, assumed: Proposal) -> "_Collected":
        """What rules that are presumed not to apply lack of one field, all else being there."""
        collected, proposal = _Collected(), self.case.proposal
        readings = dict.fromkeys(reading.field for reading in proposal.looked_for if not reading.by)
        if not readings or self.case.strict:
            return collected
        silent = self._speaking(assumed)
        describing = {measure.id for measure in proposal.measures if measure.describes}
        values = {measure.id: measure for measure in proposal.measures}
        asked = {name: tuple(self._asked(rule)) for name, rule in self.rules.items()}
        for name in readings:
            but = presumed_but(proposal, self.case.knowledge.vocabularies, name)
            for rule, place in self._speaking(but) - silent:
                if place is None or place in describing:
                    continue
                for field_name, terms in asked[rule]:
                    there = getattr(values[place], field_name).yes
                    if field_name == name and not there.intersection(self._below(name, terms)):
                        collected.add(name, terms, self.rules[rule], place)
        return collected

    def _speaking(self, proposal: Proposal) -> set[Place]:
        settlement = Settlement.of(self.case.engine.batch(self.case.program, (proposal,)))
        return {(spoken.rule, spoken.measure) for spoken in settlement.spoken(0)}

    def _below(self, name: str, terms: Iterable[Atom]) -> frozenset[str]:
        vocabulary = self.case.knowledge.vocabularies[MEASURE_FIELDS[name].vocabulary]
        return vocabulary.narrower(str(term) for term in terms if term in vocabulary)

    def _asked(self, rule: Rule) -> Iterator[tuple[str, tuple[Atom, ...]]]:
        """The terms that a rule asks for in fields of measures, field by field; exceptions are left out."""
        for node in walk(rule.when):
            if isinstance(node, Test) and node.scope == "measure":
                terms = self._operand(node)
                if node.field.type == "terms" and terms:
                    yield node.field.name, terms
            if isinstance(node, FactExists):
                yield from self._joined(node)

    def _operand(self, test: Test) -> tuple[Atom, ...]:
        match test.operand:
            case frozenset():
                return test.written
            case KnownValues(kind, name):
                return self._held(kind, name)
            case _:
                return ()

    def _joined(self, fact: FactExists) -> Iterator[tuple[str, tuple[Atom, ...]]]:
        """What facts of a kind are joined by: the field of measures, with all that any of them has there."""
        for node in walk(fact.part):
            if isinstance(node, Test) and isinstance(node.operand, Reference) and node.operand.scope == "measure":
                about = node.operand.field
                if about.type == "terms" and (held := self._held(fact.kind, node.field.name)):
                    yield about.name, held

    def _held(self, kind: str, name: str) -> tuple[Atom, ...]:
        facts = self.case.program.facts.of_kind(kind)
        return tuple(sorted({atom for fact in facts for atom in fact.values[name].yes}, key=str))


class _Collected:
    def __init__(self) -> None:
        self._topics: dict[tuple[str, frozenset[Atom]], Topic] = {}

    def add(self, name: str, terms: Sequence[Any], rule: Rule, measure: str) -> None:
        key = name, frozenset(terms)
        if key not in self._topics:
            self._topics[key] = Topic(name, tuple(map(str, terms)))
        self._topics[key].add(rule, measure)

    def ranked(self) -> tuple[Topic, ...]:
        """What weighs most first; of two alike in the order in which they came."""
        return tuple(sorted(self._topics.values(), key=lambda topic: -topic.weight))
