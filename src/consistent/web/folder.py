"""The files that are worked on: one folder, no deeper, and nothing outside it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

from consistent.errors import InputError, UsageError
from consistent.knowledge.packs import shipped_root
from consistent.model.text import Language
from consistent.toml.files import create_file, entries_of, is_folder, read_file
from consistent.toml.tomlfile import TomlFile

__all__ = ["DOCUMENTS", "EXAMPLE", "Folder", "example"]

# How files of documents are named.
DOCUMENTS = frozenset({".pdf", ".docx", ".html", ".xhtml", ".htm", ".xml", ".json", ".txt", ".fmx"})
EXAMPLE = "white-paper-defence-2030.toml"
_LETTERS = 120
_SHARED = re.compile(r"[^\w .()+,\-]+")
# So much of a file is looked at to tell whether it is a proposal.
_HEAD = 400_000


def example() -> bytes:
    """The White Paper for European Defence as the library ships it, to be played with."""
    path = shipped_root() / "proposals" / "join-2025-120.toml"
    return read_file(path, path.name)


@frozen
class Folder:
    """A folder of work.

    Attributes:
        root: where it is.
    """

    root: Path

    def proposals(self) -> Iterator[str]:
        """The names of the proposals in it, in order."""
        for path in self._files():
            if path.suffix == ".toml":
                text = path.read_bytes()[:_HEAD]
                if re.search(rb"(?m)^\s*\[proposal\]", text):
                    yield path.name

    def documents(self) -> Iterator[str]:
        """The names of the documents of which there is no proposal yet, in order."""
        for path in self._files():
            if path.suffix.lower() in DOCUMENTS and not path.with_suffix(".toml").exists():
                yield path.name

    def _files(self) -> Iterator[Path]:
        for path in entries_of(self.root):
            if not path.name.startswith(".") and not is_folder(path) and self._within(path):
                yield path

    def _within(self, path: Path) -> bool:
        """Whether a file is in the folder itself, and no link to one elsewhere."""
        try:
            return path.is_file() and path.resolve().parent == self.root.resolve()
        except OSError:
            return False

    def path(self, name: str) -> Path:
        """A file of the folder.

        Raises:
            UsageError: there is no such file in it.
        """
        path = self.root / name
        if "/" in name or "\\" in name or "\0" in name or name.startswith(".") or not self._within(path):
            raise UsageError(f"no file `{name}` in this folder")
        return path

    def document_of(self, name: str) -> Path | None:
        """The document that a proposal was drafted from: it stands beside it under the same name."""
        path = self.path(name)
        beside = (path.with_suffix(suffix) for suffix in sorted(DOCUMENTS))
        return next((each for each in beside if each.is_file() and self._within(each)), None)

    def add(self, name: str, content: bytes) -> str:
        """Put a new file into the folder; one that is there stays as it is.

        Args:
            name: as its sender calls it.
            content: of it.

        Returns:
            The name that it has in the folder.

        Raises:
            InputError: it cannot be written.
        """
        stem, suffix = _own(name)
        for number in range(1, 1000):
            called = f"{stem}{f'-{number}' if number > 1 else ''}{suffix}"
            if not any((self.root / called).with_suffix(each).exists() for each in {suffix, ".toml"}):
                create_file(self.root / called, content)
                return called
        raise UsageError(f"there are too many files called `{stem}` already")

    def read(self, name: str) -> TomlFile:
        """A proposal of the folder.

        Raises:
            UsageError, InputError: there is no such file; it cannot be read.
        """
        return TomlFile.parse(read_file(self.path(name), name), name)

    def title(self, name: str, language: Language) -> str:
        """What a proposal calls itself; its name where it does not, or cannot be read."""
        try:
            proposal = self.read(name).data["proposal"]
        except (InputError, KeyError):
            return name
        title = proposal.get("title", {}) if isinstance(proposal, Mapping) else {}
        said = title.values() if isinstance(title, Mapping) else [title]
        own = title.get(language) if isinstance(title, Mapping) else None
        return next((each for each in (own, *said) if isinstance(each, str) and each), name)


def _own(name: str) -> tuple[str, str]:
    """A name that a file can have on any system, and its ending."""
    bare = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    path = Path(_SHARED.sub("-", bare).strip(" .-") or "document")
    suffix = path.suffix.lower() if path.suffix.lower() in DOCUMENTS | {".toml"} else ".txt"
    stem = (path.stem if path.suffix else path.name).strip(" .-")[:_LETTERS]
    return stem or "document", suffix
