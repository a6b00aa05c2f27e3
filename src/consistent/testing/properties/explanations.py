"""What is said of a finding is why it was found, and is the same in both languages."""

import re
from collections import Counter
from random import Random
from typing import Any

from attrs import evolve

from consistent.engine.plain import Scene, evaluate
from consistent.findings.report import Report
from consistent.findings.said import Finding, Said
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Proposal
from consistent.model.text import Localized
from consistent.model.values import UNKNOWN
from consistent.testing.properties.property import Judge, Property, Setting
from consistent.truth import Truth

__all__ = ["BOTH_LANGUAGES_SAY_THE_SAME", "EXPLANATIONS_REPLAY"]

_FIGURES = re.compile(r"\d+")


def _replay(setting: Setting, _: Random) -> Judge:
    facts = setting.kb.program(setting.day).facts

    def judge(proposal: Proposal, _: Random) -> str | None:
        report = setting.case(proposal).report()
        for finding in report.findings:
            cited = _as_cited(proposal, finding)
            measure = next((each for each in cited.measures if each.id == finding.measure), None)
            when = setting.kb.rule(finding.rule).when
            if evaluate(when, Scene(cited, facts, measure, measure)) is not Truth.YES:
                where = finding.measure or "the proposal"
                return f"what explains `{finding.rule}` on `{where}` does not make it apply"
        return None

    return judge


def _as_cited(proposal: Proposal, finding: Finding) -> Proposal:
    """The proposal of which nothing is known but the fields that explain the finding."""
    named = {(each.subject, each.measure, each.field) for each in finding.because}
    of_proposal = {field for subject, _, field in named if subject == "proposal"}
    # Who asks for the basis of a measure that states none is told that of the proposal.
    if any(subject == "measure" and field == "legal_basis" for subject, _, field in named):
        of_proposal.add("legal_basis")
    shared = {field for subject, measure, field in named if subject == "measure" and measure is None}
    measures = []
    for each in proposal.measures:
        own = {field for subject, measure, field in named if subject == "measure" and measure == each.id} | shared
        blank: dict[str, Any] = {name: UNKNOWN for name in MEASURE_FIELDS if name not in own}
        measures.append(evolve(each, **blank))
    blank = {name: UNKNOWN for name in PROPOSAL_FIELDS if name not in of_proposal}
    return evolve(proposal, measures=tuple(measures), **blank)


def _languages(setting: Setting, _: Random) -> Judge:
    def judge(proposal: Proposal, _: Random) -> str | None:
        return _unlike(setting.case(proposal).report())

    return judge


def _unlike(report: Report) -> str | None:
    everything: tuple[Said, ...] = (*report.findings, *report.open, *report.defeated)
    for finding in everything:
        for text in (finding.message, *(each.text for each in finding.because)):
            figures = [Counter(_FIGURES.findall(each)) for each in (text.en, text.nl)]
            if figures[0] != figures[1]:
                return f"`{finding.rule}` says {text.en!r} and {text.nl!r}, which name other figures"
    return None


EXPLANATIONS_REPLAY = Property(
    name="explanations-replay",
    meaning=Localized(
        "The values that a finding cites are enough for it: with nothing else known of the proposal, its rule still holds.",
        "De waarden die een bevinding noemt, zijn genoeg: ook als verder niets van het voorstel bekend is, geldt haar regel nog.",
    ),
    prepare=_replay,
)
BOTH_LANGUAGES_SAY_THE_SAME = Property(
    name="both-languages-say-the-same",
    meaning=Localized(
        "Dutch and English name the same articles, amounts and dates wherever they say something of one finding.",
        "Nederlands en Engels noemen dezelfde artikelen, bedragen en data waar zij iets over één bevinding zeggen.",
    ),
    prepare=_languages,
)
