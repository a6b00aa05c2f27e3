"""What a lawyer waits for after an edit: `python -m benchmarks.editing` edits a copy of the Dutch pack, and loads it again.

Seconds of the processor, the median of `--rounds`, with a cache of its own. The exit status is 1 where the aim is not met.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from time import process_time

from consistent import load

_ROOT = Path(__file__).parents[1]
_PACK = "nl-22112-4027"
_AIM = 1.0


def seconds_to_load(folder: Path) -> float:
    """Seconds of the processor that a load of the pack of a folder takes."""
    began = process_time()
    load(folder)
    return process_time() - began


def _commented(text: str) -> str:
    return text + "\n# edited\n"


def _shortened(text: str) -> str:
    """Without the last of its facts; empty where it has not more than one."""
    head, table, _ = text.rpartition("\n[[fact]]\n")
    return head + "\n" if table and "\n[[fact]]\n" in head else ""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.editing", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="edits (default: %(default)s)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["CONSISTENT_CACHE"] = str(Path(scratch) / "cache")
        folder = Path(scratch) / "pack"
        for top in ("facts", "rules"):
            shutil.copytree(_ROOT / top / _PACK, folder / top / _PACK)
        print(f"{'nothing kept':40}{seconds_to_load(folder):8.3f} s")
        print(f"{'nothing changed':40}{seconds_to_load(folder):8.3f} s")
        missed = 0
        # A comment in a rule; of a file of facts the last one is taken out.
        for name, where, edited in (
            ("one rule edited", "rules", _commented),
            ("one file of facts edited", "facts", _shortened),
        ):
            taken = []
            paths = [path for path in sorted((folder / where).rglob("*.toml")) if edited(path.read_text("utf-8"))]
            for path in paths[: asked.rounds]:
                path.write_text(edited(path.read_text("utf-8")), "utf-8")
                taken.append(seconds_to_load(folder))
            median = statistics.median(taken)
            print(f"{name:40}{median:8.3f} s  aim: {_AIM:.2f} s  {'met' if median <= _AIM else 'NOT MET'}")
            missed += median > _AIM
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
