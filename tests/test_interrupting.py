"""An interrupt ends any command at any moment: with its status, one line, no traceback, no half file, and no process left."""

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.document_cases import INVENTED
from tests.harness.effort import CAMPAIGN, examples, profile_named

ROOT = Path(__file__).parents[1]
# Tells from when on interrupts are heard; before, it is Python that starts.
BEGIN = """\
import os, sys
from consistent import __main__ as command
hear = command.hear_interrupts
command.hear_interrupts = lambda: (hear(), os.write(2, b"begun\\n"))
sys.exit(command.run())
"""
PAPER, ACT, PACK = "proposals/join-2025-120.toml", "proposals/com-2025-122.toml", "nl-22112-4027"
# Long commands, with a file or folder that each makes; `{}` stands for a folder.
COMMANDS = {
    "check": (f"check {PAPER} --pack {PACK} --format html -o {{}}/made.html", "made.html"),
    "check a document": (
        f"check {INVENTED}/legiswrite.en.docx --pack {PACK} --format html -o {{}}/made.html",
        "made.html",
    ),
    "corpus": (f"check --corpus proposals --pack {PACK} -o {{}}/made.jsonl", "made.jsonl"),
    "corpus, processes": (f"check --corpus proposals --pack {PACK} -o {{}}/made.jsonl --processes 2", "made.jsonl"),
    "draft": (f"draft {INVENTED}/akn4eu.en.xml --pack {PACK} -o {{}}/made.toml", "made.toml"),
    "draft of PDF": (f"draft {INVENTED}/council.en.pdf --pack {PACK} -o {{}}/made.toml", "made.toml"),
    "fiche": (f"fiche {ACT} --pack {PACK} --format docx -o {{}}/made.docx", "made.docx"),
    "pages": (f"pages --pack {PACK} -o {{}}/made", "made"),
    "schema": (f"schema all --pack {PACK} -o {{}}/made", "made"),
    "why": (f"why treaties/finance/no-budget-statement {PAPER} --pack {PACK}", ""),
    "repair": (f"repair {PAPER} --pack {PACK}", ""),
    "diff": (f"diff {ACT} proposals/com-2025-188.toml --pack {PACK}", ""),
    "ask": (f"ask {ACT} --pack {PACK} --list", ""),
    "test": (f"test --pack {PACK}", ""),
    "coverage": (f"coverage {PACK}", ""),
    "mutate": (f"mutate {PACK}", ""),
    "lint": (f"lint {PACK}", ""),
    "prove": (f"prove {PACK}", ""),
    "gaps": (f"gaps {PACK}", ""),
}
# One that goes on longer is interrupted within that: most differs at the start, and a campaign tries what comes later.
LONGEST = 20.0 if profile_named() == CAMPAIGN else 5.0


def started(command: str, folder: Path) -> "subprocess.Popen[bytes]":
    """The command, in a group of its own as a terminal has it, from the moment on at which it hears interrupts."""
    arguments = shlex.split(COMMANDS[command][0].format(folder))
    process = subprocess.Popen(
        [sys.executable, "-c", BEGIN, *arguments], cwd=ROOT, stdout=-1, stderr=-1, start_new_session=True
    )
    assert process.stderr is not None
    assert process.stderr.readline() == b"begun\n"
    return process


def ended(process: "subprocess.Popen[bytes]", command: str, within: float = 120) -> tuple[int, list[str]]:
    """Its status and the lines of its errors; of its group nothing is left, nor of what it was about to write."""
    try:
        _, errors = process.communicate(timeout=within)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise AssertionError(f"`{command}` does not end") from None
    for _ in range(100):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    else:
        os.killpg(process.pid, signal.SIGKILL)
        raise AssertionError(f"`{command}` leaves processes")
    return process.returncode, errors.decode().splitlines()


def moments(count: int, takes: float) -> Iterator[float]:
    """Moments of something that takes so long: close to each other at first, where most differs."""
    return (takes * (at / count) ** 2 for at in range(count))


@pytest.mark.parametrize("command", COMMANDS)
def test_interrupts(command: str, tmp_path: Path) -> None:
    """A few moments, from the first on; more in full, and as many as a campaign is to try."""
    (tmp_path / "whole").mkdir()
    whole, began = started(command, tmp_path / "whole"), time.monotonic()
    with suppress(subprocess.TimeoutExpired):
        whole.communicate(timeout=LONGEST)
    takes = time.monotonic() - began
    if whole.poll() is None:
        os.killpg(whole.pid, signal.SIGINT)
        ended(whole, command)
        if "corpus" in command:  # on a busy machine: the rest, to compare with
            ended(started(command, tmp_path / "whole"), command)
    count = examples(4, desk=2)
    # Which of them end as a service ends differs by command.
    first = list(COMMANDS).index(command)
    for number, moment in enumerate(moments(count, takes)):
        folder = tmp_path / str(number)
        folder.mkdir()
        process = started(command, folder)
        time.sleep(moment)
        # A terminal interrupts all processes of the group; what ends a service, the one that it started.
        if (first + number) % 4 == 3:
            status = 143
            process.send_signal(signal.SIGTERM)
        else:
            status = 130
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)
        found, errors = ended(process, command)
        name = COMMANDS[command][1]
        left = {path.name for path in folder.iterdir()}
        if "corpus" in command:
            # What is done is kept, and the same command goes on from there.
            assert left <= {name, f"{name}.state"}
            if not number or number == count - 1:
                ended(started(command, folder), command)
                assert (folder / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
            left = set()
        # Later on it may have been as good as done; at the first moment it has only begun.
        if number and found in {0, 1, 3}:
            assert left <= {name}
            continue
        assert found == status, (moment, errors)
        assert len(errors) == 1 or "note" in errors[0] or errors[0].startswith("The rules of "), (moment, errors)
        assert errors[-1] in {"interrupted", "stopped; the same command goes on from here"}, (moment, errors)
        # Whole, or not there.
        if left:
            assert left == {name}
            assert compared(folder / name) == compared(tmp_path / "whole" / name)


def compared(path: Path) -> dict[str, int]:
    """What was made, by its size."""
    if path.is_dir():
        return {each.relative_to(path).as_posix(): each.stat().st_size for each in path.rglob("*") if each.is_file()}
    return {path.name: path.stat().st_size}
