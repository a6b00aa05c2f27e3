"""Where every word of a document went: into a measure, into what is set aside and why, or nowhere.

A text that is neither is lost, and a draft that loses text is silent on it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from attrs import frozen

from consistent.documents.document import Document, Part, PartKind, Span

__all__ = ["Coverage", "coverage_of"]

# Parts that lay nothing down: what stands in them is read for other ends, or told apart.
_ASIDE: frozenset[PartKind] = frozenset(
    {
        *("cover", "memorandum", "title-of-act", "preamble", "citation", "recital", "enacting-formula", "closing"),
        *("annex", "financial-statement", "note", "running", "heading", "quoted"),
    }
)
_WORD = re.compile(r"\w+")
# `HOOFDSTUK III`, `“(4a)`, `Artikel 369 septies`: a number with the word before it.
_LONGEST_LABEL = 20
_WORDS_OF_LABEL = 3


@frozen(kw_only=True)
class Coverage:
    """How the letters of a document are accounted for.

    Attributes:
        measures: letters and other signs that are no blanks, in measures.
        aside: by kind of part, what is in no measure and set aside; `headings` are those of articles and chapters, with the
            numbers of paragraphs and points; `described` what a document of policy says beside its measures.
        lost: stretches with letters that are in neither.
    """

    measures: int
    aside: Mapping[str, int]
    lost: tuple[Span, ...]


def coverage_of(document: Document, measures: Iterable[Span]) -> Coverage:
    """Account for the text of a document.

    Args:
        document: as read.
        measures: the stretches that measures were made of.
    """
    text = document.text
    taken: list[tuple[Span, str]] = [(span, "measures") for span in measures]
    taken += [(part.span, part.kind) for part in document.walk() if part.kind in _ASIDE]
    if not document.named("article"):
        # A document of policy also describes, and tells what was.
        taken += [(part.span, "described") for part in document.walk() if part.kind == "text"]
    taken += [(span, "headings") for part in document.walk() for span in _headed(document, part)]
    counts: dict[str, int] = {}
    lost: list[Span] = []
    at = 0
    # The first that takes a stretch has it.
    for start, end, kind in (*_first(taken), (len(text), len(text), "")):
        between = text[at:start]
        words = _WORD.findall(between)
        if len(words) <= _WORDS_OF_LABEL and len("".join(words)) <= _LONGEST_LABEL:
            counts["headings"] = counts.get("headings", 0) + len("".join(between.split()))
        else:
            lost.append(Span(at, start))
        counts[kind] = counts.get(kind, 0) + len("".join(text[start:end].split()))
        at = end
    in_measures = counts.pop("measures", 0)
    counts.pop("", None)
    return Coverage(measures=in_measures, aside=counts, lost=tuple(lost))


def _first(taken: Iterable[tuple[Span, str]]) -> Iterator[tuple[int, int, str]]:
    """The stretches in the order of the text, without overlap; where several take one, that which was named first has it."""
    named = list(taken)
    edges = sorted({edge for span, _ in named for edge in (span.start, span.end)})
    starting: dict[int, list[int]] = {}
    for index, (span, _) in enumerate(named):
        starting.setdefault(span.start, []).append(index)
    live: set[int] = set()
    for start, end in pairwise(edges):
        live |= {index for index in starting.get(start, ()) if named[index][0].end > start}
        live = {index for index in live if named[index][0].end > start}
        if live:
            yield start, end, named[min(live)][1]


def _headed(document: Document, part: Part) -> Iterator[Span]:
    """The lines that number and head an article or a division, and the number of a paragraph."""
    if part.kind in {
        "part",
        "title",
        "chapter",
        "section",
        "subsection",
        "article",
        "paragraph",
        "enacting-terms",
        "act",
    }:
        below = min((inner.span.start for inner in part.parts), default=part.span.end)
        start = part.span.start
        for line in document.text[start:below].splitlines(keepends=True):
            words = line.strip()
            if words and not (_is_heading(words, part)):
                break
            yield Span(start, start + len(line))
            start += len(line)


def _is_heading(line: str, part: Part) -> bool:
    """Whether a line at the beginning of a part is its number or (some of) its heading."""
    plain, heading = " ".join(line.split()), " ".join(part.heading.split())
    if heading and (plain in heading or plain.endswith(heading)):
        return True
    return part.number in plain and len(plain) <= len(part.number) + _LONGEST_LABEL
