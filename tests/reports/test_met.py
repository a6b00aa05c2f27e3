"""A condition that is met is told by words of its own, wherever it is told."""

import io
import json

import pytest
from rich.console import Console

from consistent.fiche.forms import fiche_markdown
from consistent.fiche.making import fiche_of
from consistent.findings.said import outcome_of
from consistent.model.text import LANGUAGES, Language
from consistent.reports.csv_format import CSV
from consistent.reports.dossier import Dossier
from consistent.reports.html.page import render_html
from consistent.reports.json_format import render
from consistent.reports.text import print_report
from tests.reports.report_cases import DAY, ROOT, checked, kb

_RULE = "nl-22112-4027/procurement/preference-without-third-country-access"
_PATH = "proposals/com-2018-476.toml"


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    """A shipped proposal of which measures meet a condition, before that rule alone."""
    found = checked((ROOT / _PATH).read_text(encoding="utf-8"), _PATH, (_RULE,))
    assert {outcome_of(said) for said in found.report.defeated} == {"met"}
    assert not found.report.findings
    return found


def _text(dossier: Dossier, language: Language) -> str:
    console = Console(file=io.StringIO(), width=500)
    print_report(dossier.report, console, language, verbose=True, why=False)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms(dossier: Dossier, language: Language) -> None:
    """What is there is told on a terminal, the page, in tables and the fiche, and what would be missing is not."""
    said = dossier.report.defeated[0]
    met = said.title.get(language)
    (rule,) = dossier.rules
    assert rule.title_met is not None
    assert met == rule.title_met.get(language)
    csv = CSV.render([dossier], language)
    assert isinstance(csv, bytes)
    told = {
        "text": _text(dossier, language),
        "csv": csv.decode(),
        "page": render_html([dossier], language),
        "fiche": fiche_markdown(fiche_of(dossier, language)),
    }
    for form, text in told.items():
        assert met in text, form
        assert rule.title.get(language) not in text, form


def test_json(dossier: Dossier) -> None:
    """As data the title is that of the met condition, and the rule has both."""
    (report,) = json.loads(render([dossier.report], "en"))["reports"]
    (rule,) = dossier.rules
    assert rule.title_met is not None
    assert {said["title"]["en"] for said in report["defeated"]} == {rule.title_met.en}
    assert [(each["title"]["nl"], each["title_met"]["nl"]) for each in report["rules"]] == [
        (rule.title.nl, rule.title_met.nl)
    ]


def test_what_an_answer_would_meet() -> None:
    """A question foretells by what would be there, and by what would be missing."""
    asked = kb().check(ROOT / "proposals/com-2024-150.toml", as_of=DAY).questions(limit=2)
    told = {
        (rule.outcome, rule.title.en)
        for question in asked.questions
        for answer in question.answers
        for rule in answer.foretold
        if rule.rule.endswith("/priorities-without-nato-tie")
    }
    assert told >= {
        ("met", "Capability priorities tied to NATO targets"),
        ("condition", "Capability priorities without a tie to NATO targets"),
    }
