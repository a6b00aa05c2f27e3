"""Running heads, feet and page numbers of pages: what stands at one height on page after page."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from consistent.intake.formats.pdf_lines import Line, is_raised, said
from consistent.intake.formats.pdf_pages import Page

__all__ = ["running_lines"]

# The parts of a page in which heads and feet stand, as shares of its height.
_HEAD, _FOOT = 0.88, 0.14
# On how many pages a line must recur, and how far the heights may differ, in points.
_RECURS = 3
_SAME_HEIGHT = 4.0
# A line recurs on every page or, with heads that differ left and right, on every other.
_NEAR = 2
_DIGITS = re.compile(r"\d{1,6}")
_PAGE_NUMBER = re.compile(r"(?:[^\W\d]{1,7}\.? )?[-–—]? ?(\d{1,4})(?: ?(?:/|of|van) ?\d{1,4})? ?[-–—]?(?: [A-Z]{2})?")  # noqa: RUF001  marks that documents print


def running_lines(pages: Sequence[tuple[Page, Sequence[Line]]]) -> list[tuple[Line, ...]]:
    """For each page the lines that run along.

    A line runs along if it says the same at the same height on the pages around, or the same but for a number that grows with
    the page; and so does all that lies between such a line and the edge of the page. An article that happens to begin at the
    top of several pages does not: its number grows otherwise.
    """
    places: dict[tuple[bool, str], list[tuple[int, float]]] = defaultdict(list)
    for page, lines in pages:
        for line, foot in _outer(page, lines):
            for words in _cells(line):
                for key in _keys(words, page.number):
                    places[foot, key].append((page.number, line.y))
    recurs = min(_RECURS, len(pages))
    found = []
    for page, lines in pages:
        head = foot_edge = None
        for line, foot in _outer(page, lines):
            if not (_is_page_number(line) or _is_recurring(line, foot=foot, places=places, recurs=recurs)):
                continue
            if foot:
                foot_edge = line.y if foot_edge is None else max(foot_edge, line.y)
            else:
                head = line.y if head is None else min(head, line.y)
        found.append(
            tuple(
                line
                for line in lines
                if (head is not None and line.y >= head) or (foot_edge is not None and line.y <= foot_edge)
            )
        )
    return found


def _outer(page: Page, lines: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """The lines near the edges of the page, each with whether it stands at its foot."""
    for line in lines:
        if line.raised or is_raised(line.runs[0], line.size, line.y):  # a footnote, which may be the same on two pages
            continue
        if line.y >= _HEAD * page.height or line.y <= _FOOT * page.height:
            yield line, line.y <= _FOOT * page.height


def _cells(line: Line) -> list[str]:
    """The words of each cell, the number the first."""
    return [line.number] * bool(line.number) + [said(cell).strip() for cell in line.cells]


def _keys(words: str, page: int) -> Iterator[str]:
    """What a cell may say on other pages too: its words, and its words with one number counted from the page."""
    yield words
    for number in _DIGITS.finditer(words):
        yield f"{words[: number.start()]}<{int(number[0]) - page}>{words[number.end() :]}"


def _is_recurring(
    line: Line, *, foot: bool, places: Mapping[tuple[bool, str], Sequence[tuple[int, float]]], recurs: int
) -> bool:
    """Whether half or more of a line stands at its height on pages around.

    By letters: the number of a paragraph that happens to end several pages does not carry its text along.
    """
    cells = _cells(line)
    found = 0
    for words in cells:
        for key in _keys(words, line.page):
            pages = {page for page, y in places[foot, key] if abs(y - line.y) <= _SAME_HEIGHT}
            near = any(page != line.page and abs(page - line.page) <= _NEAR for page in pages)
            if len(pages) >= max(recurs, 2) and near:
                found += len(words)
                break
    return 2 * found >= sum(map(len, cells))


def _is_page_number(line: Line) -> bool:
    """Whether it is but the number of its own page."""
    number = _PAGE_NUMBER.fullmatch(" ".join(_cells(line)))
    return number is not None and int(number[1]) == line.page
