"""Which moves can make a difference to what became of a rule somewhere."""

from collections.abc import Mapping, Sequence

from consistent.inquiries.case import Case
from consistent.inquiries.repairs.moves import Move, Part, closed
from consistent.inquiries.repairs.rechecking import with_stronger
from consistent.model.values import Value
from consistent.rules.reads import Readings, matters

__all__ = ["Place", "Relevance"]

# A rule by its id, and a measure by its id; None for the whole proposal.
Place = tuple[str, str | None]


class Relevance:
    """Finds the moves that touch what a rule reads, or what the rules that defeat it read."""

    def __init__(self, case: Case, moves: Sequence[Move], read: Mapping[str, Readings]) -> None:
        self._case, self._moves, self._read = case, moves, read
        self._above = with_stronger(case.program)
        self._inheriting = {each.id for each in case.proposal.measures if each.legal_basis.unknown}
        self._found: dict[Place, tuple[int, ...]] = {}
        # The moves that can bear on what judges one measure: its own, and those that touch the header.
        self._near: dict[str | None, list[int]] = {None: []}
        for number, each in enumerate(moves):
            header = each.measure is None or any(part.measure is None for part in each.parts)
            self._near.setdefault(None if header else each.measure, []).append(number)

    def moves(self, place: Place) -> tuple[int, ...]:
        """The numbers of the moves that bear on a rule at a place; what any other move does leaves its outcome as it is."""
        if place not in self._found:
            rule, measure = place
            above = [self._read[each] for each in self._above[rule] if each != rule]
            read = self._read[rule].merged(above)
            everywhere = read.counts or measure is None
            near = range(len(self._moves)) if everywhere else sorted({*self._near[None], *self._near.get(measure, ())})
            self._found[place] = tuple(each for each in near if self._bears(self._moves[each], read, measure))
        return self._found[place]

    def _bears(self, move: Move, read: Readings, measure: str | None) -> bool:
        leaves = move.kind in {"dropped", "split-off"}
        if leaves and (read.counts or move.measure == measure):
            return True
        return any(self._touches(each, read, measure) for each in move.parts)

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
        return any(each and matters(each, Value.exactly(*atoms), is_open=self._open(part)) for each in asked)

    def _open(self, part: Part) -> bool:
        held = {each.id: each for each in self._case.proposal.measures}
        return self._case.proposal.value(part.field, held[part.measure] if part.measure else None).open
