"""The bars for speed that a person feels: `python -m benchmarks.bars` prints each with its figure, and whether it is met.

The exit status is 1 where one is not. Medians over fresh processes; on a machine with other work the figures say little.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import tomli
from attrs import asdict, frozen
from benchmarks.engines.processes import start_up

from consistent import load
from consistent.toml.many import ManyReader
from consistent.toml.proposals import ProposalReader
from consistent.toml.tomlfile import TomlFile

_PROPOSALS = Path(__file__).parents[1] / "proposals"
_PAPER = _PROPOSALS / "join-2025-120.toml"


@frozen
class Bar:
    """What may take how long, and what it took, with units."""

    bar: str
    most: str
    figure: str
    met: bool


def bars(times: int = 7) -> list[Bar]:
    """Measure every bar.

    Args:
        times: how many fresh processes each median is over.
    """
    steps = start_up("auto", times)
    return [
        _bar("`import consistent`", 0.1, steps["import"]),
        _bar("`from consistent import load`, with all that it imports", 0.06, steps["import with load"]),
        _bar("`load()` of the shipped packs", 0.15, steps["load"]),
        *(
            _bar(f"one check by `{engine}`, median of the shipped proposals", most, statistics.median(_checks(engine)))
            for engine, most in (("durable-rules", 0.002), ("columns", 0.0003))
        ),
        _bar("`consistent check` of the White Paper, start to end", 0.25, _command(times)),
        _times("proposals read one after the other, as often as by the full reader", 10, _read_quickly()),
    ]


def _bar(name: str, most: float, seconds: float) -> Bar:
    return Bar(name, f"{most * 1000:g} ms", f"{seconds * 1000:.4g} ms", seconds < most)


def _times(name: str, least: float, ratio: float) -> Bar:
    return Bar(name, f"{least:g} x", f"{ratio:.3g} x", ratio >= least)


def _read_quickly(rounds: int = 40) -> float:
    """How many times as many proposals the reader of many reads as the full one, of the shipped proposals over and over."""
    vocabularies = load().knowledge.vocabularies
    found = [tomli.loads(path.read_text("utf-8")) for path in sorted(_PROPOSALS.glob("*.toml"))]
    data = [{key: part for key, part in each.items() if key in {"proposal", "measure"}} for each in found]
    quick, full = ManyReader(vocabularies), ProposalReader(vocabularies)
    readers: tuple[Callable[[Mapping[str, Any]], object], ...] = (
        lambda each: quick.read(each, "proposal"),
        lambda each: full.read(TomlFile.of_dict(each, "proposal")),
    )
    taken = []
    for read in readers:
        for each in data:
            read(each)  # so that both have met all
        began = time.process_time()
        for _ in range(rounds):
            for each in data:
                read(each)
        taken.append(time.process_time() - began)
    return taken[1] / taken[0]


def _checks(engine: str, times: int = 30) -> list[float]:
    """Seconds of one check of each shipped proposal, read already, down to which rules say what of which measure."""
    kb = load()
    found: list[float] = []
    for path in sorted(_PROPOSALS.glob("*.toml")):
        proposal = kb.read(path)
        kb.check(proposal, engine=engine)
        taken: list[float] = []
        for _ in range(times):
            began = time.perf_counter()
            assert kb.check(proposal, engine=engine).spoken is not None  # noqa: S101  looked at
            taken.append(time.perf_counter() - began)
        found.append(statistics.median(taken))
    return found


def _command(times: int) -> float:
    taken: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        command = [sys.executable, "-m", "consistent", "check", str(_PAPER)]
        # It says by its status that there are findings.
        subprocess.run(command, capture_output=True, check=False)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bars", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=7, help="fresh processes for each median (default: %(default)s)")
    parser.add_argument("--into", type=Path, help="add the figures to those of benchmarks.engines, a JSON file")
    asked = parser.parse_args()
    found = bars(asked.times)
    for each in found:
        print(f"{each.bar:54}{each.most:>8}{each.figure:>12}  {'met' if each.met else 'NOT MET'}")
    if asked.into:
        data = json.loads(asked.into.read_text("utf-8")) | {"bars": [asdict(each) for each in found]}
        asked.into.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    return 0 if all(each.met for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
