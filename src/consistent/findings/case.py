"""A proposal with all that is needed to check it, again or changed."""

from collections.abc import Callable, Sequence
from datetime import date

from attrs import evolve, frozen

from consistent.engine.protocol import Engine
from consistent.findings.identity import identity_of
from consistent.findings.judging import make_report
from consistent.findings.outcome import SpokenOutcome
from consistent.findings.report import OtherPack, Report
from consistent.findings.settling import Settlement
from consistent.knowledge.entries import Knowledge, Limits
from consistent.model.presuming import presumed
from consistent.model.proposal import Proposal
from consistent.rules.program import Program
from consistent.shown import Shown
from consistent.toml.waivers import Waiver

__all__ = ["Case", "States"]

# What became of a rule where: by the rule's id and the measure's, None for the whole proposal. What does not apply is left out.
States = dict[tuple[str, str | None], SpokenOutcome]


@frozen(kw_only=True, eq=False)
class Case(Shown):
    """One proposal before the rules of one day.

    Attributes:
        waivers: findings that are accepted.
        known: ids of all rules of the pack, those of the program and others.
        limits: from when on time is worth a warning.
        strict: whether what was looked for and not found stays unknown, as all that is not said; see `model.presuming`.
        elsewhere: tells which other packs speak of a proposal; None where nobody asks.
    """

    knowledge: Knowledge
    program: Program
    engine: Engine
    proposal: Proposal
    day: date
    waivers: tuple[Waiver, ...] = ()
    known: frozenset[str] = frozenset()
    limits: Limits = Limits()
    strict: bool = False
    elsewhere: Callable[[Proposal], Sequence[OtherPack]] | None = None

    @property
    def presumes(self) -> bool:
        """Whether anything is taken for absent since it was looked for and not found."""
        return bool(self.proposal.looked_for) and not self.strict

    def of(self, proposal: Proposal) -> "Case":
        """The same rules on another proposal."""
        return evolve(self, proposal=proposal)

    def report(self, *, most_told: int | None = None) -> Report:
        """Check it, and put what was found into words.

        Args:
            most_told: see `make_report`.

        Raises:
            EngineError: the engine did not do all of its work.
        """
        return self.written(self.settled((self.proposal,)), 0, most_told=most_told)

    def states(self) -> States:
        """Check it, without the words: the outcome of every rule that applies, is open, excepted or defeated.

        Raises:
            EngineError: as `report`.
        """
        return {(said.rule, said.measure): said.outcome for said in self.settled((self.proposal,)).spoken(0)}

    def settled(self, proposals: Sequence[Proposal]) -> Settlement:
        """Check proposals, all at once, without a word of explanation.

        Args:
            proposals: at least one, and no more than the engine takes.

        Raises:
            EngineError: as `report`.
        """
        batch = self.engine.batch(self.program, proposals)
        if self.strict or not any(proposal.looked_for for proposal in proposals):
            return Settlement.of(batch)
        vocabularies = self.knowledge.vocabularies
        presuming = [presumed(proposal, vocabularies) or proposal for proposal in proposals]
        return Settlement.of(batch, self.engine.batch(self.program, presuming))

    def written(
        self, settlement: Settlement, index: int, *, most_told: int | None = None, identified: bool = True
    ) -> Report:
        """Put what was found of a proposal into words.

        Args:
            settlement: as `settled` gave it.
            index: the place of the proposal.
            most_told: see `make_report`.
            identified: whether it says what it comes of, for which the whole proposal is digested.
        """
        proposal = settlement.batch.proposals[index]
        # Who chose a pack that speaks of it needs no other.
        wanted = self.elsewhere if self.knowledge.other_packs or not settlement.spoken(index) else None
        return make_report(
            self.knowledge, self.program, proposal, settlement.rows(index),
            assumed=settlement.assumed[index], presumed=settlement.presumptions(index), day=self.day,
            engine=self.engine.name, waivers=self.waivers, known=self.known, limits=self.limits, most_told=most_told,
            elsewhere=wanted(proposal) if wanted else (),
            identity=identity_of(proposal, self.knowledge, self.program, self.known, self.limits, strict=self.strict)
            if identified
            else None,
        )  # fmt: skip
