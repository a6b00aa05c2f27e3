"""Provisions in the field of the pack of which no rule finds anything: they are named, and nothing else is."""

from typing import Any

import pytest

from consistent.findings.report import Report
from consistent.findings.weighing import WEIGHTS, field_of
from consistent.model.text import LANGUAGES
from consistent.reports.first_screen import first_screen, first_screen_outline
from consistent.reports.json_format import report_from_data, report_to_data
from consistent.reports.outline import Item, Section, plain
from consistent.reports.screen_lines import everything_said
from consistent.reports.silence import silence_lines, silences, silences_in_full
from tests.reports.report_cases import ROOT, kb

_UNHEARD = {"areas": ["components"], "effects": ["assistance"], "actors": ["union"], "bindingness": "statement"}
_HEARD = _UNHEARD | {"areas": ["offensive-cyber"], "effects": ["mechanism"]}


def _report(*measures: dict[str, Any]) -> Report:
    """Of a paper that binds nobody, so that no rule on the form of acts speaks."""
    paper = {"title": {"en": "A paper", "nl": "Een nota"}, "kind": "white-paper", "authors": ["commission"]}
    data = {"proposal": paper | {"legal_basis": []}, "measure": list(measures)}
    return kb().check(kb().read(data), engine="columns").report


def _measure(number: str, **fields: Any) -> dict[str, Any]:
    """A provision on parts for arms, of which no rule speaks but by what the test adds."""
    head = {"id": f"art-{number.replace('(', '-').strip(')')}", "reference": f"Article {number}"}
    return head | _UNHEARD | fields


def _named(report: Report) -> dict[str, list[str]]:
    return {silence.weight: [measure.id for measure in silence.measures] for silence in silences(report)}


def test_field_of_the_shipped_pack() -> None:
    """It is on defence: what a rule or two ask for in passing is no part of it."""
    own = field_of(rule for rule in kb().rules if rule.pack == "nl-22112-4027")
    assert {"defence", "defence-industry", "military-mobility", "supply-chains", "information-security"} <= own
    assert own.isdisjoint({"environment", "trade", "energy", "transport", "digital", "data", "agriculture"})


def test_shipped_proposals() -> None:
    """Of the White Paper the share of the budgets for innovation is named, and of an act on markets in general nothing."""
    paper = _named(kb().check(ROOT / "proposals/join-2025-120.toml", engine="columns").report)
    assert "row-45" in paper["member-states"]
    assert not silences(kb().check(ROOT / "proposals/com-2020-842.toml", engine="columns").report)


def test_what_weighs_most_comes_first() -> None:
    """What Member States have to do, what is spent and who is empowered, before what nobody recognised and the rest."""
    named = _named(
        _report(
            _measure("1"),
            _measure("2", effects=[]),
            _measure("3", effects=["assistance", "mechanism"]),
            _measure("4", finance=["union-budget"]),
            _measure("5", addressees=["member-states"]),
            _measure("6", **_HEARD),
        )
    )
    assert list(named) == list(WEIGHTS)
    assert [*named.values()] == [["art-5"], ["art-4"], ["art-3"], ["art-2"], ["art-1"]]


@pytest.mark.parametrize("describes", ["definitions", "subject-matter", "committee"])
def test_what_describes_is_not_named(describes: str) -> None:
    """An article that lays nothing down has no rule to speak of it; nor has one that follows the act up."""
    report = _report(_measure("1"), _measure("2", describes=describes), _measure("3", effects=["review"]))
    assert {each.measure for each in report.weighing} == {"art-1"}


def test_an_act_in_another_field() -> None:
    """One provision that touches the field makes no act in it."""
    others = [_measure(str(number), areas=["agriculture"]) for number in range(2, 6)]
    assert not _report(_measure("1"), *others).weighing


def test_chosen_rules() -> None:
    """Who asks for some rules knows that the others were not asked."""
    chosen = kb().selected(["national-procurement"], [])
    assert not chosen.check(ROOT / "proposals/join-2025-120.toml", engine="columns").report.weighing


def test_articles_as_one_cites_them() -> None:
    """Whole articles in a row from first to last, paragraphs of one together, and no article whole of which a rule speaks."""
    places = ["1(1)", "1(2)", "1(3)", "2", "3", "4", "6(1)"]
    report = _report(*map(_measure, places), _measure("6(2)", **_HEARD))
    assert "art-6-2" in {said.measure for said in everything_said(report)}
    (english,), (dutch,) = (silence_lines(report, language)[1] for language in LANGUAGES)
    assert english.endswith("Art. 1\N{EN DASH}4, 6(1)")
    assert dutch.endswith("art. 1\N{EN DASH}4; 6, lid 1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_screen_and_all_of_it(language: Any) -> None:
    """What the screen counts stands in the whole report, one by one."""
    report = kb().check(ROOT / "proposals/join-2025-120.toml", engine="columns").report
    (section,) = silences_in_full(report, language)
    listed = [item for below in section.blocks if isinstance(below, Section) for item in below.blocks]
    heading, lines = silence_lines(report, language)
    assert f"({len(listed)})" in heading
    assert len(listed) == sum(len(silence.measures) for silence in silences(report))
    shown = [block for block in first_screen_outline(first_screen(report), language) if isinstance(block, Item)]
    assert heading in [plain(block.text) for block in shown]
    assert len(lines) == len(section.blocks)


def test_json() -> None:
    """It says of each provision in the field whether a rule finds anything of it, and is read again."""
    report = kb().check(ROOT / "proposals/join-2025-120.toml", engine="columns").report
    data = report_to_data(report)
    silent = {each["measure"] for each in data["weighing"] if each["silent"]}
    assert silent == {measure.id for silence in silences(report) for measure in silence.measures}
    assert report_from_data(data) == report
    assert "weighing" not in report_to_data(kb().check(ROOT / "proposals/com-2020-842.toml", engine="columns").report)
