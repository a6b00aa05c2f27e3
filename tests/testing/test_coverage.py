"""Coverage: what tests show of each point of a rule, held against brute force; its page, its data and its command."""

import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any as Tree

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from lxml import html

from consistent import KnowledgeBase, Proposal, load
from consistent.authoring.coverage.measuring import Measured, Point, Trial, cover, measure, replaced
from consistent.authoring.coverage.report import coverage_page, coverage_to_data, missing_of
from consistent.cli import main
from consistent.engine.plain import PlainEngine
from consistent.findings.states import states
from consistent.model.text import Language
from consistent.rules.conditions import All, Any, Not
from consistent.rules.program import CompiledRule, Program
from consistent.rules.rule import Rule
from consistent.truth import Truth
from tests.harness.effort import examples
from tests.pack_writing import rule_text, write_pack
from tests.planted_pack import write_sound_pack
from tests.properties import random_packs

DAY = date(2026, 6, 1)


def outcomes(kb: KnowledgeBase, rule: Rule, proposal: Proposal) -> list[str]:
    """What becomes of one rule alone wherever it is judged."""
    program = Program((CompiledRule(rule, frozenset(), ()),), kb.program(random_packs.DAY).facts)
    return [state.outcome for state in states(program, PlainEngine().evaluate(program, proposal))[rule.id]]


def forced(rule: Rule, point: Point, *, holds: bool) -> Rule:
    """The rule in which a point always holds, or never."""
    if point.part is None:
        return evolve(rule, when=replaced(rule.when, point.path, holds=holds))
    exceptions = list(rule.unless)
    exceptions[point.part] = evolve(
        exceptions[point.part], condition=replaced(exceptions[point.part].condition, point.path, holds=holds)
    )
    return evolve(rule, unless=tuple(exceptions))


def stands_alone(rule: Rule, point: Point) -> bool:
    """Whether a point speaks of the judged measure itself: it is within no fact, no count and no other measure."""
    condition = rule.when if point.part is None else rule.unless[point.part].condition
    for index in point.path:
        match condition:
            case All(parts) | Any(parts):
                condition = parts[index]
            case Not(part):
                condition = part
            case _:
                return False
    return True


def truths(kb: KnowledgeBase, rule: Rule, point: Point, proposal: Proposal) -> list[Truth]:
    """What a point by itself is wherever the rule is judged."""
    assert point.condition is not None
    by_itself = evolve(rule, when=point.condition, unless=())
    program = Program((CompiledRule(by_itself, frozenset(), ()),), kb.program(random_packs.DAY).facts)
    return list(PlainEngine().evaluate(program, proposal)[0].when)


class TestBruteForce:
    """What is said of a point is so: change the condition there, and the outcome changes."""

    @settings(max_examples=examples(25), database=None, suppress_health_check=list(HealthCheck))
    @given(random_packs.packs(max_rules=2), random_packs.proposals(3))
    def test_random_rules(self, kb: KnowledgeBase, proposal: Proposal) -> None:
        """Of random rules and proposals, with what is unknown taken for neither."""
        tried = Trial(name="t", proposal=proposal, day=random_packs.DAY)
        found = measure(kb, [tried], [known.id for known in kb.rules])
        for rule in kb.rules:
            was = outcomes(kb, rule, proposal)
            for measured in found[rule.id]:
                if measured.point.condition is not None:
                    self.check(kb, rule, measured, proposal, was)

    @staticmethod
    def check(kb: KnowledgeBase, rule: Rule, seen: Measured, proposal: Proposal, was: list[str]) -> None:
        """One point."""
        point = seen.point
        changed = {holds: outcomes(kb, forced(rule, point, holds=holds), proposal) for holds in (True, False)}
        differs = {holds: [a != b for a, b in zip(was, now, strict=True)] for holds, now in changed.items()}
        for holds, decides, held in ((False, seen.decides_true, seen.true), (True, seen.decides_false, seen.false)):
            assert not decides or (held and any(differs[holds]))
        if stands_alone(rule, point):
            held_as = truths(kb, rule, point, proposal)
            assert bool(seen.true) is (Truth.YES in held_as)
            assert bool(seen.false) is (Truth.NO in held_as)
            for holds, truth, decides in ((False, Truth.YES, seen.decides_true), (True, Truth.NO, seen.decides_false)):
                expected = any(one is truth and other for one, other in zip(held_as, differs[holds], strict=True))
                assert bool(decides) is expected


def lacking(kb: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    """What is missing of each point of the one rule, by its place."""
    (rule,) = cover(kb).rules
    return {".".join(map(str, point.point.where)): missing_of(point) for point in rule.points}


def example(expect: str, text: str) -> str:
    """An example with one measure."""
    return f'[[example]]\ntitle = "e"\nexpect = "{expect}"\n[[example.measure]]\n{text}\n'


class TestPoints:
    """Small rules whose coverage can be told by hand."""

    WHEN = 'effects = "a"\nareas = "a"'

    def test_conjunction(self, tmp_path: Path) -> None:
        """A part of a conjunction decides while false only where the others hold."""
        kb = load(write_pack(tmp_path, {"rule": rule_text("rule", self.WHEN)}))
        assert lacking(kb) == {"when.measure.effects": ("decides_false",), "when.measure.areas": ("decides_false",)}
        shown = example("not-applicable", 'effects = ["a"]\nareas = ["b"]') + example(
            "not-applicable", 'effects = ["b"]\nareas = ["a"]'
        )
        kb = load(write_pack(tmp_path, {"rule": rule_text("rule", self.WHEN, tail=shown)}))
        assert set(lacking(kb).values()) == {()}

    def test_unknown_shows_nothing(self, tmp_path: Path) -> None:
        """What is unknown is seen neither true nor false."""
        kb = load(write_pack(tmp_path, {"rule": rule_text("rule", 'effects = "a"')}))
        rule = kb.rules[0]
        tried = Trial(name="t", proposal=kb.read("[proposal]\n[[measure]]\nid = 'm'\n"), day=DAY)
        (seen,) = measure(kb, [tried], [rule.id])[rule.id]
        assert missing_of(seen) == ("true", "false")

    def test_exception_and_superiority(self, tmp_path: Path) -> None:
        """Only a proposal before all rules shows that one sets another aside."""
        root = write_sound_pack(tmp_path)
        assert main(["coverage", str(root), "--golden", str(root / "golden"), "--floor", "100"]) == 0
        assert main(["coverage", str(root), "--floor", "100"]) == 1

    def test_first_only(self, tmp_path: Path) -> None:
        """The example of a rule speaks of its first measure only."""
        further = example(
            "not-applicable", 'effects = ["b"]\nareas = ["b"]\n[[example.measure]]\neffects = ["a"]\nareas = ["b"]'
        )
        kb = load(write_pack(tmp_path, {"rule": rule_text("rule", self.WHEN, tail=further)}))
        assert lacking(kb)["when.measure.areas"] == ("decides_false",)


class TestPage:
    """One page that needs nothing but itself, whatever is in the pack."""

    HOSTILE = "<script>alert(1)</script>&\\\"'\\u001b[31m"

    def page(self, root: Path, language: Language = "en") -> str:
        """The page of a pack whose rule asks for hostile text, and whose example is called so."""
        text = rule_text("rule", 'reference = "</code><script>x</script>"')
        kb = load(write_pack(root, {"rule": text.replace('title = "yes"', f'title = "{self.HOSTILE}"')}))
        return coverage_page(cover(kb), kb.knowledge, language)

    def test_hostile_text(self, tmp_path: Path) -> None:
        """No text of a pack becomes an element, and no control character is left."""
        page = self.page(tmp_path)
        tree: Tree = html.document_fromstring(page)
        assert tree.xpath("//script") == []
        assert "</code><script>x</script>" in tree.text_content()
        assert "\x1b" not in page

    def test_stands_alone(self, tmp_path: Path) -> None:
        """Nothing is fetched; every link leads to a place on the page, and each place has one name."""
        page = self.page(tmp_path)
        tree: Tree = html.document_fromstring(page)
        assert tree.xpath("//@src | //link | //iframe | //object | //img") == []
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {link.removeprefix("#") for link in tree.xpath("//@href")} <= set(ids)
        (style,) = tree.xpath("//style/text()")
        assert not re.search(r"@import|url\(|https?:", style)

    def test_light_and_dark(self, tmp_path: Path) -> None:
        """Colours follow the reader's scheme, and say nothing that a sign does not say."""
        page = self.page(tmp_path)
        assert "prefers-color-scheme: dark" in page
        assert re.search(r'<code class="t-(?:good|bad|caution)"> *\d+ [✓◐✗] ', page)
        assert page.startswith('<!DOCTYPE html>\n<html lang="en"')

    def test_well_formed(self, tmp_path: Path) -> None:
        """Read and written again it is the same page."""
        page = self.page(tmp_path)
        again = html.tostring(html.document_fromstring(page), doctype="<!DOCTYPE html>", encoding="unicode")
        assert unescape(again).strip() == unescape(page).strip()

    def test_dutch(self, tmp_path: Path) -> None:
        """In Dutch the page says so, and what it says."""
        page = self.page(tmp_path, "nl")
        assert '<html lang="nl"' in page
        assert "<h1>Dekking van de regels van small</h1>" in page
        assert "voorwaarde:" in page


class TestCommand:
    @pytest.fixture(autouse=True)
    def _plain(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "CONSISTENT_LANG"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.chdir(tmp_path)
        text = rule_text("rule", 'effects = "a"\nsafeguards = "a"').replace(
            "effects = []\nareas = []", 'effects = []\nsafeguards = "a"'
        )
        write_pack(Path("pack"), {"rule": text})

    def test_text(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What is missing is told with its line, then the figures; in Dutch too."""
        assert main(["coverage", "./pack"]) == 0
        told = capsys.readouterr().out
        assert "never false, never decides while true" not in told
        assert "    never false  pack/rules/small/rule.toml:12\n" in told
        assert main(["coverage", "./pack", "--lang", "nl"]) == 0
        dutch = capsys.readouterr().out
        assert "    nooit onwaar  pack/rules/small/rule.toml:12\n" in dutch
        assert "waar en onwaar" in dutch

    @pytest.mark.parametrize(("floor", "status"), [("0", 0), ("50", 0), ("50.1", 1), ("100", 1)])
    def test_floor(self, floor: str, status: int) -> None:
        """Below the floor the status is 1, at it 0."""
        assert main(["coverage", "./pack", "--floor", floor]) == status

    def test_data(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The data are the same each time, and name the tests that showed each point."""
        told = []
        for _ in range(2):
            assert main(["coverage", "./pack", "--format", "json"]) == 0
            told.append(capsys.readouterr().out)
        assert told[0] == told[1]
        data = json.loads(told[0])
        assert {key: data[key] for key in ("pack", "tests", "points", "both_ways", "decided")} == {
            "pack": "small", "tests": 2, "points": 2, "both_ways": 1, "decided": 1,
        }  # fmt: skip
        first, second = data["rules"][0]["listed"]
        assert list(first) == ["kind", "text", "line", "fixed", "true", "false", "decides_true", "decides_false"]
        assert (first["true"], first["false"], first["decides_true"], first["decides_false"]) == (
            "yes",
            "no",
            "yes",
            "no",
        )
        assert (second["line"], second["true"], second["false"]) == (12, "yes", None)

    def test_page(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The page is written where it is asked for."""
        assert main(["coverage", "./pack", "--format", "html", "-o", "page.html", "--lang", "nl"]) == 0
        kb = load("./pack")
        assert Path("page.html").read_text("utf-8") == coverage_page(cover(kb), kb.knowledge, "nl")
        assert coverage_to_data(cover(kb), kb.knowledge) == coverage_to_data(cover(kb), kb.knowledge)
        capsys.readouterr()

    def test_refused(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """A golden file of another pack, a rule that is not there, a file that cannot be used."""
        write_sound_pack(tmp_path / "lamp")
        for asked, said in (
            (["--golden", "lamp/golden"], "is of the pack `lamp`, not of `small`"),
            (["--select", "none"], "no rule matches `none`"),
            (["--golden", "gone.toml"], "gone.toml"),
        ):
            assert main(["coverage", "./pack", *asked]) == 2
            assert said in capsys.readouterr().err
