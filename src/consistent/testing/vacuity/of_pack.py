"""What does no work in a pack, of what the pack itself brings: one answer for `consistent lint` and `consistent vacuity`.

What packs below bring that this one does not use is no fault of it, and is left out.
"""

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from consistent.checker import KnowledgeBase
from consistent.knowledge.entries import Fact
from consistent.model.proposal import Proposal
from consistent.model.vocabulary import Term
from consistent.testing.vacuity.firing import Firing, firings
from consistent.testing.vacuity.idle import unread_facts, unused_terms

__all__ = ["Measured", "Unused", "measured", "unused"]

# From where on a rule says so much that it says nothing.
_NEARLY_ALL = 0.9


@frozen
class Unused:
    """Facts and terms that nothing uses.

    Attributes:
        facts: that no rule reads, in order of kind.
        terms: that no rule, fact or proposal uses, each with the name of its vocabulary.
    """

    facts: tuple[Fact, ...]
    terms: tuple[tuple[str, Term], ...]


@frozen
class Measured:
    """Rules of which a corpus shows little, in order of the rules.

    Attributes:
        silent: that say nothing of any proposal.
        everywhere: that apply nearly everywhere.
    """

    silent: tuple[Firing, ...]
    everywhere: tuple[Firing, ...]


def unused(kb: KnowledgeBase, day: date, proposals: Iterable[Proposal] = ()) -> Unused:
    """The facts and terms of a pack that nothing uses.

    Args:
        kb: the pack.
        day: whose facts count.
        proposals: whose terms count as used.
    """
    return Unused(
        facts=tuple(fact for fact in unread_facts(kb, kb.program(day).facts) if fact.pack == kb.name),
        terms=tuple((name, term) for name, term in unused_terms(kb, proposals) if term.pack == kb.name),
    )


def measured(
    kb: KnowledgeBase, proposals: Iterable[Proposal], day: date | None = None, engine: str = "auto"
) -> Measured:
    """The rules of a pack that a corpus never or nearly always meets; none without proposals.

    Args:
        kb: the pack.
        proposals: the corpus.
        day: whose facts and rules count; today unless given.
        engine: `auto`, `durable-rules` or `plain`.

    Raises:
        UsageError: the engine cannot be had.
        EngineError: the engine did not do all of its work.
    """
    own = [firing for firing in firings(kb, proposals, as_of=day, engine=engine) if firing.rule.pack == kb.name]
    return Measured(
        silent=tuple(firing for firing in own if firing.silent),
        everywhere=tuple(firing for firing in own if firing.share >= _NEARLY_ALL),
    )
