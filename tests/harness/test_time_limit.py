"""A run of tests ends, whatever its tests do, and names those that would not."""

import re
from pathlib import Path

from tests.harness.planted import run_planted, scheduling

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
    threading.Event().wait()

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
SETTINGS = "time_limit = 1\ntime_limit_grace = 1\n"


def test_run_ends(tmp_path: Path) -> None:
    """Tests that never return fail by name, in Python as in C with signals held back; all others pass."""
    shown = run_planted(tmp_path, "time_limit", PLANTED, *scheduling(), settings=SETTINGS)
    for name in ("test_python", "test_fixture", "test_end"):
        assert re.search(rf"(FAILED|ERROR) test_planted.py::{name}.*TooSlow", shown), shown
    for name in ("test_blocked", "test_in_c"):
        assert f"crashed while running 'test_planted.py::{name}'" in shown, shown
    assert re.search(r"=+ 3 failed, 21 passed, 2 errors in ", shown), shown
    # Where it hung is told too.
    assert re.search(r'File ".*test_planted.py", line \d+ in test_blocked', shown), shown


def test_in_one_process(tmp_path: Path) -> None:
    """Without processes to spare the run ends at the first test that holds signals back, and tells where that is."""
    shown = run_planted(tmp_path, "time_limit", PLANTED, settings=SETTINGS)
    assert re.search(r'Timeout \(0:00:02\)!\n(.*\n)*  File ".*test_planted.py", line \d+ in test_blocked', shown), shown


def test_run_has_a_limit(tmp_path: Path) -> None:
    """When the time of the run is up, the tests that are left fail at once and by name."""
    text = "import pytest\n@pytest.mark.parametrize('number', range(3))\ndef test_late(number):\n    pass\n"
    shown = run_planted(tmp_path, "time_limit", text, settings=f"{SETTINGS}time_limit_of_run = 0.001\n")
    assert "ERROR test_planted.py::test_late[2] - Failed: not run: the run took" in shown, shown
    assert re.search(r"=+ 3 errors in ", shown), shown
