"""Grows the tree of parts, line by line; what a line is, others decide."""

import re

from attrs import Factory, define

from consistent.documents.document import Block, Part, PartKind, Span

__all__ = ["ARTICLE", "DIVISION", "LEAF", "PARAGRAPH", "PIECE", "POINT", "QUOTED", "SUBPARAGRAPH", "TOP", "Tree"]

# The rank of each kind of part: a part closes all those of its rank and of greater ones. Divisions, headings and points have
# a step for each of their levels.
TOP, PIECE, LEAF, DIVISION, ARTICLE, PARAGRAPH, SUBPARAGRAPH, POINT, QUOTED = 10, 20, 30, 31, 50, 60, 65, 70, 95

_NOTE_NUMBER = re.compile(r"[(\[]?\s?(\d{1,4}|\*{1,4})\s?[)\]]?")


@define
class _Node:
    """A part that may still grow. `rank`: a part closes all those of its rank and of greater ones."""

    kind: PartKind
    rank: int
    first: int
    last: int
    number: str = ""
    heading: str = ""
    nodes: list["_Node"] = Factory(list)


class Tree:
    """The parts of a document that were found so far.

    Notes and running heads wait for the line after them: where that goes on with a part they lie in it, and where it begins
    another they lie between the two.

    Args:
        blocks: of the document.
    """

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self._blocks = blocks
        self._root = _Node("text", -1, 0, -1)
        self._open = [self._root]
        self._waiting: list[_Node] = []

    @property
    def bare(self) -> bool:
        """Whether the innermost part has no more than one line so far."""
        node = self._open[-1]
        return node.first == node.last and not node.nodes

    def kind(self, *, below: int = 0) -> PartKind | None:
        """The kind of the innermost open part, of a rank above `below`; None where there is none."""
        node = self._open[-1]
        return node.kind if node.rank > below else None

    def within(self, rank: int) -> _Node | None:
        """The innermost open part of that rank or a lesser one; None where there is none."""
        return next((node for node in reversed(self._open) if 0 <= node.rank <= rank), None)

    def at_rank(self, rank: int) -> _Node | None:
        """The open part of exactly that rank."""
        return next((node for node in reversed(self._open) if node.rank == rank), None)

    def open(self, line: int, kind: PartKind, rank: int, *, number: str = "", heading: str = "") -> None:
        """Begin a part with a line.

        Args:
            line: the index of its block.
            kind: of the part.
            rank: of the part; it ends all open parts of this rank and of greater ones.
            number: without the word or the marks around it.
            heading: that stands in the line.
        """
        self.close(rank)
        self._attach_waiting()
        node = _Node(kind, rank, line, line, number, heading)
        self._open[-1].nodes.append(node)
        self._open.append(node)

    def close(self, rank: int) -> None:
        """End all parts of that rank and of greater ones."""
        while self._open[-1].rank >= rank:
            node = self._open.pop()
            self._open[-1].last = max(self._open[-1].last, node.last)

    def add(self, line: int) -> None:
        """Go on with the innermost part."""
        self._attach_waiting()
        self._open[-1].last = line

    def head(self, line: int, heading: str) -> None:
        """Go on with the innermost part: the line is its heading, or more of it."""
        self.add(line)
        node = self._open[-1]
        node.heading = f"{node.heading} {heading}".strip()

    def aside(self, line: int) -> None:
        """Keep a note or a running head until it is known where it lies."""
        block = self._blocks[line]
        kind: PartKind = "note" if block.role == "note" else "running"
        number, before = "", self._waiting[-1] if self._waiting else None
        if kind == "note":
            match = _NOTE_NUMBER.match(block.line)
            number = match[1] if match and (block.number or match[0] != match[1]) else ""
        if before and before.kind == kind and not number:
            before.last = line
        else:
            self._waiting.append(_Node(kind, 0, line, line, number))

    def parts(self, starts: tuple[int, ...]) -> tuple[Part, ...]:
        """The parts at the top; nothing may be added after.

        Args:
            starts: where in the text each block begins.
        """
        self.close(0)
        self._attach_waiting()
        return tuple(self._part(node, starts) for node in self._root.nodes)

    def _attach_waiting(self) -> None:
        if self._waiting:
            self._open[-1].nodes += self._waiting
            self._open[-1].last = max(self._open[-1].last, self._waiting[-1].last)
            self._waiting = []

    def _part(self, node: _Node, starts: tuple[int, ...]) -> Part:
        return Part(
            kind=node.kind,
            number=node.number,
            heading=node.heading,
            span=Span(starts[node.first], starts[node.last] + len(self._blocks[node.last].line)),
            page=self._blocks[node.first].page,
            parts=tuple(self._part(child, starts) for child in node.nodes),
        )
