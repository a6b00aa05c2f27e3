"""Engines on one workload, each in a process of its own, in turn within each round so that noise hits all alike.

A process that dies or does not answer in time takes nobody else along: its engine is reported as failed.
"""

import statistics
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import define, field, frozen
from benchmarks.engines.contenders import PEERS
from benchmarks.engines.ours import OURS
from benchmarks.engines.serving import Failure, serve, write_workload
from benchmarks.engines.workload import Workload

__all__ = ["Result", "Settings", "available", "race"]


@frozen
class Settings:
    """How long things may take.

    Attributes:
        rounds: in each of which every engine has a turn.
        turn: seconds of a turn; it is ended by the run that reaches it.
        most: seconds to get ready, or to answer at all.
    """

    rounds: int = 5
    turn: float = 0.25
    most: float = 45


@define(kw_only=True)
class Result:
    """What was measured of one engine on one workload.

    Attributes:
        proposals: that a run checks; fewer for slow engines.
        compared: findings that were shown to equal the expected ones before the first turn.
        rates: proposals a second, by round.
        convert: proposals a second, from rows to the engine's own form; None where nothing is converted.
        prepare: seconds of importing the engine's library and compiling the rules; of ours, of loading the pack and the first check.
        memory: the most that its process held, megabytes.
        failed: why there are no figures.
    """

    engine: str
    workload: str
    ours: bool
    form: str = ""
    version: str = ""
    proposals: int = 0
    compared: int = 0
    rates: list[float] = field(factory=list)
    convert: float | None = None
    prepare: float = 0
    memory: float = 0
    failed: str = ""

    @property
    def rate(self) -> float:
        """Proposals a second, the median of all rounds; 0 where it failed."""
        return statistics.median(self.rates) if self.rates else 0

    @property
    def whole(self) -> float:
        """Proposals a second with the conversion."""
        return 1 / (1 / self.rate + (1 / self.convert if self.convert else 0)) if self.rate else 0


def available(only: Sequence[str] = ()) -> list[str]:
    """The engines that can be run here: ours, and the peers that are installed.

    Args:
        only: names, or parts of them; all unless given.
    """
    found = list(OURS)
    for name, module in PEERS.items():
        try:
            engine = import_module(module).ENGINE
            if engine.distribution != "python":
                version(engine.distribution)
        except ImportError:
            continue
        found.append(name)
    return [each for each in found if not only or any(part in each for part in only)]


def race(
    workload: Workload, names: Sequence[str], settings: Settings, sizes: Mapping[str, int] | None = None
) -> list[Result]:
    """Run engines on a workload.

    Args:
        workload: rules and proposals.
        names: of engines.
        settings: how long.
        sizes: how many proposals a run has; found by trial for engines that are not named.
    """
    with TemporaryDirectory(prefix="consistent-race-") as folder:
        path = Path(folder) / "workload.pickle"
        write_workload(workload, path)
        runners = [_Runner(name, workload, path, settings) for name in names]
        try:
            for runner in runners:
                runner.ready((sizes or {}).get(runner.result.engine, 0))
            for _ in range(settings.rounds):
                for runner in runners:
                    runner.turn()
        finally:
            for runner in runners:
                runner.end()
    return [runner.result for runner in runners]


class _Runner:
    """The parent's end of one engine."""

    def __init__(self, name: str, workload: Workload, path: Path, settings: Settings) -> None:
        self.result = Result(engine=name, workload=workload.title, ours=name in OURS)
        self._settings = settings
        context = get_context("spawn")
        self._connection, child = context.Pipe()
        self._process = context.Process(target=serve, args=(child, name, path, str(workload.pack)), daemon=True)
        self._process.start()
        child.close()

    def ready(self, size: int) -> None:
        """Load or compile, choose how many proposals a run has, and show that the findings are equal."""
        told = self._ask("ready", size, self._settings.turn)
        if told is not None:
            for name, value in told.items():
                setattr(self.result, name, value)

    def turn(self) -> None:
        """Run for as long as a turn lasts."""
        told = self._ask("turn", self._settings.turn)
        if told is not None:
            self.result.rates.append(told)

    def end(self) -> None:
        """Ask for the memory, and see the process off."""
        memory = self._ask("end")
        self.result.memory = memory or 0
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._connection.close()

    def _ask(self, *command: Any) -> Any:
        if self.result.failed:
            return None
        try:
            self._connection.send(command)
            if not self._connection.poll(self._settings.most):
                self.result.failed = f"no answer in {self._settings.most:g} s"
                self._process.kill()
                return None
            answer = self._connection.recv()
        except (EOFError, OSError):
            self._process.join(5)
            self.result.failed = f"its process ended ({self._process.exitcode})"
            return None
        if isinstance(answer, Failure):
            self.result.failed = answer.text
            return None
        return answer
