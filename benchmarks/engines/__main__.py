"""Run the benchmarks: `python -m benchmarks.engines --json figures.json --picture figures.svg`."""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import asdict
from benchmarks.engines.growth import growth
from benchmarks.engines.machine import facts
from benchmarks.engines.picture import draw
from benchmarks.engines.processes import memory, processes, start_up
from benchmarks.engines.race import Result, Settings, available, race
from benchmarks.engines.tables import BASE, tables, write_page
from benchmarks.engines.workload import Workload, generated_workload, shipped_workload

# A yardstick, and no peer.
_YARDSTICK = "generated Python"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write."""
    asked = _parser().parse_args(arguments)
    if asked.figures:
        data = json.loads(asked.figures.read_text("utf-8"))
    else:
        with TemporaryDirectory(prefix="consistent-benchmark-") as folder:
            data = _measured(asked, Path(folder))
    found = tables(data)
    for name, table in found.items():
        print(f"\n{name}\n\n{table}")
    if asked.json:
        asked.json.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    if asked.picture:
        draw(data, asked.picture)
    if asked.page:
        for name in write_page(asked.page, found):
            print(f"{asked.page} has no place for the table `{name}`", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines", description=__doc__)
    parser.add_argument("--workload", choices=("generated", "shipped", "all"), default="all")
    parser.add_argument("--rules", type=int, nargs="+", default=None, help="of the generated pack (10 40 160 640)")
    parser.add_argument("--proposals", type=int, help="at most, to a run (4000)")
    parser.add_argument(
        "--only", nargs="+", default=(), metavar="NAME", help="engines whose name has one of these in it"
    )
    parser.add_argument("--race", action="store_true", help="no growth, start-up, memory and processes")
    parser.add_argument("--quick", action="store_true", help="one size, short turns: to see that all works")
    parser.add_argument("--confirm", type=float, help="seconds for the plain evaluator to confirm what is expected (5)")
    parser.add_argument("--figures", type=Path, help="read figures that were written with --json; measure nothing")
    parser.add_argument("--json", type=Path, help="write the figures")
    parser.add_argument("--picture", type=Path, help="draw them, SVG or PNG")
    parser.add_argument("--page", type=Path, help="write the tables into a page, docs/background/speed.md")
    return parser


def _measured(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    quick = asked.quick
    settings = Settings(rounds=2, turn=0.05, most=15) if quick else Settings()
    names = available(asked.only)
    data: dict[str, Any] = {"machine": facts(), "day": time.strftime("%Y-%m-%d"), "quick": quick, "workloads": []}
    rates: dict[str, float] = {}
    for workload in _workloads(asked, folder):
        _say(f"{workload.title}: {len(names)} engines")
        results = race(workload, names, settings)
        data["workloads"].append(_figures(workload, results))
        if not rates or workload.name == "generated-40":
            rates = _compared(results)
    if not asked.race:
        _say("growth")
        few = Settings(rounds=3, turn=settings.turn / 2, most=settings.most)
        data["growth"] = [asdict(each) for each in growth(rates, folder, few, quick=quick)]
        _say("start-up")
        engines = ("columns", "durable-rules", "plain")
        data["start_up"] = {each: start_up(each, 1 if quick else 5) for each in engines if each in names}
        _say("memory")
        data["memory"] = [memory(each) for each in ((2000, 10_000) if quick else (10_000, 100_000, 1_000_000))]
        _say("processes")
        data["processes"] = processes(4000 if quick else 40_000, rounds=1 if quick else 3)
    data["machine"]["load_after"] = facts()["load"]
    return data


def _compared(results: Sequence[Result]) -> dict[str, float]:
    """The rates of this library's evaluators, findings only, and of the three fastest peers."""
    peers = sorted(
        (each for each in results if not each.ours and each.engine != _YARDSTICK), key=lambda each: -each.rate
    )
    ours = [each for each in results if each.engine in {BASE, "durable-rules"}]
    return {each.engine: each.rate for each in (*ours, *peers[:3]) if each.rate}


def _workloads(asked: argparse.Namespace, folder: Path) -> Iterator[Workload]:
    quick = asked.quick
    seconds = asked.confirm or (1 if quick else 5)
    most = asked.proposals or (400 if quick else 4000)
    if asked.workload != "shipped":
        for rules in asked.rules or ((40,) if quick else (10, 40, 160, 640)):
            # A proposal has the more findings the more rules there are.
            number = max(min(most, 500), min(most, 160_000 // rules))
            yield generated_workload(folder, rules, proposals=number, seconds=seconds, unknown=True)
    if asked.workload != "generated":
        yield shipped_workload(proposals=min(most, 200 if quick else 3000), seconds=2 * seconds, unknown=True)


def _figures(workload: Workload, results: Sequence[Result]) -> dict[str, Any]:
    return {
        "name": workload.name, "title": workload.title, "rules": workload.rules, "facts": workload.facts, "measures": workload.measures,
        "proposals": len(workload.proposals), "compared": workload.compared,
        "per_proposal": sum(map(len, workload.expected)) / len(workload.expected),
        "results": [asdict(each) | {"rate": each.rate, "whole": each.whole} for each in results],
    }  # fmt: skip


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
