"""Applies waivers: the one place where a finding is marked as accepted, and where every waiver gets its status.

A waiver settles a conflict, a missing condition, or a question for a person. The finding stays in the report, marked. What a
waiver cannot do: settle a rule that is open, since nobody knows yet what would be accepted; bring back what the accepted
finding has defeated.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from attrs import evolve, frozen

from consistent.errors import nearest
from consistent.findings.outcome import PRESSING
from consistent.findings.said import CitedFact, CitedRule, Finding, Open, Said, Waived
from consistent.knowledge.entries import Limits
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.shown import Shown
from consistent.toml.waivers import Waiver

__all__ = ["RestsOn", "TimeWarning", "WaiverStatus", "WaiverUse", "apply_waivers", "time_warnings"]

WaiverStatus = Literal[
    "in-use", "open", "unused", "expired", "not-begun", "not-run", "unknown-rule", "unknown-measure", "elsewhere"
]


@frozen(kw_only=True)
class WaiverUse(Shown):
    """What became of a waiver.

    Attributes:
        measure: the id; None for wherever the rule applies.
        proposal: as the waiver names it; None for every proposal.
        since, until: the first and last day, ISO; empty for no first day.
        status: `in-use`; `open`: the rule is open, which no waiver settles; `unused`: there is nothing to accept; `expired`
            and `not-begun`: of that day; `not-run`: the rule was left out or does not hold on that day; `unknown-rule` and
            `unknown-measure`: there is none; `elsewhere`: for another proposal.
        settles: of one in use, the measures on which it settles a finding; None is the proposal as a whole.
        near: the ids that come nearest to an unknown one.
        path: its file; `line` where it has one.
    """

    rule: str
    measure: str | None
    proposal: str | None
    reason: Localized
    owner: str
    since: str
    until: str
    status: WaiverStatus
    settles: tuple[str | None, ...]
    near: tuple[str, ...]
    path: str
    line: int | None


def apply_waivers(
    waivers: Iterable[Waiver],
    findings: Sequence[Finding],
    opens: Sequence[Open],
    *,
    proposal: Proposal,
    day: date,
    run: frozenset[str],
    known: frozenset[str],
) -> tuple[tuple[Finding, ...], tuple[WaiverUse, ...]]:
    """Mark the findings that a waiver settles on a day.

    Args:
        waivers: in any order; of several that settle one finding the one that ends last is named.
        findings: of the proposal, none marked yet.
        opens: rules that are open.
        proposal: that was checked.
        day: on which it was.
        run: ids of the rules that were checked.
        known: ids of all rules of the pack.

    Returns:
        The findings in their order, and what became of each waiver, in theirs.
    """
    settled: dict[int, Waiver] = {}
    uses = []
    for waiver in waivers:
        status = _status(waiver, proposal, day, run, known)
        matched = (
            [number for number, finding in enumerate(findings) if _fits(waiver, finding)] if status == "in-use" else []
        )
        if status == "in-use" and not matched:
            status = "open" if any(_fits(waiver, waiting) for waiting in opens) else "unused"
        for number in matched:
            settled[number] = max(settled.get(number, waiver), waiver, key=lambda candidate: candidate.until)
        uses.append(_use(waiver, status, [findings[number].measure for number in matched], proposal, known))
    marked = (
        evolve(finding, waived=_waived(settled[number])) if number in settled else finding
        for number, finding in enumerate(findings)
    )
    return tuple(marked), tuple(uses)


def _status(waiver: Waiver, proposal: Proposal, day: date, run: frozenset[str], known: frozenset[str]) -> WaiverStatus:
    """Whether a waiver can be used at all; `in-use` if so."""
    if waiver.proposal is not None and _plain(waiver.proposal) not in _numbers(proposal):
        return "elsewhere"
    if waiver.rule not in known:
        return "unknown-rule"
    if waiver.measure is not None and waiver.measure not in {measure.id for measure in proposal.measures}:
        return "unknown-measure"
    if waiver.until < day:
        return "expired"
    if waiver.since is not None and day < waiver.since:
        return "not-begun"
    return "in-use" if waiver.rule in run else "not-run"


def _fits(waiver: Waiver, said: Finding | Open) -> bool:
    return (
        said.rule == waiver.rule
        and (waiver.measure is None or said.measure == waiver.measure)
        and said.verdict in PRESSING
    )


def _numbers(proposal: Proposal) -> set[str]:
    """Everything that names the proposal."""
    values = (proposal.reference, proposal.celex, proposal.procedure)
    return {_plain(str(atom)) for value in values for atom in value.yes}


def _plain(number: str) -> str:
    """A number without what people write in different ways: blanks, letter case, the `final` of a Commission document."""
    return "".join(number.casefold().split()).removesuffix("final")


def _waived(waiver: Waiver) -> Waived:
    return Waived(reason=waiver.reason, owner=waiver.owner, until=waiver.until.isoformat())


def _use(
    waiver: Waiver, status: WaiverStatus, settles: Iterable[str | None], proposal: Proposal, known: frozenset[str]
) -> WaiverUse:
    near: tuple[str, ...] = ()
    if status == "unknown-rule":
        near = nearest(waiver.rule, known)
    elif status == "unknown-measure":
        near = nearest(waiver.measure or "", (measure.id for measure in proposal.measures))
    return WaiverUse(
        rule=waiver.rule, measure=waiver.measure, proposal=waiver.proposal, reason=waiver.reason, owner=waiver.owner,
        since=waiver.since.isoformat() if waiver.since else "", until=waiver.until.isoformat(), status=status,
        settles=tuple(settles), near=near, path=waiver.place.path, line=waiver.place.line,
    )  # fmt: skip


# Warnings of time: what a report rests on ends soon, or was not compared with its source for long.


@frozen(kw_only=True)
class RestsOn:
    """What the report says that would be in doubt: a rule on a measure, or, with None, on the proposal as a whole."""

    rule: str
    measure: str | None


@frozen(kw_only=True)
class TimeWarning(Shown):
    """A fact, a rule or a waiver that will not carry for long what the report says, or may not any more.

    Attributes:
        fact_kind: the kind of fact; empty of rules and waivers.
        id: of the fact or the rule; of a waiver, that of the rule.
        title: of the rule, of the kind of fact, of a waiver its reason.
        ends: the last day, ISO, where it comes within the limit; else empty.
        ends_in: the number of days until then; 0 is the day of the check itself.
        stale: whether a fact was last compared with its source longer ago than the limit, or never.
        verified: of a stale fact, the day on which it was, ISO; empty if never.
        rests: what the report says on the ground of it; at least one.
        path: its file; `line` where it has one.
    """

    kind: Literal["fact", "rule", "waiver"]
    fact_kind: str
    id: str
    title: Localized
    ends: str
    ends_in: int | None
    stale: bool
    verified: str
    rests: tuple[RestsOn, ...]
    path: str
    line: int | None


def time_warnings(
    said: Iterable[Said],
    facts: Iterable[CitedFact],
    rules: Iterable[CitedRule],
    waivers: Iterable[WaiverUse],
    *,
    day: date,
    limits: Limits,
) -> tuple[TimeWarning, ...]:
    """What is worth a warning on a day: facts, then rules, then waivers, each once, in the order given."""
    by_fact: dict[tuple[str, str], dict[RestsOn, None]] = {}
    by_rule: dict[str, dict[RestsOn, None]] = {}
    for saying in said:
        where = RestsOn(rule=saying.rule, measure=saying.measure)
        by_rule.setdefault(saying.rule, {})[where] = None
        for fact in saying.facts:
            by_fact.setdefault((fact.kind, fact.id), {})[where] = None
    warnings = [
        *_of_facts(facts, by_fact, day, limits),
        *_of_rules(rules, by_rule, day, limits),
        *_of_waivers(waivers, day, limits),
    ]
    return tuple(warning for warning in warnings if warning.ends or warning.stale)


def _of_facts(
    facts: Iterable[CitedFact], rests: Mapping[tuple[str, str], Iterable[RestsOn]], day: date, limits: Limits
) -> Iterator[TimeWarning]:
    for fact in facts:
        last = date.fromisoformat(fact.verified) if fact.verified else None
        stale = last is None or (day - last).days > limits.verified_within
        ends, ends_in = _ending(fact.valid_to, day, limits)
        yield TimeWarning(
            kind="fact", fact_kind=fact.kind, id=fact.id, title=fact.title, ends=ends, ends_in=ends_in, stale=stale,
            verified=fact.verified if stale else "", rests=tuple(rests[fact.kind, fact.id]), path=fact.path, line=fact.line,
        )  # fmt: skip


def _of_rules(
    rules: Iterable[CitedRule], rests: Mapping[str, Iterable[RestsOn]], day: date, limits: Limits
) -> Iterator[TimeWarning]:
    for rule in rules:
        ends, ends_in = _ending(rule.valid_to, day, limits)
        yield TimeWarning(
            kind="rule", fact_kind="", id=rule.id, title=rule.title, ends=ends, ends_in=ends_in, stale=False,
            verified="", rests=tuple(rests[rule.id]), path=rule.path, line=None,
        )  # fmt: skip


def _of_waivers(waivers: Iterable[WaiverUse], day: date, limits: Limits) -> Iterator[TimeWarning]:
    for waiver in waivers:
        if waiver.status == "in-use":
            ends, ends_in = _ending(waiver.until, day, limits)
            yield TimeWarning(
                kind="waiver", fact_kind="", id=waiver.rule, title=waiver.reason, ends=ends, ends_in=ends_in, stale=False,
                verified="", rests=tuple(RestsOn(rule=waiver.rule, measure=measure) for measure in waiver.settles), path=waiver.path,
                line=waiver.line,
            )  # fmt: skip


def _ending(last: str, day: date, limits: Limits) -> tuple[str, int | None]:
    """The last day and how far off it is, where that is within the limit."""
    left = (date.fromisoformat(last) - day).days if last else None
    return (last, left) if left is not None and left <= limits.ending_within else ("", None)
