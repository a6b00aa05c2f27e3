"""Where results go, and how much of it is flushed to disk: JSON Lines in a file, in a stream, or in a device.

A **mark** tells how much of an output is written, so that a resumed run can cut off what lies behind it.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from attrs import define, field

from consistent.corpora._output import lock, shortened, write_faults
from consistent.corpora._results import Form
from consistent.errors import UsageError
from consistent.model.text import Language, Localized
from consistent.toml.files import is_file, is_folder

__all__ = ["Device", "JsonLinesFile", "Sink", "Stream", "open_sink"]

_FOLDER = Localized("output `{path}` is a folder", "uitvoer `{path}` is een map")
_NAME_FILE = Localized(
    "name a file; Parquet goes to a folder whose name ends in .parquet",
    "noem een bestand; Parquet gaat naar een map waarvan de naam eindigt op .parquet",
)


class Sink(Protocol):
    """Takes the output of slices, in order.

    Attributes:
        path: where it is; None where what was written cannot be cut off again, so that no run can be resumed.
        form: in which the output is to be.
    """

    @property
    def path(self) -> Path | None: ...  # noqa: D102  above
    @property
    def form(self) -> Form: ...  # noqa: D102  told above

    def open(self) -> None:
        """Open and lock it; what is in it stays.

        Raises:
            InputError: it cannot be written, or another run writes to it.
        """

    def begin(self, mark: Mapping[str, Any] | None) -> None:
        """Get ready to write behind a mark, or with None from the beginning; what lies behind that is cut off.

        Raises:
            InputError: it cannot be written, or there is less than the mark says.
        """

    def write(self, outputs: Iterable[bytes], items: int) -> None:
        """Take the output of so many items."""

    def mark(self) -> Mapping[str, Any] | None:
        """How much there is by now; None while some of what was taken is still in a buffer of the sink."""

    def sync(self) -> None:
        """Flush to disk (fsync) what the mark tells of."""

    def finish(self) -> None:
        """Hold nothing back: no more comes."""

    def close(self) -> None:
        """Let go of it, if it was taken hold of."""


def open_sink(path: Path | str, language: Language = "en") -> Sink:
    """The sink of a name: a folder of Parquet files where it ends in `.parquet` or `.pq`, else a file of JSON Lines.

    Args:
        path: the name.
        language: of errors.

    Raises:
        UsageError: what writes it is not installed, or JSON Lines would go to a folder.
    """
    path = Path(path)
    if path.suffix.lower() in {".parquet", ".pq"}:
        from consistent.corpora.parquet import ParquetParts  # noqa: PLC0415  pyarrow is an extra, and large

        return ParquetParts(path, language)
    if is_folder(path):
        raise UsageError(_FOLDER.get(language).format(path=path), _NAME_FILE.get(language))
    if is_file(path) and path.exists() and not path.is_file():
        return Device(path, language)
    return JsonLinesFile(path, language)


@define
class JsonLinesFile:
    """A file with one JSON object a line."""

    path: Path
    language: Language = "en"
    form: Form = field(default="json-lines", init=False)
    _opened: BinaryIO | None = field(default=None, init=False)
    _written: int = field(default=0, init=False)

    @property
    def _file(self) -> BinaryIO:
        if self._opened is None:  # pragma: no cover  it is opened first
            raise AssertionError
        return self._opened

    def open(self) -> None:
        """See `Sink`."""
        with write_faults(self.path, self.language):
            self._opened = os.fdopen(
                os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "r+b"
            )
            lock(self._opened.fileno(), self.path, self.language)

    def begin(self, mark: Mapping[str, Any] | None) -> None:
        """See `Sink`."""
        self._written = 0 if mark is None else int(mark["bytes"])
        with write_faults(self.path, self.language):
            if self._file.seek(0, os.SEEK_END) < self._written:
                raise shortened(self.path, self.language)
            self._file.truncate(self._written)
            self._file.seek(self._written)

    def write(self, outputs: Iterable[bytes], items: int) -> None:  # noqa: ARG002  see `Sink`
        """See `Sink`."""
        with write_faults(self.path, self.language):
            self._written += sum(map(self._file.write, outputs))

    def mark(self) -> Mapping[str, Any] | None:
        """See `Sink`."""
        return {"bytes": self._written}

    def sync(self) -> None:
        """See `Sink`."""
        with write_faults(self.path, self.language):
            self._file.flush()
            os.fsync(self._file.fileno())

    def finish(self) -> None:
        """See `Sink`."""

    def close(self) -> None:
        """See `Sink`."""
        if self._opened is not None:
            with write_faults(self.path, self.language):
                self._opened.close()


@define
class Stream:
    """Standard output, or whatever takes bytes; no run can go on with it."""

    take: Callable[[bytes], object]
    path: None = field(default=None, init=False)
    form: Form = field(default="json-lines", init=False)

    def open(self) -> None:
        """See `Sink`."""

    def begin(self, mark: Mapping[str, Any] | None) -> None:
        """See `Sink`."""

    def write(self, outputs: Iterable[bytes], items: int) -> None:  # noqa: ARG002  see `Sink`
        """See `Sink`."""
        for output in outputs:
            self.take(output)

    def mark(self) -> Mapping[str, Any] | None:
        """See `Sink`."""
        return None

    def sync(self) -> None:
        """See `Sink`."""

    def finish(self) -> None:
        """See `Sink`."""

    def close(self) -> None:
        """See `Sink`."""


@define
class Device:
    """A device or pipe that has a name: `/dev/null`. It keeps nothing, so that no run can go on with it."""

    where: Path
    language: Language = "en"
    path: None = field(default=None, init=False)
    form: Form = field(default="json-lines", init=False)
    _file: BinaryIO | None = field(default=None, init=False)

    def open(self) -> None:
        """See `Sink`."""
        with write_faults(self.where, self.language):
            self._file = self.where.open("wb")

    def begin(self, mark: Mapping[str, Any] | None) -> None:
        """See `Sink`."""

    def write(self, outputs: Iterable[bytes], items: int) -> None:  # noqa: ARG002  see `Sink`
        """See `Sink`."""
        if self._file is not None:
            with write_faults(self.where, self.language):
                self._file.writelines(outputs)

    def mark(self) -> Mapping[str, Any] | None:
        """See `Sink`."""
        return None

    def sync(self) -> None:
        """See `Sink`."""
        if self._file is not None:
            with write_faults(self.where, self.language):
                self._file.flush()

    def finish(self) -> None:
        """See `Sink`."""

    def close(self) -> None:
        """See `Sink`."""
        if self._file is not None:
            with write_faults(self.where, self.language):
                self._file.close()
