"""What does no work: facts that no rule reads, terms that nothing uses, rules that never or always speak."""

import json
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from consistent import KnowledgeBase, Proposal, load
from consistent.authoring.lint.measured import firings, unread_facts, unused_terms
from consistent.cli import main
from tests.harness.effort import examples
from tests.pack_writing import rule_text, write_pack
from tests.properties import random_packs
from tests.support import engines

DAY = date(2026, 6, 1)
KINDS = """\
[table]
title = { en = "table", nl = "tabel" }
[table.fields]
effect = { type = "terms", vocabulary = "effects" }
heavy = { type = "boolean" }
[listed]
title = { en = "listed", nl = "genoemd" }
[listed.fields]
area = { type = "terms", vocabulary = "areas" }
"""
FACTS = """\
kind = "table"
[[fact]]
id = "heavy"
effect = ["a"]
heavy = true
sources = ["TFEU 1"]
[[fact]]
id = "light"
effect = ["b"]
heavy = false
sources = ["TFEU 1"]
[[fact]]
id = "unsaid"
effect = ["c"]
sources = ["TFEU 1"]
[[fact]]
id = "over"
effect = ["d"]
heavy = false
sources = ["TFEU 1"]
valid_to = 2020-12-31
"""
JOIN = '[when.table]\neffect = "$measure.effects"\nheavy = true'
CORPUS = "[proposal]\n" + "".join(
    f'[[measure]]\nid = "m{number}"\neffects = ["{effect}"]\nareas = ["{area}"]\nsafeguards = []\n'
    for number, (effect, area) in enumerate((("a", "a"), ("a", "a"), ("a", "b")))
)


def pack_of(root: Path, facts: str = FACTS, **rules: str) -> KnowledgeBase:
    """A pack with these rules."""
    return load(write_pack(root, rules, facts, KINDS))


def unread(kb: KnowledgeBase, day: date = DAY) -> list[str]:
    """The ids of facts that no rule reads on a day."""
    return [fact.id for fact in unread_facts(kb, kb.program(day).facts)]


class TestFacts:
    def test_by_what_is_asked_of_the_fact(self, tmp_path: Path) -> None:
        """A fact that no join lets in is read by none; one that may be let in is; one that has ended is no fact of the day."""
        kb = pack_of(tmp_path, rule=rule_text("rule", 'areas = "a"', tail=JOIN))
        assert unread(kb) == ["light", "unsaid"]
        assert unread(kb, date(2020, 1, 1)) == ["light", "unsaid", "over"]

    def test_by_every_value(self, tmp_path: Path) -> None:
        """A rule that asks for every value of a kind reads all its facts."""
        kb = pack_of(tmp_path, rule=rule_text("rule", 'effects = ["a"]').replace('[when.measure]\neffects = ["a"]', '[when.measure]\neffects = "$table.effect"'))  # fmt: skip
        assert unread(kb) == []

    @pytest.mark.parametrize(
        "condition",
        ["[when.not.table]\neffect = '$measure.effects'\nheavy = false", "[[unless]]\nreason = { en = 'r', nl = 'r' }\ntable = { effect = '$measure.effects', heavy = false }"],
    )  # fmt: skip
    def test_wherever_it_is_asked(self, tmp_path: Path, condition: str) -> None:
        """A fact is read where its absence is asked for, or by an exception, as well."""
        kb = pack_of(tmp_path, rule=rule_text("rule", 'areas = "a"', tail=condition))
        assert unread(kb) == ["heavy", "unsaid"]

    def test_no_rule_at_all(self, tmp_path: Path) -> None:
        """Of a kind that no rule asks for no fact is read."""
        kb = pack_of(tmp_path, rule=rule_text("rule", 'areas = "a"'))
        assert unread(kb) == ["heavy", "light", "unsaid"]

    @settings(max_examples=examples(15), database=None, suppress_health_check=list(HealthCheck))
    @given(random_packs.packs(), random_packs.proposals(3))
    def test_make_no_difference(self, kb: KnowledgeBase, proposal: Proposal) -> None:
        """Without the facts that no rule reads every rule comes out the same."""
        idle = {fact.id for fact in unread_facts(kb, kb.program(random_packs.DAY).facts)}
        held = {
            kind: tuple(fact for fact in facts if fact.id not in idle) for kind, facts in kb.knowledge.facts.items()
        }
        fewer = evolve(kb, knowledge=evolve(kb.knowledge, facts=held), programs={})
        before, after = (base.case(proposal, as_of=random_packs.DAY, engine="plain").states() for base in (kb, fewer))
        assert before == after

    def test_shipped(self) -> None:
        """Of the shipped packs only lists for readers have facts that no rule reads."""
        kb = load()
        assert {fact.kind for fact in unread_facts(kb, kb.program(DAY).facts)} == {"competence", "exclusion"}


class TestTerms:
    def test_planted(self, tmp_path: Path) -> None:
        """Of each vocabulary the terms that no rule, fact or proposal has; what a narrower term uses is used."""
        kb = pack_of(tmp_path, rule=rule_text("rule", 'areas = "a"'))
        path = tmp_path / "facts/small/vocabulary/areas.toml"
        path.write_text(path.read_text("utf-8").replace("[a]\n", '[a]\nbroader = "d"\n'), "utf-8")
        kb = load(tmp_path)
        found = [(name, term.id) for name, term in unused_terms(kb)]
        assert [pair for pair in found if pair[0] == "areas"] == [("areas", "b"), ("areas", "c")]
        # Facts have them all, one of which has ended.
        assert not [pair for pair in found if pair[0] == "effects"]
        used = {term.id for name, term in unused_terms(kb, [kb.read(CORPUS)]) if name == "areas"}
        assert used == {"c"}


class TestRules:
    @pytest.mark.parametrize("engine", engines())
    def test_counted(self, tmp_path: Path, engine: str) -> None:
        """Where each rule applies, is open or is set aside, out of what it judges."""
        safe = "[[unless]]\nreason = { en = 'r', nl = 'r' }\nmeasure.areas = 'b'"
        kb = pack_of(
            tmp_path,
            everywhere=rule_text("everywhere", 'effects = "a"'),
            silent=rule_text("silent", 'areas = "d"'),
            asks=rule_text("asks", 'partners = "a"'),
            aside=rule_text("aside", 'effects = "a"', tail=safe).replace('[[example.measure]]\neffects = "a"', '[[example.measure]]\neffects = "a"\nareas = []'),
            over=rule_text("over", 'areas = "a"', head="valid_to = 2001-01-01"),
            whole=rule_text("whole", 'areas = "d"').replace("[when.measure]", "[when.count]\nat_most = 2\n[when.count.measure]").replace("{measure}", "{proposal}").replace('expect = "not-applicable"\n[[example.measure]]\neffects = []\nareas = []', 'expect = "not-applicable"\n' + '[[example.measure]]\nareas = "d"\n' * 3),
        )  # fmt: skip
        found = {
            firing.rule.id.removeprefix("small/"): firing
            for firing in firings(kb, [kb.read(CORPUS)] * 2, as_of=DAY, engine=engine)
        }
        counts = {
            name: (firing.judged, firing.applies, firing.open, firing.set_aside) for name, firing in found.items()
        }
        assert counts == {
            "everywhere": (6, 6, 0, 0), "silent": (6, 0, 0, 0), "asks": (6, 0, 6, 0), "aside": (6, 4, 0, 2), "whole": (2, 2, 0, 0),
        }  # fmt: skip
        assert [name for name, firing in found.items() if firing.silent] == ["silent"]
        assert found["everywhere"].share == 1.0
        assert [firing.share for firing in firings(kb, [], as_of=DAY, engine=engine)] == []


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each finding under its head, in either language and as JSON; without a corpus nothing is said of rules."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "CONSISTENT_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    pack_of(
        Path("pack"),
        everywhere=rule_text("everywhere", 'effects = "a"', tail=JOIN),
        silent=rule_text("silent", 'areas = "d"'),
    )
    Path("p.toml").write_text(CORPUS, "utf-8")
    shared = ["--pack", "./pack", "--as-of", "2026-06-01", "--engine", "plain"]
    assert main(["vacuity", "p.toml", *shared]) == 0
    told = capsys.readouterr().out
    assert told.startswith("proposals: 1; measures: 3\nrules that say nothing of any of them: 1\n  small/silent\n")
    assert "rules that apply nearly everywhere: 1\n  small/everywhere: 3 / 3\n" in told
    assert "facts that no rule reads: 2\n  table light  pack/facts/small/facts.toml:7\n" in told
    assert "  areas c: c\n" in told
    assert main(["vacuity", *shared, "--lang", "nl"]) == 0
    dutch = capsys.readouterr().out
    assert dutch.startswith("feiten die geen regel leest: 2\n")
    assert "  areas c: c (nl)\n" in dutch
    assert main(["vacuity", "p.toml", *shared, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [firing["rule"] for firing in data["silent"]] == ["small/silent"]
    assert data["nearly_everywhere"] == [
        {"rule": "small/everywhere", "judged": 3, "applies": 3, "open": 0, "set_aside": 0}
    ]
    assert data["unread_facts"][0] == {"kind": "table", "id": "light", "pack": "small"}
    assert {"vocabulary": "areas", "term": "c", "pack": "small"} in data["unused_terms"]
