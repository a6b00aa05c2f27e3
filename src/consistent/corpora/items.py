"""Items of a corpus before they are read: where each stands, and its content."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from attrs import frozen

from consistent.checker import ProposalInput
from consistent.errors import Fault, InputError
from consistent.model.proposal import Proposal
from consistent.reading.files import read_file
from consistent.reading.proposals import proposal_to_data

__all__ = ["Content", "FileContent", "Item", "Unreadable", "content_of", "fingerprint"]


@frozen
class FileContent:
    """What is in a file: a proposal in TOML, or a document."""

    content: bytes


@frozen
class Unreadable:
    """Something that is no item of its kind, with what is wrong; at least one fault."""

    faults: tuple[Fault, ...]


# Bytes are one JSON object; the rest is as `KnowledgeBase.read` takes it.
Content = bytes | FileContent | Unreadable | Mapping[str, Any] | Any


class Item(NamedTuple):
    """One item.

    Attributes:
        source: where it stands: a file, with the number of the line or row behind a colon.
        content: what it is.
        position: how far the source has come with it, in the unit of the source's `size`.
    """

    source: str
    content: Content
    position: int


def content_of(given: ProposalInput, source: str) -> Content:
    """The content of an item that a program gives; files are read here, for another machine may not have them."""
    if isinstance(given, str) and ("\n" in given or "[" in given or not given.strip()):
        return FileContent(given.encode("utf-8", "surrogatepass"))
    if isinstance(given, str | Path):
        return file_content(Path(given), source)
    return given


def file_content(path: Path, source: str) -> FileContent | Unreadable:
    """The content of a file, or why it has none."""
    try:
        return FileContent(read_file(path, source))
    except InputError as error:
        return Unreadable(error.faults)


def fingerprint(content: Content) -> bytes:
    """Bytes that are the same for the same content, in every process."""
    if isinstance(content, bytes):
        return content
    if isinstance(content, FileContent):
        return content.content
    if isinstance(content, Unreadable):
        return repr(content.faults).encode("utf-8", "backslashreplace")
    # A draft is the proposal that it holds.
    given = getattr(content, "proposal", content) if not isinstance(content, Mapping) else content
    data = proposal_to_data(given) if isinstance(given, Proposal) else given
    return json.dumps(data, default=repr).encode()
