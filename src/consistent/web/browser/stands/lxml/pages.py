"""HTML as a browser understands it."""

from typing import Any

from justhtml import JustHTML

from consistent.web.browser.stands.lxml.nodes import Comment, ElementBase

__all__ = ["html_root"]


def html_root(text: str) -> tuple[ElementBase | None, int]:
    """The root of a page, None where there is nothing in it; and how deep it goes."""
    document: Any = JustHTML(text, sanitize=False, collect_errors=False).root
    top = next((node for node in document.children if node.name == "html"), None)
    if top is None:
        return None, 0
    root = _made(top)
    pending, deepest, is_empty = [(top, root, 1)], 1, True
    while pending:
        source, node, depth = pending.pop()
        deepest = max(deepest, depth)
        last: ElementBase | None = None
        for child in source.children or ():
            if child.name == "#text":
                said = child.data or ""
                is_empty = is_empty and not said.strip()
                if last is None:
                    node._text = (node._text or "") + said
                else:
                    last._tail = (last._tail or "") + said
                continue
            if child.name == "#comment":
                last = Comment(child.data or "")
            elif child.name.startswith(("#", "!")):
                continue
            else:
                last = _made(child)
                pending.append((child, last, depth + 1))
                is_empty = is_empty and child.name in {"head", "body"}
            node.append(last)
    return (None if is_empty else root), deepest


def _made(node: Any) -> ElementBase:
    return ElementBase.made(node.name, {key: value or "" for key, value in (node.attrs or {}).items()}, {})
