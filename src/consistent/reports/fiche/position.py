"""Section 3 of the fiche: the policy that the findings rest on, and what to press for."""

from collections.abc import Iterator

from consistent.findings.cited import CitedPosition
from consistent.inquiries.repairs.asking import Change
from consistent.inquiries.repairs.repairs import FindingRepairs
from consistent.reports.fiche.content import Block, Listing, Statement
from consistent.reports.fiche.matter import Matter
from consistent.reports.labels import POSITION_LABELS
from consistent.sources import parse_source

__all__ = ["ask", "policy", "pressed_for"]


def policy(matter: Matter) -> Iterator[Block]:
    """The positions that findings rest on, each once."""
    report = matter.dossier.report
    speaking = {name for each in report.findings for name in each.positions}
    items = tuple(
        Statement(
            text=matter.say(
                "position", summary=matter.text(each.summary).rstrip("."), kind=matter.text(POSITION_LABELS[each.kind])
            ),
            sources=matter.sources(_at(each)),
        )
        for each in report.positions
        if each.id in speaking
    )
    if items:
        yield Listing(lead=matter.say("positions"), items=items)


def pressed_for(matter: Matter) -> Iterator[Block]:
    """What to ask for, finding by finding: the changes that are smallest; a gap where none was found."""
    repairs = matter.dossier.repairs
    if repairs is None:
        return
    items = tuple(_ask(matter, each) for each in repairs.findings if each.repairs)
    if items:
        yield Listing(lead=matter.say("press for"), items=items)
    for each in repairs.findings:
        if not each.repairs:
            yield matter.gap("press for", finding=matter.text(each.title))


def _ask(matter: Matter, found: FindingRepairs) -> Statement:
    smallest, *others = found.repairs
    asks = "; ".join(ask(matter, each) for each in smallest.changes)
    text = f"{matter.text(found.title)}: {asks[:1].lower()}{asks[1:]}."
    if others:
        text += f" {matter.say('other ways', count=len(others))}"
    return Statement(text=text, sources=(matter.rule(found.rule), matter.check))


def ask(matter: Matter, change: Change) -> str:
    """A negotiating line with the measure by its title, and what has to be changed with it."""
    text = matter.text(change.ask)
    if change.measure is not None and change.measure_title is not None:
        text = text.replace(f"'{change.measure}'", f"'{matter.text(change.measure_title)}'")
    along = "; ".join(map(matter.text, change.along))
    return f"{text} ({matter.say('along', what=along)})" if along else text


def _at(position: CitedPosition) -> Iterator[str]:
    """The paragraphs of its document; the document itself where a paragraph makes no source."""
    for source in position.sources:
        places = [f"{source} {each}" for each in position.at]
        yield from places if all(map(parse_source, places)) else (source,)
