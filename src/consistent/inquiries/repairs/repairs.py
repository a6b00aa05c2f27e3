"""What would have to change: for a finding, the smallest changes of the proposal after which it is gone.

A repair is **clean**: its finding is gone for sure (not merely open), and it brings no conflict and no missing condition
that was not there. Each one is checked by running the checker on the changed proposal, and on those that are split off.
"""

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypedDict

from attrs import frozen

from consistent.errors import EngineError, UsageError, did_you_mean
from consistent.findings.case import Case, States
from consistent.findings.outcome import GRAVE
from consistent.findings.report import Report
from consistent.findings.said import Finding
from consistent.inquiries.repairs._searching import Chosen, Place, Search, merged
from consistent.inquiries.repairs.asking import Change, change_for
from consistent.model.text import Localized
from consistent.rules.rule import Verdict, find_rule
from consistent.shown import Shown

__all__ = [
    "ALTERNATIVES",
    "MAX_CHANGES",
    "SECONDS",
    "FindingRepairs",
    "Repair",
    "RepairOptions",
    "Repairs",
    "Shift",
    "find_repairs",
]

MAX_CHANGES = 3
SECONDS = 10.0
ALTERNATIVES = 5


@frozen(kw_only=True)
class Shift:
    """What becomes of another rule by a repair.

    Attributes:
        measure: the id; None for the proposal as a whole.
        verdict: what the rule says where it applies.
        before, after: `applies`, `open`, `excepted`, `defeated` or `not-applicable`.
    """

    rule: str
    title: Localized
    measure: str | None
    verdict: Verdict
    before: str
    after: str


@frozen(kw_only=True)
class Repair(Shown):
    """Changes that together remove what they are meant to.

    Attributes:
        cost: how much they change; the sum of that of each.
        goes: findings that do not apply any more, and open questions that are settled, by the way.
        comes: what applies or is open now and was not; never a conflict or a missing condition that applies.
    """

    changes: tuple[Change, ...]
    cost: int
    goes: tuple[Shift, ...]
    comes: tuple[Shift, ...]


@frozen(kw_only=True)
class FindingRepairs(Shown):
    """A finding, with what would remove it.

    Attributes:
        measure: the id; None for the proposal as a whole.
        measure_title: may be None.
        repairs: those that change least first, none of which holds another; empty where nothing removes the finding.
        complete: whether there was time to look for all of them, up to the number that was asked for.
    """

    rule: str
    title: Localized
    verdict: Verdict
    measure: str | None
    measure_title: Localized | None
    message: Localized
    repairs: tuple[Repair, ...]
    complete: bool

    @property
    def only_by_dropping(self) -> bool:
        """Whether nothing removes it but to drop a measure."""
        return bool(self.repairs) and all(
            any(change.kind == "dropped" for change in repair.changes) for repair in self.repairs
        )


@frozen(kw_only=True)
class Repairs(Shown):
    """What would have to change in a proposal.

    Attributes:
        findings: in order of the report.
        together: the smallest set found after which none of these findings is left; None where there is none, where there
            was no time for it, or where there is one finding only.
        complete: whether there was time for everything.
    """

    proposal: str
    findings: tuple[FindingRepairs, ...]
    together: Repair | None
    complete: bool


class RepairOptions(TypedDict, total=False):
    """What `find_repairs` takes beside the case."""

    rule: str | None
    measure: str | None
    conditions: bool
    seconds: float
    max_changes: int
    alternatives: int | None


def find_repairs(
    case: Case,
    *,
    rule: str | None = None,
    measure: str | None = None,
    conditions: bool = False,
    seconds: float = SECONDS,
    max_changes: int = MAX_CHANGES,
    alternatives: int | None = ALTERNATIVES,
) -> Repairs:
    """Look for repairs.

    Args:
        case: the proposal before its rules.
        rule: only findings of this one, by its id or the last part of it; a missing condition too, if that is what it
            states, and one that is waived.
        measure: only findings on this one, by its id.
        conditions: missing conditions too, not conflicts alone.
        seconds: after which to stop; what was found till then is given.
        max_changes: the most changes in one repair.
        alternatives: for each finding, how many to look for; None for all.

    Raises:
        UsageError: the rule or measure is not known, or a bound is not above zero.
        EngineError: the engine did not do all of its work.
    """
    _check(case, measure, seconds=seconds, max_changes=max_changes, alternatives=alternatives)
    until = monotonic() + seconds
    report = case.report()
    wanted = _wanted(case, report, rule, measure, conditions=conditions)
    return _Finder(case, max_changes, alternatives, until).find(report, wanted)


def _check(case: Case, measure: str | None, *, seconds: float, max_changes: int, alternatives: int | None) -> None:
    named = (
        ("seconds", seconds),
        ("changes", max_changes),
        ("alternatives", 1 if alternatives is None else alternatives),
    )
    for name, number in named:
        if not number > 0:
            raise UsageError(f"the number of {name} must be above zero, found `{number}`")
    ids = [candidate.id for candidate in case.proposal.measures]
    if measure is not None and measure not in ids:
        raise UsageError(f"the proposal has no measure `{measure}`", did_you_mean(measure, ids))


def _wanted(
    case: Case, report: Report, rule: str | None, measure: str | None, *, conditions: bool
) -> tuple[Finding, ...]:
    rule_id = None if rule is None else find_rule([compiled.rule for compiled in case.program.rules], rule).id
    verdicts = GRAVE if conditions or rule is not None else GRAVE[:1]
    return tuple(
        finding
        for finding in report.findings
        if finding.verdict in verdicts
        and rule_id in {None, finding.rule}
        and measure in {None, finding.measure}
        and (finding.waived is None or rule_id is not None)
    )


class _Finder:
    def __init__(self, case: Case, max_changes: int, alternatives: int | None, until: float) -> None:
        self._case, self._max_changes, self._alternatives, self._until = case, max_changes, alternatives, until
        self._rules = {rule.rule.id: rule.rule for rule in case.program.rules}

    def find(self, report: Report, wanted: tuple[Finding, ...]) -> Repairs:
        if not wanted:
            return Repairs(proposal=report.proposal.name, findings=(), together=None, complete=True)
        search = Search(self._case)
        per_finding: list[FindingRepairs] = []
        sets: dict[Place, tuple[Chosen, ...]] = {}
        titles = {measure.id: measure.title for measure in report.measures}
        for number, finding in enumerate(wanted):
            place = finding.rule, finding.measure
            now = monotonic()
            # What one finding leaves of its share of the time is for those that follow.
            result = search.smallest(
                place,
                max_changes=self._max_changes,
                alternatives=self._alternatives,
                until=now + max(0.0, self._until - now) / (len(wanted) - number),
            )
            best = sorted(result.sets, key=lambda chosen: self._rank(search, place, chosen))[: self._alternatives]
            repairs = [self._repair(search, [place], chosen) for chosen in best]
            sets[place] = result.sets
            per_finding.append(
                FindingRepairs(
                    rule=finding.rule, title=finding.title, verdict=finding.verdict, measure=finding.measure,
                    measure_title=titles.get(finding.measure or ""), message=finding.message,
                    repairs=tuple(repairs), complete=result.complete,
                )
            )  # fmt: skip
        together, complete = self._together(search, sets)
        return Repairs(
            proposal=report.proposal.name,
            findings=tuple(per_finding),
            together=together,
            complete=complete and all(finding.complete for finding in per_finding),
        )

    def _together(self, search: Search, sets: dict[Place, tuple[Chosen, ...]]) -> tuple[Repair | None, bool]:
        if len(sets) == 1 or not all(sets.values()):
            return None, True
        # What is looked for first must not leave this without any time.
        result = search.together(sets, sets, until=max(self._until, monotonic() + 1.0))
        return (self._repair(search, sets, result.sets[0]) if result.sets else None), result.complete

    def _rank(self, search: Search, place: Place, chosen: Chosen) -> tuple[int, int, int]:
        """What changes least first; then what brings fewest questions, and then what takes least along that was in line."""
        shifts = list(self._shifts(search.base, search.states(chosen), frozenset({place})))
        asked = sum(
            shift.after == "open" or (shift.after == "applies" and shift.verdict == "question") for shift in shifts
        )
        lost = sum(shift.verdict == "aligned" and shift.before == "applies" for shift in shifts)
        return search.cost(chosen), asked, lost

    def _repair(self, search: Search, places: Iterable[Place], chosen: Chosen) -> Repair:
        """A set of moves in words, after the checker was run on what becomes of the proposal."""
        targets = frozenset(places)
        states = merged(self._case.of(variant).states() for variant in search.variants(chosen))
        if search.wrong(targets, states):
            raise EngineError("the engine does not confirm what the search for repairs found")
        shifts = list(self._shifts(search.base, states, targets))
        numbers = sorted(chosen)
        return Repair(
            changes=tuple(
                change_for(search.moves[number], self._case.proposal, self._case.knowledge) for number in numbers
            ),
            cost=search.cost(chosen),
            goes=tuple(shift for shift in shifts if shift.after not in _SPEAKING),
            comes=tuple(shift for shift in shifts if shift.after in _SPEAKING),
        )

    def _shifts(self, before: States, after: States, targets: frozenset[Place]) -> Iterator[Shift]:
        order = {
            name: number
            for number, name in enumerate([None, *(measure.id for measure in self._case.proposal.measures)])
        }
        for place in sorted((before.keys() | after.keys()) - targets, key=lambda place: (order[place[1]], place[0])):
            old, new = before.get(place, _SILENT), after.get(place, _SILENT)
            rule = self._rules[place[0]]
            if old != new and not _SPEAKING.isdisjoint({old, new}):
                yield Shift(
                    rule=rule.id, title=rule.title, measure=place[1], verdict=rule.verdict, before=old, after=new
                )


_SILENT = "not-applicable"
_SPEAKING = {"applies", "open"}
