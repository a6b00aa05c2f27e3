"""Conditions from TOML: the grammar of docs/reference/language.md, with every fault at its key."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any as Anything
from typing import Literal

from attrs import evolve, frozen

from consistent.errors import did_you_mean
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import Field
from consistent.model.values import Atom
from consistent.rules.conditions import (
    MOST_COUNTED,
    All,
    Any,
    Concept,
    Condition,
    Count,
    FactExists,
    KnownValues,
    Named,
    Not,
    Operator,
    Other,
    Reference,
    Scope,
    Several,
    Test,
    tests_in,
    walk,
)
from consistent.rules.operators import (
    CONCEPT_OPERATORS,
    MOST_VALUES,
    NUMBERED,
    NUMERIC,
    OPERATORS,
    ORDERING,
    RECKONING,
    REFERENCES,
    SUMMED,
    help_with_operator,
)
from consistent.rules.reckoning import WHOLE, Span, read_share, read_span
from consistent.toml.proposals import read_atom
from consistent.toml.structuring import Problem, Problems
from consistent.toml.tomlfile import KeyPath, type_name

__all__ = ["ConditionReader", "judges_measures", "scope_of"]

_NEGATED_JOIN = "a join with the judged measure cannot be negated inside `other` and `count`"
_PERIOD_HELP = 'write for instance "24 months", "2 years", "6 weeks" or "10 days"'
_SHARE_HELP = 'write for instance { over = "50%", of = "$proposal.budget" }'
_SUM_HELP = 'write for instance amount = { over = "50%", of = "$proposal.budget" } under `sum`'
_KEYS = ("measure", "proposal", "concept", "other", "count", "sum", "any", "all", "not")
_QUANTIFIERS = ("other", "count", "sum")


class ConditionReader:
    """Reads conditions against a body of knowledge, and the concepts that they may name."""

    def __init__(self, knowledge: Knowledge, concepts: Mapping[str, Concept] | None = None) -> None:
        self._knowledge = knowledge
        self._concepts = concepts or {}

    def read(self, data: object, at: KeyPath) -> Condition:
        """Read the condition that stands at a key.

        Raises:
            Problems: everything that is wrong with it; keys are full paths.
        """
        problems: list[Problem] = []
        condition = self._condition(data, at, problems, inside="")
        if problems:
            raise Problems(*problems)
        return condition

    def _condition(self, data: object, at: KeyPath, problems: list[Problem], *, inside: str) -> Condition:
        """One table; `inside` names the quantifier (`other`, `count`) that it stands in, if any."""
        if not isinstance(data, Mapping):
            problems.append(Problem(f"expected a table, found {type_name(data)}", key=at))
            return All(())
        if not data:
            problems.append(Problem("a condition without tests holds always", "leave it out, or say what it asks", at))
        parts: list[Condition] = []
        # TOML has `concept` before the tables of a condition; what is asked beside it is told first.
        for key in sorted(data, key=lambda name: name == "concept"):
            item, here = data[key], (*at, key)
            if key == "measure":
                parts.append(
                    self._tests(item, here, "measure", self._knowledge.fields.measure, problems, inside=inside)
                )
            elif key == "proposal":
                parts.append(
                    self._tests(item, here, "proposal", self._knowledge.fields.proposal, problems, inside=inside)
                )
            elif key == "concept":
                parts.append(self._named(item, here, problems, inside=inside))
            elif key in {"any", "all"}:
                parts.append(self._list(key, item, here, problems, inside=inside))
            elif key == "not":
                items = item if isinstance(item, list) else [item]
                keys = [(*here, index) if isinstance(item, list) else here for index in range(len(items))]
                pairs = zip(items, keys, strict=True)
                parts.extend(Not(self._condition(entry, place, problems, inside=inside)) for entry, place in pairs)
            elif key in _QUANTIFIERS and not inside:
                parts.append(self._quantifier(key, item, here, problems))
            elif key in self._knowledge.kinds:
                fields = self._knowledge.kinds[key].fields
                tests = self._tests(item, here, "fact", fields, problems, inside=inside)
                parts.append(FactExists(key, tests, here))
            else:
                unfit = key in _QUANTIFIERS
                message = f"`{key}` cannot stand inside `{inside}`" if unfit else f"unknown condition `{key}`"
                help_ = "" if unfit else self._help_with_condition(key)
                problems.append(Problem(message, help_, here))
        return _conjunction(parts)

    def _help_with_condition(self, key: str) -> str:
        """What was meant by a word that is no condition."""
        for owner, fields in _owners(self._knowledge):
            if key in fields:
                return f"`{key}` is a field of the {owner}: write `{owner}.{key}`"
        return (
            f"write `{_MEANT[key]}`" if key in _MEANT else did_you_mean(key, (*_KEYS, *self._knowledge.kinds), limit=50)
        )

    def _list(self, key: str, data: object, at: KeyPath, problems: list[Problem], *, inside: str) -> Condition:
        if not isinstance(data, list) or not data:
            problems.append(Problem("expected a list of conditions", f"write `[[{'.'.join(map(str, at))}]]`", at))
            return All(())
        parts = tuple(self._condition(entry, (*at, index), problems, inside=inside) for index, entry in enumerate(data))
        return Any(parts) if key == "any" else All(parts)

    def _quantifier(self, key: str, data: object, at: KeyPath, problems: list[Problem]) -> Condition:
        if not isinstance(data, Mapping):
            problems.append(Problem(f"expected a table, found {type_name(data)}", key=at))
            return All(())
        if key == "other":
            part = self._measured(data, at, problems)
            if _negated_joins(part):
                problems.append(Problem(_NEGATED_JOIN, "join on values that are shared", at))
            return Other(part, at)
        if key == "sum":
            return self._sum(data, at, problems)
        bounds: dict[str, int] = {}
        for name, item in data.items():
            if name in {"at_least", "at_most"}:
                if isinstance(item, int) and not isinstance(item, bool) and 0 <= item <= MOST_COUNTED:
                    bounds[name] = item
                else:
                    problems.append(Problem(f"expected a whole number from 0 to {MOST_COUNTED:,}", key=(*at, name)))
        if not bounds:
            problems.append(Problem("a count needs `at_least` or `at_most`", key=at))
        rest = {name: item for name, item in data.items() if name not in {"at_least", "at_most"}}
        part = self._condition(rest, at, problems, inside="count")
        if _negated_joins(part):
            problems.append(Problem(_NEGATED_JOIN, "join on values that are shared", at))
        return Count(part, bounds.get("at_least"), bounds.get("at_most"), at)

    def _sum(self, data: Mapping[str, Anything], at: KeyPath, problems: list[Problem]) -> Condition:
        """What amounts of measures come to together; a sum for each operator."""
        asked = {name: item for name, item in data.items() if name in SUMMED}
        rest = {name: item for name, item in data.items() if name not in SUMMED}
        if not asked:
            problems.append(Problem("a sum needs a test of an amount", _SUM_HELP, at))
            return All(())
        part = self._condition(rest, at, problems, inside="sum") if rest else All(())
        tests = [
            node for node in walk(self._tests(asked, at, "measure", SUMMED, problems, inside="sum")) if node != All(())
        ]
        totals: list[Condition] = []
        for test in tests:
            if isinstance(test, Test) and test.operator in ORDERING:
                if isinstance(test.operand, Reference) and test.operand.scope != "proposal":
                    problems.append(Problem("a sum is compared with a field of the proposal", _SUM_HELP, test.where))
                totals.append(Count(part, None, None, at, test))
            elif not isinstance(test, All):
                where = test.where if isinstance(test, Test) else at
                message = "a sum takes `over`, `under`, `at_least` or `at_most`"
                problems.append(Problem(message, _SUM_HELP, where))
        return _conjunction(totals)

    def _measured(self, data: Mapping[str, Anything], at: KeyPath, problems: list[Problem]) -> Condition:
        """The tests of another measure, with the concepts that hold of it."""
        parts: list[Condition] = []
        if "concept" in data:
            parts.append(self._named(data["concept"], (*at, "concept"), problems, inside="other"))
        tests = {name: item for name, item in data.items() if name != "concept"}
        if tests or not parts:
            parts.append(self._tests(tests, at, "measure", self._knowledge.fields.measure, problems, inside="other"))
        return _conjunction(parts)

    def _named(self, data: object, at: KeyPath, problems: list[Problem], *, inside: str) -> Condition:
        """Concepts by name: one or a list, as a field is asked for terms; or a table of operators with these."""
        if not isinstance(data, Mapping):
            return self._of_these(data, "any", at, problems, inside)
        if not data:
            problems.append(Problem("no operator: it would hold always", "say what it asks", at))
        parts: list[Condition] = []
        for word, names in data.items():
            if word in CONCEPT_OPERATORS:
                parts.append(self._of_these(names, word, (*at, word), problems, inside))
            else:
                help_ = did_you_mean(word, CONCEPT_OPERATORS)
                problems.append(Problem(f"unknown operator `{word}`", help_, (*at, word)))
        return _conjunction(parts)

    def _of_these(self, data: object, word: str, at: KeyPath, problems: list[Problem], inside: str) -> Condition:
        listed = isinstance(data, list)
        names = data if isinstance(data, list) else [data]
        if not names:
            problems.append(Problem("an empty list: no concept is named", key=at))
        found: list[Condition] = []
        for index, name in enumerate(names):
            here = (*at, index) if listed else at
            concept = self._concepts.get(name) if isinstance(name, str) else None
            if concept is not None:
                found.append(Named(concept, here))
                if inside and any(isinstance(node, Other | Count) for node in walk(concept.condition)):
                    message = f"`{name}` looks at other measures itself, so it cannot stand inside `{inside}`"
                    problems.append(Problem(message, key=here))
            elif isinstance(name, str):
                help_ = did_you_mean(name, self._concepts) or "a concept is a file in `facts/NAME/concepts/`"
                problems.append(Problem(f"unknown concept `{name}`", help_, here))
            else:
                problems.append(Problem(f"expected the name of a concept, found {type_name(name)}", key=here))
        if word == "all":
            return _conjunction(found)
        whole = found[0] if len(found) == 1 else Any(tuple(found))
        return Not(whole) if word == "none" else whole

    def _tests(
        self,
        data: object,
        at: KeyPath,
        scope: Scope,
        fields: Mapping[str, Field],
        problems: list[Problem],
        *,
        inside: str,
    ) -> Condition:
        if not isinstance(data, Mapping):
            # A list of tables is written with two brackets.
            help_ = f"write `[{'.'.join(map(str, at))}]`" if isinstance(data, list) else ""
            problems.append(Problem(f"expected a table of tests, found {type_name(data)}", help_, at))
            return All(())
        if not data:
            problems.append(Problem("no tests: it would hold always", "say what it asks", at))
        tests: list[Condition] = []
        for name, item in data.items():
            here = (*at, name)
            if name not in fields:
                problems.append(
                    Problem(
                        f"unknown field `{name}` of `{at[-1]}`", _help_with_field(name, fields, self._knowledge), here
                    )
                )
            elif isinstance(item, Mapping):
                words = {word: operand for word, operand in item.items() if word not in RECKONING}
                if not words:
                    problems.append(Problem("no operator: it would hold always", "say what it asks", here))
                beside = self._beside(fields[name], item, here, scope, problems)
                if beside is not None:
                    for operator, operand in words.items():
                        key = (*here, operator)
                        tests.extend(self._test(fields[name], operator, operand, key, scope, problems, inside, beside))
            else:
                tests.extend(self._test(fields[name], "any", item, here, scope, problems, inside, _Beside()))
        return _conjunction(tests)

    def _test(
        self,
        field: Field,
        word: str,
        data: Anything,
        at: KeyPath,
        scope: Scope,
        problems: list[Problem],
        inside: str,
        beside: "_Beside",
    ) -> list[Condition]:
        if word not in OPERATORS:
            problems.append(Problem(f"unknown operator `{word}`", help_with_operator(word, field), at))
            return []
        operator, negated, types = OPERATORS[word]
        if field.type not in types:
            countable = field.type in NUMERIC or not field.single
            fitting = [
                name for name, (_, _, suits) in OPERATORS.items()
                if field.type in suits and (countable or name not in NUMBERED)
            ]  # fmt: skip
            problems.append(
                Problem(f"`{word}` does not suit `{field.name}`", did_you_mean(word, fitting, limit=20), at)
            )
            return []
        try:
            if word in NUMBERED and field.type not in NUMERIC:
                tests = [self._numbered(field, operator, data, at, scope, beside.counted)]
            elif operator in ORDERING and (beside.span or _is_share(data)):
                tests = [self._reckoned(field, operator, data, at, scope, inside, beside)]
            else:
                tests = self._operand(field, operator, data, at, scope, inside, apart=word == "all")
        except Problems as error:
            problems.extend(evolve(problem, key=(*at, *problem.key)) for problem in error.problems)
            return []
        if operator == "empty":
            negated = data is False
        return [Not(test) for test in tests] if negated else list(tests)

    def _operand(
        self, field: Field, operator: Operator, data: Anything, at: KeyPath, scope: Scope, inside: str, *, apart: bool
    ) -> list[Test]:
        """The tests that a field, an operator and an operand make: one, or one for each item if they stand apart."""
        if operator == "empty":
            if not isinstance(data, bool):
                raise Problems(Problem(f"expected true or false, found {type_name(data)}"))
            return [Test(scope=scope, field=field, operator=operator, operand=None, where=at)]
        if isinstance(data, str) and data.startswith("$"):
            reference = self._reference(data, field, operator, scope, inside)
            return [Test(scope=scope, field=field, operator=operator, operand=reference, where=at)]
        if operator not in {"any", "only"}:
            atom = _comparable(data, field, self._knowledge)
            return [Test(scope=scope, field=field, operator=operator, operand=atom, written=(atom,), where=at)]
        atoms = self._atoms(field, data)
        groups = [[atom] for atom in atoms] if apart else [atoms]
        return [
            Test(
                scope=scope,
                field=field,
                operator=operator,
                operand=self._closed(group, field),
                written=tuple(group),
                where=at,
            )
            for group in groups
        ]

    def _atoms(self, field: Field, data: Anything) -> list[Atom]:
        """A value, or each of a list."""
        listed = isinstance(data, list)
        items = data if listed else [data]
        atoms: list[Atom] = []
        problems: list[Problem] = []
        for index, item in enumerate(items):
            try:
                atoms.append(read_atom(item, field, self._knowledge.vocabularies))
            except Problems as error:
                problems.extend(
                    evolve(problem, key=(index, *problem.key)) if listed else problem for problem in error.problems
                )
        if not items:
            problems.append(
                Problem("an empty list: no value can meet it", "write { empty = true } to ask for no value")
            )
        if problems:
            raise Problems(*problems)
        return atoms

    def _numbered(
        self, field: Field, operator: Operator, data: Anything, at: KeyPath, scope: Scope, atoms: tuple[Atom, ...]
    ) -> Test:
        """How many values there are: of those given, or if none are, of all."""
        if field.single:
            help_ = "ask for the value itself: a value, or a list of which it is one"
            raise Problems(Problem(f"`{field.name}` has one value at most, so that there is nothing to count", help_))
        groups = tuple(self._closed([atom], field) for atom in atoms)
        most = len(groups) if groups else MOST_VALUES
        first, last = (1, most) if operator == "at_least" else (0, most - bool(groups))
        if not isinstance(data, int) or isinstance(data, bool) or not first <= data <= last:
            raise Problems(
                Problem(
                    f"expected a number of {most} values, from {first} to {last}"
                    if groups
                    else f"expected a number of values, from {first} to {last}",
                    "any other holds always, or never",
                )
            )
        several = Several(data, groups)
        return Test(scope=scope, field=field, operator=operator, operand=several, written=atoms, where=at)

    def _beside(
        self, field: Field, item: Mapping[str, Anything], at: KeyPath, scope: Scope, problems: list[Problem]
    ) -> "_Beside | None":
        """What stands beside operators; None where it cannot stand there."""
        found = [evolve(problem, key=(*at, *problem.key)) for problem in _unfit(field, item, scope)]
        beside = _Beside()
        if not found:
            try:
                if "of" in item and field.type in NUMERIC:
                    beside = evolve(beside, whole=item["of"])
                elif "of" in item:
                    beside = evolve(beside, counted=tuple(dict.fromkeys(self._atoms(field, item["of"]))))
            except Problems as error:
                found += [evolve(problem, key=(*at, "of", *problem.key)) for problem in error.problems]
            for word in {"plus", "minus"} & set(item):
                span = read_span(item[word]) if isinstance(item[word], str) else None
                if span is None:
                    found.append(Problem("no period", _PERIOD_HELP, (*at, word)))
                else:
                    beside = evolve(beside, span=span if word == "plus" else span.back)
        problems.extend(found)
        return None if found else beside

    def _reckoned(
        self,
        field: Field,
        operator: Operator,
        data: Anything,
        at: KeyPath,
        scope: Scope,
        inside: str,
        beside: "_Beside",
    ) -> Test:
        """A comparison with a share of another field, or with a day that lies a period from that of another."""
        share = WHOLE
        if _is_share(data):
            found = read_share(data)
            if found is None or field.type not in NUMERIC or scope == "fact":
                raise Problems(Problem(f"`{data}` is no share of an amount", _SHARE_HELP))
            if beside.whole is None:
                raise Problems(Problem(f"`{data}` of what?", _SHARE_HELP))
            share, data = found, beside.whole
        if not (isinstance(data, str) and data.startswith("$")):
            if beside.span is None:
                raise Problems(Problem("`of` takes another field", _SHARE_HELP))
            help_ = (
                'write that day, or name another field: { after = "$proposal.entry_into_force", plus = "24 months" }'
            )
            raise Problems(Problem("a day with a period after it is another day", help_))
        reference = self._reference(data, field, operator, scope, inside)
        if not isinstance(reference, Reference):
            raise Problems(Problem(f"`{data}` cannot stand here", "name a field of the measure or the proposal"))
        reference = evolve(reference, share=share, span=beside.span)
        return Test(scope=scope, field=field, operator=operator, operand=reference, where=at)

    def _closed(self, atoms: list[Atom], field: Field) -> frozenset[Atom]:
        if field.type != "terms":
            return frozenset(atoms)
        return frozenset(self._knowledge.vocabularies[field.vocabulary].narrower(str(atom) for atom in atoms))

    def _reference(
        self, text: str, field: Field, operator: Operator, scope: Scope, inside: str
    ) -> Reference | KnownValues:
        owner, _, name = text[1:].partition(".")
        kind = self._knowledge.kinds.get(owner)
        owners = {
            "measure": self._knowledge.fields.measure,
            "judged": self._knowledge.fields.measure,
            "proposal": self._knowledge.fields.proposal,
        }
        fields = kind.fields if kind else owners.get(owner)
        if fields is None:
            raise Problems(
                Problem(f"`{text}` refers to nothing", did_you_mean(owner, (*owners, *self._knowledge.kinds)))
            )
        if name not in fields:
            raise Problems(Problem(f"unknown field `{name}` in `{text}`", did_you_mean(name, fields)))
        other = fields[name]
        if other.sort != field.sort:
            suits = [each for each, has in fields.items() if has.sort == field.sort]
            help_ = f"what suits it: {', '.join(f'`${owner}.{each}`' for each in suits)}" if suits else ""
            raise Problems(Problem(f"`{field.name}` and `{text}` hold different things and can never be equal", help_))
        if operator in {"contains", "starts_with"}:
            raise Problems(Problem(f"`{text}` cannot stand here", "write the words"))
        if kind is not None:
            if scope == "fact":
                raise Problems(
                    Problem(f"facts are joined to the measure or the proposal, not to other facts: `{text}`")
                )
            return KnownValues(owner, name)
        if operator == "only":
            raise Problems(Problem(f"`only` and `beyond` take values, not `{text}`"))
        if (owner, name) == (scope, field.name):
            raise Problems(Problem(f"`{field.name}` is compared with itself"))
        # What a field of one's own shares with another of one's own is asked of neither.
        allowed = tuple(
            owner
            for owner in REFERENCES[scope, bool(inside)]
            if (operator in ORDERING or owner != scope) and (inside, owner) != ("sum", "judged")
        )
        if owner not in allowed:
            known = " or ".join(f"`${scope}`" for scope in allowed) or "no other field"
            raise Problems(Problem(f"`{text}` cannot stand here", f"tests of a {scope} here can refer to {known}"))
        return Reference(owner, other)  # type: ignore[arg-type]  # one of the words in the table


# What other languages call what this one has.
_MEANT = {"or": "any", "and": "all", "of": "any", "en": "all", "no": "not", "geen": "not", "niet": "not"}


def _owners(knowledge: Knowledge) -> tuple[tuple[str, Mapping[str, Field]], ...]:
    """Who has fields, by the name of the table."""
    return ("measure", knowledge.fields.measure), ("proposal", knowledge.fields.proposal)


def _help_with_field(name: str, fields: Mapping[str, Field], knowledge: Knowledge) -> str:
    """Where a field is that this table has not got, or those that it has."""
    for owner, theirs in _owners(knowledge):
        if name in theirs and theirs is not fields:
            return f"`{name}` is a field of the {owner}: write `{owner}.{name}`"
    return did_you_mean(name, fields, limit=50)


def _conjunction(parts: list[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _is_share(data: object) -> bool:
    return isinstance(data, str) and data.rstrip().endswith("%")


@frozen
class _Beside:
    """What stands beside operators.

    Attributes:
        counted: the values of which there is to be a number.
        whole: of what a share is taken.
        span: a period after the day that is named; back where it lies before.
    """

    counted: tuple[Atom, ...] = ()
    whole: Anything = None
    span: Span | None = None


def _unfit(field: Field, item: Mapping[str, Anything], scope: Scope) -> Iterator[Problem]:
    """What stands beside operators and says nothing there."""
    if "of" in item:
        shares = field.type in NUMERIC
        help_ = _SHARE_HELP if shares else "write for instance { at_least = 2, of = [...] }"
        if field.type not in {*NUMERIC, "terms", "citation"}:
            yield Problem(f"`of` does not suit `{field.name}`", key=("of",))
        elif not any(_is_share(item[word]) if shares else word in NUMBERED for word in item):
            alone = (
                "`of` stands beside a share, and there is none"
                if shares
                else "`of` stands beside a number, and there is none"
            )
            yield Problem(alone, help_, ("of",))
    periods = [word for word in ("plus", "minus") if word in item]
    for word in periods:
        if field.type != "date":
            help_ = _SHARE_HELP if field.type in NUMERIC else ""
            yield Problem(f"`{word}` takes a period after a day, and `{field.name}` is no day", help_, (word,))
        elif scope == "fact":
            yield Problem("a fact's day is compared as it is", "write the period with a test of the measure", (word,))
        elif not any(OPERATORS[name][0] in ORDERING for name in item if name in OPERATORS):
            yield Problem(f"`{word}` stands beside `after`, `before`, `from` or `until`", key=(word,))
    if len(periods) > 1:
        yield Problem("`plus` and `minus` together", "write one period", ("minus",))


def _comparable(data: object, field: Field, knowledge: Knowledge) -> Atom:
    atom = read_atom(data, field, knowledge.vocabularies)
    if field.type == "date" and not isinstance(atom, date):
        raise Problems(Problem(f"expected a date, found {type_name(data)}"))
    return atom


def judges_measures(condition: Condition) -> bool:
    """Whether a condition speaks of the judged measure, so that the rule judges each measure."""
    return any(map(_speaks_of_judged, walk(condition, (All, Any, Not, FactExists, Named))))


def scope_of(conditions: Iterable[Condition]) -> Literal["measure", "proposal"]:
    """Whether a rule with these conditions judges each measure, or the proposal as a whole."""
    return "measure" if any(map(judges_measures, conditions)) else "proposal"


def _speaks_of_judged(condition: Condition) -> bool:
    """Whether a condition does so by itself; of a quantifier, whatever stands in it."""
    match condition:
        case Test():
            referred = isinstance(condition.operand, Reference) and condition.operand.scope != "proposal"
            return condition.scope == "measure" or referred
        case Other():
            return True
        case Count(part):
            return any(map(_refers_to_judged, tests_in(part)))
        case _:
            return False


def _refers_to_judged(test: Test) -> bool:
    return isinstance(test.operand, Reference) and test.operand.scope == "judged"


def _negated_joins(condition: Condition, *, positive: bool = True) -> bool:
    """Whether a join with the judged measure is negated: engines join on equal values only."""
    match condition:
        case Test():
            return not positive and _refers_to_judged(condition)
        case All(parts) | Any(parts):
            return any(_negated_joins(part, positive=positive) for part in parts)
        case Not(part):
            return _negated_joins(part, positive=not positive)
        case Named():
            return _negated_joins(condition.part, positive=positive)
        case FactExists(_, part) | Other(part) | Count(part):
            return _negated_joins(part, positive=positive)
