"""What installed packages add is found as Python finds it, in whichever way they are installed."""

import sys
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from consistent.plugins import added, entry_points, installed_version

GROUP = "consistent.test_things"


def install(folder: Path, name: str, points: str, version: str = "1.0", kind: str = "dist-info") -> None:
    """A distribution whose metadata lie in a folder."""
    info = folder / f"{name}-{version}.{kind}"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
    (info / "entry_points.txt").write_text(points, "utf-8")


def found(group: str) -> list[tuple[str, str]]:
    return sorted((point.name, point.value) for point in entry_points(group=group))


@pytest.mark.parametrize(
    "group", ["console_scripts", "consistent.commands", "consistent.reports", "pytest11", "nothing"]
)
def test_as_python_finds_them(group: str) -> None:
    """All entry points of what is installed here, by group."""
    assert found(group) == sorted((point.name, point.value) for point in metadata.entry_points(group=group))


def test_versions() -> None:
    """Of all that is installed here, and of what is not."""
    named = {each.name: each.version for each in metadata.distributions()}
    assert {name: installed_version(name) for name in named} == named
    assert installed_version("not-installed-at-all") is None


def test_files_as_they_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Remarks, blanks, extras and other groups; the first package of a name on the path hides the second."""
    one, other = tmp_path / "one", tmp_path / "other"
    text = f"# of things\n[other.group]\nx = y:z\n\n[ {GROUP} ]\nno = it:is\n[{GROUP}]\n  path = os.path:join [extra]\nmodule=json\n"
    install(one, "Some_Things", text)
    install(other, "some.things", f"[{GROUP}]\nhidden = a:b\n", "2.0")
    install(other, "more", f"[{GROUP}]\nmore = a:b\n", kind="egg-info")
    monkeypatch.setattr(sys, "path", [str(one), str(other), str(tmp_path / "nowhere"), *sys.path])
    assert found(GROUP) == [("module", "json"), ("more", "a:b"), ("path", "os.path:join [extra]")]
    assert sorted(name for name, _ in found(GROUP)) == sorted(each.name for each in metadata.entry_points(group=GROUP))
    loaded = {point.name: point.load() for point in entry_points(group=GROUP) if point.name != "more"}
    assert loaded == {"module": sys.modules["json"], "path": sys.modules["os.path"].join}
    assert installed_version("some-things") == "1.0"


def test_installed_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed, and taken away, while the program runs."""
    monkeypatch.syspath_prepend(str(tmp_path))
    assert found(GROUP) == []
    install(tmp_path, "late", f"[{GROUP}]\nlate = json:loads\n")
    assert list(added(GROUP, object, "thing")) == ["late"]
    (tmp_path / "late-1.0.dist-info/entry_points.txt").unlink()
    (tmp_path / "late-1.0.dist-info").rename(tmp_path / "gone")
    assert found(GROUP) == []


def test_other_finders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where something else finds packages too, Python is asked for them all."""
    finder = SimpleNamespace(find_distributions=lambda _context: (), find_spec=lambda *_: None)
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, finder])
    point = SimpleNamespace(name="theirs", value="a:b")
    monkeypatch.setattr(metadata, "entry_points", lambda *, group: [point] if group == GROUP else [])
    assert found(GROUP) == [("theirs", "a:b")]


def test_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where an archive is on the path, in which packages may lie."""
    archive = tmp_path / "things.zip"
    archive.touch()
    monkeypatch.setattr(sys, "path", [*sys.path, str(archive)])
    monkeypatch.setattr(metadata, "entry_points", lambda *, group: [SimpleNamespace(name=group, value="")])
    assert found(GROUP) == [(GROUP, "")]
