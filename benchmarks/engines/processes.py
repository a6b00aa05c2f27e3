"""Start-up, memory over a long stream, and one process against two; each in fresh processes."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import evolve
from benchmarks.engines import generated
from benchmarks.engines.machine import peak_memory
from benchmarks.engines.workload import DAY

from consistent import KnowledgeBase, load
from consistent.model.proposal import Proposal
from consistent.model.values import Value

__all__ = ["START_UP", "memory", "processes", "start_up"]

_PROPOSAL = Path(__file__).parents[2] / "proposals/join-2025-120.toml"

# What a fresh process does before its first report, step by step.
START_UP = """
import json, sys, time
began = time.perf_counter()
import consistent
imported = time.perf_counter()
consistent.load, consistent.KnowledgeBase
named = time.perf_counter()
kb = consistent.load()
loaded = time.perf_counter()
kb.check(sys.argv[1], engine=sys.argv[2]).findings
checked = time.perf_counter()
print(json.dumps([imported - began, named - began, loaded - named, checked - loaded]))
"""


def start_up(engine: str, times: int = 5) -> dict[str, float]:
    """Seconds of import, load and first check of the White Paper, medians over fresh processes."""
    runs = [_fresh("-c", START_UP, str(_PROPOSAL), engine) for _ in range(times)]
    steps = zip(*runs, strict=True)
    return dict(zip(("import", "import with load", "load", "first check"), map(statistics.median, steps), strict=True))


def memory(proposals: int, rules: int = 40) -> dict[str, float]:
    """Peak memory and rate of a stream of so many proposals, no two alike, in a fresh process.

    The rate includes the making of the proposals.
    """
    found: dict[str, float] = _fresh("-m", "benchmarks.engines.processes", str(proposals), str(rules))
    return found


def _fresh(*arguments: str) -> Any:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _stream(number: int, first: int = 0) -> Iterator[Proposal]:
    """Proposals of which every one has values that no other has, at little cost."""
    pool = list(generated.proposals(2000))
    for count, each in enumerate(islice(cycle(pool), number), first):
        measure = evolve(each.measures[0], amount=Value.exactly(1_000_001 + count))
        yield Proposal(
            reference=Value.exactly(f"COM({count}) 2"),
            legal_basis=each.legal_basis,
            measures=(measure, *each.measures[1:]),
        )


def _checked(kb: KnowledgeBase, number: int, first: int = 0) -> int:
    return sum(len(report.spoken) for report in kb.check_many(_stream(number, first), as_of=DAY, engine="columns"))


_kb: KnowledgeBase


def _begin(pack: str) -> None:
    global _kb  # noqa: PLW0603  what a worker keeps
    _kb = load(pack)
    _checked(_kb, 500)


def _share(number: int, first: int) -> int:
    return _checked(_kb, number, first)


def processes(proposals: int, rules: int = 40, rounds: int = 3) -> dict[str, float]:
    """Proposals a second with one process and with two, in turn, and the ratio; medians."""
    rates: dict[int, list[float]] = {1: [], 2: []}
    with TemporaryDirectory(prefix="consistent-benchmark-") as folder:
        pack = str(generated.write_pack(Path(folder), rules=rules))
        for _ in range(rounds):
            for workers, taken in rates.items():
                with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (pack,)) as pool:
                    # Each worker is up and warm before the clock runs.
                    list(pool.map(_share, [200] * workers, [0] * workers))
                    slices = [(proposals // 8, number * proposals) for number in range(8)]
                    began = time.perf_counter()
                    list(pool.map(_share, *zip(*slices, strict=True)))
                    taken.append(proposals // 8 * 8 / (time.perf_counter() - began))
    one, two = statistics.median(rates[1]), statistics.median(rates[2])
    return {"one": one, "two": two, "ratio": two / one}


def main() -> int:
    """Stream so many proposals past so many rules, and print what it took."""
    number, rules = int(sys.argv[1]), int(sys.argv[2])
    with TemporaryDirectory(prefix="consistent-benchmark-") as folder:
        kb = load(generated.write_pack(Path(folder), rules=rules))
        _checked(kb, 100)
        began = time.perf_counter()
        spoken = _checked(kb, number)
        seconds = time.perf_counter() - began
    print(json.dumps({"proposals": number, "peak_mb": peak_memory(), "rate": number / seconds, "spoken": spoken}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
