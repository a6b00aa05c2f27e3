"""The documentation as a site, built without the pages of rules: whole, offline, and to be read by anybody. `make docs` builds all of it."""

import os
import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Browser, Page
from tools.build_site import MOST_BYTES, build, faults, menu, relinked, sources, written

import consistent
from consistent.findings.outcome import OUTCOMES, PRESENTATION
from consistent.model.text import LANGUAGES, Language
from consistent.reports.labels import GRADE_LABELS
from tests.reports.html_cases import browser

ROOT = Path(__file__).parents[1]
STARTS = [f"start/{path.stem}" for path in sorted((ROOT / "docs/start").glob("*.md"))]
DOORS = [f"{folder}{page}" for folder in ("", "nl/") for page in ("index", *STARTS)]

# Of the pages of rules, which are most, that is half; the whole has to stay below `MOST_BYTES`.
MOST_AROUND = 16_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both languages; that it is there says that nothing is wrong for Zensical, in strict mode."""
    folder = tmp_path_factory.mktemp("site")
    build(folder / "docs", folder / "work", packs=False)
    return folder / "docs"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    with browser() as started:
        yield started


def test_whole(site: Path) -> None:
    """Every link leads somewhere, and nothing is fetched from elsewhere."""
    assert list(faults(site)) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.html", '<a href="gone.html">x</a>', "no gone.html"),
        ("a.html", '<a href="a.html#gone">x</a>', "no place a.html#gone"),
        ("a.html", '<a href="../beyond.html">x</a>', "no ../beyond.html"),
        ("a.html", '<img src="gone.png">', "no gone.png"),
        ("a.html", '<script src="https://example.org/x.js"></script>', "fetches https://example.org/x.js"),
        ("a.html", '<link rel="stylesheet" href="//example.org/x.css">', "fetches //example.org/x.css"),
        ("a.css", '@import "https://example.org/x.css";', "fetches @import"),
        ("a.svg", "<style>a { src: url(https://example.org/x.woff) }</style>", "fetches url(https"),
    ],
)
def test_faults_are_told(name: str, content: str, told: str, tmp_path: Path) -> None:
    """A link to nothing, and whatever would be fetched from elsewhere."""
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "beyond.html").write_text("<p>outside</p>")
    (site / name).write_text(f"<html><body>{content}</body></html>" if name.endswith("html") else content)
    (fault,) = faults(site)
    assert told in fault


def test_links_are_led_on() -> None:
    """A link leads to the page on the site, into the other language to a file of it; what is no page loses its link, and code is left alone."""
    places = sources()
    text = "[a](../how-to/draft.md#x) [b](../../README.md) [c](../../Makefile) [d](../nl/README.md) [e](https://example.org)\n"
    led = "[a](../how-to/draft.md#x) [b](../about/overview.md) c [d](../nl/index.html) [e](https://example.org)\n"
    assert relinked(text, "docs/start/write-a-rule.md", places) == led
    code = "```text\n[c](../../Makefile)\n```\n"
    assert relinked(code, "docs/start/write-a-rule.md", places) == code
    assert (
        relinked("[a](../../how-to/draft.md)", "docs/nl/start/write-a-rule.md", places)
        == "[a](../../how-to/draft.html)"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu(language: Language) -> None:
    """Every page that is written is in the menu once, of the first page by the rows of that."""
    pages = dict(written(sources(), language))

    def leaves(entry: object) -> Iterator[object]:
        match entry:
            case dict():
                for below in entry.values():
                    yield from leaves(below)
            case list():
                for each in entry:
                    yield from leaves(each)
            case _:
                yield entry

    listed = list(leaves(menu(pages["README.md"].decode(), pages, language)))
    assert set(listed) == {place for place in pages if place.endswith(".md")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_outcomes(language: Language) -> None:
    """Each outcome has its page by its name, headed by its label; so has each grade its part; both say what to do."""
    folder = ROOT / ("docs/nl" if language == "nl" else "docs") / "reference/outcomes"
    pages = {path.stem: path.read_text("utf-8") for path in folder.glob("*.md")}
    assert pages.keys() == {*OUTCOMES, "presumed", "grades", "README"}
    to_do = "Wat te doen" if language == "nl" else "What to do"
    for outcome in OUTCOMES:
        label = PRESENTATION[outcome].label.get(language)
        assert pages[outcome].startswith(f"# {label[0].upper()}{label[1:]}\n\n{PRESENTATION[outcome].sign} ")
        assert f"**{to_do}.**" in pages[outcome]
    parts = pages["grades"].split("\n## ")[1:]
    assert {part.partition("\n")[0].lower() for part in parts} == {
        label.get(language) for label in GRADE_LABELS.values()
    }
    assert all(to_do in part for part in parts)


def test_names(site: Path) -> None:
    """Each public name has its place on the page that is made of the docstrings."""
    page = (site / "reference/names.html").read_text("utf-8")
    assert [name for name in consistent.__all__ if f'.{name}"' not in page] == []


def _opened(chromium: Browser, path: Path, width: int, scheme: str) -> tuple[Page, list[str]]:
    context = chromium.new_context(
        viewport={"width": width, "height": 850}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    return page, asked


@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (390, "dark")])
@pytest.mark.parametrize("door", DOORS)
def test_doors(door: str, width: int, scheme: str, site: Path, chromium: Browser) -> None:
    """Doors and starts: nothing that bars a reader, nothing fetched but files, nothing cut off at the right."""
    page, asked = _opened(chromium, site / f"{door}.html", width, scheme)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_size(site: Path, tmp_path: Path) -> None:
    """A site that is too large is told; what stands around the content of each of 800 pages stays small, and the index of search is there once."""
    (tmp_path / "large.png").touch()
    os.truncate(tmp_path / "large.png", MOST_BYTES + 1)
    assert [fault.partition(": ")[2] for fault in faults(tmp_path)] == [
        f"{MOST_BYTES + 1} bytes, more than {MOST_BYTES}"
    ]
    page = (site / "reference/limits.html").read_text("utf-8")
    around = len(page) - len(re.search(r"<article.*</article>", page, re.DOTALL)[0])  # type: ignore[index]  # or the test fails
    assert around < MOST_AROUND
    assert [path.name for path in site.glob("search.js*")] == ["search.js"]


@pytest.mark.parametrize(
    ("folder", "word", "found"), [("", "waiver", "waivers.html"), ("nl/", "vermoedelijk", "presumed.html")]
)
def test_search(folder: str, word: str, found: str, site: Path, chromium: Browser) -> None:
    """Search finds from a file, without a server, in each language."""
    page, asked = _opened(chromium, site / f"{folder}index.html", 1366, "light")
    page.get_by_role("button", name="Zoeken" if folder else "Search").first.click()
    page.keyboard.type(word)
    page.locator(f"a[href*='{found}']").first.wait_for(timeout=20_000)
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    page.context.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Tests tell nothing of requests."""


def test_search_from_a_server(site: Path, chromium: Browser) -> None:
    """On an intranet search finds by the same index."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
        page.get_by_role("button", name="Search").first.click()
        page.keyboard.type("waiver")
        page.locator("a[href*='waivers.html']").first.wait_for(timeout=20_000)
        page.close()
        server.shutdown()
