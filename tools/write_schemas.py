"""Writes the JSON Schemas of what the command prints, from the classes themselves.

`--check` writes nothing and says which files would change.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from consistent.authoring.schemas.catalogue import ENDING
from consistent.authoring.schemas.definitions import Definitions, Schema, object_schema
from consistent.documents.comparing.comparison import DivisionChange, Fate, TextComparison, UnitChange
from consistent.documents.comparing.units import Division, Unit
from consistent.documents.comparing.words import Run
from consistent.drafting.draft_data import DraftData
from consistent.findings.outcome import MeasureOutcome
from consistent.findings.report import Chain, MeasureSummary, Report
from consistent.findings.said import Defeated, Finding, Open
from consistent.findings.weighing import Weighing
from consistent.inquiries.differences.difference import Change, Difference
from consistent.inquiries.questions.open_questions import OpenQuestions
from consistent.inquiries.repairs.repairs import FindingRepairs, Repairs
from consistent.inquiries.verifying import ChangedGrade, ChangedInput, ChangedSaid
from consistent.inquiries.why.accounts import WhyNot
from consistent.model.text import Localized
from consistent.model.values import Value
from consistent.proofreading.discrepancy import Kind
from consistent.reports.json_format import SCHEMA_VERSION
from consistent.rules.rule import DIMENSIONS

SOURCE = Path(__file__).parents[1] / "src/consistent"
PRINTED = SOURCE / "reports/schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class PrintedDefinitions(Definitions):
    """The schemas of what the command prints, where `json_format` makes of a class something else than its fields."""

    def of(self, kind: Any) -> Schema:
        """The schema of a type; what is known of a field stands as the TOML of a proposal has it."""
        return _value() if kind is Value else super().of(kind)

    def properties(self, kind: type[attrs.AttrsInstance]) -> dict[str, Schema]:
        """The schemas of the attributes of a class, and of what `json_format` adds to them."""
        if kind is TextComparison:
            return self._text()
        if kind is Unit:
            return self._unit()
        properties = super().properties(kind)
        return properties | self._added(kind, properties)

    def _text(self) -> dict[str, Schema]:
        """What is printed of two texts: no units but those that changed."""
        counts = self.of(Mapping[Division, Mapping[Fate, int]])
        divisions = self.of(tuple[DivisionChange, ...])
        return {
            "counts": {**counts, "description": "how many divisions of a kind met which fate"},
            "divisions": {**divisions, "description": "those that did not stay as they were"},
        }

    def _unit(self) -> dict[str, Schema]:
        """Where a unit stands; its words are told with what became of them."""
        number = self.of(int)
        return {
            "place": {**self.of(Localized), "description": "in words"},
            "start": {**number, "description": "in the text of the document"},
            "end": {**number, "description": "in the text of the document"},
        }

    def _added(self, kind: type, properties: Mapping[str, Schema]) -> dict[str, Schema]:
        if kind in {Finding, Open, Defeated, Change}:
            message = {"type": "string", "description": "in the language that was asked for"}
            spoken: dict[str, Schema] = {"message": message, "messages": properties["message"]}
            weight = {"enum": [-1, 0, 1], "description": "-1 where it got worse, 1 where it got better"}
            return spoken | ({"weight": weight} if kind is Change else {})
        if kind is UnitChange:
            return {"words": {**self.of(tuple[Run, ...]), "description": "with what differs; empty where none do"}}
        if kind is FindingRepairs:
            return {
                "only_by_dropping": {"type": "boolean", "description": "nothing short of dropping a measure removes it"}
            }
        if kind is MeasureSummary:
            return {"outcome": self.of(MeasureOutcome)}
        if kind is Weighing:
            return {"silent": {"type": "boolean", "description": "no rule finds anything of it"}}
        if kind is Report:
            grade = properties["judgement"]["items"]["prefixItems"][1]
            return {
                "judgement": object_schema(dict.fromkeys(DIMENSIONS, grade), properties["judgement"]["description"])
            }
        return {}


def _value() -> Schema:
    """What is known of a field, as the TOML of a proposal has it: all that it holds, or what is there and what is not."""
    atoms: Schema = {"type": "array", "items": {"type": ["string", "integer"]}}
    return {"anyOf": [atoms, object_schema({"has": atoms, "lacks": atoms})]}


def report_schema() -> Schema:
    """Of the document that `consistent check --format json` prints."""
    definitions = PrintedDefinitions()
    reports = {"type": "array", "items": definitions.of(Report)}
    # Only there if asked for.
    chains = {"type": "array", "items": definitions.of(Chain), "description": "with `--why`: of all that is said"}
    definitions.held["Report"]["properties"]["chains"] = chains
    # Only there if the packs codify a document.
    definitions.held["Report"]["required"].remove("positions_held")
    definitions.held["Report"]["required"].remove("positions_short")
    # Only there if nobody named a pack.
    definitions.held["Report"]["required"].remove("other_packs")
    definitions.held["Report"]["required"].remove("elsewhere")
    definitions.held["Report"]["required"].remove("weighing")
    return _document("report", "consistent check --format json", {"reports": reports}, definitions)


def why_not_schema() -> Schema:
    """Of the document that `consistent why --format json` prints."""
    definitions = PrintedDefinitions()
    return _document("why-not", "consistent why --format json", {"why_not": definitions.of(WhyNot)}, definitions)


def ask_schema() -> Schema:
    """Of the document that `consistent ask --format json` prints."""
    definitions = PrintedDefinitions()
    found = definitions.of(OpenQuestions)
    return _document("ask", "consistent ask --format json", {"open_questions": found}, definitions)


def diff_schema() -> Schema:
    """Of the document that `consistent diff --format json` prints."""
    definitions = PrintedDefinitions()
    return _document("diff", "consistent diff --format json", {"difference": definitions.of(Difference)}, definitions)


def repairs_schema() -> Schema:
    """Of the document that `consistent repair --format json` prints."""
    definitions = PrintedDefinitions()
    return _document("repairs", "consistent repair --format json", {"repairs": definitions.of(Repairs)}, definitions)


def draft_schema() -> Schema:
    """Of the document that `consistent draft --format json` prints."""
    definitions = PrintedDefinitions()
    definitions.of(DraftData)
    properties = definitions.held.pop("DraftData")["properties"]
    return _document("draft", "consistent draft --format json", properties, definitions)


def verify_schema() -> Schema:
    """Of the document that `consistent verify --format json` prints."""
    definitions = PrintedDefinitions()
    text, truth = definitions.of(str), definitions.of(bool)
    added = {"proposal": {**text, "description": "the shortest thing that names it"}}
    added["comes_out"] = {**truth, "description": "the same is said of the same proposal by the same packs"}
    added["says_the_same"] = {**truth, "description": "whatever went in"}
    parts = {"inputs": ChangedInput, "said": ChangedSaid, "grades": ChangedGrade, "others": str}
    lists = {name: {"type": "array", "items": definitions.of(kind)} for name, kind in parts.items()}
    items = object_schema({**added, **lists})
    return _document(
        "verify", "consistent verify --format json", {"verifications": {"type": "array", "items": items}}, definitions
    )


def proofread_schema() -> Schema:
    """Of the document that `consistent proofread --format json` prints."""
    definitions = PrintedDefinitions()
    text, number = definitions.of(str), definitions.of(int)
    passage = object_schema(
        {
            "document": {**text, "description": "the name of the document that it stands in"},
            "place": text,
            "quote": {**text, "description": "how it begins"},
            "start": {**number, "description": "the first character, in the text of the document"},
            "end": {**number, "description": "the character after the last"},
        }
    )
    found = object_schema(
        {"kind": definitions.of(Kind), "message": text, "passages": {"type": "array", "items": passage}}
    )
    properties = {
        "document": text,
        "beside": definitions.of(str | None),
        "discrepancies": {"type": "array", "items": found},
    }
    return _document("proofread", "consistent proofread --format json", properties, definitions)


def _document(name: str, command: str, properties: Mapping[str, Schema], definitions: Definitions) -> Schema:
    """Of what a command prints: the version, and what it is about."""
    major = SCHEMA_VERSION.partition(".")[0]
    version = {"type": "string", "pattern": rf"^{major}\.\d+$"}
    return {
        "$schema": DIALECT,
        "$id": f"urn:consistent:{name}:{major}",
        "title": f"What `{command}` prints",
        **object_schema({"schema_version": version, **properties}),
        "$defs": definitions.held,
    }


SCHEMAS = {
    "ask": ask_schema,
    "diff": diff_schema,
    "draft": draft_schema,
    "proofread": proofread_schema,
    "repairs": repairs_schema,
    "report": report_schema,
    "verify": verify_schema,
    "why-not": why_not_schema,
}


def wanted() -> dict[Path, str]:
    """Every file that there should be, with its text."""
    return {
        PRINTED / f"{name}{ENDING}": json.dumps(make(), ensure_ascii=False, indent=2) + "\n"
        for name, make in SCHEMAS.items()
    }


def main() -> int:
    """Write the files, or only compare them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 where a file would change")
    check = parser.parse_args().check
    files = wanted()
    changed = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in changed:
        print(f"{'would change' if check else 'written'}: {path.relative_to(SOURCE)}")
        if not check:
            path.write_text(files[path], "utf-8")
    return int(check and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
