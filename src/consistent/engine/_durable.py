"""The adapter: the only module that knows durable-rules.

It is used through its extension module and without a host, whose timer threads race with the clean-up of sessions.
A last fact must come back as a match (the canary). If it does not, the engine dropped something: an error, not silence.
"""

import itertools
import json
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol, cast

import durable_rules_engine

from consistent.engine._patterns import EngineRule, confirmed
from consistent.errors import EngineError
from consistent.locking import Lock, cached_property

__all__ = ["Matches", "Ruleset"]

_OK, _NOT_HANDLED = 0, 1

# By target: the numbers of the subjects of each match.
Matches = dict[int, set[tuple[int, ...]]]


class _Extension(Protocol):
    """The functions of the extension module that are used."""

    def create_ruleset(self, name: str, definition: str, /) -> int: ...
    def delete_ruleset(self, handle: int, /) -> None: ...
    def assert_fact(self, handle: int, fact: str, /) -> tuple[int, int]: ...
    def start_action_for_state(self, handle: int, state: int, /) -> tuple[str, str] | None: ...
    def complete_and_start_action(self, handle: int, state: int, /) -> str | None: ...
    def delete_state(self, handle: int, sid: str, /) -> None: ...


_extension = cast("_Extension", durable_rules_engine)


class Ruleset:
    """A few engine rules with the canary, built in the extension."""

    _numbers = itertools.count()

    def __init__(self, rules: Sequence[EngineRule]) -> None:
        self._sources = tuple(rules)
        # Of each rule what a match counts for, the aliases whose subjects make up the result, and what a match must meet.
        self._rules = {f"r{number}": (rule.target, rule.result, rule.joins) for number, rule in enumerate(rules)}
        self.properties = frozenset(
            name for rule in rules for pattern in rule.patterns for name, _ in pattern.constants if name[0] == "q"
        )
        self.fields = frozenset(
            value for rule in rules for pattern in rule.patterns for name, value in pattern.constants if name == "f"
        )
        # Whether what a measure matches hangs on that and the proposal alone.
        self.apart = all(pattern.alias in {"p", "m"} for rule in rules for pattern in rule.patterns)

    @cached_property
    def _definition(self) -> str:
        """The rules as the extension reads them."""
        definition = {
            f"r{number}": {"all": [pattern.definition() for pattern in rule.patterns]}
            for number, rule in enumerate(self._sources)
        }
        definition["canary"] = {"all": [{"z": {"z": 1}}]}
        return json.dumps(definition)

    def __getstate__(self) -> tuple[Any, ...]:
        # Where it lies in the extension is of this process alone; the sources are in the definition.
        return self._rules, self._definition, self.properties, self.fields, self.apart

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self._rules, definition, self.properties, self.fields, self.apart = state
        vars(self)["_definition"] = definition

    @cached_property
    def _handle(self) -> int:
        """Built lazily, when it is first used: most checks concern some of the rulesets only."""
        handle = _extension.create_ruleset(f"consistent{next(self._numbers)}", self._definition)
        # Not `__del__`: when the interpreter ends, that may find this module already empty.
        weakref.finalize(self, _extension.delete_ruleset, handle)
        return handle

    def run(self, facts: Iterable[str], sid: str, matches: Matches) -> None:
        """Assert facts in a session of their own and add what matches to the matches.

        Args:
            facts: the inside of JSON objects, without `id` and `sid`.
            sid: not in use in this ruleset.
            matches: by target; grows.

        Raises:
            EngineError: the engine dropped a fact or a match.
        """
        state: int | None = None
        canary = started = False
        ids = _fact_ids()
        try:
            try:
                for fact in itertools.chain(facts, ('"z":1',)):
                    code, state = _extension.assert_fact(
                        self._handle, f'{{"id":"{next(ids)}","sid":"{sid}","j":1,{fact}}}'
                    )
                    if code not in {_OK, _NOT_HANDLED}:
                        raise EngineError(f"durable-rules did not take a fact: code {code}")
                for name, match in self._matches(state):
                    started = True
                    if name == "canary":
                        canary = True
                        continue
                    target, result, joins = self._rules[name]
                    if confirmed(joins, match):
                        matches.setdefault(target, set()).add(tuple(match[alias]["n"] for alias in result))
            finally:
                # A session that has run no action is left alone: to delete it frees pointers that only an action sets.
                if started:
                    _extension.delete_state(self._handle, sid)
        except durable_rules_engine.error as error:
            raise EngineError(f"durable-rules failed: {error}") from error
        if not canary:
            raise EngineError("durable-rules dropped matches: the last fact did not come back")

    def _matches(self, state: int | None) -> Iterator[tuple[str, Mapping[str, Mapping[str, int]]]]:
        assert state is not None  # noqa: S101  at least the canary was asserted
        started = _extension.start_action_for_state(self._handle, state)
        message = started[1] if started else None
        while message:
            ((name, match),) = json.loads(message).items()
            yield name, match
            message = _extension.complete_and_start_action(self._handle, state)


@lru_cache(maxsize=1 << 16)
def _fnv1a(text: str) -> int:
    """The hash by which the extension tells ids, session ids and property names apart."""
    value = 2166136261
    for byte in text.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


_known_ids: list[str] = []
_known_hashes: set[int] = set()
_ids_lock = Lock()


def _fact_ids() -> Iterator[str]:
    """Ids without a hash collision: of two with one hash the extension takes the second for the first, and drops it."""
    for index in itertools.count():
        if index == len(_known_ids):
            _extend_ids()
        yield _known_ids[index]


def _extend_ids() -> None:
    with _ids_lock:
        number = int(_known_ids[-1], 36) + 1 if _known_ids else 0
        for candidate in itertools.count(number):
            name = _base36(candidate)
            if (value := _fnv1a(name)) not in _known_hashes:
                _known_hashes.add(value)
                _known_ids.append(name)
                return


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        if not number:
            return digits
