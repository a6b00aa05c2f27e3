"""Footnotes of pages, and their marks in the text."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import takewhile

from attrs import evolve, frozen

from consistent.documents.formats._pdf_lines import COLUMNS, Cell, Column, Line, Margins, cell_of, is_raised
from consistent.documents.formats._pdf_pages import Page, Rule, Run

__all__ = ["Note", "note_rules", "notes_of", "without_marks"]

# A rule over footnotes covers less than this share of the line, begins near its start, and stands in the lower part.
_NOTE_RULE = 0.62
_AT_MARGIN = 15.0
# The first line below such a rule stands no further from it than this, in points.
_BELOW_RULE = 45.0
# Rules within this distance, in points, belong to one border.
_BESIDE = 2.0
# Text is small from this share of the usual size.
_SMALL = 0.95
# The marks of footnotes, with the brackets of the Official Journal.
_MARK = re.compile(r"\(? ?(\d{1,3}|\*{1,4}|[a-z]) ?\)?")
# The same at the start of a note in small type, where nothing raises it.
_PLAIN_MARK = re.compile(r"(?:\( ?(\d{1,3}|\*{1,4}) ?\)|(\d{1,3}|\*{1,4})(?= ))\s*")
# After these a raised figure is a power.
_UNIT = re.compile(r"(?:^|[\s\d(/])[kcdm]?m$|\b10$")


@frozen
class Note:
    """A footnote: its mark, empty where it goes on from the page before, and its lines, the mark the number of the first."""

    mark: str
    lines: tuple[Line, ...]


def note_rules(
    page: Page, lines: Sequence[Line], margins: Mapping[tuple[int, Column], Margins], size: float
) -> Iterator[Rule]:
    """The short rules of a page below which a note begins: with a raised mark, or in small type."""
    for rule in _lonely(page):
        below = _below(rule, lines, margins)
        if below and (_mark(below[0])[0] or (below[0].size < _SMALL * size and rule.x1 - rule.x0 > below[0].size)):
            yield rule


def notes_of(
    page: Page,
    lines: Sequence[Line],
    margins: Mapping[tuple[int, Column], Margins],
    size: float,
    rules: Sequence[Rule],
) -> tuple[tuple[Note, ...], tuple[Line, ...]]:
    """The footnotes of a page, and the lines that are none.

    Args:
        page: with its rules.
        lines: of its text, without what runs along.
        margins: of all pages.
        size: of most of the text.
        rules: over notes of any page: one like them divides here too where the note below goes on from the page before.
    """
    noted: list[Line] = []
    for column in COLUMNS:
        part = [line for line in lines if line.column == column]
        noted.extend(_noted(page, part, margins, size, rules))
    notes: list[Note] = []
    for line in noted:
        mark, rest = _mark(line)
        if not mark and line.size < _SMALL * size:
            mark, rest = _plain_mark(line)
        if mark or not notes:
            notes.append(Note(mark, (rest,)))
        else:
            notes[-1] = Note(notes[-1].mark, (*notes[-1].lines, line))
    taken = {id(line) for line in noted}
    return tuple(notes), tuple(line for line in lines if id(line) not in taken)


def without_marks(line: Line, marks: Collection[str]) -> Line:
    """The line without the raised marks of the notes given; with all its words where it would be empty."""
    if not any(is_raised(run, line.size, line.y) for run in line.runs):
        return line
    cells = tuple(cell for cell in (_without_marks(cell, marks) for cell in line.cells) if cell)
    columns = tuple(tuple(left for cell in column if (left := _without_marks(cell, marks))) for column in line.columns)
    return evolve(line, cells=cells, columns=columns) if cells else line


def _below(rule: Rule, lines: Sequence[Line], margins: Mapping[tuple[int, Column], Margins]) -> list[Line]:
    """The lines below a rule that has the look of one over notes, from the top; none where it has not."""
    for column in COLUMNS:
        part = sorted((line for line in lines if line.column == column and line.y < rule.y), key=lambda line: -line.y)
        if not part:
            continue
        edge = margins[round(part[0].width), column]
        if (
            abs(rule.x0 - edge.left) <= _AT_MARGIN
            and rule.x1 - rule.x0 < _NOTE_RULE * (edge.right - edge.left)
            and rule.y - part[0].y < _BELOW_RULE
        ):
            return part
    return []


def _noted(
    page: Page,
    lines: Sequence[Line],
    margins: Mapping[tuple[int, Column], Margins],
    size: float,
    rules: Sequence[Rule],
) -> list[Line]:
    """The lines of one column that belong to notes, from the top.

    Args:
        page: with its rules.
        lines: of the column.
        margins: of all pages.
        size: of most of the text.
        rules: over notes of any page.
    """
    known = [rule for rule in _lonely(page) if any(_alike(rule, other) for other in rules)]
    for rule in sorted(known, key=lambda rule: -rule.y):
        below = _below(rule, lines, margins)
        if below:
            return below
    falling = sorted(lines, key=lambda line: line.y)
    small = list(takewhile(lambda line: line.size < _SMALL * size, falling))[::-1]
    starts = (at for at, line in enumerate(small) if _mark(line)[0] or _plain_mark(line)[0])
    first = next(starts, None)
    return small[first:] if first is not None else []


def _lonely(page: Page) -> list[Rule]:
    """The rules beside which no other stands, as those of a table do."""
    return [
        rule
        for rule in page.rules
        if not any(abs(rule.y - other.y) < _BESIDE and not _alike(rule, other) for other in page.rules)
    ]


def _alike(rule: Rule, other: Rule) -> bool:
    return abs(rule.x0 - other.x0) < 3 and abs(rule.x1 - other.x1) < 3  # noqa: PLR2004 - points, for what is drawn twice


def _mark(line: Line) -> tuple[str, Line]:
    """The raised mark with which a line begins, and the line with it for its number; an empty mark where it has none."""
    if line.number:
        match = _MARK.fullmatch(line.number)
        return (match[1], evolve(line, number=match[1])) if match and line.raised else ("", line)
    cell = line.cells[0]
    end = _raised_until(cell, 0)
    if not end and len(cell.runs) > 1 and cell.runs[0].text.strip() == "(":
        end = _raised_until(cell, 1)
    match = _MARK.fullmatch(_joined(cell.runs[:end]).strip().rstrip(")"))
    rest = cell.runs[end:]
    if not match or not end or not rest:
        return "", line
    if cell.runs[0].text.strip().startswith("(") and rest[0].text.lstrip().startswith(")"):
        rest = (evolve(rest[0], text=rest[0].text.lstrip()[1:]), *rest[1:])
    return match[1], evolve(line, number=match[1], raised=True, cells=(cell_of(rest), *line.cells[1:]))


def _plain_mark(line: Line) -> tuple[str, Line]:
    """The mark with which a line in small type begins, raised or not, and the line with it for its number."""
    if line.number:
        match = _MARK.fullmatch(line.number)
        return (match[1], evolve(line, number=match[1], raised=True)) if match else ("", line)
    first, *rest = line.cells[0].runs
    match = _PLAIN_MARK.match(first.text)
    if not match or (match.end() == len(first.text) and not rest):
        return "", line
    left = (evolve(first, text=first.text[match.end() :]), *rest) if match.end() < len(first.text) else tuple(rest)
    mark = match[1] or match[2]
    return mark, evolve(line, number=mark, raised=True, cells=(cell_of(left), *line.cells[1:]))


def _raised_until(cell: Cell, start: int) -> int:
    """Where the raised runs from a place on end; 0 where there are none."""
    end = start
    while end < len(cell.runs) and is_raised(cell.runs[end], cell.size, cell.y):
        end += 1
    return end if end > start else 0


def _without_marks(cell: Cell, marks: Collection[str]) -> Cell | None:
    """The cell without the raised marks; None where nothing else stands in it."""
    kept: list[Run] = []
    runs = list(cell.runs)
    at = 0
    while at < len(runs):
        end = _raised_until(cell, at) or at + 1
        match = _MARK.fullmatch(_joined(runs[at:end]).strip()) if is_raised(runs[at], cell.size, cell.y) else None
        if match and match[1] in marks and not (kept and _UNIT.search(kept[-1].text)):
            if kept and end < len(runs):
                kept[-1], runs[end] = _closed(kept[-1], runs[end])
        else:
            kept.extend(runs[at:end])
        at = end
    kept = [run for run in kept if run.text.strip()]
    return evolve(cell, runs=tuple(kept)) if kept else None


def _closed(before: Run, after: Run) -> tuple[Run, Run]:
    """The runs around a mark once it is gone: without the brackets around it, and without a blank before a comma."""
    left, right = before.text, after.text
    if left.rstrip().endswith("(") and right.lstrip().startswith(")"):
        left, right = left.rstrip()[:-1], right.lstrip()[1:]
    if right.lstrip()[:1] in {",", ".", ";", ":", ")"}:
        left, right = left.rstrip(), right.lstrip()
    return evolve(before, text=left), evolve(after, text=right)


def _joined(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)
