"""What is read in Dutch sentences on grave things, and that nothing in them or in their harmless contraries is turned round."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from consistent import load
from consistent.documents.reading import read_document
from consistent.drafting.candidates import candidates_of
from consistent.drafting.cues import shipped_cues
from tests.drafting.invented import given

_ROWS: Sequence[Mapping[str, Any]] = tomllib.loads(Path(__file__).with_name("dutch_sentences.toml").read_text("utf-8"))[
    "sentence"
]
_HEAD = "COM(2026) 905 final\nMEDEDELING VAN DE COMMISSIE AAN HET EUROPEES PARLEMENT EN DE RAAD\nEen plan\n1. Wat wij doen\n"
_FIELDS = ("effects", "addressees", "bindingness")


@cache
def _read() -> Mapping[str, set[tuple[str, str]]]:
    """What each sentence gives, by field and term: those of policy each in a communication of its own, the others each as an article."""
    acts = [row["nl"] for row in _ROWS if not row.get("policy")]
    read = dict(zip(acts, given(acts, "dutch"), strict=True))
    vocabularies = load("nl-22112-4027").knowledge.vocabularies
    for row in _ROWS:
        if row.get("policy"):
            document = read_document(f"{_HEAD}{row['nl']}\n".encode(), "invented.txt")
            measures = candidates_of(document, shipped_cues(vocabularies), vocabularies, sort="policy")
            read[row["nl"]] = {(value.field, value.term) for measure in measures for value in measure.values}
    return read


def counted(half: str) -> tuple[Counter[str], list[tuple[str, str, str]]]:
    """Found, asked, right and given by field, as `effects found`; and what was missed, wrong or turned round, with its sentence."""
    effects = load("nl-22112-4027").knowledge.vocabularies["effects"]
    counts, faults = Counter[str](), list[tuple[str, str, str]]()
    for row in _ROWS:
        if row["half"] != half:
            continue
        for name in _FIELDS:
            asked = row.get(name, ())
            asked = [asked] if isinstance(asked, str) else list(asked)
            terms = {term for field, term in _read()[row["nl"]] if field == name}
            for term in asked:
                found = bool(terms & (effects.narrower([term]) if name == "effects" else {term}))
                counts[f"{name} asked"] += 1
                counts[f"{name} found"] += found
                if not found:
                    faults.append(("missed", f"{name} {term}", row["nl"]))
            if name == "effects":
                near = (*asked, *row.get("also", ()))
                allowed = effects.narrower(asked).union(near, *map(effects.broader, near))
                counts["effects given"] += len(terms)
                counts["effects right"] += len(terms & allowed)
                faults += [("wrong", term, row["nl"]) for term in sorted(terms - allowed)]
            never = row.get("never" if name == "effects" else f"never_{name}", ())
            turned = terms & set(never)
            counts["turned round"] += len(turned)
            faults += [("turned", term, row["nl"]) for term in sorted(turned)]
    return counts, faults


if __name__ == "__main__":
    for half in ("worked", "held"):
        counts, faults = counted(half)
        print(half, dict(counts))
        if half == "worked":
            print(*(" | ".join(fault) for fault in faults), sep="\n")
