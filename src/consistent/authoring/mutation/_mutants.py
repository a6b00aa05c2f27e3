"""The mutants of a rule: each its file with one fault planted, read and compiled.

First the places where a fault can be planted (conditions, parts of them, tests, bounds), then the faults, then the mutants.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, Literal, get_args

from attrs import evolve, field, frozen

from consistent.errors import Faults, InputError, Location
from consistent.knowledge.entries import Knowledge, Period
from consistent.model.proposal import Field
from consistent.model.vocabulary import Vocabulary
from consistent.rules.compiling import compile_rules
from consistent.rules.conditions import Concept
from consistent.rules.exceptions import ExceptionReader
from consistent.rules.loading import check_message, read_condition
from consistent.rules.operators import NUMBERED, NUMERIC, RECKONING, SUMMED
from consistent.rules.program import Clause, FactLookup
from consistent.rules.reading import ConditionReader, scope_of
from consistent.rules.rule import EXCEPTION_KEYS, VERDICTS, Ground, Rule
from consistent.toml.rewriting import REMOVED, Data, rewrite
from consistent.toml.tomlfile import KeyPath, TomlFile, format_key

__all__ = ["Left", "Meaning", "Mutant", "meaning", "mutants_of", "planted_in_conditions", "planted_in_head"]

# Places.

# What is set where; `REMOVED` takes out. In the order in which it is done.
Changes = dict[KeyPath, Data]
Kind = Literal["condition", "alternative", "part", "test", "bound"]

BOUNDS = ("at_least", "at_most")
# A concept is asked for as a text is: by its name, or by one of a list.
_CONCEPT = Field("concept", "text")


@frozen
class Place:
    """One place in a condition as its TOML has it.

    Attributes:
        kind: a `condition` is a key of a table of conditions, an `alternative` an item of `any`, a `part` one of `all` or
            of a list under `not`, a `test` a field with what is asked of it, a `bound` one of a count.
        path: from the top of the file.
        value: what stands there.
        field: of a test.
        owner: of a test: `measure`, `proposal`, `other`, `count` or a kind of fact.
    """

    kind: Kind
    path: KeyPath
    value: Any
    field: Field | None = None
    owner: str = ""


def places(rule: Mapping[str, Any], knowledge: Knowledge) -> Iterator[Place]:
    """Every place in the conditions of a rule that can be read, in the order of writing."""
    yield from _table(rule["when"], ("when",), knowledge, "")
    for at, table in exceptions_in(rule):
        asked = {key: part for key, part in table.items() if key not in EXCEPTION_KEYS}
        yield from _table(asked, at, knowledge, "")


def exceptions_in(table: Mapping[str, Any], at: KeyPath = ()) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:
    """Every exception of a rule with its path, each before the exceptions to it."""
    for index, exception in enumerate(table.get("unless", ())):
        here = (*at, "unless", index)
        yield here, exception
        yield from exceptions_in(exception, here)


def _table(table: Mapping[str, Any], at: KeyPath, knowledge: Knowledge, inside: str) -> Iterator[Place]:
    for key, value in table.items():
        here = (*at, key)
        if inside and key in BOUNDS:
            yield Place("bound", here, value)
            continue
        if inside == "sum" and key in SUMMED:
            yield Place("test", here, value, SUMMED[key], inside)
            continue
        yield Place("condition", here, value)
        if key in {"any", "all", "not"}:
            listed = isinstance(value, list)
            for index, part in enumerate(value) if listed else ():
                yield Place("alternative" if key == "any" else "part", (*here, index), part)
                yield from _table(part, (*here, index), knowledge, inside)
            if not listed:
                yield from _table(value, here, knowledge, inside)
        elif key in {"count", "sum"}:
            yield from _table(value, here, knowledge, key)
        elif key == "concept":
            yield Place("test", here, value, _CONCEPT, key)
        else:
            yield from _tests(value, here, _fields(key, knowledge), inside if key == "measure" and inside else key)


def _tests(table: Mapping[str, Any], at: KeyPath, fields: Mapping[str, Field], owner: str) -> Iterator[Place]:
    for name, asked in table.items():
        yield Place("test", (*at, name), asked, _CONCEPT if name == "concept" else fields[name], owner)


def _fields(key: str, knowledge: Knowledge) -> Mapping[str, Field]:
    fields = knowledge.fields
    known = {"measure": fields.measure, "other": fields.measure, "proposal": fields.proposal}
    return known[key] if key in known else knowledge.kinds[key].fields


def held(data: Any, path: KeyPath) -> Any:
    """What stands at a path of plain data."""
    for step in path:
        data = data[step]
    return data


def removal(data: Mapping[str, Any], path: KeyPath) -> Changes | None:
    """What takes out a place together with what would be empty without it; None where nothing would be left to ask."""
    while not _others(held(data, path[:-1]), path[-1]):
        path = path[:-1]
        if path == ("when",) or path[-2] == "unless":
            return None
    return {path: REMOVED}


def _others(container: Mapping[str, Any] | Sequence[Any], gone: str | int) -> bool:
    """Whether a container still asks something once one of its items is gone."""
    if isinstance(container, Mapping):
        return any(key != gone and key not in {*BOUNDS, *EXCEPTION_KEYS} for key in container) or _asks_amount(
            container, gone
        )
    return len(container) > 1


def _asks_amount(container: Mapping[str, Any], gone: str | int) -> bool:
    """Whether a bound that is left is one of an amount, or a bound is taken out and another one left."""
    return gone in BOUNDS and any(key != gone for key in container if key in BOUNDS)


# Faults in one test: what is asked of a field.

# Where, which fault, and what has to change for it.
Planted = tuple[str, KeyPath, Changes]

_NEGATED: Mapping[str, str] = {
    "any": "none", "none": "any", "all": "none", "only": "beyond", "beyond": "only",
    "over": "at_most", "at_most": "over", "under": "at_least", "at_least": "under",
    "after": "until", "until": "after", "before": "from", "from": "before",
}  # fmt: skip
# What is easily written for the one that was meant.
_SWAPPED: Mapping[str, tuple[str, ...]] = {
    "any": ("all", "only"), "all": ("any",), "only": ("any",), "none": ("beyond",), "beyond": ("none",),
    "over": ("at_least",), "at_least": ("over",), "under": ("at_most",), "at_most": ("under",),
    "after": ("from",), "from": ("after",), "before": ("until",), "until": ("before",),
    "contains": ("starts_with",), "starts_with": ("contains",),
}  # fmt: skip
_OF_MANY = {"all", "only", "beyond"}
_LAST_NUMBER = re.compile(r"\d+(?=\D*$)")
_FIRST_NUMBER = re.compile(r"\d+")


@frozen
class _Asked:
    """One operator of a test; `path` is that of the operand."""

    test: Place
    field: Field
    operator: str
    operand: Any
    path: KeyPath

    @property
    def is_bare(self) -> bool:
        """Whether the operand stands without its operator."""
        return self.path == self.test.path

    @property
    def listed(self) -> list[tuple[Any, KeyPath]]:
        """Each value that is asked for, with its path."""
        if isinstance(self.operand, list):
            return [(value, (*self.path, index)) for index, value in enumerate(self.operand)]
        return [(self.operand, self.path)]

    def with_value(self, old: Any, new: Any) -> Changes:
        """What puts another value in the place of one; in a list it comes last, where the layout of the rest is kept."""
        if not isinstance(self.operand, list):
            return {self.path: new}
        return {self.path: [*(value for value in self.operand if value != old), new]}

    def instead(self, operator: str, operand: Any) -> Changes | None:
        """What puts another operator in the place of this one; None where the test has that one already."""
        if self.is_bare:
            return {self.path: operand if operator == "any" else {operator: operand}}
        if operator in self.test.value:
            return None
        return {(*self.test.path, operator): operand, self.path: REMOVED}


def planted_in_test(test: Place, knowledge: Knowledge) -> Iterator[Planted]:
    """Every fault in what a test asks; that the test is gone is none of them."""
    if test.field is None:
        return
    is_table = isinstance(test.value, Mapping)
    words = [word for word in test.value if word not in RECKONING] if is_table else ["any"]
    for operator in words:
        operand = test.value[operator] if is_table else test.value
        path = (*test.path, operator) if is_table else test.path
        asked = _Asked(test, test.field, operator, operand, path)
        if len(words) > 1:
            yield "drop-operator", path, {path: REMOVED}
        yield from _operators(asked)
        yield from _values(asked, knowledge)
        if isinstance(operand, str) and operand.startswith("$"):
            yield from _references(asked, knowledge)
    if is_table:
        yield from _reckoning(test, test.field, knowledge)


def _reckoning(test: Place, field: Field, knowledge: Knowledge) -> Iterator[Planted]:
    """What stands beside operators: a value more or less that is counted, a period of another length, the other way, or gone."""
    for word in (word for word in RECKONING if word in test.value):
        path, content = (*test.path, word), test.value[word]
        if word == "of":
            if field.type not in NUMERIC:
                yield "drop-operator", path, {path: REMOVED}
                yield from _values(_Asked(test, field, word, content, path), knowledge)
            continue
        yield "drop-operator", path, {path: REMOVED}
        other = "minus" if word == "plus" else "plus"
        yield f"swap-operator-{other}", path, {path: REMOVED, (*test.path, other): content}
        yield from _renumbered(content, path)


def _renumbered(text: str, path: KeyPath) -> Iterator[Planted]:
    """A share or a period, one more and one less."""
    number = _FIRST_NUMBER.match(text)
    if number is None:
        return
    for name, by in (("raise-bound", 1), ("lower-bound", -1)):
        changed = int(number[0]) + by
        if changed > 0:
            yield name, path, {path: f"{changed}{text[number.end() :]}"}


def _operators(asked: _Asked) -> Iterator[Planted]:
    if isinstance(asked.operand, bool):
        yield "negate-test", asked.path, {asked.path: not asked.operand}
        return
    if asked.operator in NUMBERED and asked.field.type not in NUMERIC:
        # Not so many is one less at most, not so few one more at least.
        other, by = ("at_most", -1) if asked.operator == "at_least" else ("at_least", 1)
        changes = asked.instead(other, asked.operand + by)
        if changes is not None:
            yield "negate-test", asked.path, changes
        return
    found = [("negate-test", _NEGATED.get(asked.operator))]
    found += [
        (f"swap-operator-{swapped}", swapped) for swapped in _SWAPPED.get(asked.operator, ()) if _fits(swapped, asked)
    ]
    for name, operator in found:
        changes = asked.instead(operator, asked.operand) if operator else None
        if changes is not None:
            yield name, asked.path, changes


def _fits(operator: str, asked: _Asked) -> bool:
    """Whether an operator can stand before the operand, and asks something else there."""
    if operator in _OF_MANY and asked.field.type not in {"terms", "citation"}:
        return False
    if operator == "all":
        return isinstance(asked.operand, list) and len(asked.operand) > 1
    # With another field a test can only share values.
    is_reference = isinstance(asked.operand, str) and asked.operand.startswith(("$measure.", "$proposal.", "$judged."))
    return not (is_reference and operator in _OF_MANY)


def _values(asked: _Asked, knowledge: Knowledge) -> Iterator[Planted]:
    listed = asked.listed
    for value, path in listed:
        if len(listed) > 1:
            yield "drop-value", path, {path: REMOVED}
        if isinstance(value, str) and value.endswith("%") and asked.field.type in NUMERIC:
            yield from _renumbered(value, path)
        elif asked.operator in NUMBERED:
            yield from shifted(value, path)
        elif asked.field.type == "terms":
            near = _sibling(value, [other for other, _ in listed], knowledge.vocabularies[asked.field.vocabulary])
            if near is not None:
                yield "swap-term", path, asked.with_value(value, near)
        elif asked.field.type == "citation" and isinstance(value, str) and not value.startswith("$"):
            near = _LAST_NUMBER.sub(lambda found: str(int(found[0]) + 1), value)
            if near not in [other for other, _ in listed]:
                yield "swap-citation", path, asked.with_value(value, near)
        else:
            yield from shifted(value, path)


def shifted(value: Any, path: KeyPath) -> Iterator[Planted]:
    """A number or a day, one more and one less."""
    if isinstance(value, date):
        yield "raise-bound", path, {path: value + timedelta(1)}
        yield "lower-bound", path, {path: value - timedelta(1)}
    elif isinstance(value, int) and not isinstance(value, bool):
        yield "raise-bound", path, {path: value + 1}
        if value:
            yield "lower-bound", path, {path: value - 1}


def _sibling(term: Any, taken: list[Any], vocabulary: Vocabulary) -> str | None:
    """The next term in order that stands under the same broader one, or at the top as this one does."""
    if term not in vocabulary:
        return None
    above = set(vocabulary.terms[term].broader)
    near = sorted(
        name
        for name, other in vocabulary.terms.items()
        if name not in taken and (above & set(other.broader) or not (above or other.broader))
    )
    return next((name for name in near if name > term), near[0] if near else None)


def _references(asked: _Asked, knowledge: Knowledge) -> Iterator[Planted]:
    """Joins and known values, loosened or led elsewhere."""
    owner, _, name = asked.operand[1:].partition(".")
    if owner in knowledge.kinds:
        if asked.operator != "none" and not (isinstance(asked.test.value, Mapping) and "empty" in asked.test.value):
            changes = asked.instead("empty", operand=False)
            if changes is not None:
                yield "loosen-known-values", asked.path, changes
        wanted = knowledge.kinds[owner].fields[name]
        others = (
            f"${kind}.{field.name}"
            for kind, fact_kind in sorted(knowledge.kinds.items())
            for field in fact_kind.fields.values()
            if kind != owner and field.sort == wanted.sort
        )
        other = next(others, None)
        if other is not None:
            yield "swap-reference", asked.path, {asked.path: other}
        return
    fields = {"measure": knowledge.fields.proposal, "proposal": knowledge.fields.measure}.get(owner, {})
    if name in fields and asked.test.owner in knowledge.kinds:
        other = "proposal" if owner == "measure" else "measure"
        yield "swap-reference", asked.path, {asked.path: f"${other}.{name}"}


# Faults in what a rule says and when it holds: verdict, ground, superiority, period.


def planted_in_head(rule: Mapping[str, Any]) -> Iterator[Planted]:
    """Every fault in the head of a rule."""
    verdict = rule.get("verdict")
    if verdict is None:
        return  # a concept says nothing
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
    for path, _ in exceptions_in(rule):
        is_one_of_several = len(held(rule, path[:-1])) > 1
        yield "drop-exception", path, {path if is_one_of_several else path[:-1]: REMOVED}


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


def mutants_of(
    rule: Rule, knowledge: Knowledge, today: date, concepts: Mapping[str, Concept] | None = None
) -> Iterator[tuple[str, Location, Mutant | Left]]:
    """Every mutant of a rule, by id and place, in the order of its file; of those that mean the same the first one only.

    Args:
        rule: read from a file.
        knowledge: of the pack.
        today: the day whose facts count, unless the rule holds on another one only.
        concepts: of the pack, by id.
    """
    file = rule.anchor.file
    day = rule.period.nearest(today)
    facts = FactLookup(knowledge, day)
    reader = ConditionReader(knowledge, concepts)
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
    read = partial(read_condition, reader, file=file, faults=faults)
    unless = ExceptionReader(rule=rule.id, pack=rule.pack, file=file, read=read, faults=faults).all_of(
        data.get("unless", ())
    )
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
        verdict=data.get("verdict", rule.verdict),
        ground=data.get("ground", rule.ground),
        defeats=tuple(data.get("defeats", ())),
        # A concept has no period of its own: it holds where the rules that name it do.
        period=period.within(pack.period) if "verdict" in data else rule.period,
        scope=scope_of(conditions),
        when=when,
        unless=tuple(unless),
    )
