"""Which lines of a rule's file differ between two versions of it, by the part of the rule that they belong to."""

from collections.abc import Collection
from difflib import SequenceMatcher

from consistent.reading.lines import key_lines
from consistent.reading.tomlfile import TomlFile

__all__ = ["Lines", "differing_lines"]

# Each with its number, counted from one.
Lines = tuple[tuple[int, str], ...]


def differing_lines(old: TomlFile, new: TomlFile, keys: Collection[str]) -> tuple[Lines, Lines]:
    """The lines under these top-level keys that one version has and the other has not, blanks and comments left out.

    Empty for what has no lines, such as a rule made from a dict.
    """
    before, after = _lines_under(old, keys), _lines_under(new, keys)
    matcher = SequenceMatcher(None, [text for _, text in before], [text for _, text in after], autojunk=False)
    gone: list[tuple[int, str]] = []
    come: list[tuple[int, str]] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            gone += before[start:end]
            come += after[new_start:new_end]
    return tuple(gone), tuple(come)


def _lines_under(file: TomlFile, keys: Collection[str]) -> list[tuple[int, str]]:
    if file.text is None:
        return []
    starts: dict[int, str] = {}
    for path, line in key_lines(file.text).items():
        if isinstance(path[0], str):
            starts.setdefault(line, path[0])
    found: list[tuple[int, str]] = []
    key = ""
    for number, written in enumerate(file.text.split("\n"), start=1):
        key = starts.get(number, key)
        text = written.strip()
        if key in keys and text and not text.startswith("#"):
            found.append((number, text))
    return found
