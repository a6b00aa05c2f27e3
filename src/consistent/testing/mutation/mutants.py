"""The mutants of a rule: each its file with one fault planted, read and compiled."""

import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from attrs import evolve, field, frozen

from consistent.errors import Faults, InputError, Location
from consistent.knowledge.base import Knowledge
from consistent.knowledge.entries import Period
from consistent.reading.rewriting import rewrite
from consistent.reading.tomlfile import KeyPath, TomlFile, format_key
from consistent.rules.compiling import compile_rules
from consistent.rules.facts import FactLookup
from consistent.rules.loading import check_message, read_condition
from consistent.rules.program import Clause
from consistent.rules.reading import ConditionReader, scope_of
from consistent.rules.rule import Rule, RuleException
from consistent.testing.mutation.asked import Planted
from consistent.testing.mutation.conditions import planted_in_conditions
from consistent.testing.mutation.heads import planted_in_head

__all__ = ["Left", "Meaning", "Mutant", "meaning", "mutants_of"]

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
    """Everything of a rule that can change what is found; two rules that mean the same are told apart by no test."""

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
    for index, each in enumerate(data.get("unless", ())):
        at: KeyPath = ("unless", index)
        asked = {key: part for key, part in each.items() if key != "reason"}
        condition = read_condition(reader, asked, at, file, faults)
        if condition is not None:
            unless.append(RuleException(condition, rule.unless[min(index, len(rule.unless) - 1)].reason))
    faults.raise_any()
    assert when is not None  # noqa: S101  a condition that cannot be read was raised
    conditions = [when, *(each.condition for each in unless)]
    check_message(conditions, knowledge, file, faults)
    period = Period(data.get("valid_from"), data.get("valid_to"))
    if period.never:
        faults.add("`valid_to` is before `valid_from`", file.location(("valid_to",)))
    faults.raise_any()
    pack = next(each for each in knowledge.packs if each.name == rule.pack)
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
