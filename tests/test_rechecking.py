"""Checking again only what reads what changed gives what checking everything gives."""

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent import load
from consistent.findings.case import Case
from consistent.inquiries.edits import Edit, apply, without
from consistent.inquiries.repairs._rechecking import IncrementalCheck
from consistent.model.proposal import Proposal
from tests.harness.effort import examples
from tests.properties.random_packs import MEASURE, PROPOSAL, values
from tests.repair_cases import cases


@st.composite
def _changed(draw: st.DrawFn, proposal: Proposal) -> Proposal:
    """A proposal with up to three fields set anew, and perhaps a measure dropped."""
    owners = st.sampled_from([None, *(each.id for each in proposal.measures)])
    edits = []
    for _ in range(draw(st.integers(0, 3))):
        owner = draw(owners)
        field = draw(st.sampled_from(MEASURE if owner else PROPOSAL))
        edits.append(Edit(owner, field, draw(values(field))))
    changed = apply(proposal, edits)
    gone = draw(owners)
    return without(changed, gone) if gone and draw(st.booleans()) else changed


class TestRecheck:
    """The quick way and the whole way agree, on rules that look at other measures and that defeat each other too."""

    @settings(max_examples=examples(200), suppress_health_check=list(HealthCheck))
    @given(cases(max_rules=6, max_measures=4), st.data())
    def test_same_states(self, case: Case, data: st.DataObject) -> None:
        """After several changes of one proposal, one after the other."""
        recheck = IncrementalCheck(case)
        for _ in range(4):
            changed = data.draw(_changed(case.proposal))
            assert recheck.states(changed) == case.of(changed).states()

    def test_unchanged(self) -> None:
        """A proposal of which nothing is changed has the outcomes that it had."""
        case = load("treaties").case({"proposal": {"kind": "legislative-proposal"}, "measure": [{"id": "m"}]})
        assert IncrementalCheck(case).states(evolve(case.proposal)) == case.states()
