"""Whom an act itself defines: `'lamp hand' means any person who cleans lamps` makes lamp hands persons in that act."""

import re
from collections.abc import Iterator

from attrs import evolve

from consistent.documents.document import Document, Span
from consistent.documents.provisions.sentences import parties_of
from consistent.documents.words.phrases import PhraseError, compiled
from consistent.documents.words.provision_words import ProvisionWords

__all__ = ["roles_of", "with_roles"]

_OPEN, _CLOSE = "\"'\u2018\u201c\u201e\u201a\u00ab", "\"'\u2019\u201d\u201c\u00bb"
# A term is a few words.
_TERM = rf"[{_OPEN}](?P<term>[^{_OPEN}{_CLOSE}\n]{{3,60}})[{_CLOSE}]"
_FAR = 120
_LETTERS = re.compile(r"[\w/-]+")


def roles_of(document: Document, words: ProvisionWords) -> Iterator[tuple[str, str, str]]:
    """The terms that the act defines as somebody who can be bound or act.

    Args:
        document: as read.
        words: of its language.

    Returns:
        The term as the act has it, what it is by the vocabulary of actors, and the cue that says so.
    """
    seen: set[str] = set()
    for match in re.finditer(rf"{_TERM}\s*(?:{words.patterns['means'].pattern})\s*", document.text, re.IGNORECASE):
        term = " ".join(match["term"].split())
        if term in seen or words.names.at(term, 0, len(term)) is not None:
            continue
        end = min(len(document.text), match.end() + _FAR)
        party = next(iter(parties_of(document.text, Span(match.end(), end), words, turned=True)), None)
        if party is not None:
            seen.add(term)
            yield term, party.name, party.cue


def with_roles(words: ProvisionWords, document: Document) -> ProvisionWords:
    """The words of the language, with the names that the act defines."""
    phrases = []
    for term, name, cue in roles_of(document, words):
        try:
            # In the plural too, which the act uses more than what it defines.
            phrases.append((compiled(" ".join(_LETTERS.findall(term)) + "*", {}), name, cue))
        except PhraseError:
            continue
    return evolve(words, names=words.names.and_also(phrases)) if phrases else words
