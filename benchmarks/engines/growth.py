"""How the rates change with more proposals, facts and measures; with more rules they change in the main table."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen
from benchmarks.engines.race import Result, Settings, race
from benchmarks.engines.workload import generated_workload

__all__ = ["Point", "growth"]

# Seconds of a run.
_LONG = 4


@frozen
class Point:
    """One engine with so many of something.

    Attributes:
        axis: `proposals`, `facts` or `measures`.
        rate: proposals a second; 0 where it failed.
    """

    axis: str
    number: int
    engine: str
    rate: float


def growth(rates: Mapping[str, float], folder: Path, settings: Settings, *, quick: bool = False) -> list[Point]:
    """Each engine along each axis, 40 rules throughout.

    Args:
        rates: proposals a second of each engine, as it was measured; runs that would take too long are left out.
        folder: into which packs are written.
        settings: how long a turn lasts.
        quick: few points.
    """
    found: list[Point] = []
    most = 500 if quick else 8000
    workload = generated_workload(folder, 40, proposals=most, seconds=1)
    for number in (10, 100, most) if quick else (10, 100, 1000, most):
        names = [name for name, rate in rates.items() if number < _LONG * rate]
        found += _points("proposals", number, race(workload, names, settings, dict.fromkeys(names, number)))
    for number in (240,) if quick else (15, 60, 240, 960):
        workload = generated_workload(folder, 40, proposals=most // 8, facts=number, seconds=1)
        found += _points("facts", number, race(workload, list(rates), settings))
    for number in (3,) if quick else (3, 12, 48):
        workload = generated_workload(folder, 40, proposals=most // 8, measures=number, seconds=1)
        found += _points("measures", number, race(workload, list(rates), settings))
    return found


def _points(axis: str, number: int, results: Sequence[Result]) -> list[Point]:
    return [Point(axis, number, each.engine, each.rate) for each in results]
