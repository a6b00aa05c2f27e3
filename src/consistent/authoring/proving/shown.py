"""What the examples of a pack show: what is so of one of them can be so, and nobody need ask the solver.

Most of what a lint asks is whether something can be, and for the most part it can. The examples of the rules are thousands of
proposals on which the rules come out in every way that their authors thought of; in columns all rules are put to all of them in
less time than the solver takes for some tens of questions. What no example shows is left to the solver.
"""

from collections.abc import Callable, Iterator

from attrs import define

from consistent.checker import KnowledgeBase
from consistent.engine.choosing import columns_engine
from consistent.findings.settling import Settled, Settlement
from consistent.model.proposal import Proposal
from consistent.rules.program import Program
from consistent.rules.rule import Rule

__all__ = ["Shown"]


@define(eq=False)
class Shown:
    """What became of the rules of a day on the examples of a pack.

    INVARIANT: yes is yes, and no says nothing.
    """

    _settlements: tuple[Settlement, ...]
    _numbers: dict[str, int]

    @classmethod
    def of(cls, kb: KnowledgeBase, program: Program, measures: int) -> "Shown":
        """Put the rules to the examples.

        Args:
            kb: the pack, with those that it builds on.
            program: its rules of the day.
            measures: how many a proposal may have, of those that are asked about; an example with more shows nothing.
        """
        engine = columns_engine()
        shown = dict.fromkeys(example.proposal for rule in kb.rules for example in rule.examples)
        listed = [proposal for proposal in shown if len(proposal.measures) <= measures]
        return cls(
            tuple(Settlement.of(engine.batch(program, some)) for some in _parts(listed, engine.most)),
            {compiled.rule.id: number for number, compiled in enumerate(program.rules)},
        )

    def applies(self, rule: Rule) -> bool:
        """Whether it applies somewhere."""
        return self._anywhere(lambda on: on.rules[self._numbers[rule.id]].applies)

    def is_silent(self, rule: Rule) -> bool:
        """Whether it neither applies nor is open somewhere."""

        def silent(on: Settlement) -> int:
            found = on.rules[self._numbers[rule.id]]
            every = on.batch.layout.measures if rule.scope == "measure" else on.batch.layout.proposals
            return ~(found.applies | found.open) & (1 << every) - 1

        return self._anywhere(silent)

    def applies_without(self, rule: Rule, other: Rule) -> bool:
        """Whether it applies somewhere where another rule, of the same scope, does not."""
        one, another = self._numbers[rule.id], self._numbers[other.id]
        return self._anywhere(lambda on: on.rules[one].applies & ~on.rules[another].applies)

    def excepts(self, rule: Rule, exception: int) -> bool:
        """Whether the rule would come out otherwise somewhere without one of its exceptions, before stronger rules have their say."""
        number = self._numbers[rule.id]
        return self._anywhere(lambda on: _apart(on.by_itself(number), on.by_itself(number, but=exception)))

    def defeats(self, rule: Rule, weaker: Rule) -> bool:
        """Whether a weaker rule would come out otherwise somewhere if the rule did not defeat it."""
        stronger, number = self._numbers[rule.id], self._numbers[weaker.id]
        return self._anywhere(lambda on: _apart(on.rules[number], on.undefeated(number, by=stronger)))

    def _anywhere(self, where: Callable[[Settlement], int]) -> bool:
        return any(map(where, self._settlements))


def _parts(proposals: list[Proposal], most: int) -> Iterator[list[Proposal]]:
    return (proposals[first : first + most] for first in range(0, len(proposals), most))


def _apart(one: Settled, other: Settled) -> int:
    """Where two outcomes are not the same; which of several exceptions holds makes no difference."""
    return (
        (one.applies ^ other.applies)
        | (one.open ^ other.open)
        | (one.anyhow_excepted ^ other.anyhow_excepted)
        | (one.defeated ^ other.defeated)
    )
