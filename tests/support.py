"""What several tests need."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

import pytest

from consistent.engine.choosing import engine_named
from consistent.engine.protocol import Engine
from consistent.errors import UsageError
from consistent.findings.said import Finding, Open, Said
from consistent.findings.settling import Row, Settlement
from consistent.model.proposal import Proposal
from consistent.rules.program import Program

__all__ = ["engines", "keys_of_changed_lines", "needs_durable_rules", "rests_on", "rows", "state_of"]


def engines() -> list[str]:
    """The engines that can be used here; `plain` and `columns` always can."""
    try:
        engine_named("durable-rules")
    except UsageError:
        return ["columns", "plain"]
    return ["columns", "durable-rules", "plain"]


# Of what shows that durable-rules did the work, which cannot be imported on Python 3.13 and later.
needs_durable_rules = pytest.mark.skipif(
    "durable-rules" not in engines(), reason="durable-rules cannot be imported on this Python"
)


def rows(engine: Engine, program: Program, proposal: Proposal) -> Iterator[Row]:
    """What the rules of a program say of a proposal."""
    return Settlement.of(engine.batch(program, (proposal,))).rows(0)


def state_of(said: Said) -> str:
    """What became of the rule that says it: applies, open, excepted or defeated."""
    if isinstance(said, Finding):
        return "applies"
    if isinstance(said, Open):
        return "open"
    return "excepted" if said.by.exception is not None else "defeated"


def rests_on(said: Said, cited: Iterable[str]) -> bool:
    """Whether it rests on one of these cases or articles, or on a paragraph of one."""
    cited = tuple(cited)
    return any(source == one or source.startswith((f"{one}(", f"{one} ")) for source in said.sources for one in cited)


def keys_of_changed_lines(old: str, new: str) -> set[str]:
    """Of two TOML texts, the keys or heads of tables to which the lines belong that only one of them has."""
    before, after = _owned(old), _owned(new)
    changed: set[str] = set()
    for tag, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            changed |= {owner for owner, _ in (*before[first:last], *after[begin:end])}
    return changed


def _owned(text: str) -> list[tuple[str, str]]:
    """Each line with the key, or the head of a table, that it belongs to; blank lines and comments belong to none."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines(keepends=True):
        begins = re.match(r"\s*(\[\[?[\w.]+\]|[\w.]+(?= *=))", line)
        none = not line.strip() or line.startswith("#")
        found.append((begins[1] if begins else "" if none else found[-1][0], line))
    return found
