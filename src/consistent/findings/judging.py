"""From truth values to a report: exceptions, superiority, open questions."""

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from consistent.engine.plain import Scene
from consistent.findings.judgement import judge
from consistent.findings.report import (
    Because,
    Defeated,
    DefeatedBy,
    Finding,
    JoinedFact,
    MeasureSummary,
    Open,
    ProposalSummary,
    Report,
    Unknown,
)
from consistent.findings.tracing import Step, steps
from consistent.findings.wording import message_for, reason_for, unknown_for
from consistent.knowledge.base import Knowledge
from consistent.knowledge.entries import Fact
from consistent.model.proposal import Evidence, Measure, Proposal
from consistent.model.values import Value
from consistent.rules.program import Program, RuleTruths
from consistent.rules.rule import VERDICTS, Ground, Rule
from consistent.truth import Truth, any_of

__all__ = ["State", "make_report", "states"]


@frozen
class State:
    """What became of one rule on one measure, or on the proposal.

    Attributes:
        outcome: `applies`, `open`, `excepted`, `defeated` or `not-applicable`.
        exception: the exception that holds.
        by: rules that defeat it, or would, in order of id.
    """

    outcome: str
    exception: int | None = None
    by: tuple[str, ...] = ()


_SILENT = State("not-applicable")


def states(program: Program, truths: Sequence[RuleTruths]) -> Mapping[str, tuple[State, ...]]:
    """What became of every rule: one state for each measure, or one for the proposal.

    A rule that is itself defeated does not defeat another.
    """
    found: dict[str, tuple[State, ...]] = {}
    by_id = {each.rule.id: (each.rule, truth) for each, truth in zip(program.rules, truths, strict=True)}
    stronger: dict[str, list[str]] = {name: [] for name in by_id}
    for rule, _ in by_id.values():
        for weaker in rule.defeats:
            if weaker in stronger:
                stronger[weaker].append(rule.id)

    def settle(name: str) -> tuple[State, ...]:
        if name not in found:
            above = {other: settle(other) for other in stronger[name]}
            _, truth = by_id[name]
            found[name] = tuple(
                _defeat(_own(truth, index), {other: _at(each, by_id[other][0], index) for other, each in above.items()})
                for index in range(len(truth.when))
            )
        return found[name]

    for name in by_id:
        settle(name)
    return found


def _at(found: Sequence[State], stronger: Rule, index: int) -> State:
    """The state of a stronger rule where a weaker one is judged; one on the whole proposal counts everywhere."""
    return found[index if stronger.scope == "measure" else 0]


def _own(truths: RuleTruths, index: int) -> State:
    """The state by the rule's own conditions."""
    when = truths.when[index]
    if when is Truth.NO:
        return _SILENT
    holding = [number for number, each in enumerate(truths.unless) if each[index] is Truth.YES]
    if holding:
        return State("excepted", exception=holding[0]) if when is Truth.YES else _SILENT
    doubt = any_of(each[index] for each in truths.unless) is Truth.UNKNOWN
    return State("open") if when is Truth.UNKNOWN or doubt else State("applies")


def _defeat(own: State, above: Mapping[str, State]) -> State:
    """The state after stronger rules had their say.

    INVARIANT: what is open above keeps a finding open below, so that an answer only ever decides what was open.
    """
    if own.outcome not in {"applies", "open"}:
        return own
    winning = tuple(sorted(name for name, state in above.items() if state.outcome == "applies"))
    if winning:
        return State("defeated", by=winning) if own.outcome == "applies" else _SILENT
    pending = tuple(sorted(name for name, state in above.items() if state.outcome == "open"))
    return State("open", by=pending) if pending else own


def make_report(
    knowledge: Knowledge, program: Program, proposal: Proposal, truths: Sequence[RuleTruths], *, day: date, engine: str
) -> Report:
    """Put everything that was found into words."""
    maker = _Maker(knowledge, program, proposal)
    settled = states(program, truths)
    findings: list[Finding] = []
    opens: list[Open] = []
    defeated: list[Defeated] = []
    speaking: set[str | None] = set()
    silent = 0
    for compiled in program.rules:
        rule = compiled.rule
        judged: Sequence[Measure | None] = proposal.measures if rule.scope == "measure" else (None,)
        pairs = [pair for pair in zip(judged, settled[rule.id], strict=True) if pair[1].outcome != "not-applicable"]
        silent += not pairs
        for measure, state in pairs:
            if rule.verdict != "reserved":
                speaking.add(_id(measure))
            if state.outcome == "applies":
                findings.append(maker.finding(rule, measure))
            elif state.outcome == "open":
                opens.append(maker.open(rule, measure, state))
            else:
                defeated.append(maker.defeated(rule, measure, state))
    order = {name: number for number, name in enumerate([None, *(each.id for each in proposal.measures)])}

    def place(each: Finding | Open | Defeated) -> tuple[int, int, str]:
        return order[each.measure], VERDICTS.index(each.verdict), each.rule

    return Report(
        proposal=_summary(proposal),
        pack=knowledge.packs[-1].name,
        as_of=day.isoformat(),
        engine=engine,
        judgement=judge(findings, opens, defeated),
        findings=tuple(sorted(findings, key=place)),
        open=tuple(sorted(opens, key=place)),
        defeated=tuple(sorted(defeated, key=place)),
        measures=tuple(MeasureSummary(id=each.id, title=each.title) for each in proposal.measures),
        not_judged=tuple(each.id for each in proposal.measures if each.id not in speaking),
        not_applicable=silent,
        rules_run=len(program.rules),
        not_in_force=program.not_in_force,
    )


class _Maker:
    def __init__(self, knowledge: Knowledge, program: Program, proposal: Proposal) -> None:
        self._knowledge, self._program, self._proposal = knowledge, program, proposal

    def finding(self, rule: Rule, measure: Measure | None) -> Finding:
        found = list(steps(rule.when, self._scene(measure)))
        facts = list({id(each.fact): each.fact for each in found if each.fact is not None}.values())
        return Finding(
            rule=rule.id, title=rule.title, principle=rule.principle, positions=rule.positions, verdict=rule.verdict,
            ground=_ground(rule, facts), dimension=rule.dimension, measure=_id(measure),
            message=message_for(rule.message, self._knowledge, self._proposal, measure, facts),
            sources=tuple(dict.fromkeys((*rule.sources, *(source for fact in facts for source in fact.sources)))),
            facts=tuple(JoinedFact(kind=each.kind, id=each.id, ground=each.ground, sources=each.sources) for each in facts),
            because=tuple(dict.fromkeys(self._because(each, rule) for each in found)),
        )  # fmt: skip

    def open(self, rule: Rule, measure: Measure | None, state: State) -> Open:
        scene = self._scene(measure)
        found = [*steps(rule.when, scene), *(one for each in rule.unless for one in steps(each.condition, scene))]
        unknown = [
            Unknown(
                subject=each.asked_of[0],
                measure=_id(each.measure) if each.asked_of[0] == "measure" else None,
                field=each.asked_of[1],
                condition=evolve(each, negated=False).asked,
                text=unknown_for(each, self._knowledge),
            )
            for each in found
            if each.truth is Truth.UNKNOWN
        ]
        return Open(
            rule=rule.id, title=rule.title, principle=rule.principle, positions=rule.positions, verdict=rule.verdict,
            ground=rule.ground, dimension=rule.dimension, measure=_id(measure),
            message=message_for(rule.message, self._knowledge, self._proposal, measure, ()), sources=rule.sources,
            unknown=tuple(dict.fromkeys(unknown)), awaits=state.by,
        )  # fmt: skip

    def defeated(self, rule: Rule, measure: Measure | None, state: State) -> Defeated:
        number = state.exception
        reason = None if number is None else rule.unless[number].reason
        return Defeated(
            rule=rule.id, title=rule.title, principle=rule.principle, positions=rule.positions, verdict=rule.verdict,
            ground=rule.ground, dimension=rule.dimension, measure=_id(measure),
            met=number is not None and rule.verdict == "condition",
            by=DefeatedBy(rule=state.by[0] if state.by else None, exception=number, reason=reason),
        )  # fmt: skip

    def _scene(self, measure: Measure | None) -> Scene:
        return Scene(self._proposal, self._program.facts, measure, measure)

    def _because(self, step: Step, rule: Rule) -> Because:
        subject, field = step.asked_of
        evidence: Evidence | None = None
        if step.fact is not None and subject == step.fact.kind:
            measure, value = None, step.fact.values[field]
        else:
            measure = None if subject == "proposal" else step.measure
            value = self._proposal.value(field, measure)
            evidence = (measure or self._proposal).evidence_for(field)
        return Because(
            subject=subject,
            measure=_id(measure),
            field=field,
            condition=step.asked,
            found=_shown(value),
            known=not value.open,
            line=rule.anchor.file.location(step.test.where).line,
            document=_place(evidence),
            text=reason_for(step, value, self._knowledge),
        )


def _id(measure: Measure | None) -> str | None:
    return None if measure is None else measure.id


def _ground(rule: Rule, facts: Sequence[Fact]) -> Ground:
    """A finding of law that rests on a contested fact is contested itself."""
    return "contested" if rule.ground == "law" and any(each.ground == "contested" for each in facts) else rule.ground


def _shown(value: Value) -> tuple[str, ...]:
    return tuple(sorted(each.isoformat() if isinstance(each, date) else str(each) for each in value.yes))


def _place(evidence: Evidence | None) -> str:
    return "" if evidence is None else " ".join(part for part in (evidence.document, evidence.place) if part)


def _summary(proposal: Proposal) -> ProposalSummary:
    def first(value: Value) -> str:
        return next(iter(_shown(value)), "")

    return ProposalSummary(
        name=proposal.name, reference=first(proposal.reference), celex=first(proposal.celex), title=proposal.title,
        date=first(proposal.date), kind=first(proposal.kind), measures=len(proposal.measures), path=proposal.path,
    )  # fmt: skip
