"""What an amended proposal, an amended pack or a later day changes, and which amendment each change comes from."""

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from attrs import evolve, frozen

from consistent.documents.comparing.comparison import TextComparison
from consistent.errors import UsageError
from consistent.findings.case import Case
from consistent.findings.outcome import Bar, MeasureOutcome
from consistent.findings.report import ProposalSummary, Report
from consistent.findings.said import Open, Said
from consistent.inquiries.differences._matching import Pair, match_measures
from consistent.inquiries.differences._pack_amending import pack_amendments
from consistent.inquiries.differences.amending import Amendment, proposal_amendments
from consistent.inquiries.differences.causes import (
    ChangeCauses,
    Counterfactuals,
    How,
    Standing,
    Where,
    ask_of,
    find_causes,
    level,
    standings_of,
)
from consistent.inquiries.differences.drafts import ComparedDrafts
from consistent.model.text import Localized
from consistent.rules.rule import Dimension, Grade
from consistent.shown import Shown

__all__ = [
    "Cause",
    "Change",
    "Difference",
    "GradeChange",
    "Kind",
    "MeasureChange",
    "Side",
    "Unchanged",
    "Undecided",
    "difference",
]

Kind = Literal["come", "gone", "turned", "decided", "opened", "asked", "met", "defeated", "accepted", "unaccepted"]
# From which level of standing on each bar is reached.


@frozen(kw_only=True)
class Side(Shown):
    """One of the two that are compared.

    Attributes:
        pack: the pack that it was checked against.
        as_of: the day, ISO.
        version: of a document that is no proposal, which later text of one it is; else None.
    """

    proposal: ProposalSummary
    pack: str
    as_of: str
    engine: str
    version: Localized | None = None


@frozen
class Cause(Shown):
    """An amendment that a change comes from.

    Attributes:
        amendment: its number.
        without: what there would be without it (of several together: without all of them); None for nothing.
    """

    amendment: int
    without: Standing | None


@frozen(kw_only=True)
class Change(Shown):
    """What became otherwise of one rule at one place.

    Attributes:
        kind: a finding came, went, or turned (verdict, ground, dimension); what was open was decided; something opened; an
            open rule asks other questions; a condition is met; a rule is set aside; a finding is accepted by a waiver, or no
            longer.
        title: of the rule.
        measure: the id in the new version, of a dropped measure that in the old one; None for the proposal as a whole.
        measure_title: may be None.
        old, new: what became of it; None where the rule says nothing, or is not there.
        message: of the new version; of the old one where the rule says nothing any more.
        asks, answered: of an open rule, the questions that came and that went.
        how: each cause was needed, each is enough by itself, or all together were needed; None without causes.
        causes: empty only where waivers alone make the difference.
        smallest: whether no smaller set of causes would do.
    """

    kind: Kind
    rule: str
    title: Localized
    positions: tuple[str, ...]
    measure: str | None
    measure_title: Localized | None
    old: Standing | None
    new: Standing | None
    message: Localized
    asks: tuple[Localized, ...]
    answered: tuple[Localized, ...]
    how: How | None
    causes: tuple[Cause, ...]
    smallest: bool

    @property
    def weight(self) -> int:
        """-1 where it got worse, 1 where it got better, 0 otherwise."""
        before, after = level(self.old), level(self.new)
        return (after > before) - (after < before)


@frozen
class GradeChange(Shown):
    """The grade of a dimension that became another one; with the numbers of the amendments behind it."""

    dimension: Dimension
    old: Grade
    new: Grade
    amendments: tuple[int, ...]


@frozen(kw_only=True)
class MeasureChange(Shown):
    """The outcome of a measure that became another one; None where the measure is not there."""

    id: str
    old_id: str
    title: Localized | None
    old: MeasureOutcome | None
    new: MeasureOutcome | None


@frozen
class Unchanged:
    """How much stayed as it was."""

    findings: int
    open: int
    defeated: int
    measures: int


@frozen
class Undecided(Shown):
    """How often a rule is open, counted where it was open or is: on which measures nobody can tell yet.

    Attributes:
        opened: on a measure that was not there, or where the rule said nothing.
        settled: it was open and says nothing any more, on a measure that is still there.
        dropped: it was open on a measure that is not there any more.
    """

    opened: int
    settled: int
    dropped: int


@frozen(kw_only=True)
class Difference(Shown):
    """All that differs between two checks.

    Attributes:
        amendments: what was amended, in order: proposal, measures, packs, rules, facts, terms.
        changes: what becomes otherwise, the gravest outcome first, be it the old or the new one.
        grades: of dimensions, where they became others.
        outcomes: of measures, where they became others, those that were added or dropped among them.
        text: what the words of the act became; None where it was not asked for, or the texts cannot be compared.
        undecided: open rules that were counted only; None where each is among the changes.
        of_others: whether the two are documents that name different proposals.
    """

    old: Side
    new: Side
    amendments: tuple[Amendment, ...]
    changes: tuple[Change, ...]
    grades: tuple[GradeChange, ...]
    outcomes: tuple[MeasureChange, ...]
    unchanged: Unchanged
    text: TextComparison | None = None
    undecided: Undecided | None = None
    of_others: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing differs at all."""
        worded = self.text is not None and bool(self.text.changed)
        return not (self.amendments or self.changes or self.grades or self.outcomes or worded)

    def reaches(self, bar: Bar) -> bool:
        """Whether something at or above a bar has come, or became graver: a conflict, a missing condition, a question."""
        return any(
            (change.weight < 0 and level(change.new) <= _worst(bar)) or (bar == "open" and change.kind == "opened")
            for change in self.changes
        )

    def amendment(self, number: int) -> Amendment:
        """An amendment by its number.

        Raises:
            UsageError: there is none of that number.
        """
        if not 0 < number <= len(self.amendments):
            raise UsageError(f"there is no amendment {number}")
        return self.amendments[number - 1]


def difference(
    old: Case,
    new: Case,
    *,
    drafts: ComparedDrafts | None = None,
    decided_only: bool = False,
) -> Difference:
    """Compare two cases.

    Args:
        old: the case before.
        new: the case after.
        drafts: what the documents say of each other that the proposals were drafted from; None without such.
        decided_only: count what is open before and after, or not there, without looking for causes: in a draft that nobody has
            reviewed nearly all is, and nobody reads it.

    Raises:
        UsageError: the packs are too unlike: a field of a kind of fact is of another type.
        EngineError: the engine did not do all of its work.
    """
    pairs = match_measures(old.proposal.measures, new.proposal.measures, None if drafts is None else drafts.stated)
    unnumbered = [*proposal_amendments(old, new, pairs), *pack_amendments(old, new)]
    amendments = tuple(evolve(amendment, number=number) for number, amendment in enumerate(unnumbered, start=1))
    return _Comparison(old, new, pairs, amendments, decided_only=decided_only).whole(drafts)


class _Comparison:
    """Two reports, told in the terms of one another."""

    def __init__(
        self, old: Case, new: Case, pairs: Sequence[Pair], amendments: tuple[Amendment, ...], *, decided_only: bool
    ) -> None:
        self._cases, self._pairs, self._amendments = (old, new), pairs, amendments
        self._decided_only = decided_only
        most_told = 0 if decided_only else None
        self._reports = old.report(most_told=most_told), new.report(most_told=most_told)
        self._numbers = (
            {pair.old.id: number for number, pair in enumerate(pairs) if pair.old is not None},
            {pair.new.id: number for number, pair in enumerate(pairs) if pair.new is not None},
        )
        self._standings = tuple(
            standings_of(report, numbers) for report, numbers in zip(self._reports, self._numbers, strict=True)
        )
        self._said = tuple(
            {
                (entry.rule, None if entry.measure is None else ids[entry.measure]): entry
                for entry in _everything(report)
            }
            for report, ids in zip(self._reports, self._numbers, strict=True)
        )

    def whole(self, drafts: ComparedDrafts | None) -> Difference:
        before, after = self._standings
        places = sorted({**before, **after}, key=lambda where: (where[1] is not None, where[1] or 0, where[0]))
        differing = [place for place in places if before.get(place) != after.get(place)]
        changed = [place for place in differing if not self._decided_only or self._is_decided(place)]
        apart = set(differing)
        waived = [place for place in places if place not in apart and before[place].waived is not after[place].waived]
        keys = {amendment.key: amendment.covers for amendment in self._amendments if amendment.key}
        causes = find_causes(Counterfactuals(*self._cases, self._pairs, keys), after, changed) if changed else {}
        changes = [self._change(where, causes.get(where)) for where in (*changed, *waived)]
        versions = drafts.versions if drafts else (None, None)
        return Difference(
            old=_side(self._reports[0], versions[0]), new=_side(self._reports[1], versions[1]), amendments=self._amendments,
            changes=tuple(sorted(changes, key=lambda change: min(level(change.old), level(change.new)))),
            grades=tuple(self._grades(changes)), outcomes=tuple(self._outcomes()),
            unchanged=self._unchanged({*differing, *waived}), text=None if drafts is None else drafts.text,
            of_others=drafts is not None and drafts.of_others,
            undecided=self._undecided(apart.difference(changed)) if self._decided_only else None,
        )  # fmt: skip

    def _is_decided(self, where: Where) -> bool:
        return is_decided(*(by_place.get(where) for by_place in self._standings))

    def _undecided(self, places: Collection[Where]) -> Undecided:
        before, after = self._standings
        closed = [where for where in places if where in before and where not in after]
        dropped = sum(where[1] is not None and self._pairs[where[1]].new is None for where in closed)
        opened = sum(where not in before for where in places)
        return Undecided(opened=opened, settled=len(closed) - dropped, dropped=dropped)

    def _change(self, where: Where, causes: ChangeCauses | None) -> Change:
        before, after = (by_place.get(where) for by_place in self._said)
        said = after or before
        if said is None:  # pragma: no cover  a place is in one of the reports
            raise AssertionError(where)
        old, new = (standing.get(where) for standing in self._standings)
        pair = None if where[1] is None else self._pairs[where[1]]
        measure = (pair.new or pair.old) if pair else None
        return Change(
            kind=_kind(old, new), rule=said.rule, title=said.title, positions=said.positions,
            measure=pair.id if pair else None, measure_title=measure.title if measure else None,
            old=old, new=new, message=said.message,
            asks=self._questions(after, 1, old), answered=self._questions(before, 0, new),
            how=causes.how if causes and causes.causes else None,
            causes=tuple(self._causes(causes)) if causes else (), smallest=causes.smallest if causes else True,
        )  # fmt: skip

    def _questions(self, said: Said | None, side: int, other: Standing | None) -> tuple[Localized, ...]:
        """What must be known for an open rule on one side, and need not be on the other."""
        asked = other.asks if other else frozenset()
        unknown = said.unknown if isinstance(said, Open) else ()
        return tuple(entry.text for entry in unknown if ask_of(entry, self._numbers[side]) not in asked)

    def _causes(self, causes: ChangeCauses) -> Iterator[Cause]:
        numbers = {amendment.key: amendment.number for amendment in self._amendments if amendment.key}
        yield from sorted((Cause(numbers[key], then) for key, then in causes.causes), key=lambda cause: cause.amendment)

    def _grades(self, changes: Sequence[Change]) -> Iterator[GradeChange]:
        for (dimension, before), (_, after) in zip(*(report.judgement for report in self._reports), strict=True):
            if before != after:
                behind = {
                    cause.amendment
                    for change in changes
                    if dimension in {change.old and change.old.dimension, change.new and change.new.dimension}
                    for cause in change.causes
                }
                yield GradeChange(dimension, before, after, tuple(sorted(behind)))

    def _outcomes(self) -> Iterator[MeasureChange]:
        old, new = self._reports
        for pair in self._pairs:
            before = old.outcome(pair.old.id) if pair.old else None
            after = new.outcome(pair.new.id) if pair.new else None
            measure = pair.new or pair.old
            if before != after and measure is not None:
                old_id = pair.old.id if pair.old else ""
                yield MeasureChange(id=measure.id, old_id=old_id, title=measure.title, old=before, new=after)

    def _unchanged(self, changed: set[Where]) -> Unchanged:
        kept = [standing.outcome for where, standing in self._standings[1].items() if where not in changed]
        touched = {place[1] for place in changed}
        measures = sum(
            pair.old is not None and pair.new is not None and number not in touched
            for number, pair in enumerate(self._pairs)
        )
        return Unchanged(
            kept.count("applies"), kept.count("open"), kept.count("met") + kept.count("defeated"), measures
        )


def is_decided(*standings: Standing | None) -> bool:
    """Whether any of what became of a rule is more than a question: that it is open, or asks a person."""
    return any(
        standing is not None and standing.outcome != "open" and standing.verdict != "question" for standing in standings
    )


def _everything(report: Report) -> tuple[Said, ...]:
    return (*report.findings, *report.open, *report.defeated)


def _side(report: Report, version: Localized | None) -> Side:
    return Side(proposal=report.proposal, pack=report.pack, as_of=report.as_of, engine=report.engine, version=version)


def _kind(old: Standing | None, new: Standing | None) -> Kind:
    """What happened, by what became of the rule before and after."""
    if old is not None and new is not None and old == new:
        return "accepted" if new.waived else "unaccepted"
    if new is not None and old is not None and new.outcome == old.outcome:
        return "asked" if old == evolve(new, asks=old.asks) else "turned"
    if old is not None and old.outcome == "open":
        return "decided"
    if new is None:
        return "gone"
    match new.outcome:
        case "applies":
            return "come"
        case "open":
            return "opened"
        case "met" | "defeated":
            return new.outcome


def _worst(bar: Bar) -> int:
    """The best level of an outcome that still counts as one at or above a bar; below every level for none."""
    match bar:
        case "conflict":
            return 1
        case "condition":
            return 2
        case "open":
            return 3
        case "never":
            return -1
