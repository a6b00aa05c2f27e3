"""What is asked of many measures alike is told of three, and no measure goes missing."""

from collections import defaultdict

from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from consistent import load
from consistent.reports.alike import in_short, names_in_short
from consistent.reports.outline import Paragraph
from consistent.reports.said_text import SaidText


@frozen
class Asked:
    """As `Because` and `Unknown` say whom they are about."""

    subject: str
    measure: str | None
    field: str
    condition: str
    number: int


ASKED = st.lists(
    st.tuples(
        st.sampled_from([None, *(f"art-{number}" for number in range(1, 9))]), st.sampled_from(["effects", "areas"])
    )
).map(
    lambda pairs: [
        Asked("proposal" if measure is None else "measure", measure, field, "any x", number)
        for number, (measure, field) in enumerate(pairs)
    ]
)


@given(ASKED)
def test_no_measure_is_lost(asked: list[Asked]) -> None:
    """Of each question all measures are told or named, in order and once; whatever is told of a measure is told whole."""
    told: dict[tuple[str, str], dict[str | None, None]] = defaultdict(dict)
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one, further in in_short(asked):
        told[one.field, one.subject][one.measure] = None
        named[one.field, one.subject] += further
        assert one in asked
    for field, subject in {(one.field, one.subject) for one in asked}:
        whole = list(dict.fromkeys(one.measure for one in asked if (one.field, one.subject) == (field, subject)))
        assert [*told[field, subject], *named[field, subject]] == whole
        assert len(told[field, subject]) == min(3, len(whole))
    kept = [one for one, _ in in_short(asked)]
    assert kept == [one for one in asked if one.measure in told[one.field, one.subject]]


def test_names_end_with_a_number() -> None:
    """So that a list of names stays a line or two."""
    names = [f"art-{number}" for number in range(1, 31)]
    assert names_in_short(names[:12], "en") == ", ".join(names[:12])
    assert names_in_short(names, "nl").endswith("art-12 en nog 18")


def test_long_act_is_told_in_short() -> None:
    """A finding on the whole act that rests on forty provisions says so in a dozen lines; all of it on demand."""
    measures = "".join(
        f'[[measure]]\nid = "art-{number}"\neffects = ["sanction"]\naddressees = ["firms"]\nareas = ["data"]\nbindingness = "binding"\n'
        for number in range(1, 41)
    )
    proposal = (
        f'[proposal]\nkind = "legislative-proposal"\ninstrument = "regulation"\nlegal_basis = ["TFEU 114"]\n{measures}'
    )
    report = load("treaties").check(proposal).report
    finding = next(finding for finding in report.findings if finding.rule == "treaties/competence/rights-limited")
    for language in ("en", "nl"):
        short, whole = (
            [str(Paragraph(line)) for line in SaidText(report, language, verbose=verbose).reasons(finding)]
            for verbose in (False, True)
        )
        assert len(whole) >= 120
        assert len(short) <= 16
