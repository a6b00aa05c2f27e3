"""What is still open, as questions with the answers that can be given to each and what every answer would lead to."""

from collections.abc import Mapping
from typing import Any, Literal

from attrs import frozen

from consistent.findings.outcome import ForetoldOutcome
from consistent.findings.said import Finding
from consistent.model.proposal import Field
from consistent.model.text import Language, Localized
from consistent.model.values import Value
from consistent.rules.rule import Verdict
from consistent.shown import Drawn, Shown

__all__ = [
    "WHICH_PARAGRAPH",
    "Answer",
    "AnswerKind",
    "AskedField",
    "AskedMeasure",
    "FieldOf",
    "FieldWords",
    "Foretold",
    "OpenQuestions",
    "OpenRule",
    "Question",
    "words_of",
]

# Has the term, lacks it, lacks all that were asked for, has nothing but what is known; is exactly that, is something else,
# lies in that stretch; the article that is cited means that paragraph.
AnswerKind = Literal["has", "lacks", "none-of-these", "nothing-else", "is", "another", "within", "means"]


@frozen(kw_only=True)
class FieldOf:
    """A field of a measure, or of the proposal itself where `measure` is None."""

    measure: str | None
    field: str
    label: Localized


@frozen(kw_only=True)
class OpenRule(Shown):
    """A rule that is open on a measure, or on the proposal as a whole.

    Attributes:
        verdict: what it would be, where it applies.
    """

    rule: str
    title: Localized
    verdict: Verdict
    measure: str | None


@frozen(kw_only=True)
class Foretold(Shown):
    """What becomes of an open rule after an answer.

    Attributes:
        outcome: the verdict where it then applies, or `met`, `defeated`, `not-applicable`, `open`.
        on: where it stays open: what must be known besides.
    """

    rule: str
    title: Localized
    verdict: Verdict
    measure: str | None
    outcome: ForetoldOutcome
    on: tuple[FieldOf, ...]


@frozen(kw_only=True)
class Answer(Shown):
    """One thing that can be answered.

    Attributes:
        term: the term, citation or text that it is about, as TOML writes it; empty where it is about none.
        label: the answer in words.
        value: what is then known of the field; of `within` and `another` one that stands for all of them.
        stands_for: whether `value` is such an example, and the answer itself must still be given.
        foretold: what becomes of every rule that hangs on the question.
    """

    kind: AnswerKind
    term: str
    label: Localized
    value: Value
    stands_for: bool
    foretold: tuple[Foretold, ...]


@frozen(kw_only=True)
class Question(Shown):
    """One field that must be known.

    Attributes:
        measure: the id; None for the proposal itself.
        title: of the measure.
        reference: where in the text the measure stands; empty where that is not known.
        known: what the field is known to hold; None where that is nothing.
        free: any other value of the field's type can be answered too.
        closes: rules ask whether there is anything else.
        rules: that hang on it, gravest first.
        weight: how much hangs on it: a conflict counts for three, a condition for two, anything else for one.
    """

    measure: str | None
    title: Localized | None
    reference: str
    field: str
    label: Localized
    text: Localized
    known: Localized | None
    single: bool
    free: bool
    closes: bool
    answers: tuple[Answer, ...]
    rules: tuple[OpenRule, ...]
    weight: int

    @property
    def yes_or_no(self) -> bool:
        """Whether one term is asked for: it is there or not."""
        kinds = [answer.kind for answer in self.answers if answer.term]
        rest = {answer.kind for answer in self.answers if not answer.term}
        return kinds == ["has", "lacks"] or (kinds == ["is"] and rest == {"none-of-these"})

    @property
    def key(self) -> tuple[str | None, str]:
        """Which field of which measure."""
        return self.measure, self.field


@frozen(kw_only=True)
class AskedMeasure(Shown):
    """A measure of which a field is asked for.

    Attributes:
        measure: the id; None for the proposal itself.
        title: of the measure.
        reference: where in the text it stands; empty where that is not known.
        rules: how many hang on it.
    """

    measure: str | None
    title: Localized | None
    reference: str
    rules: int


@frozen(kw_only=True)
class AskedField(Shown):
    """A field with all measures of which it is asked for.

    Attributes:
        measures: what weighs most first.
        weight: of all of them together; as that of a question.
    """

    field: str
    label: Localized
    measures: tuple[AskedMeasure, ...]
    weight: int


@frozen(kw_only=True)
class OpenQuestions(Drawn):
    """Everything that is open.

    Attributes:
        fields: the same by field, with those beyond the first ones too; what weighs most first.
        questions: the smallest set that settles the report, what weighs most first; the first ones where that was asked.
        count: how many there are in all.
        smallest: whether that was proved; else there may be one among them that could be spared.
        to_judge: rules that apply and put something to a person.
        beyond: rules that no answer settles: a fact that they rest on is not precise enough.
    """

    fields: tuple[AskedField, ...]
    questions: tuple[Question, ...]
    count: int
    smallest: bool
    to_judge: tuple[Finding, ...]
    beyond: tuple[OpenRule, ...]

    def to_rows(self, language: Language = "en") -> list[dict[str, Any]]:
        """A flat dict of plain values for each question, what weighs most first: `pandas.DataFrame(questions.to_rows())`.

        What there is more of is one text, parted by ` | `; what is not there is empty.

        Args:
            language: of titles and sentences.
        """
        return [
            {
                "measure": question.measure or "",
                "title": question.title.get(language) if question.title else "",
                "reference": question.reference,
                "field": question.field,
                "label": question.label.get(language),
                "question": question.text.get(language),
                "known": question.known.get(language) if question.known else "",
                "answers": " | ".join(answer.label.get(language) for answer in question.answers),
                "rules": " | ".join(dict.fromkeys(rule.rule for rule in question.rules)),
                "weight": question.weight,
            }
            for question in self.questions
        ]


# How a field is asked for, in both languages: one wording for a single term, one for a choice.

WHICH_PARAGRAPH = Localized("Which part of {cited} is meant?", "Welk onderdeel van {cited} is bedoeld?")


@frozen
class FieldWords:
    """The questions for a field; `{name}` is the measure in quotes, or 'the proposal', `{term}` the term.

    Attributes:
        one: asks whether one term is there; the same as `which` where the field takes no terms.
        which: asks what is there.
    """

    one: Localized
    which: Localized


def _same(en: str, nl: str) -> FieldWords:
    return FieldWords(Localized(en, nl), Localized(en, nl))


def _words(one: tuple[str, str], which: tuple[str, str]) -> FieldWords:
    return FieldWords(Localized(*one), Localized(*which))


_MEASURE_WORDS: Mapping[str, FieldWords] = {
    "reference": _same("Where in the text does {name} stand?", "Waar in de tekst staat {name}?"),
    "effects": _words(
        ("Is this what {name} does: {term}?", "Doet {name} dit: {term}?"),
        ("Which of these does {name} do?", "Wat hiervan doet {name}?"),
    ),
    "actors": _words(
        ("Is it (also) up to {term} to act under {name}?", "Is het (mede) aan {term} om te handelen bij {name}?"),
        ("Who of these acts under {name}?", "Wie hiervan handelen er bij {name}?"),
    ),
    "addressees": _words(
        ("Does {name} address {term}?", "Richt {name} zich tot {term}?"),
        ("Whom of these does {name} address?", "Tot wie hiervan richt {name} zich?"),
    ),
    "areas": _words(
        ("Does {name} concern this area: {term}?", "Gaat {name} over dit terrein: {term}?"),
        ("Which of these areas does {name} concern?", "Over welke van deze terreinen gaat {name}?"),
    ),
    "bindingness": _words(
        ("Is this how binding {name} is: {term}?", "Is dit hoe bindend {name} is: {term}?"),
        ("How binding is {name}?", "Hoe bindend is {name}?"),
    ),
    "finance": _words(
        ("Is {name} paid from this source: {term}?", "Wordt {name} betaald uit deze bron: {term}?"),
        ("From which of these sources is {name} paid?", "Uit welke van deze bronnen wordt {name} betaald?"),
    ),
    "partners": _words(
        ("Can this partner take part in {name}: {term}?", "Kan deze partner meedoen aan {name}: {term}?"),
        ("Which of these partners can take part in {name}?", "Welke van deze partners kunnen meedoen aan {name}?"),
    ),
    "excluded_partners": _words(
        ("Does {name} shut out this partner: {term}?", "Sluit {name} deze partner uit: {term}?"),
        ("Which of these partners does {name} shut out?", "Welke van deze partners sluit {name} uit?"),
    ),
    "temporal_effect": _words(
        ("Does {name} have this temporal effect: {term}?", "Heeft {name} deze werking in de tijd: {term}?"),
        ("Which of these temporal effects does {name} have?", "Welke van deze werkingen in de tijd heeft {name}?"),
    ),
    "safeguards": _words(
        ("Does {name} provide for this safeguard: {term}?", "Voorziet {name} in deze waarborg: {term}?"),
        ("Which of these safeguards does {name} provide for?", "In welke van deze waarborgen voorziet {name}?"),
    ),
    "legal_basis": _words(
        ("Does {name} rest on {term}?", "Berust {name} op {term}?"),
        ("On which legal basis does {name} rest?", "Op welke rechtsgrondslag berust {name}?"),
    ),
    "amount": _same("How much money does {name} involve?", "Om hoeveel geld gaat het bij {name}?"),
    "starts": _same("When does {name} start?", "Wanneer begint {name}?"),
    "ends": _same("When does {name} end?", "Wanneer eindigt {name}?"),
}
_PROPOSAL_WORDS: Mapping[str, FieldWords] = {
    "reference": _same("What is the reference of {name}?", "Wat is het kenmerk van {name}?"),
    "celex": _same("What is the CELEX number of {name}?", "Wat is het CELEX-nummer van {name}?"),
    "procedure": _same("What is the procedure number of {name}?", "Wat is het procedurenummer van {name}?"),
    "date": _same("What is the date of {name}?", "Welke datum draagt {name}?"),
    "authors": _words(
        ("Does {name} come (also) from {term}?", "Komt {name} (mede) van {term}?"),
        ("From whom does {name} come?", "Van wie komt {name}?"),
    ),
    "kind": _words(
        ("Is this the kind of document that {name} is: {term}?", "Is {name} een document van deze soort: {term}?"),
        ("What kind of document is {name}?", "Wat voor document is {name}?"),
    ),
    "instrument": _words(
        ("Is this the instrument of {name}: {term}?", "Is dit het instrument van {name}: {term}?"),
        ("What is the instrument of {name}?", "Wat is het instrument van {name}?"),
    ),
    "legal_basis": _words(
        ("Does {name} rest on {term}?", "Berust {name} op {term}?"),
        ("On which legal basis does {name} rest?", "Op welke rechtsgrondslag berust {name}?"),
    ),
    "decision_procedure": _words(
        (
            "Is this the decision procedure for {name}: {term}?",
            "Is dit de besluitvormingsprocedure voor {name}: {term}?",
        ),
        ("By which procedure is {name} decided on?", "Volgens welke procedure wordt over {name} besloten?"),
    ),
    "vote": _words(
        ("Is this how the Council votes on {name}: {term}?", "Stemt de Raad zo over {name}: {term}?"),
        ("How does the Council vote on {name}?", "Hoe stemt de Raad over {name}?"),
    ),
    "statements": _words(
        ("Does {name} contain this: {term}?", "Bevat {name} dit: {term}?"),
        ("Which of these does {name} contain?", "Wat hiervan bevat {name}?"),
    ),
    "main_aims": _words(
        ("Is this a main aim of {name}: {term}?", "Is dit een hoofddoel van {name}: {term}?"),
        ("Which of these are main aims of {name}?", "Welke hiervan zijn hoofddoelen van {name}?"),
    ),
    "incidental_aims": _words(
        (
            "Is this no more than an incidental aim of {name}: {term}?",
            "Is dit slechts een bijkomend doel van {name}: {term}?",
        ),
        (
            "Which of these are no more than incidental aims of {name}?",
            "Welke hiervan zijn slechts bijkomende doelen van {name}?",
        ),
    ),
    "means": _words(
        (
            "Is this only a means to another aim of {name}: {term}?",
            "Is dit alleen een middel voor een ander doel van {name}: {term}?",
        ),
        (
            "Which of these are only means to another aim of {name}?",
            "Welke hiervan zijn alleen een middel voor een ander doel van {name}?",
        ),
    ),
    "aims_relation": _words(
        (
            "Is this how the aims of {name} are related: {term}?",
            "Is dit de verhouding tussen de doelen van {name}: {term}?",
        ),
        ("How are the aims of {name} related?", "Hoe verhouden de doelen van {name} zich tot elkaar?"),
    ),
    "obstacles": _words(
        (
            "Does {name} deal with this in the internal market: {term}?",
            "Gaat het bij {name} op de interne markt hierom: {term}?",
        ),
        (
            "With which of these does {name} deal in the internal market?",
            "Om welke hiervan gaat het bij {name} op de interne markt?",
        ),
    ),
    "budget": _same("What is the budget of {name}?", "Wat is de begroting van {name}?"),
    "entry_into_force": _same("When does {name} enter into force?", "Wanneer treedt {name} in werking?"),
    "end_of_application": _same("Until when does {name} apply?", "Tot wanneer is {name} van toepassing?"),
}


# Of a field of a pack's own, which may say itself how it is asked for.
_ANY_FIELD = _words(
    ("Does this hold of {name} ({label}): {term}?", "Geldt dit voor {name} ({label}): {term}?"),
    ("What is known of {name}: {label}?", "Wat is bekend van {name}: {label}?"),
)


def words_of(field: Field, *, of_measures: bool) -> FieldWords:
    """The questions for a field; `{label}` is that of the field."""
    words = (_MEASURE_WORDS if of_measures else _PROPOSAL_WORDS).get(field.name, _ANY_FIELD)
    if field.question is None:
        return words
    return FieldWords(words.one if field.type in {"terms", "citation"} else field.question, field.question)
