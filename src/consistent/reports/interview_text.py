"""The questions of an interview for a reader: each fits on a screen."""

from collections.abc import Iterator, Sequence

from consistent.findings.outcome import PRESENTATION
from consistent.inquiries.interview.interview import (
    ActQuestion,
    Basis,
    FieldValue,
    HangsOn,
    Interview,
    Judgement,
    NotFound,
    Provision,
    Sought,
    WhichProvisions,
)
from consistent.model.text import Language, Localized
from consistent.reports.first_screen import shorter
from consistent.reports.outline import BREAK, Block, Item, Paragraph, Section, Span, dim, strong
from consistent.reports.questions_text import question_outline
from consistent.sources import source_label

__all__ = ["SHOWN", "act_question_outline", "interview_outline", "left_line"]

# So many provisions, lines or rules are shown; the rest behind `more`.
SHOWN = 10
_RULES, _PLACES = 3, 3

_WORDS = {
    "which": Localized("Which provisions: {label}?", "Welke bepalingen: {label}?"),
    "one of": Localized("one of these: {terms}", "een van deze: {terms}"),
    "near": Localized("words that may speak of it", "woorden die erover kunnen gaan"),
    "said": Localized("words that say it", "woorden die het zeggen"),
    "nothing": Localized("nothing found, but it would count here", "niets gevonden, maar hier zou het tellen"),
    "more": Localized("and {count} more: `more`", "en nog {count}: `meer`"),
    "hangs": Localized("hangs on it", "hangt ervan af"),
    "provisions": Localized("{count} provisions", "{count} bepalingen"),
    "provision": Localized("1 provision", "1 bepaling"),
    "not found": Localized(
        "Looked for and not found, or nowhere else: {label}", "Gezocht en niet of nergens anders gevonden: {label}"
    ),
    "recall": Localized(
        "Of what is there the reader finds {share} % ({found} of {of} on texts read by hand). Rules that need one of these are "
        "presumed not to apply.",
        "Van wat er staat, vindt de lezer {share} % ({found} van {of} in met de hand gelezen teksten). Regels die een van deze "
        "vragen, worden geacht niet van toepassing te zijn.",
    ),
    "found in": Localized("{label} (but for {places})", "{label} (buiten {places})"),
    "found in one": Localized("1 provision", "1 bepaling"),
    "found in many": Localized("{count} provisions", "{count} bepalingen"),
    "look at": Localized("{label} (but for {places}; see {near})", "{label} (buiten {places}; zie {near})"),
    "see": Localized("{label} (see {near})", "{label} (zie {near})"),
    "basis": Localized(
        "Findings rest on these, which no person has confirmed. Are they right?",
        "Hierop berusten bevindingen, en niemand heeft het bevestigd. Klopt het?",
    ),
    "judge": Localized("Is there an objection on this point?", "Is er op dit punt bezwaar?"),
    "why": Localized("why it is asked", "waarom dit wordt gevraagd"),
    "sources": Localized("sources", "bronnen"),
    "left": Localized("questions left: {count}", "nog te beantwoorden: {count}"),
    "parts": Localized(
        "{which} on which provisions, {found} on what was not found, {basis} on what findings rest on, {judge} for a person to judge",
        "{which} over welke bepalingen, {found} over wat niet is gevonden, {basis} over waarop bevindingen berusten, {judge} te beoordelen door een mens",
    ),
    "done": Localized(
        "Nothing is open that an answer could settle.", "Er staat niets open dat met een antwoord is op te lossen."
    ),
}


def _word(name: str, language: Language, **values: object) -> str:
    return _WORDS[name].get(language).format(**values)


def left_line(left: Interview, language: Language) -> str:
    """How many questions are left, and of which kind."""
    kinds = [type(question) for question in left.questions]
    parts = _word(
        "parts",
        language,
        which=kinds.count(WhichProvisions) + kinds.count(FieldValue),
        found=kinds.count(NotFound),
        basis=kinds.count(Basis),
        judge=kinds.count(Judgement),
    )
    return f"{_word('left', language, count=len(kinds))} ({parts})"


def interview_outline(left: Interview, language: Language, limit: int | None = None) -> Iterator[Block]:
    """All questions that are left, or the first ones."""
    if not left.questions:
        yield Paragraph(_word("done", language))
        return
    yield Paragraph(strong(left_line(left, language)))
    for number, question in enumerate(left.questions[:limit], 1):
        yield BREAK
        yield from act_question_outline(question, language, head=f"{number}. ")


def act_question_outline(
    question: ActQuestion, language: Language, *, head: str = "", all_of_it: bool = False
) -> Iterator[Block]:
    """A question as it is put on a screen.

    Args:
        question: any.
        language: of the reader.
        head: before the first line.
        all_of_it: what is behind `more` too.
    """
    most = None if all_of_it else SHOWN
    match question:
        case WhichProvisions():
            yield Section(strong(head + _asked(question, language)), _which(question, language, most), indent=3)
        case NotFound():
            heading = _word("not found", language, label=question.label.get(language))
            yield Section(strong(head + heading), _not_found(question, language, most), indent=3)
        case Basis():
            yield Section(strong(head + _word("basis", language)), _basis(question, language), indent=3)
        case Judgement():
            yield Section(strong(head + _word("judge", language)), _judgement(question, language, most), indent=3)
        case FieldValue():
            yield from question_outline(question.question, language, head=head)


def _asked(question: WhichProvisions, language: Language) -> str:
    labels = [label.get(language) for _, label in question.terms]
    said = labels[0] if len(labels) == 1 else _word("one of", language, terms=_numbered(labels))
    return _word("which", language, label=f"{question.label.get(language)} - {said}")


def _numbered(labels: Sequence[str]) -> str:
    return "; ".join(f"{number} {label}" for number, label in enumerate(labels, 1))


def _which(question: WhichProvisions, language: Language, most: int | None) -> Iterator[Block]:
    shown = question.provisions[:most]
    for level in ("said", "near", "nothing"):
        at = [
            (number, provision) for number, provision in enumerate(question.provisions, 1) if provision.level == level
        ]
        listed = [(number, provision) for number, provision in at if provision in shown]
        if listed:
            yield Paragraph(dim(_word(level, language)))
            yield from (Item(_provision(number, provision, language)) for number, provision in listed)
    if len(shown) < len(question.provisions):
        yield Paragraph(dim(_word("more", language, count=len(question.provisions) - len(shown))))
    yield from _hanging(question.rules, language)


def _provision(number: int, provision: Provision, language: Language) -> list[Span]:
    title = provision.title.get(language) if provision.title else ""
    words = [Span(f"  “{provision.words}”", "emphasis")] if provision.words else []
    return [
        Span(f"{number:>2}  "),
        strong(provision.reference),
        dim(f"  {shorter(title)}" if title else ""),
        *words,
    ]


def _hanging(rules: Sequence[HangsOn], language: Language) -> Iterator[Block]:
    for rule in rules[:_RULES]:
        sign = PRESENTATION[rule.verdict]
        count = _word("provisions" if rule.measures != 1 else "provision", language, count=rule.measures)
        yield Item(
            [
                dim(f"{_word('hangs', language)}: "),
                Span(sign.label.get(language), "", sign.tone),
                f", {rule.title.get(language)} ({count})",
            ]
        )
    if len(rules) > _RULES:
        yield Item(dim(f"+ {len(rules) - _RULES}"))


def _not_found(question: NotFound, language: Language, most: int | None) -> Iterator[Block]:
    found, of = question.recall
    if of:
        yield Paragraph(dim(_word("recall", language, share=round(100 * found / of), found=found, of=of)))
    parts: list[Span] = []
    for number, sought in enumerate(question.sought, 1):
        parts += [dim(f"{number} "), Span(f"{_sought(sought, language, most)}  ")]
    yield Paragraph(parts)


def _sought(sought: Sought, language: Language, most: int | None) -> str:
    label = sought.label.get(language)
    if not sought.found and not sought.near:
        return label
    name = "look at" if sought.found and sought.near else "see" if sought.near else "found in"
    places = ", ".join(sought.found)
    if most is not None:
        places = _word("found in one" if len(sought.found) == 1 else "found in many", language, count=len(sought.found))
    return _word(name, language, label=label, places=places, near=_places(sought.near))


def _places(places: Sequence[str]) -> str:
    return ", ".join(places[:_PLACES]) + (" ..." if len(places) > _PLACES else "")


def _basis(question: Basis, language: Language) -> Iterator[Block]:
    for number, resting in enumerate(question.resting, 1):
        places = "; ".join(
            f"{reference} “{words}”" if words else reference for _, reference, words in resting.places[:_PLACES]
        )
        more = f" + {len(resting.places) - _PLACES}" if len(resting.places) > _PLACES else ""
        yield Item(
            [
                Span(f"{number:>2}  {resting.label.get(language)}: "),
                strong(resting.value.get(language)),
                dim(f"  {places}{more}"),
            ]
        )
        yield from _hanging(resting.rules[:1], language)


def _judgement(question: Judgement, language: Language, most: int | None) -> Iterator[Block]:
    for finding, place in list(zip(question.findings, question.places, strict=True))[:most]:
        yield Paragraph([strong(f"{place}: " if place else ""), finding.message.get(language)])
    if most is not None and len(question.findings) > most:
        yield Paragraph(dim(_word("more", language, count=len(question.findings) - most)))
    cited = (source_label(source, language) for source in question.findings[0].sources)
    yield Paragraph([dim(f"{_word('why', language)}: "), question.rationale.get(language)])
    yield Paragraph(dim(f"{_word('sources', language)}: {'; '.join(cited)}"))
