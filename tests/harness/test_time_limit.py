"""A run of tests ends, whatever its tests do, and names those that would not."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# The tests that hang stand among others, so that these are seen to be done by who is left.
PLANTED = """\
import ctypes, signal, threading, time
import pytest

@pytest.mark.parametrize("number", range(10))
def test_before(number):
    pass

def test_python():
    while True:
        try:
            time.sleep(0.01)
        except Exception:
            pass

def test_blocked():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()

def test_in_c():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    ctypes.PyDLL(None).sleep(3600)

@pytest.fixture
def endless():
    while True:
        time.sleep(0.01)

def test_fixture(endless):
    pass

@pytest.fixture
def left_open():
    yield
    threading.Event().wait()

def test_end(left_open):
    pass

@pytest.mark.parametrize("number", range(10))
def test_behind(number):
    pass
"""
SETTINGS = """\
[pytest]
time_limit = 1
time_limit_grace = 1
"""


def run(folder: Path, *options: str) -> str:
    """What a run of the planted tests prints."""
    (folder / "pytest.ini").write_text(SETTINGS, "utf-8")
    (folder / "conftest.py").write_text('pytest_plugins = ["tests.harness.time_limit"]\n', "utf-8")
    (folder / "test_planted.py").write_text(PLANTED, "utf-8")
    command = [sys.executable, "-m", "pytest", "-rfE", "-p", "no:cacheprovider", *options]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        command, cwd=folder, env=environment | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def scheduling() -> list[str]:
    """How `make test` spreads the tests over processes."""
    found = re.search(r"-n auto (--dist \w+)", (ROOT / "Makefile").read_text("utf-8"))
    assert found
    return found[1].split()


def test_run_ends(tmp_path: Path) -> None:
    """Tests that never return fail by name, in Python as in C with signals held back; all others pass."""
    shown = run(tmp_path, "-n", "2", *scheduling())
    for name in ("test_python", "test_fixture", "test_end"):
        assert re.search(rf"(FAILED|ERROR) test_planted.py::{name}.*TooSlow", shown), shown
    for name in ("test_blocked", "test_in_c"):
        assert re.search(rf"crashed while running 'test_planted.py::{name}'", shown), shown
    assert re.search(r"=+ 3 failed, 21 passed, 2 errors in ", shown), shown
    # Where it hung is told too.
    assert re.search(r'File ".*test_planted.py", line \d+ in test_blocked', shown), shown


def test_in_one_process(tmp_path: Path) -> None:
    """Without processes to spare the run ends at the first test that holds signals back, and tells where that is."""
    shown = run(tmp_path)
    assert re.search(r'Timeout \(0:00:02\)!\n(.*\n)*  File ".*test_planted.py", line \d+ in test_blocked', shown), shown
