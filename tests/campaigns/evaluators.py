"""Evaluators against each other, and against the second reading: of random packs on random proposals all say the same."""

import tomllib
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import tomlkit

from consistent.checker import KnowledgeBase
from consistent.engine.choosing import engine_named
from consistent.engine.columns.corpus import Corpus
from consistent.engine.protocol import Engine
from consistent.errors import EngineError
from consistent.findings.settling import Settlement
from consistent.findings.survey import survey
from consistent.model.proposal import Proposal
from tests.campaigns.campaign import Campaign, Finding
from tests.campaigns.second_reading import Reader, World, scope
from tests.campaigns.shrinking import smaller_data
from tests.campaigns.small_world import TERMS, draw_facts, draw_proposal, draw_rules, made
from tests.properties.random_packs import DAY
from tests.support import engines

__all__ = ["open_campaign", "said_by_engine", "world_of"]

# Headers, and as many lists of measures, each header with each list.
_DRAWN = 9
Said = frozenset[tuple[str, int | None, str]]


def world_of(facts: Sequence[Mapping[str, Sequence[Any]]]) -> World:
    """The small world for the second reading."""
    return World(
        TERMS, {"basis": {"area": "areas"}}, {"basis": frozenset({"article"})}, {"basis": facts}, own={"marks": "marks"}
    )


def said_by_engine(engine: Engine, kb: KnowledgeBase, proposal: Proposal) -> Said:
    """What speaks on a proposal, by an engine."""
    return _told(Settlement.of(engine.batch(kb.program(DAY), (proposal,))).spoken(0), proposal)


def _told(spoken: Iterable[Any], proposal: Proposal) -> Said:
    places = {measure.id: number for number, measure in enumerate(proposal.measures)}
    return frozenset(
        (each.rule, None if each.measure is None else places[each.measure], each.outcome) for each in spoken
    )


def _said_by_reading(world: World, rules: Sequence[Mapping[str, Any]], data: Mapping[str, Any]) -> Said:
    named = {f"random/r{number}": rule for number, rule in enumerate(rules)}
    found = set()
    for name, outcomes in Reader(world, data).outcomes(named).items():
        whole = scope(named[name]) == "proposal"
        for place, outcome in enumerate(outcomes):
            if outcome != "not-applicable":
                found.add((name, None if whole else place, outcome))
    return frozenset(found)


def differences(case: Mapping[str, Any]) -> str:
    """Where a case is told differently; nothing where all say the same."""
    facts, rules, drawn = case.get("facts", []), case.get("rules", []), case.get("proposals", [])
    kb, rules = made(facts, rules)
    world = world_of(facts)
    read = [kb.read(data) for data in drawn]
    many = survey(kb.program(DAY), Corpus.of(read))
    for number, (data, proposal) in enumerate(zip(drawn, read, strict=True)):
        wanted = _said_by_reading(world, rules, data)
        for name in engines():
            found = said_by_engine(engine_named(name), kb, proposal)
            if found != wanted:
                return f"proposal {number}: {name} only {sorted(found - wanted, key=str)}, the second reading only {sorted(wanted - found, key=str)}"
        found = _told(many.spoken(number), proposal)
        if found != wanted:
            return f"proposal {number}: columns of many only {sorted(found - wanted, key=str)}, the second reading only {sorted(wanted - found, key=str)}"
    return ""


class _Evaluators:
    unit = "pairs of rule and subject"

    def case(self, chance: Random) -> tuple[int, Sequence[Finding]]:
        facts = draw_facts(chance)
        kb, rules = made(facts, draw_rules(chance))
        drawn = [draw_proposal(chance, kb._reader) for _ in range(_DRAWN)]
        proposals = [{**one, "measure": other["measure"]} for one in drawn for other in drawn]
        case = {"facts": facts, "rules": rules, "proposals": proposals}
        tried = sum(len(data["measure"]) if rule.scope == "measure" else 1 for rule in kb.rules for data in proposals)
        return tried, [finding] if (finding := finding_of(case, differences, "evaluators")) else []

    def again(self, kept: Path) -> str:
        return differences(tomllib.loads(kept.read_text("utf-8")))


def finding_of(case: dict[str, Any], differences: Callable[[Any], str], kind: str) -> Finding | None:
    """What a case shows, made small; None where it shows nothing."""

    def said(data: Any) -> str:
        try:
            return differences(data)
        except (AssertionError, EngineError):
            return traceback.format_exc()

    def shows(data: Any) -> bool:
        try:
            return bool(said(data))
        except Exception:  # noqa: BLE001  what is left is no case any more
            return False

    if not said(case):
        return None
    small = smaller_data(case, shows)
    return Finding(said(small), tomlkit.dumps(small).encode(), kind, ".toml")


def open_campaign(folder: Path) -> Campaign:
    """The campaign; it needs no folder."""
    return _Evaluators()
