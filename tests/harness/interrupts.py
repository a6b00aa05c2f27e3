"""Interrupts reach the tests, however they are started.

A shell that starts a command in the background has it ignore interrupts, and so does all that it starts: also the commands that
tests interrupt on purpose.
"""

import signal

import pytest

__all__ = ["pytest_configure"]


def pytest_configure(config: pytest.Config) -> None:
    """Have them heard, in every process that runs tests; what it starts then begins with the system's own way."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
