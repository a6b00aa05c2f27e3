"""The graded judgement of each dimension, derived from what was found.

The scale is that of the Dutch appraisal of a Commission proposal. Favourable is what is in line, and a condition that is met.
The rules, in order:

1. A conflict stands on grounds of law or policy: **negative**; but **partly positive, partly negative** where something in
   the same dimension is favourable.
2. A conflict stands on contested grounds only: **partly positive, partly negative**.
3. A condition is missing, a finding is waived, or something is open beside what is favourable: **positive with remarks**.
   Open is what depends on something unknown, and what only a person can answer. What is waived is accepted, and counts as
   nothing else: not as a conflict, a missing condition or a question, and never as favourable.
4. Something is favourable, and nothing is missing, waived or open: **positive**.
5. Something is open, and nothing else said: **open**. No rule speaks, or only one that is defeated or leaves the judgement to
   others: **not judged**.
"""

from collections.abc import Iterable
from typing import Protocol

from consistent.rules.rule import DIMENSIONS, Dimension, Grade, Ground, Verdict

__all__ = ["DefeatedLike", "FindingLike", "OpenLike", "judge"]


class OpenLike(Protocol):
    """What a judgement asks of something open."""

    @property
    def dimension(self) -> Dimension:
        """What it is about."""

    @property
    def verdict(self) -> Verdict:
        """What it would be."""


class FindingLike(OpenLike, Protocol):
    """What a judgement asks of a finding."""

    @property
    def ground(self) -> Ground:
        """What it stands on."""

    @property
    def waived(self) -> object:
        """None unless it is accepted."""


class DefeatedLike(Protocol):
    """What a judgement asks of a rule that is defeated."""

    @property
    def dimension(self) -> Dimension:
        """What it is about."""

    @property
    def met(self) -> bool:
        """Whether it is a condition that is met."""


def judge(
    findings: Iterable[FindingLike], opens: Iterable[OpenLike], defeated: Iterable[DefeatedLike]
) -> tuple[tuple[Dimension, Grade], ...]:
    """The grade of every dimension."""
    listed, questions, beaten = tuple(findings), tuple(opens), tuple(defeated)
    return tuple(
        (
            dimension,
            _grade(
                [finding for finding in listed if finding.dimension == dimension],
                is_open=any(
                    question.dimension == dimension and question.verdict != "reserved" for question in questions
                ),
                is_met=any(rule.met for rule in beaten if rule.dimension == dimension),
            ),
        )
        for dimension in DIMENSIONS
    )


def _grade(findings: list[FindingLike], *, is_open: bool, is_met: bool) -> Grade:
    is_waived = any(finding.waived for finding in findings)
    findings = [finding for finding in findings if not finding.waived]
    conflicts = [finding for finding in findings if finding.verdict == "conflict"]
    missing = any(finding.verdict == "condition" for finding in findings)
    favourable = is_met or any(finding.verdict == "aligned" for finding in findings)
    if conflicts:
        firm = any(conflict.ground != "contested" for conflict in conflicts)
        return "negative" if firm and not favourable else "partly-positive-partly-negative"
    is_open = is_open or any(finding.verdict == "question" for finding in findings)
    if missing or is_waived or (favourable and is_open):
        return "positive-with-remarks"
    if favourable:
        return "positive"
    return "open" if is_open else "not-judged"
