"""A test that interrupts something works in the background too."""

from pathlib import Path

from tests.harness.planted import run_planted, scheduling

PLANTED = """\
import os, signal, subprocess, sys
import pytest

def test_itself():
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
        signal.pause()

def test_what_it_starts():
    with subprocess.Popen([sys.executable, "-c", "print(1, flush=True); input()"], stdin=-1, stdout=-1, stderr=-1) as started:
        assert started.stdout.readline() == b"1\\n"
        started.send_signal(signal.SIGINT)
        _, errors = started.communicate()
    assert b"KeyboardInterrupt" in errors
"""


def test_in_the_background(tmp_path: Path) -> None:
    """Where interrupts are ignored when the tests begin, tests and what they start hear them."""
    assert " 2 passed in " in run_planted(tmp_path, "interrupts", PLANTED, *scheduling(), deaf=True)
