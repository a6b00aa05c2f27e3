"""The text of a document in parts and paragraphs, with the passages on which a report rests marked in place."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from attrs import frozen

from consistent.documents.document import Document, Part
from consistent.reports.html.document_view import BlockView, DocumentView, StretchView, TextView
from consistent.reports.html.states import STATES, State
from consistent.reports.html.words import PART_NAMES

__all__ = ["Mark", "marked_document"]

_HEADINGS = {"title", "heading", "article", "article-heading", "annex", "type"}
_ASIDES = {"note", "running"}


@frozen(kw_only=True)
class Mark:
    """A passage to be marked.

    Attributes:
        span: from and to which character.
        notes: what rests on it and is told by itself: number, state and anchor.
        waiting: how many open rules rest on it.
    """

    anchor: str
    span: tuple[int, int]
    notes: tuple[tuple[int, State, str], ...]
    waiting: int

    @property
    def state(self) -> State:
        """The gravest thing that rests on it; `not-judged` where nothing does."""
        waiting: tuple[State, ...] = ("open",) if self.waiting else ("not-judged",)
        return min((*(state for _, state, _ in self.notes), *waiting), key=STATES.index)


def marked_document(
    document: Document, prefix: str, marks: Iterable[Mark], begins: Mapping[int, Sequence[tuple[str, State, str]]]
) -> DocumentView:
    """The whole text.

    Args:
        document: as read.
        prefix: of anchors.
        marks: that may overlap.
        begins: by the character at which their text begins, measures: id, state and anchor.
    """
    return _Marker(document, prefix, sorted(marks, key=lambda each: each.span), begins).whole()


class _Marker:
    def __init__(
        self,
        document: Document,
        prefix: str,
        marks: Sequence[Mark],
        begins: Mapping[int, Sequence[tuple[str, State, str]]],
    ) -> None:
        self._document, self._prefix, self._marks = document, prefix, marks
        self._begins = sorted(begins.items())
        self._begun: set[str] = set()
        self._starts = document.starts
        self._ends = [start + len(each.line) for start, each in zip(self._starts, document.content.blocks, strict=True)]

    def whole(self) -> DocumentView:
        """All parts, each line of the document in one of them."""
        return DocumentView(
            name=self._document.name,
            language=self._document.language,
            parts=tuple(self._part(part, first, last) for part, first, last in self._merged()),
        )

    def _pieces(self) -> Iterator[tuple[Part | None, int, int]]:
        """The parts with their lines, those of an act by themselves; None for lines between parts."""
        at = 0
        for part in self._top(self._document.parts):
            first = bisect_left(self._starts, part.span.start)
            last = bisect_left(self._starts, part.span.end)
            if first > at:
                yield None, at, first
            if last > max(at, first):
                yield part, max(at, first), last
            at = max(at, last)
        yield None, at, len(self._starts)

    def _merged(self) -> Iterator[tuple[Part | None, int, int]]:
        """The same, with neighbours that have no name of their own as one."""
        named = (
            (part if part and part.kind in PART_NAMES and part.kind != "text" else None, first, last)
            for part, first, last in self._pieces()
            if first < last
        )
        for _, group in groupby(named, key=lambda piece: id(piece[0])):
            pieces = list(group)
            yield pieces[0][0], pieces[0][1], pieces[-1][2]

    def _top(self, parts: Sequence[Part]) -> Iterator[Part]:
        for part in parts:
            if part.kind == "act" and part.parts:
                yield from part.parts
            else:
                yield part

    def _part(self, part: Part | None, first: int, last: int) -> TextView:
        start, end = self._starts[first], self._ends[last - 1]
        marked = [each for each in self._marks if each.span[0] < end and each.span[1] > start]
        kind = part.kind if part else "text"
        named = part if part and kind == "annex" else None
        return TextView(
            name=PART_NAMES.get(kind, PART_NAMES["text"]),
            heading=" ".join(filter(None, (named.number, named.heading))) if named else "",
            marked=len(marked),
            blocks=tuple(self._block(number, marked) for number in range(first, last)),
        )

    def _block(self, number: int, marked: Sequence[Mark]) -> BlockView:
        role = self._document.content.blocks[number].role
        start, end = self._starts[number], self._ends[number]
        here = [each for each in marked if each.span[0] < end and each.span[1] > start]
        low = bisect_left(self._begins, start, key=lambda pair: pair[0])
        high = bisect_right(self._begins, end, key=lambda pair: pair[0])
        return BlockView(
            anchor=f"{self._prefix}-l{number}",
            role="heading" if role in _HEADINGS else "note" if role in _ASIDES else "text",
            stretches=tuple(self._stretches(start, end, here)),
            measures=tuple(each for _, listed in self._begins[low:high] for each in listed),
        )

    def _stretches(self, start: int, end: int, here: Sequence[Mark]) -> Iterator[StretchView]:
        """The text between every two places where a passage begins or ends."""
        cuts = {start, end} | {at for each in here for at in each.span if start < at < end}
        for one, other in pairwise(sorted(cuts)):
            over = [each for each in here if each.span[0] <= one and each.span[1] >= other]
            # A passage over several paragraphs is found by the first of them and numbered in the last.
            begun = [each.anchor for each in over if each.anchor not in self._begun]
            self._begun.update(begun)
            # It may end with the line break after a paragraph.
            last = other + 1 if other == end else other
            ending = [each for each in over if other <= each.span[1] <= last]
            yield StretchView(
                text=self._document.text[one:other],
                state=min((each.state for each in over), key=STATES.index) if over else None,
                anchors=tuple(begun),
                notes=tuple(dict.fromkeys(note for each in ending for note in each.notes)),
                waiting=sum(each.waiting for each in ending),
            )
