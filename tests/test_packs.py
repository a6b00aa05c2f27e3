"""The shipped packs: every rule does what its examples say, and nothing hangs in the air."""

import re
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from consistent import Rule, load
from consistent.authoring.suite import Item, collect, failure_text, run
from consistent.knowledge.packs import available_packs
from consistent.model.text import LANGUAGES, Language
from consistent.sources import parse_source
from tests.pack_writing import rule_text, write_pack
from tests.support import engines
from tests.terminal import talk_with

DAY = date(2026, 6, 1)
KB = load("nl-22112-4027")


@cache
def _items() -> dict[str, list[Item]]:
    """What the pack says of itself, by group; not while tests are collected, as each item looks up its line."""
    return {group: list(items) for group, items in groupby(collect(KB), key=lambda each: each.group)}


@pytest.mark.parametrize("rule", KB.rules, ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    """Each engine gives what the examples of a rule say, of the rule by itself."""
    failures = [run(each, KB, name) for each in _items()[rule.id] for name in engines()]
    assert not [failure_text(each, "en") for each in failures if each]


def test_pack_names() -> None:
    """Both packs are found by name, and the Dutch one stands on the treaties."""
    assert {"treaties", "nl-22112-4027"} <= set(available_packs())
    assert [each.name for each in KB.knowledge.packs] == ["treaties", "nl-22112-4027"]


def test_packs_of_installed_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A distribution adds packs by an entry point that names the package that holds their folders."""
    package = write_pack(tmp_path / "packs_of_others", {"one": rule_text("one", 'effects = ["a"]')})
    (package / "__init__.py").touch()
    info = tmp_path / "packs_of_others-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: packs-of-others\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[consistent.packs]\nothers = packs_of_others\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert [rule.id for rule in load("small").rules] == ["small/one"]


@pytest.mark.parametrize("rule", KB.rules, ids=lambda rule: rule.id)
def test_rule_is_whole(rule: Rule) -> None:
    """A rule has sources that resolve, a text of its own in each language, and says what it is on the level of law."""
    assert all(parse_source(each) for each in rule.sources)
    for text in (rule.title, rule.rationale, rule.message, *([rule.title_met] if rule.title_met else [])):
        assert text.en != text.nl or text.en.isupper()
    if rule.pack != "treaties":
        assert rule.positions
        assert any(source.startswith("Kamerstuk 22112-4027 ") for source in rule.sources)
    else:
        assert rule.ground in {"law", "contested"}
        # None of its own: only a position that holds the rule's principle dear.
        assert all(rule.principle in KB.knowledge.positions[name].principles for name in rule.positions)


@pytest.mark.parametrize("rule", [rule for rule in KB.rules if rule.can_be_met], ids=lambda rule: rule.id)
def test_a_met_condition_has_words_of_its_own(rule: Rule) -> None:
    """Where an exception says that a condition is met, it is not told by the title that tells what is missing."""
    assert rule.title_met is not None
    assert rule.title_met.en != rule.title.en
    assert rule.title_met.nl != rule.title.nl
    alone = KB.selected([rule.id])
    for example in rule.examples:
        report = alone.check(example.proposal).report
        assert [said.title for said in report.defeated if said.met] == [rule.title_met] * len(report.defeated)
        assert {said.title for said in report.findings} | {said.title for said in report.open} <= {rule.title}
        assert (example.expect == "excepted") <= bool(report.defeated)


def test_every_principle_has_a_rule() -> None:
    """A principle that no rule carries would look as if it were checked."""
    assert set(KB.knowledge.principles) == {each.principle for each in KB.rules}


def test_positions_carried() -> None:
    """Every position is carried by a rule; the one that says what is appraised elsewhere, by rules that judge nothing."""
    carried = {position for rule in KB.rules for position in rule.positions}
    assert len(KB.knowledge.positions) == 60
    assert set(KB.knowledge.positions) == carried
    elsewhere = {rule.verdict for rule in KB.rules if "judgement-reserved" in rule.positions}
    assert elsewhere == {"reserved"}


def test_praise_defeats_nothing() -> None:
    """No rule that approves sets aside more than a question, which it answers: what is welcome leaves what is not as it is."""
    verdicts = {rule.id: rule.verdict for rule in KB.rules}
    for rule in KB.rules:
        assert rule.verdict != "aligned" or {verdicts[weaker] for weaker in rule.defeats} <= {"question"}
        assert rule.verdict != "aligned" or rule.ground == "law" or not rule.defeats


def test_movement_rules_on_a_proposal() -> None:
    """Binding movement rules are in line although they bind forces; a say over deployment stays a conflict."""
    measures = [
        {"id": "rules", "effects": ["harmonisation", "obligation"], "areas": ["military-mobility", "armed-forces"], "bindingness": "binding",
         "actors": ["co-legislators"], "addressees": ["armed-forces"], "safeguards": ["civil-preparedness-link"]},
        {"id": "say", "effects": ["command"], "areas": ["military-mobility", "deployment"], "bindingness": "binding",
         "actors": ["commission"], "addressees": ["armed-forces"]},
    ]  # fmt: skip
    report = KB.check({"proposal": {"kind": "legislative-proposal"}, "measure": measures}, as_of=DAY)
    welcome = {(each.measure, each.rule) for each in report.findings if each.verdict == "aligned"}
    assert ("rules", "nl-22112-4027/mobility/harmonised-movement-rules") in welcome
    conflicts = {(each.measure, each.rule) for each in report.findings if each.verdict == "conflict"}
    assert ("say", "nl-22112-4027/forces/eu-command-of-forces") in conflicts
    assert not any(measure == "rules" for measure, _ in conflicts)


def test_no_sentences_of_machines() -> None:
    """Texts that readers see end in no stray braces and name no file."""
    for rule in KB.rules:
        for language in LANGUAGES:
            assert not re.search(
                r"\{|\}|/",
                re.sub(r"\{[\w.]+\}", "", rule.message.get(language)).replace("and/or", "").replace("en/of", ""),
            )


def test_titles_of_examples() -> None:
    """What an example shows is told in either language."""
    same = [(rule.id, each.title.en) for rule in KB.rules for each in rule.examples if each.title.en == each.title.nl]
    assert same == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_on_a_terminal(language: Language) -> None:
    """What each rule says stands before what it is called, and no line is cut or wider than the terminal."""
    _, shown = talk_with("rules", "--no-pager", "--pack", "treaties", "--select", "treaties/defence")(language=language)
    rules = [rule for rule in load("treaties").rules if rule.id.startswith("treaties/defence/")]
    text = " ".join(re.sub(r"\x1b\[[\d;]*m", "", shown).split())
    at = [text.find(f"{rule.title.get(language)} {rule.id.rpartition('/')[2]} · ") for rule in rules]
    assert -1 not in at
    assert at == sorted(at)
    assert max(map(len, re.sub(r"\x1b\[[\d;]*m", "", shown).splitlines())) <= 100
