"""What installed packages add by entry point."""

from typing import TypeVar

from consistent.errors import UsageError
from consistent.version import extra_of

__all__ = ["added"]

T = TypeVar("T")


def added(group: str, kind: type[T], what: str, name: str | None = None) -> dict[str, T]:
    """Everything that installed packages add to a group, by the name of the entry, in order of name.

    Args:
        group: of entry points.
        kind: what each entry must be.
        what: how messages call one.
        name: of the one entry that is asked for; all unless given. Others are left alone, whatever is wrong with them.

    Raises:
        UsageError: an entry is something else, or cannot be loaded.
        ModuleNotFoundError: it needs what an extra of this package brings.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415  large, and most commands ask for none

    found: dict[str, T] = {}
    for entry in sorted(entry_points(group=group), key=lambda entry: entry.name):
        if name is not None and entry.name != name:
            continue
        try:
            loaded = entry.load()
        except (ImportError, AttributeError) as error:
            if isinstance(error, ModuleNotFoundError) and extra_of(error):
                raise
            raise UsageError(f"{what} `{entry.name}` cannot be loaded: {error}") from None
        if not isinstance(loaded, kind):
            raise UsageError(f"{what} `{entry.name}` is not a `{kind.__name__}`")
        found[entry.name] = loaded
    return found
