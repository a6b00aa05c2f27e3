"""What an engine found of a batch of proposals, and how their measures lie in the bits of it.

All measures of a batch stand in one row, proposal after proposal; bit n of `worlds.Worlds` is the n-th of them. Only a
layout knows where in the row a proposal begins. It is shared by all engines and belongs to none.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from attrs import frozen

from consistent.engine.worlds import RuleWorlds, ones
from consistent.model.proposal import Proposal
from consistent.rules.program import Program, RuleTruths, Subject
from consistent.shown import Shown

__all__ = ["Batch", "Layout", "Listed", "Mark", "OneProposal", "starts_of"]

# Whose bits they are, a code, and the bits.
Mark = tuple[Subject, int, int]


class Listed(NamedTuple):
    """What is marked, in order of proposal, measure and code.

    Attributes:
        bounds: where in the lists each proposal begins, and at the end how long they are.
        places: the place of the measure in its proposal and one; 0 for the proposal as a whole.
        codes: of the marks.
    """

    bounds: list[int]
    places: list[int]
    codes: list[int]


class Layout(Protocol):
    """How the measures of a batch lie in a row."""

    @property
    def measures(self) -> int:
        """How many there are."""

    @property
    def proposals(self) -> int:
        """How many there are."""

    def spread(self, bits: int) -> int:
        """From bits of proposals to bits of their measures."""

    def listed(self, marks: Iterable[Mark], width: int) -> Listed:
        """What is marked, by proposal.

        Args:
            marks: each of which has a code below `width`.
            width: how many codes there are.
        """


class OneProposal:
    """One proposal, with whole numbers alone: where there is little to do, NumPy is mostly in the way. See `Layout`."""

    def __init__(self, measures: int) -> None:
        self.proposals, self.measures = 1, measures
        self._all = (1 << measures) - 1

    def spread(self, bits: int) -> int:
        """See `Layout`."""
        return self._all if bits else 0

    def listed(self, marks: Iterable[Mark], width: int) -> Listed:
        """See `Layout`."""
        # The place and the code as the digits of one number: numbers are sorted faster than pairs.
        keys = []
        for level, code, bits in marks:
            if level == "proposal":
                keys.append(code)
            else:
                keys += [(1 + measure) * width + code for measure in ones(bits)]
        keys.sort()
        return Listed([0, len(keys)], [key // width for key in keys], [key % width for key in keys])


@frozen(eq=False)
class Batch(Shown):
    """What holds of the rules of a program.

    Attributes:
        starts: where the measures of each proposal begin in the row of all, and at the end how many there are.
        rules: in order of the program.
        layout: how the measures lie.
    """

    program: Program
    proposals: Sequence[Proposal]
    starts: Sequence[int]
    rules: tuple[RuleWorlds, ...]
    layout: Layout

    @classmethod
    def of_one(cls, program: Program, proposal: Proposal, rules: Iterable[RuleWorlds]) -> "Batch":
        """A batch of a single proposal.

        Args:
            program: that was asked.
            proposal: the only one.
            rules: what holds of each rule, in order of the program.
        """
        measures = len(proposal.measures)
        return cls(program, (proposal,), (0, measures), tuple(rules), OneProposal(measures))

    @classmethod
    def of_truths(cls, program: Program, proposal: Proposal, truths: Iterable[RuleTruths]) -> "Batch":
        """The same from truth values: for engines that do not count in bits."""
        return cls.of_one(program, proposal, map(RuleWorlds.of, truths))

    def truths(self) -> tuple[RuleTruths, ...]:
        """Of a batch of one proposal, the same as `Engine.evaluate` gives it."""
        measures = self.starts[-1]
        return tuple(
            worlds.truths(measures if compiled.rule.scope == "measure" else 1)
            for compiled, worlds in zip(self.program.rules, self.rules, strict=True)
        )


def starts_of(proposals: Sequence[Proposal]) -> list[int]:
    """Where the measures of each proposal begin in the row of all, and at the end how many there are."""
    starts = [0]
    for proposal in proposals:
        starts.append(starts[-1] + len(proposal.measures))
    return starts
