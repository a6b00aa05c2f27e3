"""The one layout of TOML files of packs and proposals: what they say, and every comment, stays.

- Keys and tables of a rule or concept are in the order of `_ORDER`; those of one name stay in theirs.
- `key = value`, at the beginning of its line. A list stands on one line; one that is longer than a line, or was spread over
  lines already, has an item on each, indented, with a comma behind it. One with comments in it is left as it is.
- No blanks at the end of a line, one empty line at most in a row, and one line break at the end of the file.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli
from tree_sitter import Node

from consistent.authoring._pack_paths import pack_around
from consistent.rules.concepts import CONCEPTS
from consistent.toml.tomlfile import TomlFile, key_names, parsed

__all__ = ["laid_out"]

_ORDER = (
    "title", "title_met", "principle", "positions", "ground", "verdict", "dimension", "defeats", "sources", "rationale", "valid_from",
    "valid_to", "when", "unless", "message", "example",
)  # fmt: skip
# A list that is longer with its key is spread over lines.
_WIDTH = 160
_INDENT = "  "


def laid_out(text: str, path: Path) -> str:
    """The text in the one layout.

    Args:
        text: of the file.
        path: which tells what it is.

    Raises:
        InputError: it is no TOML.
    """
    held = TomlFile.parse(text, str(path)).data
    end = "\r\n" if "\r\n" in text else "\n"
    made = _spaced(_valued(text.replace("\r\n", "\n").lstrip("\ufeff")))
    if _is_ordered(path):
        made = _spaced(_ordered(made))
    # Whatever it may be that was not thought of: a layout never changes what is said.
    return made.replace("\n", end) if _says(made, held) else text


def _says(text: str, held: Mapping[str, Any]) -> bool:
    try:
        return tomli.loads(text) == held
    except tomli.TOMLDecodeError:
        return False


def _is_ordered(path: Path) -> bool:
    around = pack_around(path)
    parts = () if around is None else path.absolute().relative_to(around.root).parts
    return parts[:1] == ("rules",) or (parts[:1] == ("facts",) and parts[2:3] == (CONCEPTS,))


def _entries(root: Node) -> Iterator[tuple[Node, Sequence[Node]]]:
    """The pairs at the top and the tables, each with its pairs."""
    for node in root.named_children:
        if node.type == "pair":
            yield node, [node]
        elif node.type in {"table", "table_array_element"}:
            yield node, [child for child in node.named_children if child.type == "pair"]


def _valued(text: str) -> str:
    """Keys, signs and lists in their places."""
    content = text.encode()
    edits: list[tuple[int, int, bytes]] = []
    for _, pairs in _entries(parsed(content)):
        for pair in pairs:
            key, value = pair.named_children[:2]
            line = content.rfind(b"\n", 0, pair.start_byte) + 1
            if not content[line : pair.start_byte].strip():
                edits.append((line, pair.start_byte, b""))
            edits.append((key.end_byte, value.start_byte, b" = "))
            if value.type == "array":
                edits.append((value.start_byte, value.end_byte, _listed(value, len(key.text or b"")).encode()))
    for start, stop, new in sorted(edits, reverse=True):
        content = content[:start] + new + content[stop:]
    return content.decode()


def _listed(array: Node, before: int) -> str:
    source = (array.text or b"").decode()
    items = [(item.text or b"").decode() for item in array.named_children]
    if any(item.type == "comment" for item in array.named_children) or any("\n" in item for item in items):
        return source
    line = f"[{', '.join(items)}]"
    if not items or ("\n" not in source and before + len(" = ") + len(line) <= _WIDTH):
        return line
    return "\n".join(["[", *(f"{_INDENT}{item}," for item in items), "]"])


def _spaced(text: str) -> str:
    """No blanks at the end of lines and no empty lines in a row, but for what stands in texts of several lines."""
    content = text.encode()
    kept: set[int] = set()
    pending = [parsed(content)]
    while pending:
        node = pending.pop()
        if node.type == "string":
            kept.update(range(node.start_point[0], node.end_point[0]))
        pending += node.named_children
    lines: list[str] = []
    for number, line in enumerate(text.split("\n")):
        plain = line if number in kept else line.rstrip(" \t")
        if plain or number in kept or number - 1 in kept or (lines and lines[-1]):
            lines.append(plain)
    return "\n".join(lines).rstrip("\n") + "\n" if lines else ""


def _ordered(text: str) -> str:
    """Keys at the top, and tables below them, in their order; each with the comments above it."""
    content = text.encode()
    lines = text.split("\n")
    parts: tuple[list[tuple[int, str]], list[tuple[int, str]]] = ([], [])
    start = 0
    for node, pairs in _entries(parsed(content)):
        name = next(key_names(node.named_children[0]))
        last = pairs[-1].end_point[0] if pairs else node.named_children[0].end_point[0]
        rank = _ORDER.index(name) if name in _ORDER else len(_ORDER)
        parts[node.type != "pair"].append((rank, "\n".join(lines[start : last + 1])))
        start = last + 1
    ordered = [sorted(part, key=lambda entry: entry[0]) for part in parts]
    if list(parts) == ordered:
        return text
    below = "\n".join(lines[start:])
    return "\n".join(
        [
            entry.strip("\n") if not at else entry
            for at, entry in enumerate(text for part in ordered for _, text in part)
        ]
        + [below]
    )
