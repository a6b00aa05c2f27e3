"""What the provisions of a proposal do, told from the values that are recorded of them: chapter by chapter, and by whom they touch."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from consistent.fiche._form import FormDuties, words
from consistent.fiche.content import Block, Listing, Statement
from consistent.fiche.matter import Matter, has_heading_only
from consistent.model.proposal import Measure
from consistent.model.recorded import RecordedDivision

__all__ = ["articles_of", "chapters", "duties", "in_articles", "sentence_case"]

# So many measures are told one by one; more than these by what they do.
_FEW = 8
# So many kinds of provisions are told of a chapter.
_MOST = 5
_ARTICLES = re.compile(r"(?:\barticles?|\bartikel(?:en)?|\bart\.)\s+(\d+\w*)((?:\s*(?:,|and|en|to|tot en met)\s*\d+\w*)*)", re.I)
_NEXT = re.compile(r"(to|tot en met|,|and|en)\s*(\d+\w*)", re.I)
# From so many consecutive numbers on, only the first and the last are told.
_RUN = 3
# Of a heading in capitals: what is no abbreviation, though it is short.
_SMALL = frozenset(
    "a aan als an and as at bij by de een en for from het in into its met naar no not of on op or te the to tot uit van via voor with".split()
)
_ABBREVIATION = 3


def articles_of(measure: Measure) -> tuple[str, ...]:
    """The numbers of the articles that a measure stands in; none where its place is none."""
    place = "".join(map(str, measure.reference.yes))
    found = _ARTICLES.search(place)
    if found is None:
        return ()
    numbers = [found[1]]
    for joint, number in _NEXT.findall(found[2]):
        if joint.lower() in {"to", "tot en met"} and numbers[-1].isdigit() and number.isdigit():
            numbers += [str(between) for between in range(int(numbers[-1]) + 1, int(number) + 1)]
        else:
            numbers.append(number)
    return tuple(numbers)


def in_articles(matter: Matter, numbers: Iterable[str]) -> str:
    """Numbers of articles as a sentence has them: `artikelen 8 tot en met 15, 17 en 20`."""
    ordered = sorted(dict.fromkeys(numbers), key=_rank)
    runs: list[list[str]] = []
    for number in ordered:
        follows = runs and number.isdigit() and runs[-1][-1].isdigit() and int(number) == int(runs[-1][-1]) + 1
        if follows:
            runs[-1].append(number)
        else:
            runs.append([number])
    told: list[str] = []
    for run in runs:
        told += [matter.say("range", first=run[0], last=run[-1])] if len(run) >= _RUN else run
    return matter.say("article" if len(ordered) == 1 else "articles", numbers=matter.listed(told))


def _rank(number: str) -> tuple[int, str]:
    digits = re.match(r"\d+", number)
    return (int(digits[0]) if digits else 0, number)


def sentence_case(text: str) -> str:
    """A heading in capitals as a sentence has it, abbreviations kept; any other as it is."""
    if not text.isupper():
        return text
    told = [
        word if len(word.strip("()")) <= _ABBREVIATION and word.lower() not in _SMALL else word.lower()
        for word in text.split()
    ]
    said = " ".join(told)
    return said[:1].upper() + said[1:]


def chapters(matter: Matter) -> Iterator[Block]:
    """What the act does: the measures by their titles where a person gave them some, else a line for each chapter, from the recorded values."""
    measures = matter.proposal.measures
    if not measures:
        return
    if not any(map(has_heading_only, measures)):
        items = tuple(matter.stated(f"{matter.name_of(measure)}.", "reference", measure) for measure in measures)
        yield Listing(lead=matter.say("measures", count=len(items)), items=items)
        return
    divisions = matter.proposal.divisions
    told = [item for division in divisions if (item := _chapter(matter, division)) is not None]
    if told:
        yield Listing(lead=matter.say("by chapter"), items=tuple(told))
        return
    yield from _by_value(matter, measures, "effects", matter.say("by effect"))


def _chapter(matter: Matter, division: RecordedDivision) -> Statement | None:
    wanted = frozenset(division.articles)
    measures = [measure for measure in matter.proposal.measures if wanted.intersection(articles_of(measure))]
    kind = matter.text(words("divisions")[division.kind])
    name = f"{kind} {division.number}".strip()
    if division.heading:
        name = f"{name}, “{sentence_case(division.heading)}”"
    name = f"{name} ({in_articles(matter, division.articles)})"
    done = _done(matter, measures)
    text = matter.say("provides for", name=name, what="; ".join(done)) if done else f"{name}."
    source = matter.recorded(text, division)
    return Statement(text=text, sources=source.sources, confirmed=source.confirmed and _confirmed(matter, measures))


def _confirmed(matter: Matter, measures: Iterable[Measure]) -> bool:
    return all(matter.is_confirmed(name, one) for one in measures for name in ("effects", "addressees", "actors"))


def _done(matter: Matter, measures: Sequence[Measure]) -> list[str]:
    """What measures do, and to whom, those things first that most of them do."""
    places: dict[tuple[str, str], list[str]] = {}
    often: Counter[str] = Counter()
    for measure in measures:
        whom = matter.listed(matter.labels("addressees", measure)[:_FEW])
        for atom in measure.effects.yes:
            what = _label(matter, measure, "effects", str(atom))
            often[what] += 1
            places.setdefault((what, whom), []).extend(articles_of(measure))
    chosen = {what for what, _ in often.most_common(_MOST)}
    told: dict[str, list[str]] = {}
    for (what, whom), numbers in sorted(places.items(), key=lambda pair: (-often[pair[0][0]], pair[0], -len(pair[1]))):
        if what in chosen:
            where = in_articles(matter, numbers)
            told.setdefault(what, []).append(
                matter.say("for whom", whom=whom, where=where) if whom else f"({where})"
            )
    lines = []
    for what, to in told.items():
        lines.append(f"{what} {_merged(matter, to)}")
    left = len(often) - len(chosen)
    return [*lines, matter.say("more kinds", count=left)] if left > 0 else lines


def _merged(matter: Matter, to: Sequence[str]) -> str:
    first, more = list(to[:3]), to[3:]
    return ", ".join(first) + (f" {matter.say('and others')}" if more else "")


def _label(matter: Matter, measure: Measure, name: str, term: str) -> str:
    """What a term is called where provisions of its kind are told: in the plural where the form has one."""
    known = words("provisions")
    return matter.text(known[term]) if term in known else matter.label(name, term, measure)


def duties(matter: Matter, wanted: FormDuties) -> Iterator[Block]:
    """Provisions of a kind: one by one where they are few or have titles, else by what they do."""
    chosen = {
        name: matter.within("actors" if name == "addressees" else name, getattr(wanted, name))
        for name in ("actors", "addressees", "effects", "safeguards")
    }
    measures = [
        measure
        for measure in matter.proposal.measures
        if any(getattr(measure, name).yes & terms for name, terms in chosen.items())
    ]
    if measures:
        only = chosen[wanted.by] or None
        yield from _by_value(matter, measures, wanted.by, matter.text(wanted.lead), only)


def _by_value(
    matter: Matter, measures: Sequence[Measure], name: str, lead: str, only: Collection[object] | None = None
) -> Iterator[Block]:
    """Measures by a field: one by one where they are few, else one line for each value, with the articles."""
    def values(measure: Measure) -> list[str]:
        return sorted(str(atom) for atom in getattr(measure, name).yes if only is None or atom in only)

    if len(measures) <= _FEW or not all(map(articles_of, measures)):
        items = tuple(
            matter.stated(f"{matter.name_of(one)}: {what}." if what else f"{matter.name_of(one)}.", name, one)
            for one in measures
            for what in [matter.listed(matter.label(name, atom, one) for atom in values(one))]
        )
        yield Listing(lead=lead, items=items)
        return
    by: dict[str, list[Measure]] = {}
    for measure in measures:
        for atom in values(measure):
            by.setdefault(_label(matter, measure, name, atom), []).append(measure)
    items = tuple(
        Statement(
            text=f"{what[:1].upper()}{what[1:]}: {in_articles(matter, (number for one in those for number in articles_of(one)))}.",
            sources=(matter.document(those),),
            confirmed=all(matter.is_confirmed(name, one) for one in those),
        )
        for what, those in sorted(by.items(), key=lambda pair: -len(pair[1]))
    )
    if items:
        yield Listing(lead=lead, items=items)
