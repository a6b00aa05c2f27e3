"""Findings, defeated rules and open rules as the page shows them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from consistent.findings.outcome import OUTCOMES, PRESENTATION
from consistent.findings.said import Defeated, Finding, Open, Unknown, outcome_of
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS
from consistent.model.text import Language, Localized, localized
from consistent.reports.html.anchors import Anchors, source_view
from consistent.reports.html.view import GroupView, OpenView, Outlines, SaidView, SectionView, WaitingView
from consistent.reports.html.words import PAGE_WORDS
from consistent.reports.labels import GROUND_LABELS
from consistent.reports.notices import accepted_line
from consistent.reports.outline import plain
from consistent.reports.text import LONGEST_QUESTION
from consistent.reports.why_text import chain_lines
from consistent.rules.rule import VERDICTS

__all__ = ["open_views", "sections"]


def sections(anchors: Anchors) -> tuple[SectionView, ...]:
    """Findings by verdict and ground, what weighs most first; rules that are set aside after them."""
    views = [_said(each, anchors) for each in anchors.told]
    made = []
    for state in OUTCOMES:
        listed = [each for each in views if each.state == state]
        grounds = [[each for each in listed if each.ground == ground] for ground in GROUND_LABELS]
        if listed:
            groups = tuple(GroupView(ground=group[0].ground, items=tuple(group)) for group in grounds if group)
            made.append(
                SectionView(
                    anchor=f"{anchors.prefix}-{state}",
                    state=state,
                    heading=PRESENTATION[state].heading,
                    count=len(listed),
                    groups=groups,
                )
            )
    return tuple(made)


def _said(said: Finding | Defeated, anchors: Anchors) -> SaidView:
    chain = anchors.report.why(said)
    owner = anchors.title(said.measure)
    return SaidView(
        anchor=anchors.said(said),
        state=outcome_of(said),
        rule=said.rule,
        title=said.title,
        ground=said.ground,
        dimension=said.dimension,
        measure=said.measure or "",
        owner=owner,
        owner_anchor=anchors.measure(said.measure),
        message=said.message,
        accepted=_accepted(said),
        unconfirmed=not all(each.confirmed for each in said.because),
        passages=tuple(dict.fromkeys(anchors.passage(each) for each in said.because if each.document)),
        positions=said.positions,
        sources=tuple(map(source_view, said.sources)),
        chain=Outlines.of(lambda language: chain_lines(chain, language)),
    )


def _accepted(said: Finding | Defeated) -> Localized | None:
    if not isinstance(said, Finding) or said.waived is None:
        return None

    def told(language: Language) -> str:
        line = accepted_line(said, language)
        return plain(line) if line else ""

    return localized(told)


def open_views(anchors: Anchors) -> tuple[OpenView, ...]:
    """Open rules, each with the measures on which it is open; what would be gravest first."""
    opens = anchors.report.open
    order = {rule: number for number, rule in enumerate(dict.fromkeys(each.rule for each in opens))}
    ordered = sorted(opens, key=lambda each: (VERDICTS.index(each.verdict), order[each.rule]))
    return tuple(_open(list(group), anchors) for _, group in groupby(ordered, key=lambda each: each.rule))


def _open(group: list[Open], anchors: Anchors) -> OpenView:
    first = group[0]
    waiting = tuple(_waiting(group, anchors))
    return OpenView(
        anchor=anchors.said(first),
        rule=first.rule,
        title=first.title,
        verdict=first.verdict,
        ground=first.ground,
        dimension=first.dimension,
        count=len(group),
        message=first.message if len(group) == 1 else None,
        waiting=waiting,
        sources=tuple(map(source_view, first.sources)),
    )


def _waiting(group: Iterable[Open], anchors: Anchors) -> Iterator[WaitingView]:
    """Those that wait for the same together."""
    alike: dict[tuple[tuple[Localized, ...], tuple[str, ...]], list[str | None]] = {}
    for each in group:
        asked = tuple(dict.fromkeys(map(_asked, each.unknown)))
        alike.setdefault((asked, each.awaits), []).append(each.measure)
    for (asked, awaits), measures in alike.items():
        listed = tuple((each or "", anchors.measure(each)) for each in measures)
        yield WaitingView(unknown=asked, awaits=awaits, measures=listed)


def _asked(unknown: Unknown) -> Localized:
    """What must be known, without whose it is: that is told once for all measures that wait for it."""
    fields = {"measure": MEASURE_FIELDS, "proposal": PROPOSAL_FIELDS}.get(unknown.subject, {})
    field = fields.get(unknown.field)
    if field is None:
        return unknown.text
    whose = PAGE_WORDS["the proposal"] if unknown.subject == "proposal" else None

    def told(language: Language) -> str:
        text, about = unknown.text.get(language), unknown.about.get(language)
        label = field.label.get(language)
        named = f"{whose.get(language)}, {label}" if whose else label
        if not text.startswith(about) or len(text) > LONGEST_QUESTION:
            return f"{named}?"
        return named + text.removeprefix(about)

    return localized(told)
