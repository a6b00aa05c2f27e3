"""TOML by the grammar that editors use (tree-sitter), which gives a tree of what is no TOML too."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Language, Node


__all__ = ["parsed"]


@lru_cache(maxsize=1)
def _language() -> "Language":
    import tree_sitter_toml  # noqa: PLC0415  where nothing is wrong, and no line is told, it is not needed
    from tree_sitter import Language  # noqa: PLC0415  as above

    return Language(tree_sitter_toml.language())


def parsed(content: bytes) -> "Node":
    """The syntax tree of a TOML text."""
    from tree_sitter import Parser  # noqa: PLC0415  as above

    return Parser(_language()).parse(content).root_node
