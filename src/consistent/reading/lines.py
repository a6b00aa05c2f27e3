"""On which line each key of a TOML text stands, by the grammar that editors use (tree-sitter)."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import tomli
import tree_sitter_toml
from tree_sitter import Language, Node, Parser

__all__ = ["header_path", "key_lines", "key_names", "key_nodes", "parsed"]


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
    lines: dict[tuple[str | int, ...], int] = {}
    for path, whole, _ in key_nodes(parsed(text.encode())):
        # A table that is spread over keys stands where the first of them does.
        lines.setdefault(path, whole.start_point[0] + 1)
    return lines


def key_nodes(root: Node) -> Iterator[tuple[tuple[str | int, ...], Node, Node]]:
    """Every table, key and list item of a syntax tree, in order of the text.

    Yields:
        its path; the node that begins with it, which is a table, a pair or an item; and that of its value, for a table the
        name in its head. A path comes more than once where a table is spread over keys.
    """
    counts: Counter[tuple[str | int, ...]] = Counter()
    for node in root.named_children:
        if node.type == "pair":
            yield from _pair(node, ())
        elif node.type in {"table", "table_array_element"}:
            head, *rest = node.named_children
            path = header_path(tuple(key_names(head)), counts, is_item=node.type == "table_array_element")
            yield path, node, head
            for child in rest:
                if child.type == "pair":
                    yield from _pair(child, path)


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


def _pair(node: Node, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Node, Node]]:
    key, value = node.named_children[0], node.named_children[1]
    for name in key_names(key):
        path = (*path, name)
        yield path, node, value
    yield from _inside(value, path)


def _inside(node: Node, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Node, Node]]:
    if node.type == "inline_table":
        for child in node.named_children:
            if child.type == "pair":
                yield from _pair(child, path)
    elif node.type == "array":
        for index, item in enumerate(child for child in node.named_children if child.type != "comment"):
            yield (*path, index), item, item
            yield from _inside(item, (*path, index))


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
