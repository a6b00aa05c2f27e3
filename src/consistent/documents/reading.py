"""From a file to a document: which format it is, by what is in it; its name can be anything.

Others add formats by the entry-point group `consistent.formats`: each entry is a `Format`, and is asked before those that
ship.
"""

import io
import re
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from consistent.documents.formats.text import json_of, refused
from consistent.errors import InputError
from consistent.limits import FILE, VALUES, holds_too_many
from consistent.toml.files import read_file
from consistent.toml.plugins import added

if TYPE_CHECKING:
    from consistent.documents.document import Content, Document

__all__ = ["Format", "format_of", "is_blank", "is_document", "read_content", "read_document"]

_READ = "documents are read in DOCX, PDF, HTML, Akoma Ntoso, Formex, JSON and plain text"
# The root of an XML document, after its declaration, its document type, comments and instructions.
_ROOT = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)", re.DOTALL
)
_HTML = frozenset(
    {
        *(
            "a",
            "article",
            "b",
            "blockquote",
            "body",
            "br",
            "center",
            "div",
            "dl",
            "em",
            "font",
            "h1",
            "h2",
            "h3",
            "h4",
            "head",
        ),
        *(
            "header",
            "hr",
            "html",
            "i",
            "li",
            "link",
            "main",
            "meta",
            "nav",
            "ol",
            "p",
            "pre",
            "script",
            "section",
            "span",
        ),
        *("strong", "style", "table", "title", "txt_te", "ul"),
    }
)
# Formex 4: the roots that have the text of a document in them, and of those that only list or describe documents.
_FORMEX = frozenset(
    {
        *(
            "ACT",
            "AGR",
            "ANNEX",
            "CASE",
            "CONS.ACT",
            "CONS.ANNEX",
            "CONS.DOC",
            "CONS.LIST",
            "CORR",
            "DECISION.ECB",
            "GENERAL",
        ),
        *("JUDGMENT", "LETTER", "OPINION", "ORDER", "OTH.ACT", "PROPOSAL", "PROT", "REPORT", "SUMMARY"),
        *("DOC", "PUBLICATION", "SE"),
    }
)
# The first bytes of what is known and not read: what it is, and what to do.
_REFUSED = (
    (b"{\\rtf", "file is RTF", "save it as DOCX"),
    (b"\x1f\x8b", "file is compressed", "unpack it"),
    (b"7z\xbc\xaf", "file is compressed", "unpack it"),
    (b"Rar!", "file is compressed", "unpack it"),
    (b"\x89PNG", "file is a picture", "recognise its text first"),
    (b"\xff\xd8\xff", "file is a picture", "recognise its text first"),
    (b"II*\0", "file is a picture", "recognise its text first"),
    (b"MM\0*", "file is a picture", "recognise its text first"),
    (b"GIF8", "file is a picture", "recognise its text first"),
)


@frozen(kw_only=True)
class Format:
    """A format of documents, as an entry point of the group `consistent.formats` gives it.

    Attributes:
        name: of the format, for messages and for `Content.format`.
        recognises: whether a file is in this format, by its content; cheap, and never fails.
        read: the content of a file, by its bytes and the name that messages call it; raises `InputError` where it cannot.
    """

    name: str
    recognises: Callable[[bytes], bool]
    read: "Callable[[bytes, str], Content]"


def read_content(source: Path | bytes, name: str = "") -> "Content":
    """The blocks of a document, in whatever format it is.

    Args:
        source: the file, or what is in it.
        name: how messages call it; the path, where none is given.

    Raises:
        InputError: it cannot be read, is in no format that is known, or has no text.
        UsageError: an added format is not one.
    """
    name = name or (str(source) if isinstance(source, Path) else "<bytes>")
    content = read_file(source, name) if isinstance(source, Path) else source
    if len(content) > FILE.most:
        raise FILE.passed(name)
    if is_blank(content):
        raise refused("file is empty", name)
    from consistent.documents.formats.confined import bounded, read_shipped  # noqa: PLC0415  most of what is given is no document

    for added_format in added_formats():
        if added_format.recognises(content):
            return bounded(added_format.read(content, name), name)
    return read_shipped(format_of(content, name), content, name)


def is_blank(content: bytes) -> bool:
    """Whether there is nothing in a file but blanks, and the marks of its encoding."""
    return not content.strip(b"\0 \t\r\n\f\v\xef\xbb\xbf\xff\xfe")


def format_of(content: bytes, name: str) -> str:
    """The name of the format that a file is in: `xhtml`, `akn`, `formex`, `docx`, `pdf`, `json` or `text`.

    Raises:
        InputError: it is in one that is known and not read, such as RTF, or is JSON that passes a limit.
    """
    for start, message, help in _REFUSED:
        if content.startswith(start):
            raise refused(message, name, help)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    # The file of Word before 2007, or an encrypted one: DOCX tells which.
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "docx"
    if content.startswith(b"PK\x03\x04"):
        return _in_zip(content, name)
    head = _head(content)
    if head.startswith("<"):
        return _markup(head, name)
    if head[:1] in {"{", "["}:
        if holds_too_many(content):
            raise VALUES.passed(name)
        if json_of(content) is not None:
            return "json"
        if _is_in_json_lines(content):
            raise refused("file holds many documents: JSON, one a line", name, "give each line as a file of its own")
    return "text"


@cache
def added_formats() -> tuple[Format, ...]:
    """The formats of installed packages, in order of name.

    Raises:
        UsageError: an entry of the group is not a `Format`, or cannot be loaded.
    """
    return tuple(added("consistent.formats", Format, "format").values())


def _head(content: bytes) -> str:
    """The beginning of a file as text, for telling what it is."""
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(
        content[:2]
    )
    return content[:100_000].decode(encoding or "utf-8", "ignore").lstrip("\ufeff \t\r\n")


def _is_in_json_lines(content: bytes) -> bool:
    """Whether each line is a JSON object of its own; the first two tell."""
    lines = (line for line in io.BytesIO(content) if line.strip())
    first = list(islice(lines, 2))
    return len(first) > 1 and all(isinstance(json_of(line), dict) for line in first)


def _markup(head: str, name: str) -> str:
    """The format of what begins with `<`."""
    if re.match(r"<!doctype\s+html", head, re.IGNORECASE):
        return "xhtml"
    match = _ROOT.match(head)
    root = match[1] if match else ""
    if root.lower() in _HTML:
        return "xhtml"
    if root == "akomaNtoso":
        return "akn"
    if root in _FORMEX:
        return "formex"
    if root == "NOTICE":
        raise refused("file is a notice of CELLAR: what is known of a document, not its text", name, _READ)
    if not match and not head.startswith(("<?xml", "<!")):
        return "text"
    if head.startswith("<?xml") or _is_prefixed(head):
        raise refused(f"XML is of an unknown kind: its root is `{root}`" if root else "XML has no root", name, _READ)
    return "xhtml"


def _is_prefixed(head: str) -> bool:
    return re.match(r"<[\w.-]+:[\w.-]+[^>]*\sxmlns", head) is not None


def _in_zip(content: bytes, name: str) -> str:
    """The format of an archive, by what is in it."""
    import zipfile  # noqa: PLC0415  most of what is given is no archive

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise refused("archive is damaged", name, "save the document again") from None
    if any(entry.startswith("word/") for entry in names):
        return "docx"
    kinds: Sequence[tuple[str, str]] = (
        ("xl/", "a spreadsheet"),
        ("ppt/", "a presentation"),
        ("content.xml", "an OpenDocument file"),
    )
    for start, kind in kinds:
        if any(entry.startswith(start) for entry in names):
            raise refused(f"file is {kind}", name, "save it as DOCX or PDF")
    raise refused("file is an archive", name, "unpack it, and give the document in it")


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
    from consistent.documents.structure.structure import document_of  # noqa: PLC0415  most of what is given is no document

    path = Path(source) if isinstance(source, str) else source
    name = name or (str(path) if isinstance(path, Path) else "<bytes>")
    content = read_file(path, name) if isinstance(path, Path) else path
    return evolve(document_of(read_content(content, name), name), digest=sha256(content).hexdigest())


def is_document(content: bytes) -> bool:
    """Whether a file is a document, rather than a proposal in TOML; told by what is in it.

    What holds no letters, or nothing at all, is left to the reader of TOML.
    """
    if is_blank(content):
        return False
    try:
        if (
            any(added_format.recognises(content) for added_format in added_formats())
            or format_of(content, "") != "text"
        ):
            return True
    except InputError:
        # A format that is known and not read; whoever reads it as a document is told so.
        return True
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(content[:2], "utf-8")
    text = content[:_HEAD].decode(encoding, "ignore").lstrip("\ufeff")
    lines = [line for raw_line in text.splitlines() if (line := raw_line.strip()) and not line.startswith("#")]
    if not any(letter.isalpha() for line in lines for letter in line):
        return False
    first, rest = lines[0], lines[1:_SOON]
    if _KEY.match(first):
        return False
    return not (_TABLE.match(first) and (not rest or any(_KEY.match(line_after) for line_after in rest)))
