"""Drafts of documents, made in a process of their own that is bounded in time and memory: a document comes from anywhere."""

import json
import pickle
from threading import Event
from typing import Any

from attrs import frozen

from consistent.checker import draft as draft_from
from consistent.confined import ConfinedError, ask_confined
from consistent.documents.document import Block, Content, Document
from consistent.documents.reading import read_content
from consistent.documents.structure.structure import document_of
from consistent.errors import ConsistentError, Fault, InputError, Location
from consistent.limits import MEMORY_OF_DRAFT, SECONDS_OF_DRAFT
from consistent.model.text import Language, Localized

__all__ = ["Drafted", "answer", "drafted", "later_text", "text_read"]


@frozen
class Drafted:
    """A document and the proposal that it makes, as TOML.

    Attributes:
        version: which later text of a proposal it is; None where it is none, or nobody asked.
    """

    document: Document
    toml: str
    version: Localized | None = None


def drafted(
    content: bytes, name: str, pack: str | None, language: Language, *, as_proposal: bool, stop: Event | None = None
) -> Drafted:
    """The draft that a document makes.

    Args:
        content: of the file.
        name: of it.
        pack: in whose terms.
        language: of the comments.
        as_proposal: take it for a proposal though it is none.
        stop: once it is set, the reading ends.

    Raises:
        StoppedError: it was stopped.
        InputError: it cannot be read, is no proposal, or takes too much time or memory.
    """
    said = _asked(("draft", content, name, pack, language, as_proposal), name, stop)
    return Drafted(_document(said, name), said["toml"])


def later_text(content: bytes, name: str, pack: str | None, language: Language, stop: Event | None = None) -> Drafted:
    """The draft that a later text of a proposal makes, as of the Council, of Parliament or as adopted; or a proposal.

    Arguments and errors as those of `drafted`.
    """
    said = _asked(("later", content, name, pack, language, False), name, stop)
    return Drafted(_document(said, name), said["toml"], Localized(*said["version"]) if said["version"] else None)


def text_read(content: bytes, name: str, stop: Event | None = None) -> Document:
    """A document with its structure, but for its values.

    Raises:
        StoppedError: it was stopped.
        InputError: it cannot be read, or takes too much time or memory.
    """
    return _document(_asked(("read", content, name), name, stop), name)


def _asked(question: tuple[Any, ...], name: str, stop: Event | None = None) -> Any:
    try:
        said = json.loads(
            ask_confined(
                "consistent.web._draft_worker",
                pickle.dumps(question),
                name,
                memory=MEMORY_OF_DRAFT,
                seconds=SECONDS_OF_DRAFT,
                stop=stop,
            )
        )
    except (ConfinedError, ValueError):
        told = ("document is niet te lezen: het proces dat het leest, breekt af", "")
        fault = Fault("document cannot be read: it ends the process that reads it", Location(name), "", told)
        raise InputError([fault]) from None
    if "faults" in said:
        raise InputError([Fault(m, Location(name), h, (d, e)) for m, h, d, e in said["faults"]])
    return said


def _document(said: Any, name: str) -> Document:
    blocks = tuple(
        Block(text=text, role=role, level=level, number=number, page=page)
        for text, role, level, number, page in said["blocks"]
    )
    return document_of(Content(format=said["format"], blocks=blocks, properties=said["properties"]), name)


def answer(question: bytes) -> bytes:
    """What the process says: the blocks of the document, with the draft where one was asked for; or what is wrong with it."""
    kind, content, name, *rest = pickle.loads(question)  # noqa: S301  from the process that asks, which is this program
    try:
        read = read_content(content, name)
        told: dict[str, Any] = {"format": read.format, "properties": dict(read.properties)}
        told["blocks"] = [(each.text, each.role, each.level, each.number, each.page) for each in read.blocks]
        if kind != "read":
            pack, language, as_proposal = rest
            made = draft_from(document_of(read, name), name, pack=pack, as_proposal=as_proposal)
            if kind == "later":
                made = made.as_version()
                told["version"] = made.version and (made.version.en, made.version.nl)
            told["toml"] = made.toml(language)
    except InputError as error:
        told = {"faults": [(fault.message, fault.help, *fault.dutch) for fault in error.faults]}
    except ConsistentError as error:
        told = {"faults": [(str(error), "", "", "")]}
    return json.dumps(told).encode()
