"""For those who write rules: strategies, properties and the tests of a pack.

The strategies are those of `consistent.testing.strategies`; they are imported, and hypothesis with them, when one is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from consistent.testing.strategies import (
        defeated_under,
        example,
        excepted_under,
        flagged_by,
        measures,
        nearly_flagged_by,
        open_under,
        packs,
        proposals,
        rules,
        toml,
        values,
    )

__all__ = [
    "defeated_under",
    "example",
    "excepted_under",
    "flagged_by",
    "measures",
    "nearly_flagged_by",
    "open_under",
    "packs",
    "proposals",
    "rules",
    "toml",
    "values",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("consistent.testing.strategies"), name)
    raise AttributeError(f"module `{__name__}` has no attribute `{name}`")
