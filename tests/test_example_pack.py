"""A position of a user's own, in a folder of its own, works like the packs that ship."""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from consistent import KnowledgeBase, Report, Rule, load
from consistent.errors import UsageError
from consistent.model.text import LANGUAGES, Language
from consistent.reports.text import print_report
from consistent.rules.examples import Example
from consistent.rules.rule import Expectation
from consistent.sources import parse_source
from tests.support import engines

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples/parliament-prerogatives"
PROPOSALS = FOLDER / "proposals"
NAME = "ep-prerogatives"
DAY = date(2026, 6, 1)
KB = load(FOLDER)
OWN = KB.only(lambda rule: rule.pack == NAME)
EXAMPLES = [pytest.param(rule, each, id=f"{rule.id}: {each.title.en}") for rule in OWN.rules for each in rule.examples]

# By proposal: pairs of a measure and a rule of the pack; None is the proposal as a whole.
CONFLICTS: Mapping[str, set[tuple[str | None, str]]] = {
    "dma-empowerments": {("art-10-1", "delegation/main-obligations-delegated")},
    "safe": {("loans", "basis/emergency-basis-where-ordinary-serves")},
    "invented-heat-reserve": {
        ("art-2", "basis/emergency-basis-where-ordinary-serves"),
        ("art-2", "budget/money-outside-the-budget"),
        ("art-3", "implementation/implementing-act-adds-rules"),
        ("art-4", "basis/emergency-basis-where-ordinary-serves"),
    },
}
CONDITIONS: Mapping[str, set[tuple[str | None, str]]] = {
    "dma-empowerments": set(),
    "safe": set(),
    "invented-heat-reserve": {(None, "basis/lesser-part-unexplained")},
}
ALIGNED: Mapping[str, set[tuple[str | None, str]]] = {
    "dma-empowerments": {
        (None, "basis/ordinary-procedure-used"),
        ("art-3-5", "delegation/equal-terms-in-preparation"),
        ("art-10-1", "delegation/equal-terms-in-preparation"),
    },
    "safe": set(),
    "invented-heat-reserve": set(),
}
OPENS: Mapping[str, set[tuple[str | None, str]]] = {
    "dma-empowerments": {
        *(
            (measure, f"delegation/{rule}")
            for measure in ("art-3-5", "art-10-1")
            for rule in ("delegation-not-spelled-out", "delegation-out-of-hand", "renewed-without-report")
        ),
        ("art-36-1-b", "implementation/implementing-act-adds-rules"),
    },
    "safe": {
        (None, "basis/lesser-part-unexplained"),
        ("loans", "budget/borrowing-without-parliament"),
    },
    "invented-heat-reserve": {
        (None, "basis/emergency-act-without-report"),
        ("art-4", "openness/documents-withheld"),
    },
}
SET_ASIDE: Mapping[str, set[tuple[str | None, str]]] = {
    "dma-empowerments": {(None, "evaluation/no-review-no-end")},
    "safe": {(None, "basis/emergency-act-without-report")},
    "invented-heat-reserve": {("art-3", "basis/emergency-basis-where-ordinary-serves")},
}


def _ids(kb: KnowledgeBase) -> set[str]:
    return {each.id for each in kb.rules}


def _outcome(report: Report) -> str:
    """What became of the one rule on the first measure, or on the proposal as a whole."""
    judged = {None, *(each.id for each in report.measures[:1])}
    for each in report.findings:
        if each.measure in judged:
            return each.verdict
    if any(each.measure in judged for each in report.open):
        return "open"
    return "excepted" if any(each.measure in judged for each in report.defeated) else "not-applicable"


def _command(*arguments: str, cwd: Path, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "CONSISTENT_PATH"}
    if path is not None:
        environment["CONSISTENT_PATH"] = path
    return subprocess.run(
        [sys.executable, "-m", "consistent", *arguments],
        cwd=cwd,
        env={**environment, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_loads_by_folder() -> None:
    """The pack is found in its folder and stands on the treaties."""
    assert KB.name == NAME
    assert [each.name for each in KB.knowledge.packs] == ["treaties", NAME]
    assert _ids(load(str(FOLDER))) == _ids(KB)


def test_loads_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pack is found by its name once its folder is on the search path, or is given as a root."""
    monkeypatch.delenv("CONSISTENT_PATH", raising=False)
    with pytest.raises(UsageError, match="unknown pack"):
        load(NAME)
    assert _ids(load(NAME, roots=[FOLDER])) == _ids(KB)
    monkeypatch.setenv("CONSISTENT_PATH", str(FOLDER))
    assert _ids(load(NAME)) == _ids(KB)


def test_pack_is_whole() -> None:
    """Every position and every principle of the pack is carried by a rule, and every rule by a position and sources."""
    assert len(OWN.rules) == 14
    own_positions = {name for name, each in KB.knowledge.positions.items() if each.pack == NAME}
    own_principles = {name for name, each in KB.knowledge.principles.items() if each.pack == NAME}
    assert {position for rule in OWN.rules for position in rule.positions} == own_positions
    assert {rule.principle for rule in OWN.rules} == own_principles
    assert {rule.verdict for rule in OWN.rules} == {"conflict", "condition", "aligned"}
    for rule in OWN.rules:
        assert rule.positions, rule.id
        assert all(parse_source(each) for each in rule.sources), rule.id
        assert {rule.verdict, "not-applicable", "open"} <= {each.expect for each in rule.examples}, rule.id
        for text in (rule.title, rule.rationale, rule.message):
            assert text.en != text.nl, rule.id


@pytest.mark.parametrize("engine", engines())
@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: Rule, example: Example[Expectation], engine: str) -> None:
    """Each engine gives what the example says, of the rule by itself."""
    alone = KB.only(lambda each: each is rule)
    assert _outcome(alone.check(example.proposal, as_of=DAY, engine=engine).report) == example.expect, (
        example.place.location
    )


@pytest.mark.parametrize("engine", engines())
@pytest.mark.parametrize("name", CONFLICTS)
def test_proposal(name: str, engine: str) -> None:
    """A proposal gives exactly the expected conflicts, conditions, agreements, questions and exceptions of the pack."""
    report = KB.check(PROPOSALS / f"{name}.toml", as_of=DAY, engine=engine)

    def own(found: list[tuple[str | None, str]]) -> set[tuple[str | None, str]]:
        prefix = f"{NAME}/"
        return {(measure, rule.removeprefix(prefix)) for measure, rule in found if rule.startswith(prefix)}

    for verdict, expected in (("conflict", CONFLICTS), ("condition", CONDITIONS), ("aligned", ALIGNED)):
        found = [(each.measure, each.rule) for each in report.findings if each.verdict == verdict]
        assert own(found) == expected[name], verdict
    assert own([(each.measure, each.rule) for each in report.open]) == OPENS[name]
    assert own([(each.measure, each.rule) for each in report.defeated]) == SET_ASIDE[name]


def test_every_proposal_is_expected() -> None:
    """No proposal stands in the folder of which nothing is expected."""
    assert {each.stem for each in PROPOSALS.glob("*.toml")} == set(CONFLICTS)


def test_facts_join() -> None:
    """A finding names the fact of the pack's own kind that it leans on, with its sources."""
    report = OWN.check(PROPOSALS / "safe.toml", as_of=DAY)
    (finding,) = report.findings
    assert [(each.kind, each.id) for each in finding.facts] == [
        ("ordinary_route", "common-procurement-of-defence-products")
    ]
    assert {"TFEU 173(3)", "CELEX 32023R2418"} <= set(finding.sources)
    assert "Article 173(3) TFEU (Regulation 2023/2418)" in finding.message.en


def test_below_knows_no_such_terms() -> None:
    """Terms of the pack are terms of the pack only: the treaties by themselves have none of them."""
    below = load("treaties").knowledge.vocabularies
    assert "delegated-power-over-core" in KB.knowledge.vocabularies["effects"]
    assert "delegated-power-over-core" not in below["effects"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_report(language: Language) -> None:
    """The text report has the words of the pack in each language."""
    words = {
        "en": ("Conflicts (1)", "Main obligations by delegated act", "right to object to a delegated act"),
        "nl": ("Strijdig (1)", "Hoofdverplichtingen bij gedelegeerde handeling", "recht om bezwaar te maken tegen"),
    }
    other = {"en": "nl", "nl": "en"}
    report = OWN.check(PROPOSALS / "dma-empowerments.toml", as_of=DAY).report
    written = StringIO()
    print_report(report, Console(file=written, width=200), language)
    for each in words[language]:
        assert each in written.getvalue()
    for each in words[other[language]]:
        assert each not in written.getvalue()


def test_command_by_folder() -> None:
    """The command of the README works from the top of the repository."""
    arguments = ["check", *(f"examples/parliament-prerogatives/proposals/{name}.toml" for name in CONFLICTS)]
    done = _command(*arguments, "--pack", "examples/parliament-prerogatives", cwd=ROOT)
    assert done.returncode == 1, done.stderr
    assert "the main obligations of the act" in " ".join(done.stdout.split())
    assert not done.stderr


@pytest.mark.parametrize("path", [str(FOLDER), os.path.relpath(FOLDER, FOLDER.parent)])
def test_command_by_name(path: str) -> None:
    """The pack is found by name from another directory, on an absolute and on a relative search path."""
    done = _command("check", str(PROPOSALS), "--pack", NAME, "--lang", "nl", cwd=FOLDER.parent, path=path)
    assert done.returncode == 1, done.stderr
    assert "de hoofdverplichtingen van de handeling" in " ".join(done.stdout.split())
    listed = _command("packs", cwd=FOLDER.parent, path=path)
    assert NAME in listed.stdout
