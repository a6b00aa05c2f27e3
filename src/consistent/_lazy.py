"""Modules that offer names of others, each imported when it is first asked for.

pytest imports this package at its start wherever it is installed, for the plugin, and what it offers is large.
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

__all__ = ["lazily"]


def lazily(module: str, homes: "Mapping[str, Iterable[str]]") -> "tuple[Callable[[str], Any], Callable[[], list[str]]]":
    """The functions `__getattr__` and `__dir__` of a module that offers names of other modules (PEP 562).

    Args:
        module: its name.
        homes: the names, by the module below `consistent` in which each is defined.
    """
    home_of = {name: home for home, names in homes.items() for name in names}

    def get(name: str) -> "Any":
        if name not in home_of:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        from importlib import import_module  # noqa: PLC0415  this module is imported before interrupts are heard

        from consistent.generated import keep_generated  # noqa: PLC0415  as above

        keep_generated()
        value = getattr(import_module(f"{__package__}.{home_of[name]}"), name)
        # The next time it is an attribute like any other.
        setattr(sys.modules[module], name, value)
        return value

    def names() -> list[str]:
        # What the module needs for itself, and the rooms below it, are not what it offers.
        own = (name for name in vars(sys.modules[module]) if name.startswith("__"))
        return sorted({*own, *home_of})

    return get, names
