"""Results of tests as JUnit XML, in the form that build servers read: the schema `junit-10` of Jenkins."""

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree as ET

from attrs import frozen

from consistent.errors import printable
from consistent.findings.outcome import LABELS, PRESENTATION
from consistent.findings.said import Finding, Said, outcome_of
from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.entries import (
    Places,
    entries,
    measure_label,
    outcome_label,
    proposal_label,
    questions,
    said_sources,
)
from consistent.reports.formats import Format
from consistent.reports.labels import WORDS
from consistent.reports.notices import caveats_in_full, person_line
from consistent.reports.outline import plain

__all__ = ["JUNIT", "JunitCase", "junit_xml", "render"]

# Everything that XML 1.0 cannot hold, not even as a reference.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@frozen(kw_only=True)
class JunitCase:
    """One test that was run.

    Attributes:
        group: what it belongs to.
        name: what it is within that.
        kind: what kind of test it is.
        seconds: that it took.
        message: what is wrong, in a line; None where nothing is.
        text: the same at length.
        skipped: what the message tells did not fail: it could not be decided, or does not count.
    """

    group: str
    name: str
    kind: str
    seconds: float
    message: str | None = None
    text: str = ""
    skipped: bool = False

    @property
    def failed(self) -> bool:
        """Whether something is wrong."""
        return self.message is not None and not self.skipped


def junit_xml(cases: Iterable[JunitCase], name: str) -> bytes:
    """A document with one suite of tests.

    Args:
        cases: in order; may be empty.
        name: of the suite.

    Returns:
        The document in UTF-8. Letters that XML cannot hold are replaced.
    """
    listed = list(cases)
    suite = ET.Element(
        "testsuite",
        name=_held(name),
        tests=str(len(listed)),
        failures=str(sum(checked.failed for checked in listed)),
        errors="0",
        skipped=str(sum(checked.message is not None and checked.skipped for checked in listed)),
        time=_time(sum(checked.seconds for checked in listed)),
    )
    for checked in listed:
        case = ET.SubElement(
            suite, "testcase", classname=_held(checked.group), name=_held(checked.name), time=_time(checked.seconds)
        )
        if checked.failed:
            failure = ET.SubElement(case, "failure", message=_held(checked.message or ""), type=_held(checked.kind))
            failure.text = _held(checked.text)
        elif checked.message is not None:
            # The schema gives what is skipped a message and no more; the rest is what the test put out.
            ET.SubElement(case, "skipped", message=_held(checked.message))
        if not checked.failed and checked.text:
            ET.SubElement(case, "system-out").text = _held(checked.text)
    suites = ET.Element("testsuites")
    suites.append(suite)
    ET.indent(suites)
    document: bytes = ET.tostring(suites, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _held(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _time(seconds: float) -> str:
    return f"{seconds:.3f}"


# Checks as JUnit XML: a test for each thing that is said, with what is not decided skipped, never passed.

_FAILS = {"error", "warning"}
_LOOKED_AT = Localized("what was looked at", "wat is bekeken")


def render(dossiers: Sequence[Dossier], language: Language) -> bytes:
    """All reports as one suite; each proposal is a class of tests.

    Conflicts and missing conditions fail. What is open, for a person to judge, accepted or not judged is skipped. What is in
    line, met, set aside or judged elsewhere passes.
    """
    return junit_xml((case for dossier in dossiers for case in _cases(dossier, language)), "consistent check")


def _cases(dossier: Dossier, language: Language) -> Iterator[JunitCase]:
    report, places = dossier.report, Places(dossier)
    group = proposal_label(report.proposal, language)
    for said in entries(report):
        level = PRESENTATION[outcome_of(said)].level
        label = outcome_label(said, language)
        place = places.of(said)
        where = place.path if place.span is None else f"{place.path}:{place.span.start_line}:{place.span.start_column}"
        yield JunitCase(
            group=group,
            name=f"{printable(said.measure or WORDS['proposal as a whole'].get(language))}: {said.rule}",
            kind=outcome_of(said),
            seconds=0,
            message=None if level == "none" else printable(f"{label}: {said.title.get(language)}"),
            text="\n".join([where, *_lines(said, measure_label(report, said.measure, language), language)]),
            skipped=level not in _FAILS,
        )
    for name in report.not_judged:
        label = LABELS["not-judged"].get(language)
        yield JunitCase(
            group=group,
            name=f"{printable(name)}: {label}",
            kind="not-judged",
            seconds=0,
            message=measure_label(report, name, language),
            skipped=True,
        )
    # A proposal of which nothing is said must not be missing from the suite.
    yield JunitCase(
        group=group,
        name=_LOOKED_AT.get(language),
        kind="looked-at",
        seconds=0,
        message=" ".join(caveats_in_full(report, language)),
        skipped=True,
    )


def _lines(said: Said, measure: str, language: Language) -> Iterator[str]:
    yield measure
    yield printable(said.message.get(language))
    yield f"{WORDS['sources'].get(language)}: {'; '.join(said_sources(said, language))}"
    for reason in said.because:
        yield printable(f"{WORDS['because'].get(language)}: {reason.told.get(language)}")
    for question in questions(said, language):
        yield f"{WORDS['unknown'].get(language)}: {question}"
    accepted = person_line(said, language) if isinstance(said, Finding) else None
    if accepted is not None:
        yield printable(plain(accepted))


JUNIT = Format(
    name="junit",
    title=Localized("JUnit XML, for build servers", "JUnit-XML, voor buildservers"),
    suffix=".xml",
    render=render,
)
