"""From where to where in a TOML text each value stands, by the grammar that editors use (tree-sitter)."""

from attrs import frozen
from tree_sitter import Node

from consistent.reading.lines import key_nodes, parsed
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
    for path, _, value in key_nodes(parsed(content)):
        # A table that is spread over keys stands where the first of them does.
        spans.setdefault(path, _span(value, lines))
    return spans


def _span(node: Node, lines: list[bytes]) -> TextSpan:
    (first, start), (last, end) = node.start_point, node.end_point
    return TextSpan(first + 1, _column(lines[first], start), last + 1, _column(lines[last], end))


def _column(line: bytes, at: int) -> int:
    """The column of a byte, in characters."""
    return len(line[:at].decode()) + 1
