"""What is being typed at a place of a TOML text that need not be whole: in which table, for which key, and how far."""

import re
from collections import deque

from attrs import define, frozen

from consistent.toml.tomlfile import KeyPath

__all__ = ["Typed", "typed_at"]


@frozen
class Typed:
    """What is being typed.

    Attributes:
        path: of the table, or of the value; items of lists are counted as 0.
        is_key: whether a key is typed in the table, or else the value.
        word: what is there of it already, before the cursor.
        start: where that begins, in characters.
        quoted: whether it stands in quotes.
    """

    path: KeyPath
    is_key: bool
    word: str
    start: int
    quoted: bool


# Of a text that is cut at the cursor only the last string can be open.
_TOKEN = re.compile(
    r'''(?P<comment>\#[^\n]*)|(?P<string>"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|'[^'\n]*')'''
    r"""|(?P<open>["'][^\n]*)|(?P<word>[^\s\[\]{}=,"'\#]+)|(?P<mark>[\[\]{}=,\n])|(?P<blank>[^\S\n]+)""",
    re.DOTALL,
)
_HEADER = re.compile(r"^[ \t]*(\[\[?)([^\[\]\n]*)\]\]?[ \t]*(?:#.*)?$", re.MULTILINE)


@define
class _Frame:
    """An open table or list: its path, and of a table the key whose value comes next."""

    path: KeyPath
    is_list: bool = False
    key: KeyPath | None = None


def typed_at(text: str, offset: int) -> Typed | None:
    """What is being typed before a place; None in a comment or behind a value.

    Args:
        text: of the file; it may be broken anywhere.
        offset: of the cursor, in characters.
    """
    before = text[:offset]
    line = before.rfind("\n") + 1
    head = re.match(r"[ \t]*\[\[?([^\[\]]*)$", before[line:])
    header = next(iter(deque(_HEADER.finditer(before[:line]), maxlen=1)), None)
    if head is not None and not _is_in_value(before[:line], header):
        names = head[1].split(".")
        start = offset - len(names[-1])
        return Typed(_listed(names[:-1]), True, names[-1].strip(), start, False)
    table: KeyPath = () if header is None else _listed(header[2].split("."), last=header[1] == "[[")
    start = 0 if header is None else header.end()
    return _scanned(before, start, _Frame(table))


def _listed(names: list[str], *, last: bool = False) -> KeyPath:
    """The path of a header. Whether a part on the way is a list shows in its schema."""
    stripped = tuple(name.strip().strip("\"'") for name in names)
    return (*stripped, 0) if last else stripped


def _is_in_value(before: str, header: re.Match[str] | None) -> bool:
    """Whether a list that was begun above is open still."""
    depth = 0
    for token in _TOKEN.finditer(before, 0 if header is None else header.end()):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
    return depth > 0


def _scanned(before: str, start: int, top: _Frame) -> Typed | None:
    frames = [top]
    pending: tuple[str, int, bool] | None = (
        None  # a word that is typed, or just was: itself, its start, whether it is quoted
    )
    is_done = False
    for token in _TOKEN.finditer(before, start):
        kind, piece = token.lastgroup, token[0]
        frame = frames[-1]
        if kind == "comment":
            if token.end() == len(before):
                return None
        elif kind in {"string", "open", "word"}:
            word = piece if kind == "word" else piece.strip("\"'") if kind == "string" else piece[1:]
            if pending is not None and kind == "word" and frame.key is None:
                word, begun = pending[0] + word, pending[1]
            else:
                begun = token.start() + (kind != "word")
            pending = (word, begun, kind != "word")
            is_done = kind == "string" or token.end() < len(before)
        elif piece == "=":
            frame.key = _keyed(pending)
            pending, is_done = None, False
        elif piece in "[{":
            frames.append(_Frame(_path(frame), is_list=piece == "["))
            pending, is_done = None, False
        elif piece in "]}":
            if len(frames) > 1:
                frames.pop()
            pending, is_done = ("", 0, False), True
        elif piece == "," or (piece == "\n" and len(frames) == 1):
            frame.key = None
            pending, is_done = None, False
    frame = frames[-1]
    if is_done:
        return None
    word, begun, quoted = pending or ("", len(before), False)
    if frame.is_list or frame.key is not None:
        return Typed(_path(frame), False, word, begun, quoted)
    *names, last = word.split(".")
    return Typed((*frame.path, *names), True, last, begun + len(word) - len(last), quoted)


def _keyed(pending: tuple[str, int, bool] | None) -> KeyPath:
    if pending is None:
        return ()
    return (pending[0],) if pending[2] else tuple(pending[0].split("."))


def _path(frame: _Frame) -> KeyPath:
    """Of the value that comes next in a table or list."""
    return (*frame.path, 0) if frame.is_list else (*frame.path, *(frame.key or ()))
