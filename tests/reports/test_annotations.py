"""Web Annotations: what the data model asks, passages that are found again, and the same identity each time."""

import json
from datetime import date
from typing import Any

import pytest

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.cli.main import main
from consistent.documents.anchors import Anchor, find
from consistent.documents.reading import read_document
from consistent.drafting.draft import Draft
from consistent.reports.annotations import CONTEXT, render, render_draft
from consistent.reports.dossier import Dossier
from tests.built_docx import act

# Of the data model, 3.3.5: what an annotation can be for.
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load("treaties")


@pytest.fixture(scope="module")
def draft(kb: KnowledgeBase) -> Draft:
    return kb.draft(act(), "act.docx", as_proposal=True)


def collection(text: str) -> list[dict[str, Any]]:
    """The items of a collection, which is as the data model asks."""
    data = json.loads(text)
    assert text.isascii()
    assert data["@context"] == CONTEXT
    assert data["type"] == "AnnotationCollection"
    page = data["first"]
    assert (page["type"], page["partOf"], page["startIndex"]) == ("AnnotationPage", data["id"], 0)
    items: list[dict[str, Any]] = page["items"]
    assert data["total"] == len(items)
    for item in items:
        assert item["type"] == "Annotation"
        assert item["motivation"] in MOTIVATIONS
        assert item["id"].startswith("urn:uuid:")
        assert item["target"]
        assert all(body["type"] == "TextualBody" and body["value"] for body in item["body"])
    assert len({item["id"] for item in items}) == len(items)
    return items


def test_passages_of_a_draft_are_found_again(kb: KnowledgeBase, draft: Draft) -> None:
    """Each selector leads to the passage in the document, with the words around it that tell it from others."""
    items = collection(render_draft(draft, "nl", kb.knowledge))
    document = read_document(act(), "act.docx")
    selectors = [item["target"]["selector"] for item in items if isinstance(item["target"], dict)]
    assert len(selectors) >= 6
    # But for what begins or ends the document, what stands around the words is there too.
    assert sum("prefix" in selector and "suffix" in selector for selector in selectors) >= len(selectors) - 2
    for selector in selectors:
        assert selector["type"] == "TextQuoteSelector"
        anchor = Anchor(exact=selector["exact"], prefix=selector.get("prefix", ""), suffix=selector.get("suffix", ""))
        assert find(document, anchor) is not None
    assert any(item["body"][0]["value"].startswith("rechtsgrondslag: artikel 100, lid 2, VWEU") for item in items)


def test_a_check_annotates_what_it_rests_on(kb: KnowledgeBase, draft: Draft) -> None:
    """Findings assess and open rules question; each names its rule; what rests on no passage is on the whole document."""
    dossier = Dossier.of(kb.check(draft.proposal, as_of=date(2026, 12, 1)), draft)
    text = render([dossier], "en")
    assert text == render([dossier], "en")
    items = collection(text)
    assert {item["motivation"] for item in items} <= {"assessing", "questioning"}
    rules = {item["body"][1]["value"] for item in items}
    assert {finding.rule for finding in dossier.report.findings} <= rules
    # The words are English, whatever the language of what is said of them.
    (source,) = {
        item["target"]["source"] if isinstance(item["target"], dict) else item["target"]
        for item in collection(render([dossier], "nl"))
    }
    assert "/EN/" in source


def test_the_command_draws_up_both(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """`check --format annotations` has the findings of a proposal in TOML too, whose passages are noted there."""
    main(
        [
            "check",
            "proposals/com-2020-842.toml",
            "--pack",
            "treaties",
            "--as-of",
            "2026-12-01",
            "--format",
            "annotations",
        ]
    )
    items = collection(capsysbinary.readouterr().out.decode())
    assert any(isinstance(item["target"], dict) for item in items)
    assert {item["motivation"] for item in items} == {"assessing", "questioning"}
