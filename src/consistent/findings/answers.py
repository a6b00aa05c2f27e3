"""Applies what persons say on questions that rules put: `apply_answers`, and what became of each answer.

An answer holds for the question as it was put and for the text as it was: `digest_of` is of both. Where the rule asks
something else by now, or the text was changed, it holds no more, and the question is open again. So it is where two answers
that hold say the opposite: which of them counts nobody has said.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from attrs import evolve, frozen

from consistent.findings.said import Answered, Finding
from consistent.model.proposal import Measure, Proposal
from consistent.model.recorded import RecordedAnswer
from consistent.rules.rule import Rule
from consistent.shown import Shown

__all__ = ["AnswerStatus", "AnswerUse", "apply_answers", "digest_of"]

AnswerStatus = Literal["in-use", "outdated", "unused"]
_DIGITS = 16


@frozen(kw_only=True)
class AnswerUse(Shown):
    """What became of an answer.

    Attributes:
        status: `in-use`; `outdated`: the question or the text is another by now; `unused`: the question is not put, or
            another answer says the opposite.
    """

    rule: str
    measure: str | None
    in_order: bool
    reason: str
    place: str
    by: str
    on: str
    status: AnswerStatus


def digest_of(rule: Rule, proposal: Proposal, measure: str | None) -> str:
    """What an answer holds for: the question with its sources, and the text that it is about.

    Args:
        rule: that puts the question.
        proposal: on which it is put.
        measure: the id of the measure that it is about; None for the proposal as a whole.
    """
    parts = [each for each in proposal.measures if measure in {None, each.id}]
    about = [rule.id, rule.message.en, rule.message.nl, *rule.sources, *map(_text_of, parts)]
    return hashlib.sha256(json.dumps(about, ensure_ascii=False).encode()).hexdigest()[:_DIGITS]


def _text_of(measure: Measure) -> Any:
    """The words of a measure as far as they are recorded; without any, all that is."""
    passage = measure.evidence_for("reference")
    if passage is not None and passage.span is not None:
        length = passage.span[1] - passage.span[0]
        return [measure.id, passage.quote, passage.prefix, passage.suffix, length]
    title = measure.title.en if measure.title else ""
    values = map(measure.value, measure.names())
    return [measure.id, title, *(sorted(map(str, value.yes)) for value in values)]


def apply_answers(
    findings: Sequence[Finding], proposal: Proposal, rules: Mapping[str, Rule]
) -> tuple[tuple[Finding, ...], tuple[AnswerUse, ...]]:
    """The findings with what persons say on the questions among them, and what became of each answer.

    Args:
        findings: of the proposal.
        proposal: with the answers.
        rules: by id.
    """
    answered: dict[int, RecordedAnswer] = {}
    uses = []
    opposed = _opposed(proposal, rules)
    for answer in proposal.answers:
        fitting = [
            number
            for number, finding in enumerate(findings)
            if (finding.rule, finding.measure, finding.verdict) == (answer.rule, answer.measure, "question")
        ]
        status: AnswerStatus = "unused"
        for number in fitting:
            held = answer.digest in {"", digest_of(rules[answer.rule], proposal, answer.measure)}
            status = "in-use" if held else "outdated"
            if held and (answer.rule, answer.measure) in opposed:
                status = "unused"
            elif held:
                answered[number] = answer
        uses.append(_use(answer, status))
    marked = (
        _answered(finding, answered[number]) if number in answered else finding
        for number, finding in enumerate(findings)
    )
    return tuple(marked), tuple(uses)


def _opposed(proposal: Proposal, rules: Mapping[str, Rule]) -> set[tuple[str, str | None]]:
    """The questions on which answers that hold say the opposite, by rule and measure."""
    said: dict[tuple[str, str | None], set[bool]] = {}
    for answer in proposal.answers:
        rule = rules.get(answer.rule)
        if rule is not None and answer.digest in {"", digest_of(rule, proposal, answer.measure)}:
            said.setdefault((answer.rule, answer.measure), set()).add(answer.in_order)
    return {question for question, answers in said.items() if len(answers) > 1}


def _answered(finding: Finding, answer: RecordedAnswer) -> Finding:
    said = Answered(**_said(answer))
    return evolve(finding, verdict="aligned" if answer.in_order else "conflict", answered=said)


def _use(answer: RecordedAnswer, status: AnswerStatus) -> AnswerUse:
    return AnswerUse(rule=answer.rule, measure=answer.measure, status=status, **_said(answer))


def _said(answer: RecordedAnswer) -> dict[str, Any]:
    return {
        "in_order": answer.in_order,
        "reason": answer.reason,
        "place": answer.place,
        "by": answer.by,
        "on": answer.on.isoformat(),
    }
