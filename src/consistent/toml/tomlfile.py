"""TOML files: read with every guard, and able to say on which line a key stands."""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from operator import index
from pathlib import Path
from typing import TYPE_CHECKING, Any, SupportsIndex

import tomli
from attrs import frozen

from consistent.errors import MOST_FAULTS, Fault, InputError, Location
from consistent.limits import DEPTH, FILE, VALUES, holds_too_many
from consistent.locking import cached_property
from consistent.packing import Packed
from consistent.toml._grammar import parsed
from consistent.toml.files import read_file

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = [
    "KeyPath",
    "TextSpan",
    "TomlFile",
    "format_key",
    "header_path",
    "key_lines",
    "key_names",
    "key_nodes",
    "key_parts",
    "key_spans",
    "parsed",
    "part_name",
    "type_name",
]

# On which line each key of a TOML text stands, by the grammar that editors use (tree-sitter).


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


def key_nodes(root: "Node") -> "Iterator[tuple[tuple[str | int, ...], Node, Node]]":
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


def _pair(node: "Node", path: tuple[str | int, ...]) -> "Iterator[tuple[tuple[str | int, ...], Node, Node]]":
    key, value = node.named_children[0], node.named_children[1]
    for name in key_names(key):
        path = (*path, name)
        yield path, node, value
    yield from _inside(value, path)


def _inside(node: "Node", path: tuple[str | int, ...]) -> "Iterator[tuple[tuple[str | int, ...], Node, Node]]":
    if node.type == "inline_table":
        for child in node.named_children:
            if child.type == "pair":
                yield from _pair(child, path)
    elif node.type == "array":
        for index, item in enumerate(child for child in node.named_children if child.type != "comment"):
            yield (*path, index), item, item
            yield from _inside(item, (*path, index))


def key_names(node: "Node") -> Iterator[str]:
    """The names of the parts of a key."""
    return map(part_name, key_parts(node))


def key_parts(node: "Node") -> "Iterator[Node]":
    """The parts of a key. Dotted keys hold each other, each one the parts to the left of its last."""
    pending = [node]
    while pending:
        current = pending.pop()
        if current.type == "dotted_key":
            pending.extend(reversed(current.named_children))
        else:
            yield current


def part_name(node: "Node") -> str:
    """The name that one part of a key stands for."""
    # The quoted forms have escapes; the TOML reader knows them.
    return next(iter(tomli.loads(f"{_text(node)} = 1"))) if node.type == "quoted_key" else _text(node)


def _text(node: "Node") -> str:
    return (node.text or b"").decode()


KeyPath = tuple[str | int, ...]

# What 64 bits hold.
_INTEGERS = range(-(2**63), 2**63)


class TomlFile:
    """The data of one input, with its place for messages. Made by `read`, `parse` or `of_dict`."""

    def __init__(self, path: str, data: Mapping[str, Any], text: str | None) -> None:
        self.path = path
        self.data = data
        self.text = text

    # Of a file that comes out of a pickle: what stays packed until it is asked for.
    _packed: "Packed[str] | None" = None
    _packed_lines: "Packed[Mapping[KeyPath, int]] | None" = None

    def __getstate__(self) -> dict[str, Any]:
        # What the text says is read in it again when it is first asked for, which of most files it never is; and so is the text.
        again = {"_first_within"} | ({"_lines"} if self.text is None else {"data", "text", "_lines"})
        state = {name: value for name, value in vars(self).items() if name not in again}
        if self.text is not None:
            state["_packed"] = self._packed or Packed(self.text)
            if self._packed_lines is not None or "_lines" in vars(self):
                state["_packed_lines"] = self._packed_lines or Packed(self._lines)
        return state

    def find_lines(self) -> None:
        """Find the line of every key now, so that who gets the file pickled need not."""
        if self._packed_lines is None:
            assert self._lines is not None  # noqa: S101  asked for

    @cached_property
    def text(self) -> str | None:
        """The file as it is; None for data without one."""
        return None if self._packed is None else self._packed.content

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """What the file says, as TOML gives it."""
        return tomli.loads(self.text or "")

    @classmethod
    def read(cls, path: Path, name: str = "") -> "TomlFile":
        """Read a file.

        Args:
            path: the file.
            name: how messages call it; the path unless given.

        Raises:
            InputError: it cannot be opened, is no file or pipe, is too large, is not UTF-8, or is not TOML.
        """
        name = name or str(path)
        return cls.parse(read_file(path, name), name)

    @classmethod
    def parse(cls, content: bytes | str, name: str = "<string>") -> "TomlFile":
        """Read TOML from memory.

        Raises:
            InputError: it is too large, not UTF-8, or not TOML.
        """
        if len(content) > FILE.most:
            raise FILE.passed(name)
        text = _decode(content, name) if isinstance(content, bytes) else content
        text = text.removeprefix("\ufeff")  # a byte-order mark, which editors on Windows leave
        if holds_too_many(text):
            raise VALUES.passed(name)
        try:
            data = tomli.loads(text)
        except tomli.TOMLDecodeError as error:
            from consistent.toml._diagnosing import diagnose  # noqa: PLC0415  most files are sound

            found = diagnose(text, error)
            raise _fault(f"not valid TOML: {found.message}", Location(name, found.line), found.help) from None
        except RecursionError:
            raise DEPTH.passed(name) from None
        except ValueError:
            # Python converts no more digits; the cost of that grows with their square.
            digits = re.search(rf"\d[\d_]{{{sys.get_int_max_str_digits()},}}", text)
            line = None if digits is None else text.count("\n", 0, digits.start()) + 1
            raise _fault(_TOO_LARGE, Location(name, line)) from None
        return _sound(cls(name, data, text))

    @classmethod
    def of_dict(cls, data: Mapping[str, Any], name: str = "<dict>") -> "TomlFile":
        """Data that is there already, in the shape that TOML would give; a set is taken for a list, and whole numbers are of any kind.

        Raises:
            InputError: it has keys that are no text, is nested too deeply, or goes in a circle.
        """
        _sound(cls(name, data, None))
        return _sound(cls(name, {key: _as_toml(item) for key, item in data.items()}, None))

    @cached_property
    def _lines(self) -> Mapping[KeyPath, int]:
        if self._packed_lines is not None:
            return self._packed_lines.content
        return {} if self.text is None else key_lines(self.text)

    @cached_property
    def _first_within(self) -> Mapping[KeyPath, int]:
        """The first line within each table or list, whether it has a line of its own or not."""
        first: dict[KeyPath, int] = {}
        for path, line in self._lines.items():
            # From the inside out: what holds a path that is known holds it already.
            for size in range(len(path), 0, -1):
                if first.setdefault(path[:size], line) != line:
                    break
        return first

    def location(self, key: KeyPath = ()) -> Location:
        """The place of a key, or of the nearest one around it that has a line of its own, or else the first within it."""
        return Location(self.path, self.line(key), format_key(key)) if key else Location(self.path)

    def line(self, key: KeyPath) -> int | None:
        """The line of that place; None where there is none."""
        lines = self._lines
        for size in range(len(key), 0, -1):
            line = lines.get(key[:size])
            if line is not None:
                return line
        return self._first_within.get(key) if key else None


def format_key(key: KeyPath) -> str:
    """`("measure", 3, "areas")` as `measure[3].areas`; list items are counted from one."""
    parts = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in key)
    return "".join(parts).removeprefix(".")


_TOO_LARGE = "not readable: a number is too large"


def _sound(file: TomlFile) -> TomlFile:
    """The file, if what reads it can rely on its shape.

    Raises:
        InputError: it cannot.
    """
    problems = list(islice(_unsound(file), MOST_FAULTS))
    if problems:
        raise InputError(Fault(message, file.location(key)) for message, key in problems)
    return file


def _as_toml(value: object) -> object:
    """A value as TOML would give it, where there is one; else itself, which its reader refuses by name."""
    match value:
        case bool() | int() | float() | str():
            return value
        case Mapping():
            return {key: _as_toml(item) for key, item in value.items()}
        case list() | tuple():
            return [_as_toml(item) for item in value]
        case AbstractSet():
            return sorted(map(_as_toml, value), key=str)
        case Decimal() if value.is_finite() and value == int(value):
            return int(value)
        case SupportsIndex():
            with suppress(TypeError):  # an array of more than one number
                return index(value)
            return value
        case _:
            return value


def _unsound(file: TomlFile) -> Iterator[tuple[str, KeyPath]]:
    """What TOML would not hold, with its key.

    Raises:
        InputError: it is nested too deeply.
    """
    level: list[tuple[KeyPath, Mapping[Any, object] | list[object] | tuple[object, ...]]] = [((), file.data)]
    for _ in range(DEPTH.most):
        deeper = []
        for at, held in level:
            pairs: Iterable[tuple[Any, object]] = held.items() if isinstance(held, Mapping) else enumerate(held)
            for key, item in pairs:
                if isinstance(held, Mapping) and not isinstance(key, str):
                    yield "a key must be text", at
                elif isinstance(item, Mapping | list | tuple):
                    deeper.append(((*at, key), item))
                elif isinstance(item, int) and item not in _INTEGERS:
                    yield _TOO_LARGE, (*at, key)
        level = deeper
    if any(held for _, held in level):
        # Without a key: one that deep would say nothing.
        raise DEPTH.passed(file.path)


def _fault(message: str, location: Location, help: str = "") -> InputError:
    return InputError([Fault(message, location, help)])


def _decode(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _fault(
            f"file is not UTF-8: byte 0x{content[error.start]:02x}",
            Location(name, line),
            "save it with encoding UTF-8",
        ) from None


# From where to where in a TOML text each value stands, by the grammar that editors use (tree-sitter).


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


def _span(node: "Node", lines: list[bytes]) -> TextSpan:
    (first, start), (last, end) = node.start_point, node.end_point
    return TextSpan(first + 1, _column(lines[first], start), last + 1, _column(lines[last], end))


def _column(line: bytes, at: int) -> int:
    """The column of a byte, in characters."""
    return len(line[:at].decode()) + 1


def type_name(value: object) -> str:
    """What a value is, in TOML's words."""
    if isinstance(value, bool):
        return "a boolean"
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (str, "text"), (int, "a whole number"), (float, "a fraction"), (datetime, "a date with a time"),
        (date, "a date"), (time, "a time of day"), (Mapping, "a table"), ((list, tuple), "a list"), (type(None), "nothing"),
    )  # fmt: skip
    return next((name for kind, name in names if isinstance(value, kind)), f"`{type(value).__name__}`")
