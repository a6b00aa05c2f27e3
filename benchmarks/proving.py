"""How long lint and the proofs of all guarantees of the shipped packs take, on one core: `python benchmarks/proving.py`.

Each command in a process of its own, start to end: once with nothing decided before, then again with all that it decided. No test:
machines differ. The exit status is 1 where an aim is missed: a minute for all together at first, five seconds again.
"""

import os
import resource
import subprocess
import sys
from tempfile import TemporaryDirectory

PACKS = ("treaties", "nl-22112-4027")
COMMANDS = ("prove", "lint")
AIMS = {"at first": 60.0, "again": 5.0}


def seconds(command: str, pack: str, cache: str) -> float:
    """Seconds of the processor that a command takes, which must not end in an error."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    arguments = [sys.executable, "-m", "consistent", command, pack]
    subprocess.run(arguments, capture_output=True, check=True, env=os.environ | {"CONSISTENT_CACHE": cache})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print a line for each command and pack, and the sums."""
    missed = 0
    with TemporaryDirectory() as cache:
        for when, aim in AIMS.items():
            total = 0.0
            for command in COMMANDS:
                for pack in PACKS:
                    taken = seconds(command, pack, cache)
                    total += taken
                    print(f"{when:<10}{command:<6}{pack:<20}{taken:8.1f} s")
            missed += total > aim
            print(f"{when:<10}{'in all':<26}{total:8.1f} s  aim: {aim:.0f} s  {'NOT MET' if total > aim else 'met'}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
