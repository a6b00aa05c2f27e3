"""What is made once is made once for all threads, and a forked process does not wait for one that it has not."""

import os
import re
import sys
import threading
from pathlib import Path

import pytest

import consistent
from consistent.locking import cached_property
from tests.campaigns.forking import fork

SOURCES = Path(consistent.__file__).parent


class Slow:
    """Something that a thread is making."""

    def __init__(self) -> None:
        self.began, self.go_on = threading.Event(), threading.Event()
        self.patient = True

    @cached_property
    def made(self) -> object:
        self.began.set()
        if self.patient:
            self.go_on.wait()
        return object()


@pytest.mark.skipif(sys.platform == "win32", reason="no processes are forked there")
def test_fork_while_another_thread_makes_it() -> None:
    """The forked process makes its own."""
    slow = Slow()
    thread = threading.Thread(target=lambda: slow.made)
    thread.start()
    slow.began.wait()
    child = fork()
    if not child:
        slow.patient = False
        os._exit(0 if slow.made is slow.made else 1)
    # Whoever waits for a lock here is ended, so that the test fails and does not hang.
    timer = threading.Timer(30, os.kill, (child, 9))
    timer.start()
    _, status = os.waitpid(child, 0)
    timer.cancel()
    slow.go_on.set()
    thread.join()
    assert status == 0


def test_two_threads_get_one() -> None:
    """Where two make it at once, both get the first."""
    slow = Slow()
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(slow.made)) for _ in range(4)]
    for thread in threads:
        thread.start()
    slow.began.wait()
    slow.go_on.set()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in [*found, slow.made]}) == 1


def test_no_other_is_used() -> None:
    """That of `functools` holds a lock in Python 3.11."""
    taken = re.compile(r"from functools import .*\bcached_property\b|functools\.cached_property")
    found = [path.name for path in SOURCES.rglob("*.py") if taken.search(path.read_text("utf-8"))]
    assert found == ["locking.py"]
