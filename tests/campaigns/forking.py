"""Forks of a process that may have threads, as tests and campaigns have."""

import os
import warnings

__all__ = ["fork"]


def fork() -> int:
    """The number of the new process, in that 0; Python warns of threads, of which the new one has none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()
