"""tree-sitter, as its build for the browser reads: nodes of a syntax tree with their places in bytes."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

__all__ = ["Language", "Node", "Parser", "Point", "read_with"]

# So many numbers tell of a node: its type, whether it is named, bytes and points where it begins and ends, how many are in it.
_WIDTH = 9
Reader = Callable[[str], tuple[Sequence[str], Sequence[int]]]
_reader: list[Reader] = []


def read_with(reader: Reader | None) -> None:
    """Set what reads.

    Args:
        reader: gives of a text the types of nodes, and the numbers of each node, parents first; None for nothing.
    """
    _reader[:] = [reader] if reader else []


class Point(NamedTuple):
    """A place, from zero on."""

    row: int
    column: int


class Node:
    """A node of the tree."""

    __slots__ = (
        "_content",
        "children",
        "end_byte",
        "end_point",
        "is_named",
        "parent",
        "start_byte",
        "start_point",
        "type",
    )

    def __init__(self, content: bytes, type_: str, numbers: Sequence[int], parent: "Node | None") -> None:
        _, is_named, self.start_byte, self.end_byte, *points, _ = numbers
        self.type, self.is_named, self.parent, self._content = type_, bool(is_named), parent, content
        self.start_point, self.end_point = Point(*points[:2]), Point(*points[2:])
        self.children: list[Node] = []

    @property
    def named_children(self) -> "list[Node]":
        """Those that are no punctuation."""
        return [child for child in self.children if child.is_named]

    @property
    def text(self) -> bytes:
        """What it is of."""
        return self._content[self.start_byte : self.end_byte]


class Language:
    """The one grammar that there is."""

    def __init__(self, _: Any) -> None:
        pass


class Tree(NamedTuple):
    """What was read."""

    root_node: Node


class Parser:
    """Reads a text."""

    def __init__(self, _: Language) -> None:
        pass

    def parse(self, content: bytes) -> Tree:
        """Its tree. Each byte is read as a letter, so that places are those of bytes."""
        types, numbers = _reader[0](content.decode("latin-1"))
        open_: list[tuple[Node, int]] = []
        root: Node | None = None
        for at in range(0, len(numbers), _WIDTH):
            own = numbers[at : at + _WIDTH]
            while open_ and len(open_[-1][0].children) == open_[-1][1]:
                open_.pop()
            parent = open_[-1][0] if open_ else None
            node = Node(content, types[own[0]], own, parent)
            if parent is not None:
                parent.children.append(node)
            open_.append((node, own[-1]))
            root = root or node
        if root is None:
            raise ValueError("nothing was read")
        return Tree(root)
