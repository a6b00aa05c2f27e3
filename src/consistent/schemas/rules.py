"""The schema of rules."""

from typing import get_args

from consistent.rules.rule import VERDICTS, Expectation, RuleData
from consistent.schemas.conditions import condition, condition_properties
from consistent.schemas.definitions import Schema
from consistent.schemas.proposals import header, measure
from consistent.schemas.written import WrittenDefinitions, described, list_of, table

__all__ = ["rule"]

_ALONE = ("excepted", "not-applicable")


def rule(definitions: WrittenDefinitions) -> Schema:
    """The file of a rule."""
    schema = definitions.of_class(
        RuleData,
        principle=definitions.principle(),
        positions=list_of(definitions.position()),
        sources=definitions.sources(),
        defeats=list_of(definitions.rule()),
        when=condition(definitions),
        unless=list_of(_exception(definitions)),
        example=_examples(definitions),
    )
    # The loader looks for examples itself, after the rest.
    return schema | {"required": [*schema["required"], "example"]}


def _exception(definitions: WrittenDefinitions) -> Schema:
    reason = described(definitions.localized(), definitions.words.of("exception", "reason"))
    # Beside the reason it asks for something.
    return table({"reason": reason} | condition_properties(definitions), ["reason"], minProperties=2)


def _examples(definitions: WrittenDefinitions) -> Schema:
    """One at least that the rule flags, and one at least that it leaves alone."""
    words = definitions.words
    parts = {
        "title": definitions.title(),
        "expect": definitions.word(get_args(Expectation)),
        "proposal": header(definitions),
        "measure": list_of(measure(definitions, named=False)),
    }
    example = table(
        {key: described(each, words.of("example", key)) for key, each in parts.items()}, ["title", "expect"]
    )
    flagged = [each for each in get_args(Expectation) if each not in _ALONE]
    return {
        **list_of(example, minItems=2),
        "contains": {"properties": {"expect": {"enum": list(VERDICTS)}}},
        "not": {"items": {"properties": {"expect": {"enum": flagged}}}},
    }
