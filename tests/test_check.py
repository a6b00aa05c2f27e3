"""A check: what was found as a report, and the questions that can be put to it."""

import os
import pickle
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any, get_type_hints

import attrs
import pytest

from consistent import Check, InputError, KnowledgeBase, Proposal, Report, UsageError, load
from consistent.findings import case as case_module
from consistent.findings.judging import make_report
from consistent.findings.report import ProposalSummary
from consistent.model.values import Value
from consistent.reports.json_format import report_from_data, report_to_data
from consistent.toml import proposals
from consistent.truth import Truth

DAY = date(2026, 11, 24)
PROPOSAL = Path(__file__).parents[1] / "proposals/com-2024-150.toml"


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """A pack of which something is found, and something open."""
    return load("treaties")


def test_what_may_be_there(kb: KnowledgeBase) -> None:
    """Where nothing more may be, that is all; where a term may be, whether there is something else is open."""

    def read(effects: dict[str, list[str]]) -> Value:
        return kb.read({"proposal": {}, "measure": [{"id": "a", "effects": effects}]}).measures[0].effects

    assert read({"has": ["command"], "may": []}) == Value.exactly("command")
    assert read({"may": []}) == Value.exactly()
    left = read({"has": ["command"], "may": ["approval"]})
    assert left.has_any(frozenset({"sanction"})) is Truth.NO
    assert left.has_only(frozenset({"command", "approval"})) is Truth.UNKNOWN
    assert read({"may": ["approval"]}).is_empty() is Truth.UNKNOWN


@pytest.fixture
def check(kb: KnowledgeBase) -> Check:
    """One whose report nobody looked at yet."""
    return kb.check(PROPOSAL, as_of=DAY, engine="plain")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_fork_while_a_thread_works(kb: KnowledgeBase) -> None:
    """A process that is forked while another thread has the pack or a check in hand does not wait for that thread."""
    check = kb.check(PROPOSAL, as_of=DAY, engine="plain")
    with kb._lock, check._lock:
        child = os.fork()
        if not child:
            signal.alarm(120)  # the child ends by it where it waits for ever
            done = bool(kb.program(DAY).rules) and bool(check.report.findings)
            os._exit(0 if done else 1)
    assert os.waitpid(child, 0)[1] == 0


@pytest.fixture
def unwritable(monkeypatch: pytest.MonkeyPatch) -> None:
    """No report can be written."""

    def failing(*_: object, **__: object) -> Report:
        raise AssertionError

    monkeypatch.setattr(case_module, "make_report", failing)


@pytest.mark.parametrize("name", [field.name for field in attrs.fields(Report)])
def test_a_check_says_what_its_report_says(check: Check, name: str) -> None:
    """Each field of the report can be read from the check, and is of the same type."""
    assert getattr(check, name) == getattr(check.report, name)
    assert get_type_hints(getattr(Check, name).fget)["return"] == get_type_hints(Report)[name]


def test_a_check_answers_as_its_report(check: Check) -> None:
    """So do the questions that a report answers by itself."""
    report = check.report
    assert report.findings
    assert report.open
    assert [check.outcome(each.id) for each in check.measures] == [report.outcome(each.id) for each in report.measures]
    assert check.reaches("conflict") is report.reaches("conflict")
    place = report.findings[0].measure
    assert list(check.speaking(place)) == list(report.speaking(place)) != []
    assert check.why(report.findings[0]) == report.why(report.findings[0])
    assert check.spoken == report.spoken


@pytest.mark.usefixtures("unwritable")
def test_what_is_said_is_told_without_a_report(check: Check) -> None:
    """Neither the bare outcomes nor the case need the words."""
    assert check.states() == check.case.states() == {(said.rule, said.measure): said.outcome for said in check.spoken}
    assert check.states()
    with pytest.raises(AssertionError):
        _ = check.findings


def test_written_once(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that look at the same time wait for one report, and get that."""
    begun, go_on, written = Event(), Event(), []

    def slow(*args: Any, **options: Any) -> Report:
        begun.set()
        assert go_on.wait(60)
        written.append(make_report(*args, **options))
        return written[-1]

    monkeypatch.setattr(case_module, "make_report", slow)
    with ThreadPoolExecutor(3) as pool:
        looking = [pool.submit(lambda: check.report) for _ in range(3)]
        assert begun.wait(60)
        go_on.set()
        reports = [each.result() for each in looking]
    assert len(written) == 1
    assert all(each is written[0] for each in reports)


@pytest.mark.parametrize(
    "ask",
    [
        lambda copy, _: copy.why_not("missing-legal-basis"),
        lambda copy, _: copy.questions(),
        lambda copy, _: copy.repairs(),
        lambda copy, other: copy.diff(other),
        lambda copy, other: other.diff(copy),
        lambda copy, _: copy.case,
    ],
    ids=["why-not", "questions", "repairs", "diff", "diff-with", "case"],
)
def test_a_copy_by_pickle_answers_no_questions(check: Check, ask: Callable[[Check, Check], object]) -> None:
    """It is the report that travels: pack and engine stay behind, and who asks further is told so."""
    copy = pickle.loads(pickle.dumps(check))  # noqa: S301  our own
    assert copy == check
    assert hash(copy) == hash(check)
    assert (copy.spoken, copy.states(), repr(copy)) == (check.spoken, check.states(), repr(check))
    with pytest.raises(UsageError, match="read from data and can answer no further questions"):
        ask(copy, check)


def test_unequal(kb: KnowledgeBase, check: Check) -> None:
    """Checks that found something else are not equal, and a check is no report."""
    assert check != kb.check("[proposal]\n", as_of=DAY, engine="plain")
    assert check != check.report


def test_a_report_stands_alone() -> None:
    """It can be made by hand, compared, pickled and written as data without a check behind it."""
    summary = ProposalSummary(name="", reference="", celex="", title=None, date="", kind="", measures=0, path="p.toml")
    report = Report(
        proposal=summary, pack="small", as_of="2026-11-24", engine="plain", judgement=(), findings=(), open=(),
        defeated=(), measures=(), not_judged=(), not_applicable=0, rules_run=0, not_in_force=0, rules=(), facts=(),
        principles=(), positions=(),
    )  # fmt: skip
    assert report.spoken == ()
    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301  our own
    assert report_from_data(report_to_data(report)) == report != attrs.evolve(report, pack="other")


def test_a_report_is_pickled_without_what_it_worked_out(check: Check) -> None:
    """Chains are found when they are asked for; they do not travel with the report."""
    before = len(pickle.dumps(check.report))
    assert check.why(check.findings[0]).links
    assert len(pickle.dumps(check.report)) == before


def test_in_short(kb: KnowledgeBase) -> None:
    """What is open is told in few places where few are wanted; once it is told in more, or in all, that is what there is."""
    check = kb.check(PROPOSAL)
    none = check.report_in_short(0)
    assert (none.spoken, none.findings) == (check.spoken, check.report_in_short(0).findings)
    assert check.report_in_short(0) is none
    some = check.report_in_short(1)
    assert check.report_in_short(0) is some is not none
    assert check.report is check.report_in_short(0)


def test_values_are_checked_once(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a proposal that was read, or was checked before, no value is looked at again; of one that was changed each is."""
    looked: list[Proposal] = []
    check_values = proposals.check_values

    def looking(proposal: Proposal, *rest: Any) -> None:
        looked.append(proposal)
        check_values(proposal, *rest)

    monkeypatch.setattr(proposals, "check_values", looking)
    read = kb.read(PROPOSAL)
    by_hand = attrs.evolve(read)
    for _ in range(2):
        assert kb.check(read).spoken == kb.check(by_hand).spoken
    assert looked == [by_hand]
    wrong = attrs.evolve(read, kind=Value.exactly("no such kind"))
    for _ in range(2):
        with pytest.raises(InputError, match="no such kind"):
            kb.check(wrong)
    address = id(by_hand)
    del by_hand
    looked.clear()
    assert address not in kb._reader._sound
