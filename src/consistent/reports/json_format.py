"""Reports and rules as JSON for programs: stable, versioned, with schemas that ship (`schema_for`)."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from attrs import evolve, resolve_types
from cattrs import Converter
from cattrs.errors import BaseValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from consistent.documents.comparing.comparison import TextComparison
from consistent.documents.comparing.units import DIVISIONS, Unit, place_in_words
from consistent.drafting.draft import Draft
from consistent.drafting.draft_data import draft_data
from consistent.errors import Fault, InputError, Location
from consistent.findings.judgement import Judgement
from consistent.findings.report import Chain, Report
from consistent.findings.said import Said
from consistent.inquiries.differences.amending import Amendment
from consistent.inquiries.differences.causes import Standing
from consistent.inquiries.differences.difference import Difference
from consistent.inquiries.interview.interview import Interview
from consistent.inquiries.questions.open_questions import OpenQuestions
from consistent.inquiries.repairs.repairs import Repairs
from consistent.inquiries.review import Passage, Unconfirmed
from consistent.inquiries.verifying import Verification
from consistent.inquiries.why.accounts import Node, WhyNot
from consistent.model.proposal import Evidence, Proposal
from consistent.model.text import LANGUAGES, Language
from consistent.model.values import Value
from consistent.proofreading.proofread import Proofreading
from consistent.reports.silence import silences
from consistent.reports.terminal import told_path
from consistent.rules.rule import Dimension, Grade, Rule
from consistent.toml.proposals import value_to_data

__all__ = [
    "SCHEMA_VERSION",
    "as_told",
    "chain_to_data",
    "difference_to_data",
    "draft_to_data",
    "interview_to_data",
    "questions_to_data",
    "read_reports",
    "render",
    "render_difference",
    "render_draft",
    "render_interview",
    "render_proofreading",
    "render_questions",
    "render_repairs",
    "render_review",
    "render_rules",
    "render_verifications",
    "render_why_not",
    "repairs_to_data",
    "report_from_data",
    "report_to_data",
    "review_to_data",
    "schema_for",
    "verification_to_data",
    "why_not_to_data",
]

# Raised in its first part when a field is taken away or changes its meaning, in its second when one is added.
SCHEMA_VERSION = "1.8"

_converter = Converter()
# It refers to itself by name.
resolve_types(Node)
_converter.register_unstructure_hook(Value, value_to_data)
_converter.register_unstructure_hook(date, date.isoformat)
# A report's way back to its check stays behind.
_converter.register_unstructure_hook(Report, make_dict_unstructure_fn(Report, _converter, _inquiry=override(omit=True)))
_converter.register_structure_hook(Report, make_dict_structure_fn(Report, _converter, _inquiry=override(omit=True)))
_converter.register_structure_hook(
    Judgement, lambda pairs, _: Judgement(_converter.structure(pairs, tuple[tuple[Dimension, Grade], ...]))
)
# So does what a value is found again by.
_converter.register_unstructure_hook(
    Unconfirmed,
    make_dict_unstructure_fn(
        Unconfirmed, _converter, _atoms=override(omit=True), _entries=override(omit=True), _takes=override(omit=True)
    ),
)
# So does what an amendment is undone by, and what two outcomes are compared by.
_converter.register_unstructure_hook(
    Amendment, make_dict_unstructure_fn(Amendment, _converter, _key=override(omit=True), _covers=override(omit=True))
)
_converter.register_unstructure_hook(
    Standing, make_dict_unstructure_fn(Standing, _converter, _asks=override(omit=True))
)


_SAID = ("findings", "open", "defeated")
# Keys whose values are paths.
_PATHS = frozenset({"path", "instead_of"})


def _document(data: Any) -> str:
    """Plain data as a document, without what it tells of this machine."""
    return json.dumps(as_told(data), ensure_ascii=False, indent=2) + "\n"


def as_told(data: Any) -> Any:
    """Plain data without what it tells of this machine: paths as reports tell them."""
    if isinstance(data, Mapping):
        return {
            key: told_path(value) if key in _PATHS and isinstance(value, str) and value else as_told(value)
            for key, value in data.items()
        }
    return [as_told(each) for each in data] if isinstance(data, list | tuple) else data


def report_to_data(report: Report, language: Language = "en") -> dict[str, Any]:
    """A report as plain data; `message` is in the language, `messages` has both."""
    data: dict[str, Any] = _converter.unstructure(report)
    data["judgement"] = dict(report.judgement)
    if not report.other_packs:
        # Only there if nobody named a pack.
        del data["other_packs"]
    if not report.elsewhere:
        # Only there if another pack speaks of it, and that was looked for.
        del data["elsewhere"]
    if not report.positions_held:
        # Only there if the packs codify a document.
        del data["positions_held"], data["positions_short"]
    for measure in data["measures"]:
        measure["outcome"] = report.outcome(measure["id"])
    if report.weighing:
        silent = {measure.id for silence in silences(report) for measure in silence.measures}
        for provision in data["weighing"]:
            provision["silent"] = provision["measure"] in silent
    else:
        # Only there if the act lies in the field of the pack.
        del data["weighing"]
    for said in (said for key in _SAID for said in data[key]):
        _speak(said, language)
    return data


def report_from_data(data: Mapping[str, Any]) -> Report:
    """The report that `report_to_data` made the data of."""
    plain = dict(data)
    plain["judgement"] = list(data["judgement"].items())
    plain["measures"] = [
        {name: value for name, value in measure.items() if name != "outcome"} for measure in data["measures"]
    ]
    if "weighing" in plain:
        plain["weighing"] = [
            {name: value for name, value in each.items() if name != "silent"} for each in data["weighing"]
        ]
    for key in _SAID:
        plain[key] = [{**said, "message": said["messages"]} for said in data[key]]
    return _converter.structure(plain, Report)


def read_reports(content: bytes, name: str) -> tuple[Report, ...]:
    """The reports of a document that `render` made, or the one report that `report_to_data` made the data of.

    Args:
        content: of a file.
        name: how messages call it.

    Raises:
        InputError: it is no such document.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise _no_report(name, "not valid JSON", "geen geldige JSON") from None
    listed = data.get("reports", [data]) if isinstance(data, Mapping) else data
    try:
        return tuple(map(report_from_data, listed))
    except (BaseValidationError, KeyError, TypeError, AttributeError, ValueError):
        raise _no_report(
            name,
            "no report: parts of one are missing or are something else",
            "geen rapport: delen ervan ontbreken of zijn iets anders",
        ) from None


def _no_report(name: str, message: str, dutch: str) -> InputError:
    written, geschreven = (
        f"{said} `consistent check --format json`" for said in ("reports are written by", "rapporten zijn van")
    )
    return InputError([Fault(message, Location(name), written, dutch=(dutch, geschreven))])


def verification_to_data(found: Verification) -> dict[str, Any]:
    """Whether a report comes out again as plain data, with both reports as names only."""
    data: dict[str, Any] = _converter.unstructure(found)
    del data["report"], data["again"]
    return {
        "proposal": found.report.proposal.name,
        "comes_out": found.comes_out,
        "says_the_same": found.says_the_same,
        **data,
    }


def render_verifications(found: Iterable[Verification]) -> str:
    """The document that `consistent verify --format json` prints."""
    data = {"schema_version": SCHEMA_VERSION, "verifications": list(map(verification_to_data, found))}
    return _document(data)


def render_proofreading(made: Proofreading, language: Language = "en") -> str:
    """The document that `consistent proofread --format json` prints."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "document": made.document.name,
        "beside": None if made.beside is None else made.beside.name,
        "discrepancies": [
            {
                "kind": each.kind,
                "message": each.message.get(language),
                "passages": [
                    {
                        "document": passage.document,
                        "place": passage.place,
                        "quote": passage.quote,
                        "start": passage.span.start,
                        "end": passage.span.end,
                    }
                    for passage in each.passages
                ],
            }
            for each in made.found
        ],
    }
    return _document(data)


def chain_to_data(chain: Chain, language: Language = "en") -> dict[str, Any]:
    """What a finding rests on as plain data; `message` is in the language, `messages` has both."""
    data: dict[str, Any] = _converter.unstructure(chain)
    for link in data["links"]:
        _speak(link["said"], language)
    return data


def _speak(said: dict[str, Any], language: Language) -> None:
    """Give the message in one language beside that in both."""
    said["messages"] = said["message"]
    said["message"] = said["messages"][language]


def render(reports: Iterable[Report], language: Language = "en", *, why: bool = False) -> str:
    """The document that `consistent check --format json` prints; with `why` each report has its `chains`."""
    listed = []
    for report in reports:
        data = report_to_data(report, language)
        if why:
            everything: tuple[Said, ...] = (*report.findings, *report.open, *report.defeated)
            data["chains"] = [chain_to_data(report.why(one), language) for one in everything]
        listed.append(data)
    data = {"schema_version": SCHEMA_VERSION, "reports": listed}
    return _document(data)


def why_not_to_data(told: WhyNot, language: Language = "en") -> dict[str, Any]:
    """What became of a rule as plain data; `message` in a chain is in the language, `messages` has both."""
    data: dict[str, Any] = _converter.unstructure(told)
    for account, plain in zip(told.accounts, data["accounts"], strict=True):
        plain["chain"] = account.chain and chain_to_data(account.chain, language)
    return data


def render_why_not(told: WhyNot, language: Language = "en") -> str:
    """The document that `consistent why --format json` prints."""
    data = {"schema_version": SCHEMA_VERSION, "why_not": why_not_to_data(told, language)}
    return _document(data)


def questions_to_data(found: OpenQuestions, language: Language = "en") -> dict[str, Any]:
    """Open questions as plain data, with what each answer makes known of the field as the TOML of a proposal has it."""
    data: dict[str, Any] = _converter.unstructure(found)
    for said in data["to_judge"]:
        _speak(said, language)
    return data


def interview_to_data(left: Interview, language: Language = "en", limit: int | None = None) -> dict[str, Any]:
    """The questions about an act as plain data, each with its kind."""
    listed = []
    for question in left.questions[:limit]:
        data: dict[str, Any] = _converter.unstructure(question, type(question))
        for point in (data, *data.get("points", ())):
            for finding in point.get("findings", ()):
                _speak(finding, language)
        listed.append({"kind": type(question).__name__, "key": list(question.key), **data})
    return {"count": len(left.questions), "open": left.open, "presumed": left.presumed, "questions": listed}


def render_interview(left: Interview, language: Language = "en", limit: int | None = None) -> str:
    """The document that `consistent ask --format json` prints of a proposal that was read by machine."""
    data = {"schema_version": SCHEMA_VERSION, "interview": interview_to_data(left, language, limit)}
    return _document(data)


def render_questions(found: OpenQuestions, language: Language = "en") -> str:
    """The document that `consistent ask --format json` prints."""
    data = {"schema_version": SCHEMA_VERSION, "open_questions": questions_to_data(found, language)}
    return _document(data)


def difference_to_data(found: Difference, language: Language = "en") -> dict[str, Any]:
    """A difference as plain data; `message` is in the language, `messages` has both."""
    data: dict[str, Any] = _converter.unstructure(evolve(found, text=None))
    data["text"] = found.text and _text_to_data(found.text)
    for table, change in zip(data["changes"], found.changes, strict=True):
        table["weight"] = change.weight
        _speak(table, language)
    return data


def _text_to_data(text: TextComparison) -> dict[str, Any]:
    """What the words of an act became as plain data: the divisions that did not stay, and how many met which fate."""
    return {
        "counts": {division: dict(text.count(division)) for division in DIVISIONS},
        "divisions": [
            {
                "division": change.division, "fate": change.fate, "old_number": change.old_number, "new_number": change.new_number,
                "old_heading": change.old_heading, "heading": change.heading,
                "changes": [
                    {
                        "turn": unit.turn,
                        "old": list(map(_unit_to_data, unit.old)),
                        "new": list(map(_unit_to_data, unit.new)),
                        "words": [{"turn": run.turn, "text": run.text} for run in unit.words],
                    }
                    for unit in change.changes
                ],
            }
            for change in text.changed
        ],
    }  # fmt: skip


def _unit_to_data(unit: Unit) -> dict[str, Any]:
    place = {language: place_in_words(unit, language) for language in LANGUAGES}
    return {"place": place, "start": unit.span.start, "end": unit.span.end}


def render_difference(found: Difference, language: Language = "en") -> str:
    """The document that `consistent diff --format json` prints."""
    data = {"schema_version": SCHEMA_VERSION, "difference": difference_to_data(found, language)}
    return _document(data)


def draft_to_data(draft: Draft) -> dict[str, Any]:
    """A draft as plain data; see `consistent.drafting.draft_data`."""
    data: dict[str, Any] = _converter.unstructure(draft_data(draft))
    return data


def render_draft(draft: Draft) -> str:
    """The document that `consistent draft --format json` prints."""
    data = {"schema_version": SCHEMA_VERSION, **draft_to_data(draft)}
    return _document(data)


def review_to_data(
    items: Iterable[Unconfirmed], passages: Mapping[Evidence, Passage], proposal: Proposal
) -> dict[str, Any]:
    """What of a draft is not confirmed as plain data, each passage with its words where the document is at hand."""
    listed = []
    for item in items:
        data: dict[str, Any] = _converter.unstructure(item)
        data["terms"] = [
            {
                "term": one.id,
                "label": _converter.unstructure(one.label),
                "definition": _converter.unstructure(one.definition),
            }
            for one in item.terms
        ]
        for told, plain in zip(item.evidence, data["evidence"], strict=True):
            passage = passages.get(told)
            plain["passage"] = passage and _converter.unstructure(passage)
        listed.append(data)
    return {"unconfirmed": listed, "count": len(listed), "evidence_unconfirmed": proposal.unconfirmed}


def render_review(items: Iterable[Unconfirmed], passages: Mapping[Evidence, Passage], proposal: Proposal) -> str:
    """The document that `consistent review --format json` prints."""
    data = {"schema_version": SCHEMA_VERSION, "review": review_to_data(items, passages, proposal)}
    return _document(data)


def repairs_to_data(repairs: Repairs) -> dict[str, Any]:
    """Repairs as plain data; texts are in both languages."""
    data: dict[str, Any] = _converter.unstructure(repairs)
    for table, found in zip(data["findings"], repairs.findings, strict=True):
        table["only_by_dropping"] = found.only_by_dropping
    return data


def render_repairs(repairs: Repairs) -> str:
    """The document that `consistent repair --format json` prints."""
    data = {"schema_version": SCHEMA_VERSION, "repairs": repairs_to_data(repairs)}
    return _document(data)


def render_rules(rules: Iterable[Rule], language: Language = "en") -> str:
    """The document that `consistent rules --format json` prints."""
    data = [
        {
            "id": rule.id,
            "pack": rule.pack,
            "title": rule.title.get(language),
            "principle": rule.principle,
            "positions": list(rule.positions),
            "ground": rule.ground,
            "verdict": rule.verdict,
            "dimension": rule.dimension,
            "sources": list(rule.sources),
        }
        for rule in rules
    ]
    return _document(data)


def schema_for(name: str) -> dict[str, Any]:
    """The JSON Schema of what a command prints.

    `report` is of `check`, `why-not` of `why`, `repairs` of `repair`; `ask`, `diff`, `draft`, `file`, `proofread` and `verify` of these.
    """
    text = files("consistent.reports").joinpath("schemas", f"{name}.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
