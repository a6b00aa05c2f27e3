"""What a user waits for at the command line: `python -m benchmarks.waiting DOCUMENT` prints each with its figure and its aim.

The document is drafted first, best one of a hundred pages or more; each command then runs in a process of its own, once to fill the
caches and after that `--rounds` times. Seconds of the processor, user and system, with all processes that a command starts: of a
machine with other work they say more than the clock. The least counts. The exit status is 1 where an aim is not met.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from consistent import draft

_PAPER = Path(__file__).parents[1] / "proposals/join-2025-120.toml"
_COMMAND = ("-m", "consistent")


@frozen
class Wait:
    """What may take how long, and how much memory.

    Attributes:
        arguments: of Python.
        seconds: of the processor, at most.
        megabytes: of resident memory, at most; None for no bound.
    """

    name: str
    arguments: tuple[str, ...]
    seconds: float
    megabytes: int | None = None


def waits(drafted: Path) -> list[Wait]:
    """Everything that is measured.

    Args:
        drafted: the draft of a long document, in TOML.
    """
    of_draft = str(drafted)
    return [
        Wait("ask, the first question", (*_COMMAND, "ask", of_draft, "--list", "--limit", "1"), 1.0),
        Wait("ask --list", (*_COMMAND, "ask", of_draft, "--list"), 5.0, 300),
        Wait("check of the draft", (*_COMMAND, "check", of_draft), 5.0, 300),
        Wait("check --strict of the draft", (*_COMMAND, "check", of_draft, "--strict"), 5.0, 300),
        Wait("--help", (*_COMMAND, "--help"), 0.12),
        Wait("--version", (*_COMMAND, "--version"), 0.12),
        Wait("from consistent import load", ("-c", "from consistent import load"), 0.06),
        Wait("check of the White Paper", (*_COMMAND, "check", str(_PAPER)), 0.25),
    ]


def measured(arguments: Sequence[str]) -> tuple[float, float]:
    """Seconds of the processor that a Python with these arguments takes, and the most memory, in megabytes."""
    command = [sys.executable, *arguments]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    # That there are findings is told by 1.
    if process.returncode not in {0, 1}:
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> int:
    """Measure one document."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.waiting", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("document", type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="how often, once it has run (default: %(default)s)")
    asked = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        drafted = Path(folder) / "draft.toml"
        drafted.write_text(draft(asked.document).toml(), "utf-8")
        for wait in waits(drafted):
            measured(wait.arguments)
            rounds = [measured(wait.arguments) for _ in range(asked.rounds)]
            seconds, megabytes = (min(figures) for figures in zip(*rounds, strict=True))
            is_met = seconds <= wait.seconds and (wait.megabytes is None or megabytes <= wait.megabytes)
            missed += not is_met
            aim = f"{wait.seconds:.2f} s" + (f", {wait.megabytes} MB" if wait.megabytes else "")
            print(f"{wait.name:32}{seconds:7.2f} s{megabytes:6.0f} MB  aim: {aim:14}  {'met' if is_met else 'NOT MET'}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
