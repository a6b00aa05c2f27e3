"""What must be known of a report before anybody relies on it, as sentences: what was looked at, and what was not."""

from collections.abc import Iterable, Iterator

from consistent.errors import printable
from consistent.findings.outcome import PRESENTATION
from consistent.findings.report import Report
from consistent.model.text import Language
from consistent.reports.labels import WORDS, engine_notice
from consistent.reports.notices import draft_lines, other_packs_lines, waiver_lines, warning_lines
from consistent.reports.outline import Block, Item, Paragraph, Section, plain

__all__ = ["caveats", "looked_at", "not_judged"]


def caveats(report: Report, language: Language) -> tuple[str, ...]:
    """All of it, what weighs most first; at least one. Measures that are not judged are told by `not_judged`."""
    return tuple(map(printable, _caveats(report, language)))


def looked_at(report: Report, language: Language) -> str:
    """How much was looked at."""
    return (
        WORDS["looked at"]
        .get(language)
        .format(
            run=report.rules_run,
            silent=report.not_applicable,
            findings=len(report.findings),
            open=len(report.open),
            judged=len(report.measures) - len(report.not_judged),
            measures=len(report.measures),
        )
    )


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
    yield from _sentences(draft_lines(report.proposal, language))
    yield from _sentences(other_packs_lines(report.pack, report.other_packs, language))
    if not report.findings:
        yield WORDS["nothing found"].get(language)
    if report.not_in_force:
        yield WORDS["not in force"].get(language).format(count=report.not_in_force, day=report.as_of)
    yield from _sentences(waiver_lines(report, language))
    yield from _sentences(warning_lines(report, language))
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
