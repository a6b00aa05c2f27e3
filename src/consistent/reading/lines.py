"""On which line each key of a TOML text stands, by the grammar that editors use (tree-sitter)."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import tomli
import tree_sitter_toml
from tree_sitter import Language, Node, Parser

__all__ = ["header_path", "key_lines", "key_names", "parsed"]


@lru_cache(maxsize=1)
def _language() -> Language:
    return Language(tree_sitter_toml.language())


def parsed(content: bytes) -> Node:
    """The syntax tree of a TOML text."""
    return Parser(_language()).parse(content).root_node


def key_lines(text: str) -> dict[tuple[str | int, ...], int]:
    """The line of every table, key and list item of a valid TOML text.

    Returns:
        key path to line, counted from one. Items of lists are counted from zero in the path.
    """
    root = parsed(text.encode())
    lines: dict[tuple[str | int, ...], int] = {}
    counts: Counter[tuple[str | int, ...]] = Counter()
    for node in root.named_children:
        if node.type == "pair":
            _pair(node, (), lines)
        elif node.type in {"table", "table_array_element"}:
            path = header_path(
                tuple(key_names(node.named_children[0])), counts, is_item=node.type == "table_array_element"
            )
            lines.setdefault(path, _line(node))
            for child in node.named_children[1:]:
                if child.type == "pair":
                    _pair(child, path, lines)
    return lines


def header_path(
    names: tuple[str, ...], counts: "Counter[tuple[str | int, ...]]", *, is_item: bool
) -> tuple[str | int, ...]:
    """The path of a header: each list of tables on the way stands for its latest item."""
    path: tuple[str | int, ...] = ()
    for depth, name in enumerate(names):
        path = (*path, name)
        if is_item and depth == len(names) - 1:
            counts[path] += 1
        if counts[path]:
            path = (*path, counts[path] - 1)
    return path


def _pair(node: Node, prefix: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> None:
    key, value = node.named_children[0], node.named_children[1]
    path = prefix
    for name in key_names(key):
        path = (*path, name)
        lines.setdefault(path, _line(node))
    _value(value, path, lines)


def _value(node: Node, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> None:
    if node.type == "inline_table":
        for child in node.named_children:
            if child.type == "pair":
                _pair(child, path, lines)
    elif node.type == "array":
        items = [child for child in node.named_children if child.type != "comment"]
        for index, item in enumerate(items):
            lines[(*path, index)] = _line(item)
            _value(item, (*path, index), lines)


def key_names(node: Node) -> Iterator[str]:
    """The parts of a key. Dotted keys hold each other, each one the parts to the left of its last."""
    pending = [node]
    while pending:
        each = pending.pop()
        if each.type == "dotted_key":
            pending.extend(reversed(each.named_children))
        elif each.type == "quoted_key":
            # The quoted forms have escapes; the TOML reader knows them.
            yield next(iter(tomli.loads(f"{_text(each)} = 1")))
        else:
            yield _text(each)


def _text(node: Node) -> str:
    return (node.text or b"").decode()


def _line(node: Node) -> int:
    return node.start_point[0] + 1
