"""Warnings of what a report rests on and ends soon, or was not compared with its source for long."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from consistent import KnowledgeBase, Report, load
from consistent.cli import main
from consistent.engine.plain import PlainEngine
from consistent.findings.judging import make_report
from consistent.findings.said import Said
from consistent.findings.waivers import RestsOn
from consistent.knowledge.entries import Fact, Limits, Period
from consistent.model.proposal import Proposal
from consistent.reports.json_format import report_from_data, report_to_data
from consistent.reports.text import print_report
from consistent.rules.compiling import compile_rules
from consistent.rules.program import FactLookup
from consistent.rules.reading import ConditionReader
from tests.harness.effort import examples
from tests.pack_writing import rule_text, write_pack
from tests.properties.random_packs import DAY, facts, knowledge, make_rule, proposals
from tests.support import rows

KINDS = """
[listed]
title = { en = "listed area", nl = "genoemd terrein" }
[listed.fields]
area = { type = "terms", vocabulary = "areas" }
free = { type = "boolean" }
"""
FACTS = """
kind = "listed"
[[fact]]
id = "of-a"
area = "a"
free = true
sources = ["TFEU 1"]
verified = 2024-12-01
valid_to = 2025-03-01
[[fact]]
id = "of-b"
area = "b"
free = false
sources = ["TFEU 1"]
verified = 2020-01-01
[[fact]]
id = "of-c"
area = "c"
free = true
sources = ["TFEU 1"]
[[fact]]
id = "of-d"
area = "d"
free = true
sources = ["TFEU 1"]
verified = 2024-12-31
"""
JOINED = '[when.listed]\narea = "$measure.areas"\n'
RULES = {
    # Judges by a fact whatever area is listed.
    "listed": rule_text("listed", 'effects = "a"\nareas = ["a", "b", "c", "d"]', tail=JOINED),
    # A condition that is met by way of a fact.
    "freed": rule_text(
        "freed", 'effects = "b"\nareas = "b"', verdict="condition",
        tail='[[unless]]\nreason = { en = "free", nl = "vrij" }\n[unless.listed]\narea = { any = "$measure.areas" }\nfree = true\n',
    ),
    "passing": rule_text("passing", 'effects = "d"', head="valid_to = 2025-01-01"),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack with facts and rules that end, or were verified long ago or never."""
    return write_pack(tmp_path_factory.mktemp("pack"), RULES, FACTS, KINDS)


@pytest.fixture(scope="module")
def kb(folder: Path) -> KnowledgeBase:
    """That pack, loaded."""
    return load(folder)


PROPOSAL = {
    "proposal": {},
    "measure": [
        {"id": "m1", "effects": ["a"], "areas": ["a"]},
        {"id": "m2", "effects": ["a"], "areas": ["b"]},
        {"id": "m3", "areas": ["a", "b"], "effects": {"may": ["a"]}},
        {"id": "m4", "effects": ["b"], "areas": ["b", "c"]},
        {"id": "m5", "effects": ["d"], "areas": []},
        {"id": "m6", "effects": ["a"], "areas": ["d"]},
    ],
}


def brief(report: Report) -> list[tuple[str, str, bool, str, list[tuple[str, str | None]]]]:
    """Each warning without what is the same of each."""
    return [
        (
            each.id,
            each.ends,
            each.stale,
            each.verified,
            [(one.rule.removeprefix("small/"), one.measure) for one in each.rests],
        )
        for each in report.warnings
    ]


class TestWarnings:
    """Each fact and rule once, with all that rests on it."""

    def test_what_is_told(self, kb: KnowledgeBase) -> None:
        """Of a finding, an open question and a met condition; a fact that carries nothing, or is fresh, is not told of."""
        assert brief(kb.check(PROPOSAL, as_of=DAY).report) == [
            ("of-a", "2025-03-01", False, "", [("listed", "m1"), ("listed", "m3")]),
            ("of-b", "", True, "2020-01-01", [("listed", "m2"), ("listed", "m3")]),
            ("of-c", "", True, "", [("freed", "m4")]),
            ("small/passing", "2025-01-01", False, "", [("passing", "m5")]),
        ]

    @pytest.mark.parametrize(
        ("within", "told"), [(0, {"small/passing"}), (58, {"small/passing"}), (59, {"small/passing", "of-a"})]
    )
    def test_ending(self, kb: KnowledgeBase, within: int, told: set[str]) -> None:
        """A limit of so many days includes the last of them."""
        found = kb.check(PROPOSAL, as_of=DAY, ending_within=within, verified_within=10**6).warnings
        assert {each.id for each in found if each.ends} == told
        assert {each.ends_in for each in found if each.ends} <= {0, 59}

    @pytest.mark.parametrize(
        ("within", "told"),
        [(1827, {"of-c"}), (1826, {"of-c", "of-b"}), (31, {"of-c", "of-b"}), (30, {"of-c", "of-b", "of-a"})],
    )
    def test_verified(self, kb: KnowledgeBase, within: int, told: set[str]) -> None:
        """More days than the limit are too many; never is always too long."""
        found = kb.check(PROPOSAL, as_of=DAY, verified_within=within).warnings
        assert {each.id for each in found if each.stale} == told

    def test_on_another_day(self, kb: KnowledgeBase) -> None:
        """Time is counted from the day of the check: what was verified after it is fresh, what has ended carries nothing."""
        assert [each.id for each in kb.check(PROPOSAL, as_of=date(2020, 1, 1)).warnings] == ["of-c"]
        assert [each.id for each in kb.check(PROPOSAL, as_of=date(2025, 3, 2)).warnings] == ["of-b", "of-c"]

    def test_waiver(self, kb: KnowledgeBase) -> None:
        """A waiver that is in use and ends soon; not one that settles nothing."""
        keys = {"reason": "r", "owner": "o", "until": date(2025, 1, 31)}
        waivers = {"waiver": [{"rule": "small/listed", "measure": each, **keys} for each in ("m1", "m4")]}
        found = kb.check(PROPOSAL, as_of=DAY, waivers=waivers, verified_within=10**6).warnings
        assert [(each.id, each.ends_in, each.rests) for each in found if each.kind == "waiver"] == [
            ("small/listed", 30, (RestsOn(rule="small/listed", measure="m1"),))
        ]

    def test_text(self, kb: KnowledgeBase) -> None:
        """A section of its own, in both languages, on one screen line each."""
        report = kb.check(PROPOSAL, as_of=DAY).report
        said = {}
        for language in ("en", "nl"):
            out = StringIO()
            print_report(report, Console(file=out, width=300), "nl" if language == "nl" else "en")
            said[language] = out.getvalue()
        assert (
            "Ends soon, or was not verified for long (4)\n  listed area of-a\n    last day 2025-03-01; days left: 59\n"
            "    carries: small/listed (m1, m3)\n    facts/small/facts.toml:3\n"
            "  listed area of-b\n    last compared with its source on 2020-01-01\n    carries: small/listed (m2, m3)\n"
        ) in said["en"]
        assert "  listed area of-c\n    never compared with its source\n    carries: small/freed (m4)\n" in said["en"]
        assert (
            "Loopt binnenkort af, of is lang niet geverifieerd (4)\n  genoemd terrein of-a\n"
            "    laatste dag 2025-03-01; resterende dagen: 59\n    draagt: small/listed (m1, m3)\n"
        ) in said["nl"]
        assert "  passing (nl) (small/passing)\n    vandaag de laatste dag (2025-01-01)\n" in said["nl"]

    def test_command(self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The limits are options; a number of days is a whole one, and not below zero."""
        (tmp_path / "p.toml").write_text('[proposal]\n[[measure]]\nid = "m"\neffects = ["a"]\nareas = ["b"]\n', "utf-8")
        head = ["check", str(tmp_path / "p.toml"), "--pack", str(folder), "--as-of", "2025-01-01", "--format", "json"]
        for days, count in (("1828", 0), ("730", 1)):
            main([*head, "--verified-within", days])
            (report,) = json.loads(capsys.readouterr().out)["reports"]
            assert len(report["warnings"]) == count
        for junk in ("-1", "x", "1.5", "", "9" * 5000, "²", "\uff11"):
            with pytest.raises(SystemExit) as caught:
                main([*head, "--ending-within", junk])
            assert caught.value.code == 2
            assert "is not a number of days; write 0 or more" in capsys.readouterr().err


_DAYS = st.integers(-1500, 1500).map(lambda by: DAY + timedelta(by))


@st.composite
def _aged(draw: st.DrawFn) -> tuple[Fact, ...]:
    """Facts with periods and days of verification."""
    found = []
    for each in draw(facts()):
        start, end = draw(st.none() | _DAYS), draw(st.none() | _DAYS)
        found.append(evolve(each, period=Period(start, end), verified=draw(st.none() | _DAYS)))
    return tuple(found)


@settings(max_examples=examples(200), suppress_health_check=list(HealthCheck))
@given(_aged(), proposals(3), st.integers(0, 1600), st.integers(0, 1600), _DAYS)
def test_by_hand(held: tuple[Fact, ...], proposal: Proposal, ending: int, verified: int, day: date) -> None:
    """Of random facts: each that is said to carry something is told of, just where its dates say so."""
    known = knowledge(held)
    reader = ConditionReader(known)
    when = {"basis": {"article": "$measure.legal_basis"}}
    rules = [make_rule(0, when, [], reader), make_rule(1, {"measure": {"areas": "a"}}, [when], reader)]
    program = compile_rules(rules, FactLookup(known, day), day)
    report = make_report(
        known, program, proposal, rows(PlainEngine(), program, proposal), day=day, engine="plain",
        limits=Limits(ending_within=ending, verified_within=verified),
    )  # fmt: skip
    said: tuple[Said, ...] = (*report.findings, *report.open, *report.defeated)
    told = {each.id: each for each in report.warnings}
    assert len(told) == len(report.warnings)
    for fact in held:
        rests = {
            RestsOn(rule=each.rule, measure=each.measure) for each in said if fact.id in {one.id for one in each.facts}
        }
        last = fact.period.valid_to
        ends = last is not None and last <= day + timedelta(ending)
        stale = fact.verified is None or fact.verified + timedelta(verified) < day
        if rests and (ends or stale):
            assert set(told[fact.id].rests) == rests
            assert (told[fact.id].ends != "", told[fact.id].stale) == (ends, stale)
        else:
            assert fact.id not in told
    assert report_from_data(json.loads(json.dumps(report_to_data(report)))) == report
