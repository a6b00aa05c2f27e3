"""Columns behind the engine protocol."""

import threading
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from consistent.engine.batch import Batch
from consistent.engine.columns.evaluating import evaluate_batch
from consistent.engine.columns.grids import Grid
from consistent.engine.columns.planning import Plan
from consistent.engine.columns.single import Single
from consistent.engine.columns.subjects import Given, Subjects
from consistent.model.proposal import Proposal
from consistent.rules.program import Program, RuleTruths

__all__ = ["ColumnsEngine"]


class ColumnsEngine:
    """The columnar evaluator. Each thread plans for itself: a plan holds the answers of values, which grow with each check."""

    name = "columns"
    # So many proposals have columns of some ten thousand measures, long enough for NumPy and short enough for memory.
    most = 2_000

    def __init__(self) -> None:
        self._local = threading.local()

    def evaluate(self, program: Program, proposal: Proposal) -> tuple[RuleTruths, ...]:
        """What holds of each rule of the program; see `Engine`."""
        return self.of_subjects(program, Given((proposal,)), wholly=True).truths()

    def batch(self, program: Program, proposals: Sequence[Proposal]) -> Batch:
        """What holds of each rule, for all of these proposals."""
        return self.of_subjects(program, Given(proposals))

    def of_subjects(self, program: Program, subjects: Subjects, *, wholly: bool = False) -> Batch:
        """The same for proposals in whatever form.

        Args:
            program: compiled rules.
            subjects: at least one proposal.
            wholly: ask for exceptions also where a rule applies nowhere; a report does without.
        """
        return evaluate_batch(program, self._plan(program), subjects, _grid(subjects), wholly=wholly)

    def _plan(self, program: Program) -> Plan:
        local = self._local
        if not hasattr(local, "plans"):
            local.plans = WeakKeyDictionary()
        plan: Plan | None = local.plans.get(program)
        if plan is None:
            plan = local.plans[program] = Plan.of(program)
        return plan


def _grid(subjects: Subjects) -> Grid:
    if len(subjects.proposals) == 1:
        return Single(subjects.starts[-1])
    from consistent.engine.columns.many import Many  # noqa: PLC0415  a single check needs no NumPy

    return Many(subjects.starts)
