"""The page in a real browser: pointer, keyboard, languages, colours, paper, small screens, and no network."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from attrs import frozen
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Browser, Page

from consistent.model.text import LANGUAGES
from consistent.reports.html.page import outline_page, render_html
from tests.reports.html_cases import browser, drafted_dossier, few_rules, hostile
from tests.reports.outline_cases import EVERYTHING
from tests.reports.report_cases import ROOT


@frozen
class Opened:
    """A page with all that it asked for and all that went wrong."""

    page: Page
    requests: list[str]
    errors: list[str]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages, written once."""
    folder = tmp_path_factory.mktemp("pages")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        pages = {"few": few_rules(), "big": (drafted_dossier(),), "hostile": (hostile(),)}
        for name, dossiers in pages.items():
            (folder / f"{name}.html").write_text(render_html(dossiers, "en"), "utf-8")
    return {name: folder / f"{name}.html" for name in pages}


def opened(chromium: Browser, path: Path, width: int = 1280, scheme: str = "light") -> Opened:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    found = Opened(page, [], [])
    page.on("request", lambda request: found.requests.append(request.url))
    page.on("pageerror", lambda error: found.errors.append(str(error)))
    page.on("console", lambda message: found.errors.append(message.text))
    page.goto(path.as_uri())
    return found


@pytest.fixture
def few(chromium: Browser, files: dict[str, Path]) -> Iterator[Page]:
    """The page of few rules; nothing may go wrong on it, and it may ask for nothing but itself."""
    found = opened(chromium, files["few"])
    yield found.page
    assert found.errors == []
    assert found.requests == [files["few"].as_uri()]
    found.page.context.close()


def shown(page: Page) -> int:
    return int(page.locator("#shown").inner_text())


def total(page: Page) -> int:
    return int(page.locator("#total").inner_text())


def test_search(few: Page) -> None:
    """Each word has to be there, in whatever order; a reader is told that something is hidden."""
    assert shown(few) == total(few) == few.locator("[data-item]").count()
    assert few.locator("#hidden").is_hidden()
    few.fill("#search", "BASIS exceptional")
    assert 0 < shown(few) < total(few)
    assert few.locator("[data-item]:visible").count() == shown(few)
    for text in few.locator("[data-item]:visible").all():
        content = (text.text_content() or "").lower()
        assert "basis" in content
        assert "exceptional" in content
    assert few.locator("#hidden").is_visible()
    few.fill("#search", "no such words anywhere")
    assert shown(few) == 0
    assert few.locator("#p1-conflict").is_hidden()
    few.click("#reset")
    assert shown(few) == total(few)
    assert few.locator("#p1-conflict").is_visible()


def test_search_finds_either_language(few: Page) -> None:
    """A Dutch word is found on an English page."""
    few.fill("#search", "grondslag")
    assert shown(few) > 0


def test_filters(few: Page) -> None:
    """What is unticked goes, by outcome, ground and dimension together."""
    few.click(".filters > summary")
    few.uncheck("[data-filter=outcome] input[value=conflict]")
    assert few.locator("[data-outcome=conflict]:visible").count() == 0
    assert few.locator("[data-outcome=open]:visible").count() > 0
    few.check("[data-filter=outcome] input[value=conflict]")
    assert few.locator("[data-outcome=conflict]:visible").count() > 0
    few.uncheck("[data-filter=ground] input[value=law]")
    few.uncheck("[data-filter=dimension] input[value=substance]")
    assert few.locator("[data-ground=law]:visible, [data-dimension=substance]:visible").count() == 0
    assert few.locator("[data-ground=contested]:visible").count() > 0


def test_unfolding(few: Page) -> None:
    """A conflict is unfolded, its chain is not until it is asked for."""
    conflict = few.locator("details.said[data-outcome=conflict]").first
    assert conflict.get_attribute("open") is not None
    chain = conflict.locator(".chain")
    assert chain.locator("li").first.is_hidden()
    chain.locator("summary").click()
    assert chain.locator("li:visible").count() > 0
    few.click("#fold")
    assert few.locator("main details[open]").count() == 0
    few.click("#unfold")
    assert few.locator("main details:not([open])").count() == 0


def test_language(few: Page) -> None:
    """All words change, and those of the other language are not shown, nor read out."""
    assert few.locator("#p1-judgement-h").inner_text() == "Judgement"
    few.click("[data-language=nl]")
    assert few.locator("html").get_attribute("lang") == "nl"
    assert few.locator("#p1-judgement-h").inner_text() == "Oordeel"
    assert few.locator("[data-language=nl]").get_attribute("aria-pressed") == "true"
    assert few.locator("[data-language=en]").get_attribute("aria-pressed") == "false"
    few.click("#unfold")
    assert few.locator(":is(span, .told)[lang=en]:visible").count() == 0
    assert few.locator(":is(span, .told)[lang=nl]:visible").count() > 100
    few.click("[data-language=en]")
    assert few.locator(":is(span, .told)[lang=nl]:visible").count() == 0


def test_links_unfold(few: Page) -> None:
    """The outline, the matrix and the text lead to what they mean, unfolded, and shown again if a filter hid it."""
    few.click("#p1-outline summary")
    few.click("svg a[href='#p1-m1'] rect")
    assert few.locator("#p1-m1").get_attribute("open") is not None
    few.click("#p1-matrix summary")
    few.fill("#search", "no such words anywhere")
    few.locator(".matrix a.c[href^='#p1-f']").first.click()
    target = few.evaluate("location.hash")
    assert few.locator(target).is_visible()
    assert few.locator(target).get_attribute("open") is not None
    assert shown(few) == total(few)
    few.click("#fold")
    few.evaluate("location.hash = document.querySelector('#p3 .verdict a[href^=\"#p3-p\"]').hash")
    few.locator("#p3 mark").first.wait_for()
    few.locator("#p3 mark + sup a").first.click()
    # The page is told of the new place after the click is over.
    few.wait_for_function("document.querySelector(location.hash)?.open")


def test_the_same_link_twice(few: Page) -> None:
    """A link that was followed before unfolds again."""
    few.click("#p1-outline summary")
    few.click("svg a[href='#p1-m1'] rect")
    few.click("#fold")
    few.click("#p1-outline summary")
    few.click("svg a[href='#p1-m1'] rect")
    assert few.locator("#p1-m1").get_attribute("open") is not None


def test_keyboard_only(few: Page) -> None:
    """Skip link, language, search, unfolding and links work without a pointer, and focus is always seen."""
    few.keyboard.press("Tab")
    assert few.evaluate("document.activeElement.className") == "skip"
    few.keyboard.press("Tab")
    few.keyboard.press("Tab")
    few.keyboard.press("Enter")
    assert few.locator("html").get_attribute("lang") == "nl"
    # The links of the first screen come before the search.
    while few.evaluate("document.activeElement.id") != "search":
        few.keyboard.press("Tab")
    few.keyboard.type("grondslag")
    assert 0 < shown(few) < total(few)
    few.keyboard.press("Tab")
    assert few.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    few.keyboard.press("Enter")
    few.keyboard.press("Tab")
    few.keyboard.press("Space")
    assert few.locator("[data-filter=outcome] input").first.is_checked() is False
    few.focus("#reset")
    few.keyboard.press("Enter")
    assert shown(few) == total(few)
    few.focus("#p1-matrix summary")
    few.keyboard.press("Enter")
    few.locator(".matrix a.c").first.focus()
    few.keyboard.press("Enter")
    few.locator("summary:focus").wait_for()
    few.keyboard.press("Enter")
    assert few.evaluate("document.querySelector(location.hash).open") is False


def test_every_control_can_be_reached(few: Page) -> None:
    """Nothing that can be clicked is out of the way of the keyboard, but what stands twice: tiles, and open cells."""
    hidden = few.locator(":is(a, button, input, summary)[tabindex='-1']:not(svg a):not(.open .c)")
    assert hidden.count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe(chromium: Browser, files: dict[str, Path], scheme: str) -> None:
    """No violation of the rules of axe-core, in either language, with everything unfolded."""
    page = opened(chromium, files["few"], scheme=scheme).page
    page.click("#unfold")
    for language in LANGUAGES:
        page.click(f"[data-language={language}]")
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_of_an_outline(chromium: Browser, tmp_path: Path, scheme: str) -> None:
    """The same holds of a page that is made of an outline, whatever blocks it has, and nothing goes wrong on it."""
    path = tmp_path / "outline.html"
    path.write_text(outline_page("Everything", EVERYTHING, "en"), "utf-8")
    found = opened(chromium, path, scheme=scheme)
    found.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    violations = Axe().run(found.page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in violations] == []
    assert (found.errors, found.requests) == ([], [path.as_uri()])
    found.page.context.close()


def test_colours_follow_the_system(chromium: Browser, files: dict[str, Path]) -> None:
    """Dark where the system is."""
    colours = set()
    for scheme in ("light", "dark"):
        page = opened(chromium, files["few"], scheme=scheme).page
        colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.context.close()
    assert colours == {"rgb(255, 255, 255)", "rgb(20, 24, 29)"}


@pytest.mark.parametrize("width", [320, 390, 768])
def test_narrow_screens(chromium: Browser, files: dict[str, Path], width: int) -> None:
    """The page is never wider than the screen; what is wider scrolls by itself."""
    for name in ("few", "hostile"):
        page = opened(chromium, files[name], width=width).page
        page.click("#unfold")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.context.close()


def test_paper(few: Page, tmp_path: Path) -> None:
    """On paper stand the findings with what they rest on, without controls; what a filter hides is told."""
    few.fill("#search", "industry-scheme-on-exceptional-basis")
    path = tmp_path / "report.pdf"
    few.pdf(path=str(path))
    document = pypdfium2.PdfDocument(path)
    text = " ".join(" ".join(each.get_textpage().get_text_range() for each in document).split())
    document.close()
    assert "Part of this report is hidden by the filter." in text
    assert "principle: " in text
    assert "Show everything" not in text
    assert few.locator(".verdict .chain[open]").count() == 0


def test_paper_is_light(chromium: Browser, files: dict[str, Path]) -> None:
    """Also where the screen is dark."""
    page = opened(chromium, files["few"], scheme="dark").page
    card = "getComputedStyle(document.querySelector('.g-partly-positive-partly-negative')).backgroundColor"
    assert page.evaluate(card) == "rgb(69, 47, 5)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(card) == "rgb(255, 238, 203)"
    page.context.close()


def test_hostile_text_does_nothing(chromium: Browser, files: dict[str, Path]) -> None:
    """No element, no script, no request comes of any text."""
    found = opened(chromium, files["hostile"])
    found.page.on("dialog", lambda dialog: found.errors.append(dialog.message))
    found.page.click("#unfold")
    found.page.fill("#search", "<script>")
    assert shown(found.page) > 0
    assert found.errors == []
    assert found.requests == [files["hostile"].as_uri()]
    found.page.context.close()


def test_nothing_else_can_run(chromium: Browser, files: dict[str, Path], tmp_path: Path) -> None:
    """A script or style that got into the file all the same does not count: the policy refuses it."""
    path = tmp_path / "tampered.html"
    text = files["few"].read_text("utf-8")
    path.write_text(
        text.replace("<main ", "<script>document.title = 'run'</script><img src='x.png'><main ", 1), "utf-8"
    )
    found = opened(chromium, path)
    assert found.page.title() != "run"
    assert len(found.errors) == 2
    assert all("Content Security Policy" in each for each in found.errors)
    found.page.context.close()


def test_a_big_draft_stays_usable(chromium: Browser, files: dict[str, Path]) -> None:
    """More than a thousand open rules: folded at first, few elements shown, and each can be found."""
    found = opened(chromium, files["big"])
    page = found.page
    assert page.locator("#p1-open details[open]").count() == 0
    assert page.locator(".part[open]").count() == 0
    assert page.locator("#p1-open details li:visible").count() == 0
    page.fill("#search", "art-3-4")
    assert shown(page) > 0
    assert found.errors == []
    page.context.close()


def test_without_scripts(chromium: Browser, files: dict[str, Path]) -> None:
    """Everything can be read, in the language in which the page opens, and the reader is told what does not work."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(files["few"].as_uri())
    assert page.get_by_text("Without scripts").is_visible()
    assert page.locator("#p1-judgement-h").inner_text() == "Judgement"
    context.close()
