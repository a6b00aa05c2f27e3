"""Reports as Markdown for a pull request on GitHub: a short table, and what was found folded below it."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from consistent.findings.outcome import LABELS, OUTCOMES, PRESENTATION, PRESSING, Outcome
from consistent.findings.report import Report
from consistent.findings.said import Finding, Said, outcome_of
from consistent.model.text import Language, Localized
from consistent.reports.caveats import caveats, not_judged
from consistent.reports.dossier import Dossier
from consistent.reports.entries import (
    counts,
    entries,
    measure_label,
    outcome_label,
    proposal_label,
    questions,
    said_sources,
)
from consistent.reports.formats import Format
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, GROUND_LABELS, WORDS
from consistent.reports.markdown_text import markdown
from consistent.reports.notices import accepted_line
from consistent.reports.outline import (
    BREAK,
    Block,
    Fold,
    Inline,
    Item,
    Paragraph,
    Section,
    Span,
    Table,
    spans,
    strong,
    with_code,
)
from consistent.reports.places import Places
from consistent.rules.rule import VERDICTS

__all__ = ["MARKDOWN", "render"]

# Of the first heading: a comment stands below others.
_LEVEL = 2
# A comment on GitHub holds 65,536 letters; what is told of the rest needs some room.
_ROOM = 60_000
# What is told of one by one, open rules last: they are many, and what comes first is sure of its room. The rest is counted.
_TOLD: tuple[Outcome, ...] = (*PRESSING, "waived", "open")
_SHOWN: tuple[Outcome, ...] = tuple(
    outcome for outcome in OUTCOMES if outcome == "aligned" or PRESENTATION[outcome].level != "none"
)
_WORDS = {
    "title": Localized("Check of proposals", "Toets van voorstellen"),
    "proposal": Localized("proposal", "voorstel"),
    "dimension": Localized("dimension", "dimensie"),
    "judgement": WORDS["judgement"],
    "place": Localized("place", "vindplaats"),
    "left out": Localized(
        "Not shown here for want of room: {count}. `--format text` or `--format csv` has them all.",
        "Hier niet getoond wegens ruimtegebrek: {count}. `--format text` of `--format csv` heeft ze alle.",
    ),
    "none": Localized("No proposals.", "Geen voorstellen."),
}


def render(dossiers: Sequence[Dossier], language: Language) -> str:
    """All reports, within what a comment on GitHub can hold; what does not fit is counted.

    Args:
        dossiers: in order; may be empty.
        language: of everything.
    """
    body = _body(dossiers, language) if dossiers else [Paragraph(_WORDS["none"].get(language))]
    return markdown([Section(_WORDS["title"].get(language), body)], _LEVEL)


def _body(dossiers: Sequence[Dossier], language: Language) -> Iterator[Block]:
    heads = (_WORDS["proposal"].get(language), *(LABELS[outcome].get(language) for outcome in _SHOWN))
    rows = []
    for dossier in dossiers:
        count = counts(dossier.report)
        cells = (proposal_label(dossier.report.proposal, language), *(str(count[outcome]) for outcome in _SHOWN))
        rows.append(tuple(map(spans, cells)))
    summary = Table(heads=heads, rows=tuple(rows), numbers=True)
    yield summary
    sections = [_head(dossier.report, language) for dossier in dossiers]
    room = _ROOM - len(markdown([summary])) - sum(map(_size, sections))
    for number, (dossier, head) in enumerate(zip(dossiers, sections, strict=True)):
        # What one proposal does not need, the next ones may have.
        told = tuple(_told(dossier, language, room // (len(dossiers) - number)))
        room -= sum(map(_size, told))
        yield evolve(head, blocks=(*head.blocks, *told))


def _head(report: Report, language: Language) -> Section:
    known = filter(None, (not_judged(report, language), *caveats(report, language)))
    grades = tuple(
        (spans(DIMENSION_LABELS[dimension].get(language)), spans(GRADE_LABELS[grade].get(language)))
        for dimension, grade in report.judgement
    )
    heads = (_WORDS["dimension"].get(language), _WORDS["judgement"].get(language))
    return Section(proposal_label(report.proposal, language), [*map(Item, known), Table(heads=heads, rows=grades)])


def _told(dossier: Dossier, language: Language, room: int) -> Iterator[Block]:
    """What is said, folded by what became of it; what does not fit is counted."""
    report, places, left_out = dossier.report, Places(dossier), 0
    for outcome in _TOLD:
        listed = [said for said in entries(report) if outcome_of(said) == outcome]
        # Where there is no room for all, what would be a conflict comes before what would be in line.
        listed.sort(key=lambda said: VERDICTS.index(said.verdict))
        fitting: list[Block] = []
        for number, said in enumerate(listed):
            entry = _entry(report, said, places, language)
            room -= _size(entry)
            if room < 0:
                left_out += len(listed) - number
                break
            fitting += [entry, BREAK]
        if fitting:
            yield Fold(f"{LABELS[outcome].get(language)} ({len(listed)})", fitting)
    if left_out:
        yield Paragraph(with_code(_WORDS["left out"].get(language).format(count=left_out)))


def _size(block: Block) -> int:
    """The letters of a block, with the empty line that parts it from the next."""
    return len(markdown([block], _LEVEL + 1)) + 1


def _entry(report: Report, said: Said, places: Places, language: Language) -> Item:
    def named(name: str, text: str) -> str:
        return f"{WORDS[name].get(language)}: {text}"

    place = places.of(said)
    where = place.path if place.span is None else f"{place.path}:{place.span.start_line}"
    told: list[Inline] = [f"{outcome_label(said, language)}: {said.message.get(language)}"]
    told += [named("unknown", question) for question in questions(said, language)]
    if isinstance(said, Finding):
        accepted = accepted_line(said, language)
        told += [] if accepted is None else [accepted]
        for reason in said.because:
            passage = f" ({reason.document})" if reason.document else ""
            told.append(named("because", reason.text.get(language) + passage))
    told.append(named("sources", "; ".join(said_sources(said, language))))
    labels = (GROUND_LABELS[said.ground], DIMENSION_LABELS[said.dimension])
    origin = " · ".join(("", *(label.get(language) for label in labels), ""))
    told.append((Span(said.rule, "code"), origin, Span(where, "code")))
    title = f": {said.title.get(language)}"
    return Item((strong(measure_label(report, said.measure, language)), title), map(Item, told))


MARKDOWN = Format(
    name="markdown",
    title=Localized("Markdown for a pull request", "Markdown voor een pull request"),
    suffix=".md",
    render=render,
)
