"""Packs are kept for the tests of a run, but none that a changed library read."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from consistent import checker as packs
from consistent import load
from tests.harness.kept_packs import FOLDER, SHARED
from tests.small_pack import write_pack


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the one of the run."""
    folder = tmp_path / "shared"
    monkeypatch.setenv(FOLDER, str(folder))
    monkeypatch.setenv(SHARED, str(folder))
    return folder


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A small pack."""
    return write_pack(tmp_path / "pack")


def kept(folder: Path) -> int:
    """How many packs are kept."""
    return len(list(folder.rglob("*.kept")))


def test_run_has_a_folder() -> None:
    """What the tests of this run share is on."""
    assert Path(os.environ[SHARED]).is_dir()


def test_kept(pack: Path, shared: Path) -> None:
    """A pack that was loaded is kept."""
    load(pack)
    assert kept(shared) == 1


@pytest.mark.parametrize("by_path", [False, True], ids=["attribute", "path"])
def test_changed_library(by_path: bool, pack: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001  a parameter of the test
    """While a part of the library is replaced nothing is kept, and nothing that was kept is used."""
    read: list[object] = []
    sound = packs.read_pack

    def reading(*given: Any) -> Any:
        read.append(given)
        return sound(*given)

    with monkeypatch.context() as patch:
        if by_path:
            patch.setattr("consistent.checker.read_pack", reading)
        else:
            patch.setattr(packs, "read_pack", reading)
        load(pack)
        load(pack)
    assert len(read) == 2
    assert kept(shared) == 0
    assert os.environ[FOLDER] == str(shared)


def test_other_replacements(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not of the library can be replaced without that."""
    monkeypatch.setattr(SimpleNamespace(a=1), "a", 2)
    assert os.environ[FOLDER] == str(shared)
