"""Incremental checking of a changed proposal: only the rules that read what changed are evaluated again."""

from collections.abc import Iterable, Mapping

from attrs import frozen

from consistent.findings.case import Case, States
from consistent.findings.states import states
from consistent.model.proposal import Measure, Proposal
from consistent.model.values import Value
from consistent.rules.clauses import Counts, decide
from consistent.rules.program import CompiledRule, Program, RuleTruths
from consistent.rules.reads import Questions, Readings, differs, readings
from consistent.rules.rule import reached, stronger
from consistent.truth import Truth

__all__ = ["IncrementalCheck", "with_stronger"]


class IncrementalCheck:
    """Says what `Case.states` would say of a proposal that was made from another by some changes, in a fraction of the time.

    It is sound because a rule's conditions depend on nothing but the fields that its compiled form reads, and its outcome
    on nothing but these and the outcomes of the rules that defeat it.
    """

    def __init__(self, case: Case) -> None:
        self._proposal, self._program = case.proposal, case.program
        self._rules = {rule.rule.id: rule for rule in case.program.rules}
        self._readings = readings(case.program)
        self._above = with_stronger(case.program)
        below = {name: compiled.rule.defeats for name, compiled in self._rules.items()}
        self._below = {name: reached(name, below) for name in below}
        self._measures = {measure.id: measure for measure in case.proposal.measures}
        self._known: dict[tuple[str, str | None], tuple[Truth, ...]] = {}
        self._counts: Counts = {}
        self._base: States = case.states()

    @property
    def readings(self) -> Mapping[str, Readings]:
        """What each rule reads, by its id."""
        return self._readings

    @property
    def base(self) -> States:
        """The outcomes of the proposal as it was."""
        return self._base

    def states(self, proposal: Proposal) -> States:
        """The outcomes of every rule that is not silent; its measures are those of the first proposal, or some of them."""
        change = _Change.between(self._proposal, proposal)
        stale = {name: places for name in self._rules if (places := self._stale(name, change))}
        outcomes = dict(self._base)
        if change.gone:
            outcomes = {key: outcome for key, outcome in outcomes.items() if key[1] not in change.gone}
        if not stale:
            return outcomes
        touched = {lower for name in stale for lower in self._below[name]}
        whole = any(None in places for places in stale.values())
        measures = [
            measure for measure in proposal.measures if whole or any(measure.id in places for places in stale.values())
        ]
        needed = {upper for name in touched for upper in self._above[name]}
        rules = tuple(rule for name, rule in self._rules.items() if name in needed)
        counts: Counts = {}
        truths = [
            self._truths(rule, stale.get(rule.rule.id, frozenset()), proposal, measures, counts) for rule in rules
        ]
        settled = states(Program(rules, self._program.facts), truths)
        for name in touched:
            where: list[str | None] = (
                [measure.id for measure in measures] if self._rules[name].rule.scope == "measure" else [None]
            )
            for place, state in zip(where, settled[name], strict=True):
                outcomes.pop((name, place), None)
                if state.outcome != "not-applicable":
                    outcomes[name, place] = state.outcome
        return outcomes

    def _stale(self, name: str, change: "_Change") -> frozenset[str | None]:
        """The measures on which the outcome of a rule is stale; None among them for all, and for the whole proposal."""
        read = self._readings[name]
        if _reads(read.header, change.header):
            return frozenset({None})
        if read.counts and (change.gone or any(_reads(read.others, measure) for measure in change.measures.values())):
            return frozenset({None})
        if self._rules[name].rule.scope == "proposal":
            return frozenset()
        return frozenset(measure for measure, fields in change.measures.items() if _reads(read.own, fields))

    def _truths(
        self,
        rule: CompiledRule,
        stale: frozenset[str | None],
        proposal: Proposal,
        measures: Iterable[Measure],
        counts: Counts,
    ) -> RuleTruths:
        places: list[Measure | None] = list(measures) if rule.rule.scope == "measure" else [None]
        by_subject = [
            decide(rule, proposal, place, counts)
            if None in stale or _id(place) in stale
            else self._old(rule, _id(place))
            for place in places
        ]
        exceptions = range(len(rule.unless))
        return RuleTruths(
            tuple(truths[0] for truths in by_subject),
            tuple(tuple(truths[1 + number] for truths in by_subject) for number in exceptions),
        )

    def _old(self, rule: CompiledRule, measure: str | None) -> tuple[Truth, ...]:
        key = rule.rule.id, measure
        if key not in self._known:
            place = None if measure is None else self._measures[measure]
            self._known[key] = decide(rule, self._proposal, place, self._counts)
        return self._known[key]


# By field, the value before and after.
_Fields = Mapping[str, tuple[Value, Value]]


# Fields of the header that stand in for those of a measure (`Proposal.value`).
_STANDING_IN = frozenset({"legal_basis", "date", "entry_into_force"})


@frozen
class _Change:
    """What differs between two proposals: fields of the header, fields of measures by id, measures that are gone."""

    header: _Fields
    measures: Mapping[str, _Fields]
    gone: frozenset[str]

    @classmethod
    def between(cls, old: Proposal, new: Proposal) -> "_Change":
        header = _differing(
            (name, old.value(name), new.value(name)) for name in dict.fromkeys((*old.names(), *new.names()))
        )
        kept = {measure.id: measure for measure in new.measures}
        measures = {}
        for before in old.measures:
            after = kept.get(before.id)
            if after is None or (after is before and header.keys().isdisjoint(_STANDING_IN)):
                continue
            # By `value`, so that a basis that is taken over from the proposal counts as the measure's own.
            names = dict.fromkeys((*before.names(), *after.names()))
            pairs = ((name, old.value(name, before), new.value(name, after)) for name in names)
            if fields := _differing(pairs):
                measures[before.id] = fields
        return cls(header, measures, frozenset(measure.id for measure in old.measures) - kept.keys())


def _differing(fields: Iterable[tuple[str, Value, Value]]) -> _Fields:
    return {name: (before, after) for name, before, after in fields if before is not after and before != after}


def _reads(asked: Questions, fields: _Fields) -> bool:
    """Whether what differs can change the answer to what is asked of these fields."""
    return any(name in asked and differs(asked[name], *fields[name]) for name in fields)


def with_stronger(program: Program) -> dict[str, tuple[str, ...]]:
    """For each rule itself and every rule that defeats it, or defeats one that does."""
    above = stronger(compiled.rule for compiled in program.rules)
    return {name: reached(name, above) for name in above}


def _id(measure: Measure | None) -> str | None:
    return None if measure is None else measure.id
