"""The graded judgement of each dimension, derived from what was found.

The scale is that of the Dutch appraisal of a Commission proposal; why the rules are these is argued in
`docs/background/grades.md`. Favourable is what is in line, and a condition that is met. The rules, in order:

1. A conflict stands on grounds of law or policy, and weighs on the whole: **negative**. Where it does not weigh on the whole:
   **partly positive, partly negative**.

   - In the three principles (competence, subsidiarity, proportionality) each measure has to pass the test. A conflict weighs
     on the whole where a rule on the proposal says it, or where every measure has one; otherwise a part of the proposal stands.
   - In the other dimensions silence on a measure is no praise: there a conflict weighs on the whole unless something in the
     same dimension is favourable.
   - What is favourable makes up for a conflict of policy. It never does so for one of law in the three principles, and
     elsewhere only where it stands on law itself: a wish of policy does not soften the law.
2. A conflict stands on contested grounds only: **partly positive, partly negative**.
3. A condition is missing, or a finding is waived: **positive with remarks**. So also, outside the three principles, where
   something is open beside what is favourable. Open is what depends on something unknown, and what only a person can answer.
   What is waived is accepted, and counts as nothing else: not as a conflict, a missing condition or a question, and never as
   favourable.
4. Something is open: **open**. A principle of which part is undecided is not approved of.
5. Something is favourable, and nothing is missing, waived or open: **positive**.
6. No rule speaks, or only one that is defeated or leaves the judgement to others: **not judged**.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, SupportsIndex, cast, overload

from consistent.rules.rule import DIMENSIONS, PRINCIPLES, Dimension, Grade, Ground, Verdict

__all__ = ["DefeatedLike", "FindingLike", "Judgement", "OpenLike", "counted", "judge"]


class Judgement(tuple[tuple[Dimension, Grade], ...]):
    """The grade of each dimension: pairs in the order of the Dutch appraisal, from which a grade can be had by its dimension.

    >>> judgement = Judgement([("competence", "open"), ("finance", "positive")])
    >>> judgement["finance"]
    'positive'
    >>> list(judgement)
    [('competence', 'open'), ('finance', 'positive')]
    >>> dict(judgement)
    {'competence': 'open', 'finance': 'positive'}
    """

    __slots__ = ()

    @overload
    def __getitem__(self, key: Dimension) -> Grade: ...
    @overload
    def __getitem__(self, key: SupportsIndex) -> tuple[Dimension, Grade]: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[tuple[Dimension, Grade], ...]: ...
    def __getitem__(
        self, key: Dimension | SupportsIndex | slice
    ) -> Grade | tuple[Dimension, Grade] | tuple[tuple[Dimension, Grade], ...]:
        """The grade of a dimension, or the pair at a place.

        Raises:
            KeyError: it has no such dimension.
        """
        if isinstance(key, str):
            return dict(self.items())[key]
        return super().__getitem__(cast("SupportsIndex", key))

    def keys(self) -> tuple[Dimension, ...]:
        """The dimensions, in order."""
        return tuple(dimension for dimension, _ in self)

    def values(self) -> tuple[Grade, ...]:
        """The grades, in order of their dimensions."""
        return tuple(grade for _, grade in self)

    def items(self) -> tuple[tuple[Dimension, Grade], ...]:
        """Each dimension with its grade."""
        return tuple(self)

    def get(self, dimension: str, default: Grade | None = None) -> Grade | None:
        """The grade of a dimension; the default where it has none such."""
        return next((grade for name, grade in self if name == dimension), default)


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
    def measure(self) -> object:
        """Of which measure it is said; None where it is said of the whole."""

    @property
    def waived(self) -> object:
        """None unless it is accepted."""


class DefeatedLike(Protocol):
    """What a judgement asks of a rule that is defeated."""

    @property
    def dimension(self) -> Dimension:
        """What it is about."""

    @property
    def ground(self) -> Ground:
        """What it stands on."""

    @property
    def met(self) -> bool:
        """Whether it is a condition that is met."""


def counted(finding: FindingLike) -> Verdict | None:
    """As what a finding counts in the judgement; None where it is waived.

    A question counts as open. The answer of a person belongs here and nowhere else: 'this is in order' makes the question
    count as `aligned`, on the ground of its rule; 'this is not' as the conflict or the condition that it asks about.
    """
    return None if finding.waived else finding.verdict


def judge(
    findings: Iterable[FindingLike],
    opens: Iterable[OpenLike],
    defeated: Iterable[DefeatedLike],
    measures: Iterable[object],
) -> Judgement:
    """The grade of every dimension.

    Args:
        findings: rules that apply, waived or not.
        opens: rules that are open.
        defeated: rules that an exception or a stronger rule sets aside.
        measures: those of the proposal, as findings name them.
    """
    listed, questions, beaten, all_measures = tuple(findings), tuple(opens), tuple(defeated), frozenset(measures)
    return Judgement(
        (
            dimension,
            _grade(
                dimension,
                [finding for finding in listed if finding.dimension == dimension],
                is_open=any(
                    question.dimension == dimension and question.verdict != "reserved" for question in questions
                ),
                met={rule.ground for rule in beaten if rule.dimension == dimension and rule.met},
                measures=all_measures,
            ),
        )
        for dimension in DIMENSIONS
    )


def _grade(
    dimension: Dimension,
    findings: Sequence[FindingLike],
    *,
    is_open: bool,
    met: set[Ground],
    measures: frozenset[object],
) -> Grade:
    as_counted = [(finding, counted(finding)) for finding in findings]
    conflicts = [finding for finding, verdict in as_counted if verdict == "conflict"]
    verdicts = {verdict for _, verdict in as_counted}
    favourable = met | {finding.ground for finding, verdict in as_counted if verdict == "aligned"}
    if conflicts:
        weighty = [conflict for conflict in conflicts if not _made_up_for(conflict, favourable)]
        return "negative" if _on_the_whole(weighty, measures) else "partly-positive-partly-negative"
    is_open = is_open or "question" in verdicts
    if "condition" in verdicts or None in verdicts or (favourable and is_open and dimension not in PRINCIPLES):
        return "positive-with-remarks"
    if is_open:
        return "open"
    return "positive" if favourable else "not-judged"


def _made_up_for(conflict: FindingLike, favourable: set[Ground]) -> bool:
    """Whether a conflict, for its ground or for what is favourable beside it, does not make the dimension negative."""
    match conflict.ground:
        case "contested":
            return True
        case "policy":
            return bool(favourable)
        case "law":
            return conflict.dimension not in PRINCIPLES and bool(favourable - {"policy"})


def _on_the_whole(conflicts: Sequence[FindingLike], measures: frozenset[object]) -> bool:
    """Whether conflicts leave no part of the proposal standing."""
    hit = {conflict.measure for conflict in conflicts}
    split = any(conflict.dimension in PRINCIPLES for conflict in conflicts)
    return bool(hit) and (not split or None in hit or hit >= measures)
