"""Reports as SARIF 2.1.0, the form in which code scanning takes what checks find (OASIS, 27 March 2020)."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from consistent.errors import printable
from consistent.findings.identity import Identity
from consistent.findings.outcome import OUTCOMES, PRESENTATION, PRESSING, Outcome
from consistent.findings.report import Report
from consistent.findings.said import CitedPrinciple, CitedRule, Finding, Open, Said, outcome_of
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.entries import (
    Place,
    Places,
    address,
    counts,
    entries,
    measure_label,
    message_of,
    outcome_label,
    proposal_label,
    questions,
    said_sources,
)
from consistent.reports.formats import Format
from consistent.reports.labels import WORDS
from consistent.reports.markdown import code, markdown_text
from consistent.reports.notices import caveats, not_judged
from consistent.reports.outline import Span
from consistent.reports.said_text import source_span
from consistent.reports.terminal import PACK_FOLDERS, shown_path, told_path
from consistent.rules.rule import Rule
from consistent.version import __version__

__all__ = ["SARIF", "SARIF_FULL", "SCHEMA", "artifact_of_pack", "render", "render_full"]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LOCALES = {"en": "en-GB", "nl": "nl-NL"}
# There are tools, code scanning of GitHub among them, that take every result for an alert, whatever its kind, and one that is
# suppressed too. So these are results unless all is asked for, and the rest is counted.
_FAILING: frozenset[Outcome] = frozenset({"conflict", "condition"})
# What asks for somebody's attention; what is in line, met, set aside or judged elsewhere is counted in any case.
_TOLD: frozenset[Outcome] = frozenset({*PRESSING, "open", "waived"})
# Where rules and facts are that do not lie below the current folder.
_BASE = "PACKS"
_WORDS = {
    "offsets": Localized(
        "charOffset counts characters of the text that `consistent draft` reads in this document, from nought.",
        "charOffset telt de tekens van de tekst die `consistent draft` in dit document leest, vanaf nul.",
    ),
    "base": Localized("the folder that holds rules/ and facts/", "de map met rules/ en facts/"),
    "fact": Localized("fact", "feit"),
    "principle": Localized("principle", "beginsel"),
}


def render(dossiers: Sequence[Dossier], language: Language) -> str:
    """All reports as one run, with what fails and is not accepted as its results.

    Args:
        dossiers: in order; may be empty.
        language: of messages; the help of rules is in both, that one first.

    Returns:
        JSON in ASCII, so that no stream can spoil it.
    """
    return _log(dossiers, language, _FAILING)


def render_full(dossiers: Sequence[Dossier], language: Language) -> str:
    """The same, with all that asks for attention: what is open, for a person to judge, or accepted (a suppression) too."""
    return _log(dossiers, language, _TOLD)


def _log(dossiers: Sequence[Dossier], language: Language, told: AbstractSet[Outcome]) -> str:
    run = _Run(dossiers, language, told)
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run.data()]}, indent=2) + "\n"


class _Run:
    def __init__(self, dossiers: Sequence[Dossier], language: Language, told: AbstractSet[Outcome]) -> None:
        self._dossiers, self._language, self._told = dossiers, language, told
        cited = {rule.id: (rule, dossier) for dossier in dossiers for rule in dossier.report.rules}
        wanted = {result.rule for dossier in dossiers for result in self._entries(dossier.report)}
        self._rules = [pair for name, pair in sorted(cited.items()) if name in wanted]
        self._numbers = {rule.id: number for number, (rule, _) in enumerate(self._rules)}
        self._names = Counter(dossier.report.proposal.name for dossier in dossiers)

    def _entries(self, report: Report) -> list[Said]:
        return [entry for entry in entries(report) if outcome_of(entry) in self._told]

    def data(self) -> dict[str, Any]:
        notes = [note for number, dossier in enumerate(self._dossiers) for note in self._notes(number, dossier)]
        driver = {
            "name": "consistent",
            "semanticVersion": __version__,
            "language": _LOCALES[self._language],
            "rules": [self._rule(rule, dossier) for rule, dossier in self._rules],
        }
        return {
            "tool": {"driver": driver},
            "language": _LOCALES[self._language],
            "columnKind": "unicodeCodePoints",
            # What takes runs of several tools, or of one against several packs, tells them apart by it.
            "automationDetails": {
                "id": "/".join(("consistent", *sorted({each.report.pack for each in self._dossiers}), ""))
            },
            "originalUriBaseIds": {_BASE: {"description": self._message(_WORDS["base"].get(self._language))}},
            "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
            "artifacts": [self._artifact(dossier) for dossier in self._dossiers],
            "results": [
                result for number, dossier in enumerate(self._dossiers) for result in self._results(number, dossier)
            ],
        }

    def _rule(self, cited: CitedRule, dossier: Dossier) -> dict[str, Any]:
        rule = next(rule for rule in dossier.rules if rule.id == cited.id)
        principle = next(principle for principle in dossier.report.principles if principle.id == rule.principle)
        languages = sorted(LANGUAGES, key=lambda language: language != self._language)
        help_ = [_Help(rule, principle, language) for language in languages]
        # The text that it goes by: where pages of rules are, only their publisher knows.
        addresses = (source_span(source, self._language).url for source in rule.sources)
        address = next(filter(None, addresses), None)
        return {
            "id": rule.id,
            **({"helpUri": address} if address else {}),
            "shortDescription": {"text": rule.title.get(self._language)},
            "fullDescription": {"text": rule.rationale.get(self._language)},
            "help": {
                "text": "\n\n".join(text.text() for text in help_),
                "markdown": "\n\n".join(text.markdown() for text in help_),
            },
            "defaultConfiguration": {"level": _level(rule.verdict)},
            "properties": {
                "tags": [rule.dimension, rule.ground, rule.pack],
                "titles": {language: rule.title.get(language) for language in LANGUAGES},
                "principle": rule.principle,
                "positions": list(rule.positions),
            },
        }

    def _artifact(self, dossier: Dossier) -> dict[str, Any]:
        report, language = dossier.report, self._language
        data: dict[str, Any] = {
            "location": {"uri": address(told_path(dossier.proposal.path))},
            "roles": ["analysisTarget"],
        }
        if dossier.draft is not None:
            data["description"] = self._message(_WORDS["offsets"].get(language))
        said = counts(report)
        data["properties"] = {
            "proposal": proposal_label(report.proposal, language),
            "pack": report.pack,
            "asOf": report.as_of,
            "engine": report.engine,
            "judgement": dict(report.judgement),
            "counts": {name: said[name] for name in OUTCOMES},
            "notJudged": list(report.not_judged),
            "rulesRun": report.rules_run,
            "identity": report.identity and _identity(report.identity),
        }
        return data

    def _notes(self, number: int, dossier: Dossier) -> Iterator[dict[str, Any]]:
        """What else must be known: a log without results must not pass for approval."""
        report, language = dossier.report, self._language
        location = self._location(number, Place(path=told_path(dossier.proposal.path)))
        for caveat in (not_judged(report, language), *caveats(report, language)):
            if caveat:
                text = self._message(f"{proposal_label(report.proposal, language)}: {caveat}")
                yield {"level": "note", "message": text, "locations": [location]}

    def _results(self, number: int, dossier: Dossier) -> Iterator[dict[str, Any]]:
        places, report = Places(dossier), dossier.report
        facts = {(fact.kind, fact.id): fact for fact in report.facts}
        files = {rule.id: rule.path for rule in report.rules}
        for said in self._entries(report):
            kind = _kind(said)
            location = self._location(number, places.of(said))
            location["logicalLocations"] = [
                {"name": said.measure or "proposal", "kind": "measure" if said.measure else "proposal"}
            ]
            related = [
                {**self._location(number, place), "message": self._message(reason.told.get(self._language))}
                for reason, place in places.further(said)
            ]
            line = next((reason.line for reason in said.because if reason.line), None)
            related.append(self._cited(files[said.rule], line, f"{WORDS['rule'].get(self._language)} {said.rule}"))
            for joined in said.facts:
                fact = facts[joined.kind, joined.id]
                text = f"{_WORDS['fact'].get(self._language)} {fact.title.get(self._language)} {fact.id}"
                related.append(self._cited(fact.path, fact.line, text))
            result: dict[str, Any] = {
                "ruleId": said.rule,
                "ruleIndex": self._numbers[said.rule],
                "kind": kind,
                "level": _level(said.verdict) if kind == "fail" else "none",
                "message": self._message(self._said(report, said)),
                "locations": [location],
                "relatedLocations": [{"id": index, **place} for index, place in enumerate(related, 1)],
                "partialFingerprints": self._fingerprints(dossier, said),
                "properties": self._properties(said),
            }
            if isinstance(said, Finding) and said.waived is not None:
                result["suppressions"] = [self._suppression(report, said)]
            yield result

    def _said(self, report: Report, said: Said) -> str:
        parts = [f"{outcome_label(said, self._language)}: {message_of(said).get(self._language)}"]
        parts += questions(said, self._language)
        return f"{measure_label(report, said.measure, self._language)}. {' · '.join(parts)}"

    def _properties(self, said: Said) -> dict[str, Any]:
        return {
            "verdict": said.verdict,
            "ground": said.ground,
            "dimension": said.dimension,
            "principle": said.principle,
            "positions": list(said.positions),
            "sources": list(said_sources(said, self._language)),
            "messages": {language: printable(said.message.get(language)) for language in LANGUAGES},
            "confirmed": all(reason.confirmed for reason in said.because),
        }

    def _suppression(self, report: Report, found: Finding) -> dict[str, Any]:
        waived = found.waived
        told = WORDS["accepted by"].get(self._language)
        reason = waived and told.format(
            reason=waived.reason.get(self._language), owner=waived.owner, until=waived.until
        )
        data: dict[str, Any] = {"kind": "external", "status": "accepted", "justification": printable(reason or "")}
        for waiver in report.waivers:
            settled = waiver.rule == found.rule and found.measure in waiver.settles
            if settled and waived is not None and (waiver.owner, waiver.until) == (waived.owner, waived.until):
                data["location"] = self._cited(waiver.path, waiver.line)
                break
        return data

    def _fingerprints(self, dossier: Dossier, said: Said) -> dict[str, str]:
        """By proposal, rule and measure: no edit elsewhere moves it, and of a measure a rule says one thing at most."""
        name = dossier.report.proposal.name
        parts = [name, said.rule, said.measure or ""]
        if self._names[name] > 1:
            parts.append(address(told_path(dossier.proposal.path)))
        mark = sha256("\0".join(parts).encode()).hexdigest()
        # GitHub heeds the second name only, and would reckon it from the line otherwise.
        return {"consistent/v1": mark, "primaryLocationLineHash": f"{mark[:16]}:1"}

    def _location(self, number: int, place: Place) -> dict[str, Any]:
        physical: dict[str, Any] = {"artifactLocation": {"uri": address(place.path), "index": number}}
        if place.span is not None:
            physical["region"] = {
                "startLine": place.span.start_line,
                "startColumn": place.span.start_column,
                "endLine": place.span.end_line,
                "endColumn": place.span.end_column,
            }
        elif place.characters is not None:
            start, end = place.characters
            physical["region"] = {
                "charOffset": start,
                "charLength": end - start,
                "snippet": {"text": place.passage},
            }
        return {"physicalLocation": physical}

    def _cited(self, path: str, line: int | None, text: str = "") -> dict[str, Any]:
        """A place in a pack or another file beside the proposal."""
        physical: dict[str, Any] = {"artifactLocation": artifact_of_pack(shown_path(path))}
        if line is not None:
            physical["region"] = {"startLine": line}
        return {"physicalLocation": physical} | ({"message": self._message(text)} if text else {})

    def _message(self, text: str) -> dict[str, str]:
        """A text in which nothing is a link or a placeholder (SARIF 3.11.5 and 3.11.6)."""
        safe = printable(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        return {"text": safe.replace("{", "{{").replace("}", "}}")}


class _Help:
    """What a rule is about, in one language."""

    def __init__(self, rule: Rule, principle: CitedPrinciple, language: Language) -> None:
        self._title, self._why = rule.title.get(language), rule.rationale.get(language)
        self._principle = f"{_WORDS['principle'].get(language)}: {principle.title.get(language)}"
        self._sources = [source_span(source, language) for source in rule.sources]
        self._word = WORDS["sources"].get(language)
        self._id = rule.id

    def text(self) -> str:
        sources = "; ".join(span.text for span in self._sources)
        return f"{self._title}\n{self._why}\n{self._principle}\n{self._word}: {sources}"

    def markdown(self) -> str:
        said = "\n\n".join(map(markdown_text, (self._why, self._principle)))
        sources = "; ".join(map(_linked, self._sources))
        return (
            f"**{markdown_text(self._title)}** ({code(self._id)})\n\n{said}\n\n{markdown_text(self._word)}: {sources}"
        )


def _linked(span: Span) -> str:
    shown = markdown_text(span.text)
    return f"[{shown}]({span.url})" if span.url else shown


def _identity(identity: Identity) -> dict[str, Any]:
    """What a report came of; the folder of a pack that stood back is a path of a machine, and not told."""
    packs = [{"name": pack.name, "version": pack.version, "digest": pack.digest} for pack in identity.packs]
    return {
        "program": identity.program,
        "packs": packs,
        "proposal": identity.proposal,
        "document": identity.document,
        "strict": identity.strict,
    }


def _kind(said: Said) -> str:
    """The word that SARIF has for what asks for attention; what is accepted stays what it is, and is suppressed."""
    if isinstance(said, Open):
        return "open"
    return "review" if said.verdict == "question" else "fail"


def _level(verdict: Outcome) -> str:
    return PRESENTATION[verdict].level


def artifact_of_pack(path: str) -> dict[str, str]:
    """Relative to the folder of packs where a rule or fact lies outside the current folder: no path of a machine is told."""
    pure = PurePath(path)
    if not pure.is_absolute():
        return {"uri": address(path)}
    tops = [index for index, part in enumerate(pure.parts) if part in PACK_FOLDERS]
    return (
        {"uri": address("/".join(pure.parts[tops[-1] :])), "uriBaseId": _BASE}
        if tops
        else {"uri": address(told_path(path))}
    )


SARIF = Format(
    name="sarif",
    title=Localized("SARIF 2.1.0, for code scanning", "SARIF 2.1.0, voor code scanning"),
    suffix=".sarif",
    render=render,
)


SARIF_FULL = Format(
    name="sarif-full",
    title=Localized("SARIF 2.1.0 with what is open and accepted too", "SARIF 2.1.0 met ook wat open en aanvaard is"),
    suffix=".sarif",
    render=render_full,
)
