"""Proposals as TOML text, laid out for a person to read; what `toml.proposals` reads back to an equal proposal."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import asdict

from consistent.model.proposal import COMMON, Evidence, Measure, Proposal, default_of
from consistent.model.text import Localized
from consistent.model.values import Value
from consistent.toml.proposals import evidence_to_data, passages_of, recorded_to_data, records_of, value_to_data
from consistent.toml.rewriting import written

__all__ = [
    "empty_lines",
    "evidence_lines",
    "field_lines",
    "localized_lines",
    "measure_lines",
    "proposal_lines",
    "recorded_lines",
]

# Where it is comes before what it is called, and that before what it does.
_FIRST = ("reference",)
_LAST = ("accompanying", "all")
_WIDTH = 110


def proposal_lines(proposal: Proposal) -> Iterator[str]:
    """Every line of a proposal file: the header, then each table after a blank line, measures last."""
    yield from empty_lines(proposal)
    yield "[proposal]"
    yield from field_lines(proposal)
    yield from evidence_lines(proposal)
    yield from recorded_lines(proposal)
    for measure in proposal.measures:
        yield ""
        yield "[[measure]]"
        yield from measure_lines(measure)


def empty_lines(proposal: Proposal) -> Iterator[str]:
    """The lists without a table; TOML has them before the first table."""
    for key, recorded in records_of(proposal):
        if not recorded:
            yield f"{key} = []"
            yield ""


def recorded_lines(proposal: Proposal) -> Iterator[str]:
    """What is recorded beside header and measures, each table after a blank line."""
    for key, recorded in records_of(proposal):
        for item in recorded:
            yield ""
            yield f"[[{key}]]"
            for name, value in recorded_to_data(item).items():
                yield from _wrapped(name, written(value))


def _wrapped(name: str, text: str) -> Iterator[str]:
    """A key with its value; a long list of words over several lines."""
    line = f"{name} = {text}"
    if name != "terms" or len(line) <= _WIDTH:
        yield line
        return
    yield f"{name} = ["
    # Terms hold no blanks.
    yield from textwrap.wrap(
        text.strip("[]"), _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
    )
    yield "]"


def measure_lines(measure: Measure, *, named: bool = True) -> Iterator[str]:
    """What stands below the head of a measure.

    Args:
        measure: to be written.
        named: whether its id is; the examples of rules go without.
    """
    if named:
        yield f"id = {written(measure.id)}"
    yield from field_lines(measure)
    yield from evidence_lines(measure)


def field_lines(part: Proposal | Measure) -> Iterator[str]:
    """The title and the fields that say something, each on a line."""
    common = COMMON.of(part)
    for name in (*_FIRST, "title", *(field for field in part.names() if field not in _FIRST)):
        if name == "title":
            yield from localized_lines("title", part.title) if part.title is not None else ()
            continue
        value = part.value(name)
        # What a field says when it is left out need not be written.
        if value != default_of(type(part), name):
            yield f"{name} = {_value_text(value, single=name not in common or common[name].single)}"
    if isinstance(part, Proposal) and part.accompanying:
        yield f"accompanying = {written(list(part.accompanying))}"
    if isinstance(part, Measure) and part.describes:
        yield f"describes = {written(part.describes)}"


def localized_lines(key: str, text: Localized) -> Iterator[str]:
    """A text in two languages; one line where they are the same, as a title in one language stands for both."""
    if text.en == text.nl:
        yield f"{key} = {written(text.en)}"
    else:
        yield from (f"{key}.{language} = {written(words)}" for language, words in asdict(text).items())


def _value_text(value: Value, *, single: bool) -> str:
    """What is known of a field: a value, a list, or a table of what is there and what is not."""
    if value.open:
        data = value_to_data(value)
        return written({key: atoms for key, atoms in data.items() if atoms} if isinstance(data, Mapping) else data)
    # Dates are dates in TOML, and text in plain data.
    atoms: list[Any] = sorted(value.yes, key=str)
    return written(atoms[0] if single and len(atoms) == 1 else atoms)


def evidence_lines(part: Proposal | Measure) -> Iterator[str]:
    """For each field, in their order, a line, or where there are several values a list with a line for each."""
    further = sorted(name for name, _ in part.evidence if name not in part.names())
    order = ("title", *part.names(), *(name for name in further if name not in _LAST), *_LAST)
    for key, pairs in passages_of(part):
        grouped: dict[str, list[Evidence]] = {}
        for name, evidence in pairs:
            grouped.setdefault(name, []).append(evidence)
        for name, entries in sorted(grouped.items(), key=lambda pair: order.index(pair[0])):
            yield from _entries(f"{key}.{name}", entries)


def _entries(key: str, entries: Iterable[Evidence]) -> Iterator[str]:
    written_out = [_entry(entry) for entry in entries]
    if len(written_out) == 1:
        yield f"{key} = {written_out[0]}"
        return
    yield f"{key} = ["
    yield from (f"  {line}," for line in written_out)
    yield "]"


def _entry(evidence: Evidence) -> str:
    """One piece of evidence, on a line; which value it is for comes first."""
    data = evidence_to_data(evidence)
    first = {key: data.pop(key) for key in ("value",) if key in data}
    return written(first | data)
