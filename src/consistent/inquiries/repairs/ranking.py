"""Which repairs to ask for first, and which to fall back on: by what they cost the position and what they solve besides."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from consistent.findings.outcome import GRAVE
from consistent.inquiries.repairs.asking import Change
from consistent.inquiries.repairs.repairs import FindingRepairs, Repair, Repairs, Shift

__all__ = ["Plan", "RankedRepair", "plan_of", "ranked"]


@frozen(kw_only=True)
class RankedRepair:
    """A repair of one finding, with what a negotiator weighs.

    Attributes:
        rank: from one, among the repairs of its finding.
        solves: conflicts and missing conditions that it removes besides.
        gives_up: what the proposal has now that the position supports, and would have no longer.
        asks: questions that come with it.
    """

    repair: Repair
    rank: int
    solves: tuple[Shift, ...]
    gives_up: tuple[Shift, ...]
    asks: tuple[Shift, ...]


@frozen(kw_only=True)
class Plan:
    """What to ask for, and what to fall back on.

    Attributes:
        asked: each change once, with the findings that it helps to remove; those come first that remove most.
        fallbacks: for each finding the repairs that are not asked for, the best first.
        unsolved: findings that nothing among the repairs removes.
        tried: whether the checker has tried all that is asked together; else each repair was tried by itself.
    """

    asked: tuple[tuple[Change, tuple[FindingRepairs, ...]], ...]
    fallbacks: tuple[tuple[FindingRepairs, tuple[RankedRepair, ...]], ...]
    unsolved: tuple[FindingRepairs, ...]
    tried: bool


def ranked(found: FindingRepairs) -> tuple[RankedRepair, ...]:
    """The repairs of a finding in the order in which to ask for them.

    First what takes least from what the position supports; then what weighs least, less one for each further conflict that it
    solves; then what brings fewest questions. The order in which they were found settles the rest.
    """
    weighed = [(repair, *_weighed(repair)) for repair in found.repairs]
    weighed.sort(key=lambda one: (len(one[2]), one[0].cost - len(one[1]), len(one[3])))
    return tuple(
        RankedRepair(repair=repair, rank=rank, solves=solves, gives_up=gives_up, asks=asks)
        for rank, (repair, solves, gives_up, asks) in enumerate(weighed, 1)
    )


def _weighed(repair: Repair) -> tuple[tuple[Shift, ...], tuple[Shift, ...], tuple[Shift, ...]]:
    going = [shift for shift in repair.goes if shift.before == "applies"]
    return (
        tuple(shift for shift in going if shift.verdict in GRAVE),
        tuple(shift for shift in going if shift.verdict == "aligned"),
        tuple(shift for shift in repair.comes if shift.after == "open" or shift.verdict == "question"),
    )


def plan_of(repairs: Repairs) -> Plan:
    """The set that removes all findings where one was found; else for each finding its best repair, unless one before solves it."""
    order = {(found.rule, found.measure): ranked(found) for found in repairs.findings}
    chosen = list(repairs.together.changes) if repairs.together else list(_one_by_one(repairs.findings, order))
    asked = [(change, tuple(_served(change, chosen, repairs.findings))) for change in dict.fromkeys(chosen)]
    asked.sort(key=lambda pair: -len(pair[1]))
    return Plan(
        asked=tuple(asked),
        fallbacks=tuple(
            (found, rest)
            for found in repairs.findings
            if (rest := tuple(one for one in order[found.rule, found.measure] if not set(one.repair.changes) <= set(chosen)))
        ),
        unsolved=tuple(found for found in repairs.findings if not found.repairs),
        tried=repairs.together is not None or len(repairs.findings) == 1,
    )  # fmt: skip


def _one_by_one(
    findings: Iterable[FindingRepairs], order: dict[tuple[str, str | None], tuple[RankedRepair, ...]]
) -> Iterator[Change]:
    """Of each finding the best repair, but for those that an earlier one solves."""
    solved: set[tuple[str, str | None]] = set()
    for found in findings:
        place = found.rule, found.measure
        if place in solved or not order[place]:
            continue
        best = order[place][0]
        solved.update((shift.rule, shift.measure) for shift in best.solves)
        yield from best.repair.changes


def _served(change: Change, chosen: list[Change], findings: Iterable[FindingRepairs]) -> Iterator[FindingRepairs]:
    """The findings that a change helps to remove: those with a repair that has it and is wholly asked for.

    Where it is in none that was kept, those on the same measure.
    """
    listed = list(findings)
    held = [
        found
        for found in listed
        if any(change in repair.changes and set(repair.changes) <= set(chosen) for repair in found.repairs)
    ]
    yield from held or [found for found in listed if found.measure == change.measure] or listed
