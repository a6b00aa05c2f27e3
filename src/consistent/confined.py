"""Work in a process of its own, bounded in time and memory: no file can hang, crash or fill the program that asks."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable

__all__ = ["ConfinedError", "TooSlowError", "ask_confined", "serve_confined"]

# How a process ends that has used up its time.
_OUT_OF_TIME = {getattr(signal, name) for name in ("SIGXCPU", "SIGKILL") if hasattr(signal, name)}


class ConfinedError(Exception):
    """The process says nothing; the message says why, as far as that is known."""


class TooSlowError(ConfinedError):
    """It used up its time."""


def ask_confined(module: str, content: bytes, *, most_bytes: int, most_seconds: int) -> bytes:
    """What a process says to a question.

    Args:
        module: that `serve_confined` is the main program of.
        content: the question.
        most_bytes: of memory.
        most_seconds: of the processor, and of the clock.

    Raises:
        ConfinedError: it cannot be started, took too long, or failed.
    """
    if not sys.executable:
        raise ConfinedError("Python does not know its own program")
    try:
        # -P: the modules beside it must not hide those of the standard library, as `html` would.
        done = subprocess.run(  # noqa: S603  our own module, in the Python that runs this
            [sys.executable, "-P", "-X", "utf8", "-m", module, str(most_bytes), str(most_seconds)],
            input=content,
            capture_output=True,
            check=False,
            timeout=most_seconds,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except subprocess.TimeoutExpired:
        raise TooSlowError from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfinedError(f"no process can be started for it: {reason}") from None
    if -done.returncode in _OUT_OF_TIME:
        raise TooSlowError
    if done.returncode:
        raise ConfinedError
    return done.stdout


def serve_confined(answer: Callable[[bytes], bytes]) -> int:
    """The main program of such a process.

    Args:
        answer: to the question.

    Returns:
        The exit status: 0.
    """
    _limit(*map(int, sys.argv[1:]))
    said = answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(said)
    return 0


def _limit(most_bytes: int, most_seconds: int) -> None:
    """Bound memory and processor time, where the system can: not on Windows, where only the asker's clock ends it."""
    try:
        import resource  # noqa: PLC0415 - a module that Windows has not
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, most_bytes),
        (resource.RLIMIT_CPU, most_seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or hard >= most:
            resource.setrlimit(kind, (most, hard))
