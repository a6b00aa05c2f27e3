"""The process that reads one PDF: the file on standard input, what is in it as JSON on standard output."""

import json
import sys

from consistent.documents.formats._pdf_layout import blocks_of
from consistent.documents.formats._pdf_pages import UnreadableError, pages_of
from consistent.documents.formats.pdf import MOST_BYTES, MOST_SECONDS

__all__ = ["main"]


def main() -> int:
    """Read, and say what was read or why not.

    Returns:
        the exit code: 0 whenever something was said.
    """
    _limit()
    try:
        blocks = blocks_of(pages_of(sys.stdin.buffer.read()))
    except UnreadableError as error:
        _write_answer({"message": error.message, "help": error.help})
    except MemoryError:
        _write_answer(
            {"message": "PDF takes too much memory", "help": "split it, or take the document as HTML or DOCX"}
        )
    else:
        _write_answer({"blocks": [(block.text, block.role, block.number, block.page) for block in blocks]})
    return 0


def _limit() -> None:
    """Bound memory and processor time, where the system can: not on Windows, where only the asker's clock ends it."""
    try:
        import resource  # noqa: PLC0415 - a module that Windows has not
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, MOST_BYTES),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or hard >= most:
            resource.setrlimit(kind, (most, hard))


def _write_answer(answer: object) -> None:
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    sys.exit(main())
