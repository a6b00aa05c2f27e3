"""Names of new packs and rules."""

import re

from consistent.errors import UsageError

__all__ = ["checked_name", "checked_path"]

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_HELP = "write small letters, digits and hyphens: `my-position`"


def checked_name(name: str) -> str:
    """A name, if a pack can have it.

    Raises:
        UsageError: it cannot.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"`{name}` is no name for a pack", _HELP)
    return name


def checked_path(name: str) -> tuple[str, ...]:
    """The parts of the id of a rule.

    Raises:
        UsageError: no rule can have it.
    """
    parts = tuple(name.split("/"))
    if not all(map(_NAME.fullmatch, parts)):
        raise UsageError(f"`{name}` is no id for a rule", "write names with `/` between: `subject/name-of-the-defect`")
    return parts
