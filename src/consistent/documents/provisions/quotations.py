"""Words of a document that a reader of it needs: objectives, options, sums, staff, what its memorandum says under its fixed headings, and its articles of review, sanctions and authorities.

Each is a sentence, with the points that it leads up to. Which words tell one is data: the table `quotations` of `provisions.en.toml`.
"""

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from consistent.documents.citing.references import Place
from consistent.documents.document import Document, Part, Span
from consistent.documents.provisions.provisions import Provision
from consistent.documents.provisions.sentences import sentences
from consistent.documents.words.provision_words import ProvisionWords, QuotationCue, words_of

__all__ = ["Passage", "quotations_of"]

# So many letters of a passage are quoted.
_LONGEST = 700
_HEADING = 60
# A line that is as short, and no sentence, is a heading. In letters.
_HEADING_LINE, _ENDS = 90, (".", ";", ",", ":")
# What stands before the words of a heading: `2.1.`, a mark of a list.
_NUMBER = re.compile(r"^[\W\d]*")
# A sentence that is quoted since it stands under a heading says something.
_SAYS = 50


@frozen(kw_only=True)
class Passage:
    """Words that a reader needs.

    Attributes:
        about: what they speak of: `objective`, `option`, `staff`.
        place: of those that stand in an article; None elsewhere.
        span: of the words.
    """

    about: str
    place: Place | None
    span: Span


def quotations_of(document: Document, provisions: Sequence[Provision]) -> tuple[Passage, ...]:
    """The passages of a document by what they speak of, and in the order of the text; none where its language is not read.

    Args:
        document: with its structure.
        provisions: of the document.
    """
    words = words_of(document.language)
    if words is None:
        return ()
    lines = {
        zone: [line for part in document.top(zone) for line in _lines(document, part)]
        for zone in ("memorandum", "financial-statement")
    }
    own = [provision for provision in provisions if provision.amended is None and not provision.place.annex]
    told = [passage for cue in words.quotations for passage in _of_cue(document, cue, lines, own, words)]
    # Two cues for one subject can find the same words.
    return tuple({(passage.about, passage.span): passage for passage in told}.values())


def _of_cue(
    document: Document,
    cue: QuotationCue,
    lines: dict[str, list[Span]],
    own: Sequence[Provision],
    words: ProvisionWords,
) -> Iterator[Passage]:
    """The passages that one cue finds, at most as many as it says, each once."""
    found: list[Passage] = []
    if "article" in cue.within:
        found += _in_articles(document, cue, own)
    for zone in cue.within:
        among = lines.get(zone, []) if cue.heading is None else _under(document, cue.heading, zone, lines.get(zone, ()))
        for number, line in enumerate(among):
            found += _in_line(document, cue, line, among[number + 1 :], words)
    seen: set[str] = set()
    for passage in found:
        said = " ".join(document.of(passage.span).split())
        if said not in seen and len(seen) < cue.most:
            seen.add(said)
            yield passage


def _lines(document: Document, part: Part) -> list[Span]:
    """The lines of a part, without notes, running heads and page numbers."""
    return [
        Span(at, at + len(block.line))
        for at, block in zip(document.starts, document.content.blocks, strict=True)
        if part.span.start <= at < part.span.end and block.role not in {"note", "running"} and block.line.strip()
    ]


def _under(document: Document, heading: re.Pattern[str], zone: str, lines: Sequence[Span]) -> list[Span]:
    """The lines of a zone that stand under such a heading, up to the next one; a format may not say which lines are headings."""
    marked = {part.span.start for top in document.top(zone) for part in top.named("heading")}  # type: ignore[arg-type]  # a zone is the name of a part
    found: list[Span] = []
    within = False
    for line in lines:
        text = document.of(line).strip()
        if line.start in marked or (len(text) <= _HEADING_LINE and not text.endswith(_ENDS)):
            within = heading.search(_NUMBER.sub("", text)) is not None
        elif within:
            found.append(line)
    return found


def _in_articles(document: Document, cue: QuotationCue, own: Sequence[Provision]) -> Iterator[Passage]:
    for at, provision in enumerate(own):
        # Where the format lost the line of the heading, the first sentence begins with it.
        heading = provision.heading or document.of(provision.span)[:_HEADING]
        if cue.heading is not None and not cue.heading.search(heading):
            continue
        if cue.pattern.search(document.of(provision.span)):
            points = (later.span for later in own[at + 1 :] if later.chapeau == provision.span)
            span = _with_points(document, provision.span, points)
            yield Passage(about=cue.about, place=provision.place, span=span)


def _in_line(
    document: Document, cue: QuotationCue, line: Span, after: Sequence[Span], words: ProvisionWords
) -> Iterator[Passage]:
    if not cue.pattern.search(document.text, line.start, line.end):
        return
    for sentence in sentences(document.text, line, words):
        if cue.heading is not None and sentence.end - sentence.start < _SAYS:
            continue
        if cue.pattern.search(document.text, sentence.start, sentence.end):
            yield Passage(about=cue.about, place=None, span=_with_points(document, sentence, iter(after)))


def _with_points(document: Document, span: Span, after: Iterator[Span]) -> Span:
    """A sentence with the points that it leads up to, as far as there is room."""
    end = span.end
    if document.of(span).rstrip().endswith(":"):
        for point in after:
            if point.end - span.start > _LONGEST:
                break
            end = point.end
            if document.of(point).rstrip().endswith("."):
                break
    return Span(span.start, end)
