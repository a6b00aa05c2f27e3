"""The workbench without a server, in a real browser: from a PDF to a Word file, opened from a disk, with nobody to ask."""

import os
import shutil
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from consistent.cli.main import main
from consistent.errors import UsageError
from consistent.web.browser.building import build, fetched, parts
from tests import drawn_pdfs
from tests.reports.html_cases import browser

# A machine that does much else takes its time.
_PATIENCE = 240_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbench as a folder."""
    if not os.environ.get("CONSISTENT_STATIC"):
        pytest.skip("to build the folder takes minutes; CONSISTENT_STATIC=1 asks for it")
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("no Node.js on this machine")
    try:
        for part in parts():
            fetched(part)
    except UsageError as error:
        pytest.skip(f"what the page is made of cannot be had: {error}")
    target = tmp_path_factory.mktemp("static") / "workbench"
    build(target)
    return target


def test_from_a_pdf(folder: Path, tmp_path: Path) -> None:
    """A PDF is read, and its fiche downloaded as Word; all files as an archive; and nobody was asked for anything."""
    asked: list[str] = []
    with browser() as chromium:
        page = chromium.new_page(viewport={"width": 1366, "height": 850}, accept_downloads=True)
        page.set_default_timeout(_PATIENCE)
        page.on("request", lambda request: asked.append(request.url))
        page.goto((folder / "index.html").as_uri())
        page.wait_for_selector("body[data-state=ready]")
        shown = page.frame_locator("iframe")
        shown.locator("nav.languages a[lang=nl]").click()
        expect(shown.locator("h1")).to_have_text("Werkbank", timeout=_PATIENCE)
        shown.locator("#file").set_input_files(
            FilePayload(name="lamps.pdf", mimeType="application/pdf", buffer=drawn_pdfs.act())
        )
        shown.locator("#drop button.main").click()
        expect(shown.locator("#doc mark").first).to_be_visible(timeout=_PATIENCE)
        expect(shown.locator("#summary")).to_be_visible()
        shown.get_by_role("link", name="Fiche").click()
        expect(shown.locator("main.fiche")).to_be_visible(timeout=_PATIENCE)
        with page.expect_download() as fiche:
            shown.locator(".button.main").click()
        fiche.value.save_as(tmp_path / "fiche.docx")
        with page.expect_download() as all_files:
            page.click("#all")
        all_files.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "fiche.docx") as word:
        assert "word/document.xml" in word.namelist()
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert sorted(archive.namelist()) == ["lamps.pdf", "lamps.toml"]
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []


def test_in_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that holds something is left as it is."""
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["serve", "--static", str(tmp_path), "--lang", "en"]) == 2
    assert "not an empty folder" in capsys.readouterr().err
    assert main(["serve", "--static", str(tmp_path), "--lang", "nl"]) == 2
    assert "geen lege map" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
