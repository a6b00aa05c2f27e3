"""The process that reads one PDF: the file on standard input, what is in it as JSON on standard output."""

import json
import sys

from consistent.confined import serve_confined
from consistent.documents.formats._pdf_layout import blocks_of
from consistent.documents.formats._pdf_pages import UnreadableError, pages_of

__all__: list[str] = []


def _answer(content: bytes) -> bytes:
    """What was read, or why not."""
    try:
        blocks = blocks_of(pages_of(content))
        said: object = {"blocks": [(block.text, block.role, block.number, block.page) for block in blocks]}
    except UnreadableError as error:
        said = {"message": error.message, "help": error.help}
    except MemoryError:
        said = {"message": "PDF takes too much memory", "help": "split it, or take the document as HTML or DOCX"}
    return json.dumps(said).encode()


if __name__ == "__main__":
    sys.exit(serve_confined(_answer))
