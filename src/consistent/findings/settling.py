"""From what holds of many measures at once to what became of each rule: `states`, a bit for each measure.

`states` is the meaning; this gives the same for a whole batch, and only of what says something. A test compares the two.

How exceptions and superiority become bits: an outcome is a whole number with a one for each measure that has it, and a
measure has at most one outcome by a rule. A condition comes in two worlds (`engine.worlds`): what is `sure`, and what is
`possible`, that is, sure or unknown. So `a & ~b` reads "where a, except where b", and a rule's outcomes are

- possible: where its conditions are not known to fail;
- excepted: where its conditions surely hold, and an exception surely holds as well;
- applies: where its conditions surely hold, and no exception is possible;
- open: the rest of what is possible and not surely excepted.

Then stronger rules take away from weaker ones, the strongest first, so that each is settled before it defeats another.
"""

from collections.abc import Callable, Iterator, Sequence
from graphlib import TopologicalSorter
from operator import attrgetter
from weakref import WeakKeyDictionary

from attrs import evolve, field, frozen

from consistent.engine.batch import Batch, Listed, Mark
from consistent.engine.worlds import RuleWorlds, ones
from consistent.findings.outcome import SPOKEN_OUTCOMES, SpokenOutcome
from consistent.findings.said import Spoken
from consistent.findings.states import State
from consistent.locking import cached_property
from consistent.model.proposal import Measure, Proposal
from consistent.rules.program import CompiledRule, Program
from consistent.rules.rule import VERDICTS, Rule, stronger
from consistent.shown import Shown

__all__ = ["Row", "Settled", "Settlement", "rules_in_order"]


@frozen(eq=False)
class Row:
    """A rule that says something of a measure, or of the whole proposal, and what became of it there."""

    compiled: CompiledRule
    measure: Measure | None
    state: State


@frozen
class Settled:
    """Where a rule applies, is open, is excepted and is defeated; one number for each exception.

    INVARIANT: no two of them share a bit.
    """

    applies: int
    open: int
    excepted: tuple[int, ...]
    defeated: int

    @property
    def anyhow_excepted(self) -> int:
        """Where it is excepted, by whichever exception."""
        excepted = 0
        for bits in self.excepted:
            excepted |= bits
        return excepted

    @property
    def speaking(self) -> int:
        """Where anything is said."""
        return self.applies | self.open | self.defeated | self.anyhow_excepted

    def outcomes(self) -> Iterator[tuple[int, int]]:
        """Each outcome that occurs, by its place in `SPOKEN_OUTCOMES`, and where."""
        return (pair for pair in enumerate((self.applies, self.open, self.anyhow_excepted, self.defeated)) if pair[1])


_ID = attrgetter("id")
_SILENT = Settled(0, 0, (), 0)


@frozen(eq=False)
class Settlement(Shown):
    """What became of every rule of a batch.

    Attributes:
        rules: in order of the program.
        presumed: of each rule where it would be open, but is presumed not to apply; empty where nothing is presumed.
        assumed: the proposals with what was looked for and not found taken for absent; those of the batch where nothing is.
    """

    batch: Batch
    rules: tuple[Settled, ...]
    _order: "_Order" = field(repr=False)
    presumed: tuple[int, ...] = ()
    assumed: Sequence[Proposal] = ()

    @classmethod
    def of(cls, batch: Batch, presuming: Batch | None = None) -> "Settlement":
        """Settle a batch.

        Args:
            batch: as the proposals are.
            presuming: the same rules on the same proposals, with what was looked for and not found taken for absent.
        """
        strict = cls._of(batch)
        if presuming is None:
            return strict
        silent = tuple(
            settled.open & ~other.speaking
            for settled, other in zip(strict.rules, cls._of(presuming).rules, strict=True)
        )
        rules = (
            evolve(settled, open=settled.open & ~bits) if bits else settled
            for settled, bits in zip(strict.rules, silent, strict=True)
        )
        return cls(batch, tuple(rules), _order_of(batch.program), silent, presuming.proposals)

    def narrowed(self, program: Program) -> "Settlement":
        """The same with fewer rules; with each of them those that defeat it, and those above these.

        Args:
            program: of these rules, in the same order.
        """
        kept = {compiled.rule.id for compiled in program.rules}
        numbers = [number for number, compiled in enumerate(self.batch.program.rules) if compiled.rule.id in kept]
        batch = evolve(self.batch, program=program, rules=tuple(self.batch.rules[number] for number in numbers))
        rules = tuple(self.rules[number] for number in numbers)
        presumed = tuple(self.presumed[number] for number in numbers) if self.presumed else ()
        return Settlement(batch, rules, _order_of(program), presumed, self.assumed)

    @classmethod
    def _of(cls, batch: Batch) -> "Settlement":
        order = _order_of(batch.program)
        by_number = [_SILENT] * len(batch.rules)
        for number in order.strongest_first:
            settled, above = _own(batch.rules[number]), order.stronger[number]
            # Most rules are silent of most proposals: those need not look up.
            if above and settled is not _SILENT:
                settled = _defeat(settled, [_as_seen(by_number[other], batch, other, number) for other in above])
            by_number[number] = settled
        return cls(batch, tuple(by_number), order, (), batch.proposals)

    def by_itself(self, number: int, *, but: int | None = None) -> Settled:
        """What becomes of a rule by its own conditions.

        Args:
            number: of the rule in the program.
            but: the number of an exception that is left out; none unless given.
        """
        worlds = self.batch.rules[number]
        kept = tuple(exception for place, exception in enumerate(worlds.unless) if place != but)
        return _own(RuleWorlds(worlds.when, kept))

    def undefeated(self, number: int, *, by: int) -> Settled:
        """What becomes of a rule if one of the stronger ones did not defeat it.

        Args:
            number: of the rule in the program.
            by: the number of the stronger one.
        """
        above = (other for other in self._order.stronger[number] if other != by)
        seen = [_as_seen(self.rules[other], self.batch, other, number) for other in above]
        return _defeat(self.by_itself(number), seen)

    @cached_property
    def _speaking(self) -> Listed:
        """What says something, in the order of reports; made lazily, once for all proposals of the batch."""
        return self.batch.layout.listed(self.marks(), len(self._order.said))

    def marks(self) -> Iterator[Mark]:
        """Where each rule says something.

        The code is its place in reports times the number of outcomes, and the outcome: one number to sort by, from which
        `divmod` gets both back.
        """
        rules = self.batch.program.rules
        return (
            (compiled.rule.scope, rank * len(SPOKEN_OUTCOMES) + outcome, bits)
            for compiled, settled, rank in zip(rules, self.rules, self._order.ranks, strict=True)
            if settled is not _SILENT
            for outcome, bits in settled.outcomes()
        )

    def spoken(self, index: int) -> tuple[Spoken, ...]:
        """What is said of a proposal of the batch, without a word of explanation; in the order of a report.

        Args:
            index: its place in the batch.
        """
        bounds, places, codes = self._speaking
        span, said = slice(bounds[index], bounds[index + 1]), self._order.said
        names = [None, *map(_ID, self.batch.proposals[index].measures)]
        return tuple([said[code](names[place]) for place, code in zip(places[span], codes[span], strict=True)])

    def presumptions(self, index: int) -> Iterator[tuple[Rule, tuple[Measure | None, ...]]]:
        """The rules that are presumed not to apply to a proposal of the batch, in the order of a report, and where.

        Args:
            index: its place in the batch.
        """
        if not self.presumed:
            return
        measures, first = self.batch.proposals[index].measures, self.batch.starts[index]
        for number in self._order.numbers:
            rule, bits = self.batch.program.rules[number].rule, self.presumed[number]
            if rule.scope == "proposal":
                where: tuple[Measure | None, ...] = (None,) if bits >> index & 1 else ()
            else:
                own = bits >> first & (1 << len(measures)) - 1
                where = tuple(measures[place] for place in ones(own))
            if where:
                yield rule, where

    def rows(self, index: int) -> Iterator[Row]:
        """The same with what it takes to explain it."""
        bounds, places, codes = self._speaking
        measures, first = self.batch.proposals[index].measures, self.batch.starts[index]
        for at in range(bounds[index], bounds[index + 1]):
            place = places[at]
            rank, outcome = divmod(codes[at], len(SPOKEN_OUTCOMES))
            number = self._order.numbers[rank]
            # Bits of a rule on the whole count proposals, those of other rules the measures of all proposals.
            state = self._state(number, first + place - 1 if place else index, SPOKEN_OUTCOMES[outcome])
            yield Row(self.batch.program.rules[number], measures[place - 1] if place else None, state)

    def _state(self, number: int, subject: int, outcome: SpokenOutcome) -> State:
        """The state that a bit stands for: with the exception that holds, or the stronger rules that decide."""
        settled = self.rules[number]
        if outcome == "excepted":
            return State(outcome, exception=next(n for n, bits in enumerate(settled.excepted) if bits >> subject & 1))
        if outcome == "applies" or not self._order.stronger[number]:
            return State(outcome)
        rules = self.batch.program.rules
        by = [
            rules[other].rule.id
            for other in self._order.stronger[number]
            for applies, waiting in (_as_seen(self.rules[other], self.batch, other, number),)
            if (waiting if outcome == "open" else applies) >> subject & 1
        ]
        return State(outcome, by=tuple(by))


class _SpokenCache(dict[str | None, Spoken]):
    """A cache of what a rule with one outcome says of a measure, by its id: most ids come again and again."""

    def __init__(self, rule: Rule, outcome: SpokenOutcome) -> None:
        self._rule, self._outcome = rule, outcome

    def __missing__(self, measure: str | None) -> Spoken:
        if len(self) > _MOST_NAMES:
            self.clear()
        spoken = self[measure] = Spoken(self._rule.id, measure, self._rule.verdict, self._outcome)
        return spoken


_MOST_NAMES = 1_000


@frozen(eq=False)
class _Order:
    """The order of the rules of a program.

    Attributes:
        stronger: for each rule the numbers of those that defeat it, in order of id.
        strongest_first: the rules, each after those that defeat it.
        ranks: for each rule where it stands in a report.
        numbers: the rules in the order of a report.
        said: for each rule in that order, and each outcome, what is said of a measure.
    """

    stronger: tuple[tuple[int, ...], ...]
    strongest_first: tuple[int, ...]
    ranks: tuple[int, ...]
    numbers: tuple[int, ...]
    said: tuple[Callable[[str | None], Spoken], ...]


# A cache: a program is checked with again and again. An entry is evicted with its program.
_ORDERS: WeakKeyDictionary[Program, _Order] = WeakKeyDictionary()


def _order_of(program: Program) -> _Order:
    order = _ORDERS.get(program)
    if order is None:
        numbers = {compiled.rule.id: number for number, compiled in enumerate(program.rules)}
        above = stronger(compiled.rule for compiled in program.rules)
        defeating = [tuple(numbers[name] for name in sorted(above[compiled.rule.id])) for compiled in program.rules]
        by_rank = sorted(numbers.values(), key=lambda number: _place(program.rules[number].rule))
        ranks = {number: rank for rank, number in enumerate(by_rank)}
        # Rules that defeat each other in a circle were refused when the pack was loaded.
        order = _ORDERS[program] = _Order(
            tuple(defeating),
            tuple(TopologicalSorter(dict(enumerate(defeating))).static_order()),
            tuple(ranks[number] for number in range(len(ranks))),
            tuple(by_rank),
            tuple(
                _SpokenCache(program.rules[number].rule, outcome).__getitem__
                for number in by_rank
                for outcome in SPOKEN_OUTCOMES
            ),
        )
    return order


def rules_in_order(program: Program) -> tuple[Rule, ...]:
    """The rules of a program by their place in reports."""
    return tuple(program.rules[number].rule for number in _order_of(program).numbers)


def _place(rule: Rule) -> tuple[int, str]:
    return VERDICTS.index(rule.verdict), rule.id


def _as_seen(above: Settled, batch: Batch, number: int, weaker: int) -> tuple[int, int]:
    """Where a stronger rule applies and is open, as seen from a weaker one; one on the whole proposal counts everywhere.

    Args:
        above: what became of the stronger rule.
        batch: for the rules, and for the measures of each proposal.
        number: of the stronger rule in the program.
        weaker: the number of the weaker one.
    """
    rules = batch.program.rules
    if rules[number].rule.scope == "proposal" and rules[weaker].rule.scope == "measure":
        # Its bits count proposals, those of the weaker rule measures.
        return batch.layout.spread(above.applies), batch.layout.spread(above.open)
    return above.applies, above.open


def _own(worlds: RuleWorlds) -> Settled:
    """By the rule's own conditions; see `states._own`, which says the same of one measure."""
    if not worlds.when.possible:
        return _SILENT
    held = doubted = 0
    excepted = []
    for exception in worlds.unless:
        # Of several exceptions that hold the first is named. Where the conditions are unknown nothing is said: whatever they
        # turn out to be, the exception holds.
        excepted.append(exception.sure & ~held & worlds.when.sure)
        held |= exception.sure
        doubted |= exception.possible
    left = worlds.when.possible & ~held
    applies = left & worlds.when.sure & ~doubted
    return Settled(applies, left & ~applies, tuple(excepted), 0)


def _defeat(own: Settled, above: Sequence[tuple[int, int]]) -> Settled:
    """After stronger rules had their say.

    Args:
        own: by the rule's own conditions.
        above: of each stronger rule where it applies, and where it is open.
    """
    winning = pending = 0
    for applies, waiting in above:
        winning |= applies
        pending |= waiting
    # What is open falls silent where a stronger rule applies: whatever the answer, it does not count. What applies becomes
    # open where a stronger rule is: its answer may still set it aside.
    applies, waiting = own.applies & ~winning, own.open & ~winning
    return Settled(applies & ~pending, waiting | applies & pending, own.excepted, own.applies & winning)
