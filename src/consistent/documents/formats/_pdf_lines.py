"""Runs of glyphs as lines in reading order: two columns one after the other, tables with ruled lines cell by cell."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Literal

from attrs import define, evolve, field, frozen

from consistent.documents.formats._pdf_pages import Page, Rule, Run

__all__ = [
    "COLUMNS",
    "Cell",
    "Column",
    "Line",
    "Margins",
    "Table",
    "cell_of",
    "cell_text",
    "is_raised",
    "margins_of",
    "ordered",
    "usual_gutter",
]

# Tables with ruled lines: which run of glyphs stands in which cell.

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


def _meet(box: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return (
        box[0] - _MEET <= other[1]
        and other[0] - _MEET <= box[1]
        and box[2] - _MEET <= other[3]
        and other[2] - _MEET <= box[3]
    )


def _table(runs: Sequence[Run], grid: _Grid) -> Table | None:
    """The table of a grid; None where it has but one column, one line, or no text."""
    xs = _places(rule.y for rule in grid.upright)
    ys = _places(rule.y for rule in grid.level)
    if len(xs) < 3 or len(ys) < 2:  # noqa: PLR2004 - two columns have three sides, one row has two
        return None
    cells: dict[tuple[int, int], list[Run]] = defaultdict(list)
    for run in runs:
        column = bisect_right(xs, (run.x0 + run.x1) / 2) - 1
        row = bisect_right(ys, run.y + run.size / 4) - 1
        if run.upright and 0 <= column < len(xs) - 1 and 0 <= row < len(ys) - 1:
            cells[_begin(grid, xs, ys, column, row)].append(run)
    if not cells:
        return None
    columns = range(len(xs) - 1)
    # Heights grow upwards, reading goes down.
    rows = (tuple(tuple(cells.get((column, row), ())) for column in columns) for row in reversed(range(len(ys) - 1)))
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
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _MEET:
            places.append(value)
    return places


# How far apart baselines on one line may lie, in the larger size: a footnote's mark is raised by a third or more. No further
# than this in the mean of both, or a small line would fall into a large heading.
_LEVEL, _LEVEL_MEAN = 0.45, 0.55
# The gap from which glyphs on one line stand in different cells, in sizes of the font. Blanks in justified text stay below.
_CELL_GAP = 1.3
# How much smaller a raised mark is than the text beside it, and how much higher it stands.
_MARK_SIZE = 0.8
_MARK_RAISE = 0.12
# A number, letter or dash that stands before its paragraph.
_NUMBER = re.compile(
    # Quotation marks, and below the dashes of lists.
    r"[‘“„'\"]?\(?-?(?:\d{1,3}[a-z]{0,3}|[a-z]{1,3}|[ivxlc]{1,7}|[A-Z]|[IVXLC]{1,7})[).]{1,2}|\(?\d{1,3}(?:\.\d{1,3}){1,4}[).]?"  # noqa: RUF001  marks that documents print
    r"|[-–—•▪◦○●·*✓]|[0-9]{1,3}|\[\w{1,3}\]"  # noqa: RUF001  marks that documents print
)
# How many lines each of two columns must have, and how full they must be: those of a table are ragged.
_COLUMN_LINES = 6
_COLUMN_FULL = 0.6
_GUTTER_STEPS = range(35, 66)
_CENTRAL = 0.05

Column = Literal["whole", "left", "right"]
COLUMNS: tuple[Column, ...] = ("whole", "left", "right")


@frozen(kw_only=True)
class Cell:
    """Words of a line that stand together.

    Attributes:
        runs: from left to right.
    """

    runs: tuple[Run, ...]
    x0: float
    x1: float
    y: float
    size: float


@frozen(kw_only=True)
class _Row(Cell):
    """A row of a ruled table, taken for one cell as wide as the table.

    Attributes:
        columns: the lines of each of its cells, from the left.
    """

    columns: tuple[tuple[Cell, ...], ...]


@frozen(kw_only=True)
class Line:
    """A line of a page or of a column of it.

    Attributes:
        cells: from left to right, at least one.
        number: what stands before the text with a gap after it, such as `(3)`; then `cells` do not hold it.
        raised: whether the number is small and raised: the mark of a footnote.
        indent: where it begins, its number included.
        columns: of a row of a ruled table the lines of each of its cells, some perhaps without any; else empty.
    """

    cells: tuple[Cell, ...]
    page: int
    width: float
    column: Column = "whole"
    number: str = ""
    raised: bool = False
    indent: float
    columns: tuple[tuple[Cell, ...], ...] = ()
    x0: float = field(init=False)
    x1: float = field(init=False)
    y: float = field(init=False)
    size: float = field(init=False)

    def __attrs_post_init__(self) -> None:
        largest = max(self.cells, key=lambda cell: cell.size)
        values = (("x0", self.cells[0].x0), ("x1", self.cells[-1].x1), ("y", largest.y), ("size", largest.size))
        for name, value in values:
            object.__setattr__(self, name, value)

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs, from left to right."""
        return tuple(run for cell in self._all() for run in cell.runs)

    @property
    def text(self) -> str:
        """The words, cells divided by a blank, the number left out."""
        return " ".join(map(cell_text, self._all()))

    def _all(self) -> Iterable[Cell]:
        return (cell for column in self.columns for cell in column) if self.columns else self.cells


@frozen
class Margins:
    """From where to where lines go."""

    left: float
    right: float


def cell_text(cell: Cell) -> str:
    """The words of a cell; a blank where the gap between two runs shows one, but none before a comma or full stop.

    Before these a gap is what a footnote's mark has left.
    """
    words = ""
    for before, run in zip((None, *cell.runs), cell.runs, strict=False):
        gap = before is not None and run.x0 - before.x1 > 0.15 * min(run.size, before.size)
        words += f"{' ' if gap and run.text[0] not in ',.;:)' else ''}{run.text}"
    return words


def is_raised(run: Run, size: float, y: float) -> bool:
    """Whether it is small and stands above the baseline: a mark."""
    return run.size <= _MARK_SIZE * size and run.y - y > _MARK_RAISE * size


def usual_gutter(pages: Iterable[Page]) -> float | None:
    """Where most pages in two columns are divided; None where none is."""
    gutters = [gutter for page in pages if (gutter := _gutter(_free_cells(page, ())))]
    return median(gutters) if gutters else None


def ordered(page: Page, gutter: float | None = None) -> tuple[Line, ...]:
    """The lines of a page in reading order; what stands at an angle comes last, each run a line.

    Args:
        page: with its runs and rules.
        gutter: where other pages are divided; so is this one, if nothing crosses there.
    """
    rows = [row for table in tables_of(page) for row in _table_rows(table)]
    cells = [*rows, *_free_cells(page, rows)]
    lines: list[Line] = []
    for column, part in _columns(cells, gutter):
        lines.extend(_line(page, column, row) for row in _cell_rows(part))
    lines.extend(_line(page, "whole", (cell_of((run,)),)) for run in page.runs if not run.upright)
    return tuple(lines)


def margins_of(lines: Iterable[Line]) -> dict[tuple[int, Column], Margins]:
    """The margins by width of the page, in points, and column; outliers left out."""
    ends: dict[tuple[int, Column], list[tuple[float, float]]] = defaultdict(list)
    for line in lines:
        ends[round(line.width), line.column].append((line.indent, line.x1))
    margins = {}
    for key, pairs in ends.items():
        lefts, rights = sorted(left for left, _ in pairs), sorted(right for _, right in pairs)
        cut = len(pairs) // 50
        margins[key] = Margins(lefts[cut], rights[-1 - cut])
    return margins


def _rows(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs of one height together, from the top; each from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.y):
        if rows:
            largest = max(rows[-1], key=lambda other: other.size)
            if largest.y - run.y < _level(largest.size, run.size):
                rows[-1].append(run)
                continue
        rows.append([run])
    return [sorted(row, key=lambda run: run.x0) for row in rows]


def _cells(row: Sequence[Run]) -> Iterator[Cell]:
    """The runs of a row gathered to cells. A number before its paragraph is a cell even where the gap is small."""
    together: list[Run] = []
    for run in row:
        if together:
            gap = run.x0 - together[-1].x1
            size = min(run.size, together[-1].size)
            first = together[0] is row[0] and _NUMBER.fullmatch(_joined(together))
            raised = is_raised(together[-1], run.size, run.y)
            if gap > (0.6 if first and not raised else _CELL_GAP) * max(size, 6.0):
                yield cell_of(together)
                together = []
        together.append(run)
    yield cell_of(together)


def _level(size: float, other: float) -> float:
    """How far apart the baselines of two sizes may lie on one line."""
    return min(_LEVEL * max(size, other), _LEVEL_MEAN * (size + other) / 2)


def _joined(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs).strip()


def cell_of(runs: Sequence[Run]) -> Cell:
    """The cell that runs make, at least one."""
    largest = max(runs, key=lambda run: run.size)
    return Cell(runs=tuple(runs), x0=runs[0].x0, x1=max(run.x1 for run in runs), y=largest.y, size=largest.size)


def _cell_rows(cells: Iterable[Cell]) -> list[list[Cell]]:
    """Cells of one height together, from the top; each from left to right."""
    rows: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda cell: -cell.y):
        level = rows and not isinstance(cell, _Row) and not isinstance(rows[-1][0], _Row)
        if level and rows[-1][0].y - cell.y < _level(rows[-1][0].size, cell.size):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [sorted(row, key=lambda cell: cell.x0) for row in rows]


def _line(page: Page, column: Column, cells: Sequence[Cell]) -> Line:
    """The line that cells of one height make; the first is its number where it looks like one and others follow."""
    line = Line(cells=tuple(cells), page=page.number, width=page.width, column=column, indent=cells[0].x0)
    if isinstance(cells[0], _Row):
        return evolve(line, columns=cells[0].columns)
    first = cell_text(cells[0]).strip()
    if len(cells) > 1 and _NUMBER.fullmatch(first):
        raised = all(is_raised(run, cells[1].size, cells[1].y) for run in cells[0].runs)
        return evolve(line, cells=tuple(cells[1:]), number=first, raised=raised)
    return line


def _free_cells(page: Page, rows: Iterable[_Row]) -> list[Cell]:
    """The cells of a page that are not in the rows of a ruled table."""
    tabled = {id(run) for row in rows for column in row.columns for cell in column for run in cell.runs}
    free = (run for run in page.runs if run.upright and id(run) not in tabled)
    return [cell for row in _rows(free) for cell in _cells(row)]


def _table_rows(table: Table) -> Iterator[_Row]:
    """The rows of a ruled table, the runs of each cell as lines."""
    for row in table.rows:
        columns = tuple(tuple(cell_of(level) for level in _rows(runs)) for runs in row)
        runs = [run for cells in row for run in cells]
        top = max(runs, key=lambda run: run.y)
        yield _Row(
            runs=tuple(runs),
            x0=min(run.x0 for run in runs),
            x1=max(run.x1 for run in runs),
            y=top.y,
            size=top.size,
            columns=columns,
        )


def _columns(cells: Sequence[Cell], known: float | None) -> Iterator[tuple[Column, list[Cell]]]:
    """The cells by column, in reading order: between two lines that go across, the left column before the right."""
    gutter = _gutter(cells)
    if gutter is None and known and not any(cell.x0 < known < cell.x1 for cell in cells):
        gutter = known
    if gutter is None:
        yield "whole", list(cells)
        return
    middle = _middle(cells)
    falling = sorted(cells, key=lambda cell: -cell.y)
    across = [cell for cell in falling if cell.x0 < gutter < cell.x1 or _is_central(cell, middle)]
    rest = [cell for cell in falling if not (cell.x0 < gutter < cell.x1 or _is_central(cell, middle))]
    begin = 0
    for row in (*_cell_rows(across), None):
        end = begin
        while end < len(rest) and (row is None or rest[end].y > row[0].y):
            end += 1
        band = rest[begin:end]
        yield "left", [cell for cell in band if cell.x1 <= gutter]
        yield "right", [cell for cell in band if cell.x1 > gutter]
        if row:
            yield "whole", row
        begin = end


def _gutter(cells: Sequence[Cell]) -> float | None:
    """Where the page is divided into two columns of text; None where it is not."""
    left, right = min((cell.x0 for cell in cells), default=0), max((cell.x1 for cell in cells), default=0)
    middle = _middle(cells)
    aside = [cell for cell in cells if not _is_central(cell, middle)]
    best: tuple[int, float] | None = None
    for step in _GUTTER_STEPS if len(aside) >= 2 * _COLUMN_LINES else ():
        at = left + (right - left) * step / 100
        lefts = [cell for cell in aside if cell.x1 <= at]
        rights = [cell for cell in aside if cell.x0 >= at]
        crossing = len(aside) - len(lefts) - len(rights)
        if (
            min(len(lefts), len(rights)) >= _COLUMN_LINES
            and crossing * 4 < len(lefts) + len(rights)
            and median(cell.x1 - cell.x0 for cell in lefts) > _COLUMN_FULL * (at - left)
            and median(cell.x1 - cell.x0 for cell in rights) > _COLUMN_FULL * (right - at)
            and (best is None or crossing < best[0])
        ):
            best = crossing, at
    return best and best[1]


def _middle(cells: Sequence[Cell]) -> tuple[float, float]:
    """The middle of the text, and how far from it the middle of a centred line may lie; in points."""
    left, right = min((cell.x0 for cell in cells), default=0), max((cell.x1 for cell in cells), default=0)
    return (left + right) / 2, (right - left) * _CENTRAL


def _is_central(cell: Cell, middle: tuple[float, float]) -> bool:
    """Whether the cell stands astride the middle of the page, and so in no column."""
    return cell.x0 < middle[0] < cell.x1 and abs((cell.x0 + cell.x1) / 2 - middle[0]) < middle[1]
