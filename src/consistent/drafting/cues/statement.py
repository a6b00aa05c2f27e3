"""A statement of a sentence: what is done, put with its verb first, as phrases have it."""

import re

from attrs import frozen

from consistent.documents.document import Span

__all__ = ["Statement"]


@frozen(kw_only=True)
class Statement:
    """A sentence, or a part of it, with the verb of force before what is done.

    Attributes:
        text: the verb of force, and what its subject must or may do.
        lower: the same in lower case, for a cheap look.
        moved: from a place in the text to its place in the document.
        start: in the document, of what is done.
        joint: where in the text the words of its own begin, behind those of the sentence that leads up to a list.
        clause: where it stands, if its words stand there in another order.
        main: whether it is the main clause of the sentence in another order, so that the subject of the sentence does it.
        denied: whether the sentence forbids or denies: then only a phrase counts that has the word that denies itself.
    """

    text: str
    lower: str
    moved: int
    start: int
    joint: int = 0
    clause: Span | None = None
    main: bool = False
    denied: bool = False

    def met(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The hit of a phrase that the verb of force begins; for the point of a list one that goes on into it."""
        if not self.joint:
            return pattern.match(self.text)
        return next((hit for hit in pattern.finditer(self.text) if hit.start() < self.joint < hit.end()), None)

    def span(self, hit: re.Match[str]) -> Span:
        """Where the words of a hit stand in the document, but for the verb of force."""
        return self.clause or Span(self.start, hit.end() + self.moved)
