"""What `consistent diff` tells of a proposal and a later text of it, as documents."""

import io
import json
import sys
from pathlib import Path

import jsonschema
import pytest
from attrs import evolve

from consistent.checker import load
from consistent.cli import main
from consistent.inquiries.differences.drafts import as_text_of
from consistent.model.proposal import Proposal
from consistent.model.values import Value
from consistent.reports.json_format import schema_for
from tests.documents.test_comparing import BUOYS, KEEPERS, LAMPS, OIL, REPORT
from tests.lifecycle import texts

MANDATE = """\
Council of the European Union
Brussels, 26 June 2026
(OR. en)
9891/26
Interinstitutional File:
2026/0920(COD)
NOTE
From: Presidency
To: Permanent Representatives Committee
No. Cion doc.: COM(2026) 920 final
Subject: Proposal for a REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL on the lamps of harbours
- Mandate for negotiations with the European Parliament
ANNEX
Proposal for a
"""
OLD = (
    f"{texts.PROPOSED}{texts.HEAD}Article 1\nLamps\n1. {LAMPS}\n2. {OIL}\nArticle 2\nBuoys\n1. {BUOYS}\n2. {KEEPERS}\n"
)
NEW = (
    f"{MANDATE}{texts.HEAD}Article 1\nReports\n{REPORT}\nArticle 2\nLamps\n1. {LAMPS.replace('shall', 'may')}\n2. {OIL}\n"
    f"Article 3\nBuoys\n1. {BUOYS}\n"
)


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str, new: str = NEW) -> tuple[int, str, str]:
    """Status, output and errors of a comparison of two texts."""
    monkeypatch.chdir(folder)
    # As wide as where nothing says how wide.
    monkeypatch.delenv("COLUMNS", raising=False)
    (folder / "old.txt").write_text(OLD, "utf-8")
    (folder / "new.txt").write_text(new, "utf-8")
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    status = main(["diff", "old.txt", "new.txt", "--pack", "treaties", "--fail-on", "never", *arguments])
    return status, out.getvalue(), err.getvalue()


def test_a_mandate_of_the_council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is known by its cover; what the text changes comes first, on one screen."""
    status, out, _ = run(tmp_path, monkeypatch)
    assert status == 0
    assert len(out.splitlines()) <= 25
    assert "Council text of COM(2026) 920 final: a general approach or negotiating mandate" in out
    told = [line.strip() for line in out.splitlines()]
    first = told.index("What the text changes")
    assert told[first + 1] == "articles: 1 added, 2 amended"
    assert "Article 1 Reports: added" in told
    assert "Article 1 -> 2 Lamps: (1) reworded" in told
    assert "Article 2 -> 3 Buoys: (2) deleted" in told
    assert first < told.index("What that does to findings")


def test_in_dutch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same in Dutch."""
    _, out, _ = run(tmp_path, monkeypatch, "--lang", "nl")
    assert "Raadstekst van COM(2026) 920 final" in out
    assert "Wat de tekst wijzigt\n  artikelen: 1 toegevoegd, 2 gewijzigd\n" in out
    assert "  artikel 1 -> 2 Lamps: (1) anders verwoord" in out


def test_words_in_every_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """HTML and Markdown mark the words that came and went; JSON has them as data."""
    _, page, _ = run(tmp_path, monkeypatch, "--format", "html")
    assert "<del>shall</del> <ins>may</ins>" in page
    _, text, _ = run(tmp_path, monkeypatch, "--format", "markdown")
    assert "<del>shall</del> <ins>may</ins>" in text
    _, data, _ = run(tmp_path, monkeypatch, "--format", "json")
    found = json.loads(data)
    jsonschema.validate(found, schema_for("diff"))
    divisions = found["difference"]["text"]["divisions"]
    assert [division["fate"] for division in divisions] == ["added", "amended", "amended"]
    assert found["difference"]["undecided"]["opened"] >= 0


def test_another_proposal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That the two are not about one proposal is said."""
    other = NEW.replace("2026/0920", "2026/0921")
    _, out, _ = run(tmp_path, monkeypatch, new=other)
    assert "the two name different proposals" in out


def test_a_list_of_amendments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds no text of the act, and is refused as what it is."""
    status, _, err = run(tmp_path, monkeypatch, new=texts.AMENDMENTS)
    assert status == 2
    assert "a list of amendments of the European Parliament" in err


def test_an_adopted_act_is_judged_as_the_proposal() -> None:
    """It is no proposal any more: what is objected to does not go by that, but by the words that changed."""
    kb = load("treaties")
    found = kb.diff(
        kb.draft(texts.PROPOSAL.encode(), "proposal.txt"), kb.draft(texts.ACT.encode(), "act.txt").as_version()
    )
    assert [(change.kind, change.rule) for change in found.changes] == [
        ("gone", "treaties/empowerment/supplement-or-amend-left-open")
    ]


def test_what_a_later_text_says_anew_stays() -> None:
    """Its kind and authors are those of the proposal; another procedure is its own."""
    proposal = Proposal(kind=Value.exactly("legislative-proposal"), decision_procedure=Value.exactly("cod"))
    later = Proposal(kind=Value.exactly("legislative-act"), decision_procedure=Value.exactly("cns"))
    made = as_text_of(later, proposal)
    assert (made.kind, made.decision_procedure) == (proposal.kind, later.decision_procedure)
    assert as_text_of(evolve(later, decision_procedure=Value()), proposal).decision_procedure == Value.exactly("cod")
