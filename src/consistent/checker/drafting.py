"""A document drafted in the terms of a pack, of which no more is read than that needs."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from consistent.knowledge.settings import choose_pack

if TYPE_CHECKING:
    from consistent.documents.document import Document
    from consistent.drafting.draft import Draft

__all__ = ["draft"]


def draft(
    document: "Document | Path | str | bytes",
    name: str = "",
    *,
    pack: str | Path | None = None,
    roots: Iterable[Path | str] = (),
    as_proposal: bool = False,
) -> "Draft":
    """Draft the proposal that a document makes; as `KnowledgeBase.draft`, but reads of the pack no more than it needs.

    Args:
        document: its file, what is in that file as bytes, or a document that was read already.
        name: how messages call it; the path unless given.
        pack: in whose terms; see `load`, which says what is taken unless it is given.
        roots: further folders in which packs are looked for.
        as_proposal: take a document that is no proposal, or is in a language that is not read, for one all the same.

    Raises:
        InputError: the document cannot be read, is in a language that is not read, or the pack cannot be used.
        UsageError: there is no such pack, or an added format or language is not one.
    """
    from consistent.drafting.draft import draft_in_terms
    from consistent.knowledge.reading import read_knowledge

    chosen = choose_pack(pack, roots)
    knowledge, _ = read_knowledge(chosen.name, chosen.available)
    return draft_in_terms(document, name, knowledge.vocabularies, as_proposal=as_proposal)
