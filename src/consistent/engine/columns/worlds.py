"""What conditions are for a row of subjects: a bit for each measure, or for each proposal."""

from collections.abc import Sequence

from attrs import frozen

from consistent.truth import Truth

__all__ = ["RuleWorlds", "Worlds"]


@frozen
class Worlds:
    """What a condition is for each subject: bit n of `sure` where it is yes for subject n, of `possible` where it is not no.

    INVARIANT: what is sure is possible.
    """

    sure: int
    possible: int

    @classmethod
    def of(cls, truths: Sequence[Truth]) -> "Worlds":
        """Truth values of subjects in a row."""
        backwards = truths[::-1]
        sure = "".join("1" if each is Truth.YES else "0" for each in backwards)
        possible = "".join("0" if each is Truth.NO else "1" for each in backwards)
        return cls(int(sure or "0", 2), int(possible or "0", 2))

    def at(self, subject: int) -> Truth:
        """What it is for one subject."""
        return Truth((self.sure >> subject & 1) + (self.possible >> subject & 1))

    def truths(self, size: int) -> tuple[Truth, ...]:
        """The same as truth values, for that many subjects."""
        return tuple(map(self.at, range(size)))


@frozen
class RuleWorlds:
    """What holds of one rule; subjects are the measures of all proposals in a row, or for a rule on the whole, the proposals."""

    when: Worlds
    unless: tuple[Worlds, ...]
