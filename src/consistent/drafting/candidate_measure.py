"""A candidate measure: the values that a document gives it, each with the words that say it; how it is numbered and named."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import evolve, frozen

from consistent.documents.document import Span
from consistent.drafting.cues.passages import CuedValue
from consistent.model.proposal import COMMON, Description, Fields, Measure
from consistent.model.text import Localized
from consistent.model.values import UNKNOWN, Value

__all__ = ["CandidateMeasure", "listed", "slug", "surest", "unique"]


@frozen(kw_only=True)
class CandidateMeasure:
    """A measure as a document seems to have it; a person confirms it.

    Attributes:
        id: `art-5`, `art-5-2`; unique in the document.
        reference: `Article 5(2)`, for readers.
        title: heading of the article or section, in the language of the document; may be empty.
        span: from the first to the last of its provisions.
        values: that were found, at most one for each field and term, the surest; in the order of the text.
        hints: values that its words may speak of, too unsure to be given; for questions.
        absent: values that the text is known not to have, each with the words that would have had it.
        describes: for an article that describes the act or says how it lives on, what it is: `subject-matter`, `definitions`,
            `committee`, `delegation`, `review`, `final`; None for one that lays something down.
    """

    id: str
    reference: str
    title: str
    span: Span
    values: tuple[CuedValue, ...]
    hints: tuple[CuedValue, ...] = ()
    absent: tuple[CuedValue, ...] = ()
    describes: Description | None = None

    def of(self, name: str) -> tuple[CuedValue, ...]:
        """The values of one field."""
        return tuple(value for value in self.values if value.field == name)

    def measure(self, fields: Fields = COMMON) -> Measure:
        """The measure with these values; what was not found is unknown.

        Args:
            fields: of the pack.
        """
        # Left out it would say that nobody is shut out, and nobody has looked for that.
        values: dict[str, Any] = {"excluded_partners": UNKNOWN} | {
            name: Value.exactly(*terms) if about.single else Value(yes=frozenset(terms), no=missing)
            for name, about in fields.measure.items()
            for missing in [frozenset(value.term for value in self.absent if value.field == name)]
            if (terms := {value.term for value in self.of(name)}) or missing
        }
        title = Localized(self.title, self.title) if self.title else None
        return Measure(
            id=self.id,
            title=title,
            reference=Value.exactly(self.reference),
            describes=self.describes,
            **values,
        )


def unique(measures: Iterable[CandidateMeasure]) -> Iterator[CandidateMeasure]:
    """The measures, with a number behind an id that was there already, as where a document holds two acts."""
    seen: dict[str, int] = {}
    for measure in measures:
        seen[measure.id] = seen.get(measure.id, 0) + 1
        yield measure if seen[measure.id] == 1 else evolve(measure, id=f"{measure.id}--{seen[measure.id]}")


def surest(values: Iterable[CuedValue], fields: Fields) -> tuple[CuedValue, ...]:
    """One value for each field and term, the surest; of a field with one value only the surest, if it is alone."""
    best: dict[tuple[str, str], CuedValue] = {}
    for value in values:
        key = value.field, value.term
        if key not in best or value.confidence > best[key].confidence:
            best[key] = value
    kept = []
    for candidate in best.values():
        rivals = [other for other in best.values() if other.field == candidate.field and other is not candidate]
        single = fields.measure[candidate.field].single
        if not single or all(rival.confidence < candidate.confidence for rival in rivals):
            kept.append(candidate)
    return tuple(sorted(kept, key=lambda value: (value.inherited, value.span.start, value.field, value.term)))


def listed(numbers: Sequence[str]) -> str:
    """Numbers of paragraphs as a reader lists them: `2`, `1 to 4`, `1, 3`."""
    plain = [int(number) for number in numbers if number.isdecimal()]
    if len(plain) == len(numbers) and len(plain) > 2 and plain == list(range(plain[0], plain[-1] + 1)):  # noqa: PLR2004  a run has three at least
        return f"{plain[0]}-{plain[-1]}"
    return ", ".join(numbers)


def slug(number: str) -> str:
    """The number as part of an id: small letters, figures and dashes; never empty."""
    return re.sub(r"[^a-z0-9]+", "-", number.lower()).strip("-") or "x"
