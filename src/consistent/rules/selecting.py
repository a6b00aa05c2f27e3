"""Rules by pattern: id, folder of ids, wildcards, principle or position."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from consistent.errors import UsageError, did_you_mean
from consistent.rules.rule import Rule

__all__ = ["find_rule", "matches", "names_of", "select_rules"]


def select_rules(rules: Sequence[Rule], wanted: Iterable[str], unwanted: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that a wanted pattern names (all, where none is given) and no unwanted one does.

    Args:
        rules: to choose from.
        wanted: patterns, each of which may hold several by commas.
        unwanted: the same.

    Raises:
        UsageError: a pattern names no rule.
    """
    keep, drop = _checked(rules, wanted), _checked(rules, unwanted)
    return tuple(
        rule
        for rule in rules
        if (not keep or any(matches(rule, each) for each in keep)) and not any(matches(rule, each) for each in drop)
    )


def find_rule(rules: Sequence[Rule], name: str) -> Rule:
    """A rule by its id, or by the last part of it where only one rule has that.

    Raises:
        UsageError: there is none, or more than one.
    """
    found = [rule for rule in rules if rule.id == name] or [rule for rule in rules if rule.id.endswith("/" + name)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"several rules are called `{name}`", "name one: " + ", ".join(f"`{each.id}`" for each in found)
        )
    ids = {rule.id for rule in rules} | {rule.id.rpartition("/")[2] for rule in rules}
    raise UsageError(f"unknown rule `{name}`", did_you_mean(name, ids, limit=0))


def matches(rule: Rule, pattern: str) -> bool:
    """Whether a pattern names a rule."""
    return (
        rule.id == pattern
        or rule.id.startswith(pattern.rstrip("/") + "/")
        or pattern in rule.id.split("/")
        or fnmatchcase(rule.id, pattern)
        or pattern in {rule.principle, *rule.positions}
    )


def _checked(rules: Sequence[Rule], given: Iterable[str]) -> list[str]:
    patterns = [part.strip() for each in given for part in each.split(",") if part.strip()]
    for each in patterns:
        if not any(matches(rule, each) for rule in rules):
            raise UsageError(f"no rule matches `{each}`", did_you_mean(each, names_of(rules), limit=0))
    return patterns


def names_of(rules: Sequence[Rule]) -> set[str]:
    """Everything that names a rule: ids, their parts, principles and positions."""
    return {name for rule in rules for name in (rule.id, *rule.id.split("/"), rule.principle, *rule.positions)}
