"""How long lint and the proofs of all guarantees of the shipped packs take, on one core: `python benchmarks/proving.py`.

Each command in a process of its own, start to end. No test: machines differ; the bar is a minute for all together.
"""

import resource
import subprocess
import sys

PACKS = ("treaties", "nl-22112-4027")
COMMANDS = ("prove", "lint")


def seconds(command: str, pack: str) -> float:
    """Seconds of the processor that a command takes, which must not end in an error."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    arguments = [sys.executable, "-m", "consistent", command, pack]
    subprocess.run(arguments, capture_output=True, check=True)  # noqa: S603  this library
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print a line for each command and pack, and the sum."""
    total = 0.0
    for command in COMMANDS:
        for pack in PACKS:
            taken = seconds(command, pack)
            total += taken
            print(f"{command} {pack:<20}{taken:8.1f} s")
    print(f"{'in all':<26}{total:8.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
