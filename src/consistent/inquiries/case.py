"""A proposal with all that is needed to check it, again or changed."""

from datetime import date

from attrs import evolve, frozen

from consistent.engine.protocol import Engine
from consistent.findings.ageing import Limits
from consistent.findings.judging import make_report
from consistent.findings.report import Report
from consistent.findings.states import states
from consistent.knowledge.base import Knowledge
from consistent.model.proposal import Proposal
from consistent.reading.waivers import Waiver
from consistent.rules.program import Program

__all__ = ["Case", "States"]

# What became of a rule where: by the rule's id and the measure's, None for the whole proposal. What does not apply is left out.
States = dict[tuple[str, str | None], str]


@frozen(kw_only=True, eq=False)
class Case:
    """One proposal before the rules of one day.

    Attributes:
        waivers: findings that are accepted.
        known: ids of all rules of the pack, those of the program and others.
        limits: from when on time is worth a warning.
    """

    knowledge: Knowledge
    program: Program
    engine: Engine
    proposal: Proposal
    day: date
    waivers: tuple[Waiver, ...] = ()
    known: frozenset[str] = frozenset()
    limits: Limits = Limits()

    def of(self, proposal: Proposal) -> "Case":
        """The same rules on another proposal."""
        return evolve(self, proposal=proposal)

    def report(self) -> Report:
        """Check it.

        Raises:
            EngineError: the engine did not do all of its work.
        """
        truths = self.engine.evaluate(self.program, self.proposal)
        return make_report(
            self.knowledge, self.program, self.proposal, truths, day=self.day, engine=self.engine.name,
            waivers=self.waivers, known=self.known, limits=self.limits,
        )  # fmt: skip

    def states(self) -> States:
        """Check it, without the words: the outcome of every rule that applies, is open, excepted or defeated."""
        settled = states(self.program, self.engine.evaluate(self.program, self.proposal))
        found: States = {}
        for each in self.program.rules:
            where = [m.id for m in self.proposal.measures] if each.rule.scope == "measure" else [None]
            for name, state in zip(where, settled[each.rule.id], strict=True):
                if state.outcome != "not-applicable":
                    found[each.rule.id, name] = state.outcome
        return found
