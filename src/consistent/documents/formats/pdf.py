"""PDF: the text of its pages in reading order.

To be called in a process of its own (`_confined`): pdfium is a library in C++, and a file can hang, crash or fill it.
"""

from consistent.documents.document import Content
from consistent.documents.formats._pdf_layout import blocks_of
from consistent.documents.formats._pdf_pages import UnreadableError, pages_of
from consistent.documents.formats.text import refused

__all__ = ["HEAD", "read"]

# Where in a file its first line may stand, as the readers of PDF agree.
HEAD = 1024


def read(content: bytes, name: str) -> Content:
    """The text of a PDF in reading order, with the page of each block.

    Running heads, feet and page numbers are `running`, footnotes `note` with their marks as number and out of the sentences,
    large, bold and centred lines `heading`. Words divided at line ends are whole again. What is struck through stays: a line
    through words is no more than a line to the file.

    Args:
        content: the file.
        name: how messages call it.

    Raises:
        InputError: it is no PDF, encrypted, damaged, too large or without text.
    """
    if b"%PDF-" not in content[:HEAD]:
        raise refused("file is no PDF: it does not begin as one", name)
    try:
        return Content(format="pdf", blocks=tuple(blocks_of(pages_of(content))))
    except UnreadableError as error:
        if error.limit is not None:
            raise error.limit.passed(name) from None
        raise refused(error.message, name, error.help) from None
