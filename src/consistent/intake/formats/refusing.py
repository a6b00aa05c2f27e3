"""The one error of every format: why a document cannot be read."""

from consistent.errors import Fault, InputError, Location

__all__ = ["refused"]


def refused(message: str, name: str, help: str = "", line: int | None = None) -> InputError:
    """The error that says why a document cannot be read."""
    return InputError([Fault(message, Location(name, line), help)])
