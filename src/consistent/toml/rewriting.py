"""Sets and takes out values in a TOML text and leaves every other letter as it is: comments, layout, order, line ends.

Where a value stands is found by the grammar that editors use (tree-sitter); what stands there is written by tomlkit, which
keeps the layout within a value.
"""

import json
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import tomli
import tomlkit
from attrs import define, field
from tomlkit.items import Array
from tree_sitter import Node

from consistent.errors import Fault, InputError, Location
from consistent.toml.tomlfile import KeyPath, header_path, key_names, parsed

__all__ = ["REMOVED", "Data", "reshape", "rewrite", "written"]

# What TOML holds, as plain data.
Data = Any
# A value to be set at a path.
Change = tuple[KeyPath, Any]
# Bytes of a text from which one to which one, and what comes there.
Edit = tuple[int, int, bytes]
# In place of a value: the key, or the item of a list, goes.
REMOVED: Final = object()
_BLANK = b" \t"


def rewrite(text: str, changes: Mapping[KeyPath, Data], held: Data = None) -> str:
    """The text with values set, one after another.

    Args:
        text: valid TOML.
        changes: key path to the value: a scalar, a list, or a table of these. A key that is there gets the value, of a table
            each key that is named; one that is not there is added at the end of its table. `REMOVED` takes out the key, or
            the item of a list, with its line and the comment on it.
        held: what the text holds, where that is known.

    Raises:
        InputError: the text is laid out in a way in which a value cannot be set.
    """
    waiting = list(changes.items())
    held = tomli.loads(text) if waiting and held is None else held
    while waiting:
        # To read a text costs as much for one value as for one in each of its tables.
        layout = _Text(text.encode(), [path for path, _ in waiting])
        edits, waiting = layout.edits(waiting)
        text = layout.edited([edit for _, edit in edits]).decode()
        for (path, data), _ in edits:
            held = _with(held, path, data)
        if tomli.loads(text) != held:
            key = str(edits[-1][0][0][-1])
            raise InputError([Fault("a value cannot be set in a file of this layout", Location("<text>", None, key))])
    return text


def reshape(text: str, data: Data, held: Data = None) -> str:
    """The text changed where it must be to hold other data.

    Args:
        text: valid TOML.
        data: what it is to hold. Of a list of tables either items are gone, or items hold something else; not both.
        held: what the text holds, where that is known.

    Raises:
        InputError: the text is laid out in a way in which that cannot be written.
    """
    held = tomli.loads(text) if held is None else held
    return rewrite(text, dict(_changes(held, data, ())), held)


def _changes(old: Data, new: Data, at: KeyPath) -> Iterator[tuple[KeyPath, Data]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key, value in new.items():
            if key not in old:
                yield (*at, key), value
            elif old[key] != value:
                yield from _changes(old[key], value, (*at, key))
        yield from (((*at, key), REMOVED) for key in old if key not in new)
        return
    if isinstance(old, list) and isinstance(new, list):
        if len(old) == len(new) and all(isinstance(table, Mapping) for table in old):
            for index, (before, after) in enumerate(zip(old, new, strict=True)):
                yield from _changes(before, after, (*at, index))
            return
        gone = _gone(old, new)
        if gone is not None:
            # From the end, so that each index still is the item's own.
            yield from (((*at, index), REMOVED) for index in reversed(gone))
            return
    yield at, new


def _gone(old: Sequence[Data], new: Sequence[Data]) -> list[int] | None:
    """Which items of a list another lacks; None where it has others, or in another order."""
    left = deque(new)
    gone = []
    for index, table in enumerate(old):
        if left and left[0] == table:
            left.popleft()
        else:
            gone.append(index)
    return None if left else gone


def _with(whole: Any, path: KeyPath, data: Data) -> Any:
    """Plain data with a value set at a path."""
    if not path:
        if isinstance(whole, Mapping) and isinstance(data, Mapping):
            return {**whole, **data}
        return data
    first, *rest = path
    if data is REMOVED and not rest:
        if isinstance(first, int):
            return [element for index, element in enumerate(whole) if index != first]
        return {key: value for key, value in whole.items() if key != first}
    if isinstance(first, int):
        return [_with(element, tuple(rest), data) if index == first else element for index, element in enumerate(whole)]
    held = whole if isinstance(whole, Mapping) else {}
    return {**held, first: _with(held.get(first, {} if rest else None), tuple(rest), data)}


@define
class _Place:
    """A table or a key with a value, as bytes of the text."""

    node: Node
    pairs: list[KeyPath] = field(factory=list)

    @property
    def value(self) -> Node:
        """Of a key: its value."""
        return self.node.named_children[1]


class _Text:
    """One text with the places of its tables, and of the values in those on the way to some paths or below them."""

    def __init__(self, content: bytes, paths: Sequence[KeyPath]) -> None:
        self._content = content
        self._end = b"\r\n" if b"\r\n" in content else b"\n"
        root = parsed(content)
        self._tables: dict[KeyPath, _Place] = {(): _Place(root)}
        self._pairs: dict[KeyPath, _Place] = {}
        self._items: dict[KeyPath, Node] = {}
        counts: Counter[KeyPath] = Counter()
        for node in root.named_children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type in {"table", "table_array_element"}:
                names = tuple(key_names(node.named_children[0]))
                path = header_path(names, counts, is_item=node.type == "table_array_element")
                self._tables[path] = _Place(node)
                if any(_nested(path, wanted) for wanted in paths):
                    for child in node.named_children[1:]:
                        if child.type == "pair":
                            self._pair(child, path)

    def _pair(self, node: Node, table: KeyPath) -> None:
        path = (*table, *key_names(node.named_children[0]))
        self._pairs[path] = _Place(node)
        self._tables[table].pairs.append(path)
        value = node.named_children[1]
        if value.type == "inline_table":
            self._inline(value, path)
        elif value.type == "array":
            items = [child for child in value.named_children if child.type != "comment"]
            for index, item in enumerate(items):
                self._items[*path, index] = item
                if item.type == "inline_table":
                    self._inline(item, (*path, index))

    def _inline(self, node: Node, path: KeyPath) -> None:
        self._tables[path] = _Place(node)
        for child in node.named_children:
            if child.type == "pair":
                self._pair(child, path)

    def in_place(self, path: KeyPath, data: Data) -> bool:
        """Whether a value takes the place of a scalar, so that nothing else of the text moves in the tree."""
        at = self._pairs.get(path)
        return data is not REMOVED and at is not None and at.value.type not in {"array", "inline_table"}

    def edits(self, changes: Sequence[Change]) -> tuple[list[tuple[Change, Edit]], list[Change]]:
        """Which changes can be made at once, each as an edit of this text, and those that must wait for these.

        Of a table one change is made at a time, or several that each merely take the place of a scalar.
        """
        edits: list[tuple[Change, Edit]] = []
        waiting: list[Change] = []
        busy: dict[KeyPath, bool] = {}
        for change in changes:
            path, data = change
            table, in_place = _table_of(path), self.in_place(path, data)
            free = all(shared and in_place for other, shared in busy.items() if _nested(table, other))
            edit = self._edit(path, data) if free else None
            if edit is None or any(edit[0] <= end and start <= edit[1] for _, (start, end, _) in edits):
                waiting.append(change)
                busy[table] = False
            else:
                edits.append((change, edit))
                busy[table] = in_place
        return edits, waiting

    def _edit(self, path: KeyPath, data: Data) -> Edit:
        """A change as the stretch of bytes that gives way, and what comes there."""
        if self.in_place(path, data):
            value = self._pairs[path].value
            return value.start_byte, value.end_byte, written(data).encode()
        old, new = self._content, self.set(path, data)
        start = _common(old, new)
        most = min(len(old), len(new)) - start
        end = _common(old[::-1][:most], new[::-1][:most])
        return start, len(old) - end, new[start : len(new) - end]

    def edited(self, edits: Sequence[Edit]) -> bytes:
        """The text with stretches of it replaced, all at once."""
        content = self._content
        for start, end, new in sorted(edits, reverse=True):
            content = content[:start] + new + content[end:]
        return content

    def set(self, path: KeyPath, data: Data) -> bytes:
        """The text with one value set, or taken out."""
        if data is REMOVED:
            node = self._pairs[path].node if path in self._pairs else self._items.get(path)
            listed = node is not None and node.parent is not None and node.parent.type in {"array", "inline_table"}
            return self._cut(node) if node is not None and listed else self._without(path)
        if path in self._pairs and not (path in self._tables and isinstance(data, Mapping)):
            value = self._pairs[path].value
            return self._replaced(value.start_byte, value.end_byte, _merged(_source(value), data))
        spread = [pair for pair in (*self._pairs, *self._tables) if pair[: len(path)] == path]
        if not spread:
            return self._added(path, data)
        if isinstance(data, Mapping):
            content = self._content
            for key, item in data.items():
                content = _Text(content, [(*path, key)]).set((*path, key), item)
            return content
        return _Text(self._without(path), [path]).set(path, data)

    def _replaced(self, start: int, end: int, new: str) -> bytes:
        return self._content[:start] + new.encode() + self._content[end:]

    def _added(self, path: KeyPath, data: Data) -> bytes:
        """A key that is not there yet, in the nearest table around it that is."""
        size = max(size for size in range(len(path)) if path[:size] in self._tables)
        table, names = self._tables[path[:size]], path[size:]
        line = f"{_dotted(names)} = {written(data)}"
        if table.node.type == "inline_table":
            return self._added_inline(table, line)
        near = self._neighbour(table.pairs, path, size)
        if near is not None:
            node = self._pairs[near].node
            indent = self._content[self._line_start(node.start_byte) : node.start_byte].decode()
            return self._line_after(node.end_byte, (indent if indent.isspace() else "") + line)
        if size:
            return self._line_after(table.node.named_children[0].end_byte, line)
        if table.pairs:
            # Keys stand at the top: so does the new one, below them.
            return self._line_after(self._pairs[table.pairs[-1]].node.end_byte, line)
        # Nothing stands at the top: its own table comes before the first one within it.
        within = [span.node.start_byte for at, span in self._tables.items() if at[:1] == path[:1]]
        start = min(within, default=len(self._content))
        head = f"[{_dotted(names[:1])}]\n{_dotted(names[1:])} = {written(data)}\n\n"
        return self._replaced(start, start, head.replace("\n", self._end.decode()))

    def _neighbour(self, pairs: list[KeyPath], path: KeyPath, size: int) -> KeyPath | None:
        """After which key of a table a new one belongs: the last that has most of its path, evidence after all else."""

        def common(other: KeyPath) -> int:
            return next(
                (index for index, pair in enumerate(zip(other, path, strict=False)) if pair[0] != pair[1]), len(other)
            )

        if not size:
            pairs = [pair for pair in pairs if common(pair)]
        fields = [pair for pair in pairs if pair[size] != "evidence"] or pairs
        listed = pairs if path[size] == "evidence" else fields
        return max(listed, key=lambda other: (common(other), pairs.index(other)), default=None)

    def _added_inline(self, table: _Place, line: str) -> bytes:
        if table.pairs:
            end = self._pairs[table.pairs[-1]].node.end_byte
            return self._replaced(end, end, f", {line}")
        return self._replaced(table.node.start_byte, table.node.end_byte, f"{{ {line} }}")

    def _line_after(self, at: int, line: str) -> bytes:
        """A line below the one on which a byte stands."""
        end = self._content.find(b"\n", at)
        if end < 0:
            return self._content + self._end + line.encode()
        return self._content[: end + 1] + line.encode() + self._end + self._content[end + 1 :]

    def _line_start(self, at: int) -> int:
        return self._content.rfind(b"\n", 0, at) + 1

    def _cut(self, node: Node) -> bytes:
        """The text without one of several that stand in a list or an inline table."""
        around: list[Node] = [
            child for child in (node.parent.children if node.parent else []) if child.type != "comment"
        ]
        number = next(index for index, sibling in enumerate(around) if sibling.start_byte == node.start_byte)
        before, after = around[number - 1], around[number + 1]
        start, end = node.start_byte, node.end_byte
        if after.type == ",":
            end = after.end_byte
        elif before.type == "," and b"\n" not in self._content[before.end_byte : start]:
            return self._replaced(before.start_byte, end, "")
        line, stop = self._line_start(start), self._content.find(b"\n", end)
        rest = self._content[end:stop].strip(_BLANK + b"\r")
        if stop >= 0 and not self._content[line:start].strip(_BLANK) and (not rest or rest.startswith(b"#")):
            return self._replaced(line, stop + 1, "")
        return self._replaced(start, end + len(self._content[end:]) - len(self._content[end:].lstrip(_BLANK)), "")

    def _without(self, path: KeyPath) -> bytes:
        """The text without the lines that spread a value over keys or a table of its own; comments stay."""
        nodes = [pair.node for at, pair in self._pairs.items() if at[: len(path)] == path]
        for at, table in self._tables.items():
            if at[: len(path)] == path and table.node.type in {"table", "table_array_element"}:
                # Of a table its head: what is below it goes key by key.
                nodes.append(table.node.named_children[0])
        content = self._content
        for node in sorted(_outermost(nodes), key=lambda outer: -outer.start_byte):
            end = content.find(b"\n", node.end_byte)
            content = content[: self._line_start(node.start_byte)] + (content[end + 1 :] if end >= 0 else b"")
        return content


def _table_of(path: KeyPath) -> KeyPath:
    """The table that a change stays within: an item of a list of tables, or all below a first key."""
    return path[:-1][:2] or path


def _nested(one: KeyPath, other: KeyPath) -> bool:
    """Whether one is the other, or is within it."""
    size = min(len(one), len(other))
    return one[:size] == other[:size]


def _common(one: bytes, other: bytes) -> int:
    """How many bytes two texts have in common at their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _outermost(nodes: Sequence[Node]) -> Iterator[Node]:
    """The nodes that stand in no other one of them."""
    end = -1
    for node in sorted(nodes, key=lambda node: (node.start_byte, -node.end_byte)):
        if node.end_byte > end:
            end = node.end_byte
            yield node


def _merged(old: str, new: Data) -> str:
    """A value as it is written, changed to new data; what it holds already keeps its layout."""
    held = tomlkit.parse(f"value = {old}")["value"]
    if not (isinstance(held, Array) and isinstance(new, list)):
        return written(new)
    for index in reversed(range(len(held))):
        if held[index] not in new:
            del held[index]
    for index, value in enumerate(new):
        if index >= len(held):
            held.append(value)
        elif held[index] != value:
            held.insert(index, value)
    # Of two that are alike, or of others in another order, the layout cannot be told.
    return held.as_string() if held.unwrap() == new else written(new)


def written(data: Data) -> str:
    """Data as TOML writes it, on one line; text in double quotes."""
    if isinstance(data, Mapping):
        inner = ", ".join(f"{_dotted((key,))} = {written(item)}" for key, item in data.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(data, list):
        return f"[{', '.join(map(written, data))}]"
    if isinstance(data, date):
        return data.isoformat()
    if isinstance(data, int) and not isinstance(data, bool):
        return f"{data:_}"
    if isinstance(data, str):
        # A string of JSON is one of TOML, but for one letter; in a draft there are thousands.
        return json.dumps(data, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(tomlkit.item(data).as_string())


def _dotted(names: KeyPath) -> str:
    return ".".join(str(tomlkit.key(str(name)).as_string()) for name in names)


def _source(node: Node) -> str:
    return (node.text or b"").decode()
