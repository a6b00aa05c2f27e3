"""How Python begins in the browser: with what stands in for compiled libraries, before anything asks for these."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from consistent.web.browser.stands import stand_in, tree_sitter

__all__ = ["read_with", "started"]


def started(root: str) -> Any:
    """A workbench over a folder that is empty, all packs of which are loaded (`running.warmed`)."""
    stand_in()
    return import_module("consistent.web.browser.running").warmed(root)


def read_with(read: Callable[[str], Any] | None) -> None:
    """Set what reads TOML.

    Args:
        read: of JavaScript (`page/grammar.mjs`); None for nothing.
    """
    if read is None:
        tree_sitter.read_with(None)
        return

    def told(text: str) -> tuple[list[str], list[int]]:
        types, numbers = read(text)
        return list(types.to_py()), list(numbers.to_py())

    tree_sitter.read_with(told)
