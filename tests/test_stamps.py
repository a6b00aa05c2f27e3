"""Stamps: whatever changes a file changes them, and what they cannot tell has none."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from consistent.stamps import Stamp, stamp_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing is kept there")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with files, one of them below, and links."""
    folder = tmp_path / "root"
    (folder / "below").mkdir(parents=True)
    (folder / "one.toml").write_text("one", "utf-8")
    (folder / "below/two.toml").write_text("two", "utf-8")
    (tmp_path / "aside").write_text("aside", "utf-8")
    (tmp_path / "other").write_text("other", "utf-8")
    (folder / "link.toml").symlink_to(tmp_path / "aside")
    return folder


def _put_back(root: Path) -> None:
    """Other content of one size, with the time of the content set back."""
    path = root / "one.toml"
    before = path.stat()
    path.write_text("ONE", "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _swap(root: Path) -> None:
    one, two = root / "one.toml", root / "below/two.toml"
    one.rename(root / "three")
    two.rename(one)
    (root / "three").rename(two)


def _point_elsewhere(root: Path) -> None:
    (root / "link.toml").unlink()
    (root / "link.toml").symlink_to(root.parent / "other")


_CHANGES: dict[str, Callable[[Path], object]] = {
    "written": lambda root: (root / "below/two.toml").write_text("more", "utf-8"),
    "put back": _put_back,
    "added": lambda root: (root / "below/three.toml").write_text("", "utf-8"),
    "another kind of file": lambda root: (root / "three.toml.txt").write_text("", "utf-8"),
    "deleted": lambda root: (root / "one.toml").unlink(),
    "renamed": lambda root: (root / "one.toml").rename(root / "four.toml"),
    "moved": lambda root: (root / "one.toml").rename(root / "below/one.toml"),
    "swapped": _swap,
    "behind a link": lambda root: (root.parent / "aside").write_text("ASIDE", "utf-8"),
    "another link": _point_elsewhere,
    "a folder": lambda root: (root / "empty").mkdir(),
    "gone": lambda root: root.rename(root.with_name("elsewhere")),
}


@pytest.mark.parametrize("change", _CHANGES)
def test_changed(root: Path, change: str) -> None:
    """Each change makes it another stamp."""
    before = stamp_of([root])
    assert before is not None
    assert stamp_of([root]) == before
    time.sleep(0.02)  # more than a tick of any clock in use here
    _CHANGES[change](root)
    after = stamp_of([root])
    assert after is None or after.digest != before.digest


def test_compiled_by_python(root: Path) -> None:
    """What Python keeps of code is no part of it."""
    before = stamp_of([root])
    (root / "__pycache__").mkdir()
    (root / "__pycache__/one.pyc").write_bytes(b"")
    assert stamp_of([root]) == before


def test_not_settled(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What changed just now may change within the same tick, and what has a time to come may have it again."""
    stamp = stamp_of([root])
    assert stamp is not None
    assert not stamp.is_settled
    assert not Stamp("", time.time() + 3600).is_settled
    monkeypatch.setattr(time, "time", lambda: stamp.newest + 10)
    assert stamp.is_settled


@pytest.mark.parametrize("kind", ["pipe", "hanging link"])
def test_no_stamp(root: Path, kind: str) -> None:
    """A pipe holds something else at each look; a link that leads nowhere is an error to whoever reads it."""
    if kind == "pipe":
        os.mkfifo(root / "pipe.toml")
    else:
        (root / "hanging.toml").symlink_to(root / "nowhere")
    assert stamp_of([root]) is None


def test_order_of_roots(root: Path) -> None:
    """Which of two roots stands in for the other is told by their order."""
    assert stamp_of([root, root / "below"]) != stamp_of([root / "below", root])
    assert stamp_of([root.parent / "nowhere"]) == stamp_of([root.parent / "nowhere"])
