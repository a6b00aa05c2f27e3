"""PDF, read in a process of its own, so that no file can hang, crash or fill the program that asks."""

import json
from typing import Any

from consistent.confined import ConfinedError, TooSlowError, ask_confined
from consistent.documents.document import Block, Content
from consistent.documents.formats.text import refused

__all__ = ["MOST_BYTES", "MOST_SECONDS", "read"]

# Of memory, and of time: 143 pages take 1 to 3 seconds and 43 MB.
MOST_BYTES = 2_000_000_000
MOST_SECONDS = 120
# Where in a file its first line may stand, as the readers of PDF agree.
_HEAD = 1024
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
    try:
        said = ask_confined(
            "consistent.documents.formats._pdf_worker", content, most_bytes=MOST_BYTES, most_seconds=MOST_SECONDS
        )
    except TooSlowError:
        raise refused(f"PDF cannot be read within {MOST_SECONDS} seconds", name, _OTHERWISE) from None
    except ConfinedError as error:
        raise refused(f"PDF cannot be read: {str(error) or 'it makes its reader fail'}", name, _OTHERWISE) from None
    answer: dict[str, Any] = json.loads(said)
    return answer
