"""Random packs and proposals as TOML has them, in the small world of the random packs: drawn fast, and of chance alone."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from consistent.authoring.strategies.random_packs import type_of
from consistent.checker import KnowledgeBase
from consistent.errors import InputError
from consistent.knowledge.entries import Fact, Period
from consistent.model.values import Value
from consistent.rules.compiling import compile_rules
from consistent.rules.program import FactLookup
from consistent.rules.reading import ConditionReader
from consistent.sources import broader_citations
from consistent.toml.proposals import ProposalReader, opened
from tests.properties.random_packs import (
    ANCHOR,
    DAY,
    MEASURE,
    PROPOSAL,
    VOCABULARIES,
    conditions,
    knowledge,
    make_rule,
    pool,
)

__all__ = ["PLAIN", "TERMS", "draw_facts", "draw_proposal", "draw_rules", "made", "refined", "tells_more"]

TERMS: Mapping[str, Mapping[str, Sequence[str]]] = {
    name: {term: vocabulary.terms[term].broader for term in vocabulary.terms}
    for name, vocabulary in VOCABULARIES.items()
}
PLAIN: dict[str, Any] = {"when": {"measure": {"effects": "a"}}, "unless": [], "defeats": []}
_FACT = {
    "article": "legal_basis",
    "area": "areas",
    "ceiling": "amount",
    "since": "starts",
    "strict": "",
    "name": "reference",
}
_SINGLE = frozenset(
    {"bindingness", "kind", "reference", "amount", "starts", "budget", "date", "entry_into_force", "age", "reach"}
)
# What TOML holds: whole numbers of 64 bits.
_LARGEST = 2**63 - 1
# How often more is told of a field.
_TOLD = 0.3
# Of texts in small cases.
_LONGEST = 1_000


def _atoms(field: str) -> list[Any]:
    return [
        atom
        for atom in pool(field)
        if (not isinstance(atom, int) or -_LARGEST <= atom <= _LARGEST) and len(str(atom)) < _LONGEST
    ]


_POOLS = {field: _atoms(field) for field in (*MEASURE, *PROPOSAL)}


def draw_facts(chance: Random) -> list[dict[str, list[Any]]]:
    """Facts of the one kind that there is: lists of values by field."""
    found = []
    for _ in range(chance.randint(0, 4)):
        fact = {}
        for name, like in _FACT.items():
            if chance.random() < 0.7:
                atoms = _POOLS[like] if like else [True, False]
                fact[name] = chance.sample(atoms, 1 if name == "strict" else chance.randint(1, 2))
        found.append(fact)
    return found


def draw_rules(chance: Random, most: int = 10) -> list[dict[str, Any]]:
    """Conditions and exceptions by the strategies of random packs; some rules defeat later ones."""
    drawn: list[Any] = []

    @seeded(chance.getrandbits(64))
    @settings(
        max_examples=most,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from([0, 1, 1, 1, 2]).flatmap(conditions), st.lists(conditions(), max_size=2))
    def collect(when: dict[str, Any], unless: list[dict[str, Any]]) -> None:
        drawn.append({"when": when, "unless": unless})

    collect()
    rules = drawn[1:] or drawn
    for number, rule in enumerate(rules):
        later = range(number + 1, len(rules))
        rule["defeats"] = [f"random/r{below}" for below in later if chance.random() < 0.12]
    return rules


def _value(chance: Random, field: str) -> Any:
    """What TOML says of a field; None where it is left out."""
    # An amount below zero is refused.
    atoms = [atom for atom in _POOLS[field] if not (isinstance(atom, int) and atom < 0)]
    most = 1 if field in _SINGLE else 3
    how = chance.random()
    if how < 0.25:
        return None
    if how < 0.6 or type_of(field) in {"amount", "date"}:
        return chance.sample(atoms, min(chance.randint(0, most), len(atoms)))
    some = chance.sample(atoms, min(len(atoms), 4))
    has = some[: chance.randint(0, 0 if field in _SINGLE else 2)]
    if how < 0.85 or type_of(field) != "terms":
        return {"has": has, "lacks": some[2 : 2 + chance.randint(0, 2)]}
    return {"has": has, "may": some[2 : 2 + chance.randint(0, 2)]}


def draw_proposal(chance: Random, reader: ProposalReader, most: int = 5) -> dict[str, Any]:
    """A proposal that the reader takes."""
    header = _part(chance, PROPOSAL, lambda part: {"proposal": part}, reader)
    measures = [
        {"id": f"m{number}", **_part(chance, MEASURE, lambda part: {"measure": [{"id": "m", **part}]}, reader)}
        for number in range(chance.randint(0, most))
    ]
    return {"proposal": header, "measure": measures}


def _part(
    chance: Random, fields: Sequence[str], whole: Callable[[dict[str, Any]], Any], reader: ProposalReader
) -> dict[str, Any]:
    part = {name: value for name in fields if (value := _value(chance, name)) is not None}
    # What is there and not there at once, or narrower than what is not there, no proposal can say.
    return {
        name: value
        for name, value in part.items()
        if not isinstance(value, dict) or _read(reader, whole({name: value}))
    }


def _read(reader: ProposalReader, data: Any) -> bool:
    try:
        reader.read(opened(data, "<proposal>"))
    except InputError:
        return False
    return True


def refined(chance: Random, proposal: Mapping[str, Any], reader: ProposalReader) -> dict[str, Any]:
    """The proposal with more told of some fields, and nothing told otherwise."""

    def told(part: Mapping[str, Any], fields: Sequence[str], whole: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        more = {name: _told(chance, name, part.get(name)) for name in fields if chance.random() < _TOLD}
        return {
            **part,
            **{
                name: value for name, value in more.items() if value is not None and _read(reader, whole({name: value}))
            },
        }

    return {
        "proposal": told(proposal["proposal"], PROPOSAL, lambda part: {"proposal": part}),
        "measure": [
            told(measure, MEASURE, lambda part: {"measure": [{"id": "m", **part}]}) for measure in proposal["measure"]
        ],
    }


def _told(chance: Random, name: str, known: Any) -> Any:
    """More of a field; None where no more can be told."""
    value = _value(chance, name)
    if isinstance(known, dict) and isinstance(value, list | dict):
        has = [*known.get("has", ()), *(value if isinstance(value, list) else value["has"])]
        value = list(dict.fromkeys(has)) if isinstance(value, list) else {**known, "has": list(dict.fromkeys(has))}
    return value if value is not None and tells_more(name, known, value) else None


def tells_more(name: str, known: Any, value: Any) -> bool:
    """Whether a value of a field says all that is known of it, or the same."""
    if known == value:
        return True
    if known is None:
        # Left out, these two say something: what they are told to be is another proposal.
        return name not in {"legal_basis", "starts", "entry_into_force"} and value is not None
    if not isinstance(known, dict) or value is None:
        return False
    partly = isinstance(value, dict)
    has = set(value.get("has", ()) if partly else value)
    lacks, may = set(known.get("lacks", ())), known.get("may")
    if name in _SINGLE and (len(has) > 1 or (partly and known.get("has"))):
        return False
    if not set(known.get("has", ())) <= has or (partly and not lacks <= set(value.get("lacks", ()))):
        return False
    if partly and may is not None and not (value.get("may") is not None and set(value["may"]) <= set(may)):
        return False
    above = {atom: _above(name, atom) for atom in has - set(known.get("has", ()))}
    return all(not each & lacks and (may is None or bool(each & set(may))) for each in above.values())


def _above(name: str, atom: Any) -> set[Any]:
    """A value with all that is broader."""
    if type_of(name) == "terms":
        return {atom, *(wider for one in TERMS["areas"][atom] for wider in _above(name, one))}
    return {*broader_citations(atom)} if type_of(name) == "citation" else {atom}


def made(
    facts: Sequence[Mapping[str, Sequence[Any]]], rules: Sequence[Mapping[str, Any]]
) -> tuple[KnowledgeBase, list[dict[str, Any]]]:
    """The pack that they make, and its rules: one that cannot be compiled is another.

    Args:
        facts: as `draw_facts` gives them.
        rules: as `draw_rules` gives them.
    """
    known = knowledge(
        tuple(
            Fact(
                id=f"f{number}", kind="basis", pack="random", values={name: Value.exactly(*fact.get(name, ())) for name in _FACT},
                sources=("TFEU 1",), period=Period(), verified=None, ground="law", readings=None, anchor=ANCHOR,
            )
            for number, fact in enumerate(facts)
        )
    )  # fmt: skip
    reader, lookup = ConditionReader(known), FactLookup(known, DAY)
    taken, listed = [], []
    for number, drawn in enumerate(rules):
        one = dict(drawn)
        try:
            rule = make_rule(number, one["when"], list(one.get("unless", ())), reader)
            compile_rules([rule], lookup, DAY)
        except InputError:
            one = {**PLAIN, "defeats": one.get("defeats", [])}
            rule = make_rule(number, one["when"], [], reader)
        taken.append(one)
        listed.append(rule)
    scopes = {rule.id: rule.scope for rule in listed}
    for number, (one, rule) in enumerate(zip(taken, listed, strict=True)):
        # A rule on measures defeats none on the whole proposal.
        below = [
            name
            for name in one.get("defeats", ())
            if name in scopes and (rule.scope == "proposal" or scopes[name] == "measure")
        ]
        one["defeats"] = below
        listed[number] = evolve(rule, defeats=tuple(sorted(below)))
    return KnowledgeBase(
        name="random", knowledge=known, rules=tuple(listed), reader=ProposalReader(known.vocabularies)
    ), taken
