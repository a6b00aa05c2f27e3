"""Checks as JUnit XML: a test for each thing that is said, with what is not decided skipped, never passed."""

from collections.abc import Iterator, Sequence

from consistent.errors import printable
from consistent.findings.outcome import LABELS, PRESENTATION
from consistent.findings.said import Finding, Said, outcome_of
from consistent.model.text import Language, Localized
from consistent.reports.caveats import caveats
from consistent.reports.dossier import Dossier
from consistent.reports.entries import entries, measure_label, outcome_label, proposal_label, questions, said_sources
from consistent.reports.formats import Format
from consistent.reports.junit import JunitCase, junit_xml
from consistent.reports.labels import WORDS
from consistent.reports.notices import accepted_line
from consistent.reports.outline import plain
from consistent.reports.places import Places

__all__ = ["JUNIT", "render"]

_FAILS = {"error", "warning"}
_LOOKED_AT = Localized("what was looked at", "wat is bekeken")


def render(dossiers: Sequence[Dossier], language: Language) -> bytes:
    """All reports as one suite; each proposal is a class of tests.

    Conflicts and missing conditions fail. What is open, for a person to judge, accepted or not judged is skipped. What is in
    line, met, set aside or judged elsewhere passes.
    """
    return junit_xml((case for each in dossiers for case in _cases(each, language)), "consistent check")


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
        message=" ".join(caveats(report, language)),
        skipped=True,
    )


def _lines(said: Said, measure: str, language: Language) -> Iterator[str]:
    yield measure
    yield printable(said.message.get(language))
    yield f"{WORDS['sources'].get(language)}: {'; '.join(said_sources(said, language))}"
    for reason in said.because:
        yield printable(f"{WORDS['because'].get(language)}: {reason.text.get(language)}")
    for question in questions(said, language):
        yield f"{WORDS['unknown'].get(language)}: {question}"
    accepted = accepted_line(said, language) if isinstance(said, Finding) else None
    if accepted is not None:
        yield printable(plain(accepted))


JUNIT = Format(
    name="junit",
    title=Localized("JUnit XML, for build servers", "JUnit-XML, voor buildservers"),
    suffix=".xml",
    render=render,
)
