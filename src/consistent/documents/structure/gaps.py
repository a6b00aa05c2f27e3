"""What a document seems to have and its structure has not: articles, a number among them, an end. It is said, never silent."""

from itertools import pairwise

from consistent.documents.document import Document, Part, Span
from consistent.documents.structure._lines import is_sentence
from consistent.documents.structure.numbering import label_of
from consistent.documents.structure.wording import marks_of_structure

__all__ = ["broken_off", "missing_articles", "provisions_without_articles"]

# Two articles in sequence are an act; one alone may be a reference to another's.
_FIRST_TWO = frozenset({1, 2})
# In letters: what lacks a full stop and is shorter can be a heading or a signature.
_LONGER_THAN_HEADINGS = 80


def provisions_without_articles(document: Document) -> tuple[Span, ...]:
    """The places that show that a document has provisions, though its structure has no article.

    Returns:
        The numbers of articles, where 1 and 2 are among them, and the formulas that enact; in the order of the text. Empty
        where articles were found, and where nothing looks like one. A recommendation enacts without articles: what follows
        is for a reader to say.
    """
    if document.named("article"):
        return ()
    marks, text = marks_of_structure(), document.text
    numbered = [match for match in marks.article.finditer(text) if _begins_sentence(text, match.start())]
    seen = numbered if {int(mark[1]) for mark in numbered} >= _FIRST_TWO else []
    places = [mark.span() for mark in (*seen, *marks.enacted.finditer(text))]
    return tuple(Span(*place) for place in sorted(places))


def missing_articles(document: Document) -> tuple[str, ...]:
    """The numbers that are left out between those of the articles of the act, in order; one was not found, or was deleted."""
    acts = document.top("act")
    if len(acts) != 1:
        return ()
    numbers = [0, *(int(article.number) for article in _articles(acts[0].parts) if article.number.isdecimal())]
    missing = [str(number) for before, after in pairwise(numbers) for number in range(before + 1, after)]
    # More than are there: the numbers are of another kind than was thought.
    return tuple(missing) if len(missing) < len(numbers) - 1 else ()


def _articles(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The articles of an act, without those that it quotes."""
    articles: list[Part] = []
    for part in parts:
        if part.kind == "article":
            articles.append(part)
        elif part.kind != "quoted":
            articles += _articles(part.parts)
    return tuple(articles)


def broken_off(document: Document) -> Span | None:
    """The last line of a text that ends amid a sentence of its act or of its memorandum; None where it does not."""
    last = document.parts[-1] if document.parts else None
    if last is None or last.kind not in {"act", "memorandum"} or last.named("closing"):
        return None
    at = next(
        (
            Span(start, start + len(block.line))
            for start, block in zip(reversed(document.starts), reversed(document.content.blocks), strict=True)
            if block.role not in {"note", "running", "row"} and start >= last.span.start
        ),
        None,
    )
    text = document.of(at) if at else ""
    label = label_of(text)
    numbered = label is not None and label.marks == "."
    if is_sentence(text) or (len(text) < _LONGER_THAN_HEADINGS and not numbered):
        return None
    return at


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 5) : at].rstrip(" ")
    return not before or before[-1] in "\n\t.;:)\u2019\u201d\"'|"
