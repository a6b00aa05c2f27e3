"""Where a value was read: the document, the place in it, and the words by which the passage is found again."""

from attrs import frozen

from consistent.shown import Shown

__all__ = ["Evidence"]


@frozen
class Evidence(Shown):
    """Where a value was read.

    Attributes:
        document: a source (`Kamerstuk 22112-4027`, `COM(2024) 150`) or a name.
        place: article, section, page.
        quote: how the passage begins, to find it by.
        secondary: in what it was read where the document itself was not; empty where the document was.
        note: what else must be known.
        value: which of several values of the field it is for; empty for all of them.
        span: from and to which character of the document's text, where a draft was made from one.
        prefix: the words before the quote; with these and those after it the passage is found in other versions of the text.
        suffix: the words after the quote.
        confidence: of a draft, from 0 to 1; None where a person read the document.
        confirmed: whether a person stands for it.
    """

    document: str
    place: str = ""
    quote: str = ""
    secondary: str = ""
    note: str = ""
    value: str = ""
    span: tuple[int, int] | None = None
    prefix: str = ""
    suffix: str = ""
    confidence: float | None = None
    confirmed: bool = True
