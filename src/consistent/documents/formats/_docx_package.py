"""The parts of a DOCX, which is a ZIP file of XML, opened with every guard; its styles and its numbering.

python-docx is not used to read: it leaves out numbers of lists, footnotes, text boxes, content controls and tracked insertions.

Two of its parts are read here: the styles of paragraphs (what a style says a paragraph is) and their numbering (the number that
Word makes itself).
"""

import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO

from attrs import frozen
from lxml import etree

from consistent.documents.document import Role
from consistent.documents.formats._dialects import by_style
from consistent.documents.formats._markup import parse_xml
from consistent.documents.formats.text import refused
from consistent.errors import InputError
from consistent.limits import PARTS, UNPACKED

__all__ = [
    "ListPlace",
    "Meaning",
    "Numbering",
    "Package",
    "Styles",
    "W",
    "attribute",
    "flag",
    "opened",
    "spelt",
    "whole",
]

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
        self._left = UNPACKED.most
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
        """What a part holds.

        Raises:
            InputError: the part is missing or damaged, or all parts together hold more than may be unpacked.
        """
        if part not in self._names:
            raise refused(f"DOCX is damaged: its part `{part}` is missing", self.name, "save it again from Word")
        try:
            with self._archive.open(part) as file:
                # Not what the file says of its own size, which may be a lie.
                content = file.read(self._left + 1)
        except _DAMAGE as error:
            raise _damaged(error, self.name) from None
        if len(content) > self._left:
            raise UNPACKED.passed(self.name)
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
    if len(entries) > PARTS.most:
        raise PARTS.passed(name)
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


# Numbers of paragraphs.

_DEEPEST = 8
_SLOT = re.compile(r"%([1-9])")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")),
    *((9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST_ROMAN, _MOST_LETTERS = 3999, 780


@frozen
class ListPlace:
    """Which list a paragraph is of, and at which level, from 0."""

    list: str
    level: int


@frozen(kw_only=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    legal: bool = False
    restart: bool = True
    style: str = ""


@frozen(kw_only=True)
class _List:
    """A `w:num`: the definition that it follows, with its own starts and levels."""

    definition: str
    starts: dict[int, int]
    levels: dict[int, _Level]


class Numbering:
    """Counts the paragraphs of all lists of a document; to be asked once for each, in order.

    Args:
        roots: of `word/numbering.xml`; one or none.
        styled: the list that a style names, for definitions that are made by a style.
    """

    def __init__(self, roots: Iterable[etree._Element], styled: dict[str, str]) -> None:
        self._definitions: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        links: dict[str, str] = {}
        for root in roots:
            for definition in root.iter(W + "abstractNum"):
                key = attribute(definition, "abstractNumId")
                self._definitions[key] = dict(_levels(definition))
                link = attribute(definition.find(W + "numStyleLink"))
                if link:
                    links[key] = link
            for numbered_list in root.iter(W + "num"):
                self._lists[attribute(numbered_list, "numId")] = _list(numbered_list)
        for key, style in links.items():
            linked = self._lists.get(styled.get(style, ""))
            if linked is not None and linked.definition in self._definitions:
                self._definitions[key] = self._definitions[linked.definition]
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[ListPlace] = set()

    def level_of(self, numbered: str, style: str) -> int:
        """The level of a list that a style is bound to; 0 where it is bound to none."""
        numbered_list = self._lists.get(numbered)
        levels = (
            {**self._definitions.get(numbered_list.definition, {}), **numbered_list.levels} if numbered_list else {}
        )
        return next((at for at, level in levels.items() if level.style == style), 0)

    def next(self, place: ListPlace) -> str:
        """The number of the next paragraph at a place; empty where its list gives none."""
        numbered_list = self._lists.get(place.list)
        if numbered_list is None or numbered_list.definition not in self._definitions:
            return ""
        levels = {**self._definitions[numbered_list.definition], **numbered_list.levels}
        at = min(place.level, _DEEPEST)
        level = levels.get(at, _Level())
        counts = self._counts[numbered_list.definition]
        if at in numbered_list.starts and ListPlace(place.list, at) not in self._begun:
            counts[at] = numbered_list.starts[at] - 1
        self._begun.add(ListPlace(place.list, at))
        counts[at] = counts.get(at, level.start - 1) + 1
        for below in [deeper for deeper in counts if deeper > at and levels.get(deeper, _Level()).restart]:
            del counts[below]
        if level.format == "bullet":
            return level.pattern

        def value(slot: re.Match[str]) -> str:
            which = int(slot[1]) - 1
            its = levels.get(which, _Level())
            if which > at:
                return ""
            return spelt(counts.setdefault(which, its.start), "decimal" if level.legal else its.format)

        return _SLOT.sub(value, level.pattern)


def spelt(number: int, format: str) -> str:
    """A number as a format of Word spells it: `iv`, `D`, `04`; in figures where the format is not known."""
    match format:
        case "none":
            return ""
        case "decimalZero":
            return f"{number:02}"
        case "lowerLetter" | "upperLetter" if 0 < number <= _MOST_LETTERS:
            letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letters if format == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman" if 0 < number <= _MOST_ROMAN:
            numeral = ""
            for value, sign in _ROMAN:
                numeral += sign * (number // value)
                number %= value
            return numeral if format == "lowerRoman" else numeral.upper()
        case _:
            return str(number)


def _levels(parent: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in parent.iterchildren(W + "lvl"):
        yield whole(attribute(level, "ilvl")), _level(level)


def _level(element: etree._Element) -> _Level:
    """A level of a list, from its `w:lvl`."""
    return _Level(
        start=whole(attribute(element.find(W + "start")), 1),
        format=attribute(element.find(W + "numFmt")) or "decimal",
        pattern=attribute(element.find(W + "lvlText")),
        legal=bool(flag(element, "isLgl")),
        restart=attribute(element.find(W + "lvlRestart")) != "0",
        style=attribute(element.find(W + "pStyle")),
    )


def _list(element: etree._Element) -> _List:
    """A list, from its `w:num`."""
    starts: dict[int, int] = {}
    levels: dict[int, _Level] = {}
    for override in element.iterchildren(W + "lvlOverride"):
        at = whole(attribute(override, "ilvl"))
        start, level = override.find(W + "startOverride"), override.find(W + "lvl")
        if start is not None:
            starts[at] = whole(attribute(start), 1)
        if level is not None:
            levels[at] = _level(level)
    return _List(definition=attribute(element.find(W + "abstractNumId")), starts=starts, levels=levels)


# Paragraph styles of a DOCX: what they say a paragraph is, and the list that they number it by.

# How many styles may be built upon each other; Word itself allows eleven.
_LONGEST_CHAIN = 20
_HEADING = re.compile(r"heading(\d)")
# Word's own styles, by their names in lower case without blanks, which are the same in every language of Word.
_BUILT_IN: dict[str, Role] = {
    "title": "title",
    "subtitle": "heading",
    "footnotetext": "note",
    "endnotetext": "note",
    "header": "running",
    "footer": "running",
    "tocheading": "running",
}
_TEXT_LEVEL = 9  # the outline level that stands for text


@frozen(kw_only=True)
class Meaning:
    """What a style says of a paragraph.

    Attributes:
        lines: whether a line break in it begins something new, as after the number of an article.
    """

    role: Role = "text"
    level: int = 0
    lines: bool = False


@frozen(kw_only=True)
class _Style:
    names: tuple[str, ...]
    base: str
    list: str
    level: str
    outline: str


class Styles:
    """The styles of a document.

    Args:
        roots: of `word/styles.xml`; one or none.
    """

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[str, _Style] = {}
        self.default = ""
        for root in roots:
            for style in root.iter(W + "style"):
                key = attribute(style, "styleId")
                properties = style.find(W + "pPr")
                numbered = None if properties is None else properties.find(W + "numPr")
                self._styles[key] = _Style(
                    names=(attribute(style.find(W + "name")), key),
                    base=attribute(style.find(W + "basedOn")),
                    list="" if numbered is None else attribute(numbered.find(W + "numId")),
                    level="" if numbered is None else attribute(numbered.find(W + "ilvl")),
                    outline="" if properties is None else attribute(properties.find(W + "outlineLvl")),
                )
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true", "on"}:
                    self.default = key

    def lists(self) -> dict[str, str]:
        """The list that each style names, for those that name one."""
        return {key: style.list for key, style in self._styles.items() if style.list}

    def list_of(self, key: str) -> tuple[str, str, str]:
        """The list by which a style numbers, the level where one is said, and the style that says so; empty for none."""
        for at, style in self._chain(key):
            if style.list:
                return style.list, style.level, at
        return "", "", ""

    def meaning(self, key: str, *, numbered: bool) -> Meaning:
        """What a style says, itself or by the style that it is built upon.

        Args:
            key: of the style.
            numbered: whether a number stands before the paragraph. Without one, what has the style of a point goes on with it.
        """
        for _, style in self._chain(key):
            for name in style.names:
                meant = _meaning(name, numbered=numbered)
                if meant is not None:
                    return meant
            if style.outline and whole(style.outline, _TEXT_LEVEL) < _TEXT_LEVEL:
                return Meaning(role="heading", level=whole(style.outline) + 1)
        return Meaning()

    def _chain(self, key: str) -> Iterable[tuple[str, _Style]]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(key)
            if style is None:
                return
            yield key, style
            key = style.base


def _meaning(name: str, *, numbered: bool) -> Meaning | None:
    """What the name of a style means by itself."""
    plain = re.sub(r"[^0-9a-z_]", "", name.lower())
    built_in = _BUILT_IN.get(plain)
    if built_in:
        return Meaning(role=built_in)
    heading = _HEADING.fullmatch(plain)
    if heading:
        return Meaning(role="heading", level=int(heading[1]))
    use = by_style(plain, numbered=numbered)
    return Meaning(role=use.role, level=use.level, lines=use.lines) if use and use.how == "part" else None
