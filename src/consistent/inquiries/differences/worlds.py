"""What would be found if only some of the amendments were made."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import evolve

from consistent.engine.plain import PlainEngine
from consistent.inquiries.case import Case
from consistent.inquiries.differences.amendments import Key
from consistent.inquiries.differences.matching import Pair
from consistent.inquiries.differences.mixed_packs import MixedPacks
from consistent.inquiries.differences.mixed_proposals import MixedProposals
from consistent.inquiries.differences.standings import Standings, Where, standings_of
from consistent.rules.reads import Reads, reads_of

__all__ = ["Worlds"]

_ENGINE = PlainEngine()


class Worlds:
    """Every case between two others.

    INVARIANT: with no amendment made the findings are those of the old case, with all of them those of the new one.

    Attributes:
        looked_at: how many cases were checked.
    """

    def __init__(self, old: Case, new: Case, pairs: Sequence[Pair], keys: Mapping[Key, Collection[Key]]) -> None:
        """Make them.

        Args:
            old: the case from which.
            new: the case to which.
            pairs: the measures of both, matched.
            keys: of all amendments, each with those that it covers; of a single one none.
        """
        self._new, self.keys, self._covers = new, frozenset(keys), keys
        single = self._single(keys)
        self._proposals = MixedProposals(old.proposal, new.proposal, pairs, single)
        self._packs = MixedPacks(old, new, single)
        self._numbers = {str(number): number for number in range(len(pairs))}
        self._reads: dict[str, Reads] = {}
        self.looked_at = 0

    def standings(self, made: Collection[Key], where: Iterable[Where]) -> Standings | None:
        """What becomes of rules at these places with these amendments made; None where that is no case."""
        self.looked_at += 1
        done, wanted = self._single(made), frozenset(where)
        pack = self._packs.of(done, {above for name, _ in wanted for above in self.reads(name).rules})
        if pack is None:
            return None
        proposal = self._proposals.of(done)
        if not any(self.reads(name).counts for name, _ in wanted):
            # No rule looks at other measures than the judged one: the others need not be judged.
            judged = {str(measure) for _, measure in wanted}
            proposal = evolve(proposal, measures=tuple(each for each in proposal.measures if each.id in judged))
        knowledge, program = pack
        case = Case(knowledge=knowledge, program=program, engine=_ENGINE, proposal=proposal, day=self._new.day)
        found = standings_of(case.report(), self._numbers)
        return {each: found[each] for each in wanted if each in found}

    def _single(self, keys: Iterable[Key]) -> frozenset[Key]:
        """The keys, and instead of one that covers others these."""
        return frozenset(one for each in keys for one in (self._covers[each] or [each]))

    def reads(self, rule: str) -> Reads:
        """What the rule in either version, or one that can defeat it, looks at."""
        if rule not in self._reads:
            self._reads[rule] = reads_of(rule, self._packs.rules)
        return self._reads[rule]

    def concerns(self, key: Key, where: Where) -> bool:
        """Whether an amendment can have to do with what becomes of a rule at a place: no only where it surely cannot."""
        reads, measure = self.reads(where[0]), where[1]
        match key:
            case ("pack", _, _):
                return any(self.concerns(each, where) for each in self._covers[key])
            case ("value", pair, field):
                return field in reads.fields and (pair is None or pair == measure or reads.counts)
            case ("measure", pair):
                return pair == measure or reads.counts
            case ("rule", name, _):
                return name in reads.rules
            case ("fact", kind, _, _):
                return kind in reads.kinds
            case ("term", vocabulary, _):
                return vocabulary in reads.vocabularies
            case _:  # pragma: no cover  there are no other keys
                raise AssertionError(key)
