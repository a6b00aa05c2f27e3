"""A test that takes too long fails, by its name, and the run goes on.

An alarm raises an error in the test. Where that changes nothing, as the test hangs in C or holds the signal back, the process
ends a little later, and says where it hung; xdist then names the test, and lets a new process do the rest.

The run has a limit as well: tests that would begin later fail at once, by name. So a run with many tests that hang ends too.
"""

import faulthandler
import os
import signal
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import pytest

__all__ = ["TooSlowError"]

_SETTING, _GRACE, _OF_RUN = "time_limit", "time_limit_grace", "time_limit_of_run"
# When the run began, in seconds since 1970; in the environment, so that processes that take the place of others know it.
_BEGAN = "CONSISTENT_TESTS_BEGAN"
# The alarm rings again, for what swallows the first one.
_AGAIN = 10.0


class TooSlowError(BaseException):
    """Raised in a test that takes too long; no `Exception`, so that nothing takes it for a failure of what is tested."""


class _TimeLimit:
    """What a phase of a test may take: its set-up, its call, its end.

    Attributes:
        seconds: until the alarm; 0 for no limit.
        grace: further seconds, until the process ends.
        of_run: seconds after which no test of the run begins any more; 0 for no limit.
        errors: a descriptor of where processes tell errors, whatever pytest captures.
    """

    def __init__(self, seconds: float, grace: float, of_run: float) -> None:
        self.seconds = seconds
        self.grace = grace
        self.of_run = of_run
        self.errors = os.dup(2)

    @contextmanager
    def _limited(self) -> Iterator[None]:
        def too_slow(*_: object) -> NoReturn:
            raise TooSlowError(f"took longer than {self.seconds:g} seconds")

        before = signal.signal(signal.SIGALRM, too_slow)
        faulthandler.dump_traceback_later(self.seconds + self.grace, exit=True, file=self.errors)
        signal.setitimer(signal.ITIMER_REAL, self.seconds, _AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            faulthandler.cancel_dump_traceback_later()
            signal.signal(signal.SIGALRM, before)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self) -> Generator[None, Any, Any]:
        """Limit the set-up, and begin no test when the time of the run is up."""
        if self.of_run and time.time() - float(os.environ[_BEGAN]) > self.of_run:
            pytest.fail(f"not run: the run took longer than {self.of_run:g} seconds", pytrace=False)
        with self._limited():
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None, Any, Any]:
        """Limit the test itself."""
        with self._limited():
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self) -> Generator[None, Any, Any]:
        """Limit what comes behind it."""
        with self._limited():
            return (yield)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Define the settings."""
    parser.addini(_SETTING, "seconds after which a test fails; 0 for no limit", default="0")
    parser.addini(_OF_RUN, "seconds of the run after which tests fail unrun; 0 for no limit", default="0")
    parser.addini(_GRACE, "further seconds after which the process ends that still runs the test", default="60")


def pytest_configure(config: pytest.Config) -> None:
    """Set the limit, in every process that runs tests."""
    seconds, of_run = float(config.getini(_SETTING)), float(config.getini(_OF_RUN))
    os.environ.setdefault(_BEGAN, str(time.time()))
    if seconds:
        config.pluginmanager.register(_TimeLimit(seconds, float(config.getini(_GRACE)), of_run))
