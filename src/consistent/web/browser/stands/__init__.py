"""What stands in for compiled libraries that have no build for the browser; each under its name once `stand_in` was called.

Only what this program and the libraries that write Word use of them is there: what is not raises an `AttributeError`.
"""

import sys
from importlib import import_module

__all__ = ["stand_in"]

_STANDS = ("lxml", "lxml.etree", "tree_sitter", "tree_sitter_toml")


def stand_in(*names: str) -> None:
    """Put the stand-ins in the place of libraries, for whatever is imported afterwards.

    Args:
        names: of the modules; all that there are unless given.
    """
    for name in names or _STANDS:
        sys.modules[name] = import_module(f"{__name__}.{name}")
