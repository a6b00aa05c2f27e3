"""Checks as JUnit XML: what fails, what is skipped, and that nothing undecided passes."""

from xml.etree import ElementTree as ET

from tests.reports.report_cases import HOSTILE, checked, golden_dossiers, hostile_proposal, rendered


def test_counts() -> None:
    """Conflicts fail, what is open, accepted or not judged is skipped, and what is in line passes."""
    dossiers = golden_dossiers()
    suite = ET.fromstring(rendered("junit", dossiers, "en"))[0]  # noqa: S314  made just now
    cases = list(suite)
    failed = [each for each in cases if each.find("failure") is not None]
    skipped = [each for each in cases if each.find("skipped") is not None]
    assert [each.get("name") for each in failed] == ["loans: treaties/legal-basis/industry-scheme-on-exceptional-basis"]
    assert suite.get("failures") == "1"
    assert suite.get("skipped") == str(len(skipped))
    reports = [each.report for each in dossiers]
    undecided = sum(len(each.open) + len(each.not_judged) for each in reports)
    asked = sum(found.verdict == "question" or found.waived is not None for each in reports for found in each.findings)
    assert len(skipped) == undecided + asked + len(reports)
    passed = [each.get("name") or "" for each in cases if each not in failed and each not in skipped]
    assert "ukraine: nl-22112-4027/ukraine/industry-integrated" in passed


def test_nothing_said_is_no_pass() -> None:
    """A proposal of which no rule speaks is one skipped test, and not an empty suite."""
    dossier = checked('[proposal]\ntitle = "Act"\n', rules=("cyber",))
    (case,) = ET.fromstring(rendered("junit", [dossier], "en"))[0]  # noqa: S314  made just now
    skipped = case.find("skipped")
    assert skipped is not None
    assert "No findings. That is no approval" in (skipped.get("message") or "")


def test_harm_stays_text() -> None:
    """What means harm is read back as the text of a message."""
    root = ET.fromstring(rendered("junit", [checked(hostile_proposal())], "nl"))  # noqa: S314  made just now
    assert {each.tag for each in root.iter()} == {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "skipped",
        "system-out",
    }
    told = " ".join(each.text or "" for each in root.iter("failure"))
    for word in HOSTILE[:5]:
        assert word in told
