"""The mutants of a rule: each its file with one fault planted, read and compiled."""

import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, get_args

from attrs import evolve, field, frozen

from consistent.authoring.mutation._places import (
    BOUNDS,
    Place,
    Planted,
    held,
    places,
    planted_in_test,
    removal,
    shifted,
)
from consistent.errors import Faults, InputError, Location
from consistent.knowledge.entries import Knowledge, Period
from consistent.rules.compiling import compile_rules
from consistent.rules.loading import check_message, read_condition
from consistent.rules.program import Clause, FactLookup
from consistent.rules.reading import ConditionReader, scope_of
from consistent.rules.rule import VERDICTS, Ground, Rule, RuleException
from consistent.toml.rewriting import REMOVED, rewrite
from consistent.toml.tomlfile import KeyPath, TomlFile, format_key

__all__ = ["Left", "Meaning", "Mutant", "meaning", "mutants_of", "planted_in_conditions", "planted_in_head"]

# Faults in what a rule says and when it holds: verdict, ground, superiority, period.


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


# Faults in how conditions hang together, and in exceptions.

_DROPPED = {"condition": "drop-condition", "alternative": "drop-alternative", "part": "drop-part", "test": "drop-test"}
_CONNECTIVES = {"any": "all", "all": "any"}


def planted_in_conditions(rule: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Planted]:
    """Every fault in the conditions of a rule, in the order of writing."""
    for place in places(rule, knowledge):
        if place.kind == "bound":
            yield from _bound(place, rule)
            continue
        taken_out = removal(rule, place.path)
        if taken_out is not None:
            yield _DROPPED[place.kind], place.path, taken_out
        if place.kind == "test":
            yield from planted_in_test(place, knowledge)
        elif place.kind == "condition":
            yield from _condition(place, rule)
    exceptions = rule.get("unless", ())
    for index, _ in enumerate(exceptions):
        path: KeyPath = ("unless", index)
        yield "drop-exception", path, {path if len(exceptions) > 1 else path[:1]: REMOVED}


def _bound(place: Place, rule: Mapping[str, Any]) -> Iterator[Planted]:
    yield from shifted(place.value, place.path)
    if all(bound in held(rule, place.path[:-1]) for bound in BOUNDS):
        yield "drop-bound", place.path, {place.path: REMOVED}


def _condition(place: Place, rule: Mapping[str, Any]) -> Iterator[Planted]:
    key, around = str(place.path[-1]), place.path[:-1]
    table: Mapping[str, Any] = held(rule, around)
    if key == "not":
        yield from _affirmed(place, table)
        return
    other = _CONNECTIVES.get(key)
    if other is not None and len(place.value) > 1 and other not in table:
        yield "swap-connective", place.path, {(*around, other): place.value, place.path: REMOVED}
    before = table.get("not", [])
    denied = [*(before if isinstance(before, list) else [before]), {key: place.value}]
    if around[-1:] != ("not",) or len(table) > 1:
        # Added before the other is gone, so that the table around both is never without a key.
        added = denied if len(denied) > 1 else denied[0]
        yield "negate-condition", place.path, {(*around, "not"): added, place.path: REMOVED}


def _affirmed(place: Place, table: Mapping[str, Any]) -> Iterator[Planted]:
    """Faults that take a `not` away, and leave what it denied."""
    around = place.path[:-1]
    listed = (
        [(condition, (*place.path, index)) for index, condition in enumerate(place.value)]
        if isinstance(place.value, list)
        else [(place.value, place.path)]
    )
    for denied, path in listed:
        gone = place.path if len(listed) == 1 else path
        if not set(denied) & (set(table) - {"not"}) and "not" not in denied:
            yield "affirm-condition", path, {(*around, key): part for key, part in denied.items()} | {gone: REMOVED}
        elif "all" not in table:
            yield "affirm-condition", path, {(*around, "all"): [denied], gone: REMOVED}


# Why a fault that was planted is no mutant: it says the same as the rule, or it makes no rule that can be loaded.
Left = Literal["equivalent", "invalid"]


@frozen(kw_only=True, eq=False)
class Mutant:
    """A rule with one fault.

    Attributes:
        id: the rule, the operator and the place; stays the same as long as the place does.
        place: in the original file.
        text: of the whole file.
        original: the rule without the fault.
        rule: the rule with it.
    """

    id: str
    operator: str
    place: Location
    text: str = field(repr=False)
    original: Rule = field(repr=False)
    rule: Rule = field(repr=False)

    @property
    def diff(self) -> tuple[str, ...]:
        """What the fault changes in the file, in the form of a patch; line by line."""
        path = self.original.anchor.file.path
        before = (self.original.anchor.file.text or "").splitlines()
        return tuple(difflib.unified_diff(before, self.text.splitlines(), path, path, lineterm="", n=1))


@frozen
class Meaning:
    """Everything of a rule that can change what is found; two rules with one meaning are equivalent: no test can tell them apart."""

    said: tuple[str, ...]
    defeats: frozenset[str]
    period: Period
    scope: str
    when: frozenset[Clause]
    unless: tuple[frozenset[Clause], ...]


def meaning(rule: Rule, facts: FactLookup, day: date) -> Meaning:
    """What a rule means with the facts of a day.

    Raises:
        InputError: its conditions spread out to too many alternatives.
    """
    compiled = compile_rules((evolve(rule, period=Period()),), facts, day).rules[0]
    return Meaning(
        (rule.verdict, rule.ground), frozenset(rule.defeats), rule.period, rule.scope, compiled.when, compiled.unless
    )


def mutants_of(rule: Rule, knowledge: Knowledge, today: date) -> Iterator[tuple[str, Location, Mutant | Left]]:
    """Every mutant of a rule, by id and place, in the order of its file; of those that mean the same the first one only.

    Args:
        rule: read from a file.
        knowledge: of the pack.
        today: the day whose facts count, unless the rule holds on another one only.
    """
    file = rule.anchor.file
    day = rule.period.nearest(today)
    facts = FactLookup(knowledge, day)
    reader = ConditionReader(knowledge)
    seen = {meaning(rule, facts, day)}
    for operator, path, changes in _planted(file.data, knowledge):
        name, place = f"{rule.id}:{operator}:{format_key(path)}", file.location(path)
        try:
            text = rewrite(file.text or "", changes)
            mutated = _read(rule, TomlFile.parse(text, file.path), reader, knowledge)
            meant = meaning(mutated, facts, day)
        except InputError:
            yield name, place, "invalid"
            continue
        if meant in seen:
            yield name, place, "equivalent"
            continue
        seen.add(meant)
        yield name, place, Mutant(id=name, operator=operator, place=place, text=text, original=rule, rule=mutated)


def _planted(data: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Planted]:
    yield from planted_in_head(data)
    yield from planted_in_conditions(data, knowledge)


def _read(rule: Rule, file: TomlFile, reader: ConditionReader, knowledge: Knowledge) -> Rule:
    """The rule with what its changed file says.

    Raises:
        InputError: the pack could not be loaded with it.
    """
    data, faults = file.data, Faults()
    when = read_condition(reader, data["when"], ("when",), file, faults)
    unless: list[RuleException] = []
    for index, table in enumerate(data.get("unless", ())):
        at: KeyPath = ("unless", index)
        asked = {key: part for key, part in table.items() if key != "reason"}
        condition = read_condition(reader, asked, at, file, faults)
        if condition is not None:
            unless.append(RuleException(condition, rule.unless[min(index, len(rule.unless) - 1)].reason))
    faults.raise_any()
    assert when is not None  # noqa: S101  a condition that cannot be read was raised
    conditions = [when, *(exception.condition for exception in unless)]
    check_message(conditions, knowledge, file, faults)
    period = Period(data.get("valid_from"), data.get("valid_to"))
    if period.never:
        faults.add("`valid_to` is before `valid_from`", file.location(("valid_to",)))
    faults.raise_any()
    pack = next(manifest for manifest in knowledge.packs if manifest.name == rule.pack)
    return evolve(
        rule,
        verdict=data["verdict"],
        ground=data["ground"],
        defeats=tuple(data.get("defeats", ())),
        period=period.within(pack.period),
        scope=scope_of(conditions),
        when=when,
        unless=tuple(unless),
    )
