"""Concepts: conditions with a name, written once, told by name, and unfolded where that is asked."""

import json
from pathlib import Path

import pytest

from consistent import Check, InputError, KnowledgeBase, load
from consistent.authoring.coverage.measuring import cover
from consistent.authoring.lint.linting import lint_pack
from consistent.authoring.mutation.running import MutationRun, mutate
from consistent.authoring.proving.comparing import compare_packs
from consistent.authoring.suite import Collected, collect, failure_text, run_all
from consistent.cli.main import main
from consistent.model.text import LANGUAGES, Language, today
from consistent.reports.json_format import report_from_data, report_to_data
from consistent.reports.pages import pages_of
from consistent.rules.conditions import named_directly
from tests.pack_writing import rule_text, write_pack

STEERS = """\
title = { en = "steers purchases", nl = "stuurt aankopen" }
sources = ["TEU 4(2)"]
when.measure.effects = ["a", "b"]

[[example]]
title = "one of the two"
expect = "holds"
[[example.measure]]
effects = "b"

[[example]]
title = "neither"
expect = "fails"
[[example.measure]]
effects = []

[[example]]
title = "not said"
expect = "open"
[[example.measure]]
"""
STEERS_HERE = """\
title = { en = "steers purchases here", nl = "stuurt aankopen hier" }
sources = ["TEU 42(7)"]
when.concept = "steers"
when.measure.areas = "a"

[[example]]
title = "here"
expect = "holds"
[[example.measure]]
effects = "a"
areas = "a"

[[example]]
title = "elsewhere"
expect = "fails"
[[example.measure]]
effects = "a"
areas = "b"
"""
RULE = rule_text("steered", 'effects = "a"\nareas = "a"').replace(
    '[when.measure]\neffects = "a"\nareas = "a"', '[when]\nconcept = "steers-here"'
)
PROPOSAL = """\
[proposal]
[[measure]]
id = "steered"
effects = "b"
areas = "a"
[[measure]]
id = "elsewhere"
effects = "a"
areas = "b"
[[measure]]
id = "open"
areas = "a"
"""


def write(root: Path, rule: str = RULE, **concepts: str) -> Path:
    """A pack with a rule and concepts."""
    write_pack(root, {"rule": rule})
    for name, text in ({"steers": STEERS, "steers_here": STEERS_HERE} | concepts).items():
        path = root / "facts/small/concepts" / f"{name.replace('_', '-')}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """The pack with a rule that names a concept, which rests on another."""
    return load(write(tmp_path / "pack"))


@pytest.fixture
def check(kb: KnowledgeBase) -> Check:
    """Of a measure on which the concept holds, one on which it does not, and one of which that is open."""
    return kb.check(PROPOSAL)


def refused(root: Path, **written: str) -> list[str]:
    """What is said of a pack that cannot be loaded."""
    with pytest.raises(InputError) as caught:
        load(write(root, **written))
    return [f"{fault.message} | {fault.help} | {fault.location.key}" for fault in caught.value.faults]


def with_when(when: str) -> str:
    """The rule with another condition."""
    return RULE.replace('[when]\nconcept = "steers-here"', when)


class TestReading:
    def test_outcomes(self, check: Check) -> None:
        """A rule applies where its concept holds; what is unknown in a concept is unknown in the rule."""
        report = check.report
        assert [said.measure for said in report.findings] == ["steered"]
        assert [said.measure for said in report.open] == ["open"]

    @pytest.mark.parametrize(
        ("asked", "applies"),
        [
            ('concept = "steers"', {"steered", "elsewhere"}),
            ('concept = ["steers-here", "steers"]', {"steered", "elsewhere"}),
            ("concept = { all = ['steers-here', 'steers'] }", {"steered"}),
            ("concept = { none = 'steers-here', any = 'steers' }", {"elsewhere"}),
            ('not.concept = "steers-here"\nmeasure.effects = "a"', {"elsewhere"}),
            ('other.concept = "steers-here"\nmeasure.effects = "a"', {"elsewhere"}),
            ('count = { at_least = 2, concept = "steers" }\nmeasure.areas = "b"', {"elsewhere"}),
        ],
    )
    def test_wherever_a_condition_can_stand(self, asked: str, applies: set[str], tmp_path: Path) -> None:
        """Alone, in a list, denied, of another measure, and counted."""
        rule = with_when(f"[when]\n{asked}")
        kb = load(write(tmp_path, rule))
        assert {said.measure for said in kb.check(PROPOSAL).report.findings} == applies

    def test_in_exceptions_and_guarantees(self, tmp_path: Path) -> None:
        """An exception names a concept, and so does what a guarantee is given."""
        rule = rule_text(
            "steered", 'areas = "a"', tail='[[unless]]\nreason = { en = "so", nl = "zo" }\nconcept = "steers"\n'
        )
        rule = rule.replace('[[example.measure]]\nareas = "a"', '[[example.measure]]\nareas = "a"\neffects = []')
        root = write(tmp_path, rule)
        promise = '[kept]\ntitle = { en = "kept", nl = "houdt" }\nsources = ["TFEU 1"]\ngiven.concept = "steers"\nnever.verdict = "conflict"\n'
        (root / "facts/small/guarantees.toml").write_text(promise, "utf-8")
        kb = load(root)
        found = {said.measure: said.by.reason for said in kb.check(PROPOSAL).report.defeated}
        assert found["steered"] is not None
        assert kb.users_of(kb.concepts["steers"]) == ("small/rule", "small/kept", "steers-here")
        assert [result.failure for result in run_all([Collected(kb, collect(kb))])] == [None] * 8

    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ({"rule": with_when('[when]\nconcept = "steer"')}, "unknown concept `steer` | did you mean `steers`"),
            ({"rule": with_when("[when]\nconcept = []")}, "an empty list: no concept is named"),
            ({"rule": with_when("[when]\nconcept = 3")}, "expected the name of a concept, found a whole number"),
            (
                {"rule": with_when("[when]\nconcept = { only = 'steers' }")},
                "unknown operator `only` | known here: `all`, `any`, `none`",
            ),
            ({"steers": STEERS.partition("\n")[2]}, "missing key `title`"),
            ({"steers": STEERS.replace('"TEU 4(2)"', "")}, "no source: at least one is needed"),
            (
                {"steers": STEERS.replace('expect = "fails"', 'expect = "holds"')},
                "no example of which the concept fails",
            ),
            (
                {"steers": STEERS.replace('expect = "fails"', 'expect = "conflict"')},
                "expected `holds`, `open` or `fails`, found `conflict`",
            ),
            ({"steers": STEERS.replace('"b"]', '"x"]')}, "unknown term `x` in vocabulary `effects`"),
            (
                {"steers": STEERS.replace("when.measure", 'when.concept = "steers-here"\nwhen.measure')},
                "concepts rest on each other in a circle: steers-here > steers > steers-here",
            ),
            (
                {
                    "steers": STEERS.replace("when.measure", 'when.other.effects = "c"\nwhen.measure'),
                    "rule": with_when('[when]\ncount = { at_least = 1, concept = "steers" }'),
                },
                "`steers` looks at other measures itself, so it cannot stand inside `count`",
            ),
        ],
    )
    def test_faults(self, written: dict[str, str], said: str, tmp_path: Path) -> None:
        """Each is told with its key, and a concept that cannot be read only once."""
        found = refused(tmp_path, **written)
        assert [line for line in found if line.startswith(said)], found
        assert len(found) == 1

    def test_two_packs(self, tmp_path: Path) -> None:
        """A pack names the concepts of those that it builds on, and cannot redefine one."""
        root = write(tmp_path)
        above = root / "facts/above"
        (above / "concepts").mkdir(parents=True)
        (above / "pack.toml").write_text(
            'title = { en = "x", nl = "x" }\nsources = ["TFEU 1"]\nbuilds_on = ["small"]\n'
        )
        (above / "concepts/more.toml").write_text(STEERS_HERE.replace('"steers"', '["steers", "steers-here"]'))
        assert set(load(root).concepts) == {"steers", "steers-here", "more"}
        (above / "concepts/steers.toml").write_text(STEERS)
        with pytest.raises(InputError, match="concept `steers` is already in the pack `small`"):
            load(root)


class TestTold:
    """By name wherever a finding is explained, and unfolded where that is asked."""

    @pytest.mark.parametrize(("language", "name"), [("en", "steers purchases here"), ("nl", "stuurt aankopen hier")])
    @pytest.mark.parametrize("form", ["text", "json", "html", "markdown", "csv", "junit"])
    def test_forms(
        self, form: str, language: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The command prints the name of the concept in each form that tells reasons."""
        root = write(tmp_path / "pack")
        (tmp_path / "p.toml").write_text(PROPOSAL, "utf-8")
        main(["check", str(tmp_path / "p.toml"), "--pack", str(root), "-v", "--lang", language, "--format", form])
        assert name in capsys.readouterr().out

    def test_why(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A finding is explained by the concept, with sources, and below it by the tests of it and of those it rests on."""
        root = write(tmp_path / "pack")
        (tmp_path / "p.toml").write_text(PROPOSAL, "utf-8")
        main(["why", "small/rule", str(tmp_path / "p.toml"), "--pack", str(root)])
        told = capsys.readouterr().out
        for line in (
            "  because: steers purchases here\n    steers-here · Article 42(7) TEU\n    because: steered, area: a; asked: a\n",
            "    because: steers purchases\n      steers · Article 4(2) TEU\n      because: steered, what it does: b; asked: a or b\n",
            "unknown: steers purchases here (Article 42(7) TEU; rule.toml:",
            "  steers purchases here (rule.toml:11) (1)\n    elsewhere: area: a; found: b",
        ):
            assert line in told, told

    def test_because(self, check: Check) -> None:
        """As data: each test has the concepts by which it was asked, the outermost first; it survives JSON."""
        report = check.report
        named = [[concept.id for concept in reason.concepts] for reason in report.findings[0].because]
        assert named == [["steers-here"], ["steers-here", "steers"]]
        assert report.why(report.findings[0]).sources[0].text == "TFEU 1"
        assert "TEU 42(7)" in [source.text for source in report.why(report.findings[0]).sources]
        assert report_from_data(json.loads(json.dumps(report_to_data(report)))) == report

    def test_denied(self, tmp_path: Path) -> None:
        """That a concept does not hold is said as such."""
        kb = load(write(tmp_path, with_when("[when]\nconcept.none = 'steers-here'")))
        report = kb.check(PROPOSAL).report
        (finding,) = report.findings
        assert finding.because[0].told.en.startswith("not: steers purchases here: ")
        assert finding.because[0].told.nl.startswith("niet: stuurt aankopen hier: ")

    @pytest.mark.parametrize(("words", "times"), [([], 0), (["-v"], 1)])
    def test_explained_rule(
        self, words: list[str], times: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A rule names its concepts; what these stand for is told where that is asked, or of the concept itself."""
        root = str(write(tmp_path))
        main(["explain", "small/rule", "--pack", root, *words])
        told = capsys.readouterr().out
        assert "steers purchases here [steers-here]" in told
        assert told.count("b [b]") == times
        main(["explain", "steers", "--pack", root])
        told = capsys.readouterr().out
        assert "used by\n  steers-here\n" in told
        assert "holds: one of the two" in told

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_pages(self, language: Language, kb: KnowledgeBase) -> None:
        """There is a page of concepts, and a rule's page has those that it names, folded."""
        made = {str(path): text for path, text in pages_of(kb.knowledge, kb.rules, language, kb.concepts.values())}
        title = kb.concepts["steers-here"].title.get(language)
        assert f"## {title}\n\n`steers-here` (small)" in made[f"concepts.{language}.md"]
        assert f"<summary>{title} [steers-here]</summary>" in made[f"rules/{language}/small/rule.md"]


class TestToolkit:
    """What is done with rules is done with concepts."""

    def test_examples_are_run(self, tmp_path: Path) -> None:
        """One that does not come out as it says is told, with the condition that failed."""
        root = write(tmp_path, steers=STEERS.replace('effects = "b"', 'effects = "c"'))
        kb = load(root)
        failures = [result.failure for result in run_all([Collected(kb, collect(kb))]) if result.failure]
        (text,) = (failure_text(failure, "en") for failure in failures)
        assert "example `one of the two` of concept `steers`: expected `holds`, found `fails`" in text
        assert "fails: what it does: a or b; found: c" in text

    def test_unused(self, tmp_path: Path) -> None:
        """A concept that nothing names is a lint."""
        found = [
            lint.about
            for lint in lint_pack(write(tmp_path, unused=STEERS), proofs=False)
            if lint.check == "unread-concept"
        ]
        assert found == [("unused",)]

    def test_covered(self, kb: KnowledgeBase) -> None:
        """A concept has points of its own, and is one in the rules that name it."""
        found = {each.rule.id: [point.point.kind for point in each.points] for each in cover(kb).rules}
        assert found["small/rule"] == ["condition"]
        assert found["small/concepts/steers-here"] == ["condition", "condition"]

    def test_mutated(self, tmp_path: Path) -> None:
        """Faults are planted in concepts, and in the rules where they name one; examples of concepts notice them."""
        root = write(tmp_path)
        found = mutate(MutationRun(pack=root, day=today(), select=("small/concepts/steers-here", "small/rule")))
        fates = {result.id.partition(":")[2]: result.fate for result in found.all}
        assert fates["drop-condition:when.measure"] == "killed"
        assert fates["negate-condition:when.concept"] in {"killed", "equivalent"}
        steers = {
            result.id.partition(":")[2]: result
            for result in mutate(MutationRun(pack=root, day=today(), select=("small/concepts/steers",))).all
        }
        # By the examples of the concept, or of what rests on it.
        assert steers["drop-value:when.measure.effects[2]"].by == "small/concepts/steers::one of the two"
        assert steers["drop-value:when.measure.effects[1]"].by == "small/rule::yes"
        suggested = [result.suggestion for result in found.survivors if result.suggestion]
        assert any('expect = "holds"' in text or 'expect = "fails"' in text for text in suggested)

    def test_compared(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """A change of a concept is a change of the rules that rest on it, and is named there."""
        new = load(write(tmp_path / "new", steers=STEERS.replace('["a", "b"]', '["b"]')))
        (change,) = compare_packs(kb, new).changes
        assert (change.meaning, change.concepts) == ("narrower", ("steers",))

    def test_diff(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """In a difference the concept is what is amended, not the rule, and it is the cause of what changes."""
        new = load(write(tmp_path / "new", steers=STEERS.replace('["a", "b"]', '["a"]')))
        found = kb.diff(PROPOSAL, new_kb=new)
        (amendment,) = found.amendments
        assert (amendment.subject, amendment.id, amendment.part, amendment.rules) == (
            "concept",
            "steers",
            "when",
            ("small/rule",),
        )
        (change,) = [change for change in found.changes if change.measure == "steered"]
        assert [cause.amendment for cause in change.causes] == [1]

    def test_diff_of_words(self, kb: KnowledgeBase, tmp_path: Path) -> None:
        """Another title of a concept changes no outcome."""
        new = load(write(tmp_path / "new", steers=STEERS.replace("steers purchases", "directs purchases")))
        found = kb.diff(PROPOSAL, new_kb=new)
        assert [(each.subject, each.part, each.words_only) for each in found.amendments] == [("concept", "texts", True)]
        assert not found.changes

    def test_new(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A new concept passes at once."""
        root = write(tmp_path)
        monkeypatch.chdir(root)
        assert main(["new", "concept", "is-new", "--pack", "."]) == 0
        kb = load(root)
        assert kb.concepts["is-new"].pack == "small"
        assert not [result for result in run_all([Collected(kb, collect(kb))]) if result.failure]
        assert named_directly(kb.rules[0].when) == (kb.concepts["steers-here"],)
