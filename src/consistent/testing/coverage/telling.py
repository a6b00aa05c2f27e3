"""The coverage of rules in words, and as data."""

from collections.abc import Iterator
from typing import Any

from consistent.knowledge.base import Knowledge
from consistent.model.text import Language, Localized
from consistent.reports.lines import place
from consistent.reports.outline import BREAK, Block, Item, Section, Span, Spans, Table, dim, spans, strong
from consistent.reports.rule_text import condition_text
from consistent.testing.coverage.measuring import Measured
from consistent.testing.coverage.points import Point
from consistent.testing.coverage.summary import Coverage, Figures, RuleCoverage

__all__ = [
    "HEADS",
    "KIND_LABELS",
    "MISSING",
    "coverage_lines",
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


def coverage_lines(coverage: Coverage, knowledge: Knowledge, language: Language) -> Iterator[Block]:
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
    where = place(file.path, line_of(file, measured.point))
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
    lacking = [each for each in ("true", "false") if not getattr(found, each)]
    lacking += [
        f"decides_{each}"
        for each in ("true", "false")
        if getattr(found, each) and not getattr(found, f"decides_{each}")
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
        "rules": [_rule(each, knowledge, language) for each in coverage.rules],
    }


def _rule(covered: RuleCoverage, knowledge: Knowledge, language: Language) -> dict[str, Any]:
    file = covered.rule.anchor.file
    return {
        "rule": covered.rule.id,
        "path": file.path,
        **_figures(covered.figures),
        "listed": [
            {
                "kind": each.point.kind,
                "text": point_text(each.point, knowledge, language),
                "line": line_of(file, each.point),
                "fixed": each.fixed,
                "true": each.true or None,
                "false": each.false or None,
                "decides_true": each.decides_true or None,
                "decides_false": each.decides_false or None,
            }
            for each in covered.points
        ],
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {"points": figures.points, "both_ways": figures.both_ways, "decided": figures.decided}
