"""The library as its users meet it: loading, checking, copying, sending to other threads and processes, dates."""

import doctest
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import attrs
import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

import consistent
from consistent import InputError, KnowledgeBase, Measure, Proposal, Report, UsageError, Value, load
from consistent.knowledge.entries import Anchor, Fact, Knowledge, Period, Position, Principle
from consistent.model.proposal import Evidence
from consistent.model.text import Localized
from consistent.model.vocabulary import Term
from consistent.reports.json_format import report_from_data, report_to_data
from consistent.toml.proposals import proposal_to_data
from tests.harness.effort import examples

ROOT = Path(__file__).parents[1]
WHITE_PAPER = ROOT / "proposals" / "join-2025-120.toml"
DAY = date(2026, 11, 24)
PACK = "nl-22112-4027"


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The Dutch pack with the treaties below it."""
    return load(PACK)


@pytest.fixture(scope="module")
def report(kb: KnowledgeBase) -> Report:
    """Of the White Paper."""
    return kb.check(WHITE_PAPER, as_of=DAY).report


@pytest.fixture(scope="module")
def few(kb: KnowledgeBase) -> KnowledgeBase:
    """One rule in five, so that proposals of which little is known are checked fast."""
    names = {each.id for each in kb.rules[::5]}
    return kb.only(lambda rule: rule.id in names)


class TestLoading:
    """A pack is loaded by name or from a folder."""

    def test_by_name(self, kb: KnowledgeBase) -> None:
        """A pack comes with those that it builds on, the lowest first."""
        assert kb.name == PACK
        assert [each.name for each in kb.knowledge.packs] == ["treaties", PACK]
        assert {each.pack for each in kb.rules} == {"treaties", PACK}

    def test_by_default(self) -> None:
        """Without a name the Dutch pack is meant."""
        assert load().name == PACK

    def test_lower_pack_alone(self) -> None:
        """A pack does not bring those that build on it."""
        assert {each.pack for each in load("treaties").rules} == {"treaties"}

    @pytest.mark.parametrize("name", ["", "treatis", "nl"])
    def test_unknown_name(self, name: str) -> None:
        """A name that no root has is an error of use."""
        with pytest.raises(UsageError, match=f"unknown pack `{name}`"):
            load(name)

    def test_by_folder(self, pack: Path) -> None:
        """A folder that holds a pack of one's own is given as a path or as text."""
        for folder in (pack, str(pack)):
            assert load(folder).name == "dated"

    def test_from_further_roots(self, pack: Path) -> None:
        """A root makes its packs known by name."""
        assert load("dated", roots=[pack]).name == load("dated", roots=[str(pack)]).name == "dated"
        with pytest.raises(UsageError):
            load("dated")

    def test_no_folder(self, tmp_path: Path) -> None:
        """A folder that is not there, or holds no pack, is an error of use."""
        for folder in (tmp_path / "none", tmp_path):
            with pytest.raises(UsageError):
                load(folder)

    def test_a_rule_by_name(self, kb: KnowledgeBase) -> None:
        """Every rule is found under its id, and no other."""
        assert all(kb.rule(each.id) is each for each in kb.rules)
        with pytest.raises(UsageError, match="unknown rule"):
            kb.rule("treaties/none")

    def test_fewer_rules(self, kb: KnowledgeBase, report: Report) -> None:
        """With the rules of one pack only, the report has what those say."""
        treaties = kb.only(lambda rule: rule.pack == "treaties")
        found = treaties.check(WHITE_PAPER, as_of=DAY)
        assert found.findings == tuple(each for each in report.findings if each.rule.startswith("treaties/"))
        assert found.rules_run == len(treaties.rules) < report.rules_run


class TestInput:
    """A proposal may come as a path, as text, as data, or as itself."""

    def test_same_report(self, kb: KnowledgeBase, report: Report) -> None:
        """The report is the same, whichever way the proposal came, but for the name of its file; a dict has no lines."""

        def unplaced(said: Any) -> Any:
            return attrs.evolve(said, because=tuple(attrs.evolve(each, proposal_line=None) for each in said.because))

        text = WHITE_PAPER.read_text("utf-8")
        for whichever in (WHITE_PAPER, str(WHITE_PAPER), text, tomli.loads(text), kb.read(WHITE_PAPER)):
            found = kb.check(whichever, as_of=DAY).report
            summary = attrs.evolve(found.proposal, path=report.proposal.path)
            expected = report
            if isinstance(whichever, dict):
                expected = attrs.evolve(
                    report,
                    findings=tuple(map(unplaced, report.findings)),
                    open=tuple(map(unplaced, report.open)),
                    defeated=tuple(map(unplaced, report.defeated)),
                )
            assert attrs.evolve(found, proposal=summary) == expected
        assert report.proposal.path == str(WHITE_PAPER)

    def test_names(self, kb: KnowledgeBase) -> None:
        """Text and data have no file, and say so."""
        assert kb.read("[proposal]\n").path == "<string>"
        assert kb.read("[proposal]").path == "<string>"
        assert kb.read({"proposal": {}}).path == "<dict>"

    def test_a_proposal_is_taken_as_it_is(self, kb: KnowledgeBase) -> None:
        """What was read is not read again."""
        proposal = Proposal()
        assert kb.read(proposal) is proposal

    @pytest.mark.parametrize(
        "unusable", [Path("none.toml"), "none.toml", "[proposal", "[other]\n", {}, {"proposal": 1}]
    )
    def test_unusable(self, kb: KnowledgeBase, unusable: Any) -> None:
        """What cannot be read is an input error with a place."""
        with pytest.raises(InputError) as caught:
            kb.check(unusable)
        assert caught.value.faults
        assert all(each.location.path for each in caught.value.faults)

    def test_unknown_engine(self, kb: KnowledgeBase) -> None:
        """An engine that is not known is an error of use."""
        with pytest.raises(UsageError, match="unknown engine `durable`"):
            kb.check({"proposal": {}}, engine="durable")

    def test_engines_report_the_same(self, kb: KnowledgeBase, report: Report) -> None:
        """The plain evaluator finds what the other engine does."""
        assert attrs.evolve(kb.check(WHITE_PAPER, as_of=DAY, engine="plain").report, engine=report.engine) == report

    def test_today_unless_told(self, kb: KnowledgeBase) -> None:
        """Without a day the law of today counts."""
        before = date.today()  # noqa: DTZ011  as the library does
        assert kb.check({"proposal": {}}).as_of in {before.isoformat(), (before + timedelta(1)).isoformat()}

    def test_report_is_no_accident(self, report: Report) -> None:
        """The White Paper has findings, open questions and defeated rules, so that the tests here compare something."""
        assert report.findings
        assert report.open
        assert report.defeated
        assert report.proposal.measures == len(report.measures) > 50


class TestFrozen:
    """Nothing that the library hands out can be changed."""

    def test_no_attribute_can_be_set(self, kb: KnowledgeBase, report: Report) -> None:
        """Every class refuses."""
        each_one: list[Any] = [
            kb, kb.knowledge, kb.rules[0], kb.rules[0].anchor, kb.rules[0].title, kb.rules[0].period, kb.rules[0].when,
            kb.rules[0].examples[0], next(iter(kb.knowledge.principles.values())),
            next(iter(kb.knowledge.positions.values())), kb.knowledge.facts["legal_basis"][0],
            kb.knowledge.vocabularies["areas"], next(iter(kb.knowledge.vocabularies["areas"].terms.values())),
            report, report.proposal, report.findings[0], report.findings[0].because[0], report.open[0],
            report.open[0].unknown[0], report.defeated[0], report.defeated[0].by, Proposal(), Measure(id="m"),
            Value.exactly("a"), Evidence("COM(2025) 120"),
        ]  # fmt: skip
        for each in each_one:
            name = attrs.fields(type(each))[0].name
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(each, name, None)

    def test_every_class_was_tried(self) -> None:
        """The classes of the knowledge base are frozen by definition."""
        kinds = (KnowledgeBase, Knowledge, Fact, Period, Position, Principle, Anchor, Term, Localized, Report, Proposal)
        for kind in kinds:
            assert kind.__setattr__ is not object.__setattr__, kind

    def test_reports_can_be_hashed(self, kb: KnowledgeBase, report: Report) -> None:
        """Two checks of one proposal give reports that are one in a set."""
        again = kb.check(WHITE_PAPER, as_of=DAY).report
        assert again is not report
        assert len({report, again}) == 1
        assert len({*report.findings, *again.findings}) == len(report.findings)
        assert len({kb.read(WHITE_PAPER), kb.read(WHITE_PAPER)}) == 1


def _values(*atoms: Any) -> st.SearchStrategy[Any]:
    """What TOML may say of a field."""
    some = st.lists(st.sampled_from(atoms), max_size=3, unique=True)
    return st.one_of(
        some, st.sampled_from(atoms), st.builds(lambda has, lacks: {"has": has, "lacks": lacks}, some, st.just([]))
    )


@st.composite
def _documents(draw: st.DrawFn, kb: KnowledgeBase) -> dict[str, Any]:
    """Proposals of the shipped vocabularies, as data."""
    terms = {name: list(each.terms) for name, each in kb.knowledge.vocabularies.items()}
    title = st.fixed_dictionaries(
        {"en": st.just("a title"), "nl": st.sampled_from(["een titel", "\u00e9\U0001f6e1\n"])}
    )
    evidence = st.fixed_dictionaries(
        {"all": st.fixed_dictionaries({"document": st.just("COM(2025) 120"), "note": st.just("n")})}
    )
    days = st.dates(date(1900, 1, 1), date(9999, 12, 31))
    header = {
        "title": title, "reference": st.sampled_from(["COM(2025) 120", "x"]), "date": days,
        "kind": st.sampled_from(terms["kinds"]), "statements": _values(*terms["statements"]),
        "legal_basis": _values("TFEU 173(3)", "TFEU 114", "TFEU 173", "TEU 42(2)"), "budget": st.integers(0, 2**60),
        "evidence": evidence, "instrument": st.sampled_from([[], ["regulation"], {"lacks": ["directive"]}]),
    }  # fmt: skip
    part = {
        "effects": _values(*terms["effects"]), "areas": _values(*terms["areas"]), "finance": _values(*terms["finance"]),
        "partners": _values(*terms["partners"]), "legal_basis": _values("TFEU 173(3)", "TFEU 114"), "starts": days,
        "amount": st.integers(0, 10**12), "bindingness": st.sampled_from(terms["bindingness"]), "title": title,
        "safeguards": st.lists(st.sampled_from(terms["safeguards"]), max_size=2).map(lambda each: {"lacks": each}),
    }  # fmt: skip
    measures = draw(st.lists(st.fixed_dictionaries({}, optional=part), max_size=4))
    return {
        "proposal": draw(st.fixed_dictionaries({}, optional=header)),
        "measure": [{"id": f"m{number}", **each} for number, each in enumerate(measures)],
    }


class TestRoundTrips:
    """What is written as data is read back as it was."""

    def test_report(self, report: Report) -> None:
        """The report on the White Paper, by way of JSON, in either language."""
        for data in (report_to_data(report), report_to_data(report, "nl")):
            assert report_from_data(json.loads(json.dumps(data))) == report

    @settings(max_examples=examples(60))
    @given(st.data())
    def test_random(self, few: KnowledgeBase, draw: st.DataObject) -> None:
        """Reports on random proposals, and these themselves."""
        proposal = few.read(draw.draw(_documents(few)))
        found = few.check(proposal, as_of=DAY).report
        assert report_from_data(json.loads(json.dumps(report_to_data(found)))) == found
        assert few.read(json.loads(json.dumps(proposal_to_data(proposal)))) == proposal

    def test_proposal(self, kb: KnowledgeBase) -> None:
        """The White Paper, by way of JSON."""
        proposal = kb.read(WHITE_PAPER)
        assert kb.read(json.loads(json.dumps(proposal_to_data(proposal)))) == proposal
        assert len(proposal.measures) > 50

    def test_data_is_not_changed(self, report: Report) -> None:
        """Reading a report back leaves the data as it was."""
        data = report_to_data(report)
        before = json.dumps(data)
        report_from_data(data)
        assert json.dumps(data) == before

    def test_pickling(self, kb: KnowledgeBase, report: Report) -> None:
        """A knowledge base that went through a pickle checks as before, and reports are equal."""
        kb.check(WHITE_PAPER, as_of=DAY)
        copy = pickle.loads(pickle.dumps(kb))  # noqa: S301  our own
        assert copy.check(WHITE_PAPER, as_of=DAY).report == report
        assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301  our own

    def test_pickling_errors(self, kb: KnowledgeBase) -> None:
        """An input error keeps its faults, and an error of use its words."""
        with pytest.raises(InputError) as caught:
            kb.read('[proposal]\nkind = "white-papr"\nauthors = ["comission"]\n')
        copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  our own
        assert type(copy) is InputError
        assert copy.faults == caught.value.faults
        assert len(copy.faults) == 2
        assert str(copy) == str(caught.value)
        with pytest.raises(UsageError) as refused:
            kb.rule("treaties/competence/harmonisation-on-excluding-bases")
        other = pickle.loads(pickle.dumps(refused.value))  # noqa: S301  our own
        assert type(other) is UsageError
        assert str(other) == str(refused.value)


def _check(kb: KnowledgeBase) -> Report:
    return kb.check(WHITE_PAPER, as_of=DAY).report


class TestConcurrency:
    """One knowledge base serves threads, and other processes."""

    def test_threads(self, kb: KnowledgeBase, report: Report) -> None:
        """Four threads, of a knowledge base on which nothing is compiled yet."""
        fresh = attrs.evolve(kb, programs={})
        with ThreadPoolExecutor(4) as pool:
            assert set(pool.map(_check, [fresh] * 12)) == {report}

    @pytest.mark.parametrize("method", ["spawn", "fork"])
    def test_processes(self, kb: KnowledgeBase, report: Report, method: str) -> None:
        """Two processes, started afresh or as copies of this one, in which the engine is at work already."""
        kb.check(WHITE_PAPER, as_of=DAY)
        with ProcessPoolExecutor(2, get_context(method)) as pool:
            assert set(pool.map(_check, [kb] * 4)) == {report}

    def test_errors_come_back(self, kb: KnowledgeBase) -> None:
        """A fault in another process is told as in this one."""
        with ProcessPoolExecutor(1, get_context("fork")) as pool, pytest.raises(InputError) as caught:
            pool.submit(kb.check, {"proposal": {"kind": "white-papr"}}).result()
        assert [each.message for each in caught.value.faults] == ["unknown term `white-papr` in vocabulary `kinds`"]


_RULE = """
title = {{ en = "t", nl = "t" }}
principle = "p"
ground = "law"
verdict = "conflict"
dimension = "competence"
sources = ["TFEU 1"]
rationale = {{ en = "r", nl = "r" }}
message = {{ en = "m", nl = "m" }}
{period}
[when.{condition}]
{test}
[[example]]
title = "yes"
expect = "conflict"
[example.proposal]
{yes}
[[example]]
title = "no"
expect = "not-applicable"
[example.proposal]
{no}
"""
RULE_FROM, RULE_TO = date(2010, 3, 1), date(2020, 2, 29)
FACT_FROM, FACT_TO = date(2015, 1, 1), date(2016, 12, 31)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack with a rule and a fact that hold for some years."""
    root = tmp_path_factory.mktemp("own")
    facts, rules = root / "facts" / "dated", root / "rules" / "dated"
    files = {
        facts / "pack.toml": 'title = { en = "t", nl = "t" }\nsources = ["TFEU 1"]\n',
        facts / "vocabulary" / "kinds.toml": '[a]\nen = "a"\nnl = "a"\n[b]\nen = "b"\nnl = "b"\n',
        facts / "kinds.toml": '[basis]\ntitle = { en = "b", nl = "b" }\n[basis.fields]\narticle = { type = "citation" }\n',
        facts / "principles.toml": '[p]\ntitle = { en = "p", nl = "p" }\nstatement = { en = "s", nl = "s" }\nsources = ["TFEU 1"]\n',
        facts / "bases.toml": (
            'kind = "basis"\n[[fact]]\nid = "f"\narticle = "TFEU 173"\nsources = ["TFEU 1"]\n'
            f"valid_from = {FACT_FROM}\nvalid_to = {FACT_TO}\n"
        ),
        rules / "dated.toml": _RULE.format(
            period=f"valid_from = {RULE_FROM}\nvalid_to = {RULE_TO}", condition="proposal", test='kind = "a"',
            yes='kind = "a"', no='kind = "b"',
        ),
        rules / "joined.toml": _RULE.format(
            period="", condition="basis", test='article = "$proposal.legal_basis"', yes='legal_basis = "TFEU 173"',
            no='legal_basis = "TFEU 114"',
        ),
        rules / "lasting.toml": _RULE.format(
            period="", condition="proposal", test='kind = "a"', yes='kind = "a"', no='kind = "b"',
        ),
    }  # fmt: skip
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


@pytest.fixture(scope="module")
def dated(pack: Path) -> KnowledgeBase:
    """That pack, loaded."""
    return load(pack)


def _rules_on(dated: KnowledgeBase, day: date) -> set[str]:
    found = dated.check({"proposal": {"kind": "a", "legal_basis": "TFEU 173"}}, as_of=day)
    assert found.as_of == day.isoformat()
    return {each.rule.partition("/")[2] for each in found.findings}


def _expected(day: date) -> set[str]:
    found = {"lasting"}
    if RULE_FROM <= day <= RULE_TO:
        found.add("dated")
    if FACT_FROM <= day <= FACT_TO:
        found.add("joined")
    return found


def _around() -> Iterator[date]:
    """The days beside every edge."""
    for edge in (RULE_FROM, RULE_TO, FACT_FROM, FACT_TO):
        yield from (edge + timedelta(days) for days in (-1, 0, 1))


class TestAsOf:
    """Rules and facts count from their first day up to and including their last."""

    @pytest.mark.parametrize("day", [date.min, *_around(), date(2015, 6, 1), date.max], ids=str)
    def test_edges(self, dated: KnowledgeBase, day: date) -> None:
        """At each edge, the day before, and the day after."""
        assert _rules_on(dated, day) == _expected(day)

    @settings(max_examples=examples(150))
    @given(day=st.dates())
    def test_any_day(self, dated: KnowledgeBase, day: date) -> None:
        """On any day, in any order of asking, though what is compiled is kept."""
        assert _rules_on(dated, day) == _expected(day)

    def test_nothing_changes_within_a_period(self, dated: KnowledgeBase) -> None:
        """One program serves every day between two edges, and not a day beyond."""
        assert dated.program(date(2015, 1, 1)) is dated.program(date(2016, 12, 31))
        edges = [date.min, RULE_FROM, FACT_FROM, FACT_TO + timedelta(1), RULE_TO + timedelta(1)]
        assert len({id(dated.program(each)) for each in edges}) == len(edges)
        assert dated.program(RULE_TO + timedelta(1)) is dated.program(date.max)

    @pytest.mark.parametrize("left_out", ["dated", "joined", "lasting"])
    def test_fewer_rules(self, dated: KnowledgeBase, left_out: str) -> None:
        """What is compiled already serves some of the rules too, each on its days."""
        days = (date.min, *_around(), date.max)
        for day in days:
            dated.program(day)
        few = dated.only(lambda rule: not rule.id.endswith(left_out))
        assert all(map(few.has_program, days))
        for day in days:
            assert _rules_on(few, day) == _expected(day) - {left_out}

    def test_last_day_of_time(self) -> None:
        """A period up to the last day that there is has no edge beyond it."""
        assert date.max in Period(None, date.max)
        assert date.min in Period(date.min, None)

    def test_rules_that_do_not_hold_are_not_run(self, dated: KnowledgeBase) -> None:
        """The report counts the rules of the day."""
        proposal = {"proposal": {"kind": "a"}}
        assert dated.check(proposal, as_of=RULE_TO).rules_run == 3
        assert dated.check(proposal, as_of=RULE_TO + timedelta(1)).rules_run == 2


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
    )


def test_the_example_in_the_docstring() -> None:
    """What the package says of itself is so."""
    result = doctest.testmod(consistent, raise_on_error=True)
    assert result.attempted >= 4
    assert result.failed == 0


def test_public_names() -> None:
    """What the package offers is there."""
    assert all(hasattr(consistent, name) for name in consistent.__all__)
    assert list(consistent.__all__) == sorted(
        consistent.__all__, key=lambda name: (not name.isupper(), name[0].islower(), name)
    )


def test_importing_stays_cheap() -> None:
    """Neither tools of tests nor the engine are imported with the package."""
    loaded = json.loads(
        _python("-c", "import consistent, json, sys; consistent.load; print(json.dumps(list(sys.modules)))").stdout
    )
    assert "consistent.checker" in loaded
    assert [each for each in loaded if each.partition(".")[0] in {"hypothesis", "pytest", "_pytest"}] == []


_WITHOUT = """
import sys
sys.modules["durable_rules_engine"] = None
from consistent import UsageError, load
from consistent.cli import main
kb = load()
report = kb.check({path!r})
print(report.engine, len(report.findings))
try:
    kb.check({path!r}, engine="durable-rules")
except UsageError as error:
    print(str(error).splitlines()[0])
sys.exit(main(["check", {path!r}, "--fail-on", "never", "--as-of", "2026-11-24"]))
"""


def test_without_durable_rules(report: Report) -> None:
    """Where durable-rules cannot be imported columns do the work, and the report says so."""
    first, second, *rest = _python("-c", _WITHOUT.format(path=str(WHITE_PAPER))).stdout.splitlines()
    assert first == f"columns {len(report.findings)}"
    assert second.startswith("engine `durable-rules` cannot be used")
    text = "\n".join(rest)
    assert "The evaluator columns did the work" in text
