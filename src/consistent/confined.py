"""Work in a process of its own, bounded in time and memory: no file can hang, crash or fill the program that asks."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Event, Thread
from time import process_time

from consistent.limits import Limit

__all__ = ["ConfinedError", "StoppedError", "ask_confined", "lines_confined", "serve_confined", "serve_lines"]

# How a process ends that has used up its time, and the status of one that has used up its memory.
_OUT_OF_TIME = {-getattr(signal, name) for name in ("SIGXCPU", "SIGKILL") if hasattr(signal, name)}
_OUT_OF_MEMORY = 71
# So many seconds pass before it is looked whether a process is to stop.
_GLANCE = 0.2
# There no process can be started, and none is needed: a page bounds the memory of its worker, and can end it at any time.
_IN_BROWSER = sys.platform == "emscripten"


class StoppedError(Exception):
    """The process was told to stop before it had said anything."""


class ConfinedError(Exception):
    """The process says nothing; the message says why, as far as that is known."""


def ask_confined(
    module: str, question: bytes, name: str, *, memory: Limit, seconds: Limit, stop: Event | None = None
) -> bytes:
    """What a process says to a question.

    Args:
        module: that `serve_confined` is the main program of.
        question: whatever it takes.
        name: how messages call what the question is about.
        memory: in bytes.
        seconds: of the processor, and of the clock.
        stop: once it is set, the process ends.

    Raises:
        ConfinedError: it cannot be started, or failed.
        StoppedError: it was stopped.
        InputError: it took too much memory or time.
    """
    if _IN_BROWSER:
        return _answered_here(module, question, name, memory)
    with _started(module, memory, seconds) as process:
        if stop is not None:
            Thread(target=_end_once, args=(stop, process), daemon=True).start()
        try:
            said, _ = process.communicate(question, timeout=seconds.most)
        except subprocess.TimeoutExpired:
            raise seconds.passed(name) from None
    if stop is not None and stop.is_set():
        raise StoppedError
    _judge(process.returncode, name, memory, seconds)
    return said


def _end_once(stop: Event, process: "subprocess.Popen[bytes]") -> None:
    """End a process that goes on when it is told to stop."""
    while process.poll() is None:
        if stop.wait(_GLANCE):
            process.kill()


def _answered_here(module: str, question: bytes, name: str, memory: Limit) -> bytes:
    """What the main program of a process says, in this one; errors as those of `ask_confined`."""
    try:
        said: bytes = import_module(module).answer(question)
    except MemoryError:
        raise memory.passed(name) from None
    return said


def lines_confined(module: str, question: str, name: str, *, memory: Limit, seconds: Limit) -> Iterator[bytes]:
    """What a process says to a question, line by line.

    Args:
        module: that `serve_lines` is the main program of.
        question: on one line.
        name: how messages call what the question is about.
        memory: in bytes.
        seconds: of the processor, for each line.

    Raises:
        ConfinedError: it cannot be started, or failed.
        InputError: it took too much memory or time.
    """
    with _started(module, memory, seconds) as process:
        if process.stdin is None or process.stdout is None:  # pragma: no cover  both are pipes
            raise AssertionError
        with suppress(BrokenPipeError):
            process.stdin.write(f"{question}\n".encode())
            process.stdin.close()
        yield from process.stdout
        process.wait()
    _judge(process.returncode, name, memory, seconds)


@contextmanager
def _started(module: str, memory: Limit, seconds: Limit) -> "Iterator[subprocess.Popen[bytes]]":
    """A process within limits, for the length of the block: whatever ends the block, it is gone."""
    if not sys.executable:
        raise ConfinedError("Python does not know its own program")
    # -P: the modules beside it must not hide those of the standard library, as `html` would.
    command = [sys.executable, "-P", "-X", "utf8", "-m", module, str(memory.most), str(seconds.most)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, env=environment)  # noqa: S603  our own module, in the Python that runs this
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfinedError(f"no process can be started for it: {reason}") from None
    try:
        yield process
    finally:
        process.kill()
        with process:
            pass


def _judge(status: int, name: str, memory: Limit, seconds: Limit) -> None:
    """Raise what the exit status of a process tells.

    Raises:
        ConfinedError: it failed.
        InputError: it took too much memory or time.
    """
    if status in _OUT_OF_TIME:
        raise seconds.passed(name)
    if status == _OUT_OF_MEMORY:
        raise memory.passed(name)
    if status:
        raise ConfinedError


def serve_confined(answer: Callable[[bytes], bytes]) -> int:
    """The main program of a process that `ask_confined` asks.

    Args:
        answer: to the question.

    Returns:
        The exit status: 0, or another where it took too much memory.
    """
    _confine()
    try:
        said = answer(sys.stdin.buffer.read())
    except MemoryError:
        return _OUT_OF_MEMORY
    sys.stdout.buffer.write(said)
    return 0


def serve_lines(lines: Callable[[str], Iterable[bytes]]) -> int:
    """The main program of a process that `lines_confined` asks.

    Args:
        lines: the answer to the question, without line breaks.

    Returns:
        The exit status: 0, or another where it took too much memory.
    """
    seconds = _confine()
    try:
        for line in lines(sys.stdin.buffer.readline().decode().removesuffix("\n")):
            sys.stdout.buffer.write(line + b"\n")
            # What was used up for it is no loss to the next.
            _limit("RLIMIT_CPU", int(process_time()) + seconds, renewed=True)
    except MemoryError:
        return _OUT_OF_MEMORY
    return 0


def _confine() -> int:
    """Set the limits that the command line tells; the seconds are returned."""
    # Ctrl-C reaches every process of a terminal; the one that asks says when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    memory, seconds = map(int, sys.argv[1:])
    _limit("RLIMIT_CPU", seconds)
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_AS", memory)
    return seconds


def _limit(kind: str, most: int, *, renewed: bool = False) -> None:
    """Set a limit, unless a lower one is set (that which may be raised, where it is renewed), and where the system can: on Windows only the asker's clock ends a process."""
    try:
        import resource  # noqa: PLC0415 - a module that Windows has not
    except ImportError:
        return
    number = getattr(resource, kind)
    soft, hard = resource.getrlimit(number)
    held = hard if renewed else soft
    if held == resource.RLIM_INFINITY or held > most:
        resource.setrlimit(number, (most, hard))
