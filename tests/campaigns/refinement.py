"""Learning more: what was settled of a proposal stays as it was when more of it is told."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from consistent.engine.choosing import engine_named
from tests.campaigns.campaign import Campaign, Finding
from tests.campaigns.evaluators import finding_of, said_by_engine
from tests.campaigns.small_world import draw_facts, draw_proposal, draw_rules, made, refined, tells_more

__all__ = ["open_campaign"]

_DRAWN, _EACH = 16, 8
# A rule whose condition was open beside an exception or a stronger rule that holds is heard of when it is met.
_LATER = frozenset({"excepted", "defeated"})


def turned(case: Mapping[str, Any]) -> str:
    """What was settled and came out otherwise; nothing where nothing did.

    Args:
        case: a pack, and pairs of a proposal with one that tells more.
    """
    kb, _ = made(case.get("facts", []), case.get("rules", []))
    engine = engine_named("columns")
    for before, after in case.get("pairs", []):
        _must_tell_more(before, after)
        first, then = (
            {(rule, place): outcome for rule, place, outcome in said_by_engine(engine, kb, kb.read(data))}
            for data in (before, after)
        )
        for spot in first.keys() | then.keys():
            was, became = first.get(spot), then.get(spot)
            if was not in {became, "open"} and not (was is None and became in _LATER):
                return f"{spot}: {was}, then {became}"
    return ""


def _must_tell_more(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    parts = [(before["proposal"], after["proposal"]), *zip(before["measure"], after["measure"], strict=True)]
    if not all(
        tells_more(name, known.get(name), told.get(name)) for known, told in parts for name in {**known, **told}
    ):
        raise ValueError("not more of the same")


class _Refinement:
    unit = "refined proposals"

    def case(self, chance: Random) -> tuple[int, Sequence[Finding]]:
        facts, rules = draw_facts(chance), draw_rules(chance)
        kb, rules = made(facts, rules)
        pairs = []
        for _ in range(_DRAWN):
            data = draw_proposal(chance, kb._reader)
            pairs += [[data, refined(chance, data, kb._reader)] for _ in range(_EACH)]
        finding = finding_of({"facts": facts, "rules": rules, "pairs": pairs}, turned, "refinement")
        return len(pairs), [finding] if finding else []

    def again(self, kept: Path) -> str:
        return turned(tomllib.loads(kept.read_text("utf-8")))


def open_campaign(folder: Path) -> Campaign:
    """The campaign; it needs no folder."""
    return _Refinement()
