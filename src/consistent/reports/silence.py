"""Provisions in the field of the pack of which no rule finds anything, by what they do: an analyst fears nothing more than such silence."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from consistent.documents.places import place_in
from consistent.findings.report import MeasureSummary, Report
from consistent.findings.weighing import WEIGHTS, Weight
from consistent.model.text import Language, Localized
from consistent.reports.outline import Item, Section, Span, dim, strong
from consistent.reports.screen_lines import ABOUT, everything_said, is_unspoken

__all__ = ["Silence", "silence_lines", "silences", "silences_in_full", "silences_in_short"]

# A row of a screen has so many letters, a line of a text; so many rows are shown. From so many articles in a row on, the first and the
# last are named.
_ROW, _LONG, _MOST_ROWS, _RUN = 94, 240, 3, 3
_PROVISION = re.compile(r"Article (\w+)((?:\([^()]+\))*)")
_PARAGRAPH = re.compile(r"\((\d\w*)\)")

_HEADING = Localized(
    "In the field of the pack, and no rule finds anything there ({count}):",
    "Op het terrein van het pakket, en geen regel vindt er iets ({count}):",
)
_LABELS: Mapping[Weight, Localized] = {
    "member-states": Localized("for Member States", "voor lidstaten"),
    "money": Localized("money", "geld"),
    "powers": Localized("powers of the Union", "bevoegdheden van de Unie"),
    "unread": Localized("not recognised what they do", "niet herkend wat ze doen"),
    "other": Localized("others", "andere"),
}


@frozen(kw_only=True)
class Silence:
    """Provisions that weigh alike, and of which no rule finds anything.

    Attributes:
        measures: in the order of the text; at least one.
        areas: what they are about, beside what the act is about, what most of them are about first; may be empty.
    """

    weight: Weight
    measures: tuple[MeasureSummary, ...]
    areas: tuple[Localized, ...]


def silences(report: Report) -> tuple[Silence, ...]:
    """What no rule finds anything of, in the field of the pack; what weighs most first.

    A rule finds nothing where it does not speak, and where it is open by words that nobody found.
    """
    if not report.weighing:
        return ()
    heard = set(_heard(report))
    summaries = {measure.id: measure for measure in report.measures}
    found = []
    for weight in WEIGHTS:
        among = [each for each in report.weighing if each.weight == weight and each.measure not in heard]
        if among:
            areas = Counter(area for each in among for area in each.areas)
            found.append(
                Silence(
                    weight=weight,
                    measures=tuple(summaries[each.measure] for each in among),
                    areas=tuple(area for area, _ in areas.most_common()),
                )
            )
    return tuple(found)


def _heard(report: Report) -> Iterator[str]:
    """The measures on which a rule speaks, or on which one about the whole proposal rests by what they do."""
    for said in everything_said(report):
        if said.verdict != "reserved" and not is_unspoken(said, report):
            if said.measure is not None:
                yield said.measure
            else:
                yield from (
                    each.measure for each in said.because if each.measure is not None and each.field not in ABOUT
                )


def silences_in_short(report: Report, language: Language) -> Iterator[Item]:
    """A row for each weight, for a first screen; nothing where there is no such provision.

    What weighs least is counted with the others, and named where there is nothing else.
    """
    heading, lines = silence_lines(report, language, letters=_ROW, most=_MOST_ROWS)
    if len(lines) == 1:
        yield Item([dim(f"{heading} "), Span(lines[0])])
    elif lines:
        yield Item(dim(heading), tuple(map(Item, lines)))


def silence_lines(
    report: Report, language: Language, letters: int = _LONG, most: int = len(WEIGHTS)
) -> tuple[str, list[str]]:
    """A heading with how many provisions there are, and a line for each weight; no lines where there is no such provision.

    Args:
        report: of one proposal.
        language: of the reader.
        letters: that a line has room for.
        most: so many lines.
    """
    found = silences(report)
    return _heading(found, language), [_in_short(silence, report, language, letters) for silence in found[:most]]


def _heading(found: Sequence[Silence], language: Language) -> str:
    return _HEADING.get(language).format(count=sum(len(silence.measures) for silence in found))


def _in_short(silence: Silence, report: Report, language: Language, letters: int) -> str:
    """What goes first where a line is too long: what provisions are about, but for the first of it; then the places behind the first."""
    label = _LABELS[silence.weight].get(language)
    areas = [area.get(language) for area in silence.areas]
    options = (
        f"{label}{f' ({about})' if (about := ', '.join(areas[:few])) else ''}: {places}"
        for few, most in ((3, 9), (2, 9), (1, 9), (1, 5), (1, 3), (0, 5), (0, 3), (0, 2), (0, 1))
        for places in (_named(silence.measures, report, language, most),)
    )
    told = ""
    for told in options:
        if len(told) <= letters:
            break
    return told


def silences_in_full(
    report: Report, language: Language, address: Callable[[str], str] = lambda _: ""
) -> Iterator[Section]:
    """Every such provision with its title, by weight.

    Args:
        report: of one proposal.
        language: of the reader.
        address: of what is said of a measure, by its id; empty for none.
    """
    found = silences(report)
    if found:
        sections = [
            Section(
                f"{_LABELS[silence.weight].get(language)} ({len(silence.measures)})",
                [Item([Span(_title(measure, language), url=address(measure.id))]) for measure in silence.measures],
            )
            for silence in found
        ]
        yield Section(strong(_heading(found, language).removesuffix(":")), sections)


def _title(measure: MeasureSummary, language: Language) -> str:
    place = place_in(measure.reference, language) or measure.id
    return f"{place} {measure.title.get(language)}" if measure.title else place


def _named(measures: Sequence[MeasureSummary], report: Report, language: Language, most: int) -> str:
    """Provisions as one cites them, articles of which no rule finds anything as wholes, and those in a row from the first to the last."""
    if any(_PROVISION.fullmatch(place_in(measure.reference, "en")) is None for measure in measures):
        # A document without articles: what is done there says it better than where.
        names = [
            (measure.title.get(language) if measure.title else "") or _title(measure, language) for measure in measures
        ]
        return "; ".join(_some(names, most))
    order: dict[str, int] = {}
    whole: Counter[str] = Counter()
    for each in report.measures:
        number, _ = _number(each)
        order.setdefault(number, len(order))
        whole[number] += 1
    parts: dict[str, list[str]] = {}
    for measure in measures:
        number, below = _number(measure)
        parts.setdefault(number, []).append(below)
    told: list[str] = []
    row: list[str] = []
    for number in sorted(parts, key=lambda each: order[each]):
        is_whole = len(parts[number]) == whole[number]
        if row and (not is_whole or order[number] != order[row[-1]] + 1):
            told += _row(row)
            row = []
        if is_whole:
            row.append(number)
        else:
            told.append(_provisions(number, parts[number], language))
    told += _row(row)
    separator = ", " if language == "en" else "; "
    return f"{_ARTICLES.get(language)} {separator.join(_some(told, most))}"


_ARTICLES = Localized("Art.", "art.")


def _number(measure: MeasureSummary) -> tuple[str, str]:
    found = _PROVISION.fullmatch(place_in(measure.reference, "en"))
    return (found[1], found[2]) if found else ("", "")


def _provisions(number: str, below: Sequence[str], language: Language) -> str:
    """Parts of an article without the word for it: `20(1, 2, 9)`, `20, leden 1, 2 en 9`."""
    paragraphs = [found[1] for each in below if (found := _PARAGRAPH.fullmatch(each))]
    together = [f"({', '.join(paragraphs)})"] if len(paragraphs) == len(below) else below
    return ", ".join(place_in(f"Article {number}{each}", language).partition(" ")[2] for each in together)


def _row(numbers: Sequence[str]) -> list[str]:
    # The dash says from the one to the other.
    return [f"{numbers[0]}\N{EN DASH}{numbers[-1]}"] if len(numbers) >= _RUN else list(numbers)


def _some(names: Iterable[str], most: int) -> list[str]:
    listed = list(names)
    return listed if len(listed) <= most else [*listed[: most - 1], f"{listed[most - 1]} + {len(listed) - most}"]
