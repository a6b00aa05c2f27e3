"""Amended texts of acts, made by a seeded program, with what became of each unit: to measure how well texts are matched."""

from collections.abc import Iterator, Sequence
from random import Random

from attrs import define, field, frozen

from consistent.documents.comparing.units import Unit, units_of
from consistent.documents.document import Block, Content, Document
from consistent.documents.structure.structure import document_of

__all__ = ["Amended", "amended"]

# How often what happens to a unit of the text.
ARTICLES = {"drop": 0.05, "insert": 0.08, "move": 0.04, "retitle": 0.1}
PARAGRAPHS = {"drop": 0.06, "insert": 0.08, "move": 0.03, "away": 0.03, "split": 0.04, "merge": 0.04, "reword": 0.4}
# Of what is reworded: how often so much of the words, at most.
DEGREES = ((0.5, 0.08), (0.3, 0.25), (0.2, 0.5))
LONG = 16


@frozen
class Amended:
    """An amended text.

    Attributes:
        links: an old unit and a new one that it became, by their places in the order of the units.
        lost: how many units were written and are not read as units of their own: the reader's fault, and not measured.
    """

    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    document: Document
    links: frozenset[tuple[int, int]]
    lost: int


@define
class _Text:
    """A text with the old units that it comes from."""

    text: str
    sources: frozenset[int] = frozenset()
    points: list["_Text"] = field(factory=list)


@define
class _Article:
    heading: str
    paragraphs: list[_Text]


def amended(document: Document, donor: Document, seed: int, *, strength: float = 1.0) -> Amended:
    """An amended text of an act.

    Args:
        document: with the act.
        donor: another, from which inserted text and words are taken.
        seed: the same one makes the same text.
        strength: how often things happen, as a factor.
    """
    units, given = units_of(document), units_of(donor)
    made = _Amender(Random(seed), given, strength)
    recitals = [_Text(unit.text, frozenset({at})) for at, unit in enumerate(units) if unit.division == "recital"]
    blocks = [
        Block(text="REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL", role="title"),
        Block(text="Whereas:"),
    ]
    recitals = made.texts(recitals, [unit.text for unit in given if unit.division == "recital"])
    articles = made.articles(list(_articles(units)), list(_articles(given)))
    places: dict[tuple[str, str, tuple[str, ...]], _Text] = {}
    for number, recital in enumerate(recitals, start=1):
        blocks.append(Block(text=recital.text, role="recital", number=f"({number})"))
        places["recital", str(number), ()] = recital
    blocks.append(Block(text="HAVE ADOPTED THIS REGULATION:"))
    for number, article in enumerate(articles, start=1):
        blocks += _written(str(number), article, places)
    new_document = document_of(Content(format="xhtml", blocks=tuple(blocks), properties={"language": "en"}), "amended")
    new = units_of(new_document)
    read = {unit.place: at for at, unit in enumerate(new)}
    links = {(old, read[place]) for place, text in places.items() if place in read for old in text.sources}
    kept = {at for at, unit in enumerate(units) if unit.division in {"recital", "article"}}
    old = tuple(unit for at, unit in enumerate(units) if at in kept)
    renumbered = {at: number for number, at in enumerate(sorted(kept))}
    lost = sum(place not in read for place in places)
    return Amended(old, new, new_document, frozenset((renumbered[one], other) for one, other in links), lost)


def _articles(units: Sequence[Unit]) -> Iterator[_Article]:
    article, order = None, -1
    for at, unit in enumerate(units):
        if unit.division != "article":
            continue
        if unit.order != order or article is None:
            if article is not None:
                yield article
            article, order = _Article(unit.heading, []), unit.order
        text = _Text(unit.text, frozenset({at}))
        kinds = [kind for kind, _ in unit.named]
        if kinds[-1:] == ["point"] and article.paragraphs:
            article.paragraphs[-1].points.append(text)
        else:
            article.paragraphs.append(text)
    if article is not None:
        yield article


def _written(number: str, article: _Article, places: dict[tuple[str, str, tuple[str, ...]], _Text]) -> Iterator[Block]:
    yield Block(text=f"Article {number}", role="article")
    yield Block(text=article.heading or "Provisions", role="article-heading")
    alone = len(article.paragraphs) == 1
    for count, paragraph in enumerate(article.paragraphs, start=1):
        path = () if alone else (str(count),)
        yield Block(text=paragraph.text, role="paragraph", number="" if alone else f"{count}.")
        places["article", number, path] = paragraph
        for point, text in enumerate(paragraph.points):
            label = _letters(point)
            yield Block(text=text.text, role="point", number=f"({label})", level=1)
            places["article", number, (*path, label)] = text


def _letters(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return letters[number] if number < len(letters) else letters[number // 26 - 1] + letters[number % 26]


class _Amender:
    def __init__(self, random: Random, donor: Sequence[Unit], strength: float) -> None:
        self._random, self._strength = random, strength
        self._words = [word for unit in donor for word in unit.words]

    def _happens(self, chance: float) -> bool:
        return self._random.random() < chance * self._strength

    def articles(self, articles: list[_Article], donor: list[_Article]) -> list[_Article]:
        """The articles, amended."""
        away: list[_Text] = []
        kept: list[_Article] = []
        spare = [paragraph.text for article in donor for paragraph in article.paragraphs]
        for article in articles:
            if self._happens(ARTICLES["insert"]):
                given = self._random.choice(donor)
                kept.append(_Article(given.heading, [_Text(each.text) for each in given.paragraphs[:4]]))
            if self._happens(ARTICLES["drop"]):
                continue
            if self._happens(ARTICLES["retitle"]):
                article.heading = self._reworded(article.heading, 0.5)
            article.paragraphs = self.texts(article.paragraphs, spare, away)
            for paragraph in article.paragraphs:
                if paragraph.points:
                    paragraph.points = self.texts(paragraph.points, spare)
            kept.append(article)
        kept = [article for article in kept if article.paragraphs]
        for text in away:
            self._random.choice(kept).paragraphs.append(text)
        for article in list(kept):
            if self._happens(ARTICLES["move"]):
                kept.remove(article)
                kept.insert(self._random.randrange(len(kept) + 1), article)
        return kept

    def texts(self, texts: list[_Text], spare: list[str], away: list[_Text] | None = None) -> list[_Text]:
        """Texts that follow each other, amended; what goes to another article is put into `away`."""
        kept: list[_Text] = []
        merging = False
        for text in texts:
            if self._happens(PARAGRAPHS["insert"]):
                kept.append(_Text(self._random.choice(spare)))
            if self._happens(PARAGRAPHS["drop"]) and len(texts) > 1:
                continue
            if self._happens(PARAGRAPHS["reword"]):
                text.text = self._reworded(text.text, self._degree())
            if merging and kept and not text.points and not kept[-1].points:
                kept[-1].text += f" {text.text}"
                kept[-1].sources |= text.sources
                merging = False
                continue
            merging = self._happens(PARAGRAPHS["merge"])
            words = text.text.split()
            if self._happens(PARAGRAPHS["split"]) and len(words) > 2 * LONG and not text.points:
                at = self._random.randrange(LONG, len(words) - LONG + 1)
                kept += [_Text(" ".join(words[:at]), text.sources), _Text(" ".join(words[at:]), text.sources)]
                merging = False
            elif away is not None and self._happens(PARAGRAPHS["away"]) and not text.points and len(texts) > 1:
                away.append(text)
            else:
                kept.append(text)
        for text in list(kept):
            if self._happens(PARAGRAPHS["move"]):
                kept.remove(text)
                kept.insert(self._random.randrange(len(kept) + 1), text)
        return kept

    def _degree(self) -> float:
        return self._random.choices([most for _, most in DEGREES], [often for often, _ in DEGREES])[0]

    def _reworded(self, text: str, most: float) -> str:
        """The text with so much of its words replaced, left out or added, in runs as a drafter does."""
        words = text.split()
        wanted = self._random.uniform(most / 3, most) * len(words)
        while wanted > 0 and words:
            run = min(self._random.choice((1, 1, 2, 3, 5, 8)), max(1, round(wanted)))
            at = self._random.randrange(len(words))
            start = self._random.randrange(len(self._words))
            other = self._words[start : start + run]
            match self._random.choice(("replace", "replace", "add", "leave out")):
                case "replace":
                    words[at : at + run] = other
                case "add":
                    words[at:at] = other
                case _:
                    del words[at : at + run]
            wanted -= run
        return " ".join(words) or text
