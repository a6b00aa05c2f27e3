"""Runs mutation over the rules of a pack: in several processes, within bounded time, and to be taken up again."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from datetime import date
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

from attrs import frozen

from consistent import __version__
from consistent.checker import load
from consistent.errors import Faults
from consistent.knowledge.finding_packs import find_pack
from consistent.reading.files import is_folder, read_file, toml_files
from consistent.rules.rule import Rule
from consistent.rules.selecting import select_rules
from consistent.testing.accepted import MUTANTS, Accepted, read_accepted, reasons
from consistent.testing.mutation.killing import Trials
from consistent.testing.mutation.mutants import Mutant, mutants_of
from consistent.testing.mutation.progress import Progress
from consistent.testing.mutation.results import Result, Results
from consistent.testing.mutation.suggesting import suggestion
from consistent.testing.suite import Collected, Packs, collect_file, collect_folder

__all__ = ["MutationRun", "results_of"]

Step = Callable[[int, int], None]


@frozen(kw_only=True)
class MutationRun:
    """What is to be mutated, and how.

    Attributes:
        pack: a name or a folder; of its own rules, not of those that it builds on.
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


def results_of(wanted: MutationRun, step: Step | None = None) -> Results:
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
    trials = _trials(wanted.pack, wanted.tests)
    own = tuple(each for each in trials.kb.rules if each.pack == name)
    rules = select_rules(own, wanted.select, ()) if wanted.select else own
    folders = [available[each.name] for each in trials.kb.knowledge.packs]
    accepted = read_accepted(available[name].facts, MUTANTS)
    files = [path for each in folders for folder in (each.facts, each.rules) for path in toml_files(folder)]
    progress = Progress.open(wanted.resume, _state(wanted, files))
    waiting = [each.id for each in rules if each.id not in progress.done]
    if waiting:
        trials.check(each for each in rules if each.id in waiting)
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
    found = {each.id: done[each.id] for each in rules if each.id in done}
    left = tuple(each.id for each in rules if each.id not in found)
    listed = reasons(accepted)
    survived = {each.id for results in found.values() for each in results if each.fate == "survived"}
    # Of what was not run nobody knows whether it survives.
    run = is_whole and not left
    stale = ((name, each.place) for each in accepted for name in each.mutants if name not in survived)
    return Results(found=found, left=left, accepted=listed, stale=tuple(stale) if run else ())


def _run(wanted: MutationRun, waiting: Sequence[str], started: float) -> Iterator[tuple[str, tuple[Result, ...]]]:
    """Rules with their results as they are done; none is begun once time is up."""

    def begun() -> Iterator[str]:
        for each in waiting:
            if wanted.seconds is not None and monotonic() - started >= wanted.seconds:
                return
            yield each

    if wanted.jobs == 1:
        yield from ((each, _of_rule(wanted, each)) for each in begun())
        return
    # A process that was forked from one with threads may hang.
    with ProcessPoolExecutor(wanted.jobs, mp_context=get_context("spawn")) as pool:
        queue = begun()
        running: dict[Future[tuple[Result, ...]], str] = {}
        while True:
            for each in islice(queue, wanted.jobs - len(running)):
                running[pool.submit(_of_rule, wanted, each)] = each
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()


def _of_rule(wanted: MutationRun, name: str) -> tuple[Result, ...]:
    """What becomes of every mutant of one rule."""
    trials = _trials(wanted.pack, wanted.tests)
    knowledge = trials.kb.knowledge
    found: list[Result] = []
    rule = trials.kb.rule(name)
    for id_, place, mutant in mutants_of(rule, knowledge, wanted.day):
        if not isinstance(mutant, Mutant):
            found.append(Result(id=id_, rule=name, fate=mutant, place=place))
            continue
        killer = trials.killer(mutant)
        if killer is None:
            found.append(Result(id=id_, rule=name, fate="invalid", place=place))
        elif killer:
            found.append(Result(id=id_, rule=name, fate="killed", by=killer, place=place))
        else:
            example = suggestion(mutant, knowledge, wanted.day) if wanted.suggest else ""
            found.append(Result(id=id_, rule=name, fate="survived", place=place, diff=mutant.diff, suggestion=example))
    return tuple(found)


@lru_cache(maxsize=2)
def _trials(pack: str | Path, tests: tuple[Path, ...]) -> Trials:
    """The pack with its tests; each process reads them once."""
    packs, faults = Packs(), Faults()
    collected: list[Collected] = []
    for each in tests:
        collected += faults.attempt(_collected, each, packs) or ()
    faults.raise_any()
    return Trials(load(pack), tuple(collected))


def _collected(path: Path, packs: Packs) -> tuple[Collected, ...]:
    return collect_folder(path, packs) if is_folder(path) else (collect_file(path, packs),)


def _state(wanted: MutationRun, files: Iterable[Path]) -> str:
    """What results depend on, as a number in digits: the files of the packs, the tests, the day, and this version."""
    digest = hashlib.sha256(f"{__version__} {wanted.day} {wanted.suggest}".encode())
    tested = (path for each in wanted.tests for path in (toml_files(each) if is_folder(each) else [each]))
    for path in (*files, *tested):
        # What is accepted changes no result.
        if path.name != MUTANTS.file:
            digest.update(str(path.name).encode() + b"\0" + read_file(path, str(path)))
    return digest.hexdigest()
