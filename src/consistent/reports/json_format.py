"""Reports and rules as JSON for programs: stable, versioned, with schemas that ship (`schema_for`)."""

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from consistent.findings.report import Report
from consistent.model.text import Language
from consistent.rules.rule import Rule

__all__ = ["SCHEMA_VERSION", "render", "render_rules", "report_from_data", "report_to_data", "schema_for"]

# Raised in its first part when a field is taken away or changes its meaning, in its second when one is added.
SCHEMA_VERSION = "1.1"

_converter = Converter()
# A report's way back to its check stays behind.
_converter.register_unstructure_hook(Report, make_dict_unstructure_fn(Report, _converter, _inquiry=override(omit=True)))
_converter.register_structure_hook(Report, make_dict_structure_fn(Report, _converter, _inquiry=override(omit=True)))


_SAID = ("findings", "open", "defeated")


def report_to_data(report: Report, language: Language = "en") -> dict[str, Any]:
    """A report as plain data; `message` is in the language, `messages` has both."""
    data: dict[str, Any] = _converter.unstructure(report)
    data["judgement"] = dict(report.judgement)
    for each in data["measures"]:
        each["outcome"] = report.outcome(each["id"])
    for each in (each for key in _SAID for each in data[key]):
        each["messages"] = each["message"]
        each["message"] = each["messages"][language]
    return data


def report_from_data(data: Mapping[str, Any]) -> Report:
    """The report that `report_to_data` made the data of."""
    plain = dict(data)
    plain["judgement"] = list(data["judgement"].items())
    plain["measures"] = [{"id": each["id"], "title": each["title"]} for each in data["measures"]]
    for key in _SAID:
        plain[key] = [{**each, "message": each["messages"]} for each in data[key]]
    return _converter.structure(plain, Report)


def render(reports: Iterable[Report], language: Language = "en") -> str:
    """The document that `consistent check --format json` prints."""
    data = {"schema_version": SCHEMA_VERSION, "reports": [report_to_data(each, language) for each in reports]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def render_rules(rules: Iterable[Rule], language: Language = "en") -> str:
    """The document that `consistent rules --format json` prints."""
    data = [
        {
            "id": each.id,
            "pack": each.pack,
            "title": each.title.get(language),
            "principle": each.principle,
            "positions": list(each.positions),
            "ground": each.ground,
            "verdict": each.verdict,
            "dimension": each.dimension,
            "sources": list(each.sources),
        }
        for each in rules
    ]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def schema_for(name: str) -> dict[str, Any]:
    """The JSON Schema of `report` (what `check` prints) or `rules`."""
    text = files("consistent.reports").joinpath("schemas", f"{name}.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
