"""Lints in words, as data, and as SARIF."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from consistent.authoring.lint.lints import CHECKS, HINTS, Check, Lint
from consistent.authoring.lint.measured import Firing, Measured, Unused
from consistent.authoring.proposal_text import toml
from consistent.authoring.proving.report import bounds_data, bounds_told
from consistent.errors import Location, printable
from consistent.model.proposal import Proposal
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.reports.outline import Block, Code, Inline, Item, Paragraph, Section, dim, strong
from consistent.reports.sarif import SCHEMA, artifact_of_pack
from consistent.reports.terminal import place, shown_path
from consistent.toml.proposals import proposal_to_data
from consistent.version import __version__

__all__ = ["lint_data", "lint_outline", "lint_sarif", "lint_summary", "vacuity_data", "vacuity_outline"]

_HELP = Localized("help", "hulp")
_WITNESS = Localized("for instance:", "bijvoorbeeld:")
_EXPLAINED = Localized("explained", "verklaard")
_SUMMARY = Localized(
    "to be mended or explained: {open}; explained: {explained}",
    "te herstellen of te verklaren: {open}; verklaard: {explained}",
)
_HINT = Localized("hint", "tip")
_HINTS = Localized("{summary}; hints: {count}", "{summary}; tips: {count}")


def lint_outline(lints: Iterable[Lint], language: Language, *, explained: bool = False) -> Iterator[Section]:
    """Each lint with its place, help and witness.

    Args:
        lints: in order.
        language: of the words.
        explained: those that the pack explains too, with the reason.
    """
    for lint in lints:
        if lint.explained is None or explained:
            hint = f"{_HINT.get(language)}: " if lint.check in HINTS else ""
            yield Section(strong(f"{hint}{lint.message.get(language)}"), _lint(lint, language))


def _lint(lint: Lint, language: Language) -> Iterator[Block]:
    yield Paragraph(dim(_at(lint.place)))
    yield Paragraph(dim(lint.id))
    for text, at in lint.related:
        # Two conditions may stand in one line.
        if _at(at) != _at(lint.place):
            yield Paragraph(dim(f"{text.get(language)}: {_at(at)}"))
    yield from (Paragraph(dim(text.get(language))) for text in bounds_told(lint.bounds))
    name, text = (_HELP, lint.help) if lint.explained is None else (_EXPLAINED, lint.explained)
    yield Paragraph(f"{name.get(language)}: {text.get(language)}")
    if lint.witness is not None:
        yield Item(_WITNESS.get(language), [Code(toml(lint.witness), "toml")])


def lint_summary(lints: Iterable[Lint], language: Language) -> str:
    """How many there are, in a line."""
    listed = list(lints)
    explained = sum(lint.explained is not None for lint in listed)
    left = sum(lint.counts for lint in listed)
    summary = _SUMMARY.get(language).format(open=left, explained=explained)
    hints = len(listed) - explained - left
    return _HINTS.get(language).format(summary=summary, count=hints) if hints else summary


def lint_data(lints: Iterable[Lint]) -> list[dict[str, Any]]:
    """Lints as plain data; the witness as `KnowledgeBase.read` takes it."""
    return [
        {
            "id": lint.id,
            "check": lint.check,
            "hint": lint.check in HINTS,
            "about": list(lint.about),
            "message": _both(lint.message),
            "help": _both(lint.help),
            "place": _at(lint.place),
            "related": [{"text": _both(text), "place": _at(at)} for text, at in lint.related],
            **bounds_data(lint.bounds),
            "witness": None if lint.witness is None else proposal_to_data(lint.witness),
            "explained": None if lint.explained is None else _both(lint.explained),
        }
        for lint in lints
    ]


def lint_sarif(lints: Sequence[Lint], language: Language) -> str:
    """Lints as one run of SARIF 2.1.0, in ASCII; what is explained is suppressed."""
    names = list(CHECKS)
    driver = {
        "name": "consistent lint",
        "semanticVersion": __version__,
        "rules": [
            {
                "id": name,
                "shortDescription": {"text": CHECKS[name].get(language)},
                "defaultConfiguration": {"level": _level(name)},
            }
            for name in names
        ],
    }
    results = [
        {
            "ruleId": lint.check,
            "ruleIndex": names.index(lint.check),
            "level": _level(lint.check),
            "message": {"text": f"{printable(lint.message.get(language))}. {printable(lint.help.get(language))}"},
            "locations": [_location(lint.place)],
            "relatedLocations": [
                {"id": number, **_location(at), "message": {"text": text.get(language)}}
                for number, (text, at) in enumerate(lint.related, 1)
            ],
            "partialFingerprints": {"consistent/lint/v1": lint.id},
            "properties": {} if lint.witness is None else {"witness": proposal_to_data(lint.witness)},
            "suppressions": []
            if lint.explained is None
            else [{"kind": "external", "justification": printable(lint.explained.get(language))}],
        }
        for lint in lints
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _level(check: Check) -> str:
    return "note" if check in HINTS else "warning"


def _location(at: Location) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": artifact_of_pack(shown_path(at.path))}
    if at.line is not None:
        physical["region"] = {"startLine": at.line}
    return {"physicalLocation": physical}


def _at(location: Location) -> str:
    return place(location.path, location.line)


def _both(text: Localized) -> dict[str, str]:
    return {language: text.get(language) for language in LANGUAGES}


# What does no work, in words and as data.

_CORPUS = Localized("proposals: {count}; measures: {measures}", "voorstellen: {count}; maatregelen: {measures}")
_SILENT = Localized("rules that say nothing of any of them: {count}", "regels die van geen ervan iets zeggen: {count}")
_EVERYWHERE = Localized(
    "rules that apply nearly everywhere: {count}", "regels die bijna overal van toepassing zijn: {count}"
)
_UNREAD = Localized("facts that no rule reads: {count}", "feiten die geen regel leest: {count}")
_UNUSED = Localized(
    "terms that no rule, fact or proposal uses: {count}", "termen die geen regel, feit of voorstel gebruikt: {count}"
)


def vacuity_outline(
    proposals: Sequence[Proposal], measured: Measured, unused: Unused, language: Language
) -> Iterator[Block]:
    """What does no work, each kind under its head; of rules something is said only where there are proposals."""

    def section(text: Localized, items: Sequence[Inline]) -> Section:
        return Section(strong(text.get(language).format(count=len(items))), map(Item, items))

    if proposals:
        measures = sum(len(proposal.measures) for proposal in proposals)
        yield Paragraph(dim(_CORPUS.get(language).format(count=len(proposals), measures=measures)))
        yield section(_SILENT, [firing.rule.id for firing in measured.silent])
        yield section(
            _EVERYWHERE, [f"{firing.rule.id}: {firing.applies} / {firing.judged}" for firing in measured.everywhere]
        )
    places = [(fact, fact.anchor.location) for fact in unused.facts]
    yield section(_UNREAD, [(f"{fact.kind} {fact.id}", dim(f"  {place(at.path, at.line)}")) for fact, at in places])
    yield section(_UNUSED, [f"{name} {term.id}: {term.label.get(language)}" for name, term in unused.terms])


def vacuity_data(proposals: Sequence[Proposal], measured: Measured, unused: Unused) -> dict[str, Any]:
    """What does no work, as plain data."""

    def counts(firing: Firing) -> dict[str, Any]:
        numbers = {"judged": firing.judged, "applies": firing.applies, "open": firing.open}
        return {"rule": firing.rule.id, **numbers, "set_aside": firing.set_aside}

    return {
        "proposals": len(proposals),
        "silent": list(map(counts, measured.silent)),
        "nearly_everywhere": list(map(counts, measured.everywhere)),
        "unread_facts": [{"kind": fact.kind, "id": fact.id, "pack": fact.pack} for fact in unused.facts],
        "unused_terms": [{"vocabulary": name, "term": term.id, "pack": term.pack} for name, term in unused.terms],
    }
