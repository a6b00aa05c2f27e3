"""One safe way to parse XML and HTML, for every format that is markup.

Nothing outside the file is ever read, no entity is expanded, and what would fill the memory is refused: a document of
law needs none of it.
"""

import re
from html.entities import html5
from typing import Any

from lxml import etree

from consistent.errors import InputError
from consistent.intake.formats.refusing import refused

__all__ = ["MAX_MARKUP", "check_size", "parse_html", "parse_xml"]

# The largest act of the Union, the Combined Nomenclature, is half of this.
MAX_MARKUP = 25_000_000
# Where entities are declared: before the first element. HTML has none of its own, and its parser takes them without a word.
_DECLARES = re.compile(rb"(?:[^<]|<(?![A-Za-z]))*?<!ENTITY\s", re.IGNORECASE)
# An element takes some 200 bytes. A long proposal has 30,000 tags.
_MOST_TAGS = 1_000_000

# The five that XML itself knows are left to its parser.
_NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_DECLARED = re.compile(r"""^<\?xml[^>]{0,200}?encoding=["']([\w.-]+)""")
_META = re.compile(r"""<meta[^>]{0,200}?charset=["']?([\w.-]+)""", re.IGNORECASE)
# A tag and its attributes, split as a browser splits them, in one pass and without going back.
_ATTRIBUTE = rb"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_TAG = re.compile(rb"<[A-Za-z][^\s/>]*+(?:" + _ATTRIBUTE + rb")*+")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
# libxml2 compares each attribute of an HTML tag with all before it.
_MOST_ATTRIBUTES = 500
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def parse_xml(content: bytes, name: str) -> etree._Element:
    """The root of an XML document.

    Named characters of HTML (`&nbsp;`) are known without their DTD.

    Args:
        content: the file.
        name: how messages call it.

    Raises:
        InputError: it is not well formed, declares entities, uses one that is unknown, is too large or too deep.
    """
    check_size(content, name)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_blank_text=False
    )
    try:
        root = etree.fromstring(_NAMED.sub(_character, content), parser)
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(error, name) from None
    except (LookupError, ValueError) as error:
        raise refused(f"XML cannot be read: {str(error).lower()}", name) from None
    declared: Any = root.getroottree().docinfo.internalDTD  # lxml-stubs leave out what it can do
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise _declares_entities("XML", name)
    for unknown in root.iter(etree.Entity):
        raise refused(f"XML uses an unknown entity `{unknown.text}`", name, "write out what it stands for")
    return root


def parse_html(content: bytes, name: str) -> etree._Element:
    """The root of an HTML document, however badly it is written.

    Raises:
        InputError: there is nothing in it, it declares entities, or it is too large or too deep.
    """
    check_size(content, name)
    encoded = _decoded(content).encode("utf-8", "replace")
    if _DECLARES.match(encoded):
        raise _declares_entities("HTML", name)
    for tag in _TAG.finditer(encoded):
        if tag.end() - tag.start() > _MOST_ATTRIBUTES and len(_ATTRIBUTES.findall(tag[0])) > _MOST_ATTRIBUTES:
            raise refused("HTML has a tag with hundreds of attributes", name)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(encoded, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    # INVARIANT: libxml2 drops what lies deeper than it goes, and says so only here.
    if any("Excessive depth" in each.message for each in parser.error_log):
        raise _too_deep(name)
    if root is None:
        raise refused("HTML holds nothing that can be read", name)
    return root


def check_size(content: bytes, name: str) -> None:
    """Refuse markup whose tree would take too much memory.

    Raises:
        InputError: it does.
    """
    if len(content) > MAX_MARKUP:
        raise refused(
            f"document is too large: {len(content):,} bytes, at most {MAX_MARKUP:,} of markup are read",
            name,
            "split it, or give it as plain text",
        )
    if content.count(b"<") > _MOST_TAGS:
        raise refused(f"document has more than {_MOST_TAGS:,} tags", name, "split it, or give it as plain text")


def _character(match: re.Match[bytes]) -> bytes:
    """A named character as a numbered one, which needs no declaration and no encoding."""
    known = html5.get(match[1].decode("ascii") + ";")
    return "".join(f"&#{ord(each)};" for each in known).encode("ascii") if known else match[0]


def _not_well_formed(error: etree.XMLSyntaxError, name: str) -> InputError:
    said = (error.msg or "no element in it").removesuffix("\n")
    if "Excessive depth" in said:
        return _too_deep(name)
    if "amplification" in said or "entity loop" in said.lower():
        return refused("XML declares entities that grow without end", name)
    said = re.sub(r", line \d+, column \d+$", "", said)
    return refused(f"XML is not well formed: {said[:1].lower()}{said[1:]}", name, line=error.lineno or None)


def _declares_entities(markup: str, name: str) -> InputError:
    return refused(
        f"{markup} declares entities", name, "they can hide text or fill the memory; write out what they stand for"
    )


def _too_deep(name: str) -> InputError:
    return refused("document is nested too deeply", name, "no document of law nests more than 255 elements")


def _decoded(content: bytes) -> str:
    """The text of an HTML file: as its first bytes, its declaration or its `meta` say; UTF-8, or Windows' if it is not."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    head = content[:2048].decode("latin-1")
    said = _DECLARED.search(head) or _META.search(head)
    try:
        return content.decode(said[1] if said else "utf-8")
    except (LookupError, ValueError):
        return content.decode("cp1252", "replace")
