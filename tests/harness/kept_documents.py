"""Real documents that the tests of a run read and draft are kept for all of them: each is read once, in whichever process.

They take seconds each, and dozens of tests begin with one. What was made of one is kept under a key of all that it follows from: its bytes
and its name, the code and the data of the library, and the vocabularies that it was drafted in. It is kept in the folder of the run
(`kept_packs`), which is gone when the run ends: what an earlier version of the code made is never found. Invented documents, of which most
differ by a letter, are read anew each time.

A test that replaces a part of the library reads by that and keeps none, as with packs.
"""

import fcntl
import os
import pickle
from collections.abc import Callable
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar
from weakref import WeakSet

from attrs import asdict, astuple, evolve

from consistent.documents import reading
from consistent.documents.document import Document
from consistent.drafting import draft as drafting
from consistent.drafting.draft import Draft
from consistent.errors import InputError
from consistent.model.proposal import fields_in
from consistent.model.vocabulary import SameVocabularies, Vocabularies
from consistent.toml.files import read_file
from tests.document_cases import REAL
from tests.harness.kept_packs import FOLDER, SHARED

__all__ = ["kept"]

_Made = TypeVar("_Made", Document, Draft)
_read, _draft = reading.read_document, drafting.draft_of
# As many as a worker asks for in a row; the longest ones take 50 MB each.
_HELD = 6
_PACKAGE = Path(reading.__file__).parents[1]
_held: dict[str, Document | Draft] = {}
# The very documents that came from here, as they were read.
_as_read: WeakSet[Document] = WeakSet()


def kept(key: str, make: Callable[[], _Made]) -> _Made:
    """What was made under a key in this run, by whichever process; made here where nobody did yet, while who asks for it meanwhile waits."""
    found = _held.pop(key, None)
    if found is None:
        folder = Path(os.environ[SHARED]) / "documents"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / f"{key}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            path = folder / key
            if path.exists():
                found = pickle.loads(path.read_bytes())  # noqa: S301  written by this run
            else:
                found = make()
                beside = path.with_suffix(".unfinished")
                beside.write_bytes(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
                beside.rename(path)
    while len(_held) >= _HELD:
        _held.pop(next(iter(_held)))
    _held[key] = found  # the last one asked for is let go last
    return found  # type: ignore[return-value]  # a key is of one kind


@cache
def _real() -> frozenset[str]:
    """The digests of the real documents."""
    return frozenset(sha256(path.read_bytes()).hexdigest() for path in REAL.rglob("*") if path.is_file())


@cache
def _code() -> str:
    """A digest of the code and the data of the library."""
    digest = sha256()
    for path in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in {".py", ".toml"}):
        digest.update(f"{path}\0".encode() + path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=8)
def _digest_of(same: SameVocabularies) -> str:
    terms = [(name, [astuple(term) for term in each.terms.values()]) for name, each in same.vocabularies.items()]
    return sha256(repr((terms, asdict(fields_in(same.vocabularies)))).encode()).hexdigest()


def _key(*parts: object) -> str:
    return sha256(repr((_code(), *parts)).encode()).hexdigest()


def _shared() -> bool:
    return os.environ.get(FOLDER) == os.environ.get(SHARED)


def _read_once(source: Path | str | bytes, name: str = "") -> Document:
    if not _shared():
        return _read(source, name)
    path = Path(source) if isinstance(source, str) else source
    called = name or (str(path) if isinstance(path, Path) else "<bytes>")
    try:
        content = read_file(path, called) if isinstance(path, Path) else path
    except InputError:
        return _read(source, name)
    digest = sha256(content).hexdigest()
    if digest not in _real():
        return _read(source, name)
    document = kept(_key("document", digest, called), lambda: _read(content, called))
    _as_read.add(document)
    return document


def _draft_once(document: Document, vocabularies: Vocabularies, *, as_proposal: bool = False) -> Draft:
    # One that a test changed has the digest of the file that it came from too.
    if not _shared() or document not in _as_read:
        return _draft(document, vocabularies, as_proposal=as_proposal)
    key = _key("draft", document.digest, document.name, _digest_of(SameVocabularies(vocabularies)), as_proposal)
    found = kept(key, lambda: _draft(document, vocabularies, as_proposal=as_proposal))
    if found.document is not document:  # another process drafted it, of its own
        found = _held[key] = evolve(found, document=document)
    return found


# Before any other module takes them by name.
reading.read_document, drafting.draft_of = _read_once, _draft_once  # for every test
