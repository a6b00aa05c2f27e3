"""Plain text, Markdown among it, and JSON that holds a text.

Lines that an editor or a converter broke are joined; a text without lines is cut at the marks of its structure (`flat`).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from consistent.intake.document import Block, Content, Role
from consistent.intake.formats import flat, html, markdown
from consistent.intake.formats.broken_lines import paragraphs_of, setting_of
from consistent.intake.formats.decoding import decoded, json_of
from consistent.intake.formats.hyphens import Mender
from consistent.intake.formats.letters import plain, readable_share
from consistent.intake.formats.markdown import Group
from consistent.intake.formats.refusing import refused

__all__ = ["read", "read_json"]

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
    if re.match(r"\s*<(?:!doctype|\?xml|html|body|div|p)\b", text, re.IGNORECASE):
        inner = html.read(text.encode("utf-8", "replace"), name)
        blocks, properties = inner.blocks, dict(inner.properties)
    else:
        blocks, properties = tuple(_blocks_of(text)), {}
    if not blocks:
        raise refused("JSON holds no text of a document", name, "put the text under `content`")
    if isinstance(data, dict):
        said = {key: data[key] for key in _PROPERTY_KEYS if isinstance(data.get(key), str)}
        properties |= {key: plain(value) for key, value in said.items() if plain(value)}
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
            if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
                value = "\n\n".join(value)
            if isinstance(value, str) and value.strip():
                return value
    return None


def _blocks_of(text: str) -> Iterator[Block]:
    """The paragraphs of a text; its pieces, where it has no lines."""
    lines = _newlines(text).strip()
    if "\n" not in lines and "\f" not in lines:
        yield from flat.cut(lines)
        return
    groups = list(markdown.groups_of(lines) if markdown.is_markdown(lines) else _groups_of(lines))
    setting = setting_of([each.lines for each in groups])
    mender = Mender(line for group in groups for line in group.lines if setting.width)
    for group in groups:
        for paragraph in paragraphs_of(group.lines, setting):
            whole = _whole(paragraph, group.role, mender)
            if whole.strip():
                yield from flat.cut_if_long(Block(text=whole, role=group.role, level=group.level, number=group.number))


def _groups_of(text: str) -> Iterator[Group]:
    """The lines between two empty ones."""
    for group in _EMPTY_LINE.split(text):
        yield Group([line for line in group.split("\n") if line.strip()])


def _whole(paragraph: Sequence[str], role: Role, mender: Mender) -> str:
    if role == "row":
        return "\t".join(plain(each) for each in paragraph[0].split("\t")).rstrip("\t")
    return plain(mender.join(paragraph))


def _newlines(text: str) -> str:
    return (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x85", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
    )
