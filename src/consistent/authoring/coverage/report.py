"""The coverage of rules in words, as data, and as an HTML page."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve

from consistent.authoring.coverage.measuring import Coverage, Figures, Measured, Point, RuleCoverage
from consistent.errors import printable
from consistent.knowledge.entries import Knowledge
from consistent.model.text import Language, Localized, Tone
from consistent.reports.html.page import outline_page
from consistent.reports.outline import (
    BREAK,
    Block,
    Fold,
    Item,
    Paragraph,
    Section,
    Span,
    Spans,
    Table,
    dim,
    spans,
    strong,
)
from consistent.reports.rule_text import condition_text
from consistent.reports.terminal import told_place

__all__ = [
    "HEADS",
    "KIND_LABELS",
    "MISSING",
    "coverage_outline",
    "coverage_page",
    "coverage_table",
    "coverage_to_data",
    "line_of",
    "missing_of",
    "point_text",
]

KIND_LABELS = {
    "condition": Localized("condition", "voorwaarde"),
    "alternative": Localized("alternative", "alternatief"),
    "join": Localized("join", "koppeling"),
    "exception": Localized("exception", "uitzondering"),
    "superiority": Localized("superiority", "voorrang"),
}
MISSING = {
    "true": Localized("never true", "nooit waar"),
    "false": Localized("never false", "nooit onwaar"),
    "decides_true": Localized("never decides while true", "beslist nooit terwijl zij waar is"),
    "decides_false": Localized("never decides while false", "beslist nooit terwijl zij onwaar is"),
}
HEADS = {
    "rule": Localized("rule", "regel"),
    "points": Localized("points", "punten"),
    "both": Localized("true and false", "waar en onwaar"),
    "decided": Localized("decided alone", "besliste alleen"),
}
_TOTAL = Localized("all {count} rules", "alle {count} regels")
_SUPERIORITY = Localized("sets aside {rule}", "stelt {rule} terzijde")


def coverage_outline(coverage: Coverage, knowledge: Knowledge, language: Language) -> Iterator[Block]:
    """What is missing, rule by rule.

    Args:
        coverage: what was measured.
        knowledge: for labels.
        language: of the words.
    """
    for covered in coverage.rules:
        items = [
            _missing(point, covered.rule.anchor.file, knowledge, language)
            for point in covered.points
            if missing_of(point)
        ]
        if items:
            yield Section(strong(covered.rule.id), items)
            yield BREAK


def _missing(measured: Measured, file: Any, knowledge: Knowledge, language: Language) -> Item:
    said = ", ".join(MISSING[name].get(language) for name in missing_of(measured))
    where = told_place(file.path, line_of(file, measured.point))
    kind = KIND_LABELS[measured.point.kind].get(language)
    text = f"{kind}: {point_text(measured.point, knowledge, language)}"
    return Item(text, [Item((Span(said, tone="caution"), dim(f"  {where}")))])


def coverage_table(coverage: Coverage, language: Language, *, full: bool) -> Table:
    """The figures, of each rule and in all.

    Args:
        coverage: what was measured.
        language: of the words.
        full: rules of which nothing is missing too.
    """
    rows = [
        (spans(covered.rule.id), *_cells(covered.figures))
        for covered in coverage.rules
        if full or any(map(missing_of, covered.points))
    ]
    total = strong(_TOTAL.get(language).format(count=len(coverage.rules)))
    rows.append((spans(total), *_cells(coverage.figures)))
    heads = tuple(head.get(language) for head in HEADS.values())
    return Table(heads=heads, rows=tuple(rows), numbers=True, total=True)


def _cells(figures: Figures) -> Iterator[Spans]:
    yield spans(str(figures.points))
    yield spans(f"{figures.both_ways} ({figures.share:.1%})")
    yield spans(f"{figures.decided} ({figures.deciding_share:.1%})")


def missing_of(found: Measured) -> tuple[str, ...]:
    """What was not seen of a point: `true`, `false`, `decides_true`, `decides_false`; the first two say the others too."""
    if found.fixed:
        return ()
    lacking = [truth for truth in ("true", "false") if not getattr(found, truth)]
    lacking += [
        f"decides_{truth}"
        for truth in ("true", "false")
        if getattr(found, truth) and not getattr(found, f"decides_{truth}")
    ]
    return tuple(lacking)


def point_text(point: Point, knowledge: Knowledge, language: Language) -> str:
    """What a point asks, in a line."""
    if point.condition is None:
        return _SUPERIORITY.get(language).format(rule=point.defeats)
    return condition_text(point.condition, knowledge, language)


def line_of(file: Any, point: Point) -> int | None:
    """The line of a point in the file of its rule; None where that has no lines."""
    found: int | None = file.location(point.where).line
    return found


def coverage_to_data(coverage: Coverage, knowledge: Knowledge, language: Language = "en") -> dict[str, Any]:
    """The coverage as plain data: figures of all rules and of each, with every point and the tests that first showed it."""
    return {
        "pack": coverage.pack,
        "tests": coverage.tests,
        **_figures(coverage.figures),
        "rules": [_rule(rule, knowledge, language) for rule in coverage.rules],
    }


def _rule(covered: RuleCoverage, knowledge: Knowledge, language: Language) -> dict[str, Any]:
    file = covered.rule.anchor.file
    return {
        "rule": covered.rule.id,
        "path": file.path,
        **_figures(covered.figures),
        "listed": [
            {
                "kind": point.point.kind,
                "text": point_text(point.point, knowledge, language),
                "line": line_of(file, point.point),
                "fixed": point.fixed,
                "true": point.true or None,
                "false": point.false or None,
                "decides_true": point.decides_true or None,
                "decides_false": point.decides_false or None,
            }
            for point in covered.points
        ],
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {"points": figures.points, "both_ways": figures.both_ways, "decided": figures.decided}


# The coverage of rules as one HTML page: the text of each rule with its lines marked.

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
        *(_marked_rule(covered, knowledge, language) for covered in coverage.rules),
    ]
    return outline_page(title, blocks, language)


def _linked(table: Table) -> Table:
    """The table with a link from each rule to its lines."""
    *rules, total = table.rows
    linked = [((Span(rule.text, url=f"#{_anchor(rule.text)}"),), *figures) for (rule,), *figures in rules]
    return evolve(table, rows=(*linked, total))


def _anchor(rule: str) -> str:
    return rule.replace("/", "-")


def _marked_rule(covered: RuleCoverage, knowledge: Knowledge, language: Language) -> Section:
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
