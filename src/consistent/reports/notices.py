"""What a report tells of itself, for a reader: caveats, waivers, what will not hold for long, drafts and other packs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from consistent.errors import printable
from consistent.findings.outcome import PRESENTATION, WOULD_BE
from consistent.findings.report import OtherPack, Report
from consistent.findings.said import Finding, Presumed, Reading
from consistent.findings.waivers import RestsOn, TimeWarning, WaiverStatus, WaiverUse
from consistent.model.text import Language, Localized, capitalised
from consistent.reports.labels import WORDS, engine_notice
from consistent.reports.outline import (
    BREAK,
    Block,
    Inline,
    Item,
    Paragraph,
    Section,
    Span,
    Spans,
    dim,
    pair,
    plain,
    spans,
    strong,
)
from consistent.reports.terminal import told_path, told_place
from consistent.sources import source_label

__all__ = [
    "MARK",
    "TYPED",
    "Drafted",
    "accepted_outline",
    "caveats",
    "caveats_in_full",
    "draft_outline",
    "identity_outline",
    "looked_at",
    "not_judged",
    "notice_outline",
    "other_packs_outline",
    "person_line",
    "positions_short",
    "presumed_outline",
    "read_elsewhere",
    "recall_of",
    "waiver_outline",
    "waiver_status",
    "warning_outline",
]

# What is typed at a prompt, in brackets behind a sentence, or as what shows more.
TYPED = re.compile(r" \(`[^`]*`\)|; `consistent [^`]*` (?:shows where|toont waar)")

_WORDS = {
    "other packs": Localized(
        "Only the pack {pack} was used, as none was named; there is also {others} (`--pack`).",
        "Alleen het pakket {pack} is gebruikt, want er is geen genoemd; er is ook {others} (`--pack`).",
    ),
    "speaks": Localized(
        "{name} (rules on the areas or legal bases of the proposal: {count})",
        "{name} (regels over de terreinen of rechtsgrondslagen van het voorstel: {count})",
    ),
    "elsewhere read": Localized(
        "read in other sources than the text itself: {count} of {of} places",
        "gelezen in andere bronnen dan de tekst zelf: {count} van {of} vindplaatsen",
    ),
    "presumed": Localized(
        "What these rules need was looked for in the text and not found. `consistent why RULE` tells of one what that is, "
        "`consistent ask` has a person confirm it.",
        "Wat deze regels vragen, is in de tekst gezocht en niet gevonden. `consistent why REGEL` zegt van een regel wat dat is; "
        "met `consistent ask` bevestigt een mens het.",
    ),
    "misses": Localized(
        "That can err: of what is there the reader finds no more than: {recall}.",
        "Dat kan onjuist zijn: van wat er staat, vindt de lezer niet meer dan: {recall}.",
    ),
    "on measures": Localized("measures: {count}", "maatregelen: {count}"),
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
    "document": Localized("document", "document"),
    "instead": Localized("{mark}, in place of that in {folder}", "{mark}, in plaats van dat in {folder}"),
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


# So many sources are named behind a count.
_FEW = 2


class Drafted(Protocol):
    """A proposal, or a summary of one."""

    @property
    def unconfirmed(self) -> int:
        """How many of its values nobody stands for yet."""

    @property
    def remarks(self) -> tuple[Localized, ...]:
        """What must be known of the document that it was read from."""


def draft_outline(about: Drafted, language: Language, *, name: str = "") -> Iterator[Paragraph]:
    """That a proposal is a draft that nobody has looked through, where it is, and what must be known of its document.

    Args:
        about: the proposal.
        language: of the words.
        name: of the proposal, where there is more than one.
    """
    said = [WORDS["draft"].get(language).format(count=about.unconfirmed)] if about.unconfirmed else []
    for text in (*said, *(remark.get(language) for remark in about.remarks)):
        yield Paragraph(Span(f"{name}: {text}" if name else text, tone="caution"), "note")


def other_packs_outline(
    pack: str, others: Sequence[str], language: Language, elsewhere: Sequence[OtherPack] = ()
) -> Iterator[Paragraph]:
    """That nobody named a pack, and which others there are; nothing where somebody did.

    Args:
        pack: the one that was used.
        others: as `Report.other_packs` and `Knowledge.other_packs` have them.
        language: of the words.
        elsewhere: which of them speak of the proposal, as `Report.elsewhere` has it.
    """
    if others:
        speaking = {
            other.name: _word("speaks", language).format(name=other.name, count=other.rules) for other in elsewhere
        }
        silent = [name for name in others if name not in speaking]
        told = _word("other packs", language).format(pack=pack, others=", ".join([*speaking.values(), *silent]))
        yield Paragraph(Span(told, tone="caution"), "note")


def person_line(found: Finding, language: Language) -> Spans | None:
    """What a person says of a finding, why, who, and until or since when: that it is accepted, or what they answer."""
    if found.waived is not None:
        accepted = WORDS["accepted by"].get(language)
        waived = found.waived
        told = accepted.format(reason=waived.reason.get(language), owner=waived.owner, until=waived.until)
        return pair(WORDS["accepted"].get(language), told)
    if found.answered is not None:
        said = found.answered
        judgement = WORDS["in order" if said.in_order else "not in order"].get(language)
        by = ", ".join(filter(None, (said.place, said.by)))
        told = WORDS["answered by"].get(language).format(judgement=judgement, reason=said.reason, by=by, on=said.on)
        return pair(WORDS["says"].get(language), told)
    return None


def recall_of(readings: Iterable[Reading], language: Language) -> str:
    """How much of what is there a reader finds, field by field; empty where nobody measured it."""
    return ", ".join(
        f"{reading.label.get(language)} {round(100 * reading.found / reading.of)} %"
        for reading in readings
        if reading.of
    )


def presumed_outline(report: Report, language: Language) -> Iterator[Section]:
    """The rules that are presumed not to apply, with what that rests on; nothing where there are none."""
    if not report.presumed:
        return
    recall = recall_of(report.readings, language)
    blocks: list[Block] = [Paragraph(dim(_word("presumed", language)))]
    if recall:
        blocks.append(Paragraph(dim(_word("misses", language).format(recall=recall))))
    blocks += [Item(_presumed(rule, language)) for rule in report.presumed]
    heading = WORDS["presumed"].get(language)
    yield Section(strong(f"{capitalised(heading)} ({len(report.presumed)})"), [*blocks, BREAK])


def _presumed(rule: Presumed, language: Language) -> Spans:
    count = len(rule.measures)
    where = _word("on measures", language).format(count=count) if count else WORDS["proposal as a whole"].get(language)
    return spans((rule.title.get(language), dim(f"  {WOULD_BE[rule.verdict].get(language)} · {rule.rule} · {where}")))


def accepted_outline(report: Report, language: Language) -> Iterator[Block]:
    """The findings that are accepted, for a report that leaves them out."""
    accepted = [finding for finding in report.findings if finding.waived]
    if not accepted:
        return
    items = []
    for said in accepted:
        owner = said.measure or WORDS["proposal as a whole"].get(language)
        told = person_line(said, language)
        items.append(Item(f"{owner}: {said.title.get(language)} ({said.rule})", [Item(told)] if told else []))
    yield Section(strong(f"{PRESENTATION['waived'].heading.get(language)} ({len(accepted)})", "accepted"), items)
    yield BREAK


def notice_outline(report: Report, language: Language) -> Iterator[Block]:
    """What a command that tells something of a check tells of the check itself: waivers to look at, and the engine."""
    yield from waiver_outline(report, language)
    yield from other_packs_outline(report.pack, report.other_packs, language, report.elsewhere)
    if notice := engine_notice(report.engine, language):
        yield Paragraph(dim(notice))


def waiver_outline(report: Report, language: Language, *, verbose: bool = False) -> Iterator[Block]:
    """The waivers that settle nothing, each with the reason; those for other proposals only counted unless verbose."""
    wanted = [use for use in report.waivers if use.status != "in-use" and (verbose or use.status != "elsewhere")]
    elsewhere = sum(use.status == "elsewhere" for use in report.waivers)
    if wanted:
        heading = strong(f"{_word('waivers', language)} ({len(wanted)})", "accepted")
        yield Section(heading, [_waiver(use, report, language) for use in wanted])
        yield BREAK
    if elsewhere and not verbose:
        yield Paragraph(dim(_word("elsewhere", language).format(count=elsewhere)))
        yield BREAK


def _replacing(expired: WaiverUse, report: Report) -> tuple[WaiverUse, ...]:
    """The waivers in use that accept all that one would accept if it had not expired."""
    if expired.status != "expired":
        return ()

    def bears(found: Finding) -> bool:
        return found.rule == expired.rule and expired.measure in {None, found.measure}

    accepted = [finding for finding in report.findings if bears(finding) and finding.waived]
    measures = {finding.measure for finding in accepted}
    if len(accepted) < sum(map(bears, report.findings)):
        return ()
    return tuple(
        waiver for waiver in report.waivers if waiver.rule == expired.rule and not measures.isdisjoint(waiver.settles)
    )


def waiver_status(use: WaiverUse, report: Report, language: Language) -> str:
    """Why a waiver settles nothing, in a line; empty of one in use."""
    if use.status == "in-use":
        return ""
    status = _STATUSES[use.status].get(language).format(until=use.until, since=use.since)
    near = _word("or", language).join(use.near)
    others = _word("and", language).join(_told(other, language) for other in _replacing(use, report))
    more = [_word("near", language).format(near=near)] if near else []
    more += [_word("replaced", language).format(others=others)] if others else []
    return "; ".join([status, *more])


def _waiver(use: WaiverUse, report: Report, language: Language) -> Item:
    proposal = f"{_word('proposal', language)} {use.proposal}" if use.proposal else ""
    until = _word("until", language).format(until=use.until)
    origin = " · ".join([use.reason.get(language), use.owner, until, told_place(use.path, use.line)])
    name = strong(" · ".join(filter(None, (use.rule, use.measure, proposal))))
    return Item(name, [Item(waiver_status(use, report, language)), Item(dim(origin))])


def _told(use: WaiverUse, language: Language) -> str:
    """A waiver by who answers for it, until when, and where it stands."""
    until = _word("until", language).format(until=use.until)
    return f"{use.owner}, {until} ({told_place(use.path, use.line)})"


def warning_outline(report: Report, language: Language) -> Iterator[Block]:
    """What ends soon or was not verified for long, with what rests on it."""
    if not report.warnings:
        return
    heading = strong(f"{_word('warnings', language)} ({len(report.warnings)})", "accepted")
    yield Section(heading, [_warning(warning, language) for warning in report.warnings])
    yield BREAK


def _warning(warning: TimeWarning, language: Language) -> Item:
    below: list[Inline] = []
    if warning.ends:
        text = _word("ends" if warning.ends_in else "last day", language)
        told = text.format(ends=warning.ends, left=warning.ends_in)
        below.append(told if warning.ends_in else strong(told, "caution"))
    if warning.stale:
        name = "stale" if warning.verified else "never"
        below.append(_word(name, language).format(verified=warning.verified))
    below += [
        pair(_word("carries", language), _carried(warning.rests, language)),
        dim(told_place(warning.path, warning.line)),
    ]
    return Item(strong(_named(warning, language)), map(Item, below))


def _named(warning: TimeWarning, language: Language) -> str:
    title = warning.title.get(language)
    if warning.kind == "waiver":
        return f"{_word('waiver', language)}: {title}"
    return f"{title} {warning.id}" if warning.kind == "fact" else f"{title} ({warning.id})"


def _carried(rests: Iterable[RestsOn], language: Language) -> str:
    """Rules with the measures that they speak of, each rule once."""
    by_rule: dict[str, list[str]] = {}
    for rest in rests:
        by_rule.setdefault(rest.rule, []).append(rest.measure or _word("whole", language))
    return "; ".join(f"{rule} ({', '.join(measures)})" for rule, measures in by_rule.items())


def _word(name: str, language: Language) -> str:
    return _WORDS[name].get(language)


# The letters of a digest that are shown to people: enough to see that two are not the same; JSON has all of it.
MARK = 8


def identity_outline(report: Report, language: Language) -> Iterator[Paragraph]:
    """What a report came of, in a line: versions, and the beginnings of digests; nothing where the report does not tell."""
    if report.identity is None:
        return
    parts = [f"consistent {report.identity.program}"]
    for pack in report.identity.packs:
        mark = pack.digest[:MARK]
        if pack.instead_of:
            mark = _word("instead", language).format(mark=mark, folder=told_path(pack.instead_of))
        parts.append(f"{' '.join(filter(None, (pack.name, pack.version)))} ({mark})")
    read = (("proposal", report.identity.proposal), ("document", report.identity.document))
    parts += [f"{_word(name, language)} ({digest[:MARK]})" for name, digest in read if digest]
    yield Paragraph(dim(" · ".join(parts)))


# What must be known of a report before anybody relies on it, as sentences: what was looked at, and what was not.


def caveats(report: Report, language: Language) -> tuple[str, ...]:
    """All of it, what weighs most first; at least one. Measures that are not judged are told by `not_judged`."""
    return tuple(map(printable, _caveats(report, language)))


def caveats_in_full(report: Report, language: Language) -> tuple[str, ...]:
    """The same, and last what the report came of, for a form that tells that nowhere else."""
    return (*caveats(report, language), *map(printable, _sentences(identity_outline(report, language))))


def looked_at(report: Report, language: Language) -> str:
    """How much was looked at, and how much was presumed."""
    presumed = f", {WORDS['presumed'].get(language)}: {len(report.presumed)}" if report.presumed else ""
    return (
        WORDS["looked at"]
        .get(language)
        .format(
            run=report.rules_run,
            silent=f"{report.not_applicable}{presumed}",
            findings=len(report.findings),
            open=len(report.open),
            judged=len(report.measures) - len(report.not_judged),
            measures=len(report.measures),
        )
    )


def positions_short(report: Report, language: Language) -> str:
    """How many positions rules carry in part or not at all; empty where there are none."""
    if not report.positions_short:
        return ""
    return WORDS["positions short"].get(language).format(held=report.positions_held, short=len(report.positions_short))


def read_elsewhere(report: Report, language: Language) -> str:
    """How much of the evidence does not stand in the text of the proposal itself; empty where all does."""
    about = report.proposal
    if not about.elsewhere:
        return ""
    told = _word("elsewhere read", language).format(count=about.elsewhere, of=about.read)
    few = about.sources if len(about.sources) <= _FEW else ()
    return f"{told} ({'; '.join(source_label(source, language) for source in few)})" if few else told


def not_judged(report: Report, language: Language) -> str:
    """Which measures no rule speaks on; empty where there are none."""
    if not report.not_judged:
        return ""
    return printable(
        f"{PRESENTATION['not-judged'].heading.get(language)} ({len(report.not_judged)}): {', '.join(report.not_judged)}"
    )


def _caveats(report: Report, language: Language) -> Iterator[str]:
    if not report.measures:
        yield WORDS["no measures"].get(language)
    yield from _sentences(draft_outline(report.proposal, language))
    if read := read_elsewhere(report, language):
        yield f"{capitalised(read)}."
    yield from _sentences(other_packs_outline(report.pack, report.other_packs, language, report.elsewhere))
    if not report.findings:
        yield WORDS["nothing found"].get(language)
    if short := positions_short(report, language):
        yield short
    if report.not_in_force:
        yield WORDS["not in force"].get(language).format(count=report.not_in_force, day=report.as_of)
    yield from _sentences(waiver_outline(report, language))
    yield from _sentences(warning_outline(report, language))
    if notice := engine_notice(report.engine, language):
        yield notice
    yield looked_at(report, language)


def _sentences(blocks: Iterable[Block]) -> Iterator[str]:
    """Each point with its heading before it, and with what stands under it behind it."""
    for block in blocks:
        match block:
            case Paragraph(text):
                yield plain(text)
            case Section(heading, items):
                yield from (" · ".join([plain(heading), *_words(item)]) for item in items)


def _words(block: Block) -> Iterator[str]:
    if isinstance(block, Item):
        yield plain(block.text)
        for below in block.below:
            yield from _words(below)
