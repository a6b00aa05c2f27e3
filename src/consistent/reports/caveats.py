"""What must be known of a report before anybody relies on it, as sentences: what was looked at, and what was not."""

from collections.abc import Iterable, Iterator

from consistent.errors import printable
from consistent.findings.outcome import PRESENTATION
from consistent.findings.report import Report
from consistent.model.text import Language
from consistent.reports.labels import WORDS, engine_notice
from consistent.reports.lines import Line
from consistent.reports.notices import draft_lines, waiver_lines, warning_lines

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
    if not report.findings:
        yield WORDS["nothing found"].get(language)
    if report.not_in_force:
        yield WORDS["not in force"].get(language).format(count=report.not_in_force, day=report.as_of)
    yield from _sentences(waiver_lines(report, language))
    yield from _sentences(warning_lines(report, language))
    if notice := engine_notice(report.engine, language):
        yield notice
    yield looked_at(report, language)


def _sentences(lines: Iterable[Line]) -> Iterator[str]:
    """Lines with what is indented below each put behind it."""
    heading: list[str] = []
    said: list[str] = []
    for indent, text in (*lines, (0, None)):
        if indent <= 2 and said:  # noqa: PLR2004  what stands below a heading begins there
            yield " · ".join([*heading, *said])
            said = []
        if text is None or not text.plain.strip():
            heading = []
        elif indent == 0 and text.style == "bold magenta":
            heading = [text.plain]
        else:
            said.append(text.plain)
