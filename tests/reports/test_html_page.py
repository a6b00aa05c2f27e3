"""The page as a file: whole, safe, and the same for the same input."""

import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from attrs import evolve
from lxml import html

from consistent.cli import main
from consistent.errors import printable
from consistent.model.text import LANGUAGES, Language
from consistent.reports.dossier import Dossier
from consistent.reports.formats import format_named
from consistent.reports.html.page import HTML, render_html
from tests.reports.html_cases import drafted_dossier, few_rules, hostile
from tests.reports.report_cases import DAY, HOSTILE, ROOT, kb


@pytest.fixture(autouse=True)
def _at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are told from the current folder."""
    monkeypatch.chdir(ROOT)


def parsed(text: str) -> html.HtmlElement:
    return html.document_fromstring(text.encode())


def test_the_format_is_found_by_name() -> None:
    """`--format html` is this one."""
    assert format_named("html") is HTML


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_input_gives_the_same_bytes(language: Language) -> None:
    """Nothing of the day, the machine or the order of sets gets in."""
    dossiers = few_rules()
    assert render_html(dossiers, language) == render_html(dossiers, language)


def test_both_languages_are_in_the_file() -> None:
    """The language says how the page opens, and nothing else."""
    english, dutch = (render_html(few_rules(), each) for each in LANGUAGES)
    same = english.replace('<html lang="en">', '<html lang="nl">').replace("<title>Consistency report", "<title>X")
    same = re.sub(r'aria-pressed="\w+"', "", same)
    other = re.sub(r'aria-pressed="\w+"', "", dutch.replace("<title>Consistentierapport", "<title>X"))
    assert without_title(same) == without_title(other)


def without_title(text: str) -> str:
    return re.sub(r"<title>X.*?</title>", "", text, count=1, flags=re.DOTALL)


def test_only_its_own_styles_and_script_can_run() -> None:
    """The policy has the hashes of what is in the file, allows nothing else, and no attribute needs more."""
    page = parsed(render_html(few_rules(), "en"))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    hashes = [
        b64encode(sha256(each.encode()).digest()).decode() for each in page.xpath("//style/text() | //script/text()")
    ]
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{hashes[0]}'",
        f"script-src 'sha256-{hashes[1]}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert not page.xpath("//@style | //@onclick | //@src | //link | //iframe | //object | //form | //img | //base")


@pytest.mark.parametrize("case", ["few", "drafted", "hostile"])
def test_anchors(case: str) -> None:
    """Every anchor is there once, and every link within the page leads to one."""
    dossiers = few_rules() if case == "few" else (drafted_dossier() if case == "drafted" else hostile(),)
    page = parsed(render_html(dossiers, "en"))
    anchors = Counter(page.xpath("//@id"))
    assert [each for each, number in anchors.items() if number > 1] == []
    links = [each.removeprefix("#") for each in page.xpath("//a/@href") if each.startswith("#")]
    assert links
    assert set(links) <= anchors.keys()
    assert set(" ".join(page.xpath("//@aria-labelledby")).split()) <= anchors.keys()
    assert all(each.startswith(("#", "https://")) for each in page.xpath("//a/@href"))


def test_each_proposal_has_a_section() -> None:
    """Several proposals in one file, each listed in the contents."""
    page = parsed(render_html(few_rules(), "nl"))
    articles = page.xpath("//article/@id")
    assert articles == ["p1", "p2", "p3"]
    assert [each.removeprefix("#") for each in page.xpath("//nav/ol/li/a/@href")] == articles


def test_hostile_text_is_shown() -> None:
    """What means harm is text of the page, letter by letter, and no element comes of it."""
    text = render_html([hostile()], "en")
    page = parsed(text)
    shown = " ".join(page.text_content().split())
    for each in HOSTILE:
        assert " ".join(printable(each).split()) in shown
    assert len(page.xpath("//script")) == 1
    assert not set(re.findall(r"[^\n\S ]|[\u200b\u202e\u2028\x00-\x09\x0b-\x1f]", text))


def test_hostile_documents() -> None:
    """The text of a document is shown just so."""
    content = (ROOT / "tests/documents/powers.en.txt").read_text(encoding="utf-8")
    harm = "</mark></script><script>alert(1)</script> \u202etxt & <b onmouseover=alert(1)>x</b>"
    draft = kb().draft(
        content.replace("report to the Commission", f"report {harm} to the Commission").encode(), "a.txt"
    )
    report = kb().check(draft, as_of=DAY, engine="plain")
    dossier = evolve(Dossier.of(report, draft), questions=report.questions(limit=0))
    text = render_html([dossier], "en")
    assert len(parsed(text).xpath("//script")) == 1
    assert "\u202e" not in text
    assert "&lt;/mark&gt;&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_size_of_a_big_draft() -> None:
    """A draft with more than a thousand open rules takes less than a kilobyte for each of them."""
    dossier = drafted_dossier()
    size = len(render_html([dossier], "en").encode())
    assert len(dossier.report.open) > 1000
    assert size < 700 * len(dossier.report.open)


def test_no_findings_and_no_measures(tmp_path: Path) -> None:
    """A proposal of which nothing is known has a page, which says that nothing was looked at."""
    path = tmp_path / "empty.toml"
    path.write_text("[proposal]\n", "utf-8")
    made = tmp_path / "a.html"
    few = ["--pack", "nl-22112-4027", "--select", "nl-22112-4027/procurement"]
    main(["check", str(path), *few, "--format", "html", "-o", str(made), "--fail-on", "never"])
    text = made.read_text("utf-8")
    assert "nothing of what it does was looked at" in text
    assert "niets van wat het doet, is bekeken" in text


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    """`check --format html -o FILE`, of two proposals, with repairs."""
    made = tmp_path / "report.html"
    paths = ["proposals/com-2025-122.toml", "proposals/com-2022-68.toml"]
    status = main(["check", *paths, "--pack", "nl-22112-4027", "--format", "html", "--lang", "nl", "-o", str(made)])
    page = parsed(made.read_text("utf-8"))
    assert status == 1
    assert page.get("lang") == "nl"
    assert page.xpath("//article/@id") == ["p1", "p2"]
    assert page.xpath("//*[@id='p1-repairs']//li")
