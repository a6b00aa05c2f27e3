"""Which other packs speak of a proposal: by the areas and legal bases that their rules ask for, and told where that helps."""

import json
from pathlib import Path

import pytest

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.cli import main
from consistent.knowledge.settings import VARIABLE
from consistent.model.text import LANGUAGES, Language
from consistent.reports.first_screen import verdict_sentence
from consistent.reports.json_format import report_from_data, report_to_data
from consistent.rules.about import is_about
from tests.pack_writing import rule_text, write_pack

_RULES = {
    "area": rule_text("x", 'areas = "a"\neffects = "b"'),
    "not-there": rule_text("x", 'effects = { any = ["b"] }\nareas = { any = ["a"], none = ["c"] }').replace(
        '[[example.measure]]\neffects = { any = ["b"] }\nareas = { any = ["a"], none = ["c"] }',
        '[[example.measure]]\neffects = ["b"]\nareas = ["a"]',
    ),
    "no-area": rule_text("x", 'effects = "b"'),
    "either": rule_text(
        "x", 'effects = "b"', tail='[[when.any]]\nmeasure.areas = "a"\n[[when.any]]\nmeasure.effects = "b"'
    ),
    "basis": rule_text("x", 'effects = "b"', tail='[when.proposal]\nlegal_basis = "TFEU 173"').replace(
        '[[example]]\ntitle = "yes"\nexpect = "conflict"\n',
        '[[example]]\ntitle = "yes"\nexpect = "conflict"\nproposal.legal_basis = ["TFEU 173"]\n',
    ),
    "another": rule_text("x", 'effects = "b"', tail='[when.other]\nareas = "d"').replace(
        '[[example]]\ntitle = "no"', '[[example.measure]]\nareas = ["d"]\n[[example]]\ntitle = "no"'
    ),
}


@pytest.fixture
def small(tmp_path: Path) -> KnowledgeBase:
    """A pack of rules that ask for areas, bases, or neither."""
    return load(write_pack(tmp_path, _RULES))


@pytest.mark.parametrize(
    ("basis", "measures", "about"),
    [
        ([], [{"areas": ["a"], "effects": []}], {"area", "not-there", "either"}),
        ([], [{"areas": {"has": ["a"]}}], {"area", "not-there", "either"}),
        ([], [{"areas": ["a", "c"]}], {"area", "either"}),
        ([], [{"areas": ["b"], "effects": ["b"]}], set()),
        ([], [{"effects": ["b"]}], set()),
        (["TFEU 173"], [{"areas": ["b"]}], {"basis"}),
        (["TFEU 173"], [], set()),
        ([], [{"areas": ["b"]}, {"areas": ["d"]}], {"another"}),
    ],
)
def test_what_a_rule_is_about(
    small: KnowledgeBase, basis: list[str], measures: list[dict[str, object]], about: set[str]
) -> None:
    """Areas and bases that are there for sure count, and nothing else that the rule asks; one that does without them does not."""
    listed = [{"id": f"m{number}", **measure} for number, measure in enumerate(measures)]
    read = small.read({"proposal": {"legal_basis": basis}, "measure": listed})
    assert {rule.id.removeprefix("small/") for rule in small.rules if is_about(rule, read)} == about


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder that names no pack, beside which there is a pack that knows the terms of the treaties."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


DEFENCE = """[proposal]
reference = "COM(2030) 1"
kind = "legislative-proposal"
legal_basis = ["TFEU 173(3)"]
[[measure]]
id = "art-1"
areas = ["defence-industry"]
effects = []
"""
ELSEWHERE = DEFENCE.replace("defence-industry", "culture").replace('["TFEU 173(3)"]', '["TFEU 167(5)"]')


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_named_a_pack(beside: Path, capsys: pytest.CaptureFixture[str], language: Language) -> None:
    """The line that names the others says how many of their rules are about it; nothing where there are none."""
    for text, told in ((DEFENCE, True), (ELSEWHERE, False)):
        path = beside / "proposal.toml"
        path.write_text(text, "utf-8")
        main(["check", str(path), "--fail-on", "never", "--lang", language])
        said = " ".join(capsys.readouterr().out.split())
        assert "nl-22112-4027" in said
        assert (
            {"en": "nl-22112-4027 (rules on the areas", "nl": "nl-22112-4027 (regels over de"}[language] in said
        ) is told


def test_who_named_a_pack_that_speaks(beside: Path) -> None:
    """Whoever chose a pack that has something to say is not told of others."""
    assert load("treaties").check(DEFENCE, elsewhere=True).report.elsewhere == ()
    assert load().check(DEFENCE).report.elsewhere == ()
    (other,) = load().check(DEFENCE, elsewhere=True).report.elsewhere
    dutch = load("nl-22112-4027")
    own = [rule for rule in dutch.rules if rule.pack == "nl-22112-4027"]
    assert other.name == "nl-22112-4027"
    assert other.rules == sum(is_about(rule, dutch.read(DEFENCE)) for rule in own) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_with_nothing_to_say(beside: Path, language: Language) -> None:
    """The sentence that says so names the pack that does speak of it, though somebody named the silent one."""
    silent = load("treaties").selected(["treaties/finance/borrowing-without-own-resources-basis"])
    report = silent.check(DEFENCE, elsewhere=True).report
    assert not report.spoken
    (other,) = report.elsewhere
    sentence = verdict_sentence(report).get(language)
    assert sentence.endswith(f": {other.rules} (--pack nl-22112-4027).")
    assert verdict_sentence(silent.check(ELSEWHERE, elsewhere=True).report).get(language).count("nl-22112-4027") == 0


def test_json(beside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON has the packs with their counts, only where there are any, and they are read back."""
    path = beside / "proposal.toml"
    path.write_text(DEFENCE, "utf-8")
    main(["check", str(path), "--fail-on", "never", "--format", "json"])
    (plain,) = json.loads(capsys.readouterr().out)["reports"]
    assert [each["name"] for each in plain["elsewhere"]] == ["nl-22112-4027"]
    report = load().check(DEFENCE, elsewhere=True).report
    assert report_from_data(report_to_data(report)).elsewhere == report.elsewhere
    assert "elsewhere" not in report_to_data(load().check(DEFENCE).report)


def test_a_broken_pack_beside_is_passed_over(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that cannot be read is told to whoever uses it, and spoils no check with another."""
    write_pack(beside / "broken", {"bad": 'title = "no rule"\n'})
    monkeypatch.setenv("CONSISTENT_PATH", str(beside / "broken"))
    assert [
        each.name for each in load("treaties").only(lambda _: False).check(DEFENCE, elsewhere=True).report.elsewhere
    ] == ["nl-22112-4027"]
