"""What the provisions of a proposal do, told from the values that are recorded of them: chapter by chapter, and by whom they touch."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from consistent.fiche._words import words
from consistent.fiche.content import Block, Listing, Statement
from consistent.fiche.matter import Matter, has_heading_only
from consistent.forms.form import FormDuties
from consistent.model.proposal import Measure
from consistent.model.recorded import RecordedDivision

__all__ = [
    "NAMED",
    "articles_of",
    "chapters",
    "duties",
    "in_articles",
    "in_numbers",
    "numbers_of",
    "provisions",
    "sentence_case",
]

# So many measures are named again where they are listed under numbers; a proposal that has no more than this many has no numbers.
NAMED, _UNNUMBERED = 1, 3
# So many measures are told one by one; more than these by what they do. So many with titles have a line each.
_FEW, _ONE_BY_ONE = 8, 20
# So many parties are told of a chapter, so many kinds of provisions of each; so many kinds of a whole act.
_PARTIES, _MOST, _KINDS = 3, 3, 8
# Of the kinds that are told of a party, so many at most are there for their weight, however few provisions they have.
_WEIGHTY = 2
# What takes a decision in another's place or binds another (`measures-of-direction`) weighs, but for what nearly every act does.
_PLAIN = frozenset({"obligation", "obligation-of-result", "prescription", "reporting-duty"})
_ARTICLES = re.compile(
    r"(?:\barticles?|\bartikel(?:en)?|\bart\.)\s+(\d+\w*)((?:\s*(?:,|and|en|to|tot en met)\s*\d+\w*)*)", re.IGNORECASE
)
_NEXT = re.compile(r"(to|tot en met|,|and|en)\s*(\d+\w*)", re.IGNORECASE)
# From so many consecutive numbers on, only the first and the last are told.
_RUN = 3
# Of a heading in capitals: what is no abbreviation, though it is short.
_SMALL = frozenset(
    {
        "a",
        "aan",
        "als",
        "an",
        "and",
        "as",
        "at",
        "bij",
        "by",
        "de",
        "een",
        "en",
        "for",
        "from",
        "het",
        "in",
        "into",
        "its",
        "met",
        "naar",
        "no",
        "not",
        "of",
        "on",
        "op",
        "or",
        "sui",
        "te",
        "the",
        "to",
        "tot",
        "uit",
        "use",
        "van",
        "via",
        "voor",
        "with",
    }
)
_ABBREVIATION = 3
_NAMES = frozenset({"union", "unie", "european", "europees", "europese", "commission", "commissie", "member", "states"})


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
    return _in_runs(matter, numbers, ("article", "articles"))


def in_numbers(matter: Matter, measures: Iterable[Measure]) -> str:
    """Measures by the numbers under which they are listed: `bepalingen 8 tot en met 15`."""
    return _in_runs(matter, (str(matter.numbers[measure.id]) for measure in measures), ("provision", "provisions"))


def _in_runs(matter: Matter, numbers: Iterable[str], called: tuple[str, str]) -> str:
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
    return matter.say(called[len(ordered) > 1], numbers=matter.listed(told))


def provisions(matter: Matter, measures: Sequence[Measure]) -> str:
    """Measures as a reader of the fiche knows them: by their articles where each stands in one, else by name. Ids are not in it.

    More than one are told by the numbers under which they are listed, where they are.
    """
    if all(map(articles_of, measures)):
        return in_articles(matter, (number for measure in measures for number in articles_of(measure)))
    if matter.numbers and len(measures) > NAMED:
        return in_numbers(matter, measures)
    return "; ".join(map(matter.name_of, measures))


def numbers_of(measures: Sequence[Measure]) -> dict[str, int]:
    """The numbers under which measures are listed that have titles; none where they are told by their articles, or are few."""
    if len(measures) <= _UNNUMBERED or any(map(has_heading_only, measures)):
        return {}
    return {measure.id: number for number, measure in enumerate(measures, 1)}


def _listed_as(matter: Matter, measure: Measure) -> str:
    """A measure where it is listed, with its number."""
    number = matter.numbers.get(measure.id)
    return f"{number}) {matter.name_of(measure)}" if number else matter.name_of(measure)


def _rank(number: str) -> tuple[int, str]:
    digits = re.match(r"\d+", number)
    return (int(digits[0]) if digits else 0, number)


def sentence_case(text: str) -> str:
    """A heading in capitals as a sentence has it, abbreviations kept; any other as it is."""
    if not text.isupper():
        return text
    said = " ".join(map(_in_sentence, text.split()))
    return said[:1].upper() + said[1:]


def _in_sentence(word: str) -> str:
    """A word in capitals as a sentence has it."""
    small = word.lower()
    if small in _NAMES:
        return word.title()
    # The number of an act: `2009/43/EC`.
    if "/" in word and any(letter.isdigit() for letter in word):
        return word
    return word if len(word.strip("()")) <= _ABBREVIATION and small not in _SMALL else small


def chapters(matter: Matter) -> Iterator[Block]:
    """What the act does: the measures by their titles where a person gave them some, else a line for each chapter, from the recorded values."""
    measures = matter.proposal.measures
    if not measures:
        return
    if not any(map(has_heading_only, measures)):
        lead = matter.say("measures by number" if matter.numbers else "measures", count=len(measures))
        if len(measures) > _ONE_BY_ONE:
            yield Listing(lead=lead, items=tuple(_titled(matter, measures)))
            return
        items = tuple(matter.stated(f"{_listed_as(matter, measure)}.", "reference", measure) for measure in measures)
        yield Listing(lead=lead, items=items)
        return
    divisions = matter.proposal.divisions
    told = [item for division in divisions if (item := _chapter(matter, division)) is not None]
    if told:
        yield Listing(lead=matter.say("by chapter"), items=tuple(told))
        return
    yield from _by_value(matter, measures, "effects", matter.say("by effect"))


def _titled(matter: Matter, measures: Sequence[Measure]) -> Iterator[Statement]:
    """Measures by their titles, those together that are addressed to the same."""
    by: dict[str, list[Measure]] = {}
    for measure in measures:
        by.setdefault(matter.listed(sorted(matter.actor(str(atom)) for atom in measure.addressees.yes)), []).append(
            measure
        )
    for whom, those in sorted(by.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0])):
        told = "; ".join(_listed_as(matter, one) for one in those)
        yield Statement(
            text=matter.say("addressed to" if whom else "addressed to nobody named", whom=whom, what=told),
            sources=tuple(dict.fromkeys(matter.passage("reference", one) for one in those)),
            confirmed=all(matter.is_confirmed("reference", one) for one in those),
        )


def _chapter(matter: Matter, division: RecordedDivision) -> Statement | None:
    wanted = frozenset(division.articles)
    measures = [measure for measure in matter.proposal.measures if wanted.intersection(articles_of(measure))]
    name = f"{matter.text(words('divisions')[division.kind])} {division.number}".strip()
    if division.heading:
        name = f"{name}, “{sentence_case(division.heading)}”"
    name = f"{name} ({in_articles(matter, division.articles)})"
    done = _asked(matter, measures)
    return Statement(
        text=f"{name}: {'; '.join(done)}." if done else f"{name}.",
        sources=(matter.document(measures) if measures else matter.recorded(name, division).sources[0],),
        confirmed=division.evidence.confirmed
        and all(matter.is_confirmed(field, one) for one in measures for field in ("effects", "addressees")),
    )


def _asked(matter: Matter, measures: Sequence[Measure]) -> list[str]:
    """What is asked of whom, those first to whom most of it is addressed."""
    by: dict[str, dict[str, list[str]]] = {}
    directing = matter.within("effects", ["measures-of-direction"]) - {"measures-of-direction"} - _PLAIN
    weighty: set[str] = set()
    for measure in measures:
        for whom in sorted(matter.actor(str(atom)) for atom in measure.addressees.yes) or [""]:
            for atom in _narrowest(matter, measure):
                what = _label(matter, measure, "effects", str(atom))
                if atom in directing:
                    weighty.add(what)
                by.setdefault(whom, {}).setdefault(what, []).extend(articles_of(measure))
    ordered = sorted(by.items(), key=lambda pair: (not pair[0], -sum(map(len, pair[1].values())), pair[0]))
    # Of a single article, that is where all of it stands.
    several = len({number for measure in measures for number in articles_of(measure)}) > 1
    told = [_for(matter, whom, does, weighty, several=several) for whom, does in ordered[:_PARTIES]]
    return [*told, matter.say("and more")] if len(ordered) > _PARTIES else told


def _narrowest(matter: Matter, measure: Measure) -> Iterator[str]:
    """What a measure does, each thing once: a wider term only where no narrower one says it."""
    terms = {str(atom) for atom in measure.effects.yes}
    yield from sorted(term for term in terms if not (matter.within("effects", [term]) - {term}) & terms)


def _for(
    matter: Matter, whom: str, does: Mapping[str, Sequence[str]], weighty: Collection[str], *, several: bool
) -> str:
    """What is asked of one party, those kinds of provisions first of which there are most; of the others, those that weigh."""
    by_count = sorted(does.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    heavy = [pair for pair in by_count[1:] if pair[0] in weighty][:_WEIGHTY]
    chosen = [*by_count[:1], *heavy, *(pair for pair in by_count[1:] if pair not in heavy)][:_MOST]
    ordered = [pair for pair in by_count if pair in chosen]
    said = matter.listed(f"{what} ({in_articles(matter, numbers)})" if several else what for what, numbers in ordered)
    return matter.say("for whom", whom=whom, what=said) if whom else said


def _label(matter: Matter, measure: Measure, name: str, term: str) -> str:
    """What a term is called where provisions of its kind are told: in the plural where the form has one."""
    known = words("provisions")
    return matter.text(known[term]) if term in known else matter.label(name, term, measure)


def duties(matter: Matter, wanted: FormDuties) -> Iterator[Block]:
    """Provisions of a kind: one by one where they are few or have titles, else by what they do."""
    chosen = {
        name: matter.within("actors" if name == "addressees" else name, getattr(wanted, name))
        if wanted.narrower
        else frozenset(getattr(wanted, name))
        for name in ("actors", "addressees", "effects", "safeguards")
    }
    measures = [
        measure
        for measure in matter.proposal.measures
        if any(measure.value(name).yes & terms for name, terms in chosen.items())
    ]
    if measures:
        only = chosen[wanted.by] or None
        yield from _by_value(matter, measures, wanted.by, matter.text(wanted.lead), only)


def _by_value(
    matter: Matter, measures: Sequence[Measure], name: str, lead: str, only: Collection[object] | None = None
) -> Iterator[Block]:
    """Measures by a field: one by one where they are few, else one line for each value, with the articles."""

    def values(measure: Measure) -> list[str]:
        return sorted(str(atom) for atom in measure.value(name).yes if only is None or atom in only)

    by_article = all(map(articles_of, measures))
    if len(measures) <= _FEW or not (by_article or matter.numbers):
        items = tuple(
            matter.stated(
                f"{matter.name_of(one)}: {matter.listed(labels) or matter.say('other provision')}.",
                name if labels else "reference",
                one,
            )
            for one in measures
            for labels in [[matter.label(name, atom, one) for atom in values(one)]]
        )
        yield Listing(lead=lead, items=items)
        return

    def where(those: Iterable[Measure]) -> str:
        numbers = (number for one in those for number in articles_of(one))
        return in_articles(matter, numbers) if by_article else in_numbers(matter, those)

    by: dict[str, list[Measure]] = {}
    for measure in measures:
        for atom in values(measure):
            by.setdefault(_label(matter, measure, name, atom), []).append(measure)
    ordered = sorted(by.items(), key=lambda pair: (-sum(len(_places(one)) for one in pair[1]), pair[0]))
    told = [f"{what} ({where(those)})" for what, those in ordered[:_KINDS]]
    left = [one for one in measures if not values(one) or any(one in those for _, those in ordered[_KINDS:])]
    told += [matter.say("more provisions", where=where(left))] if left else []
    if told:
        sure = all(matter.is_confirmed(name, one) for one in measures)
        yield Statement(text=f"{lead} {matter.listed(told)}.", sources=(matter.document(measures),), confirmed=sure)


def _places(measure: Measure) -> tuple[str, ...]:
    """The articles that it stands in; where it has a title, it itself."""
    return articles_of(measure) or (measure.id,)
