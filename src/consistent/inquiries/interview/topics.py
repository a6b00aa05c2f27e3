"""What is asked of an act: a topic is a set of terms of one field, with the measures and rules that hang on it.

Two kinds of rule put a topic. One that is *open* could not be decided, as words may speak of what it needs, or as what it
needs was not looked for. One that is *presumed* not to apply lacks something that was looked for and not found; it puts what
it lacks of one field. Where it lacks something of several fields, to know of one of them is enough, and it puts that of which
least has to be asked: nothing that is presumed goes unasked. Of a test that asks for all that a field has, such as `only`, that
is all that was looked for.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
from attrs import define, evolve, frozen

from consistent.engine.plain import Scene
from consistent.engine.worlds import ones
from consistent.findings.case import Case
from consistent.findings.outcome import weight
from consistent.findings.settling import Settlement
from consistent.findings.tracing import Truths, open_steps
from consistent.inquiries.questions.pending import Key, key_of, tests_of
from consistent.model.presuming import closed, presumed
from consistent.model.proposal import Measure, Proposal
from consistent.model.recorded import LookedFor
from consistent.model.values import Atom
from consistent.model.vocabulary import Vocabulary
from consistent.rules.conditions import Condition, FactExists, KnownValues, Reference, Several, Test, walk
from consistent.rules.rule import Rule

__all__ = ["Topic", "Topics", "joined", "topics_of"]

# Where something is so of rules, by id: a bit for each measure, or one for the proposal as a whole. There are tens of thousands of
# places in a long act, and hardly more rules than hundreds.
_Places = dict[str, int]
# The terms that rules ask for, by rule and field.
_Asked = Mapping[str, Mapping[str, tuple[str, ...]]]


@define
class Topic:
    """Terms of a field of measures of which something hangs on whether they are there.

    Attributes:
        field: its name.
        terms: as rules name them.
        measures: how often a rule hangs on it, by the id of the measure.
        rules: by id, how often each hangs on it.
        places: where each rule hangs on it, as it was noted.
        weight: of all of them together; see `findings.outcome.weight`.
    """

    field: str
    terms: tuple[str, ...]
    measures: Counter[str] = attrs.field(factory=Counter)
    rules: Counter[str] = attrs.field(factory=Counter)
    places: list[tuple[str, Sequence[str | None]]] = attrs.field(factory=list)
    weight: int = 0

    def add(self, rule: Rule, measures: Sequence[str | None]) -> None:
        """Note that a rule hangs on it in some measures; None for the whole."""
        self.measures.update(measure for measure in measures if measure is not None)
        self.rules[rule.id] += len(measures)
        self.places.append((rule.id, measures))
        self.weight += weight(rule.verdict) * len(measures)


def joined(topics: Sequence[Topic]) -> Topic:
    """Topics of one field as one: at least one of them."""
    whole = Topic(topics[0].field, tuple(dict.fromkeys(term for topic in topics for term in topic.terms)))
    for topic in topics:
        whole.measures.update(topic.measures)
        whole.rules.update(topic.rules)
        whole.places += topic.places
        whole.weight += topic.weight
    return whole


@define(kw_only=True)
class Topics:
    """All that hangs on something.

    Attributes:
        open: topics that open rules put, what weighs most first.
        others: fields that open rules hang on and that are no topic: of the proposal itself, and those without terms.
        unasked: the terms that a reader looked for and no person was asked about, by field.
    """

    open: tuple[Topic, ...]
    others: tuple[Key, ...]
    unasked: Mapping[str, tuple[str, ...]]
    _presuming: Callable[[], tuple[Topic, ...]]
    _presumed: tuple[Topic, ...] | None = attrs.field(default=None, init=False)

    @property
    def presumed(self) -> tuple[Topic, ...]:
        """Topics that rules put which are presumed not to apply, what weighs most first; found when they are first asked for.

        They take longer than all else, and come behind it.
        """
        if self._presumed is None:
            self._presumed = self._presuming()
        return self._presumed


def topics_of(case: Case, settlement: Settlement | None = None) -> Topics:
    """What hangs on what in a case.

    Args:
        case: the proposal and the rules.
        settlement: what became of the rules, where that is known already.

    Raises:
        EngineError: the engine did not do all of its work.
    """
    return _Gathering(case, settlement or case.settled((case.proposal,))).topics()


@frozen(eq=False)
class _Gathering:
    """What is gathered of a case.

    Attributes:
        settlement: what became of the rules.
        rules: by id.
        unasked: the terms that a reader looked for and no person was asked about, by field.
    """

    case: Case
    settlement: Settlement
    rules: Mapping[str, Rule] = attrs.field(init=False)
    unasked: Mapping[str, tuple[str, ...]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        rules = {compiled.rule.id: compiled.rule for compiled in self.case.program.rules}
        object.__setattr__(self, "rules", rules)
        object.__setattr__(self, "unasked", dict(self._unasked()))

    def _unasked(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        readings = [] if self.case.strict else self.case.proposal.looked_for
        for name in dict.fromkeys(reading.field for reading in readings if not reading.by):
            own = [reading for reading in readings if reading.field == name]
            # Where a wide term is there, that it is nowhere else says nothing of those below it.
            asked = {term for each in own if each.by for term in each.terms}
            looked = dict.fromkeys(term for each in own if not each.by for term in each.terms)
            # A wide term is looked for with all that is below it, though it may not be named.
            wide = sorted(closed(looked.keys(), self._vocabulary(name)).difference(looked))
            terms = [term for term in (*looked, *wide) if term not in asked]
            if terms:
                yield name, tuple(terms)

    def topics(self) -> Topics:
        opened, closing, others = _Collected(), _Collected(), Counter[Key]()
        proposal = self.case.proposal
        assumed = self.settlement.assumed[0]
        by_id, assumed_by_id = ({measure.id: measure for measure in each.measures} for each in (proposal, assumed))
        facts, truths = self.case.program.facts, Truths()
        for said in self.settlement.spoken(0):
            if said.outcome != "open":
                continue
            rule, place = self.rules[said.rule], said.measure
            as_is, as_assumed = (
                Scene(whole, facts, judged, judged)
                for whole, measures in ((proposal, by_id), (assumed, assumed_by_id))
                for judged in [None if place is None else measures[place]]
            )
            # Where all is decided once what was not found is absent, it is that which has to be confirmed.
            steps, by_absence = open_steps(rule, as_is, as_assumed, truths)
            for step in steps:
                key = key_of(step)
                if key is None:
                    continue
                for test in tests_of(key, step, facts):
                    field_name = test.field.name
                    if key[0] is None or test.field.type != "terms":
                        others[key] += weight(rule.verdict)
                    elif by_absence and field_name in self.unasked and by_id[key[0]].was_read:
                        closing.add(field_name, test.named or self.unasked[field_name], rule, [key[0]])
                    elif test.operator == "any" and test.named and not test.moving:
                        opened.add(field_name, test.named, rule, [key[0]])
                    elif field_name in self.unasked and by_id[key[0]].was_read:
                        closing.add(field_name, self.unasked[field_name], rule, [key[0]])
                    elif test.field.single:
                        others[key] += weight(rule.verdict)
                    else:
                        # Whether there is anything at all: asked by the widest terms, of the whole act at once.
                        opened.add(field_name, self._widest(field_name), rule, [key[0]])

        def presuming() -> tuple[Topic, ...]:
            self._presumed(closing)
            return closing.ranked()

        return Topics(
            open=opened.ranked(),
            others=tuple(key for key, _ in others.most_common()),
            unasked=self.unasked,
            presuming=presuming,
        )

    def _widest(self, name: str) -> tuple[str, ...]:
        vocabulary = self._vocabulary(name)
        return tuple(term for term in vocabulary.terms if not vocabulary.broader(term))

    def _presumed(self, collected: "_Collected") -> None:
        """What rules lack that are presumed not to apply."""
        fields = list(self.unasked)
        left = self._places(self.settlement, 0, self.settlement.presumed)
        if not left:
            return
        asked = {name: self._asked(self.rules[name]) for name in left}
        named = {name: self._asked(self.rules[name], named=True) for name in left}
        # Where it is enough that what a rule names is not there, no more is asked: it may ask besides whether there is anything else.
        narrow = [
            self._narrowed(name, {term for each in named.values() for term in each.get(name, ())}) for name in fields
        ]
        enough_named = {
            name: _without(left, speaking) for name, speaking in zip(fields, self._spoken_of(narrow), strict=True)
        }

        def add(name: str, places: _Places) -> None:
            few = _both(places, enough_named[name])
            self._add(collected, name, few, named)
            self._add(collected, name, _without(places, few), asked)

        all_but_one = self._speaking([[other for other in fields if other != name] for name in fields])
        for name, speaking in zip(fields, all_but_one, strict=True):
            # What speaks when all but this is presumed lacks something of this field alone.
            alone = _both(left, speaking)
            add(name, alone)
            left = _without(left, alone)
        if not left:
            return
        enough: dict[str, _Places] = {}
        for name, speaking in zip(fields, self._speaking([[name] for name in fields]), strict=True):
            silent = _without(left, speaking)
            enough[name] = {rule: bits for rule, bits in silent.items() if name in asked[rule]}
        while left:
            settled_by = {name: both for name, places in enough.items() if (both := _both(places, left))}
            if not settled_by:
                for name in fields:
                    add(name, {rule: bits for rule, bits in left.items() if name in asked[rule]})
                return

            def gain(name: str, settled_by: Mapping[str, _Places] = settled_by) -> tuple[float, int]:
                places = settled_by[name]
                new = {term for rule in places for term in asked[rule][name]} - collected.terms(name)
                return sum(bits.bit_count() for bits in places.values()) / (1 + len(new)), -fields.index(name)

            best = max(settled_by, key=gain)
            add(best, settled_by[best])
            left = _without(left, settled_by[best])

    def _add(self, collected: "_Collected", name: str, places: _Places, asked: _Asked) -> None:
        ids = [measure.id for measure in self.case.proposal.measures]
        for rule, bits in sorted(places.items()):
            # What is silent for a stronger rule alone has nothing of its own to ask; that rule has.
            terms = asked[rule].get(name) or self.unasked[name]
            of_whole = self.rules[rule].scope == "proposal"
            collected.add(name, terms, self.rules[rule], [None] if of_whole else [ids[place] for place in ones(bits)])

    def _speaking(self, choices: Sequence[Sequence[str]]) -> Iterator[_Places]:
        """Where something is said if some fields only are presumed; for each choice."""
        yield from self._spoken_of(list(map(self._presumed_of, choices)))

    def _spoken_of(self, proposals: Sequence[Proposal]) -> Iterator[_Places]:
        """Where something is said of each of some proposals."""
        most = self.case.engine.most
        for start in range(0, len(proposals), most):
            settlement = Settlement.of(self.case.engine.batch(self.case.program, proposals[start : start + most]))
            speaking = [settled.speaking for settled in settlement.rules]
            for index in range(len(settlement.batch.proposals)):
                yield self._places(settlement, index, speaking)

    def _places(self, settlement: Settlement, index: int, bits_of: Sequence[int]) -> _Places:
        """The bits of one proposal of a batch, by rule."""
        first, count = settlement.batch.starts[index], len(settlement.batch.proposals[index].measures)
        found = {}
        for compiled, bits in zip(self.case.program.rules, bits_of, strict=False):
            of_whole = compiled.rule.scope == "proposal"
            own = bits >> index & 1 if of_whole else bits >> first & (1 << count) - 1
            if own:
                found[compiled.rule.id] = own
        return found

    def _presumed_of(self, fields: Sequence[str]) -> Proposal:
        """The proposal with some fields as they are where all that was looked for and not found is taken for absent."""
        measures = [
            measure if assumed is measure else evolve(measure, **_values(assumed, fields))
            for measure, assumed in zip(self.case.proposal.measures, self.settlement.assumed[0].measures, strict=True)
        ]
        return evolve(self.case.proposal, measures=tuple(measures))

    def _narrowed(self, name: str, terms: Collection[str]) -> Proposal:
        """The proposal with some terms of one field taken for absent where they were not found."""
        proposal = self.case.proposal
        reading = LookedFor(field=name, terms=tuple(sorted(terms)))
        return presumed(evolve(proposal, looked_for=(reading,)), self.case.knowledge.vocabularies) or proposal

    def _vocabulary(self, name: str) -> Vocabulary:
        return self.case.knowledge.vocabularies[self.case.knowledge.fields.measure[name].vocabulary]

    def _asked(self, rule: Rule, *, named: bool = False) -> Mapping[str, tuple[str, ...]]:
        """The terms that a rule asks for in fields of measures and that nobody was asked about, by field.

        Args:
            rule: any.
            named: only those that it names; not all that there is, where it asks whether there is anything else.
        """
        found: dict[str, dict[str, None]] = {}
        for condition in rule.conditions:
            for name, atoms in self._named(condition):
                if name in self.unasked and not (named and atoms is None):
                    terms = self.unasked[name] if atoms is None else map(str, atoms)
                    found.setdefault(name, {}).update(dict.fromkeys(terms))
        kept = {name: tuple(self._left(name, terms)) for name, terms in found.items()}
        return {name: terms for name, terms in kept.items() if terms}

    def _left(self, name: str, terms: Iterable[str]) -> Iterator[str]:
        """Of some terms those that nobody was asked about; in place of one that somebody was the ones below it."""
        left = frozenset(self.unasked[name])
        for term in terms:
            below = left & self._vocabulary(name).narrower([term])
            yield from [term] if term in below else sorted(below)

    def _named(self, condition: Condition) -> Iterator[tuple[str, tuple[Atom, ...] | None]]:
        """The fields that a condition tests, each with what it names there; None where it asks for all that there is."""
        for node in walk(condition):
            if isinstance(node, FactExists):
                yield from self._joined(node)
            if not isinstance(node, Test):
                continue
            if isinstance(node.operand, Reference):
                if node.scope != "fact":
                    for scope, about in ((node.scope, node.field), (node.operand.scope, node.operand.field)):
                        if scope != "proposal" and about.type == "terms":
                            yield about.name, None
            elif node.scope == "measure" and node.field.type == "terms":
                # So many of some terms asks for these; so many in all, for whatever there is.
                named = node.operator == "any" or (isinstance(node.operand, Several) and node.written)
                yield node.field.name, self._operand(node) if named else None

    def _operand(self, test: Test) -> tuple[Atom, ...]:
        return (
            self._held(test.operand.kind, test.operand.field) if isinstance(test.operand, KnownValues) else test.written
        )

    def _joined(self, fact: FactExists) -> Iterator[tuple[str, tuple[Atom, ...] | None]]:
        """What facts of a kind are joined by: the field of measures, with all that any of them has there."""
        for node in walk(fact.part):
            if isinstance(node, Test) and isinstance(node.operand, Reference) and node.operand.scope != "proposal":
                about = node.operand.field
                if about.type == "terms" and (held := self._held(fact.kind, node.field.name)):
                    yield about.name, held if node.operator == "any" else None

    def _held(self, kind: str, name: str) -> tuple[Atom, ...]:
        facts = self.case.program.facts.of_kind(kind)
        return tuple(sorted({atom for fact in facts for atom in fact.values[name].yes}, key=str))


class _Collected:
    def __init__(self) -> None:
        self._topics: dict[tuple[str, frozenset[Atom]], Topic] = {}

    def add(self, name: str, terms: Sequence[Any], rule: Rule, measures: Sequence[str | None]) -> None:
        key = name, frozenset(terms)
        if key not in self._topics:
            self._topics[key] = Topic(name, tuple(map(str, terms)))
        self._topics[key].add(rule, measures)

    def terms(self, name: str) -> set[str]:
        """What is asked of a field so far."""
        return {term for topic in self._topics.values() if topic.field == name for term in topic.terms}

    def ranked(self) -> tuple[Topic, ...]:
        """What weighs most first; of two alike in the order in which they came."""
        return tuple(sorted(self._topics.values(), key=lambda topic: -topic.weight))


def _both(one: _Places, other: _Places) -> _Places:
    return {rule: both for rule, bits in one.items() if (both := bits & other.get(rule, 0))}


def _without(one: _Places, other: _Places) -> _Places:
    return {rule: left for rule, bits in one.items() if (left := bits & ~other.get(rule, 0))}


def _values(measure: Measure, fields: Iterable[str]) -> dict[str, Any]:
    return {name: measure.value(name) for name in fields}
