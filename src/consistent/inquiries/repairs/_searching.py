"""The search for the smallest sets of moves after which a finding is gone and no other has come."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heappop, heappush
from time import monotonic

from attrs import frozen

from consistent.findings.case import Case, States
from consistent.findings.outcome import GRAVE, SPOKEN_OUTCOMES
from consistent.inquiries.repairs._moves import COSTS, Move, Part, closed, compatible, made, valid
from consistent.inquiries.repairs._rechecking import IncrementalCheck, with_stronger
from consistent.inquiries.repairs.move_space import moves_for
from consistent.model.proposal import Proposal
from consistent.model.values import Value
from consistent.rules.reads import Readings, matters

__all__ = ["Place", "Relevance", "Search", "SearchResult", "merged"]

# Which moves can make a difference to what became of a rule somewhere.

# A rule by its id, and a measure by its id; None for the whole proposal.
Place = tuple[str, str | None]


class Relevance:
    """Finds the moves that touch what a rule reads, or what the rules that defeat it read."""

    def __init__(self, case: Case, moves: Sequence[Move], read: Mapping[str, Readings]) -> None:
        self._case, self._moves, self._read = case, moves, read
        self._above = with_stronger(case.program)
        self._inheriting = {measure.id for measure in case.proposal.measures if measure.legal_basis.unknown}
        self._found: dict[Place, tuple[int, ...]] = {}
        # The moves that can bear on what judges one measure: its own, and those that touch the header.
        self._near: dict[str | None, list[int]] = {None: []}
        for number, move in enumerate(moves):
            header = move.measure is None or any(part.measure is None for part in move.parts)
            self._near.setdefault(None if header else move.measure, []).append(number)

    def moves(self, place: Place) -> tuple[int, ...]:
        """The numbers of the moves that bear on a rule at a place; what any other move does leaves its outcome as it is."""
        if place not in self._found:
            rule, measure = place
            above = [self._read[other] for other in self._above[rule] if other != rule]
            read = self._read[rule].merged(above)
            everywhere = read.counts or measure is None
            near = range(len(self._moves)) if everywhere else sorted({*self._near[None], *self._near.get(measure, ())})
            self._found[place] = tuple(number for number in near if self._bears(self._moves[number], read, measure))
        return self._found[place]

    def _bears(self, move: Move, read: Readings, measure: str | None) -> bool:
        leaves = move.kind in {"dropped", "split-off"}
        if leaves and (read.counts or move.measure == measure):
            return True
        return any(self._touches(part, read, measure) for part in move.parts)

    def _touches(self, part: Part, read: Readings, measure: str | None) -> bool:
        asked = []
        if part.measure is None:
            asked.append(read.header.get(part.field))
            # A measure without a basis of its own rests on that of the proposal.
            if part.field == "legal_basis" and self._inheriting:
                asked.append(read.others.get(part.field))
                asked.append(read.own.get(part.field) if measure in self._inheriting else None)
        else:
            asked.append(read.others.get(part.field))
            asked.append(read.own.get(part.field) if part.measure == measure else None)
        if not any(asked):
            return False
        atoms = closed(part, part.removed, self._case.knowledge.vocabularies) | part.added
        return any(
            operands and matters(operands, Value.exactly(*atoms), is_open=self._open(part)) for operands in asked
        )

    def _open(self, part: Part) -> bool:
        held = {measure.id: measure for measure in self._case.proposal.measures}
        return self._case.proposal.value(part.field, held[part.measure] if part.measure else None).open


# What costs more than to drop a measure is no repair.
MOST = COSTS["dropped"]

Chosen = frozenset[int]


@frozen(kw_only=True)
class SearchResult:
    """The result of a search.

    Attributes:
        sets: of moves, by their numbers, those that change least first; none holds another.
        complete: whether there was time for all of them, up to the number that was asked for.
    """

    sets: tuple[Chosen, ...]
    complete: bool


class Search:
    """Looks for repairs of one proposal.

    INVARIANT: a set of moves that is a repair differs from any smaller part of it that is none in a move that bears on any
    one thing that is wrong with that part. So it is enough to go on with the moves that bear on one of these, and every
    smallest repair is found.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.moves: tuple[Move, ...] = moves_for(case)
        self._incremental = IncrementalCheck(case)
        self._relevance = Relevance(case, self.moves, self._incremental.readings)
        self._verdicts = {rule.rule.id: rule.rule.verdict for rule in case.program.rules}
        self._grave = self.grave(self.base)

    @property
    def base(self) -> States:
        """The outcomes of the proposal as it is."""
        return self._incremental.base

    def variants(self, chosen: Iterable[int]) -> tuple[Proposal, ...]:
        """What becomes of the proposal by these moves: itself, then those that are split off."""
        return made(
            [self.moves[number] for number in sorted(chosen)], self.case.proposal, self.case.knowledge.vocabularies
        )

    def grave(self, states: States) -> frozenset[Place]:
        """The conflicts and missing conditions among outcomes."""
        return frozenset(
            place for place, outcome in states.items() if outcome == "applies" and self._verdicts[place[0]] in GRAVE
        )

    def wrong(self, targets: Iterable[Place], states: States) -> frozenset[Place]:
        """What keeps outcomes from being a repair: targets that are not gone for sure, and what is new and grave."""
        left = {target for target in targets if states.get(target) in {"applies", "open"}}
        return frozenset(left) | (self.grave(states) - self._grave)

    def smallest(self, target: Place, *, max_changes: int, alternatives: int | None, until: float) -> SearchResult:
        """The smallest repairs of one finding.

        Args:
            target: the finding.
            max_changes: the most moves in one repair.
            alternatives: how many to look for; those that cost as much as the last of them are found too. None for all.
            until: the moment, by the monotonic clock, at which to stop.
        """

        def wrong(chosen: Chosen) -> frozenset[Place]:
            return self.wrong([target], self.states(chosen))

        def onward(chosen: Chosen, places: frozenset[Place]) -> Iterable[Chosen]:
            if len(chosen) == max_changes:
                return []
            bearing = (self._fitting(chosen, place) for place in sorted(places, key=str))
            return min(bearing, key=len)

        return self._search(wrong, onward, alternatives=alternatives, until=until)

    def together(
        self, targets: Iterable[Place], repairs: dict[Place, tuple[Chosen, ...]], *, until: float
    ) -> SearchResult:
        """The smallest set found by combining repairs of single findings, after which none of the findings is left."""
        wanted = tuple(targets)

        def wrong(chosen: Chosen) -> frozenset[Place]:
            return self.wrong(wanted, self.states(chosen))

        def onward(chosen: Chosen, places: frozenset[Place]) -> Iterable[Chosen]:
            if not places <= repairs.keys():
                return []
            place = min(places, key=lambda candidate: (len(repairs[candidate]), str(candidate)))
            return [union for repair in repairs[place] if self._fits(union := chosen | repair) and union != chosen]

        return self._search(wrong, onward, alternatives=1, until=until)

    def _search(
        self,
        wrong: Callable[[Chosen], frozenset[Place]],
        onward: Callable[[Chosen, frozenset[Place]], Iterable[Chosen]],
        *,
        alternatives: int | None,
        until: float,
    ) -> SearchResult:
        """Uniform-cost search: the cheapest set first, so that what is found first changes least; supersets of a repair are pruned.

        Args:
            wrong: the places that keep a set from being a repair; none if it is one.
            onward: the larger sets to try next, for a set and its places.
            alternatives: how many repairs to look for; None for all.
            until: the moment, by the monotonic clock, at which to stop.
        """
        start: Chosen = frozenset()
        heap: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
        seen, solutions = {start}, list[tuple[int, Chosen]]()
        while heap:
            cost, _, numbers = heappop(heap)
            if alternatives is not None and len(solutions) >= alternatives and cost > solutions[-1][0]:
                break
            if monotonic() > until:
                return SearchResult(sets=tuple(repair for _, repair in solutions), complete=False)
            chosen = frozenset(numbers)
            if any(repair <= chosen for _, repair in solutions):
                continue
            places = wrong(chosen)
            if not places:
                solutions.append((cost, chosen))
                continue
            for larger in onward(chosen, places):
                if larger not in seen:
                    seen.add(larger)
                    heappush(heap, (self.cost(larger), len(larger), tuple(sorted(larger))))
        return SearchResult(sets=tuple(repair for _, repair in solutions), complete=True)

    def cost(self, chosen: Chosen) -> int:
        """How much a set of moves changes."""
        return sum(self.moves[number].cost for number in chosen)

    def states(self, chosen: Chosen) -> States:
        """The outcomes after these moves, the gravest at each place where something is split off; not by the engine."""
        return merged(self._incremental.states(variant) for variant in self.variants(chosen))

    def _fitting(self, chosen: Chosen, place: Place) -> list[Chosen]:
        """The sets that one more move makes of this one, of those that bear on a place."""
        held = [self.moves[number] for number in chosen]
        return [
            chosen | {number}
            for number in self._relevance.moves(place)
            if number not in chosen
            and self.cost(chosen) + self.moves[number].cost <= MOST
            and all(compatible(self.moves[number], move) for move in held)
            and valid([*held, self.moves[number]], self.case.proposal)
        ]

    def _fits(self, chosen: Chosen) -> bool:
        held = [self.moves[number] for number in sorted(chosen)]
        pairs = ((one, other) for number, one in enumerate(held) for other in held[number + 1 :])
        return all(compatible(one, other) for one, other in pairs) and valid(held, self.case.proposal)


def merged(listed: Iterable[States]) -> States:
    """The outcomes of several proposals that came of one: at each place the gravest."""
    outcomes: States = {}
    for states in listed:
        for place, outcome in states.items():
            other = outcomes.get(place)
            if other is None or SPOKEN_OUTCOMES.index(outcome) < SPOKEN_OUTCOMES.index(other):
                outcomes[place] = outcome
    return outcomes
