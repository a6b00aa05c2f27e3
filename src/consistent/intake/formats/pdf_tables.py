"""Tables with ruled lines: which run of glyphs stands in which cell."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from attrs import define, frozen

from consistent.intake.formats.pdf_pages import Page, Rule, Run

__all__ = ["Table", "tables_of"]

# Lines that come so near, in points, meet; a border may be drawn as several.
_MEET = 3.0
# More lines than this on a page make a drawing, not a table.
_MOST_LINES = 3_000
# A line along a side of a cell covers its middle, give or take this.
_SLACK = 1.0


@frozen
class Table:
    """A ruled table of two columns or more.

    Attributes:
        rows: from the top, each the runs by column from the left. A cell over several rows or columns is where it begins.
    """

    rows: tuple[tuple[tuple[Run, ...], ...], ...]


@define(eq=False)
class _Grid:
    """Lines that meet."""

    level: list[Rule]
    upright: list[Rule]


def tables_of(page: Page) -> tuple[Table, ...]:
    """The ruled tables of a page that have text in them."""
    if not page.uprights or len(page.rules) + len(page.uprights) > _MOST_LINES:
        return ()
    return tuple(table for grid in _grids(page) if (table := _table(page.runs, grid)) is not None)


def _grids(page: Page) -> Iterator[_Grid]:
    """The lines of the page, grouped by what meets."""
    lines = [(rule, False) for rule in page.rules] + [(rule, True) for rule in page.uprights]
    boxes = [_box(rule, upright=upright) for rule, upright in lines]
    left = set(range(len(lines)))
    while left:
        grid, fresh = _Grid([], []), [left.pop()]
        while fresh:
            at = fresh.pop()
            rule, upright = lines[at]
            (grid.upright if upright else grid.level).append(rule)
            met = {other for other in left if _meet(boxes[at], boxes[other])}
            left -= met
            fresh.extend(met)
        yield grid


def _box(rule: Rule, *, upright: bool) -> tuple[float, float, float, float]:
    """Left, right, lower and upper end; an upright line is a level one on its side."""
    start, end, at = rule.x0, rule.x1, rule.y
    return (at, at, start, end) if upright else (start, end, at, at)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return (
        one[0] - _MEET <= other[1]
        and other[0] - _MEET <= one[1]
        and one[2] - _MEET <= other[3]
        and other[2] - _MEET <= one[3]
    )


def _table(runs: Sequence[Run], grid: _Grid) -> Table | None:
    """The table of a grid; None where it has but one column, one line, or no text."""
    xs = _places(rule.y for rule in grid.upright)
    ys = _places(rule.y for rule in grid.level)
    if len(xs) < 3 or len(ys) < 2:  # noqa: PLR2004 - two columns have three sides, one row has two
        return None
    found: dict[tuple[int, int], list[Run]] = defaultdict(list)
    for run in runs:
        column = bisect_right(xs, (run.x0 + run.x1) / 2) - 1
        row = bisect_right(ys, run.y + run.size / 4) - 1
        if run.upright and 0 <= column < len(xs) - 1 and 0 <= row < len(ys) - 1:
            found[_begin(grid, xs, ys, column, row)].append(run)
    if not found:
        return None
    columns = range(len(xs) - 1)
    # Heights grow upwards, reading goes down.
    rows = (tuple(tuple(found.get((column, row), ())) for column in columns) for row in reversed(range(len(ys) - 1)))
    return Table(tuple(row for row in rows if any(row)))


def _begin(grid: _Grid, xs: Sequence[float], ys: Sequence[float], column: int, row: int) -> tuple[int, int]:
    """Where the cell at a place begins: further up or left where no line divides it from its neighbour there."""
    while row + 1 < len(ys) - 1 and not _divides(grid.level, ys[row + 1], (xs[column] + xs[column + 1]) / 2):
        row += 1
    while column and not _divides(grid.upright, xs[column], (ys[row] + ys[row + 1]) / 2):
        column -= 1
    return column, row


def _divides(rules: Sequence[Rule], at: float, middle: float) -> bool:
    return any(abs(rule.y - at) <= _MEET and rule.x0 - _SLACK <= middle <= rule.x1 + _SLACK for rule in rules)


def _places(values: Iterator[float]) -> list[float]:
    """Where lines lie, from the least, those that all but coincide once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _MEET:
            found.append(value)
    return found
