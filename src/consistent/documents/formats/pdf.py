"""PDF, read in a process of its own, so that no file can hang, crash or fill the program that asks."""

import json
import os
import signal
import subprocess
import sys
from typing import Any

from consistent.documents.document import Block, Content
from consistent.documents.formats.text import refused
from consistent.errors import InputError

__all__ = ["MOST_BYTES", "MOST_SECONDS", "read"]

# Of memory, and of time: 143 pages take 1 to 3 seconds and 43 MB.
MOST_BYTES = 2_000_000_000
MOST_SECONDS = 120
# Where in a file its first line may stand, as the readers of PDF agree.
_HEAD = 1024
# How a process ends that has used up its time.
_OUT_OF_TIME = {getattr(signal, name) for name in ("SIGXCPU", "SIGKILL") if hasattr(signal, name)}
_OTHERWISE = "save it again as PDF, or take the document as HTML or DOCX"


def read(content: bytes, name: str) -> Content:
    """The text of a PDF in reading order, with the page of each block.

    Running heads, feet and page numbers are `running`, footnotes `note` with their marks as number and out of the sentences,
    large, bold and centred lines `heading`. Words divided at line ends are whole again. What is struck through stays: a line
    through words is no more than a line to the file.

    Args:
        content: the file.
        name: how messages call it.

    Raises:
        InputError: it is no PDF, encrypted, damaged, too large or without text, or takes too long or too much memory.
    """
    if b"%PDF-" not in content[:_HEAD]:
        raise refused("file is no PDF: it does not begin as one", name)
    answer = _answer(content, name)
    if "message" in answer:
        raise refused(answer["message"], name, answer["help"])
    blocks = tuple(
        Block(text=text, role=role, number=number, page=page) for text, role, number, page in answer["blocks"]
    )
    return Content(format="pdf", blocks=blocks)


def _answer(content: bytes, name: str) -> dict[str, Any]:
    """What the process says: blocks, or a message and help.

    Raises:
        InputError: it says nothing.
    """
    if not sys.executable:
        raise refused("PDF cannot be read: Python does not know its own program", name, "run it from a usual Python")
    try:
        # -P: the modules here must not hide those of the standard library, as `html` would.
        done = subprocess.run(
            [sys.executable, "-P", "-X", "utf8", "-m", "consistent.documents.formats._pdf_worker"],
            input=content,
            capture_output=True,
            check=False,
            timeout=MOST_SECONDS,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except subprocess.TimeoutExpired:
        raise _too_slow(name) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise refused(f"PDF cannot be read: no process can be started for it: {reason}", name) from None
    if done.returncode == 0:
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
    if -done.returncode in _OUT_OF_TIME:
        raise _too_slow(name)
    raise refused("PDF cannot be read: it makes its reader fail", name, _OTHERWISE)


def _too_slow(name: str) -> InputError:
    return refused(f"PDF cannot be read within {MOST_SECONDS} seconds", name, _OTHERWISE)
