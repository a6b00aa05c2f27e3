"""The overview of many proposals: totals that add up, and a page that needs nothing and runs nothing foreign."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from lxml import html

from consistent.findings.outcome import OUTCOMES
from consistent.reports.overview import overview
from tests.reports.report_cases import ROOT, checked, golden_dossiers, hostile_proposal, rendered


def page(content: bytes) -> html.HtmlElement:
    """The page, read."""
    return html.document_fromstring(content.decode())


def test_totals_add_up() -> None:
    """By proposal and by principle the same is counted; measures that are not judged have no principle."""
    found = overview(golden_dossiers(), "en")
    for outcome in set(OUTCOMES) - {"not-judged"}:
        by_proposal = [each.counts.get(outcome, 0) for each in found.columns]
        by_principle = [
            sum(row.cells[number].get(outcome, 0) for row in found.rows) for number in range(len(by_proposal))
        ]
        assert by_proposal == by_principle
        assert sum(by_proposal) == found.total.get(outcome, 0) == sum(row.total.get(outcome, 0) for row in found.rows)
    assert found.total["not-judged"] == 34
    assert found.rows[0].total["conflict"] == 1


def test_principles_without_a_word_are_named() -> None:
    """A principle whose rules say nothing is listed: its silence is no approval."""
    dossiers = golden_dossiers()
    found = overview(dossiers, "en")
    run = {rule.principle for each in dossiers for rule in each.rules}
    assert len(found.rows) + len(found.silent) == len(run)


def test_page_needs_nothing_else() -> None:
    """No address, no element that loads, and a policy that allows its own style and script alone."""
    content = rendered("overview-html", golden_dossiers(), "nl")
    read = page(content)
    assert not re.search(rb"(?:url\(|@import|https?:)", content)
    assert read.xpath("//@src | //@href") == []
    (policy,) = read.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    for kind in ("style", "script"):
        (text,) = read.xpath(f"//{kind}/text()")
        assert f"{kind}-src 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
    assert read.get("lang") == "nl"


def test_page_for_screen_readers() -> None:
    """Each table has a name, each head a scope, each frame that scrolls can be reached; no colour says it alone."""
    read = page(rendered("overview-html", golden_dossiers(), "en"))
    assert {each.get("scope") for each in read.iter("th")} == {"col", "row"}
    for table in read.iter("table"):
        assert table.get("aria-label") in {heading.text_content() for heading in read.iter("h2")}
    for frame in read.find_class("scroll"):
        assert (frame.get("role"), frame.get("tabindex")) == ("region", "0")
    assert {each.text for each in read.xpath("//td/span[@class='t-bad']")} == {"1", "1 conflict"}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_harm_stays_text(language: str) -> None:
    """Whatever a proposal says, the page has no element more than one without it."""
    harmful = page(rendered("overview-html", [checked(hostile_proposal())], language))  # type: ignore[arg-type]  # one of the two
    assert len(list(harmful.iter("script"))) == 1
    assert not list(harmful.iter("img", "a"))
    assert "<script>alert(1)</script>" in harmful.text_content()


def test_sorted_without_a_script() -> None:
    """The page stands in order of gravity before any script runs, and every cell has its weight for one."""
    text = (ROOT / "proposals/com-2024-150.toml").read_text(encoding="utf-8")
    read = page(rendered("overview-html", [checked(text)], "en"))
    table = list(read.iter("table"))[-1]
    weights = [int(row.xpath("td[last()]/@data-sort")[0]) for row in table.xpath(".//tbody/tr")]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) > 3
