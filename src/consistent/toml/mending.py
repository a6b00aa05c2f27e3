"""The letters of a TOML text that the proposed edit of a fault changes: all else stays as it is, comments and layout too."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import tomli
from attrs import frozen
from tree_sitter import Node

from consistent.errors import Edit, InputError, Location
from consistent.toml.rewriting import rewrite
from consistent.toml.tomlfile import KeyPath, format_key, key_nodes, key_parts, parsed, part_name

__all__ = ["TextEdit", "edited", "text_edits"]


@frozen(order=True)
class TextEdit:
    """A stretch of a text that gives way: from and to which character, counted from zero, and what comes there."""

    start: int
    end: int
    new: str


def text_edits(text: str, location: Location, edit: Edit) -> tuple[TextEdit, ...]:
    """What an edit changes in the text that a fault was found in.

    Args:
        text: as it was when the fault was found.
        location: of the fault.
        edit: that it proposes.

    Returns:
        In order, none within another; several where a key is written several times. None where the text is no TOML, or it
        does not show which letters are meant.
    """
    try:
        held = tomli.loads(text)
    except tomli.TOMLDecodeError:
        return ()
    if not edit.old:
        return _added(text, held, location, edit)
    content = text.encode()
    found = list(_places(parsed(content), location.key, edit.old))
    return tuple(
        sorted(
            TextEdit(len(content[:start].decode()), len(content[:end].decode()), edit.new) for start, end in set(found)
        )
    )


def edited(text: str, edits: Sequence[TextEdit]) -> str:
    """The text with some edits made, none of which lies within another."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def _places(root: Node, key: str, old: str) -> Iterator[tuple[int, int]]:
    """From and to which byte the word stands: in each key that is meant, or else in the one value."""
    if key == old or key.endswith(f".{old}"):
        for path, whole, _ in key_nodes(root):
            if any(format_key(path[:size]) == key for size in range(1, len(path) + 1)) and whole.named_children:
                parts = [part for part in key_parts(whole.named_children[0]) if part_name(part) == old]
                if len(parts) == 1:
                    yield parts[0].start_byte, parts[0].end_byte
        return
    values = [value for path, whole, value in key_nodes(root) if format_key(path) == key and value != _head(whole)]
    for value in values[:1]:
        word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])".encode())
        matches = list(word.finditer(value.text or b""))
        if len(matches) == 1:
            yield value.start_byte + matches[0].start(), value.start_byte + matches[0].end()


def _head(node: Node) -> Node | None:
    """Of a table the name in its head."""
    return node.named_children[0] if node.type in {"table", "table_array_element"} else None


def _added(text: str, held: Any, location: Location, edit: Edit) -> tuple[TextEdit, ...]:
    """Lines that are added to the table at the place."""
    paths = (path for path, _, _ in key_nodes(parsed(text.encode())))
    spread = (path[:size] for path in paths for size in range(1, len(path) + 1))
    at = next((path for path in spread if format_key(path) == location.key), None) if location.key else ()
    if at is None:
        return ()
    try:
        new = rewrite(text, dict(_leaves(tomli.loads(edit.new), at)), held)
    except InputError:
        return ()
    start = next((index for index, (one, other) in enumerate(zip(text, new, strict=False)) if one != other), len(text))
    rest = min(len(text), len(new)) - start
    end = next((size for size in range(rest) if text[-1 - size] != new[-1 - size]), rest)
    return (TextEdit(start, len(text) - end, new[start : len(new) - end]),)


def _leaves(data: Any, at: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*at, key))
    else:
        yield at, data
