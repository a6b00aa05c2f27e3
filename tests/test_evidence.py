"""Evidence: for a field or for each of its values, confirmed or not, and what a report makes of it."""

import io

import pytest
from rich.console import Console

from consistent import InputError, KnowledgeBase, load
from consistent.reports.text import print_report
from consistent.toml.proposals import proposal_to_data

DRAFT = """\
[proposal]
kind = "legislative-proposal"
legal_basis = ["TFEU 173(3)"]
evidence.all = { document = "COM(2099) 1", place = "cover" }

[[measure]]
id = "art-2"
effects = ["harmonisation", "funding"]
bindingness = "binding"
evidence.effects = [
  { value = "harmonisation", document = "COM(2099) 1", place = "Article 2", span = [10, 40], confidence = 0.8, confirmed = false },
  { value = "funding", document = "COM(2099) 1", place = "Article 3" },
]
"""


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load("treaties")


def test_each_value_its_own(kb: KnowledgeBase) -> None:
    """A finding rests on the evidence of the value that it is about, and says that nobody confirmed it."""
    report = kb.check(DRAFT)
    (finding,) = (each for each in report.findings if each.rule.endswith("harmonisation-on-excluding-basis"))
    (effects,) = (each for each in finding.because if each.field == "effects")
    assert (effects.document, effects.span, effects.confirmed) == ("COM(2099) 1 Article 2", (10, 40), False)
    others = [each for each in finding.because if each.subject == "measure" and each.field != "effects"]
    assert all(each.confirmed for each in others)


@pytest.mark.parametrize(
    ("language", "mark"), [("en", "not confirmed by a person"), ("nl", "niet door een mens bevestigd")]
)
def test_shown(kb: KnowledgeBase, language: str, mark: str) -> None:
    """The mark stands at the finding and at its reason, and goes once a person has confirmed the value."""
    for text, count in ((DRAFT, 2), (DRAFT.replace("confirmed = false", "confirmed = true"), 0)):
        out = io.StringIO()
        report = kb.selected(["harmonisation-on-excluding-basis"]).check(text).report
        print_report(report, Console(file=out, width=200), "nl" if language == "nl" else "en")
        assert out.getvalue().count(mark) == count


def test_round_trip(kb: KnowledgeBase) -> None:
    """Evidence comes back from plain data."""
    read = kb.read(DRAFT)
    assert kb.read(proposal_to_data(read)) == read
    assert read.measures[0].evidence_for("effects", {"funding"}) != read.measures[0].evidence_for("effects")


@pytest.mark.parametrize("span", ["[1]", "[4, 2]", "[3, 3]", "[1, 2, 3]"])
def test_bad_span(kb: KnowledgeBase, span: str) -> None:
    """Told with its place."""
    with pytest.raises(InputError) as caught:
        kb.read(DRAFT.replace("[10, 40]", span))
    (fault,) = caught.value.faults
    assert fault.location.key == "measure[1].evidence.effects[1].span"


@pytest.mark.parametrize(("language", "label"), [("en", "secondary source"), ("nl", "secundaire bron")])
def test_secondary_source(kb: KnowledgeBase, language: str, label: str) -> None:
    """A reason is told with its words, once, and with the secondary source where the document itself was not read."""
    text = DRAFT.replace('place = "Article 3"', 'place = "Article 3", secondary = "press of 3 May"').replace(
        "span = [10, 40]", 'quote = "shall be made alike"'
    )
    text = text.replace('place = "cover" }', 'place = "cover", secondary = "a letter" }')
    out = io.StringIO()
    check = kb.selected(["harmonisation-on-excluding-basis"]).check(text)
    print_report(check.report, Console(file=out, width=1000), "nl" if language == "nl" else "en")
    assert out.getvalue().count("“shall be made alike”") == 1
    cover = {"en": " cover", "nl": ", voorblad"}[language]
    assert f"COM(2099) 1{cover}; {label}: a letter" in out.getvalue()
    assert {because.secondary for finding in check.findings for because in finding.because} == {"", "a letter"}
    assert check.report.proposal.sources == ("a letter", "press of 3 May")
    read = kb.read(text)
    assert kb.read(proposal_to_data(read)) == read
