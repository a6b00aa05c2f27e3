"""A command run on a terminal of its own, with somebody typing at it."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable

__all__ = ["Talk", "shown_on", "talk_with"]

# Runs it with what is typed at each prompt, a number being a signal; gives the exit status and what was shown.
Talk = Callable[..., tuple[int, str]]


def shown_on(master: int) -> bytes:
    """All that a terminal shows until nobody writes to it any more; it is closed then."""
    shown = b""
    try:
        while part := os.read(master, 1 << 16):
            shown += part
    except OSError:  # how Linux ends a terminal
        pass
    os.close(master)
    return shown


def talk_with(*arguments: str) -> Talk:
    """The command with these arguments; the conversation takes the language."""

    def run(*said: str | int, language: str = "en") -> tuple[int, str]:
        master, terminal = pty.openpty()
        command = [sys.executable, "-m", "consistent", *arguments, "--lang", language]
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "NO_COLOR": "1"}
        shown, waiting = b"", list(said)
        with subprocess.Popen(
            command, stdin=terminal, stdout=terminal, stderr=terminal, env=environment, start_new_session=True
        ) as process:
            os.close(terminal)
            while select.select([master], [], [], 60)[0]:
                try:
                    part = os.read(master, 1 << 16)
                except OSError:  # how Linux ends a terminal
                    break
                if not part:
                    break
                shown += part
                if shown.endswith(b"> ") and waiting:
                    each = waiting.pop(0)
                    if isinstance(each, int):
                        # What comes between the prompt and the wait for a key is noticed only at the next key.
                        time.sleep(0.5)
                        process.send_signal(each)
                    else:
                        os.write(master, each.encode() + b"\n")
            os.close(master)
        return process.returncode, shown.decode().replace("\r\n", "\n")

    return run
