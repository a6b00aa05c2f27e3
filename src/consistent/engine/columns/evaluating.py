"""The columnar engine: puts a plan to a batch of proposals, column by column."""

import threading
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import pairwise
from weakref import WeakKeyDictionary

from consistent.engine.batch import Batch
from consistent.engine.columns._layouts import Grid, ListedProposals, PlainGrid, Subjects
from consistent.engine.columns._planning import Plan, PlannedClauses, PlannedCount, PlannedJoins, Tree
from consistent.engine.worlds import RuleWorlds, Worlds
from consistent.model.proposal import Measure, Proposal
from consistent.rules.program import Compared, Join, Program, Quantified, RuleTruths, Shared, Subject, Total
from consistent.truth import Truth, all_of, any_of

__all__ = ["ColumnsEngine", "evaluate_batch"]

# By number of literal, the subjects for which it holds; see `_planning` for the numbers.
Literals = list[int]
_NEVER = Worlds(0, 0)
_NOWHERE = RuleWorlds(_NEVER, ())


def evaluate_batch(program: Program, plan: Plan, subjects: Subjects, grid: Grid, *, wholly: bool = False) -> Batch:
    """What holds of each rule of the program, for every measure of the proposals.

    Args:
        program: compiled rules.
        plan: that of the program.
        subjects: at least one proposal.
        grid: how the measures of these proposals lie.
        wholly: ask for exceptions also where a rule applies nowhere.
    """
    work = _Evaluation(plan, subjects, grid)
    return Batch(program, subjects.proposals, subjects.starts, tuple(work.rules(wholly=wholly)), grid)


class _Evaluation:
    """The evaluation of a batch: what values answer, then what is counted, then the rules."""

    def __init__(self, plan: Plan, subjects: Subjects, grid: Grid) -> None:
        self._plan, self._subjects, self._grid = plan, subjects, grid
        self._all: dict[Subject, int] = {"measure": (1 << grid.measures) - 1, "proposal": (1 << grid.proposals) - 1}
        sure, possible = [0] * plan.size, [0] * plan.size
        for field in plan.fields:
            field.answers.evict()
            columns = slice(field.first, field.first + len(field.answers.questions))
            sure[columns], possible[columns] = grid.columns(field.answers, subjects.value_numbers(field))
        # What has no answer is possible, and never sure.
        for number in plan.undecided:
            possible[number] = self._all["proposal"]
        for pair in plan.pairs:
            answers = self._paired(pair.column)
            sure[pair.number], possible[pair.number] = answers.sure, answers.possible
        # So far a column has a bit for each of those that it is put to, proposals or measures. Conditions on measures also ask
        # the proposal, so that for them each answer of a proposal stands at all of its measures. (Conditions on the proposal
        # never ask a measure but by counting.)
        of_proposals = self._literals(sure, possible, "proposal")
        for number in plan.of_proposal:
            # Of most questions the answer is no, which needs no spreading.
            if possible[number]:
                sure[number], possible[number] = grid.spread(sure[number]), grid.spread(possible[number])
        of_measures = self._literals(sure, possible, "measure")
        # In each world the literals of each level; one world where nothing is unknown. Values that are known may still leave
        # it open whether two measures share one, and amounts what they come to, so that questions of that kind need both.
        worlds = zip(of_proposals, of_measures, strict=True)
        self._worlds = [{"proposal": whole, "measure": single} for whole, single in worlds]
        if self._worlds[0] == self._worlds[1] and not plan.needs_both_worlds:
            del self._worlds[1]
        for count in plan.counts:
            self._count(count)

    def rules(self, *, wholly: bool) -> Iterator[RuleWorlds]:
        """What holds of each rule, in order of the program."""
        for rule in self._plan.rules:
            when = self._either(rule.when, rule.level)
            if when.possible or wholly:
                yield RuleWorlds(when, tuple(self._either(exception, rule.level) for exception in rule.unless))
            else:
                yield _NOWHERE

    def _literals(self, sure: Sequence[int], possible: Sequence[int], level: Subject) -> tuple[Literals, Literals]:
        """For what is sure and for what is possible: where each column is yes, and where it is no, by turns.

        Args:
            sure: by column, where the answer is yes.
            possible: by column, where it is not no.
            level: whose bits are counted: those of measures or of proposals.
        """
        every = self._all[level]
        surely, possibly = [0] * (2 * len(sure)), [0] * (2 * len(sure))
        # That an answer is no is sure where yes is not possible, and possible where yes is not sure: the worlds change places.
        surely[::2], possibly[::2] = sure, possible
        surely[1::2], possibly[1::2] = [every ^ column for column in possible], [every ^ column for column in sure]
        return surely, possibly

    def _either(self, clauses: PlannedClauses, level: Subject) -> Worlds:
        """Where one of the clauses holds."""
        every = self._all[level]
        if clauses.always:
            return Worlds(every, every)
        possible = _either(clauses.tree, self._worlds[-1][level], every)
        if not possible:
            return _NEVER
        # With nothing unknown there is one world.
        sure = possible if len(self._worlds) == 1 else _either(clauses.tree, self._worlds[0][level], every)
        return Worlds(sure, possible)

    def _paired(self, column: Shared | Compared) -> Worlds:
        """What is asked of two fields: of each measure or proposal, without bits."""
        return Worlds.of(
            [
                column.answer(proposal, subject)
                for proposal in self._subjects.proposals
                for subject in (proposal.measures if column.scope == "measure" else (None,))
            ]
        )

    def _count(self, count: PlannedCount) -> None:
        """Answer a question across measures, and enter the answer among the literals, where rules look it up."""
        column = count.column
        if count.joined:
            answer = self._joined(column, count.alternatives)
        else:
            # Alternatives are grouped by their joins: without any there is one group, or no clause at all.
            met = self._either(count.alternatives[0].clauses, "measure") if count.alternatives else _NEVER
            if not met.possible and count.of_none is not None:
                if count.of_none is Truth.NO:
                    # So the literals have it already: of a column that nobody answered yes is not possible.
                    return
                every = self._all[column.scope]
                answer = Worlds(every if count.of_none is Truth.YES else 0, every)
            elif column.total is None:
                counted = self._grid.counted_others if column.others_only else self._grid.counted
                answer = counted(met, column.within)
            else:
                answer = self._summed(column.total, met)
        self._enter(count.number, answer, column.scope)
        if column.scope == "proposal":
            spread = Worlds(self._grid.spread(answer.sure), self._grid.spread(answer.possible))
            self._enter(count.number, spread, "measure")

    def _summed(self, total: Total, met: Worlds) -> Worlds:
        """What amounts come to is asked of each proposal, without bits."""
        spans = zip(self._subjects.proposals, pairwise(self._subjects.starts), strict=True)
        return Worlds.of([total.truth(proposal, [met.at(row) for row in range(*span)]) for proposal, span in spans])

    def _enter(self, number: int, answer: Worlds, level: Subject) -> None:
        """Put a column among the literals of each world that there is; for no the worlds change places, as in `_literals`."""
        every, last = self._all[level], len(self._worlds) - 1
        for index, (yes, no) in enumerate(((answer.sure, answer.possible), (answer.possible, answer.sure))):
            if index <= last:
                self._worlds[index][level][2 * number : 2 * number + 2] = [yes, every ^ no]

    def _joined(self, column: Quantified, alternatives: Sequence[PlannedJoins]) -> Worlds:
        """Where a candidate has to share a value with the judged measure: of each pair of measures that could be one.

        Whether two sets share a value is asked of a pair, so that no column answers it: pair by pair, without bits.
        """
        apart = [(alternative.joins, self._either(alternative.clauses, "measure")) for alternative in alternatives]
        truths: list[Truth] = []
        for proposal, (first, last) in zip(self._subjects.proposals, pairwise(self._subjects.starts), strict=True):
            rows = range(first, last)
            # Most measures fail what is asked of the candidate alone, so that few pairs are left.
            may = [row for row in rows if any(met.possible >> row & 1 for _, met in apart)]
            for judged in rows:
                counts = [0, 0]
                for candidate in may:
                    if column.others_only and candidate == judged:
                        continue
                    pair = proposal.measures[candidate - first], proposal.measures[judged - first]
                    truth = any_of(
                        all_of((met.at(candidate), *(_shares(join, proposal, *pair) for join in joins)))
                        for joins, met in apart
                    )
                    counts[0] += truth is Truth.YES
                    counts[1] += truth is not Truth.NO
                truths.append(column.within(*counts))
        return Worlds.of(truths)


def _shares(join: Join, proposal: Proposal, candidate: Measure, judged: Measure) -> Truth:
    own, wanted = proposal.value(join.candidate_field, candidate), proposal.value(join.judged_field, judged)
    return join.between(own, wanted)


def _either(tree: Tree, literals: Literals, every: int) -> int:
    """Where one of the alternatives holds, of those subjects.

    Args:
        tree: the alternatives.
        literals: where each holds.
        every: the subjects that met all literals on the way down.
    """
    holding = 0
    for literal, rest in tree:
        bits = every & literals[literal]
        if bits:
            holding |= bits if rest is None else _either(rest, literals, bits)
    return holding


class ColumnsEngine:
    """The columnar evaluator. Each thread plans for itself: a plan holds the answers of values, which grow with each check."""

    name = "columns"
    # So many proposals have columns of some ten thousand measures, long enough for NumPy and short enough for memory. Without it, as in
    # a browser, each is a batch of its own.
    most = 2_000 if find_spec("numpy") else 1

    def __init__(self) -> None:
        self._local = threading.local()

    def evaluate(self, program: Program, proposal: Proposal) -> tuple[RuleTruths, ...]:
        """What holds of each rule of the program; see `Engine`."""
        return self.of_subjects(program, ListedProposals((proposal,)), wholly=True).truths()

    def prepare(self, program: Program) -> None:
        """Note that there is nothing to note; see `Engine`."""
        program.note_made(self.name, None)

    def batch(self, program: Program, proposals: Sequence[Proposal]) -> Batch:
        """What holds of each rule, for all of these proposals."""
        return self.of_subjects(program, ListedProposals(proposals))

    def of_subjects(self, program: Program, subjects: Subjects, *, wholly: bool = False) -> Batch:
        """The same for proposals in any form.

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
        return PlainGrid(subjects.starts[-1])
    from consistent.engine.columns.many import NumpyGrid  # noqa: PLC0415  a single check needs no NumPy

    return NumpyGrid(subjects.starts)
