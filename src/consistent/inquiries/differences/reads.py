"""What rules look at, so that what they do not look at need not be tried."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from consistent.rules.conditions import (
    All,
    Any,
    Condition,
    Count,
    FactExists,
    KnownValues,
    Not,
    Other,
    Reference,
    Test,
    tests_in,
)
from consistent.rules.rule import Rule

__all__ = ["Reads", "reads_of"]


@frozen
class Reads:
    """All that a rule looks at, with the rules that can defeat it.

    Attributes:
        rules: itself, and those that defeat it, or defeat those.
        fields: of measures or of the proposal.
        kinds: of fact.
        vocabularies: whose order of terms counts.
        counts: whether it looks at other measures than the judged one.
    """

    rules: frozenset[str]
    fields: frozenset[str]
    kinds: frozenset[str]
    vocabularies: frozenset[str]
    counts: bool


def reads_of(name: str, versions: Sequence[Mapping[str, Rule]]) -> Reads:
    """What a rule looks at in any of the versions in which it is there."""
    names = {name}
    waiting = [name]
    while waiting:
        weaker = waiting.pop()
        above = {each.id for rules in versions for each in rules.values() if weaker in each.defeats} - names
        names |= above
        waiting.extend(above)
    held = [rules[each] for each in names for rules in versions if each in rules]
    conditions = [each for rule in held for each in (rule.when, *(one.condition for one in rule.unless))]
    tests = [test for each in conditions for test in tests_in(each)]
    nodes = [node for each in conditions for node in _nodes(each)]
    referred = [test.operand for test in tests if isinstance(test.operand, Reference)]
    known = [test.operand for test in tests if isinstance(test.operand, KnownValues)]
    asked = [*(test.field for test in tests), *(each.field for each in referred)]
    return Reads(
        rules=frozenset(names),
        fields=frozenset(each.name for each in asked),
        kinds=frozenset([*(each.kind for each in nodes if isinstance(each, FactExists)), *(each.kind for each in known)]),
        vocabularies=frozenset(each.vocabulary for each in asked if each.type == "terms"),
        counts=any(isinstance(each, Other | Count) for each in nodes),
    )  # fmt: skip


def _nodes(condition: Condition) -> Iterator[Condition]:
    yield condition
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from _nodes(part)
        case Not(part) | FactExists(_, part) | Other(part) | Count(part):
            yield from _nodes(part)
        case Test():
            return
