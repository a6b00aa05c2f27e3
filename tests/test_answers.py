"""What persons say on questions that rules put: in order, not in order, outdated, and opposed."""

import datetime as dt
import pickle

import pytest
from attrs import evolve

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.findings.answers import digest_of
from consistent.model.proposal import Proposal
from consistent.model.recorded import RecordedAnswer
from tests.asking_pack import PROPOSAL, write_asking_pack

_RULE = "asking/meant"


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A pack with a rule that puts a question on `m1`."""
    return load(write_asking_pack(tmp_path_factory.mktemp("pack")))


@pytest.fixture(scope="module")
def proposal(kb: KnowledgeBase) -> Proposal:
    """On which the question is put."""
    return kb.case(PROPOSAL).proposal


def answer(*, in_order: bool, digest: str = "", measure: str | None = "m1") -> RecordedAnswer:
    """Of somebody, for a reason."""
    return RecordedAnswer(
        rule=_RULE, measure=measure, in_order=in_order, reason="so", by="A", on=dt.date(2026, 1, 2), digest=digest
    )


def found(kb: KnowledgeBase, proposal: Proposal, *answers: RecordedAnswer) -> tuple[str, list[str]]:
    """The verdict on the question, and what became of each answer."""
    report = kb.check(evolve(proposal, answers=answers)).report
    (verdict,) = [finding.verdict for finding in report.findings if finding.rule == _RULE]
    return verdict, [use.status for use in report.answers]


@pytest.mark.parametrize(("in_order", "verdict"), [(True, "aligned"), (False, "conflict")])
def test_answer_decides(kb: KnowledgeBase, proposal: Proposal, verdict: str, *, in_order: bool) -> None:
    """In order is in line, not in order is a conflict; with the digest of the question and without."""
    digest = digest_of(kb.rule(_RULE), proposal, "m1")
    for held in ("", digest):
        assert found(kb, proposal, answer(in_order=in_order, digest=held)) == (verdict, ["in-use"])


def test_answer_to_another_text_holds_no_more(kb: KnowledgeBase, proposal: Proposal) -> None:
    """The question is put again, and the answer told apart."""
    assert found(kb, proposal, answer(in_order=True, digest="0" * 16)) == ("question", ["outdated"])


def test_answer_to_a_question_that_is_not_put(kb: KnowledgeBase, proposal: Proposal) -> None:
    """It decides nothing."""
    assert found(kb, proposal, answer(in_order=True, measure=None)) == ("question", ["unused"])


def test_opposed_answers_decide_nothing(kb: KnowledgeBase, proposal: Proposal) -> None:
    """In whichever order they stand; one that holds no more opposes nobody."""
    both = [answer(in_order=True), answer(in_order=False)]
    for answers in (both, both[::-1]):
        assert found(kb, proposal, *answers) == ("question", ["unused", "unused"])
    old = answer(in_order=True, digest="0" * 16)
    assert found(kb, proposal, old, answer(in_order=False)) == ("conflict", ["outdated", "in-use"])


def test_answers_survive_pickling(kb: KnowledgeBase, proposal: Proposal) -> None:
    """With the report, and for many at once."""
    answered = evolve(proposal, answers=(answer(in_order=False),))
    report = kb.check(answered).report
    assert pickle.loads(pickle.dumps(report)).answers == report.answers  # noqa: S301  made here
    (many,) = kb.check_many([answered])
    assert [finding.verdict for finding in many.report.findings] == [finding.verdict for finding in report.findings]
