"""Packs are kept for the tests of a run, but none that a changed library read."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from consistent import InputError, load
from consistent.checker import loading as packs
from consistent.knowledge import reading
from consistent.knowledge.settings import choose_pack
from consistent.pack_reading import Kept, read_pack
from tests.harness import kept_packs
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
    """How many packs are kept, beside the note on which was the last."""
    return len([each for each in folder.rglob("*.kept") if "last" not in each.parts])


def test_run_has_a_folder() -> None:
    """What the tests of this run share is on."""
    assert Path(os.environ[SHARED]).is_dir()


def test_kept(pack: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack of this repository that was loaded is kept for all processes of the run, and is one object for each of them."""
    monkeypatch.setattr(kept_packs, "_ROOT", pack)
    load(pack)
    assert kept(shared) == 1
    assert load(pack) is load(pack)


@pytest.mark.usefixtures("shared")
def test_read_by_one_process(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for such a pack while another reads it waits, and has what that one read."""
    read: list[object] = []

    def slow(*given: Any) -> Any:
        read.append(given)
        time.sleep(0.3)
        return read_pack(*given)

    monkeypatch.setattr(kept_packs, "_ROOT", pack)
    monkeypatch.setattr(kept_packs, "read_pack", slow)
    with ThreadPoolExecutor(2) as several:
        first, other = several.map(load, [pack] * 2)
    assert len(read) == 1
    assert [rule.id for rule in first.rules] == [rule.id for rule in other.rules]


@pytest.mark.usefixtures("shared")
def test_read_on(tmp_path: Path) -> None:
    """Who keeps what was read of a pack begins with what tests before read of it, and has nothing of what cannot be read now."""
    base, above = write_pack(tmp_path / "base"), tmp_path / "above"
    manifest = next((base / "facts").rglob("pack.toml"))
    below = load(base)
    (above / "facts/above").mkdir(parents=True)
    text = manifest.read_text("utf-8").replace(f'name = "{below.name}"', 'name = "above"')
    (above / "facts/above/pack.toml").write_text(f'{text}builds_on = ["{below.name}"]\n', "utf-8")
    load(above, roots=[base])
    later = Kept()
    whole = load(above, roots=[base], kept=later)
    assert [rule.id for rule in whole.rules] == [rule.id for rule in below.rules]
    assert later.knowledge is not None
    manifest.write_text("no TOML", "utf-8")
    broken = Kept()
    with pytest.raises(InputError):
        load(above, roots=[base], kept=broken)
    assert broken == Kept()


def test_one_object(pack: Path, shared: Path) -> None:
    """A pack that a test wrote is one object for a process, until a file of it changes; no other process is told of it."""
    first = load(pack)
    assert load(pack) is first
    assert kept(shared) == 0
    words = next((pack / "facts").rglob("*.toml"))
    words.write_text(words.read_text("utf-8") + "\n", "utf-8")
    assert load(pack) is not first


def test_known_once(pack: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is what is known without its rules; not while the folder of the run is not used."""
    chosen = choose_pack(pack)

    def known() -> object:
        return reading.read_knowledge(chosen.name, chosen.available)[0]

    assert known() is known()
    monkeypatch.setenv(FOLDER, str(shared / "another"))
    assert known() is not known()


@pytest.mark.parametrize("by_path", [False, True], ids=["attribute", "path"])
def test_changed_library(by_path: bool, pack: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a part of the library is replaced nothing is kept, and nothing that was kept is used."""
    read: list[object] = []
    sound = read_pack

    def reading(*given: Any) -> Any:
        read.append(given)
        return sound(*given)

    with monkeypatch.context() as patch:
        if by_path:
            patch.setattr("consistent.checker.loading.read_pack", reading)
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


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("ours", [False, True], ids=["of a test", "of this repository"])
def test_replacement_after_loading(ours: bool, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack that a test has before it replaces a part of the library is used by no later one."""
    if ours:
        monkeypatch.setattr(kept_packs, "_ROOT", pack)
    load(pack)
    before = load(pack)
    with monkeypatch.context() as patch:
        patch.setattr(packs, "read_pack", None)
    assert load(pack) is not before
