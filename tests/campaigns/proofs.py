"""Proofs against the evaluator: no random proposal breaks what was proved, and what was refuted its own proposal breaks."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from attrs import evolve

from consistent.authoring.guarantees.judging import breaches
from consistent.authoring.proving.guarantees import Prover
from consistent.checker import KnowledgeBase
from consistent.errors import InputError
from consistent.packing import Packed
from consistent.rules.guarantees import Guarantee, Pattern
from consistent.rules.reading import ConditionReader, scope_of
from tests.campaigns.campaign import Campaign, Finding
from tests.campaigns.evaluators import finding_of
from tests.campaigns.small_world import draw_facts, draw_proposal, draw_rules, made
from tests.properties.random_packs import ANCHOR, DAY, TEXT

__all__ = ["open_campaign"]

_RULES, _DRAWN = 5, 40
# Seconds for each proof; what takes longer is left undecided.
_SECONDS = 5.0


def _drawn_guarantee(chance: Random, rules: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One that may well hold: about where the condition of a rule holds, and that rule or another."""
    about, expected = chance.choice(rules), chance.randrange(len(rules))
    kind = chance.choice(("always", "never"))
    return {
        "given": about["when"],
        "kind": kind,
        "rules": [f"random/r{expected if kind == 'never' or chance.random() < 0.3 else rules.index(about)}"],
        "open": chance.random() < 0.6,
    }


def _with(kb: KnowledgeBase, drawn: Sequence[Mapping[str, Any]]) -> KnowledgeBase:
    reader, promised = ConditionReader(kb.knowledge), []
    for number, one in enumerate(drawn):
        given = reader.read(one["given"], ("given",))
        promised.append(
            Guarantee(
                id=f"random/g{number}", pack="random", title=TEXT, sources=("TEU 5",), given=given, scope=scope_of([given]),
                beside=None, kind=one["kind"], anchor=ANCHOR, expected=Pattern(rules=tuple(one["rules"]), open=one["open"]),
            )
        )  # fmt: skip
    return evolve(kb, guarantees=Packed(tuple(promised)))


def broken(case: Mapping[str, Any]) -> str:
    """What is proved and broken, or refuted by what does not break it; nothing where neither is."""
    kb, _ = made(case.get("facts", []), case.get("rules", []))
    kb = _with(kb, case.get("guarantees", []))
    prover = Prover(kb, DAY)
    cases = [kb.case(kb.read(data), as_of=DAY, engine="plain") for data in case.get("proposals", [])]
    for guarantee in kb.guarantees:
        # Where checker and proof differ on a counterexample, an `EngineError` says so.
        if prover.prove(guarantee, _SECONDS).status == "proved":
            for number, each in enumerate(cases):
                if list(breaches(guarantee, each)):
                    return f"{guarantee.id} is proved, and proposal {number} breaks it"
    return ""


class _Proofs:
    unit = "proofs"

    def case(self, chance: Random) -> tuple[int, Sequence[Finding]]:
        facts = draw_facts(chance)
        kb, rules = made(facts, draw_rules(chance, _RULES))
        guarantees = [_drawn_guarantee(chance, rules) for _ in rules]
        proposals = [draw_proposal(chance, kb._reader, 3) for _ in range(_DRAWN)]
        case = {"facts": facts, "rules": rules, "guarantees": guarantees, "proposals": proposals}
        try:
            finding = finding_of(case, broken, "proofs")
        except InputError:  # of conditions that no guarantee can have
            return 0, ()
        return len(guarantees), [finding] if finding else []

    def again(self, kept: Path) -> str:
        return broken(tomllib.loads(kept.read_text("utf-8")))


def open_campaign(folder: Path) -> Campaign:
    """The campaign; it needs no folder."""
    return _Proofs()
