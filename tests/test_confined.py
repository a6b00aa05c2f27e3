"""What is asked of a process of its own is sent whole, and stopped where somebody says so."""

from threading import Event, Timer

import pytest

from consistent.confined import StoppedError, ask_confined
from consistent.limits import MEMORY_OF_DRAFT, SECONDS_OF_DRAFT

ASKED = {"memory": MEMORY_OF_DRAFT, "seconds": SECONDS_OF_DRAFT}


@pytest.mark.parametrize("stop", [None, Event()], ids=["for good", "until stopped"])
@pytest.mark.parametrize("size", [0, 1, 5_000_000])
def test_sent_whole(size: int, stop: Event | None) -> None:
    """However long it is, and however often it is looked meanwhile whether to stop."""
    question = b"x" * size
    assert ask_confined("tests.slow_echo", question, "it", **ASKED, stop=stop) == question


def test_stopped() -> None:
    """It is told so, and no process is left to wait for."""
    stop = Event()
    timer = Timer(1, stop.set)
    timer.start()
    with pytest.raises(StoppedError):
        ask_confined("tests.slow_echo", b"for ever", "it", **ASKED, stop=stop)
    timer.join()
