"""What every sink does with the file or folder that it writes: locks it, and tells what the system refuses as a fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from consistent.errors import Fault, InputError, Location
from consistent.model.text import Language, Localized

__all__ = ["lock", "shortened", "write_faults"]

try:
    import fcntl
except ImportError:  # pragma: no cover  Windows, where nothing is locked
    fcntl = None  # type: ignore[assignment]  # not there on Windows

_NOT_WRITTEN = Localized("output cannot be written: {reason}", "uitvoer kan niet worden geschreven: {reason}")
_HELD = Localized("another run is writing to this output", "een andere gang schrijft naar deze uitvoer")
_WAIT = Localized("wait for it, or name another", "wacht daarop, of noem een andere")
_SHORTENED = Localized(
    "output is shorter than it was when the run stopped", "uitvoer is korter dan toen de gang stopte"
)
_RESTART = Localized("`--restart` begins anew", "`--restart` begint opnieuw")


def lock(descriptor: int, path: Path, language: Language) -> None:
    """Lock an output against other runs, until the descriptor is closed or the process ends, however that ends.

    Raises:
        InputError: another run holds the lock.
    """
    if fcntl is not None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError([Fault(_HELD.get(language), Location(str(path)), _WAIT.get(language))]) from None


@contextmanager
def write_faults(path: Path, language: Language) -> Iterator[None]:
    """Within the block, what the system refuses is a fault of the output.

    Raises:
        InputError: in place of an `OSError`.
    """
    try:
        yield
    except OSError as error:
        message = _NOT_WRITTEN.get(language).format(reason=(error.strerror or str(error)).lower())
        raise InputError([Fault(message, Location(str(path)))]) from None


def shortened(path: Path, language: Language) -> InputError:
    """The error of an output that holds less than the checkpoint says."""
    return InputError([Fault(_SHORTENED.get(language), Location(str(path)), _RESTART.get(language))])
