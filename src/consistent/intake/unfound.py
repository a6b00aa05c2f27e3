"""What looks like provisions in a document in which no article was found: an empty structure is said, never silent."""

from consistent.intake.document import Document, Span
from consistent.intake.formats.marks import marks_of_structure

__all__ = ["provisions_without_articles"]

# Two articles in sequence are an act; one alone may be a reference to another's.
_FIRST_TWO = frozenset({1, 2})


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
    numbered = [each for each in marks.article.finditer(text) if _begins_sentence(text, each.start())]
    seen = numbered if {int(each[1]) for each in numbered} >= _FIRST_TWO else []
    places = [each.span() for each in (*seen, *marks.enacted.finditer(text))]
    return tuple(Span(*each) for each in sorted(places))


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 5) : at].rstrip(" ")
    return not before or before[-1] in "\n\t.;:)\u2019\u201d\"'|"
