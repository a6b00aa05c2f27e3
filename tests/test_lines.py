"""The line on which each key stands, against a writer of TOML that knows where it wrote what.

The writer spreads the same data over tables, dotted keys, inline tables, lists over several lines and lists of tables, in any
order that TOML allows, with comments, blank lines, quoted keys, escapes, and either line ending.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from consistent.toml.tomlfile import KeyPath, TomlFile, key_lines
from tests.harness.effort import examples

ROOT = Path(__file__).parents[1]
SHIPPED = sorted(
    path for folder in ("facts", "rules", "proposals", "examples") for path in (ROOT / folder).rglob("*.toml")
)

_WORDS = st.sampled_from(
    ["a", "b", "id", "measure", "bare-key", "1", "1e5", "true", "nan", "2001-01-01", "-1", "", " ", "a.b", "é", "\U0001f6e1",
     'quo"te', "apo'strophe", "back\\slash", "tab\t", "line\nbreak", "# no comment", "[x]", "=", "nul\0"]
)  # fmt: skip
_TEXTS = st.one_of(
    _WORDS, st.text(max_size=8), st.sampled_from(["a\nb\nc = 1\n", "[x]\n", '"""', "'''", "\u2028", "\r\n"])
)
_SCALARS = st.one_of(
    st.integers(-(10**20), 10**20), st.booleans(), st.dates(), _TEXTS, st.floats(allow_nan=False, allow_infinity=False)
)


def _tables(children: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(_WORDS, children, max_size=4)


_ANYTHING = st.recursive(
    _SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), _tables(inner), st.lists(_tables(inner), max_size=3)),
    max_leaves=12,
)  # fmt: skip


class Writer:
    """Writes data as TOML and notes the line of every key path.

    Attributes:
        at: the line of what has a place of its own.
        implied: the first line that mentions a table, or a list of tables, which no key and no header is for alone.
    """

    def __init__(self, draw: st.DataObject) -> None:
        self._draw = draw
        self._out: list[str] = []
        self._line = 1
        self.at: dict[KeyPath, int] = {}
        self.implied: dict[KeyPath, int] = {}

    @property
    def text(self) -> str:
        """Everything that was written."""
        return "".join(self._out)

    def _put(self, text: str) -> None:
        self._out.append(text)
        self._line += text.count("\n")

    def _choose(self, *options: str) -> str:
        return self._draw.draw(st.sampled_from(options))

    def _gap(self) -> None:
        """What may stand between two lines."""
        self._put(self._choose("", "", "\n", "# key = 1\n", "  # [table]\n\n"))

    def _end(self) -> None:
        self._put(self._choose("\n", " # a comment = 'x'\n", "\t\n"))
        self._gap()

    def _quoted(self, text: str) -> str:
        """A basic string, with some characters as escapes that need not be."""
        escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}

        def letter(each: str) -> str:
            code = ord(each)
            if each in escapes:
                return escapes[each]
            if code < 0x20 or code == 0x7F or self._draw.draw(st.integers(0, 9)) == 0:
                return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08X}"
            return each

        return '"' + "".join(map(letter, text)) + '"'

    def _key(self, name: str) -> str:
        """One part of a key, in any way that it can be written."""
        ways = [self._quoted(name)]
        if re.fullmatch(r"[A-Za-z0-9_-]+", name):
            ways += [name, name]
        if not re.search(r"['\x00-\x08\x0a-\x1f\x7f]", name):
            ways.append(f"'{name}'")
        return self._choose(*ways)

    def _keys(self, names: tuple[str, ...]) -> str:
        return self._choose(".", ".", " . ").join(map(self._key, names))

    def document(self, data: Mapping[str, Any]) -> None:
        """Write the whole."""
        self._gap()
        self._body(data, (), ())

    def _body(self, data: Mapping[str, Any], path: KeyPath, names: tuple[str, ...]) -> None:
        """What stands under a header: pairs, then further headers."""
        pairs, tables = self._split(data)
        self._pairs(pairs, path)
        self._tables(tables, path, names)

    def _split(self, data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """What is written as pairs, and what under headers of its own."""
        pairs: dict[str, Any] = {}
        tables: dict[str, Any] = {}
        for key, value in data.items():
            headed = isinstance(value, dict) or (_is_tables(value) and bool(value))
            (tables if headed and self._choose("pair", "header") == "header" else pairs)[key] = value
        return pairs, tables

    def _pairs(self, pairs: Mapping[str, Any], path: KeyPath) -> None:
        spread = [one for key, value in pairs.items() for one in self._dotted((key,), value)]
        for names, value in self._draw.draw(st.permutations(spread)):
            place = path
            for name in names:
                place = (*place, name)
                self.at.setdefault(place, self._line)
            self._put(self._choose("", "  ") + self._keys(names) + self._choose(" = ", "=", "\t= "))
            self._value(value, place)
            self._end()

    def _dotted(self, names: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
        """A table as one pair, or as several with longer keys."""
        if isinstance(value, dict) and value and self._choose("inline", "dotted") == "dotted":
            for key, inner in value.items():
                yield from self._dotted((*names, key), inner)
        else:
            yield names, value

    def _tables(self, tables: Mapping[str, Any], path: KeyPath, names: tuple[str, ...]) -> None:
        for key, value in tables.items():
            place, header = (*path, key), (*names, key)
            if isinstance(value, dict):
                self._table(value, place, header)
                continue
            for index, item in enumerate(value):
                self._header(header, "[[", "]]", (*place, index))
                self._body(item, (*place, index), header)

    def _table(self, data: Mapping[str, Any], place: KeyPath, header: tuple[str, ...]) -> None:
        pairs, tables = self._split(data)
        order = self._choose("pairs first", "header last", "no header")
        if order == "pairs first" or not tables or (order == "no header" and pairs):
            self._header(header, "[", "]", place)
            self._pairs(pairs, place)
            self._tables(tables, place, header)
        else:
            # The table is implied by those below it; its own header may follow them, or be left out.
            self._tables(tables, place, header)
            if order == "header last":
                self._header(header, "[", "]", place)
                self._pairs(pairs, place)

    def _header(self, names: tuple[str, ...], left: str, right: str, place: KeyPath) -> None:
        for size in range(1, len(place)):
            self.implied.setdefault(place[:size], self._line)
        self.at[place] = self._line
        blank = self._choose("", " ")
        self._put(left + blank + self._keys(names) + blank + right)
        self._end()

    def _value(self, value: Any, path: KeyPath) -> None:
        if isinstance(value, dict):
            self._inline_table(value, path)
        elif isinstance(value, list):
            self._list(value, path)
        elif isinstance(value, str):
            self._string(value)
        elif isinstance(value, bool):
            self._put(str(value).lower())
        else:
            self._put(value.isoformat() if isinstance(value, date) else repr(value))

    def _inline_table(self, value: Mapping[str, Any], path: KeyPath) -> None:
        self._put("{")
        spread = [one for key, inner in value.items() for one in self._dotted((key,), inner)]
        for number, (names, inner) in enumerate(spread):
            self._put(", " if number else " ")
            place = path
            for name in names:
                place = (*place, name)
                self.at.setdefault(place, self._line)
            self._put(self._keys(names) + " = ")
            self._value(inner, place)
        self._put(" }")

    def _list(self, value: list[Any], path: KeyPath) -> None:
        breaks = ("", " ", "\n", "\n  # 1,\n  ", " # ]\n")
        self._put("[" + self._choose(*breaks))
        for index, item in enumerate(value):
            self.at[*path, index] = self._line
            self._value(item, (*path, index))
            if index < len(value) - 1 or self._choose("", ","):
                self._put(self._choose(*breaks) + ",")
            self._put(self._choose(*breaks))
        self._put("]")

    def _string(self, text: str) -> None:
        ways = [self._quoted(text)]
        if not re.search(r"['\x00-\x08\x0a-\x1f\x7f]", text):
            ways.append(f"'{text}'")
        if not re.search(r"'|\r|[\x00-\x08\x0b-\x1f\x7f]", text):
            ways.append(f"'''\n{text}'''")
        if not re.search(r'["\\\r]|[\x00-\x08\x0b-\x1f\x7f]', text):
            ways.append(f'"""\n{text}"""')
            if text == text.lstrip():
                ways.append(f'"""\\\n   \n{text}"""')  # a line break that the backslash takes away, with blanks
        self._put(self._choose(*ways))


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def paths(data: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Every key path of some data with what stands there."""
    items: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (*path, key), value
        yield from paths(value, (*path, key))


@settings(max_examples=examples(300))
@given(st.data(), _tables(_ANYTHING), st.booleans())
def test_every_path_at_its_line(draw: st.DataObject, data: dict[str, Any], crlf: bool) -> None:
    """Whatever the style, each key, item and header is found where it was written, and nothing else is found."""
    writer = Writer(draw)
    writer.document(data)
    text = writer.text.replace("\n", "\r\n") if crlf else writer.text
    read = tomli.loads(text)
    assert read == data, "the writer is at fault"
    found = key_lines(text)
    expected = {path for path, _ in paths(read)}
    assert set(found) <= expected
    for path in expected:
        if path in writer.at:
            assert found.get(path) == writer.at[path], path
        else:
            # Of a table without a header of its own, and of a list of tables, no line is told, or the first that names it.
            assert found.get(path) in {None, writer.implied[path]}, path


CASES: dict[str, tuple[str, dict[KeyPath, int]]] = {
    "nested lists of tables": (
        "[[a]]\n[[a.b]]\nx = 1\n[[a.b]]\nx = 2\n[[a]]\n[[a.b]]\nx = 3\n[a.c]\ny = 4\n",
        {
            ("a", 0): 1,
            ("a", 0, "b", 0): 2,
            ("a", 0, "b", 0, "x"): 3,
            ("a", 0, "b", 1, "x"): 5,
            ("a", 1): 6,
            ("a", 1, "b", 0, "x"): 8,
            ("a", 1, "c", "y"): 10,
        },
    ),
    "text that looks like keys": ('a = """\nb = 1\n[c]\n"""\nb = 2\n', {("a",): 1, ("b",): 5}),
    "a table that is named late": ("[a.b]\nx = 1\n[a]\ny = 2\n", {("a", "b"): 1, ("a",): 3, ("a", "y"): 4}),
    "a table over several dotted keys": ("a.b = 1\nc = 2\na.d = 3\n", {("a",): 1, ("a", "b"): 1, ("a", "d"): 3}),
    "letters of several bytes": ('é = "\U0001f6e1"\n"\\u00e9\\U0001f6e1" = 1\n', {("é\U0001f6e1",): 2}),
    "no line break at the end": ("a = 1\nb = [\n2]", {("b", 0): 3}),
    "nothing": ("", {}),
    "comments only": ("# a = 1\n", {}),
}


@pytest.mark.parametrize(("text", "lines"), CASES.values(), ids=CASES)
def test_case(text: str, lines: dict[KeyPath, int]) -> None:
    """Layouts that are easily read wrong."""
    found = key_lines(text)
    assert {path: found.get(path) for path in lines} == lines


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_shipped_file(path: Path) -> None:
    """Every leaf of every file that ships has a line, which holds its key, or of a list's item the item."""
    text = path.read_text("utf-8")
    rows = text.split("\n")
    file = TomlFile.read(path)
    found = key_lines(text)
    leaves = [(key, value) for key, value in paths(file.data) if not isinstance(value, dict | list) or not value]
    assert leaves
    for key, value in leaves:
        line = found[key]
        # An empty table of a list has no text of its own but its head.
        sought = ("]]" if value == {} else value) if isinstance(key[-1], int) else key[-1]
        assert str(sought) in rows[line - 1].replace('\\"', '"'), (key, line)
        assert file.location(key).line == line


def test_many_files_ship() -> None:
    """The files that ship were found."""
    assert len(SHIPPED) > 150
