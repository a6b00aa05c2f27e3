"""What every engine does: a program and a proposal in, truth values out."""

from collections.abc import Sequence
from typing import Protocol

from consistent.engine.batch import Batch
from consistent.model.proposal import Proposal
from consistent.rules.program import Program, RuleTruths

__all__ = ["Engine"]


class Engine(Protocol):
    """Decides the conditions of rules. Engines hold no state that changes an answer, and may be used from any thread."""

    @property
    def name(self) -> str:
        """How reports call it."""

    @property
    def most(self) -> int:
        """How many proposals it takes at once."""

    def prepare(self, program: Program) -> None:
        """Note in a program what checks by it begin with, for whoever gets the program pickled; None where that is not much."""

    def batch(self, program: Program, proposals: Sequence[Proposal]) -> Batch:
        """What holds of each rule, for every measure of the proposals.

        Args:
            program: compiled rules.
            proposals: at least one, and no more than `most`.

        Raises:
            EngineError: as `evaluate`.
        """

    def evaluate(self, program: Program, proposal: Proposal) -> tuple[RuleTruths, ...]:
        """What holds of each rule.

        Args:
            program: compiled rules.
            proposal: what they are checked against.

        Returns:
            One entry for each rule, in order of the program.

        Raises:
            EngineError: the engine did not do all of its work. Never a partial answer.
        """
