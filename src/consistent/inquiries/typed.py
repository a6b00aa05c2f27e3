"""A value that somebody types for a field: a term by its id or its label, an amount, a date, a citation, a text."""

import re
from collections.abc import Sequence

from consistent.errors import UsageError, did_you_mean
from consistent.knowledge.base import Knowledge
from consistent.model.proposal import Field
from consistent.model.text import LANGUAGES
from consistent.model.values import Atom
from consistent.reading.proposals import read_atom
from consistent.reading.structuring import Problems

__all__ = ["atom_of", "cited"]


def atom_of(said: str, field: Field, knowledge: Knowledge, options: Sequence[str]) -> Atom:
    """One value, as it was typed.

    Args:
        said: a term of either language in any case, or the value as the field's type is written.
        field: what it takes.
        knowledge: for the terms.
        options: terms that were named; the first that may have been meant.

    Raises:
        UsageError: the field does not take it.
    """
    if field.type == "terms":
        return _term(said, field, knowledge, options)
    data: object = cited(said) if field.type == "citation" else said
    if field.type == "amount":
        digits = re.sub(r"(?i)eur|€|[\s._,']", "", said)
        data = int(digits) if re.fullmatch(r"-?\d{1,18}", digits) else said
    try:
        return read_atom(data, field, knowledge.vocabularies)
    except Problems as error:
        problem = error.problems[0]
        raise UsageError(problem.message, problem.help) from None


_TREATIES = {"VWEU": "TFEU", "VEU": "TEU"}
_DUTCH = re.compile(
    r"artikel (?P<article>\d+\w?)(?P<parts>(?:, (?:lid \d+\w?|onder \w+\)))*),? (?P<treaty>VW?EU)", re.IGNORECASE
)


def cited(said: str) -> str:
    """Text with its citations as files have them, also where they are typed as a Dutch reader sees them."""

    def written(found: re.Match[str]) -> str:
        parts = re.findall(r"(?:lid|onder) (\w+)", found["parts"])
        return f"{_TREATIES[found['treaty'].upper()]} {found['article']}" + "".join(f"({each})" for each in parts)

    text = _DUTCH.sub(written, said)
    return re.sub(r"\bVW?EU\b", lambda treaty: _TREATIES[treaty[0].upper()], text, flags=re.IGNORECASE)


def _term(said: str, field: Field, knowledge: Knowledge, options: Sequence[str]) -> str:
    terms = knowledge.vocabularies[field.vocabulary].terms
    word = said.casefold()
    if word in terms:
        return word
    for each in terms.values():
        if word in {each.label.get(language).casefold() for language in LANGUAGES}:
            return each.id
    raise UsageError(f"`{said}` is no answer here", did_you_mean(said, options) or did_you_mean(said, terms))
