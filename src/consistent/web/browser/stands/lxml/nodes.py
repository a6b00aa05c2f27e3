"""Nodes of a tree, as lxml has them: with what is around each, and the prefixes that were declared on it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from xml.etree import ElementPath

__all__ = ["PI", "Comment", "ElementBase", "Entity", "ProcessingInstruction", "Tree", "iterwalk"]

Tag = Any
# It is told of the elements of the standard library, and takes any that are alike.
_PATHS: Any = ElementPath
_XML = "http://www.w3.org/XML/1998/namespace"


class ElementBase:
    """A node: an element, or a comment, an instruction or an unresolved entity, whose tag is the function that makes such.

    Classes of its kind may define what is called as an attribute of lxml is; the tree itself stands in names of its own.
    """

    __slots__ = ("_above", "_attributes", "_below", "_declared", "_tag", "_tail", "_text", "_tree")

    def __init__(self, tag: Tag = "", attrib: Mapping[str, str] | None = None, nsmap: Any = None, **more: str) -> None:
        self._set_up(tag, {**(attrib or {}), **more}, dict(nsmap or {}))

    def _set_up(self, tag: Tag, attributes: dict[str, str], declared: dict[str | None, str]) -> None:
        self._tag, self._attributes, self._declared = tag, attributes, declared
        self._text: str | None = None
        self._tail: str | None = None
        self._above: ElementBase | None = None
        self._below: list[ElementBase] = []
        self._tree: Tree | None = None

    @classmethod
    def made(cls, tag: Tag, attributes: dict[str, str], declared: dict[str | None, str]) -> "ElementBase":
        """One of this class, whatever it does when it is made by others."""
        node = cls.__new__(cls)
        ElementBase._set_up(node, tag, attributes, declared)
        return node

    # What it says.

    @property
    def tag(self) -> Tag:
        return self._tag

    @tag.setter
    def tag(self, tag: Tag) -> None:
        self._tag = tag

    @property
    def text(self) -> str | None:
        return self._text

    @text.setter
    def text(self, text: str | None) -> None:
        self._text = text

    @property
    def tail(self) -> str | None:
        return self._tail

    @tail.setter
    def tail(self, tail: str | None) -> None:
        self._tail = tail

    @property
    def attrib(self) -> dict[str, str]:
        return self._attributes

    @property
    def nsmap(self) -> dict[str | None, str]:
        """The prefixes that can be used in it."""
        known: dict[str | None, str] = {}
        for node in (self, *self.iterancestors()):
            known = {**node._declared, **known}
        return known

    @property
    def prefix(self) -> str | None:
        if not isinstance(self._tag, str) or not self._tag.startswith("{"):
            return None
        space = self._tag[1:].partition("}")[0]
        return next((prefix for prefix, uri in self.nsmap.items() if uri == space), None)

    def get(self, key: str, default: Any = None) -> Any:
        return self._attributes.get(key, default)

    def set(self, key: str, value: str) -> None:
        self._attributes[key] = value

    def keys(self) -> list[str]:
        return list(self._attributes)

    def values(self) -> list[str]:
        return list(self._attributes.values())

    def items(self) -> list[tuple[str, str]]:
        return list(self._attributes.items())

    # What is around it.

    def getparent(self) -> "ElementBase | None":
        return self._above

    def getroottree(self) -> "Tree":
        root = self
        while root._above is not None:
            root = root._above
        if root._tree is None:
            root._tree = Tree(root)
        return root._tree

    def _beside(self, step: int) -> "ElementBase | None":
        if self._above is None:
            return None
        around = self._above._below
        at = around.index(self) + step
        return around[at] if 0 <= at < len(around) else None

    def getnext(self) -> "ElementBase | None":
        return self._beside(1)

    def getprevious(self) -> "ElementBase | None":
        return self._beside(-1)

    def __len__(self) -> int:
        return len(self._below)

    def __bool__(self) -> bool:
        return bool(self._below)

    def __iter__(self) -> "Iterator[ElementBase]":
        return iter(list(self._below))

    def __reversed__(self) -> "Iterator[ElementBase]":
        return reversed(list(self._below))

    def __contains__(self, node: object) -> bool:
        return any(each is node for each in self._below)

    def __getitem__(self, at: Any) -> Any:
        return self._below[at]

    def __setitem__(self, at: int, node: "ElementBase") -> None:
        self.replace(self._below[at], node)

    def __delitem__(self, at: Any) -> None:
        for node in self._below[at] if isinstance(at, slice) else [self._below[at]]:
            node._leave()

    def index(self, node: "ElementBase") -> int:
        return next(at for at, each in enumerate(self._below) if each is node)

    # What is changed: a node takes the text after it along.

    def _leave(self) -> None:
        if self._above is not None:
            del self._above._below[self._above.index(self)]
            self._above = None

    def append(self, node: "ElementBase") -> None:
        self.insert(len(self._below) - (node._above is self), node)

    def insert(self, at: int, node: "ElementBase") -> None:
        node._leave()
        self._below.insert(at, node)
        node._above = self

    def extend(self, nodes: "Iterable[ElementBase]") -> None:
        for node in list(nodes):
            self.append(node)

    def remove(self, node: "ElementBase") -> None:
        if node._above is not self:
            raise ValueError("Element is not a child of this node.")
        node._leave()

    def replace(self, old: "ElementBase", new: "ElementBase") -> None:
        at = self.index(old)
        new._leave()
        old._leave()
        self.insert(at, new)

    def clear(self) -> None:
        for node in list(self._below):
            node._leave()
        self._attributes.clear()
        self._text = self._tail = None

    def addnext(self, node: "ElementBase") -> None:
        if self._above is None:
            raise TypeError("Only processing instructions and comments can be siblings of the root element")
        node._leave()
        self._above.insert(self._above.index(self) + 1, node)

    def addprevious(self, node: "ElementBase") -> None:
        if self._above is None:
            raise TypeError("Only processing instructions and comments can be siblings of the root element")
        node._leave()
        self._above.insert(self._above.index(self), node)

    def makeelement(self, tag: Tag, attrib: Any = None, nsmap: Any = None, **more: str) -> "ElementBase":
        return ElementBase.made(tag, {**(attrib or {}), **more}, dict(nsmap or {}))

    def __deepcopy__(self, memory: Any) -> "ElementBase":
        copy = type(self).made(self._tag, dict(self._attributes), dict(self.nsmap))
        copies = [(self, copy)]
        for node, own in copies:
            own._text, own._tail = node._text, node._tail
            for child in node._below:
                below = type(child).made(child._tag, dict(child._attributes), dict(child._declared))
                own._below.append(below)
                below._above = own
                copies.append((child, below))
        return copy

    __copy__ = lambda self: self.__deepcopy__(None)

    # What is looked for.

    def iter(self, *tags: Tag) -> "Iterator[ElementBase]":
        is_meant = _matcher(tags)
        pending: list[ElementBase] = [self]
        while pending:
            node = pending.pop()
            if is_meant(node._tag):
                yield node
            pending += reversed(node._below)

    def iterdescendants(self, *tags: Tag) -> "Iterator[ElementBase]":
        return (node for node in self.iter(*tags) if node is not self)

    def iterchildren(self, *tags: Tag, reversed: bool = False) -> "Iterator[ElementBase]":
        is_meant = _matcher(tags)
        return (node for node in self._below[:: -1 if reversed else 1] if is_meant(node._tag))

    def iterancestors(self, *tags: Tag) -> "Iterator[ElementBase]":
        is_meant = _matcher(tags)
        node = self._above
        while node is not None:
            if is_meant(node._tag):
                yield node
            node = node._above

    def itersiblings(self, *tags: Tag, preceding: bool = False) -> "Iterator[ElementBase]":
        is_meant = _matcher(tags)
        around = self._above._below if self._above is not None else [self]
        at = next(number for number, each in enumerate(around) if each is self)
        found = around[:at][::-1] if preceding else around[at + 1 :]
        return (node for node in found if is_meant(node._tag))

    def itertext(self, *tags: Tag, with_tail: bool = True) -> Iterator[str]:
        is_meant = _matcher(tags)
        for event, node in iterwalk(self, ("start", "end", "comment", "pi")):
            # What follows a comment is none.
            if isinstance(node._tag, str) and not is_meant(node._tag):
                continue
            said = node._text if event == "start" else node._tail if with_tail and node is not self else None
            if said:
                yield said

    def find(self, path: str, namespaces: Any = None) -> Any:
        return _PATHS.find(self, path, namespaces)

    def findall(self, path: str, namespaces: Any = None) -> Any:
        return _PATHS.findall(self, path, namespaces)

    def iterfind(self, path: str, namespaces: Any = None) -> Any:
        return _PATHS.iterfind(self, path, namespaces)

    def findtext(self, path: str, default: Any = None, namespaces: Any = None) -> Any:
        return _PATHS.findtext(self, path, default, namespaces)

    def xpath(self, path: str, namespaces: Any = None) -> Any:
        from consistent.web.browser.stands.lxml.xpaths import selected  # noqa: PLC0415  it is large, and seldom asked for

        return selected(self, path, namespaces or {})


def Comment(text: str | None = None) -> ElementBase:
    """A comment."""
    return _other(Comment, text)


def ProcessingInstruction(target: str, text: str | None = None) -> ElementBase:
    """An instruction."""
    return _other(ProcessingInstruction, f"{target} {text}" if text else target)


def Entity(name: str) -> ElementBase:
    """An entity that is not known."""
    return _other(Entity, f"&{name};")


PI = ProcessingInstruction


def _other(tag: Callable[..., Any], text: str | None) -> ElementBase:
    node = ElementBase.made(tag, {}, {})
    node._text = text
    return node


class Tree:
    """A document."""

    def __init__(self, root: ElementBase, entities: Iterable[str] | None = None) -> None:
        self._root, self._entities = root, entities

    def getroot(self) -> ElementBase:
        return self._root

    @property
    def docinfo(self) -> "Tree":
        return self

    @property
    def internalDTD(self) -> "Tree | None":
        """What declares entities, where there is such."""
        return None if self._entities is None else self

    def iterentities(self) -> Iterator[str]:
        return iter(self._entities or ())


class iterwalk:
    """The nodes under a root, as each begins and ends; what lies in one that begins can be passed over."""

    def __init__(self, root: ElementBase, events: Iterable[str] = ("end",)) -> None:
        self._events = frozenset(events)
        self._pending: list[tuple[ElementBase, bool]] = [(root, True)]

    def __iter__(self) -> "iterwalk":
        return self

    def __next__(self) -> tuple[str, ElementBase]:
        while self._pending:
            node, begins = self._pending.pop()
            if not isinstance(node._tag, str):
                event = {Comment: "comment", ProcessingInstruction: "pi"}.get(node._tag, "")
            else:
                event = "start" if begins else "end"
                if begins:
                    self._pending.append((node, False))
                    self._pending += ((child, True) for child in reversed(node._below))
            if event in self._events:
                return event, node
        raise StopIteration

    def skip_subtree(self) -> None:
        """Of the element that began last."""
        while self._pending and self._pending[-1][1]:
            self._pending.pop()


def _matcher(tags: tuple[Tag, ...]) -> Callable[[Tag], bool]:
    """Whether a tag is among those that are asked for: `*` any element, `{*}name` in any namespace, `{uri}*` any in one."""
    wanted = tuple(
        each for tag in tags if tag is not None for each in (tag if isinstance(tag, (tuple, list, set)) else (tag,))
    )
    if not wanted:
        return lambda _: True
    exact = frozenset(wanted)
    any_element = "*" in exact
    names = {tag[3:] for tag in wanted if isinstance(tag, str) and tag.startswith("{*}")}
    spaces = {tag[:-1] for tag in wanted if isinstance(tag, str) and tag.startswith("{") and tag.endswith("}*")}

    def is_meant(tag: Tag) -> bool:
        if tag in exact:
            return True
        if not isinstance(tag, str):
            return False
        space, _, name = tag.rpartition("}")
        return any_element or name in names or (bool(spaces) and space + "}" in spaces)

    return is_meant
