"""Markdown for a pull request: what it shows, that it fits, and that nothing in it marks up, links or mentions."""

import re

import pytest
from lxml import html
from markdown_it import MarkdownIt

from consistent.reports.markdown import markdown_text
from tests.reports.report_cases import HOSTILE, ROOT, checked, golden_dossiers, hostile_proposal, rendered

ALLOWED = {"div", "h1", "h2", "h3", "p", "ul", "li", "strong", "code", "details", "summary"} | {
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def shown(markdown: str) -> html.HtmlElement:
    """The page that a reader of the rendered Markdown sees."""
    rendered_ = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)
    return html.fragment_fromstring(rendered_, create_parent="div")


def tags(page: html.HtmlElement) -> set[str]:
    """All kinds of elements."""
    return {each.tag for each in page.iter() if isinstance(each.tag, str)}


@pytest.mark.parametrize("form", ["markdown", "overview-markdown"])
def test_harm_stays_text(form: str) -> None:
    """Whatever a proposal says, the page holds our own elements only, and the words as they are."""
    markdown = rendered(form, [checked(hostile_proposal())], "en").decode()
    page = shown(markdown)
    assert tags(page) <= ALLOWED
    text = page.text_content()
    assert "<script>alert(1)</script>" in text
    # What GitHub would link after it has rendered: no sign of it stands beside what makes it one.
    assert not re.search(r"@(?!<!-- -->)|#(?!<!-- -->)(?=\d)|://|\bwww\.|\bGH-", re.sub(r"(?m)^#+ ", "", markdown))


@pytest.mark.parametrize("word", HOSTILE)
def test_escaped(word: str) -> None:
    """A reader sees the letters; control characters and line breaks aside."""
    page = shown(f"- x {markdown_text(word)}")
    assert tags(page) == {"div", "ul", "li"}
    seen = " ".join(page.text_content().split())
    expected = re.sub(r"[\u202e\u200b\x07\u2028]", "\ufffd", word)
    assert seen == f"x {' '.join(expected.split())}"


def test_table_keeps_its_columns() -> None:
    """A bar in a title is no column."""
    page = shown(rendered("overview-markdown", [checked(hostile_proposal())], "en").decode())
    for table in page.iter("table"):
        assert len({len(row) for row in table.iter("tr")}) == 1


def test_folds() -> None:
    """The table counts, and each outcome is folded under its name with its number."""
    page = shown(rendered("markdown", golden_dossiers(), "nl").decode())
    assert [each.text for each in page.iter("summary")] == [
        "strijdig (1)", "aanvaard (1)", "open (3)",
        "door een mens te beoordelen (1)",
        "door een mens te beoordelen (1)", "open (1)", "Geacht niet van toepassing te zijn (4)",
    ]  # fmt: skip
    assert [each.text_content() for each in next(page.iter("table")).iter("td")][1:8] == list("1003116")


def test_fits_and_says_what_does_not() -> None:
    """It fits in a comment, and what has no room is counted: nothing goes without a word."""
    dossier = checked((ROOT / "proposals/com-2024-150.toml").read_text(encoding="utf-8"))
    markdown = rendered("markdown", [dossier] * 4, "en").decode()
    assert len(markdown) < 65_536
    left_out = sum(map(int, re.findall(r"for want of room: (\d+)", markdown)))
    assert left_out > 0
    report = dossier.report
    told = len(report.open) + sum(each.verdict not in {"aligned", "reserved"} for each in report.findings)
    # The first screen has items of its own.
    first = len(re.findall(r"\n- \*\*\\?[✕!○?]", markdown))
    assert markdown.count("\n- **") - first + left_out == 4 * told
