"""Sets of cases: read, taken apart into cases, and held against what an engine answers."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

__all__ = ["CASES", "Case", "Told", "cases", "cases_of", "disagreements", "question"]

CASES = Path(__file__).parent / "cases"
# Rule, measure or None for the proposal as a whole, and what becomes of it there.
Told = tuple[str, str | None, str]


@frozen
class Case:
    """A proposal before a pack on a day, and what must be said.

    Attributes:
        name: of its set and its own.
        says: whatever is said; of any other rule nothing is.
    """

    name: str
    day: str
    pack: Mapping[str, Any]
    proposal: Mapping[str, Any]
    says: frozenset[Told]


def cases(folder: Path = CASES) -> Iterator[Case]:
    """Every case of every set in a folder, in order of name."""
    for path in sorted(folder.glob("*.json")):
        yield from cases_of(path.stem, json.loads(path.read_text("utf-8")))


def cases_of(name: str, listed: Mapping[str, Any]) -> Iterator[Case]:
    """The cases of a set."""
    for case in listed["cases"]:
        says = frozenset((rule, measure, outcome) for rule, measure, outcome in case["says"])
        yield Case(f"{name}/{case['name']}", case["day"], listed["pack"], case["proposal"], says)


def question(case: Case) -> str:
    """A case as an engine is given it, on a line: all but what must be said."""
    data = {"name": case.name, "day": case.day, "pack": case.pack, "proposal": case.proposal}
    return json.dumps(data, ensure_ascii=True)


def disagreements(case: Case, answer: Mapping[str, Any]) -> Iterator[str]:
    """Where an answer is not what must be said; nothing where it is."""
    if answer.get("name") != case.name:
        yield f"{case.name}: the answer is for `{answer.get('name')}`"
        return
    if "cannot" in answer:
        yield f"{case.name}: {answer['cannot']}"
        return
    try:
        found = frozenset((rule, measure, outcome) for rule, measure, outcome in answer["says"])
    except (KeyError, TypeError, ValueError):
        yield f"{case.name}: the answer has no list `says` of rule, measure and outcome"
        return
    for title, among in (("must be said", case.says - found), ("must not be said", found - case.says)):
        yield from (f"{case.name}: {title}: {_shown(told)}" for told in _in_order(among))


def _in_order(among: Iterable[Told]) -> list[Told]:
    return sorted(among, key=lambda told: tuple(map(str, told)))


def _shown(told: Told) -> str:
    rule, measure, outcome = told
    return f"{rule} on {measure or 'the proposal as a whole'}: {outcome}"
