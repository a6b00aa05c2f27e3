"""The workbench in a real browser: the whole way from a PDF to a Word file, by pointer and by keyboard, for every eye and hand."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from consistent import load
from consistent.toml.tomlfile import TomlFile
from tests import drawn_pdfs
from tests.reports.html_cases import browser
from tests.test_diff_documents import NEW
from tests.web.serving import PACK, Visitor, served

# A machine that does much else takes its time.
_PATIENCE = 90_000


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of work."""
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="module")
def bench(folder: Path) -> Iterator[Visitor]:
    """A workbench over it."""
    with served(folder) as found:
        yield found


@pytest.fixture(scope="module")
def page(chromium: Browser, bench: Visitor) -> Iterator[Page]:
    """A page of the browser that was let in; nothing goes wrong on it, and it asks nobody else for anything."""
    context = chromium.new_context(viewport={"width": 1366, "height": 850}, reduced_motion="reduce")
    made = context.new_page()
    made.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    asked: list[str] = []
    wrong: list[str] = []
    made.on("request", lambda request: asked.append(request.url))
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda message: wrong.append(message.text) if "inline style" not in message.text else None)
    made.goto(bench.address)
    yield made
    assert [address for address in asked if not address.startswith(f"http://{bench.host}/")] == []
    # Axe brings a style of its own, which the policy refuses; nothing else is refused.
    assert wrong == []
    context.close()


def check_axe(page: Page) -> None:
    """No violation, in light and dark, where nothing but colours can be otherwise."""
    schemes: tuple[tuple[Literal["light", "dark"], dict[str, list[str]] | None], ...] = (
        ("light", None),
        ("dark", {"runOnly": ["color-contrast", "link-in-text-block"]}),
    )
    for scheme, options in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(page, options=options).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    page.emulate_media(color_scheme="light", reduced_motion="reduce")


def _start(page: Page) -> None:
    """The start tells what this is, in the language that is chosen."""
    check_axe(page)
    page.click("nav.languages a[lang=nl]")
    expect(page.locator("h1")).to_have_text("Werkbank")
    assert page.locator("html").get_attribute("lang") == "nl"
    page.click("nav.languages a[lang=en]")
    expect(page.locator("h1")).to_have_text("Workbench")


def _from_a_pdf(page: Page, folder: Path) -> None:
    """A PDF is read, a value confirmed, one recorded from selected words, a question answered, and a step taken back."""
    pdf = FilePayload(name="lamps.pdf", mimeType="application/pdf", buffer=drawn_pdfs.act())
    page.set_input_files("#file", pdf)
    page.click("#drop button")
    expect(page.locator("#doc mark").first).to_be_visible()
    expect(page.locator("#summary")).to_contain_text("that is no approval")
    kb, path = load(PACK), folder / "lamps.toml"
    read = kb.read_file(TomlFile.read(path))

    # Confirmed: the card says so, the file too, and the focus goes on to the next.
    page.click("#m-1 > summary")
    page.click("#m-1 .card button[value=confirmed] >> nth=0")
    expect(page.locator("#m-1 .card.is-confirmed")).to_have_count(1)
    expect(page.locator("#said")).to_contain_text("Saved")
    expect(page.locator("#m-1 .card button[value=confirmed]").first).to_be_focused()
    assert kb.read_file(TomlFile.read(path)).unconfirmed == read.unconfirmed - 1

    # The passage of a value is where its link leads.
    page.click("#m-1 .passages a >> nth=0")
    anchor = page.evaluate("decodeURIComponent(location.hash)")
    expect(page.locator(f"#doc p:has([id='{anchor[1:]}'])")).to_be_in_viewport()

    # Words that are selected become the evidence of a value.
    page.evaluate(
        """() => { const range = document.createRange();
        range.selectNodeContents([...document.querySelectorAll("#doc p[data-measure]")].pop());
        getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    page.click("#take")
    expect(page.locator("#selection q")).to_contain_text("candles")
    page.select_option("#s-field", "areas")
    page.fill("#s-typed", "energy")
    with page.expect_response("**/statement"):
        page.click("#record button.main")
    measure = kb.read_file(TomlFile.read(path)).measures[1]
    (evidence,) = [each for name, each in measure.evidence if name == "areas"]
    assert evidence.quote.startswith("2. It does not apply to candles")
    assert measure.areas.yes == {"energy"}

    # Answered: what hangs on it changes, the next question has the focus, and it can be taken back.
    before = path.read_bytes()
    asked = page.inner_text("#question h4")
    page.locator("#answer fieldset input").first.check()
    page.click("#answer button.main")
    expect(page.locator("#question h4")).not_to_have_text(asked)
    expect(page.locator("#question-h")).to_be_focused()
    assert path.read_bytes() != before
    page.click("#undo")
    expect(page.locator("#said")).to_contain_text("taken back")
    assert path.read_bytes() == before
    expect(page.locator("#question h4")).to_have_text(asked)
    check_axe(page)


def _fiche(page: Page, tmp_path: Path) -> None:
    """The fiche is shown, and downloaded as a Word file."""
    page.click("text=Fiche")
    expect(page.locator("main.fiche")).to_be_visible()
    check_axe(page)
    with page.expect_download() as download:
        page.click(".button.main")
    target = tmp_path / "fiche.docx"
    download.value.save_as(target)
    assert "lamps" in zipfile.ZipFile(target).read("word/document.xml").decode()
    page.click(".home")
    expect(page.locator("#question")).to_be_visible()


def _another_form(page: Page, tmp_path: Path) -> None:
    """Another form is chosen by keyboard, shown in its language or the other one, and downloaded; the language of the page changes none of it."""
    page.click("text=Fiche")
    page.focus("#form")
    page.keyboard.type("British")
    expect(page.locator("#form")).to_have_value("explanatory-memorandum")
    page.select_option("#in", "nl")
    page.focus("form.pack button")
    page.keyboard.press("Enter")
    expect(page.locator("main.fiche")).to_have_attribute("lang", "nl")
    page.click("nav.languages a[lang=nl]")
    expect(page.locator("#form")).to_have_value("explanatory-memorandum")
    page.click("nav.languages a[lang=en]")
    with page.expect_download() as download:
        page.click(".button.main")
    assert download.value.suggested_filename == "lamps-fiche-explanatory-memorandum.docx"
    page.click(".home")
    expect(page.locator("#question")).to_be_visible()


def _accepted(page: Page, folder: Path) -> None:
    """A finding is accepted and withdrawn by keyboard alone, and the page tells what is accepted."""
    back = page.url
    page.goto(back.partition("/proposal/")[0])
    page.click("text=Open the White Paper")
    expect(page.locator("#question")).to_be_visible()
    fold = page.locator("details.said:has(details.accept)").first
    if not fold.evaluate("each => each.open"):
        fold.locator("> summary").focus()
        page.keyboard.press("Enter")
    fold.locator("details.accept > summary").focus()
    page.keyboard.press("Enter")
    check_axe(page)
    fold.locator("[name=reason]").focus()
    page.keyboard.type("as agreed")
    fold.locator("[name=until]").fill("2099-12-31")
    page.keyboard.press("Enter")
    expect(page.locator("#waivers")).to_contain_text("as agreed")
    expect(page.locator("#waivers-h")).to_be_focused()
    assert 'reason = "as agreed"' in (folder / "waivers.toml").read_text()
    page.locator("#waivers summary").first.click()
    check_axe(page)
    page.locator("#waivers button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#waivers")).to_have_count(0)
    assert not (folder / "waivers.toml").exists()
    page.goto(back)
    expect(page.locator("#question")).to_be_visible()


def _amended_text(page: Page) -> None:
    """An amended text is brought along and compared, the steps are told meanwhile; it is let go of again; all of it on a small screen too."""
    page.click("text=Compare with an amended text")
    page.set_input_files("#file", FilePayload(name="council.txt", mimeType="text/plain", buffer=NEW.encode()))
    page.click("#drop button")
    expect(page.locator("#asked-h")).to_be_visible()
    page.locator("#differing details > summary").first.focus()
    page.keyboard.press("Enter")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    check_axe(page)
    page.set_viewport_size({"width": 1366, "height": 850})
    page.click("text=Leave this text")
    expect(page.locator("#with")).to_be_visible()
    check_axe(page)
    page.click(".home")
    expect(page.locator("#question")).to_be_visible()


def _by_keyboard(page: Page, folder: Path) -> None:
    """A question is answered, why is asked, and a value confirmed without a pointer."""
    path = folder / "lamps.toml"
    before = path.read_bytes()
    reached = set()
    page.focus("#undo")
    for _ in range(400):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "document.activeElement.matches('#answer button.main') ? 'answered' : document.activeElement.id || ''"
        )
        reached.add(at)
        if page.evaluate("document.activeElement.matches('#answer fieldset input')"):
            page.keyboard.press("Space")
        if at == "answered":
            break
    assert {"text-pane", "values-pane", "hangs-pane", "answered"} <= reached
    page.keyboard.press("Enter")
    expect(page.locator("#question-h")).to_be_focused()
    assert path.read_bytes() != before
    page.focus("#m-2 > summary")
    page.keyboard.press("Enter")
    expect(page.locator("#m-2 .card").first).to_be_visible()
    count = page.locator("#m-2 .card.is-confirmed").count()
    page.locator("#m-2 .card button[value=confirmed]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#m-2 .card.is-confirmed")).to_have_count(count + 1)
    page.focus("#open > summary")
    page.keyboard.press("Enter")
    page.focus("#open details > summary >> nth=0")
    page.keyboard.press("Enter")
    page.locator("#open details button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#open .told-box").first).not_to_be_empty()
    check_axe(page)


def _two_windows(page: Page, folder: Path) -> None:
    """A second window is told that the first one changed the file, keeps what was typed, and writes nothing."""
    second = page.context.new_page()
    second.goto(page.url)
    second.fill("#question input[type=text], #question input:not([type])", "art. 1")
    page.click("#undo")
    expect(page.locator("#said")).to_contain_text("taken back")
    held = (folder / "lamps.toml").read_bytes()
    second.click("#answer .buttons button >> nth=0")
    expect(second.locator("#notice")).to_contain_text("another window")
    assert (folder / "lamps.toml").read_bytes() == held
    assert second.locator("#question input[type=text], #question input:not([type])").first.input_value() == "art. 1"
    second.click("[data-reload]")
    expect(second.locator("#notice")).to_be_empty()
    second.close()


def _small_screen(page: Page) -> None:
    """On a phone, and magnified to twice the size, nothing is cut off, and the panes stand below each other."""
    for width in (390, 683):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        boxes = [page.locator(f"#{name}-pane").bounding_box() for name in ("text", "values", "hangs")]
        tops = [box["y"] for box in boxes if box]
        assert tops == sorted(tops)
    check_axe(page)
    page.set_viewport_size({"width": 1366, "height": 850})


def _program_stopped(chromium: Browser, folder: Path) -> None:
    """Where the program was stopped the page says so, and that what was saved is in the folder."""
    with served(folder) as bench:
        context = chromium.new_context()
        page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        page.goto(bench.address)
        page.click(".files a >> nth=0")
        expect(page.locator("#question")).to_be_visible()
        expect(page.locator("#doc")).to_be_visible()
    page.click("#undo")
    expect(page.locator("#notice")).to_contain_text("was stopped")
    context.close()


def test_one_proposal(page: Page, chromium: Browser, folder: Path, tmp_path: Path) -> None:
    """One proposal is worked on from start to end; each step goes on from the one before, so that no worker takes a part of it."""
    _start(page)
    _from_a_pdf(page, folder)
    _fiche(page, tmp_path)
    _another_form(page, tmp_path)
    _accepted(page, folder)
    _amended_text(page)
    _by_keyboard(page, folder)
    _two_windows(page, folder)
    _small_screen(page)
    _program_stopped(chromium, folder)


def test_rules(page: Page) -> None:
    """A rule is found by words, its text tried as it is typed, and a fault leads to its line."""
    host = page.url.partition("/")[2].partition("/")[2].partition("/")[0]
    page.goto(f"http://{host}/rules/{PACK}")
    page.fill("#words", "Ukraine projects")
    link = page.locator("#shelved a", has_text="shut out of joint projects")
    expect(link).to_be_visible()
    check_axe(page)
    link.click()
    text = page.locator("#rule-text")
    typed = text.input_value()
    text.fill(typed.replace("excluded_partners", "excluded_partner", 1))
    fault = page.locator("#tried [data-line]")
    expect(fault).to_be_visible()
    check_axe(page)
    fault.click()
    expect(text).to_be_focused()
    line = page.evaluate(
        "() => { const t = document.querySelector('#rule-text'); return t.value.slice(t.selectionStart, t.selectionEnd); }"
    )
    assert line.startswith("excluded_partner ")
    text.fill(typed)
    expect(page.locator("#tried .aligned")).to_be_visible()
    expect(page.locator("#tried")).to_contain_text("Nothing changes")
    # What is typed meanwhile does not call it off.
    text.fill(f"{typed}\n")
    page.click("text=How well is it tested?")
    expect(page.locator("#tested")).to_contain_text("planted")
    check_axe(page)


def test_typed_early(page: Page) -> None:
    """What is typed before the scripts have come is tried as well."""
    host = page.url.partition("/")[2].partition("/")[2].partition("/")[0]
    held: list[Route] = []
    page.route("**/htmx.min.js", lambda route: held.append(route))  # noqa: PLW0108 - a list's own method cannot be kept
    page.goto(f"http://{host}/rules/{PACK}/rule/nl-22112-4027/ukraine/shut-out-of-projects", wait_until="commit")
    text = page.locator("#rule-text")
    text.fill(text.input_value().replace("excluded_partners", "excluded_partner", 1))
    for route in held:
        route.continue_()
    expect(page.locator("#tried [data-line]")).to_be_visible()
    page.unroute("**/htmx.min.js")
