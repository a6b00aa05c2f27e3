"""`consistent docs`: the site that comes with the wheel, unpacked once and opened."""

import webbrowser
from pathlib import Path
from urllib.request import url2pathname

import pytest
from tools.build_site import packed

from consistent.cli import docs, main

PAGES = (
    "index",
    "glossary",
    "rules/treaties/finance/one",
    "rules/treaties/powers/one",
    "how-to/draft",
    "nl/index",
    "nl/glossary",
)


@pytest.fixture(autouse=True)
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A small site in the archive, and which addresses a browser is asked for."""
    site = tmp_path / "site"
    for page in PAGES:
        path = site / f"{page}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page)
    archive = tmp_path / "site.tar.xz"
    archive.write_bytes(packed(site))
    addresses: list[str] = []
    monkeypatch.setattr(docs, "ARCHIVE", archive)
    monkeypatch.setattr(webbrowser, "open", addresses.append)
    monkeypatch.setenv("CONSISTENT_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("CONSISTENT_LANG", raising=False)
    return addresses


def page_at(address: str) -> str:
    """What a page of an address says: its own name."""
    assert address.startswith("file://")
    return Path(url2pathname(address.removeprefix("file://"))).read_text()


@pytest.mark.parametrize(
    ("arguments", "page"),
    [
        ((), "index"),
        (("--lang", "nl"), "nl/index"),
        (("finance/one",), "rules/treaties/finance/one"),
        (("treaties/powers/one",), "rules/treaties/powers/one"),
        (("glossary",), "glossary"),
        (("glossary", "--lang", "nl"), "nl/glossary"),
        (("how-to/draft", "--lang", "nl"), "how-to/draft"),
    ],
)
def test_opened(
    arguments: tuple[str, ...], page: str, opened: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page that is asked for, Dutch where there is one; the second time what was unpacked is used."""
    for _ in range(2):
        assert main(["docs", *arguments]) == 0
        (address,) = capsys.readouterr().out.splitlines()
        assert opened.pop() == address
        assert page_at(address) == page
    assert len([*(tmp_path / "cache/docs").iterdir()]) == 1


def test_not_opened(opened: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--no-open` tells the address alone; `-o` unpacks elsewhere, and never over what is there."""
    folder = tmp_path / "given"
    assert main(["docs", "--no-open", "-o", str(folder)]) == 0
    assert capsys.readouterr().out.strip() == (folder / "index.html").as_uri()
    assert opened == []
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")} == {
        f"{page}.html" for page in PAGES
    }
    assert main(["docs", "--no-open", "-o", str(folder)]) == 2
    assert "name a folder that is not there yet" in capsys.readouterr().err


def test_nothing_kept(opened: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where nothing may be kept it is read from a folder of this time."""
    monkeypatch.setenv("CONSISTENT_CACHE", "off")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    assert main(["docs"]) == 0
    assert page_at(opened.pop()) == "index"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("gone",), "no page `gone`"),
        (("gone", "--lang", "nl"), "geen bladzijde `gone`"),
        (("one",), "name one of: rules/treaties/finance/one, rules/treaties/powers/one"),
        (("../site/index",), "no page"),
    ],
)
def test_no_page(arguments: tuple[str, ...], told: str, opened: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What is no page, or several, is told, and nothing is opened."""
    assert main(["docs", *arguments]) == 2
    assert told in capsys.readouterr().err
    assert opened == []


def test_without(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An installation that came without it says how to get it."""
    monkeypatch.setattr(docs, "ARCHIVE", tmp_path / "gone.tar.xz")
    assert main(["docs"]) == 2
    told = capsys.readouterr().err
    assert "came without its documentation" in told
    assert "make docs" in told


def test_not_to_be_written(opened: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A place that cannot be written is an error of one line."""
    (tmp_path / "file").touch()
    assert main(["docs", "-o", str(tmp_path / "file" / "below")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert opened == []
