"""One engine in a process of its own, which does what it is told over a connection; `race` holds the other end."""

import gc
import pickle
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.metadata import version
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from attrs import frozen
from benchmarks.engines.contenders import PEERS
from benchmarks.engines.flat import Finding, Table
from benchmarks.engines.machine import peak_memory
from benchmarks.engines.ours import OURS, Ours
from benchmarks.engines.workload import DAY, Workload

from consistent.model.proposal import Proposal

__all__ = ["Failure", "serve", "write_workload"]

# An engine must get this much faster by a longer run than a turn, and no run is longer than so many turns by choice.
_WORTH = 1.2
_LONG = 6


def write_workload(workload: Workload, path: Path) -> None:
    """Write what engines need into a file; each reads the parts that it needs."""
    with path.open("wb") as file:
        for part in (workload.expected, workload.tables, workload.proposals, workload.unknown):
            pickle.dump(part, file)


@frozen
class Failure:
    """Why there is no answer."""

    text: str


def serve(connection: Connection, name: str, path: Path, pack: str) -> None:
    """Answer commands until told to end.

    Args:
        connection: over which they come: `ready` with a size and the seconds of a turn, `turn` with these, `end`.
        name: of the engine.
        path: what `write_workload` wrote.
        pack: for this library.
    """
    engine: _Engine | None = None
    while True:
        command, *arguments = connection.recv()
        try:
            if command == "ready":
                engine = _OurEngine(name, path, pack) if name in OURS else _Peer(name, path)
                connection.send(_ready(engine, *arguments))
            elif command == "turn":
                assert engine is not None  # noqa: S101  was made ready
                connection.send(_turn(engine, *arguments))
            else:
                connection.send(peak_memory())
                connection.close()
                return
        except Exception as error:  # noqa: BLE001  whatever an engine raises is told, and ends no other
            connection.send(Failure(f"{type(error).__name__}: {error}"[:200]))


def _ready(engine: "_Engine", size: int, turn: float) -> dict[str, Any]:
    size = size or _fitting(engine, turn)
    size = min(size, engine.all)
    convert = _seconds(lambda: engine.take(size))
    compared = engine.compare()
    return {
        "proposals": size, "compared": compared, "prepare": engine.prepare, "form": engine.form, "version": engine.version,
        "convert": size / convert if engine.converts else None,
    }  # fmt: skip


def _fitting(engine: "_Engine", turn: float) -> int:
    """As many proposals as take about as long as a turn; more where an engine gets faster by them, up to a few turns."""
    size, rate = 0, 0.0
    for tried in (1 << step for step in range(0, 32, 2)):
        few = min(tried, engine.all)
        engine.take(few)
        # The first run of each size only warms up, if it is not too long for that.
        seconds = _seconds(engine.run)
        if seconds < _LONG * turn:
            seconds = _seconds(engine.run)
        if seconds > turn and few / seconds < _WORTH * rate:
            break
        size, rate = few, few / seconds
        if few == engine.all or seconds > _LONG * turn:
            break
    return size


def _seconds(action: Callable[[], None]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _turn(engine: "_Engine", least: float) -> float:
    """Proposals a second over as many runs as fit."""
    gc.collect()
    began = time.perf_counter()
    for runs in count(1):
        engine.run()
        seconds = time.perf_counter() - began
        if seconds >= least:
            return runs * engine.size / seconds
    raise AssertionError


class _Engine(ABC):
    """An engine in its process, with the proposals that it checks.

    Attributes:
        all: how many proposals there are.
        size: how many a run checks.
        prepare: see `Result`, as for `form` and `version`.
        converts: whether proposals have to be put into another form.
    """

    all: int
    prepare: float
    form: str
    version: str
    converts: bool

    def __init__(self, expected: Sequence[frozenset[Finding]]) -> None:
        self._expected = expected
        self.size = 0
        self._found: Any = None

    @abstractmethod
    def take(self, size: int) -> None:
        """Have the first so many proposals ready, in the form that suits the engine."""

    @abstractmethod
    def check(self) -> Any:
        """Check them: what is timed."""

    @abstractmethod
    def findings(self, found: Any) -> Iterator[Finding]:
        """What a check came to, as it is compared."""

    def run(self) -> None:
        """Check, and keep what was found."""
        self._found = self.check()

    def compare(self) -> int:
        """Show that the findings are the expected ones; how many there are.

        Raises:
            AssertionError: they are not.
        """
        self.run()
        told = list(self.findings(self._found))
        found, expected = frozenset(told), frozenset(each for few in self._expected[: self.size] for each in few)
        if found != expected:
            lost, false = expected - found, found - expected
            raise AssertionError(f"{len(lost)} findings lost, {len(false)} false: {sorted(lost | false)[:3]}")
        if len(told) != len(found):
            raise AssertionError("a finding is told more than once")
        return len(found)


class _OurEngine(_Engine):
    """This library, from proposals as objects."""

    def __init__(self, name: str, path: Path, pack: str) -> None:
        with path.open("rb") as file:
            expected, _, known, unknown = (pickle.load(file) for _ in range(4))  # noqa: S301  our own
        super().__init__(expected)
        self.version = version("consistent-eu")
        began = time.perf_counter()
        self._ours = Ours(name, pack, DAY)
        self.converts = self._ours.way.corpus
        self.form = "a `Corpus`" if self.converts else "proposals as objects, equal values one object"
        self._ours.run(self._ours.convert(known[:1]))
        self.prepare = time.perf_counter() - began
        self._known: tuple[Proposal, ...] = known
        self._unknown: tuple[Proposal, ...] = unknown if self._ours.way.unknown else ()
        self.all = len(known)

    def take(self, size: int) -> None:
        self.size = size
        self._taken = self._ours.convert((self._unknown or self._known)[:size])

    def check(self) -> Any:
        return self._ours.run(self._taken)

    def findings(self, found: Any) -> Iterator[Finding]:
        # What is to be found with unknowns no other engine can say: the same ones are compared without.
        proposals = self._known[: self.size]
        yield from self._ours.findings(proposals, self._ours.run(proposals) if self._unknown else found)


class _Peer(_Engine):
    """Another engine, one of it for each table."""

    converts = True

    def __init__(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            expected, tables = (pickle.load(file) for _ in range(2))  # noqa: S301  our own
        super().__init__(expected)
        self._tables: tuple[Table, ...] = tables
        self.all = len(expected)
        engine = import_module(PEERS[name]).ENGINE
        self.form = engine.form
        self.version = sys.version.split()[0] if engine.distribution == "python" else version(engine.distribution)
        began = time.perf_counter()
        # The first table pays for the import of the library.
        self._engines = [engine(table) for table in self._tables]
        self.prepare = time.perf_counter() - began

    def take(self, size: int) -> None:
        self.size = size
        pairs = zip(self._engines, self._tables, strict=True)
        self._native = [engine.convert(table.rows[: size * table.per_proposal]) for engine, table in pairs]

    def check(self) -> Any:
        return [engine.run(native) for engine, native in zip(self._engines, self._native, strict=True)]

    def findings(self, found: Any) -> Iterator[Finding]:
        for table, pairs in zip(self._tables, found, strict=True):
            yield from map(table.finding, pairs)
