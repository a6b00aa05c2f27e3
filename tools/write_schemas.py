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
from typing import Any, Literal, get_args, get_origin

import attrs

from consistent.findings.report import MeasureSummary, Outcome, Report
from consistent.findings.said import Defeated, Finding, Open
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
        plain = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}
        if kind in plain:
            return {"type": plain[kind]}
        if kind is date:
            return {"type": "string", "format": "date"}
        if get_origin(kind) is Literal:
            return {"enum": list(get_args(kind))}
        if isinstance(kind, UnionType):
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
        if kind in {Finding, Open, Defeated}:
            message = {"type": "string", "description": "in the language that was asked for"}
            return {"message": message, "messages": properties["message"]}
        if kind is MeasureSummary:
            return {"outcome": self.of(Outcome)}
        if kind is Report:
            grade = properties["judgement"]["items"]["prefixItems"][1]
            return {"judgement": _object(dict.fromkeys(DIMENSIONS, grade), properties["judgement"]["description"])}
        return {}


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
    major = SCHEMA_VERSION.partition(".")[0]
    whole = _object(
        {
            "schema_version": {"type": "string", "pattern": rf"^{major}\.\d+$"},
            "reports": {"type": "array", "items": definitions.of(Report)},
        }
    )
    title = "What `consistent check --format json` prints"
    return {
        "$schema": DIALECT,
        "$id": f"urn:consistent:report:{major}",
        "title": title,
        **whole,
        "$defs": definitions.held,
    }


SCHEMAS = {"report": report_schema}


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
