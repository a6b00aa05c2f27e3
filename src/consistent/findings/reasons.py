"""One test that took part in a decision, as data: its value, where that was read, and its place in both files."""

from datetime import date

from consistent.findings.said import Because
from consistent.findings.tracing import Step
from consistent.findings.wording import reason_for
from consistent.knowledge.base import Knowledge
from consistent.model.proposal import Evidence, Measure, Proposal
from consistent.model.values import Atom, Value
from consistent.rules.rule import Rule

__all__ = ["Reasons", "place_label", "shown"]


class Reasons:
    """Tells of tests on one proposal."""

    def __init__(self, knowledge: Knowledge, proposal: Proposal) -> None:
        self._knowledge, self._proposal = knowledge, proposal
        self._numbers = {each.id: number for number, each in enumerate(proposal.measures)}

    def because(self, step: Step, rule: Rule) -> Because:
        """Everything there is to tell of a test of that rule."""
        subject, field = step.asked_of
        evidence: Evidence | None = None
        of_fact = step.fact is not None and subject == step.fact.kind
        if step.fact is not None and of_fact:
            measure, value = None, step.fact.values[field]
        else:
            measure = None if subject == "proposal" else step.measure
            value = self._proposal.value(field, measure)
            evidence = (self._source(field, measure) or self._proposal).evidence_for(field, _decisive(step, value))
        return Because(
            subject=subject,
            measure=None if measure is None else measure.id,
            field=field,
            condition=step.asked,
            found=shown(value),
            known=not value.open,
            line=rule.anchor.file.location(step.test.where).line,
            proposal_line=None if of_fact else self._line(field, measure),
            document=place_label(evidence),
            quote=evidence.quote if evidence else "",
            note=evidence.note if evidence else "",
            span=evidence.span if evidence else None,
            confirmed=evidence is None or evidence.confirmed,
            text=reason_for(step, value, self._knowledge),
        )

    def _line(self, field: str, measure: Measure | None) -> int | None:
        """Where the proposal's file has a field."""
        source = self._source(field, measure)
        head = ("proposal",) if source is None else ("measure", self._numbers[source.id])
        return self._proposal.place((*head, field)).line

    def _source(self, field: str, measure: Measure | None) -> Measure | None:
        """The measure that a value is read from; one without a legal basis of its own rests on the proposal's."""
        inherited = measure is not None and field == "legal_basis" and measure.legal_basis.unknown
        return None if inherited else measure


def _decisive(step: Step, value: Value) -> frozenset[Atom]:
    """The values that a test was about: those that it asks for, there or known not to be, or else all that are there."""
    operand = step.test.operand
    if not isinstance(operand, frozenset):
        return value.yes
    return value.yes & operand or (value.no & operand if value.open else frozenset()) or value.yes


def shown(value: Value) -> tuple[str, ...]:
    """The atoms of a value as text, in order."""
    return tuple(sorted(each.isoformat() if isinstance(each, date) else str(each) for each in value.yes))


def place_label(evidence: Evidence | None) -> str:
    """The document and the place in it; empty where there is no evidence."""
    return "" if evidence is None else " ".join(part for part in (evidence.document, evidence.place) if part)
