"""Matches that are asked of a Rete network: facts with constants, joined on equal properties.

Kept to what durable-rules was found to do soundly, and within its limits (`docs/background/engine.md`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

__all__ = ["MAX_FACTS_IN_MATCH", "EngineRule", "Joined", "Pattern", "Same", "confirmed", "fits"]

# Limits of the extension, with room to spare: 64 alpha branches that one fact can pass (error 303), 255 properties in a
# fact (error 302), 16 facts in one match.
MAX_PATTERNS = 50
MAX_COLUMNS = 200
MAX_FACTS_IN_MATCH = 16


# An alias and a property of its fact, which equals that of another alias.
Joined = tuple[str, str, str, str]


@frozen
class Same:
    """A test across facts: this fact's property equals that of an earlier one."""

    name: str
    alias: str
    other: str


@frozen
class Pattern:
    """One fact of a match: properties that are constants, and properties shared with earlier facts of the match."""

    alias: str
    constants: tuple[tuple[str, int], ...]
    same: tuple[Same, ...] = ()

    def definition(self) -> dict[str, Any]:
        """As the engine reads it.

        A test across facts that comes last and fails is read past its end, so that the last one always holds: `j` is 1
        in every fact.
        """
        tests: list[dict[str, Any]] = [{name: value} for name, value in self.constants]
        tests += [{test.name: {test.alias: test.other}} for test in self.same]
        if self.same:
            tests.append({"j": {self.same[0].alias: "j"}})
        return {self.alias: {"$and": tests} if len(tests) > 1 else tests[0]}


@frozen
class EngineRule:
    """One alternative of a target, as an engine rule.

    Attributes:
        target: what a match counts for.
        result: aliases whose subjects make up the result.
    """

    target: int
    patterns: tuple[Pattern, ...]
    result: tuple[str, ...]

    @property
    def joins(self) -> tuple[Joined, ...]:
        """All tests across its facts."""
        return tuple(
            (pattern.alias, test.name, test.alias, test.other) for pattern in self.patterns for test in pattern.same
        )


def confirmed(joins: Iterable[Joined], match: Mapping[str, Mapping[str, int]]) -> bool:
    """Whether a match is one, and no hash collision: the engine finds its joins by hashes of 32 bits."""
    return all(match[alias][name] == match[other][its] for alias, name, other, its in joins)


def fits(patterns: int, columns: int) -> bool:
    """Whether so many patterns, which test so many columns in all, can share one ruleset."""
    return patterns <= MAX_PATTERNS and columns <= MAX_COLUMNS
