"""From what became of each rule to a report in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from attrs import evolve

from consistent.engine.plain import Scene
from consistent.findings.citing import Citations
from consistent.findings.judgement import judge
from consistent.findings.report import MeasureSummary, ProposalSummary, Report
from consistent.findings.said import Because, Defeated, DefeatedBy, Finding, JoinedFact, Open, Said, Unknown
from consistent.findings.states import State, states
from consistent.findings.tracing import Step, steps
from consistent.findings.wording import message_for, reason_for, unknown_for
from consistent.knowledge.base import Knowledge
from consistent.knowledge.entries import Fact
from consistent.model.proposal import Evidence, Measure, Proposal
from consistent.model.values import Value
from consistent.rules.program import Program, RuleTruths
from consistent.rules.rule import VERDICTS, Ground, Rule
from consistent.truth import Truth

__all__ = ["make_report"]


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

    def place(each: Said) -> tuple[int, int, str]:
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
        rules=maker.citations.rules(),
        facts=maker.citations.facts(),
        principles=maker.citations.principles(),
        positions=maker.citations.positions(),
    )


class _Maker:
    def __init__(self, knowledge: Knowledge, program: Program, proposal: Proposal) -> None:
        self._knowledge, self._program, self._proposal = knowledge, program, proposal
        self._numbers = {each.id: number for number, each in enumerate(proposal.measures)}
        self.citations = Citations(knowledge)

    def finding(self, rule: Rule, measure: Measure | None) -> Finding:
        return Finding(
            **self._same(rule, measure), **self._reasons(rule, measure, list(steps(rule.when, self._scene(measure))))
        )

    def _same(self, rule: Rule, measure: Measure | None) -> dict[str, Any]:
        """What is said of every rule that says something."""
        self.citations.cite(rule)
        return {
            "rule": rule.id, "title": rule.title, "principle": rule.principle, "positions": rule.positions,
            "verdict": rule.verdict, "dimension": rule.dimension, "measure": _id(measure),
        }  # fmt: skip

    def _reasons(self, rule: Rule, measure: Measure | None, found: Sequence[Step]) -> dict[str, Any]:
        """What is said of a rule whose conditions hold."""
        facts = list({id(each.fact): each.fact for each in found if each.fact is not None}.values())
        self.citations.join(facts)
        return {
            "ground": _ground(rule, facts),
            "message": message_for(rule.message, self._knowledge, self._proposal, measure, facts),
            "sources": tuple(dict.fromkeys((*rule.sources, *(source for fact in facts for source in fact.sources)))),
            "facts": tuple(JoinedFact(kind=each.kind, id=each.id, ground=each.ground, sources=each.sources) for each in facts),
            "because": tuple(dict.fromkeys(self._because(each, rule) for each in found)),
        }  # fmt: skip

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
            **self._same(rule, measure), ground=rule.ground, sources=rule.sources,
            message=message_for(rule.message, self._knowledge, self._proposal, measure, ()),
            unknown=tuple(dict.fromkeys(unknown)), awaits=state.by,
        )  # fmt: skip

    def defeated(self, rule: Rule, measure: Measure | None, state: State) -> Defeated:
        number = state.exception
        exception = None if number is None else rule.unless[number]
        scene = self._scene(measure)
        found = [*steps(rule.when, scene), *(steps(exception.condition, scene) if exception else ())]
        return Defeated(
            **self._same(rule, measure), **self._reasons(rule, measure, found),
            met=number is not None and rule.verdict == "condition",
            by=DefeatedBy(rule=state.by[0] if state.by else None, exception=number, reason=exception.reason if exception else None),
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
            proposal_line=None if step.fact is not None and subject == step.fact.kind else self._line(field, measure),
            document=_place(evidence),
            quote=evidence.quote if evidence else "",
            note=evidence.note if evidence else "",
            text=reason_for(step, value, self._knowledge),
        )

    def _line(self, field: str, measure: Measure | None) -> int | None:
        """Where the proposal's file has a field; a measure without a legal basis of its own rests on the proposal's."""
        inherited = measure is not None and field == "legal_basis" and measure.legal_basis.unknown
        head = ("proposal",) if measure is None or inherited else ("measure", self._numbers[measure.id])
        return self._proposal.place((*head, field)).line


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
