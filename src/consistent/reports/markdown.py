"""Reports as Markdown for a pull request on GitHub: a short table, and what was found folded below it."""

from collections.abc import Iterator, Sequence

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
from consistent.reports.markdown_text import code, markdown_text, table
from consistent.reports.notices import accepted_line
from consistent.reports.outline import plain
from consistent.reports.places import Places
from consistent.rules.rule import VERDICTS

__all__ = ["MARKDOWN", "render"]

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
    return "\n".join([f"## {_WORDS['title'].get(language)}", "", *_body(dossiers, language)]) + "\n"


def _body(dossiers: Sequence[Dossier], language: Language) -> Iterator[str]:
    if not dossiers:
        yield _WORDS["none"].get(language)
        return
    heads = [_WORDS["proposal"].get(language), *(LABELS[each].get(language) for each in _SHOWN)]
    rows = []
    for dossier in dossiers:
        found = counts(dossier.report)
        rows.append([proposal_label(dossier.report, language), *(str(found[each]) for each in _SHOWN)])
    summary = list(table(heads, rows))
    yield from summary
    sections = [list(_head(dossier.report, language)) for dossier in dossiers]
    room = _ROOM - sum(map(_size, (summary, *sections)))
    for number, (dossier, head) in enumerate(zip(dossiers, sections, strict=True)):
        # What one proposal does not need, the next ones may have.
        told = list(_told(dossier, language, room // (len(dossiers) - number)))
        room -= _size(told)
        yield from (*head, *told)


def _head(report: Report, language: Language) -> Iterator[str]:
    yield from ("", f"### {markdown_text(proposal_label(report, language))}", "")
    for each in (not_judged(report, language), *caveats(report, language)):
        if each:
            yield f"- {markdown_text(each)}"
    yield ""
    grades = [
        [DIMENSION_LABELS[dimension].get(language), GRADE_LABELS[grade].get(language)]
        for dimension, grade in report.judgement
    ]
    yield from table([_WORDS["dimension"].get(language), _WORDS["judgement"].get(language)], grades)


def _told(dossier: Dossier, language: Language, room: int) -> Iterator[str]:
    """What is said, folded by what became of it; what does not fit is counted."""
    report, places, left_out = dossier.report, Places(dossier), 0
    for outcome in _TOLD:
        listed = [each for each in entries(report) if outcome_of(each) == outcome]
        # Where there is no room for all, what would be a conflict comes before what would be in line.
        listed.sort(key=lambda each: VERDICTS.index(each.verdict))
        fitting: list[str] = []
        for number, said in enumerate(listed):
            block = list(_entry(report, said, places, language))
            room -= _size(block)
            if room < 0:
                left_out += len(listed) - number
                break
            fitting += block
        if fitting:
            heading = f"{LABELS[outcome].get(language)} ({len(listed)})"
            yield from ("", "<details>", f"<summary>{heading}</summary>", "", *fitting, "</details>")
    if left_out:
        yield from ("", _WORDS["left out"].get(language).format(count=left_out))


def _size(lines: Sequence[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _entry(report: Report, said: Said, places: Places, language: Language) -> Iterator[str]:
    place = places.of(said)
    where = place.path if place.span is None else f"{place.path}:{place.span.start_line}"
    yield f"- **{markdown_text(measure_label(report, said.measure, language))}**: {markdown_text(said.title.get(language))}"
    yield f"  - {markdown_text(outcome_label(said, language))}: {markdown_text(said.message.get(language))}"
    for question in questions(said, language):
        yield f"  - {WORDS['unknown'].get(language)}: {markdown_text(question)}"
    accepted = accepted_line(said, language) if isinstance(said, Finding) else None
    if accepted is not None:
        yield f"  - {markdown_text(plain(accepted))}"
    if isinstance(said, Finding):
        for reason in said.because:
            passage = f" ({reason.document})" if reason.document else ""
            yield f"  - {WORDS['because'].get(language)}: {markdown_text(reason.text.get(language) + passage)}"
    sources = "; ".join(said_sources(said, language))
    yield f"  - {WORDS['sources'].get(language)}: {markdown_text(sources)}"
    ground = GROUND_LABELS[said.ground].get(language)
    dimension = DIMENSION_LABELS[said.dimension].get(language)
    yield f"  - {code(said.rule)} · {ground} · {dimension} · {code(where)}"
    yield ""


MARKDOWN = Format(
    name="markdown",
    title=Localized("Markdown for a pull request", "Markdown voor een pull request"),
    suffix=".md",
    render=render,
)
