"""Which rules defeat which: directly, and through others."""

from collections.abc import Iterable, Mapping

from consistent.rules.rule import Rule

__all__ = ["reached", "stronger"]


def stronger(rules: Iterable[Rule]) -> dict[str, list[str]]:
    """For each rule those that defeat it directly, by id and in the order of the rules; rules that are not there defeat none.

    Args:
        rules: one version of each, or several, which count together.
    """
    listed = tuple(rules)
    above: dict[str, dict[str, None]] = {rule.id: {} for rule in listed}
    for rule in listed:
        for weaker in rule.defeats:
            if weaker in above:
                above[weaker][rule.id] = None
    return {name: list(names) for name, names in above.items()}


def reached(start: str, edges: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """A rule, then each to which edges lead from it, directly or not, once; those that have no edges of their own are left out.

    Args:
        start: the id of the rule.
        edges: from each rule to others, as `stronger` has them, or the other way round.
    """
    found = {start: None}
    waiting = [start]
    while waiting:
        fresh = [each for each in edges[waiting.pop()] if each in edges and each not in found]
        found |= dict.fromkeys(fresh)
        waiting += fresh
    return tuple(found)
