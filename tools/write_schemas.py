"""Writes the JSON Schemas of what the command prints, from the classes themselves.

`--check` writes nothing and says which files would change.
"""

import argparse
import inspect
import json
import re
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from consistent.findings.chains import Chain
from consistent.findings.report import MeasureSummary, Outcome, Report
from consistent.findings.said import Defeated, Finding, Open
from consistent.inquiries.differences.difference import Change, Difference
from consistent.inquiries.questions.open_questions import OpenQuestions
from consistent.inquiries.repairs.repairs import FindingRepairs, Repairs
from consistent.inquiries.why.accounts import WhyNot
from consistent.intake.draft_data import DraftData
from consistent.model.values import Value
from consistent.reports.json_format import SCHEMA_VERSION
from consistent.rules.rule import DIMENSIONS

FOLDER = Path(__file__).parents[1] / "src/consistent/reports/schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


class Definitions:
    """The schemas of classes, each once under `$defs`."""

    def __init__(self) -> None:
        self.held: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        """The schema of a type: a class of attrs, a tuple, a union, a literal, or what JSON has."""
        plain = {str: "string", int: "integer", bool: "boolean", float: "number", NoneType: "null"}
        if kind in plain:
            return {"type": plain[kind]}
        if kind is date:
            return {"type": "string", "format": "date"}
        if kind is Value:
            return _value()
        if get_origin(kind) is Literal:
            return {"enum": list(get_args(kind))}
        if isinstance(kind, UnionType) or get_origin(kind) is Union:
            return {"anyOf": [self.of(each) for each in get_args(kind)]}
        if get_origin(kind) is tuple:
            return self._tuple(get_args(kind))
        return self._class(kind)

    def _tuple(self, parts: tuple[Any, ...]) -> Schema:
        if parts[-1] is Ellipsis:
            return {"type": "array", "items": self.of(parts[0])}
        return {
            "type": "array",
            "prefixItems": [self.of(each) for each in parts],
            "minItems": len(parts),
            "items": False,
        }

    def _class(self, kind: type[attrs.AttrsInstance]) -> Schema:
        name = kind.__name__
        if name not in self.held:
            self.held[name] = {}
            attrs.resolve_types(kind)
            told = _told(kind)
            fields = [each for each in attrs.fields(kind) if not each.name.startswith("_")]
            properties = {
                each.name: {**self.of(each.type), **({"description": told[each.name]} if each.name in told else {})}
                for each in fields
            }
            properties |= self._added(kind, properties)
            self.held[name] = _object(properties, inspect.cleandoc(kind.__doc__ or "").splitlines()[0])
        return {"$ref": f"#/$defs/{name}"}

    def _added(self, kind: type, properties: Mapping[str, Schema]) -> dict[str, Schema]:
        """What `json_format` makes of a class beyond its fields."""
        if kind in {Finding, Open, Defeated, Change}:
            message = {"type": "string", "description": "in the language that was asked for"}
            spoken: dict[str, Schema] = {"message": message, "messages": properties["message"]}
            weight = {"enum": [-1, 0, 1], "description": "-1 where it got worse, 1 where it got better"}
            return spoken | ({"weight": weight} if kind is Change else {})
        if kind is FindingRepairs:
            return {
                "only_by_dropping": {"type": "boolean", "description": "nothing short of dropping a measure removes it"}
            }
        if kind is MeasureSummary:
            return {"outcome": self.of(Outcome)}
        if kind is Report:
            grade = properties["judgement"]["items"]["prefixItems"][1]
            return {"judgement": _object(dict.fromkeys(DIMENSIONS, grade), properties["judgement"]["description"])}
        return {}


def _value() -> Schema:
    """What is known of a field, as the TOML of a proposal has it: all that it holds, or what is there and what is not."""
    atoms: Schema = {"type": "array", "items": {"type": ["string", "integer"]}}
    return {"anyOf": [atoms, _object({"has": atoms, "lacks": atoms})]}


def _told(kind: type) -> dict[str, str]:
    """What the docstring says of attributes."""
    _, _, section = inspect.cleandoc(kind.__doc__ or "").partition("Attributes:\n")
    entries = re.findall(r"^    (\w[\w, ]*): (.*(?:\n {6,}.*)*)", section, re.MULTILINE)
    return {name: re.sub(r"\s+", " ", text) for names, text in entries for name in names.split(", ")}


def _object(properties: Mapping[str, Schema], description: str = "") -> Schema:
    # Further properties are left allowed: a later minor version adds some.
    return {
        **({"description": description} if description else {}),
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
    }


def report_schema() -> Schema:
    """Of the document that `consistent check --format json` prints."""
    definitions = Definitions()
    reports = {"type": "array", "items": definitions.of(Report)}
    # Only there if asked for.
    chains = {"type": "array", "items": definitions.of(Chain), "description": "with `--why`: of all that is said"}
    definitions.held["Report"]["properties"]["chains"] = chains
    return _document("report", "consistent check --format json", {"reports": reports}, definitions)


def why_not_schema() -> Schema:
    """Of the document that `consistent why --format json` prints."""
    definitions = Definitions()
    return _document("why-not", "consistent why --format json", {"why_not": definitions.of(WhyNot)}, definitions)


def ask_schema() -> Schema:
    """Of the document that `consistent ask --format json` prints."""
    definitions = Definitions()
    found = definitions.of(OpenQuestions)
    return _document("ask", "consistent ask --format json", {"open_questions": found}, definitions)


def diff_schema() -> Schema:
    """Of the document that `consistent diff --format json` prints."""
    definitions = Definitions()
    return _document("diff", "consistent diff --format json", {"difference": definitions.of(Difference)}, definitions)


def repairs_schema() -> Schema:
    """Of the document that `consistent repair --format json` prints."""
    definitions = Definitions()
    return _document("repairs", "consistent repair --format json", {"repairs": definitions.of(Repairs)}, definitions)


def draft_schema() -> Schema:
    """Of the document that `consistent draft --format json` prints."""
    definitions = Definitions()
    definitions.of(DraftData)
    properties = definitions.held.pop("DraftData")["properties"]
    return _document("draft", "consistent draft --format json", properties, definitions)


def _document(name: str, command: str, properties: Mapping[str, Schema], definitions: Definitions) -> Schema:
    """Of what a command prints: the version, and what it is about."""
    major = SCHEMA_VERSION.partition(".")[0]
    version = {"type": "string", "pattern": rf"^{major}\.\d+$"}
    return {
        "$schema": DIALECT,
        "$id": f"urn:consistent:{name}:{major}",
        "title": f"What `{command}` prints",
        **_object({"schema_version": version, **properties}),
        "$defs": definitions.held,
    }


SCHEMAS = {
    "ask": ask_schema,
    "diff": diff_schema,
    "draft": draft_schema,
    "repairs": repairs_schema,
    "report": report_schema,
    "why-not": why_not_schema,
}


def main() -> int:
    """Write the files, or only compare them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 where a file would change")
    check = parser.parse_args().check
    status = 0
    for name, make in SCHEMAS.items():
        path = FOLDER / f"{name}.schema.json"
        text = json.dumps(make(), ensure_ascii=False, indent=2) + "\n"
        if path.exists() and path.read_text("utf-8") == text:
            continue
        status = int(check)
        print(f"{'would change' if check else 'written'}: {path.relative_to(FOLDER.parents[3])}")
        if not check:
            path.write_text(text, "utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
