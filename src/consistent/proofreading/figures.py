"""Days, sums, shares and numbers that memorandum, recitals and financial statement give otherwise than the articles do.

Two figures are of the same thing where the words around them are: what an article says of a sum, and what the memorandum says of
one, is compared only where they share most of their words. A recital or memorandum may leave out what an article has, and speak
of other things; that is no discrepancy.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from attrs import frozen

from consistent.documents.document import Document, Part, Span
from consistent.documents.header.dates import amounts
from consistent.documents.words.days import day_of, day_pattern
from consistent.model.text import Localized
from consistent.proofreading.discrepancy import Discrepancy, discrepancy, place_in
from consistent.proofreading.text import Text

__all__ = ["figure_discrepancies", "figures_in"]

_OTHER = Localized(
    "{place} has {figure}, but {other} says {said} of what looks like the same",
    "in {place} staat {figure}, maar in {other} staat {said} voor wat hetzelfde lijkt",
)
_NOT_ADDED_UP = Localized(
    "{place} has a total of EUR {total}, but the sums of its points add up to EUR {added}",
    "{place} heeft een totaal van {total} EUR, maar de bedragen van de punten tellen op tot {added} EUR",
)
Sort = Literal["day", "sum", "share", "period", "number"]
_SHARE = re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d{1,3})?)[\s\u00a0\u202f]?%")
# In words on either side that tell what a figure is of.
_AROUND = 14
# Words that both must have, and of the fewer words of the two how large a part. A sum stands for itself more than a period.
_SHARED: Mapping[str, int] = {"sum": 3, "share": 4, "day": 4, "number": 3, "period": 5}
_PART: Mapping[str, float] = {"sum": 0.3, "share": 0.5, "day": 0.5, "number": 0.4, "period": 0.6}
# Words that make it likely: enough to say that two figures agree, and that there is nothing to tell.
_LIKELY = 2
# So many digits, without noughts at the end, are no round sum.
_MANY_DIGITS = 4
# What memorandum and financial statement both give.
_OF_MEANS = frozenset({"sum", "number"})
# A list that lacks more of its total than this is no division of it.
_NEAR_TOTAL = 0.2
# Sums differ where they are further apart than rounding brings them.
_ROUNDED = 0.01


@frozen(kw_only=True)
class _Figure:
    """A figure with the words around it.

    Attributes:
        value: that can be compared with others of its sort: a number, or a day as text.
        around: stems.
        sentence: that it stands in.
    """

    sort: Sort
    value: float | str
    span: Span
    around: frozenset[str]
    sentence: Span


def figure_discrepancies(text: Text) -> Iterator[Discrepancy]:
    """Figures of articles that another part of the document gives otherwise, in the order of the articles; then those of the memorandum.

    Args:
        text: of an act, with whatever stands around it.
    """
    own = [
        figure
        for provision in text.own
        if not provision.place.annex and provision.place.article not in text.amending
        for figure in _figures(text, provision.span)
    ]
    memorandum, statement = (
        [*_figures_of(text, text.document.top(kind))] for kind in ("memorandum", "financial-statement")
    )
    yield from _compared(text, own, [*_figures_of(text, text.recitals()), *memorandum, *statement])
    yield from _compared(text, [figure for figure in memorandum if figure.sort in _OF_MEANS], statement)
    yield from _sums_of_parts(text)


def _figures_of(text: Text, parts: Iterable[Part]) -> Iterator[_Figure]:
    for part in parts:
        for sentence in text.sentences_of(part):
            yield from _figures(text, sentence)


def _compared(text: Text, own: Sequence[_Figure], elsewhere: Sequence[_Figure]) -> Iterator[Discrepancy]:
    """Figures that others give otherwise.

    Args:
        text: that all are of.
        own: the figures.
        elsewhere: those of another part.
    """
    document = text.document
    told: set[tuple[float | str, float | str]] = set()
    for figure in own:
        same = [other for other in elsewhere if _of_the_same(figure, other)]
        if not same or any(_agree(figure, other) for other in elsewhere if _likely(figure, other)):
            continue
        # Another figure of this part that says what is said elsewhere is what is meant there.
        best = max(same, key=lambda other: len(figure.around & other.around))
        if (figure.value, best.value) in told or any(_agree(other, best) and _likely(other, best) for other in own):
            continue
        told.add((figure.value, best.value))
        yield discrepancy(
            "figure", _OTHER, [(document, figure.span), (document, best.span)],
            place=place_in(document, figure.span), figure=_said(document, figure),
            other=place_in(document, best.span), said=_said(document, best),
        )  # fmt: skip


def _sums_of_parts(text: Text) -> Iterator[Discrepancy]:
    """Lists whose points give sums that do not add up to the one that the words before the list give."""
    document = text.document
    for before, provision in pairwise(text.own):
        lead = provision if document.of(provision.span).endswith(":") else None
        if lead is None:
            continue
        points = [point for point in text.own if point.chapeau == lead.span]
        parts = [list(amounts(document, point.span)) for point in points]
        totals = list(amounts(document, lead.span)) or (
            list(amounts(document, before.span)) if before.place == lead.place else []
        )
        if len(totals) != 1 or len(parts) <= 1 or any(len(part) != 1 for part in parts):
            continue
        total, added = totals[0], sum(part[0].value for part in parts)
        near = abs(total.value - added) <= _NEAR_TOTAL * total.value
        if total.span is not None and added != total.value and near:
            yield discrepancy(
                "figure", _NOT_ADDED_UP, [(document, total.span), *((document, part[0].span) for part in parts if part[0].span)],
                place=place_in(document, total.span), total=_grouped(total.value), added=_grouped(added),
            )  # fmt: skip


def _grouped(value: int) -> str:
    return f"{value:,}".replace(",", " ")


def _said(document: Document, figure: _Figure) -> str:
    return f"`{' '.join(document.of(figure.span).split())}`"


def _figures(text: Text, sentence: Span) -> Iterator[_Figure]:
    """The figures of a sentence that names no other act."""
    found = list(figures_in(text, sentence))
    if not found or text.own_words.patterns["other-act"].search(text.document.of(sentence)):
        return
    for sort, value, span in found:
        yield _Figure(sort=sort, value=value, span=span, around=_around(text, sentence, span), sentence=sentence)


def figures_in(text: Text, sentence: Span) -> Iterator[tuple[Sort, float | str, Span]]:
    """The figures of a sentence: of which sort, the value that can be compared, and where."""
    document, said = text.document, text.document.text
    taken: list[Span] = []

    def free(match: Span) -> bool:
        return not any(match.start < other.end and other.start < match.end for other in taken)

    for amount in amounts(document, sentence):
        if amount.span is not None:
            taken.append(amount.span)
            yield "sum", float(amount.value), amount.span
    for match in day_pattern().finditer(said, sentence.start, sentence.end):
        day = day_of(match)
        if day is not None and free(Span(*match.span())):
            taken.append(Span(*match.span()))
            yield "day", day.isoformat(), Span(*match.span())
    for match in _SHARE.finditer(said, sentence.start, sentence.end):
        if free(Span(*match.span())):
            taken.append(Span(*match.span()))
            yield "share", float(match[1].replace(",", ".")), Span(*match.span())
    for sort in ("period", "number"):
        for match in text.own_words.patterns[sort].finditer(said, sentence.start, sentence.end):
            value = _number(text, match["number"])
            if value is None or not free(Span(*match.span())):
                continue
            taken.append(Span(*match.span()))
            if sort == "period":
                yield "period", f"{value:g} {text.words.time_units[match['unit'].lower()]}", Span(*match.span())
            else:
                scale = 1e6 if match["scale"] else 1
                yield "number", value * scale, Span(*match.span())


def _number(text: Text, written: str) -> float | None:
    if written[0].isdigit():
        return float(re.sub(r"[\s\u00a0\u202f]", "", written).replace(",", "."))
    value = text.words.numbers.get(written.lower())
    return None if value is None else float(value)


def _around(text: Text, sentence: Span, span: Span) -> frozenset[str]:
    """The stems of the words on both sides of a figure, in its sentence."""
    before = text.stems(text.document.text[sentence.start : span.start])[-_AROUND:]
    after = text.stems(text.document.text[span.end : sentence.end])[:_AROUND]
    return frozenset(stem for stem in (*before, *after) if len(stem) > 3) - text.own_words.listed["general"]  # noqa: PLR2004  shorter ones are no stems


def _of_the_same(one: _Figure, other: _Figure) -> bool:
    if one.sort != other.sort:
        return False
    shared = len(one.around & other.around)
    if one.sort == "sum" and shared >= _LIKELY and _is_slip(float(one.value), float(other.value)):
        return True
    return shared >= _SHARED[one.sort] and shared >= _PART[one.sort] * min(len(one.around), len(other.around))


def _is_slip(one: float, other: float) -> bool:
    """Whether two sums are written in many digits and differ in one of them: that is no chance."""
    digits, others = f"{one:.0f}".rstrip("0"), f"{other:.0f}".rstrip("0")
    return (
        len(digits) == len(others) >= _MANY_DIGITS
        and sum(mine != theirs for mine, theirs in zip(digits, others, strict=True)) == 1
    )


def _likely(one: _Figure, other: _Figure) -> bool:
    """Whether two figures may well be of the same: a lower bar, where it is for silence."""
    return one.sort == other.sort and len(one.around & other.around) >= _LIKELY


def _agree(one: _Figure, other: _Figure) -> bool:
    if isinstance(one.value, str) or isinstance(other.value, str):
        return one.value == other.value
    return abs(one.value - other.value) <= _ROUNDED * max(abs(one.value), abs(other.value))
