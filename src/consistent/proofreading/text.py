"""What all checks look at: a document, read once."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from attrs import frozen

from consistent.documents.document import Document, Part, Span
from consistent.documents.provisions.empowerments import Empowerments, empowerments_of
from consistent.documents.provisions.provisions import Provision, provisions_of
from consistent.documents.provisions.sentences import sentences
from consistent.documents.words.provision_words import ProvisionWords, words_of
from consistent.locking import cached_property
from consistent.proofreading.words import Words, proofreading_words

__all__ = ["Text"]


@frozen(eq=False, slots=False)
class Text:
    """A document with its provisions and powers.

    Attributes:
        document: with its structure; in a language that is read.
        provisions: of the document.
        empowerments: of the document.
    """

    document: Document
    provisions: tuple[Provision, ...]
    empowerments: Empowerments

    @classmethod
    def of(
        cls,
        document: Document,
        provisions: Sequence[Provision] | None = None,
        empowerments: Empowerments | None = None,
    ) -> "Text | None":
        """A document as checks look at it; None where its language is not read, or where it holds no act, or several.

        Args:
            document: with its structure.
            provisions: of the document, where they were read already.
            empowerments: alike.
        """
        if words_of(document.language) is None or len(document.top("act")) != 1:
            return None
        read = tuple(provisions_of(document) if provisions is None else provisions)
        return cls(document, read, empowerments_of(document, read) if empowerments is None else empowerments)

    @cached_property
    def words(self) -> ProvisionWords:
        """By which provisions of its language are read."""
        words = words_of(self.document.language)
        if words is None:  # pragma: no cover  `of` made none of it
            raise AssertionError
        return words

    @cached_property
    def own_words(self) -> Words:
        """By which its language is proofread."""
        return proofreading_words(self.document.language)

    @cached_property
    def act(self) -> Part:
        """The act."""
        return self.document.top("act")[0]

    @cached_property
    def own(self) -> tuple[Provision, ...]:
        """The provisions that are of this act, and not to become another's."""
        return tuple(provision for provision in self.provisions if provision.amended is None)

    @cached_property
    def amending(self) -> frozenset[str]:
        """The numbers of the articles that amend another act: they speak of that act's provisions."""
        cue = self.words.patterns["amending"]
        return frozenset(
            provision.place.article for provision in self.own if cue.search(self.document.of(provision.span))
        ) | {provision.place.article for provision in self.provisions if provision.amended is not None}

    @cached_property
    def mainly_amends(self) -> bool:
        """Whether the act amends another in its first half: what it has, and what it calls it, can stand in that one.

        An act of its own amends others at its end.
        """
        articles = [part.number for part in self.act.named("article")]
        return not self.amending <= frozenset(articles[len(articles) // 2 :]) if articles else bool(self.amending)

    @cached_property
    def lowered(self) -> tuple[tuple[int, str], ...]:
        """What provisions and headings of articles say, in small letters, each with where it begins; for looking words up."""
        said = [(provision.span.start, self.document.of(provision.span).lower()) for provision in self.provisions]
        said += [(part.span.start, part.heading.lower()) for part in self.act.walk() if part.heading]
        # Tables and notes of annexes are no provisions.
        said += [(annex.span.start, self.document.of(annex.span).lower()) for annex in self.document.top("annex")]
        return tuple(sorted(said))

    @cached_property
    def numbered_parts(self) -> dict[tuple[str, str, str], Part]:
        """Articles, and paragraphs with a number, by annex (none), article and paragraph."""
        parts: dict[tuple[str, str, str], Part] = {}
        for article in self.act.named("article"):
            parts.setdefault(("", article.number, ""), article)
            for child in article.parts:
                if child.kind == "paragraph" and child.number:
                    parts.setdefault(("", article.number, child.number), child)
        return parts

    def sentences_of(self, part: Part) -> Iterator[Span]:
        """The sentences of a part that is no provision."""
        for piece in part.pieces():
            at = piece.start
            for line in self.document.of(piece).split("\n"):
                start, at = at, at + len(line) + 1
                if line.strip():
                    yield from sentences(self.document.text, Span(start, start + len(line)), self.words)

    def recitals(self) -> tuple[Part, ...]:
        """Of the act."""
        return self.act.named("recital")

    def stems(self, said: str) -> list[str]:
        """The stems of the words of a text, in its order."""
        language = self.document.language
        return [_stem(word.lower(), language) for word in _WORD.findall(said)]


_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_STEMMERS = {"en": "english", "nl": "dutch"}


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer  # noqa: PLC0415  it comes with an extra

    return snowballstemmer.stemmer(_STEMMERS[language])


# A long act has a few thousand words, each of them hundreds of times.
@lru_cache(maxsize=1 << 16)
def _stem(word: str, language: str) -> str:
    found: str = _stemmer(language).stemWord(word)
    return found
