"""Lines as paragraphs: what belongs together by indent, distance, size and how full the line before is."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import Factory, define

from consistent.documents.formats._pdf_lines import Cell, Column, Line, Margins

__all__ = ["Paragraph", "paragraphs_of"]

# How much larger than usual the distance of two lines of one paragraph may be, and where the first of them ends a sentence.
_LOOSE, _LOOSE_ENDED = 1.25, 1.1
# How far apart two line starts may lie and count as one, and how far a first line may be indented, in sizes of the font.
_ALIGNED = 0.6
_FIRST_INDENT = 5.0
# How far the lines after one that begins with a number may be indented, in sizes of the font.
_HANGING = 4.0
_NUMBERED = re.compile(r"\W{0,2}\w{1,5}[).]\s|[-–—•]\s")  # noqa: RUF001 - the dashes of lists
_FIRST_WORD = re.compile(r"\W*\S+")
# A word would have fitted if so much of the line stays free after it and a blank, in sizes of the font. Its width is reckoned
# from the line that it begins; it may be wider.
_FREE, _FREE_AMID, _BLANK, _WIDER = 0.5, 3.0, 0.25, 1.15
# Sizes differ from this share on.
_OTHER_SIZE = 0.08
# From this gap cells are cells of a table; below, the text is stretched. In sizes of the font.
_ROW_GAP = 2.0
# But every blank of a stretched line is as wide as the others, or nearly so, and none wider than this.
_EVEN, _WIDEST_STRETCH = 0.8, 6.0
# How unlike the free space left and right of a centred line may be, as a share of the column.
_CENTRED = 0.06
# At so many places do lines end that begin at one, and are not centred.
_ENDS = 4
# How wide a letter is on average, and a blank in stretched text at most, in sizes of the font.
_LETTER, _STRETCHED = 0.5, 1.3
# Lines that end at one place this often have a margin of their own, as quotations and cells do.
_OWN_MARGIN_LINES, _OWN_MARGIN_SHARE, _OWN_MARGIN_LETTERS = 3, 0.6, 25

_CLOSED = re.compile(r"[:;]\s*$")
_ENDED = re.compile(r"[:;.]\s*$")
_HYPHENED = re.compile(r"\w[-\x02\u00ad]\s*$")


@define
class Paragraph:
    """Lines that belong together.

    Attributes:
        lines: at least one.
        cells: of a table's row, each with its lines; empty where it is text.
        centred: whether its lines are.
    """

    lines: list[Line]
    cells: list[list[Cell]] = Factory(list)
    centred: bool = False
    step: float = 0.0  # from line to line; 0 while there is one
    rest: float | None = None  # where the lines after the first begin

    @property
    def last(self) -> Line:
        """The line that another may follow."""
        return self.lines[-1]


class _Joiner:
    """Decides for each line whether it goes on with the paragraph before.

    Args:
        lines: all, in reading order.
        margins: by width of page and column.
    """

    def __init__(self, lines: Sequence[Line], margins: Mapping[tuple[int, Column], Margins]) -> None:
        self.lines, self.margins = lines, margins
        self.steps = _usual_steps(lines)
        self.rights = tuple(self._rights())
        ends: dict[tuple[Column, int], set[int]] = defaultdict(set)
        for line in lines:
            ends[line.column, round(line.indent)].add(round(line.x1 / 4))
        # Lines that begin at one place and end at several are not centred, however they look one by one.
        self.indents = frozenset(place for place, line_ends in ends.items() if len(line_ends) >= _ENDS)

    def run(self) -> list[Paragraph]:
        """The paragraphs and rows, in order."""
        paragraphs: list[Paragraph] = []
        for at, line in enumerate(self.lines):
            before = paragraphs[-1] if paragraphs else None
            if before and before.cells:
                if self._fills_row(before, line):
                    continue
            elif before and self._goes_on(before, at):
                self._add(before, line)
                continue
            paragraphs.append(self._begun(line))
        return paragraphs

    def _begun(self, line: Line) -> Paragraph:
        cells = [list(column) for column in line.columns]
        if not cells and self._is_row(line):
            cells = [[cell] for cell in line.cells]
        return Paragraph([line], cells, centred=not cells and not line.number and self._is_centred(line))

    def _add(self, paragraph: Paragraph, line: Line) -> None:
        if _is_below(paragraph.last, line):
            paragraph.step = paragraph.last.y - line.y
        paragraph.rest = line.indent
        paragraph.lines.append(line)

    def _goes_on(self, paragraph: Paragraph, at: int) -> bool:
        """Whether a line goes on with a paragraph.

        Args:
            paragraph: that the line before belongs to.
            at: the index of the line.
        """
        line, last = self.lines[at], paragraph.last
        if abs(line.size - last.size) > _OTHER_SIZE * last.size or self._is_row(line) or _heads(paragraph, line):
            return False
        if not _is_below(last, line):
            return self._goes_on_elsewhere(paragraph, at)
        step = self._step(paragraph, at)
        if last.y - line.y > (_LOOSE_ENDED if _ENDED.search(last.text) else _LOOSE) * step:
            return False
        hyphened = bool(_HYPHENED.search(last.text))
        if line.number and not (_is_stray(paragraph, line) and not hyphened and not _ENDED.search(last.text)):
            return False
        if paragraph.centred:
            return self._is_centred(line) and (hyphened or not self._would_fit(at))
        return self._is_aligned(paragraph, line) and (hyphened or not self._would_fit(at))

    def _goes_on_elsewhere(self, paragraph: Paragraph, at: int) -> bool:
        """Whether the line at the top of a page or column goes on with the paragraph at the bottom of the one before."""
        line, last = self.lines[at], paragraph.last
        if line.number or paragraph.centred or line.page - last.page > 1 or _CLOSED.search(last.text):
            return False
        shift = 0.0
        if line.column != last.column:
            shift = self._margin(line).left - self._margin(last).left
        if not self._is_aligned(paragraph, line, shift):
            return False
        return bool(_HYPHENED.search(last.text)) or not self._would_fit(at)

    def _step(self, paragraph: Paragraph, at: int) -> float:
        """How far from line to line a paragraph goes: as it did, or as the lines that follow do."""
        if paragraph.step:
            return paragraph.step
        line = self.lines[at]
        usual = self.steps.get(line.size, 1.3 * line.size)
        if at + 1 < len(self.lines) and _is_below(line, self.lines[at + 1]):
            following = line.y - self.lines[at + 1].y
            if following >= 0.9 * line.size:
                return min(usual, following)
        return usual

    def _is_aligned(self, paragraph: Paragraph, line: Line, shift: float = 0.0) -> bool:
        """Whether the line begins where the next line of the paragraph should."""
        first, near = paragraph.lines[0], _ALIGNED * line.size
        start = line.indent - shift
        if paragraph.rest is not None:
            rest = paragraph.rest
            return abs(start - rest) <= near
        if first.number and -near <= first.x0 - start <= _FIRST_INDENT * line.size:
            return True
        hanging = _HANGING * line.size if _NUMBERED.match(first.text) else near
        return -hanging <= first.indent - start <= _FIRST_INDENT * line.size

    def _would_fit(self, at: int) -> bool:
        """Whether the first word of the line would have fitted into the one before: then the break was wanted."""
        line, last = self.lines[at], self.lines[at - 1]
        text = f"{line.number} {line.text}".strip()
        match = _FIRST_WORD.match(text)
        word = match[0] if match else text
        width = (line.x1 - line.indent) * len(word) / max(len(text), 1)
        margin = self._margin(last)
        free = self.rights[at - 1] - last.x1
        if self._is_centred(last):
            free = (margin.right - margin.left) - (last.x1 - last.indent)
        # A sentence that goes on in a small letter may well have been broken early, by hand or before a longer word.
        amid = text[:1].islower() and not (_NUMBERED.match(text) or _ENDED.search(last.text) or self._is_centred(last))
        return free > _WIDER * width + (_BLANK + (_FREE_AMID if amid else _FREE)) * last.size

    def _is_row(self, line: Line) -> bool:
        """Whether the line is one of a table: its cells stand far apart, and not because a text is stretched to the margin."""
        widest = max((right.x0 - left.x1 for left, right in pairwise(line.cells)), default=0)
        if line.columns or widest <= _ROW_GAP * line.size:
            return bool(line.columns)
        gaps = [right.x0 - left.x1 for left, right in pairwise(line.runs)]
        stretched = (
            line.x1 >= self._margin(line).right - 1
            and widest < _WIDEST_STRETCH * line.size
            and min(gaps) > _EVEN * widest
            and not any(" " in run.text.strip() for run in line.runs)
        )
        return not stretched

    def _is_centred(self, line: Line) -> bool:
        """Whether as much space is free before a line as after it; not where lines that begin at one place end at many."""
        if any((line.column, round(line.indent) + off) in self.indents for off in (-1, 0, 1)):
            return False
        margin = self._margin(line)
        before, after = line.indent - margin.left, margin.right - line.x1
        return (
            before > 1.5 * line.size
            and after > line.size
            and abs(before - after) < _CENTRED * (margin.right - margin.left)
        )

    def _margin(self, line: Line) -> Margins:
        return self.margins[round(line.width), line.column]

    def _rights(self) -> Iterator[float]:
        """Where each line could end: at the right margin, or at that of the lines around it with which it forms a block."""
        group: list[Line] = []
        for line in (*self.lines, None):
            last = group[-1] if group else None
            if last and (
                line is None
                or not _is_below(last, line)
                or line.number
                or abs(line.indent - last.x0) > _ALIGNED * line.size
                or last.y - line.y > _LOOSE * self.steps.get(line.size, line.size)
            ):
                own = _own_margin(group, self._margin(last).right)
                yield from [own] * len(group)
                group = []
            if line:
                group.append(line)

    def _fills_row(self, row: Paragraph, line: Line) -> bool:
        """Adds a line to the cells of the row that it goes on with; False where it begins something else."""
        if line.number or line.columns or row.last.columns or not _is_below(row.last, line):
            return False
        if row.last.y - line.y > _LOOSE * (row.step or 1.3 * line.size):
            return False
        starts = [cell[0].x0 for cell in row.cells]
        places = [_nearest(starts, cell.x0, _ALIGNED * line.size) for cell in line.cells]
        if None in places or 0 in places:
            return False
        for place, cell in zip(places, line.cells, strict=True):
            row.cells[place or 0].append(cell)
        self._add(row, line)
        return True


def paragraphs_of(lines: Sequence[Line], margins: Mapping[tuple[int, Column], Margins]) -> list[Paragraph]:
    """The paragraphs and table rows that the lines make, in order."""
    return _Joiner(lines, margins).run()


def _usual_steps(lines: Sequence[Line]) -> dict[float, float]:
    """For each size of font the commonest distance of a line from the one before, in points."""
    steps: dict[float, Counter[float]] = defaultdict(Counter)
    for last, line in pairwise(lines):
        if _is_below(last, line) and last.size == line.size and last.y - line.y < 4 * line.size:
            steps[line.size][round(2 * (last.y - line.y)) / 2] += 1
    return {size: counts.most_common(1)[0][0] for size, counts in steps.items()}


def _is_below(last: Line, line: Line) -> bool:
    return line.page == last.page and line.column == last.column and line.y < last.y


def _is_stray(paragraph: Paragraph, line: Line) -> bool:
    """Whether what looks like a number at the start of a line is a word of the sentence: it stands where and as words do."""
    first = paragraph.lines[0]
    start = paragraph.rest if paragraph.rest is not None else first.x0 if first.number else first.indent
    gap = line.x0 - line.indent - _LETTER * line.size * len(line.number)
    return not line.raised and abs(line.indent - start) <= 1 and gap < _STRETCHED * line.size


def _heads(paragraph: Paragraph, line: Line) -> bool:
    """Whether the paragraph is a heading in bold over plain text. Bold italics mark changes, and do not end a paragraph."""
    return _is_bold(paragraph.lines) and not any(run.bold for run in line.runs)


def _is_bold(lines: Sequence[Line]) -> bool:
    return all(run.bold and not run.italic for line in lines for run in line.runs)


def _own_margin(group: Sequence[Line], right: float) -> float:
    """Where the lines of a block end, if most do so at one place before the margin."""
    own = max(line.x1 for line in group)
    width = own - min(line.x0 for line in group)
    full = sum(line.x1 > own - 0.15 * width for line in group)
    letters = sorted(len(line.text) for line in group)[len(group) // 2]
    enough = len(group) >= _OWN_MARGIN_LINES and full >= _OWN_MARGIN_SHARE * len(group)
    return min(own, right) if enough and letters >= _OWN_MARGIN_LETTERS else right


def _nearest(starts: Sequence[float], x: float, near: float) -> int | None:
    """Which of the starts lies near; None where none does."""
    return next((at for at, start in enumerate(starts) if abs(start - x) <= near), None)
