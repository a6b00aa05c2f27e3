"""The parts of a DOCX: a ZIP file of XML, opened with every guard.

python-docx is not used to read: it leaves out numbers of lists, footnotes, text boxes, content controls and tracked insertions.
"""

import lzma
import posixpath
import struct
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from consistent.documents.formats._markup import parse_xml
from consistent.documents.formats.text import refused
from consistent.errors import InputError

__all__ = ["Package", "W", "attribute", "flag", "opened", "whole"]

# The namespace of WordprocessingML, as lxml writes it before a name.
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The "strict" variety of the standard differs in the names of its namespaces alone.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_MOST_ENTRIES = 10_000
# What all parts that are read may hold once unpacked, in bytes; the longest proposals hold 10 million.
_MOST_BYTES = 60_000_000
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,  # a way of packing that Python does not know
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)


class Package:
    """A DOCX whose parts can be read.

    Attributes:
        name: how messages call it.
        document: the name of the main part.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.name = name
        self._archive = archive
        self._names = frozenset(archive.namelist())
        self._left = _MOST_BYTES
        self._roots: dict[str, etree._Element] = {}
        self.document = next(iter(self.related("", "officeDocument")), "")
        if not self.document or self.document not in self._names:
            raise refused("file is no DOCX: there is no document in it", name, "save it as DOCX from Word")
        self._relations = {kind: self.related(self.document, kind) for kind in _KINDS}

    def root(self, part: str) -> etree._Element:
        """The root of a part, parsed once.

        Raises:
            InputError: the part is missing, too large or no XML.
        """
        if part not in self._roots:
            self._roots[part] = parse_xml(self._read(part), f"{self.name} ({part})")
        return self._roots[part]

    def parts(self, kind: str) -> list[etree._Element]:
        """The roots of the parts of a kind (`styles`, `footnotes`) that the document refers to, in order."""
        return [self.root(part) for part in self._relations[kind]]

    def related(self, part: str, kind: str) -> list[str]:
        """The names of the parts of a kind to which a part, or the package, refers."""
        folder, file = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self._names:
            return []
        paths = []
        for relation in self.root(relations).iter(_RELATIONS):
            if relation.get("TargetMode") == "External" or not (relation.get("Type") or "").endswith(f"/{kind}"):
                continue
            target = relation.get("Target") or ""
            path = posixpath.normpath(posixpath.join(folder, target))
            paths.append(target.lstrip("/") if target.startswith("/") else path)
        return sorted(set(paths), key=lambda path: (len(path), path))

    def _read(self, part: str) -> bytes:
        if part not in self._names:
            raise refused(f"DOCX is damaged: its part `{part}` is missing", self.name, "save it again from Word")
        try:
            with self._archive.open(part) as file:
                # Not what the file says of its own size, which may be a lie.
                content = file.read(self._left + 1)
        except _DAMAGE as error:
            raise _damaged(error, self.name) from None
        if len(content) > self._left:
            raise refused(
                f"DOCX is too large: it unpacks to more than {_MOST_BYTES:,} bytes of text",
                self.name,
                "split it; a proposal is one file",
            )
        self._left -= len(content)
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        return content


_KINDS = ("styles", "numbering", "settings", "footnotes", "endnotes", "header", "footer")


def opened(content: bytes, name: str) -> Package:
    """The package that a file holds.

    Raises:
        InputError: it is encrypted, an old `.doc`, has macros, is damaged or no DOCX at all.
    """
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise refused("DOCX is encrypted", name, "save it without a password")
        raise refused("file is an old Word document or another OLE file, no DOCX", name, "save it as DOCX from Word")
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        entries = archive.infolist()
    except _DAMAGE as error:
        raise _damaged(error, name) from None
    if len(entries) > _MOST_ENTRIES:
        raise refused(f"DOCX has {len(entries):,} parts, at most {_MOST_ENTRIES:,} are read", name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise refused("DOCX is encrypted", name, "save it without a password")
    if any(entry.filename.endswith("vbaProject.bin") for entry in entries):
        raise refused("file holds macros", name, "save it as DOCX, without macros")
    return Package(archive, name)


def attribute(element: etree._Element | None, name: str = "val") -> str:
    """A WordprocessingML attribute; empty where there is no element or no attribute."""
    return "" if element is None else element.get(W + name) or ""


def flag(parent: etree._Element | None, name: str) -> bool | None:
    """Whether a property is switched on; None where nothing is said."""
    element = None if parent is None else parent.find(W + name)
    return None if element is None else attribute(element) not in {"0", "false", "off", "none"}


def whole(text: str, otherwise: int = 0) -> int:
    """The whole number that a text spells; another where it spells none that makes sense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise  # noqa: PLR2004 - digits


def _damaged(error: Exception, name: str) -> InputError:
    reason = str(error).lower().rstrip(".") or "it ends too early"
    return refused(f"DOCX is damaged or is none: {reason}", name, "save or download it again")
