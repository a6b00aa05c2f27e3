"""A process that says back what it is asked, once it has slept for longer than it is looked whether to stop."""

import sys
import time

from consistent.confined import serve_confined


def answer(question: bytes) -> bytes:
    """The question; `for ever` is answered never."""
    time.sleep(1000 if question == b"for ever" else 0)
    return question


if __name__ == "__main__":
    # What is longer than a pipe holds waits meanwhile.
    time.sleep(0.5)
    sys.exit(serve_confined(answer))
