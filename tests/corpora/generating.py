"""Corpora at random, made fast: measures of the examples of rules, and measures with terms at random."""

import json
import random
from collections.abc import Iterator, Mapping
from typing import Any

from consistent.checker import KnowledgeBase
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Field
from consistent.model.vocabulary import Vocabularies
from consistent.toml.proposals import SPANS, proposal_to_data

__all__ = ["items", "json_lines"]

_KNOWN = 0.4
_BASES = ("TFEU 173(3)", "TFEU 173(2)", "TFEU 114(1)", "TFEU 173", "TEU 42(2)", "CELEX 32009L0081")


def items(kb: KnowledgeBase, count: int, *, seed: int = 0, measures: int = 12) -> Iterator[dict[str, Any]]:
    """Proposals as plain data, in the shape of the TOML; the same for the same seed.

    Args:
        kb: whose examples and terms.
        count: how many.
        seed: of chance.
        measures: at most in each.
    """
    chance = random.Random(seed)
    terms = kb.knowledge.vocabularies
    held = [m for rule in kb.rules for example in rule.examples for m in proposal_to_data(example.proposal)["measure"]]
    for number in range(count):
        told = [
            {
                **(chance.choice(held) if held and chance.random() < 0.5 else _told(chance, MEASURE_FIELDS, terms)),
                "id": f"m{place}",
            }
            for place in range(chance.randint(0, measures))
        ]
        header = {**_told(chance, PROPOSAL_FIELDS, terms), "reference": f"COM(2026) {number + 1}"}
        header["title"] = {"en": f"Proposal {number}", "nl": f"Voorstel {number}"}
        header["evidence"] = {
            "reference": {"document": "COM(2026) 1", "place": f"page {number % 50}", "confirmed": False}
        }
        yield {"proposal": header, "measure": told}


def _told(chance: random.Random, fields: Mapping[str, Field], terms: Vocabularies) -> dict[str, Any]:
    told = {
        name: _value(chance, field, terms)
        for name, field in fields.items()
        if _fits(field, terms) and chance.random() < _KNOWN
    }
    for begins, ends in SPANS.items():
        if begins in told and ends in told:
            told[begins], told[ends] = sorted((told[begins], told[ends]))
    return told


def _fits(field: Field, terms: Vocabularies) -> bool:
    return field.type != "terms" or bool(field.vocabulary in terms and terms[field.vocabulary].terms)


def _value(chance: random.Random, field: Field, terms: Vocabularies) -> Any:
    """All that is known of a field, or a part."""
    if field.type == "amount":
        return chance.choice((1, 400, 600)) * 1_000_000
    if field.type == "date":
        return f"20{chance.randint(24, 27)}-01-{chance.randint(1, 28):02}"
    known = (
        sorted(terms[field.vocabulary].terms)
        if field.type == "terms"
        else _BASES
        if field.type == "citation"
        else ["a", "b"]
    )
    chosen = sorted(set(chance.choices(known, k=1 if field.single else chance.randint(0, 3))))
    if field.single:
        return chosen[0]
    return {"has": chosen} if chance.random() < 0.2 else chosen


def json_lines(kb: KnowledgeBase, count: int, *, seed: int = 0, measures: int = 12) -> bytes:
    """The same as JSON Lines."""
    return "".join(json.dumps(item) + "\n" for item in items(kb, count, seed=seed, measures=measures)).encode()
