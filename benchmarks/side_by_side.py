"""Two checkouts side by side in one run: `python -m benchmarks.side_by_side OLD NEW` prints CPU times and their ratio.

Each round starts a fresh process in one checkout and then in the other, with the environment (`.venv`) of each, so that what else the
machine does meets both alike; of each figure the least is kept. CPU seconds, user and system; the exit status is 1 where a figure
of the newer checkout is more than a tenth above that of the older one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# Runs in either checkout, so it asks only for what both offer: the library's front door and the command.
_PROBE = r"""
import contextlib, io, json, os, sys, time
from pathlib import Path

def least(times, work):
    taken = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)

began = time.process_time()
from consistent import load
kb = load("nl-22112-4027")
figures = {"import and load, from the cache": time.process_time() - began}
from consistent.cli import main
paths = sorted(Path("proposals").glob("*.toml"))
paper = kb.read("proposals/join-2025-120.toml")
proposals = [kb.read(path) for path in paths]
for engine, times in (("columns", 30), ("durable-rules", 10), ("plain", 1)):
    kb.check(paper, engine=engine).spoken
    figures[f"one check by {engine}"] = least(times, lambda: kb.check(paper, engine=engine).spoken)
figures["a report, written"] = least(5, lambda: kb.check(paper, engine="columns").findings)
figures["2,000 checks at once"] = least(3, lambda: [check.spoken for check in kb.check_many(proposals * 167)])

def command(*arguments):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), contextlib.suppress(SystemExit):
        main(list(arguments))

checked = ("check", "proposals/join-2025-120.toml", "--pack", "nl-22112-4027", "--format")
for form in ("text", "json", "html", "markdown"):
    command(*checked, form)
    figures[f"check in {form}"] = least(3, lambda: command(*checked, form))
for path in sys.argv[1:]:
    figures[f"draft of {Path(path).name}"] = least(2, lambda: command("draft", path, "--pack", "nl-22112-4027", "--as-proposal"))
print(json.dumps(figures))
"""
_COMMANDS = {
    "consistent check, start to end": ("check", "proposals/join-2025-120.toml", "--pack", "nl-22112-4027"),
    "consistent --help": ("--help",),
    "consistent explain": ("explain", "eu-doctrine", "--pack", "nl-22112-4027"),
}
_MOST = 1.1


def _figures(checkout: Path, cache: str, documents: list[Path]) -> dict[str, float]:
    """CPU seconds of one round in a checkout, by what was done."""
    python = str(checkout / ".venv/bin/python")
    environment = os.environ | {
        "CONSISTENT_CACHE": cache,
        "CONSISTENT_LANG": "en",
        "PYTHONPYCACHEPREFIX": f"{cache}/code",
    }
    # Else a checkout whose code was compiled before would be measured against one that compiles it each time.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    probe = [python, "-c", _PROBE, *map(str, documents)]
    printed = subprocess.run(probe, cwd=checkout, env=environment, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(printed.stdout)
    for name, arguments in _COMMANDS.items():
        before = os.times()
        subprocess.run(
            [python, "-m", "consistent", *arguments], cwd=checkout, env=environment, capture_output=True, check=False
        )
        after = os.times()
        figures[name] = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return figures


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.side_by_side", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("documents", type=Path, nargs="*", help="to draft, in both")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    least: list[dict[str, float]] = [{}, {}]
    with tempfile.TemporaryDirectory() as caches:
        for _ in range(asked.rounds):
            for side, checkout in enumerate((asked.old.resolve(), asked.new.resolve())):
                found = _figures(checkout, f"{caches}/{side}", [path.resolve() for path in asked.documents])
                least[side] = {name: min(taken, least[side].get(name, taken)) for name, taken in found.items()}
    old, new = least
    slower = 0
    for name, taken in old.items():
        ratio = new[name] / taken
        slower += ratio > _MOST
        print(f"{name:44}{taken * 1000:10.2f} ms{new[name] * 1000:10.2f} ms{ratio:8.2f}")
    return int(bool(slower))


if __name__ == "__main__":
    sys.exit(main())
