"""How long lint, proofs and tests of the shipped packs take, on one core: `python benchmarks/proving.py`.

Copies of the packs, each command in a process of its own, start to end: once with nothing decided before, again with all that it
decided, and after an edit of one rule of the pack; then `compare` of the pack before and after. Seconds of the processor. No test: machines
differ. The exit status is 1 where an aim is missed.
"""

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
PACKS = ("treaties", "nl-22112-4027")
# Commands whose sums have an aim, at each time.
COMMANDS = (("prove", "lint"), ("test",))
AIMS = {"at first": (30.0, 40.0), "again": (5.0, 5.0), "one rule edited": (5.0, 5.0)}
COMPARED = 0.2
# Nothing found, or something: a lint that is not explained is no error of the command.
_WELL = (0, 1)


def seconds(cache: Path, *arguments: str) -> float:
    """Seconds of the processor that a command takes.

    Raises:
        CalledProcessError: it ended in an error.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "consistent", *arguments], capture_output=True, check=False,
        env=os.environ | {"CONSISTENT_CACHE": str(cache)},
    )  # fmt: skip
    if done.returncode not in _WELL:
        raise subprocess.CalledProcessError(done.returncode, done.args, done.stdout, done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def copied(pack: str, into: Path) -> Path:
    """A copy of a pack that can be edited."""
    for top in ("facts", "rules"):
        shutil.copytree(ROOT / top / pack, into / top / pack)
    return into


def edit(folder: Path) -> None:
    """Edit a rule of a pack: the file is another one, as it is after whatever was written there."""
    path = next(iter(sorted((folder / "rules").rglob("*.toml"))))
    path.write_text(path.read_text("utf-8") + "\n# edited\n", "utf-8")


def told(what: str, taken: float, aim: float) -> bool:
    """Print a sum with its aim; whether it is missed."""
    print(f"{what:<44}{taken:8.1f} s  aim: {aim:g} s  {'NOT MET' if taken > aim else 'met'}")
    return taken > aim


def main() -> int:
    """Print a line for each command and pack, and the sums."""
    missed = False
    with TemporaryDirectory() as scratch:
        root = Path(scratch)
        folders = {pack: copied(pack, root / "now" / pack) for pack in PACKS}
        before = {pack: copied(pack, root / "before" / pack) for pack in PACKS}
        for when, aims in AIMS.items():
            if when == "one rule edited":
                for folder in folders.values():
                    edit(folder)
            for commands, aim in zip(COMMANDS, aims, strict=True):
                total = 0.0
                for command in commands:
                    for pack, folder in folders.items():
                        taken = seconds(root / "cache", command, str(folder))
                        total += taken
                        print(f"{when:<17}{command:<7}{pack:<20}{taken:8.1f} s")
                missed |= told(f"{when}, {' and '.join(commands)}", total, aim)
        for pack, folder in folders.items():
            seconds(root / "cache", "compare", str(before[pack]), str(folder))  # so that both are read
            missed |= told(
                f"compare {pack}", seconds(root / "cache", "compare", str(before[pack]), str(folder)), COMPARED
            )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
