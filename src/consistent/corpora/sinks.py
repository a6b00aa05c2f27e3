"""Where results go, and how much of it is sure to be there."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from attrs import define, field

from consistent.corpora.options import Form
from consistent.errors import Fault, InputError, Location

try:
    import fcntl
except ImportError:  # pragma: no cover  Windows, where nothing is held
    fcntl = None  # type: ignore[assignment]

__all__ = ["JsonLinesFile", "Sink", "Stream", "hold", "open_sink", "shortened", "telling"]


class Sink(Protocol):
    """Takes the output of slices, in order.

    Attributes:
        path: where it is; None where nothing of it can be taken back, so that no run can go on with it.
        form: in which the output is to be.
    """

    @property
    def path(self) -> Path | None: ...  # noqa: D102  above
    @property
    def form(self) -> Form: ...  # noqa: D102

    def begin(self, mark: Mapping[str, Any] | None) -> None:
        """Get ready to write, behind a mark or, with None, from the beginning. What is behind the mark is taken away.

        Raises:
            InputError: it cannot be written, or there is less than the mark says.
        """

    def write(self, outputs: Iterable[bytes], items: int) -> None:
        """Take the output of so many items."""

    def mark(self) -> Mapping[str, Any] | None:
        """How much there is by now; None while part of what was taken is still held."""

    def sync(self) -> None:
        """Make sure that what the mark tells is there, whatever happens to the machine."""

    def finish(self) -> None:
        """Hold nothing back: no more comes."""

    def close(self) -> None:
        """Let go of it."""


def open_sink(path: Path | str) -> Sink:
    """The sink of a name: a folder of Parquet files where it ends in `.parquet`, else a file of JSON Lines.

    Raises:
        UsageError: what writes it is not installed.
    """
    path = Path(path)
    if path.suffix.lower() in {".parquet", ".pq"}:
        from consistent.corpora.parquet import ParquetParts  # noqa: PLC0415  pyarrow is an extra, and large

        return ParquetParts(path)
    return JsonLinesFile(path)


@define
class JsonLinesFile:
    """A file with one JSON object a line."""

    path: Path
    form: Form = field(default="json-lines", init=False)
    _file: BinaryIO = field(init=False)
    _written: int = field(default=0, init=False)

    def begin(self, mark: Mapping[str, Any] | None) -> None:
        """See `Sink`."""
        self._written = 0 if mark is None else int(mark["bytes"])
        with telling(self.path):
            self._file = os.fdopen(
                os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "r+b"
            )
            hold(self._file.fileno(), self.path)
            if self._file.seek(0, os.SEEK_END) < self._written:
                raise shortened(self.path)
            self._file.truncate(self._written)
            self._file.seek(self._written)

    def write(self, outputs: Iterable[bytes], items: int) -> None:  # noqa: ARG002  see `Sink`
        """See `Sink`."""
        with telling(self.path):
            self._written += sum(map(self._file.write, outputs))

    def mark(self) -> Mapping[str, Any] | None:
        """See `Sink`."""
        return {"bytes": self._written}

    def sync(self) -> None:
        """See `Sink`."""
        with telling(self.path):
            self._file.flush()
            os.fsync(self._file.fileno())

    def finish(self) -> None:
        """See `Sink`."""

    def close(self) -> None:
        """See `Sink`."""
        with telling(self.path):
            self._file.close()


@define
class Stream:
    """Standard output, or whatever takes bytes; no run can go on with it."""

    take: Callable[[bytes], object]
    path: None = field(default=None, init=False)
    form: Form = field(default="json-lines", init=False)

    def begin(self, mark: Mapping[str, Any] | None) -> None:
        """See `Sink`."""

    def write(self, outputs: Iterable[bytes], items: int) -> None:  # noqa: ARG002  see `Sink`
        """See `Sink`."""
        for each in outputs:
            self.take(each)

    def mark(self) -> Mapping[str, Any] | None:
        """See `Sink`."""
        return None

    def sync(self) -> None:
        """See `Sink`."""

    def finish(self) -> None:
        """See `Sink`."""

    def close(self) -> None:
        """See `Sink`."""


def hold(descriptor: int, path: Path) -> None:
    """See to it that no other run writes there, until the descriptor is closed or the process ends.

    Raises:
        InputError: another run does.
    """
    if fcntl is not None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fault = Fault("another run is writing to this output", Location(str(path)), "wait for it, or name another")
            raise InputError([fault]) from None


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """What the system does not let one write becomes a fault."""
    try:
        yield
    except OSError as error:
        message = f"output cannot be written: {(error.strerror or str(error)).lower()}"
        raise InputError([Fault(message, Location(str(path)))]) from None


def shortened(path: Path) -> InputError:
    """That somebody took away what was sure."""
    fault = Fault("output is shorter than it was when the run stopped", Location(str(path)), "`--restart` begins anew")
    return InputError([fault])
