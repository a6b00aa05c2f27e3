"""Names in the files of packs: where each is defined, and where it is used."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Literal

from attrs import frozen
from tree_sitter import Node

from consistent.authoring._pack_paths import pack_around
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Field
from consistent.rules.concepts import CONCEPTS
from consistent.toml.tomlfile import KeyPath, key_nodes, key_parts, parsed, part_name

__all__ = ["Occurrence", "Sort", "Symbol", "occurrences"]

Sort = Literal["principle", "position", "term", "concept", "rule", "fact"]


@frozen
class Symbol:
    """A name.

    Attributes:
        sort: of what.
        name: its id.
        within: of a term its vocabulary, of a fact its kind.
    """

    sort: Sort
    name: str
    within: str = ""


@frozen
class Occurrence:
    """A place where a name stands, from and to which character; where a file is what it names, its very beginning."""

    symbol: Symbol
    start: int
    end: int
    defines: bool = False


# By key, what the text there names.
_BY_KEY: Mapping[str, Sort] = {
    "principle": "principle", "principles": "principle", "positions": "position", "defeats": "rule", "rule": "rule",
    "rules": "rule", "mutants": "rule",
}  # fmt: skip


def occurrences(path: Path, text: str, knowledge: Knowledge) -> tuple[Occurrence, ...]:
    """Every name in a file, in order.

    Args:
        path: of the file, which tells what it is.
        text: that it holds; where it is broken, what can be read of it.
        knowledge: of its pack.
    """
    return tuple(_Reader(path, text, knowledge).found())


class _Reader:
    def __init__(self, path: Path, text: str, knowledge: Knowledge) -> None:
        self._content = text.encode()
        self._knowledge = knowledge
        self._owners: dict[str, Mapping[str, Field]] = {kind.name: kind.fields for kind in knowledge.kinds.values()}
        self._owners |= {"proposal": PROPOSAL_FIELDS, "measure": MEASURE_FIELDS, "other": MEASURE_FIELDS}
        around = pack_around(path)
        self._pack = "" if around is None else around.name
        parts = () if around is None else path.absolute().relative_to(around.root).parts
        self._part, self._within = (parts[0], parts[2:]) if len(parts) > 2 else ("", ())  # noqa: PLR2004  part, pack, file
        self._stem = path.stem
        self._root = parsed(self._content)

    def found(self) -> Iterator[Occurrence]:
        if self._part == "rules":
            name = "/".join((self._pack, *self._within[:-1], self._stem))
            yield Occurrence(Symbol("rule", name), 0, 0, defines=True)
        elif self._within[:1] == (CONCEPTS,):
            yield Occurrence(Symbol("concept", self._stem), 0, 0, defines=True)
        kind = next((_text(value) for path, _, value in key_nodes(self._root) if path == ("kind",)), "")
        seen: set[tuple[int, int]] = set()
        for path, whole, value in key_nodes(self._root):
            for occurrence in (*self._keys(path, whole), *self._values(path, value, kind)):
                if (occurrence.start, occurrence.end) not in seen:
                    seen.add((occurrence.start, occurrence.end))
                    yield occurrence

    def _keys(self, path: KeyPath, whole: Node) -> Iterator[Occurrence]:
        """What the keys of tables name: they define principles, positions and terms, and golden files list rules."""
        if not whole.named_children or whole.type not in {"pair", "table", "table_array_element"}:
            return
        parts = list(key_parts(whole.named_children[0]))
        symbol = self._defined(path)
        if symbol is not None:
            yield self._occurrence(symbol, parts[0], defines=True)
        elif not self._part and len(path) > 1 and path[-2] == "rules" and part_name(parts[-1]) == path[-1]:
            yield self._occurrence(Symbol("rule", str(path[-1])), parts[-1])

    def _defined(self, path: KeyPath) -> Symbol | None:
        if self._part != "facts" or len(path) != 1 or not isinstance(path[0], str):
            return None
        if self._within == ("principles.toml",):
            return Symbol("principle", path[0])
        if self._within == ("positions.toml",):
            return Symbol("position", path[0])
        return Symbol("term", path[0], self._stem) if self._within[:1] == ("vocabulary",) else None

    def _values(self, path: KeyPath, value: Node, kind: str) -> Iterator[Occurrence]:
        if value.type != "string":
            return
        name = _text(value)
        keys = [step for step in path if isinstance(step, str)]
        if self._within[:1] == ("vocabulary",):
            if keys[-1:] == ["broader"]:
                yield self._occurrence(Symbol("term", name, self._stem), value)
            return
        if kind and self._part == "facts" and path[:1] == ("fact",):
            if keys == ["fact", "id"]:
                yield self._occurrence(Symbol("fact", name, kind), value, defines=True)
                return
            keys = [kind, *keys[1:]]
        if "concept" in keys[-2:]:
            yield self._occurrence(Symbol("concept", name), value)
            return
        field = self._field(keys)
        if field is not None:
            if field.vocabulary and not name.startswith("$"):
                yield self._occurrence(Symbol("term", name, field.vocabulary), value)
            return
        sort = _BY_KEY.get(keys[-1]) if keys else None
        if sort is not None:
            rule = name.partition(":")[0] if sort == "rule" else name
            yield self._occurrence(Symbol(sort, rule), value, size=len(rule.encode()))

    def _field(self, keys: list[str]) -> Field | None:
        """The field that a value is of: the last key that is one of what stands before it; operators may follow."""
        for owner, name in reversed(list(pairwise(keys))):
            if name in self._owners.get(owner, ()):
                return self._owners[owner][name]
        return None

    def _occurrence(self, symbol: Symbol, node: Node, *, size: int = -1, defines: bool = False) -> Occurrence:
        source = node.text or b""
        quotes = 0 if source[:1] not in {b'"', b"'"} else 3 if source[:3] in {b'"""', b"'''"} else 1
        start = node.start_byte + quotes
        end = node.end_byte - quotes if size < 0 else start + size
        return Occurrence(symbol, len(self._content[:start].decode()), len(self._content[:end].decode()), defines)


def _text(node: Node) -> str:
    """What a string says, as far as that shows without its escapes; no name has any."""
    return (node.text or b"").decode().strip("\"'")
