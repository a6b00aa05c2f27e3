"""The coverage of rules as one HTML page: the text of each rule with its lines marked."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve

from consistent.errors import printable
from consistent.knowledge.base import Knowledge
from consistent.model.text import Language, Localized, Tone
from consistent.reports.html.page import outline_page
from consistent.reports.outline import Block, Fold, Item, Paragraph, Section, Span, Table
from consistent.testing.coverage.measuring import Measured
from consistent.testing.coverage.summary import Coverage, RuleCoverage
from consistent.testing.coverage.telling import KIND_LABELS, MISSING, coverage_table, line_of, missing_of, point_text

__all__ = ["coverage_page"]

_TITLE = Localized("Coverage of the rules of {pack}", "Dekking van de regels van {pack}")
_ABOUT = Localized(
    "{tests} proposals on which something is expected. A line is marked where something of it was never seen true, never seen "
    "false, or never decided an outcome by itself.",
    "{tests} voorstellen waarvan iets wordt verwacht. Een regel tekst is gemarkeerd waar iets ervan nooit waar was, nooit "
    "onwaar was, of nooit in zijn eentje een uitkomst besliste.",
)
_SEEN = Localized("seen in", "gezien in")


def coverage_page(coverage: Coverage, knowledge: Knowledge, language: Language) -> str:
    """One self-contained page.

    Args:
        coverage: what was measured.
        knowledge: for labels.
        language: of the words.
    """
    title = _TITLE.get(language).format(pack=coverage.pack)
    blocks: list[Block] = [
        Paragraph(_ABOUT.get(language).format(tests=coverage.tests)),
        _linked(coverage_table(coverage, language, full=True)),
        *(_rule(covered, knowledge, language) for covered in coverage.rules),
    ]
    return outline_page(title, blocks, language)


def _linked(table: Table) -> Table:
    """The table with a link from each rule to its lines."""
    *rules, total = table.rows
    linked = [((Span(rule.text, url=f"#{_anchor(rule.text)}"),), *figures) for (rule,), *figures in rules]
    return evolve(table, rows=(*linked, total))


def _anchor(rule: str) -> str:
    return rule.replace("/", "-")


def _rule(covered: RuleCoverage, knowledge: Knowledge, language: Language) -> Section:
    rule, file = covered.rule, covered.rule.anchor.file
    summary = f"{Path(file.path).name}: {covered.figures.both_ways} / {covered.figures.points}"
    lacking = any(map(missing_of, covered.points))
    lines = Fold(summary, _lines(covered, knowledge, language), open=lacking)
    return Section(rule.id, [Paragraph(rule.title.get(language)), lines], anchor=_anchor(rule.id))


def _lines(covered: RuleCoverage, knowledge: Knowledge, language: Language) -> Iterator[Block]:
    """The lines of the file up to the last that asks something; one that does can be unfolded."""
    file = covered.rule.anchor.file
    by_line: Mapping[int | None, list[Measured]] = defaultdict(list)
    for measured in covered.points:
        by_line[line_of(file, measured.point)].append(measured)
    last = max((line for line in by_line if line is not None), default=0)
    for number, text in enumerate(_text(file.path)[:last], 1):
        points = [measured for measured in by_line.get(number, []) if not measured.fixed]
        if not points:
            yield Item(Span(f"{number:>3}   {text}", "code"))
            continue
        sign, tone = _state(points)
        told = [Item(_told(measured, knowledge, language)) for measured in points]
        yield Item((), [Fold(Span(f"{number:>3} {sign} {text}", "code", tone), told)])


def _state(points: Sequence[Measured]) -> tuple[str, Tone]:
    """By how much of a line is missing: a sign for those who do not see colours, and how to take it."""
    lacking = sum(map(bool, map(missing_of, points)))
    if not lacking:
        return "✓", "good"
    return ("✗", "bad") if lacking == len(points) else ("◐", "caution")


def _text(path: str) -> Sequence[str]:
    try:
        return Path(path).read_text("utf-8").splitlines()
    except OSError:
        # The pack was loaded from elsewhere, or has gone since.
        return ()


def _told(found: Measured, knowledge: Knowledge, language: Language) -> str:
    what = f"{KIND_LABELS[found.point.kind].get(language)}: {point_text(found.point, knowledge, language)}"
    lacking = ", ".join(MISSING[name].get(language) for name in missing_of(found))
    if lacking:
        return printable(f"{what}; {lacking}")
    seen = "; ".join(dict.fromkeys((found.decides_true, found.decides_false)))
    return printable(f"{what}; {_SEEN.get(language)}: {seen}")
