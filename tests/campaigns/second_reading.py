"""A second evaluator, written from `docs/reference/language.md` alone: what rules say of a proposal, of TOML as it stands.

It shares nothing with the library, neither readers nor values nor compiled rules, and is as simple as it can be made: slow, and
without errors for what the language does not have. Where it and an engine differ, the document or the engine is wrong.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, partial
from typing import Any

from attrs import evolve, field, frozen

__all__ = ["Reader", "World", "scope"]

# Kleene's truth values, so that "and" is the least, "or" the greatest.
_NO, _OPEN, _YES = 0, 1, 2

_PROPOSAL = {
    "kind": "kinds", "instrument": "instruments", "decision_procedure": "procedures", "vote": "votes", "statements": "statements",
    "main_aims": "areas", "incidental_aims": "areas", "means": "areas", "aims_relation": "aim-relations",
    "obstacles": "obstacles", "authors": "actors",
}  # fmt: skip
_MEASURE = {
    "effects": "effects", "actors": "actors", "addressees": "actors", "areas": "areas", "bindingness": "bindingness",
    "finance": "finance", "partners": "partners", "excluded_partners": "partners", "safeguards": "safeguards",
    "temporal_effect": "temporal-effects",
}  # fmt: skip
# Fields that take one value at most: what is there is all.
_SINGLE = frozenset({"kind", "instrument", "decision_procedure", "bindingness", "aims_relation"})
# What is left out says: nothing.
_NONE = frozenset(
    {
        "excluded_partners",
        "starts",
        "entry_into_force",
        "main_aims",
        "incidental_aims",
        "means",
        "aims_relation",
        "obstacles",
    }
)
_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "over": lambda one, other: one > other,
    "after": lambda one, other: one > other,
    "under": lambda one, other: one < other,
    "before": lambda one, other: one < other,
    "at_least": lambda one, other: one >= other,
    "from": lambda one, other: one >= other,
    "at_most": lambda one, other: one <= other,
    "until": lambda one, other: one <= other,
    "contains": lambda one, other: other in one,
    "starts_with": lambda one, other: one.startswith(other),
}


def _not(truth: int) -> int:
    return _YES - truth


def _and(truths: Iterable[int]) -> int:
    least = _YES
    for truth in truths:
        if truth == _NO:
            return _NO
        least = min(least, truth)
    return least


def _or(truths: Iterable[int]) -> int:
    return _not(_and(map(_not, truths)))


@frozen
class World:
    """What rules are read in.

    Attributes:
        terms: of each vocabulary, each with its broader terms.
        fact_terms: of each kind of fact the vocabularies of the fields that take terms.
        fact_citations: of each kind of fact the fields that take citations.
        facts: of each kind, each with a list of values by field.
        concepts: conditions that have a name.
        own: of each field of a pack's own that takes terms, the vocabulary.
    """

    terms: Mapping[str, Mapping[str, Sequence[str]]]
    fact_terms: Mapping[str, Mapping[str, str]]
    fact_citations: Mapping[str, frozenset[str]]
    facts: Mapping[str, Sequence[Mapping[str, Sequence[Any]]]]
    concepts: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    own: Mapping[str, str] = field(factory=dict)


@cache
def _citations_above(citation: Any) -> frozenset[Any]:
    """A citation, and what it is a part of."""
    found = {citation}
    while isinstance(citation, str) and citation.endswith(")") and "(" in citation:
        citation = citation[: citation.rindex("(")]
        found.add(citation)
    return frozenset(found)


@frozen
class _Field:
    """What is known of a field.

    Attributes:
        has: what is there.
        lacks: what is not there, nor what is narrower.
        may: what may be there besides, all that is narrower among it; None for anything.
        whole: `has` is all.
        above: of a value that itself and all that is broader.
        part: what is broader leaves open which of its parts is meant, as a bare article does.
        several: of terms or citations, so that they can be counted.
    """

    has: frozenset[Any]
    lacks: frozenset[Any]
    may: frozenset[Any] | None
    whole: bool
    above: Callable[[Any], frozenset[Any]]
    part: bool
    several: bool = False

    def holds(self, wanted: Any) -> int:
        """Whether it has a value."""
        if any(wanted in self.above(one) for one in self.has):
            return _YES
        if self.above(wanted) & self.lacks:
            return _NO
        if self.part and self.has & self.above(wanted):
            return _OPEN
        if self.whole:
            return _NO
        if self.may is None:
            return _OPEN
        return _OPEN if any(wanted in self.above(one) and not self.above(one) & self.lacks for one in self.may) else _NO

    def within(self, allowed: Sequence[Any]) -> int:
        """Whether it has nothing else."""
        found = _and(self._is_of(one, allowed) for one in self.has)
        return found if self.whole else min(found, _OPEN)

    def _is_of(self, one: Any, allowed: Sequence[Any]) -> int:
        if self.above(one) & set(allowed):
            return _YES
        meant = self.part and any(
            one in self.above(other) and not self.above(other) & self.lacks for other in allowed
        )  # fmt: skip
        return _OPEN if meant else _NO

    def empty(self) -> int:
        """Whether it has nothing at all."""
        if self.has:
            return _NO
        return _YES if self.whole else _OPEN

    def some(self, passes: Callable[[Any], bool]) -> int:
        """Whether a value passes."""
        if any(map(passes, self.has)):
            return _YES
        return _NO if self.whole else _OPEN

    def shares(self, other: "_Field") -> int:
        """Whether one and the same value is in both."""
        if self.has & other.has:
            return _YES
        if not (self.whole or other.whole):
            return _OPEN
        # Of citations one may name the paragraph that the other means by the bare article.
        return min(_OPEN, _or([*map(other.exactly, self.has), *map(self.exactly, other.has)]))

    def exactly(self, value: Any) -> int:
        """Whether it has this very value, no narrower one."""
        if value in self.has:
            return _YES
        if self.above(value) & self.lacks:
            return _NO
        if self.part and self.has & self.above(value):
            return _OPEN
        return _NO if self.whole or not (self.may is None or value in self.may) else _OPEN


@frozen
class _Place:
    """Where a condition is read: in which proposal, of which measure, which is judged, and whether of a fact."""

    measure: int | None
    judged: int | None
    fact: bool = False


class Reader:
    """Rules read on one proposal."""

    def __init__(self, world: World, proposal: Mapping[str, Any]) -> None:
        self.world = world
        self.header: Mapping[str, Any] = proposal.get("proposal", {})
        self.measures: Sequence[Mapping[str, Any]] = proposal.get("measure", [])
        # Fields that were read, by measure and name.
        self._read: dict[tuple[int | None, str], _Field] = {}

    def outcomes(self, rules: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
        """What becomes of each rule, on each measure in turn, or on the proposal as a whole.

        Args:
            rules: the TOML of each by its name, the stronger first.

        Returns:
            `applies`, `open`, `excepted`, `defeated` or `not-applicable` for each.
        """
        found: dict[str, list[str]] = {}
        finds: dict[str, list[int]] = {}
        for name, rule in rules.items():
            spots: list[int | None] = [None] if self._scope(rule) == "proposal" else list(range(len(self.measures)))
            found[name], finds[name] = [], []
            for spot in spots:
                place = _Place(spot, spot)
                when = self.holds(rule["when"], place)
                unless = _or(self.holds(one, place) for one in rule.get("unless", ()))
                stronger = _or(
                    each[0 if self._scope(rules[above]) == "proposal" else spot or 0]
                    for above, each in finds.items()
                    if name in rules[above].get("defeats", ())
                )
                finds[name].append(_and([when, _not(unless), _not(stronger)]))
                found[name].append(_outcome(when, unless, stronger))
        return found

    def _scope(self, rule: Mapping[str, Any]) -> str:
        return scope(rule, self.world.concepts)

    def holds(self, condition: Mapping[str, Any], place: _Place) -> int:
        """Whether all holds that a condition says."""
        return _and(self._part(key, content, place) for key, content in condition.items() if key != "reason")

    def _part(self, key: str, content: Any, place: _Place) -> int:
        match key:
            case "measure":
                return self._passes(content, partial(self._field, place.measure), place)
            case "proposal":
                return self._passes(content, partial(self._field, None), place)
            case "any":
                return _or(self.holds(one, place) for one in content)
            case "all":
                return _and(self.holds(one, place) for one in content)
            case "not":
                listed = content if isinstance(content, list) else [content]
                return _and(_not(self.holds(one, place)) for one in listed)
            case "concept":
                return self._concept(content, place)
            case "other":
                tests = {name: what for name, what in content.items() if name != "concept"}
                return _or(
                    _and(
                        [
                            self._passes(tests, partial(self._field, number), _Place(number, place.judged)),
                            self._concept(content.get("concept", []), _Place(number, place.judged))
                            if "concept" in content
                            else _YES,
                        ]
                    )
                    for number in range(len(self.measures))
                    if number != place.judged
                )
            case "count":
                return self._count(content, place)
            case "sum":
                return self._sum(content, place)
            case _:
                return _or(
                    self._passes(content, partial(self._of_fact, key, fact), evolve(place, fact=True))
                    for fact in self.world.facts[key]
                )

    def _concept(self, content: Any, place: _Place) -> int:
        """Whether concepts hold as it is asked: one, one of a list, or any, all and none of lists."""
        asked = content if isinstance(content, dict) else {"any": content}
        found = []
        for word, names in asked.items():
            listed = names if isinstance(names, list) else [names]
            each = [self.holds(self.world.concepts[name], place) for name in listed]
            found.append(_and(each) if word == "all" else _or(each) if word == "any" else _not(_or(each)))
        return _and(found)

    def _count(self, content: Mapping[str, Any], place: _Place) -> int:
        inner = {key: part for key, part in content.items() if key not in {"at_least", "at_most"}}
        each = [self.holds(inner, _Place(number, place.judged)) for number in range(len(self.measures))]
        sure, possible = each.count(_YES), len(each) - each.count(_NO)
        least, most = content.get("at_least", 0), content.get("at_most", len(each))
        enough = _YES if sure >= least else _NO if possible < least else _OPEN
        few = _YES if possible <= most else _NO if sure > most else _OPEN
        return min(enough, few)

    def _sum(self, content: Mapping[str, Any], place: _Place) -> int:
        """What is not known of an amount, or whether it counts, may make the sum any greater one that it allows."""
        inner = {key: part for key, part in content.items() if key != "amount"}
        sums, endless = {0}, False
        for number in range(len(self.measures)):
            counts = self.holds(inner, _Place(number, place.judged))
            field = self._field(number, "amount")
            amounts = {sum(field.has)}
            if counts != _YES:
                amounts = {0} | (amounts if counts == _OPEN else set())
            elif not field.whole:
                endless = True
            endless = endless or (counts == _OPEN and not field.whole)
            sums = {one + more for one in sums for more in amounts}
        what = content["amount"]
        beside = {word: what[word] for word in ("of",) if word in what}
        found = []
        for word, operand in what.items():
            if word in beside:
                continue
            each = {
                self._operator(
                    _Field(frozenset({one}), frozenset(), None, True, lambda value: frozenset({value}), False),
                    word,
                    operand,
                    place,
                    beside,
                )
                for one in sums
            }
            if endless and not (each == {_NO} and self._nothing(operand, beside)):
                each.add(_OPEN if each & {_OPEN} else _YES if word in {"over", "at_least"} else _NO)
            found.append(each.pop() if len(each) == 1 else _OPEN)
        return _and(found)

    def _nothing(self, operand: Any, beside: Mapping[str, Any]) -> bool:
        """Whether what a sum is compared with has no value."""
        named = beside.get("of", operand)
        if not (isinstance(named, str) and named.startswith("$")):
            return False
        field = self._field(None, named.partition(".")[2])
        return field.whole and not field.has

    def _passes(self, tests: Mapping[str, Any], field: Callable[[str], _Field], place: _Place) -> int:
        return _and(self._test(field(name), what, place) for name, what in tests.items())

    def _test(self, field: _Field, what: Any, place: _Place) -> int:
        if not isinstance(what, dict):
            what = {"any": what}
        beside = {word: what[word] for word in ("of", "plus", "minus") if word in what}
        words = {word: operand for word, operand in what.items() if word not in beside}
        return _and(self._operator(field, word, operand, place, beside) for word, operand in words.items())

    def _operator(self, field: _Field, word: str, operand: Any, place: _Place, beside: Mapping[str, Any]) -> int:
        if isinstance(operand, str) and operand.endswith("%"):
            owner, _, name = beside["of"][1:].partition(".")
            share = Fraction(operand.rstrip("% "))
            return _ordered(field, word, self._referred(owner, name, place), lambda amount: amount * share / 100)
        if word in {"at_least", "at_most"} and field.several:
            return _counted(field, word, operand, beside.get("of"))
        if isinstance(operand, str) and operand.startswith("$"):
            owner, _, name = operand[1:].partition(".")
            if owner in self.world.facts:
                operand = [value for fact in self.world.facts[owner] for value in fact.get(name, ())]
            else:
                other = self._referred(owner, name, place)
                if word in _ORDERS and not place.fact:
                    return _ordered(field, word, other, partial(_later, beside=beside))
                return _referring(field, word, other, fact=place.fact)
        listed = operand if isinstance(operand, list) else [operand]
        match word:
            case "any":
                return _or(map(field.holds, listed))
            case "none":
                return _not(_or(map(field.holds, listed)))
            case "all":
                return _and(map(field.holds, listed))
            case "only":
                return field.within(listed)
            case "beyond":
                return _not(field.within(listed))
            case "empty":
                return field.empty() if operand else _not(field.empty())
            case _:
                return field.some(lambda one: _ORDERS[word](one, operand))

    def _referred(self, owner: str, name: str, place: _Place) -> _Field:
        return self._field({"proposal": None, "judged": place.judged, "measure": place.measure}[owner], name)

    def _field(self, number: int | None, name: str) -> _Field:
        """A field of a measure, or of the proposal."""
        key = number, name
        if key not in self._read:
            part = self.header if number is None else self.measures[number]
            recorded = part.get(name, [] if name in _NONE else None)
            if recorded is None and name == "legal_basis" and number is not None:
                return self._field(None, name)
            if recorded is None and name == "temporal_effect":
                return self._effect_of_dates(number)
            common = _PROPOSAL if number is None else _MEASURE
            self._read[key] = self._known(recorded, name, common.get(name, self.world.own.get(name)))
        return self._read[key]

    def _effect_of_dates(self, number: int | None) -> _Field:
        """Retroactive where a measure starts before the proposal was made or enters into force, and otherwise none."""
        starts = self._field(number, "starts")
        days = [self._field(None, name) for name in ("date", "entry_into_force")]
        if any(start < day for start in starts.has for each in days for day in each.has):
            return self._known("retroactive", "temporal_effect", "temporal-effects")
        told = starts.whole and (not starts.has or all(each.whole for each in days))
        return self._known([] if told else None, "temporal_effect", "temporal-effects")

    def _of_fact(self, kind: str, fact: Mapping[str, Sequence[Any]], name: str) -> _Field:
        above, part = self._wider(
            self.world.fact_terms[kind].get(name), citation=name in self.world.fact_citations[kind]
        )
        several = part or name in self.world.fact_terms[kind]
        return _Field(frozenset(fact.get(name, ())), frozenset(), None, True, above, part, several)

    def _known(self, recorded: Any, name: str, vocabulary: str | None) -> _Field:
        above, part = self._wider(vocabulary, citation=name == "legal_basis")
        several = part or vocabulary is not None
        if recorded is None:
            return _Field(frozenset(), frozenset(), None, False, above, part, several)
        if not isinstance(recorded, dict):
            return _Field(_set(recorded), frozenset(), None, True, above, part, several)
        has, may = _set(recorded.get("has", ())), recorded.get("may")
        whole = may == [] or (name in _SINGLE and bool(has))
        if may is not None and vocabulary is not None:
            may = [term for term in self.world.terms[vocabulary] if above(term) & _set(may)]
        lacks = _set(recorded.get("lacks", ()))
        return _Field(has, lacks, None if may is None else _set(may), whole, above, part, several)

    def _wider(self, vocabulary: str | None, *, citation: bool) -> tuple[Callable[[Any], frozenset[Any]], bool]:
        if vocabulary is not None:
            broader = self.world.terms[vocabulary]
            return cache(lambda term: frozenset(_up(term, broader))), False
        return (_citations_above if citation else lambda value: frozenset({value})), citation


def _set(values: Any) -> frozenset[Any]:
    return frozenset(values if isinstance(values, list | tuple) else [values])


def _up(term: str, broader: Mapping[str, Sequence[str]]) -> set[str]:
    found = {term}
    for one in broader.get(term, ()):
        found |= _up(one, broader)
    return found


def _counted(field: _Field, word: str, bound: int, of: Any) -> int:
    """Whether so many values are there, or so few: of some, or of all that there are."""
    if of is None:
        sure = len(field.has)
        possible = sure if field.whole else sure + bound + 1
    else:
        each = [field.holds(value) for value in dict.fromkeys(of if isinstance(of, list) else [of])]
        sure, possible = each.count(_YES), len(each) - each.count(_NO)
    if word == "at_least":
        return _YES if sure >= bound else _NO if possible < bound else _OPEN
    return _YES if possible <= bound else _NO if sure > bound else _OPEN


def _ordered(field: _Field, word: str, other: _Field, bound: Callable[[Any], Any]) -> int:
    """Whether the one lies so to the other; a field without a value lies to nothing."""
    if any(_ORDERS[word](one, bound(than)) for one in field.has for than in other.has):
        return _YES
    if (field.whole and not field.has) or (other.whole and not other.has):
        return _NO
    return _NO if field.whole and other.whole else _OPEN


def _later(day: Any, beside: Mapping[str, Any]) -> Any:
    """A day, and a period after it or before; the last day of a month that has no such day."""
    if not {"plus", "minus"} & set(beside):
        return day
    count, unit = (beside.get("plus") or beside["minus"]).split()
    number = int(count) * (-1 if "minus" in beside else 1)
    try:
        if unit.startswith(("day", "week")):
            return day + timedelta(number * (7 if unit.startswith("week") else 1))
        months = day.year * 12 + day.month - 1 + number * (12 if unit.startswith("year") else 1)
        first = date(months // 12, months % 12 + 1, 1)
    except (OverflowError, ValueError):
        return date.max if number > 0 else date.min
    for last in (31, 30, 29, 28):
        with suppress(ValueError):
            return first.replace(day=min(day.day, last))
    raise AssertionError(day)


def _referring(field: _Field, word: str, other: _Field, *, fact: bool) -> int:
    match word:
        case "any":
            # A fact is joined where the other field passes a test for what the fact has.
            return _or(map(other.holds, field.has)) if fact else field.shares(other)
        case "none":
            return _not(_referring(field, "any", other, fact=fact))
        case _:
            if any(_ORDERS[word](one, than) for one in field.has for than in other.has):
                return _YES
            return _NO if other.whole or not field.has else _OPEN


def _outcome(when: int, unless: int, stronger: int) -> str:
    if when == _NO or (when == _OPEN and _YES in {unless, stronger}) or (unless == _OPEN and stronger == _YES):
        return "not-applicable"
    if when == _YES and unless == _YES:
        return "excepted"
    if when == _YES and unless == _NO and stronger == _YES:
        return "defeated"
    return "applies" if _and([when, _not(unless), _not(stronger)]) == _YES else "open"


def scope(rule: Mapping[str, Any], concepts: Mapping[str, Mapping[str, Any]] | None = None) -> str:
    """What a rule judges: `measure` or `proposal`."""
    conditions = [rule["when"], *rule.get("unless", ())]
    return "measure" if any(_names_measure(each, concepts or {}) for each in conditions) else "proposal"


def _names_measure(condition: Mapping[str, Any], concepts: Mapping[str, Mapping[str, Any]]) -> bool:
    for key, content in condition.items():
        if key in {"measure", "other"}:
            return True
        if key in {"count", "sum"}:
            if _refers(content, "$judged."):
                return True
        elif key in {"any", "all", "not"}:
            listed = content if isinstance(content, list) else [content]
            if any(_names_measure(each, concepts) for each in listed):
                return True
        elif key == "concept":
            if any(_names_measure(concepts[name], concepts) for name in _names(content)):
                return True
        elif _refers(content, "$measure."):
            return True
    return False


def _names(content: Any) -> list[str]:
    """The concepts that are named, in whichever way."""
    if isinstance(content, dict):
        return [name for part in content.values() for name in _names(part)]
    return list(content) if isinstance(content, list) else [content]


def _refers(content: Any, to: str) -> bool:
    if isinstance(content, dict):
        return any(_refers(part, to) for part in content.values())
    if isinstance(content, list):
        return any(_refers(part, to) for part in content)
    return isinstance(content, str) and content.startswith(to)
