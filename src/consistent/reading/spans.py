"""From where to where in a TOML text each value stands, by the grammar that editors use (tree-sitter)."""

from collections import Counter
from collections.abc import Iterator

from attrs import frozen
from tree_sitter import Node

from consistent.reading.lines import header_path, key_names, parsed
from consistent.reading.tomlfile import KeyPath

__all__ = ["TextSpan", "key_spans"]


@frozen
class TextSpan:
    """A stretch of text. Lines and columns are counted from one, columns in characters; the end column is the one after."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int


def key_spans(text: str) -> dict[KeyPath, TextSpan]:
    """Where each key of a valid TOML text has its value.

    Returns:
        key path to the stretch: of a key its value, of a list item the item, of a table the name in its head. Items of lists
        are counted from zero in the path.
    """
    content = text.encode()
    lines = content.split(b"\n")
    spans: dict[KeyPath, TextSpan] = {}
    for path, node in _nodes(parsed(content)):
        # A table that is spread over keys stands where the first of them does.
        spans.setdefault(path, _span(node, lines))
    return spans


def _nodes(root: Node) -> Iterator[tuple[KeyPath, Node]]:
    counts: Counter[KeyPath] = Counter()
    for node in root.named_children:
        if node.type == "pair":
            yield from _pair(node, ())
        elif node.type in {"table", "table_array_element"}:
            head, *rest = node.named_children
            path = header_path(tuple(key_names(head)), counts, is_item=node.type == "table_array_element")
            yield path, head
            for child in rest:
                if child.type == "pair":
                    yield from _pair(child, path)


def _pair(node: Node, path: KeyPath) -> Iterator[tuple[KeyPath, Node]]:
    key, value = node.named_children[0], node.named_children[1]
    for name in key_names(key):
        path = (*path, name)
        yield path, value
    yield from _inside(value, path)


def _inside(node: Node, path: KeyPath) -> Iterator[tuple[KeyPath, Node]]:
    if node.type == "inline_table":
        for child in node.named_children:
            if child.type == "pair":
                yield from _pair(child, path)
    elif node.type == "array":
        for index, item in enumerate(child for child in node.named_children if child.type != "comment"):
            yield (*path, index), item
            yield from _inside(item, (*path, index))


def _span(node: Node, lines: list[bytes]) -> TextSpan:
    (first, start), (last, end) = node.start_point, node.end_point
    return TextSpan(first + 1, _column(lines[first], start), last + 1, _column(lines[last], end))


def _column(line: bytes, at: int) -> int:
    """The column of a byte, in characters."""
    return len(line[:at].decode()) + 1
