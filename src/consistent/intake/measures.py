"""A candidate measure: the values that a document gives it, each with the words that say it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import evolve, frozen

from consistent.intake.cues.matching import Found
from consistent.intake.document import Span
from consistent.model.proposal import MEASURE_FIELDS, Measure
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
        found: the values, at most one for each field and term, the surest; in the order of the text.
    """

    id: str
    reference: str
    title: str
    span: Span
    found: tuple[Found, ...]

    def of(self, name: str) -> tuple[Found, ...]:
        """The values of one field."""
        return tuple(each for each in self.found if each.field == name)

    def measure(self) -> Measure:
        """The measure with these values; what was not found is unknown."""
        # Left out it would say that nobody is shut out, and nobody has looked for that.
        values: dict[str, Any] = {"excluded_partners": UNKNOWN} | {
            name: Value.exactly(*terms) if about.single else Value(yes=frozenset(terms))
            for name, about in MEASURE_FIELDS.items()
            if (terms := {each.term for each in self.of(name)})
        }
        title = Localized(self.title, self.title) if self.title else None
        return Measure(id=self.id, title=title, reference=Value.exactly(self.reference), **values)


def unique(measures: Iterable[CandidateMeasure]) -> Iterator[CandidateMeasure]:
    """The measures, with a number behind an id that was there already, as where a document holds two acts."""
    seen: dict[str, int] = {}
    for each in measures:
        seen[each.id] = seen.get(each.id, 0) + 1
        yield each if seen[each.id] == 1 else evolve(each, id=f"{each.id}--{seen[each.id]}")


def surest(found: Iterable[Found]) -> tuple[Found, ...]:
    """One value for each field and term, the surest; of a field with one value only the surest, if it is alone."""
    best: dict[tuple[str, str], Found] = {}
    for each in found:
        key = each.field, each.term
        if key not in best or each.confidence > best[key].confidence:
            best[key] = each
    kept = []
    for each in best.values():
        rivals = [one for one in best.values() if one.field == each.field and one is not each]
        single = MEASURE_FIELDS[each.field].single
        if not single or all(one.confidence < each.confidence for one in rivals):
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: (each.inherited, each.span.start, each.field, each.term)))


def listed(numbers: Sequence[str]) -> str:
    """Numbers of paragraphs as a reader lists them: `2`, `1 to 4`, `1, 3`."""
    plain = [int(each) for each in numbers if each.isdecimal()]
    if len(plain) == len(numbers) and len(plain) > 2 and plain == list(range(plain[0], plain[-1] + 1)):  # noqa: PLR2004  a run has three at least
        return f"{plain[0]}-{plain[-1]}"
    return ", ".join(numbers)


def slug(number: str) -> str:
    """The number as part of an id: small letters, figures and dashes; never empty."""
    return re.sub(r"[^a-z0-9]+", "-", number.lower()).strip("-") or "x"
