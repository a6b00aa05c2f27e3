"""Which amendments a change of outcome comes from, found by undoing them.

The test is that of the law, *conditio sine qua non*: an amendment is a cause where the new outcome would not be there
without it. Where two amendments each bring it about, neither passes that test; then each one is a cause that is enough by
itself. What is left is brought about by several together: the smallest set that passes the test as a whole.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, takewhile
from typing import Literal

from attrs import evolve, field, frozen

from consistent.engine.plain import PlainEngine
from consistent.findings.case import Case
from consistent.findings.outcome import StandingOutcome
from consistent.findings.report import Report
from consistent.findings.said import Defeated, Finding, Open, Said, Unknown
from consistent.inquiries.differences._matching import Pair
from consistent.inquiries.differences._mixed import MixedPacks, MixedProposals
from consistent.inquiries.differences.amending import Key
from consistent.rules.reads import Reads, reads_of
from consistent.rules.rule import Dimension, Ground, Verdict
from consistent.shown import Shown

__all__ = [
    "Ask",
    "ChangeCauses",
    "Counterfactuals",
    "How",
    "Standing",
    "Standings",
    "Where",
    "ask_of",
    "find_causes",
    "level",
    "standings_of",
]

# What became of each rule where it judges, in a form in which two checks can be compared.

# A rule, and the measure by its number among the matched ones; None for the proposal as a whole.
Where = tuple[str, int | None]
# What must be known, without words: subject, measure by number, field, condition; or a stronger rule that is open.
Ask = tuple[str, int | None, str, str]


@frozen
class Standing(Shown):
    """What became of a rule at one place.

    Attributes:
        outcome: it applies, is open, is a condition that is met, or is set aside.
        verdict: what it says, or would say.
        ground, dimension: as in a finding.
        waived: whether it is accepted; two standings are compared without it.
    """

    outcome: StandingOutcome
    verdict: Verdict
    ground: Ground
    dimension: Dimension
    waived: bool = field(default=False, eq=False)
    _asks: frozenset[Ask] = field(default=frozenset(), repr=False)

    @property
    def asks(self) -> frozenset[Ask]:
        """What must be known before it is decided; empty unless open."""
        return self._asks


Standings = Mapping[Where, Standing]


def standings_of(report: Report, numbers: Mapping[str, int]) -> Standings:
    """What a report says, by rule and number of the measure.

    Args:
        report: to read.
        numbers: of each measure by its id.
    """
    said: tuple[Said, ...] = (*report.findings, *report.open, *report.defeated)
    return {(entry.rule, _number(entry.measure, numbers)): _standing(entry, numbers) for entry in said}


def ask_of(unknown: Unknown, numbers: Mapping[str, int]) -> Ask:
    """Something that must be known, in a form in which two checks can be compared."""
    return unknown.subject, _number(unknown.measure, numbers), unknown.field, unknown.condition


def level(standing: Standing | None) -> int:
    """How good an outcome is: 0 a conflict, 1 one on contested law, 2 a missing condition, 3 open, 5 in line or met.

    4 is what weighs neither way: nothing said, set aside, accepted, judged elsewhere, or open whether it is in line.
    """
    if standing is None or standing.waived or standing.verdict == "reserved" or standing.outcome == "defeated":
        return 4
    if standing.outcome == "met":
        return 5
    if standing.outcome == "open":
        return 4 if standing.verdict == "aligned" else 3
    match standing.verdict:
        case "conflict":
            return int(standing.ground == "contested")
        case "condition":
            return 2
        case "question":
            return 3
    return 5


def _number(measure: str | None, numbers: Mapping[str, int]) -> int | None:
    return None if measure is None else numbers[measure]


def _standing(said: Said, numbers: Mapping[str, int]) -> Standing:
    match said:
        case Finding():
            return Standing("applies", said.verdict, said.ground, said.dimension, waived=said.waived is not None)
        case Open():
            asks = frozenset(ask_of(entry, numbers) for entry in said.unknown)
            asks |= {("rule", None, "", rule) for rule in said.awaits}
            return Standing("open", said.verdict, said.ground, said.dimension, asks=asks)
        case Defeated():
            return Standing("met" if said.met else "defeated", said.verdict, said.ground, said.dimension)


# What would be found if only some of the amendments were made.

_ENGINE = PlainEngine()


class Counterfactuals:
    """Counterfactual cases between two others: with some of the amendments made, and the rest not.

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
        self._proposals = MixedProposals(
            old.proposal, new.proposal, pairs, single, old.knowledge.fields | new.knowledge.fields
        )
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
            proposal = evolve(
                proposal, measures=tuple(measure for measure in proposal.measures if measure.id in judged)
            )
        knowledge, program = pack
        case = Case(knowledge=knowledge, program=program, engine=_ENGINE, proposal=proposal, day=self._new.day)
        standings = standings_of(case.report(), self._numbers)
        return {place: standings[place] for place in wanted if place in standings}

    def _single(self, keys: Iterable[Key]) -> frozenset[Key]:
        """The keys, and instead of one that covers others these."""
        return frozenset(covered for key in keys for covered in (self._covers[key] or [key]))

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
                return any(self.concerns(covered, where) for covered in self._covers[key])
            case ("value", pair, field):
                return field in reads.fields and (pair is None or pair == measure or reads.counts)
            case ("measure", pair):
                return pair == measure or reads.counts
            case ("rule", name, _):
                return name in reads.rules
            case ("concept", name):
                return name in reads.concepts
            case ("fact", kind, _, _):
                return kind in reads.kinds
            case ("term", vocabulary, _):
                return vocabulary in reads.vocabularies
            case _:  # pragma: no cover  there are no other keys
                raise AssertionError(key)


How = Literal["necessary", "sufficient", "together"]

# Sets of so many amendments are tried one by one; larger ones are found by leaving out what is not needed.
_LARGEST = 3
# From so many cases on no more sets are tried for the smallest one, whatever the number of changes.
_MOST_CASES = 3000


@frozen
class ChangeCauses:
    """What a change comes from.

    Attributes:
        how: each was needed; each is enough by itself; or all of them together were needed.
        causes: at least one, unless the change hangs on nothing that was amended. Each with what there would be without it
            (of several together: without all of them); of what is enough by itself the new outcome.
        smallest: whether no smaller set would do; not known where the search was cut short.
    """

    how: How
    causes: tuple[tuple[Key, Standing | None], ...]
    smallest: bool = True


def find_causes(
    counterfactuals: Counterfactuals, new: Standings, changed: Collection[Where]
) -> Mapping[Where, ChangeCauses]:
    """The causes of each change.

    Args:
        counterfactuals: to try in.
        new: what became of the rules in the new case.
        changed: the places where that is something else than in the old case.
    """
    explained: dict[Where, ChangeCauses] = {}
    needed = _each_undone(counterfactuals, new, changed)
    explained.update({where: ChangeCauses("necessary", tuple(causes)) for where, causes in needed.items()})
    rest = [key for key in changed if key not in explained]
    enough = _each_alone(counterfactuals, new, rest)
    explained.update({where: ChangeCauses("sufficient", tuple(causes)) for where, causes in enough.items()})
    until = counterfactuals.looked_at + _MOST_CASES
    for where in rest:
        if where not in explained:
            explained[where] = _together(counterfactuals, new.get(where), where, until)
    return explained


_Causes = Mapping[Where, list[tuple[Key, Standing | None]]]


def _each_undone(counterfactuals: Counterfactuals, new: Standings, changed: Iterable[Where]) -> _Causes:
    """Undo each amendment in the new case."""
    needed: dict[Where, list[tuple[Key, Standing | None]]] = defaultdict(list)
    for key, concerned in _concerned(counterfactuals, changed):
        for where, then in _tried(counterfactuals, counterfactuals.keys - {key}, concerned):
            if then != new.get(where):
                needed[where].append((key, then))
    return needed


def _each_alone(counterfactuals: Counterfactuals, new: Standings, changed: Iterable[Where]) -> _Causes:
    """Make each amendment in the old case."""
    enough: dict[Where, list[tuple[Key, Standing | None]]] = defaultdict(list)
    for key, concerned in _concerned(counterfactuals, changed):
        for where, then in _tried(counterfactuals, {key}, concerned):
            if then == new.get(where):
                enough[where].append((key, then))
    return enough


def _tried(
    counterfactuals: Counterfactuals, made: Collection[Key], concerned: Sequence[Where]
) -> Iterator[tuple[Where, Standing | None]]:
    """What becomes of each place with these amendments made, where that is a case."""
    together = counterfactuals.standings(made, concerned)
    for where in concerned:
        # What is no case for one of the places can be one for the others.
        alone = counterfactuals.standings(made, [where]) if together is None and len(concerned) > 1 else together
        if alone is not None:
            yield where, alone.get(where)


def _concerned(counterfactuals: Counterfactuals, changed: Iterable[Where]) -> Iterable[tuple[Key, list[Where]]]:
    """Each amendment with the changes that it can have to do with, if any."""
    listed = list(changed)
    for key in _ordered(counterfactuals.keys):
        concerned = [place for place in listed if counterfactuals.concerns(key, place)]
        if concerned:
            yield key, concerned


def _together(counterfactuals: Counterfactuals, new: Standing | None, where: Where, until: int) -> ChangeCauses:
    """The smallest set of amendments without which the outcome is another one."""
    candidates = [key for key in _ordered(counterfactuals.keys) if counterfactuals.concerns(key, where)]
    sets = chain.from_iterable(combinations(candidates, size) for size in range(2, _LARGEST + 1))
    for chosen in takewhile(lambda _: counterfactuals.looked_at < until, sets):
        then = counterfactuals.standings(counterfactuals.keys - set(chosen), [where])
        if then is not None and then.get(where) != new:
            return _found(chosen, then.get(where))
    return _shrunk(counterfactuals, candidates, new, where)


def _shrunk(
    counterfactuals: Counterfactuals, candidates: Iterable[Key], new: Standing | None, where: Where
) -> ChangeCauses:
    """All amendments that can matter, less each that is not needed for the outcome to be another one without them."""
    chosen = tuple(candidates)
    then = counterfactuals.standings(counterfactuals.keys - set(chosen), [where])
    for key in chosen:
        fewer = tuple(other for other in chosen if other != key)
        without = counterfactuals.standings(counterfactuals.keys - set(fewer), [where])
        if without is not None and without.get(where) != new:
            chosen, then = fewer, without
    return _found(chosen, then.get(where) if then else None, smallest=False)


def _found(keys: Iterable[Key], then: Standing | None, *, smallest: bool = True) -> ChangeCauses:
    return ChangeCauses("together", tuple((key, then) for key in keys), smallest)


def _ordered(keys: Iterable[Key]) -> list[Key]:
    return sorted(keys, key=lambda key: [(part is not None, isinstance(part, str), str(part)) for part in key])
