"""Lines that are made for a terminal as lists in lists, in both languages."""

import re
from collections.abc import Callable, Iterable

from consistent.model.text import Language
from consistent.reports.html.view import Node, Outlines
from consistent.reports.lines import Line

__all__ = ["outlines"]

# An address that ends a line of a source; sources make no other.
_ADDRESS = re.compile(r" · (https://[^\s<>\"]+)$")


def outlines(lines: Callable[[Language], Iterable[Line]]) -> Outlines:
    """The lines of each language as lists in lists.

    Args:
        lines: gives those of a language. A line stands below the last one before it that is indented less.
    """
    return Outlines(en=_nodes(lines("en")), nl=_nodes(lines("nl")))


def _nodes(lines: Iterable[Line]) -> tuple[Node, ...]:
    told = [(indent, text.plain, "bold" in str(text.style)) for indent, text in lines if text.plain.strip()]
    return _below(told, 0, len(told))


def _below(told: list[tuple[int, str, bool]], start: int, end: int) -> tuple[Node, ...]:
    nodes = []
    while start < end:
        indent, text, strong = told[start]
        stop = start + 1
        while stop < end and told[stop][0] > indent:
            stop += 1
        address = _ADDRESS.search(text)
        nodes.append(
            Node(
                text=text[: address.start()] if address else text.strip(),
                url=address[1] if address else "",
                strong=strong,
                nodes=_below(told, start + 1, stop),
            )
        )
        start = stop
    return tuple(nodes)
