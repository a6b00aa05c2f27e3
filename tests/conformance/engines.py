"""Engines as a command that answers cases: `python -m tests.conformance.engines NAME`, of this library or the second reading.

Each line of standard input is a case, each line of standard output the answer to it, in the same order.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from graphlib import TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomlkit
from attrs import evolve

from consistent.checker import KnowledgeBase
from consistent.errors import ConsistentError
from consistent.knowledge.entries import Period
from consistent.knowledge.packs import available_packs
from consistent.knowledge.reading import read_knowledge
from consistent.model.text import Localized
from consistent.packing import Packed
from consistent.rules.concepts import named_in
from consistent.rules.conditions import Concept
from consistent.rules.reading import ConditionReader
from consistent.toml.proposals import ProposalReader
from consistent.toml.structuring import Problems
from tests.campaigns.second_reading import Reader, World, scope
from tests.properties.random_packs import ANCHOR, make_rule

__all__ = ["Engine", "engine_of", "main"]

Engine = Callable[[Mapping[str, Any]], dict[str, Any]]
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS = {"en": "text", "nl": "tekst"}
_TEXT = Localized("text", "tekst")


def engine_of(name: str) -> Engine:
    """An engine of this library by its name, or `second-reading`."""
    return _second_reading if name == "second-reading" else lambda case: _of_library(case, name)


def _of_library(case: Mapping[str, Any], engine: str) -> dict[str, Any]:
    """What an engine of this library says."""
    try:
        kb = _read(json.dumps(case["pack"]))
        check = kb.check(case["proposal"], as_of=date.fromisoformat(case["day"]), engine=engine)
        says: list[list[str | None]] = [[said.rule, said.measure, said.outcome] for said in check.spoken]
        for rule in check.presumed:
            says += [[rule.rule, measure, "presumed"] for measure in rule.measures or (None,)]
    except (ConsistentError, Problems) as error:
        return {"name": case["name"], "cannot": str(error)}
    return {"name": case["name"], "says": says}


@lru_cache(maxsize=4)
def _read(pack: str) -> KnowledgeBase:
    """The pack. What it knows is written down as files and read; rules and concepts are conditions, and read as such."""
    data = _dated(json.loads(pack))
    with TemporaryDirectory() as folder:
        for name, content in _files(data):
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(tomlkit.dumps(content), "utf-8")
        knowledge, _ = read_knowledge("case", available_packs([Path(folder)]))
    concepts: dict[str, Concept] = {}
    # Each after those that it rests on.
    edges = {name: set(named_in(condition)) for name, condition in data["concepts"].items()}
    for name in TopologicalSorter(edges).static_order():
        condition = ConditionReader(knowledge, concepts).read(data["concepts"][name], ("when",))
        concepts[name] = Concept(
            id=name, pack="case", title=_TEXT, sources=("TFEU 1",), condition=condition, examples=Packed(()), anchor=ANCHOR
        )  # fmt: skip
    reader = ConditionReader(knowledge, concepts)
    rules = [
        evolve(
            make_rule(0, rule["when"], list(rule.get("unless", ())), reader),
            id=name,
            defeats=tuple(rule.get("defeats", ())),
            period=Period(rule.get("valid_from"), rule.get("valid_to")),
        )
        for name, rule in data["rules"].items()
    ]
    return KnowledgeBase(
        name="case",
        knowledge=knowledge,
        concepts=concepts,
        rules=tuple(rules),
        reader=ProposalReader(knowledge.vocabularies),
    )


def _files(pack: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The files of what a pack knows, with what the language asks for besides its meaning: titles, sources."""
    facts, sources = "facts/case", ["TFEU 1"]
    yield f"{facts}/pack.toml", {"title": _WORDS, "sources": sources}
    yield f"{facts}/principles.toml", {"p": {"title": _WORDS, "statement": _WORDS, "sources": sources}}
    for name, terms in pack["vocabularies"].items():
        yield (
            f"{facts}/vocabulary/{name}.toml",
            {term: {**_WORDS, "broader": list(broader)} for term, broader in terms.items()},
        )
    yield (
        f"{facts}/kinds.toml",
        {
            kind: {"title": _WORDS, "fields": {name: {**field, "title": _WORDS} for name, field in fields.items()}}
            for kind, fields in pack["kinds"].items()
        },
    )
    for kind, listed in pack["facts"].items():
        numbered = [{"id": f"f{number}", "sources": sources, **fact} for number, fact in enumerate(listed)]
        yield f"{facts}/{kind}s.toml", {"kind": kind, "fact": numbered}


def _dated(data: Any) -> Any:
    """What is written as a day is one; a pack in TOML says so itself."""
    if isinstance(data, dict):
        return {key: _dated(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_dated(value) for value in data]
    return date.fromisoformat(data) if isinstance(data, str) and _DATE.fullmatch(data) else data


def _second_reading(case: Mapping[str, Any]) -> dict[str, Any]:
    """By the evaluator that was written from the document of the language alone."""
    pack, day = _dated(case["pack"]), date.fromisoformat(case["day"])
    proposal = _dated(case["proposal"])
    if "looked_for" in proposal:
        return {"name": case["name"], "cannot": "nothing is presumed here"}
    kinds = pack["kinds"]
    world = World(
        pack["vocabularies"],
        {
            kind: {name: field["vocabulary"] for name, field in fields.items() if "vocabulary" in field}
            for kind, fields in kinds.items()
        },
        {
            kind: frozenset(name for name, field in fields.items() if field["type"] == "citation")
            for kind, fields in kinds.items()
        },
        {kind: [fact for fact in pack["facts"].get(kind, ()) if _holds(fact, day)] for kind in kinds},
        pack["concepts"],
    )
    rules = {name: rule for name, rule in pack["rules"].items() if _holds(rule, day)}
    says: list[list[str | None]] = []
    for name, outcomes in Reader(world, proposal).outcomes(_stronger_first(rules)).items():
        whole = scope(rules[name], pack["concepts"]) == "proposal"
        places: Sequence[str | None] = [None] if whole else [measure["id"] for measure in proposal.get("measure", [])]
        says += [
            [name, place, outcome]
            for place, outcome in zip(places, outcomes, strict=True)
            if outcome != "not-applicable"
        ]
    return {"name": case["name"], "says": says}


def _holds(held: Mapping[str, Any], day: date) -> bool:
    return bool(held.get("valid_from", day) <= day <= held.get("valid_to", day))


def _stronger_first(rules: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}

    def visit(name: str) -> None:
        for above in (other for other in rules if name in rules[other].get("defeats", ())):
            visit(above)
        found.setdefault(name, rules[name])

    for name in rules:
        visit(name)
    return found


def main(arguments: Sequence[str]) -> int:
    """Answer case by case."""
    (name,) = arguments
    engine = engine_of(name)
    for line in sys.stdin:
        sys.stdout.write(f"{json.dumps(engine(json.loads(line)))}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
