"""Arguments by kind: what the memorandum gives on subsidiarity, sorted by its words, and the questions of the grid."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import tomli
from attrs import frozen

from consistent.documents.document import Document, Part, Span, language_for, place_of, quote_of
from consistent.documents.provisions.sentences import sentences
from consistent.documents.words.provision_words import words_of
from consistent.model.evidence import Evidence
from consistent.model.recorded import Quotation
from consistent.model.text import LANGUAGES, Localized

__all__ = [
    "ArgumentKind",
    "Question",
    "QuestionList",
    "QuestionPart",
    "argument_kinds",
    "by_kind",
    "lists",
    "question_parts",
    "section_on_subsidiarity",
    "unconfirmed",
]


@frozen(kw_only=True)
class ArgumentKind:
    """A kind of argument for action by the Union.

    Attributes:
        against: the question that a parliament puts.
        words: patterns of its words, of each language; a sentence is told by one of them.
    """

    id: str
    label: Localized
    against: Localized
    words: tuple[re.Pattern[str], ...]


@frozen(kw_only=True)
class Question:
    """A question of the grid or of the toolbox, with what may answer it; see `questions.toml`."""

    id: str
    text: Localized
    lists: tuple[str, ...]
    quotations: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@frozen
class QuestionList:
    """Where questions come from: in a word, and in full."""

    short: Localized
    label: Localized


@frozen
class QuestionPart:
    """Questions under a heading."""

    heading: Localized
    questions: tuple[Question, ...]


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomli.loads(files(__package__).joinpath(name).read_text("utf-8"))


@cache
def argument_kinds() -> tuple[ArgumentKind, ...]:
    """In the order in which they are tried; the last has no words and takes the rest."""
    return tuple(
        ArgumentKind(
            id=row["id"],
            label=Localized(**row["label"]),
            against=Localized(**row["against"]),
            words=tuple(re.compile(words, re.IGNORECASE) for language in LANGUAGES for words in row["words"][language]),
        )
        for row in _read("arguments.toml")["kind"]
    )


def by_kind(quotations: Iterable[Quotation]) -> dict[str, tuple[Quotation, ...]]:
    """Sentences on subsidiarity under the kinds of argument that they make; only kinds that there are, in order."""
    found: dict[str, list[Quotation]] = {kind.id: [] for kind in argument_kinds()}
    for quotation in quotations:
        found[_kind(quotation.text, argument_kinds())].append(quotation)
    return {name: tuple(listed) for name, listed in found.items() if listed}


def _kind(text: str, kinds: Sequence[ArgumentKind]) -> str:
    return next((kind.id for kind in kinds if any(words.search(text) for words in kind.words)), kinds[-1].id)


@cache
def question_parts() -> tuple[QuestionPart, ...]:
    """The questions, part by part."""
    return tuple(
        QuestionPart(Localized(**part["heading"]), tuple(map(_question, part["question"])))
        for part in _read("questions.toml")["part"]
    )


def _question(row: Mapping[str, Any]) -> Question:
    rest = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
    return Question(id=row["id"], text=Localized(row["en"], row["nl"]), **rest)


def lists() -> Mapping[str, QuestionList]:
    """The lists that questions come from, by name."""
    rows = _read("questions.toml")["lists"]
    return {name: QuestionList(Localized(**row["short"]), Localized(**row["label"])) for name, row in rows.items()}


def section_on_subsidiarity(document: Document, recorded: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Every sentence under the heading of the memorandum under which subsidiarity is spoken of.

    Args:
        document: that the proposal was drafted of.
        recorded: what the draft quotes on subsidiarity; it tells which heading that is.

    Returns:
        Sentences with their places, in order; none where nothing was quoted, or its heading is not known.
    """
    words = words_of(language_for(document))
    spans = [Span(*one.evidence.span) for one in recorded if one.evidence.span is not None]
    around = [
        part
        for memorandum in document.top("memorandum")
        for part in memorandum.walk()
        if part.kind == "heading" and not part.parts and any(span in part.span for span in spans)
    ]
    if words is None or not around:
        return ()
    first = recorded[0].evidence
    return tuple(
        Quotation(
            about="subsidiarity",
            text=" ".join(document.of(sentence).split()),
            evidence=Evidence(
                document=first.document,
                place=place_of(document, sentence),
                quote=quote_of(document, sentence),
                span=(sentence.start, sentence.end),
                confirmed=False,
            ),
        )
        for part in around
        # The first line is the heading itself.
        for line in list(_lines(document, part))[1:]
        for sentence in sentences(document.text, line, words)
    )


def _lines(document: Document, part: Part) -> Iterator[Span]:
    for piece in part.pieces():
        at = piece.start
        for line in document.of(piece).split("\n"):
            if line.strip():
                yield Span(at, at + len(line))
            at += len(line) + 1


def unconfirmed() -> Localized:
    """What of the questions could not be compared with their source."""
    return Localized(**_read("questions.toml")["unconfirmed"])
