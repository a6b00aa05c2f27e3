"""The schema of proposals, in files of their own and in the examples of rules."""

from collections.abc import Mapping

from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Evidence, Field
from consistent.schemas.definitions import Schema
from consistent.schemas.written import WrittenDefinitions, any_of, described, list_of, table

__all__ = ["header", "measure", "proposal"]


def proposal(definitions: WrittenDefinitions) -> Schema:
    """A proposal file."""
    words = definitions.words
    return table(
        {
            "proposal": described(header(definitions), words.of("file", "proposal")),
            "measure": described(list_of(measure(definitions)), words.of("file", "measure")),
        },
        ["proposal"],
    )


def header(definitions: WrittenDefinitions) -> Schema:
    """The header of a proposal."""
    return table(_part(definitions, "proposal", PROPOSAL_FIELDS))


def measure(definitions: WrittenDefinitions, *, named: bool = True) -> Schema:
    """A measure.

    Args:
        definitions: of the pack.
        named: whether it must have an id; in examples it need not.
    """
    identity = {"id": described(definitions.text(), definitions.words.of("measure", "id"))}
    return table(identity | _part(definitions, "measure", MEASURE_FIELDS), ["id"] if named else [])


def _part(definitions: WrittenDefinitions, name: str, fields: Mapping[str, Field]) -> dict[str, Schema]:
    words = definitions.words
    evidence = definitions.of(Evidence)
    places = table(dict.fromkeys([*fields, "all", "title"], any_of([evidence, list_of(evidence)])))
    return {
        "title": described(definitions.title(), words.of(name, "title")),
        **{each: described(_value(definitions, field), words.localized(field.label)) for each, field in fields.items()},
        "evidence": described(places, words.of(name, "evidence")),
    }


def _value(definitions: WrittenDefinitions, field: Field) -> Schema:
    """What can be said of a field: a value, a list, or a table of what is there and what is not."""
    atom = definitions.atom(field)
    keys = ["has", "lacks", *(["may"] if field.type == "terms" else [])]
    parts = {each: described(list_of(atom), definitions.words.of("value", each)) for each in keys}
    most = {}
    if field.single:
        # What is known to be there is then the whole value.
        parts["has"]["maxItems"] = 0
        most["maxItems"] = 1
    return any_of([atom, list_of(atom, **most), table(parts)])
