"""Trees as text, as libxml2 writes them."""

from typing import Any

from consistent.web.browser.stands.lxml.nodes import Comment, ElementBase, Entity, Tree

__all__ = ["tostring"]

_XML = "http://www.w3.org/XML/1998/namespace"
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


def tostring(
    node: ElementBase | Tree,
    *,
    encoding: Any = None,
    xml_declaration: bool | None = None,
    standalone: bool | None = None,
    with_tail: bool = True,
    pretty_print: bool = False,  # noqa: ARG001  as lxml has it; nothing here depends on how it looks
) -> Any:
    """An element as XML: as text where the encoding is `unicode`, else as bytes."""
    node = node.getroot() if isinstance(node, Tree) else node
    pieces: list[str] = []
    is_text = encoding in {"unicode", str}
    called = "ASCII" if encoding is None else str(encoding)
    if not is_text and (xml_declaration or standalone is not None or called.upper() not in {"ASCII", "UTF-8"}):
        alone = "" if standalone is None else f" standalone='{'yes' if standalone else 'no'}'"
        pieces.append(f"<?xml version='1.0' encoding='{called}'{alone}?>\n")
    _write(node, pieces, with_tail=with_tail)
    text = "".join(pieces)
    return text if is_text else text.encode(called, "xmlcharrefreplace")


def _write(top: ElementBase, pieces: list[str], *, with_tail: bool) -> None:
    # Either a node that begins, with the prefixes around it, or what stands after it.
    pending: list[tuple[ElementBase, dict[str | None, str]] | str] = [(top, {})]
    declared = {**top.nsmap}
    while pending:
        entry = pending.pop()
        if isinstance(entry, str):
            pieces.append(entry)
            continue
        node, around = entry
        tail = (node._tail or "").translate(_TEXT) if with_tail or node is not top else ""
        if not isinstance(node._tag, str):
            said = node._text or ""
            form = "<!--{}-->" if node._tag is Comment else "{}" if node._tag is Entity else "<?{}?>"
            pieces.append(form.format(said) + tail)
            continue
        own = {
            prefix: uri
            for prefix, uri in (declared if node is top else node._declared).items()
            if around.get(prefix) != uri
        }
        known = {**around, **own}
        name = _named(node._tag, known, own, is_attribute=False)
        values = [
            f' {_named(key, known, own, is_attribute=True)}="{value.translate(_VALUE)}"'
            for key, value in node._attributes.items()
        ]
        spaces = [f' xmlns{f":{prefix}" if prefix else ""}="{uri.translate(_VALUE)}"' for prefix, uri in own.items()]
        head = f"<{name}{''.join(spaces)}{''.join(values)}"
        if node._text is None and not node._below:
            pieces.append(f"{head}/>{tail}")
            continue
        pieces.append(f"{head}>{(node._text or '').translate(_TEXT)}")
        pending.append(f"</{name}>{tail}")
        pending += ((child, known) for child in reversed(node._below))


def _named(tag: str, known: dict[str | None, str], own: dict[str | None, str], *, is_attribute: bool) -> str:
    """A name with its prefix, which is declared where there is none for it."""
    if not tag.startswith("{"):
        return tag
    space, _, name = tag[1:].partition("}")
    if space == _XML:
        return f"xml:{name}"
    for prefix, uri in known.items():
        if uri == space and (prefix or not is_attribute):
            return f"{prefix}:{name}" if prefix else name
    prefix = next(f"ns{number}" for number in range(len(known) + 1) if f"ns{number}" not in known)
    known[prefix] = own[prefix] = space
    return f"{prefix}:{name}"
