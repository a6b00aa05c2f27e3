"""Questions to the solver, and witnesses: proposals that satisfy a formula, as small as can be.

The solver is trusted only where it says that there is none. A witness is checked by the plain evaluator (`verified`) before it is shown.
"""

from collections.abc import Iterable, Sequence

from attrs import define, field, frozen

from consistent.authoring.proving._symbolic import SymbolicProposal, bounded, quantified, universe_of
from consistent.authoring.proving.formulas import Formula, Solver, at_least, opposite
from consistent.authoring.proving.outcomes import Outcome, Outcomes
from consistent.authoring.proving.translating import Translator
from consistent.engine.plain import PlainEngine
from consistent.errors import EngineError
from consistent.findings.outcome import SPOKEN_OUTCOMES
from consistent.findings.states import states
from consistent.model.proposal import Proposal, fields_in
from consistent.model.vocabulary import Vocabularies
from consistent.rules.conditions import Condition, Count
from consistent.rules.program import FactLookup, Program

__all__ = ["OTHERS", "Bounds", "SolverSession", "conditions_of", "measures_for", "verified"]

# How many measures there may be beside the judged one, where conditions look at several.
OTHERS = 2


def conditions_of(program: Program) -> list[Condition]:
    """Every condition of the rules of a program."""
    return [condition for compiled in program.rules for condition in compiled.rule.conditions]


def measures_for(conditions: Iterable[Condition], others: int = OTHERS) -> int:
    """How many measures a symbolic proposal needs for every count to be both reached and exceeded, and `others` at least."""
    bounds = [
        bound
        for condition in quantified(conditions)
        if isinstance(condition, Count)
        for bound in (condition.at_least, condition.at_most)
        if bound is not None
    ]
    return max(1 + others, *(bound + 1 for bound in bounds)) if bounds else 1 + others


@frozen(kw_only=True)
class Bounds:
    """Of which proposals something was decided.

    Attributes:
        measures: of those with so many measures at most; None where more make no difference.
        compared: conditions compare fields of which more can be said than was told apart.
    """

    measures: int | None = None
    compared: bool = False

    @classmethod
    def of(cls, conditions: Iterable[Condition], measures: int) -> "Bounds":
        """Those of an answer that rests on conditions, decided with so many measures."""
        listed = tuple(conditions)
        counted = any(True for _ in quantified(listed))
        return cls(measures=measures if counted else None, compared=bounded(listed))


@define(eq=False)
class SolverSession:
    """A solver with a symbolic proposal and the formulas of the rules of one day, for many questions about these.

    Attributes:
        programs: of packs whose outcomes are asked for; most often one.
        vocabularies: of the terms.
        measures: how many the proposal may have at most.
        further: conditions beside those of the rules, whose values must be told apart too.
        seconds: for each question; no bound unless given.
    """

    programs: tuple[Program, ...]
    vocabularies: Vocabularies
    measures: int
    further: tuple[Condition, ...] = ()
    seconds: float | None = None
    solver: Solver = field(init=False)
    proposal: SymbolicProposal = field(init=False)
    outcomes: tuple[Outcomes, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.solver = Solver(self.seconds)
        asked: list[tuple[Condition, FactLookup]] = [
            (condition, program.facts)
            for program in self.programs
            for condition in (*conditions_of(program), *self.further)
        ]
        universe = universe_of(asked, fields_in(self.vocabularies).every, self.vocabularies)
        self.proposal = SymbolicProposal(self.solver, universe, self.vocabularies, self.measures)
        self.outcomes = tuple(
            Outcomes(program, Translator(self.proposal, program.facts, self.solver.named)) for program in self.programs
        )

    def smallest(self, parts: Sequence[Formula]) -> Proposal | None:
        """The smallest proposal on which the parts hold; None where there is none, or none was found in time.

        It has as few measures and fields as can be, then as few values; where time runs out, it may have more.
        """
        solver, proposal = self.solver, self.proposal
        if solver.can(parts) != "yes":
            return None
        found = proposal.decoded()
        said = dict(proposal.said)
        kept = [*parts, self._fewest(parts, [*proposal.present, *said.values()])]
        if solver.can(kept) != "yes":
            return found
        found = proposal.decoded()
        spoken = [slot for slot, formula in said.items() if solver.holds(formula)]
        kept += [opposite(formula) for slot, formula in said.items() if slot not in spoken]
        # Of what is as short, the broadest terms, as a rule is written; and rather all of a field than a part.
        for weights in (proposal.weights(spoken), proposal.narrowness(spoken), proposal.openness(spoken)):
            kept.append(self._fewest(kept, list(weights)))
            if solver.can(kept) != "yes":
                return found
            found = proposal.decoded()
        return found

    def became(self, outcome: Outcome) -> str:
        """The outcome of a rule in the model that was found last."""
        return next((name for name in SPOKEN_OUTCOMES if self.solver.holds(getattr(outcome, name))), "not-applicable")

    def _fewest(self, parts: Sequence[Formula], weights: Sequence[Formula]) -> Formula:
        """That as few of the weights hold as can be, beside the parts; their number is found by bisection (MaxSAT).

        Where time runs out, nothing is asked of the weights.
        """
        if self.solver.can(parts) != "yes":
            return True
        least, most = 0, sum(map(self.solver.holds, weights))
        while least < most:
            middle = (least + most) // 2
            if self.solver.can([*parts, opposite(at_least(weights, middle + 1))]) == "yes":
                most = sum(map(self.solver.holds, weights))
            else:
                least = middle + 1
        return opposite(at_least(weights, most + 1))


def verified(program: Program, proposal: Proposal, predicted: Iterable[tuple[str, int | None, str]]) -> Proposal:
    """Check a witness with the plain evaluator.

    Args:
        program: the rules.
        proposal: the witness.
        predicted: what the solver says: the id of a rule, the number of a measure (None for the proposal as a whole), the outcome.

    Returns:
        The proposal.

    Raises:
        EngineError: the evaluator finds another outcome: translation or evaluator is wrong, and no answer is given.
    """
    found = states(program, PlainEngine().evaluate(program, proposal))
    for name, place, outcome in predicted:
        if found[name][place or 0].outcome != outcome:
            raise EngineError(
                f"the proof says that `{name}` is {outcome}, the evaluator that it is {found[name][place or 0].outcome}"
            )
    return proposal
