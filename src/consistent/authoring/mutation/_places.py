"""The places of a rule where a fault can be planted: conditions, parts of them, tests, bounds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from attrs import frozen

from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Field
from consistent.model.vocabulary import Vocabulary
from consistent.toml.rewriting import REMOVED, Data
from consistent.toml.tomlfile import KeyPath

__all__ = ["BOUNDS", "Changes", "Place", "Planted", "held", "places", "planted_in_test", "removal", "shifted"]

# What is set where; `REMOVED` takes out. In the order in which it is done.
Changes = dict[KeyPath, Data]
Kind = Literal["condition", "alternative", "part", "test", "bound"]

BOUNDS = ("at_least", "at_most")


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
    for index, table in enumerate(rule.get("unless", ())):
        asked = {key: part for key, part in table.items() if key != "reason"}
        yield from _table(asked, ("unless", index), knowledge, "")


def _table(table: Mapping[str, Any], at: KeyPath, knowledge: Knowledge, inside: str) -> Iterator[Place]:
    for key, value in table.items():
        here = (*at, key)
        if inside and key in BOUNDS:
            yield Place("bound", here, value)
            continue
        yield Place("condition", here, value)
        if key in {"any", "all", "not"}:
            listed = isinstance(value, list)
            for index, part in enumerate(value) if listed else ():
                yield Place("alternative" if key == "any" else "part", (*here, index), part)
                yield from _table(part, (*here, index), knowledge, inside)
            if not listed:
                yield from _table(value, here, knowledge, inside)
        elif key == "count":
            yield from _table(value, here, knowledge, "count")
        else:
            yield from _tests(value, here, _fields(key, knowledge), inside if key == "measure" and inside else key)


def _tests(table: Mapping[str, Any], at: KeyPath, fields: Mapping[str, Field], owner: str) -> Iterator[Place]:
    for name, asked in table.items():
        yield Place("test", (*at, name), asked, fields[name], owner)


def _fields(key: str, knowledge: Knowledge) -> Mapping[str, Field]:
    known: Mapping[str, Mapping[str, Field]] = {
        "measure": MEASURE_FIELDS,
        "other": MEASURE_FIELDS,
        "proposal": PROPOSAL_FIELDS,
    }
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
        if path == ("when",) or (len(path) == 2 and path[0] == "unless"):  # noqa: PLR2004  an exception is one item
            return None
    return {path: REMOVED}


def _others(container: Mapping[str, Any] | Sequence[Any], gone: str | int) -> bool:
    """Whether a container still asks something once one of its items is gone."""
    if isinstance(container, Mapping):
        return any(key != gone and key not in {*BOUNDS, "reason"} for key in container) or _asks_amount(container, gone)
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
    for operator, operand in test.value.items() if is_table else [("any", test.value)]:
        path = (*test.path, operator) if is_table else test.path
        asked = _Asked(test, test.field, operator, operand, path)
        if is_table and len(test.value) > 1:
            yield "drop-operator", path, {path: REMOVED}
        yield from _operators(asked)
        yield from _values(asked, knowledge)
        if isinstance(operand, str) and operand.startswith("$"):
            yield from _references(asked, knowledge)


def _operators(asked: _Asked) -> Iterator[Planted]:
    if isinstance(asked.operand, bool):
        yield "negate-test", asked.path, {asked.path: not asked.operand}
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
        if asked.field.type == "terms":
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
            if kind != owner and (field.type, field.vocabulary) == (wanted.type, wanted.vocabulary)
        )
        other = next(others, None)
        if other is not None:
            yield "swap-reference", asked.path, {asked.path: other}
        return
    fields = {"measure": PROPOSAL_FIELDS, "proposal": MEASURE_FIELDS}.get(owner, {})
    if name in fields and asked.test.owner in knowledge.kinds:
        other = "proposal" if owner == "measure" else "measure"
        yield "swap-reference", asked.path, {asked.path: f"${other}.{name}"}
