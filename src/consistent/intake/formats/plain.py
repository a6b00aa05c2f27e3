"""Plain text, and JSON that holds a text.

Lines that an editor or a converter broke are joined; a text without lines is cut at the marks of its structure (`flat`).
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from consistent.intake.document import Block, Content
from consistent.intake.formats import flat, html
from consistent.intake.formats.hyphens import Mender
from consistent.intake.formats.letters import plain, readable_share
from consistent.intake.formats.xml_safety import refused

__all__ = ["json_of", "read", "read_json"]

# Where programs put the text of a document, most telling first.
_TEXT_KEYS = ("content", "text", "body", "fulltext", "full_text")
_PROPERTY_KEYS = ("reference", "procedure", "celex", "date", "title", "kind", "language")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

# Lines that were broken to a width are about as long as each other. A line of half the width ends a paragraph.
_NARROWEST, _WIDEST = 40, 140
_FULL, _SHORT = 0.6, 0.5
_MOST = 2 / 3
_EMPTY_LINE = re.compile(r"\n[ \t\xa0]*\n|\f")

# A line that begins a part, whatever the line before it.
_LINE = re.compile(
    r"(?:Article|Artikel)\s\d{1,3}[a-z]?(?:\s(?:bis|ter))?$"
    r"|(?:TITEL|HOOFDSTUK|AFDELING|DEEL|TITLE|CHAPTER|SECTION|PART|ANNEX|BIJLAGE)\b"
    r"|(?:Having regard to|Whereas:|Gezien\s|Overwegende|Gedaan te|Done at)"
)
# A mark that begins a part after the end of a sentence or of a clause: in a sentence it may be a reference.
_MARK = re.compile(
    r"(?:[(\[]?(?:\d{1,3}[a-z]?|[a-z]{1,2}|[ivx]{1,5})[)\]]|\d{1,2}(?:\.\d{1,2}){0,3}\.?|[\u2010-\u2015\u2022*-])\s+\S"
)
_CLAUSE_END = re.compile(r"(?:[.:;!?,]|\b(?:and|or|en|of))[\"'\u2019\u201d)\]]*$")
_SENTENCE_END = re.compile(r"[.:;!?][\"'\u2019\u201d)\]]*$")


def read(content: bytes, name: str) -> Content:
    """The paragraphs of a text.

    Args:
        content: the file, in UTF-8, in UTF-16 with its mark, or else in Windows' encoding.
        name: how messages call it.

    Raises:
        InputError: it is no text, or empty.
    """
    text = _decoded(content)
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


def json_of(content: bytes) -> Any:
    """What a JSON file holds; None where it is none."""
    try:
        return json.loads(_decoded(content))
    except (ValueError, RecursionError):
        return None


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


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
    groups = [[line for line in group.split("\n") if line.strip()] for group in _EMPTY_LINE.split(lines)]
    width = _width(groups)
    # A line is looked at from each of its characters on: only those that were broken to a width are.
    mender = Mender(line for group in groups for line in group if width and len(line) <= _WIDEST)
    for group in groups:
        for paragraph in _paragraphs(group, width):
            whole = plain(_joined(paragraph, mender))
            if whole:
                yield from flat.cut_if_long(Block(text=whole))


def _joined(lines: Sequence[str], mender: Mender) -> str:
    """Lines as one, two at a time, so that it takes no longer the more there are."""
    pieces: list[str] = []
    last = lines[0].strip()
    for line in lines[1:]:
        following = line.strip()
        if max(len(last), len(following)) > _WIDEST:
            pieces += (last, " ")
        else:
            pieces.append(mender.join([last, following]).removesuffix(following))
        last = following
    return "".join([*pieces, last])


def _newlines(text: str) -> str:
    return (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x85", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
    )


def _width(groups: Sequence[Sequence[str]]) -> int:
    """The width to which lines were broken; 0 where each line is a paragraph.

    They were broken where lines that run on are nearly all about as long as the longest.
    """
    lengths = sorted(
        len(line.rstrip())
        for group in groups
        for line, following in pairwise(group)
        if not _begins(following.strip(), line.strip())
    )
    width = lengths[int(len(lengths) * 0.95)] if lengths else 0
    full = sum(each >= _FULL * width for each in lengths)
    return width if _NARROWEST <= width <= _WIDEST and full >= _MOST * len(lengths) else 0


def _paragraphs(lines: Sequence[str], width: int) -> Iterator[list[str]]:
    """Lines between two empty ones, parted where a line is not full or a mark begins a new paragraph."""
    paragraph: list[str] = []
    for line in lines:
        before = paragraph[-1] if paragraph else ""
        if paragraph and (len(before.strip()) < _SHORT * width or not width or _begins(line.strip(), before.strip())):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _begins(line: str, before: str) -> bool:
    """Whether a line begins a paragraph, the line before it being known."""
    if _LINE.match(line) or (_LINE.match(before) and before[-1].isdigit()):
        return True
    found = _MARK.match(line)
    if found is None:
        return False
    # A number and a stop after a word is a numbered paragraph only after a sentence: '... in Article\n5. The ...'.
    return (_SENTENCE_END if line[0].isdigit() else _CLAUSE_END).search(before) is not None
