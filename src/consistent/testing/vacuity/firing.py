"""How often each rule speaks in a corpus of proposals."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from attrs import frozen

from consistent.checker import KnowledgeBase
from consistent.model.proposal import Proposal
from consistent.rules.rule import Rule

__all__ = ["Firing", "firings"]


@frozen
class Firing:
    """How often a rule speaks.

    Attributes:
        judged: the number of measures that were judged; of proposals, for a rule on the proposal as a whole.
        applies: of these, where the rule applies.
        open: where it may.
        set_aside: where it would apply but for an exception or a stronger rule.
    """

    rule: Rule
    judged: int
    applies: int
    open: int
    set_aside: int

    @property
    def silent(self) -> bool:
        """Whether it says nothing of anything, not even that something is open."""
        return not self.applies + self.open + self.set_aside

    @property
    def share(self) -> float:
        """The part of what was judged on which it applies, from 0 to 1; 0 where nothing was judged."""
        return self.applies / self.judged if self.judged else 0.0


def firings(
    kb: KnowledgeBase, proposals: Iterable[Proposal], *, as_of: date | None = None, engine: str = "auto"
) -> tuple[Firing, ...]:
    """Check every proposal and count, in order of the rules that hold on the day.

    Args:
        kb: the pack.
        proposals: the corpus.
        as_of: the day whose facts and rules count; today unless given.
        engine: `auto`, `durable-rules` or `plain`.

    Raises:
        UsageError: the engine cannot be had.
        EngineError: the engine did not do all of its work.
    """
    outcomes: dict[str, Counter[str]] = {each.id: Counter() for each in kb.rules}
    documents = measures = 0
    running: tuple[Rule, ...] = ()
    for proposal in proposals:
        case = kb.case(proposal, as_of=as_of, engine=engine)
        running = tuple(each.rule for each in case.program.rules)
        documents += 1
        measures += len(proposal.measures)
        for (rule, _), outcome in case.states().items():
            outcomes[rule][outcome] += 1
    return tuple(
        Firing(
            rule=each,
            judged=measures if each.scope == "measure" else documents,
            applies=outcomes[each.id]["applies"],
            open=outcomes[each.id]["open"],
            set_aside=outcomes[each.id]["excepted"] + outcomes[each.id]["defeated"],
        )
        for each in running
    )
