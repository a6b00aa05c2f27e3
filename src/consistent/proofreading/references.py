"""References of an act to itself: to provisions that are not there, and to those that speak of something else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from consistent.documents.citing.references import Place, Reference, references
from consistent.documents.document import Part, Span
from consistent.documents.provisions.provisions import Provision
from consistent.documents.structure.structure import misnumbered_articles
from consistent.errors import printable
from consistent.model.text import Localized
from consistent.proofreading.discrepancy import Discrepancy, called, discrepancy, place_in
from consistent.proofreading.text import Text

__all__ = ["dead_references", "is_elsewhere", "wrong_references"]

# In letters: as far behind a reference the act can stand that it names a provision of.
_SOON = 40
_NOWHERE = Localized(
    "{place} refers to `{quote}`, which this act does not have",
    "{place} verwijst naar `{quote}`, maar die bepaling heeft deze handeling niet",
)


@frozen
class _Numbers:
    """The numbers that an act has: of its articles, of their paragraphs, of the points of both, of annexes and chapters.

    Where something has no numbers at all, the format may have lost them.
    """

    articles: frozenset[str]
    paragraphs: dict[str, set[str]]
    points: dict[tuple[str, str], set[str]]
    annexes: frozenset[str]
    chapters: frozenset[str]

    def lacks(self, place: Place) -> bool:
        """Whether a place of this act is surely not there."""
        if place.annex:
            return bool(self.annexes) and not place.article and place.annex.upper() not in self.annexes
        if not place.article.isdecimal():
            return False
        if place.article not in self.articles:
            return True
        paragraphs = self.paragraphs.get(place.article, set())
        if place.paragraph and place.paragraph.isdecimal() and place.paragraph not in paragraphs:
            return bool(paragraphs)
        points = self.points.get((place.article, place.paragraph), set())
        return bool(place.point) and bool(points) and place.point.lower() not in points


def dead_references(text: Text) -> Iterator[Discrepancy]:
    """References to provisions of the act that it does not have, in its order; each place once.

    Args:
        text: of an act. What is to become part of another act names that act's provisions, and so does an article that amends
            one: these are passed over.
    """
    numbers = _numbers(text)
    if 2 * sum(article.isdecimal() for article in numbers.articles) < len(numbers.articles):
        return  # numbers of another kind than is understood here; some, as `14a`, were put in later
    seen: set[Place] = set()
    told: set[Span] = set()
    for provision, reference in _references(text):
        place = reference.place
        named = Place(annex=place.annex, article=place.article, paragraph=place.paragraph, point=place.point)
        if place.act or named in seen or reference.span in told or not numbers.lacks(named):
            continue
        if is_elsewhere(text, provision, reference.span):
            continue
        seen.add(named)
        told.add(reference.span)
        yield _nowhere(text, reference.span if provision is None else provision.span, reference.span)
    yield from _dead_chapters(text, numbers)


def is_elsewhere(text: Text, provision: Provision | None, named: Span) -> bool:
    """Whether the words after a reference say that it is to another act; in a definition they can come late."""
    elsewhere = text.words.patterns["elsewhere"]
    defined = provision is not None and provision.modality == "definition"
    end = provision.span.end if provision is not None and defined else named.end + _SOON
    return elsewhere.search(text.document.text, named.end, end) is not None


def _references(text: Text) -> Iterator[tuple[Provision | None, Reference]]:
    """What provisions refer to, and recitals where they name this act; each with its provision."""
    own_act = text.own_words.patterns["this-act"]
    for recital in text.recitals():
        for reference in references(text.document.text, recital.span, text.words, Place()):
            if own_act.search(text.document.of(reference.span)):
                yield None, reference
    for provision in text.own:
        if provision.place.article not in text.amending and not provision.place.annex:
            for reference in provision.references:
                yield provision, reference


def _dead_chapters(text: Text, numbers: _Numbers) -> Iterator[Discrepancy]:
    """Chapters that provisions name and the act does not have."""
    if not numbers.chapters:
        return
    seen: set[str] = set()
    for provision in text.own:
        if provision.place.article in text.amending or provision.place.annex:
            continue
        for match in text.own_words.patterns["chapter"].finditer(
            text.document.text, provision.span.start, provision.span.end
        ):
            number = match["number"].upper()
            named = Span(*match.span())
            if number not in numbers.chapters and number not in seen and not is_elsewhere(text, provision, named):
                seen.add(number)
                yield _nowhere(text, provision.span, named)


# Words that say nothing of what a provision is about.
_LEAST_LETTERS = 4
_OTHER = Localized(
    "{place} speaks of `{said}` in {named}, which has no such words; {meant} has",
    "{place} spreekt van `{said}` in {named}, maar die woorden staan daar niet; in {meant} wel",
)
# A provision that few others have the words of is likely to be the one that is meant.
_MOST_MEANT = 1


def wrong_references(text: Text) -> Iterator[Discrepancy]:
    """References that say what the provision is about that they name, where none of these words is in it: `the plan referred to in Article 5`.

    Words can be put otherwise there. So it is told only where one other article has them, or two.

    Args:
        text: of an act; see `dead_references`.
    """
    parts = {
        # What a paragraph calls `it`, the heading of the article says by its name.
        (article, paragraph): frozenset(text.stems(f"{_heading(text, article)} {text.document.of(part.span)}"))
        for (_, article, paragraph), part in text.numbered_parts.items()
    }
    told: set[Span] = set()
    for provision, reference in _references(text):
        span = reference.span
        if provision is None or span in told or reference.place.act or is_elsewhere(text, provision, span):
            continue
        told.add(span)
        named = [other.place for other in provision.references if other.span == span]
        aims = [parts[place.article, place.paragraph] for place in named if (place.article, place.paragraph) in parts]
        if len(aims) < len(named) or any(place.annex for place in named):
            continue
        said = _said_of(text, provision, span)
        words = {stem for stem in text.stems(said) if len(stem) >= _LEAST_LETTERS} - text.own_words.listed["general"]
        if not words or any(_has(aim, word) for aim in aims for word in words):
            continue
        known = {place.article for place in named} | {provision.place.article}
        meant = [
            article
            for (article, paragraph), stems in parts.items()
            if not paragraph
            and article not in known
            and all(any(_begin(word) in stem for stem in stems) for word in words)
        ]
        if 0 < len(meant) <= _MOST_MEANT:
            yield discrepancy(
                "wrong-reference",
                _OTHER,
                [(text.document, span)],
                place=place_in(text.document, provision.span),
                said=" ".join(said.split()),
                named=" ".join(text.document.of(span).split()),
                meant=_listed(meant),
            )


def _listed(articles: Sequence[str]) -> Localized:
    named = [called(Place(article=article)) for article in articles]
    return Localized(" or ".join(each.en for each in named), " of ".join(each.nl for each in named))


def _has(stems: Iterable[str], word: str) -> bool:
    return any(_alike(word, stem) for stem in stems)


def _heading(text: Text, article: str) -> str:
    return text.numbered_parts["", article, ""].heading


def _alike(word: str, other: str) -> bool:
    """Whether two stems are of one word, or one is written together with it."""
    short, long = sorted((word, other), key=len)
    return len(short) >= _LEAST_LETTERS and _begin(short) in long


def _begin(stem: str) -> str:
    """What forms of a word have in common: its stem without the last letters."""
    return stem[: max(_LEAST_LETTERS, len(stem) - 2)]


def _said_of(text: Text, provision: Provision, span: Span) -> str:
    """What a sentence says that is there which a reference names."""
    before = text.document.text[max(provision.span.start, span.start - 90) : span.start]
    after = text.document.text[span.end : min(provision.span.end, span.end + 90)]
    said = text.own_words.patterns["referred-before"].search(before)
    if said is None:
        said = text.own_words.patterns["referred-after"].match(after)
    return said["said"] if said else ""


def _nowhere(text: Text, sentence: Span, named: Span) -> Discrepancy:
    document = text.document
    quote = printable(" ".join(document.of(named).split()))
    return discrepancy("dead-reference", _NOWHERE, [(document, named)], place=place_in(document, sentence), quote=quote)


def _numbers(text: Text) -> _Numbers:
    paragraphs: dict[str, set[str]] = defaultdict(set)
    points: dict[tuple[str, str], set[str]] = defaultdict(set)

    def note(part: Part, article: str, paragraph: str) -> None:
        for child in part.parts:
            if child.kind == "quoted":
                continue
            if child.kind == "point":
                if child.number:
                    points[article, paragraph].add(child.number.lower())
                    # An article can be named without the paragraph that its points stand in.
                    points[article, ""].add(child.number.lower())
                note(child, article, paragraph)
            else:
                note(child, article, child.number if child.kind == "paragraph" else paragraph)

    for provision in text.own:
        if provision.place.paragraph and not provision.place.annex:
            paragraphs[provision.place.article].add(provision.place.paragraph)
    for part in text.act.walk():
        if part.kind == "article":
            note(part, part.number, "")
    articles = {provision.place.article for provision in text.own if not provision.place.annex}
    articles |= {part.number for part in text.act.named("article") if part.number.isdecimal()}
    articles |= {number for _, number in misnumbered_articles(text.document)}
    annexes = frozenset(part.number.upper() for part in text.document.top("annex") if part.number)
    chapters = frozenset(part.number.upper() for part in text.act.named("chapter") if part.number)
    return _Numbers(
        articles=frozenset(articles), paragraphs=paragraphs, points=points, annexes=annexes, chapters=chapters
    )
