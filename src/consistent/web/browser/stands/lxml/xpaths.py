"""XPath 1.0 over nodes."""

from collections.abc import Mapping
from typing import Any

import elementpath

__all__ = ["selected"]


def selected(node: Any, path: str, namespaces: Mapping[str, str]) -> Any:
    """What an expression finds, from a node on; nodes of the whole tree can be reached."""
    root = node.getroottree().getroot()
    return elementpath.select(root, path, dict(namespaces), elementpath.XPath1Parser, item=node)
