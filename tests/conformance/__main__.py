"""Holds an engine to the cases: `python -m tests.conformance COMMAND...`.

The command reads cases on standard input, one a line, and writes an answer to each on a line of standard output (README.md). The exit
status is 0 where all that must be said is said, and nothing else; 1 where not; 2 where the command does not answer.
"""

import json
import subprocess
import sys
from collections.abc import Sequence

from tests.conformance.sets import cases, disagreements, question

_SHOWN = 40


def main(command: Sequence[str]) -> int:
    """Put all cases to the command."""
    if not command:
        sys.stdout.write(str(__doc__))
        return 2
    listed = list(cases())
    asked = "".join(f"{question(case)}\n" for case in listed)
    done = subprocess.run(command, input=asked, stdout=subprocess.PIPE, text=True, check=False)
    answers = done.stdout.splitlines()
    if done.returncode or len(answers) != len(listed):
        sys.stdout.write(f"{len(answers)} answers to {len(listed)} cases, and exit status {done.returncode}\n")
        return 2
    told = []
    failed = 0
    for case, answer in zip(listed, answers, strict=True):
        try:
            data = json.loads(answer)
        except ValueError:
            data = {}
        found = list(disagreements(case, data if isinstance(data, dict) else {}))
        failed += bool(found)
        told += found
    shown = told[:_SHOWN] + ([f"... and {len(told) - _SHOWN} more"] if told[_SHOWN:] else [])
    summary = f"{len(listed) - failed} of {len(listed)} cases come out as they must"
    sys.stdout.write("\n".join([*shown, summary, ""]))
    return int(bool(failed))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
