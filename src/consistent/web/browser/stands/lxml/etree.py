"""`lxml.etree`: XML and HTML read, and made anew."""

from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from consistent.web.browser.stands.lxml.nodes import (
    PI,
    Comment,
    ElementBase,
    Entity,
    ProcessingInstruction,
    Tree,
    iterwalk,
)
from consistent.web.browser.stands.lxml.writing import tostring

__all__ = [
    "PI",
    "Comment",
    "Element",
    "ElementBase",
    "ElementNamespaceClassLookup",
    "Entity",
    "ErrorTypes",
    "HTMLParser",
    "ProcessingInstruction",
    "QName",
    "SubElement",
    "XMLParser",
    "XMLSyntaxError",
    "XPath",
    "fromstring",
    "iterwalk",
    "tostring",
]

_Element = ElementBase
_ElementTree = Tree
# As libxml2 has it: so deep are elements within each other at most.
_DEEPEST = 256
_TOO_DEEP = f"Excessive depth in document: {_DEEPEST} use XML_PARSE_HUGE option"


class ErrorTypes:
    """Kinds of errors; there is none here for memory, which Python tells of itself."""

    ERR_NO_MEMORY = 2


class XMLSyntaxError(SyntaxError):
    """The text is not well formed."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.msg, self.lineno, self.code = message, line, 0


class QName:
    """A name in a namespace."""

    def __init__(self, node: Any, tag: str | None = None) -> None:
        if tag is not None:
            self.text = f"{{{node}}}{tag}"
        else:
            self.text = node.tag if isinstance(node, ElementBase) else node
        self.namespace = self.text[1:].partition("}")[0] if self.text.startswith("{") else None
        self.localname = self.text.rpartition("}")[2]

    def __str__(self) -> str:
        return self.text


class ElementNamespaceClassLookup:
    """Which class the elements of a name have."""

    def __init__(self, _: Any = None) -> None:
        self._classes: dict[str | None, dict[str, type[ElementBase]]] = {}

    def get_namespace(self, uri: str | None) -> dict[str, type[ElementBase]]:
        return self._classes.setdefault(uri, {})

    def class_of(self, tag: str) -> type[ElementBase]:
        """The class of a tag."""
        space, _, name = tag[1:].partition("}") if tag.startswith("{") else (None, "", tag)
        return self._classes.get(space, {}).get(name, ElementBase)


class _Parser:
    def __init__(self, **options: Any) -> None:
        self._options = options
        self._class_of: Callable[[str], type[ElementBase]] = lambda _: ElementBase
        self.error_log: list[Any] = []

    def set_element_class_lookup(self, lookup: ElementNamespaceClassLookup) -> None:
        self._class_of = lookup.class_of

    def makeelement(self, tag: str, attrib: Any = None, nsmap: Any = None, **more: str) -> ElementBase:
        return self._class_of(tag).made(tag, {**(attrib or {}), **more}, dict(nsmap or {}))


class XMLParser(_Parser):
    """Reads XML."""

    def parsed(self, content: bytes | str) -> ElementBase:
        """The root.

        Raises:
            XMLSyntaxError: it is not well formed, or too deep.
        """
        return _Reading(self._class_of, without_blanks=bool(self._options.get("remove_blank_text"))).root(content)


class HTMLParser(_Parser):
    """Reads HTML, however badly it is written."""

    def parsed(self, content: bytes | str) -> ElementBase:
        """The root.

        Raises:
            XMLSyntaxError: there is nothing in it.
        """
        from consistent.web.browser.stands.lxml.pages import html_root  # noqa: PLC0415  its library is large

        encoding = self._options.get("encoding") or "utf-8"
        root, depth = html_root(content.decode(encoding, "replace") if isinstance(content, bytes) else content)
        if depth > _DEEPEST:
            self.error_log.append(_Told(_TOO_DEEP))
        if root is None:
            raise XMLSyntaxError("Document is empty")
        return root


class _Told:
    type = 0

    def __init__(self, message: str) -> None:
        self.message = message


class _Reading:
    """One text that is read by expat, which resolves no entity here and reads nothing else."""

    def __init__(self, class_of: Callable[[str], type[ElementBase]], *, without_blanks: bool) -> None:
        self._class_of, self._without_blanks = class_of, without_blanks
        self._open: list[ElementBase] = []
        self._before: list[ElementBase] = []
        self._top: ElementBase | None = None
        self._last: ElementBase | None = None
        self._pieces: list[str] = []
        self._declared: dict[str | None, str] = {}
        self._entities: list[str] | None = None

    def root(self, content: bytes | str) -> ElementBase:
        reader = expat.ParserCreate(namespace_separator="}")
        reader.buffer_text, reader.ordered_attributes = True, True
        reader.StartElementHandler, reader.EndElementHandler = self._start, self._end
        reader.CharacterDataHandler = self._pieces.append
        reader.CommentHandler = lambda text: self._other(Comment(text))
        reader.ProcessingInstructionHandler = lambda target, text: self._other(ProcessingInstruction(target, text))
        reader.StartNamespaceDeclHandler = self._space
        reader.StartDoctypeDeclHandler = self._doctype
        reader.EntityDeclHandler = self._entity
        reader.SkippedEntityHandler = lambda name, is_parameter: None if is_parameter else self._other(Entity(name))
        # Where this is set, entities are not expanded.
        reader.DefaultHandler = self._rest
        try:
            reader.Parse(content, True)
        except expat.ExpatError as error:
            raise XMLSyntaxError(expat.errors.messages[error.code], error.lineno) from None
        if self._top is None:  # pragma: no cover  expat tells before
            raise XMLSyntaxError("no element found")
        self._top._tree = Tree(self._top, self._entities)
        return self._top

    def _rest(self, said: str) -> None:
        if self._open and said.startswith("&") and said.endswith(";"):
            self._other(Entity(said[1:-1]))

    def _doctype(self, *_: Any) -> None:
        self._entities = []

    def _entity(self, name: str, *_: Any) -> None:
        if self._entities is not None:
            self._entities.append(name)

    def _space(self, prefix: str | None, uri: str | None) -> None:
        self._declared[prefix or None] = uri or ""

    def _start(self, name: str, given: list[str]) -> None:
        self._flush()
        tag = _clark(name)
        attributes = {_clark(given[at]): given[at + 1] for at in range(0, len(given), 2)}
        node = self._class_of(tag).made(tag, attributes, self._declared)
        self._declared = {}
        self._put(node)
        self._open.append(node)
        if len(self._open) > _DEEPEST:
            raise XMLSyntaxError(_TOO_DEEP)
        self._last = None

    def _end(self, _: str) -> None:
        self._flush()
        node = self._last = self._open.pop()
        if self._without_blanks and node._below:
            _drop_blanks(node)

    def _other(self, node: ElementBase) -> None:
        self._flush()
        if self._open:
            self._put(node)
            self._last = node

    def _put(self, node: ElementBase) -> None:
        if self._open:
            above = self._open[-1]
            above._below.append(node)
            node._above = above
        elif self._top is None:
            self._top = node

    def _flush(self) -> None:
        if not self._pieces:
            return
        text = "".join(self._pieces)
        self._pieces.clear()
        if self._last is not None:
            self._last._tail = (self._last._tail or "") + text
        elif self._open:
            self._open[-1]._text = (self._open[-1]._text or "") + text


def _drop_blanks(node: ElementBase) -> None:
    """Blanks between elements go, where there is nothing else between them."""
    said = [node._text, *(child._tail for child in node._below)]
    if all(text is None or not text.strip() for text in said):
        node._text = None
        for child in node._below:
            child._tail = None


def _clark(name: str) -> str:
    return "{" + name if "}" in name else name


def fromstring(content: bytes | str, parser: Any = None) -> ElementBase:
    """The root of a text.

    Raises:
        XMLSyntaxError: it cannot be read.
    """
    read: ElementBase = (parser or XMLParser()).parsed(content)
    return read


XML = fromstring


def Element(tag: str, attrib: Any = None, nsmap: Any = None, **more: str) -> ElementBase:
    """A new element."""
    return ElementBase.made(tag, {**(attrib or {}), **more}, dict(nsmap or {}))


def SubElement(above: ElementBase, tag: str, attrib: Any = None, nsmap: Any = None, **more: str) -> ElementBase:
    """A new element in another one."""
    node = Element(tag, attrib, nsmap, **more)
    above.append(node)
    return node


class XPath:
    """An expression that can be asked of nodes."""

    def __init__(self, path: str, namespaces: Any = None, **_: Any) -> None:
        self._path, self._namespaces = path, namespaces

    def __call__(self, node: ElementBase) -> Any:
        return ElementBase.xpath(node, self._path, self._namespaces)
