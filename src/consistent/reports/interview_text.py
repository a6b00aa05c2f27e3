"""The questions of an interview for a reader: each fits on a screen."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from consistent.documents.places import place_in
from consistent.findings.outcome import PRESENTATION
from consistent.inquiries.interview.act_questions import (
    ActQuestion,
    Basis,
    FieldValue,
    FieldValues,
    HangsOn,
    Judgement,
    Judgements,
    NearWords,
    NotFound,
    NotFounds,
    Provision,
    Sought,
    WhichProvisions,
)
from consistent.inquiries.interview.interview import Interview
from consistent.inquiries.interview.room import NAMED_BELOW, PLACES, RULES, SOURCES
from consistent.model.text import Language, Localized
from consistent.reports.interview_words import anywhere, of_each, which
from consistent.reports.labels import DIMENSION_LABELS, WORDS
from consistent.reports.outline import BREAK, Block, Fold, Item, Paragraph, Section, Span, dim, strong
from consistent.reports.questions_text import question_outline
from consistent.reports.screen_lines import shorter
from consistent.sources import source_label

__all__ = [
    "SHOWN",
    "act_question_outline",
    "folded_interview_outline",
    "hanging_items",
    "interview_outline",
    "left_line",
    "sought_label",
]

# So many provisions, lines or rules are shown; the rest behind `more`.
SHOWN = 10
_PLACES, _TERMS, _ELSEWHERE = 3, 3, 6
# Why a point is put is told on a screen in so many letters, in whole sentences; all of it behind `more`.
_LETTERS = 320
_NEXT_SENTENCE = re.compile(r"(?<=[a-z)])\. (?=[A-Z])|$")
# From the id of a measure to where it stands on the same page; empty text for nowhere.
_Address = Callable[[str], str]

_WORDS = {
    "near": WORDS["near"],
    "said": Localized("words that say it", "woorden die het zeggen"),
    "nothing": Localized("nothing found, but it would count here", "niets gevonden, maar hier zou het tellen"),
    "more": Localized("and {count} more: `more`", "en nog {count}: `meer`"),
    "elsewhere in": Localized(
        "such words also stand where nothing hangs on it: {places} (`more`)",
        "zulke woorden staan ook waar er niets van afhangt: {places} (`meer`)",
    ),
    "elsewhere": Localized(
        "such words, but nothing hangs on it here", "zulke woorden, maar er hangt hier niets van af"
    ),
    "with": Localized("{label} with {below}", "{label} met {below}"),
    "with more": Localized("{label} with {below} and {count} more", "{label} met {below} en nog {count}"),
    "hangs": Localized("hangs on it", "hangt ervan af"),
    "provisions": Localized("{count} provisions", "{count} bepalingen"),
    "provision": Localized("1 provision", "1 bepaling"),
    "recall": Localized(
        "Not found, or only where it says; {share} % of what is there is found ({found} of {of}). No answer: presumed absent.",
        "Niet gevonden, of alleen waar vermeld; {share} % van wat er staat, wordt gevonden ({found} van {of}). Zonder antwoord: "
        "geacht afwezig.",
    ),
    "sought": Localized(
        "Not found, or only where it says. No answer: presumed absent.",
        "Niet gevonden, of alleen waar vermeld. Zonder antwoord: geacht afwezig.",
    ),
    "anything": Localized("Is any of this in the act after all?", "Staat hiervan toch iets in de handeling?"),
    "share": Localized(" ({share} % is found)", " ({share} % wordt gevonden)"),
    "found in": Localized("{label} (but for {places})", "{label} (buiten {places})"),
    "found in one": Localized("1 provision", "1 bepaling"),
    "found in many": Localized("{count} provisions", "{count} bepalingen"),
    "look at": Localized("{label} (but for {places}; see {near})", "{label} (buiten {places}; zie {near})"),
    "see": Localized("{label} (see {near})", "{label} (zie {near})"),
    "near words": Localized(
        "Words of these provisions may speak of what has a number. What is so?",
        "Woorden in deze bepalingen kunnen gaan over wat een nummer heeft. Wat klopt?",
    ),
    "basis": Localized(
        "Findings rest on these, which no person has confirmed. Are they right?",
        "Hierop berusten bevindingen, en niemand heeft het bevestigd. Klopt het?",
    ),
    "judge": Localized("Is there an objection on this point?", "Is er op dit punt bezwaar?"),
    "judge any": Localized("Is there an objection on one of these points?", "Is er op een van deze punten bezwaar?"),
    "judge several": Localized(
        "{label}: is there an objection on one of these points?", "{label}: is er op een van deze punten bezwaar?"
    ),
    "more on points": Localized("why it is asked: `more`", "waarom dit wordt gevraagd: `meer`"),
    "more word": Localized("more", "meer"),
    "why": Localized("why it is asked", "waarom dit wordt gevraagd"),
    "sources": Localized("sources", "bronnen"),
    "left": Localized("questions left: {count}", "nog te beantwoorden: {count}"),
    "count on which": Localized("{count} on which provisions", "{count} over welke bepalingen"),
    "count on words": Localized("{count} on what words may say", "{count} over wat woorden kunnen zeggen"),
    "count on the act": Localized("{count} on the act as a whole", "{count} over de handeling als geheel"),
    "count on absence": Localized("{count} on what was not found", "{count} over wat niet is gevonden"),
    "count on bases": Localized("{count} on what findings rest on", "{count} over waarop bevindingen berusten"),
    "count on points": Localized("{count} for a person to judge", "{count} te beoordelen door een mens"),
    "on which": Localized("On which provisions", "Over welke bepalingen"),
    "on words": Localized("On what words may say", "Over wat woorden kunnen zeggen"),
    "on the act": Localized("On the act as a whole", "Over de handeling als geheel"),
    "on absence": Localized("On what was not found", "Over wat niet is gevonden"),
    "on bases": Localized("On what findings rest on", "Over waarop bevindingen berusten"),
    "on points": Localized("For a person to judge", "Te beoordelen door een mens"),
    "done": Localized(
        "Nothing is open that an answer could settle.", "Er staat niets open dat met een antwoord is op te lossen."
    ),
}

_KINDS: dict[type[ActQuestion], str] = {
    NearWords: "on words",
    WhichProvisions: "on which",
    FieldValue: "on the act",
    FieldValues: "on the act",
    NotFound: "on absence",
    NotFounds: "on absence",
    Basis: "on bases",
    Judgement: "on points",
    Judgements: "on points",
}


def _word(name: str, language: Language, **values: object) -> str:
    return _WORDS[name].get(language).format(**values)


def left_line(questions: Sequence[ActQuestion], language: Language) -> str:
    """How many questions are left, and of which kind."""
    kinds = [_KINDS[type(question)] for question in questions]
    parts = (
        _word(f"count {kind}", language, count=kinds.count(kind))
        for kind in dict.fromkeys(_KINDS.values())
        if kind in kinds
    )
    return f"{_word('left', language, count=len(kinds))} ({', '.join(parts)})"


def interview_outline(left: Interview, language: Language, limit: int | None = None) -> Iterator[Block]:
    """All questions that are left, or the first ones."""
    if not left.questions:
        yield Paragraph(_word("done", language))
        return
    yield Paragraph(strong(left_line(left.questions, language)))
    for number, question in enumerate(left.questions[:limit], 1):
        yield BREAK
        yield from act_question_outline(question, language, head=f"{number}. ")


def folded_interview_outline(left: Interview, language: Language, address: _Address) -> Iterator[Block]:
    """All questions that are left for a page: by kind, each folded with all that belongs to it.

    Args:
        left: what is left.
        language: of the reader.
        address: from the id of a measure to where it stands on the page.
    """
    if not left.questions:
        yield Paragraph(_word("done", language))
        return
    yield Paragraph(strong(left_line(left.questions, language)))
    numbered = enumerate(left.questions, 1)
    for kind, group in groupby(numbered, key=lambda each: _KINDS[type(each[1])]):
        yield Paragraph(strong(_word(kind, language)), "lead")
        for number, question in group:
            # Where each of some forty terms was found stands with the measures, and is counted here.
            most = SHOWN if isinstance(question, NotFound | NotFounds) else None
            yield Fold(f"{number}. {_about(question, language)}", _body(question, language, most, address))


def act_question_outline(
    question: ActQuestion, language: Language, *, head: str = "", all_of_it: bool = False
) -> Iterator[Section]:
    """A question as it is put on a screen.

    Args:
        question: any.
        language: of the reader.
        head: before the first line.
        all_of_it: what is behind `more` too.
    """
    heading = strong(head + _heading(question, language))
    yield Section(heading, _body(question, language, None if all_of_it else SHOWN), indent=3)


def _heading(question: ActQuestion, language: Language) -> str:
    match question:
        case WhichProvisions():
            return which(question.field, question.label, [label for _, label in question.terms], language)
        case NearWords():
            return _word("near words", language)
        case FieldValues(questions=asked):
            return of_each(asked[0].field, asked[0].label, language)
        case NotFound():
            return anywhere(question.field, question.label, language)
        case NotFounds():
            return _word("anything", language)
        case Basis():
            return _word("basis", language)
        case Judgement():
            return _word("judge", language)
        case Judgements():
            return _on(question, language)
        case FieldValue():
            return question.question.text.get(language)


def _about(question: ActQuestion, language: Language) -> str:
    """What tells a question from others of its kind."""
    match question:
        case WhichProvisions():
            return f"{question.label.get(language)}: {', '.join(label.get(language) for _, label in question.terms)}"
        case NearWords():
            places = dict.fromkeys(place_in(each.reference, language) for each in question.near)
            return "; ".join(places)
        case NotFound():
            return f"{question.label.get(language)}: {_first(question.sought, language)}"
        case NotFounds():
            return "; ".join(f"{part.label.get(language)}: {_first(part.sought, language)}" for part in question.parts)
        case Basis():
            return "; ".join(f"{each.label.get(language)}: {each.value.get(language)}" for each in question.resting)
        case Judgement():
            return question.findings[0].title.get(language)
        case Judgements():
            return "; ".join(point.findings[0].title.get(language) for point in question.points)
        case FieldValue() | FieldValues():
            return _heading(question, language)


def _on(question: Judgements, language: Language) -> str:
    """What several points are on."""
    about = question.label or (DIMENSION_LABELS[question.dimension] if question.dimension else None)
    if about is None:
        return _word("judge any", language)
    told = about.get(language)
    return _word("judge several", language, label=told[:1].upper() + told[1:])


def _first(sought: Sequence[Sought], language: Language) -> str:
    labels = ", ".join(each.label.get(language) for each in sought[:_TERMS])
    return labels if len(sought) <= _TERMS else f"{labels} + {len(sought) - _TERMS}"


def _body(
    question: ActQuestion, language: Language, most: int | None, address: _Address = lambda _: ""
) -> Iterator[Block]:
    match question:
        case WhichProvisions():
            yield from _which(question, language, most, address)
        case NearWords():
            yield from _near_words(question, language, most, address)
        case FieldValues():
            yield from _field_values(question, language, most, address)
        case NotFound():
            yield Paragraph(dim(_recall(question, language)))
            yield Paragraph(_numbered(question, language, most))
        case NotFounds():
            yield Paragraph(dim(_word("sought", language)))
            first = 1
            for part in question.parts:
                head = strong(f"{part.label.get(language)}{_share(part, language)}  ")
                yield Paragraph([head, *_numbered(part, language, most, first)])
                first += len(part.sought)
        case Basis():
            yield from _basis(question, language, most, address)
        case Judgement():
            yield from _judgement(question, language, most, address)
        case Judgements():
            yield from _points(question, language, most)
        case FieldValue():
            for section in question_outline(question.question, language):
                yield from section.blocks


def _which(question: WhichProvisions, language: Language, most: int | None, address: _Address) -> Iterator[Block]:
    numbered = list(enumerate(question.provisions, 1))
    counting = [each for each in numbered if each[1].counts]
    elsewhere = [each for each in numbered if not each[1].counts]
    shown = counting[:most]
    for level in ("said", "near", "nothing"):
        at = [each for each in shown if each[1].level == level]
        if at:
            yield Paragraph(dim(_word(level, language)))
            yield from (Item(_provision(number, question, provision, language, address)) for number, provision in at)
    if len(shown) < len(counting):
        yield Paragraph(dim(_word("more", language, count=len(counting) - len(shown))))
    if elsewhere and most is not None:
        places = [place_in(provision.reference, language) for _, provision in elsewhere]
        more = f" + {len(places) - _ELSEWHERE}" if len(places) > _ELSEWHERE else ""
        told = "; ".join(places[:_ELSEWHERE]) + more
        yield Paragraph(dim(_word("elsewhere in", language, places=told)))
    elif elsewhere:
        yield Paragraph(dim(_word("elsewhere", language)))
        yield from (Item(_provision(number, question, provision, language, address)) for number, provision in elsewhere)
    yield from hanging_items(question.rules, language)


def _provision(
    number: int, question: WhichProvisions, provision: Provision, language: Language, address: _Address
) -> list[Span]:
    title = provision.title.get(language) if provision.title else ""
    words = [Span(f"  “{provision.words}”", "emphasis")] if provision.words else []
    # Which of several it is that the words speak of: a bare number is an answer that means these.
    meant = [
        f"{place} {label.get(language)}"
        for place, (term, label) in enumerate(question.terms, 1)
        if term in provision.terms and len(question.terms) > 1
    ]
    return [
        Span(f"{number:>2}  "),
        Span(place_in(provision.reference, language), "strong", url=address(provision.measure)),
        dim(f"  {shorter(title)}" if title else ""),
        *words,
        dim(f"  → {', '.join(meant)}" if meant else ""),
    ]


def _near_words(question: NearWords, language: Language, most: int | None, address: _Address) -> Iterator[Block]:
    numbered = enumerate(question.near, 1)
    for _, in_one in groupby(numbered, key=lambda each: each[1].measure):
        listed = list(in_one)
        first = listed[0][1]
        title = first.title.get(language) if first.title else ""
        below = []
        for words, told in groupby(listed, key=lambda each: each[1].words):
            parts: list[Span] = [Span(f"“{words}”", "emphasis")] if words else []
            for label, values in groupby(told, key=lambda each: each[1].label):
                parts.append(dim(f"  {label.get(language)}:"))
                for number, each in values:
                    parts += [dim(f" {number} "), Span(each.value.get(language))]
            below.append(Item(parts))
        place = Span(place_in(first.reference, language), "strong", url=address(first.measure))
        yield Item([place, dim(f"  {shorter(title)}" if title else "")], below)
    yield from hanging_items(question.rules, language, most)


def _field_values(question: FieldValues, language: Language, most: int | None, address: _Address) -> Iterator[Block]:
    asked = list(zip(question.questions, question.references, strict=True))
    for number, (each, reference) in list(enumerate(asked, 1))[:most]:
        title = each.title.get(language) if each.title else ""
        known = f"  {each.known.get(language)}" if each.known else ""
        place = Span(place_in(reference, language), "strong", url=address(each.measure or ""))
        yield Item([Span(f"{number:>2}  "), place, dim(f"  {shorter(title)}" if title else ""), Span(known)])
    if most is not None and len(asked) > most:
        yield Paragraph(dim(_word("more", language, count=len(asked) - most)))
    yield from hanging_items(question.rules, language, most)


def hanging_items(rules: Sequence[HangsOn], language: Language, most: int | None = SHOWN) -> Iterator[Block]:
    """The first of the rules that hang on an answer, and how many more there are; all of them where there is no most."""
    told = len(rules) if most is None else RULES
    for rule in rules[:told]:
        sign = PRESENTATION[rule.verdict]
        count = _word("provisions" if rule.measures != 1 else "provision", language, count=rule.measures)
        yield Item(
            [
                dim(f"{_word('hangs', language)}: "),
                Span(sign.label.get(language), "", sign.tone),
                f", {rule.title.get(language)} ({count})",
            ]
        )
    if len(rules) > told:
        yield Item(dim(f"+ {len(rules) - told}"))


def _recall(question: NotFound, language: Language) -> str:
    found, of = question.recall
    if not of:
        return _word("sought", language)
    return _word("recall", language, share=round(100 * found / of), found=found, of=of)


def _share(question: NotFound, language: Language) -> str:
    """How much is found, behind the name of a field."""
    found, of = question.recall
    return _word("share", language, share=round(100 * found / of)) if of else ""


def _numbered(question: NotFound, language: Language, most: int | None, first: int = 1) -> list[Span]:
    parts: list[Span] = []
    for number, sought in enumerate(question.sought, first):
        parts += [dim(f"{number} "), Span(f"{_sought(sought, language, most)}  ")]
    return parts


def sought_label(sought: Sought, language: Language, most: int | None = NAMED_BELOW) -> str:
    """What was looked for, with the first of the narrower terms that it stands for; all of them where there is no most."""
    label, below = sought.label.get(language), [label.get(language) for _, label in sought.below]
    if not below:
        return label
    told = ", ".join(below[:most])
    if most is None or len(below) <= most:
        return _word("with", language, label=label, below=told)
    return _word("with more", language, label=label, below=told, count=len(below) - most)


def _sought(sought: Sought, language: Language, most: int | None) -> str:
    label = sought_label(sought, language, None if most is None else NAMED_BELOW)
    if not sought.found and not sought.near:
        return label
    name = "look at" if sought.found and sought.near else "see" if sought.near else "found in"
    places = ", ".join(place_in(place, language) for place in sought.found)
    if most is not None:
        places = _word("found in one" if len(sought.found) == 1 else "found in many", language, count=len(sought.found))
    return _word(name, language, label=label, places=places, near=_places(sought.near, language))


def _places(places: Sequence[str], language: Language) -> str:
    return ", ".join(place_in(place, language) for place in places[:_PLACES]) + (
        " ..." if len(places) > _PLACES else ""
    )


def _basis(question: Basis, language: Language, most: int | None, address: _Address) -> Iterator[Block]:
    for number, resting in enumerate(question.resting, 1):
        places = [
            span
            for place, (measure, reference, words) in enumerate(resting.places[: PLACES if most is not None else None])
            for span in (
                dim("; " if place else "  "),
                Span(place_in(reference, language), "dim", url=address(measure)),
                dim(f" “{words}”" if words else ""),
            )
        ]
        left = 0 if most is None else len(resting.places) - PLACES
        more = f" + {left} (`{_word('more word', language)}`)" if left > 0 else ""
        yield Item(
            [
                Span(f"{number:>2}  {resting.label.get(language)}: "),
                strong(resting.value.get(language)),
                *places,
                dim(more),
            ]
        )
        # What rests on several values is named once, below the last of them.
        if number == len(question.resting) or question.resting[number].rules[0].rule != resting.rules[0].rule:
            yield from hanging_items(resting.rules[:1], language)


def _judgement(question: Judgement, language: Language, most: int | None, address: _Address) -> Iterator[Block]:
    for finding, place in list(zip(question.findings, question.places, strict=True))[:most]:
        where: list[Span] = []
        if place and finding.measure:
            where = [Span(place_in(place, language), "strong", url=address(finding.measure)), strong(": ")]
        yield Paragraph([*where, finding.message.get(language)])
    if most is not None and len(question.findings) > most:
        yield Paragraph(dim(_word("more", language, count=len(question.findings) - most)))
    cited = _cited(question.findings[0].sources, language, most)
    why = question.rationale.get(language)
    if most is not None:
        why = _begun(why, language)
    yield Paragraph([dim(f"{_word('why', language)}: "), why])
    yield Paragraph(dim(f"{_word('sources', language)}: {'; '.join(cited)}"))


def _cited(sources: Sequence[str], language: Language, most: int | None) -> list[str]:
    """The first sources, and how many more there are; all of them where there is no most."""
    cited = [source_label(source, language) for source in sources]
    if most is None or len(cited) <= SOURCES:
        return cited
    return [*cited[:SOURCES], f"+ {len(cited) - SOURCES}"]


def _begun(text: str, language: Language) -> str:
    """The first sentences of a text, as many as are short together, and how to see the others; at least one."""
    end = 0
    for match in _NEXT_SENTENCE.finditer(text):
        if end and match.start() > _LETTERS:
            break
        end = match.start() + 1
    return text if not end or len(text) <= _LETTERS else f"{text[:end]} (`{_word('more word', language)}`)"


def _points(question: Judgements, language: Language, most: int | None) -> Iterator[Block]:
    for number, point in enumerate(question.points, 1):
        finding = point.findings[0]
        cited = "; ".join(_cited(finding.sources, language, most))
        below = [Item(dim(f"{_word('sources', language)}: {cited}"))]
        if most is None:
            below.insert(0, Item([dim(f"{_word('why', language)}: "), point.rationale.get(language)]))
        place = point.places[0]
        where = [strong(f"{place_in(place, language)}: ")] if place else []
        yield Item([Span(f"{number:>2}  "), *where, finding.message.get(language)], below)
    if most is not None:
        yield Paragraph(dim(_word("more on points", language)))
