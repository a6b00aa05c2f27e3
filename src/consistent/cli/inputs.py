"""What the command is given: files, or standard input."""

import sys
from pathlib import Path

from consistent.reading.files import read_file, read_stream

__all__ = ["read_input"]


def read_input(name: str) -> tuple[str, bytes]:
    """How messages call an input, and what is in it: a file, or with `-` what standard input holds.

    Raises:
        InputError: it cannot be read.
    """
    if name == "-":
        return "<stdin>", read_stream(getattr(sys.stdin, "buffer", None), "<stdin>")
    return name, read_file(Path(name), name)
