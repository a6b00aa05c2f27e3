"""`consistent docs`: the site that comes with the wheel, unpacked once and opened."""

import lzma
import tarfile
import webbrowser
from io import BytesIO
from pathlib import Path
from urllib.request import url2pathname

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tools.build_site import packed

from consistent.cli import docs, main
from consistent.model.text import LANGUAGES, Language
from tests.harness.effort import examples

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


def archive_of(*names: str) -> bytes:
    """A tar with empty files of these names, not compressed."""
    held = BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name in names:
            archive.addfile(tarfile.TarInfo(name))
    return held.getvalue()


def damaged(whole: bytes) -> dict[str, bytes]:
    """What may have become of an archive."""
    tar = lzma.decompress(whole)
    middle = len(whole) // 2
    return {
        "empty": b"",
        "cut": whole[:middle],
        "cut at its end": whole[:-7],
        "one byte": whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :],
        "another file": b"<html>moved</html>",
        "no tar": lzma.compress(b"x" * 2000),
        "half a tar": lzma.compress(tar[:700]),
        "other numbers": lzma.compress(tar[:100] + b"\xff" * 60 + tar[160:]),
        "without pages": lzma.compress(archive_of("a.txt")),
        "out of its folder": lzma.compress(archive_of("index.html", "../beyond.html")),
        "an absolute path": lzma.compress(archive_of("index.html", "/../beyond.html")),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_damaged(language: Language, opened: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever became of the archive, it is an error of one line with what to do; nothing is opened, and nothing of it stays."""
    for name, content in damaged(docs.ARCHIVE.read_bytes()).items():
        docs.ARCHIVE.write_bytes(content)
        assert main(["docs", "--lang", language]) == 2, name
        told = capsys.readouterr().err
        assert ("is damaged" if language == "en" else "is beschadigd") in told, (name, told)
        assert "make docs" in told
        assert [*(tmp_path / "cache/docs").iterdir()] == [], name
    assert not (tmp_path / "beyond.html").exists()
    assert opened == []


@given(place=st.floats(0, 1, exclude_max=True), other=st.integers(1, 255), cut=st.booleans())
@settings(max_examples=examples(200), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_damaged_anywhere(place: float, other: int, cut: bool) -> None:
    """One byte that changed anywhere in the tar, or its end gone, is either told or harmless; it is never a traceback."""
    whole = archive_of("index.html", "nl/index.html")
    at = int(place * len(whole))
    content = whole[:at] if cut else whole[:at] + bytes([whole[at] ^ other]) + whole[at + 1 :]
    docs.ARCHIVE.write_bytes(lzma.compress(content))
    assert main(["docs", "--no-open"]) in {0, 2}


def test_cache_that_was_emptied(opened: list[str], tmp_path: Path) -> None:
    """Where somebody took pages out of the cache the site is unpacked anew."""
    assert main(["docs"]) == 0
    (unpacked,) = (tmp_path / "cache/docs").iterdir()
    (unpacked / "index.html").unlink()
    assert main(["docs"]) == 0
    assert page_at(opened.pop()) == "index"


def test_not_to_be_written(opened: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A place that cannot be written is an error of one line."""
    (tmp_path / "file").touch()
    assert main(["docs", "-o", str(tmp_path / "file" / "below")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert opened == []
