"""Markdown as people and programs write acts in it: its marks are taken off, so that the words can tell the structure.

No parser of Markdown is used, for one would join what an act sets on lines of its own, and number its paragraphs anew.
"""

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from consistent.intake.document import Role

__all__ = ["Group", "groups_of", "is_markdown"]

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
class Group:
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


def groups_of(text: str) -> Iterator[Group]:
    """The groups of lines of a text, without the marks."""
    lines: list[str] = []
    for line in text.split("\n"):
        alone = _alone(line)
        if alone is None:
            text = _unmarked(_BULLET.sub(r"\1", _QUOTED.sub("", line, count=1), count=1))
            lines += [text] if text.strip() else []
            continue
        if lines:
            yield Group(lines)
            lines = []
        if any(each.strip() for each in alone.lines):
            yield alone
    if lines:
        yield Group(lines)


def _alone(line: str) -> Group | None:
    """A line that is a group of its own, without lines where nothing is left of it; None for any other."""
    text = line.strip()
    if not text or _RULE.match(text) or (text.startswith("|") and _TABLE_RULE.fullmatch(text)):
        return Group(())
    if heading := _HEADING.match(line):
        return Group((_unmarked(heading[2].rstrip("# \t")),), "heading", len(heading[1]))
    if text.startswith("|"):
        return Group(("\t".join(_unmarked(each).strip() for each in text.strip("|").split("|")),), "row")
    if note := _NOTE.match(line):
        return Group((_unmarked(line[note.end() :]),), "note", number=note[1])
    return Group((_unmarked(line),)) if _STRONG_LINE.match(line) else None


def _unmarked(line: str) -> str:
    text = _ESCAPED.sub(lambda found: chr(_KEPT + ord(found[1])), line)
    for pattern, left in _INLINE:
        text = pattern.sub(left, text)
    return "".join(chr(ord(each) - _KEPT) if _KEPT < ord(each) < _KEPT + 128 else each for each in text)
