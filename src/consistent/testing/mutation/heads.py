"""Faults in what a rule says and when it holds: verdict, ground, superiority, period."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from consistent.reading.rewriting import REMOVED
from consistent.rules.rule import VERDICTS, Ground
from consistent.testing.mutation.asked import Planted, shifted

__all__ = ["planted_in_head"]


def planted_in_head(rule: Mapping[str, Any]) -> Iterator[Planted]:
    """Every fault in the head of a rule."""
    verdict = rule["verdict"]
    yield "change-verdict", ("verdict",), {("verdict",): VERDICTS[(VERDICTS.index(verdict) + 1) % len(VERDICTS)]}
    if verdict == "conflict":
        # Of no other verdict does the judgement ask on which ground it stands, and law and policy weigh the same.
        firm, contested = get_args(Ground)[0], "contested"
        yield "change-ground", ("ground",), {("ground",): firm if rule["ground"] == contested else contested}
    for index, _ in enumerate(rule.get("defeats", ())):
        yield "drop-defeat", ("defeats", index), {("defeats", index): REMOVED}
    for key in ("valid_from", "valid_to"):
        if key in rule:
            yield from shifted(rule[key], (key,))
            yield "drop-bound", (key,), {(key,): REMOVED}
