"""A property: something that holds whatever the proposal, with its meaning in words."""

from collections.abc import Callable
from datetime import date
from random import Random

from attrs import frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from consistent.authoring.proposal_text import toml
from consistent.authoring.strategies.of_pack import from_examples
from consistent.authoring.strategies.of_pack import proposals as at_random
from consistent.checker import KnowledgeBase
from consistent.engine.choosing import engine_named
from consistent.engine.protocol import Engine
from consistent.findings.case import Case, States
from consistent.model.proposal import Proposal
from consistent.model.text import Localized, today

__all__ = ["Judge", "Property", "PropertyError", "Setting", "difference"]


@frozen
class Setting:
    """A pack on one day, before one engine."""

    kb: KnowledgeBase
    day: date
    engine: str = "auto"

    def case(self, proposal: Proposal) -> Case:
        """The proposal before the rules of the day."""
        return self.kb.case(proposal, as_of=self.day, engine=self.engine)

    def states(self, proposal: Proposal) -> States:
        """What becomes of every rule; see `Case.states`."""
        return self.case(proposal).states()

    @property
    def evaluator(self) -> Engine:
        """The engine itself."""
        return engine_named(self.engine)


# What is wrong with a proposal, in words; None if nothing. The source of chance is seeded, so that a failure comes back.
Judge = Callable[[Proposal, Random], str | None]


class PropertyError(AssertionError):
    """A property does not hold.

    Attributes:
        name: of the property.
        wrong: what was seen.
        proposal: the smallest proposal found on which it was seen.
    """

    def __init__(self, name: str, meaning: Localized, wrong: str, proposal: Proposal) -> None:
        self.name, self.wrong, self.proposal = name, wrong, proposal
        super().__init__(f"{name}: {wrong}\n\nWhat should hold: {meaning.en}\n\n{toml(proposal)}")


@frozen(kw_only=True)
class Property:
    """Something that holds of every proposal.

    Attributes:
        name: short, with hyphens.
        meaning: what holds, and why that matters, in both languages.
        prepare: makes ready what all proposals share (a pack with its rules in another order, say), and gives what judges one
            proposal.
    """

    name: str
    meaning: Localized
    prepare: Callable[[Setting, Random], Judge]

    def test(
        self,
        kb: KnowledgeBase,
        *,
        examples: int = 100,
        as_of: date | None = None,
        engine: str = "auto",
        proposals: SearchStrategy[Proposal] | None = None,
    ) -> None:
        """Look for a proposal on which it does not hold, as a test of pytest or by itself.

        Args:
            kb: the pack.
            examples: how many proposals to try.
            as_of: the day whose facts and rules count; today unless given.
            engine: see `engine_named`.
            proposals: where they come from; at random and put together of the examples of the rules unless given.

        Raises:
            PropertyError: with the smallest proposal that was found.
            UsageError: the engine cannot be had.
        """
        setting = Setting(kb, as_of or today(), engine)
        judge = self.prepare(setting, Random(0))  # noqa: S311  chance that comes back, no secret

        @settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(_drawn(kb) if proposals is None else proposals, st.randoms(use_true_random=False))
        def look(proposal: Proposal, random: Random) -> None:
            wrong = judge(proposal, random)
            if wrong is not None:
                raise PropertyError(self.name, self.meaning, wrong, proposal)

        look()


def _drawn(kb: KnowledgeBase) -> SearchStrategy[Proposal]:
    anything = at_random(kb)
    return anything | from_examples(kb) if any(rule.examples for rule in kb.rules) else anything


def difference(before: States, after: States) -> str | None:
    """The first rule of which something else becomes, in words; None if there is none."""
    for key in sorted(set(before) | set(after), key=str):
        was, now = before.get(key, "not-applicable"), after.get(key, "not-applicable")
        if was != now:
            rule, measure = key
            where = "the proposal" if measure is None else f"`{measure}`"
            return f"`{rule}` on {where} was `{was}` and is now `{now}`"
    return None
