"""Writes the sets of cases: of the tables in `written/`, and of random packs. `python -m tests.conformance.writing`.

Of tables they are written anew each time; look at what has changed. Random sets are kept as they are once they are written, since
what is drawn hangs on the version of hypothesis; `--random` draws them anew. What a random case must say is what the second
reading says (`tests.campaigns.second_reading`), which was written from the document of the language alone.
"""

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from consistent.rules.conditions import Reference, facts_in, tests_in
from consistent.rules.rule import Rule
from tests.campaigns.evaluators import world_of
from tests.campaigns.second_reading import Reader, scope
from tests.campaigns.small_world import PLAIN, TERMS, draw_facts, draw_proposal, draw_rules, made
from tests.conformance.sets import CASES
from tests.properties.random_packs import DAY, KINDS

__all__ = ["as_text", "main", "random_set", "written_set", "written_sets"]

WRITTEN = Path(__file__).parent / "written"
_LETTERS = {"+": "applies", "?": "open", "x": "excepted", "d": "defeated", "p": "presumed", ".": ""}
# Of each table that does not name its days.
_DAY = "2026-01-15"
_VOCABULARIES = ("areas", "bindingness", "effects", "kinds", "safeguards", "statements")
_RANDOM_SETS, _PROPOSALS, _MEASURES = 40, 8, 4
# Of a rule in letters; longer ones are nested deeper than anybody can follow, or hold a text that tries how long one can be.
_LONGEST = 1_500
# What the type of a field is called in a pack, where that is another word.
_TYPES = {"amount": "integer"}


def written_sets() -> Iterator[tuple[str, dict[str, Any]]]:
    """The set of each table, by its name."""
    for path in sorted(WRITTEN.glob("*.toml")):
        if path.stem != "world":
            yield path.stem, written_set(tomllib.loads(path.read_text("utf-8")))


def written_set(table: Mapping[str, Any]) -> dict[str, Any]:
    """The set that a table stands for.

    Args:
        table: `rules` and, under `measures`, measures that stand beside each other in one proposal, or under `proposals`
            proposals. `says` has a line for each rule with, below the name of each measure or proposal, a letter for what
            becomes of the rule, or of a proposal one for each measure.
    """
    world = tomllib.loads((WRITTEN / "world.toml").read_text("utf-8"))
    pack = {**world, "facts": table.get("facts", {}), "concepts": table.get("concepts", {}), "rules": table["rules"]}
    heads, *rows = (line.split() for line in table["says"].splitlines() if line.strip())
    letters = {name: dict(zip(heads, cells, strict=True)) for name, *cells in rows}
    assert letters.keys() == table["rules"].keys(), letters.keys() ^ table["rules"].keys()
    if "measures" in table:
        assert heads == list(table["measures"])
        whole = {key: table[key] for key in ("proposal", "looked_for") if key in table}
        measures = [{"id": name, **measure} for name, measure in table["measures"].items()]
        says = [
            [rule, name, _LETTERS[letter]]
            for rule, cells in letters.items()
            for name, letter in cells.items()
            if _LETTERS[letter]
        ]
        listed = [
            {"name": "all", "day": _DAY, "proposal": {"proposal": {}, **whole, "measure": measures}, "says": says}
        ]
    else:
        assert heads == list(table["proposals"])
        listed = [
            _on_proposal(name, proposal, letters, pack, str(table.get("days", {}).get(name, _DAY)))
            for name, proposal in table["proposals"].items()
        ]
    return {"about": table["about"], "pack": pack, "cases": listed}


def _on_proposal(
    name: str, proposal: Mapping[str, Any], letters: Mapping[str, Mapping[str, str]], pack: Mapping[str, Any], day: str
) -> dict[str, Any]:
    measures = [{"id": f"m{number}", **measure} for number, measure in enumerate(proposal.get("measure", []))]
    says: list[list[str | None]] = []
    for rule, cells in letters.items():
        cell = cells[name].replace("-", "")
        whole = scope(pack["rules"][rule], pack["concepts"]) == "proposal"
        places: Sequence[str | None] = [None] if whole else [measure["id"] for measure in measures]
        says += [
            [rule, place, _LETTERS[letter]] for place, letter in zip(places, cell, strict=True) if _LETTERS[letter]
        ]
    return {"name": name, "day": day, "proposal": {"proposal": {}, **proposal, "measure": measures}, "says": says}


def random_set(number: int) -> dict[str, Any]:
    """A random pack with random proposals, and what the second reading says of them."""
    chance = Random(number)
    facts = draw_facts(chance)
    kb, rules = made(facts, draw_rules(chance))
    named = {f"r{at}": _renamed(rule if _is_told(kb.rules[at], rule) else PLAIN) for at, rule in enumerate(rules)}
    listed = []
    for at in range(_PROPOSALS):
        proposal = draw_proposal(chance, kb._reader, _MEASURES)
        says = []
        for rule, outcomes in Reader(world_of(facts), proposal).outcomes(named).items():
            whole = scope(named[rule]) == "proposal"
            places = [None] if whole else [measure["id"] for measure in proposal["measure"]]
            says += [
                [rule, place, outcome]
                for place, outcome in zip(places, outcomes, strict=True)
                if outcome != "not-applicable"
            ]
        listed.append({"name": str(at), "day": DAY.isoformat(), "proposal": proposal, "says": says})
    kinds = {
        kind: {
            field.name: {
                "type": _TYPES.get(field.type, field.type),
                **({"vocabulary": field.vocabulary} if field.type == "terms" else {}),
            }
            for field in held.fields.values()
        }
        for kind, held in KINDS.items()
    }
    pack = {
        "vocabularies": {name: TERMS[name] for name in _VOCABULARIES},
        "kinds": kinds,
        "facts": {"basis": facts},
        "concepts": {},
        "rules": named,
    }
    return {"about": "A random pack of the properties of this library", "pack": pack, "cases": listed}


def _is_told(read: Rule, rule: Mapping[str, Any]) -> bool:
    """Whether a rule is one of the language: each fact is joined, and TOML holds its numbers; and one that can be followed."""
    joined = all(
        any(isinstance(test.operand, Reference) for test in tests_in(fact))
        for condition in read.conditions
        for fact in facts_in(condition)
    )
    return (
        joined
        and len(json.dumps(rule, default=_plain)) < _LONGEST
        and all(_fits(part) for part in (rule["when"], rule["unless"]))
    )


def _fits(part: Any) -> bool:
    if isinstance(part, Mapping):
        return all(map(_fits, part.values()))
    if isinstance(part, list):
        return all(map(_fits, part))
    return not isinstance(part, int) or abs(part) < 2**53


def _renamed(rule: Mapping[str, Any]) -> dict[str, Any]:
    below = [name.removeprefix("random/") for name in rule.get("defeats", ())]
    kept = {"when": rule["when"], "unless": list(rule.get("unless", ())), "defeats": below}
    return {key: value for key, value in kept.items() if value}


def as_text(listed: Mapping[str, Any]) -> str:
    """A set as its file has it: a line for each rule and each case."""
    plain = json.loads(json.dumps(listed, default=_plain))

    def line(value: Any) -> str:
        return json.dumps(value, ensure_ascii=True)

    def block(name: str, parts: Mapping[str, Any], indent: str) -> str:
        inner = ",\n".join(f"{indent}  {line(key)}: {line(value)}" for key, value in parts.items())
        return f"{indent}{line(name)}: {{\n{inner}\n{indent}}}" if parts else f"{indent}{line(name)}: {{}}"

    pack = ",\n".join(block(name, parts, "    ") for name, parts in plain["pack"].items())
    listed_cases = ",\n".join(f"    {line(case)}" for case in plain["cases"])
    return (
        f'{{\n  "about": {line(plain["about"])},\n  "pack": {{\n{pack}\n  }},\n  "cases": [\n{listed_cases}\n  ]\n}}\n'
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value)


def main(arguments: Sequence[str]) -> int:
    """Write what there should be."""
    CASES.mkdir(exist_ok=True)
    for name, listed in written_sets():
        (CASES / f"{name}.json").write_text(as_text(listed), "utf-8")
    for number in range(_RANDOM_SETS):
        path = CASES / f"random-{number:02}.json"
        if "--random" in arguments or not path.exists():
            path.write_text(as_text(random_set(number)), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
