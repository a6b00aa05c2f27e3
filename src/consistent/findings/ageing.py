"""Warns where what a report rests on ends soon, or was not compared with its source for long."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from attrs import frozen

from consistent.findings.cited import CitedFact, CitedRule
from consistent.findings.said import Said
from consistent.findings.waivers import WaiverUse
from consistent.model.text import Localized

__all__ = ["Limits", "RestsOn", "TimeWarning", "time_warnings"]


@frozen(kw_only=True)
class Limits:
    """From when on time is worth a warning, in days.

    Attributes:
        ending_within: that something still holds, or fewer.
        verified_within: since a fact was last compared with its source; more are too many.
    """

    ending_within: int = 180
    verified_within: int = 730


@frozen(kw_only=True)
class RestsOn:
    """What the report says that would be in doubt: a rule on a measure, or, with None, on the proposal as a whole."""

    rule: str
    measure: str | None


@frozen(kw_only=True)
class TimeWarning:
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
    for each in said:
        where = RestsOn(rule=each.rule, measure=each.measure)
        by_rule.setdefault(each.rule, {})[where] = None
        for fact in each.facts:
            by_fact.setdefault((fact.kind, fact.id), {})[where] = None
    found = [
        *_of_facts(facts, by_fact, day, limits),
        *_of_rules(rules, by_rule, day, limits),
        *_of_waivers(waivers, day, limits),
    ]
    return tuple(each for each in found if each.ends or each.stale)


def _of_facts(
    facts: Iterable[CitedFact], rests: Mapping[tuple[str, str], Iterable[RestsOn]], day: date, limits: Limits
) -> Iterator[TimeWarning]:
    for each in facts:
        last = date.fromisoformat(each.verified) if each.verified else None
        stale = last is None or (day - last).days > limits.verified_within
        ends, ends_in = _ending(each.valid_to, day, limits)
        yield TimeWarning(
            kind="fact", fact_kind=each.kind, id=each.id, title=each.title, ends=ends, ends_in=ends_in, stale=stale,
            verified=each.verified if stale else "", rests=tuple(rests[each.kind, each.id]), path=each.path, line=each.line,
        )  # fmt: skip


def _of_rules(
    rules: Iterable[CitedRule], rests: Mapping[str, Iterable[RestsOn]], day: date, limits: Limits
) -> Iterator[TimeWarning]:
    for each in rules:
        ends, ends_in = _ending(each.valid_to, day, limits)
        yield TimeWarning(
            kind="rule", fact_kind="", id=each.id, title=each.title, ends=ends, ends_in=ends_in, stale=False,
            verified="", rests=tuple(rests[each.id]), path=each.path, line=None,
        )  # fmt: skip


def _of_waivers(waivers: Iterable[WaiverUse], day: date, limits: Limits) -> Iterator[TimeWarning]:
    for each in waivers:
        if each.status == "in-use":
            ends, ends_in = _ending(each.until, day, limits)
            yield TimeWarning(
                kind="waiver", fact_kind="", id=each.rule, title=each.reason, ends=ends, ends_in=ends_in, stale=False,
                verified="", rests=tuple(RestsOn(rule=each.rule, measure=one) for one in each.settles), path=each.path,
                line=each.line,
            )  # fmt: skip


def _ending(last: str, day: date, limits: Limits) -> tuple[str, int | None]:
    """The last day and how far off it is, where that is within the limit."""
    left = (date.fromisoformat(last) - day).days if last else None
    return (last, left) if left is not None and left <= limits.ending_within else ("", None)
