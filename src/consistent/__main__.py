"""`python -m consistent`, and the command of that name."""

import sys

from consistent.interrupting import end_interrupted, hear_interrupts, ignore_interrupts, was_interrupted

__all__ = ["run"]

# What `main` returns where it was interrupted.
_INTERRUPTED = 130


def run() -> int:
    """Run the command. An interrupt while it is still loaded ends it as one does later.

    Returns:
        The exit status, as of `consistent.cli.main`; 143 where the process was asked to end.
    """
    try:
        hear_interrupts()
        from consistent.cli import main  # noqa: PLC0415  within `try`: to load it takes most of the start

        status = main()
        ignore_interrupts()
    except BaseException as error:
        # An interrupt that came while a library in C was called is told by an error of that.
        if not (isinstance(error, KeyboardInterrupt) or was_interrupted()):
            raise
        status = _INTERRUPTED
        print("interrupted", file=sys.stderr)  # noqa: T201  nothing is loaded that knows of languages
    return end_interrupted() if status == _INTERRUPTED else status


if __name__ == "__main__":
    sys.exit(run())
