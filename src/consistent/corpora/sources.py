"""Where the items of a corpus come from: JSON Lines, Parquet, folders, or whatever a program iterates over."""

import gzip
import io
import zlib
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sized
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import BinaryIO, Protocol

from attrs import define, field, frozen

from consistent.checker import ProposalInput
from consistent.corpora._items import Content, Item, Unreadable, content_of, file_content, leads_to, refuse_overlap
from consistent.errors import Fault, InputError, Location, UsageError
from consistent.limits import FILE
from consistent.model.text import Language, Localized
from consistent.toml.files import entries_of, is_file, is_folder

__all__ = ["FOLDER_LINK", "Folder", "Inputs", "JsonLines", "Source", "StandardInput", "open_corpus"]

_JSON_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_PARQUET = (".parquet", ".pq")
# What `check` and `draft` read; which of it a file is, its content tells.
_SINGLE = (
    ".toml", ".xhtml", ".html", ".htm", ".xml", ".akn", ".fmx", ".fmx4", ".docx", ".pdf", ".json", ".txt", ".md",
)  # fmt: skip
# Under what links to folders are counted among what is left out; no ending is like it.
FOLDER_LINK = "/"
_NOT_THERE = Localized(
    "corpus cannot be read: no such file or directory",
    "corpus kan niet worden gelezen: geen bestand of map van die naam",
)
_NO_CORPUS = Localized("`{path}` is no corpus", "`{path}` is geen corpus")
_HELP = Localized(
    "give JSON Lines (.jsonl, .ndjson, also with .gz), Parquet (.parquet), or a folder",
    "geef JSON Lines (.jsonl, .ndjson, ook met .gz), Parquet (.parquet) of een map",
)
_NO_FURTHER = Localized(
    "corpus cannot be read any further: {reason}", "corpus kan niet verder worden gelezen: {reason}"
)
_MEND = Localized(
    "mend it, and start again: the run goes on", "herstel het en begin opnieuw: de gang gaat verder waar die was"
)


class Source(Protocol):
    """A corpus that can be gone through, in the same order each time.

    Attributes:
        name: how messages and the state of a run call it.
        size: how far there is to go; None where that is not known.
        left_out: in folders, the endings of files that are no items, and `FOLDER_LINK`, with their numbers, as far as items
            were asked for.
    """

    @property
    def name(self) -> str: ...  # noqa: D102  above
    @property
    def size(self) -> int | None: ...  # noqa: D102  told above
    @property
    def left_out(self) -> Counter[str]: ...  # noqa: D102  so is this

    def items(self) -> Generator[Item, None, None]:
        """The items, from the first on.

        Raises:
            InputError: the source cannot be read, or not any further.
        """

    def keep_apart(self, own: Iterable[Path]) -> None:
        """Leave out what the run itself writes, from here on.

        Raises:
            UsageError: that is the whole source, or holds it.
        """


def open_corpus(path: Path | str, language: Language = "en") -> Source:
    """The source of a file or folder.

    Args:
        path: of it.
        language: of errors.

    Raises:
        InputError: there is no such file.
        UsageError: it is of another kind, or what reads it is not installed.
    """
    path = Path(path)
    if is_folder(path):
        return Folder(path, language)
    if not is_file(path):
        raise InputError([Fault(_NOT_THERE.get(language), Location(str(path)))])
    source = _listing(path, language)
    if source is None:
        raise UsageError(_NO_CORPUS.get(language).format(path=path), _HELP.get(language))
    return source


def _listing(path: Path, language: Language) -> Source | None:
    """The source of a file that holds many items; None where it is of another kind."""
    name = path.name.lower()
    if name.endswith(_JSON_LINES):
        return JsonLines(path, language)
    if name.endswith(_PARQUET):
        from consistent.corpora.parquet import ParquetRows  # noqa: PLC0415  pyarrow is an extra, and large

        return ParquetRows(path, language)
    return None


@define
class JsonLines:
    """A file with one JSON object a line, perhaps compressed by gzip. Blank lines are no items."""

    path: Path
    language: Language = "en"
    left_out: Counter[str] = field(factory=Counter, init=False)

    @property
    def name(self) -> str:
        """The path."""
        return str(self.path)

    @property
    def size(self) -> int | None:
        """In bytes of the file as it lies there."""
        return _size(self.path)

    def items(self) -> Generator[Item, None, None]:
        """The items, in order of line."""
        with _reading(self.name, self.language), self.path.open("rb") as raw:
            yield from json_lines(raw, self.name)

    def keep_apart(self, own: Iterable[Path]) -> None:
        """See `Source`."""
        refuse_overlap(self.path, own, self.language)


@define
class StandardInput:
    """JSON Lines that come through standard input, perhaps compressed; they can be gone through once."""

    stream: BinaryIO
    language: Language = "en"
    name: str = field(default="<stdin>", init=False)
    size: None = field(default=None, init=False)
    left_out: Counter[str] = field(factory=Counter, init=False)

    def items(self) -> Generator[Item, None, None]:
        """The items, in order of line."""
        with _reading(self.name, self.language):
            yield from json_lines(self.stream, self.name)

    def keep_apart(self, own: Iterable[Path]) -> None:
        """See `Source`."""
        refuse_overlap(Path("/dev/stdin"), own, self.language)


def json_lines(raw: BinaryIO, name: str) -> Iterator[Item]:
    """The items of a stream of JSON Lines; positions are in its bytes."""
    file = _unpacked(raw)
    for number in count(1):
        line = file.readline(FILE.most + 1)
        if not line:
            return
        source = f"{name}:{number}"
        content: Content = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if len(line) > FILE.most:
            while line and not line.endswith(b"\n"):
                line = file.readline(FILE.most)
            content = Unreadable((FILE.fault(Location(source)),))
        if content:
            yield Item(source, content, raw.tell() if raw.seekable() else 0)


def _unpacked(raw: BinaryIO) -> BinaryIO:
    buffered = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw)  # type: ignore[type-var]  # a raw stream
    return gzip.GzipFile(fileobj=buffered) if buffered.peek(2).startswith(b"\x1f\x8b") else buffered  # type: ignore[return-value]  # both can be read


@define
class Folder:
    """Every file under a folder, in order of name at each level; what holds many items gives them one after another.

    Hidden files are left out, files whose ending is not one of a proposal or document, and links to folders, which may lead
    in a circle; all but the hidden ones are counted.
    """

    path: Path
    language: Language = "en"
    left_out: Counter[str] = field(factory=Counter, init=False)
    _own: tuple[Path, ...] = field(default=(), init=False)

    @property
    def name(self) -> str:
        """The path."""
        return str(self.path)

    @property
    def size(self) -> int | None:
        """In files."""
        return sum(1 for _ in _files(self.path, self._own))

    def items(self) -> Generator[Item, None, None]:
        """The items, in order of path."""
        self.left_out.clear()
        for number, path in enumerate(_files(self.path, self._own), 1):
            if is_folder(path):
                self.left_out[FOLDER_LINK] += 1
                continue
            listing = _listing(path, self.language)
            if listing is not None:
                yield from (item._replace(position=number) for item in listing.items())
            elif path.name.lower().endswith(_SINGLE):
                yield Item(str(path), file_content(path, str(path)), number)
            else:
                self.left_out[path.suffix] += 1

    def keep_apart(self, own: Iterable[Path]) -> None:
        """See `Source`."""
        self._own += tuple(own)
        refuse_overlap(self.path, self._own, self.language)


def _files(folder: Path, own: tuple[Path, ...]) -> Iterator[Path]:
    """What lies in a folder and below it, and is not the run's own; links to folders as they are."""
    for path in entries_of(folder):
        if path.name.startswith(".") or leads_to(path, own):
            continue
        if not path.is_symlink() and is_folder(path):
            yield from _files(path, own)
        else:
            yield path


@frozen
class Inputs:
    """Whatever a program iterates over: proposals, drafts, dicts in the shape of the TOML, paths, TOML texts.

    To go on with a run that was stopped, it must give the same again.
    """

    inputs: Iterable[ProposalInput]
    name: str = "<given>"
    left_out: Counter[str] = field(factory=Counter, init=False)

    @property
    def size(self) -> int | None:
        """Their number, where they have one."""
        return len(self.inputs) if isinstance(self.inputs, Sized) else None

    def items(self) -> Generator[Item, None, None]:
        """The items, in the order given."""
        for number, given in enumerate(self.inputs, 1):
            source = str(given) if isinstance(given, Path) else f"{self.name}:{number}"
            yield Item(source, content_of(given, source), number)

    def keep_apart(self, own: Iterable[Path]) -> None:
        """See `Source`; what a program gives it has chosen itself."""


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size or None
    except OSError:
        return None


@contextmanager
def _reading(name: str, language: Language) -> Iterator[None]:
    """What the system or gzip refuses becomes a fault of the corpus as a whole: nothing after it is known."""
    try:
        yield
    except (OSError, EOFError, zlib.error) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        message = _NO_FURTHER.get(language).format(reason=reason)
        raise InputError([Fault(message, Location(name), _MEND.get(language))]) from None
