"""Plain text, Markdown among it, and JSON that holds a text.

Lines that an editor or a converter broke are joined; a text without lines is cut at the marks of its structure (`_broken_lines.cut`).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from consistent.documents.document import Block, Content, Role
from consistent.documents.formats import html
from consistent.documents.formats._broken_lines import Mender, cut, cut_if_long, paragraphs_of, setting_of
from consistent.documents.formats.text import decoded, json_of, plain, readable_share, refused
from consistent.limits import LETTERS

__all__ = ["LineGroup", "read", "read_json"]

# Markdown as people and programs write acts in it: its marks are taken off, so that the words can tell the structure.
#
# No parser of Markdown is used, for one would join what an act sets on lines of its own, and number its paragraphs anew.

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(\S.*)")
_STRONG_LINE = re.compile(r"[ \t]*(\*\*|__)(?=\S)(?:(?!\1).)+\1[ \t]*$")
# A line under a heading, between two sections, or around what is set as it is.
_RULE = re.compile(r"\s*(?:=+|-{3,}|\*{3,}|_{3,}|`{3,}\w*|~{3,}\w*)\s*$")
_TABLE_RULE = re.compile(r"[\s|:-]+")
_NOTE = re.compile(r"\[\^([^\]\s]{1,20})\]:\s+")
_QUOTED = re.compile(r"\s*(?:>\s?)+")
# The bullet of an item that has a number of its own.
_BULLET = re.compile(r"(\s*)[-*+]\s+(?=[*_]*\(?\w{1,4}(?:\\?[.)])[*_]*\s)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_INLINE = (
    (re.compile(r"\[\^[^\]\s]{1,20}\]"), ""),
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)*)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]*)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=[^\s_])([^_]*)_(?!\w)"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
)
# Stands for a character that was escaped, while marks are taken off; private, so that no text has it.
_KEPT = 0xF0000


@frozen
class LineGroup:
    """Lines that belong together: a heading, a row, a note, or what stands between two empty lines.

    Attributes:
        lines: without marks; not empty.
        role: `text` where the words have to tell.
        level: of a heading.
        number: of a note.
    """

    lines: Sequence[str]
    role: Role = "text"
    level: int = 0
    number: str = ""


def is_markdown(text: str) -> bool:
    """Whether a text has a line that only Markdown marks so: a heading, or a line in bold."""
    return any(_HEADING.match(line) or _STRONG_LINE.match(line) for line in text.split("\n"))


def groups_of(text: str) -> Iterator[LineGroup]:
    """The groups of lines of a text, without the marks."""
    lines: list[str] = []
    for line in text.split("\n"):
        alone = _alone(line)
        if alone is None:
            text = _unmarked(_BULLET.sub(r"\1", _QUOTED.sub("", line, count=1), count=1))
            lines += [text] if text.strip() else []
            continue
        if lines:
            yield LineGroup(lines)
            lines = []
        if any(part.strip() for part in alone.lines):
            yield alone
    if lines:
        yield LineGroup(lines)


def _alone(line: str) -> LineGroup | None:
    """A line that is a group of its own, without lines where nothing is left of it; None for any other."""
    text = line.strip()
    if not text or _RULE.match(text) or (text.startswith("|") and _TABLE_RULE.fullmatch(text)):
        return LineGroup(())
    if heading := _HEADING.match(line):
        return LineGroup((_unmarked(heading[2].rstrip("# \t")),), "heading", len(heading[1]))
    if text.startswith("|"):
        return LineGroup(("\t".join(_unmarked(cell).strip() for cell in text.strip("|").split("|")),), "row")
    if note := _NOTE.match(line):
        return LineGroup((_unmarked(line[note.end() :]),), "note", number=note[1])
    return LineGroup((_unmarked(line),)) if _STRONG_LINE.match(line) else None


def _unmarked(line: str) -> str:
    text = _ESCAPED.sub(lambda match: chr(_KEPT + ord(match[1])), line)
    for pattern, left in _INLINE:
        text = pattern.sub(left, text)
    return "".join(
        chr(ord(character) - _KEPT) if _KEPT < ord(character) < _KEPT + 128 else character for character in text
    )


# Where programs put the text of a document, most telling first.
_TEXT_KEYS = ("content", "text", "body", "fulltext", "full_text")
_PROPERTY_KEYS = ("reference", "procedure", "celex", "date", "title", "kind", "language")

_EMPTY_LINE = re.compile(r"\n[ \t\xa0]*\n|\f")


def read(content: bytes, name: str) -> Content:
    """The paragraphs of a text.

    Args:
        content: the file, in UTF-8, in UTF-16 with its mark, or else in Windows' encoding.
        name: how messages call it.

    Raises:
        InputError: it is no text, or empty.
    """
    text = decoded(content)
    if len(text) > LETTERS.most:
        raise LETTERS.passed(name)
    if "\0" in text or readable_share(re.sub(r"[\s\f]", "", text[:100_000])) < 0.95:  # noqa: PLR2004  text has few letters of no script
        raise refused("file is not text", name, "documents are read in DOCX, PDF, HTML, XML, JSON and plain text")
    blocks = tuple(_blocks_of(text))
    if not blocks:
        raise refused("file is empty", name)
    return Content(format="text", blocks=blocks)


def read_json(content: bytes, name: str) -> Content:
    """The text in a JSON file: under `content`, `text` or `body`, or the one text that makes up nearly all of it.

    The text may itself be HTML.

    Raises:
        InputError: it is not JSON, or holds no such text.
    """
    data = json_of(content)
    if data is None:
        raise refused("file is not JSON", name)
    text = _text_in(data)
    if text is None:
        raise refused("JSON holds no text of a document", name, "put the text under `content`")
    if len(text) > LETTERS.most:
        raise LETTERS.passed(name)
    if re.match(r"\s*<(?:!doctype|\?xml|html|body|div|p)\b", text, re.IGNORECASE):
        inner = html.read(text.encode("utf-8", "replace"), name)
        blocks, properties = inner.blocks, dict(inner.properties)
    else:
        blocks, properties = tuple(_blocks_of(text)), {}
    if not blocks:
        raise refused("JSON holds no text of a document", name, "put the text under `content`")
    if isinstance(data, dict):
        stated = {key: data[key] for key in _PROPERTY_KEYS if isinstance(data.get(key), str)}
        properties |= {key: plain(value) for key, value in stated.items() if plain(value)}
    return Content(format="json", blocks=blocks, properties=properties)


def _text_in(data: Any) -> str | None:
    """The text that JSON is about; None where there is not one."""
    if isinstance(data, str):
        return data
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if isinstance(data, dict):
        for key in _TEXT_KEYS:
            value = data.get(key)
            if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
                value = "\n\n".join(value)
            if isinstance(value, str) and value.strip():
                return value
    return None


def _blocks_of(text: str) -> Iterator[Block]:
    """The paragraphs of a text; its pieces, where it has no lines."""
    lines = _newlines(text).strip()
    if "\n" not in lines and "\f" not in lines:
        yield from cut(lines)
        return
    groups = list(groups_of(lines) if is_markdown(lines) else _groups_of(lines))
    setting = setting_of([group.lines for group in groups])
    mender = Mender(line for group in groups for line in group.lines if setting.width)
    for group in groups:
        for paragraph in paragraphs_of(group.lines, setting):
            whole = _whole(paragraph, group.role, mender)
            if whole.strip():
                yield from cut_if_long(Block(text=whole, role=group.role, level=group.level, number=group.number))


def _groups_of(text: str) -> Iterator[LineGroup]:
    """The lines between two empty ones."""
    for group in _EMPTY_LINE.split(text):
        yield LineGroup([line for line in group.split("\n") if line.strip()])


def _whole(paragraph: Sequence[str], role: Role, mender: Mender) -> str:
    if role == "row":
        return "\t".join(plain(cell) for cell in paragraph[0].split("\t")).rstrip("\t")
    return plain(mender.join(paragraph))


def _newlines(text: str) -> str:
    """The text with one kind of line break; that between paragraphs is an empty line."""
    return (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x85", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
    )
