"""What a report tells of itself, in lines for a terminal: waivers that need attention, and what will not hold for long."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from rich.text import Text

from consistent.findings.ageing import RestsOn, TimeWarning
from consistent.findings.outcome import PRESENTATION
from consistent.findings.report import Report
from consistent.findings.said import Finding
from consistent.findings.waivers import WaiverStatus, WaiverUse
from consistent.model.text import Language, Localized
from consistent.reports.labels import WORDS, engine_notice
from consistent.reports.lines import Line, place

__all__ = ["Drafted", "accepted_line", "accepted_lines", "draft_lines", "notice_lines", "waiver_lines", "warning_lines"]

_WORDS = {
    "waivers": Localized("Waivers to look at", "Aanvaardingen die aandacht vragen"),
    "elsewhere": Localized("waivers for other proposals: {count}", "aanvaardingen voor andere voorstellen: {count}"),
    "proposal": Localized("proposal", "voorstel"),
    "near": Localized("did you mean {near}?", "bedoelt u {near}?"),
    "or": Localized(" or ", " of "),
    "replaced": Localized("replaced by {others}", "vervangen door {others}"),
    "and": Localized(" and ", " en "),
    "until": Localized("until {until}", "tot en met {until}"),
    "warnings": Localized(
        "Ends soon, or was not verified for long", "Loopt binnenkort af, of is lang niet geverifieerd"
    ),
    "waiver": Localized("waiver", "aanvaarding"),
    "ends": Localized(
        "last day {ends}; days left: {left}", "laatste dag {ends}; resterende dagen: {left}"
    ),
    "last day": Localized("last day today ({ends})", "vandaag de laatste dag ({ends})"),
    "stale": Localized("last compared with its source on {verified}", "laatst met de bron vergeleken op {verified}"),
    "never": Localized("never compared with its source", "nooit met de bron vergeleken"),
    "carries": Localized("carries", "draagt"),
    "whole": WORDS["proposal as a whole"],
}  # fmt: skip
_STATUSES: dict[WaiverStatus, Localized] = {
    "open": Localized(
        "the rule is open here: what is not decided cannot be accepted",
        "de regel staat hier open: wat niet beslist is, kan niet worden aanvaard",
    ),
    "unused": Localized("there is nothing to accept here", "hier valt niets te aanvaarden"),
    "expired": Localized("expired: its last day was {until}", "verlopen: de laatste dag was {until}"),
    "not-begun": Localized("not in force yet: it begins on {since}", "nog niet van kracht: gaat in op {since}"),
    "not-run": Localized(
        "the rule was not looked at: it was left out, or is not in force",
        "de regel is niet bekeken: die is weggelaten of geldt niet",
    ),
    "unknown-rule": Localized("the pack has no such rule", "het pakket kent deze regel niet"),
    "unknown-measure": Localized("the proposal has no such measure", "het voorstel kent deze maatregel niet"),
    "elsewhere": Localized("it is for another proposal", "deze is voor een ander voorstel"),
}


class Drafted(Protocol):
    """A proposal, or a summary of one."""

    @property
    def unconfirmed(self) -> int:
        """How many of its values nobody stands for yet."""

    @property
    def remarks(self) -> tuple[Localized, ...]:
        """What must be known of the document that it was read from."""


def draft_lines(about: Drafted, language: Language, *, name: str = "") -> Iterator[Line]:
    """That a proposal is a draft that nobody has looked through, where it is, and what must be known of its document.

    Args:
        about: the proposal.
        language: of the words.
        name: of the proposal, where there is more than one.
    """
    said = [WORDS["draft"].get(language).format(count=about.unconfirmed)] if about.unconfirmed else []
    for each in (*said, *(remark.get(language) for remark in about.remarks)):
        yield 0, Text(f"{name}: {each}" if name else each, style="yellow")


def accepted_line(found: Finding, language: Language) -> Text | None:
    """Why, by whom and until when a finding is accepted; None where it is not."""
    if found.waived is None:
        return None
    accepted = WORDS["accepted by"].get(language)
    told = accepted.format(reason=found.waived.reason.get(language), owner=found.waived.owner, until=found.waived.until)
    return Text.assemble((f"{WORDS['accepted'].get(language)}: ", "dim"), told)


def accepted_lines(report: Report, language: Language) -> Iterator[Line]:
    """The findings that are accepted, for a report that leaves them out."""
    accepted = [each for each in report.findings if each.waived]
    if not accepted:
        return
    yield 0, Text(f"{PRESENTATION['waived'].heading.get(language)} ({len(accepted)})", style="bold magenta")
    for each in accepted:
        owner = each.measure or WORDS["proposal as a whole"].get(language)
        yield 2, Text(f"{owner}: {each.title.get(language)} ({each.rule})")
        told = accepted_line(each, language)
        if told is not None:
            yield 4, told
    yield 0, Text()


def notice_lines(report: Report, language: Language) -> Iterator[Line]:
    """What a command that tells something of a check tells of the check itself: waivers to look at, and the engine."""
    yield from waiver_lines(report, language)
    if notice := engine_notice(report.engine, language):
        yield 0, Text(notice, style="dim")


def waiver_lines(report: Report, language: Language, *, verbose: bool = False) -> Iterator[Line]:
    """The waivers that settle nothing, each with the reason; those for other proposals only counted unless verbose."""
    listed = [each for each in report.waivers if each.status != "in-use" and (verbose or each.status != "elsewhere")]
    elsewhere = sum(each.status == "elsewhere" for each in report.waivers)
    if listed:
        yield 0, Text(f"{_word('waivers', language)} ({len(listed)})", style="bold magenta")
        for each in listed:
            yield from _waiver(each, _replacing(each, report), language)
        yield 0, Text()
    if elsewhere and not verbose:
        yield 0, Text(_word("elsewhere", language).format(count=elsewhere), style="dim")
        yield 0, Text()


def _replacing(expired: WaiverUse, report: Report) -> tuple[WaiverUse, ...]:
    """The waivers in use that accept all that one would accept if it had not expired."""
    if expired.status != "expired":
        return ()

    def bears(found: Finding) -> bool:
        return found.rule == expired.rule and expired.measure in {None, found.measure}

    accepted = [each for each in report.findings if bears(each) and each.waived]
    measures = {each.measure for each in accepted}
    if len(accepted) < sum(map(bears, report.findings)):
        return ()
    return tuple(each for each in report.waivers if each.rule == expired.rule and not measures.isdisjoint(each.settles))


def _waiver(each: WaiverUse, replacing: Iterable[WaiverUse], language: Language) -> Iterator[Line]:
    proposal = f"{_word('proposal', language)} {each.proposal}" if each.proposal else ""
    yield 2, Text(" · ".join(part for part in (each.rule, each.measure, proposal) if part), style="bold")
    status = _STATUSES[each.status].get(language).format(until=each.until, since=each.since)
    near = _word("or", language).join(each.near)
    others = _word("and", language).join(_told(one, language) for one in replacing)
    more = [_word("near", language).format(near=near)] if near else []
    more += [_word("replaced", language).format(others=others)] if others else []
    yield 4, Text("; ".join([status, *more]))
    until = _word("until", language).format(until=each.until)
    yield 4, Text(" · ".join([each.reason.get(language), each.owner, until, place(each.path, each.line)]), style="dim")


def _told(each: WaiverUse, language: Language) -> str:
    """A waiver by who answers for it, until when, and where it stands."""
    until = _word("until", language).format(until=each.until)
    return f"{each.owner}, {until} ({place(each.path, each.line)})"


def warning_lines(report: Report, language: Language) -> Iterator[Line]:
    """What ends soon or was not verified for long, with what rests on it."""
    if not report.warnings:
        return
    yield 0, Text(f"{_word('warnings', language)} ({len(report.warnings)})", style="bold magenta")
    for each in report.warnings:
        yield 2, Text(_named(each, language), style="bold")
        if each.ends:
            word, style = ("ends", "") if each.ends_in else ("last day", "bold yellow")
            yield 4, Text(_word(word, language).format(ends=each.ends, left=each.ends_in), style=style)
        if each.stale:
            name = "stale" if each.verified else "never"
            yield 4, Text(_word(name, language).format(verified=each.verified))
        yield 4, Text.assemble((f"{_word('carries', language)}: ", "dim"), _carried(each.rests, language))
        yield 4, Text(place(each.path, each.line), style="dim")
    yield 0, Text()


def _named(each: TimeWarning, language: Language) -> str:
    title = each.title.get(language)
    if each.kind == "waiver":
        return f"{_word('waiver', language)}: {title}"
    return f"{title} {each.id}" if each.kind == "fact" else f"{title} ({each.id})"


def _carried(rests: Iterable[RestsOn], language: Language) -> str:
    """Rules with the measures that they speak of, each rule once."""
    by_rule: dict[str, list[str]] = {}
    for each in rests:
        by_rule.setdefault(each.rule, []).append(each.measure or _word("whole", language))
    return "; ".join(f"{rule} ({', '.join(measures)})" for rule, measures in by_rule.items())


def _word(name: str, language: Language) -> str:
    return _WORDS[name].get(language)
