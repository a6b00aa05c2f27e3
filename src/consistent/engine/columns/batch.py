"""What was found of many proposals at once."""

from collections.abc import Sequence

from attrs import frozen

from consistent.engine.columns.grids import Grid
from consistent.engine.columns.worlds import RuleWorlds
from consistent.model.proposal import Proposal
from consistent.rules.program import Program, RuleTruths

__all__ = ["Batch"]


@frozen(eq=False)
class Batch:
    """What holds of the rules of a program.

    Attributes:
        starts: where the measures of each proposal begin in the row of all, and at the end how many there are.
        rules: in order of the program.
        grid: how the measures lie.
    """

    program: Program
    proposals: Sequence[Proposal]
    starts: Sequence[int]
    rules: tuple[RuleWorlds, ...]
    grid: Grid

    def truths(self) -> tuple[RuleTruths, ...]:
        """Of a batch of one proposal, the same as every engine gives it."""
        size = self.starts[-1]
        found = []
        for compiled, worlds in zip(self.program.rules, self.rules, strict=True):
            subjects = size if compiled.rule.scope == "measure" else 1
            unless = tuple(each.truths(subjects) for each in worlds.unless)
            found.append(RuleTruths(worlds.when.truths(subjects), unless))
        return tuple(found)
