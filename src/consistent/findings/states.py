"""From truth values to what became of each rule: exceptions and superiority.

Superiority goes in no circle, so that the rules are stratified: each is settled after those above it. That gives the one
well-founded model; what is undefined there is `open` here. Slow and obvious on purpose: it is the oracle of `settling`, which
does the same for all measures at once.
"""

from collections.abc import Mapping, Sequence

from attrs import frozen

from consistent.findings.outcome import RuleOutcome
from consistent.rules.program import Program, RuleTruths
from consistent.rules.rule import Rule
from consistent.truth import Truth, any_of

__all__ = ["State", "states"]


@frozen
class State:
    """What became of one rule on one measure, or on the proposal.

    Attributes:
        outcome: `applies`, `open`, `excepted`, `defeated` or `not-applicable`.
        exception: the exception that holds.
        by: rules that defeat it, or would, in order of id.
    """

    outcome: RuleOutcome
    exception: int | None = None
    by: tuple[str, ...] = ()


_SILENT = State("not-applicable")


def states(program: Program, truths: Sequence[RuleTruths]) -> Mapping[str, tuple[State, ...]]:
    """What became of every rule.

    A rule that is itself defeated does not defeat another.

    Args:
        program: the rules.
        truths: what holds of each, in the same order.

    Returns:
        By id of the rule one state for each measure, or one for the proposal.
    """
    settled: dict[str, tuple[State, ...]] = {}
    # Not by `rules.rule.stronger`: this is the oracle for `settling`, which goes by that.
    by_id = {compiled.rule.id: (compiled.rule, truth) for compiled, truth in zip(program.rules, truths, strict=True)}
    stronger: dict[str, list[str]] = {name: [] for name in by_id}
    for rule, _ in by_id.values():
        for weaker in rule.defeats:
            if weaker in stronger:
                stronger[weaker].append(rule.id)

    def settle(name: str) -> tuple[State, ...]:
        if name not in settled:
            # Stronger rules first: only one that counts itself sets another aside.
            above = {other: settle(other) for other in stronger[name]}
            _, truth = by_id[name]
            settled[name] = tuple(
                _defeat(
                    _own(truth, index), {other: _at(theirs, by_id[other][0], index) for other, theirs in above.items()}
                )
                for index in range(len(truth.when))
            )
        return settled[name]

    for name in by_id:
        settle(name)
    return settled


def _at(settled: Sequence[State], stronger: Rule, index: int) -> State:
    """The state of a stronger rule where a weaker one is judged; one on the whole proposal counts everywhere."""
    return settled[index if stronger.scope == "measure" else 0]


def _own(truths: RuleTruths, index: int) -> State:
    """The state by the rule's own conditions."""
    when = truths.when[index]
    if when is Truth.NO:
        return _SILENT
    holding = [number for number, exception in enumerate(truths.unless) if exception[index] is Truth.YES]
    if holding:
        # Where the conditions are unknown there is nothing to ask: the exception holds whatever they turn out to be.
        return State("excepted", exception=holding[0]) if when is Truth.YES else _SILENT
    doubt = any_of(exception[index] for exception in truths.unless) is Truth.UNKNOWN
    return State("open") if when is Truth.UNKNOWN or doubt else State("applies")


def _defeat(own: State, above: Mapping[str, State]) -> State:
    """The state after stronger rules had their say.

    INVARIANT: what is open above keeps a finding open below, so that an answer only ever decides what was open.
    """
    if own.outcome not in {"applies", "open"}:
        return own
    winning = tuple(sorted(name for name, state in above.items() if state.outcome == "applies"))
    if winning:
        # What was open does not matter any more: whatever the answer, the rule does not count.
        return State("defeated", by=winning) if own.outcome == "applies" else _SILENT
    pending = tuple(sorted(name for name, state in above.items() if state.outcome == "open"))
    return State("open", by=pending) if pending else own
