"""The grammar of TOML, which what reads (`tree_sitter.read_with`) has."""

__all__ = ["language"]


def language() -> None:
    """Nothing that anybody needs here."""
