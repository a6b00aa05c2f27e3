"""Findings that are accepted: read from a file, marked in the report, and told of where they settle nothing."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from consistent import InputError, KnowledgeBase, Report, Waiver, load
from consistent.cli import main
from consistent.engine.plain import PlainEngine
from consistent.findings.judging import make_report
from consistent.model.proposal import Proposal
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.model.values import Value
from consistent.reports.json_format import report_from_data, report_to_data
from consistent.reports.text import print_report
from consistent.rules.program import CompiledRule, Program
from consistent.rules.rule import VERDICTS
from consistent.toml.waivers import waivers_from
from tests.harness.effort import examples
from tests.pack_writing import rule_text, write_pack
from tests.properties.random_packs import DAY, knowledge, programs, proposals
from tests.support import rows

RULES = {
    "unwelcome": rule_text("unwelcome", 'effects = "a"', head='defeats = ["small/beaten"]'),
    "beaten": rule_text("beaten", 'effects = "a"'),
    "lacking": rule_text("lacking", 'effects = "b"', verdict="condition"),
    "doubtful": rule_text("doubtful", 'effects = "c"', verdict="question"),
    "welcome": rule_text("welcome", 'areas = "d"', verdict="aligned", head='principle = "q"'),
    "dated": rule_text("dated", 'effects = "a"', head='valid_to = 2020-12-31\ndimension = "finance"'),
}
PROPOSAL = {
    "proposal": {"reference": "COM(2025) 1 final", "celex": "52025PC0001", "procedure": "2025/0001(COD)"},
    "measure": [
        {"id": "m1", "effects": ["a"], "areas": ["d"]},
        {"id": "m2", "effects": ["b"], "areas": []},
        {"id": "m3", "effects": ["c"], "areas": []},
        {"id": "m4", "effects": {"may": ["a"]}, "areas": []},
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack with a rule of each verdict, and one that is defeated."""
    return write_pack(tmp_path_factory.mktemp("pack"), RULES)


@pytest.fixture(scope="module")
def kb(folder: Path) -> KnowledgeBase:
    """That pack, loaded."""
    return load(folder)


def waiver(rule: str, /, **keys: Any) -> dict[str, Any]:
    """A waiver as its table has it."""
    return {"rule": f"small/{rule}", "reason": "as agreed", "owner": "us", "until": DAY} | keys


def check(kb: KnowledgeBase, *waivers: Mapping[str, Any], day: date = DAY) -> Report:
    """The report with these waivers."""
    return kb.check(PROPOSAL, as_of=day, waivers={"waiver": list(waivers)}).report


def statuses(report: Report) -> list[str]:
    """What became of each waiver."""
    return [each.status for each in report.waivers]


class TestWhatIsWaived:
    """A waiver settles a conflict, a missing condition or a question, on the measures that it names."""

    @pytest.mark.parametrize(
        ("rule", "measure", "outcome", "before"),
        [
            ("unwelcome", "m1", "waived", "conflict"),
            ("lacking", "m2", "waived", "condition"),
            ("doubtful", "m3", "waived", "open"),
        ],
    )
    def test_outcome(self, kb: KnowledgeBase, rule: str, measure: str, outcome: str, before: str) -> None:
        """The finding stays, marked, and its measure is no longer what it was."""
        plain, found = check(kb), check(kb, waiver(rule))
        assert plain.outcome(measure) == before
        assert found.outcome(measure) == outcome
        (marked,) = (each for each in found.findings if each.waived)
        assert (marked.rule, marked.measure) == (f"small/{rule}", measure)
        assert evolve(marked, waived=None) in plain.findings
        assert marked.waived is not None
        assert (marked.waived.reason, marked.waived.owner, marked.waived.until) == (
            Localized("as agreed", "as agreed"), "us", DAY.isoformat(),
        )  # fmt: skip

    def test_grade(self, kb: KnowledgeBase) -> None:
        """What is accepted is a remark, beside what is in line as without it."""
        assert dict(check(kb, waiver("unwelcome"), waiver("lacking"), waiver("doubtful")).judgement)["substance"] == (
            "positive-with-remarks"
        )
        assert dict(check(kb).judgement)["substance"] == "partly-positive-partly-negative"

    @pytest.mark.parametrize(("areas", "without"), [(["d"], "partly-positive-partly-negative"), ([], "negative")])
    def test_never_positive(self, kb: KnowledgeBase, areas: list[str], without: str) -> None:
        """A conflict that is accepted leaves a remark, whether or not anything is in line, and nothing is open."""
        proposal = {"proposal": {}, "measure": [{"id": "m", "effects": ["a"], "areas": areas}]}
        for waivers, grade in (((), without), ([waiver("unwelcome")], "positive-with-remarks")):
            found = kb.check(proposal, as_of=DAY, waivers={"waiver": list(waivers)})
            assert dict(found.judgement)["substance"] == grade

    def test_exit_status(self, kb: KnowledgeBase) -> None:
        """What is accepted is below every bar; what is open is not."""
        found = check(kb, waiver("unwelcome"))
        assert [found.reaches(bar) for bar in ("conflict", "condition", "open")] == [False, True, True]
        assert check(kb, waiver("unwelcome"), waiver("lacking")).reaches("condition") is False

    def test_defeated_stays_defeated(self, kb: KnowledgeBase) -> None:
        """A rule that the accepted finding defeats does not come back."""
        assert check(kb, waiver("unwelcome")).defeated == check(kb).defeated
        assert [each.rule for each in check(kb).defeated] == ["small/beaten"]

    def test_the_last_one_counts(self, kb: KnowledgeBase) -> None:
        """Of two waivers of one finding, both are in use, and the one that ends last is named."""
        found = check(kb, waiver("unwelcome", until=date(2030, 1, 1), owner="they"), waiver("unwelcome"))
        assert statuses(found) == ["in-use", "in-use"]
        assert [each.waived.owner for each in found.findings if each.waived] == ["they"]


class TestWhatBecameOfIt:
    """Every waiver is told of, with what became of it."""

    @pytest.mark.parametrize(
        ("keys", "status"),
        [
            ({}, "in-use"),
            ({"measure": "m1"}, "in-use"),
            ({"proposal": "COM(2025) 1"}, "in-use"),
            ({"proposal": "com(2025)1 FINAL"}, "in-use"),
            ({"proposal": "52025PC0001"}, "in-use"),
            ({"proposal": "2025/0001(COD)"}, "in-use"),
            ({"since": DAY}, "in-use"),
            ({"proposal": "COM(2025) 2"}, "elsewhere"),
            ({"measure": "m2"}, "unused"),
            ({"measure": "m4"}, "open"),
            ({"measure": "m5"}, "unknown-measure"),
            ({"until": DAY - timedelta(1)}, "expired"),
            ({"since": DAY + timedelta(1), "until": DAY + timedelta(1)}, "not-begun"),
            ({"rule": "small/welcome"}, "unused"),
            ({"rule": "small/beaten"}, "open"),
            ({"rule": "small/beaten", "measure": "m1"}, "unused"),
            ({"rule": "small/dated"}, "not-run"),
            ({"rule": "unwelcome"}, "unknown-rule"),
        ],
        ids=str,
    )
    def test_status(self, kb: KnowledgeBase, keys: dict[str, Any], status: str) -> None:
        """By rule, measure, proposal and day."""
        found = check(kb, waiver("unwelcome", **keys))
        assert statuses(found) == [status]
        assert bool(found.waivers[0].settles) is (status == "in-use") is any(each.waived for each in found.findings)

    def test_did_you_mean(self, kb: KnowledgeBase) -> None:
        """The nearest rules and measures are named."""
        found = check(kb, waiver("unwelcom"), waiver("unwelcome", measure="m11"))
        assert [each.near[0] for each in found.waivers] == ["small/unwelcome", "m1"]

    def test_rules_left_out(self, kb: KnowledgeBase) -> None:
        """A rule that was not selected is not unknown."""
        few = kb.selected(ignore=["small/unwelcome"])
        found = few.check(PROPOSAL, as_of=DAY, waivers={"waiver": [waiver("unwelcome")]}).report
        assert statuses(found) == ["not-run"]

    def test_all_by_one_day(self, kb: KnowledgeBase) -> None:
        """`as_of` is the day for rules and waivers alike."""
        listed = [waiver("dated", since=date(2020, 1, 1), until=date(2021, 6, 30))]
        by_day = {
            date(2019, 12, 31): "not-begun",
            date(2020, 12, 31): "in-use",
            date(2021, 1, 1): "not-run",
            DAY: "expired",
        }
        assert {day: statuses(check(kb, *listed, day=day))[0] for day in by_day} == by_day


class TestReading:
    """A file of waivers, with every fault at its line."""

    def test_faults(self, tmp_path: Path) -> None:
        """All of them at once, from every file."""
        bad, worse = tmp_path / "bad.toml", tmp_path / "worse.toml"
        bad.write_text(
            '[[waiver]]\nrule = 5\nwho = "x"\nreason = { en = "x" }\nuntil = "soon"\n'
            '[[waiver]]\nrule = "r"\nreason = "x"\nowner = " "\nsince = 2026-02-01\nuntil = 2026-01-01\n[wavier]\n',
            "utf-8",
        )
        worse.write_text("waiver = [1]\n", "utf-8")
        with pytest.raises(InputError) as caught:
            waivers_from([bad, worse, tmp_path / "none.toml"])
        assert [(each.message, each.location.line) for each in caught.value.faults] == [
            ("unknown key `wavier`", 12),
            ("expected text, found a whole number", 2),
            ("no text in language `nl`", 4),
            ("missing key `owner`", 1),
            ("`soon` is not a date", 5),
            ("unknown key `who`", 3),
            ("`until` is before `since`", 11),
            ("expected text, found blank text", 9),
            ("expected a list of tables", 1),
            ("file cannot be read: no such file or directory", None),
        ]

    def test_from_anywhere(self, tmp_path: Path) -> None:
        """A path, text, data, a waiver, or several of these; an empty file has none."""
        text = '[[waiver]]\nrule = "r"\nreason.en = "e"\nreason.nl = "n"\nowner = "o"\nuntil = 2026-01-01\n'
        path = tmp_path / "w.toml"
        path.write_text(text, "utf-8")
        one = Waiver(rule="r", reason=Localized("e", "n"), owner="o", until=date(2026, 1, 1))
        for given_ in (path, str(path), text, one, [path], (one,)):
            assert waivers_from(given_) == (one,)
        assert waivers_from([path, text]) == (one, one)
        assert waivers_from({}) == waivers_from("") == waivers_from(()) == ()

    @pytest.mark.parametrize("junk", [5, None, [None], b"x", {"waiver": 1}, {"waiver": {}}, [[]]])
    def test_junk(self, junk: Any) -> None:
        """Whatever it is, it is an input error."""
        with pytest.raises(InputError):
            waivers_from(junk)


class TestText:
    """What a reader sees."""

    def said(self, report: Report, language: Language, *, verbose: bool = False) -> str:
        """The report as text."""
        out = StringIO()
        print_report(report, Console(file=out, width=100), language, verbose=verbose)
        return out.getvalue()

    def test_sections(self, kb: KnowledgeBase) -> None:
        """The accepted finding has a section of its own, and so have waivers that settle nothing."""
        report = check(
            kb,
            waiver("unwelcome", reason={"en": "as agreed", "nl": "zoals afgesproken"}),
            waiver("unwelcom", owner="they"),
            waiver("lacking", proposal="COM(2025) 2"),
        )
        english, dutch = self.said(report, "en"), self.said(report, "nl")
        assert (
            "Accepted by a waiver (1)\n  m1\n    unwelcome\n      m1 is unwelcome\n"
            "      accepted: as agreed (us, until 2025-01-01)\n      conflict · small/unwelcome · policy · substance\n"
        ) in english
        assert (
            "Aanvaard (1)\n  m1\n    unwelcome (nl)\n      m1 is unwelcome (nl)\n"
            "      aanvaard: zoals afgesproken (us, tot en met 2025-01-01)\n      strijdig · small/unwelcome · beleid · inhoud\n"
        ) in dutch
        assert (
            "Waivers to look at (1)\n  small/unwelcom\n    the pack has no such rule; did you mean small/unwelcome or small/welcome?\n"
            "    as agreed · they · until 2025-01-01 · <dict>\n\nwaivers for other proposals: 1\n"
        ) in english
        assert (
            "Aanvaardingen die aandacht vragen (1)\n  small/unwelcom\n"
            "    het pakket kent deze regel niet; bedoelt u small/unwelcome of small/welcome?\n"
            "    as agreed · they · tot en met 2025-01-01 · <dict>\n\naanvaardingen voor andere voorstellen: 1\n"
        ) in dutch
        assert "\nConflicts (" not in english
        assert "small/lacking · proposal COM(2025) 2\n    it is for another proposal\n" in self.said(
            report, "en", verbose=True
        )

    def test_replaced(self, kb: KnowledgeBase) -> None:
        """One that expired says so where others accept all that it did."""
        past = DAY - timedelta(1)
        expired = waiver("unwelcome", until=past)
        alone = check(kb, expired)
        assert "expired: its last day was 2024-12-31\n" in self.said(alone, "en")
        replaced = check(kb, expired, waiver("unwelcome", measure="m1", owner="they"))
        assert ("expired: its last day was 2024-12-31; replaced by they, until 2025-01-01 (<dict>)\n") in self.said(
            replaced, "en"
        )
        assert (
            "verlopen: de laatste dag was 2024-12-31; vervangen door they, tot en met 2025-01-01 (<dict>)\n"
        ) in self.said(replaced, "nl")
        # What accepts something else does not take its place.
        other = check(kb, expired, waiver("lacking"))
        assert "replaced" not in self.said(other, "en")

    def test_last_day(self, kb: KnowledgeBase) -> None:
        """The day on which a waiver ends stands out; the day before counts."""
        today, day_before = check(kb, waiver("unwelcome")), check(kb, waiver("unwelcome"), day=DAY - timedelta(1))
        assert "last day today (2025-01-01)" in self.said(today, "en")
        assert "vandaag de laatste dag (2025-01-01)" in self.said(today, "nl")
        assert "days left" not in self.said(today, "en")
        assert "last day 2025-01-01; days left: 1" in self.said(day_before, "en")

    def test_defeat(self, kb: KnowledgeBase) -> None:
        """What a rule is set aside by is named by its title and id, with what it says."""
        assert (
            "  m1\n    beaten\n      m1 is beaten\n      by: unwelcome (small/unwelcome): m1 is unwelcome\n"
            "      small/beaten · policy · substance\n"
        ) in self.said(check(kb), "en")
        assert "      depends on: unwelcome (small/unwelcome)\n" in self.said(check(kb), "en")

    def test_nothing_to_tell(self, kb: KnowledgeBase) -> None:
        """Without waivers there is no word of them."""
        assert "aiver" not in self.said(check(kb), "en")


class TestCommand:
    """`consistent check --waivers FILE`."""

    def test_exit_status(self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Files may be given several times; what they accept is not counted; faults of all files are told together."""
        proposal, one, two, bad = (tmp_path / name for name in ("p.toml", "one.toml", "two.toml", "bad.toml"))
        proposal.write_text('[proposal]\n[[measure]]\nid = "m"\neffects = ["a", "b"]\nareas = []\n', "utf-8")
        for path, rule in ((one, "unwelcome"), (two, "lacking")):
            path.write_text(
                f'[[waiver]]\nrule = "small/{rule}"\nreason = "r"\nowner = "o"\nuntil = 2025-01-01\n', "utf-8"
            )
        bad.write_text("[[waiver]]\n", "utf-8")
        head = ["check", str(proposal), "--pack", str(folder), "--fail-on", "condition", "--as-of", "2025-01-01"]
        accepted = ["--waivers", str(one), "--waivers", str(two)]
        assert main(head) == main([*head, "--waivers", str(one)]) == 1
        assert main([*head, *accepted]) == 0
        # One day later they have expired.
        assert main([*head[:-1], "2025-01-02", *accepted]) == 1
        capsys.readouterr()
        assert main(["check", "none.toml", "--pack", str(folder), "--waivers", str(bad)]) == 2
        told = capsys.readouterr().err
        assert "none.toml" in told
        assert "missing key `rule`" in told

    def test_json(self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The waivers are in the document, with what became of them."""
        (tmp_path / "p.toml").write_text('[proposal]\n[[measure]]\nid = "m"\neffects = ["a"]\nareas = []\n', "utf-8")
        (tmp_path / "w.toml").write_text(
            '[[waiver]]\nrule = "small/unwelcome"\nreason = "r"\nowner = "o"\nuntil = 2025-01-01\n', "utf-8"
        )
        main(["check", str(tmp_path / "p.toml"), "--pack", str(folder), "--format", "json", "--as-of", "2025-01-01",
              "--waivers", str(tmp_path / "w.toml")])  # fmt: skip
        (report,) = json.loads(capsys.readouterr().out)["reports"]
        assert report["waivers"] == [
            {
                "rule": "small/unwelcome", "measure": None, "proposal": None, "reason": {"en": "r", "nl": "r"}, "owner": "o",
                "since": "", "until": "2025-01-01", "status": "in-use", "settles": ["m"], "near": [],
                "path": "w.toml", "line": 1,
            }
        ]  # fmt: skip
        assert report["measures"][0]["outcome"] == "waived"
        assert [each["waived"] is None for each in report["findings"]] == [False]


@st.composite
def random_waivers(draw: st.DrawFn) -> tuple[Waiver, ...]:
    """Waivers of rules, measures, proposals and days that exist and that do not."""
    starts = st.sampled_from([None, None, DAY - timedelta(400), DAY, DAY + timedelta(1)])
    ends = st.sampled_from([DAY - timedelta(1), DAY, DAY, DAY + timedelta(400)])
    return tuple(
        Waiver(
            rule=draw(st.sampled_from(["random/r0", "random/r0", "random/r1", "random/r2", "random/r7", "random/r8"])),
            measure=draw(st.sampled_from([None, None, None, "m0", "m1", "m9"])),
            proposal=draw(st.sampled_from([None, None, None, "COM(2025) 1", "COM(2025) 2"])),
            reason=Localized(f"reason {number}", f"reden {number}"),
            owner="o",
            since=draw(starts),
            until=draw(ends),
        )
        for number in range(draw(st.integers(1, 6)))
    )


@st.composite
def reports(draw: st.DrawFn) -> tuple[Proposal, tuple[Waiver, ...], Report, Report]:
    """A proposal and waivers, with the report without them and the one with them; rules have any verdict."""
    program = draw(programs(max_rules=3))
    rules = tuple(
        CompiledRule(
            evolve(
                each.rule, verdict=draw(st.sampled_from(VERDICTS)), ground=draw(st.sampled_from(["law", "contested"]))
            ),
            each.when,
            each.unless,
        )
        for each in program.rules
    )
    changed = Program(rules, program.facts)
    proposal = evolve(draw(proposals(3)), celex=Value.exactly("COM(2025) 1"))
    waivers = draw(random_waivers())
    known = frozenset(each.rule.id for each in rules) | {"random/r8"}
    said = list(rows(PlainEngine(), changed, proposal))
    without, with_ = (
        make_report(knowledge(()), changed, proposal, said, day=DAY, engine="plain", waivers=listed, known=known)
        for listed in ((), waivers)
    )
    return proposal, waivers, without, with_


def accepting(waivers: Iterable[Waiver], rule: str, measure: str | None) -> bool:
    """Whether one of the waivers is for that, as docs/how-to/waivers.md has it."""
    return any(
        each.rule == rule
        and each.measure in {None, measure}
        and each.proposal in {None, "COM(2025) 1"}
        and (each.since or DAY) <= DAY <= each.until
        for each in waivers
    )


class TestProperties:
    """Of any rules, proposal and waivers."""

    @settings(max_examples=examples(100), suppress_health_check=list(HealthCheck))
    @given(reports())
    def test_marks(self, drawn: tuple[Proposal, tuple[Waiver, ...], Report, Report]) -> None:
        """Just the findings that a waiver accepts are marked; nothing else that is said changes."""
        _, waivers, without, with_ = drawn
        assert tuple(evolve(each, waived=None) for each in with_.findings) == without.findings
        assert (with_.open, with_.defeated, with_.not_judged) == (without.open, without.defeated, without.not_judged)
        for each in with_.findings:
            expected = each.verdict not in {"aligned", "reserved"} and accepting(waivers, each.rule, each.measure)
            assert bool(each.waived) is expected
        assert len(with_.waivers) == len(waivers)
        settled = {(use.rule, where) for use in with_.waivers for where in use.settles}
        assert settled == {(each.rule, each.measure) for each in with_.findings if each.waived}
        assert report_from_data(json.loads(json.dumps(report_to_data(with_)))) == with_

    @settings(max_examples=examples(100), suppress_health_check=list(HealthCheck))
    @given(reports())
    def test_never_better_than_gone(self, drawn: tuple[Proposal, tuple[Waiver, ...], Report, Report]) -> None:
        """For the exit status, what is accepted is as if it were not there; for the grade, a remark remains."""
        _, _, without, with_ = drawn
        rest = evolve(with_, findings=tuple(each for each in with_.findings if not each.waived))
        for bar in ("conflict", "condition", "open"):
            assert with_.reaches(bar) is rest.reaches(bar)
            assert without.reaches(bar) or not with_.reaches(bar)
        for dimension, grade in with_.judgement:
            if any(each.waived and each.dimension == dimension for each in with_.findings):
                assert grade not in {"positive", "not-judged", "open"}
        for measure in with_.measures:
            assert (with_.outcome(measure.id) == "waived") <= any(
                each.waived and each.measure == measure.id for each in with_.findings
            )


def test_file_of_the_document() -> None:
    """The file that the document shows can be read."""
    text = (Path(__file__).parents[1] / "docs/how-to/waivers.md").read_text("utf-8")
    shown = waivers_from(text.partition("```toml\n")[2].partition("```")[0])
    assert [each.measure for each in shown] == ["row-52", None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_has_words(kb: KnowledgeBase, language: Language) -> None:
    """No status is printed raw, and none is left out."""
    listed = [
        waiver("unwelcome", measure="m2"), waiver("unwelcome", measure="m4"), waiver("unwelcome", measure="m5"),
        waiver("x"), waiver("dated"), waiver("lacking", until=DAY - timedelta(1)), waiver("lacking", proposal="x"),
        waiver("lacking", since=DAY + timedelta(1), until=DAY + timedelta(1)),
    ]  # fmt: skip
    report = check(kb, *listed)
    assert len(set(statuses(report))) == len(listed)
    out = StringIO()
    print_report(report, Console(file=out, width=100), language, verbose=True)
    assert not [each for each in statuses(report) if "-" in each and each in out.getvalue()]
