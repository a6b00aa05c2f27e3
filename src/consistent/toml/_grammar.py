"""TOML by the grammar that editors use (tree-sitter), which gives a tree of what is no TOML too."""

from functools import lru_cache

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

__all__ = ["parsed"]


@lru_cache(maxsize=1)
def _language() -> Language:
    return Language(tree_sitter_toml.language())


def parsed(content: bytes) -> Node:
    """The syntax tree of a TOML text."""
    return Parser(_language()).parse(content).root_node
