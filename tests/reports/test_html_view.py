"""What the page shows, as plain data, before there is any markup."""

import json
from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from attrs import asdict

from consistent.documents.document import Span
from consistent.findings.outcome import OUTCOMES, Outcome, gravest
from consistent.findings.said import Finding, Said, outcome_of
from consistent.model.text import LANGUAGES
from consistent.reports.dossier import Dossier
from consistent.reports.html.anchors import Mark, marked_document
from consistent.reports.html.building import proposal_view
from consistent.reports.html.view import ProposalView
from consistent.reports.why_text import chain_lines
from tests.document_cases import INVENTED
from tests.reports.html_cases import drafted_dossier, few_rules, whole_pack
from tests.reports.report_cases import ROOT, kb

_TOLD = {"chain", "questions", "repairs", "notices"}
GOLDEN = Path(__file__).with_name("html_view.json")


@pytest.fixture(autouse=True)
def _at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are told from the current folder."""
    monkeypatch.chdir(ROOT)


@cache
def view_of(dossier: Dossier) -> ProposalView:
    return proposal_view(dossier, "p1")


def data_of(dossier: Dossier) -> str:
    """Without what commands tell: that has tests of its own, and names lines of files."""
    return json.dumps(_short(asdict(view_of(dossier))), ensure_ascii=False, indent=1) + "\n"


def _short(value: Any) -> Any:
    """Data that can be read through: a text in two languages on one line, and nothing that is empty."""
    if isinstance(value, dict):
        if value.keys() == {"en", "nl"} and isinstance(value["en"], str):
            return " | ".join(dict.fromkeys(value.values()))
        return {key: _short(each) for key, each in value.items() if each not in ("", None, (), []) and key not in _TOLD}
    return [_short(each) for each in value] if isinstance(value, list | tuple) else value


def test_golden() -> None:
    """The view of a shipped proposal is the one that was looked at; `python -m tests.reports.test_html_view` writes it."""
    assert data_of(few_rules()[0]) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [0, 1, 2])
def test_nothing_is_left_out(number: int) -> None:
    """Every finding, defeated and open rule of the report is told exactly once, on its own measure."""
    dossier = few_rules()[number]
    assert_all_told(dossier, view_of(dossier))


def test_nothing_is_left_out_of_a_big_draft() -> None:
    """More than a thousand open rules are told in groups, and none is lost; each with what it waits for."""
    dossier = drafted_dossier()
    view = view_of(dossier)
    assert len(dossier.report.open) > 1000
    assert_all_told(dossier, view)
    assert all(one.unknown or one.awaits for each in view.open for one in each.waiting)


def assert_all_told(dossier: Dossier, view: ProposalView) -> None:
    report = dossier.report
    alone: tuple[Said, ...] = (*report.findings, *report.defeated)
    told = Counter((each.rule, each.measure) for part in view.sections for group in part.groups for each in group.items)
    assert told == Counter((each.rule, each.measure or "") for each in alone)
    opens = Counter((each.rule, measure) for each in view.open for one in each.waiting for measure, _ in one.measures)
    assert opens == Counter((each.rule, each.measure or "") for each in report.open)
    assert view.open_count == sum(each.count for each in view.open) == len(report.open)
    assert [each for each, _, _ in view.not_judged] == list(report.not_judged)
    assert [each.id for each in view.measures] == [each.id for each in report.measures]
    assert [each.state for each in view.measures] == [report.outcome(each.id) for each in report.measures]


def test_sections_go_by_weight_and_ground() -> None:
    """What weighs most is first, and within a verdict law before contested law before policy."""
    for dossier in few_rules():
        view = view_of(dossier)
        order = ["conflict", "condition", "question", "waived", "aligned", "met", "defeated", "reserved"]
        assert [each.state for each in view.sections] == sorted((each.state for each in view.sections), key=order.index)
        for each in view.sections:
            grounds = [group.ground for group in each.groups]
            assert grounds == sorted(grounds, key=["law", "contested", "policy"].index)
            assert each.count == sum(len(group.items) for group in each.groups)


def test_matrix_tells_the_gravest() -> None:
    """A cell is filled just where the report says something of measure and principle, with the gravest of it."""
    mixed = 0
    for dossier in (*few_rules(), drafted_dossier(), whole_pack()):
        report, view = dossier.report, view_of(dossier)
        names = [each for each, _ in view.matrix.principles]
        filled = {
            (row.measure, name): cell.state
            for row in view.matrix.rows
            for name, cell in zip(names, row.cells, strict=True)
            if cell.state
        }
        everything: tuple[Said, ...] = (*report.defeated, *report.open, *report.findings)
        states: dict[tuple[str, str], set[Outcome]] = {}
        for each in everything:
            states.setdefault((each.measure or "", each.principle), set()).add(outcome_of(each))
        assert filled == {cell: gravest(found) for cell, found in states.items()}
        mixed += sum(len(each) > 1 for each in states.values())
    assert mixed


def test_what_is_gravest() -> None:
    """A conflict outweighs everything, and what is not decided outweighs what is in line."""
    assert OUTCOMES[:4] == ("conflict", "condition", "question", "open")


def test_grades_count_what_is_behind_them() -> None:
    """The numbers under the grades add up to all that the report says."""
    for dossier in few_rules():
        report, view = dossier.report, view_of(dossier)
        assert [(each.dimension, each.grade) for each in view.grades] == list(report.judgement)
        total = sum(number for each in view.grades for _, number in each.counts)
        assert total == len(report.findings) + len(report.open) + len(report.defeated)


@pytest.mark.parametrize("name", ["powers.en.txt", "powers.nl.txt", "legiswrite.nl.xhtml", "council.en.pdf"])
def test_the_whole_text_is_there(name: str) -> None:
    """Each line of a document once and in order, whatever is marked in it."""
    draft = kb().draft(INVENTED / name, as_proposal=True)
    text = draft.document.text
    middle = len(text) // 2
    # Over several lines, within a line, within one another, and side by side.
    line = text.index("\n", 30) + 1
    spans = [(10, middle), (12, 15), (14, 20), (20, 24), (25, line), (middle, len(text))]
    marks = [
        Mark(anchor=f"m{start}", span=(start, end), notes=((number, "question", "f1"),), waiting=0)
        for number, (start, end) in enumerate(spans)
    ]
    view = marked_document(draft.document, "p1", marks, {0: [("art-1", "open", "a")]})
    blocks = [block for part in view.parts for block in part.blocks]
    assert "\n".join("".join(one.text for one in block.stretches) for block in blocks) == text
    for each in marks:
        marked = draft.document.of(Span(*each.span)).replace("\n", "")
        covered = "".join(one.text for block in blocks for one in block.stretches if one.state)
        assert marked in covered
    anchors = Counter(name for block in blocks for one in block.stretches for name in one.anchors)
    assert anchors == Counter({each.anchor: 1 for each in marks})
    notes = Counter(number for block in blocks for one in block.stretches for number, _, _ in one.notes)
    assert notes == Counter(range(len(spans)))


def test_passages_of_a_draft_are_marked() -> None:
    """What a finding rests on is marked in the text, with its number, and the finding leads there."""
    dossier = drafted_dossier()
    assert dossier.draft is not None
    view = view_of(dossier)
    assert view.document is not None
    stretches = [one for part in view.document.parts for block in part.blocks for one in block.stretches]
    marks = {name for one in stretches for name in one.anchors}
    leads = [each for part in view.sections for group in part.groups for said in group.items for each in said.passages]
    assert leads
    assert {each.anchor for each in leads if each.anchor} <= marks
    spoken = {(number, anchor) for one in stretches for number, _, anchor in one.notes}
    resting = [each for each in dossier.report.findings if any(one.span for one in each.because)]
    assert resting
    assert {f"p1-f{number}" for number, _ in spoken} == {anchor for _, anchor in spoken}
    assert len(spoken) == len(resting)


def test_every_value_read_is_marked() -> None:
    """The passage of each value of a draft is in the text; that of a place is all of the measure, and is not marked."""
    view = view_of(drafted_dossier())
    assert view.document is not None
    marks = {
        name for part in view.document.parts for block in part.blocks for one in block.stretches for name in one.anchors
    }
    quotes = [each for measure in view.measures for each in measure.quotes if each.passage.quote]
    assert {each.passage.anchor for each in quotes if each.passage.anchor} <= marks
    assert all(each.passage.anchor for each in quotes if each.field.en != "place")


def test_measures_lead_to_their_text() -> None:
    """Each measure of a draft begins in one paragraph, which names it."""
    view = view_of(drafted_dossier())
    assert view.document is not None
    blocks = chain.from_iterable(part.blocks for part in view.document.parts)
    named = {id: block.anchor for block in blocks for id, _, _ in block.measures}
    assert named == {each.id: each.place for each in view.measures}
    assert len(view.picture.strip) == len(view.picture.tiles) == len(view.measures)


def test_open_rules_are_not_asked_twice() -> None:
    """What waits for the same stands together, and says whose it is only once."""
    for each in view_of(drafted_dossier()).open:
        keys = [(one.unknown, one.awaits) for one in each.waiting]
        assert len(keys) == len(set(keys))


def test_chains_are_whole() -> None:
    """Under each finding stands its whole chain, in each language."""
    dossier = few_rules()[0]
    items = {each.anchor: each for part in view_of(dossier).sections for group in part.groups for each in group.items}
    alone: tuple[Said, ...] = (*dossier.report.findings, *dossier.report.defeated)
    for number, said in enumerate(alone, 1):
        chain_of = dossier.report.why(said)
        for language in LANGUAGES:
            assert getattr(items[f"p1-f{number}"].chain, language) == tuple(chain_lines(chain_of, language))


def test_accepted_findings_stay() -> None:
    """A finding that is accepted is told as that, with the reason."""
    views = [view_of(each) for each in few_rules()]
    told = {each.anchor: each for view in views for part in view.sections for g in part.groups for each in g.items}
    waived: list[Finding] = [each for one in few_rules() for each in one.report.findings if each.waived]
    assert waived
    assert all((each.accepted is not None) == (each.state == "waived") for each in told.values())


if __name__ == "__main__":
    GOLDEN.write_text(data_of(few_rules()[0]), encoding="utf-8")
