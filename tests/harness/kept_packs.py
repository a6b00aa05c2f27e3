"""Packs that the tests of a run load are kept for all of them: `load` reads each once, in whichever process.

Packs of this repository are kept in the folder that the processes of a run share: one reads such a pack, and who asks for it
meanwhile waits. Within a process a pack that was kept is the same object each time, and so is what is known without its rules, as
long as no part of the library is replaced: what it compiles when it is first asked for, and the cues that go with its
vocabularies, are made once for all tests.

Packs that tests write themselves are kept as objects of the process: to compile and pickle such a pack takes longer than to read
it, and most are changed before they are loaded again.

A pack that builds on another and has changed since is read as an editor reads it while somebody writes it: each file that is as
it was is taken over (`consistent.pack_reading.Kept`). What such packs of tests build on is a shipped one, of hundreds of rules.

A test that replaces a part of the library reads packs by that and keeps none: its packs are its own.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import pytest
from attrs import field, frozen

from consistent.caching import Entry, facts_key, pack_key
from consistent.checker import KnowledgeBase, loading
from consistent.knowledge import reading
from consistent.knowledge.packs import PackFolder, packs_below
from consistent.pack_reading import Kept, read_pack

__all__ = ["FOLDER", "SHARED"]

# The library's variable, and that of the folder which the tests of a run share.
FOLDER, SHARED = "CONSISTENT_CACHE", "CONSISTENT_TESTS_CACHE"
_ROOT = Path(__file__).parents[2]
_replace = pytest.MonkeyPatch.setattr
_read, _read_knowledge, _load = Entry.read, reading.read_knowledge, loading._loaded


@frozen
class _Asked:
    """Which pack is asked for; equal where its files are."""

    key: str
    name: str = field(eq=False)
    available: Mapping[str, PackFolder] = field(eq=False)


@lru_cache(maxsize=8)
def _unpickled(entry: Entry) -> object:
    """What is kept of a pack, unpickled once.

    Raises:
        LookupError: nothing is kept of it, which is asked again the next time.
    """
    kept = _read(entry)
    if kept is None:
        raise LookupError
    return kept


def _read_once(entry: Entry) -> object | None:
    if not _shared() or not _has_one_place(entry._folders):
        return _read(entry)
    try:
        return _unpickled(entry)
    except LookupError:
        return None


@lru_cache(maxsize=4)
def _written_by_tests(asked: _Asked) -> KnowledgeBase:
    """A pack of a test, read once while it is as it is."""
    return loading._read(asked.name, asked.available)


def _load_once(name: str, available: Mapping[str, PackFolder]) -> KnowledgeBase:
    if not _shared() or name not in available:
        return _load(name, available)
    folders = packs_below(name, available)
    if all(root.is_relative_to(_ROOT) for folder in folders for root in (folder.facts, folder.rules)):
        with _alone(name):
            return _load(name, available)
    key = pack_key(folders) if _has_one_place(folders) else None
    return _load(name, available) if key is None else _written_by_tests(_Asked(key, name, available))


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """No other process of the run is in here with a pack of that name."""
    folder = Path(os.environ[SHARED])
    folder.mkdir(exist_ok=True)
    with (folder / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@lru_cache(maxsize=8)
def _known(asked: _Asked) -> Any:
    """What a pack knows but for its rules, read once."""
    return _read_knowledge(asked.name, asked.available)


def _read_knowledge_once(name: str, available: Mapping[str, PackFolder]) -> Any:
    folders = packs_below(name, available)
    key = pack_key(folders) if _shared() and _has_one_place(folders) else None
    return _read_knowledge(name, available) if key is None else _known(_Asked(key, name, available))


@lru_cache(maxsize=8)
def _kept(name: str) -> Kept:
    """What was read of the last pack of a name; of another one of that name no more than is the same is taken over."""
    return Kept()


def _read_pack_on(name: str, available: Mapping[str, PackFolder], kept: Kept | None = None) -> Any:
    if not (_shared() and name in available and len(packs_below(name, available)) > 1):
        return read_pack(name, available, kept)
    ours = _kept(name)
    if kept is None:
        return read_pack(name, available, ours)
    if kept.knowledge is not None:
        return read_pack(name, available, kept)
    # Who keeps what was read begins with what the tests before kept: all of it that is still the same.
    before = ours.knowledge
    _copy(ours, kept)
    try:
        return read_pack(name, available, kept)
    finally:
        if kept.knowledge is before and kept.key != facts_key(packs_below(name, available)):
            _copy(Kept(), kept)  # what rules build on could not be read
        else:
            _copy(kept, ours)


def _copy(one: Kept, other: Kept) -> None:
    other.key, other.knowledge, other.rules, other.witnesses = (
        one.key,
        one.knowledge,
        dict(one.rules),
        dict(one.witnesses),
    )


def _has_one_place(folders: Iterable[PackFolder]) -> bool:
    """Whether the paths of packs mean the same whatever the working folder is, which tests change."""
    return all(root.is_absolute() for folder in folders for root in (folder.facts, folder.rules))


def _shared() -> bool:
    """Whether packs are kept where the tests of the run share them."""
    return os.environ.get(FOLDER) == os.environ[SHARED]


def _replacing(patch: pytest.MonkeyPatch, target: object, *name_and_value: Any, **options: Any) -> None:
    if _is_ours(target) and _shared():
        patch.setenv(FOLDER, "off")
        # What such a test makes with a pack that it has already stays with it.
        _unpickled.cache_clear()
        _written_by_tests.cache_clear()
        _known.cache_clear()
        _kept.cache_clear()
    _replace(patch, target, *name_and_value, **options)


def _is_ours(target: object) -> bool:
    """Whether it is the library, or in it: a module, a class, a function, or the path of one."""
    if isinstance(target, str):
        name = target
    else:
        name = target.__name__ if isinstance(target, ModuleType) else getattr(target, "__module__", "")
    return name.partition(".")[0] == "consistent"


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder, in the process that starts the others; they inherit the variable."""
    if not hasattr(config, "workerinput"):
        folder = TemporaryDirectory(prefix="consistent-tests-")
        os.environ[FOLDER] = os.environ[SHARED] = folder.name
        config.add_cleanup(folder.cleanup)
    Entry.read = _read_once  # type: ignore[method-assign,assignment]  # for every test, as all of these
    reading.read_knowledge = _read_knowledge_once
    loading.read_pack = _read_pack_on  # type: ignore[attr-defined]  # as above
    loading._loaded = _load_once
    pytest.MonkeyPatch.setattr = _replacing  # type: ignore[method-assign,assignment]  # for every test, whatever it imports
