"""Runs mutation over the rules of a pack: in several processes, within a time limit, and resumable."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self, TextIO

from attrs import define, field, frozen
from cattrs.preconf.json import make_converter

from consistent.authoring.accepted import MUTANTS, Accepted, read_accepted, reasons
from consistent.authoring.concept_rules import beside_rules
from consistent.authoring.mutation._mutants import Mutant, mutants_of
from consistent.authoring.mutation._suggesting import suggestion
from consistent.authoring.mutation.killing import PackTests, Result, Results
from consistent.authoring.suite import Collected, Packs, collect_file, collect_folder
from consistent.checker import load
from consistent.errors import Fault, Faults, InputError, Location
from consistent.knowledge.packs import find_pack
from consistent.rules.rule import Rule, select_rules
from consistent.spawning import spawned_pool
from consistent.toml.files import is_file, is_folder, read_file, toml_files
from consistent.version import __version__

__all__ = ["MutationRun", "Progress", "fates_of", "mutate", "result_to_data"]

# The results so far, in a file of JSON Lines from which a later run resumes.

_converter = make_converter()
_HELP = "name another file, or remove this one to begin anew"


def result_to_data(result: Result) -> dict[str, Any]:
    """A result as JSON has it."""
    data: dict[str, Any] = _converter.unstructure(result)
    return data


@define
class Progress:
    """The results so far, and the file that they are kept in.

    The first line of the file is a digest of pack and tests; each further one has a rule with the results of its mutants. A last
    line without a line break was cut off when its process ended, and is dropped.

    Attributes:
        done: by id of the rule.
    """

    done: dict[str, tuple[Result, ...]] = field(factory=dict)
    _path: Path | None = None
    _state: str = ""
    _file: TextIO | None = None

    @classmethod
    def open(cls, path: Path | None, state: str) -> "Progress":
        """Read a file; nothing is done yet where there is none.

        Args:
            path: the file; None where nothing is to be kept.
            state: a digest of pack and tests, as `_state` makes it.

        Raises:
            InputError: it cannot be read, or is of another state of the pack or its tests.
        """
        progress = cls(path=path, state=state)
        if path is not None and is_file(path):
            lines = read_file(path, str(path)).decode("utf-8", "replace").split("\n")
            # What follows the last line break was cut off.
            progress.done = _read(lines[:-1], str(path), state)
        return progress

    def __enter__(self) -> Self:
        if self._path is not None:
            # Written from the start, so that a line that was cut off is gone.
            self._file = self._path.open("w", encoding="utf-8", newline="\n")
            self._write({"state": self._state})
            for rule, results in self.done.items():
                self._write({"rule": rule, "results": [result_to_data(result) for result in results]})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, rule: str, results: tuple[Result, ...]) -> None:
        """Keep the results of a rule, and write them through to the file."""
        self.done[rule] = results
        self._write({"rule": rule, "results": [result_to_data(result) for result in results]})

    def _write(self, data: Mapping[str, Any]) -> None:
        if self._file is not None:
            self._file.write(json.dumps(data) + "\n")
            self._file.flush()


def _read(lines: list[str], path: str, state: str) -> dict[str, tuple[Result, ...]]:
    found: dict[str, tuple[Result, ...]] = {}
    for number, line in enumerate(lines, 1):
        try:
            data = json.loads(line)
            if number == 1:
                if data["state"] != state:
                    message = "file is of another state of the pack or its tests"
                    raise InputError([Fault(message, Location(path), _HELP)])
                continue
            found[data["rule"]] = tuple(_converter.structure(result, Result) for result in data["results"])
        except (ValueError, KeyError, TypeError):
            raise InputError([Fault("no line of a run of mutation", Location(path, number), _HELP)]) from None
    return found


Step = Callable[[int, int], None]


@frozen(kw_only=True)
class MutationRun:
    """What is to be mutated, and how.

    Attributes:
        pack: a name or a folder; of its own rules and concepts, not of those that it builds on.
        tests: golden files, or folders of them, that count beside what the pack says of itself.
        select: patterns of rules; all of the pack unless given.
        day: whose facts count, where a rule does not hold on another day only.
        jobs: processes.
        seconds: after which no further rule is begun; None for no bound.
        resume: a file that is written to as rules are done, and read first where it is there; None for none.
        suggest: whether to look for an example that would kill each survivor.
    """

    pack: str | Path
    tests: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    day: date
    jobs: int = 1
    seconds: float | None = None
    resume: Path | None = None
    suggest: bool = True


def mutate(wanted: MutationRun, step: Step | None = None) -> Results:
    """Plant every fault in every rule, and see which ones the tests notice.

    Args:
        wanted: see there.
        step: told, if given, how many of how many rules are done.

    Raises:
        UsageError: there is no such pack, rule or test.
        InputError: files cannot be used, a test fails as things are, or the file to resume is of
            another state of the pack or its tests.
        EngineError: the evaluator did not do all of its work.
    """
    started = monotonic()
    name, available = find_pack(wanted.pack, [])
    pack_tests = _pack_tests(wanted.pack, wanted.tests)
    own = tuple(listed for listed in pack_tests.kb.rules if listed.pack == name)
    rules = select_rules(own, wanted.select, ()) if wanted.select else own
    folders = [available[pack.name] for pack in pack_tests.kb.knowledge.packs]
    accepted = read_accepted(available[name].facts, MUTANTS)
    files = [path for pack in folders for folder in (pack.facts, pack.rules) for path in toml_files(folder)]
    progress = Progress.open(wanted.resume, _state(wanted, files))
    waiting = [listed.id for listed in rules if listed.id not in progress.done]
    if waiting:
        pack_tests.check(listed for listed in rules if listed.id in waiting)
    with progress:
        done = len(rules) - len(waiting)
        if step:
            step(done, len(rules))
        for rule, results in _run(wanted, waiting, started):
            progress.add(rule, results)
            done += 1
            if step:
                step(done, len(rules))
    return _results(rules, progress.done, accepted, is_whole=len(rules) == len(own))


def _results(
    rules: Sequence[Rule], done: Mapping[str, tuple[Result, ...]], accepted: Iterable[Accepted], *, is_whole: bool
) -> Results:
    found = {rule.id: done[rule.id] for rule in rules if rule.id in done}
    left = tuple(rule.id for rule in rules if rule.id not in found)
    listed = reasons(accepted)
    survived = {result.id for results in found.values() for result in results if result.fate == "survived"}
    # Of what was not run nobody knows whether it survives.
    run = is_whole and not left
    stale = ((name, row.place) for row in accepted for name in row.mutants if name not in survived)
    return Results(found=found, left=left, accepted=listed, stale=tuple(stale) if run else ())


def _run(wanted: MutationRun, waiting: Sequence[str], started: float) -> Iterator[tuple[str, tuple[Result, ...]]]:
    """Rules with their results as they are done, in any order; none is begun once time is up."""

    def begun() -> Iterator[str]:
        for name in waiting:
            if wanted.seconds is not None and monotonic() - started >= wanted.seconds:
                return
            yield name

    if wanted.jobs == 1:
        yield from ((name, _of_rule(wanted, name)) for name in begun())
        return
    with spawned_pool(wanted.jobs) as pool:
        queue = begun()
        running: dict[Future[tuple[Result, ...]], str] = {}
        while True:
            for name in islice(queue, wanted.jobs - len(running)):
                running[pool.submit(_of_rule, wanted, name)] = name
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()


def _of_rule(wanted: MutationRun, name: str) -> tuple[Result, ...]:
    return fates_of(_pack_tests(wanted.pack, wanted.tests), name, wanted.day, suggest=wanted.suggest)


def fates_of(pack_tests: PackTests, name: str, day: date, *, suggest: bool = True) -> tuple[Result, ...]:
    """What becomes of every mutant of one rule.

    Args:
        pack_tests: the pack with its tests, none of which fails as things are.
        name: the id of the rule.
        day: whose facts count, where the rule does not hold on another day only.
        suggest: whether to look for an example that would kill each survivor.

    Raises:
        EngineError: the evaluator did not do all of its work.
    """
    knowledge = pack_tests.kb.knowledge
    found: list[Result] = []
    rule = pack_tests.kb.rule(name)
    for id_, place, mutant in mutants_of(rule, knowledge, day, pack_tests.kb.concepts):
        if not isinstance(mutant, Mutant):
            found.append(Result(id=id_, rule=name, fate=mutant, place=place))
            continue
        killer = pack_tests.killer(mutant)
        if killer is None:
            found.append(Result(id=id_, rule=name, fate="invalid", place=place))
        elif killer:
            found.append(Result(id=id_, rule=name, fate="killed", by=killer, place=place))
        else:
            example = suggestion(mutant, knowledge, day) if suggest else ""
            found.append(Result(id=id_, rule=name, fate="survived", place=place, diff=mutant.diff, suggestion=example))
    return tuple(found)


@lru_cache(maxsize=2)
def _pack_tests(pack: str | Path, tests: tuple[Path, ...]) -> PackTests:
    """The pack with its tests; each process reads them once."""
    packs, faults = Packs(), Faults()
    collected: list[Collected] = []
    for test in tests:
        collected += faults.attempt(_collected, test, packs) or ()
    faults.raise_any()
    return PackTests(beside_rules(load(pack)), tuple(collected))


def _collected(path: Path, packs: Packs) -> tuple[Collected, ...]:
    return collect_folder(path, packs) if is_folder(path) else (collect_file(path, packs),)


def _state(wanted: MutationRun, files: Iterable[Path]) -> str:
    """A digest of all that results depend on: the files of the packs, the tests, the day, and this version."""
    digest = hashlib.sha256(f"{__version__} {wanted.day} {wanted.suggest}".encode())
    tested = (path for test in wanted.tests for path in (toml_files(test) if is_folder(test) else [test]))
    for path in (*files, *tested):
        # What is accepted changes no result.
        if path.name != MUTANTS.file:
            digest.update(str(path.name).encode() + b"\0" + read_file(path, str(path)))
    return digest.hexdigest()
