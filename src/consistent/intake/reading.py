"""One call from a file to a document with a structure."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from consistent.errors import InputError
from consistent.intake.formats.sniffing import added_formats, format_of, is_blank, read_content

if TYPE_CHECKING:
    from consistent.intake.document import Document

__all__ = ["is_document", "read_document"]

# What begins a TOML file, after blank lines and comments: a key, or the name of a table with keys below it.
_KEY = re.compile(r"[\w.\"' -]+=")
_TABLE = re.compile(r"\[.*")
_SOON = 50
_HEAD = 100_000


def read_document(source: Path | str | bytes, name: str = "") -> "Document":
    """A document with its structure, in whatever format and language it is.

    Args:
        source: the file, or what is in it, as bytes.
        name: how messages call it; the path, where none is given.

    Raises:
        InputError: it cannot be read, is in no format that is known, or has no text.
        UsageError: an added format or language is not one.
    """
    from consistent.intake.structure import document_of  # noqa: PLC0415  most of what is given is no document

    path = Path(source) if isinstance(source, str) else source
    name = name or (str(path) if isinstance(path, Path) else "<bytes>")
    return document_of(read_content(path, name), name)


def is_document(content: bytes) -> bool:
    """Whether a file is a document, rather than a proposal in TOML; told by what is in it.

    What holds no letters, or nothing at all, is left to the reader of TOML.
    """
    if is_blank(content):
        return False
    try:
        if any(each.recognises(content) for each in added_formats()) or format_of(content, "") != "text":
            return True
    except InputError:
        # A format that is known and not read; whoever reads it as a document is told so.
        return True
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(content[:2], "utf-8")
    text = content[:_HEAD].decode(encoding, "ignore").lstrip("\ufeff")
    lines = [line for each in text.splitlines() if (line := each.strip()) and not line.startswith("#")]
    if not any(each.isalpha() for line in lines for each in line):
        return False
    first, rest = lines[0], lines[1:_SOON]
    if _KEY.match(first):
        return False
    return not (_TABLE.match(first) and (not rest or any(_KEY.match(each) for each in rest)))
