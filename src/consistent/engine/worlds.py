"""Truth values of many subjects at once, as bits in two worlds.

There are three truth values (`truth.Truth`), and a bit has two. So a condition is kept as two whole numbers, one for each
**world**: in `sure` bit n is one where the condition is yes for subject n, in `possible` where it is not no. Unknown is a
one in the second and a zero in the first. Everything in between is then 'and', 'or' and 'exclusive or' of whole numbers,
which Python does for thousands of subjects in one step.

What is negated swaps the worlds: that a condition is surely not met is a zero in `possible`.
"""

from collections.abc import Iterator, Sequence

from attrs import frozen

from consistent.rules.program import RuleTruths
from consistent.truth import Truth

__all__ = ["RuleWorlds", "Worlds", "ones"]


@frozen
class Worlds:
    """What a condition is for each subject: bit n of `sure` where it is yes for subject n, of `possible` where it is not no.

    INVARIANT: what is sure is possible.
    """

    sure: int
    possible: int

    @classmethod
    def of(cls, truths: Sequence[Truth]) -> "Worlds":
        """Pack truth values of subjects in a row, the first into the lowest bit."""
        # Through text: to set bits one by one would copy the number each time, which for many subjects is quadratic.
        backwards = truths[::-1]
        sure = "".join("1" if truth is Truth.YES else "0" for truth in backwards)
        possible = "".join("0" if truth is Truth.NO else "1" for truth in backwards)
        return cls(int(sure or "0", 2), int(possible or "0", 2))

    def at(self, subject: int) -> Truth:
        """What it is for one subject."""
        # INVARIANT above: 0 + 0 is no, 0 + 1 unknown, 1 + 1 yes, in the order of `Truth`.
        return Truth((self.sure >> subject & 1) + (self.possible >> subject & 1))

    def truths(self, size: int) -> tuple[Truth, ...]:
        """The same as truth values, for that many subjects."""
        return tuple(map(self.at, range(size)))


@frozen
class RuleWorlds:
    """What holds of one rule; subjects are the measures of all proposals in a row, or for a rule on the whole, the proposals."""

    when: Worlds
    unless: tuple[Worlds, ...]

    @classmethod
    def of(cls, truths: RuleTruths) -> "RuleWorlds":
        """Pack truth values."""
        return cls(Worlds.of(truths.when), tuple(map(Worlds.of, truths.unless)))

    def truths(self, subjects: int) -> RuleTruths:
        """The same as truth values, for that many subjects."""
        return RuleTruths(self.when.truths(subjects), tuple(exception.truths(subjects) for exception in self.unless))


def ones(bits: int) -> Iterator[int]:
    """Where the ones of a small number are, the lowest first."""
    while bits:
        # In two's complement a number and its negative have only the lowest one in common.
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
