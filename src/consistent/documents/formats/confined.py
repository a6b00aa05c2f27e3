"""Documents read in a process of their own: what a library in C makes of a file can hang it, crash it or fill the memory.

A PDF always; markup where it is large. To start a process takes a fifth of a second, which is much for a short document, and
of that its size bounds what lxml can do with it. What comes back is JSON, which can do nothing, whatever became of the process.
"""

import json
import pickle
import zipfile
from collections.abc import Callable
from importlib import import_module
from io import BytesIO

from consistent.confined import ConfinedError, ask_confined
from consistent.documents.document import Block, Content
from consistent.documents.formats.text import refused
from consistent.errors import Fault, InputError, Location
from consistent.limits import CONFINED, LETTERS, MEMORY, PARAGRAPHS, SECONDS

__all__ = ["answer", "bounded", "is_confined", "read_confined", "read_here", "read_shipped"]

_OTHERWISE = "save it again, or take the document in another format"


def read_shipped(format: str, content: bytes, name: str) -> Content:
    """What the reader of a format makes of a file, in the process that is right for it.

    Args:
        format: that ships.
        content: the file.
        name: how messages call it.

    Raises:
        InputError: it cannot be read, or passes a limit.
        ModuleNotFoundError: what reads the format is not installed.
    """
    return (read_confined if is_confined(format, content) else read_here)(format, content, name)


def read_here(format: str, content: bytes, name: str) -> Content:
    """As `read_shipped`, in this process."""
    # Imported late, for its library may be large.
    module, function = {"xhtml": ("html", "read"), "json": ("plain", "read_json"), "text": ("plain", "read")}.get(
        format, (format, "read")
    )
    reader: Callable[[bytes, str], Content] = getattr(import_module(f"consistent.documents.formats.{module}"), function)
    return bounded(reader(content, name), name)


def bounded(content: Content, name: str) -> Content:
    """The content, if what looks into it can do so within bounds: it takes time with its length.

    Raises:
        InputError: it is too long.
    """
    if len(content.blocks) > PARAGRAPHS.most:
        raise PARAGRAPHS.passed(name)
    if sum(len(block.text) for block in content.blocks) > LETTERS.most:
        raise LETTERS.passed(name)
    return content


def is_confined(format: str, content: bytes) -> bool:
    """Whether a document is one to be read so."""
    match format:
        case "pdf":
            return True
        case "docx":
            return _unpacked(content) > CONFINED
        case "akn" | "formex" | "xhtml":
            return len(content) > CONFINED
        case _:
            return False


def _unpacked(content: bytes) -> int:
    """What the parts of an archive unpack to, as it says; no reader of archives unpacks more of a part."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels")))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        # An old document of Word, or damaged: its reader tells.
        return 0


def read_confined(format: str, content: bytes, name: str) -> Content:
    """As `read_shipped`, in a process of its own."""
    question = pickle.dumps((format, content, name))
    try:
        told = ask_confined("consistent.documents.formats._worker", question, name, memory=MEMORY, seconds=SECONDS)
    except ConfinedError as error:
        called = {"pdf": "PDF", "docx": "DOCX"}.get(format, "document")
        raise refused(
            f"{called} cannot be read: {str(error) or 'it makes its reader fail'}", name, _OTHERWISE
        ) from None
    said = json.loads(told)
    if "missing" in said:
        raise ModuleNotFoundError(name=said["missing"])
    if "faults" in said:
        raise InputError(
            Fault(message, Location(*place), help, tuple(dutch)) for message, place, help, dutch in said["faults"]
        )
    blocks = tuple(
        Block(text=text, role=role, level=level, number=number, page=page)
        for text, role, level, number, page in said["blocks"]
    )
    return Content(format=said["format"], blocks=blocks, properties=said["properties"])


def answer(question: bytes) -> bytes:
    """What the process of a document says: what is in it, or why it cannot be read."""
    format, content, name = pickle.loads(question)  # noqa: S301  from the process that asks, which is this program
    said: object
    try:
        read = read_here(format, content, name)
    except InputError as error:
        said = {
            "faults": [
                (fault.message, (fault.location.path, fault.location.line), fault.help, fault.dutch)
                for fault in error.faults
            ]
        }
    except ModuleNotFoundError as error:
        said = {"missing": error.name}
    else:
        said = {
            "format": read.format,
            "properties": dict(read.properties),
            "blocks": [(block.text, block.role, block.level, block.number, block.page) for block in read.blocks],
        }
    return json.dumps(said).encode()
