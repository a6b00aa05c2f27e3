"""Corpora in Parquet, and results as Parquet: the only module that knows `pyarrow`."""

import json
import os
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import define, field

from consistent.confined import ConfinedError, lines_confined
from consistent.corpora._items import Item, refuse_overlap
from consistent.corpora._output import lock, shortened, write_faults
from consistent.corpora._results import Bad, Form, Result
from consistent.errors import Fault, InputError, Location, UsageError, did_you_mean, told
from consistent.limits import MEMORY, SECONDS
from consistent.model.text import Language, Localized
from consistent.version import to_install

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError:
    raise UsageError("pyarrow is not installed", to_install("parquet")) from None

__all__ = ["SCHEMA", "ParquetParts", "ParquetRows", "row_lines", "rows"]

_NO_PARQUET = Localized(
    "file cannot be read as Parquet: {reason}", "bestand kan niet als Parquet worden gelezen: {reason}"
)
_COLUMNS = ("proposal", "measure")
_ROWS_AT_ONCE = 256
# A part is written when it has that many items; what is sure ends where a part ends.
_ITEMS_TO_A_PART = 10_000

SCHEMA = pa.schema(
    [
        pa.field("index", pa.int64(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        ("name", pa.string()),
        ("measures", pa.int32()),
        ("not_judged", pa.int32()),
        ("rule", pa.string()),
        ("measure", pa.string()),
        ("verdict", pa.string()),
        ("state", pa.string()),
        ("error", pa.string()),
        ("report", pa.string()),
    ]
)


@define
class ParquetRows:
    """A file with a proposal a row: columns `proposal`, a struct, and `measure`, a list of structs. Nulls are left out."""

    path: Path
    language: Language = "en"
    left_out: Counter[str] = field(factory=Counter, init=False)

    @property
    def name(self) -> str:
        """The path."""
        return str(self.path)

    @property
    def size(self) -> int | None:
        """In rows."""
        with _opened(self.path, self.language) as file:
            return int(file.metadata.num_rows)

    def items(self) -> Generator[Item, None, None]:
        """The items, in order of row; rows are counted from one."""
        # What its columns are is told here; its rows, of which a thousand bytes can hold any number, by a process of its own.
        _opened(self.path, self.language).close()
        rows = lines_confined(
            "consistent.corpora._parquet_worker", str(self.path), self.name, memory=MEMORY, seconds=SECONDS
        )
        try:
            for number, content in enumerate(rows, 1):
                if content.startswith(_FAILED):
                    raise _refused(self.path, content.removeprefix(_FAILED).decode().strip(), self.language)
                yield Item(f"{self.name}:{number}", content.strip(), number)
        except ConfinedError as error:
            raise _refused(self.path, str(error) or "it makes its reader fail", self.language) from None

    def keep_apart(self, own: Iterable[Path]) -> None:
        """See `Source`."""
        refuse_overlap(self.path, own, self.language)


# How a line begins that is no row, which would begin with a brace: it says why there are no more.
_FAILED = b"failed: "


def row_lines(path: str) -> Iterator[bytes]:
    """The rows of a file as lines of JSON, so that an item is the same whichever way it comes."""
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, use_threads=False):
                for row in batch.to_pylist():
                    yield json.dumps(_without_nulls(row), default=str).encode()
    except pa.ArrowMemoryError:
        raise MemoryError from None
    except (pa.ArrowException, OSError) as error:
        yield _FAILED + _reason(error).encode("utf-8", "replace")


def _opened(path: Path, language: Language) -> Any:
    try:
        file = parquet.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise _refused(path, _reason(error), language) from None
    names = file.schema_arrow.names
    faults = [
        Fault(f"unknown column `{name}`", Location(str(path)), did_you_mean(name, _COLUMNS))
        for name in names
        if name not in _COLUMNS
    ]
    if "proposal" not in names:
        faults.append(Fault("missing column `proposal`", Location(str(path))))
    if faults:
        file.close()
        raise InputError(faults)
    return file


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _refused(path: Path, reason: str, language: Language) -> InputError:
    return InputError([Fault(_NO_PARQUET.get(language).format(reason=reason), Location(str(path)))])


def _without_nulls(value: Any) -> Any:
    """The value without keys of tables that have none. In a list nothing is left out: it would seem to be complete."""
    if isinstance(value, Mapping):
        return {key: _without_nulls(held) for key, held in value.items() if held is not None}
    return [_without_nulls(element) for element in value] if isinstance(value, list) else value


def rows(results: Iterable[Result]) -> bytes:
    """Results as a table of Arrow, in its stream format: a row for each thing said, and one for an item of which nothing is."""
    table = [row for result in results for row in _rows_of(result)]
    buffer = pa.BufferOutputStream()
    with pa.ipc.new_stream(buffer, SCHEMA) as writer:
        writer.write_table(pa.Table.from_pylist(table, SCHEMA))
    return bytes(buffer.getvalue())


def _rows_of(result: Result) -> Iterator[dict[str, Any]]:
    head: dict[str, Any] = {"index": result.index, "source": _text(result.source)}
    if isinstance(result, Bad):
        yield head | {"error": _text("\n\n".join(map(str, told(result.faults))))}
        return
    head |= {"name": _text(result.name), "measures": result.measures, "not_judged": result.outcomes["not-judged"]}
    report = None if result.report is None else json.dumps(result.report)
    for spoken in result.spoken or (None,):
        said = {} if spoken is None else {
            "rule": spoken.rule, "measure": spoken.measure and _text(spoken.measure), "verdict": spoken.verdict, "state": spoken.outcome
        }  # fmt: skip
        yield head | said | {"report": report}
        # Once is enough.
        report = None


def _text(text: str) -> str:
    """The text without halves of letters, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


@define
class ParquetParts:
    """A folder of Parquet files `part-00000.parquet` and so on, each of which is written as a whole."""

    path: Path
    language: Language = "en"
    form: Form = field(default="parquet", init=False)
    _held_open: int = field(default=-1, init=False)
    _parts: int = field(default=0, init=False)
    _held: list[bytes] = field(factory=list, init=False)
    _items: int = field(default=0, init=False)

    def open(self) -> None:
        """See `Sink`."""
        with write_faults(self.path, self.language):
            self.path.mkdir(parents=True, exist_ok=True)
            if hasattr(os, "O_DIRECTORY"):
                self._held_open = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
                lock(self._held_open, self.path, self.language)

    def begin(self, mark: Mapping[str, Any] | None) -> None:
        """See `Sink`."""
        self._parts = 0 if mark is None else int(mark["parts"])
        with write_faults(self.path, self.language):
            there = set(self.path.glob("part-*.parquet"))
            sure = {self._part(number) for number in range(self._parts)}
            if not sure <= there:
                raise shortened(self.path, self.language)
            for path in (*self.path.glob(".part-*"), *(there - sure)):
                path.unlink()

    def write(self, outputs: Iterable[bytes], items: int) -> None:
        """See `Sink`."""
        self._held += outputs
        self._items += items
        if self._items >= _ITEMS_TO_A_PART:
            self.finish()

    def mark(self) -> Mapping[str, Any] | None:
        """See `Sink`."""
        return None if self._held else {"parts": self._parts}

    def sync(self) -> None:
        """A part is synchronised before it gets its name."""

    def finish(self) -> None:
        """See `Sink`."""
        if not self._held:
            return
        part = self._part(self._parts)
        beside = part.with_name(f".{part.name}")
        with write_faults(self.path, self.language):
            try:
                with beside.open("wb") as file:
                    with parquet.ParquetWriter(file, SCHEMA) as writer:
                        for table in self._held:
                            writer.write_table(pa.ipc.open_stream(table).read_all())
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(part)
            finally:
                beside.unlink(missing_ok=True)
        self._parts += 1
        self._held, self._items = [], 0

    def close(self) -> None:
        """See `Sink`."""
        if self._held_open >= 0:
            os.close(self._held_open)
            self._held_open = -1

    def _part(self, number: int) -> Path:
        return self.path / f"part-{number:05}.parquet"
