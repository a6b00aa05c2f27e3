"""JSON Schemas of classes, from their attributes and docstrings."""

import inspect
import re
from collections.abc import Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import attrs

__all__ = ["Definitions", "Schema", "attributes", "object_schema"]

Schema = dict[str, Any]

_PLAIN: Mapping[object, str] = {
    str: "string",
    int: "integer",
    bool: "boolean",
    float: "number",
    NoneType: "null",
}
# What Python calls the type of a table.
_MAPPING: object = get_origin(Mapping[str, str])


class Definitions:
    """Schemas of classes, with one definition for each class; of what programs write. A subclass makes those of what people write.

    Attributes:
        held: the definitions by name, as they stand under `keyword`.
    """

    keyword = "$defs"

    def __init__(self) -> None:
        self.held: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        """The schema of a type: a class of attrs, a tuple, a mapping, a union, a literal, or what JSON has."""
        if kind in _PLAIN:
            return {"type": _PLAIN[kind]}
        if kind is date:
            return {"type": "string", "format": "date"}
        if get_origin(kind) is Literal:
            return {"enum": list(get_args(kind))}
        if isinstance(kind, UnionType) or get_origin(kind) is Union:
            return {"anyOf": [self.of(member) for member in get_args(kind)]}
        if get_origin(kind) is tuple:
            return self._tuple(get_args(kind))
        if get_origin(kind) is _MAPPING:
            return self._mapping(*get_args(kind))
        if isinstance(kind, type) and issubclass(kind, tuple):
            # A class of our own on top of a tuple is one in JSON.
            return self.of(vars(kind)["__orig_bases__"][0])
        return self._class(kind)

    def reference(self, name: str) -> Schema:
        """A reference to a definition."""
        return {"$ref": f"#/{self.keyword}/{name}"}

    def class_schema(self, kind: type[attrs.AttrsInstance], properties: Mapping[str, Schema]) -> Schema:
        """The schema of a class of which those of the attributes are known."""
        return object_schema(properties, inspect.cleandoc(kind.__doc__ or "").splitlines()[0])

    def properties(self, kind: type[attrs.AttrsInstance]) -> dict[str, Schema]:
        """The schemas of the attributes of a class, with what its docstring says of them."""
        said = _told(kind)
        return {
            attribute.name: {
                **self.of(attribute.type),
                **({"description": said[attribute.name]} if attribute.name in said else {}),
            }
            for attribute in attributes(kind)
        }

    def _class(self, kind: type[attrs.AttrsInstance]) -> Schema:
        name = kind.__name__
        if name not in self.held:
            # Held before its attributes are looked at, which may be of the same class.
            self.held[name] = {}
            self.held[name] = self.class_schema(kind, self.properties(kind))
        return self.reference(name)

    def _tuple(self, parts: tuple[Any, ...]) -> Schema:
        if parts[-1] is Ellipsis:
            return {"type": "array", "items": self.of(parts[0])}
        return {
            "type": "array",
            "prefixItems": [self.of(part) for part in parts],
            "minItems": len(parts),
            "items": False,
        }

    def _mapping(self, keys: Any, values: Any) -> Schema:
        return {"type": "object", "propertyNames": self.of(keys), "additionalProperties": self.of(values)}


def object_schema(properties: Mapping[str, Schema], description: str = "") -> Schema:
    """The schema of a table that a program writes, with all of these properties."""
    # Further properties are left allowed: a later minor version adds some.
    return {
        **({"description": description} if description else {}),
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
    }


def attributes(kind: type[attrs.AttrsInstance]) -> list["attrs.Attribute[Any]"]:
    """The attributes of a class that are data, with their types."""
    attrs.resolve_types(kind)
    return [attribute for attribute in attrs.fields(kind) if not attribute.name.startswith("_")]


def _told(kind: type) -> dict[str, str]:
    """What the docstring of a class says of its attributes."""
    _, _, section = inspect.cleandoc(kind.__doc__ or "").partition("Attributes:\n")
    entries = re.findall(r"^    (\w[\w, ]*): (.*(?:\n {6,}.*)*)", section, re.MULTILINE)
    return {name: re.sub(r"\s+", " ", text) for names, text in entries for name in names.split(", ")}
