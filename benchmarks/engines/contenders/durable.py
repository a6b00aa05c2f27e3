"""durable-rules used directly: a Rete engine in C, through its `Host` as its own pages show, and through its extension module.

Rules are kept to what it was found to do soundly (`docs/background/engine.md`): flat facts, a rule for each alternative, few rules to a
ruleset, a session for each proposal that is deleted afterwards, exceptions taken off when all matches are in. It has no sets of
texts, so that tests are answered when facts are made.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, ClassVar

from attrs import evolve
from benchmarks.engines.contenders.contender import Contender, in_slices, library
from benchmarks.engines.flat import Cell, FlatRule, Pair, Part, Row, Table, Test, passes

__all__ = ["ENGINE", "EXTENSION"]

# More than 64 branches that one fact passes are an error (303).
_RULES = 40
_LAST = "last"


class _Ruleset:
    """A few alternatives, and what their facts hold. A test is a property, 1 where it is passed."""

    def __init__(self, alternatives: Sequence[tuple[str, tuple[Part, ...]]], names: Mapping[Test, str]) -> None:
        # `one` is in every fact: what has no condition is always so.
        said = {
            f"{target}x{place}": [{names[part.test]: int(part.positive)} for part in clause] or [{"one": 1}]
            for place, (target, clause) in enumerate(alternatives)
        }
        self.definition: dict[str, Any] = {name: {"all": [{"m": {"$and": parts}}]} for name, parts in said.items()}
        # Comes last of each proposal and always matches: a session that is deleted must have run an action.
        self.definition[_LAST] = {"all": [{"m": {_LAST: 1}}]}
        self._properties = {names[part.test] for _, clause in alternatives for part in clause}
        # A property that is missing is neither equal nor unequal: what must not be passed is there with 0.
        negated = {names[part.test]: 0 for _, clause in alternatives for part in clause if not part.positive}
        self._always = {"one": 1} | negated

    def fact(self, passed: Iterable[str]) -> dict[str, int]:
        """What a row says of the tests that these alternatives ask for."""
        return self._always | {name: 1 for name in passed if name in self._properties}


class _Durable(Contender[list[list[Any]]]):
    """What both ways share: the rulesets and the facts. Each alternative of a condition is a rule of its own."""

    distribution: ClassVar[str] = "durable_rules"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._names = {test: f"t{number}" for number, test in enumerate(dict.fromkeys(table.tests()))}
        alternatives = [pair for number, rule in enumerate(table.rules) for pair in _alternatives(number, rule)]
        self._rulesets = [_Ruleset(few, self._names) for _, few in in_slices(alternatives, _RULES)]

    def _applying(self, matches: Iterable[tuple[str, int]]) -> Iterable[Pair]:
        """Of the names of alternatives that match and their rows: less exceptions, then less what stronger rules defeat."""
        found: dict[str, set[int]] = {}
        for name, row in matches:
            found.setdefault(name.partition("x")[0], set()).add(row)
        applying: dict[int, set[int]] = {}
        for number, rule in enumerate(self.table.rules):
            rows = found.get(f"w{number}", set()) - found.get(f"u{number}", set())
            applying[number] = rows.difference(*(applying[stronger] for stronger in rule.stronger))
        return [(row, number) for number, rows in applying.items() for row in rows]

    def _proposals(self, rows: Sequence[Row]) -> Iterator[tuple[int, int, list[dict[str, int]]]]:
        """Of each proposal and ruleset: a session's number, the ruleset's, and the facts."""
        session = count()
        answers = _Answers(self._names)
        for first, few in in_slices(rows, self.table.per_proposal):
            whole = [answers.of(row) for row in few]
            for number, ruleset in enumerate(self._rulesets):
                facts = [{"id": n, "row": first + n} | ruleset.fact(each) for n, each in enumerate(whole)]
                yield next(session), number, [*facts, {"id": len(whole), _LAST: 1}]


def _alternatives(number: int, rule: FlatRule) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """Conjunctions for the engine. An exception that is one test each time goes into them; others are matched by themselves."""
    simple = all(len(clause) == 1 for clause in rule.unless)
    against = tuple(evolve(part, positive=not part.positive) for (part,) in rule.unless) if simple else ()
    yield from ((f"w{number}", (*clause, *against)) for clause in rule.when)
    if not simple:
        yield from ((f"u{number}", clause) for clause in rule.unless)


class _Answers:
    """Which tests rows pass; what is asked of equal cells is answered once."""

    def __init__(self, names: Mapping[Test, str]) -> None:
        self._tests: dict[str, list[tuple[Test, str]]] = {}
        for test, name in names.items():
            self._tests.setdefault(test.field, []).append((test, name))
        self._known: dict[tuple[str, Cell], dict[str, int]] = {}

    def of(self, row: Row) -> dict[str, int]:
        """The names of the tests that the row passes."""
        passed: dict[str, int] = {}
        for field, tests in self._tests.items():
            key = field, row[field]
            if key not in self._known:
                self._known[key] = {name: 1 for test, name in tests if passes(test, row)}
            passed |= self._known[key]
        return passed


class DurableHost(_Durable):
    """`Host`, with a consequent in Python for each rule that notes the finding.

    Its two timer threads race with the deletion of sessions and are not started.
    """

    form: ClassVar[str] = (
        "facts for each row and ruleset as dicts, tests as properties that are 1 where they are passed"
    )

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._engine = library("durable.engine")
        self._found: list[tuple[str, int]] = []

        class Quiet(self._engine.Host):  # type: ignore[misc,name-defined]  # untyped
            def _run(self) -> None:
                """No timers."""

        definitions = {f"r{number}": self._definition(each) for number, each in enumerate(self._rulesets)}
        self._host = Quiet(definitions)

    def _definition(self, ruleset: _Ruleset) -> dict[str, Any]:
        def noting(name: str) -> Any:
            if name == _LAST:
                return lambda _: None
            return lambda c: self._found.append((name, c.m["row"]))

        return {name: {"all": rule["all"], "run": noting(name)} for name, rule in ruleset.definition.items()}

    def convert(self, rows: Sequence[Row]) -> list[list[Any]]:
        """See `form`."""
        return [
            [f"r{ruleset}", str(session), [fact | {"sid": str(session)} for fact in facts]]
            for session, ruleset, facts in self._proposals(rows)
        ]

    def run(self, native: list[list[Any]]) -> Iterable[Pair]:
        """Assert fact by fact: a batch drops what comes behind a fact that matches nothing."""
        self._found.clear()
        host, nothing = self._host, self._engine.MessageNotHandledException
        for name, session, facts in native:
            for fact in facts:
                try:
                    host.assert_fact(name, fact)
                except nothing:
                    # No rule matches; it is no error.
                    continue
            host.delete_state(name, session)
        return self._applying(self._found)


class DurableExtension(_Durable):
    """The extension module without a host: facts are JSON text already, and matches are read as they come."""

    form: ClassVar[str] = (
        "facts for each row and ruleset as JSON text, tests as properties that are 1 where they are passed"
    )

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._extension = library("durable_rules_engine")
        self._handles = [
            self._extension.create_ruleset(f"bench{id(self)}x{number}", json.dumps(each.definition))
            for number, each in enumerate(self._rulesets)
        ]

    def convert(self, rows: Sequence[Row]) -> list[list[Any]]:
        """See `form`."""
        return [
            [self._handles[ruleset], str(session), [json.dumps(fact | {"sid": str(session)}) for fact in facts]]
            for session, ruleset, facts in self._proposals(rows)
        ]

    def run(self, native: list[list[Any]]) -> Iterable[Pair]:
        """Assert, read the matches, delete the session."""
        matches: list[tuple[str, int]] = []
        extension, state = self._extension, 0
        for handle, session, facts in native:
            for fact in facts:
                _, state = extension.assert_fact(handle, fact)
            started = extension.start_action_for_state(handle, state)
            message = started[1] if started else None
            while message:
                ((name, match),) = json.loads(message).items()
                if name != _LAST:
                    matches.append((name, match["m"]["row"]))
                message = extension.complete_and_start_action(handle, state)
            extension.delete_state(handle, session)
        return self._applying(matches)

    def close(self) -> None:
        """Delete the rulesets."""
        for handle in self._handles:
            self._extension.delete_ruleset(handle)


ENGINE = DurableHost
EXTENSION = DurableExtension
