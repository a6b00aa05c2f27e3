"""What the command is given: files, or standard input; proposals in TOML, and documents that are drafted."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from consistent.checker import KnowledgeBase
from consistent.cli.streams import Streams
from consistent.documents.reading import is_document
from consistent.errors import Fault, Faults, InputError, Location
from consistent.model.proposal import Proposal
from consistent.model.text import Language, Localized
from consistent.toml.files import is_folder, read_file, read_stream, toml_files
from consistent.toml.tomlfile import TomlFile
from consistent.toml.waivers import Waiver, holds_waivers, waivers_from

if TYPE_CHECKING:
    from consistent.drafting.draft import Draft

__all__ = [
    "Given",
    "given_of",
    "given_with_waivers",
    "proposal_of",
    "read_input",
    "read_proposals",
    "read_waivers",
    "tell_other_packs",
    "with_waivers",
]


_EMPTY = Localized("no proposals in this folder", "geen voorstellen in deze map")
_TOML_ONLY = Localized("proposals are files that end in .toml", "voorstellen zijn bestanden die eindigen op .toml")


@frozen
class Given:
    """A proposal that the command was given, with the draft that it is of; None where it was TOML."""

    proposal: Proposal
    draft: "Draft | None" = None


def read_input(name: str) -> tuple[str, bytes]:
    """How messages call an input, and what is in it: a file, or with `-` what standard input holds.

    Raises:
        InputError: it cannot be read.
    """
    if name == "-":
        return "<stdin>", read_stream(getattr(sys.stdin, "buffer", None), "<stdin>")
    return name, read_file(Path(name), name)


def read_proposals(kb: KnowledgeBase, paths: Iterable[str], language: Language, *, as_proposal: bool) -> list[Given]:
    """Every proposal that the paths name, of documents a draft.

    Args:
        kb: in whose terms.
        paths: proposals, documents, folders of proposals, or - for standard input.
        language: of errors.
        as_proposal: take documents that are none for proposals all the same.

    Raises:
        InputError: with every fault of all files.
    """
    found: list[Given] = []
    faults = Faults()
    for path in paths:
        for name in faults.attempt(_files, path, language) or ():
            given = faults.attempt(_read, kb, name, as_proposal=as_proposal)
            if given is not None:
                found.append(given)
    faults.raise_any()
    return found


def _read(kb: KnowledgeBase, name: str, *, as_proposal: bool) -> Given:
    return given_of(kb, *read_input(name), as_proposal=as_proposal)


def _files(path: str, language: Language) -> list[str]:
    """The files that a path names: itself, or every proposal under a folder."""
    if path == "-" or not is_folder(Path(path)):
        return [path]
    # A workbench keeps in the folder of proposals what is accepted in them.
    found = [each for each in toml_files(Path(path)) if not _is_of_waivers(each)]
    if not found:
        raise InputError([Fault(_EMPTY.get(language), Location(path), _TOML_ONLY.get(language))])
    return list(map(str, found))


def _is_of_waivers(path: Path) -> bool:
    try:
        return holds_waivers(read_file(path, str(path)))
    except InputError:
        # Told where it is read for a proposal.
        return False


def given_of(kb: KnowledgeBase, called: str, content: bytes, *, as_proposal: bool = False) -> Given:
    """A proposal from TOML, or the draft that a document makes; arguments and errors as those of `proposal_of`."""
    if is_document(content):
        draft = kb.draft(content, called, as_proposal=as_proposal)
        return Given(draft.proposal, draft)
    return Given(kb.read_file(TomlFile.parse(content, called)))


def proposal_of(kb: KnowledgeBase, called: str, content: bytes, *, as_proposal: bool = False) -> Proposal:
    """A proposal from TOML, or the draft that a document makes; which of the two, its content tells.

    Args:
        kb: in whose terms.
        called: how messages call it.
        content: of the file.
        as_proposal: take a document that is none for a proposal all the same.

    Raises:
        InputError: with every fault of it.
    """
    return given_of(kb, called, content, as_proposal=as_proposal).proposal


def read_waivers(arguments: Namespace) -> tuple[Waiver, ...]:
    """The findings that are accepted, of every file that `--waivers` names.

    Raises:
        InputError: with every fault of all of them.
    """
    return waivers_from(map(Path, arguments.waivers or ()))


def with_waivers(
    kb: KnowledgeBase, called: str, content: bytes, arguments: Namespace
) -> tuple[Proposal, tuple[Waiver, ...]]:
    """A proposal and what of it is accepted, as `--as-proposal` and `--waivers` say; see `proposal_of`.

    Raises:
        InputError: with every fault of both.
    """
    given, waivers = given_with_waivers(kb, called, content, arguments)
    return given.proposal, waivers


def given_with_waivers(
    kb: KnowledgeBase, called: str, content: bytes, arguments: Namespace
) -> tuple[Given, tuple[Waiver, ...]]:
    """The same, with the draft where the proposal is a document.

    Raises:
        InputError: with every fault of both.
    """
    faults = Faults()
    given = faults.attempt(given_of, kb, called, content, as_proposal=arguments.as_proposal)
    waivers = faults.attempt(read_waivers, arguments)
    faults.raise_any()
    if given is None or waivers is None:  # pragma: no cover  told above
        raise AssertionError
    return given, waivers


def tell_other_packs(kb: KnowledgeBase, language: Language, streams: Streams) -> None:
    """Tell that nobody named a pack, and which others there are, where what the command makes does not say so itself."""
    if not kb.knowledge.other_packs:
        return
    from consistent.reports.notices import other_packs_outline  # what tells of reports is large
    from consistent.reports.terminal import text_lines

    for _, text in text_lines(other_packs_outline(kb.name, kb.knowledge.other_packs, language)):
        streams.err.print(text, soft_wrap=True)
